"""What a row means: the node that it is, the rows that it names, the relationships that it says."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from graph_store.kinds import InColumn, InTable, RelationshipKind
from graph_store.tables import Column, Table, table, tables

from .cells import Value, listed, stored
from .rows import Row

_NOT_STORED = ("source",)  # becomes `sources`


class NodeKey(NamedTuple):
    """A node's label and id: together they tell it from all others."""

    label: str
    id: str


class RelationshipKey(NamedTuple):
    """A relationship's type, ends and key: the key tells it from others between the same ends."""

    type: str
    start: NodeKey
    end: NodeKey
    key: str


@dataclass(frozen=True)
class Reference:
    """An id that a cell names, and the labels among which it is looked up."""

    labels: tuple[str, ...]
    id: str
    column: str

    def among(self, nodes: Mapping[NodeKey, object]) -> list[NodeKey]:
        """The nodes that it may mean; one, when all is well."""
        keys = (NodeKey(label, self.id) for label in self.labels)
        return [key for key in keys if key in nodes]


@dataclass(frozen=True)
class SaidRelationship:
    """A relationship as a row says it, its ends not looked up yet."""

    kind: RelationshipKind
    start: Reference
    end: Reference
    properties: Mapping[str, Value]
    column: str  # the one that says it; empty when the whole row does

    def between(self, start: NodeKey, end: NodeKey) -> RelationshipKey:
        """Its identity once the ends are known; one without direction has its ends in order."""
        if self.kind.both_ways and end < start:
            start, end = end, start
        marks = [str(self.properties.get(name, "")) for name in self.kind.discriminators]
        ends = [_end(start, self.kind.starts), _end(end, self.kind.ends)]
        return RelationshipKey(self.kind.type, start, end, "|".join(_escaped(part) for part in [*ends, *marks]))


def node_key(row: Row) -> NodeKey | None:
    """The node that the row is; None for a row of a table of relationships."""
    kind = table(row.table).kind
    return NodeKey(kind.label, row.cells["id"]) if kind and "id" in row.cells else None


def node_properties(row: Row) -> dict[str, Value]:
    """The properties that a row of a node table gives to its node."""
    own = table(row.table)
    said = {place.column for _, place in own.relationships if isinstance(place, InColumn)}
    return _properties(row, own.columns, (*said, *_NOT_STORED))


def references(row: Row) -> Iterator[Reference]:
    """All ids that the row names, in the order of its columns."""
    for column in table(row.table).columns:
        if column.refers_to and column.name in row.cells:
            yield from _named(row, column)


def relationships(row: Row) -> Iterator[SaidRelationship]:
    """The relationships that the row says; one whose end is not given is left out."""
    own = table(row.table)
    for kind, place in own.relationships:
        if isinstance(place, InColumn):
            yield from _in_column(row, own, kind, place)
        elif place.start in row.cells and place.end in row.cells and _is_marked(row, place):
            start, end = (_named(row, own.column(name))[0] for name in (place.start, place.end))
            names = {"note", *(item.name for item in kind.properties)}
            columns = [column for column in own.columns if column.name in names]
            yield SaidRelationship(kind, start, end, _properties(row, columns), column="")


def table_of_label(label: str) -> Table:
    """The table whose rows are nodes of that label."""
    return next(own for own in tables() if own.kind and own.kind.label == label)


def _in_column(row: Row, own: Table, kind: RelationshipKind, place: InColumn) -> Iterator[SaidRelationship]:
    if place.column not in row.cells or "id" not in row.cells:
        return
    itself = Reference((place.label,), row.cells["id"], "id")
    properties: dict[str, Value] = {}
    for name, column in place.takes:
        if column in row.cells:
            # The same value under the relationship's own name.
            properties.update(stored(Column(name, kind.property(name)), row.cells[column]))
    for other in _named(row, own.column(place.column)):
        start, end = (itself, other) if place.node == "start" else (other, itself)
        yield SaidRelationship(kind, start, end, properties, place.column)


def _named(row: Row, column: Column) -> list[Reference]:
    text = row.cells[column.name]
    ids = listed(text) if column.many else [text]
    return [Reference(column.refers_to, id_, column.name) for id_ in ids]


def _properties(row: Row, columns: Iterable[Column], without: tuple[str, ...] = ()) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for column in columns:
        if column.name in row.cells and column.name not in without:
            found.update(stored(column, row.cells[column.name]))
    return found


def _is_marked(row: Row, place: InTable) -> bool:
    if not place.marked:
        return True
    name, value = place.marked.split("=")
    return row.cells.get(name) == value


def _end(node: NodeKey, labels: tuple[str, ...]) -> str:
    """An end in a key: with its label where the type allows several, as ids are unique within a label only."""
    return f"{node.label}:{node.id}" if len(labels) > 1 else node.id


def _escaped(part: str) -> str:
    return part.replace("\\", "\\\\").replace("|", "\\|")
