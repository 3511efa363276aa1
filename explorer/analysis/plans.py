"""Plans side by side: what changed between the plans of a region, what was judged, which themes have projects."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from .records import records

Listed = Mapping[str, tuple[str, str | None, str, str]]  # project to its name, the plan's word, and the plan

# What the lists of projects show for a project, whatever the plan itself calls it.
FIRST, AGAIN, GONE, OPEN = "first", "again", "gone", "open"

# Where a plan's own word and the lists of projects do not fit together: (the plan says, the lists show).
AT_ODDS = {("new", AGAIN), ("continued", FIRST), ("ended", FIRST)}

CHANGES = ["region_id", "region", "before", "year", "project_id", "project", "plan_id", "plan", "said", "found", "odd"]


def by_region(plans: pd.DataFrame) -> pd.DataFrame:
    """One row per plan and region that it covers.

    Parameters
    ----------
    plans
        Columns id, name, year, status, region_ids and regions (lists side by side).

    Returns
    -------
    DataFrame
        Columns plan_id, plan, year, status, region_id, region; a plan that names no region has one row with
        None for both.
    """
    rows = [
        (plan, name, year, status, region, region_name)
        for plan, name, year, status, ids, names in plans[
            ["id", "name", "year", "status", "region_ids", "regions"]
        ].itertuples(index=False)
        for region, region_name in (list(zip(ids, names, strict=True)) or [(None, None)])
    ]
    return pd.DataFrame(rows, columns=["plan_id", "plan", "year", "status", "region_id", "region"])


def changes(covering: pd.DataFrame, listings: pd.DataFrame) -> pd.DataFrame:
    """What is new, continued and ended from one plan of a region to its next one.

    Parameters
    ----------
    covering
        Plans by region, as `by_region` gives them.
    listings
        Columns plan_id, project_id, project, standing (what the plan calls it, None where it does not say).

    Returns
    -------
    DataFrame
        One row per region, year with a plan, and project. `before`: year of the plan before, NaN for the first
        one. `said`: the plan's own word. `found`: "first" when the plan before does not list it, "again" when it
        does, "gone" when only the plan before does (`plan` is then that one), "open" when there is no plan
        before or one of the two lists no project, so that nothing can be said. `odd`: whether word and lists
        disagree. Several plans of one region and year count as one.
    """
    listed: dict[tuple[str, int], dict[str, tuple[str, str | None, str, str]]] = {}
    both = covering.dropna(subset=["region_id"]).merge(listings[["plan_id", "project_id", "project", "standing"]])
    for row in records(both):
        own = listed.setdefault((row["region_id"], int(row["year"])), {})
        own.setdefault(row["project_id"], (row["project"], row["standing"], row["plan_id"], row["plan"]))
    years: dict[tuple[str, str], set[int]] = {}
    for row in records(covering.dropna(subset=["region_id"])):
        years.setdefault((row["region_id"], row["region"]), set()).add(int(row["year"]))
    rows: list[tuple[Any, ...]] = []
    for (region, name), own_years in years.items():
        before: int | None = None
        for year in sorted(own_years):
            was = listed.get((region, before), {}) if before is not None else {}
            rows += [(region, name, before, year, *change) for change in _between(was, listed.get((region, year), {}))]
            before = year
    found = pd.DataFrame(rows, columns=CHANGES).astype({"before": "Int64", "odd": bool})
    return found.sort_values(["region", "year", "project"], ascending=[True, False, True], ignore_index=True)


def _between(was: Listed, now: Listed) -> list[tuple[Any, ...]]:
    comparable = bool(was) and bool(now)
    rows: list[tuple[Any, ...]] = []
    for project, (name, said, plan, plan_name) in now.items():
        found = (AGAIN if project in was else FIRST) if comparable else OPEN
        rows.append((project, name, plan, plan_name, said, found, (said, found) in AT_ODDS))
    if comparable:
        rows += [
            (project, name, plan, plan_name, said, GONE, False)
            for project, (name, said, plan, plan_name) in was.items()
            if project not in now
        ]
    return rows


def by_criterion(judgements: pd.DataFrame) -> pd.DataFrame:
    """How each criterion was used.

    Parameters
    ----------
    judgements
        Columns plan_id, project_id, criterion, score, of (NaN where no points are on record).

    Returns
    -------
    DataFrame
        criterion, judged (how many), scored (how many of them with points and a maximum), middle (median of
        points as a share of the maximum, 0 to 1, NaN without any), most judged first.
    """
    share = judgements["score"] / judgements["of"].where(judgements["of"] > 0)
    rated = judgements.assign(share=share.astype(float))
    grouped = rated.groupby("criterion", sort=True)["share"]
    found = grouped.agg(judged="size", scored="count", middle="median").reset_index()
    return found.sort_values(["judged", "criterion"], ascending=[False, True], ignore_index=True)


def coverage(covered: pd.DataFrame) -> pd.DataFrame:
    """How many plans and projects address each theme in each region.

    Parameters
    ----------
    covered
        One row per region, theme and plan or project: region_id, region, theme_id, theme, kind, item_label.

    Returns
    -------
    DataFrame
        region_id, region, theme_id, theme, kind, plans, projects: only pairs with at least one of either.
    """
    keys = ["region_id", "region", "theme_id", "theme", "kind"]
    marked = covered.assign(plans=covered["item_label"] == "Plan", projects=covered["item_label"] == "Project")
    return marked.groupby(keys, sort=False)[["plans", "projects"]].sum().astype(int).reset_index()


def activities(
    covered: pd.DataFrame, applied: Mapping[str, list[str]], themes_of: Mapping[str, list[str]]
) -> pd.DataFrame:
    """The projects on each theme, with the approaches that they apply to it.

    Parameters
    ----------
    covered
        One row per region, theme and project: region_id, theme_id, item_id, item.
    applied
        Approaches that each project applies.
    themes_of
        Themes that each approach addresses.

    Returns
    -------
    DataFrame
        theme_id, project_id, project, region_ids, approach_ids: of the approaches that a project applies those
        that address the theme; all of them where none does, as the project then addresses the theme itself.
    """
    keys = ["theme_id", "item_id", "item"]
    found = covered.groupby(keys, sort=False)["region_id"].agg(lambda ids: sorted(set(ids))).reset_index()
    found = found.rename(columns={"item_id": "project_id", "item": "project", "region_id": "region_ids"})
    fitting = []
    for theme, project in zip(found["theme_id"], found["project_id"], strict=True):
        own = applied.get(project, [])
        fitting.append([item for item in own if theme in themes_of.get(item, [])] or list(own))
    return found.assign(approach_ids=pd.Series(fitting, index=found.index, dtype=object))
