"""Fold what all data sets say into one graph, as plain data.

Data sets are given in order of precedence: what a later one says of a property
wins, and each difference is listed. The order of rows within a data set plays
no part.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from graph_store.schema import NODE_KINDS
from graph_store.tables import table

from .cells import Value, listed
from .meaning import NodeKey, RelationshipKey, node_key, node_properties, relationships
from .rows import DataSetRows, Row

Properties = dict[str, Value]
Element = NodeKey | RelationshipKey
Key = TypeVar("Key", NodeKey, RelationshipKey)


@dataclass(frozen=True)
class Conflict:
    """One property that two data sets say differently; the later one's value is shown."""

    element: Element
    property: str
    data_set: str
    value: Value
    other_data_set: str
    other_value: Value


@dataclass(frozen=True)
class Graph:
    """Nodes and relationships with their properties.

    `left_out` are the rows whose references lead nowhere; checks keep such
    rows out, so there are none but in a graph that is being checked.
    """

    nodes: dict[NodeKey, Properties] = field(default_factory=dict)
    relationships: dict[RelationshipKey, Properties] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()
    left_out: tuple[tuple[str, Row], ...] = ()


def fold(data_sets: Sequence[DataSetRows]) -> Graph:
    """The graph that the data sets say together.

    Parameters
    ----------
    data_sets
        In order of precedence: the later one wins, property by property.
    """
    nodes: _Merging[NodeKey] = _Merging()
    captions: dict[NodeKey, Row] = {}
    for said in data_sets:
        for row in said.rows:
            key = node_key(row)
            if key:
                nodes.merge(key, node_properties(row), said.data_set, _sources(row))
                captions[key] = row
    _name_by_caption(nodes, captions)
    ties: _Merging[RelationshipKey] = _Merging()
    left_out: list[tuple[str, Row]] = []
    for said in data_sets:
        for row in said.rows:
            _merge_relationships(ties, nodes.found, said.data_set, row, left_out)
    return Graph(nodes.finished(), ties.finished(), (*nodes.conflicts, *ties.conflicts), tuple(left_out))


class _Merging(Generic[Key]):
    """Elements while they are folded: who said which value, so that differences can be told."""

    def __init__(self) -> None:
        self.found: dict[Key, Properties] = {}
        self.conflicts: list[Conflict] = []
        self._said_by: dict[tuple[Key, str], str] = {}
        self._data_sets: dict[Key, set[str]] = {}
        self._sources: dict[Key, set[str]] = {}

    def merge(self, key: Key, properties: Properties, data_set: str, sources: Iterable[str]) -> None:
        own = self.found.setdefault(key, {})
        for name, value in properties.items():
            before = self._said_by.get((key, name), data_set)
            # A date's interval follows its text; the text's difference is enough.
            if name in own and own[name] != value and before != data_set and not name.endswith(("_from", "_to")):
                self.conflicts.append(Conflict(key, name, data_set, value, before, own[name]))
            own[name] = value
            self._said_by[key, name] = data_set
        self._data_sets.setdefault(key, set()).add(data_set)
        self._sources.setdefault(key, set()).update(sources)

    def finished(self) -> dict[Key, Properties]:
        return {
            key: {**own, "data_sets": sorted(self._data_sets[key]), "sources": sorted(self._sources[key])}
            for key, own in self.found.items()
        }


def _merge_relationships(
    ties: _Merging[RelationshipKey],
    nodes: dict[NodeKey, Properties],
    data_set: str,
    row: Row,
    left_out: list[tuple[str, Row]],
) -> None:
    for said in relationships(row):
        starts, ends = said.start.among(nodes), said.end.among(nodes)
        if not starts or not ends:
            left_out.append((data_set, row))
            continue
        key = said.between(starts[0], ends[0])
        ties.merge(key, {**said.properties, "key": key.key}, data_set, _sources(row))


def _sources(row: Row) -> list[str]:
    return listed(row.cells.get("source", ""))


def _name_by_caption(nodes: _Merging[NodeKey], rows: dict[NodeKey, Row]) -> None:
    """Name the nodes that have no name of their own after what their columns name."""
    captions = {kind.label: kind.caption for kind in NODE_KINDS if kind.caption}
    for key, row in rows.items():
        if key.label in captions and not nodes.found[key].get("name"):
            columns = [column for column in table(row.table).columns if "{" + column.name + "}" in captions[key.label]]
            words = {}
            for column in columns:
                text = row.cells.get(column.name, "?")
                named = (NodeKey(label, text) for label in column.refers_to)
                words[column.name] = next(
                    (str(nodes.found[node]["name"]) for node in named if "name" in nodes.found.get(node, {})), text
                )
            nodes.found[key]["name"] = captions[key.label].format(**words)
