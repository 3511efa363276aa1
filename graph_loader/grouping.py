"""Faults as a person mends them: in that order, those of one cause together, what follows from others last."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Protocol

from graph_store.tables import tables

from .catalogue import COPIES, FILES, HEADERS, Cause, Severity
from .causes import Group, Where, rows_in_words
from .faults import Fault
from .sources.text import table_at

__all__ = ["Collector", "Faults", "Found", "Group", "grouped", "joined", "rows_in_words"]

_FILE_CODES = frozenset(kind.code for kind in FILES)
_UNREAD_CODES = _FILE_CODES - COPIES - {"file_not_read"}
_HEADER_CODES = frozenset(kind.code for kind in HEADERS)
# Of all faults so many are kept whole, and at least the first of each cause; a column has so many causes.
_KEPT, _CAUSES_OF_COLUMN = 20_000, 1_000

_Key = tuple[object, ...]
_Order = tuple[int, int, str, int, int, str, str]
ReadAs = Mapping[tuple[str, str], str]
"""The table that a file and sheet is read as, where it is called otherwise."""


class Collector(Protocol):
    """What faults are put into as they are found."""

    def append(self, item: Fault, /) -> None:
        """One more."""

    def extend(self, items: Iterable[Fault], /) -> None:
        """Several more."""


class Faults(tuple[Fault, ...]):
    """Faults, or doubts, in the order of mending.

    Of very many only the first are here; `groups` know of all.
    """

    groups: tuple[Group, ...] = ()

    @classmethod
    def of(cls, groups: Iterable[Group], faults: Iterable[Fault]) -> "Faults":
        """The faults that are kept whole, in their order, and the groups they belong to."""
        found = cls(faults)
        found.groups = tuple(sorted(groups, key=lambda group: group.follows))
        return found


class Found:
    """Faults and doubts as the checks find them.

    There may be millions: the first are kept whole, of the others of their
    cause it is kept only where they are.

    Parameters
    ----------
    told
        Says a fault in the words of its file, once it is kept.
    """

    def __init__(self, told: Callable[[Fault], Fault] | None = None) -> None:
        self._told = told
        self._causes: dict[_Key, _Cause] = {}
        self._of_column: dict[_Key, int] = {}
        self._kept = 0

    def __iter__(self) -> Iterator[Fault]:
        """All that are kept whole."""
        return (item for cause in self._causes.values() for item in cause.kept)

    def append(self, item: Fault, /) -> None:
        """One more."""
        cause = self._cause_of(item)
        cause.alike = cause.alike and item.words == cause.words
        if cause.kept and self._kept >= _KEPT:
            cause.rest.setdefault((item.file, item.sheet, item.column), array("I")).append(item.row or 0)
            return
        cause.kept.append(self._told(item) if self._told else item)
        self._kept += 1

    def extend(self, items: Iterable[Fault], /) -> None:
        """Several more."""
        for item in items:
            self.append(item)

    def add(self, group: Group) -> None:
        """All of a cause that were found elsewhere."""
        self.extend(group.faults)
        cause = self._cause_of(group.faults[0])
        cause.alike = cause.alike and group.alike
        for where, rows in group.rest.items():
            cause.rest.setdefault(where, array("I")).extend(rows)

    def faults(self, read_as: ReadAs) -> Faults:
        """The faults among them."""
        return self._of(Severity.FAULT, read_as)

    def doubts(self, read_as: ReadAs, faults: Faults) -> Faults:
        """The doubts that the faults do not explain."""
        explained = _Explained(faults)
        for cause in self._causes.values():
            if cause.kept[0].kind.severity is Severity.DOUBT:
                cause.kept = [item for item in cause.kept if item not in explained]
                cause.rest = {where: explained.others(where, rows) for where, rows in cause.rest.items()}
        # Without one to tell of them, the others wait until the faults are mended.
        self._causes = {key: cause for key, cause in self._causes.items() if cause.kept}
        return self._of(Severity.DOUBT, read_as)

    def grouped(self) -> tuple[Group, ...]:
        """All of them by cause, in the order in which they came."""
        return _groups(self._causes.values())

    def _of(self, severity: Severity, read_as: ReadAs) -> Faults:
        def order(item: Fault) -> _Order:
            return _place(item, read_as.get((item.file, item.sheet)) or _table(item))

        causes = [cause for cause in self._causes.values() if cause.kept[0].kind.severity is severity]
        for cause in causes:
            cause.kept.sort(key=order)
        causes.sort(key=lambda cause: order(cause.kept[0]))
        return Faults.of(_groups(causes), sorted((item for cause in causes for item in cause.kept), key=order))

    def _cause_of(self, item: Fault) -> "_Cause":
        """The cause that it is of; that of all others, where its column has too many."""
        key = _cause(item)
        if key not in self._causes:
            column = (item.code, item.file, item.sheet, item.column)
            count = self._of_column[column] = self._of_column.get(column, 0) + 1
            key = key if count <= _CAUSES_OF_COLUMN else (*column, None)
        if key not in self._causes:
            self._causes[key] = _Cause(item.words, others=key[-1] is None)
        return self._causes[key]


@dataclass
class _Cause:
    """What is known of one cause so far."""

    words: Mapping[str, str]  # of the first
    others: bool
    alike: bool = True
    kept: list[Fault] = field(default_factory=list)
    rest: "dict[Where, array[int]]" = field(default_factory=dict)


def grouped(found: Sequence[Fault]) -> tuple[Group, ...]:
    """Faults of one cause together, in the order of the first of each; those that follow from others last."""
    if isinstance(found, Faults):
        return found.groups
    collected = Found()
    collected.extend(found)
    return Faults.of(collected.grouped(), found).groups


def joined(several: Iterable[Sequence[Fault]]) -> Faults:
    """The faults of several checks as if they were of one."""
    collected, kept = Found(), list[Fault]()
    for found in several:
        kept += found
        for group in grouped(found):
            collected.add(group)
    return Faults.of(collected.grouped(), kept)


def _groups(causes: Iterable[_Cause]) -> tuple[Group, ...]:
    those = list(causes)
    roots = _Roots(item for cause in those for item in cause.kept)
    return tuple(
        Group(tuple(cause.kept), all(map(roots.explain, cause.kept)), cause.rest, cause.alike, cause.others)
        for cause in those
    )


def _cause(item: Fault) -> tuple[object, ...]:
    """What two faults must share to be of one cause."""
    where = (item.file, item.sheet, item.column)
    if item.kind.cause is Cause.COLUMN:
        # A doubt about another data set is about that one.
        return (item.code, *where, item.words.get("data_set", ""))
    same = (item.code, item.value, tuple(sorted(item.words.items())))
    return same if item.kind.cause is Cause.ANYWHERE else (*same, *where)


class _Explained:
    """Doubts that may go away when the faults are mended: in the same row, about the whole, about what is not used."""

    def __init__(self, faults: Faults) -> None:
        self._rows: dict[tuple[str, str], bytearray] = {}  # for each row a mark; 0 is for what is in none
        for item in faults:
            self._mark(item.file, item.sheet, (item.row or 0,))
        for group in faults.groups:
            for (file, sheet, _column), rows in group.rest.items():
                self._mark(file, sheet, rows)
        self._some_unread = any(item.row is None or item.code == "no_such_row" for item in faults)

    def __contains__(self, doubt: Fault) -> bool:
        if self._marked(doubt.file, doubt.sheet, doubt.row or 0):
            return True
        about_all = not doubt.file and doubt.code != "no_data_set"
        return (about_all and bool(self._rows)) or (doubt.code == "unused_organisation" and self._some_unread)

    def others(self, where: Where, rows: "array[int]") -> "array[int]":
        """The rows that no fault is in."""
        file, sheet, _column = where
        return array("I", (row for row in rows if not self._marked(file, sheet, row)))

    def _mark(self, file: str, sheet: str, rows: Sequence[int]) -> None:
        marks = self._rows.setdefault((file, sheet), bytearray())
        marks.extend(bytes(max(0, max(rows, default=0) + 1 - len(marks))))
        for row in rows:
            marks[row] = 1

    def _marked(self, file: str, sheet: str, row: int) -> bool:
        marks = self._rows.get((file, sheet), b"")
        return row < len(marks) and bool(marks[row])


class _Roots:
    """What explains other faults: mended, those go away."""

    def __init__(self, found: Iterable[Fault]) -> None:
        self.renamed: set[tuple[str, str, str]] = set()
        self.unread = False
        self.tables: set[str] = set()
        for item in found:
            if item.code == "unknown_column" and item.words.get("nearest"):
                self.renamed.add((item.file, item.sheet, item.words["nearest"]))
            if item.code in _UNREAD_CODES:
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
