"""A simulation: what it plants is so, and its tables say nothing else."""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from graph_loader.simulate import Land, Settings, Simulation, made_up_land, rates, read_land, simulated
from graph_loader.simulate.rates import projects_taken_over, projects_visited
from graph_store.schema import TAKEN_OVER
from graph_store.tables import table, tables

SMALL = Settings(regions=20, approaches=25, visits=80, seed=3)


@pytest.fixture(scope="module")
def small() -> Simulation:
    return simulated(SMALL)


@pytest.fixture(scope="module")
def mixed() -> Simulation:
    return simulated(Settings(regions=24, approaches=30, visits=150, seed=5, from_above=0.3, hubs=0.5))


def home(simulation: Simulation) -> dict[str, str]:
    """The region that each body is or lies in."""
    bodies = simulation.tables["organisations"]
    regions = simulation.tables["regions"]["id"]
    return {**dict(zip(regions, regions, strict=True)), **dict(zip(bodies["id"], bodies["region"], strict=True))}


def above(simulation: Simulation, region: str) -> list[str]:
    parents = dict(zip(simulation.tables["regions"]["id"], simulation.tables["regions"]["part_of"], strict=True))
    found = []
    while region := parents[region]:
        found.append(region)
    return found


def in_use(simulation: Simulation) -> dict[tuple[str, str], tuple[str, str]]:
    """From when to when each region had each approach, by its tables: day precision."""
    steps = simulation.tables["adoptions"]
    began = simulation.tables["approaches"][["id", "origin", "started"]].itertuples(index=False)
    found = {(approach, region): (day, "9999") for approach, region, day in began}
    for approach, region, day, stage in steps[["approach", "region", "on", "stage"]].itertuples(index=False):
        first, last = found.get((approach, region), ("", "9999"))
        if stage in TAKEN_OVER:
            found[approach, region] = (min(first or day, day), last)
        elif stage == "dropped" and first:
            found[approach, region] = (first, day)
    return found


def test_tables_are_the_loaders_with_its_columns_and_text_in_every_cell(small: Simulation) -> None:
    assert list(small.tables) == [own.name for own in tables()]
    for name, rows in small.tables.items():
        assert list(rows.columns) == [column.name for column in table(name).columns]
        assert all(isinstance(cell, str) for cell in rows.to_numpy().ravel())
    assert all(len(rows) for rows in small.tables.values())


def test_there_is_as_much_as_was_asked_for(small: Simulation) -> None:
    own = small.tables["regions"]
    assert (own["kind"] == "labour-market region").sum() == 20
    assert len(small.tables["approaches"]) == 25
    assert len(small.tables["visits"]) == 80
    guests = small.tables["attendances"].merge(small.tables["organisations"][["id"]], left_on="attendee", right_on="id")
    assert guests.groupby("visit").size().between(2, 8).all()


def test_everything_says_that_it_is_simulated(small: Simulation) -> None:
    data_set = small.tables["data_set"].iloc[0]

    assert data_set["kind"] == "simulated"
    assert "SIMULATED" in data_set["name"]
    assert "seed 3" in data_set["name"]
    assert "visits 80" in data_set["note"]
    assert small.tables["sources"]["name"].str.contains("simulated", case=False).all()
    for name, rows in small.tables.items():
        if name != "sources":
            assert rows["source"].str.startswith("simulated-").all()


def test_same_settings_make_the_same_and_another_seed_another(small: Simulation) -> None:
    again, other = simulated(SMALL), simulated(Settings(regions=20, approaches=25, visits=80, seed=4))

    assert all(rows.equals(again.tables[name]) for name, rows in small.tables.items())
    assert again.truth.equals(small.truth)
    assert not other.truth.equals(small.truth)


def test_truth_names_the_first_step_of_each_taking_over(mixed: Simulation) -> None:
    steps = mixed.tables["adoptions"]
    taken = steps[steps["stage"].isin(TAKEN_OVER)].sort_values("on", kind="stable")
    first = taken.drop_duplicates(["approach", "region"])

    assert list(mixed.truth.columns) == ["step_id", "approach", "region", "source", "visit", "how"]
    assert set(mixed.truth["step_id"]) == set(first["id"])
    named = mixed.truth.merge(steps, left_on="step_id", right_on="id", suffixes=("", "_said"))
    assert (named["approach"] == named["approach_said"]).all()
    assert (named["region"] == named["region_said"]).all()
    assert set(named["stage"]) == {"partial", "full"}
    origins = set(zip(mixed.tables["approaches"]["id"], mixed.tables["approaches"]["origin"], strict=True))
    assert not origins & set(zip(mixed.truth["approach"], mixed.truth["region"], strict=True))


def test_each_visit_of_the_truth_was_before_hosted_by_the_source_and_attended_by_the_region(mixed: Simulation) -> None:
    place, use = home(mixed), in_use(mixed)
    days = dict(zip(mixed.tables["visits"]["id"], mixed.tables["visits"]["on"], strict=True))
    taken = dict(zip(mixed.tables["adoptions"]["id"], mixed.tables["adoptions"]["on"], strict=True))
    hosts = dict(zip(mixed.tables["hosts"]["visit"], mixed.tables["hosts"]["host"], strict=True))
    guests = mixed.tables["attendances"].groupby("visit")["attendee"].agg(list)
    applied = dict(zip(mixed.tables["projects"]["id"], mixed.tables["projects"]["approach"], strict=True))
    subjects = mixed.tables["visit_subjects"].set_index("visit")["subject"]

    through = mixed.truth[mixed.truth["visit"] != ""]
    assert {"visit", "from above"} == set(through["how"])
    for step, approach, region, source, visit, how in through.itertuples(index=False):
        first, last = use[approach, source]
        assert first <= days[visit] <= last
        assert days[visit] < taken[step]
        assert place[hosts[visit]] == source
        assert applied.get(subjects[visit], subjects[visit]) == approach
        if how == "visit":
            town = region.replace("region", "town")  # the municipal office lies in the main municipality
            assert {region, town} & {place[guest] for guest in guests[visit]}
        else:
            assert set(above(mixed, region)) & {place[guest] for guest in guests[visit]}


def test_contact_is_with_a_neighbour_that_has_it_and_own_ideas_come_from_nobody(mixed: Simulation) -> None:
    pairs = mixed.tables["region_borders"][["region_a", "region_b"]].itertuples(index=False)
    borders = {frozenset(pair) for pair in pairs}
    use = in_use(mixed)
    taken = dict(zip(mixed.tables["adoptions"]["id"], mixed.tables["adoptions"]["on"], strict=True))

    contact = mixed.truth[mixed.truth["how"] == "contact"]
    own = mixed.truth[mixed.truth["how"] == "own idea"]
    assert len(contact)
    assert len(own)
    for step, approach, region, source in contact[["step_id", "approach", "region", "source"]].itertuples(index=False):
        assert frozenset((region, source)) in borders
        first, last = use[approach, source]
        assert first <= taken[step] <= last
    assert (contact["visit"] == "").all()
    assert (own[["source", "visit"]] == "").all(axis=None)


def test_what_a_step_is_credited_to_is_true(mixed: Simulation) -> None:
    steps = mixed.tables["adoptions"]
    credited = steps[steps["credited_to"] != ""].merge(mixed.truth, left_on="id", right_on="step_id")

    assert len(credited) == (steps["credited_to"] != "").sum() > 0
    assert ((credited["credited_to"] == credited["visit"]) | (credited["credited_to"] == credited["source_y"])).all()
    assert {"visit", "region"} == set(credited["credited_to"].str.split("-").str[0])


def test_steps_climb_the_ladder_in_time_and_end_with_the_data(mixed: Simulation) -> None:
    steps = mixed.tables["adoptions"]
    last = mixed.tables["data_set"]["data_until"].iloc[0]
    started = dict(zip(mixed.tables["approaches"]["id"], mixed.tables["approaches"]["started"], strict=True))
    stages = ["considering", "adapting", "partial", "full", "policy", "dropped"]

    assert last == "2021-12-31"  # the last day of ten years from 2012
    assert set(steps["stage"]) == set(stages)
    assert (steps["on"] <= last).all()
    for (approach, _region), own in steps.groupby(["approach", "region"]):
        assert started[approach] <= own["on"].min()
        climbed = [stages.index(stage) for stage in own.sort_values("on", kind="stable")["stage"]]
        assert climbed == sorted(climbed)
        assert len(set(climbed)) == len(climbed)


def test_what_was_taken_over_in_full_leaves_no_element_out_and_in_part_leaves_one(mixed: Simulation) -> None:
    steps = mixed.tables["adoptions"][["id", "stage", "approach"]]
    fates = mixed.tables["adoption_elements"].merge(steps, left_on="adoption", right_on="id")
    parts = set(mixed.tables["approach_elements"][["approach", "element"]].itertuples(index=False, name=None))

    left_out = fates.assign(out=fates["fate"] == "dropped").groupby(["adoption", "stage"])["out"].any()
    assert not left_out.xs("full", level="stage").any()
    assert left_out.xs("partial", level="stage").all()
    assert set(fates[["approach", "element"]].itertuples(index=False, name=None)) <= parts


def test_a_story_is_told_before_most_work_visits(small: Simulation) -> None:
    first = small.tables["visits"].sort_values("on", kind="stable")
    about = small.tables["visit_subjects"].set_index("visit")["subject"]
    applied = dict(zip(small.tables["projects"]["id"], small.tables["projects"]["approach"], strict=True))
    first = first.assign(approach=[applied.get(about[id_], about[id_]) for id_ in first["id"]])
    first = first.drop_duplicates("approach")

    assert first["kind"].isin(["practice day", "case presented"]).mean() > 0.5


def test_without_visits_or_anything_shown_nothing_spreads() -> None:
    for settings in (Settings(visits=0), Settings(shown=0.0), Settings(uptake=0.0)):
        quiet = simulated(settings)

        assert len(quiet.truth) == 0
        assert rates(quiet)["takings_over"] == 0
        assert (quiet.tables["adoptions"]["stage"].isin(["considering", "dropped"])).all()
    assert np.isnan(rates(simulated(Settings(visits=0)))["visited_and_took_it_over"])


def test_the_smallest_simulation_holds() -> None:
    tiny = simulated(Settings(regions=2, approaches=1, visits=1, years=1, shown=1.0))

    assert len(tiny.tables["visits"]) == 1
    assert len(tiny.tables["region_borders"]) == 1
    hosts, guests = tiny.tables["hosts"], tiny.tables["attendances"]
    place = home(tiny)
    assert not {place[host] for host in hosts["host"]} & {place[guest] for guest in guests["attendee"]}


def test_rates_of_projects_are_counted_by_the_tables() -> None:
    # p1 drew a work visit (about itself), p2 one about its approach hosted at home; p3 a webinar; p4 is of a
    # region that hosted nothing. B was taken over in part by r1 after p2 began; A only considered; C taken before p3.
    made = {
        "projects": rows(
            "id approach region started", "p1 A r1 2020", "p2 B r2 2020-05", "p3 C r1 2021", "p4 A r3 2021"
        ),
        "visits": rows("id kind", "v1 work_visit", "v2 work_visit", "v3 webinar"),
        "visit_subjects": rows("visit subject", "v1 p1", "v2 B", "v3 p3"),
        "hosts": rows("visit host", "v1 r1", "v2 desk", "v3 r1"),
        "organisations": rows("id region", "desk r2"),
        "adoptions": rows(
            "stage approach region on", "partial B r1 2020-06", "considering A r2 2022", "full C r2 2019"
        ),
    }
    made["visits"]["kind"] = made["visits"]["kind"].str.replace("_", " ")

    assert projects_visited(made) == {"p1", "p2"}
    assert projects_taken_over(made) == {"p2"}


def rows(columns: str, *cells: str) -> pd.DataFrame:
    return pd.DataFrame([line.split() for line in cells], columns=columns.split())


@pytest.mark.parametrize(
    ("name", "value", "mend"),
    [
        ("regions", 1, "from 2 to 3000"),
        ("approaches", 0, "from 1 to 4000"),
        ("visits", -1, "from 0 to"),
        ("visits_matter", 1.5, "from 0 to 1"),
        ("hubs", float("nan"), "from 0 to 10"),
        ("geography", -0.1, "from 0 to 100"),
        ("years", 2.5, "a whole number"),
    ],
)
def test_a_setting_that_cannot_be_is_refused_with_its_name_value_and_mend(name: str, value: float, mend: str) -> None:
    with pytest.raises(ValueError, match=f"{name} is {value}: give .*{mend}"):
        Settings(**{name: value})  # type: ignore[arg-type]


def test_made_up_regions_lie_apart_and_border_those_near_them() -> None:
    land = made_up_land(60, 1)
    own = land.regions[land.regions["kind"] == land.kind].set_index("id")
    places = own[["latitude", "longitude"]].astype(float)

    assert land.regions["name"].is_unique
    assert len(places.drop_duplicates()) == 60
    assert set(land.borders.to_numpy().ravel()) == set(own.index)  # no region without a neighbour
    assert len(land.borders) < 3 * 60 - 6  # a planar graph has no more
    at = places.to_numpy()
    apart = np.linalg.norm(at[:, None] - at[None], axis=2)
    pairs = [(own.index.get_loc(a), own.index.get_loc(b)) for a, b in land.borders.itertuples(index=False)]
    assert np.mean([apart[a, b] for a, b in pairs]) < apart.mean() / 2


def test_a_given_land_keeps_its_regions_their_borders_and_what_lies_above() -> None:
    land = Land(
        regions=pd.DataFrame(
            [
                ["nl", "Low land", "country", "NL", "", "", "", "", ""],
                ["a", "A", "district", "NL", "52.0", "5.0", "", "nl", ""],
                ["b", "B", "district", "NL", "52.0", "6.0", "", "nl", ""],
                ["c", "C", "district", "NL", "53.0", "5.0", "", "nl", ""],
            ],
            columns=["id", "name", "kind", "country", "latitude", "longitude", "population", "part_of", "note"],
        ),
        borders=rows("region_a region_b", "a b"),
        kind="district",
    )
    made = simulated(Settings(regions=99, approaches=10, visits=60, shown=1.0), land)

    assert made.settings.regions == 3
    assert list(made.tables["regions"]["id"]) == ["nl", "a", "b", "c"]
    assert (made.tables["regions"]["population"] == "").all()
    assert list(made.tables["region_borders"]["region_a"]) == ["a"]
    assert set(made.truth["region"]) <= {"a", "b", "c"}
    assert len(made.truth)


def test_a_land_without_borders_or_anything_above_knows_no_contact() -> None:
    regions = rows("id name kind latitude longitude", *(f"r{n} R{n} district 5{n} 4" for n in range(5)))
    empty = {"country": "NL", "population": "", "part_of": "", "note": ""}
    land = Land(regions=regions.assign(**empty), borders=rows("region_a region_b"), kind="district")

    made = simulated(Settings(visits=200, uptake=1.0, from_above=1.0, own_ideas=0.5), land)

    assert set(made.truth["how"]) == {"visit", "own idea"}


def test_dates_are_whole_days_of_the_years_asked_for(small: Simulation) -> None:
    for name, column in (("visits", "on"), ("adoptions", "on"), ("approaches", "started")):
        days = [date.fromisoformat(cell) for cell in small.tables[name][column]]
        assert min(days) >= date(2012, 1, 1)
        assert max(days) <= date(2021, 12, 31)


REGIONS = """id,name,kind,country,latitude,longitude,part_of
eu,Union,country,AT,,,
at,Low land,country,AT,,,eu
p,Province,province,AT,,,at
a,A,district,AT,48.1,16.1,p
b,B,district,AT,48.2,16.2,p
c,C,district,DE,48.3,16.3,nowhere
d,D,district,AT,,,p
x,Town,city,AT,48.1,16.1,a
"""


def test_a_land_read_from_tables_holds_its_regions_and_those_above(tmp_path: Path) -> None:
    (tmp_path / "regions.csv").write_text(REGIONS)
    (tmp_path / "region_borders.csv").write_text("region_a,region_b,note\na,b,\nb,c,\na,x,\n")

    whole, part = read_land(tmp_path, "district"), read_land(tmp_path, "district", "AT")

    # d has no position; x is of another kind; what c lies in is nowhere.
    assert list(whole.regions["id"]) == ["eu", "at", "p", "a", "b", "c"]
    assert list(whole.regions["part_of"]) == ["", "eu", "at", "p", "p", ""]
    assert list(whole.borders.itertuples(index=False, name=None)) == [("a", "b"), ("b", "c")]
    assert list(part.regions["id"]) == ["eu", "at", "p", "a", "b"]
    assert list(part.borders.itertuples(index=False, name=None)) == [("a", "b")]


def test_a_land_that_is_not_there_or_too_small_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="Name a folder with that table"):
        read_land(tmp_path)
    (tmp_path / "regions.csv").write_text(REGIONS)
    with pytest.raises(ValueError, match='0 regions of kind "province" with a position: at least two'):
        read_land(tmp_path, "province")
    assert read_land(tmp_path, "district").borders.empty
