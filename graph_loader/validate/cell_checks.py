"""Cells: the checks that need one table only."""

from collections.abc import Iterable, Iterator

from graph_store.kinds import Type
from graph_store.tables import Column, Table, table
from languages.words import N_

from ..cells import CellFault, normalised
from ..faults import Fault, fault
from ..grouping import Collector
from ..notes import Note, note
from ..rows import RawRow, RawTable, Row
from ..template.example import example_cells, is_example
from .header_checks import checked_header, unknown_table
from .reader_words import written_in

LOST = "\ufffd"
_CODES = N_("values of {column} are read as: {pairs}")
_DATES, _MORE_DATES = N_("dates in {column} are read as: {pairs}"), N_("dates in {column} are read as: {pairs} …")
_DATES_SHOWN = 3
# Texts of one column whose reading is kept: most columns say the same few again and again.
_MOST_KEPT, _LONGEST_KEPT = 10_000, 100


def checked_rows(raw: RawTable, faults: Collector, notes: list[Note]) -> list[Row]:
    """The rows of a raw table with the cells that pass; what does not goes into `faults`, a guess into `notes`."""
    try:
        own = table(raw.name)
    except KeyError:
        faults.append(unknown_table(raw))
        return []
    checks = _Checks(raw, own, checked_header(raw, own, faults), faults)
    rows = [row for each in raw.rows for row in checks.row(each)]
    notes += checks.notes()
    return rows


class _Checks:
    """The checks of one table's cells, row after row."""

    def __init__(self, raw: RawTable, own: Table, header: list[str], faults: Collector) -> None:
        self.raw, self.own, self.header, self.faults = raw, own, header, faults
        self.columns = [own.column(name) if name else None for name in header]
        self.required = [
            (header.index(each.name), each) for each in own.columns if each.required and each.name in header
        ]
        self.titles = {name: heading for heading, name in zip(raw.header, header, strict=False) if name}
        self.language = written_in(raw)
        self.passed: list[dict[str, str]] = [{} for _ in header]
        self.stray: set[int] = set()  # columns without a name that were told
        self.codes: dict[str, dict[str, str]] = {}
        self.dates: dict[str, dict[str, str]] = {}  # the first of each column, and one more

    def row(self, row: RawRow) -> Iterator[Row]:
        """The row with the cells that pass; nothing of an example."""
        if is_example(row):
            self.faults.extend(_changed_example(self.raw, self.own, row, self.header))
            return
        cells = {}
        for place, text in enumerate(row.cells):
            column = self.columns[place] if place < len(self.columns) else None
            if text and column:
                passed = self.passed[place].get(text) or self._checked(place, row, column, text)
                if passed:
                    cells[column.name] = passed
            elif text:
                self._tell_stray(place, row, text)
        for place, column in self.required:
            if place >= len(row.cells) or not row.cells[place]:
                self.faults.append(fault("missing_cell", self.raw.place, row.number, column.name))
        yield Row(self.own.name, self.raw.place, row.number, cells)

    def notes(self) -> Iterator[Note]:
        """Values that were read as codes of the schema though they are other words, and dates written otherwise."""
        for column, pairs in self.codes.items():
            yield note(_CODES, self.raw.place, column=self.titles[column], pairs=_pairs(sorted(pairs.items())))
        for column, pairs in self.dates.items():
            text = _DATES if len(pairs) <= _DATES_SHOWN else _MORE_DATES
            yield note(
                text, self.raw.place, column=self.titles[column], pairs=_pairs(list(pairs.items())[:_DATES_SHOWN])
            )

    def _checked(self, place: int, row: RawRow, column: Column, text: str) -> str:
        """The text in the form that is kept; empty when it does not pass."""
        if LOST in text:
            self.faults.append(fault("lost_characters", self.raw.place, row.number, column.name, text))
        try:
            passed = normalised(column, text, self.language)
        except CellFault as found:
            self.faults.append(fault(found.code, self.raw.place, row.number, column.name, text, **found.words))
            return ""
        twice = _twice(text) if column.many else []
        self.faults.extend(fault("named_twice", self.raw.place, row.number, column.name, part) for part in twice)
        if column.property.codes and passed.casefold() != text.casefold():
            self.codes.setdefault(column.name, {})[text] = passed
        if column.property.type is Type.DATE and passed != text:
            told = self.dates.setdefault(column.name, {})
            if len(told) <= _DATES_SHOWN:
                told[text] = passed
        kept = self.passed[place]
        if len(text) <= _LONGEST_KEPT and len(kept) < _MOST_KEPT and not twice and LOST not in text:
            kept[text] = passed
        return passed

    def _tell_stray(self, place: int, row: RawRow, text: str) -> None:
        """A cell under no heading: told once for its column, however many rows fill it."""
        headless = place >= len(self.raw.header) or not self.raw.header[place]
        if headless and place not in self.stray:
            self.stray.add(place)
            self.faults.append(fault("column_without_name", self.raw.place, row.number, value=text))


def _pairs(pairs: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f"{text} = {read}" for text, read in pairs)


def _twice(text: str) -> list[str]:
    parts = [part.strip() for part in text.split(";") if part.strip()]
    return sorted({part for part in parts if parts.count(part) > 1})


def _changed_example(raw: RawTable, own: Table, row: RawRow, header: list[str]) -> Iterator[Fault]:
    example = example_cells(own)
    if any(text and text != example.get(name, "") for name, text in zip(header, row.cells, strict=False)):
        yield fault("example_changed", raw.place, row.number)
