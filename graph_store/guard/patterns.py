"""Searches that one of the engines cannot stop: paths in a condition on ArcadeDB, regular expressions on Neo4j."""

import re
from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import Final

from languages.words import _

from ..cypher.tokens import Token
from ..errors import WriteRefused
from .sizes import PREDICATES, Sizes, flat, is_value, written_number

MOST_HOPS: Final = 3
"""Hops of a path in a condition."""
MOST_REPEATS: Final = 4
"""Repeats without an end (``*``, ``+``) in a regular expression."""

_ASIDE = re.compile(r"\\Q.*?\\E|\\[^1-9k]|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)  # no repeat, whatever it holds
_REPEAT = re.compile(r"[*+]|\{\d+(?:,\d*)?\}")
_ENDLESS = re.compile(r"[*+]|\{\d+,\}")
_ENDS_A_PATTERN = (
    "AND",
    "OR",
    "XOR",
    "RETURN",
    "WITH",
    "ORDER",
    "THEN",
    "ELSE",
    "END",
    "AS",
    "MATCH",
    "UNWIND",
    "CALL",
)


def refuse_expressions(sizes: Sizes) -> None:
    """Refuse a regular expression that takes longer and longer with each letter, or that is not known.

    Raises
    ------
    WriteRefused
        With a sentence that says what to write instead.
    """
    pieces = sizes.pieces
    for place, piece in enumerate(pieces):
        if not piece.is_sign("=~"):
            continue
        expression = sizes.text(place + 1, _end_of_value(pieces, place + 1))
        if expression is None:
            raise WriteRefused(
                _(
                    "Line {line}, column {column}: the regular expression must be given as text or as parameter, "
                    "for one from elsewhere could not be stopped; for a plain text write CONTAINS."
                ).format(line=piece.line, column=piece.column)
            )
        if _explodes(expression):
            raise WriteRefused(
                _(
                    "Line {line}, column {column}: this regular expression repeats what repeats, and could not be "
                    "stopped: write CONTAINS, or use at most {most} of * and +, none of them around another."
                ).format(line=piece.line, column=piece.column, most=MOST_REPEATS)
            )


def _end_of_value(pieces: Sequence[Token], start: int) -> int:
    depth = 0
    for at in range(start, len(pieces)):
        piece = pieces[at]
        depth += piece.is_sign("(", "[", "{") - piece.is_sign(")", "]", "}")
        if depth < 0 or piece.is_sign(",", "|", ";") or piece.is_word(*_ENDS_A_PATTERN):
            return at
        if at > start and is_value(piece) and is_value(pieces[at - 1]) and depth == 0 and not piece.is_sign(")", "]"):
            return at  # the next clause
    return len(pieces)


def _explodes(expression: str) -> bool:
    """Whether it holds a repeat around a repeat, a look back at a group, or many repeats without an end."""
    bare = _ASIDE.sub("x", expression)
    if re.search(r"\\[1-9k]", bare) or len(_ENDLESS.findall(bare)) > MOST_REPEATS:
        return True
    opened: list[int] = []
    for at, character in enumerate(bare):
        if character == "(":
            opened.append(at)
        elif character == ")" and opened and _REPEAT.search(bare, opened[-1], at):
            opened.pop()
            if _REPEAT.match(bare, at + 1):
                return True
        elif character == ")" and opened:
            opened.pop()
    return False


def refuse_paths(pieces: Sequence[Token], closing: Mapping[int, int]) -> None:
    """Paths of many hops in a condition or a pattern comprehension: on ArcadeDB nothing stops their search."""
    for place, star in enumerate(pieces):
        if not star.is_sign("*") or not _in_relationship(pieces, closing, place):
            continue
        if _hops(pieces, place) <= MOST_HOPS or _is_matched(pieces, closing, place):
            continue
        raise WriteRefused(
            _(
                "Line {line}, column {column}: the search for a path of more than {most} hops cannot be stopped "
                "here: write EXISTS {{ (a)-[*]-(b) }}, COUNT {{ … }} or COLLECT {{ MATCH … RETURN … }} around it."
            ).format(line=star.line, column=star.column, most=MOST_HOPS)
        )


def _in_relationship(pieces: Sequence[Token], closing: Mapping[int, int], place: int) -> bool:
    """Whether a star belongs to a relationship; it is a product otherwise."""
    start = max((start for start, end in closing.items() if start < place < end), default=0)
    return start > 0 and pieces[start].is_sign("[") and pieces[start - 1].is_sign("-")


def _hops(pieces: Sequence[Token], star: int) -> float:
    """The most hops that a star allows: ``*``, ``*3``, ``*1..``, ``*..3``, ``*1..3``."""
    bounds = [*takewhile(lambda piece: piece.kind == "number" or piece.is_sign(".."), pieces[star + 1 : star + 4])]
    return (written_number(bounds[-1]) if bounds else None) or float("inf")


def _is_matched(pieces: Sequence[Token], closing: Mapping[int, int], place: int) -> bool:
    """Whether a pattern stands where rows are made (MATCH, EXISTS, COUNT, COLLECT), not in an expression."""
    inside = sorted(start for start, end in closing.items() if start < place < end)
    for start in reversed(inside[:-1]):
        before = pieces[start - 1] if start else None
        if pieces[start].is_sign("{"):
            return _in_match(pieces, closing, start + 1, place)
        if before and pieces[start].is_sign("(") and before.is_word("SHORTESTPATH", "ALLSHORTESTPATHS"):
            return True
        if pieces[start].is_sign("[") or (before and before.is_word(*PREDICATES, "EXISTS", "SIZE", "REDUCE")):
            return False
    return _in_match(pieces, closing, 0, place)


def _in_match(pieces: Sequence[Token], closing: Mapping[int, int], start: int, place: int) -> bool:
    """Whether the last word that begins a part before the place is MATCH, or there is none (EXISTS { (a)--(b) })."""
    parting = ("MATCH", "WHERE", "WITH", "RETURN", "UNWIND", "ORDER")
    last = ""
    for at in flat(closing, start, place):
        if pieces[at].is_word(*parting) and not (at and pieces[at - 1].is_sign(".", ":")):
            last = pieces[at].text.upper()
    return last in ("MATCH", "")
