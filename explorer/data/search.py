"""Search over everything that has a profile."""

from dataclasses import dataclass

import streamlit as st

from explorer.analysis.matching import CERTAIN, matches, plain
from explorer.analysis.records import records

from .graph import ask, state

CLEAR_LEAD = 12.0  # by how much the best must lead for Enter to open it at once


@dataclass(frozen=True)
class Found:
    """One node that fits what was typed."""

    id: str
    label: str
    name: str
    alias: str  # by which it was found, where not by its name
    kind: str
    place: str
    certain: bool  # it fits well, and nothing else nearly as well


def search(typed: str, *, most: int = 30) -> list[Found]:
    """Nodes whose name, alias or id fits, the best first; each once."""
    keys, names, rows = _names(state().version)
    best: dict[str, tuple[float, Found]] = {}
    hits = matches(typed, names, most=4 * most)
    for hit in hits:
        row, alias = rows[keys[hit.place]], names[hit.place]
        if row["id"] not in best:
            known = alias if alias != plain(str(row["name"])) else ""
            best[row["id"]] = (hit.score, _found(row, known, certain=False))
    ranked = list(best.values())[:most]
    if ranked and ranked[0][0] >= CERTAIN and (len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= CLEAR_LEAD):
        score, first = ranked[0]
        ranked[0] = (score, Found(**{**vars(first), "certain": True}))
    return [found for _score, found in ranked]


@st.cache_data(show_spinner=False)
def _names(version: str) -> tuple[list[int], list[str], list[dict[str, str]]]:  # noqa: ARG001 (part of the cache key)
    rows = records(ask("names"))
    keys, names = [], []
    for place, row in enumerate(rows):
        aliases = row["aliases"] if isinstance(row["aliases"], list) else []
        for name in [row["name"], *aliases, row["id"]]:
            keys.append(place)
            names.append(plain(str(name)))
    return keys, names, rows


def _found(row: dict[str, str], alias: str, *, certain: bool) -> Found:
    def word(key: str) -> str:
        return row[key] if isinstance(row[key], str) else ""

    return Found(row["id"], row["label"], row["name"], alias, word("kind"), word("place"), certain)
