"""A workbook made of tables that came from files of other kinds: every cell as text, each row where it stood."""

import re
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from ..rows import Place, RawTable

_BOLD = Font(bold=True)
_LONGEST_TITLE, _LONGEST_CELL, _LAST_ROW = 31, 32_767, 1_048_576
_STRANGE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def workbook_of(tables: Sequence[RawTable], path: Path) -> dict[Place, str]:
    """Write a workbook with a sheet for each table; returns what the sheets are called."""
    book = Workbook(write_only=True)
    titles: dict[Place, str] = {}
    for raw in tables:
        title = _title(raw.place.sheet or Path(raw.place.file).stem, set(titles.values()))
        titles.setdefault(raw.place, title)
        sheet = book.create_sheet(title)
        sheet.freeze_panes = f"A{raw.header_row + 1}"
        for place, heading in enumerate(raw.header, start=1):
            letter = get_column_letter(place)
            sheet.column_dimensions[letter].width = min(40, max(12, len(heading) + 4))
            sheet.column_dimensions[letter].number_format = "@"
        for _empty in range(1, raw.header_row):
            sheet.append([])
        sheet.append([_cell(sheet, text, bold=True) for text in raw.header])
        at = raw.header_row
        for row in raw.rows:
            if row.number > _LAST_ROW:
                break
            for _empty in range(at + 1, row.number):
                sheet.append([])
            sheet.append([_cell(sheet, text) for text in row.cells])
            at = row.number
    book.save(path)
    return titles


def _cell(sheet: WriteOnlyWorksheet, text: str, *, bold: bool = False) -> Cell | None:
    if not text:
        return None
    cell = WriteOnlyCell(sheet, value=_STRANGE.sub("\ufffd", text)[:_LONGEST_CELL])
    cell.data_type = "s"  # never a formula
    cell.number_format = "@"
    if bold:
        cell.font = _BOLD
    return cell


def _title(wanted: str, taken: set[str]) -> str:
    """A title that a sheet may have, and no other has."""
    bare = re.sub(r"[\[\]:*?/\\]", " ", wanted).strip("' ")[:_LONGEST_TITLE] or "table"
    known = {title.casefold() for title in taken}
    numbered = (f"{bare[: _LONGEST_TITLE - 4]} {number}" for number in range(2, 1000))
    return next(title for title in (bare, *numbered) if title.casefold() not in known)
