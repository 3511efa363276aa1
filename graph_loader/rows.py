"""What files say, as plain data: raw tables as read, and rows once they are checked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """Where a table was read: a file, and the sheet in it (empty for a CSV file)."""

    file: str
    sheet: str = ""


@dataclass(frozen=True)
class RawRow:
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


@dataclass(frozen=True)
class Row:
    """One row that passed: its cells by column, normalised, the empty ones left out.

    A row that no file says, such as the data set's own when only its name was
    given, has the number 0.
    """

    table: str
    place: Place
    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class DataSetRows:
    """All that one data set says, in the order of its files."""

    data_set: str
    rows: tuple[Row, ...]
