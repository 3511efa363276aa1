"""A workbook is given back with its faults marked, and everything else as it was."""

import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from typer.testing import CliRunner

from graph_loader.annotated import Annotated, annotate, writing
from graph_loader.cli import app
from graph_loader.rows import Place
from graph_loader.sources import read
from graph_loader.template import make_template
from graph_loader.validate import Examination, examine
from graph_store.errors import WrongUse

RED, YELLOW = "FFF8B4A6", "FFFFE699"


def marked(out: Path, *paths: Path) -> tuple[Annotated, Examination]:
    """The files checked and given back marked."""
    reading = read(paths)
    found = examine(reading, (), "test")
    return annotate(paths, reading.tables, (*found.faults, *found.doubts), out), found


def workbook(path: Path, **sheets: Sequence[Sequence[object]]) -> Path:
    """A workbook with these sheets."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def cell(path: Path, sheet: str, at: str) -> Cell:
    found = load_workbook(path)[sheet][at]
    assert isinstance(found, Cell)
    return found


VISITS = (("id", "name", "on", "kind"), ("a", "A", "12-01-2024", "work visit"), ("b", None, "2024", "work visti"))


def test_a_cell_at_fault_is_red_and_says_what_to_do(tmp_path: Path) -> None:
    marked(tmp_path / "out.xlsx", workbook(tmp_path / "in.xlsx", visits=VISITS))

    found = cell(tmp_path / "out.xlsx", "visits", "C2")

    assert found.fill.fgColor.rgb == RED
    assert found.comment is not None
    assert found.comment.text == (
        'Fault: "12-01-2024" may mean two days, as day and month can change places (write 2024-01-12 or 2024-12-01)'
    )
    assert found.value == "12-01-2024"


def test_a_cell_that_is_empty_and_needed_is_marked_too_in_the_format_of_its_column(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "visits"
    for row in VISITS:
        sheet.append(list(row))
    sheet.column_dimensions["B"].number_format = "@"
    book.save(tmp_path / "in.xlsx")

    marked(tmp_path / "out.xlsx", tmp_path / "in.xlsx")

    found = cell(tmp_path / "out.xlsx", "visits", "B3")
    assert found.fill.fgColor.rgb == RED
    assert found.number_format == "@"
    assert found.value is None


def test_a_doubt_is_yellow(tmp_path: Path) -> None:
    rows = (("id", "name", "kind"), ("desk", "Desk", "service desk"))

    marked(tmp_path / "out.xlsx", workbook(tmp_path / "in.xlsx", organisations=rows))

    assert cell(tmp_path / "out.xlsx", "organisations", "A2").fill.fgColor.rgb == YELLOW


def test_what_is_about_a_header_stands_at_its_heading_and_what_is_missing_at_the_first(tmp_path: Path) -> None:
    rows = (("name", "sort", "id"), ("A", "priority", "a"))

    marked(tmp_path / "out.xlsx", workbook(tmp_path / "in.xlsx", regions=rows))

    assert "no column" in str(cell(tmp_path / "out.xlsx", "regions", "B1").comment)
    assert "missing" in str(cell(tmp_path / "out.xlsx", "regions", "A1").comment)


def rich_workbook(path: Path) -> Path:
    """A workbook with all that is easily lost: a chart, a picture, a drop-down, notes, widths, formulas."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "visits"
    for row in VISITS:
        sheet.append(list(row))
    sheet["C2"].font, sheet["C2"].alignment = Font(bold=True, color="FF0000"), Alignment(horizontal="right")
    sheet["C2"].comment = Comment("Ask Anna", "steward")
    sheet["A2"].comment = Comment("Keep me", "steward")
    sheet["A2"].fill = PatternFill("solid", fgColor="FF00FF00")
    sheet.column_dimensions["B"].width = 61
    rule = DataValidation("list", formula1='"work visit,workshop"')
    rule.add("D2:D9")
    sheet.add_data_validation(rule)
    notes = book.create_sheet("_notes")
    for value in (1, 2, 3):
        notes.append([value])
    notes["B1"] = "=SUM(A1:A3)"
    chart = BarChart()
    chart.add_data(Reference(notes, min_col=1, min_row=1, max_row=3))
    notes.add_chart(chart, "D2")
    book.save(path)
    return path


def test_everything_else_is_byte_for_byte_as_it_was(tmp_path: Path) -> None:
    marked(tmp_path / "out.xlsx", rich_workbook(tmp_path / "in.xlsx"))

    with zipfile.ZipFile(tmp_path / "in.xlsx") as before, zipfile.ZipFile(tmp_path / "out.xlsx") as after:
        other = {name for name in before.namelist() if before.read(name) != after.read(name)}
    assert other == {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/worksheets/sheet1.xml",
        "xl/comments/comment1.xml",
        "xl/drawings/commentsDrawing1.vml",
    }


def test_looks_notes_widths_and_drop_downs_are_kept(tmp_path: Path) -> None:
    marked(tmp_path / "out.xlsx", rich_workbook(tmp_path / "in.xlsx"))

    book = load_workbook(tmp_path / "out.xlsx")
    sheet = book["visits"]
    assert isinstance(sheet, Worksheet)
    assert (sheet["C2"].font.b, sheet["C2"].alignment.horizontal) == (True, "right")
    assert sheet["C2"].comment.text.startswith("Ask Anna\n\nFault: ")
    assert sheet["A2"].comment.text == "Keep me"
    assert sheet["A2"].fill.fgColor.rgb == "FF00FF00"
    assert sheet.column_dimensions["B"].width == 61
    assert [str(rule.sqref) for rule in sheet.data_validations.dataValidation] == ["D2:D9"]
    assert book["_notes"]["B1"].value == "=SUM(A1:A3)"


def test_a_sheet_at_the_end_lists_all_by_cause_with_links_to_the_cells(tmp_path: Path) -> None:
    marked(tmp_path / "out.xlsx", workbook(tmp_path / "in.xlsx", visits=VISITS))

    sheet = load_workbook(tmp_path / "out.xlsx").worksheets[-1]

    assert sheet.title == "_Faults"
    assert sheet["A1"].value == "3 faults of 3 causes"
    rows = [[item.value for item in row] for row in sheet.iter_rows(min_row=5)]
    assert rows[0][:6] == [1, "Fault", "visits", 2, "on", "12-01-2024"]
    assert rows[0][7] == "write 2024-01-12 or 2024-12-01"
    assert [row[2:5] for row in rows[1:]] == [["visits", 3, "name"], ["visits", 3, "kind"]]
    assert sheet["D5"].hyperlink.location == "'visits'!C2"
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A5", "A4:H7")


def test_the_marked_workbook_opens_on_the_list_and_on_no_sheet_beside_it(tmp_path: Path) -> None:
    book = load_workbook(workbook(tmp_path / "new.xlsx", visits=VISITS, themes=[("id", "name", "kind")], _own=[("a",)]))
    book.active = book["_own"]
    book["visits"].sheet_view.tabSelected = False
    book.save(tmp_path / "in.xlsx")

    marked(tmp_path / "out.xlsx", tmp_path / "in.xlsx")

    after = load_workbook(tmp_path / "out.xlsx")
    assert after.active is not None
    assert after.active.title == "_Faults"
    assert [sheet.title for sheet in after.worksheets if sheet.sheet_view.tabSelected] == ["_Faults"]
    with zipfile.ZipFile(tmp_path / "in.xlsx") as old, zipfile.ZipFile(tmp_path / "out.xlsx") as new:
        themes, own = "xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml"
        assert new.read(themes) == old.read(themes)
        assert new.read(own) == old.read(own).replace(b' tabSelected="1"', b"")


def test_a_workbook_that_does_not_say_how_it_is_looked_at_opens_on_the_list_too(tmp_path: Path) -> None:
    workbook(tmp_path / "plain.xlsx", visits=VISITS, themes=[("id",)])
    with zipfile.ZipFile(tmp_path / "plain.xlsx") as plain, zipfile.ZipFile(tmp_path / "in.xlsx", "w") as out:
        for name in plain.namelist():
            out.writestr(name, re.sub(rb"<bookViews>.*</bookViews>", b"", plain.read(name)))

    marked(tmp_path / "out.xlsx", tmp_path / "in.xlsx")

    found = load_workbook(tmp_path / "out.xlsx").active
    assert found is not None
    assert found.title == "_Faults"


def test_where_a_sheet_is_very_large_the_workbook_opens_where_it_did(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "LARGEST_SHEET", 100)

    marked(tmp_path / "out.xlsx", workbook(tmp_path / "in.xlsx", visits=VISITS))

    book = load_workbook(tmp_path / "out.xlsx")
    assert book.active is book["visits"]
    assert not book["_Faults"].sheet_view.tabSelected


def test_marked_csv_files_are_called_like_the_folder_or_file_that_was_checked(tmp_path: Path) -> None:
    folder, alone = tmp_path / "partners", tmp_path / "themes.csv"
    folder.mkdir()
    (folder / "visits.csv").write_text("id,name,on,kind\na,A,?,work visit\n")
    alone.write_text("id,name,kind\nwork,Work,?\n")
    book = workbook(tmp_path / "partners.xlsx", visits=VISITS)

    names = [
        [path.name for path in marked(tmp_path / f"out{place}", *paths)[0].files]
        for place, paths in enumerate([(folder,), (alone,), (folder, alone), (book, folder)])
    ]

    assert names == [["partners.xlsx"], ["themes.xlsx"], ["tables.xlsx"], ["partners.xlsx", "partners 2.xlsx"]]


@pytest.mark.parametrize("name", ["out.csv", "out.ODS", "out.xlsm"])
def test_a_name_of_another_kind_of_file_is_refused_and_no_folder_made_of_it(tmp_path: Path, name: str) -> None:
    source = workbook(tmp_path / "in.xlsx", visits=VISITS)

    with pytest.raises(WrongUse, match=r"ends in \.xlsx, such as .*out\.xlsx, or a folder"):
        marked(tmp_path / name, source)

    assert [path.name for path in tmp_path.iterdir()] == ["in.xlsx"]


def test_a_formula_that_is_at_fault_stays_a_text_in_the_list(tmp_path: Path) -> None:
    rows = (("id", "name", "kind"), ("a", "=1+1", "priority"))

    marked(tmp_path / "out.xlsx", workbook(tmp_path / "in.xlsx", themes=rows))

    listed = load_workbook(tmp_path / "out.xlsx")["_Faults"]["F5"]
    assert (listed.value, listed.data_type) == ("=1+1", "s")
    assert listed.quotePrefix


def test_a_marked_workbook_that_is_mended_can_be_loaded_as_it_is(tmp_path: Path) -> None:
    marked(tmp_path / "out.xlsx", workbook(tmp_path / "in.xlsx", visits=VISITS))
    book = load_workbook(tmp_path / "out.xlsx")
    sheet = book["visits"]
    sheet["C2"], sheet["B3"], sheet["D3"] = "2024-01-15", "B", "work visit"
    book.save(tmp_path / "mended.xlsx")

    found = examine(read([tmp_path / "mended.xlsx"]), (), "test")

    assert (found.faults, found.doubts) == ((), ())
    assert [row.table for row in found.rows.rows if row.number] == ["visits", "visits"]


def test_a_workbook_marked_twice_gets_a_second_list_and_keeps_both_notes(tmp_path: Path) -> None:
    marked(tmp_path / "once.xlsx", workbook(tmp_path / "in.xlsx", visits=VISITS))
    marked(tmp_path / "twice.xlsx", tmp_path / "once.xlsx")

    book = load_workbook(tmp_path / "twice.xlsx")

    assert book.sheetnames == ["visits", "_Faults", "_Faults 2"]
    assert book["visits"]["C2"].comment.text.count("may mean two days") == 2


def test_csv_files_become_one_workbook_with_every_cell_as_text_where_it_stood(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "visits.csv").write_text("id,name,on,kind\n\na,A,2024-02,work visit\nb,=1+1,0012,work visit\n")
    (folder / "themes.csv").write_text("id,name,kind\nwork,Work,priority\n")

    marked(tmp_path / "out.xlsx", folder)

    book = load_workbook(tmp_path / "out.xlsx")
    assert set(book.sheetnames) == {"visits", "themes", "_Faults"}
    sheet = book["visits"]
    assert (sheet["C3"].value, sheet["C3"].number_format) == ("2024-02", "@")
    assert (sheet["B4"].value, sheet["B4"].data_type) == ("=1+1", "s")
    assert sheet["B4"].fill.fgColor.rgb == RED
    assert sheet["A4"].fill.fill_type is None


def test_a_workbook_whose_parts_have_a_prefix_is_marked_as_well(tmp_path: Path) -> None:
    workbook(tmp_path / "plain.xlsx", visits=VISITS)
    with zipfile.ZipFile(tmp_path / "plain.xlsx") as plain, zipfile.ZipFile(tmp_path / "in.xlsx", "w") as out:
        for name in plain.namelist():
            data = plain.read(name)
            if name in ("xl/worksheets/sheet1.xml", "xl/styles.xml"):
                text = re.sub(r"<(/?)(?=\w)", r"<\1x:", data.decode())
                data = text.replace("xmlns=", "xmlns:x=").encode()
            out.writestr(name, data)

    marked(tmp_path / "out.xlsx", tmp_path / "in.xlsx")

    found = load_workbook(tmp_path / "out.xlsx")["visits"]
    assert found["C2"].fill.fgColor.rgb == RED
    assert found["B3"].fill.fgColor.rgb == RED


def test_nothing_is_ever_overwritten(tmp_path: Path) -> None:
    source = workbook(tmp_path / "in.xlsx", visits=VISITS)
    before = source.read_bytes()

    with pytest.raises(WrongUse, match=r"in\.xlsx is there already"):
        marked(source, source)

    assert source.read_bytes() == before


def test_several_workbooks_go_into_a_folder(tmp_path: Path) -> None:
    one, two = (workbook(tmp_path / name, visits=VISITS[:2]) for name in ("one.xlsx", "two.xlsx"))

    with pytest.raises(WrongUse, match="become 2 workbooks"):
        marked(tmp_path / "out.xlsx", one, two)
    done, _found = marked(tmp_path / "out", one, two)

    assert [path.name for path in done.files] == ["one.xlsx", "two.xlsx"]
    assert cell(tmp_path / "out" / "two.xlsx", "visits", "C2").fill.fgColor.rgb == RED


def test_nothing_is_written_where_nothing_is_to_be_marked(tmp_path: Path) -> None:
    rows = (("id", "name", "kind"), ("work", "Work", "priority"))

    done, found = marked(tmp_path / "out.xlsx", workbook(tmp_path / "in.xlsx", themes=rows))

    assert (found.faults, found.doubts, done.files) == ((), (), ())
    assert not (tmp_path / "out.xlsx").exists()


def test_a_file_that_cannot_be_read_is_told_in_those_that_can(tmp_path: Path) -> None:
    good = workbook(tmp_path / "good.xlsx", visits=VISITS)
    (tmp_path / "bad.xlsx").write_bytes(b"nothing")

    done, _found = marked(tmp_path / "out", good, tmp_path / "bad.xlsx")

    assert [path.name for path in done.files] == ["good.xlsx"]
    sheet = load_workbook(done.files[0])["_Faults"]
    assert next(row[2].value for row in sheet.iter_rows(min_row=5)) == "bad.xlsx"


def test_the_command_says_which_workbook_it_wrote(tmp_path: Path) -> None:
    source = workbook(tmp_path / "in.xlsx", visits=VISITS)

    done = CliRunner().invoke(app, ["check", "--alone", str(source), "--annotate", str(tmp_path / "out.xlsx")])

    assert done.exit_code == 1
    assert f"Marked: {tmp_path / 'out.xlsx'}" in done.output
    assert (tmp_path / "out.xlsx").exists()


def test_columns_with_local_headings_below_a_title_are_found(tmp_path: Path) -> None:
    rows = (("Werkbezoeken 2024",), (), ("_eigen", "Naam", "Datum", "id", "Soort"), ("x", "A", "12-01-2024", "a", "?"))

    marked(tmp_path / "out.xlsx", workbook(tmp_path / "in.xlsx", bezoeken=rows))

    sheet = load_workbook(tmp_path / "out.xlsx")["bezoeken"]
    red = [item.coordinate for row in sheet.iter_rows() for item in row if item.fill.fgColor.rgb == RED]
    assert red == ["C4", "E4"]


def test_a_value_in_a_column_without_a_name_is_marked_where_it_stands(tmp_path: Path) -> None:
    rows = (("id", "name", "kind"), ("a", "A", "priority", None, "stray"))

    marked(tmp_path / "out.xlsx", workbook(tmp_path / "in.xlsx", themes=rows))

    assert cell(tmp_path / "out.xlsx", "themes", "E2").fill.fgColor.rgb == RED


def test_a_csv_file_that_is_called_like_no_table_is_listed_and_not_given_back_without_its_rows(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "vist.csv").write_text("id,name\na,A\n")
    (folder / "themes.csv").write_text("id,name,kind\nwork,Work,priority\n")

    marked(tmp_path / "out.xlsx", folder)

    book = load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == ["themes", "_Faults"]
    assert book["_Faults"]["C5"].value == "vist.csv"


def test_a_filled_template_keeps_its_notes_and_drop_downs(tmp_path: Path) -> None:
    make_template(tmp_path / "in.xlsx")
    book = load_workbook(tmp_path / "in.xlsx")
    book["visits"]["A2"], book["visits"]["C2"] = "a", "12-01-2024"
    book.save(tmp_path / "filled.xlsx")

    marked(tmp_path / "out.xlsx", tmp_path / "filled.xlsx")

    before, after = load_workbook(tmp_path / "filled.xlsx"), load_workbook(tmp_path / "out.xlsx")
    assert after.sheetnames == [*before.sheetnames, "_Faults"]
    for name in before.sheetnames:
        assert notes(before[name]).items() <= notes(after[name]).items() | {("C2", notes(before[name]).get("C2", ""))}
        assert str(before[name].data_validations.dataValidation) == str(after[name].data_validations.dataValidation)
        assert after[name].sheet_state == before[name].sheet_state
    assert after["visits"]["C2"].comment.text.startswith("Fault: ")


def notes(sheet: Worksheet) -> dict[str, str]:
    """Notes of a sheet by cell."""
    return {item.coordinate: item.comment.text for row in sheet.iter_rows() for item in row if item.comment}


def test_a_workbook_without_styles_is_told_to_be_unusual(tmp_path: Path) -> None:
    workbook(tmp_path / "plain.xlsx", visits=VISITS)
    with zipfile.ZipFile(tmp_path / "plain.xlsx") as plain, zipfile.ZipFile(tmp_path / "in.xlsx", "w") as out:
        for name in plain.namelist():
            data = plain.read(name)
            if name == "xl/styles.xml":
                data = re.sub(rb"<cellXfs.*</cellXfs>", b"", data, flags=re.DOTALL)
            out.writestr(name, data)
    reading = read([tmp_path / "plain.xlsx"])
    found = examine(reading, (), "test")
    tables = [replace(raw, place=Place("in.xlsx", "visits")) for raw in reading.tables]

    done = annotate([tmp_path / "in.xlsx"], tables, found.faults, tmp_path / "out.xlsx")

    assert done.files == ()
    assert done.told == ("in.xlsx is built in an unusual way and could not be marked.",)
    assert not (tmp_path / "out.xlsx").exists()
