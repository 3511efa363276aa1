"""The rows behind the numbers of the page Spread."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from explorer.analysis.periods import in_period
from explorer.analysis.records import Record, records
from explorer.analysis.spread.funnel import Funnel
from explorer.analysis.spread.outcomes import OUTCOMES
from graph_store.schema import ENDED, INTEREST, TAKEN_OVER

from .evidence import evidence
from .graph import ask
from .programme import programme
from .spread_overview import Filters, chosen, first_takings

_PAIR = ["approach_id", "region_id"]
_RANK = {item.code: rank for rank, item in enumerate(OUTCOMES)}

OF_REGIONS = ("taken", "interested", "dropped", "came", "took", "stalled")
OF_PROJECTS = ("told", "visited", "elsewhere")
OF_VISITS = ("visits",)


@dataclass(frozen=True)
class Behind:
    """What a number counts.

    `rows` of regions: region_id, region, approach_id, approach, stage, on,
    visit_id, visit, outcome, days (each None where it says nothing). Of visits: visit_id,
    visit, on, hosts, approach_id, approach. Of projects: project_id, project,
    stories, visits, guests, grade, and one count per grade of evidence.
    `regions` is how many regions there are in them.
    """

    of: str
    approach: str
    rows: list[Record]
    regions: int


def behind(filters: Filters, of: str, approach: str = "") -> Behind | None:
    """The rows that a number of the page counts, of one approach or of all that the filters leave.

    None where there is no such number or approach.
    """
    every = ask("approaches").set_index("id")["name"]
    if of not in (*OF_REGIONS, *OF_VISITS, *OF_PROJECTS) or (approach and approach not in every.index):
        return None
    wanted = {approach} if approach else set(chosen(filters))
    name = str(every.get(approach, ""))
    if of in OF_PROJECTS:
        return Behind(of, "", records(_projects(programme().funnel, of)), 0)
    table = _visits(filters, wanted) if of in OF_VISITS else _of_regions(filters, of, wanted)
    table = table.assign(approach=table["approach_id"].map(every))
    return Behind(of, name, records(table), table["region_id"].nunique() if "region_id" in table else 0)


def _of_regions(filters: Filters, of: str, approaches: set[str]) -> pd.DataFrame:
    if of in ("came", "took", "stalled"):
        table = _guests(filters, of)
    else:
        table = first_takings(filters) if of == "taken" else _steps(filters, of)
    table = table[table["approach_id"].isin(approaches)]
    for column in ("stage", "on", "visit_id", "outcome", "days"):
        if column not in table:
            table = table.assign(**{column: None})
    visits = ask("visits").set_index("id")["name"]
    table = table.assign(region=table["region_id"].map(evidence().land.names), visit=table["visit_id"].map(visits))
    columns = ["region_id", "region", "approach_id", "stage", "on", "visit_id", "visit", "outcome", "days"]
    found = table[columns].astype(object)
    return found.where(found.notna() & (found != ""), None).reset_index(drop=True)


def _steps(filters: Filters, of: str) -> pd.DataFrame:
    """The last step of interest, or of dropping, of each region; of interest where nothing was taken over."""
    every = evidence().steps
    steps = every[in_period(every, "on_from", "on_to", filters.years)]
    steps = steps[steps["stage"].isin(INTEREST if of == "interested" else ENDED)]
    if of == "interested":
        takers = pd.MultiIndex.from_frame(every.loc[every["stage"].isin(TAKEN_OVER), _PAIR])
        steps = steps[~pd.MultiIndex.from_frame(steps[_PAIR]).isin(takers)]
    return steps.drop_duplicates(_PAIR, keep="last")


def _guests(filters: Filters, of: str) -> pd.DataFrame:
    """Regions that came, each with the furthest that is known to have come of it, or those gone quiet."""
    found = programme()
    table = found.stalled if of == "stalled" else found.funnel.meetings
    dates = ask("visits").rename(columns={"id": "visit_id"})[["visit_id", "on", "on_from", "on_to"]]
    table = table.merge(dates, on="visit_id", how="left")
    table = table[in_period(table, "on_from", "on_to", filters.years)]
    if of == "stalled":
        return table.rename(columns={"present": "stage"})
    table = table.assign(rank=table["outcome"].map(_RANK)).sort_values([*_PAIR, "rank", "on_from", "visit_id"])
    table = table.drop_duplicates(_PAIR).sort_values(["rank", *_PAIR])
    return table[table["outcome"] == "taken over"] if of == "took" else table


def _visits(filters: Filters, approaches: set[str]) -> pd.DataFrame:
    shown = evidence().shown[["visit_id", "approach_id"]].drop_duplicates()
    shown = shown[shown["approach_id"].isin(approaches)]
    visits = ask("visits").rename(columns={"id": "visit_id", "name": "visit"})
    found = visits.merge(shown, on="visit_id")
    found = found[in_period(found, "on_from", "on_to", filters.years)]
    return found[["visit_id", "visit", "on", "host_ids", "hosts", "approach_id"]].reset_index(drop=True)


def _projects(found: Funnel, of: str) -> pd.DataFrame:
    table = found.projects
    kept = {"told": table["stories"] > 0, "visited": table["visits"] > 0, "elsewhere": table["grade"] != ""}[of]
    names = ask("projects").set_index("id")["name"]
    table = table[np.asarray(kept, dtype=bool)]
    return table.assign(project=table["project_id"].map(names)).sort_values(["project", "project_id"])
