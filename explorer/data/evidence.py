"""The records of the graph as the tables that the measures of spread start from."""

from collections.abc import Callable
from datetime import date

import pandas as pd

from explorer.analysis.spread.evidence import Evidence
from explorer.analysis.spread.inferred import inferred
from explorer.analysis.spread.learning import learning_trees
from explorer.analysis.spread.odds import shares
from explorer.analysis.spread.tree import LearningTree
from explorer.analysis.territories import Territories
from graph_store.dates import interval

from . import kept
from .graph import ask, state
from .network import territories


def evidence() -> Evidence:
    """All that is on record about the spread of approaches, in this page's version of the data."""
    return _evidence(state().version)


def trees() -> dict[str, LearningTree]:
    """The learning tree of every approach."""
    return _trees(state().version)


def recorded(answer: Callable[..., pd.DataFrame], land: Territories) -> Evidence:
    """The evidence of the graph that `answer` asks named queries of."""
    approaches = answer("approaches").drop(columns="origin")
    approaches = approaches.rename(columns={"id": "approach_id", "origin_id": "origin"})
    steps = answer("adoption_steps")
    presence = answer("visit_presence")
    hosts = presence[presence["part"] == "hosted"][["visit_id", "region_id"]].dropna().drop_duplicates()
    attended = answer("region_attendance").merge(_answered(presence), on=["visit_id", "attendee_id"], how="left")
    return Evidence(
        approaches[["approach_id", "origin", "started_from", "started_to"]],
        steps.assign(step_id=steps["adoption_id"]),
        answer("approach_visits"),
        hosts,
        attended,
        land,
        _until(answer("data_sets")),
    )


# None of the pages changes these, so all sessions share them as they are.
@kept.shared(3)
def _evidence(version: str) -> Evidence:  # noqa: ARG001 (part of the cache key)
    return recorded(ask, territories())


@kept.shared(3)
def _trees(version: str) -> dict[str, LearningTree]:
    known = _evidence(version)
    return learning_trees(known, shares=shares(known), inferred=inferred(known))


def _answered(presence: pd.DataFrame) -> pd.DataFrame:
    """What those who attended answered, and the days that its date may mean."""
    told = presence.loc[presence["part"] == "attended", ["visit_id", "body_id", "outcome", "outcome_on"]]
    days = [interval(text) if isinstance(text, str) else (None, None) for text in told["outcome_on"]]
    first, last = (pd.Series([day[end] for day in days], index=told.index, dtype=object) for end in (0, 1))
    return told.rename(columns={"body_id": "attendee_id"}).assign(outcome_from=first, outcome_to=last)


def _until(sets: pd.DataFrame) -> date | None:
    """The last day up to which every data set that holds steps looked for them; None where one does not say.

    A data set without steps, such as one of answers or of plans, looked for
    none and is not asked, unless none holds any.
    """
    looked = sets[sets["steps"] > 0] if (sets["steps"] > 0).any() else sets
    said = [interval(text)[1] if isinstance(text, str) else None for text in looked["data_until"]]
    days = [day for day in said if day is not None]
    return min(days) if days and len(days) == len(said) else None
