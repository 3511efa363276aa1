"""Reach in time: where a practice could have come through visits in order, and on whom the routes hang.

A visit passes a practice from the host's region to the guest's where the host
could show it by then. That it could have does not mean that it did.
"""

import heapq
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from math import inf
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from explorer.analysis.explained import Explained
from languages.words import N_

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Routes = dict[int, tuple[float, list[str]]]  # day and visits by which each region is reached


@dataclass(frozen=True)
class ReachMatrix:
    """When a practice that is in one region could have come to another, for all pairs.

    Attributes
    ----------
    regions
        Ids, sorted; the order of rows (where it starts) and columns (where it comes).
    certain, possible
        (n, n) days ("datetime64[D]"), as the columns of that name in `reach`; NaT
        where it is not reached. The diagonal is the first day asked for.
    """

    regions: list[str]
    certain: NDArray[np.datetime64]
    possible: NDArray[np.datetime64]

    def counts(self) -> pd.DataFrame:
        """How many other regions each one reaches: columns region, certain, possible."""
        reached = [np.sum(~np.isnat(days), axis=1) - 1 for days in (self.certain, self.possible)]
        return pd.DataFrame({"region": self.regions, "certain": reached[0], "possible": reached[1]})


class _Contacts(NamedTuple):
    """Contacts of known date, by first day: ends as places in `regions`, days as ordinals."""

    regions: list[str]
    visit: list[str]
    source: NDArray[np.int64]
    target: NDArray[np.int64]
    first: Floats
    last: Floats
    rows: pd.DataFrame

    def opening(self, place: int, ready: Floats | float, certain: bool) -> Floats:
        """The day that the contact passes a practice ready on that day; infinite where it does not.

        Certain: it is ready before any day that the contact may mean, and has
        passed by the last of them. Possible: on the first day that fits.
        """
        if certain:
            return np.where(ready <= self.first[place], self.last[place], inf)
        day = np.maximum(ready, self.first[place])
        return np.where(day <= self.last[place], day, inf)


def reach(contacts: pd.DataFrame, start: str, from_day: date, *, prepare_days: int = 1) -> pd.DataFrame:
    """Regions that a practice could have reached through visits in order.

    Parameters
    ----------
    contacts
        visit_id, source (region of the host), target (region of a guest), on_from,
        on_to (first and last day that the date may mean). One row per host and guest
        of a visit, so that no route needs a visit twice. A contact of unknown date
        or region is left out, as is that of a region with itself.
    start
        The region that has the practice.
    from_day
        The day from which `start` can show it.
    prepare_days
        Least days from a visit until the guest can show it itself, 0 or more: with 1
        not on the same day, with 0 on the same day, too.

    Returns
    -------
    DataFrame
        region, certain, certain_route, possible, possible_route; one row per region
        reached other than `start`, by possible day, then id. `certain` is the day by
        which it is reached on a route that holds whatever days the dates mean, None
        where no single route does; `possible` the first day on which it can be reached if
        the dates mean the days that suit. Never is `certain` before `possible`. The
        routes are lists of visit ids by which it comes first, empty without one.
        Empty where `start` has no contact.

    Raises
    ------
    ValueError
        Where a contact ends before it begins, or `prepare_days` is negative.

    References
    ----------
    Time-respecting paths: Kempe, Kleinberg & Kumar (2002), Connectivity and
    inference problems for temporal networks, Journal of Computer and System
    Sciences 64:820-842; Holme & Saramäki (2012), Temporal networks, Physics Reports 519:97-125.
    """
    net = _known(contacts, prepare_days)
    if start not in net.regions:
        return _reach_table(net, {}, {})
    at = net.regions.index(start)
    certain, possible = (_first_routes(net, at, from_day, prepare_days, sure) for sure in (True, False))
    return _reach_table(net, certain, possible)


def reach_matrix(contacts: pd.DataFrame, from_day: date, *, prepare_days: int = 1) -> ReachMatrix:
    """When a practice could have come from every region to every other, where all begin on one day.

    Parameters
    ----------
    contacts, from_day, prepare_days
        As for `reach`.

    Returns
    -------
    ReachMatrix
        Of the regions that have a contact of known date.

    Raises
    ------
    ValueError
        As for `reach`.
    """
    net = _known(contacts, prepare_days)
    starts = np.arange(len(net.regions))
    days = [_first_days(net, starts, from_day, prepare_days, certain).T for certain in (True, False)]
    return ReachMatrix(net.regions, _as_days(days[0]), _as_days(days[1]))


def fragile(
    contacts: pd.DataFrame, start: str, from_day: date, *, prepare_days: int = 1, by: str | None = None
) -> pd.DataFrame:
    """What the absence of one broker would cut: regions that would no longer be reached without it.

    Parameters
    ----------
    contacts, start, from_day, prepare_days
        As for `reach`.
    by
        Column of `contacts` that names the broker, such as the body that hosted or
        attended; rows where it is empty hang on nobody. Without it the brokers are regions.

    Returns
    -------
    DataFrame
        broker, certain, possible: lists of the regions that are reached (certainly,
        possibly) with it and not without it, sorted; the broker itself is not
        among them. Only brokers that cut something, those that cut most certain
        routes first, then most possible ones, then by id. `start` is no broker.

    Raises
    ------
    ValueError
        As for `reach`, and where `contacts` has no column `by`.

    Notes
    -----
    Every broker is taken away in turn and the reach computed anew: a region shows
    and sees at many points in time, so no dominator of single events is its absence.
    """
    if by is not None and by not in contacts:
        raise ValueError(f'contacts have no column "{by}"')
    net = _known(contacts, prepare_days)
    ends = [net.rows[name].to_numpy(dtype=object) for name in (("source", "target") if by is None else (by,))]
    brokers = sorted(
        {name for end in ends for name in end if isinstance(name, str) and (by is not None or name != start)}
    )
    if start not in net.regions or not brokers:
        return _fragile_table(net, [], [])
    who = np.array(brokers, dtype=object)
    hangs = np.any([end[:, np.newaxis] == who for end in ends], axis=0)
    itself = np.array(net.regions, dtype=object)[:, np.newaxis] == who if by is None else np.bool_(False)
    at = net.regions.index(start)
    cuts = []
    for certain in (True, False):
        with_all = _first_days(net, np.array([at]), from_day, prepare_days, certain)
        without = _first_days(net, np.full(len(brokers), at), from_day, prepare_days, certain, hangs)
        cuts.append(np.isfinite(with_all) & np.isinf(without) & ~itself)
    return _fragile_table(net, brokers, cuts)


def _known(contacts: pd.DataFrame, prepare_days: int) -> _Contacts:
    if prepare_days < 0:
        raise ValueError("the days to prepare are 0 or more")
    rows = contacts.dropna(subset=["source", "target", "on_from", "on_to"])
    rows = rows[rows["source"] != rows["target"]]
    rows = rows.sort_values(["on_from", "on_to", "visit_id", "source", "target"], kind="stable")
    first, last = (np.array([day.toordinal() for day in rows[name]], dtype=np.float64) for name in ("on_from", "on_to"))
    if (first > last).any():
        raise ValueError("a contact ends before it begins")
    regions = sorted({*rows["source"], *rows["target"]})
    place = {region: index for index, region in enumerate(regions)}
    source, target = (np.array([place[region] for region in rows[name]], np.int64) for name in ("source", "target"))
    return _Contacts(regions, list(rows["visit_id"]), source, target, first, last, rows)


def _first_days(
    net: _Contacts,
    starts: NDArray[np.int64],
    from_day: date,
    prepare_days: int,
    certain: bool,
    hangs: Bools | None = None,
) -> Floats:
    """First day in each region, (regions, cases); infinite where it never comes.

    One case per start. `hangs` is (contacts, cases): which contacts the case
    must do without. Contacts are gone through by first day, until a round
    changes nothing.
    """
    cases = np.arange(len(starts))
    day = np.full((len(net.regions), len(starts)), inf)
    day[starts, cases] = from_day.toordinal()
    ready = day.copy()
    news = np.ones(len(net.regions), dtype=np.bool_)
    while news.any():
        before, news = news, np.zeros_like(news)
        for place, (source, target) in enumerate(zip(net.source.tolist(), net.target.tolist(), strict=True)):
            if not (before[source] or news[source]):
                continue
            opening = net.opening(place, ready[source], certain)
            if hangs is not None:
                opening[hangs[place]] = inf
            better = opening < day[target]
            if better.any():
                day[target, better] = opening[better]
                ready[target, better] = opening[better] + prepare_days
                news[target] = True
    return day


def _first_routes(net: _Contacts, start: int, from_day: date, prepare_days: int, certain: bool) -> Routes:
    """First day and route to each region reached other than the start (Dijkstra's search on days)."""
    leaving = defaultdict(list)
    for place, source in enumerate(net.source.tolist()):
        leaving[source].append(place)
    found: Routes = {}
    waiting: list[tuple[float, int, int, list[str]]] = [(from_day.toordinal(), 0, start, [])]
    while waiting:
        day, visits, region, route = heapq.heappop(waiting)
        if region in found:
            continue
        found[region] = (day, route)
        ready = day if region == start else day + prepare_days
        for place in leaving[region]:
            opening = float(net.opening(place, ready, certain))
            if opening < inf and (target := int(net.target[place])) not in found:
                heapq.heappush(waiting, (opening, visits + 1, target, [*route, net.visit[place]]))
    del found[start]
    return found


def _reach_table(net: _Contacts, certain: Routes, possible: Routes) -> pd.DataFrame:
    columns = ["region", "certain", "certain_route", "possible", "possible_route"]
    rows = []
    for region, (day, route) in sorted(possible.items(), key=lambda item: (item[1][0], item[0])):
        sure, sure_route = certain.get(region, (inf, []))
        by = date.fromordinal(int(sure)) if sure < inf else None
        rows.append([net.regions[region], by, sure_route, date.fromordinal(int(day)), route])
    return pd.DataFrame(rows, columns=columns, dtype=object)


def _fragile_table(net: _Contacts, brokers: list[str], cuts: list[Bools]) -> pd.DataFrame:
    rows = []
    for case, broker in enumerate(brokers):
        certain, possible = ([net.regions[place] for place in np.flatnonzero(cut[:, case])] for cut in cuts)
        if certain or possible:
            rows.append([broker, certain, possible])
    rows.sort(key=lambda row: (-len(row[1]), -len(row[2]), row[0]))
    return pd.DataFrame(rows, columns=["broker", "certain", "possible"], dtype=object)


def _as_days(ordinals: Floats) -> NDArray[np.datetime64]:
    epoch = date(1970, 1, 1).toordinal()
    known = np.isfinite(ordinals)
    days = (np.where(known, ordinals, epoch) - epoch).astype(np.int64).astype("datetime64[D]")
    return np.where(known, days, np.datetime64("NaT", "D"))


MEASURES = (
    Explained(
        code="reach_possible",
        title=N_("Could have come as far as"),
        words=N_(
            "How many regions a practice of this one could have come to through visits in order, "
            "if the dates that are not known to the day fall as they must. That it could does not mean that it did"
        ),
        term="time-respecting reach (set of influence), over intervals of days",
        span=N_("0 to all other regions"),
        undefined=N_("never"),
        source="Holme & Saramäki (2012), Physics Reports 519:97-125",
    ),
    Explained(
        code="reach_certain",
        title=N_("Could have come as far as, whatever the dates"),
        words=N_("How many of these regions a route of visits reaches on whatever days the dates mean"),
        term="time-respecting reach (set of influence) over routes with a certain order",
        span=N_("0 to the number that it could have come to"),
        undefined=N_("never"),
        source="Holme & Saramäki (2012), Physics Reports 519:97-125",
    ),
    Explained(
        code="fragile",
        title=N_("Hangs on one broker"),
        words=N_("Which regions no route of visits would have reached if one region (or body) had been absent"),
        term="single-node cut of time-respecting paths",
        span=N_("0 to all other regions, for each broker"),
        undefined=N_("never"),
        source="Kempe, Kleinberg & Kumar (2002), Journal of Computer and System Sciences 64:820-842",
    ),
)
