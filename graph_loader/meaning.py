"""What a row means: the node that it is, the rows that it names, the relationships that it says."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from graph_store.kinds import InColumn, InTable, RelationshipKind, Type
from graph_store.schema import relationship_kind
from graph_store.tables import Column, Table, table, tables

from .cells import Value, listed, stored
from .rows import Row

_SOURCE = "source"  # becomes `sources`
_PLAIN = (Type.TEXT, Type.CODE, Type.URL, Type.COUNTRY)


class NodeKey(NamedTuple):
    """A node's label and id: together they tell it from all others."""

    label: str
    id: str


class RelationshipKey(NamedTuple):
    """A relationship's type, its ends, and the marks that tell it from others between the same ends."""

    type: str
    start: NodeKey
    end: NodeKey
    marks: tuple[str, ...]

    @property
    def key(self) -> str:
        """Ends and marks as one text: the property by which the graph knows it."""
        kind = relationship_kind(self.type)
        parts = (_end(self.start, kind.starts), _end(self.end, kind.ends), *self.marks)
        return "|".join(map(_escaped, parts))


@dataclass(frozen=True, slots=True)
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
class Named:
    """A column that names the ends of relationships, and the place of its cell in the row."""

    labels: tuple[str, ...]
    column: str
    place: int
    many: bool = False

    def ids(self, row: Row) -> list[str]:
        """The ids that the cell of `row` names."""
        text = row.text(self.place)
        return listed(text) if self.many else [text]


Placed = tuple[tuple[int, Column], ...]


@dataclass(frozen=True)
class Saying:
    """How rows say relationships of one kind: the columns of the ends, of the properties and of the marks."""

    kind: RelationshipKind
    start: Named
    end: Named
    properties: Placed
    column: str  # the one that says it; empty when the whole row does

    @cached_property
    def marks(self) -> tuple[int | None, ...]:
        """Places of the cells that tell it from others between the same ends; None for one not given."""
        places = {column.name: place for place, column in self.properties}
        return tuple(places.get(name) for name in self.kind.discriminators)

    def ends(self, row: Row) -> Iterator[tuple[str, str]]:
        """Ids of start and end of each relationship that `row` says in this way."""
        for start in self.start.ids(row):
            for end in self.end.ids(row):
                yield start, end

    def between(self, row: Row, start: NodeKey, end: NodeKey) -> RelationshipKey:
        """Its identity once the ends are known; one without direction has its ends in order."""
        if self.kind.both_ways and end < start:
            start, end = end, start
        if not self.marks:
            return RelationshipKey(self.kind.type, start, end, ())
        marks = tuple(["" if place is None else row.text(place) for place in self.marks])
        return RelationshipKey(self.kind.type, start, end, marks)


@dataclass(frozen=True)
class SaidRelationship:
    """A relationship as a row says it, its ends not looked up yet."""

    saying: Saying
    row: Row
    start_id: str
    end_id: str

    @property
    def kind(self) -> RelationshipKind:
        """Its kind."""
        return self.saying.kind

    @property
    def start(self) -> Reference:
        """The row that it starts at."""
        return Reference(self.saying.start.labels, self.start_id, self.saying.start.column)

    @property
    def end(self) -> Reference:
        """The row that it leads to."""
        return Reference(self.saying.end.labels, self.end_id, self.saying.end.column)

    @property
    def properties(self) -> dict[str, Value]:
        """What the row says of it."""
        return _properties(self.row, self.saying.properties)

    @property
    def column(self) -> str:
        """The column that says it; empty when the whole row does."""
        return self.saying.column

    def between(self, start: NodeKey, end: NodeKey) -> RelationshipKey:
        """Its identity once the ends are known; one without direction has its ends in order."""
        return self.saying.between(self.row, start, end)


@dataclass(frozen=True)
class Meaning:
    """What all rows with the same columns mean, worked out once."""

    label: str  # of the node that the row is; empty for a row of a table of relationships
    id: int  # place of its id
    properties: Placed
    references: tuple[Named, ...]
    sayings: tuple[Saying, ...]
    source: int | None  # place of the cell that names sources


def meaning(row: Row) -> Meaning:
    """What a row means, and all others that give the same columns."""
    return _meaning(row.head.table, row.head.columns, _mark(row))


def node_key(row: Row) -> NodeKey | None:
    """The node that the row is; None for a row of a table of relationships."""
    own = meaning(row)
    return NodeKey(own.label, row.text(own.id)) if own.label else None


def node_properties(row: Row) -> dict[str, Value]:
    """The properties that a row of a node table gives to its node."""
    return _properties(row, meaning(row).properties)


def sources(row: Row) -> list[str]:
    """Ids of the sources that the row names."""
    place = meaning(row).source
    return [] if place is None else listed(row.text(place))


def references(row: Row) -> Iterator[Reference]:
    """All ids that the row names, in the order of its columns."""
    for named in meaning(row).references:
        for id_ in named.ids(row):
            yield Reference(named.labels, id_, named.column)


def relationships(row: Row) -> Iterator[SaidRelationship]:
    """The relationships that the row says; one whose end is not given is left out."""
    for saying in meaning(row).sayings:
        for start, end in saying.ends(row):
            yield SaidRelationship(saying, row, start, end)


def table_of_label(label: str) -> Table:
    """The table whose rows are nodes of that label."""
    return next(own for own in tables() if own.kind and own.kind.label == label)


@cache
def _marking_column(name: str) -> str:
    """The column that tells the kind of relationship in a table that holds several; empty in all others."""
    places = [place for _, place in table(name).relationships if isinstance(place, InTable) and place.marked]
    return places[0].marked.split("=")[0] if places else ""


def _mark(row: Row) -> str:
    column = _marking_column(row.head.table)
    return row.cells.get(column, "") if column else ""


@cache
def _meaning(name: str, columns: tuple[str, ...], mark: str) -> Meaning:
    own = table(name)
    places = {column: place for place, column in enumerate(columns)}
    given = [column for column in own.columns if column.name in places]
    in_columns = {place.column for _, place in own.relationships if isinstance(place, InColumn)}
    return Meaning(
        label=own.kind.label if own.kind and "id" in places else "",
        id=places.get("id", 0),
        properties=_placed(places, (column for column in given if column.name not in {*in_columns, _SOURCE})),
        references=tuple(_named(places, column) for column in given if column.refers_to),
        sayings=tuple(_sayings(own, places, mark)),
        source=places.get(_SOURCE),
    )


def _sayings(own: Table, places: Mapping[str, int], mark: str) -> Iterator[Saying]:
    for kind, place in own.relationships:
        if isinstance(place, InColumn):
            if place.column in places and "id" in places:
                yield _said_in_column(own, places, kind, place)
        elif place.start in places and place.end in places and place.marked.partition("=")[2] in ("", mark):
            names = {"note", *(item.name for item in kind.properties)}
            start, end = (_named(places, own.column(name)) for name in (place.start, place.end))
            columns = (column for column in own.columns if column.name in names)
            yield Saying(kind, start, end, _placed(places, columns), column="")


def _said_in_column(own: Table, places: Mapping[str, int], kind: RelationshipKind, place: InColumn) -> Saying:
    itself, other = Named((place.label,), "id", places["id"]), _named(places, own.column(place.column))
    start, end = (itself, other) if place.node == "start" else (other, itself)
    # The same value under the relationship's own name.
    takes = tuple(
        (places[column], Column(name, kind.property(name))) for name, column in place.takes if column in places
    )
    return Saying(kind, start, end, takes, place.column)


def _named(places: Mapping[str, int], column: Column) -> Named:
    return Named(column.refers_to, column.name, places[column.name], column.many)


def _placed(places: Mapping[str, int], columns: Iterable[Column]) -> Placed:
    return tuple((places[column.name], column) for column in columns if column.name in places)


def _properties(row: Row, placed: Placed) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for place, column in placed:
        if column.property.type in _PLAIN and not column.many:
            found[column.name] = row.text(place)
        else:
            found.update(stored(column, row.text(place)))
    return found


def _end(node: NodeKey, labels: tuple[str, ...]) -> str:
    """An end in a key: with its label where the type allows several, as ids are unique within a label only."""
    return f"{node.label}:{node.id}" if len(labels) > 1 else node.id


def _escaped(part: str) -> str:
    return part.replace("\\", "\\\\").replace("|", "\\|")
