"""Awkward networks that every measure and layout is tried on."""

from itertools import pairwise

import pandas as pd

Network = tuple[list[str], pd.DataFrame]


def ties_of(*pairs: tuple[str, str] | tuple[str, str, int]) -> pd.DataFrame:
    """A table of ties, each of strength 1 unless told."""
    rows = [(*pair, 1)[:3] for pair in pairs]
    table = pd.DataFrame(rows, columns=["a", "b", "strength"])
    table["through"] = pd.Series([[f"p{place}"] for place in range(len(rows))], dtype=object)
    return table


def star(leaves: int) -> Network:
    """A centre ``c`` and its leaves."""
    names = [f"n{place}" for place in range(leaves)]
    return ["c", *names], ties_of(*(("c", name) for name in names))


def chain(count: int, mark: str = "n") -> Network:
    """Nodes in a row."""
    names = [f"{mark}{place}" for place in range(count)]
    return names, ties_of(*pairwise(names))


def clique(mark: str, count: int) -> list[tuple[str, str]]:
    """All pairs of a group."""
    return [(f"{mark}{one}", f"{mark}{other}") for one in range(count) for other in range(one + 1, count)]


def many_pairs(count: int) -> Network:
    """So many components of two."""
    pairs = [(f"a{place}", f"b{place}") for place in range(count)]
    return [node for pair in pairs for node in pair], ties_of(*pairs)


BRIDGE = (
    sorted({node for pair in [*clique("x", 5), *clique("y", 4)] for node in pair}),
    ties_of(*clique("x", 5), *clique("y", 4), ("x0", "y0")),
)

CROWD = (
    [f"n{place}" for place in range(160)],
    ties_of(*((f"n{place // part}", f"n{place}") for place in range(2, 160) for part in (2, 3))),
)

SHELF: dict[str, Network] = {
    "empty": ([], ties_of()),
    "one node": (["a"], ties_of()),
    "two nodes": (["a", "b"], ties_of(("a", "b"))),
    "isolates": (["a", "b", "c"], ties_of()),
    "a pair and isolates": (["a", "b", "c", "d"], ties_of(("b", "d"))),
    "disconnected": (["a", "b", "c", "d", "e"], ties_of(("a", "b"), ("c", "d"), ("d", "e"))),
    "a tie said twice": (["a", "b", "c"], ties_of(("a", "b", 2), ("b", "a", 3), ("b", "c"))),
    "a tie to itself": (["a", "b"], ties_of(("a", "a"), ("a", "b"))),
    "only a tie to itself": (["a"], ties_of(("a", "a"))),
    "a tie to nobody": (["a", "b"], ties_of(("a", "b"), ("a", "gone"))),
    "star": star(6),
    "path": chain(5),
    "two cliques": BRIDGE,
    "many pairs": many_pairs(30),
    "a large star": star(120),
    "a long chain": chain(60),
    "a crowd": CROWD,
}
