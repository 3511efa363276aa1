"""A statement's pieces and the brackets that they stand in: what can be judged without a grammar of the language."""

from collections.abc import Mapping
from dataclasses import dataclass

from .tokens import Token, tokens

OPEN, CLOSED = ("(", "[", "{"), (")", "]", "}")
OUTSIDE = -1
_STATEMENTS = ("CALL", "EXISTS", "COUNT", "COLLECT")


@dataclass(frozen=True)
class Nested:
    """The pieces without comments; they are spoken of by their place in `pieces`.

    `inside` holds the place of the bracket that each piece stands in, `OUTSIDE` for none; brackets
    themselves stand outside of what they enclose. `ends` leads from an opening bracket to its end, which is
    the end of the statement where it is never closed; `starts` leads back.
    """

    pieces: tuple[Token, ...]
    inside: tuple[int, ...]
    ends: Mapping[int, int]
    starts: Mapping[int, int]

    def sign(self, place: int, *signs: str) -> bool:
        """Whether one of `signs` stands there."""
        return 0 <= place < len(self.pieces) and self.pieces[place].is_sign(*signs)

    def word(self, place: int, *words: str) -> bool:
        """Whether one of `words` (upper case) of the language stands there; any word where none is given."""
        if not 0 <= place < len(self.pieces):
            return False
        return self.pieces[place].is_word(*words) if words else self.pieces[place].kind == "word"

    def named(self, place: int) -> str:
        """The name that stands there, a word or one in backticks; empty for none."""
        if not 0 <= place < len(self.pieces) or self.pieces[place].kind not in ("word", "quoted_name"):
            return ""
        return self.pieces[place].name

    def group(self, bracket: int) -> range:
        """The places between a bracket and its end."""
        return range(bracket + 1, self.ends[bracket])

    def holds_statement(self, bracket: int) -> bool:
        """Whether a brace encloses a statement or a pattern, as after EXISTS, not a map."""
        if not self.sign(bracket, "{"):
            return False
        before = bracket - 1
        if self.sign(before, ")"):  # CALL (x) { … }
            before = self.starts.get(before, 0) - 1
        return self.word(before, *_STATEMENTS)


def nested(cypher: str) -> Nested:
    """The pieces of a statement with their brackets.

    Raises
    ------
    UnreadableCypher
        When a text, a name or a comment in it does not end.
    """
    pieces = tuple(token for token in tokens(cypher) if token.kind != "comment")
    inside: list[int] = []
    open_ones: list[int] = []
    ends: dict[int, int] = {}
    for place, token in enumerate(pieces):
        if token.is_sign(*CLOSED) and open_ones:
            ends[open_ones.pop()] = place
        inside.append(open_ones[-1] if open_ones else OUTSIDE)
        if token.is_sign(*OPEN):
            open_ones.append(place)
    ends |= dict.fromkeys(open_ones, len(pieces))
    return Nested(pieces, tuple(inside), ends, {end: start for start, end in ends.items()})
