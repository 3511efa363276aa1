"""A copy of a file beside it is one sentence, and none of what it says again is told."""

import os
import shutil
from pathlib import Path

import openpyxl
import pytest

from graph_loader.sources import read
from graph_loader.validate import Examination, examine

ROWS = [[f"p{place}", f"Project {place}"] for place in range(8)]


def workbook(path: Path, *rows: list[str], title: str = "Projecten", again: str = "") -> Path:
    path.parent.mkdir(exist_ok=True)
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for each in (["Kenmerk", "Naam"], *rows):
        sheet.append(each)
    if again:
        book.copy_worksheet(sheet).title = again
    book.create_sheet("Kleuren").append(["rood", "blauw"])
    book.save(path)
    return path


def told(found: Examination, code: str = "copy_of_another") -> list[str]:
    return [str(fault) for fault in found.faults if fault.code == code]


def examined(*paths: Path) -> Examination:
    return examine(read(list(paths)), (), "test")


@pytest.mark.parametrize(
    "name",
    ["Copy of netwerk.xlsx", "netwerk (1).xlsx", "netwerk - kopie.xlsx", "Kopie van netwerk.xlsx", "netwerk v2.xlsx"],
)
def test_a_copy_is_one_fault_that_names_both_files(tmp_path: Path, name: str) -> None:
    shutil.copy2(workbook(tmp_path / "netwerk.xlsx", *ROWS), tmp_path / name)

    found = examined(tmp_path)

    assert told(found) == [
        f"{name}: it is a copy or another version of netwerk.xlsx: 8 of its 8 rows, by their ids, stand there too "
        "(take the one away that no longer holds)"
    ]
    assert {fault.code for fault in found.faults} == {"copy_of_another", "unknown_table"}
    assert {fault.file for fault in found.faults if fault.code == "unknown_table"} == {"netwerk.xlsx"}


def test_each_of_several_copies_is_held_against_the_original(tmp_path: Path) -> None:
    original = workbook(tmp_path / "netwerk.xlsx", *ROWS)
    shutil.copy2(original, tmp_path / "Copy of netwerk.xlsx")
    shutil.copy2(original, tmp_path / "netwerk (1).xlsx")

    sentences = told(examined(tmp_path))
    assert [sentence.partition(" of ")[2].split(":")[0] for sentence in sentences] == ["netwerk.xlsx"] * 2


def test_an_older_version_is_known_by_its_rows_whatever_it_is_called(tmp_path: Path) -> None:
    older = workbook(tmp_path / "april.xlsx", *ROWS[:6])
    workbook(tmp_path / "mei.xlsx", *ROWS)
    os.utime(older, (1_700_000_000, 1_700_000_000))

    assert told(examined(tmp_path)) == [
        "april.xlsx: it is a copy or another version of mei.xlsx: 6 of its 6 rows, by their ids, stand there too "
        "(take the one away that no longer holds; mei.xlsx was saved last)"
    ]


def test_a_file_of_the_same_name_in_another_folder_is_told_apart_by_its_folder(tmp_path: Path) -> None:
    one = workbook(tmp_path / "netwerk.xlsx", *ROWS)
    other = workbook(tmp_path / "oud" / "netwerk.xlsx", *ROWS)
    os.utime(one, (1_700_000_000, 1_700_000_000))
    os.utime(other, (1_700_000_000, 1_700_000_000))

    assert told(examined(one, other))[0].startswith("oud/netwerk.xlsx: it is a copy or another version of netwerk.xlsx")


def test_a_copied_sheet_is_one_fault_too(tmp_path: Path) -> None:
    found = examined(workbook(tmp_path / "netwerk.xlsx", *ROWS, again="Projecten (2)"))

    assert told(found) == [
        "netwerk.xlsx, sheet Projecten (2): it is a copy or another version of netwerk.xlsx, sheet Projecten: "
        "8 of its 8 rows, by their ids, stand there too (take the one away that no longer holds)"
    ]
    assert told(found, "duplicate_id") == []


def test_what_is_called_like_a_copy_of_a_table_is_named_beside_it(tmp_path: Path) -> None:
    found = examined(workbook(tmp_path / "netwerk.xlsx", *ROWS, again="Projecten oud"))

    assert told(found, "copy_by_name") == [
        "netwerk.xlsx, sheet Projecten oud: it is called like a copy of netwerk.xlsx, sheet Projecten, and no table is "
        "called so (take it away, or bring what is new in it over; a sheet whose name begins with _ is left alone)"
    ]
    assert [fault.sheet for fault in found.faults if fault.code == "unknown_table"] == ["Kleuren"]


def test_nothing_more_is_told_of_the_sheets_of_a_copied_file(tmp_path: Path) -> None:
    shutil.copy2(workbook(tmp_path / "netwerk.xlsx", *ROWS, again="Projecten oud"), tmp_path / "netwerk (1).xlsx")

    found = examined(tmp_path)

    assert [fault.file for fault in found.faults if fault.code == "copy_by_name"] == ["netwerk.xlsx"]
    assert len(told(found)) == 1


def test_files_that_share_a_row_or_two_are_no_copies(tmp_path: Path) -> None:
    workbook(tmp_path / "noord.xlsx", *ROWS)
    workbook(tmp_path / "zuid.xlsx", ROWS[0], ["q1", "Q"], ["q2", "Q2"])

    found = examined(tmp_path)

    assert told(found) == []
    assert len(told(found, "duplicate_id")) == 1


def test_files_that_hold_one_list_beside_what_each_adds_are_no_copies(tmp_path: Path) -> None:
    themes = [["id", "name", "kind"], *([f"t{place}", f"Theme {place}", "focus"] for place in range(12))]
    for name, title in (("noord", "projects"), ("zuid", "projects"), ("midden", "elements")):
        book = openpyxl.Workbook()
        book.worksheets[0].title = "themes"
        own = book.create_sheet(title)
        for each in themes:
            book.worksheets[0].append(each)
        for each in (["id", "name"], [f"{name}1", "One"], [f"{name}2", "Two"]):
            own.append(each)
        book.save(tmp_path / f"{name}.xlsx")

    found = examined(tmp_path)

    assert told(found) == []
    assert len(told(found, "duplicate_id")) == 24


def test_of_two_files_the_one_with_fewer_tables_is_the_copy(tmp_path: Path) -> None:
    full = workbook(tmp_path / "netwerk (1).xlsx", *ROWS)
    book = openpyxl.load_workbook(full)
    elements = book.create_sheet("elements")
    elements.append(["id", "name"])
    elements.append(["e1", "Element"])
    book.save(full)
    workbook(tmp_path / "netwerk.xlsx", *ROWS)

    assert told(examined(tmp_path))[0].startswith(
        "netwerk.xlsx: it is a copy or another version of netwerk (1).xlsx: 8 of its 8 rows"
    )


def test_tables_parted_over_files_of_like_names_are_no_copies(tmp_path: Path) -> None:
    workbook(tmp_path / "projecten.xlsx", *ROWS[:4])
    workbook(tmp_path / "projecten (2).xlsx", *ROWS[4:])

    assert told(examined(tmp_path)) == []


def test_the_sign_that_a_file_is_open_is_left_alone_though_it_is_named(tmp_path: Path) -> None:
    original = workbook(tmp_path / "netwerk.xlsx", *ROWS)
    mark = tmp_path / "~$netwerk.xlsx"
    mark.write_bytes(b"\x03Ann" + bytes(160))

    reading = read([original, mark])

    assert reading.files == ("netwerk.xlsx",)
    assert reading.faults == ()
    assert "~$netwerk.xlsx: left alone: it only marks that somebody has the file open" in map(str, reading.notes)


def test_the_sign_that_a_file_is_open_holds_no_tables_where_it_stands_alone(tmp_path: Path) -> None:
    mark = tmp_path / "~$netwerk.xlsx"
    mark.write_bytes(b"\x03Ann" + bytes(160))

    reading = read([mark])

    assert [(fault.file, fault.code) for fault in reading.faults] == [("~$netwerk.xlsx", "no_table_file")]
    assert reading.notes == ()


def test_a_file_that_is_named_twice_is_read_once(tmp_path: Path) -> None:
    original = workbook(tmp_path / "netwerk.xlsx", *ROWS)

    assert len(read([tmp_path, original]).tables) == 2
