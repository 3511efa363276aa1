"""References: every id that a cell names belongs to exactly one row, here or in another data set."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

from graph_store.schema import node_kind
from graph_store.tables import table
from languages.words import _, listing, ngettext

from ..faults import Fault, fault
from ..fold import Nodes
from ..meaning import NodeKey, Reference, meaning, table_of_label
from ..nearest import nearest
from ..rows import Place, RawTable, Row
from ..sources.csv_folder import SUFFIXES
from .reader_words import ReaderWords
from .world import World, where

# So many names are compared for a whole load before nearest ones are no longer looked for; each look takes some time.
_MOST_COMPARED, _OVERHEAD = 20_000_000, 1_000
_PLACES_SHOWN = 3


def reference_faults(
    world: World, read: Sequence[RawTable] = (), words: ReaderWords | None = None, unread: Collection[str] = ()
) -> Iterator[Fault]:
    """References of the new rows that lead nowhere or to two, and those of others that the load would break.

    Parameters
    ----------
    read
        The tables among the files; none where the rows come from no files.
    words
        What the files call these.
    unread
        Tables that could not be read: their rows are not missed.
    """
    words = words or ReaderWords(read)
    names = _Names(world, words)
    absent = _Absent(world, read, words)
    nodes = world.graph.nodes
    for row, reference, found in _unclear(world.new.rows, nodes):
        if found:
            kinds = _kinds([node.label for node in found])
            yield fault("ambiguous_reference", row.place, row.number, reference.column, reference.id, kinds=kinds)
        elif not any(table_of_label(label).name in unread for label in reference.labels) and not absent.holds(
            row, reference
        ):
            yield _no_such_row(row, reference, names)
    yield from absent.faults()
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
        "tables": _alternatives([names.words.table(table_of_label(label).name) for label in reference.labels]),
        "nearest": names.nearest(reference),
    }
    return fault("no_such_row", row.place, row.number, reference.column, reference.id, **words)


class _Absent:
    """Tables that rows name, and that are not among the files: one fault for each, however many rows name it."""

    def __init__(self, world: World, read: Sequence[RawTable], words: ReaderWords) -> None:
        self._nodes = world.graph.nodes
        self._words = words
        self._read = {raw.name for raw in read}
        self._former = {
            (row.table, row.cells["id"]) for row in (world.former.rows if world.former else ()) if "id" in row.cells
        }
        self._naming: dict[tuple[str, ...], dict[tuple[str, str], set[int]]] = {}

    def holds(self, row: Row, reference: Reference) -> bool:
        """Whether what a row names would stand in a table that is not there."""
        names = tuple(table_of_label(label).name for label in reference.labels)
        if not self._read or not row.number or not self._read.isdisjoint(names):
            return False
        known = any(next(iter(self._nodes.of(label)), None) for label in reference.labels)
        if known and not any((name, reference.id) in self._former for name in names):
            return False
        self._naming.setdefault(names, {}).setdefault((row.place.file, row.place.sheet), set()).add(row.number)
        return True

    def faults(self) -> Iterator[Fault]:
        """The tables that are not there, and how many rows name them."""
        for names, places in self._naming.items():
            count = sum(map(len, places.values()))
            files = {file for file, _sheet in places}
            ending = ".csv" if all(Path(file).suffix.lower() in SUFFIXES for file in files) else ""
            value = _alternatives([self._words.table(name) + ending for name in names])
            yield fault(
                "table_not_given",
                Place(""),
                value=value,
                rows=ngettext("{count} row names", "{count} rows name", count),
                of=listing([Fault("", *place).place for place in list(places)[:_PLACES_SHOWN]]),
                tables=_alternatives([self._words.table(name) for name in names]),
            )


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

    def __init__(self, world: World, words: ReaderWords) -> None:
        self.words = words
        self._nodes = world.graph.nodes
        self._compared = 0
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
        """Id and name of the nearest one, ``AM24 (Zeeland)``; empty when none is like it.

        Of very many that are not there the last are not compared with all that are: it would take for ever.
        """
        asked = (reference.labels, reference.id)
        if asked not in self._found:
            if self._compared > _MOST_COMPARED:
                return ""
            self._found[asked] = self._nearest(reference)
        return self._found[asked]

    def _nearest(self, reference: Reference) -> str:
        known = {
            text: key for label in reversed(reference.labels) for text, key in self._by_label.get(label, {}).items()
        }
        self._compared += len(known) + _OVERHEAD
        best = nearest(reference.id, list(known))
        if not best:
            return ""
        name = self._nodes[known[best]].get("name")
        return f"{known[best].id} ({name})" if name and name != known[best].id else known[best].id
