"""Read the sheets of an OpenDocument spreadsheet, as LibreOffice writes it, into raw tables."""

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from languages.words import _

from ..rows import RawRow
from .limits import (
    MOST_CHARACTERS,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_SHEETS,
    MOST_STYLES,
    Refused,
    broken,
    too_long,
    too_many_rows,
    too_many_sheets,
    too_wide,
)
from .package import Package
from .sheets import Found, Sheet, tables_of
from .text import cleaned, trimmed
from .workbook import number_text

SUFFIXES = (".ods",)
_CONTENT, _STYLES, _MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"
_NUMBERS = ("float", "percentage", "currency")
_SEEN = "table:table-cell"
_CELLS = (_SEEN, "table:covered-table-cell")
_PARTS_OF_A_DATE = {"datastyle:day": "day", "datastyle:month": "month", "datastyle:year": "year"}


def read_opendocument(path: Path) -> Found:
    """The tables that a spreadsheet holds, one per sheet; all as from an Excel workbook.

    Raises
    ------
    Refused
        When the file cannot be read, or is not to be.
    """
    with Package(path) as package:
        if _CONTENT not in package.names:
            raise broken(_("it is no workbook"))
        looks = _Looks()
        for part in (_MANIFEST, _STYLES, _CONTENT):
            for _piece in package.parse(part, looks, namespaces=True) if part in package.names else ():
                pass
        stream = _Stream(package, looks)
        sheets = [
            Sheet(title, style in looks.hidden, partial(stream.rows, place))
            for place, (title, style) in enumerate(looks.sheets)
        ]
        return tables_of(path, sheets, looks.links_out)


class _Stream:
    """The rows of all sheets, read once; they are to be taken in the order of the sheets."""

    def __init__(self, package: Package, looks: "_Looks") -> None:
        self._source = self._all(package, looks)
        self._next = next(self._source, None)

    def rows(self, place: int) -> Iterator[RawRow]:
        """The rows of one sheet; repeated ones as often as they stand there."""
        while self._next and self._next[0] <= place:
            sheet, row, times = self._next
            if sheet == place:
                last = row.number + (times if row.cells else 1)
                yield from (RawRow(number, row.cells) for number in range(row.number, last))
            self._next = next(self._source, None)

    @staticmethod
    def _all(package: Package, looks: "_Looks") -> Iterator[tuple[int, RawRow, int]]:
        listening = _Cells(looks)
        for _piece in package.parse(_CONTENT, listening, namespaces=True):
            yield from listening.rows
            listening.rows.clear()


class _Looks:
    """Listens to what is said besides the cells: the sheets, which of them are hidden, the formats of dates."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.hidden: set[str] = set()
        self.links_out = False
        self._formats: dict[str, set[str]] = {}  # by name, which parts of a date they show
        self._of_styles: dict[str, str] = {}
        self._style = self._format = ""
        self._depth = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "table:table":
            self._depth += 1
            if self._depth == 1:
                self.sheets.append((attributes.get("table:name", ""), attributes.get("table:style-name", "")))
                if len(self.sheets) > MOST_SHEETS:
                    raise too_many_sheets()
        elif name == "style:style":
            self._style = attributes.get("style:name", "")
            self._of_styles[self._style] = attributes.get("style:data-style-name", "")
            if len(self._of_styles) > MOST_STYLES:
                raise broken(_("it is damaged"))
        elif name == "style:table-properties":
            if attributes.get("table:display") == "false":
                self.hidden.add(self._style)
        elif name == "datastyle:date-style":
            self._format = attributes.get("style:name", "")
            self._formats[self._format] = set()
        elif name in _PARTS_OF_A_DATE:
            self._formats.setdefault(self._format, set()).add(_PARTS_OF_A_DATE[name])
        elif name == "table:table-source":
            self.links_out = True
        elif name == "manifest:encryption-data":
            raise Refused("locked_file")

    def end(self, name: str) -> None:
        if name == "table:table":
            self._depth -= 1

    def text(self, text: str) -> None:
        """What is said here is said in attributes."""

    def precision(self, style: str) -> int:
        """How many characters of an ISO date a style shows."""
        shown = self._formats.get(self._of_styles.get(style, ""), set())
        if "day" in shown or "year" not in shown:
            return 10
        return 7 if "month" in shown else 4


class _Cells:
    """Listens to the cells of all sheets; makes a row of each row, with the sheet's place and how often it is there."""

    def __init__(self, looks: _Looks) -> None:
        self.rows: list[tuple[int, RawRow, int]] = []
        self._looks = looks
        self._sheet, self._depth = -1, 0
        self._number, self._times = 1, 1
        self._cells: list[str] = []
        self._column = 0
        self._styles: list[tuple[int, str]] = []  # of columns: the first one after, and the style
        self._row_style = ""
        self._attributes: Mapping[str, str] = {}
        self._within: list[str] = []  # the cell and the elements in it
        self._lines: list[list[str]] = []
        self._length = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._within:
            self._start_within(name, attributes)
        elif name == "table:table":
            self._depth += 1
            if self._depth == 1:
                self._sheet += 1
                self._number, self._styles = 1, []
        elif self._depth != 1:
            return
        elif name in _CELLS:
            self._attributes, self._lines, self._length = attributes, [], 0
            self._within = [name]
        elif name == "table:table-row":
            self._times = _times(attributes.get("table:number-rows-repeated"))
            self._row_style = attributes.get("table:default-cell-style-name", "")
            self._cells, self._column = [], 0
        elif name == "table:table-column":
            first = self._styles[-1][0] if self._styles else 0
            after = first + _times(attributes.get("table:number-columns-repeated"))
            if first < MOST_COLUMNS:
                self._styles.append((after, attributes.get("table:default-cell-style-name", "")))

    def end(self, name: str) -> None:
        if self._within:
            if len(self._within) == 1:
                # What lies under merged cells is not seen by anybody.
                text = self._value() if name == _SEEN else ""
                self._put(text, _times(self._attributes.get("table:number-columns-repeated")))
            self._within.pop()
        elif name == "table:table":
            self._depth -= 1
        elif self._depth == 1 and name == "table:table-row":
            row = RawRow(self._number, trimmed(self._cells))
            self._number += self._times
            if row.cells and self._number > MOST_ROWS + 1:
                raise too_many_rows()
            self.rows.append((self._sheet, row, self._times))

    def text(self, text: str) -> None:
        if len(self._within) > 1 and self._within[1] == "text:p":
            self._add(text)

    def _start_within(self, name: str, attributes: Mapping[str, str]) -> None:
        self._within.append(name)
        if len(self._within) == 2 and name == "text:p":
            self._lines.append([])
        elif self._within[1] == "text:p" and name in ("text:s", "text:tab", "text:line-break"):
            blanks = min(_times(attributes.get("text:c")), MOST_CHARACTERS)
            self._add(" " * blanks if name == "text:s" else "\t" if name == "text:tab" else "\n")

    def _add(self, text: str) -> None:
        self._length += len(text)
        if self._length > MOST_CHARACTERS:
            raise too_long(self._number)
        self._lines[-1].append(text)

    def _put(self, text: str, times: int) -> None:
        if text:
            if self._column + times > MOST_COLUMNS:
                raise too_wide(self._number)
            self._cells += [""] * (self._column - len(self._cells)) + [text] * times
        self._column += times

    def _value(self) -> str:
        given = self._attributes
        kind = given.get("office:value-type", "")
        shown = cleaned("\n".join("".join(line) for line in self._lines))
        if "table:formula" in given:
            return "=" + given["table:formula"].partition("=")[2][:MOST_CHARACTERS]
        if kind in _NUMBERS:
            return number_text(given.get("office:value", shown))
        if kind == "date":
            day = given.get("office:date-value", shown)
            return day[: self._looks.precision(self._style())] if day[10:] in ("", "T00:00:00") else day[:10]
        if kind == "boolean":
            return given.get("office:boolean-value", shown)
        return shown or cleaned(given.get("office:string-value", ""))

    def _style(self) -> str:
        of_column = next((style for after, style in self._styles if self._column < after), "")
        return self._attributes.get("table:style-name", "") or self._row_style or of_column


def _times(text: str | None) -> int:
    """How often something stands there; the number of a hostile file is no larger than a sheet can be."""
    return max(1, min(int(text), 20_000_000)) if text and text.isascii() and text.isdigit() and len(text) < 12 else 1
