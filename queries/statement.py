"""A statement as an analyst keeps it: lines that set parameters, then Cypher; read, and written the same way.

The form is the one that Neo4j Browser and cypher-shell take, so that a
statement can be carried between them and the desk::

    :param region => 'NL22';
    :param since => date('2019-01-01');
    MATCH (r:Region {id: $region}) RETURN r.name AS name;

Values are read as literals and never evaluated.
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from graph_store.cypher.tokens import tokens
from graph_store.errors import ExplorerError
from languages.words import _

WHOLE: Final = (-(2**63), 2**63 - 1)  # the whole numbers that a graph can hold
_MOST_DIGITS: Final = 100
_DEEPEST: Final = 50  # brackets in brackets

_BLANK = re.compile(r"(?:\s|//[^\n]*|/\*.*?\*/)*", re.DOTALL)
_COMMAND = re.compile(r":(params?)\b[^\S\n]*")
_NAME = re.compile(r"[^\W\d]\w*|`(?:[^`]|``)+`")
_NUMBER = re.compile(r"-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?(?![\w.])")
_TEXT = re.compile(r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"", re.DOTALL)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_WORDS: Final = {"true": True, "false": False, "null": None, "nan": math.nan, "inf": math.inf, "infinity": math.inf}
_MADE: Final[Mapping[str, Callable[[str], object]]] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "localdatetime": datetime.fromisoformat,
}
_SIGNS: Final = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "\\": "\\", "'": "'", '"': '"', "`": "`"}
_WRITTEN: Final = {sign: "\\" + letter for letter, sign in _SIGNS.items() if letter not in '"`'}
_PLAIN = re.compile(r"[A-Za-z_]\w*", re.ASCII)


class WrongStatement(ExplorerError):
    """Text that cannot be read as one statement with its parameters; knows the place (line and column from 1)."""

    def __init__(self, sentence: str, line: int, column: int) -> None:
        super().__init__(sentence)
        self.line = line
        self.column = column


@dataclass(frozen=True)
class Statement:
    """One statement and the values that stand above it.

    `line` and `column` are where `cypher` begins in the text that was read, from 1.
    """

    cypher: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    line: int = 1
    column: int = 1


def read_statement(text: str) -> Statement:
    """The one statement of `text`, with the parameters set above it; a semicolon at its end is left out.

    Raises
    ------
    WrongStatement
        When there is none, or more than one, or a parameter cannot be read.
    UnreadableCypher
        When a text, a name or a comment in it does not end.
    """
    reader = _Reader(text)
    parameters = reader.commands()
    text, start = reader.text, reader.place
    pieces = [token for token in tokens(_blanked(text[:start]) + text[start:]) if token.kind != "comment"]
    ends = [place for place, token in enumerate(pieces) if token.is_sign(";")]
    said = pieces[: ends[0]] if ends else pieces
    rest = [token for token in pieces[len(said) :] if not token.is_sign(";")]
    if not said:
        raise reader.wrong(_("There is no statement yet: write one that ends in RETURN."), start)
    if rest:
        sentence = _("Here begins a second statement: run one at a time, without a semicolon in between.")
        raise reader.wrong(sentence, rest[0].start)
    cypher = text[start : pieces[ends[0]].start if ends else len(text)].rstrip()
    return Statement(cypher, parameters, *reader.line_and_column(start))


def with_value(text: str, name: str, written: str) -> str:
    """The text with a parameter set to what `written` says; everything else stays as it is.

    Raises
    ------
    WrongStatement
        When the text cannot be read, or what is written is no value.
    """
    read_literal(written)
    reader = _Reader(text)
    reader.commands()
    text = reader.text
    start, end = reader.spans.get(name, (reader.place, reader.place))
    if name not in reader.spans:
        start = end = text.rfind("\n", 0, start) + 1 if text[:start].strip() else start
        written = f":param {_name(name)} => {written.strip()};\n"
    return text[:start] + written.strip(" \t") + text[end:]


def as_cypher(cypher: str, parameters: Mapping[str, Any]) -> str:
    """The statement with its parameters set above it, as `read_statement` and Neo4j Browser take it.

    Raises
    ------
    ValueError
        When a value is of a type that has no literal.
    UnreadableCypher
        When a text, a name or a comment in it does not end.
    """
    lines = [f":param {_name(name)} => {literal(value)};" for name, value in parameters.items()]
    body = cypher.strip()
    pieces = tokens(body)
    if pieces and pieces[-1].is_sign(";"):
        body = body[: pieces[-1].start].rstrip()
    elif pieces and pieces[-1].kind == "comment":
        body += "\n"  # a remark would swallow the semicolon
    return "\n".join([*lines, body + ";"])


def literal(value: Any) -> str:
    """A value as Cypher writes it, on one line.

    >>> literal(["Arnhem", 1, None])
    "['Arnhem', 1, null]"

    Raises
    ------
    ValueError
        When it is of a type that has no literal.
    """
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return "'" + "".join(_WRITTEN.get(sign) or _sign(sign) for sign in value) + "'"
    if isinstance(value, datetime):
        return f"{'datetime' if value.tzinfo else 'localdatetime'}('{value.isoformat()}')"
    if isinstance(value, date):
        return f"date('{value.isoformat()}')"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_name(str(key))}: {literal(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(literal(item) for item in value) + "]"
    if hasattr(value, "__index__"):
        return str(int(value))
    if isinstance(value, float):
        return _real(value)
    raise ValueError(_("A value of the type {type} cannot be written in Cypher.").format(type=type(value).__name__))


def read_literal(text: str) -> Any:
    """The value that `text` writes as Cypher does: text in quotes, a number, true, null, a list, a map, date('…').

    Raises
    ------
    WrongStatement
        When it writes none, or something follows.
    """
    reader = _Reader(text)
    reader.blank()
    value = reader.value()
    reader.blank()
    if reader.place < len(text):
        raise reader.wrong(_("One value is wanted here, and something follows it."))
    return value


class _Reader:
    """Reads commands and literals from a text, from one place to the next."""

    def __init__(self, text: str) -> None:
        self.text = text.replace("\r\n", "\n").replace("\r", "\n")
        self.spans: dict[str, tuple[int, int]] = {}  # where the value of each parameter stands
        self.place = 0
        self._depth = 0

    def commands(self) -> dict[str, Any]:
        """The parameters set above the statement; the reader then stands at its start."""
        parameters: dict[str, Any] = {}
        while self.command(parameters):
            continue
        return parameters

    def command(self, parameters: dict[str, Any]) -> bool:
        """Read one line that sets parameters; False, at the start of the statement, where none follows."""
        start = self.place
        self.blank()
        found = _COMMAND.match(self.text, self.place)
        if not found:
            if self.text[self.place : self.place + 1] == ":":
                raise self.wrong(_("Of the commands with a colon only :param and :params are known here."))
            self.place = self._line_start(start)
            return False
        self.place = found.end()
        if self._sees("{"):
            parameters.update(self._map(named=True))
        else:
            name = self._name(_("The name of the parameter is missing here."))
            self.blank()
            if not (self._takes("=>") or self._takes(":")):
                raise self.wrong(_("A parameter is set as :param name => value."))
            self.blank()
            start = self.place
            parameters[name] = self.value()
            self.spans[name] = (start, self.place)
        self._end_of_command()
        return True

    def value(self) -> Any:
        """The literal that stands here."""
        if self._sees("'") or self._sees('"'):
            return self._quoted()
        if number := self._take(_NUMBER):
            return self._number(number)
        if self._sees("["):
            return self._list()
        if self._sees("{"):
            return self._map()
        start = self.place
        sign = -1 if self._takes("-") else 1
        word = (self._take(_NAME) or "").lower()
        if word in _WORDS and (sign == 1 or isinstance(_WORDS[word], float)):
            return -_WORDS[word] if sign == -1 else _WORDS[word]  # type: ignore[operator]
        if word in _MADE and sign == 1:
            return self._made(word, start)
        raise self.wrong(
            _("A value is wanted here: a text in quotes, a number, true, null, a list, a map or date('2024-03-12')."),
            start,
        )

    def blank(self) -> None:
        """Pass over blanks and comments."""
        found = _BLANK.match(self.text, self.place)
        self.place = found.end() if found else self.place

    def wrong(self, sentence: str, place: int | None = None) -> WrongStatement:
        """An error at a place of the text, or at the one that the reader has come to."""
        return WrongStatement(sentence, *self.line_and_column(self.place if place is None else place))

    def line_and_column(self, place: int) -> tuple[int, int]:
        """Line and column of a place, from 1."""
        above = self.text[:place]
        return above.count("\n") + 1, place - above.rfind("\n")

    def _line_start(self, start: int) -> int:
        """Where the statement begins: comments above it are its own, blank lines are not."""
        blank = re.match(r"\s*\n", self.text[start:])
        return start + blank.end() if blank else start

    def _end_of_command(self) -> None:
        """Nothing else may stand behind a value, up to the semicolon or the end of the line."""
        rest = re.compile(r"[^\S\n]*(?:;|(?=\n)|(?=//)|\Z)").match(self.text, self.place)
        if not rest:
            raise self.wrong(_("One value is wanted here, and something follows it."))
        self.place = rest.end()

    def _number(self, text: str) -> int | float:
        if re.fullmatch(r"-?\d+", text):
            # looked at in this order, since Python refuses to read numbers of very many digits
            if len(text) <= _MOST_DIGITS and WHOLE[0] <= int(text) <= WHOLE[1]:
                return int(text)
            raise self.wrong(_("This number is larger than a graph can hold."), self.place - len(text))
        return float(text)

    def _quoted(self) -> str:
        text = self._take(_TEXT)
        if text is None:
            raise self.wrong(_("This text has no closing quotation mark."))
        start = self.place - len(text)

        def sign(found: re.Match[str]) -> str:
            letter = found[1]
            if len(letter) > 1:
                return chr(int(letter[1:], 16))
            if letter not in _SIGNS:
                raise self.wrong(
                    _("A backslash in a text is written twice; alone it begins a sign such as \\n."),
                    start + 1 + found.start(),
                )
            return _SIGNS[letter]

        return _ESCAPE.sub(sign, text[1:-1])

    def _list(self) -> list[Any]:
        items: list[Any] = []
        self._enter("[")
        while not self._takes("]"):
            items.append(self.value())
            self._next("]")
        self._depth -= 1
        return items

    def _map(self, *, named: bool = False) -> dict[str, Any]:
        """A map; `named` where its keys are names of parameters."""
        pairs: dict[str, Any] = {}
        self._enter("{")
        while not self._takes("}"):
            quoted = self._sees("'") or self._sees('"')
            key = self._quoted() if quoted else self._name(_("A map is written as {name: value, other: value}."))
            self.blank()
            if not self._takes(":"):
                raise self.wrong(_("A map is written as {name: value, other: value}."))
            self.blank()
            start = self.place
            pairs[key] = self.value()
            if named:
                self.spans[key] = (start, self.place)
            self._next("}")
        self._depth -= 1
        return pairs

    def _made(self, word: str, start: int) -> object:
        """A date and the like, from the text in its brackets."""
        self.blank()
        opened = self._takes("(")
        self.blank()
        text = self._quoted() if opened and (self._sees("'") or self._sees('"')) else ""
        self.blank()
        try:
            made = _MADE[word](text)
        except ValueError:
            made = None
        if made is None or not self._takes(")"):
            raise self.wrong(_("A day is written as date('2024-03-12')."), start)
        return made

    def _enter(self, bracket: str) -> None:
        self._takes(bracket)
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self.wrong(_("Brackets stand in brackets too deep here."))
        self.blank()

    def _next(self, closing: str) -> None:
        """Pass over the comma between two items."""
        self.blank()
        comma = self._takes(",")
        self.blank()
        if not comma and not self._sees(closing):
            raise self.wrong(_("A comma or {bracket} is missing here.").format(bracket=closing))

    def _name(self, otherwise: str) -> str:
        name = self._take(_NAME)
        if name is None:
            raise self.wrong(otherwise)
        return name[1:-1].replace("``", "`") if name.startswith("`") else name

    def _sees(self, sign: str) -> bool:
        return self.text.startswith(sign, self.place)

    def _takes(self, sign: str) -> bool:
        seen = self._sees(sign)
        self.place += len(sign) if seen else 0
        return seen

    def _take(self, pattern: re.Pattern[str]) -> str | None:
        found = pattern.match(self.text, self.place)
        if found:
            self.place = found.end()
        return found[0] if found else None


def _blanked(text: str) -> str:
    """As many blanks and line ends, so that places keep their line and column."""
    return re.sub(r"[^\n]", " ", text)


def _sign(sign: str) -> str:
    """A sign of a text; one that ends a line, or is not seen, by its number."""
    return sign if sign.isprintable() or sign == " " or ord(sign) > 0xFFFF else f"\\u{ord(sign):04x}"


def _real(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return repr(float(value)).replace("e+", "e")


def _name(name: str) -> str:
    return name if _PLAIN.fullmatch(name) else "`" + name.replace("`", "``") + "`"
