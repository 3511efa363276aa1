"""What is known on a day, as arrays over regions and approaches."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from explorer.analysis.days import ordinals
from explorer.analysis.spread.evidence import Evidence
from graph_store.schema import ENDED, TAKEN_OVER

from .ground import Background, Flags, Floats, Ground, Places, numbers, places

CAME = ("own", "within")
"""Attendance that counts as a region's own; a visit by a body above it is not every region's."""
LATELY_DAYS = 730
YIELD_DAYS = 365
"""A guest counts towards a yield when this many days have gone by since the visit, and as a success when it took
the approach over within them: guests of last month say nothing yet."""


@dataclass(frozen=True)
class Situation:
    """What was known on a day (an ordinal): n regions, m approaches, k themes.

    `used`: has it in use; `closed`: it began there, was taken over or dropped
    there, so there is nothing to recommend; `seen`: came to a visit about it
    (all n, m). `taken_from`, `taken_to`: days of the first taking-over, NaN
    without one (n, m). `came[i, j]`: visits of i that j hosted; `saw[i, j]`
    and `took[i, j]`: approaches that i saw at j a year or more before, and how
    many of these it took over within a year (n, n). `saw_it`, `took_it`: the
    same over regions, per approach (m,). `shown` and `lately`: visits about
    it and takings-over in the last two years; `ever`: takings-over so far (m,).
    `tied`: strength of ties (n, n). `named` says which themes the plans of a
    region name, `named_in` the latest year, NaN where not said (n, k).
    """

    day: float
    used: Flags
    closed: Flags
    seen: Flags
    taken_from: Floats
    taken_to: Floats
    came: Floats
    saw: Floats
    took: Floats
    saw_it: Floats
    took_it: Floats
    shown: Floats
    lately: Floats
    ever: Floats
    tied: Floats
    named: Flags
    named_in: Floats

    @property
    def taken(self) -> Floats:
        """Middle of the days that the first taking-over may mean, NaN without one (n, m)."""
        return (self.taken_from + self.taken_to) / 2

    def open(self, apart: Flags) -> Flags:
        """Pairs to choose from: the region does not have it, nor saw it, and one apart from it uses it (n, m)."""
        return ~self.closed & ~self.seen & ((apart.astype(float) @ self.used) > 0)


def situation(known: Evidence, background: Background, fixed: Ground, day: date, cut: bool = True) -> Situation:
    """The arrays of what is known on a day.

    Parameters
    ----------
    known
        Only what is known by then: see `known_by`.
    cut
        Whether ties and plans are cut to the day, too; without, all that is
        given counts.
    """
    n, m = len(fixed.regions), len(fixed.approaches)
    now = float(day.toordinal())
    used, closed, first, last = _holding(known, fixed)
    taken = (first + last) / 2
    visits = _visits(known, fixed)
    seen_on = np.full((n, m), np.inf)
    np.minimum.at(seen_on, (visits.guest, visits.approach), visits.day)
    saw_it = (seen_on <= now - YIELD_DAYS) & ~(taken < seen_on)
    took_it = saw_it & (taken <= seen_on + YIELD_DAYS)
    came, saw, took = _between(visits, saw_it, took_it, n)
    recent = visits.shown_on > now - LATELY_DAYS
    named, named_in = _named(background.region_themes, fixed, day if cut else None)
    return Situation(
        now,
        used,
        closed,
        np.isfinite(seen_on) | visits.undated_seen,
        first,
        last,
        came,
        saw,
        took,
        saw_it.sum(axis=0).astype(float),
        took_it.sum(axis=0).astype(float),
        np.bincount(visits.shown[recent], minlength=m).astype(float),
        (taken > now - LATELY_DAYS).sum(axis=0).astype(float),
        np.isfinite(taken).sum(axis=0).astype(float),
        _tied(background.ties, fixed.regions, now if cut else None),
        named,
        named_in,
    )


@dataclass(frozen=True)
class _Visits:
    """One entry per guest, host and approach (places in the arrays), and one per visit and approach."""

    visit: Places
    guest: Places
    host: Places
    approach: Places
    day: Floats
    shown: Places
    shown_on: Floats
    undated_seen: Flags


def _visits(known: Evidence, fixed: Ground) -> _Visits:
    about = known.shown[["visit_id", "approach_id"]].assign(
        approach=places(known.shown["approach_id"], fixed.approaches),
        day=(ordinals(known.shown["on_from"]) + ordinals(known.shown["on_to"])) / 2,
    )
    about = about[about["approach"] >= 0].drop_duplicates(["visit_id", "approach"])
    own = known.attended[known.attended["how"].isin(CAME)]
    own = own[["visit_id"]].assign(guest=places(own["region_id"], fixed.regions))
    own = own[own["guest"] >= 0].drop_duplicates()
    hosts = known.hosts[["visit_id"]].assign(host=places(known.hosts["region_id"], fixed.regions))
    all_of_it = own.merge(about, on="visit_id").merge(hosts.drop_duplicates(), on="visit_id", how="left")
    host = all_of_it["host"].fillna(-1).to_numpy(dtype=np.intp)
    guest, approach = (all_of_it[name].to_numpy(dtype=np.intp) for name in ("guest", "approach"))
    day = all_of_it["day"].to_numpy(dtype=np.float64)
    undated = np.zeros((len(fixed.regions), len(fixed.approaches)), dtype=np.bool_)
    undated[guest[np.isnan(day)], approach[np.isnan(day)]] = True
    return _Visits(
        np.unique(all_of_it["visit_id"].astype(str), return_inverse=True)[1].astype(np.intp),
        guest,
        host,
        approach,
        np.where(np.isnan(day), np.inf, day),
        about["approach"].to_numpy(dtype=np.intp),
        about["day"].to_numpy(dtype=np.float64),
        undated,
    )


def _between(visits: _Visits, saw_it: Flags, took_it: Flags, n: int) -> tuple[Floats, Floats, Floats]:
    """Visits of each region to each other, approaches seen there, and approaches taken over after it (n, n)."""
    real = (visits.host >= 0) & (visits.host != visits.guest)
    guest, host, approach = visits.guest[real], visits.host[real], visits.approach[real]
    trips = np.unique(np.stack([visits.visit[real], guest, host]), axis=1)
    came = np.bincount(trips[1] * n + trips[2], minlength=n * n).astype(np.float64)
    met = np.unique(np.stack([guest, host, approach]), axis=1)
    cells, counted = met[0] * n + met[1], (met[0], met[2])
    saw: Floats = np.bincount(cells, weights=saw_it[counted].astype(np.float64), minlength=n * n).astype(np.float64)
    took: Floats = np.bincount(cells, weights=took_it[counted].astype(np.float64), minlength=n * n).astype(np.float64)
    return came.reshape(n, n), saw.reshape(n, n), took.reshape(n, n)


def _holding(known: Evidence, fixed: Ground) -> tuple[Flags, Flags, Floats, Floats]:
    """Who has it in use, for whom there is nothing to recommend, and the days of the first taking-over (n, m)."""
    shape = len(fixed.regions), len(fixed.approaches)
    used, closed = np.zeros(shape, dtype=np.bool_), np.zeros(shape, dtype=np.bool_)
    first, last = np.full(shape, np.nan), np.full(shape, np.nan)
    told = known.steps[known.steps["stage"].isin((*TAKEN_OVER, *ENDED))]
    steps = pd.DataFrame(
        {
            "region": places(told["region_id"], fixed.regions),
            "approach": places(told["approach_id"], fixed.approaches),
            "taken": told["stage"].isin(TAKEN_OVER).to_numpy(),
            "begins": ordinals(told["on_from"]),
            "ends": ordinals(told["on_to"]),
        }
    )
    steps = steps[(steps["region"] >= 0) & (steps["approach"] >= 0)]
    steps = steps.sort_values(["begins", "ends"], kind="stable", na_position="last")
    begun = places(known.approaches["origin"], fixed.regions)
    where = places(known.approaches["approach_id"], fixed.approaches)
    origin = begun[begun >= 0], where[begun >= 0]
    used[origin] = closed[origin] = True
    closed[steps["region"], steps["approach"]] = True
    latest = steps.drop_duplicates(["region", "approach"], keep="last")
    used[latest["region"], latest["approach"]] = latest["taken"]
    earliest = steps[steps["taken"]].drop_duplicates(["region", "approach"])
    first[earliest["region"], earliest["approach"]] = earliest["begins"]
    last[earliest["region"], earliest["approach"]] = earliest["ends"]
    first[origin] = last[origin] = np.nan  # where it began is no taking-over
    return used, closed, first, last


def _tied(ties: pd.DataFrame, regions: Sequence[str], now: float | None) -> Floats:
    found = np.zeros((len(regions), len(regions)))
    a, b = places(ties["a"], regions), places(ties["b"], regions)
    kept = (a >= 0) & (b >= 0) & (a != b)
    if now is not None and "first" in ties:
        first = ordinals(ties["first"])
        kept &= np.isnan(first) | (first <= now)
    if now is not None and "last" in ties:
        last = ordinals(ties["last"])
        kept &= np.isnan(last) | (last >= now)
    strength = numbers(ties["strength"])
    np.add.at(found, (a[kept], b[kept]), strength[kept])
    np.add.at(found, (b[kept], a[kept]), strength[kept])
    return found


def _named(table: pd.DataFrame, fixed: Ground, day: date | None) -> tuple[Flags, Floats]:
    named = np.zeros((len(fixed.regions), len(fixed.themes)), dtype=np.bool_)
    latest = np.full(named.shape, np.nan)
    region, theme = places(table["region_id"], fixed.regions), places(table["theme_id"], fixed.themes)
    year = numbers(table["year"]) if "year" in table else np.full(len(table), np.nan)
    kept = (region >= 0) & (theme >= 0)
    if day is not None:
        over = day.year if (day.month, day.day) == (12, 31) else day.year - 1
        kept &= np.isnan(year) | (year <= over)
    named[region[kept], theme[kept]] = True
    np.fmax.at(latest, (region[kept], theme[kept]), year[kept])
    return named, latest
