"""One table as a file that people open in a spreadsheet, where no text is taken for a formula."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from graph_store.errors import WrongUse
from languages.words import _

from ..new_csv import write_csv
from ..new_files import refuse_taken_file

CSV, WORKBOOK = "csv", "xlsx"
Cell = str | int | float
_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LONGEST = 32_767  # characters in a cell of a workbook
_LOOKED_AT = 200  # lines that say how wide the columns should be
_NARROWEST, _WIDEST = 8, 50


def write_table(path: Path, format_: str, title: str, lines: Iterable[Sequence[Cell]]) -> None:
    """Write lines, the header first, as ``csv`` or ``xlsx``.

    Raises
    ------
    WrongUse
        When a file is there already, or the format is another.
    """
    if format_ not in (CSV, WORKBOOK):
        raise WrongUse(_("{format} is no format of a file. Write csv, xlsx or json.").format(format=format_))
    refuse_taken_file(path)
    if format_ == WORKBOOK:
        _write_workbook(path, title, lines)
        return
    write_csv(path, ([_harmless(cell) for cell in line] for line in lines))


def _harmless(cell: Cell) -> Cell:
    """Text that a spreadsheet would take for a formula gets an apostrophe, which the sheet shows as text."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_BEGINS_FORMULA) else cell


def _write_workbook(path: Path, title: str, lines: Iterable[Sequence[Cell]]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    source = iter(lines)
    first = list(islice(source, _LOOKED_AT))
    _arrange(sheet, first)
    count = 0
    for line in chain(first, source):
        count += 1
        sheet.append(list(_cells(sheet, line, bold=count == 1)))
    if first:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(first[0]))}{count}"
    book.save(path)


def _arrange(sheet: Any, first: Sequence[Sequence[Cell]]) -> None:
    """Let the header stay in sight, and the columns be as wide as what they hold; its types know of no widths."""
    sheet.freeze_panes = "A2"
    for place, column in enumerate(zip(*first, strict=True), start=1):
        widest = max(len(str(cell)) for cell in column)
        sheet.column_dimensions[get_column_letter(place)].width = min(_WIDEST, max(_NARROWEST, widest + 3))


def _cells(sheet: WriteOnlyWorksheet, line: Sequence[Cell], *, bold: bool) -> Iterator[object]:
    for value in line:
        if isinstance(value, str) and value:
            cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST])
            cell.data_type = "s"  # text, whatever it begins with
            if bold:
                cell.font = Font(bold=True)
            yield cell
        else:
            yield None if value == "" else value
