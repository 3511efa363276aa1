"""Spreadsheets of LibreOffice: every kind of cell, repeated cells and rows, what lies beside the cells."""

import zipfile
from datetime import date
from pathlib import Path

import pytest

from graph_loader.rows import RawTable
from graph_loader.sources import read
from tests.spreadsheets import ods_cell, ods_row, ods_sheet, write_ods

DAY = '<table:table-cell table:style-name="{style}" office:value-type="date" office:date-value="{value}"/>'


def table_of(folder: Path, *rows: list[object] | str) -> RawTable:
    path = write_ods(folder / "book.ods", ods_sheet("visits", [["id", "name", "on", "kind"], *rows]))
    reading = read([path])
    assert not reading.faults
    return reading.tables[0]


def cells_of(folder: Path, *cells: object) -> tuple[str, ...]:
    return table_of(folder, list(cells)).rows[0].cells


def test_each_kind_of_cell_is_read(tmp_path: Path) -> None:
    assert cells_of(tmp_path, "text", 12, 250.125, True, date(2024, 3, 12), None, "end") == (
        "text",
        "12",
        "250.1250",
        "true",
        "2024-03-12",
        "",
        "end",
    )


@pytest.mark.parametrize(
    ("style", "value", "read_as"),
    [
        ("day", "2019-02-01", "2019-02-01"),
        ("month", "2019-02-01", "2019-02"),
        ("year", "2019-02-01", "2019"),
        ("unknown", "2019-02-01T00:00:00", "2019-02-01"),
        ("month", "2019-02-01T00:00:00", "2019-02"),
        ("day", "2019-02-01T13:45:00", "2019-02-01"),
        ("day", "one day", "one day"),
    ],
)
def test_dates_have_the_precision_that_they_show(tmp_path: Path, style: str, value: str, read_as: str) -> None:
    assert cells_of(tmp_path, DAY.format(style=style, value=value)) == (read_as,)


def test_a_date_takes_the_style_of_its_column(tmp_path: Path) -> None:
    sheet = ods_sheet("visits", [["id", "name"], ["x", DAY.format(style="", value="2019-02-01")]])
    columns = '<table:table-column table:number-columns-repeated="16384"/>'
    styled = '<table:table-column/><table:table-column table:default-cell-style-name="year"/>'

    (table,) = read([write_ods(tmp_path / "book.ods", sheet.replace(columns, styled))]).tables

    assert table.rows[0].cells == ("x", "2019")


def test_repeated_cells_and_rows_stand_where_they_are_seen(tmp_path: Path) -> None:
    empty = '<table:table-cell table:number-columns-repeated="2"/>'
    same = ods_cell("x").replace("<table:table-cell", '<table:table-cell table:number-columns-repeated="2"')

    table = table_of(tmp_path, ods_row([same, empty, "end"], times=3), ods_row([], times=4), ["last"])

    assert [tuple(row) for row in table.rows] == [
        *((number, ("x", "x", "", "", "end")) for number in (2, 3, 4)),
        (9, ("last",)),
    ]


def test_what_lies_under_merged_cells_is_not_there(tmp_path: Path) -> None:
    covered = ods_cell("hidden").replace("table:table-cell", "table:covered-table-cell")

    assert cells_of(tmp_path, "seen", covered, "end") == ("seen", "", "end")


def test_a_comment_is_no_text_of_its_cell(tmp_path: Path) -> None:
    cell = (
        '<table:table-cell office:value-type="string">'
        "<office:annotation><text:p>a remark</text:p></office:annotation>"
        '<text:p>two<text:s text:c="2"/>blanks<text:line-break/>and <text:span>a span</text:span></text:p>'
        "</table:table-cell>"
    )

    assert cells_of(tmp_path, cell) == ("two  blanks\nand a span",)


def test_a_formula_stays_visible_whatever_it_came_to(tmp_path: Path) -> None:
    cell = ods_cell(3).replace("<table:table-cell", '<table:table-cell table:formula="of:=SUM([.A1:.A2])"')

    assert cells_of(tmp_path, cell) == ("=SUM([.A1:.A2])",)


def test_hidden_sheets_and_deleted_text_are_left_alone(tmp_path: Path) -> None:
    deleted = (
        "<table:tracked-changes><table:deletion><table:cell-content-deletion><table:change-track-table-cell>"
        "<text:p>gone</text:p>"
        "</table:change-track-table-cell></table:cell-content-deletion></table:deletion></table:tracked-changes>"
    )

    reading = read(
        [
            write_ods(
                tmp_path / "book.ods",
                deleted,
                ods_sheet("themes", [["id"]], hidden=True),
                ods_sheet("Unknown", [[str(number)] for number in range(100)]),
                ods_sheet("visits", [["id"], ["v1"]]),
            )
        ]
    )

    assert [(table.name, len(table.rows)) for table in reading.tables] == [("unknown", 0), ("visits", 1)]
    assert [note.sentence for note in reading.notes] == ["the sheet is hidden and left alone"]


def test_one_locked_with_a_password_is_told(tmp_path: Path) -> None:
    path = write_ods(tmp_path / "book.ods", ods_sheet("visits", [["id"]]))
    with zipfile.ZipFile(path, "a") as book:
        book.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>",
        )

    assert [fault.code for fault in read([path]).faults] == ["locked_file"]
