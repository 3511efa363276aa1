"""Templates: what is generated passes the checks, and what is filled in loads like CSV."""

import csv
from pathlib import Path

import openpyxl
import pytest
from loader_examples import DEMO

from graph_loader.sources import read
from graph_loader.template import make_template
from graph_loader.template.example import example_cells
from graph_loader.validate import examine
from graph_store.errors import WrongUse
from graph_store.tables import tables


@pytest.mark.parametrize("name", ["partners.xlsx", "partners"])
def test_a_fresh_template_passes_and_holds_no_row(tmp_path: Path, name: str) -> None:
    make_template(tmp_path / name)

    found = examine(read([tmp_path / name]))

    assert found.faults == ()
    assert [doubt.code for doubt in found.doubts] == ["nothing_in_it"]
    assert {table.name for table in read([tmp_path / name]).tables} == {own.name for own in tables()}


@pytest.mark.parametrize("name", ["partners.xlsx", "partners"])
def test_a_template_filled_from_the_demo_becomes_the_same_graph(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    make_template(path)
    fill_workbook(path) if path.suffix else fill_folder(path)

    found, demo = examine(read([path])), examine(read([DEMO]))

    assert found.faults == ()
    assert found.graph.nodes == demo.graph.nodes
    assert found.graph.relationships == demo.graph.relationships


def test_a_template_never_overwrites(tmp_path: Path) -> None:
    make_template(tmp_path / "partners.xlsx")

    with pytest.raises(WrongUse):
        make_template(tmp_path / "partners.xlsx")
    with pytest.raises(WrongUse):
        make_template(tmp_path)


def test_the_workbook_explains_its_columns_and_offers_closed_lists(tmp_path: Path) -> None:
    make_template(tmp_path / "partners.xlsx")
    book = openpyxl.load_workbook(tmp_path / "partners.xlsx")

    sheet = book["visits"]
    headers = {cell.value: cell for cell in sheet[1]}
    (rule,) = sheet.data_validations.dataValidation
    assert book.sheetnames[0] == "Read me"
    assert sheet.freeze_panes == "A2"
    assert all(cell.font.bold and cell.comment for cell in sheet[1])
    assert "2019-02" in str(headers["on"].comment)
    assert str(rule.sqref).startswith(headers["kind"].coordinate[0])


def test_every_example_value_would_be_taken() -> None:
    for own in tables():
        example = example_cells(own)
        assert set(example) == {column.name for column in own.columns}


def fill_workbook(path: Path) -> None:
    """Type the demo into a workbook under its example rows, as text."""
    book = openpyxl.load_workbook(path)
    for file in sorted(DEMO.glob("*.csv")):
        sheet = book[file.stem]
        columns = [cell.value for cell in sheet[1]]
        with file.open(encoding="utf-8-sig", newline="") as text:
            for row in csv.DictReader(text):
                sheet.append([row.get(column) or None for column in columns])
    book.save(path)


def fill_folder(path: Path) -> None:
    """Type the demo into the CSV files under their example rows."""
    for file in sorted(DEMO.glob("*.csv")):
        target = path / file.name
        with target.open(encoding="utf-8-sig", newline="") as text:
            columns = next(csv.reader(text, delimiter=";"))
        with file.open(encoding="utf-8-sig", newline="") as text, target.open("a", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, delimiter=";")
            writer.writerows([row.get(column) or "" for column in columns] for row in csv.DictReader(text))
