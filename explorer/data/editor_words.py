"""What the Cypher editor offers to complete: the schema's names, functions, keywords and the library's queries.

Names, descriptions and closed lists come from the schema, the queries from
the library; only the words of the Cypher language itself are written here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from graph_store import schema
from graph_store.kinds import Property, RelationshipKind, Type
from languages.words import N_, _, language
from queries import library
from queries.statement import as_cypher


@dataclass(frozen=True)
class Word:
    """A name that can be completed, and what it is, in the reader's language."""

    name: str
    info: str = ""


@dataclass(frozen=True)
class PropertyWord:
    """A property as the graph stores it; `codes` are the values of its closed list, none where anything goes."""

    name: str
    info: str
    codes: tuple[Word, ...] = ()


@dataclass(frozen=True)
class LabelWord:
    """A label with the properties of its nodes."""

    name: str
    info: str
    properties: tuple[PropertyWord, ...]


@dataclass(frozen=True)
class TypeWord:
    """A relationship type with its properties, and the labels that it starts and ends at."""

    name: str
    info: str
    properties: tuple[PropertyWord, ...]
    starts: tuple[str, ...]
    ends: tuple[str, ...]


@dataclass(frozen=True)
class QueryWord:
    """A query of the library: its name inserts `cypher`, and sets `parameters` (lines ``:param name => value;``)."""

    name: str
    info: str
    cypher: str
    parameters: str


@dataclass(frozen=True)
class Words:
    """All that the editor offers."""

    labels: tuple[LabelWord, ...] = ()
    types: tuple[TypeWord, ...] = ()
    functions: tuple[Word, ...] = ()
    keywords: tuple[str, ...] = ()
    queries: tuple[QueryWord, ...] = ()


KEYWORDS = (
    "MATCH", "OPTIONAL MATCH", "WHERE", "RETURN", "DISTINCT", "WITH", "UNWIND", "AS", "ORDER BY", "ASC", "DESC",
    "SKIP", "LIMIT", "UNION", "UNION ALL", "CALL", "EXISTS", "COUNT", "COLLECT", "EXPLAIN", "AND", "OR", "XOR", "NOT",
    "IN", "STARTS WITH", "ENDS WITH", "CONTAINS", "IS NULL", "IS NOT NULL", "CASE", "WHEN", "THEN", "ELSE", "END",
    "true", "false", "null",
)  # fmt: skip

# Those that both engines know and answer alike.
FUNCTIONS = (
    Word("count", N_("How many rows; with DISTINCT, how many different values")),
    Word("collect", N_("The values of all rows as one list")),
    Word("sum", N_("The sum of the values of all rows")),
    Word("avg", N_("The mean of the values of all rows")),
    Word("min", N_("The smallest value of all rows")),
    Word("max", N_("The largest value of all rows")),
    Word("stDev", N_("Standard deviation of the values of all rows, as of a sample")),
    Word("percentileCont", N_("A percentile of decimal numbers, between two values if need be")),
    Word("percentileDisc", N_("A percentile, always one of the values")),
    Word("coalesce", N_("The first of the values that is known")),
    Word("size", N_("Length of a list, or of a text")),
    Word("head", N_("The first item of a list")),
    Word("last", N_("The last item of a list")),
    Word("tail", N_("A list without its first item")),
    Word("range", N_("Whole numbers from one to another")),
    Word("reverse", N_("A list, or a text, from its end to its start")),
    Word("reduce", N_("One value from a list, item by item")),
    Word("all", N_("Whether a condition holds for each item of a list")),
    Word("any", N_("Whether a condition holds for at least one item of a list")),
    Word("none", N_("Whether a condition holds for no item of a list")),
    Word("single", N_("Whether a condition holds for exactly one item of a list")),
    Word("labels", N_("The labels of a node, as a list")),
    Word("type", N_("The type of a relationship")),
    Word("properties", N_("All properties of a node or relationship")),
    Word("keys", N_("The names of the properties that are filled in")),
    Word("startNode", N_("The node that a relationship starts at")),
    Word("endNode", N_("The node that a relationship ends at")),
    Word("nodes", N_("The nodes of a path")),
    Word("relationships", N_("The relationships of a path")),
    Word("length", N_("How many relationships a path has")),
    Word("shortestPath", N_("A shortest path between two nodes")),
    Word("allShortestPaths", N_("All shortest paths between two nodes")),
    Word("elementId", N_("The engine's own id of a node or relationship; it may change at the next load")),
    Word("toLower", N_("A text in small letters")),
    Word("toUpper", N_("A text in capital letters")),
    Word("trim", N_("A text without blanks around it")),
    Word("replace", N_("A text with one part put in place of another")),
    Word("split", N_("A text cut into a list at a sign")),
    Word("substring", N_("A part of a text, counted from 0")),
    Word("left", N_("The first letters of a text")),
    Word("right", N_("The last letters of a text")),
    Word("toString", N_("A value as text")),
    Word("toInteger", N_("A value as whole number")),
    Word("toFloat", N_("A value as decimal number")),
    Word("round", N_("A number rounded; the digits to keep may follow")),
    Word("abs", N_("A number without its sign")),
    Word("ceil", N_("The next whole number above")),
    Word("floor", N_("The next whole number below")),
    Word("sqrt", N_("The square root")),
    Word("log", N_("The natural logarithm")),
    Word("exp", N_("The number e to a power")),
    Word("date", N_("A day, from a text such as '2024-03-12'; without one, today")),
    Word("date.truncate", N_("The first day of the year, month or week of a day")),
    Word("duration", N_("A span of time, from a map such as {months: 6}")),
    Word("duration.inDays", N_("The days between two dates")),
    Word("duration.inMonths", N_("The months between two dates")),
    Word("point", N_("A place, from latitude and longitude")),
    Word("point.distance", N_("Metres between two places")),
)

# What every node and relationship carries beside the properties of its kind.
_PROVENANCE = (
    PropertyWord("data_sets", N_("Ids of the data sets that say so")),
    PropertyWord("sources", N_("Ids of the sources that state it")),
)


def words() -> Words:
    """What the editor offers to complete, with its descriptions in the reader's language."""
    return _words(language())


@cache
def _words(_language: str) -> Words:
    provenance = tuple(PropertyWord(item.name, _(item.info)) for item in _PROVENANCE)
    of_nodes = _properties((schema.IDENTIFIER, schema.NAME))
    note = _properties((schema.NOTE,))
    return Words(
        labels=tuple(
            LabelWord(kind.label, _(kind.description), of_nodes + _properties(kind.properties) + note + provenance)
            for kind in schema.NODE_KINDS
        ),
        types=tuple(
            TypeWord(
                kind.type, _meaning(kind), _properties(kind.properties) + note + provenance, kind.starts, kind.ends
            )
            for kind in schema.RELATIONSHIP_KINDS
        ),
        functions=tuple(Word(item.name, _(item.info)) for item in FUNCTIONS),
        keywords=KEYWORDS,
        queries=tuple(_query(item) for item in library.queries()),
    )


def _meaning(kind: RelationshipKind) -> str:
    """The ends of a type and its words: ``Region → Adoption: took up``."""
    return f"{' / '.join(kind.starts)} → {' / '.join(kind.ends)}: {_(kind.title)}"


def _properties(properties: Iterable[Property]) -> tuple[PropertyWord, ...]:
    """Properties under all the names that the graph keeps them by; beside a date lie its first and its last day."""
    return tuple(
        PropertyWord(stored, _told(item, stored), tuple(Word(option.code, _(option.title)) for option in item.options))
        for item in properties
        for stored in item.stored_as
    )


def _told(item: Property, stored: str) -> str:
    if item.type is Type.DATE and stored != item.name:
        ends = {
            f"{item.name}_from": N_("{what}: first day that it can be"),
            f"{item.name}_to": N_("{what}: last day that it can be"),
        }
        return _(ends[stored]).format(what=_(item.description))
    unit = f" ({item.unit})" if item.unit else ""
    return _(item.description) + unit


def _query(item: library.Query) -> QueryWord:
    values = {parameter.name: parameter.default for parameter in item.params}
    set_above = as_cypher(item.cypher, values).splitlines()[: len(values)]
    return QueryWord(item.name, _(item.title), item.cypher.strip(), "\n".join(set_above))
