"""The list of those to be asked as a workbook: what the loader takes from it, and what it leaves alone."""

import io
from datetime import date
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from explorer.pictures.workbook_out import Asked, outcome_form
from graph_loader import api
from graph_store.schema import OUTCOMES
from graph_store.tables import table

TODAY = date(2024, 3, 12)
WORDS = ("Twente", "Desk Twente", "Spring visit", "7 Feb 2019", "Zeeland", "Practice stories")
ROWS = (
    Asked({"attendee": "desk", "visit": "spring", "delegates": "4", "note": "by train"}, WORDS, "nothing heard"),
    Asked({"attendee": "city", "visit": "spring", "outcome": "none", "outcome_on": "2023-05"}, WORDS, "answered"),
)


def book(rows: tuple[Asked, ...] = ROWS, *, simulated: bool = False) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(outcome_form(rows, "outcomes", simulated=simulated, today=TODAY)))


def rows_of(sheet: Worksheet) -> list[dict[str, object]]:
    head, *rows = sheet.iter_rows(values_only=True)
    return [{str(key): value for key, value in zip(head, row, strict=True) if value} for row in rows]


def test_the_sheet_is_the_loaders_table_with_what_is_known_filled_in() -> None:
    sheet = book()["attendances"]

    assert [cell.value for cell in sheet[1]] == [column.name for column in table("attendances").columns]
    assert rows_of(sheet) == [dict(row.cells) for row in ROWS]


def test_the_outcome_is_chosen_from_the_schemas_list_and_the_cell_says_of_whom() -> None:
    found = book()
    rules = found["attendances"].data_validations.dataValidation

    assert [str(rule.sqref) for rule in rules] == ["D2", "D3"]
    assert all(rule.type == "list" and rule.formula1 == "_lists!$A$1:$A$5" for rule in rules)
    assert [cell.value for cell in found["_lists"]["A"]] == [option.code for option in OUTCOMES]
    assert rules[0].prompt == (
        "Desk Twente (Twente) came to Spring visit, 7 Feb 2019, at Zeeland, about Practice stories."
    )


def test_long_words_beside_a_cell_are_cut_to_what_excel_allows() -> None:
    long = Asked(ROWS[0].cells, (*WORDS[:5], "stories " * 90), "")

    (rule,) = book((long,))["attendances"].data_validations.dataValidation

    assert len(rule.prompt) == 255


def test_each_line_of_the_explanation_leads_to_its_row() -> None:
    sheet = book()["Read me"]

    links = [cell.hyperlink.location or cell.hyperlink.target for cell in sheet["A"] if cell.hyperlink]
    assert [link.lstrip("#") for link in links] == ["'attendances'!D2", "'attendances'!D3"]


def test_the_data_set_says_what_it_is_and_up_to_when_it_asked() -> None:
    (said,) = rows_of(book()["data_set"])
    (made_up,) = rows_of(book(simulated=True)["data_set"])

    assert (said["id"], said["kind"], said["data_until"]) == ("outcomes", "recorded", "2024-03-12")
    assert made_up["kind"] == "simulated"


def test_a_name_that_looks_like_a_formula_stays_text() -> None:
    odd = Asked(ROWS[0].cells, ("=1+1", *WORDS[1:]), "=2+2")

    cells = [cell for row in book((odd,))["Read me"].iter_rows() for cell in row if str(cell.value).startswith("=")]

    assert {cell.data_type for cell in cells} == {"s"}


def test_the_loader_finds_no_fault_in_the_sheets_beside_the_table(tmp_path: Path) -> None:
    file = tmp_path / "asked.xlsx"
    file.write_bytes(outcome_form(ROWS, "outcomes", simulated=False, today=TODAY))

    report = api.check(file, None, "outcomes")

    assert {fault.code for fault in report.faults} == {"table_not_given"}  # of the visit and the bodies alone
    assert all("attendances" in fault.sentence for fault in report.faults)


def test_a_list_without_a_row_is_a_workbook_all_the_same() -> None:
    assert rows_of(book(())["attendances"]) == []
