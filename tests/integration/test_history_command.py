"""The commands of history and trust as people type them: what they say, where, and with which exit code."""

import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from graph_store.store import Store
from tests.integration.small_network import REGIONS, SOURCES, VISITS, checksum, folder
from tests.integration.test_load_command import ON_ONE_ENGINE, run


@pytest.fixture
def twice(cli_env: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """The environment of a graph in which one data set was loaded twice, and another once before it."""
    run(cli_env, "load", folder(tmp_path, "base", sources=SOURCES, regions=REGIONS))
    run(cli_env, "load", folder(tmp_path, "one", visits=VISITS))
    changed = VISITS.replace("Spring visit", "-x visit") + "fall,Fall visit,2020,meeting\n"
    assert run(cli_env, "load", folder(tmp_path, "one", visits=changed)).returncode == 0
    return cli_env


def test_a_steward_looks_back_and_takes_a_load_back(twice: dict[str, str], writer_store: Store, tmp_path: Path) -> None:
    listed = json.loads(run(twice, "runs", "--data-set", "one", "--json").stdout)
    text = run(twice, "runs").stdout
    changed = run(twice, "diff").stdout
    refused = run(twice, "undo", answer="no\n")
    after = checksum(writer_store)
    undone = run(twice, "undo", answer="one\n")

    assert [item["state"] for item in listed] == ["shown", "replaced"]
    assert all(item["short"] in text for item in listed)
    assert 'Visit -x visit (spring): Name: "Spring visit", now "-x visit" (one, visits.csv, row 2)' in changed
    assert "Visit Fall visit (fall): Kind: meeting; When: 2020 (one, visits.csv, row 3)" in changed
    assert "Added: 1 thing. Changed: 1 thing." in changed
    assert (refused.returncode, undone.returncode) == (2, 0)
    assert "The last load of data set one was" in refused.stderr
    assert "says again what run" in undone.stdout
    assert checksum(writer_store) != after
    assert json.loads(run(twice, "undo", "one", "--json", "--yes").stdout)["back_to"] == ""
    again = run(twice, "undo", "one")
    assert (again.returncode, "nothing more" in again.stderr) == (2, True)


@ON_ONE_ENGINE
def test_runs_days_and_last_name_what_a_person_expects(twice: dict[str, str]) -> None:
    latest, middle, first = (item["short"] for item in json.loads(run(twice, "runs", "--json").stdout))

    def between(*asked: str) -> tuple[str, str]:
        found = json.loads(run(twice, "diff", *asked, "--json").stdout)
        return found["before"].rpartition("-")[2], found["after"].rpartition("-")[2]

    assert between() == between("last") == between(latest) == (middle, latest)
    assert between("first") == between(first) == ("empty", first)
    assert between(middle) == between(first, middle) == (first, middle)
    assert between(first, "last") == between("--since", first) == (first, latest)
    assert between("--since", "2001-01-01") == between("2001-01") == ("empty", latest)
    assert between("2001-01-01", middle) == ("empty", middle)
    assert between("--since", "2099-01-01") == (latest, latest)
    assert "Nothing was loaded or taken back in that time" in run(twice, "diff", "--since", "2099-01-01").stdout
    both = run(twice, "diff", latest, "--since", "2001-01-01")
    assert (both.returncode, "either runs, or since when" in both.stderr) == (2, True)


@ON_ONE_ENGINE
def test_times_are_those_of_the_readers_clock_and_utc_for_programmes(twice: dict[str, str], tmp_path: Path) -> None:
    there = {**twice, "TZ": "Asia/Kolkata"}
    at = json.loads(run(there, "runs", "--json").stdout)[0]["at"]
    shown = moment_in(at, "Asia/Kolkata")

    runs = run(there, "runs").stdout

    assert at.endswith("+00:00")
    assert shown in runs
    assert "(UTC+5:30)" in runs
    for command in (["status"], ["diff"]):
        assert f"{shown} (UTC+5:30)" in run(there, *command).stdout
    run(there, "runs", "--csv", tmp_path / "runs.csv")
    assert at in (tmp_path / "runs.csv").read_text(encoding="utf-8-sig")


def moment_in(at: str, zone: str) -> str:
    there = datetime.fromisoformat(at).astimezone(ZoneInfo(zone))
    return f"{there.day} {there:%b %Y, %H:%M}"


@ON_ONE_ENGINE
def test_what_changed_goes_into_files(twice: dict[str, str], tmp_path: Path) -> None:
    for name in ("news.csv", "news.xlsx", "news.json"):
        done = run(twice, "diff", "-o", tmp_path / name)  # as its name ends
        assert (done.returncode, done.stderr) == (0, "")

    nameless = run(twice, "diff", "--format", "csv")
    again = run(twice, "diff", "--format", "csv", "-o", tmp_path / "news.csv")

    sheet = openpyxl.load_workbook(tmp_path / "news.xlsx")["changes"]
    head = [cell.value for cell in sheet[1]]
    changed = dict(zip(head, [cell.value for cell in sheet[2]], strict=True))
    assert (changed["id"], changed["before"], changed["after"]) == ("spring", "Spring visit", "-x visit")
    assert (changed["now_in_file"], changed["now_in_row"]) == ("visits.csv", 2)
    assert "'-x visit" in (tmp_path / "news.csv").read_text(encoding="utf-8-sig")
    assert len(json.loads((tmp_path / "news.json").read_text())["entries"]) == 4
    assert (nameless.returncode, again.returncode) == (2, 2)
    assert "-o FILE" in nameless.stderr


@ON_ONE_ENGINE
def test_a_data_set_is_removed_unless_another_needs_it(twice: dict[str, str], tmp_path: Path) -> None:
    attends = "attendee,visit\nzeeland,spring\n"
    assert run(twice, "load", folder(tmp_path, "two", attendances=attends)).returncode == 0

    needed = run(twice, "remove", "base")
    unknown = run(twice, "remove", "nothing")
    gone = run(twice, "remove", "two")

    assert (needed.returncode, unknown.returncode, gone.returncode) == (1, 2, 0)
    assert "data set two refers to it" in needed.stdout
    assert "There are: base, one, two" in unknown.stderr


def test_a_graph_is_verified_and_mended(twice: dict[str, str], writer_store: Store) -> None:
    assert run(twice, "verify").returncode == 0
    before = checksum(writer_store)
    writer_store.write(lambda writer: writer.run("MATCH (v:Visit {id: 'fall'}) DETACH DELETE v"))

    found = run(twice, "verify")
    as_json = json.loads(run(twice, "verify", "--json").stdout)
    mended = run(twice, "verify", "--mend")

    assert found.returncode == 1
    assert "Visit fall" in found.stdout
    assert [item["wrong"] for item in as_json["findings"]] == ["missing"]
    assert (mended.returncode, "Mended" in mended.stdout) == (0, True)
    assert checksum(writer_store) == before
    assert run(twice, "verify", "--all").returncode == 2


@ON_ONE_ENGINE
def test_an_export_says_how_it_loads_again(twice: dict[str, str], tmp_path: Path) -> None:
    done = run(twice, "export", tmp_path / "out", "--verify")
    again = run(twice, "export", tmp_path / "out")
    loaded = run(twice, "load", tmp_path / "out", "--json")

    assert done.returncode == 0
    assert f"graph-loader load {tmp_path / 'out'}" in done.stdout
    assert "is what its tables say" in done.stdout
    assert (again.returncode, "already" in again.stderr) == (2, True)
    assert json.loads(loaded.stdout)["loaded"]
    assert json.loads(loaded.stdout)["changes"] == {}


@ON_ONE_ENGINE
def test_old_tables_go_when_they_are_told_to(twice: dict[str, str], tmp_path: Path) -> None:
    done = run(twice, "runs", "--keep", "1")

    assert (done.returncode, "1 older load" in done.stdout) == (0, True)
    undone = run(twice, "undo", "one")
    assert (undone.returncode, "no longer kept" in undone.stderr) == (2, True)
    assert run(twice, "runs", "--keep", "0").returncode == 2
    assert run(twice, "runs", "--csv", tmp_path / "runs.csv").returncode == 0
