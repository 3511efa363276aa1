"""Fold what all data sets say into one graph, as plain data.

Data sets are given in order of precedence: what a later one says of a property
wins, and each difference is listed. The order of rows within a data set plays
no part.

A graph may have millions of elements: it keeps who says each of them in which
rows, and makes their properties when somebody asks.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, TypeVar

from graph_store.schema import node_kind
from graph_store.tables import table

from .cells import Value
from .meaning import NodeKey, RelationshipKey, meaning, node_key, node_properties, relationships, sources
from .rows import DataSetRows, Row

Properties = dict[str, Value]
Element = NodeKey | RelationshipKey
Key = TypeVar("Key", NodeKey, RelationshipKey)
Ids = dict[str, dict[str, NodeKey]]  # by label and id


@dataclass(frozen=True)
class Conflict:
    """One property that two data sets say differently; the later one's value is shown."""

    element: Element
    property: str
    data_set: str
    value: Value
    other_data_set: str
    other_value: Value


class Layer(Generic[Key]):
    """What one data set says: by label or type, each element with the rows that say it."""

    def __init__(self, data_set: str) -> None:
        self.data_set = data_set
        self._said: dict[str, dict[Key, Row | list[Row]]] = {}

    def add(self, kind: str, key: Key, row: Row) -> None:
        """Note that `row` says the element; more than one row is rare, so a row stands alone until then."""
        found = self._said.setdefault(kind, {})
        before = found.setdefault(key, row)
        if isinstance(before, list):
            before.append(row)
        elif before is not row:
            found[key] = [before, row]

    def kinds(self) -> Iterable[str]:
        """Labels or types, in the order first said."""
        return self._said

    def of(self, kind: str) -> Mapping[Key, object]:
        """Its elements of a kind."""
        return self._said.get(kind, {})

    def rows(self, kind: str, key: Key) -> list[Row]:
        """The rows that say an element; empty when none does."""
        said = self._said.get(kind, {}).get(key, [])
        return said if isinstance(said, list) else [said]

    def said_again(self) -> Iterator[tuple[Key, list[Row]]]:
        """Each element that more than one row says, with these rows."""
        for said in self._said.values():
            yield from ((key, rows) for key, rows in said.items() if isinstance(rows, list))


class Elements(Mapping[Key, Properties], ABC):
    """All nodes, or all relationships, that some layers say; properties are made when they are asked for."""

    def __init__(self, layers: Sequence[Layer[Key]]) -> None:
        self.layers: Sequence[Layer[Key]] = layers

    @abstractmethod
    def _made(self, key: Key, row: Row) -> Properties:
        """What one row says of an element."""

    def __getitem__(self, key: Key) -> Properties:
        found = self.said(key)
        if not found:
            raise KeyError(key)
        properties: Properties = {}
        for _, row in found:
            properties.update(self._made(key, row))
        properties["data_sets"] = sorted({data_set for data_set, _ in found})
        properties["sources"] = sorted({source for _, row in found for source in sources(row)})
        return properties

    def __contains__(self, key: object) -> bool:
        if isinstance(key, tuple):
            for layer in self.layers:
                if key in layer.of(key[0]):
                    return True
        return False

    def __iter__(self) -> Iterator[Key]:
        for kind in self.kinds:
            yield from self.of(kind)

    def __len__(self) -> int:
        return self._count

    @cached_property
    def _count(self) -> int:
        return sum(len(self.of(kind)) for kind in self.kinds)

    @property
    def kinds(self) -> list[str]:
        """Labels or types, in the order first said."""
        return list(dict.fromkeys(kind for layer in self.layers for kind in layer.kinds()))

    def of(self, kind: str) -> Mapping[Key, object]:
        """All elements of a label or type, in the order first said."""
        found = [said for said in (layer.of(kind) for layer in self.layers) if said]
        return found[0] if len(found) == 1 else {key: None for said in found for key in said}

    def said(self, key: Key) -> list[tuple[str, Row]]:
        """Who says an element in which rows, in order of precedence."""
        kind = key[0]
        return [(layer.data_set, row) for layer in self.layers for row in layer.rows(kind, key)]

    def who_says(self, key: Key, name: str) -> tuple[str, Row] | None:
        """The data set and row whose word about a property is shown; None where no row says it."""
        return next(
            ((data_set, row) for data_set, row in reversed(self.said(key)) if name in self._made(key, row)), None
        )

    def layer(self, data_set: str) -> Layer[Key]:
        """What one data set says; nothing for one that is not among them."""
        return next((layer for layer in self.layers if layer.data_set == data_set), Layer(data_set))

    def conflicts(self) -> Iterator[Conflict]:
        """Where data sets differ about a property of what they both say."""
        for kind in self.kinds if len(self.layers) > 1 else ():
            said = [layer.of(kind) for layer in self.layers]
            for place, later in enumerate(said):
                earlier = said[:place]
                for key in later:
                    if any(key in other for other in earlier) and not any(key in other for other in said[place + 1 :]):
                        yield from self._conflicts_about(key)

    def _conflicts_about(self, key: Key) -> Iterator[Conflict]:
        own: dict[str, tuple[str, Value]] = {}
        for data_set, row in self.said(key):
            for name, value in self._made(key, row).items():
                before, other = own.get(name, (data_set, value))
                # A date's interval follows its text; the text's difference is enough.
                if before != data_set and other != value and not name.endswith(("_from", "_to")):
                    yield Conflict(key, name, data_set, value, before, other)
                own[name] = data_set, value


class Nodes(Elements[NodeKey]):
    """All nodes; one without a name of its own is named after what its columns name.

    `ids` finds them by label and id.
    """

    def __init__(self, layers: Sequence[Layer[NodeKey]], ids: Ids) -> None:
        super().__init__(layers)
        self._ids = ids

    def named(self, labels: Iterable[str], id_: str) -> list[NodeKey]:
        """The nodes that an id may mean among those of some labels: the very keys that all elements share."""
        found = [self._ids[label].get(id_) for label in labels if label in self._ids]
        return [key for key in found if key]

    def _made(self, _key: NodeKey, row: Row) -> Properties:
        return node_properties(row)

    def __getitem__(self, key: NodeKey) -> Properties:
        properties = super().__getitem__(key)
        if not properties.get("name"):
            caption = self.caption(key)
            properties.update({"name": caption} if caption else {})
        return properties

    def name(self, key: NodeKey) -> str:
        """The name that rows give to a node; empty when none does."""
        return next((row.cells["name"] for _, row in reversed(self.said(key)) if "name" in row.cells), "")

    def caption(self, key: NodeKey) -> str:
        """What a node is called after the nodes that its columns name; empty for one of a kind that has own names."""
        caption = node_kind(key.label).caption
        if not caption:
            return ""
        words = {}
        row = self.said(key)[-1][1]
        for column in table(row.table).columns:
            if "{" + column.name + "}" in caption:
                text = row.cells.get(column.name, "?")
                names = (self.name(NodeKey(label, text)) for label in column.refers_to)
                words[column.name] = next((name for name in names if name), text)
        return caption.format(**words)


class Relationships(Elements[RelationshipKey]):
    """All relationships."""

    def _made(self, key: RelationshipKey, row: Row) -> Properties:
        ends = {(key.start.id, key.end.id), (key.end.id, key.start.id)}
        said = (item for item in relationships(row) if item.kind.type == key.type)
        return {**next(item.properties for item in said if (item.start_id, item.end_id) in ends), "key": key.key}


@dataclass(frozen=True)
class Graph:
    """Nodes and relationships with their properties.

    `left_out` are the rows whose references lead nowhere; checks keep such
    rows out, so there are none but in a graph that is being checked.
    """

    nodes: Mapping[NodeKey, Properties] = field(default_factory=dict)
    relationships: Mapping[RelationshipKey, Properties] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()
    left_out: tuple[tuple[str, Row], ...] = ()


@dataclass(frozen=True)
class Folded(Graph):
    """A graph that knows which rows say what."""

    nodes: Nodes
    relationships: Relationships


def fold(data_sets: Sequence[DataSetRows]) -> Folded:
    """The graph that the data sets say together.

    Parameters
    ----------
    data_sets
        In order of precedence: the later one wins, property by property.
    """
    ids: Ids = {}
    nodes = Nodes([_node_layer(said, ids) for said in data_sets], ids)
    left_out: list[tuple[str, Row]] = []
    ties = Relationships([_tie_layer(said, ids, left_out) for said in data_sets])
    return Folded(nodes, ties, (*nodes.conflicts(), *ties.conflicts()), tuple(left_out))


def said_alike(key: Key, one: Mapping[Key, Properties], other: Mapping[Key, Properties]) -> bool:
    """Whether the same data sets say the same cells about an element of two graphs.

    Its properties are the same then, and need not be made to be compared; but
    for a node that is named after others, whose names may have changed.
    """
    if not (isinstance(one, Elements) and isinstance(other, Elements)):
        return False
    was, will = one.said(key), other.said(key)
    if len(was) != len(will):
        return False
    for (before, row), (after, now) in zip(was, will, strict=True):
        if before != after or not row.says_same(now):
            return False
    if isinstance(key, NodeKey) and isinstance(one, Nodes) and isinstance(other, Nodes):
        return one.caption(key) == other.caption(key)
    return True


def _node_layer(said: DataSetRows, ids: Ids) -> Layer[NodeKey]:
    layer: Layer[NodeKey] = Layer(said.data_set)
    for row in said.rows:
        key = node_key(row)
        if key:
            layer.add(key.label, ids.setdefault(key.label, {}).setdefault(key.id, key), row)
    return layer


def _tie_layer(said: DataSetRows, ids: Ids, left_out: list[tuple[str, Row]]) -> Layer[RelationshipKey]:
    layer: Layer[RelationshipKey] = Layer(said.data_set)
    for row in said.rows:
        for saying in meaning(row).sayings:
            for start_id, end_id in saying.ends(row):
                start, end = _found(ids, saying.start.labels, start_id), _found(ids, saying.end.labels, end_id)
                if start and end:
                    layer.add(saying.kind.type, saying.between(row, start, end), row)
                else:
                    left_out.append((said.data_set, row))
    return layer


def _found(ids: Ids, labels: tuple[str, ...], id_: str) -> NodeKey | None:
    """The node that an id means, the very key that all elements share."""
    for label in labels:
        key = ids.get(label, {}).get(id_)
        if key:
            return key
    return None
