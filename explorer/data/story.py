"""What more there is to tell of one approach: who learnt it from whom, what came of visits, its elements, its files."""

import math
from dataclasses import dataclass
from io import BytesIO

import pandas as pd
import streamlit as st

from explorer.analysis.records import Record, records
from explorer.analysis.spread import ladder, tree_files
from explorer.analysis.spread.evidence import Span, span
from explorer.analysis.spread.lags import UsualLag
from explorer.analysis.spread.tree import Learner, LearningTree
from explorer.pictures.maps import Ring, shapes_of
from graph_store.schema import STORY_KINDS

from . import kept
from .evidence import evidence, trees
from .graph import ask, state
from .network import names
from .programme import programme
from .spread import Story, outlines, story


@dataclass(frozen=True)
class Learning:
    """One approach as its measures see it.

    Attributes
    ----------
    tree
        From whom each region may have learnt it.
    began
        The days on which it may have begun, None where unknown.
    visits
        Name, date as written, and first year of each visit by id; the year is None where unknown.
    pairs
        region_id, region, outcome (code of `outcomes.OUTCOMES`), visits: one row
        per region that came to see it elsewhere.
    stalled
        region_id, region, visit_id, days, present: see `funnel.stalled`.
    quiet_unknown
        Why nothing can be called stalled: "lag", "until", or empty.
    lag
        The usual time from a visit to a taking-over, over all approaches.
    elements
        Names of its elements by id.
    passed, fidelity
        As `ladder.passed_on` and `ladder.fidelity` give them, for this approach.
    """

    tree: LearningTree
    began: Span | None
    visits: dict[str, tuple[str, str | None, int | None]]
    pairs: list[Record]
    stalled: list[Record]
    quiet_unknown: str
    lag: UsualLag
    elements: dict[str, str]
    passed: pd.DataFrame
    fidelity: pd.DataFrame

    @property
    def learners(self) -> dict[str, Learner]:
        """The regions that took it over, by id."""
        return {learner.region: learner for learner in self.tree.learners}


def learning(approach: str) -> Learning:
    """What the measures say of an approach that `spread.story` knows."""
    return _learning(approach, state().version)


def table(approach: str) -> pd.DataFrame:
    """One row per region: how it stands towards the approach, since when, from whom, how sure, what it did with it.

    Returns
    -------
    DataFrame
        Ids beside names, codes as in the records, dates as written; empty text for what is unknown.
    """
    found = story(approach)
    known = learning(approach)
    regions = found.regions if found else []
    rows = [_row(item.region_id, item.region, item.standing, item.step, known) for item in regions]
    return pd.DataFrame(rows, columns=list(_row("", "", "", None, known)), dtype=object)


def files(approach: str) -> dict[str, bytes]:
    """The files to save, by ending (csv, xlsx, graphml, nwk, json); no tree without learners."""
    return _files(approach, state().version)


def shown_at(found: Story) -> tuple[int, int]:
    """How many visits are about the approach, and at how many of them it was presented as a case."""
    return len(found.visits), sum(visit["kind"] in STORY_KINDS for visit in found.visits)


def shapes() -> dict[str, list[Ring]]:
    """Outlines of regions by id, as far as there are any."""
    return _shapes()


@st.cache_resource(show_spinner=False)
def _shapes() -> dict[str, list[Ring]]:
    text = outlines()
    return shapes_of(text, "statcode") if text else {}


# None of the pages changes these, so all sessions share them as they are.
@kept.shared(500)
def _learning(approach: str, version: str) -> Learning:
    every = evidence()
    tree = trees()[approach]
    (began,) = records(every.approaches[every.approaches["approach_id"] == approach])
    figures = programme()
    land = every.land.names
    pairs = figures.funnel.pairs
    own = records(pairs[pairs["approach_id"] == approach])
    waiting = figures.stalled[figures.stalled["approach_id"] == approach]
    listed = ask("approach_elements")
    listed = listed[listed["approach_id"] == approach]
    fates = ask("element_fates").rename(columns={"adoption_id": "step_id"})
    passed = ladder.passed_on(tree, every.steps[every.steps["approach_id"] == approach], fates, listed)
    return Learning(
        tree,
        span(began, "started_from", "started_to"),
        _visits(version),
        [{**row, "region": land[row["region_id"]]} for row in own],
        [{**row, "region": land[row["region_id"]]} for row in records(waiting)],
        figures.quiet_unknown,
        figures.lag,
        dict(zip(listed["element_id"], listed["element"], strict=True)),
        passed,
        ladder.fidelity(passed),
    )


@kept.shared(3)
def _visits(version: str) -> dict[str, tuple[str, str | None, int | None]]:  # noqa: ARG001 (part of the cache key)
    rows = ask("visits")
    return {
        i: (name, on, first.year if first is not None else None)
        for i, name, on, first in zip(rows["id"], rows["name"], rows["on"], rows["on_from"], strict=True)
    }


def _row(region: str, name: str, standing: str, step: Record | None, known: Learning) -> Record:
    learner = known.learners.get(region)
    parent = learner.parent if learner else None
    odds = learner.odds if learner else math.nan
    land = evidence().land.names
    visit = parent.visit if parent else ""
    told = {key: (step or {}).get(key) or "" for key in ("on", "stage", "kept", "changed", "dropped", "note")}
    return {
        "region_id": region,
        "region": name,
        "standing": standing,
        "stage": told["stage"],
        "on": told["on"],
        "stopped_from": str(learner.gave_up[0]) if learner and learner.gave_up else "",
        "from_region_id": learner.source if learner else "",
        "from_region": land.get(learner.source, "") if learner else "",
        "visit_id": visit,
        "visit": known.visits.get(visit, ("", None, None))[0] if visit else "",
        "grade": parent.grade if parent else "",
        "order_certain": "" if parent is None else "yes" if parent.certain else "no",
        "odds": "" if math.isnan(odds) else round(odds, 3),
        "reason": learner.reason if learner else "",
        "others": len(learner.others) if learner else "",
        "kept": told["kept"],
        "changed": told["changed"],
        "left_out": told["dropped"],
        "note": told["note"],
        "sources": "; ".join((step or {}).get("sources") or []),
    }


@kept.copied(200)
def _files(approach: str, version: str) -> dict[str, bytes]:  # noqa: ARG001 (part of the cache key)
    rows = table(approach)
    sheet = BytesIO()
    rows.to_excel(sheet, index=False, sheet_name="regions")
    found = {"csv": rows.to_csv(index=False).encode("utf-8-sig"), "xlsx": sheet.getvalue()}
    known = learning(approach)
    if known.tree.learners:
        named = {node: name for node, (name, _label) in names().items()}
        found["graphml"] = tree_files.graphml(known.tree, named)
        found["nwk"] = tree_files.newick(known.tree, named, known.began).encode()
        found["json"] = tree_files.as_json(known.tree, named).encode()
    return found
