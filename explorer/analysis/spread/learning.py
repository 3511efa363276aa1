"""From candidates to learning trees: one parent for each region, with the reason and the alternatives."""

import math
from collections.abc import Iterable

import numpy as np
import pandas as pd

from explorer.analysis.records import Record, records
from graph_store.schema import INTEREST

from .candidates import CERTAIN, IMPOSSIBLE, UNDATED, candidates
from .evidence import Evidence, span, takings
from .tree import GRADES, Candidate, Impossible, Learner, LearningTree

_RANK = {grade.code: rank for rank, grade in enumerate(GRADES)}


def learning_tree(evidence: Evidence, approach: str, **options: pd.DataFrame | None) -> LearningTree:
    """The learning tree of one approach; see `learning_trees`, which says what `options` there are."""
    found = learning_trees(evidence.of(approach), **options)
    return found.get(approach, LearningTree(approach, None, (), (), ()))


def learning_trees(
    evidence: Evidence, *, shares: pd.DataFrame | None = None, inferred: pd.DataFrame | None = None
) -> dict[str, LearningTree]:
    """The learning tree of every approach.

    The parent of a region is its candidate of the strongest grade; among
    those of one grade the one whose dates leave no other order, then the one
    whose region carries most of the odds, over all visits to it, then the
    visit that does, then the latest visit, then the first id. A
    candidate that learnt from the region itself, as far as already decided, is
    passed over: strong evidence is decided first.

    Parameters
    ----------
    evidence
        What is on record.
    shares
        The odds of each visit, as `odds.shares` gives them: approach_id,
        region_id, visit_id, share. Without them the latest visit counts.
    inferred
        Who probably preceded whom, by a statistical method: approach_id,
        region_id, source, weight (0 to 1). Used below every record.

    Returns
    -------
    dict of LearningTree
        By approach, for each approach of the evidence; without learners where
        nobody took it over.
    """
    judged = candidates(evidence)
    keys = ["approach_id", "region_id", "visit_id"]
    if shares is not None and len(shares):
        judged = judged.merge(shares[[*keys, "share"]].drop_duplicates(keys), on=keys, how="left")
    else:
        judged = judged.assign(share=np.nan)
    by_approach = {str(approach): rows for approach, rows in judged.groupby("approach_id", sort=False)}
    taken = {str(approach): records(rows) for approach, rows in takings(evidence).groupby("approach_id", sort=False)}
    adapting = _while_adapting(evidence)
    preceded = _preceded(evidence, inferred)
    found = {}
    for row in records(evidence.approaches):
        approach = str(row["approach_id"])
        own = records(by_approach[approach]) if approach in by_approach else []
        learners = _learners(taken.get(approach, []), _usable(own), preceded.get(approach, {}))
        found[approach] = LearningTree(
            approach, row["origin"], learners, adapting.get(approach, ()), _impossible(own), _undated(own)
        )
    return found


def edges(trees: Iterable[LearningTree]) -> pd.DataFrame:
    """Who learnt from whom as one table.

    Returns
    -------
    DataFrame
        approach_id, region_id, step_id, source, visit_id, grade, certain,
        share (of the visit), odds (of the source, over all visits to it),
        reason: one row per region that took an approach over; source, visit_id
        and grade are empty where nobody is known.
    """
    rows = []
    for tree in trees:
        for learner in tree.learners:
            parent = learner.parent or Candidate("", "", "", False, None)
            told = [parent.source, parent.visit, parent.grade, parent.certain, parent.share]
            rows.append([tree.approach, learner.region, learner.step, *told, learner.odds, learner.reason])
    columns = ["source", "visit_id", "grade", "certain", "share", "odds", "reason"]
    return pd.DataFrame(rows, columns=["approach_id", "region_id", "step_id", *columns])


def _usable(rows: list[Record]) -> dict[str, list[Candidate]]:
    """Candidates that dates allow, by learner; a credit needs no date, a visit does."""
    found: dict[str, list[tuple[Record, Candidate]]] = {}
    for row in rows:
        undated = row["order"] == UNDATED and row["grade"] != "stated"
        if row["problem"] or row["order"] == IMPOSSIBLE or undated:
            continue
        lags = (row["lag_least"], row["lag_most"])
        lag = None if None in lags else (int(lags[0]), int(lags[1]))
        share = 1.0 if row["grade"] == "stated" else _number(row["share"])
        candidate = Candidate(
            row["grade"], row["source"], row["visit_id"], row["order"] == CERTAIN, lag, share, row["host"]
        )
        found.setdefault(row["region_id"], []).append((row, candidate))
    return {region: _ranked(pairs) for region, pairs in found.items()}


def _ranked(pairs: list[tuple[Record, Candidate]]) -> list[Candidate]:
    """The candidates of one learner, best first."""
    of_source: dict[str, float] = {}
    for _row, item in pairs:
        of_source[item.source] = of_source.get(item.source, 0.0) + (0.0 if math.isnan(item.share) else item.share)

    def place(pair: tuple[Record, Candidate]) -> tuple[int, bool, float, float, float, float, str, str, str]:
        row, item = pair
        share = 0.0 if math.isnan(item.share) else -item.share
        latest = [-(row[day] or 0.0) for day in ("visit_to", "visit_from")]
        at_source = -round(of_source[item.source], 9)
        return (
            _RANK[item.grade],
            not item.certain,
            at_source,
            share,
            latest[0],
            latest[1],
            item.visit,
            item.source,
            item.host,
        )

    return [item for _row, item in sorted(pairs, key=place)]


def _number(value: float | None) -> float:
    return math.nan if value is None or math.isnan(value) else float(value)


def _learners(
    taken: list[Record], known: dict[str, list[Candidate]], preceded: dict[str, list[Candidate]]
) -> tuple[Learner, ...]:
    every = {row["region_id"]: [*known.get(row["region_id"], []), *preceded.get(row["region_id"], [])] for row in taken}
    parents: dict[str, str] = {}
    chosen: dict[str, tuple[Candidate | None, str]] = {}
    for region in sorted(every, key=lambda region: _strength(every[region])):  # sorted is stable: then by time
        chosen[region] = _choice(region, every[region], parents)
        parent = chosen[region][0]
        if parent is not None and parent.source:
            parents[region] = parent.source
    return tuple(
        Learner(
            row["region_id"],
            row["step_id"],
            span(row),
            span(row, "gave_up_from", "gave_up_to"),
            *chosen[row["region_id"]],
            tuple(item for item in every[row["region_id"]] if item is not chosen[row["region_id"]][0]),
        )
        for row in taken
    )


def _strength(items: list[Candidate]) -> tuple[int, bool]:
    return (_RANK[items[0].grade], not items[0].certain) if items else (len(_RANK), True)


def _choice(region: str, items: list[Candidate], parents: dict[str, str]) -> tuple[Candidate | None, str]:
    """The first candidate that did not learn from the region itself, and what spoke for it."""
    for place, item in enumerate(items):
        if not _descends(item.source, region, parents):
            return item, "circle" if place else _reason(item, items[1:])
    return None, "circle" if items else "nobody"


def _descends(source: str, region: str, parents: dict[str, str]) -> bool:
    while source:
        if source == region:
            return True
        source = parents.get(source, "")
    return False


def _reason(best: Candidate, others: list[Candidate]) -> str:
    if best.grade == "stated":
        return "stated"
    if not others:
        return "only"
    second = others[0]
    if best.grade != second.grade:
        return "grade"
    if best.certain != second.certain:
        return "certain"
    if not math.isnan(best.share) and (best.source, best.visit) != (second.source, second.visit):
        return "odds"
    return "latest" if best.lag_days != second.lag_days else "fixed order"


def _impossible(rows: list[Record]) -> tuple[Impossible, ...]:
    """Orders that cannot be; a visit with several hosts only where none of them fits."""
    fits = {(row["region_id"], row["visit_id"]) for row in rows if not row["problem"]}
    wrong = [row for row in rows if row["problem"] and (row["region_id"], row["visit_id"]) not in fits]
    return tuple(dict.fromkeys(Impossible(r["region_id"], r["visit_id"], r["source"], r["problem"]) for r in wrong))


def _undated(rows: list[Record]) -> tuple[Impossible, ...]:
    wrong = [row for row in rows if row["order"] == UNDATED and row["grade"] != "stated" and not row["problem"]]
    return tuple(dict.fromkeys(Impossible(r["region_id"], r["visit_id"], r["source"], "undated") for r in wrong))


def _while_adapting(evidence: Evidence) -> dict[str, tuple[tuple[str, str], ...]]:
    """Visits after a region began to consider or adapt an approach, and before any taking-over of it."""
    steps = evidence.steps[evidence.steps["stage"].isin(INTEREST)]
    began = steps.dropna(subset=["on_to"]).sort_values("on_to").drop_duplicates(["approach_id", "region_id"])
    came = evidence.attended[evidence.attended["how"] != "from above"][["region_id", "visit_id"]].drop_duplicates()
    met = began[["approach_id", "region_id", "on_to"]].merge(came, on="region_id")
    shown = evidence.shown.drop_duplicates(["visit_id", "approach_id"])[["visit_id", "approach_id", "on_from", "on_to"]]
    met = met.merge(
        shown.rename(columns={"on_from": "visit_from", "on_to": "visit_to"}), on=["visit_id", "approach_id"]
    )
    taken = takings(evidence)[["approach_id", "region_id", "on_from"]].rename(columns={"on_from": "taken_from"})
    met = met.merge(taken, on=["approach_id", "region_id"], how="left", indicator="took")
    found: dict[str, list[tuple[str, str]]] = {}
    for row in records(met.dropna(subset=["visit_from"]).sort_values(["visit_from", "visit_id", "region_id"])):
        before = row["took"] == "left_only" or (row["taken_from"] is not None and row["visit_to"] < row["taken_from"])
        if row["on_to"] < row["visit_from"] and before:
            found.setdefault(str(row["approach_id"]), []).append((row["region_id"], row["visit_id"]))
    return {approach: tuple(pairs) for approach, pairs in found.items()}


def _preceded(evidence: Evidence, inferred: pd.DataFrame | None) -> dict[str, dict[str, list[Candidate]]]:
    """Inferred candidates by approach and learner, those with most weight first."""
    found: dict[str, dict[str, list[Candidate]]] = {}
    if inferred is None or not len(inferred):
        return found
    when = {(row["approach_id"], row["region_id"]): span(row) for row in records(takings(evidence))}
    when |= {
        (r["approach_id"], r["origin"]): span(r, "started_from", "started_to") for r in records(evidence.approaches)
    }
    order = inferred.sort_values(["approach_id", "region_id", "weight", "source"], ascending=[True, True, False, True])
    for row in records(order):
        earlier, later = (when.get((row["approach_id"], row[side])) for side in ("source", "region_id"))
        if earlier is None or later is None or earlier[0] > later[1]:
            continue
        lag = (max(0, (later[0] - earlier[1]).days), (later[1] - earlier[0]).days)
        item = Candidate("inferred", row["source"], "", earlier[1] < later[0], lag, _number(row["weight"]))
        found.setdefault(str(row["approach_id"]), {}).setdefault(str(row["region_id"]), []).append(item)
    return found
