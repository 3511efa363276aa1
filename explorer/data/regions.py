"""Regions: what each gave and took, whom it visits, where it stands, what its plans lack, whom to visit next."""

from dataclasses import dataclass

import pandas as pd

from explorer.analysis.advice.backtest import BackTest
from explorer.analysis.advice.recommend import Recommendation, whom_to_visit
from explorer.analysis.diffusion.classes import adopter_classes
from explorer.analysis.records import Record, records
from explorer.analysis.spread.accounts import Account, Ledger
from explorer.analysis.spread.between import Between, between, whole_reach
from explorer.analysis.spread.evidence import takings
from explorer.analysis.spread.periods import Periods, times_of_adoption
from explorer.analysis.spread.reach import ReachMatrix
from graph_store.schema import REGION_KINDS

from . import advice, kept
from .evidence import evidence, trees
from .graph import ask, state
from .later import Later
from .network import territories

MOST_ADVISED = 5


@dataclass(frozen=True)
class Gap:
    """A theme that plans of the region name, and that nothing in use there is about.

    `plans`: (id, name) of those that name it. `elsewhere`: approaches about it,
    or about a theme that is part of it, as (id, name, regions that use it), most used first.
    """

    theme: str
    name: str
    plans: tuple[tuple[str, str], ...]
    elsewhere: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True)
class Coverage:
    """The themes that a region's plans name: how many, how many with an approach in use there, and the rest."""

    plans: int
    themes: int
    gaps: tuple[Gap, ...]


@dataclass(frozen=True)
class Advice:
    """Whom to visit next, or why that is not said.

    `found` is empty where `test` says that it may not be shown. `advised` are
    the regions inside that advice is given for, the region itself first.
    """

    test: BackTest
    found: tuple[Recommendation, ...]
    advised: tuple[str, ...]


def account(region: str) -> Account:
    """What a region and all that lies in it gave and took."""
    return _ledger(state().version).account(region)


def overview() -> pd.DataFrame:
    """Every region that takes part, with what lies in it counted.

    Returns
    -------
    DataFrame
        id, name, kind, country, gave (takings-over elsewhere that were learnt there),
        went (approaches that began there and were taken over elsewhere), took
        (approaches from elsewhere taken over), visited and hosted (visits); itself
        (whether anything is on record of the region itself, not only of what lies in
        it), itself_took, itself_gave.
    """
    return _overview(state().version)


def prepared() -> None:
    """Work out what the pages of all regions share."""
    overview(), early_or_late(), steps(), visits()


def early_or_late() -> dict[tuple[str, str], tuple[str, int]]:
    """By approach and region that took it over on a known day: its class (code of `TIME_CLASSES`), of how many."""
    return _early_or_late(state().version)


def visits() -> dict[str, Record]:
    """Name, on (as written), on_from and kind of each visit, by its id."""
    return _visits(state().version)


def steps() -> dict[str, Record]:
    """Each step of taking up by its id: see the query adoption_steps."""
    return _steps(state().version)


def impossible(inside: frozenset[str]) -> int:
    """How many visits cannot explain a taking-over inside, by their dates."""
    return sum(item.region in inside for tree in trees().values() for item in tree.impossible)


def coverage(region: str) -> Coverage:
    """The themes of the plans of a region and of what lies in it, and those that no approach in use there is about."""
    inside = account(region).inside
    plans = ask("plans")
    own = plans[plans["region_ids"].map(lambda ids: bool(inside.intersection(ids))).astype(bool)]
    named = ask("plan_themes").merge(own[["id"]], left_on="plan_id", right_on="id")
    users = _users(state().version)
    about = _about(state().version)
    used_here = {approach for approach, regions in users.items() if regions & inside}
    gaps = []
    for theme, rows in named.groupby("theme_id", sort=False):
        fitting = about.get(str(theme), [])
        if not used_here.intersection(approach for approach, _name in fitting):
            elsewhere = [(a, name, len(users.get(a, set()))) for a, name in fitting]
            told = tuple(dict.fromkeys(zip(rows["plan_id"], rows["plan"], strict=True)))
            ranked = sorted(elsewhere, key=lambda item: (-item[2], item[1]))
            gaps.append(Gap(str(theme), str(rows["theme"].iloc[0]), told, tuple(ranked)))
    return Coverage(len(own), int(named["theme_id"].nunique()), tuple(sorted(gaps, key=lambda gap: gap.name)))


def stands_between(region: str) -> Later[Between]:
    """What hangs on the region; worked out beside the page."""
    found = _between(region, state().version)
    if found.failed:
        _between.clear()
    return found


def next_visits(region: str) -> Later[Advice]:
    """Whom to visit next, and whether such advice held on past days; worked out beside the page."""
    found = _next_visits(region, state().version)
    if found.failed:
        _next_visits.clear()
    return found


def _advised(region: str) -> Advice:
    land = territories()
    test, given = advice.tested(), advice.given()
    known = set(given.fixed.regions) if given is not None else set()
    inside = sorted(known & land.within(region), key=lambda one: (one != region, land.names[one]))
    may = test.verdict.may_show and given is not None and region in known
    found = whom_to_visit(region, given, MOST_ADVISED) if may and given is not None else []
    return Advice(test, tuple(found), tuple(inside))


# None of the pages changes these, so all sessions share them as they are.
@kept.shared(3)
def _ledger(version: str) -> Ledger:  # noqa: ARG001 (part of the cache key)
    return Ledger(evidence(), trees().values())


@kept.shared(300)
def _between(region: str, version: str) -> Later[Between]:
    ledger, contacts, table = _ledger(version), _contacts(version), ask("regions")
    countries = {i: c for i, c in zip(table["id"], table["country"], strict=True) if isinstance(c, str)}
    inside = frozenset(ledger.land.within(region))
    return Later(lambda: between(contacts, region, inside, countries, _whole(version)))


@kept.shared(3)
def _whole(version: str) -> ReachMatrix:
    return whole_reach(_contacts(version))


@kept.shared(300)
def _next_visits(region: str, version: str) -> Later[Advice]:  # noqa: ARG001 (part of the cache key)
    return Later(lambda: _advised(region))


@kept.shared(3)
def _contacts(version: str) -> pd.DataFrame:  # noqa: ARG001 (part of the cache key)
    known = evidence()
    guests = known.attended[known.attended["how"] == "own"][["visit_id", "region_id"]]
    days = ask("visits")[["id", "on_from", "on_to"]].rename(columns={"id": "visit_id"})
    met = known.hosts.rename(columns={"region_id": "source"}).merge(
        guests.rename(columns={"region_id": "target"}), on="visit_id"
    )
    return met.merge(days, on="visit_id").drop_duplicates(["visit_id", "source", "target"]).reset_index(drop=True)


@kept.shared(3)
def _visits(version: str) -> dict[str, Record]:  # noqa: ARG001 (part of the cache key)
    return {row["id"]: row for row in records(ask("visits")[["id", "name", "on", "on_from", "kind"]])}


@kept.shared(3)
def _steps(version: str) -> dict[str, Record]:  # noqa: ARG001 (part of the cache key)
    return {row["adoption_id"]: row for row in records(ask("adoption_steps"))}


@kept.copied(3)
def _overview(version: str) -> pd.DataFrame:
    ledger = _ledger(version)
    part = ledger.taking_part()
    above = {over for region in part for over in ledger.land.above(region)}
    table = ask("regions")[["id", "name", "kind", "country"]]
    table = table[table["id"].isin(part | above)].reset_index(drop=True)
    found = [ledger.account(region) for region in table["id"]]
    return table.assign(
        gave=[len(one.given) for one in found],
        went=[one.went for one in found],
        took=[one.took for one in found],
        visited=[len({trip.visit for trip in one.trips}) for one in found],
        hosted=[len({visit for place in one.inside for visit in ledger.hosted.get(place, ())}) for one in found],
        itself=[one.region in part for one in found],
        itself_took=[any(item.learner == one.region for item in one.taken) for one in found],
        itself_gave=[any(item.source == one.region for item in one.given) for one in found],
    )


@kept.shared(3)
def _early_or_late(version: str) -> dict[tuple[str, str], tuple[str, int]]:  # noqa: ARG001 (part of the cache key)
    known = evidence()
    taken = takings(known)
    dated = taken.dropna(subset=["on_from", "on_to"])
    if dated.empty:
        return {}
    regions, approaches = sorted(set(dated["region_id"])), sorted(set(dated["approach_id"]))
    periods = Periods.covering(dated["on_from"], dated["on_to"])
    found = times_of_adoption(taken, regions, approaches, periods, origins=known.approaches)
    classes, of = adopter_classes(found.toa), (found.toa == found.toa).sum(axis=0)
    place, column = {r: i for i, r in enumerate(regions)}, {a: i for i, a in enumerate(approaches)}
    pairs = zip(dated["approach_id"], dated["region_id"], strict=True)
    return {(a, r): (str(classes[place[r], column[a]]), int(of[column[a]])) for a, r in pairs}


@kept.shared(3)
def _users(version: str) -> dict[str, set[str]]:
    """By approach, the regions that use it: where it began, and those that took it over and did not stop."""
    ledger = _ledger(version)
    found = {approach: {origin} for approach, origin in ledger.origins.items()}
    for approach, learner in ledger.learners:
        if learner.gave_up is None:
            found.setdefault(approach, set()).add(learner.region)
    return found


@kept.shared(3)
def _about(version: str) -> dict[str, list[tuple[str, str]]]:  # noqa: ARG001 (part of the cache key)
    """By theme, the approaches that address it or a theme that is part of it: (id, name)."""
    themes = ask("themes")
    above = {i: p for i, p in zip(themes["id"], themes["parent_id"], strict=True) if isinstance(p, str)}
    table = ask("approaches")
    found: dict[str, list[tuple[str, str]]] = {}
    for approach, name, own in zip(table["id"], table["name"], table["themes"], strict=True):
        reached: set[str] = set()
        for theme in own:
            step: str | None = theme
            while step and step not in reached:
                reached.add(step)
                step = above.get(step)
        for theme in reached:
            found.setdefault(theme, []).append((approach, name))
    return found


def kinds_in_order(present: set[str]) -> list[str]:
    """Codes of the kinds of region that are present, the widest first."""
    return [option.code for option in REGION_KINDS if option.code in present]
