"""References: every id that a cell names belongs to exactly one row, here or in another data set."""

from collections.abc import Collection, Iterable, Iterator
from functools import cached_property

from graph_store.schema import node_kind
from graph_store.tables import table
from languages.words import _

from ..faults import Fault, fault
from ..fold import Nodes
from ..meaning import NodeKey, Reference, meaning, table_of_label
from ..nearest import nearest
from ..rows import Place, Row
from .world import World, where


def reference_faults(world: World, unread: Collection[str] = ()) -> Iterator[Fault]:
    """References of the new rows that lead nowhere or to two, and those of others that the load would break.

    Parameters
    ----------
    unread
        Tables that could not be read: their rows are not missed.
    """
    names = _Names(world)
    nodes = world.graph.nodes
    for row, reference, found in _unclear(world.new.rows, nodes):
        if found:
            words = {"kinds": _kinds([node.label for node in found])}
            yield fault("ambiguous_reference", row.place, row.number, reference.column, reference.id, **words)
        elif not any(table_of_label(label).name in unread for label in reference.labels):
            yield _no_such_row(row, reference, names)
    yield from _broken_elsewhere(world)


def _unclear(rows: Iterable[Row], nodes: Nodes) -> Iterator[tuple[Row, Reference, list[NodeKey]]]:
    """The references that lead to no node, or to more than one."""
    for row in rows:
        for named in meaning(row).references:
            for id_ in named.ids(row):
                found = nodes.named(named.labels, id_)
                if len(found) != 1:
                    yield row, Reference(named.labels, id_, named.column), found


def _no_such_row(row: Row, reference: Reference, names: "_Names") -> Fault:
    words = {
        "kinds": _kinds(list(reference.labels)),
        "tables": _alternatives([table_of_label(label).name for label in reference.labels]),
        "nearest": names.nearest(reference),
    }
    return fault("no_such_row", row.place, row.number, reference.column, reference.id, **words)


def _broken_elsewhere(world: World) -> Iterator[Fault]:
    told: set[tuple[str, str]] = set()
    for said in world.others:
        for row, reference, found in _unclear(said.rows, world.graph.nodes):
            if (said.data_set, reference.id) in told:
                continue
            told.add((said.data_set, reference.id))
            kinds = _kinds([node.label for node in found] or list(reference.labels))
            words = {"kinds": kinds, "data_set": said.data_set, "other": where(row)}
            if found:
                yield from world.fault_at("made_ambiguous", found, "id", reference.id, **words)
            else:
                yield fault("still_needed", _former_place(world, reference), None, "", reference.id, **words)


def _former_place(world: World, reference: Reference) -> Place:
    """The file and sheet that used to say what is gone."""
    if world.former:
        for row in world.former.rows:
            kind = table(row.table).kind
            if kind and kind.label in reference.labels and row.cells.get("id") == reference.id:
                return row.place
    return Place("")


def _kinds(labels: list[str]) -> str:
    return _alternatives([_(node_kind(label).title).lower() for label in labels])


def _alternatives(items: list[str]) -> str:
    return _(" or ").join(dict.fromkeys(items))


class _Names:
    """Ids and names of all nodes by label, to offer the nearest: people write names where ids are asked."""

    def __init__(self, world: World) -> None:
        self._nodes = world.graph.nodes
        self._found: dict[tuple[tuple[str, ...], str], str] = {}

    @cached_property
    def _by_label(self) -> dict[str, dict[str, NodeKey]]:
        found: dict[str, dict[str, NodeKey]] = {}
        for key in sorted(self._nodes):
            known = found.setdefault(key.label, {})
            known.setdefault(key.id, key)
            name = self._nodes[key].get("name")
            if isinstance(name, str):
                known.setdefault(name, key)
        return found

    def nearest(self, reference: Reference) -> str:
        """Id and name of the nearest one, ``AM24 (Zeeland)``; empty when none is like it."""
        asked = (reference.labels, reference.id)
        if asked not in self._found:
            self._found[asked] = self._nearest(reference)
        return self._found[asked]

    def _nearest(self, reference: Reference) -> str:
        known = {
            text: key for label in reversed(reference.labels) for text, key in self._by_label.get(label, {}).items()
        }
        best = nearest(reference.id, list(known))
        if not best:
            return ""
        name = self._nodes[known[best]].get("name")
        return f"{known[best].id} ({name})" if name and name != known[best].id else known[best].id
