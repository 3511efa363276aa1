r"""Cypher cut into its words, texts and signs, the way both engines read it.

The guard and the desk judge these, never the raw text: a word inside a text, a
comment or backticks is no word of the language. Three things surprise. Neo4j
reads ``\u0041`` as A before anything else, anywhere. Dashes and angle brackets
of any typography count as ``-``, ``<`` and ``>``. Only a line feed or a
carriage return ends a comment; of the blanks, those of Unicode count.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from languages.words import N_, _

from ..errors import ExplorerError

Kind = Literal["word", "quoted_name", "text", "number", "symbol", "parameter", "comment"]

BLANKS: Final = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_DASHES = "\xad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_LEFT, _RIGHT = "\u27e8\u3008\ufe64\uff1c", "\u27e9\u3009\ufe65\uff1e"
_SIGNS = {
    **dict.fromkeys(_DASHES, "-"),
    **dict.fromkeys(_LEFT, "<"),
    **dict.fromkeys(_RIGHT, ">"),
}
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(u)|.)", re.DOTALL)
_COMMENT = re.compile(r"//[^\n\r]*|/\*.*?\*/", re.DOTALL)
_TEXT = re.compile(r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"", re.DOTALL)
_QUOTED = re.compile(r"`(?:[^`]|``)*`")
_NUMBER = re.compile(r"(?:[0-9][0-9_]*)?\.[0-9][0-9_]*(?:[eE]-?[0-9]+)?|[0-9][0-9_]*[eE]-?[0-9]+|[0-9]+")
_PAIR = re.compile(r"\.\.|\|\||<=|>=|<>|=~|\+=|::|!=")
_UNCLOSED = {
    "'": N_("Line {line}, column {column}: a text begins here with ' and does not end."),
    '"': N_('Line {line}, column {column}: a text begins here with " and does not end.'),
    "`": N_("Line {line}, column {column}: a name begins here with ` and does not end."),
    "/*": N_("Line {line}, column {column}: a comment begins here with /* and does not end."),
    "\\u": N_("Line {line}, column {column}: \\u stands before four digits or letters a to f, such as \\u00e9."),
}


class UnreadableCypher(ExplorerError):
    """A statement that ends inside a text, a name or a comment; it knows line and column, both from 1."""

    def __init__(self, what: str, line: int, column: int) -> None:
        super().__init__(_(_UNCLOSED[what]).format(line=line, column=column))
        self.line = line
        self.column = column


@dataclass(frozen=True)
class Token:
    """One piece of a statement.

    ``text`` is what the engine reads (escapes resolved, look-alike signs as the plain sign), with its quotes,
    backticks or ``$``. ``line`` and ``column`` count from 1; ``start`` and ``end`` are places in the statement.
    """

    kind: Kind
    text: str
    line: int
    column: int
    start: int
    end: int

    @property
    def name(self) -> str:
        """The bare name of a word, a quoted name or a parameter; the bare content of a text."""
        text = self.text.removeprefix("$") if self.kind == "parameter" else self.text
        if text[:1] == "`":
            return text[1:-1].replace("``", "`")
        return text[1:-1] if self.kind == "text" else text

    def is_word(self, *words: str) -> bool:
        """Whether this is one of `words` (upper case) of the language, however it is written."""
        return self.kind == "word" and self.text.upper() in words

    def is_sign(self, *signs: str) -> bool:
        """Whether this is one of `signs`."""
        return self.kind == "symbol" and self.text in signs


def tokens(cypher: str) -> list[Token]:
    """The pieces of a statement in their order, comments included, blanks left out.

    Raises
    ------
    UnreadableCypher
        When a text, a quoted name or a comment does not end, or an escape is not one.
    """
    return list(_Reader(cypher).read())


def escapes(cypher: str) -> list[int]:
    r"""Where the statement holds an escape such as ``\u0041``: places of the backslash."""
    return [found.start() for found in _ESCAPE.finditer(cypher) if found[1]]


class _Reader:
    """Reads one statement; places in the text without escapes are mapped back to the statement."""

    def __init__(self, cypher: str) -> None:
        self._line_starts = [0, *(found.end() for found in re.finditer(r"\r\n|\n|\r", cypher))]
        self._places: list[int] | None = None  # None: as they are
        self._text = cypher
        if "\\u" in cypher:
            self._unescape(cypher)

    def read(self) -> Iterator[Token]:
        at = 0
        while (at := self._after_blanks(at)) < len(self._text):
            kind, end = self._piece(at)
            yield self._token(kind, at, end)
            at = end

    def _unescape(self, cypher: str) -> None:
        characters: list[str] = []
        places: list[int] = []
        at = 0
        for found in _ESCAPE.finditer(cypher):
            if found[2]:
                raise UnreadableCypher("\\u", *self._position(found.start()))
            if found[1]:
                characters.append(cypher[at : found.start()] + chr(int(found[1], 16)))
                places.extend(range(at, found.start() + 1))
                at = found.end()
        self._text = "".join(characters) + cypher[at:]
        self._places = [*places, *range(at, len(cypher))]

    def _after_blanks(self, at: int) -> int:
        while at < len(self._text) and self._text[at] in BLANKS:
            at += 1
        return at

    def _piece(self, at: int) -> tuple[Kind, int]:
        text, first = self._text, self._text[at]
        if text.startswith(("//", "/*"), at):
            return "comment", self._closed(_COMMENT, at, "/*")
        if first in "'\"":
            return "text", self._closed(_TEXT, at, first)
        if first == "`":
            return "quoted_name", self._closed(_QUOTED, at, first)
        if _starts_name(first):
            return "word", self._after_name(at)
        if first == "$":
            start, end = self._parameter(at)
            return ("parameter", end) if end > start else ("symbol", at + 1)
        if number := _NUMBER.match(text, at):
            return "number", self._after_name(number.end())
        pair = _PAIR.match(text, at)
        return "symbol", pair.end() if pair else at + 1

    def _closed(self, pattern: re.Pattern[str], at: int, what: str) -> int:
        found = pattern.match(self._text, at)
        if not found:
            raise UnreadableCypher(what, *self._position(self._place(at)))
        return found.end()

    def _after_name(self, at: int) -> int:
        while at < len(self._text) and _continues_name(self._text[at]):
            at += 1
        return at

    def _parameter(self, at: int) -> tuple[int, int]:
        """Start and end of the name of ``$name``, blanks and comments allowed between; empty when none follows."""
        at = self._after_blanks(at + 1)
        while self._text.startswith(("//", "/*"), at):
            at = self._after_blanks(self._closed(_COMMENT, at, "/*"))
        if self._text.startswith("`", at):
            return at, self._closed(_QUOTED, at, "`")
        return at, self._after_name(at)

    def _token(self, kind: Kind, at: int, end: int) -> Token:
        text = self._text[at:end]
        if kind == "symbol":
            text = _SIGNS.get(text, text)
        elif kind == "parameter":
            start, end = self._parameter(at)
            text = "$" + self._text[start:end]
        place = self._place(at)
        return Token(kind, text, *self._position(place), place, self._place(end))

    def _place(self, at: int) -> int:
        if self._places is None:
            return at
        if at < len(self._places):
            return self._places[at]
        return self._places[-1] + 1 if self._places else 0

    def _position(self, place: int) -> tuple[int, int]:
        line = bisect_right(self._line_starts, place)
        return line, place - self._line_starts[line - 1] + 1


def _starts_name(character: str) -> bool:
    if character.isascii():
        return character.isalpha() or character == "_"
    category = unicodedata.category(character)
    return category[0] == "L" or category in ("Nl", "Pc", "Sc")


def _continues_name(character: str) -> bool:
    """Whether a name goes on; characters without a shape belong to it, as on Neo4j."""
    if character.isascii():
        return character.isalnum() or character == "_" or (ord(character) < 0x20 and character not in BLANKS)
    if character in BLANKS:
        return False
    return _starts_name(character) or unicodedata.category(character) in ("Nd", "Mn", "Mc", "Cf", "Cc")
