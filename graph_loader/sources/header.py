"""A table out of the rows of a sheet or file: where its header is, and where it ends."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from graph_store.headings import column_named
from graph_store.tables import Table, table, table_names
from languages.words import N_, listing

from ..notes import Note, note
from ..rows import Place, RawRow, RawTable
from .packed import PackedRows
from .text import table_name

# So many filled rows at the top are looked through for the header, and so many at the end may be notes.
_LOOKED_THROUGH, _MOST_NOTES = 30, 50
_ENOUGH = 2  # known columns, at least half of the row's filled cells

_FROM_ROW = N_("the header is taken from row {row}; what stands above it is left alone")
_FROM_TWO = N_("the header is taken from rows {first} and {row} together")
_BELOW_TITLE = N_("the header is taken from rows {first} and {row} together; what stands above them is left alone")
_COLUMNS = N_("columns are read as: {pairs}")
_OWN_COLUMNS = N_("left alone, as their names begin with _: the columns {columns}")
_NOTES_BELOW = N_("row {row} under the table is taken for a note and left alone")
_MORE_NOTES_BELOW = N_("rows {row} to {last} under the table are taken for notes and left alone")


def table_from(rows: Iterable[RawRow], place: Place, name: str, notes: list[Note]) -> RawTable | None:
    """The table that rows hold; None where they hold nothing.

    Parameters
    ----------
    rows
        All rows from the first on, the empty ones among them without cells.
    name
        The table that the rows are read as; any other name makes a table
        without rows, since nobody knows its columns.
    notes
        What was guessed is added to these.
    """
    source = iter(rows)
    top = _top(source)
    filled = [row for row in top if row.cells]
    if not filled:
        return None
    if name not in table_names():
        return RawTable(name, place, filled[0].cells, (), filled[0].number)
    own = table(name)
    at, height, header = _header(own, filled)
    first, number = filled[at].number, filled[at + height - 1].number
    notes += _of_header(own, place, at, (first, number), header)
    following = chain((row for row in top if row.number > number), source)
    return RawTable(name, place, header, PackedRows(_without_notes(following, place, notes)), number)


def known_columns(own: Table, cells: Sequence[str]) -> int:
    """How many columns of a table a row names."""
    return len(_known(own, cells))


def _top(source: Iterator[RawRow]) -> list[RawRow]:
    """The first filled rows, and of the empty ones among them the first after each."""
    found: list[RawRow] = []
    filled = 0
    for row in source:
        if row.cells or (found and found[-1].cells):
            found.append(row)
        filled += bool(row.cells)
        if filled == _LOOKED_THROUGH:
            break
    return found


def _header(own: Table, top: Sequence[RawRow]) -> tuple[int, int, tuple[str, ...]]:
    """Where the header begins among the first rows, how many rows it takes, and its cells.

    It is the first row that names enough columns of the table; failing that
    the one that names the most, so that what is wrong with it can be told.
    """
    for at, row in enumerate(top):
        below = top[at + 1] if at + 1 < len(top) and top[at + 1].number == row.number + 1 else None
        both = _together(own, row.cells, below.cells) if below else ()
        if both and _names_enough(own, both):
            return at, 2, both
        if _names_enough(own, row.cells):
            return at, 1, row.cells
    counts = [len(_known(own, row.cells)) for row in top]
    at = counts.index(max(counts))
    return at, 1, top[at].cells


def _together(own: Table, upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    """Two rows as one header, where the lower one splits up cells of the upper one; else nothing."""
    filled = [cell for cell in lower if cell]
    if len(_known(own, lower)) < len(filled):
        return ()
    width = max(len(upper), len(lower))
    above, below = [*upper, *[""] * (width - len(upper))], [*lower, *[""] * (width - len(lower))]
    both = tuple(under or over for over, under in zip(above, below, strict=True))
    more = len(_known(own, both)) > max(len(_known(own, upper)), len(filled))
    return both if more else ()


def _names_enough(own: Table, cells: Sequence[str]) -> bool:
    known, filled = len(_known(own, cells)), sum(1 for cell in cells if cell and not cell.startswith("_"))
    return known >= _ENOUGH and 2 * known >= filled


def _known(own: Table, cells: Sequence[str]) -> set[str]:
    return {column_named(own, cell) for cell in cells if cell} - {""}


def _of_header(own: Table, place: Place, above: int, rows: tuple[int, int], header: Sequence[str]) -> Iterator[Note]:
    """Which rows the header was taken from, and which headings are not the schema's own names."""
    first, row = rows
    if row > first:
        yield note(_BELOW_TITLE if above else _FROM_TWO, place, first=first, row=row)
    elif above:
        yield note(_FROM_ROW, place, row=row)
    named = [(title, column_named(own, title)) for title in header if title and not title.startswith("_")]
    pairs = [f"{' '.join(title.split())} = {name}" for title, name in named if name and table_name(title) != name]
    if pairs:
        yield note(_COLUMNS, place, pairs=", ".join(pairs))
    own_columns = [title for title in header if title.startswith("_")]
    if own_columns:
        yield note(_OWN_COLUMNS, place, columns=listing(own_columns))


def _without_notes(rows: Iterable[RawRow], place: Place, notes: list[Note]) -> Iterator[RawRow]:
    """The filled rows up to the notes under the table: single cells with words, after an empty row."""
    held: list[RawRow] = []
    gap = False
    for row in rows:
        if not row.cells:
            gap = True
        elif (held or gap) and len(held) < _MOST_NOTES and sum(map(bool, row.cells)) == 1:
            held.append(row)
        else:
            yield from held
            yield row
            held, gap = [], False
    if any(_is_note(next(filter(None, row.cells))) for row in held):
        text = _NOTES_BELOW if len(held) == 1 else _MORE_NOTES_BELOW
        notes.append(note(text, place, leaves_out=True, row=held[0].number, last=held[-1].number))
    else:
        yield from held


def _is_note(text: str) -> bool:
    return text.startswith("*") or len(re.findall(r"\w+", text)) >= 3
