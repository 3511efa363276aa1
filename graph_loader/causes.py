"""Faults of one cause, as a person is told of them: once, with all places where they are."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from languages.words import N_, _, number

from .faults import Fault

_ROWS_SHOWN = 3
_MEND_OF_MANY = N_("{mend}; in the first of them: {first}")
_OTHERS = N_("{count} more of this kind, with other values; the first of them: {sentence}")

Where = tuple[str, str, str]
"""File, sheet and column."""

Rows = Mapping[Where, "array[int]"]
"""Rows by where they are; 0 stands for what is in no row."""


@dataclass(frozen=True)
class Spot:
    """One column (or sheet, or file) with the rows in which faults of one cause stand.

    `heading` is what that file calls the column; empty where it does not.
    """

    file: str
    sheet: str
    column: str
    rows: tuple[int, ...]
    heading: str = ""

    def __str__(self) -> str:
        place = Fault("", self.file, self.sheet, column=self.column, heading=self.heading).place
        return ": ".join(part for part in (place, rows_in_words(self.rows)) if part)


@dataclass(frozen=True)
class Group:
    """Faults, or doubts, of one cause.

    `faults` are the first of them, and `rest` says where the others are.
    `follows` says that they may go away when others are mended, `alike` that
    the same words hold for all, `others` that each of them would be a cause of
    its own in a column that has too many.
    """

    faults: tuple[Fault, ...]
    follows: bool = False
    rest: Rows = field(default_factory=dict)
    alike: bool = True
    others: bool = False

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.faults) + sum(map(len, self.rest.values()))

    @property
    def sentence(self) -> str:
        """What is wrong with them all, in the reader's language."""
        first = self.faults[0]
        if self.count == 1:
            return first.sentence
        if self.others:
            return _(_OTHERS).format(count=number(self.count), sentence=first.sentence)
        if not first.kind.many:
            return _("{count} times: {sentence}").format(count=number(self.count), sentence=first.sentence)
        return first.filled(first.kind.many, count=number(self.count))

    @property
    def mend(self) -> str:
        """What to do about them; where that differs, in general and for the first."""
        first = self.faults[0]
        if self.count > 1 and first.kind.mend_many:
            return first.filled(first.kind.mend_many)
        general = first.filled(first.kind.mend)
        if self.alike or first.mend == general:
            return first.mend
        return _(_MEND_OF_MANY).format(mend=general, first=first.mend)

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Where they are, column by column."""
        found: dict[Where, list[int]] = {}
        headings: dict[Where, str] = {}
        for item in self.faults:
            where = (item.file, item.sheet, item.column)
            headings.setdefault(where, item.heading)
            found.setdefault(where, []).append(item.row or 0)
        for where, rows in self.rest.items():
            found.setdefault(where, []).extend(rows)
        return tuple(
            Spot(*where, tuple(dict.fromkeys(filter(None, rows))), headings.get(where, ""))
            for where, rows in found.items()
        )

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
            "places": [_as_dict(spot) for spot in self.spots],
        }


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


def _as_dict(spot: Spot) -> dict[str, Any]:
    names = {"file": spot.file, "sheet": spot.sheet, "column": spot.column, "heading": spot.heading or spot.column}
    return {**names, "rows": list(spot.rows)}
