"""Figures over all approaches together: what visits yield, what became of projects, from whom others learnt."""

from dataclasses import dataclass

import pandas as pd

from explorer.analysis.spread.at_risk import pairs
from explorer.analysis.spread.funnel import Funnel, funnel, stalled
from explorer.analysis.spread.lags import UsualLag, usual_lag
from explorer.analysis.spread.yields import Comparison, VisitYield, comparison, visit_yield

from . import kept
from .evidence import evidence, trees
from .graph import ask, state

_NO_STALLED = ["region_id", "approach_id", "visit_id", "days", "present"]


@dataclass(frozen=True)
class Programme:
    """What is known over all approaches.

    Attributes
    ----------
    funnel
        From story to visit to taking-over, per project, visit and pair.
    visits
        What share of the regions that came had taken it over by when.
    beside
        The same beside regions that did not come.
    lag
        The usual time from a visit to the taking-over.
    stalled
        As `funnel.stalled` gives it; empty where `quiet_unknown`.
    quiet_unknown
        Why nothing can be called stalled: "lag" (too few takings-over after a
        visit), "until" (no data set says until when it reaches); else empty.
    teachers
        region_id, region, taken_over (by others, who are shown as having learnt
        it from there), regions, approaches, passed_on (of those, approaches that
        it had itself taken over), stated; most first.
    """

    funnel: Funnel
    visits: VisitYield
    beside: Comparison
    lag: UsualLag
    stalled: pd.DataFrame
    quiet_unknown: str
    teachers: pd.DataFrame


def programme() -> Programme:
    """The figures over all approaches, in this page's version of the data."""
    return _programme(state().version)


# None of the pages changes these, so all sessions share them as they are.
@kept.shared(3)
def _programme(version: str) -> Programme:  # noqa: ARG001 (part of the cache key)
    known, found = evidence(), trees()
    projects = ask("projects").rename(columns={"id": "project_id"})
    visits = ask("visits").rename(columns={"id": "visit_id"})
    at_risk, lag = pairs(known), usual_lag(found.values())
    unknown = "until" if known.until is None else "lag" if lag.days != lag.days or lag.days <= 0 else ""
    return Programme(
        funnel(known, found, projects, ask("visit_subjects"), visits),
        visit_yield(at_risk),
        comparison(at_risk),
        lag,
        pd.DataFrame(columns=_NO_STALLED) if unknown else stalled(known, lag.days),
        unknown,
        _teachers(),
    )


def _teachers() -> pd.DataFrame:
    """Regions that others are shown as having learnt from: by a statement, or by a visit before."""
    names = evidence().land.names
    rows = [
        {
            "region_id": learner.source,
            "learner": learner.region,
            "approach_id": tree.approach,
            "passed_on": tree.origin != learner.source,
            "stated": bool(learner.parent and learner.parent.grade == "stated"),
        }
        for tree in trees().values()
        for learner in tree.learners
        if learner.parent and learner.source and learner.parent.grade != "inferred"
    ]
    table = pd.DataFrame(rows, columns=["region_id", "learner", "approach_id", "passed_on", "stated"])
    groups = table.groupby("region_id")
    found = pd.DataFrame(
        {
            "taken_over": groups.size(),
            "regions": groups["learner"].nunique(),
            "approaches": groups["approach_id"].nunique(),
            "passed_on": table[table["passed_on"].astype(bool)].groupby("region_id")["approach_id"].nunique(),
            "stated": groups["stated"].sum(),
        }
    )
    found = found.fillna({"passed_on": 0}).astype(int).reset_index()
    found.insert(1, "region", found["region_id"].map(names).astype(object))
    order = ["taken_over", "regions", "region"]
    return found.sort_values(order, ascending=[False, False, True], ignore_index=True)
