"""Read CSV files, as Excel, LibreOffice or an editor writes them, into raw tables."""

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TextIO

from graph_store.headings import table_named
from graph_store.tables import Table, table
from languages.words import N_, _

from ..faults import Fault, fault
from ..notes import Note, note
from ..rows import Place, RawRow, RawTable
from ..visible import shown
from .encoding import encoding_of
from .header import known_columns, table_from
from .limits import MOST_CHARACTERS, MOST_COLUMNS, MOST_LINES, broken, too_long, too_many_rows, too_wide
from .text import cleaned, table_at, trimmed

SUFFIXES = (".csv", ".tsv")
_DELIMITERS = {",": N_("comma"), ";": N_("semicolon"), "\t": N_("tab"), "|": N_("vertical bar")}
_HINT = re.compile(r'"?sep=([,;\t|])"?\r?\n')
_SAMPLE = 1 << 16
_READ_AS = N_("{encoding}, cells parted by {delimiter}")

# The module's own limit, for all who use it in this process; the limit on lines has the say before it.
csv.field_size_limit(max(csv.field_size_limit(), 2 * MOST_CHARACTERS))


def read_csv(path: Path) -> tuple[list[RawTable], list[Fault], list[Note]]:
    """The table that one CSV file holds, named after the file.

    Takes UTF-8 and UTF-16 with or without byte-order mark, and the old code
    pages of Windows, DOS and the Mac; commas, semicolons, tabs or bars; any
    line end.

    Returns
    -------
    tuple
        The table (none when the file is empty), what is wrong with the file, and what was guessed.

    Raises
    ------
    Refused
        When the file is too large, or no text.
    """
    place = Place(shown(path.name))
    encoding = encoding_of(path)
    name = table_at(shown(path.name))
    faults: list[Fault] = []
    notes: list[Note] = []
    with path.open(encoding=encoding.codec, errors=encoding.errors, newline="") as file:
        sample = file.read(_SAMPLE)
        hint = _HINT.match(sample)  # a first line that tells Excel the delimiter
        known = table(name) if table_named(name) == name else None
        delimiter = hint[1] if hint else _delimiter(sample, known)
        notes.append(note(_READ_AS, place, encoding=encoding.name, delimiter=_(_DELIMITERS[delimiter])))
        file.seek(0)
        skipped = bool(hint and file.readline())
        found = table_from(_rows(file, delimiter, place, int(skipped), faults), place, name, notes)
    if found is None:
        return [], [fault("empty_file", place)], []
    return [found], faults, notes


def _rows(file: TextIO, delimiter: str, place: Place, skipped: int, faults: list[Fault]) -> Iterator[RawRow]:
    """All rows, each with the number of the line at which it starts; empty ones without cells."""
    lines = _Lines(file, skipped)
    reader = csv.reader(lines, delimiter=delimiter)
    start = skipped + 1
    try:
        for count, cells in enumerate(reader):
            if count >= MOST_LINES:
                raise too_many_rows(MOST_LINES)
            row = trimmed([cell.strip() if cell.isascii() and "\r" not in cell else cleaned(cell) for cell in cells])
            if len(row) > MOST_COLUMNS:
                raise too_wide(start)
            if lines.ended:  # within a row: what it holds are the rows that were meant to follow
                faults.append(fault("open_quote", place, start))
                return
            yield RawRow(start, row)
            start = lines.number + 1
            lines.length = 0
    except csv.Error as error:
        raise broken(str(error)) from error


class _Lines:
    """The lines of a file, those of one row not longer than a limit, and whether they have ended."""

    def __init__(self, file: TextIO, number: int) -> None:
        self._file = file
        self.number = number
        self.length = 0  # characters in the lines of the present row
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        while line := self._file.readline(MOST_CHARACTERS + 1):
            self.length += len(line)
            if self.length > MOST_CHARACTERS:
                raise too_long(self.number + 1)
            self.number += 1
            yield line
        self.ended = True


def _delimiter(sample: str, own: Table | None) -> str:
    """The sign that parts the cells: the one by which a row names most columns, else the header's most frequent."""
    lines = list(io.StringIO(sample, newline=""))
    if own:
        counts = {each: _most_known(lines, each, own) for each in _DELIMITERS}
        best = max(_DELIMITERS, key=lambda each: counts[each])
        if counts[best] > 1:
            return best
    header = next((line for line in lines if line.strip()), "")
    bare = "".join(part for place, part in enumerate(header.split('"')) if place % 2 == 0)
    return max(_DELIMITERS, key=bare.count)


def _most_known(lines: list[str], delimiter: str, own: Table) -> int:
    rows = islice(csv.reader(io.StringIO("".join(lines), newline=""), delimiter=delimiter), 30)
    try:
        return max((known_columns(own, [cleaned(cell) for cell in row[:MOST_COLUMNS]]) for row in rows), default=0)
    except csv.Error:
        return 0
