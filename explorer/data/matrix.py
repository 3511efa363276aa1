"""Regions by approaches: where each region stands, narrowed by the filters and cut to what can be read."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from explorer.analysis.records import Record, records
from explorer.analysis.spread.ladder import climbs
from graph_store.schema import TAKEN_OVER

from . import kept
from .evidence import evidence
from .graph import ask, state
from .programme import programme
from .spread_overview import Filters, overview

MOST_APPROACHES, MOST_REGIONS = 36, 90

ORDERS = ("country", "approach")


@dataclass(frozen=True)
class Standings:
    """Who stands where.

    Attributes
    ----------
    approaches
        approach_id, name; those that reached most regions first.
    regions
        region_id, name, country; in the order asked for.
    cells
        region_id, approach_id, code (a stage, "origin" or "came"), on (as written, or None).
    counts
        How many cells there are of each code, before anything is cut.
    whole
        Regions and approaches with any cell, before anything is cut.
    """

    approaches: list[Record]
    regions: list[Record]
    cells: list[Record]
    counts: dict[str, int]
    whole: tuple[int, int]


def standings(filters: Filters, order: str = "country") -> Standings:
    """Where each region stood with each approach at the end of the period, or as far as is known."""
    return _standings(filters, order, state().version)


@kept.copied(100)
def _standings(filters: Filters, order: str, version: str) -> Standings:
    ranked = overview(Filters(filters.theme, filters.regions)).rows[["approach_id", "name"]]
    cells = _cells(date(filters.years[1], 12, 31) if filters.years else None, version)
    cells = cells[cells["approach_id"].isin(set(ranked["approach_id"]))]
    if filters.regions:
        cells = cells[cells["region_id"].isin(evidence().land.within_any(filters.regions))]
    told = ranked[ranked["approach_id"].isin(set(cells["approach_id"]))]
    shown = told.head(MOST_APPROACHES)
    rows = _rows(cells, list(shown["approach_id"]), order)
    kept = cells[cells["approach_id"].isin(set(shown["approach_id"])) & cells["region_id"].isin(rows["region_id"])]
    return Standings(
        records(shown),
        records(rows),
        records(kept),
        {str(code): int(count) for code, count in cells["code"].value_counts().items()},
        (int(cells["region_id"].nunique()), len(told)),
    )


def _rows(cells: pd.DataFrame, approaches: list[str], order: str) -> pd.DataFrame:
    """The regions with most on record about these approaches, ordered so that blocks show."""
    place = {approach: rank for rank, approach in enumerate(approaches)}
    ours = cells[cells["approach_id"].isin(place)]
    ours = ours.assign(
        took=ours["code"].isin(TAKEN_OVER), step=~ours["code"].isin(["came"]), place=ours["approach_id"].map(place)
    )
    groups = ours.groupby("region_id")
    found = pd.DataFrame({"took": groups["took"].sum(), "steps": groups["step"].sum(), "cells": groups.size()})
    found["place"] = ours.sort_values(["step", "place"], ascending=[False, True]).groupby("region_id")["place"].first()
    found = found.join(ask("regions").set_index("id")[["name", "country"]]).reset_index()
    most = ["took", "steps", "cells", "name"]
    found = found.sort_values(most, ascending=[False, False, False, True]).head(MOST_REGIONS)
    if order == "approach":
        return found.sort_values(["place", *most], ascending=[True, False, False, False, True], ignore_index=True)
    found["weight"] = found.groupby("country")["took"].transform("sum")
    keys, rising = ["weight", "country", *most], [False, True, False, False, False, True]
    return found.sort_values(keys, ascending=rising, ignore_index=True)


@kept.copied(60)
def _cells(until: date | None, version: str) -> pd.DataFrame:  # noqa: ARG001 (part of the cache key)
    """Every pair of which something is on record by that day: the last step, else where it began, else who came."""
    known, keys = evidence(), ["region_id", "approach_id"]
    steps = climbs(known.steps)
    came = programme().funnel.meetings[[*keys, "visit_to"]]
    began = known.approaches.rename(columns={"origin": "region_id"}).dropna(subset=["region_id"])
    if until is not None:
        steps = steps[steps["on_to"] <= until.toordinal()]
        came = came[came["visit_to"] <= until.toordinal()]
        began = began[[not isinstance(day, date) or day <= until for day in began["started_to"]]]
    last = steps.drop_duplicates(keys, keep="last").merge(known.steps[["step_id", "on"]], on="step_id", how="left")
    starts = ask("approaches").set_index("id")["started"]
    parts = [
        began[keys].assign(code="origin", on=began["approach_id"].map(starts)),
        last[[*keys, "stage", "on"]].rename(columns={"stage": "code"}),
        came[keys].drop_duplicates().assign(code="came", on=None),
    ]
    return pd.concat([part.astype(object) for part in parts]).drop_duplicates(keys, ignore_index=True)
