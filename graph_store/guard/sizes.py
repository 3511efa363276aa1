"""How long the lists of a statement can be, as far as its text and its parameters tell."""

from collections.abc import Iterator, Mapping, Sequence
from math import prod
from typing import Any, Final

from ..cypher.tokens import Token

MOST_NUMBERS: Final = 1_000_000
"""Numbers of one range."""
MANY: Final = 100_000
"""What a list that the text does not tell of is taken to hold, as in the graphs that the app is made for."""
OF_ONE: Final = 30
"""What a list that belongs to one item is taken to hold: the labels of a node, the parts of a name."""
OF_A_PATH: Final = 1_000
PREDICATES: Final = ("ALL", "ANY", "NONE", "SINGLE")
_FAR: Final = 10**18
_ADDING = ("+", "-")
_BEFORE_A_VALUE = (
    *("RETURN", "WITH", "DISTINCT", "YIELD", "UNWIND", "WHERE", "AND", "OR", "XOR", "NOT", "IN", "CASE", "WHEN"),
    *("THEN", "ELSE", "BY", "CONTAINS"),
)


class Sizes:
    """The sizes in one statement; None and `MANY` where the text does not tell."""

    def __init__(self, pieces: Sequence[Token], closing: Mapping[int, int], parameters: Mapping[str, Any]) -> None:
        self.pieces = pieces
        self._closing = closing
        self._parameters = parameters
        self._inside = _innermost(len(pieces), closing)
        self.ranges = {
            place: self._numbers(place)
            for place, piece in enumerate(pieces)
            if is_name(piece) and piece.name.lower() == "range" and place + 1 in closing
        }
        self.large_numbers = self._large_numbers()
        self.made = prod(self._made(place, size) for place, size in self.ranges.items())

    def of(self, span: tuple[int, int], followed: str) -> int:
        """Size of the list that stands in the span; `followed` is the variable of the loop around it."""
        start, end = span
        known = self._told(start, end)
        if known is not None:
            return known
        if self._is_call(start, end, "labels", "keys"):
            return OF_ONE
        names = self._names(start, end)
        ranged = any(start <= place < end for place in self.ranges)
        if followed and names and set(names) == {followed} and not ranged:
            return OF_ONE
        return OF_A_PATH if self._is_call(start, end, "nodes", "relationships") else MANY

    def known(self, span: tuple[int, int]) -> bool:
        """Whether the text or a parameter tells the size."""
        return self._told(*span) is not None

    def counts_only(self, place: int) -> bool:
        """Whether the numbers of a range are small ones and sizes of lists, added up."""
        at, end = place + 2, self._closing[place + 1]
        while at < end:
            piece = self.pieces[at]
            if is_name(piece) and piece.name.lower() in ("size", "length") and at + 1 in self._closing:
                at = self._closing[at + 1]
            elif not (piece.is_sign(",", *_ADDING) or self._number(at, at + 1) is not None):
                return False
            at += 1
        return True

    def replaced(self, span: tuple[int, int]) -> float:
        """How many times longer the calls of replace() in the span can make a text, all multiplied."""
        growth = 1.0
        for at in range(*span):
            piece = self.pieces[at]
            if not is_name(piece) or piece.name.lower() != "replace" or at + 1 not in self._closing:
                continue
            given = parts(self.pieces, self._closing, at + 2, self._closing[at + 1])
            if len(given) == 3:
                growth *= max(1.0, self._length(*given[2], longest=True) / max(1, self._length(*given[1])))
        return growth

    def text(self, start: int, end: int) -> str | None:
        """The text that stands in the span: texts and parameters, added up; None when anything else is in it."""
        found = []
        for at in range(start, end):
            piece = self.pieces[at]
            if piece.kind == "text":
                found.append(piece.name.replace("\\\\", "\\"))
            elif piece.kind == "parameter" and isinstance(self._parameters.get(piece.name), str):
                found.append(self._parameters[piece.name])
            elif not piece.is_sign("+", "||", "(", ")"):
                return None
        return "".join(found)

    def in_list(self, at: int) -> bool:
        """Whether the place is an item of a list or a map that is written out."""
        start = self._inside[at]
        if start is None:
            return False
        if self.in_map(at):
            return not (start and is_value(self.pieces[start - 1]))  # not the map of a node in a pattern
        if not self.pieces[start].is_sign("["):
            return False
        before = self.pieces[start - 1] if start else None
        looped = self._closing[start] - start > 2 and self.pieces[start + 2].is_word("IN")
        indexed = before is not None and (is_value(before) or before.is_sign("-"))
        return not looped and not (indexed and before and not before.is_word(*_BEFORE_A_VALUE))

    def in_map(self, at: int) -> bool:
        """Whether the place is a value in braces, behind its key."""
        start = self._inside[at]
        return start is not None and self.pieces[start].is_sign("{") and self.pieces[at - 1].is_sign(":")

    def _made(self, place: int, size: int | None) -> float:
        """How many numbers a range makes; one that is worked out, as many as the largest number that is given."""
        if size is not None or self.counts_only(place):
            return size or 1
        if self.large_numbers:
            return MANY + 1
        return max((self._number(at, at + 1) or 1 for at in range(len(self.pieces))), default=1)

    def _told(self, start: int, end: int) -> int | None:
        pieces = self.pieces
        if end <= start:
            return None
        if start in self.ranges and self._closing[start + 1] == end - 1:
            return self.ranges[start]
        if pieces[start].kind == "parameter" and end - start == 1:
            value = self._parameters.get(pieces[start].name)
            return len(value) if isinstance(value, list | tuple) else None
        if pieces[start].is_sign("[") and self._closing.get(start) == end - 1:
            looped = end - start > 3 and pieces[start + 2].is_word("IN")
            inner = parts(pieces, self._closing, start + 1, end - 1)
            return None if looped or any(pieces[at].is_sign("|") for at in range(start, end)) else len(inner)
        return self._sliced(start, end)

    def _sliced(self, start: int, end: int) -> int | None:
        """Size of ``list[..100]`` and ``list[10..100]``."""
        opened = next((at for at, closed in self._closing.items() if closed == end - 1 and at > start), None)
        if opened is None or not self.pieces[opened].is_sign("[") or not is_value(self.pieces[opened - 1]):
            return None
        dots = [at for at in range(opened, end) if self.pieces[at].is_sign("..")]
        if len(dots) != 1:
            return None
        first = self._number(opened + 1, dots[0]) if dots[0] > opened + 1 else 0
        last = self._number(dots[0] + 1, end - 1)
        return int(last - first) if first is not None and last is not None and 0 <= first <= last else None

    def _numbers(self, place: int) -> int | None:
        given = [self._number(*part) for part in parts(self.pieces, self._closing, place + 2, self._closing[place + 1])]
        if len(given) not in (2, 3) or any(value is None for value in given):
            return None
        first, last, step = ([value or 0 for value in given] + [1])[:3]
        return int(abs(last - first) / (abs(step) or 1)) + 1

    def _number(self, start: int, end: int) -> float | None:
        pieces = self.pieces
        negative = end - start == 2 and pieces[start].is_sign("-")
        if end - start != 1 + negative:
            return None
        piece = pieces[end - 1]
        if piece.kind == "parameter":
            value = self._parameters.get(piece.name)
            return _within_reason(value) if isinstance(value, int | float) else None
        return written_number(piece)

    def _large_numbers(self) -> bool:
        """Whether a number beyond a million is given, or made by multiplying, summing or telling the time."""
        for at, piece in enumerate(self.pieces):
            if (self._number(at, at + 1) or 0) > MOST_NUMBERS or piece.is_sign("^"):
                return True
            if is_name(piece) and piece.name.lower() in (
                "sum",
                "timestamp",
                "tointeger",
                "epochseconds",
                "epochmillis",
            ):
                return True
            if piece.is_sign("*") and self._multiplies(at):
                return True
        return False

    def _multiplies(self, at: int) -> bool:
        if not 0 < at < len(self.pieces) - 1:
            return False
        before, after = self.pieces[at - 1], self.pieces[at + 1]
        if not is_value(before) or before.is_word(*_BEFORE_A_VALUE) or not (is_value(after) or after.is_sign("(", "-")):
            return False
        start = self._inside[at]
        return not (start and self.pieces[start].is_sign("[") and self.pieces[start - 1].is_sign("-"))

    def _length(self, start: int, end: int, *, longest: bool = False) -> int:
        """Characters of a text; where it is not told, few, or as many as a text of the graph may have."""
        piece = self.pieces[start]
        if end - start == 1 and piece.kind == "text":
            return len(piece.name)
        if end - start == 1 and piece.kind == "parameter" and isinstance(self._parameters.get(piece.name), str):
            return len(self._parameters[piece.name])
        if not longest:
            return 1
        is_property = end - start == 3 and self.pieces[start + 1].is_sign(".")
        return OF_ONE if is_property else OF_A_PATH

    def _is_call(self, start: int, end: int, *names: str) -> bool:
        """Whether the span is one call of such a function, of a plain name."""
        called = is_name(self.pieces[start]) and self.pieces[start].name.lower() in names
        return called and end - start == 4 and self._closing.get(start + 1) == end - 1

    def _names(self, start: int, end: int) -> list[str]:
        """Variables in the span: no properties, no functions, no words of the language."""
        found = []
        for at in range(start, end):
            piece, before = self.pieces[at], self.pieces[at - 1]
            called = at + 1 in self._closing and self.pieces[at + 1].is_sign("(")
            if is_name(piece) and not called and not before.is_sign(".", ":"):
                found.append(piece.name)
        return found


def flat(closing: Mapping[int, int], start: int, end: int) -> Iterator[int]:
    """Places between start and end that stand in no further bracket."""
    at = start
    while at < end:
        yield at
        at = closing.get(at, at) + 1


def _innermost(length: int, closing: Mapping[int, int]) -> list[int | None]:
    """For each place the innermost bracket around it; None where there is none."""
    found: list[int | None] = []
    opened: list[int] = []
    for at in range(length):
        while opened and closing[opened[-1]] <= at:
            opened.pop()
        found.append(opened[-1] if opened else None)
        if at in closing:
            opened.append(at)
    return found


def parts(
    pieces: Sequence[Token], closing: Mapping[int, int], start: int, end: int, sign: str = ","
) -> list[tuple[int, int]]:
    """The parts between commas, brackets kept whole; places of tokens."""
    found, begin, at = [], start, start
    while at < end:
        if pieces[at].is_sign(sign):
            found.append((begin, at))
            begin = at + 1
        at = closing.get(at, at) + 1
    return [*found, (begin, end)] if end > start else []


def is_name(piece: Token) -> bool:
    """A word or a name in backticks."""
    return piece.kind in ("word", "quoted_name")


def is_value(piece: Token) -> bool:
    """Whether a value can end with this piece."""
    return is_name(piece) or piece.kind in ("number", "parameter", "text") or piece.is_sign(")", "]", "}")


def written_number(piece: Token) -> float | None:
    """The number that a token writes; None for another token."""
    if piece.kind != "number":
        return None
    text = piece.text.replace("_", "").lower()
    try:
        return _within_reason(int(text, 0) if text.startswith(("0x", "0o")) else float(text))
    except ValueError:
        return None


def _within_reason(value: float) -> float | None:
    """The number, or one that is far too large where it is larger still; None where it is none."""
    return None if value != value else float(max(-_FAR, min(_FAR, value)))
