"""Find a query by what one would say: "who met", "visits without result", "broker regions"."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import OSA

from languages.words import _

from .reading import Query

WEIGHTS = (4.0, 2.0, 1.0)  # of a word in the title, in the description, in names of parameters and columns
QUESTION = 1.5  # how much more a question counts than a whole list
BEGINS, SLIP = 0.8, 0.4  # how much the beginning of a word counts, and one with a slip of the finger
LEAST_ALIKE = 0.75
SHORTEST_SLIP = 5  # letters
_SMALL_WORDS = """
a an and are at by can did do does for from had has have how in is it me of on or our s show still tell that the their
them there these they to was we were what when where which who whom whose with
"""
_SMALL = frozenset(_SMALL_WORDS.split())


def search(typed: str, queries: Iterable[Query]) -> list[Query]:
    """Queries that hold the most of the words typed, the best first; questions somewhat before whole lists.

    A word is held as it is, as the beginning of a word, or with a slip of the finger. Small words count only
    where nothing else was typed. Empty when no query holds any of them.
    """
    said = _words(typed)
    asked = [word for word in said if word not in _SMALL] or said
    scored = [(*_score(asked, _texts(query)), query) for query in queries]
    most = max((held for held, _fit, _query in scored), default=0)
    found = [(fit, query) for held, fit, query in scored if held == most and most]
    found.sort(key=lambda item: -item[0] - (QUESTION if item[1].is_question else 0.0))
    return [query for _fit, query in found]


def _texts(query: Query) -> tuple[list[str], list[str], list[str]]:
    asked = " ".join(_(item.words) for item in query.asked.values())
    names = " ".join([query.name, query.subject, *query.returns]).replace("_", " ")
    return _words(_(query.title)), _words(f"{_(query.description)} {asked}"), _words(names)


def _score(asked: Sequence[str], texts: Sequence[Sequence[str]]) -> tuple[int, float]:
    """How many of the words are held, and how well."""
    best = [max(weight * _fit(word, text) for weight, text in zip(WEIGHTS, texts, strict=True)) for word in asked]
    return sum(fit > 0 for fit in best), sum(best)


def _fit(word: str, text: Iterable[str]) -> float:
    best = 0.0
    for known in text:
        if known == word:
            return 1.0
        if _same_stem(word, known):
            best = BEGINS
        elif len(word) >= SHORTEST_SLIP and best < SLIP and OSA.normalized_similarity(word, known) >= LEAST_ALIKE:
            best = SLIP
    return best


def _same_stem(word: str, known: str) -> bool:
    """Whether one begins the other: "visit" and "visits", "broker" and "brokers"; of three letters at least."""
    shorter, longer = sorted((word, known), key=len)
    return len(shorter) >= 3 and longer.startswith(shorter)


def _words(text: str) -> list[str]:
    """The words of a text in small letters, without accents."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return re.findall(r"\w+", "".join(letter for letter in bare if not unicodedata.combining(letter)))
