"""Loops that no engine can stop from outside, found before the statement runs.

Time limits and `TERMINATE TRANSACTIONS` end whatever goes from row to row.
Neither ends a loop inside one expression (tried on both engines): list
comprehensions within one another, `reduce`, `all`, `any`, `none`, `single`,
a text or list that doubles, and on ArcadeDB a path of any length in a
condition. Such loops may be as large as one engine works through in a few
seconds. The judgement is by brackets and names, not by a plan; the sizes of
lists that come from the graph are not known to it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any, Final

from languages.words import _, number

from ..cypher.tokens import Token
from ..errors import WriteRefused
from .patterns import refuse_expressions, refuse_paths
from .sizes import MANY, MOST_NUMBERS, OF_A_PATH, PREDICATES, Sizes, flat, is_name

MOST_STEPS: Final = 100_000_000
"""Steps of loops within one another in one expression: some seconds of one core."""
MOST_GROWTH: Final = 10_000
"""Times that texts or lists may be doubled, tripled and so on, multiplied up."""
MOST_REDUCED: Final = 100_000
MOST_COLLECTED: Final = 2
_OPENING, _CLOSING = ("(", "[", "{"), (")", "]", "}")


@dataclass(frozen=True)
class Loop:
    """A loop inside an expression: places of tokens, the second of each pair not included."""

    first: Token
    span: tuple[int, int]
    variable: str
    listed: tuple[int, int]
    repeated: tuple[int, int]
    accumulator: str = ""
    initial: tuple[int, int] = (0, 0)


def refuse_loops(
    pieces: Sequence[Token], parameters: Mapping[str, Any] | None = None, *, arcadedb: bool = False
) -> None:
    """Refuse a statement with a loop that could not be stopped.

    Parameters
    ----------
    pieces
        The statement's tokens without comments.
    parameters
        Its values: they say how long a range or a list is.
    arcadedb
        Whether ArcadeDB is to run it: it stops regular expressions, Neo4j the search for a path in a condition.

    Raises
    ------
    WriteRefused
        With a sentence that says what to write instead.
    """
    closing = _closing(pieces)
    sizes = Sizes(pieces, closing, parameters or {})
    _refuse_ranges(sizes)
    loops = list(_loops(pieces, closing))
    _refuse_steps(sizes, loops)
    for loop in loops:
        if loop.accumulator:
            _refuse_reduced(sizes, loop)
    _refuse_growth(sizes, loops)
    if arcadedb:
        refuse_paths(pieces, closing)
    else:
        refuse_expressions(sizes)


def _closing(pieces: Sequence[Token]) -> dict[int, int]:
    """Place of each bracket's end; a bracket that does not end is left out (the engine refuses it)."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for place, piece in enumerate(pieces):
        if piece.is_sign(*_OPENING):
            opened.append(place)
        elif piece.is_sign(*_CLOSING) and opened:
            found[opened.pop()] = place
    return found


def _loops(pieces: Sequence[Token], closing: Mapping[int, int]) -> Iterator[Loop]:
    for start, end in sorted(closing.items()):
        if not pieces[start].is_sign("[", "("):
            continue
        before = pieces[start - 1] if start else None
        is_list = pieces[start].text == "["
        if not is_list and before and before.is_word("REDUCE", "ALLREDUCE"):
            yield from _reduced(pieces, closing, start, end)
        elif (is_list or (before and before.is_word(*PREDICATES))) and _is_in(pieces, start + 1, end):
            body = _first(pieces, closing, start + 3, end)
            yield Loop(pieces[start], (start, end), pieces[start + 1].name, (start + 3, body), (body, end))


def _reduced(pieces: Sequence[Token], closing: Mapping[int, int], start: int, end: int) -> Iterator[Loop]:
    comma = next((at for at in flat(closing, start + 1, end) if pieces[at].is_sign(",")), end)
    if _is_in(pieces, comma + 1, end):
        body = _first(pieces, closing, comma + 3, end)
        yield Loop(
            pieces[start - 1],
            (start, end),
            pieces[comma + 1].name,
            (comma + 3, body),
            (body, end),
            pieces[start + 1].name,
            (start + 3, comma),
        )


def _is_in(pieces: Sequence[Token], at: int, end: int) -> bool:
    """Whether ``name IN ...`` stands here."""
    return at + 2 < end and is_name(pieces[at]) and pieces[at + 1].is_word("IN")


def _first(pieces: Sequence[Token], closing: Mapping[int, int], start: int, end: int) -> int:
    """Where the list of a loop ends: at its WHERE or its bar."""
    places = flat(closing, start, end)
    return next((at for at in places if pieces[at].is_word("WHERE") or pieces[at].is_sign("|")), end)


def _refuse_ranges(sizes: Sizes) -> None:
    for place, size in sizes.ranges.items():
        piece = sizes.pieces[place]
        if size is not None and size > MOST_NUMBERS:
            raise WriteRefused(
                _("Line {line}, column {column}: this range has more than {most} numbers; take a smaller one.").format(
                    line=piece.line, column=piece.column, most=number(MOST_NUMBERS)
                )
            )
        unwound = place and sizes.pieces[place - 1].is_word("UNWIND")
        if size is None and not unwound and sizes.large_numbers and not sizes.counts_only(place):
            raise WriteRefused(
                _(
                    "Line {line}, column {column}: this range could have any number of numbers, and a range inside an "
                    "expression cannot be stopped: write UNWIND range(…) AS i."
                ).format(line=piece.line, column=piece.column)
            )


def _refuse_steps(sizes: Sizes, loops: Sequence[Loop]) -> None:
    for loop in loops:
        around = [outer for outer in loops if outer.repeated[0] <= loop.span[0] < outer.repeated[1]]
        followed = around[-1].variable if around else ""
        own = sizes.of(loop.listed, followed)
        if own >= MANY and sizes.made > MANY and not sizes.known(loop.listed):
            raise WriteRefused(
                _(
                    "Line {line}, column {column}: a list is gone through here, in a statement that makes more than "
                    "{most} numbers by range(), and this cannot be stopped: write UNWIND list AS item."
                ).format(line=loop.first.line, column=loop.first.column, most=number(MANY))
            )
        outer_sizes = []
        for depth, outer in enumerate(around):
            outer_sizes.append(sizes.of(outer.listed, around[depth - 1].variable if depth else ""))
        if around and prod(outer_sizes) * own > MOST_STEPS:
            raise WriteRefused(
                _(
                    "Line {line}, column {column}: a list is gone through here for each item of another, which cannot "
                    "be stopped: write UNWIND list AS item for one of them, or take its first items, list[..1000]."
                ).format(line=loop.first.line, column=loop.first.column)
            )


def _refuse_reduced(sizes: Sizes, loop: Loop) -> None:
    pieces = sizes.pieces
    size = sizes.of(loop.listed, "")
    grows = not (loop.initial[1] - loop.initial[0] == 1 and pieces[loop.initial[0]].kind == "number")
    if sizes.known(loop.listed) and size > (MOST_REDUCED // 10 if grows else MOST_REDUCED):
        raise WriteRefused(
            _(
                "Line {line}, column {column}: reduce goes through {size} items here, which cannot be stopped: "
                "write UNWIND and sum(), collect() or the like."
            ).format(line=loop.first.line, column=loop.first.column, size=number(size))
        )
    adds = any(piece.is_sign("+", "||", "[", "{", ",") for piece in pieces[slice(*loop.repeated)])
    if adds and _times(sizes, *loop.repeated, loop.accumulator) > 1:
        raise WriteRefused(
            _(
                'Line {line}, column {column}: "{name}" stands in its own next value twice, so it doubles with '
                "each item: use it once."
            ).format(line=loop.first.line, column=loop.first.column, name=loop.accumulator)
        )
    growth = sizes.replaced(loop.repeated)
    if growth > 1:
        raise WriteRefused(
            _(
                "Line {line}, column {column}: what replace() puts in within reduce must not be longer than what "
                "it takes out."
            ).format(line=loop.first.line, column=loop.first.column)
        )


def _times(sizes: Sizes, start: int, end: int, name: str) -> int:
    """How often a value goes into that of an expression: of a CASE only one branch counts, and no condition."""
    times, at = 0, start
    while at < end:
        if sizes.pieces[at].is_word("CASE"):
            branches, at = _branches(sizes.pieces, at, end)
            times += max((_times(sizes, *branch, name) for branch in branches), default=0)
        else:
            times += _bare(sizes, at, name)
            at += 1
    return times


def _branches(pieces: Sequence[Token], case: int, end: int) -> tuple[list[tuple[int, int]], int]:
    """What stands behind THEN and ELSE of a CASE, and the place behind its END."""
    found: list[tuple[int, int]] = []
    depth, begin = 0, None
    for at in range(case, end):
        depth += pieces[at].is_word("CASE") - pieces[at].is_word("END")
        closes = depth == 0 or (depth == 1 and pieces[at].is_word("WHEN", "ELSE"))
        if closes and begin is not None:
            found.append((begin, at))
            begin = None
        if depth == 0:
            return found, at + 1
        if depth == 1 and pieces[at].is_word("THEN", "ELSE"):
            begin = at + 1
    return found, end


def _bare(sizes: Sizes, at: int, name: str) -> bool:
    """Whether the value of `name` itself stands here, not one of its properties or items."""
    pieces = sizes.pieces
    if not is_name(pieces[at]) or pieces[at].name != name or pieces[at - 1].is_sign(".", "$"):
        return False
    if pieces[at - 1].is_sign(":") and not sizes.in_map(at):
        return False
    following = pieces[at + 1] if at + 1 < len(pieces) else None
    if following is None or not following.is_sign(".", "[", "(", ":"):
        return True
    return following.text == "[" and any(piece.is_sign("..") for piece in pieces[at + 1 : at + 6])


def _refuse_growth(sizes: Sizes, loops: Sequence[Loop]) -> None:
    """Refuse texts that double, and lists of lists of lists that hold one list again and again."""
    pieces = sizes.pieces
    cuts = [at for at, piece in enumerate(pieces) if piece.is_word("WITH", "RETURN", "UNWIND", "LET")]
    growth = sizes.replaced((0, len(pieces)))
    for start, end in zip(cuts, [*cuts, len(pieces)][1:], strict=True):
        growth *= max(1, *_repeated(sizes, start, end), 1)
    held = prod(min(sizes.of(loop.listed, ""), OF_A_PATH) for loop in loops if _holds_another(sizes, loop))
    if growth > MOST_GROWTH or held >= OF_A_PATH**2 or _collected_again(pieces) > MOST_COLLECTED:
        raise WriteRefused(
            _("A text or a list is added to itself again and again here, and would fill the memory: leave that out.")
        )


def _holds_another(sizes: Sizes, loop: Loop) -> bool:
    """Whether each item that the loop makes holds a value from outside of it, such as a list."""
    pieces = sizes.pieces
    start, end = loop.repeated
    return not loop.accumulator and any(
        _bare(sizes, at, pieces[at].name)
        and pieces[at].name != loop.variable
        and pieces[at - 1].is_sign("|", "[", ",", ":")
        and pieces[at + 1].is_sign("]", ",", "}")
        for at in range(start + 1, end)
        if is_name(pieces[at])
    )


def _collected_again(pieces: Sequence[Token]) -> int:
    """How often, one after the other, a list that was collected is collected itself."""
    depths: dict[str, int] = {}
    for at in range(len(pieces) - 5):
        if pieces[at].is_word("COLLECT") and pieces[at + 3].is_sign(")") and pieces[at + 4].is_word("AS"):
            depths[pieces[at + 5].name] = depths.get(pieces[at + 2].name, 0) + 1
    return max(depths.values(), default=0)


def _repeated(sizes: Sizes, start: int, end: int) -> list[int]:
    """How often each name is added to something or put into a list, in one part of the statement."""
    pieces = sizes.pieces
    counts: dict[str, int] = {}
    for at in range(start, end):
        if not is_name(pieces[at]) or not _bare(sizes, at, pieces[at].name):
            continue
        around = (*pieces[at - 1 : at], *pieces[at + 1 : at + 2])
        if any(piece.is_sign("+", "||") for piece in around) or sizes.in_list(at):
            counts[pieces[at].name] = counts.get(pieces[at].name, 0) + 1
    return list(counts.values())
