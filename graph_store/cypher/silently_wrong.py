"""Statements that the embedded engine answers wrongly without a word: found by their form, with the right form.

Only what was seen to go wrong is refused (`engines.DIFFERENCES`, which the
tests run on both engines); everything else the engine judges itself.
"""

from collections.abc import Iterator
from itertools import pairwise

from languages.words import N_, _

from ..engines import DIFFERENCES
from .mistake import Mistake, at
from .nested import OUTSIDE, Nested
from .tokens import Token

AGGREGATES = (
    "COUNT", "COLLECT", "SUM", "AVG", "MIN", "MAX", "STDEV", "STDEVP", "PERCENTILECONT", "PERCENTILEDISC",
)  # fmt: skip
_TESTS = ("IS", "IN", "AND", "OR", "XOR", "NOT", "STARTS", "ENDS", "CONTAINS")
_ANEW = (
    "MATCH", "WHERE", "WITH", "RETURN", "UNWIND", "ORDER", "BY", "SKIP", "LIMIT", "OFFSET", "UNION", "CALL", "YIELD",
    "AS", "DISTINCT", "WHEN", "THEN", "ELSE", "CASE", "END", "ASC", "DESC",
)  # fmt: skip
_EACH = ("ALL", "ANY", "NONE", "SINGLE")
_PATHS = ("SHORTESTPATH", "ALLSHORTESTPATHS")
_AFTER_MATCH = ("MATCH", "RETURN", "WITH", "UNWIND", "CALL", "UNION", "OPTIONAL")
_SUBJECTS = {item.code: item for item in DIFFERENCES}
_WRONG = N_("{what}: the engine here would answer wrongly, without a word. Write instead: {instead}")
_OF_PROPERTY = N_("A property of an aggregate, taken at once, is lost")
_OF_LABEL = N_("A label or type given as an expression is ignored in a condition")
_OF_PATH = N_("A condition on each part of a shortest path is looked at too late, and paths are lost")


def silently_wrong(read: Nested) -> list[Mistake]:
    """The forms in a statement that the embedded engine answers wrongly."""
    found = [*_tests(read), *_properties(read), *_dynamic(read), *_conditions_on_paths(read)]
    once = {(item.line, item.column): item for item in reversed(found)}
    return [once[place] for place in sorted(once)]


def is_aggregate(read: Nested, place: int) -> bool:
    """Whether an aggregate is called there; ``COUNT { … }`` is none."""
    return read.word(place, *AGGREGATES) and read.sign(place + 1, "(") and not read.sign(place - 1, ".")


def _tests(read: Nested) -> Iterator[Mistake]:
    """An aggregate in IS NULL, IN, AND and so on."""
    for part in _parts(read):
        test = next((place for place in part if _is_test(read, place)), None)
        if test is None:
            continue
        aggregate = _aggregate_in(read, part[0], part[-1] + 1)
        if aggregate is not None:
            known = _SUBJECTS["aggregate-in-test"]
            sentence = _wrong(known.subject, known.instead)
            yield at(read.pieces[aggregate], sentence, until=_end(read, aggregate + 1), refuses=True)


def _parts(read: Nested) -> Iterator[list[int]]:
    """Expressions: the pieces of one bracket, cut at commas and at the words that begin another one."""
    groups: dict[int, list[list[int]]] = {}
    for place, bracket in enumerate(read.inside):
        parts = groups.setdefault(bracket, [[]])
        # the WITH of STARTS WITH begins nothing
        anew = read.word(place, *_ANEW) and not read.word(place - 1, "STARTS", "ENDS")
        if anew or read.sign(place, ",", "|", ";"):
            parts.append([])
        else:
            parts[-1].append(place)
    return (part for parts in groups.values() for part in parts if part)


def _is_test(read: Nested, place: int) -> bool:
    if read.sign(place, "=~"):
        return True
    if not read.word(place, *_TESTS) or read.sign(place - 1, "."):
        return False
    bracket = read.inside[place]
    names_item = bracket != OUTSIDE and place == bracket + 2  # [x IN …], any(x IN …)
    return not (read.word(place, "IN") and (names_item or read.sign(place - 2, ",")))  # reduce(s = 0, x IN …)


def _aggregate_in(read: Nested, start: int, end: int) -> int | None:
    """The first aggregate from one place to another, with what their brackets hold; subqueries are left out."""
    place = start
    while place < end:
        if is_aggregate(read, place):
            return place
        place = read.ends[place] if read.holds_statement(place) else place + 1
    return None


def _properties(read: Nested) -> Iterator[Mistake]:
    """``collect(n)[0].id``, ``max(d).year``: a property of what an aggregate gave."""
    for place in range(len(read.pieces)):
        if not read.sign(place, ".") or not read.sign(place - 1, ")", "]", "}"):
            continue
        start = place
        while start - 1 in read.starts:
            start = read.starts[start - 1]
        if read.named(start - 1):
            start -= 1  # of the function that is called
        aggregate = _aggregate_in(read, start, place)
        if aggregate is not None:
            known = _SUBJECTS["index-of-collect"]
            until = read.pieces[min(place + 1, len(read.pieces) - 1)]
            yield at(read.pieces[aggregate], _wrong(_OF_PROPERTY, known.instead), until=until, refuses=True)


def _dynamic(read: Nested) -> Iterator[Mistake]:
    """``-[r:$(name)]->``, and ``WHERE n:$(name)``."""
    for place in range(len(read.pieces)):
        token = read.pieces[place]
        by_expression = read.sign(place, "$") or (token.kind == "parameter" and token.name.upper() in ("ANY", "ALL"))
        if not (by_expression and read.sign(place + 1, "(") and read.sign(place - 1, ":", "|", "&", "!")):
            continue
        bracket = read.inside[place]
        known = _SUBJECTS["dynamic-type"]
        if read.sign(bracket, "[") and read.sign(bracket - 1, "-"):
            yield at(token, _wrong(known.subject, known.instead), until=_end(read, place + 1), refuses=True)
        elif not _in_node(read, place):  # there it heeds them
            instead = "any(label IN labels(n) WHERE label IN $labels)"
            yield at(token, _wrong(_OF_LABEL, instead), until=_end(read, place + 1), refuses=True)


def _in_node(read: Nested, place: int) -> bool:
    """Whether labels that are spoken of at a place are those of a node in a pattern."""
    while read.sign(place - 1, ":", "|", "&", "!") or (read.named(place - 1) and read.sign(place - 2, ":", "|", "&")):
        place -= 1
    return read.sign(read.inside[place], "(") and place - read.inside[place] in (1, 2)


def _conditions_on_paths(read: Nested) -> Iterator[Mistake]:
    """``shortestPath(…) WHERE all(…)``."""
    starts = [place for place in range(len(read.pieces)) if read.word(place, *_PATHS) and read.sign(place + 1, "(")]
    for start in starts:
        level = [place for place in range(start, len(read.pieces)) if read.inside[place] == read.inside[start]]
        ends = [place for place in level if read.word(place, *_AFTER_MATCH)]
        clause = range(start, ends[0] if ends else level[-1] + 1)
        where = next((place for place in clause if read.word(place, "WHERE") and place in level), None)
        if where is None:
            continue
        for place, after in pairwise(range(where, clause.stop + 1)):
            if read.word(place, *_EACH) and read.sign(after, "("):
                instead = "MATCH p = (a)-[r*..6]-(b) WHERE all(x IN r WHERE …) RETURN p ORDER BY length(p) LIMIT 1"
                yield at(read.pieces[place], _wrong(_OF_PATH, instead), until=_end(read, after), refuses=True)
                break


def _end(read: Nested, bracket: int) -> Token | None:
    return read.pieces[read.ends[bracket]] if read.ends[bracket] < len(read.pieces) else None


def _wrong(what: str, instead: str) -> str:
    return _(_WRONG).format(what=_(what), instead=instead)
