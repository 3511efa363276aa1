"""One table as a file that people open in a spreadsheet, where no text is taken for a formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, WriteOnlyCell

from graph_store.errors import WrongUse
from languages.words import _

from ..new_files import refuse_taken_file

CSV, WORKBOOK = "csv", "xlsx"
Cell = str | int | float
_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LONGEST = 32_767  # characters in a cell of a workbook


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
    # With a byte-order mark, so that Excel reads accents as they are.
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows([_harmless(cell) for cell in line] for line in lines)


def _harmless(cell: Cell) -> Cell:
    """Text that a spreadsheet would take for a formula gets an apostrophe, which the sheet shows as text."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_BEGINS_FORMULA) else cell


def _write_workbook(path: Path, title: str, lines: Iterable[Sequence[Cell]]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"

    def cells(line: Sequence[Cell]) -> Iterator[object]:
        for value in line:
            if isinstance(value, str) and value:
                cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST])
                cell.data_type = "s"  # text, whatever it begins with
                yield cell
            else:
                yield None if value == "" else value

    for line in lines:
        sheet.append(list(cells(line)))
    book.save(path)
