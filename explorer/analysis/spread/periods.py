"""From dates to periods: when each region took each approach over, as arrays.

A date of coarser precision than the period falls where its middle lies, and the
cell is marked as uncertain. An unknown date is in no period.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from explorer.analysis.days import ordinals

Values = NDArray[np.float64]
Mask = NDArray[np.bool_]
Days = NDArray[np.datetime64]

_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True)
class Periods:
    """Periods of equal length, one after the other.

    Attributes
    ----------
    first
        First day of the first period, the first of a month.
    months
        Length of each period, at least 1.
    count
        How many, at least 1.
    """

    first: date
    months: int
    count: int

    def __post_init__(self) -> None:
        if self.first.day != 1:
            raise ValueError("a period begins on the first day of a month")
        if self.months < 1 or self.count < 1:
            raise ValueError("there must be at least one period of at least one month")

    @classmethod
    def covering(cls, *days: Iterable[date | None], months: int = 12, until: date | None = None) -> "Periods":
        """The periods from the earliest of `days` to `until`, or to the latest of them without it.

        They begin where the calendar does: years in January, quarters in
        January, April, July and October.

        Parameters
        ----------
        days
            Columns of days; what is not known in them is left out.
        months
            Length of a period: a divisor of 12, or whole years.
        until
            Last day that the records cover. Give the end of a whole period: one
            that is covered in part holds too few adoptions.

        Raises
        ------
        ValueError
            Where no day is known, or `months` does not fit the calendar.
        """
        if months < 1 or (12 % months and months % 12):
            raise ValueError("a period must be a divisor of 12 months or whole years")
        known = [day for column in days for day in column if day is not None and not pd.isna(day)]
        if not known:
            raise ValueError("without a known day there is no period to cover")
        last = until if until is not None else max(known)
        first = min([*known, last])
        begin = date(first.year, (first.month - 1) // months * months + 1, 1)
        return cls(begin, months, cls(begin, months, 1).index(last) + 1)

    def index(self, day: date) -> int:
        """Number of the period that holds `day`; below 0 before the first, `count` and up after the last."""
        return (_month(day) - _month(self.first)) // self.months

    def indices(self, days: Days) -> Values:
        """`index` of each of an array of days, in its shape; NaN for one that is not a time."""
        months = days.astype("datetime64[M]").astype(np.int64) + 1970 * 12
        found = (months - _month(self.first)) // self.months
        return np.where(np.isnat(days), np.nan, found)

    def labels(self) -> tuple[str, ...]:
        """One per period: ``2019``, ``2019–2020``, ``2019-03`` or ``2019-01–2019-03``."""
        return tuple(self._label(_month(self.first) + number * self.months) for number in range(self.count))

    def _label(self, month: int) -> str:
        last = month + self.months - 1
        if month % 12 == 0 and self.months % 12 == 0:
            ends = [str(month // 12), str(last // 12)]
        else:
            ends = [f"{m // 12}-{m % 12 + 1:02}" for m in (month, last)]
        return "–".join(dict.fromkeys(ends))


@dataclass(frozen=True, eq=False)
class Adoptions:
    """When each of n regions took each of m approaches over.

    Attributes
    ----------
    regions, approaches
        Their ids, in the order of rows and columns.
    periods
        The periods that the numbers below count.
    toa
        (n, m): period of the taking-over, 0 to count - 1; NaN where it was not
        taken over by the end of the last period, on an unknown day, or where it began.
    gave_up
        (n, m): period in which it was given up, never before `toa`; NaN where it
        is still in use, was given up on an unknown day, or `toa` is NaN.
    uncertain
        (n, m): whether the taking-over may as well have been in another period,
        or before the first or after the last.
    left_censored
        (n, m): taken over before the first period; `toa` is 0.
    without_date
        (n, m): taken over on an unknown day.
    origin
        (n, m): where the approach began; all false where that was not asked.
    began
        (n, m): period in which it began there, 0 where that was before the
        first; NaN elsewhere, where the day is unknown, and after the last.
    """

    regions: tuple[str, ...]
    approaches: tuple[str, ...]
    periods: Periods
    toa: Values
    gave_up: Values
    uncertain: Mask
    left_censored: Mask
    without_date: Mask
    origin: Mask
    began: Values

    @property
    def undated(self) -> NDArray[np.int64]:
        """(m,): how many regions took each approach over on an unknown day; they are in no period."""
        return np.asarray(self.without_date.sum(axis=0), dtype=np.int64)

    @property
    def left_out(self) -> Mask:
        """(n, m): neither an adopter with a period nor at risk of becoming one."""
        return self.without_date | self.origin


def times_of_adoption(
    takings: pd.DataFrame,
    regions: Sequence[str],
    approaches: Sequence[str],
    periods: Periods,
    *,
    origins: pd.DataFrame | None = None,
) -> Adoptions:
    """The period in which each region took each approach over, and in which it was given up.

    Parameters
    ----------
    takings
        As of `evidence.takings`: one row per approach and region. Rows of others
        than `regions` and `approaches` are left out.
    regions, approaches
        Ids of the rows and columns wanted, each once.
    periods
        What falls before the first counts as period 0 and is marked as left-censored;
        what falls after the last has not happened yet.
    origins
        As `Evidence.approaches`: where and when each approach began.

    Raises
    ------
    ValueError
        Where an id repeats, or an approach was taken over twice by one region.
    """
    rows, columns = pd.Index(list(regions)), pd.Index(list(approaches))
    if not (rows.is_unique and columns.is_unique):
        raise ValueError("each region and each approach must be named once")
    if takings.duplicated(["approach_id", "region_id"]).any():
        raise ValueError("a region takes an approach over once: only its first taking-over counts")
    shape = (len(rows), len(columns))
    cells, kept = _cells(takings, "region_id", rows, columns)
    taken = _placed(kept, "on_from", "on_to", periods)
    ended = _placed(kept, "gave_up_from", "gave_up_to", periods)
    # NaN in either is NaN; the middle of the year of giving up may lie before the taking-over
    gave_up = np.maximum(ended.period, taken.period)
    origin, began = np.zeros(shape, dtype=np.bool_), np.full(shape, np.nan)
    if origins is not None:
        where, starts = _cells(origins, "origin", rows, columns)
        origin[where] = True
        began[where] = _placed(starts, "started_from", "started_to", periods).period
    return Adoptions(
        regions=tuple(rows),
        approaches=tuple(columns),
        periods=periods,
        toa=_spread(shape, cells, taken.period),
        gave_up=_spread(shape, cells, gave_up),
        uncertain=_marked(shape, cells, taken.uncertain),
        left_censored=_marked(shape, cells, taken.before),
        without_date=_marked(shape, cells, taken.unknown),
        origin=origin,
        began=began,
    )


Cells = tuple[NDArray[np.int64], NDArray[np.int64]]


def _cells(table: pd.DataFrame, region: str, rows: pd.Index, columns: pd.Index) -> tuple[Cells, pd.DataFrame]:
    """Row and column of each row of the table that is wanted, and those rows."""
    row = rows.get_indexer(pd.Index(table[region])).astype(np.int64)
    column = columns.get_indexer(pd.Index(table["approach_id"])).astype(np.int64)
    wanted = (row >= 0) & (column >= 0)
    return (row[wanted], column[wanted]), table[wanted]


@dataclass(frozen=True, eq=False)
class _Placed:
    """Where each row's date falls: its period, 0 before the first and NaN after the last or on an unknown day."""

    period: Values
    before: Mask
    uncertain: Mask
    unknown: Mask


def _placed(table: pd.DataFrame, first: str, last: str, periods: Periods) -> _Placed:
    begin, end = _days(table[first]), _days(table[last])
    middle = periods.indices(begin + (end - begin) // 2)
    unknown = np.isnan(middle)
    earliest, latest = (np.clip(periods.indices(days), -1, periods.count) for days in (begin, end))
    return _Placed(
        period=np.where(middle < 0, 0, np.where(middle < periods.count, middle, np.nan)),
        before=middle < 0,
        uncertain=~unknown & (earliest != latest),
        unknown=unknown,
    )


def _days(column: pd.Series) -> Days:
    numbers = ordinals(column)
    known = ~np.isnan(numbers)
    found = np.full(len(numbers), np.datetime64("NaT"), dtype="datetime64[D]")
    found[known] = numbers[known].astype(np.int64) - _EPOCH
    return found


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _spread(shape: tuple[int, int], cells: Cells, values: Values) -> Values:
    table = np.full(shape, np.nan)
    table[cells] = values
    return table


def _marked(shape: tuple[int, int], cells: Cells, marks: Mask) -> Mask:
    table = np.zeros(shape, dtype=np.bool_)
    table[cells] = marks
    return table
