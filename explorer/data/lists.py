"""Lists: any named query of the library, with its words, for the page that shows rows."""

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from graph_store import schema
from graph_store.errors import WrongUse
from languages.words import N_
from queries import library
from queries.written import plain

from .graph import ask
from .network import names, source_names

# Headings of columns whose name says too little to a reader.
COLUMN_TITLES = {
    "on": N_("When"),
    "first_on": N_("First"),
    "last_on": N_("Last"),
    "taken_over": N_("Took it over"),
    "interested": N_("Interested"),
    "origin": N_("Began in"),
    "attendees": N_("Attended"),
    "budget_eur": N_("Budget in euros"),
    "other_projects": N_("Projects with the other region"),
    "other_visits": N_("Visits with the other region"),
    "url": N_("Address"),
    "region_ids": N_("Regions"),
    "approach_ids": N_("Approaches"),
    "host_ids": N_("Hosts"),
    "parent_id": N_("Part of"),
    "origin_of": N_("Began here"),
}

# Words for what queries themselves say in codes; the codes of the data have theirs in the schema.
CODES = {
    "part": {"hosted": N_("Hosted"), "attended": N_("Attended")},
    "what": {  # as the query `contradictions` says it
        words: words
        for words in (
            N_("a project began after its end"),
            N_("taking part began after its end"),
            N_("taking part began after the end of the project"),
            N_("the project began after the end of taking part"),
            N_("membership began after its end"),
            N_("a step was taken after its end"),
            N_("an approach began after it was taken up"),
            N_("a visit was after the step credited to it"),
            N_("a visit was after its outcome was known"),
            N_("host and guest of a visit are the same"),
        )
    },
    "fate": {"kept": N_("Kept"), "changed": N_("Changed"), "dropped": N_("Left out")},
    "how": {
        "own": N_("It, or a body in it"),
        "within": N_("A region within it"),
        "from above": N_("A body of a territory that it is a part of"),
    },
}


@dataclass(frozen=True)
class Answer:
    """A named query with its words, the names of what it asks for, and its rows."""

    title: str
    description: str
    asked: frozenset[str]
    rows: pd.DataFrame


def answer(name: str, parameters: dict[str, str]) -> Answer | None:
    """The answer of a named query; None where there is no such query, or it refuses the parameters.

    What the query does not ask for is left aside: an address may hold more, such as the language.
    """
    try:
        query = library.query(name)
        wanted = {parameter.name for parameter in query.params}
        rows = ask(name, **_typed({key: value for key, value in parameters.items() if key in wanted}))
    except WrongUse:
        return None
    return Answer(query.title, query.description, frozenset(wanted), rows)


def label_of(row: dict[str, Any]) -> str:
    """Label of the node that a row is about; empty for a node without a profile."""
    if isinstance(row.get("label"), str):
        return str(row["label"])
    node = str(row.get("id", ""))
    known = names()
    return known[node][1] if node in known else ("Source" if node in source_names() else "")


def name_of(node: str) -> str:
    """Name of a node; its id where it has no profile."""
    known = names()
    return known[node][0] if node in known else node


def in_json(value: object) -> str:
    """A list or a map as JSON."""
    return json.dumps(plain(value), ensure_ascii=False)


def title_of_code(column: str, code: object) -> str:
    """Title of a code in a column, to be translated where it is shown; empty for what is no code."""
    return _titles(column).get(code, "") if isinstance(code, str) else ""


@cache
def _titles(column: str) -> dict[str, str]:
    every = [item for node in schema.NODE_KINDS for item in node.properties]
    every += [item for relationship in schema.RELATIONSHIP_KINDS for item in relationship.properties]
    options = [option for item in every if item.name == column for option in item.options]
    return CODES.get(column, {}) | {option.code: option.title for option in options}


def _typed(parameters: dict[str, str]) -> dict[str, Any]:
    return {key: int(value) if key == "limit" and _is_count(value) else value for key, value in parameters.items()}


def _is_count(value: str) -> bool:
    return value.isdecimal() and len(value) < 10
