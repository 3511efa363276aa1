"""The line of runs: what was shown when, where a step back leads, how a run is named."""

import csv
from pathlib import Path

import openpyxl
import pytest

from graph_loader.history.line import at_moment, course, just_before, named, shown_after
from graph_loader.history.runs import listed
from graph_loader.history.table_file import CSV, WORKBOOK, Cell, write_table
from graph_loader.keep import CURRENT, DONE, LOADED, REMOVED, REPAIRED, REPLACED, UNDONE, LoadRecord
from graph_store.errors import WrongUse


def run(name: str, kind: str = LOADED, data_set: str = "one", tables: str | None = None, **words: object) -> LoadRecord:
    """A run whose id ends in `name`, one day after the other by its first letter."""
    day = "abcdefghij".index(name[0]) + 1
    given: dict[str, object] = {
        "id": f"2024030{day}T120000Z-{name}",
        "data_set": data_set,
        "at": f"2024-03-0{day}T12:00:00.000000+00:00",
        "files": (),
        "hash": "",
        "model": "",
        "precedence": 1,
        "counts": {},
        "kind": kind,
        **words,
    }
    given["tables"] = given["id"] if tables is None else tables
    return LoadRecord(**given)  # type: ignore[arg-type]


A, B = run("a1"), run("b1")
UNDO = run("c1", UNDONE, tables=A.id)


def names(runs: list[LoadRecord]) -> list[str]:
    return [one.id[-2:] for one in runs]


@pytest.mark.parametrize(
    ("runs", "standing"),
    [
        ([A], ["a1"]),
        ([A, B], ["a1", "b1"]),
        ([A, B, UNDO], ["a1"]),
        ([A, B, UNDO, run("d1", UNDONE, tables="")], []),
        ([A, B, UNDO, run("d1")], ["a1", "d1"]),
        ([A, run("b1", REMOVED, tables=""), run("c1")], ["a1", "b1", "c1"]),
        ([A, run("b1", REMOVED, tables=""), run("c1", UNDONE, tables=A.id)], ["a1"]),
        ([A, run("b1", REPAIRED, "", ""), run("c1", data_set="two")], ["a1"]),
    ],
)
def test_each_undo_takes_the_last_that_still_counts(runs: list[LoadRecord], standing: list[str]) -> None:
    assert names(list(course(runs, "one").standing)) == standing


def test_what_was_shown_is_the_latest_of_each_data_set_by_precedence() -> None:
    two = run("c2", data_set="two", precedence=0)
    repair = run("d1", REPAIRED, "", "")
    gone = run("e1", REMOVED, tables="")
    runs = [A, B, two, repair, gone]

    assert shown_after(runs, None) == []
    assert names(shown_after(runs, A)) == ["a1"]
    assert names(shown_after(runs, repair)) == ["c2", "b1"]
    assert names(shown_after(runs, gone)) == ["c2"]
    assert just_before(runs, A) is None
    assert just_before(runs, two) == B


@pytest.mark.parametrize("text", ["a1", A.id, "first", "20240301", "a"])
def test_a_run_is_named_by_its_id_or_a_part_of_it(text: str) -> None:
    assert named([A, B], text) == A


@pytest.mark.parametrize(("text", "why"), [("x", "graph-loader runs"), ("2024", "several"), ("", "graph-loader runs")])
def test_what_names_no_run_or_several_is_told(text: str, why: str) -> None:
    with pytest.raises(WrongUse, match=why):
        named([A, B], text)


@pytest.mark.parametrize(
    ("text", "end_of_day", "expected"),
    [
        ("2024-03-01", False, None),
        ("2024-03-01", True, A),
        ("2024-03-02", False, A),
        ("2024-03-02T11:59+00:00", True, A),
        ("2024-03-02T12:01+00:00", False, B),
        ("2024-03-02 12:01+00:00", False, B),
        ("2024-03-02T14:00+02:00", True, A),
        ("2024-03", False, None),
        ("2024-03", True, B),
        ("2030-01-01", False, B),
        ("b1", False, B),
    ],
)
def test_a_day_or_moment_names_the_last_run_before_it(text: str, end_of_day: bool, expected: LoadRecord | None) -> None:
    assert at_moment([A, B], text, end_of_day=end_of_day) == expected


@pytest.mark.parametrize("text", ["2024-02-30", "2024-13-01"])
def test_a_day_that_does_not_exist_is_told(text: str) -> None:
    with pytest.raises(WrongUse, match="no day"):
        at_moment([A, B], text, end_of_day=False)


def test_runs_tell_what_became_of_them_and_which_can_be_undone() -> None:
    first = run("a1", state=REPLACED)
    second = run("b1", state=REPLACED, kept=False)
    third = run("c1", state=REPLACED)
    undo = run("d1", UNDONE, tables=second.id, state=REPLACED)
    fourth = run("e1", state=CURRENT)
    repair = run("f1", REPAIRED, "", "", state=DONE)

    by_name = {one.short: one for one in listed([first, second, third, undo, fourth, repair])}

    assert {name: one.state for name, one in by_name.items()} == {
        "a1": "replaced",
        "b1": "replaced",
        "c1": "taken back",
        "d1": "replaced",
        "e1": "shown",
        "f1": "done",
    }
    # What came before the last is no longer kept.
    assert [one.short for one in by_name.values() if one.can_be_undone] == []
    assert by_name["d1"].back_to == second.id


LINES: list[list[Cell]] = [
    ["name", "number"],
    ["=1+1", -5],
    ["+31", 2.5],
    ["@home", 1],
    ["-", 0],
    ["a\x01b", 3],
    ["", ""],
]


def test_no_text_of_a_csv_file_is_taken_for_a_formula(tmp_path: Path) -> None:
    write_table(tmp_path / "out.csv", CSV, "runs", LINES)

    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as text:
        rows = list(csv.reader(text, delimiter=";"))
    assert [row[0] for row in rows] == ["name", "'=1+1", "'+31", "'@home", "'-", "a\x01b", ""]
    assert rows[1][1] == "-5"


def test_no_text_of_a_workbook_is_taken_for_a_formula(tmp_path: Path) -> None:
    write_table(tmp_path / "out.xlsx", WORKBOOK, "runs", LINES)

    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["runs"]
    cells = [(row[0].value, row[0].data_type, row[1].value) for row in sheet.iter_rows(min_row=2, max_row=4)]
    assert cells == [("=1+1", "s", -5), ("+31", "s", 2.5), ("@home", "s", 1)]


def test_the_sheet_of_a_workbook_can_be_read_and_filtered_at_once(tmp_path: Path) -> None:
    lines: list[list[Cell]] = [["name", "number"], ["An agency with a long name", 1], ["x" * 400, 2]]

    write_table(tmp_path / "short.xlsx", WORKBOOK, "runs", lines[:2])
    write_table(tmp_path / "long.xlsx", WORKBOOK, "runs", lines)
    write_table(tmp_path / "empty.xlsx", WORKBOOK, "runs", lines[:1])

    short, long, empty = (
        openpyxl.load_workbook(tmp_path / f"{name}.xlsx")["runs"] for name in ("short", "long", "empty")
    )
    assert len("An agency with a long name") < short.column_dimensions["A"].width < 40
    assert long.column_dimensions["A"].width == 50
    assert (long.freeze_panes, long.auto_filter.ref, empty.auto_filter.ref) == ("A2", "A1:B3", "A1:B1")
    assert [cell.font.b for cell in long["A"]] == [True, False, False]


def test_a_file_that_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_text("mine")

    with pytest.raises(WrongUse, match="already"):
        write_table(tmp_path / "out.csv", CSV, "runs", LINES)
    with pytest.raises(WrongUse, match="no format"):
        write_table(tmp_path / "out.pdf", "pdf", "runs", LINES)

    assert (tmp_path / "out.csv").read_text() == "mine"
