"""A statement of one's own, from its text to its answer: read, judged, run; and what is wrong with it, at its place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from neo4j.exceptions import Neo4jError

from graph_store.cypher.mistakes import Mistake, before_running, told_by_engine, unreadable
from graph_store.cypher.tokens import UnreadableCypher
from graph_store.errors import ExplorerError
from graph_store.guard import refuse_changes
from graph_store.store import Store

from .statement import Statement, WrongStatement, read_statement


class Mistaken(ExplorerError):
    """A statement that does not run as it is; `mistakes` says why, with places in the text that was given."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))


@dataclass(frozen=True)
class Judged:
    """A statement that may run, and what is doubtful in it, with places in the text that was given."""

    statement: Statement
    doubts: tuple[Mistake, ...] = ()


def judged(store: Store, text: str, values: Mapping[str, Any], functions: Iterable[str] = ()) -> Judged:
    """Read a statement, and judge whether it may run; it is not run.

    Parameters
    ----------
    text
        The statement, with lines that set parameters above it or without.
    values
        Values of parameters; they go before those of the text.
    functions
        Names of functions, to find the one that was likely meant.

    Raises
    ------
    Mistaken
        When it cannot be read, values are missing, or the engine finds it wrong or would answer wrongly.
    WriteRefused
        When it would do more than read.
    EngineAway
        When the engine does not answer.
    """
    statement = read(text)
    statement = replace(statement, parameters={**statement.parameters, **values})
    found = [
        in_text(item, statement) for item in before_running(statement.cypher, statement.parameters, _engine(store))
    ]
    refused = [item for item in found if item.refuses]
    if refused:
        raise Mistaken(refused)
    try:
        store.guarded(lambda: refuse_changes(store, statement.cypher, statement.parameters))
    except Neo4jError as error:
        raise wrong(error, statement, functions) from error
    return Judged(statement, tuple(found))


def read(text: str) -> Statement:
    """The statement of a text.

    Raises
    ------
    Mistaken
        When there is none, or it cannot be read.
    """
    try:
        return read_statement(text)
    except WrongStatement as error:
        raise Mistaken([Mistake(str(error), error.line, error.column, refuses=True)]) from error
    except UnreadableCypher as error:
        raise Mistaken([unreadable(error, text)]) from error


def wrong(error: Neo4jError, statement: Statement, functions: Iterable[str] = ()) -> Mistaken:
    """What the engine says of a statement, as an error with a place in the text that was given."""
    return Mistaken([in_text(told_by_engine(error, statement.cypher, functions), statement)])


def in_text(mistake: Mistake, statement: Statement) -> Mistake:
    """A mistake of the statement, with its place in the text that it stands in."""
    if not mistake.line:
        return mistake
    column = mistake.column + (statement.column - 1 if mistake.line == 1 else 0)
    return replace(mistake, line=mistake.line + statement.line - 1, column=column)


def _engine(store: Store) -> str:
    return store.info().engine
