"""What files say, as plain data: raw tables as read, and rows once they are checked."""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

# A text up to this length is kept once, however many cells hold it: ids, dates and codes come again and again.
_LONGEST_SHARED = 200
_TEXTS = 2  # place of the first text in a row


@dataclass(frozen=True, slots=True)
class Place:
    """Where a table was read: a file, and the sheet in it (empty for a CSV file)."""

    file: str
    sheet: str = ""


class RawRow(NamedTuple):
    """One row as written; `number` is the one that Excel or an editor shows."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class RawTable:
    """One sheet or CSV file as written: every cell text, empty rows left out.

    `name` is the table that it is read as, `header_row` the row that its
    header is taken from. The rows may be walked through more than once.
    """

    name: str
    place: Place
    header: tuple[str, ...]
    rows: Sequence[RawRow]
    header_row: int = 1


class Head(NamedTuple):
    """What rows have in common that come from one place and give the same columns."""

    table: str
    place: Place
    columns: tuple[str, ...]


class Row(tuple[Any, ...]):
    """One row that passed: its cells by column, normalised, the empty ones left out.

    A row that no file says, such as the data set's own when only its name was
    given, has the number 0. There may be millions, so a row is one tuple of its
    head, its number and the texts of its cells; all else it shares with others.
    """

    __slots__ = ()

    def __new__(cls, table: str, place: Place, number: int, cells: Mapping[str, str]) -> "Row":
        """The row with these cells."""
        return cls.under(shared_head(table, place, tuple(cells)), number, cells.values())

    @classmethod
    def under(cls, head: Head, number: int, texts: Iterable[str]) -> "Row":
        """A row under a head; short texts are the same objects in all rows."""
        kept = [sys.intern(text) if len(text) <= _LONGEST_SHARED else text for text in texts]
        return tuple.__new__(cls, (head, number, *kept))

    def __getnewargs__(self) -> tuple[str, Place, int, dict[str, str]]:
        return self.table, self.place, self.number, dict(self.cells)

    @property
    def head(self) -> Head:
        """Its table, its place and its columns."""
        return self[0]  # type: ignore[no-any-return]

    @property
    def number(self) -> int:
        """The one that Excel or an editor shows."""
        return self[1]  # type: ignore[no-any-return]

    @property
    def texts(self) -> tuple[str, ...]:
        """What its cells hold, in the order of the head's columns."""
        return self[_TEXTS:]

    def text(self, place: int) -> str:
        """What the cell at that place among the head's columns holds."""
        return self[_TEXTS + place]  # type: ignore[no-any-return]

    @property
    def table(self) -> str:
        """Name of its table."""
        return self.head.table

    @property
    def place(self) -> Place:
        """Where it was read."""
        return self.head.place

    @property
    def cells(self) -> Mapping[str, str]:
        """Its cells by column."""
        return Cells(self)

    def says_same(self, other: "Row") -> bool:
        """Whether another row of the same table gives the same cells, wherever it was read."""
        return self[0].columns == other[0].columns and self.texts == other.texts


class Cells(Mapping[str, str]):
    """The cells of a row by column."""

    __slots__ = ("_row",)

    def __init__(self, row: Row) -> None:
        self._row = row

    def __getitem__(self, column: str) -> str:
        try:
            return self._row.text(self._row.head.columns.index(column))
        except ValueError:
            raise KeyError(column) from None

    def __contains__(self, column: object) -> bool:
        return column in self._row.head.columns

    def __iter__(self) -> Iterator[str]:
        return iter(self._row.head.columns)

    def __len__(self) -> int:
        return len(self._row.head.columns)

    def __repr__(self) -> str:
        return repr(dict(self))


@dataclass(frozen=True)
class DataSetRows:
    """All that one data set says, in the order of its files."""

    data_set: str
    rows: tuple[Row, ...]


@lru_cache(maxsize=20_000)
def shared_head(table: str, place: Place, columns: tuple[str, ...]) -> Head:
    """The head of such rows, made once."""
    return Head(table, place, columns)
