"""The loader's tables, derived from the schema: one per node kind and per relationship said in rows."""

import builtins
from collections.abc import KeysView, Sequence
from dataclasses import dataclass
from functools import cache

from languages.words import N_

from . import schema
from .kinds import InColumn, InTable, NodeKind, Option, Property, RelationshipKind, Type


@dataclass(frozen=True)
class Column:
    """One column: what a cell of it holds, and which ids it may name."""

    name: str
    property: Property
    refers_to: tuple[str, ...] = ()  # labels whose ids it may hold; empty for plain values
    many: bool = False  # several ids, separated by ;

    @builtins.property
    def required(self) -> bool:
        """Whether an empty cell is a fault."""
        return self.property.required


@dataclass(frozen=True)
class Table:
    """One sheet or CSV file: a row is a node, or a relationship.

    `kind` is the node kind its rows are, None for a table of relationships;
    `relationships` are the kinds that its rows or its columns say.
    """

    name: str
    description: str
    columns: tuple[Column, ...]
    kind: NodeKind | None
    relationships: tuple[tuple[RelationshipKind, InColumn | InTable], ...]

    def column(self, name: str) -> Column:
        """The column of that name; KeyError where the table has none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    @property
    def key(self) -> tuple[str, ...]:
        """Columns that tell its rows apart."""
        if self.kind:
            return ("id",)
        kind, said = self.relationships[0]
        assert isinstance(said, InTable)
        marked = tuple(said.marked.split("=")[:1]) if said.marked else ()
        return (said.start, said.end, *marked, *kind.discriminators)


@cache
def tables() -> tuple[Table, ...]:
    """All tables, node kinds first, in the schema's order."""
    return build(schema.NODE_KINDS, schema.RELATIONSHIP_KINDS)


def table_names() -> KeysView[str]:
    """The names of all tables."""
    return _by_name().keys()


def table(name: str) -> Table:
    """The table of that name; KeyError where there is none."""
    return _by_name()[name]


@cache
def _by_name() -> dict[str, Table]:
    return {item.name: item for item in tables()}


def build(nodes: Sequence[NodeKind], relationships: Sequence[RelationshipKind]) -> tuple[Table, ...]:
    """Tables for any schema (the tests build small ones).

    Raises
    ------
    ValueError
        When a relationship names a label that the schema lacks, or two tables share a name.
    """
    labels = {kind.label for kind in nodes}
    for kind in relationships:
        unknown = sorted({*kind.starts, *kind.ends} - labels)
        if unknown:
            raise ValueError(f"type {kind.type}: no label {', '.join(unknown)}")
    found = [_node_table(kind, relationships) for kind in nodes] + _relationship_tables(relationships)
    names = [item.name for item in found]
    if len(set(names)) < len(names):
        raise ValueError(f"two tables share a name: {', '.join(sorted(names))}")
    return tuple(found)


def _node_table(kind: NodeKind, relationships: Sequence[RelationshipKind]) -> Table:
    said = tuple(
        (relationship, place)
        for relationship in relationships
        for place in relationship.said
        if isinstance(place, InColumn) and place.label == kind.label
    )
    name = Property("name", Type.TEXT, schema.NAME.description, required=not kind.caption)
    columns = [Column("id", schema.IDENTIFIER), Column("name", name)]
    columns += [_value_column(item) for item in kind.properties]
    columns += [_reference_column(relationship, place) for relationship, place in said]
    if kind.label != "Source":
        columns.append(Column("source", schema.SOURCE_COLUMN, ("Source",), many=True))
    columns.append(Column("note", schema.NOTE))
    return Table(kind.table, kind.description, tuple(columns), kind, said)


def _relationship_tables(relationships: Sequence[RelationshipKind]) -> list[Table]:
    rows: dict[str, list[tuple[RelationshipKind, InTable]]] = {}
    for kind in relationships:
        for place in kind.said:
            if isinstance(place, InTable):
                rows.setdefault(place.table, []).append((kind, place))
    return [_relationship_table(name, said) for name, said in rows.items()]


def _relationship_table(name: str, said: list[tuple[RelationshipKind, InTable]]) -> Table:
    kind, place = said[0]
    columns = [
        Column(place.start, _reference(place.start, N_("Id of the row it starts at")), kind.starts),
        Column(place.end, _reference(place.end, N_("Id of the row it leads to")), kind.ends),
    ]
    if place.marked:
        options = tuple(Option(p.marked.split("=")[1], k.title) for k, p in said)
        mark = place.marked.split("=")[0]
        columns.append(
            Column(mark, Property(mark, Type.CODE, N_("Which of these it is"), required=True, options=options))
        )
    columns += [_value_column(item) for item in kind.properties]
    columns += [Column("source", schema.SOURCE_COLUMN, ("Source",), many=True), Column("note", schema.NOTE)]
    description = kind.title if not place.marked else N_("What became of the parts of an approach")
    return Table(name, description, tuple(columns), None, tuple(said))


def _value_column(item: Property) -> Column:
    return Column(item.name, item, (item.refers_to,) if item.refers_to else ())


def _reference_column(kind: RelationshipKind, place: InColumn) -> Column:
    other = kind.ends if place.node == "start" else kind.starts
    labels = (place.label,) if kind.same_label else other
    property_ = Property(
        place.column, Type.TEXT, kind.title if place.node == "start" else kind.reverse, required=place.required
    )
    return Column(place.column, property_, labels, place.many)


def _reference(name: str, description: str) -> Property:
    return Property(name, Type.TEXT, description, required=True)
