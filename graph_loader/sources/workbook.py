"""Read the sheets of an Excel workbook into raw tables."""

import re
import warnings
import zipfile
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from ..faults import Fault, fault
from ..rows import Place, RawRow, RawTable
from .text import cleaned, table_name, trimmed

SUFFIXES = (".xlsx", ".xlsm")
# Sheets that explain, as in the template, and sheets that a steward keeps for own notes.
_NOT_TABLES = re.compile(r"(read.?me|_.*)", re.IGNORECASE)
# What broken or locked files make the reader raise; it has no error of its own for most of them.
_BROKEN = (
    InvalidFileException,
    zipfile.BadZipFile,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    EOFError,
    SyntaxError,
)
_THREE_DECIMALS = re.compile(r"\d{1,3}\.\d{3}")


def read_workbook(path: Path) -> tuple[list[RawTable], list[Fault]]:
    """The tables that a workbook holds, one per sheet.

    Formulas stay visible, so that they can be refused; dates become text of
    the precision that their format shows; whole numbers lose their ``.0``.
    Sheets called *Read me* or beginning with ``_`` are left alone.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and validations, which play no part here
            book = openpyxl.load_workbook(path, read_only=True)
            try:
                return _sheets(path.name, book)
            finally:
                book.close()
    except OSError as error:
        return [], [fault("unreadable_file", Place(path.name), reason=error.strerror or type(error).__name__)]
    except _BROKEN:
        return [], [fault("unreadable_file", Place(path.name), reason="it is no workbook, or locked with a password")]


def _sheets(file: str, book: Any) -> tuple[list[RawTable], list[Fault]]:
    found: list[RawTable] = []
    faults: list[Fault] = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible" or _NOT_TABLES.fullmatch(sheet.title):
            continue
        place = Place(file, sheet.title)
        sheet.reset_dimensions()  # other programs write wrong ones
        rows = _rows(sheet.iter_rows())
        if rows:
            found.append(RawTable(table_name(sheet.title), place, rows[0].cells, tuple(rows[1:])))
        elif len(book.worksheets) == 1:
            faults.append(fault("empty_file", place))
    return found, faults


def _rows(rows: Iterable[Iterable[Any]]) -> list[RawRow]:
    found = []
    for number, cells in enumerate(rows, start=1):
        row = trimmed([cleaned(_text(cell)) for cell in cells])
        if row:
            found.append(RawRow(number, row))
    return found


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime | date):
        return _date(value, str(cell.number_format))
    if isinstance(value, time | timedelta):
        return str(value)
    # An array formula comes as an object of its own.
    return value if isinstance(value, str) else "="


def _number(value: float) -> str:
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    text = repr(value)
    # "1.250" as text may mean a thousand and more; a number of a workbook is beyond doubt, so it gets a fourth decimal.
    return text + "0" if _THREE_DECIMALS.fullmatch(text.lstrip("-")) else text


def _date(value: datetime | date, number_format: str) -> str:
    """A date of the precision that its format shows: Excel makes "2019-02" the first of February."""
    shown = re.sub(r'\[[^\]]*\]|"[^"]*"|\\.', "", number_format).lower()
    day = value.date() if isinstance(value, datetime) else value
    if "d" in shown or "y" not in shown:
        return day.isoformat()
    return day.isoformat()[:7] if "m" in shown else day.isoformat()[:4]
