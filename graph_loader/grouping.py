"""Faults as a person mends them: in that order, those of one cause together, what follows from others last."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

from graph_store.tables import tables
from languages.words import N_, _, number

from .catalogue import FILES, HEADERS, Cause
from .faults import Fault
from .sources.text import table_at

_FILE_CODES = frozenset(kind.code for kind in FILES)
_HEADER_CODES = frozenset(kind.code for kind in HEADERS)
_ROWS_SHOWN = 3
_MEND_OF_MANY = N_("{mend}; in the first of them: {first}")


@dataclass(frozen=True)
class Spot:
    """One column (or sheet, or file) with the rows in which faults of one cause stand."""

    file: str
    sheet: str
    column: str
    rows: tuple[int, ...]

    def __str__(self) -> str:
        place = Fault("", self.file, self.sheet, column=self.column).place
        return ": ".join(part for part in (place, rows_in_words(self.rows)) if part)


@dataclass(frozen=True)
class Group:
    """Faults, or doubts, of one cause.

    `follows` says that they may go away when the others are mended.
    """

    faults: tuple[Fault, ...]
    follows: bool = False

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.faults)

    @property
    def sentence(self) -> str:
        """What is wrong with them all, in the reader's language."""
        first = self.faults[0]
        if self.count == 1:
            return first.sentence
        if not first.kind.many:
            return _("{count} times: {sentence}").format(count=number(self.count), sentence=first.sentence)
        return first.filled(first.kind.many, count=number(self.count))

    @property
    def mend(self) -> str:
        """What to do about them; where that differs, in general and for the first."""
        first = self.faults[0]
        if all(item.words == first.words for item in self.faults) or first.mend == first.filled(first.kind.mend):
            return first.mend
        return _(_MEND_OF_MANY).format(mend=first.filled(first.kind.mend), first=first.mend)

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Where they are, column by column."""
        found: dict[tuple[str, str, str], list[int]] = {}
        for item in self.faults:
            rows = found.setdefault((item.file, item.sheet, item.column), [])
            rows += [item.row] if item.row else []
        return tuple(Spot(*where, tuple(dict.fromkeys(rows))) for where, rows in found.items())

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for ``--json`` and for the app."""
        first = self.faults[0]
        return {
            "code": first.code,
            "severity": str(first.kind.severity),
            "count": self.count,
            "value": first.value,
            "sentence": self.sentence,
            "mend": self.mend,
            "follows": self.follows,
            "places": [
                {"file": spot.file, "sheet": spot.sheet, "column": spot.column, "rows": list(spot.rows)}
                for spot in self.spots
            ],
        }


def in_order(found: Iterable[Fault], read_as: Mapping[tuple[str, str], str]) -> list[Fault]:
    """Faults in the order of mending: files, headers, then table by table as the schema lists them.

    Parameters
    ----------
    read_as
        The table that each file and sheet is read as, where it is called otherwise.
    """
    return sorted(found, key=lambda item: _place(item, read_as.get((item.file, item.sheet)) or _table(item)))


def grouped(found: Sequence[Fault]) -> tuple[Group, ...]:
    """Faults of one cause together, in the order of the first of each; those that follow from others last."""
    causes: dict[tuple[object, ...], list[Fault]] = {}
    for item in found:
        causes.setdefault(_cause(item), []).append(item)
    roots = _Roots(found)
    groups = [Group(tuple(same), all(roots.explain(item) for item in same)) for same in causes.values()]
    return tuple(sorted(groups, key=lambda group: group.follows))


def rows_in_words(rows: Sequence[int]) -> str:
    """Rows as a person reads them: ``rows 3, 7, 9 … and 38 more``; empty for none.

    >>> rows_in_words([3, 4, 5, 6, 12])
    'rows 3–6, 12'
    """
    if len(rows) < 2:
        return _("row {row}").format(row=rows[0]) if rows else ""
    runs = _runs(rows)
    shown = ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs[:_ROWS_SHOWN])
    rest = sum(last - first + 1 for first, last in runs[_ROWS_SHOWN:])
    if not rest:
        return _("rows {rows}").format(rows=shown)
    return _("rows {rows} … and {count} more").format(rows=shown, count=number(rest))


def _runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """First and last of each run of rows that follow each other; two that do stand alone."""
    found: list[tuple[int, int]] = []
    for _step, run in groupby(enumerate(sorted(rows)), key=lambda pair: pair[1] - pair[0]):
        same = [row for _place_, row in run]
        found += [(same[0], same[-1])] if len(same) > 2 else [(row, row) for row in same]
    return found


def _cause(item: Fault) -> tuple[object, ...]:
    """What two faults must share to be of one cause."""
    where = (item.file, item.sheet, item.column)
    if item.kind.cause is Cause.COLUMN:
        # A doubt about another data set is about that one.
        return (item.code, *where, item.words.get("data_set", ""))
    same = (item.code, item.value, tuple(sorted(item.words.items())))
    return same if item.kind.cause is Cause.ANYWHERE else (*same, *where)


class _Roots:
    """What explains other faults: mended, those go away."""

    def __init__(self, found: Iterable[Fault]) -> None:
        self.renamed: set[tuple[str, str, str]] = set()
        self.unread = False
        self.tables: set[str] = set()
        for item in found:
            if item.code == "unknown_column" and item.words.get("nearest"):
                self.renamed.add((item.file, item.sheet, item.words["nearest"]))
            if item.code in _FILE_CODES and item.code != "file_not_read":
                self.unread = True
            if item.code in ("missing_cell", "no_such_row") or item.code in _HEADER_CODES:
                self.tables.add(_table(item))

    def explain(self, item: Fault) -> bool:
        """Whether the fault may go away when another is mended."""
        if item.code == "missing_column":
            return (item.file, item.sheet, item.value) in self.renamed
        if item.code == "nobody_attended":
            return self.unread or bool(self.tables & {"attendances", "organisations", "regions"})
        return False


def _place(item: Fault, table: str) -> tuple[int, int, str, int, int, str, str]:
    """Its place in the list: files, headers; then by table, file, row and column."""
    stage = 0 if item.code in _FILE_CODES else 1 if item.code in _HEADER_CODES else 2
    places = _columns_by_table()
    place, columns = places.get(table, (-1, ()))
    column = columns.index(item.column) if item.column in columns else -1
    return (stage, place, item.file, item.row or 0, column, item.code, item.value)


@cache
def _columns_by_table() -> dict[str, tuple[int, tuple[str, ...]]]:
    return {own.name: (place, tuple(column.name for column in own.columns)) for place, own in enumerate(tables())}


def _table(item: Fault) -> str:
    return table_at(item.file, item.sheet)
