"""The records of the graph as the tables that the measures of spread start from."""

from collections.abc import Callable
from datetime import date

import pandas as pd
import streamlit as st

from explorer.analysis.spread.evidence import Evidence
from explorer.analysis.spread.inferred import inferred
from explorer.analysis.spread.learning import learning_trees
from explorer.analysis.spread.odds import shares
from explorer.analysis.spread.tree import LearningTree
from explorer.analysis.territories import Territories
from graph_store.dates import interval

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
    outcomes = presence[presence["part"] == "attended"][["visit_id", "body_id", "outcome"]]
    attended = answer("region_attendance").merge(
        outcomes.rename(columns={"body_id": "attendee_id"}), on=["visit_id", "attendee_id"], how="left"
    )
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
@st.cache_resource(show_spinner=False, max_entries=3)
def _evidence(version: str) -> Evidence:  # noqa: ARG001 (part of the cache key)
    return recorded(ask, territories())


@st.cache_resource(show_spinner=False, max_entries=3)
def _trees(version: str) -> dict[str, LearningTree]:
    known = _evidence(version)
    return learning_trees(known, shares=shares(known), inferred=inferred(known))


def _until(sets: pd.DataFrame) -> date | None:
    """The last day up to which every data set looked for steps; None where one does not say."""
    said = [interval(text)[1] if isinstance(text, str) else None for text in sets["data_until"]]
    days = [day for day in said if day is not None]
    return min(days) if days and len(days) == len(said) else None
