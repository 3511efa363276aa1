"""The nodes and relationships found anywhere in rows, so that an answer can be drawn."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import neo4j


@dataclass(frozen=True)
class DrawnNode:
    """A node as it can be drawn; `key` tells it from others within one answer."""

    key: str
    label: str
    id: str
    name: str


@dataclass(frozen=True)
class DrawnRelationship:
    """A relationship as it can be drawn; `start` and `end` are keys of nodes."""

    key: str
    type: str
    start: str
    end: str


@dataclass(frozen=True)
class Drawing:
    """What can be drawn; an end of a relationship may be no node of the answer."""

    nodes: tuple[DrawnNode, ...] = ()
    relationships: tuple[DrawnRelationship, ...] = ()

    @property
    def unseen(self) -> frozenset[str]:
        """Keys of the ends of relationships that are themselves not in the answer."""
        ends = {key for item in self.relationships for key in (item.start, item.end)}
        return frozenset(ends - {node.key for node in self.nodes})


@dataclass
class Drawn:
    """Takes values of the driver, one row after the other, and keeps what can be drawn, each once."""

    _nodes: dict[str, DrawnNode] = field(default_factory=dict)
    _relationships: dict[str, DrawnRelationship] = field(default_factory=dict)

    def take(self, values: Iterable[Any]) -> None:
        """Keep the nodes and relationships in `values`, at any depth."""
        for value in values:
            if isinstance(value, neo4j.graph.Node):
                self._nodes.setdefault(value.element_id, _node(value))
            elif isinstance(value, neo4j.graph.Relationship):
                self._relationships.setdefault(value.element_id, _relationship(value))
            elif isinstance(value, neo4j.graph.Path):
                self.take([*value.nodes, *value.relationships])
            elif isinstance(value, dict):
                self.take(value.values())
            elif isinstance(value, list):
                self.take(value)

    def drawing(self) -> Drawing:
        """All that was kept."""
        return Drawing(tuple(self._nodes.values()), tuple(self._relationships.values()))


def _node(node: neo4j.graph.Node) -> DrawnNode:
    known = str(node.get("id") or "")
    return DrawnNode(node.element_id, min(node.labels, default=""), known, str(node.get("name") or known))


def _relationship(relationship: neo4j.graph.Relationship) -> DrawnRelationship:
    start, end = relationship.start_node, relationship.end_node  # false where they have no properties
    return DrawnRelationship(
        relationship.element_id,
        relationship.type,
        start.element_id if start is not None else "",
        end.element_id if end is not None else "",
    )
