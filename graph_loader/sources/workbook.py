"""Read the sheets of an Excel workbook into raw tables."""

import math
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache, partial
from pathlib import Path

from openpyxl.styles.numbers import is_timedelta_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from ..rows import RawRow
from .limits import MOST_CHARACTERS, MOST_COLUMNS, MOST_ROWS, Refused, too_long, too_many_rows, too_wide
from .package import Package
from .sheets import Found, Sheet, tables_of
from .text import cleaned, trimmed
from .workbook_parts import book_of, date_formats, shared_texts, unescaped, whole

SUFFIXES = (".xlsx", ".xlsm")
_THREE_DECIMALS = re.compile(r"\d{1,3}\.\d{3}")


def read_workbook(path: Path) -> Found:
    """The tables that a workbook holds, one per sheet.

    Formulas stay visible, so that they can be refused; dates become text of
    the precision that their format shows; whole numbers lose their ``.0``.
    Sheets that are hidden, called *Read me* or begin with ``_`` are left alone.

    Raises
    ------
    Refused
        When the file cannot be read, or is not to be.
    """
    if path.suffix.lower() == ".xlsm":
        raise Refused("with_macros")
    with Package(path) as package:
        book = book_of(package)
        texts = shared_texts(package, book.strings)
        formats = date_formats(package, book.styles)

        def rows(part: str) -> Iterator[RawRow]:
            listening = _Cells(texts, formats, book.since_1904)
            for _piece in package.parse(part, listening):
                yield from listening.rows
                listening.rows.clear()

        sheets = [Sheet(sheet.title, sheet.hidden, partial(rows, sheet.part)) for sheet in book.sheets]
        return tables_of(path, sheets, book.links_out)


class _Cells:
    """Listens to a sheet, and makes a row of each of its rows; rows that are not there come as one without cells."""

    def __init__(self, texts: list[str], formats: list[str], since_1904: bool) -> None:
        self.rows: list[RawRow] = []
        self._texts, self._formats, self._since_1904 = texts, formats, since_1904
        self._number = 0
        self._cells: list[str] = []
        self._column = -1
        self._kind = self._style = ""
        self._pieces: list[str] = []
        self._length = 0
        self._formula = ""
        self._wanted = False
        self._spoken = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "v" or name == "t":
            self._wanted = not (self._spoken or self._formula)
        elif name == "c":
            reference = attributes.get("r")
            self._column = _column(reference.rstrip("0123456789")) if reference else self._column + 1
            if self._column < 0:
                raise too_wide(self._number)
            self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
            self._formula, self._length = "", 0
        elif name == "row":
            self._begin_row(attributes.get("r", ""))
        elif name == "f":
            self._wanted = True
        elif name == "rPh":
            self._spoken += 1

    def end(self, name: str) -> None:
        if name == "v" or name == "t":
            self._wanted = False
        elif name == "c":
            if self._pieces or self._formula:
                self._put(self._formula or self._value())
                self._pieces.clear()
        elif name == "row":
            self.rows.append(RawRow(self._number, trimmed(self._cells)))
        elif name == "f":
            # What a formula came to plays no part: it is refused as it stands.
            self._formula = "=" + "".join(self._pieces)
            self._wanted = False
        elif name == "rPh":
            self._spoken -= 1

    def text(self, text: str) -> None:
        if self._wanted:
            self._pieces.append(text)
            self._length += len(text)
            if self._length > MOST_CHARACTERS:
                raise too_long(self._number)

    def _begin_row(self, number: str) -> None:
        before = self._number
        self._number = whole(number, MOST_ROWS + 1) if number else before + 1
        if self._number > MOST_ROWS:
            raise too_many_rows()
        if self._number > before + 1:
            self.rows.append(RawRow(before + 1, ()))
        self._cells, self._column = [], -1

    def _put(self, text: str) -> None:
        if not text:
            return
        missing = self._column - len(self._cells)
        if missing >= 0:
            if self._column >= MOST_COLUMNS:
                raise too_wide(self._number)
            self._cells += [""] * missing
            self._cells.append(text)
        else:
            self._cells[self._column] = text

    def _value(self) -> str:
        said = "".join(self._pieces)
        if self._kind == "s":
            place = whole(said.strip(), len(self._texts))
            return self._texts[place] if place < len(self._texts) else "\ufffd"
        if self._kind == "n":
            return self._number_or_date(said)
        if self._kind == "b":
            return "true" if said.strip() in ("1", "true") else "false"
        return cleaned(unescaped(said))

    def _number_or_date(self, said: str) -> str:
        style = whole(self._style, -1)
        shown = self._formats[style] if 0 <= style < len(self._formats) else ""
        if not shown:
            return said if said.isdigit() and said.isascii() and (said[0] != "0" or said == "0") else number_text(said)
        return _date_text(said, shown, self._since_1904)


@lru_cache(maxsize=MOST_COLUMNS * 20)
def _column(letters: str) -> int:
    """The place of a column from its letters, from 0; -1 beyond what a sheet can have."""
    place = 0
    for letter in letters[:4].upper():
        place = place * 26 + ord(letter) - 64
    return place - 1 if letters.isascii() and letters.isalpha() and place <= 16_384 else -1


def number_text(said: str) -> str:
    """A number of a workbook as plain text; as it stands where it is none."""
    try:
        value = float(said)
    except ValueError:
        return cleaned(said)
    if not math.isfinite(value):
        return cleaned(said)
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    text = repr(value)
    # "1.250" as text may mean a thousand and more; a number of a workbook is beyond doubt, so it gets a fourth decimal.
    return text + "0" if _THREE_DECIMALS.fullmatch(text.lstrip("-")) else text


@lru_cache(maxsize=10_000)
def _date_text(said: str, shown: str, since_1904: bool) -> str:
    """A date of the precision that its format shows: Excel makes "2019-02" the first of February."""
    try:
        epoch = MAC_EPOCH if since_1904 else WINDOWS_EPOCH
        value = from_excel(float(said), epoch, timedelta=is_timedelta_format(shown))
    except (ValueError, OverflowError, TypeError):
        return number_text(said)
    if not isinstance(value, datetime | date):
        return str(value)
    plain = re.sub(r'\[[^\]]*\]|"[^"]*"|\\.', "", shown).lower()
    day = value.date() if isinstance(value, datetime) else value
    if "d" in plain or "y" not in plain:
        return day.isoformat()
    return day.isoformat()[:7] if "m" in plain else day.isoformat()[:4]
