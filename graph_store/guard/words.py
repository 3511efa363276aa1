r"""What a statement says that goes beyond reading: told by its words, whatever the engine would make of them.

An engine that runs a schema statement for an `EXPLAIN`, or obeys `COMMIT` from
a user who can only read, must not be asked first. So the words are looked at
before anything is sent, on both engines alike.
"""

import difflib
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from languages.words import _

from ..cypher.tokens import BLANKS, Token, escapes
from ..errors import WriteRefused

LONGEST: Final = 20_000
"""Characters of a statement; values belong into parameters."""
DEEPEST: Final = 100
"""Brackets within brackets: the engines read them by recursion, and one that gives up answers nothing."""
MOST_JOINED: Final = 500
"""AND, OR, + and so on in one statement, for the same reason."""
MOST_XOR: Final = 6
"""Neo4j's planning of a chain of XOR doubles with each one, and cannot be stopped."""
_JOINING_WORDS, _JOINING_SIGNS = ("AND", "OR", "XOR", "NOT"), ("+", "*", "/", "%", "^", "||")

_CHANGING = (
    "CREATE MERGE DELETE DETACH NODETACH INSERT SET REMOVE DROP FOREACH ALTER GRANT DENY REVOKE RENAME TERMINATE"
)
CHANGING = frozenset(_CHANGING.split())
# Words that begin a statement, or a part of one, which is about the server, its settings or its transactions.
_SERVER = "SHOW USE START STOP COMMIT ROLLBACK SESSION DEFINE ENABLE DEALLOCATE REALLOCATE DRYRUN CYPHER USING LOAD"
SERVER = frozenset(_SERVER.split())
EXPLAINING = ("EXPLAIN", "PROFILE")

_PROCEDURES = (
    "db.labels db.relationshiptypes db.propertykeys db.schema.visualization db.schema.nodetypeproperties "
    "db.schema.reltypeproperties db.index.fulltext.querynodes db.index.fulltext.queryrelationships dbms.components"
)
PROCEDURES = frozenset(_PROCEDURES.split())
"""Those that only describe the graph or search in it; every other is refused."""

_MOMENTS = ("date", "datetime", "localdatetime", "localtime", "time")
_FUNCTIONS = (
    "abs acos all allshortestpaths any asin atan atan2 avg btrim ceil ceiling char_length character_length coalesce "
    "collect cos cosh cot coth count date datetime datetime.fromepoch datetime.fromepochmillis degrees duration "
    "duration.between duration.indays duration.inmonths duration.inseconds e elementid endnode exists exp floor "
    "haversin head id isempty isnan isnormalized keys labels last left length ln localdatetime localtime log log10 "
    "lower ltrim max min nodes none normalize nullif percentile_cont percentile_disc percentilecont percentiledisc pi "
    "point point.distance point.withinbbox properties radians rand randomuuid range reduce relationships replace "
    "reverse right round rtrim shortestpath sign sin single sinh size split sqrt startnode stdev stdevp substring sum "
    "tail tan tanh time timestamp toboolean tobooleanlist tobooleanornull tofloat tofloatlist tofloatornull tointeger "
    "tointegerlist tointegerornull tolower tostring tostringlist tostringornull toupper trim type upper valuetype "
    "vector.similarity.cosine vector.similarity.euclidean"
)
FUNCTIONS = frozenset(_FUNCTIONS.split()) | {
    f"{moment}.{form}" for moment in _MOMENTS for form in ("realtime", "statement", "transaction", "truncate")
}
"""Those of both engines that work on their arguments alone, in lower case."""

_LANGUAGE = (
    "ACYCLIC ALL AND ANY AS ASC ASCENDING BY CALL CASE COLLECT CONTAINS COUNT DESC DESCENDING DISTINCT ELSE EXISTS "
    "FILTER FOR GROUP GROUPS IN IS LET LIMIT MATCH NOT OFFSET ON OPTIONAL OR ORDER PATH PATHS RETURN SHORTEST SIMPLE "
    "SKIP THEN TRAIL UNION UNWIND VALUE WALK WHEN WHERE WITH XOR YIELD SEARCH"
)
_BEFORE_BRACKET = frozenset(_LANGUAGE.split())
_NAME_BEFORE = (".", ":", "|", "&", "!")
_NAME_AFTER = (":", ".", ",", ")", "]", "}", "=")
_SAID_FIRST = ("{", "UNION", "ALL", "DISTINCT", "NEXT")


def refuse_words(cypher: str, pieces: Sequence[Token]) -> None:
    """Refuse a statement whose words do more than read the graph.

    Parameters
    ----------
    cypher
        The statement.
    pieces
        Its tokens without comments.

    Raises
    ------
    WriteRefused
        With a sentence that names the word.
    """
    _refuse_shape(cypher, pieces)
    for place, piece in enumerate(pieces):
        if piece.kind != "word":
            continue
        word = piece.text.upper()
        if word in CHANGING and not _is_name(pieces, place):
            raise WriteRefused(_more(word))
        if word in SERVER and _begins(pieces, place) and not _is_name(pieces, place):
            raise WriteRefused(_more(_told(pieces, place)))
        if word == "LOAD" and _word_at(pieces, place + 1) == "CSV" and not _is_name(pieces, place):
            raise WriteRefused(_more("LOAD CSV"))
        if word in ("TRANSACTION", "TRANSACTIONS") and _in_transactions(pieces, place):
            raise WriteRefused(_more("IN TRANSACTIONS"))
        if word == "CALL" and not _is_name(pieces, place):
            _refuse_procedure(pieces, place)
    for name, piece in calls(pieces):
        if name not in FUNCTIONS:
            raise WriteRefused(_unknown_function(name, piece))


def calls(pieces: Sequence[Token]) -> Iterator[tuple[str, Token]]:
    """Names of functions in lower case with the token that ends the name, where they are called."""
    for place, piece in enumerate(pieces[:-1]):
        if piece.kind not in ("word", "quoted_name") or not pieces[place + 1].is_sign("("):
            continue
        first = place
        while first >= 2 and pieces[first - 1].is_sign(".") and pieces[first - 2].kind in ("word", "quoted_name"):
            first -= 2
        before = pieces[first - 1] if first else None
        if before and (_in_hint(pieces, first) or _follows_call(pieces, first)):
            continue  # a label; a procedure, judged by itself
        dotted = first < place
        if not dotted and piece.kind == "word" and _no_function(piece):
            continue
        yield ".".join(item.name for item in pieces[first : place + 1 : 2]).lower(), piece


def _no_function(piece: Token) -> bool:
    """A word of the language before a bracket, unless a function has that name, too."""
    return piece.text.upper() in _BEFORE_BRACKET and piece.text.lower() not in FUNCTIONS


def _in_hint(pieces: Sequence[Token], first: int) -> bool:
    """Whether this is the label of ``USING INDEX n:Region(id)``: no other label stands before a bracket."""
    return first > 2 and pieces[first - 1].is_sign(":") and pieces[first - 3].is_word("INDEX", "SEEK")


def _follows_call(pieces: Sequence[Token], first: int) -> bool:
    return pieces[first - 1].is_word("CALL") and not _is_name(pieces, first - 1)


def _refuse_shape(cypher: str, pieces: Sequence[Token]) -> None:
    if len(cypher) > LONGEST:
        raise WriteRefused(
            _("The statement has more than {most} characters: give long values as parameters.").format(most=LONGEST)
        )
    texts = [(piece.start, piece.end) for piece in pieces if piece.kind == "text"]
    for place in escapes(cypher):
        letter = chr(int(cypher[place + 2 : place + 6], 16))
        if not any(start < place < end for start, end in texts) or letter in "'\"`\\\n\r":
            # Neo4j reads \u0043REATE as CREATE, and \u0027 as the end of a text
            raise WriteRefused(
                _("Write the letters themselves instead of \\u codes: the statement cannot be judged otherwise.")
            )
    for piece in pieces:
        if piece.kind != "text" and any(_unseen(character) for character in piece.text):
            raise WriteRefused(
                _("Line {line}, column {column}: a character that cannot be seen stands here; remove it.").format(
                    line=piece.line, column=piece.column
                )
            )
    _refuse_nesting(pieces)
    if any(piece.is_sign(";") for piece in pieces[:-1]):
        raise WriteRefused(_("One statement at a time: leave out what stands after the semicolon."))


def _refuse_nesting(pieces: Sequence[Token]) -> None:
    depth = joined = 0
    if sum(piece.is_word("XOR") for piece in pieces) > MOST_XOR:
        raise WriteRefused(
            _("More than {most} XOR stand here, which the engine cannot plan: write AND, OR and NOT.").format(
                most=MOST_XOR
            )
        )
    for piece in pieces:
        depth += piece.is_sign("(", "[", "{") - piece.is_sign(")", "]", "}")
        joined += piece.is_word(*_JOINING_WORDS) or piece.is_sign(*_JOINING_SIGNS)
        if depth > DEEPEST:
            raise WriteRefused(
                _("More than {most} brackets stand within one another here: write it flatter.").format(most=DEEPEST)
            )
        if joined > MOST_JOINED:
            raise WriteRefused(
                _("More than {most} conditions or sums stand here: give a list as a parameter, and write IN.").format(
                    most=MOST_JOINED
                )
            )


def _unseen(character: str) -> bool:
    return character not in BLANKS and unicodedata.category(character) in ("Cc", "Cf")


def _is_name(pieces: Sequence[Token], place: int) -> bool:
    """Whether the word names a property, label or variable here."""
    if place and pieces[place - 1].is_sign(*_NAME_BEFORE):
        return True
    return place + 1 < len(pieces) and pieces[place + 1].is_sign(*_NAME_AFTER)


def _begins(pieces: Sequence[Token], place: int) -> bool:
    """Whether a statement or a part of one begins here."""
    if place == 0:
        return True
    before = pieces[place - 1]
    return before.is_sign("{") or before.is_word(*_SAID_FIRST, *EXPLAINING)


def _in_transactions(pieces: Sequence[Token], place: int) -> bool:
    if _is_name(pieces, place):
        return False
    return any(
        piece.is_word("IN") and pieces[number].is_sign("}") for number, piece in enumerate(pieces[1 : place + 1])
    )


def _refuse_procedure(pieces: Sequence[Token], place: int) -> None:
    names = []
    at = place + 1
    while at < len(pieces) and pieces[at].kind in ("word", "quoted_name"):
        names.append(pieces[at].name)
        if at + 1 == len(pieces) or not pieces[at + 1].is_sign("."):
            break
        at += 2
    name = ".".join(names)
    called = pieces[place + 1] if place + 1 < len(pieces) else None
    if name.lower() not in PROCEDURES and called is not None and not called.is_sign("(", "{"):
        refusal = _(
            'The procedure "{name}" is none of those that may be called here: '
            "only db.labels and others that describe the graph or search in it."
        )
        raise WriteRefused(refusal.format(name=name))


def _word_at(pieces: Sequence[Token], place: int) -> str:
    return pieces[place].text.upper() if place < len(pieces) and pieces[place].kind == "word" else ""


def _told(pieces: Sequence[Token], place: int) -> str:
    return " ".join(filter(None, (_word_at(pieces, place), _word_at(pieces, place + 1))))


def _more(what: str) -> str:
    refusal = _(
        "Only reading the graph is allowed here, and {what} does more. A name of that spelling goes in backticks."
    )
    return refusal.format(what=what)


def _unknown_function(name: str, piece: Token) -> str:
    close = difflib.get_close_matches(name, FUNCTIONS, n=1, cutoff=0.75)
    place = {"line": piece.line, "column": piece.column, "name": name}
    if close:
        return _(
            'Line {line}, column {column}: "{name}" is none of the functions that may be called here; {other} is one.'
        ).format(**place, other=close[0])
    return _(
        'Line {line}, column {column}: "{name}" is none of the functions that may be called here: '
        "only those that both engines have and that work on their arguments alone."
    ).format(**place)
