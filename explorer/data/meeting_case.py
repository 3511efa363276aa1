"""Which case to show at a meeting: ranked where that held on past days, else plain facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from explorer.analysis import case_facts
from explorer.analysis.advice.backtest import BackTest
from explorer.analysis.advice.recommend import Case, case_to_show
from explorer.analysis.case_facts import Facts, Named, Seen
from explorer.analysis.records import records
from explorer.analysis.spread.evidence import could_take_over, takings
from explorer.analysis.spread.holdings import around, holdings
from graph_store.schema import ENDED

from . import advice, kept, spread_overview
from .evidence import evidence
from .graph import ask, state
from .later import Later
from .meetings import Meeting
from .network import names, positions, region_names
from .spread import approach_themes

CASES = 5


@dataclass(frozen=True)
class Unseen:
    """An approach in use at some regions that others at the meeting neither use nor came to see: (id, name) each.

    `used_at` are those of the hosts asked about that use it, `guests` those
    present that have not seen it, of `of` present besides the hosts; `facts`
    what speaks for it, `nearest` the one of `used_at` to see it at.
    """

    approach: str
    name: str
    used_at: tuple[tuple[str, str], ...]
    guests: tuple[tuple[str, str], ...]
    of: int
    facts: Facts
    nearest: Seen


def choice() -> dict[str, str]:
    """Names of the regions that could be at a meeting and take something over, by id."""
    able = could_take_over(evidence())
    return {code: name for code, name in region_names().items() if code in able}


def comes_as(region: str) -> str:
    """The region as which a body there could be at a meeting: its own, else the next around it; empty for none."""
    able, land = could_take_over(evidence()), evidence().land
    return next((area for area in (region, *around(region, land)) if area in able and area in land.names), "")


def present_at(held: Meeting) -> tuple[list[str], str]:
    """The regions that come to a meeting and could take something over, and the region of its host, empty for none."""
    known, able = evidence(), could_take_over(evidence())
    came = known.attended[(known.attended["visit_id"] == held.id) & (known.attended["how"] != "from above")]
    hosts = known.hosts.loc[known.hosts["visit_id"] == held.id, "region_id"]
    showing = set(_in_use(state().version)["place"])
    places = [place for host in dict.fromkeys(hosts) for place in (host, *known.land.above(host))]
    host = next((place for place in places if place in showing), "")
    return sorted({str(region) for region in came["region_id"]} & able - {host}), host


def tested() -> Later[BackTest]:
    """Whether recommendations held on past days; worked out beside the page."""
    found = _tested(state().version)
    if found.failed:
        _tested.clear()
    return found


def cases(present: Sequence[str], host: str) -> list[Case]:
    """The approaches to show, best first; only to be shown where `tested` says so."""
    given = advice.given()
    return [] if given is None else case_to_show(present, given, CASES, host or None)


def unseen(present: Sequence[str], host: str) -> tuple[str, list[Unseen]]:
    """What can be seen somewhere and is new to those present: at the host, else among themselves, else anywhere.

    What a region can show is what is in use there, in what lies in it or, short
    of a country, around it; that, what it dropped and what it came to see is
    not new to it.

    Returns
    -------
    where, found
        "host", "among" or "elsewhere"; in the order of `Facts.rank`, then what is
        new to most of those present, then by name.
    """
    guests = [region for region in present if region != host]
    if host:
        return "host", _new_to(guests, [host])
    among = _new_to(guests, guests)
    return ("among", among) if among else ("elsewhere", _new_to(guests, None))


def named_in_plans(present: Sequence[str]) -> dict[str, Named]:
    """The themes that plans for those present, or for what they lie in, name, by id."""
    return case_facts.named_in_plans(present, ask("plans"), ask("plan_themes"), evidence().land)


def _new_to(guests: list[str], showing: list[str] | None) -> list[Unseen]:
    """What those who show (anyone, without a list) have in use and some guest has not."""
    shown, seen = _in_use(state().version), _not_new(date.today(), state().version)
    if showing is not None:
        shown = shown[shown["place"].isin(showing)]
    land, known, where = evidence().land, names(), positions()
    figures, of_plans = _figures(state().version), _Themes()
    found = []
    for approach, rows in shown.groupby("approach_id", sort=True):
        new_to = [region for region in guests if (region, approach) not in seen]
        if not new_to:
            continue
        users = sorted(set(rows["holder"]), key=lambda region: land.names[region])
        earliest = list(dict.fromkeys(rows.sort_values(["since_to", "holder"])["holder"]))
        found.append(
            Unseen(
                str(approach),
                known.get(str(approach), (str(approach), ""))[0],
                _named(users),
                _named(new_to),
                len(guests),
                Facts(of_plans.about(str(approach), tuple(new_to)), *figures[str(approach)]),
                case_facts.where_to_see(earliest, new_to, where, land),
            )
        )
    return sorted(found, key=lambda item: (*item.facts.rank, -len(item.guests), item.name))


class _Themes:
    """The themes of approaches that plans name, looked up once for the same regions."""

    def __init__(self) -> None:
        self._own = approach_themes()
        self._named: dict[tuple[str, ...], dict[str, Named]] = {}
        themes = records(ask("themes"))
        self._parents = {row["id"]: row["parent_id"] for row in themes if isinstance(row["parent_id"], str)}

    def about(self, approach: str, regions: tuple[str, ...]) -> Named | None:
        """The theme of an approach that a plan for one of the regions names; None without."""
        if regions not in self._named:
            self._named[regions] = named_in_plans(regions)
        return case_facts.about(self._own.get(approach, []), self._named[regions], self._parents)


def hosts() -> dict[str, str]:
    """Names of the regions where an approach in use can be seen, by id."""
    able = set(_in_use(state().version)["place"])
    return {code: name for code, name in region_names().items() if code in able}


def is_known(host: str) -> bool:
    """Whether recommendations know a host; no host is fine, too."""
    given = advice.given()
    return not host or (given is not None and host in given.fixed.regions)


def name_of(region: str) -> str:
    """Name of a region, its id where it has none."""
    return evidence().land.names.get(region, region)


def _named(regions: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple((region, name_of(region)) for region in regions)


# None of the pages changes these, so all sessions share them as they are.
@kept.shared(3)
def _in_use(version: str) -> pd.DataFrame:  # noqa: ARG001 (part of the cache key)
    """Which approach is in use where, since when, and at which places it can be seen: approach_id, holder, place."""
    known = evidence()
    taken = takings(known)
    kept = taken[taken["gave_up_from"].isna()]
    return holdings(known, kept)[["approach_id", "holder", "since_to", "host"]].rename(columns={"host": "place"})


@kept.shared(3)
def _not_new(today: date, version: str) -> set[tuple[str, str]]:
    """Pairs of region and approach: it is in use there, was dropped there, or the region came to see it by now."""
    known = evidence()
    here = _in_use(version)[["place", "approach_id"]]
    dropped = known.steps.loc[known.steps["stage"].isin(ENDED), ["region_id", "approach_id"]]
    came = known.attended.loc[known.attended["how"] != "from above", ["visit_id", "region_id"]]
    ahead = [isinstance(day, date) and day >= today for day in known.shown["on_to"]]
    saw = came.merge(known.shown.loc[~np.array(ahead, dtype=bool), ["visit_id", "approach_id"]], on="visit_id")[
        ["region_id", "approach_id"]
    ]
    return {(str(r), str(a)) for part in (here, dropped, saw) for r, a in part.itertuples(index=False, name=None)}


@kept.shared(3)
def _figures(version: str) -> dict[str, tuple[int, int, int]]:  # noqa: ARG001 (part of the cache key)
    """By approach how many regions came to see it, took it over after that, and took it over at all."""
    rows = spread_overview.overview(spread_overview.Filters()).rows
    counted = rows[["came", "came_and_took", "taken_over"]].astype(int).itertuples(index=False, name=None)
    return dict(zip(rows["approach_id"], counted, strict=True))


@kept.shared(3)
def _tested(version: str) -> Later[BackTest]:  # noqa: ARG001 (part of the cache key)
    return Later(advice.tested)
