"""Names as people type them: without accents, in any case, with a slip of the finger."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

GOOD, CERTAIN = 72.0, 92.0  # of 100


@dataclass(frozen=True)
class Match:
    """A name found: its place in the list searched, and how well it fits (0 to 100)."""

    place: int
    score: float


def plain(name: str) -> str:
    """`name` in lower case, without accents and marks.

    >>> plain("Zürich-Noord")
    'zurich noord'
    """
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    return " ".join("".join(letter if letter.isalnum() else " " for letter in bare.casefold()).split())


def matches(typed: str, names: Sequence[str], *, most: int = 20) -> list[Match]:
    """Names that fit what was typed, the best first.

    Parameters
    ----------
    typed
        What the reader wrote.
    names
        What is searched, already made `plain`.

    Returns
    -------
    list of Match
        Scores of at least `GOOD`; equal scores in the order of `names`, short
        names first. Empty for empty input.

    Notes
    -----
    A name that begins with what was typed, or holds it as words, counts more
    than one that only resembles it. Slips are weighed by edit distance, where
    two letters swapped are one slip (optimal string alignment).
    """
    asked = plain(typed)
    if not asked:
        return []
    found = process.extract(asked, names, scorer=_fit, score_cutoff=GOOD, limit=None)
    ranked = sorted(found, key=lambda hit: (-hit[1], len(hit[0]), hit[2]))
    return [Match(int(place), float(score)) for _name, score, place in ranked[:most]]


def _fit(asked: str, name: str, *, score_cutoff: float | None = None) -> float:
    del score_cutoff  # asked for by rapidfuzz; its own filter applies it
    if asked == name:
        return 100.0
    words, wanted = name.split(), asked.split()
    if all(any(word.startswith(part) for word in words) for part in wanted):
        return 90.0 + 6.0 * len(asked) / len(name) + (3.0 if name.startswith(asked) else 0.0)
    by_word = min(max((_alike(part, word) for word in words), default=0.0) for part in wanted)
    return float(min(max(_alike(asked, name), 0.95 * by_word), 89.0))


def _alike(one: str, other: str) -> float:
    return 100.0 * OSA.normalized_similarity(one, other)
