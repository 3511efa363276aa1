"""What is wrong with a statement: our own look before it runs, and the engine's words after, as sentences with a place.

The engines tell a place in ways of their own: Neo4j counts columns from 1 and
signs beyond the first 65,536 twice, the embedded engine counts columns from 0
and tells no place for unknown names. Here a place is a line and a column from
1, in signs as Python counts them.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from neo4j.exceptions import Neo4jError

from languages.words import N_, _, listing, number

from ..engines import ARCADEDB, DIFFERENCES
from .mistake import Mistake, at, meant, nearest
from .names import doubtful_names
from .nested import Nested, nested
from .silently_wrong import silently_wrong
from .tokens import Token, UnreadableCypher

__all__ = ["Mistake", "asked_parameters", "before_running", "told_by_engine", "unreadable"]

LONGEST: Final = 30_000  # letters of a statement, so that looking it over takes less than a second

_CLAUSES: Final = (
    "MATCH", "OPTIONAL", "WHERE", "RETURN", "WITH", "UNWIND", "ORDER", "LIMIT", "SKIP", "DISTINCT", "UNION", "CALL",
    "YIELD", "AND", "OR", "NOT", "CONTAINS", "STARTS", "ENDS", "EXISTS", "COUNT", "CASE", "WHEN", "THEN", "ELSE", "END",
)  # fmt: skip
_PLACE_FROM_ONE: Final = re.compile(r"\(line (\d+), column (\d+) \(offset: \d+\)\)")
_PLACE_FROM_ZERO: Final = re.compile(r"at line (\d+)(?::|, column )(\d+)")
_STRAY: Final = re.compile(
    r"(?:(?:Invalid|mismatched|extraneous|Unexpected) input|no viable alternative at input|missing \S+ at)"
    r" '(?P<what>.*?)'(?=[:,\s]|$)",
    re.DOTALL,
)
_VARIABLE: Final = re.compile(
    r"[Vv]ariable [`'](?P<name>.+?)[`'] not defined|declared before the WITH/RETURN: (?P<lost>\w+)"
)
_FUNCTION: Final = re.compile(
    r"Unknown (?:procedure/)?function:? '?(?P<name>[\w.]+)'?|procedure with the name `(?P<called>[\w.]+)`"
)
_PARAMETERS: Final = re.compile(r"Expected parameter\(s\): (?P<names>.+)")
_NO_RETURN: Final = re.compile(r"Query cannot conclude with|must conclude with")
_TWICE: Final = re.compile(r"result columns with the same name|Column name '.*' is defined more than once")
_MEMORY: Final = re.compile(r"OutOfMemory|StackOverflow|MemoryPool|HeapElements|in-heap|Java heap", re.IGNORECASE)
_DURATIONS: Final = re.compile(r"(?:sum|avg)\(\) (?:requires|expects).*(?:DURATION|CypherDuration)")
_SUBJECTS: Final = {item.code: item for item in DIFFERENCES}

_EARLY: Final = N_("The statement ends too early: something is missing here.")
_STRAYED: Final = N_("`{what}` cannot stand here")
_LOST: Final = N_("`{name}` is not known any more here: WITH and RETURN hand on only what they name.")
_UNKNOWN: Final = N_("There is no variable `{name}`")
_UNHEARD: Final = N_("There is no function `{name}`")
_VALUES: Final = N_("These have no value: {names}. Give each one, such as :param {first} => 'text';")
_UNFINISHED: Final = N_("A statement ends in RETURN and what is to be shown.")
_TWO_ALIKE: Final = N_("Two columns have the same name: name one of them anew with AS.")
_TOO_MUCH: Final = N_(
    "It needs more memory than the engine gives one statement: "
    "ask for less at a time, with LIMIT or a narrower pattern."
)
_TOO_LONG: Final = N_("A statement has {count} letters at most: put long lists into parameters.")
_NO_ROWS: Final = N_("{word} gives a plan and no rows: leave it out to get the answer.")
_UNREADABLE: Final = {
    "'": N_("A text begins here and does not end: a quotation mark is missing."),
    '"': N_("A text begins here and does not end: a quotation mark is missing."),
    "`": N_("A name in backticks begins here and does not end."),
    "/*": N_("A comment begins here and does not end."),
    "\\u": N_("After \\u stand four digits or letters from a to f."),
}
_SAYS: Final = N_("The engine says: {reason}")
_FORM: Final = N_("{subject}. Write instead: {instead}")


def before_running(cypher: str, parameters: Mapping[str, Any], engine: str) -> list[Mistake]:
    """What can be told before a statement runs; nothing of it is asked of the engine.

    Those that `refuses` must not run: it could not be read, values are missing, or the
    embedded engine would answer wrongly without a word. The others are doubts.
    """
    if len(cypher) > LONGEST:
        return [Mistake(_(_TOO_LONG).format(count=number(LONGEST)), refuses=True)]
    try:
        read = nested(cypher)
    except UnreadableCypher as error:
        return [unreadable(error, cypher)]
    refused = _prefixed(read) + _without_value(read, parameters)
    if engine == ARCADEDB:
        refused += silently_wrong(read) + _no_shortest(read)
    return [*refused, *doubtful_names(read)]


def unreadable(error: UnreadableCypher, cypher: str) -> Mistake:
    """What does not end in a statement, or cannot be read as a sign, at its place."""
    lines = re.split(r"\r\n|\n|\r", cypher)
    rest = lines[error.line - 1][error.column - 1 :] if error.line <= len(lines) else ""
    sentence = next((words for begin, words in _UNREADABLE.items() if rest.startswith(begin)), "")
    length = 2 if rest.startswith(("/*", "\\u")) else 1
    return Mistake(_(sentence) or str(error), error.line, error.column, length, refuses=True)


def told_by_engine(error: Neo4jError, cypher: str, functions: Iterable[str] = ()) -> Mistake:
    """What the engine finds wrong, as a sentence with its place in the statement.

    Parameters
    ----------
    functions
        Names of functions, to find the one that was likely meant.
    """
    message = error.message or ""
    try:
        read = nested(cypher)
    except UnreadableCypher as wrong:
        return unreadable(wrong, cypher)
    if _MEMORY.search(f"{error.code} {message}"):
        return Mistake(_(_TOO_MUCH), refuses=True)
    for pattern, told in _TOLD:
        if found := pattern.search(message):
            return told(read, found, _token_at(read, cypher, message), tuple(functions))
    token = _token_at(read, cypher, message)
    reason = _PLACE_FROM_ONE.sub("", message.split("\n")[0]).strip() or str(error.code)
    sentence = _(_SAYS).format(reason=reason)
    return at(token, sentence, refuses=True) if token else Mistake(sentence, refuses=True)


def _stray(read: Nested, found: re.Match[str], token: Token | None, _functions: tuple[str, ...]) -> Mistake:
    """Something that cannot stand where it stands, or the end of the statement."""
    if token is None or found["what"] in ("", "<EOF>"):
        last = read.pieces[-1] if read.pieces else None
        end = (last.line, last.column + last.end - last.start) if last else (1, 1)
        return Mistake(_(_EARLY), *end, length=1, refuses=True)
    if token.is_word("SHORTEST"):
        return at(token, _form("shortest-word"), refuses=True)
    word = _misspelt_before(read, token)
    if word:
        return at(*word, refuses=True)
    return at(token, f"{_(_STRAYED).format(what=token.text)}.", refuses=True)


def _misspelt_before(read: Nested, token: Token) -> tuple[Token, str, str] | None:
    """A word of the language that is misspelt there, or just before, where it passes for a name."""
    place = read.pieces.index(token)
    for near in (token, *(read.pieces[max(0, place - 1) : place])):
        if near.kind == "word" and near.text.upper() not in _CLAUSES and len(near.text) > 2:
            mend = nearest(near.text, _CLAUSES)
            if mend:
                return near, meant(_(_STRAYED).format(what=near.text), mend), mend
    return None


def _variable(read: Nested, found: re.Match[str], token: Token | None, _functions: tuple[str, ...]) -> Mistake:
    name = found["name"] or found["lost"]
    places = [
        place
        for place, piece in enumerate(read.pieces)
        if read.named(place) == name and not read.sign(place - 1, ".", ":") and piece.kind != "text"
    ]
    here = token if token and token.name == name else (read.pieces[places[-1]] if places else token)
    if len(places) > 1 and (found["lost"] or _is_bound(read, places[0])):
        sentence, mend = _(_LOST).format(name=name), ""
    else:
        others = {read.named(place) for place in range(len(read.pieces)) if _is_bound(read, place)} - {name}
        mend = nearest(name, sorted(others))
        sentence = meant(_(_UNKNOWN).format(name=name), mend)
    return at(here, sentence, mend, refuses=True) if here else Mistake(sentence, mend=mend, refuses=True)


def _is_bound(read: Nested, place: int) -> bool:
    """Whether a name is given its meaning there: in a pattern, after AS, before = or IN."""
    if not read.named(place) or read.word(place, *_CLAUSES):
        return False
    in_pattern = read.sign(place - 1, "(", "[") and read.sign(place + 1, ":", ")", "]", "{", "*")
    return in_pattern or read.word(place - 1, "AS") or read.sign(place + 1, "=")


def _function(read: Nested, found: re.Match[str], token: Token | None, functions: tuple[str, ...]) -> Mistake:
    name = found["name"] or found["called"]
    last = name.rpartition(".")[2].casefold()
    places = [place for place in range(len(read.pieces)) if read.named(place).casefold() == last]
    called = [place for place in places if read.sign(place + 1, "(")]
    here = token or (read.pieces[(called or places)[0]] if places else None)
    mend = nearest(name, functions)
    sentence = meant(_(_UNHEARD).format(name=name), mend)
    return at(here, sentence, mend, refuses=True) if here else Mistake(sentence, mend=mend, refuses=True)


def _prefixed(read: Nested) -> list[Mistake]:
    """A word before the statement by which it would give a plan in place of rows."""
    if not read.word(0, "EXPLAIN"):
        return []
    return [at(read.pieces[0], _(_NO_ROWS).format(word=read.pieces[0].text), refuses=True)]


def asked_parameters(cypher: str) -> dict[str, Token]:
    """The parameters that a statement asks for, by name, each where it first stands.

    Raises
    ------
    UnreadableCypher
        When a text, a name or a comment in it does not end.
    """
    return _asked(nested(cypher))


def _asked(read: Nested) -> dict[str, Token]:
    found: dict[str, Token] = {}
    for place, token in enumerate(read.pieces):
        # the $any( of labels that are given as an expression is none
        dynamic = read.sign(place - 1, ":", "|", "&", "!") and read.sign(place + 1, "(")
        if token.kind == "parameter" and not dynamic:
            found.setdefault(token.name, token)
    return found


def _without_value(read: Nested, parameters: Mapping[str, Any]) -> list[Mistake]:
    asked = {name: token for name, token in _asked(read).items() if name not in parameters}
    return [_lacking(list(asked), next(iter(asked.values())))] if asked else []


def _lacking(names: list[str], token: Token) -> Mistake:
    said = listing([f"${name}" for name in names])
    return at(token, _(_VALUES).format(names=said, first=names[0]), refuses=True)


def _parameters(read: Nested, found: re.Match[str], _token: Token | None, _functions: tuple[str, ...]) -> Mistake:
    names = [name.strip() for name in found["names"].split(",")]
    first = next((token for token in read.pieces if token.kind == "parameter" and token.name == names[0]), None)
    if first:
        return _lacking(names, first)
    return Mistake(_(_VALUES).format(names=listing(names), first=names[0]), refuses=True)


def _no_shortest(read: Nested) -> list[Mistake]:
    """SHORTEST before a pattern, which the embedded engine refuses in words of its own."""
    return [
        at(read.pieces[place], _form("shortest-word"), refuses=True)
        for place in range(len(read.pieces))
        if read.word(place, "SHORTEST")
        and not read.sign(place - 1, ".", ":")
        and not read.sign(place + 1, ".", ")", ",")
    ]


def _form(code: str) -> str:
    known = _SUBJECTS[code]
    return _(_FORM).format(subject=_(known.subject), instead=known.instead)


def _fixed(sentence: str, *, placed: bool = True) -> Callable[..., Mistake]:
    def told(_read: Nested, _found: re.Match[str], token: Token | None, _functions: tuple[str, ...]) -> Mistake:
        return at(token, _(sentence), refuses=True) if token and placed else Mistake(_(sentence), refuses=True)

    return told


def _token_at(read: Nested, cypher: str, message: str) -> Token | None:
    """The piece that stands where the engine points, or begins there first; None behind the last one."""
    place = _place(cypher, message)
    if place is None:
        return None
    return next((token for token in read.pieces if (token.line, token.column + token.end - token.start) > place), None)


def _place(cypher: str, message: str) -> tuple[int, int] | None:
    """Line and column from 1, in signs as Python counts them."""
    lines = cypher.split("\n")
    if found := _PLACE_FROM_ONE.search(message):
        line, column = int(found[1]), int(found[2])
        if line <= len(lines):
            units = lines[line - 1].encode("utf-16-le")[: 2 * (column - 1)]
            column = len(units.decode("utf-16-le", "ignore")) + 1
        return line, column
    if found := _PLACE_FROM_ZERO.search(message):
        return int(found[1]), int(found[2]) + 1
    return None


_TOLD: Final[tuple[tuple[re.Pattern[str], Callable[..., Mistake]], ...]] = (
    (_VARIABLE, _variable),
    (_FUNCTION, _function),
    (_PARAMETERS, _parameters),
    (_NO_RETURN, _fixed(_UNFINISHED)),
    (_TWICE, _fixed(_TWO_ALIKE)),
    (_DURATIONS, lambda *_found: Mistake(_form("sum-of-durations"), refuses=True)),
    (_STRAY, _stray),
)
