"""Make a template: a workbook with a sheet per table, or a folder with a CSV file per table."""

from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from graph_store.kinds import Type
from graph_store.tables import Column, Table, tables
from languages.words import _

from ..new_csv import write_csv
from ..new_files import refuse_taken_file, refuse_taken_folder
from .example import example_cells
from .words import README, README_TITLE, column_words, listing, table_words

_LISTS = "_lists"
_LAST_ROW = 5_000  # down to which the drop-downs reach
_BOLD, _GREY = Font(bold=True), Font(italic=True, color="808080")
_NEEDED, _OPTIONAL = PatternFill("solid", fgColor="CFE2F3"), PatternFill("solid", fgColor="EFEFEF")
_WIDE = ("name", "summary", "results", "note", "title", "kept", "changed", "dropped", "url", "website")
_AS_NUMBERS = (Type.INTEGER, Type.NUMBER)


def make_template(path: Path) -> list[Path]:
    """Write an empty workbook when `path` ends in ``.xlsx``, else a folder of CSV files.

    Returns
    -------
    list
        The files written.

    Raises
    ------
    WrongUse
        When something is there already: a template never overwrites.
    """
    if path.suffix.lower() == ".xlsx":
        refuse_taken_file(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        _workbook().save(path)
        return [path]
    refuse_taken_folder(path)
    path.mkdir(parents=True, exist_ok=True)
    return _folder(path)


def _folder(path: Path) -> list[Path]:
    files = [path / f"{own.name}.csv" for own in tables()]
    for own, file in zip(tables(), files, strict=True):
        columns, example = [column.name for column in own.columns], example_cells(own)
        write_csv(file, [columns, [example[name] for name in columns]])
    readme = path / f"{_(README_TITLE)}.txt"
    lines = [*map(_, README), ""]
    for table, column, words in listing():
        lines += ["", f"{table}: {words}"] if table else [f"    {column}: {words}"]
    readme.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [*files, readme]


def _workbook() -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    _readme_sheet(book.create_sheet(README_TITLE))
    lists = book.create_sheet(_LISTS)
    lists.sheet_state = "hidden"
    for own in tables():
        _table_sheet(book.create_sheet(own.name), own, lists)
    return book


def _readme_sheet(sheet: Worksheet) -> None:
    sheet.column_dimensions["A"].width = 24
    sheet.column_dimensions["B"].width = 24
    sheet.column_dimensions["C"].width = 110
    for line in README:
        sheet.append([_(line)])
    sheet.append([])
    sheet.append([_("Table"), _("Column"), _("What it holds")])
    for cell in sheet[sheet.max_row]:
        cell.font = _BOLD
    for row in listing():
        sheet.append(list(row))
        sheet.cell(sheet.max_row, 3).alignment = Alignment(wrap_text=True, vertical="top")
        if row[0]:
            sheet.cell(sheet.max_row, 1).font = _BOLD


def _table_sheet(sheet: Worksheet, own: Table, lists: Worksheet) -> None:
    example = example_cells(own)
    for place, column in enumerate(own.columns, start=1):
        letter = get_column_letter(place)
        # As text, so that Excel leaves 2019-02 and 0012 as they were typed.
        sheet.column_dimensions[letter].number_format = "General" if column.property.type in _AS_NUMBERS else "@"
        sheet.column_dimensions[letter].width = 40 if column.name in _WIDE else max(14, len(column.name) + 4)
        header = sheet.cell(1, place, column.name)
        header.font = _BOLD
        header.fill = _NEEDED if column.required else _OPTIONAL
        header.comment = Comment(column_words(column), own.name, width=320, height=140)
        cell = sheet.cell(2, place, example[column.name])
        cell.font = _GREY
        cell.number_format = "@"
        if column.property.codes:
            sheet.add_data_validation(_drop_down(column, letter, lists))
    sheet["A1"].comment = Comment(
        f"{table_words(own)}\n\n{column_words(own.columns[0])}", own.name, width=320, height=160
    )
    sheet.freeze_panes = "A2"


def _drop_down(column: Column, letter: str, lists: Worksheet) -> DataValidation:
    """A drop-down whose list stands on the hidden sheet: one in the rule itself may have 255 characters only."""
    place = lists.max_column + 1 if lists["A1"].value else 1
    for number, code in enumerate(column.property.codes, start=1):
        lists.cell(number, place, code)
    at = get_column_letter(place)
    rule = DataValidation(
        "list", formula1=f"{_LISTS}!${at}$1:${at}${len(column.property.codes)}", allow_blank=not column.required
    )
    rule.error = _("Choose a value from the list.")
    rule.errorTitle = column.name
    rule.showErrorMessage = True
    rule.add(f"{letter}2:{letter}{_LAST_ROW}")
    return rule
