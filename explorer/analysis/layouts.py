"""Positions for a network picture, in the pixels of the drawing; seeded, so nothing dances.

What made the picture readable (see the README's decisions): ties inside a
group weigh more than ties between groups, circles never overlap, and small
components are packed beside the large one instead of drifting away from it.
"""

import math
import random

import igraph
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from .networks import SEED, graph_of

WIDTH, HEIGHT = 860.0, 620.0
GAP = 3.0
SMALL = 12  # components up to this size are drawn tighter
INSIDE_GROUP, BETWEEN_GROUPS = 6.0, 1.0

Points = NDArray[np.float64]


def radius(degree: float) -> float:
    """Radius of a node's circle, in pixels of the drawing."""
    return 4.0 + 2.0 * math.sqrt(degree)


def layout(measures: pd.DataFrame, ties: pd.DataFrame) -> pd.DataFrame:
    """Positions of all nodes that have a tie.

    Parameters
    ----------
    measures
        Index the node ids; columns group and degree (see `networks.measures`).
    ties
        Columns a, b, strength.

    Returns
    -------
    DataFrame
        Index as `measures` without its isolates; columns x, y in pixels, inside
        0..WIDTH and 0..HEIGHT; no two circles overlap where there is room.
    """
    tied = measures[measures["degree"] > 0]
    if tied.empty:
        return pd.DataFrame({"x": [], "y": []}, index=tied.index)
    graph = graph_of(list(tied.index), ties)
    group = tied["group"].to_numpy()
    size = np.array([radius(degree) for degree in tied["degree"]])
    parts = sorted(graph.connected_components(), key=lambda part: (-len(part), part[0]))
    drawn = [_drawn(graph, part, group, size) for part in parts]
    points = _packed(graph.vcount(), parts, drawn, size)
    return pd.DataFrame(points, index=tied.index, columns=["x", "y"])


def _drawn(graph: igraph.Graph, part: list[int], group: NDArray[np.int64], size: Points) -> Points:
    """Positions of one component around 0, in pixels, its circles apart."""
    piece = graph.induced_subgraph(part)
    own = group[part]
    weights = [
        (INSIDE_GROUP if own[edge.source] == own[edge.target] else BETWEEN_GROUPS) * math.sqrt(edge["strength"])
        for edge in piece.es
    ]
    source = random.Random(SEED)  # noqa: S311 (a layout is no secret)
    igraph.set_random_number_generator(source)
    start = [(source.uniform(-1, 1), source.uniform(-1, 1)) for _node in part]
    found = np.array(piece.layout_fruchterman_reingold(weights=weights, niter=800, seed=start).coords, dtype=float)
    room = math.sqrt(float(np.sum((2 * size[part] + 14) ** 2))) * (1.15 if len(part) > SMALL else 0.8)
    spread = np.ptp(found, axis=0).max() or 1.0
    return _apart(_lying(found - found.mean(axis=0)) * room / spread, size[part])


def _lying(points: Points) -> Points:
    """Turn the points so that their longest reach is across: a drawing is wider than high."""
    _values, axes = np.linalg.eigh(np.cov(points.T))
    axes = axes[:, ::-1] * np.sign(axes[:, ::-1].sum(axis=0) + 1e-12)  # eigenvectors have no sign of their own
    turned: Points = points @ axes
    return turned


def _apart(points: Points, size: Points, rounds: int = 200) -> Points:
    """Push overlapping circles apart until none overlaps, or for `rounds`."""
    points = points.copy()
    reach = 2 * float(size.max()) + GAP
    for _round in range(rounds):
        one, other = cKDTree(points).query_pairs(reach, output_type="ndarray").T
        away = points[one] - points[other]
        distance = np.hypot(away[:, 0], away[:, 1])
        overlap = np.maximum(size[one] + size[other] + GAP - distance, 0.0)
        if not overlap.size or overlap.max() < 0.01:
            break
        push = away * (0.5 * overlap / np.maximum(distance, 1e-6))[:, None]
        for axis in (0, 1):
            points[:, axis] += np.bincount(one, push[:, axis], len(points))
            points[:, axis] -= np.bincount(other, push[:, axis], len(points))
    return points


def _packed(count: int, parts: list[list[int]], drawn: list[Points], size: Points) -> Points:
    """The largest component in the middle, the small ones in rows below it, all scaled to the drawing."""
    points = np.zeros((count, 2))
    first, rest = drawn[0], drawn[1:]
    margin = size.max() + GAP
    points[parts[0]] = first - first.min(axis=0)
    width = max(float(np.ptp(first[:, 0])), 0.75 * WIDTH if rest else 1.0)
    points[parts[0], 0] += (width - float(np.ptp(first[:, 0]))) / 2
    left, top, row = 0.0, float(np.ptp(first[:, 1])) + 4 * margin, 0.0
    for part, piece in zip(parts[1:], rest, strict=True):
        wide, high = np.ptp(piece, axis=0) + 2 * margin
        if left and left + wide > width:
            left, top, row = 0.0, top + row, 0.0
        points[part] = piece - piece.min(axis=0) + (left, top)
        left, row = left + wide, max(row, high)
    points -= points.min(axis=0)
    reach = np.maximum(np.ptp(points, axis=0), 1.0)
    inner = np.array([WIDTH - 2 * margin, HEIGHT - 2 * margin])
    scale = float((inner / reach).min())
    points = points * min(scale, 1.6)
    if scale > 1.0:
        centred: Points = points + (np.array([WIDTH, HEIGHT]) - np.ptp(points, axis=0)) / 2
        return centred
    fitted: Points = _apart(points, size * max(scale, 0.5), 60) + margin
    return fitted
