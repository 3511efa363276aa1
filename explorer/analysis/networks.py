"""Measures of a network of ties: each with its words, range, direction and source."""

from collections.abc import Callable
from dataclasses import dataclass

import igraph
import pandas as pd

from languages.words import N_

from .explained import Explained

SEED = 20261122


@dataclass(frozen=True, kw_only=True)
class Measure(Explained):
    """One measure of a node, with what computes it."""

    of: Callable[[igraph.Graph], list[float]]


def graph_of(nodes: list[str], ties: pd.DataFrame) -> igraph.Graph:
    """An undirected igraph graph; vertex attribute `name` is the id, edge attribute `strength`.

    Ties whose end is not among `nodes`, and ties of a node to itself, are left
    out; a tie that is said twice is one, its strengths added.
    """
    place = {node: index for index, node in enumerate(nodes)}
    strengths: dict[tuple[int, int], float] = {}
    for a, b, strength in ties[["a", "b", "strength"]].itertuples(index=False):
        if a != b and a in place and b in place:
            pair = (min(place[a], place[b]), max(place[a], place[b]))
            strengths[pair] = strengths.get(pair, 0.0) + float(strength)
    graph = igraph.Graph(n=len(nodes), edges=list(strengths))
    graph.vs["name"] = nodes
    graph.es["strength"] = list(strengths.values())
    return graph


def groups(graph: igraph.Graph) -> list[int]:
    """Group of each node, 0 for the largest, found by Leiden's method on tie strength.

    Nodes without a tie are groups of their own. Seeded, so the same network
    gives the same groups.

    References
    ----------
    Traag, Waltman & van Eck (2019), From Louvain to Leiden, Scientific Reports 9:5233.
    """
    if graph.ecount() == 0:
        return list(range(graph.vcount()))
    _seed()
    found = graph.community_leiden(objective_function="modularity", weights="strength", n_iterations=10).membership
    sizes = pd.Series(found).value_counts()
    first = pd.Series(range(len(found)), index=found).groupby(level=0).min()
    order = sorted(sizes.index, key=lambda group: (-sizes[group], first[group]))
    rank = {group: place for place, group in enumerate(order)}
    return [rank[group] for group in found]


def _betweenness(graph: igraph.Graph) -> list[float]:
    pairs = (graph.vcount() - 1) * (graph.vcount() - 2) / 2
    return [value / pairs if pairs else float("nan") for value in graph.betweenness()]


MEASURES = (
    Measure(
        code="degree",
        term="Degree centrality",
        title=N_("Partners"),
        words=N_("How many others it is tied to directly"),
        span=N_("0 to all others"),
        undefined=N_("never"),
        source="Freeman (1978), Social Networks 1:215-239",
        of=lambda graph: [float(v) for v in graph.degree()],
    ),
    Measure(
        code="strength",
        term="Node strength (weighted degree)",
        title=N_("Ties, counted with their strength"),
        words=N_("How many shared projects, visits or memberships in all"),
        span=N_("0 and up"),
        undefined=N_("never"),
        source="Barrat et al. (2004), PNAS 101:3747-3752",
        of=lambda graph: [float(v) for v in graph.strength(weights="strength")],
    ),
    Measure(
        code="betweenness",
        term="Betweenness centrality, normalised",
        title=N_("Go-between"),
        words=N_(
            "On how large a share of the shortest routes between two others it lies: "
            "high where groups meet only through it"
        ),
        span=N_("0 to 1"),
        undefined=N_("fewer than three nodes"),
        source="Freeman (1977), Sociometry 40:35-41",
        of=_betweenness,
    ),
)


def measure(code: str) -> Measure:
    """The measure of that code; KeyError where there is none."""
    return {item.code: item for item in MEASURES}[code]


def measures(nodes: list[str], ties: pd.DataFrame) -> pd.DataFrame:
    """All measures of a network.

    Returns
    -------
    DataFrame
        Index `nodes`; columns group (0 is the largest), groups_tied (how many
        other groups its partners are in), and one per measure.
    """
    graph = graph_of(nodes, ties)
    table = pd.DataFrame({"group": groups(graph)}, index=pd.Index(nodes, name="id"))
    own = table["group"].tolist()
    table["groups_tied"] = [
        len({own[other] for other in graph.neighbors(node)} - {own[node]}) for node in range(graph.vcount())
    ]
    for item in MEASURES:
        table[item.code] = item.of(graph)
    return table


def _seed() -> None:
    import random

    igraph.set_random_number_generator(random.Random(SEED))  # noqa: S311 (a layout is no secret)
