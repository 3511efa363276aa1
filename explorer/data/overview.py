"""The overview: what is in here, what spread lately, who ties regions together, what the data lack."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

import pandas as pd

from explorer.analysis.records import records
from graph_store.schema import TAKEN_OVER

from . import kept
from .graph import ask, state
from .network import names, positions, territories


@dataclass(frozen=True)
class SourceFacts:
    """Where the data come from."""

    data_sets: list[str]
    simulated: bool
    loaded_at: str
    sources: int


def prepared() -> None:
    """Ask what the overview tells and takes long to find."""
    lacking(), counts(), period(), ask("visits"), names(), regions_on_map()


def counts() -> dict[str, int]:
    """Nodes by label."""
    return _counts(ask("node_counts"), "label", "nodes")


def period() -> tuple[int, int] | None:
    """First and last year of anything dated; None where nothing is."""
    rows = ask("period").dropna().to_dict("records")
    return (int(rows[0]["first_year"]), int(rows[0]["last_year"])) if rows else None


def source_facts() -> SourceFacts:
    """Data sets, when they were loaded and how many sources they rest on."""
    sets = ask("data_sets")
    return SourceFacts(
        data_sets=[str(name) for name in sets["name"]],
        simulated=bool((sets["kind"] == "simulated").any()),
        loaded_at=state().loaded_at,
        sources=counts().get("Source", 0),
    )


def data_sets() -> list[dict[str, Any]]:
    """The data sets in the graph: id, name, kind, data_until, licence, note."""
    return records(ask("data_sets"))


def lately(count: int) -> list[dict[str, Any]]:
    """The latest takings-over that are dated, newest first."""
    return records(ask("latest_takings", limit=count))


def most_connected(count: int) -> list[dict[str, Any]]:
    """The organisations with most partners in shared projects."""
    return records(ask("most_connected", limit=count))


def reach(count: int) -> list[dict[str, Any]]:
    """The approaches that most regions took over."""
    found = ask("approaches_by_reach", limit=count)
    return records(found[found["taken_over"] > 0])


def regions_on_map() -> list[dict[str, Any]]:
    """Regions with a position where an approach began, or that took one over themselves, those with most first.

    Each is told as on its own page: with all that lies in it (`inside`: whether
    anything does), `taken_over` counts approaches from elsewhere and `origin_of`
    those that began there. An approach of unknown origin counts for the region
    that took it over alone, where the page goes by whom it was learnt from.
    `went`: how often what began there was taken over elsewhere; of regions with
    equally many, those from which most went out come first.
    """
    return _regions_on_map(state().version)


def meetings(today: str, count: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Meetings to come, the next first, and those that were, the last first."""
    visits = ask("visits")
    dated = visits[visits["on"].notna()].assign(day=visits["on_to"].astype(str))
    coming = dated[dated["day"] >= today].sort_values("on_from").head(count)
    past = dated[dated["day"] < today].sort_values("on_from", ascending=False).head(count)
    return records(coming), records(past)


def lacking() -> dict[str, int]:
    """How many rows each query on what the data lack returns, by its name."""
    names = (
        "visits_without_date",
        "visits_without_outcome",
        "organisations_in_no_project",
        "regions_without_approach",
        "approaches_without_origin",
        "adoptions_without_visit",
        "nodes_without_source",
    )
    return {name: len(ask(name)) for name in names}


@kept.copied(3)
def _regions_on_map(version: str) -> list[dict[str, Any]]:  # noqa: ARG001 (part of the cache key)
    """Counted from the steps alone: the start page waits for no learning tree."""
    land, where = territories(), positions()
    approaches, steps = ask("approaches"), ask("adoption_steps")
    origins = dict(approaches[["id", "origin_id"]].dropna().itertuples(index=False, name=None))
    taken = steps.loc[steps["stage"].isin(TAKEN_OVER), ["region_id", "approach_id"]].drop_duplicates()
    took: defaultdict[str, set[str]] = defaultdict(set)
    began: defaultdict[str, set[str]] = defaultdict(set)
    went: Counter[str] = Counter()
    for approach, origin in origins.items():
        for place in (origin, *land.above(origin)):
            began[place].add(approach)
    acted = set(origins.values())
    for region, approach in taken.itertuples(index=False, name=None):
        home = origins.get(approach)
        if region == home:
            continue
        acted.add(region)
        # Where an approach began is not on record, nobody can tell whether it came to the whole country from elsewhere.
        here = {region, *land.above(region)} if home else {region}
        there = {home, *land.above(home)} if home else set()
        for place in here - there:
            took[place].add(approach)
        went.update(there - here)
    found = [
        {
            "id": place,
            "name": land.names[place],
            "latitude": where[place][0],
            "longitude": where[place][1],
            "taken_over": len(took[place]),
            "origin_of": len(began[place]),
            "went": went[place],
            "inside": len(land.within(place)) > 1,
        }
        for place in acted & where.keys()
    ]
    return sorted(found, key=lambda row: (-row["taken_over"] - row["origin_of"], -row["went"], row["name"]))


def _counts(table: pd.DataFrame, key: str, value: str) -> dict[str, int]:
    return {str(k): int(v) for k, v in zip(table[key], table[value], strict=True)}
