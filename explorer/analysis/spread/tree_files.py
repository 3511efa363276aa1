"""The learning tree as files for other programs: GraphML, Newick and JSON."""

import json
import math
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from .evidence import Span
from .tree import Candidate, Learner, LearningTree

DAYS_PER_YEAR = 365.25


def graphml(tree: LearningTree, names: Mapping[str, str]) -> bytes:
    """The tree as GraphML: a node for each region, a relationship from the region that showed it to the learner.

    Parameters
    ----------
    names
        Names by id, of regions; one that is missing is told by its id.

    Returns
    -------
    bytes
        UTF-8. What is unknown has no attribute.
    """
    import networkx as nx  # here, since it takes a while to load and few save the tree

    graph: nx.DiGraph[str] = nx.DiGraph(approach=tree.approach)
    content = contents(tree, names)
    for node in content["regions"]:
        graph.add_node(node["id"], **{key: value for key, value in node.items() if key != "id" and value is not None})
    for line in content["learnt"]:
        known = {key: line[key] for key in ("visit", "host", "grade", "certain", "share", "reason")}
        known = {key: value for key, value in known.items() if value is not None}
        if line["from"]:
            graph.add_edge(line["from"], line["to"], **known)
    out = BytesIO()
    nx.write_graphml(graph, out)
    return out.getvalue()


def newick(tree: LearningTree, names: Mapping[str, str], started: Span | None = None) -> str:
    """The tree in the Newick format of programs for family trees.

    The length of a branch is the time in years between the middles of both
    dates, never below 0; it is left out where either is unknown. Regions of
    which nobody is known to have shown it to them stand beside the origin
    under a root without a name.

    Parameters
    ----------
    started
        When the approach began where it did.
    """
    when = {learner.region: learner.taken for learner in tree.learners}
    if tree.origin:
        when[tree.origin] = started
    children: dict[str, list[str]] = {}
    for learner in tree.learners:
        children.setdefault(learner.source, []).append(learner.region)
    learnt = {learner.region for learner in tree.learners}
    sources = [source for source in children if source and source not in learnt and source != tree.origin]
    roots = [*([tree.origin] if tree.origin else []), *sources, *children.get("", [])]

    def written(region: str, parent: str) -> str:
        own = children.get(region, ())
        inner = f"({','.join(written(child, region) for child in own)})" if own else ""
        length = _years_between(when.get(parent), when.get(region))
        return inner + _quoted(names.get(region, region)) + ("" if length is None else f":{length:g}")

    parts = [written(root, "") for root in roots]
    return (parts[0] if len(parts) == 1 else f"({','.join(parts)})") + ";\n"


def as_json(tree: LearningTree, names: Mapping[str, str]) -> str:
    """The tree as JSON, with the candidates that were not chosen and the orders that cannot be."""
    return json.dumps(contents(tree, names), ensure_ascii=False, indent=2) + "\n"


def contents(tree: LearningTree, names: Mapping[str, str]) -> dict[str, Any]:
    """What the files hold, as plain values.

    Returns
    -------
    dict
        approach, origin; regions (id, name, origin, taken_from, taken_to,
        stopped_from, stopped_to; days as ISO text, None where unknown); learnt
        (to, from, visit, grade, certain, share, reason, others);
        impossible and undated (region, visit, source, reason).
    """
    learners = {learner.region: learner for learner in tree.learners}
    sources = [learner.source for learner in tree.learners if learner.source]
    every = dict.fromkeys([*([tree.origin] if tree.origin else []), *sources, *learners])
    return {
        "approach": tree.approach,
        "origin": tree.origin,
        "regions": [_region(region, learners.get(region), tree, names) for region in every],
        "learnt": [_learnt(learner) for learner in tree.learners if learner.parent],
        "impossible": [vars(item) for item in tree.impossible],
        "undated": [vars(item) for item in tree.undated],
    }


def _region(region: str, learner: Learner | None, tree: LearningTree, names: Mapping[str, str]) -> dict[str, Any]:
    taken = _days(learner.taken if learner else None)
    stopped = _days(learner.gave_up if learner else None)
    return {
        "id": region,
        "name": names.get(region, region),
        "origin": region == tree.origin,
        "taken_from": taken[0],
        "taken_to": taken[1],
        "stopped_from": stopped[0],
        "stopped_to": stopped[1],
    }


def _learnt(learner: Learner) -> dict[str, Any]:
    assert learner.parent is not None
    others = [_candidate(item) for item in learner.others]
    return {"to": learner.region, **_candidate(learner.parent), "reason": learner.reason, "others": others}


def _candidate(item: Candidate) -> dict[str, Any]:
    return {
        "from": item.source or None,
        "visit": item.visit or None,
        "host": item.host or None,
        "grade": item.grade,
        "certain": item.certain,
        "share": None if math.isnan(item.share) else round(item.share, 6),
    }


def _days(span: Span | None) -> tuple[str | None, str | None]:
    return (span[0].isoformat(), span[1].isoformat()) if span else (None, None)


def _years_between(earlier: Span | None, later: Span | None) -> float | None:
    if earlier is None or later is None:
        return None
    middles = [(first.toordinal() + last.toordinal()) / 2 for first, last in (earlier, later)]
    return round(max(0.0, middles[1] - middles[0]) / DAYS_PER_YEAR, 3)


def _quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"
