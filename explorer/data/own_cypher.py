"""One's own Cypher for readers: begun, looked after while it runs, and its answer as a table and as ties to draw."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd
from neo4j.exceptions import Neo4jError

from graph_store.cypher.mistakes import Mistake, asked_parameters
from graph_store.cypher.plan_in_words import Plan, Step, plan_of
from graph_store.cypher.tokens import UnreadableCypher
from graph_store.drawn import Drawing
from graph_store.errors import EngineAway, WriteRefused
from graph_store.running import MEGABYTES, ROWS, SECONDS, Ended, Limits, Running, TooManyRunning
from queries.own_cypher import Judged, Mistaken, judged, read, wrong
from queries.statement import WrongStatement, literal, with_value

from .editor_words import FUNCTIONS
from .graph import store, with_none

__all__ = [
    "LIMITS", "MEGABYTES", "ROWS", "SECONDS", "Asked", "Begun", "Ended", "EngineAway", "Mistake", "Mistaken", "Outcome",
    "Plan", "Running", "Step", "TooManyRunning", "WriteRefused", "WrongStatement", "asked_values", "begin", "mended",
    "outcome", "plan", "python", "set_value", "short",
]  # fmt: skip

LIMITS = Limits()
LONGEST = 4000  # letters of a statement that go into an address


@dataclass(frozen=True)
class Begun:
    """A statement that was asked to run: its text as given, and its run."""

    text: str
    judged: Judged
    running: Running


@dataclass(frozen=True)
class Asked:
    """A parameter that a statement asks for, and its value as written; empty where it has none."""

    name: str
    written: str


@dataclass(frozen=True)
class Outcome:
    """What came of a statement.

    `rows` hold all of the answer, `shown` the same with names for nodes and relationships.
    `ties`: start, start_name, end, end_name; one row a relationship of the answer whose ends are in it.
    `loose`: how many relationships have an end that is not in the answer.
    """

    rows: pd.DataFrame
    shown: pd.DataFrame
    cut: str
    seconds: float
    doubts: tuple[Mistake, ...]
    ties: pd.DataFrame
    loose: int


def begin(text: str) -> Begun:
    """Judge a statement and let it run, beside everything else.

    Raises
    ------
    Mistaken
        When it is wrong.
    WriteRefused
        When it would do more than read.
    TooManyRunning
        When as many as may run at once.
    EngineAway
        When the engine does not answer.
    """
    found = judged(store(), text, {}, _functions())
    running = Running(store(), found.statement.cypher, found.statement.parameters, LIMITS)
    return Begun(text, found, running)


def outcome(begun: Begun) -> Outcome:
    """What came of it; waits until it has ended.

    Raises
    ------
    Mistaken
        When the engine finds it wrong.
    Ended
        When it was ended before it gave rows.
    EngineAway
        When the engine went away.
    """
    try:
        answer = begun.running.answer()
    except Neo4jError as error:
        raise wrong(error, begun.judged.statement, _functions()) from error
    columns = list(answer.columns) or list(dict.fromkeys(key for row in answer.rows for key in row))
    rows = with_none(pd.DataFrame([[_cell(row.get(name)) for name in columns] for row in answer.rows], columns=columns))
    return Outcome(
        rows,
        with_none(rows.map(_named)),
        answer.cut,
        answer.seconds,
        begun.judged.doubts,
        _ties(answer.drawn),
        sum(1 for item in answer.drawn.relationships if {item.start, item.end} & answer.drawn.unseen),
    )


def plan(text: str) -> Plan:
    """How the engine means to find the answer; nothing is run. Raises as `begin` does."""
    found = judged(store(), text, {}, _functions())
    try:
        return plan_of(store(), found.statement.cypher, found.statement.parameters)
    except Neo4jError as error:
        raise wrong(error, found.statement, _functions()) from error


def asked_values(text: str) -> list[Asked]:
    """The parameters that a statement asks for, in its order; none while it cannot be read."""
    try:
        statement = read(text)
        names = asked_parameters(statement.cypher)
    except (Mistaken, UnreadableCypher):
        return []
    given = statement.parameters
    return [Asked(name, literal(given[name]) if name in given else "") for name in names]


def set_value(text: str, name: str, written: str) -> str:
    """The text with a parameter set to a value, as written.

    Raises
    ------
    WrongStatement
        When it is no value.
    """
    return with_value(text, name, written)


def mended(text: str, mistake: Mistake) -> str:
    """The text with what is wrong replaced by what was likely meant."""
    lines = text.split("\n")
    line, start = lines[mistake.line - 1], mistake.column - 1
    lines[mistake.line - 1] = line[:start] + mistake.mend + line[start + mistake.length :]
    return "\n".join(lines)


def short(text: str) -> bool:
    """Whether a text may stand in an address."""
    return 0 < len(text) <= LONGEST


def python(begun: Begun) -> str:
    """The same question for a notebook."""
    statement = begun.judged.statement
    cypher = statement.cypher.strip()
    plain = '"""' not in cypher and "\\" not in cypher and not cypher.endswith('"')
    written = f'"""\n{cypher}\n"""' if plain else repr(cypher)
    given = f", {dict(statement.parameters)!r}" if statement.parameters else ""
    imports = "from graph_store.store import open_store\n"
    if "datetime." in given:
        imports = "import datetime\n\n" + imports
    return f"{imports}\nwith open_store() as store:\n    rows = store.read({written}{given})\n"


def _functions() -> Iterable[str]:
    return [item.name for item in FUNCTIONS]


def _cell(value: Any) -> Any:
    """A value as a table can hold it: what only the driver knows is written out."""
    if isinstance(value, dict):
        return {key: _cell(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_cell(item) for item in value]
    return str(value) if type(value).__module__.startswith("neo4j") else value


def _named(value: Any) -> Any:
    """A value as a reader sees it: of a node its id and name, of a relationship its type, at any depth."""
    if isinstance(value, list):
        return [_named(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "_type" in value:
        return {"name": value["_type"]}
    if "_labels" in value:
        return {"id": value.get("id"), "name": value.get("name") or value.get("id") or ", ".join(value["_labels"])}
    return {key: _named(item) for key, item in value.items()}


def _ties(drawing: Drawing) -> pd.DataFrame:
    nodes = {node.key: node for node in drawing.nodes}
    rows = [
        (
            nodes[item.start].id or item.start,
            nodes[item.start].name,
            nodes[item.end].id or item.end,
            nodes[item.end].name,
        )
        for item in drawing.relationships
        if item.start in nodes and item.end in nodes
    ]
    return pd.DataFrame(rows, columns=["start", "start_name", "end", "end_name"])
