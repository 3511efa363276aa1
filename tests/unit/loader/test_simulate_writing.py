"""A simulation as a folder: the loader takes it as it is, and nothing else is overwritten."""

import json
import tempfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph_loader import api
from graph_loader.simulate import Settings, Simulation, read_land, simulated, write_simulation
from graph_loader.simulate.rates import rates
from graph_store.errors import WrongUse

ROOT = Path(__file__).resolve().parents[3]
SHIPPED = ROOT / "data" / "simulated"
TINY = Settings(regions=5, approaches=4, visits=12, seed=2)
SHARE = st.sampled_from([0.0, 0.3, 1.0])


@pytest.fixture(scope="module")
def tiny() -> Simulation:
    return simulated(TINY)


def content(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def test_a_folder_written_holds_the_tables_the_truth_and_how_it_was_made(tiny: Simulation, tmp_path: Path) -> None:
    write_simulation(tiny, tmp_path / "deep" / "made")

    found = content(tmp_path / "deep" / "made")
    truth = json.loads(found["truth.json"])
    assert set(found) == {*(f"{name}.csv" for name in tiny.tables), "truth.json", "README.md"}
    assert pd.DataFrame(truth["rows"], columns=truth["columns"]).equals(tiny.truth.astype(object).astype(str))
    assert Settings(**truth["settings"]) == TINY
    assert truth["rates"] == rates(tiny)
    assert b"SIMULATED" in found["README.md"]
    assert b"--regions 5 --approaches 4 --visits 12 --seed 2" in found["README.md"]
    assert [item.name for item in (tmp_path / "deep").iterdir()] == ["made"]


def test_the_same_settings_write_the_same_bytes_and_a_simulation_is_replaced(tiny: Simulation, tmp_path: Path) -> None:
    write_simulation(simulated(Settings(regions=6, approaches=9, visits=3)), tmp_path / "a")
    write_simulation(tiny, tmp_path / "a")
    (tmp_path / "b").mkdir()
    write_simulation(simulated(TINY), tmp_path / "b")

    assert content(tmp_path / "a") == content(tmp_path / "b")
    assert sorted(item.name for item in tmp_path.iterdir()) == ["a", "b"]


@pytest.mark.parametrize(
    "files",
    [
        {"notes.txt": "mine"},
        {"data_set.csv": "id,name,kind\nmine,Mine,recorded\n"},
        {"data_set.csv": "id,name,kind\nsimulated,S,simulated\n", "thesis.docx": "mine"},
    ],
)
def test_a_folder_with_something_else_is_refused_and_left_alone(
    tiny: Simulation, tmp_path: Path, files: dict[str, str]
) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    before = content(tmp_path)

    with pytest.raises(WrongUse, match="Name a new or an empty folder"):
        write_simulation(tiny, tmp_path)

    assert content(tmp_path) == before


def test_a_file_or_the_folder_one_is_in_is_refused(
    tiny: Simulation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("mine")
    monkeypatch.chdir(tmp_path)

    with pytest.raises(WrongUse, match="is a file"):
        write_simulation(tiny, Path("file"))
    with pytest.raises(WrongUse, match="the folder that you are in"):
        write_simulation(tiny, Path())


def test_a_write_that_stops_half_way_leaves_what_was_there(
    tiny: Simulation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_simulation(tiny, tmp_path / "made")
    before = content(tmp_path / "made")

    def full(*_arguments: object, **_words: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr("graph_loader.simulate.writing._write", full)
    with pytest.raises(OSError, match="No space"):
        write_simulation(simulated(Settings(regions=3, approaches=2, visits=2)), tmp_path / "made")

    assert content(tmp_path / "made") == before
    assert [item.name for item in tmp_path.iterdir()] == ["made"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.builds(
        Settings,
        regions=st.integers(2, 12),
        approaches=st.integers(1, 8),
        visits=st.integers(0, 40),
        seed=st.integers(0, 2**40),
        first_year=st.integers(1900, 2050),
        years=st.integers(1, 12),
        geography=SHARE,
        homophily=SHARE,
        hubs=SHARE,
        visits_matter=SHARE,
        own_ideas=SHARE,
        uptake=SHARE,
        shown=SHARE,
        from_above=SHARE,
        coarse_dates=SHARE,
    )
)
def test_whatever_is_asked_for_the_loader_finds_no_fault(asked: Settings) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_simulation(simulated(asked), Path(folder, "made"))

        report = api.check(Path(folder, "made"))

    assert [str(fault) for fault in report.faults] == []
    # Regions that come to see what they have are part of the game; no other doubt is.
    assert {doubt.code for doubt in report.doubts} <= {"visit_after_step"}


def test_the_shipped_simulation_is_what_its_command_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    asked = json.loads((SHIPPED / "truth.json").read_text(encoding="utf-8"))["settings"]

    write_simulation(simulated(Settings(**asked), read_land(Path("data/demo"), country="NL")), tmp_path / "again")

    made, shipped = content(tmp_path / "again"), content(SHIPPED)
    assert set(made) == set(shipped)
    assert [name for name in made if made[name] != shipped[name]] == []


def test_the_shipped_simulation_has_the_rates_of_the_survey() -> None:
    # Survey of the Programmaraad among projects: one in three led to a work visit; one in five to one in four was
    # taken over elsewhere, at least in part. Counted here by the tables alone.
    table = {file.stem: pd.read_csv(file, dtype=str, keep_default_na=False) for file in SHIPPED.glob("*.csv")}
    seat = dict(zip(table["organisations"]["id"], table["organisations"]["region"], strict=True))
    host = {visit: seat.get(body, body) for body, visit in table["hosts"][["host", "visit"]].itertuples(index=False)}
    work = set(table["visits"].loc[table["visits"]["kind"] == "work visit", "id"])
    subjects = table["visit_subjects"][["visit", "subject"]]
    shown = [(subject, host[visit]) for visit, subject in subjects.itertuples(index=False) if visit in work]
    stages = table["adoptions"]["stage"].isin(["partial", "full"])
    taken = table["adoptions"].loc[stages, ["approach", "region", "on"]].values.tolist()
    drew = elsewhere = 0
    for id_, approach, region, began in table["projects"][["id", "approach", "region", "started"]].values.tolist():
        drew += any(subject == id_ or (subject, place) == (approach, region) for subject, place in shown)
        # Of a date of month or year the part written must be later: "2019" is not certainly before "2019-05".
        elsewhere += any(
            what == approach and where != region and on[: len(began)] > began[: len(on)] for what, where, on in taken
        )

    projects = len(table["projects"])
    assert drew / projects == pytest.approx(1 / 3, abs=0.015)
    assert 0.2 <= elsewhere / projects <= 0.25
    regions = table["regions"]
    assert (regions["kind"] == "labour-market region").sum() == 35
    assert {"AM01", "AM38", "nl"} <= set(regions["id"])
