"""The adoption ladder: how far each region went with an approach, and which of its elements it took along."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from explorer.analysis.explained import Explained
from explorer.analysis.records import Record, records
from graph_store.schema import ENDED, INTEREST, TAKEN_OVER
from languages.words import N_

from .evidence import dated
from .tree import LearningTree

RUNGS = (*INTEREST, *TAKEN_OVER)
"""From lowest to highest."""

STAGES = (*RUNGS, *ENDED)

MOVES = ("up", "down", "same", "dropped", "resumed")

FATES = ("kept", "changed", "dropped", "contradicted", "not said")
"""What became of an element; "contradicted" where one step says two things of it."""

PASSED_ON = ("survived", "dropped here", "dropped before", "taken up again", "not said")

_PAIR = ["approach_id", "region_id"]
_HEIGHT = {stage: height for height, stage in enumerate(STAGES)}


def climbs(steps: pd.DataFrame) -> pd.DataFrame:
    """Every step with its place in the region's own sequence.

    Parameters
    ----------
    steps
        As in `Evidence.steps`: step_id, approach_id, region_id, stage, on_from, on_to.

    Returns
    -------
    DataFrame
        approach_id, region_id, place (0 for the first), step_id, stage, on_from, on_to
        (day numbers, NaN where unknown). In time order, unknown dates last;
        where dates do not tell, lower rungs come first and "dropped" last, so
        that no move down is invented.

    Raises
    ------
    ValueError
        When a stage is none of `STAGES`.
    """
    strange = set(steps["stage"]) - set(STAGES)
    if strange:
        raise ValueError(f"no such stage: {', '.join(sorted(map(str, strange)))}")
    rows = dated(steps[["step_id", *_PAIR, "stage", "on_from", "on_to"]])
    rows = rows.assign(height=rows["stage"].map(_HEIGHT).astype(float))
    rows = rows.sort_values([*_PAIR, "on_from", "on_to", "height", "step_id"], ignore_index=True)
    rows.insert(2, "place", rows.groupby(_PAIR, sort=False).cumcount())
    return rows[[*_PAIR, "place", "step_id", "stage", "on_from", "on_to"]]


def ladders(steps: pd.DataFrame) -> pd.DataFrame:
    """How far each region went with each approach.

    Returns
    -------
    DataFrame
        One row per pair with a step on record: approach_id, region_id, steps
        (how many), first, highest (the highest rung reached; empty where the
        only step is "dropped"), present (stage of the last step), one count
        per move of `MOVES`, undated (steps of unknown date: their place is a
        convention). Empty without steps.
    """
    climbed = climbs(steps)
    groups = climbed.groupby(_PAIR, sort=False)
    height = climbed["stage"].map(_HEIGHT).where(climbed["stage"].isin(RUNGS), -1)
    highest = height.groupby([climbed[name] for name in _PAIR], sort=False).max()
    found = pd.DataFrame(
        {
            "steps": groups.size(),
            "first": groups["stage"].first(),
            "highest": highest.map(dict(enumerate(RUNGS))).fillna(""),
            "present": groups["stage"].last(),
        }
    )
    moved = moves(steps)
    counts = pd.crosstab([moved[name] for name in _PAIR], moved["move"]) if len(moved) else pd.DataFrame()
    for move in MOVES:
        there = counts[move] if move in counts else pd.Series(dtype=float)
        found[move] = there.reindex(found.index).fillna(0).astype(int)
    found["undated"] = climbed["on_from"].isna().groupby([climbed[name] for name in _PAIR], sort=False).sum()
    return found.reset_index()


def moves(steps: pd.DataFrame) -> pd.DataFrame:
    """Each step but a region's first, with the one before.

    Returns
    -------
    DataFrame
        approach_id, region_id, from_stage, to_stage, move ("up" and "down"
        between rungs, "same", "dropped", "resumed": any rung after
        "dropped"), least_days, most_days (between the two steps; 0 and up, NaN
        where a date is unknown), certain (whether the dates leave no other order).
    """
    climbed = climbs(steps)
    before = climbed.groupby(_PAIR, sort=False)[["stage", "on_from", "on_to"]].shift()
    height, height_before = climbed["stage"].map(_HEIGHT), before["stage"].map(_HEIGHT)
    ended, ended_before = climbed["stage"].isin(ENDED), before["stage"].isin(ENDED)
    rises = [height == height_before, ended, ended_before, height > height_before]
    found = climbed[_PAIR].assign(
        from_stage=before["stage"],
        to_stage=climbed["stage"],
        move=np.select([rise.to_numpy() for rise in rises], ["same", "dropped", "resumed", "up"], "down"),
        least_days=(climbed["on_from"] - before["on_to"]).clip(lower=0),
        most_days=climbed["on_to"] - before["on_from"],
        certain=before["on_to"] < climbed["on_from"],
    )
    return found[climbed["place"] > 0].reset_index(drop=True)


def transitions(moved: pd.DataFrame) -> pd.DataFrame:
    """How often each stage followed each other one.

    Parameters
    ----------
    moved
        What `moves` gives.

    Returns
    -------
    DataFrame
        Counts; rows the stage before, columns the stage after, both `STAGES` in their order.
    """
    counts = moved.groupby(["from_stage", "to_stage"]).size()
    every = pd.MultiIndex.from_product([STAGES, STAGES], names=["from_stage", "to_stage"])
    return counts.reindex(every, fill_value=0).astype(int).unstack().reindex(index=list(STAGES), columns=list(STAGES))


def times_between(moved: pd.DataFrame) -> pd.DataFrame:
    """How long regions took from one stage to the next that is on record.

    Regions that have not moved yet are not in it, so it tells how fast the
    movers were, not how long a region stays where it is.

    Returns
    -------
    DataFrame
        from_stage, to_stage, moves, dated (those with both dates), least_days,
        most_days (the medians of the shortest and of the longest time that the
        dates allow; NaN where none is dated), in the order of `STAGES`.
    """
    groups = moved.groupby(["from_stage", "to_stage"])
    found = pd.DataFrame(
        {
            "moves": groups.size(),
            "dated": groups["least_days"].count(),
            "least_days": groups["least_days"].median(),
            "most_days": groups["most_days"].median(),
        }
    ).reset_index()
    order = [found[name].map(_HEIGHT).astype(float) for name in ("from_stage", "to_stage")]
    return found.iloc[np.lexsort(order[::-1])].reset_index(drop=True)


def present_stages(
    steps: pd.DataFrame, regions: Sequence[str], approaches: Sequence[str], day: date | None = None
) -> pd.DataFrame:
    """The stage that each region is at, with each approach.

    Parameters
    ----------
    day
        Only steps that were certainly taken by then count: a step of "2024" is
        in from the last day of 2024. None for all steps, undated ones too.

    Returns
    -------
    DataFrame
        Rows `regions`, columns `approaches`; a stage, or empty text where no
        step is on record, as where the approach began.
    """
    climbed = climbs(steps)
    if day is not None:
        climbed = climbed[climbed["on_to"] <= day.toordinal()]
    last = climbed.drop_duplicates(_PAIR, keep="last").set_index(["region_id", "approach_id"])["stage"]
    every = pd.MultiIndex.from_product([list(regions), list(approaches)], names=["region_id", "approach_id"])
    cells = last.reindex(every).fillna("").to_numpy(dtype=object).reshape(len(regions), len(approaches))
    return pd.DataFrame(
        cells, index=pd.Index(regions, name="region_id"), columns=pd.Index(approaches, name="approach_id")
    )


def passed_on(tree: LearningTree, steps: pd.DataFrame, fates: pd.DataFrame, elements: pd.DataFrame) -> pd.DataFrame:
    """What became of each element of an approach on its way to each region.

    An element of which nothing is said is not taken to be kept. Its fate is
    read from the step of the taking-over, else from the next later step that
    speaks of it, else from the last earlier one.

    Parameters
    ----------
    steps
        As in `Evidence.steps`.
    fates
        step_id, element_id, fate ("kept", "changed", "dropped").
    elements
        approach_id, element_id.

    Returns
    -------
    DataFrame
        One row per region that took the approach over and element: approach_id,
        parent (empty where nobody is known to have shown it), region_id,
        element_id, fate (of `FATES`), parent_fate ("began here" where the
        approach began; else of `FATES`; empty without a parent) and outcome
        (of `PASSED_ON`): an element dropped by the parent is "dropped before",
        whether the region says so or not, unless the region kept or changed
        it: "taken up again".
    """
    listed = sorted(set(elements.loc[elements["approach_id"] == tree.approach, "element_id"]))
    own = climbs(steps[steps["approach_id"] == tree.approach])
    told = _told(fates[fates["step_id"].isin(set(own["step_id"]))])
    sequence = {str(region): list(rows["step_id"]) for region, rows in own.groupby("region_id", sort=False)}
    known = {
        learner.region: {
            element: _fate(element, learner.step, sequence.get(learner.region, []), told) for element in listed
        }
        for learner in tree.learners
    }
    rows = []
    for learner in tree.learners:
        parent = learner.parent.source if learner.parent else ""
        for element in listed:
            fate = known[learner.region][element]
            before = known.get(parent, {}).get(element, "not said") if parent else ""
            if parent and parent == tree.origin:
                before = "began here"
            rows.append([tree.approach, parent, learner.region, element, fate, before, _outcome(fate, before)])
    columns = ["approach_id", "parent", "region_id", "element_id", "fate", "parent_fate", "outcome"]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def fidelity(passed: pd.DataFrame) -> pd.DataFrame:
    """How many regions kept each element, of those that say what they did with it.

    Parameters
    ----------
    passed
        What `passed_on` gives, for one approach or for several, one beneath the other.

    Returns
    -------
    DataFrame
        approach_id, element_id, one count per fate of `FATES`, said (kept,
        changed and dropped together), fidelity (kept of said, 0 to 1; NaN where
        nobody says).
    """
    counts = passed.groupby(["approach_id", "element_id", "fate"]).size().unstack(fill_value=0)
    counts = counts.reindex(columns=list(FATES), fill_value=0).astype(int)
    said = counts[["kept", "changed", "dropped"]].sum(axis=1)
    counts = counts.assign(said=said, fidelity=counts["kept"] / said.where(said > 0))
    return counts.rename_axis(columns=None).reset_index()


def _told(fates: pd.DataFrame) -> dict[tuple[str, str], str]:
    """What each step says of each element."""
    strange = set(fates["fate"]) - {"kept", "changed", "dropped"}
    if strange:
        raise ValueError(f"no such fate: {', '.join(sorted(map(str, strange)))}")
    found: dict[tuple[str, str], str] = {}
    rows: list[Record] = records(fates[["step_id", "element_id", "fate"]].drop_duplicates())
    for row in rows:
        key = row["step_id"], row["element_id"]
        found[key] = "contradicted" if key in found else row["fate"]
    return found


def _fate(element: str, step: str, sequence: list[str], told: dict[tuple[str, str], str]) -> str:
    place = sequence.index(step) if step in sequence else 0
    nearest = [*sequence[place:], *reversed(sequence[:place])]
    return next((told[other, element] for other in nearest if (other, element) in told), "not said")


def _outcome(fate: str, before: str) -> str:
    if fate in ("kept", "changed"):
        return "taken up again" if before == "dropped" else "survived"
    if before == "dropped":
        return "dropped before"
    return "dropped here" if fate == "dropped" else "not said"


MEASURES = (
    Explained(
        code="highest_rung",
        title=N_("How far it went"),
        words=N_("The furthest that a region has gone with an approach: from considering it to making it policy"),
        term="highest stage reached",
        span=N_("considering, adapting, in part, whole, policy"),
        undefined=N_("where the only step on record is that it was dropped"),
        source="Rogers (2003), Diffusion of Innovations, 5th edition: stages of the innovation-decision process",
    ),
    Explained(
        code="transitions",
        title=N_("What came next"),
        words=N_("How often regions went from one stage to another; the first step on record has none before it"),
        term="transition counts",
        span=N_("0 and up, moves"),
        undefined=N_("never"),
        source="Anderson & Goodman (1957), Annals of Mathematical Statistics 28:89-110",
    ),
    Explained(
        code="times_between",
        title=N_("How long a step took"),
        words=N_("Days from one stage to the next, of the regions that moved; two numbers where dates are not exact"),
        term="sojourn time of the movers",
        span=N_("0 and up, days"),
        undefined=N_("where no move has both dates"),
        source=N_("a count of days"),
    ),
    Explained(
        code="fidelity",
        title=N_("Kept as it was"),
        words=N_("Of the regions that say what they did with an element, the share that kept it unchanged"),
        term="fidelity of implementation, adherence",
        span=N_("0 to 1"),
        undefined=N_("where no region says what it did with the element"),
        source="Carroll et al. (2007), Implementation Science 2:40",
    ),
)
