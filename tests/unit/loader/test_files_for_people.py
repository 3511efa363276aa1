"""Files that are opened in a spreadsheet: columns in a Dutch or German Excel, and sheets that can be read."""

import csv
from pathlib import Path

import openpyxl

from graph_loader.history.table_file import CSV, WORKBOOK, write_table
from graph_loader.new_csv import write_csv
from graph_loader.sources import read
from graph_loader.template import make_template
from graph_loader.template.example import example_cells
from graph_store.tables import table

LINES = (("change", "name", "row"), ("added", "Zürich; and more", 2), ("removed", "x" * 90, 10))


def test_a_csv_file_has_a_mark_and_semicolons_and_is_read_back_the_same(tmp_path: Path) -> None:
    lines = [["id", "name", "kind"], ["work", "Work; for, all", "priority"]]
    write_csv(tmp_path / "themes.csv", lines)

    [raw] = read([tmp_path / "themes.csv"]).tables

    assert (tmp_path / "themes.csv").read_bytes().startswith(b"\xef\xbb\xbfid;name;kind\r\n")
    assert [list(raw.header), *(list(row.cells) for row in raw.rows)] == lines


def test_tables_of_changes_have_semicolons_too(tmp_path: Path) -> None:
    write_table(tmp_path / "news.csv", CSV, "changes", LINES)

    with (tmp_path / "news.csv").open(encoding="utf-8-sig", newline="") as text:
        assert list(csv.reader(text, delimiter=";"))[1] == ["added", "Zürich; and more", "2"]


def test_a_sheet_of_changes_has_widths_a_filter_and_a_header_that_stays(tmp_path: Path) -> None:
    write_table(tmp_path / "news.xlsx", WORKBOOK, "changes", LINES)

    sheet = openpyxl.load_workbook(tmp_path / "news.xlsx")["changes"]

    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:C3")
    assert [sheet.column_dimensions[letter].width for letter in "ABC"] == [10, 50, 8]
    assert [sheet["A1"].font.bold, sheet["A2"].font.bold] == [True, False]
    assert sheet["C3"].value == 10


def test_a_template_folder_has_semicolons_and_its_examples_an_article_that_fits(tmp_path: Path) -> None:
    make_template(tmp_path / "empty")

    head = (tmp_path / "empty" / "themes.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert head.startswith("id;name;")
    assert example_cells(table("memberships"))["member_of"] == "id of an organisation"
    assert example_cells(table("hosts"))["visit"] == "id of a visit"
