"""What a load would change: the graph as it is against the graph as it would be, both as plain data."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

from .cells import Value
from .fold import Element, Graph, Key, Properties, said_alike
from .meaning import NodeKey

_INTERVAL = ("_from", "_to")


@dataclass(frozen=True)
class Change:
    """One property before and after; None where it is absent."""

    property: str
    before: Value | None
    after: Value | None


class Counts(NamedTuple):
    """How many nodes or relationships are added, changed and removed."""

    added: int
    changed: int
    removed: int


@dataclass(frozen=True)
class Plan:
    """All that a load would add, change and remove, each in a stable order."""

    added: tuple[Element, ...]
    changed: Mapping[Element, tuple[Change, ...]]
    removed: tuple[Element, ...]
    before: Graph
    after: Graph

    @property
    def empty(self) -> bool:
        """Whether the graph stays as it is."""
        return not (self.added or self.changed or self.removed)

    @property
    def size(self) -> int:
        """How many nodes and relationships are touched."""
        return len(self.added) + len(self.changed) + len(self.removed)

    def counts(self) -> dict[str, Counts]:
        """Counts by label and type, nodes first; kinds that stay as they are are left out."""
        added, changed, removed = (Counter(map(_kind, each)) for each in (self.added, self.changed, self.removed))
        kinds = sorted(added.keys() | changed.keys() | removed.keys())
        return {kind[1]: Counts(added[kind], changed[kind], removed[kind]) for kind in kinds}

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for ``--json``."""
        return {
            "added": [described(element, self.after) for element in self.added],
            "changed": [
                {
                    **described(element, self.after),
                    "properties": {item.property: [_plain(item.before), _plain(item.after)] for item in changes},
                }
                for element, changes in self.changed.items()
            ],
            "removed": [described(element, self.before) for element in self.removed],
        }


def plan(before: Graph, after: Graph) -> Plan:
    """What has to happen for `before` to become `after`."""
    nodes = _changed(before.nodes, after.nodes)
    ties = _changed(before.relationships, after.relationships)
    return Plan(
        added=(*_only_in(after.nodes, before.nodes), *_only_in(after.relationships, before.relationships)),
        changed=dict[Element, tuple[Change, ...]](chain(nodes, ties)),
        removed=(*_only_in(before.nodes, after.nodes), *_only_in(before.relationships, after.relationships)),
        before=before,
        after=after,
    )


def counts_as_dict(counts: Mapping[str, Counts]) -> dict[str, dict[str, int]]:
    """Counts by kind as plain values, for ``--json``."""
    return {kind: each._asdict() for kind, each in counts.items()}


def described(element: Element, graph: Graph) -> dict[str, Any]:
    """An element as plain values: its kind, its id or ends, its name."""
    if isinstance(element, NodeKey):
        return {"node": element.label, "id": element.id, "name": graph.nodes[element].get("name", element.id)}
    return {"relationship": element.type, "start": element.start.id, "end": element.end.id, "key": element.key}


def shown_changes(changes: tuple[Change, ...]) -> list[Change]:
    """The changes that a reader wants to see: a date's interval follows from its text."""
    names = {change.property for change in changes}
    return [change for change in changes if not any(_is_interval_of(change.property, name) for name in names)]


def _is_interval_of(property_: str, name: str) -> bool:
    return any(property_ == name + ending for ending in _INTERVAL)


def _only_in(those: Mapping[Key, Properties], others: Mapping[Key, Properties]) -> list[Key]:
    return sorted(key for key in those if key not in others)


def _changed(was: Mapping[Key, Properties], will: Mapping[Key, Properties]) -> Iterator[tuple[Key, tuple[Change, ...]]]:
    """What differs about the elements that are in both, in order; most are said by the very same rows."""
    both = (key for key in will if key in was and not said_alike(key, was, will))
    for key in sorted(key for key in both if was[key] != will[key]):
        yield key, _differences(was[key], will[key])


def _differences(was: Properties, will: Properties) -> tuple[Change, ...]:
    names = sorted(was.keys() | will.keys())
    return tuple(Change(name, was.get(name), will.get(name)) for name in names if was.get(name) != will.get(name))


def _kind(element: Element) -> tuple[bool, str]:
    return (False, element.label) if isinstance(element, NodeKey) else (True, element.type)


def _plain(value: Value | None) -> object:
    return value if isinstance(value, str | int | float | list) or value is None else value.isoformat()
