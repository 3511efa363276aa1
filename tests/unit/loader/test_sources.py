"""Reading files as people save them: every encoding, delimiter and habit that is meant to work."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from graph_loader.rows import RawTable
from graph_loader.sources import read
from graph_store.errors import WrongUse


def csv_table(folder: Path, content: bytes) -> RawTable:
    (folder / "themes.csv").write_bytes(content)
    reading = read([folder])
    assert not reading.faults
    (table,) = reading.tables
    return table


def workbook_cells(folder: Path, *cells: Any, formats: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The texts that cells of a workbook are read as."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "visits"
    sheet.append([f"column {place}" for place in range(len(cells))])
    sheet.append(list(cells))
    for place, number_format in enumerate(formats, start=1):
        sheet.cell(2, place).number_format = number_format
    book.save(folder / "book.xlsx")
    return read([folder / "book.xlsx"]).tables[0].rows[0].cells


PLAIN = "id,name,kind\nwork,Büro für alle,priority\n"


@pytest.mark.parametrize(
    "content",
    [
        PLAIN.encode(),
        PLAIN.encode("utf-8-sig"),
        PLAIN.encode("cp1252"),
        PLAIN.encode("utf-16"),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace("\n", "\r").encode(),
        PLAIN.replace(",", ";").encode(),
        PLAIN.replace(",", "\t").encode(),
        ("sep=;\n" + PLAIN.replace(",", ";")).encode(),
        b"\n\n" + PLAIN.encode(),
        PLAIN.replace("work", "  work ").replace("\n", ",,,\n").encode(),
        PLAIN.replace("ü", "u\u0308").encode(),
        PLAIN.replace("Büro für", "Büro\u00a0für").encode(),
    ],
    ids=["utf-8", "bom", "cp1252", "utf-16", "crlf", "cr", ";", "tab", "sep", "empty lines", "blanks", "nfd", "nbsp"],
)
def test_a_csv_file_reads_the_same_however_it_was_saved(tmp_path: Path, content: bytes) -> None:
    table = csv_table(tmp_path, content)

    assert table.name == "themes"
    assert table.header == ("id", "name", "kind")
    assert [row.cells for row in table.rows] == [("work", "Büro für alle", "priority")]


def test_rows_keep_the_numbers_that_an_editor_shows(tmp_path: Path) -> None:
    table = csv_table(tmp_path, b'id,name\n\nfirst,"two\nlines"\n,,\nlast,one\n')

    assert [(row.number, row.cells[0]) for row in table.rows] == [(3, "first"), (6, "last")]


def test_a_delimiter_inside_quotes_does_not_count(tmp_path: Path) -> None:
    table = csv_table(tmp_path, b'id;"name;a;b,c,d,e";kind\nwork;"Work; all of it";priority\n')

    assert table.rows[0].cells == ("work", "Work; all of it", "priority")


def test_numbers_of_a_workbook_become_plain_text(tmp_path: Path) -> None:
    assert workbook_cells(tmp_path, 12.0, 12, 51.98, 1250.125, True) == ("12", "12", "51.98", "1250.125", "true")


def test_a_number_of_a_workbook_cannot_be_taken_for_thousands(tmp_path: Path) -> None:
    assert workbook_cells(tmp_path, 250.125) == ("250.1250",)


def test_dates_of_a_workbook_have_the_precision_that_they_show(tmp_path: Path) -> None:
    day = date(2019, 2, 1)
    cells = workbook_cells(
        tmp_path, day, datetime(2019, 2, 1), day, day, "2019-02", formats=("yyyy-mm-dd", "d mmm yy", "mmm-yy", "yyyy")
    )

    assert cells == ("2019-02-01", "2019-02-01", "2019-02", "2019", "2019-02")


def test_a_formula_of_a_workbook_stays_visible(tmp_path: Path) -> None:
    assert workbook_cells(tmp_path, "=SUM(A1:A9)") == ("=SUM(A1:A9)",)


def test_sheets_for_own_notes_are_left_alone(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "Read me"
    book.worksheets[0].append(["Welcome"])
    book.create_sheet("_notes").append(["own words"])
    book.create_sheet("Sheet 2")
    book.create_sheet("Themes").append(["id", "name", "kind"])
    book.save(tmp_path / "book.xlsx")

    reading = read([tmp_path / "book.xlsx"])

    assert [table.name for table in reading.tables] == ["themes"]
    assert not reading.faults


def test_a_table_may_come_from_several_files(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "themes.csv").write_text("id,name,kind\n")

    assert [table.name for table in read([tmp_path / "one", tmp_path / "two"]).tables] == ["themes", "themes"]


def test_a_path_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(WrongUse):
        read([tmp_path / "nowhere"])


@pytest.mark.parametrize(("name", "code"), [("notes.docx", "no_table_file"), ("empty", "no_tables_in_folder")])
def test_a_path_that_holds_no_table_is_a_fault(tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / "notes.docx").write_text("words")
    (tmp_path / "empty").mkdir()

    assert [fault.code for fault in read([tmp_path / name]).faults] == [code]


def test_bytes_that_are_no_text_are_a_fault(tmp_path: Path) -> None:
    (tmp_path / "themes.csv").write_bytes(b"id\x00,\xff\x00name")

    assert [fault.code for fault in read([tmp_path]).faults] == ["unreadable_file"]
