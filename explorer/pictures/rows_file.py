"""Rows of plain values as a workbook: text stays text, also where it looks like a formula."""

import re
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

_STRANGE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # not for XML
_BOLD = Font(bold=True)
_LONGEST = 32_767  # characters that a cell may hold
_MOST = 1_048_575  # rows beneath the headings


def rows_workbook(rows: Sequence[Mapping[str, Any]], title: str) -> bytes:
    """A workbook with one sheet: a column for each name of the first row."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    names = list(rows[0]) if rows else []
    sheet.freeze_panes = "A2"
    for place, name in enumerate(names, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = max(14, len(name) + 4)
    sheet.append([_cell(sheet, name, bold=True) for name in names])
    for row in rows[:_MOST]:
        sheet.append([_cell(sheet, row[name]) for name in names])
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def _cell(sheet: WriteOnlyWorksheet, value: Any, *, bold: bool = False) -> Cell:
    text = _STRANGE.sub("", value)[:_LONGEST] if isinstance(value, str) else value
    cell = WriteOnlyCell(sheet, value=text)
    if isinstance(text, str):
        cell.data_type = "s"  # never a formula
    if bold:
        cell.font = _BOLD
    return cell
