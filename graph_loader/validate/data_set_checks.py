"""The data set as a whole, and beside the others: its id, what it takes away, what it says differently."""

from collections.abc import Iterator

from graph_store.schema import NODE_KINDS
from graph_store.tables import table

from ..cells import Value
from ..faults import Fault, fault
from ..fold import Conflict
from ..meaning import NodeKey
from ..rows import Place, RawTable, Row
from .world import World

TABLE = "data_set"


def named_data_sets(rows: list[Row]) -> list[Row]:
    """The rows that name a data set."""
    return [row for row in rows if row.table == TABLE and "id" in row.cells]


def name_faults(rows: list[Row], asked: str) -> Iterator[Fault]:
    """A second data set in the files, or another than the one asked for."""
    named = named_data_sets(rows)
    for row in named[1:]:
        yield fault("several_data_sets", row.place, row.number, "id", row.cells["id"])
    if named and asked and named[0].cells["id"] != asked:
        first = named[0]
        yield fault("other_data_set", first.place, first.number, "id", first.cells["id"], data_set=asked)


def data_set_faults(world: World, raw: tuple[RawTable, ...]) -> Iterator[Fault]:
    """All faults and doubts about the data set as a whole."""
    yield from _simulated(world)
    yield from _gone(world, raw)
    yield from _same_names(world)
    yield from _unused(world)
    for conflict in world.graph.conflicts:
        yield from _said_differently(world, conflict)


def _simulated(world: World) -> Iterator[Fault]:
    own = NodeKey("DataSet", world.new.data_set)
    kind = world.graph.nodes.get(own, {}).get("kind")
    for said in world.others:
        other = world.graph.nodes.get(NodeKey("DataSet", said.data_set), {}).get("kind")
        if kind and other and kind != other:
            words = {"kind": kind, "others": f"{said.data_set} ({other})"}
            yield from world.fault_at("simulated_mixed", [own], "kind", world.new.data_set, **words)


def _gone(world: World, raw: tuple[RawTable, ...]) -> Iterator[Fault]:
    former: dict[str, int] = {}
    for row in world.former.rows if world.former else ():
        former[row.table] = former.get(row.table, 0) + 1
    if raw and not any(row.table != TABLE for row in world.new.rows):
        held = sum(count for name, count in former.items() if name != TABLE)
        yield (
            fault("would_empty", Place(""), value=world.new.data_set, count=held)
            if held
            else fault("nothing_in_it", Place(""))
        )
        return
    for name, count in former.items():
        if name != TABLE and name not in {table_.name for table_ in raw}:
            yield fault("table_gone", Place(""), value=name, count=count)


def _same_names(world: World) -> Iterator[Fault]:
    captioned = {kind.label for kind in NODE_KINDS if kind.caption}
    for label in sorted(set(world.graph.nodes.kinds) - captioned):
        yield from _same_names_of(world, label)


def _same_names_of(world: World, label: str) -> Iterator[Fault]:
    known: dict[tuple[str, str], NodeKey | list[NodeKey]] = {}
    for key in sorted(world.graph.nodes.of(label)):
        # A province and its capital may well share a name; two provinces hardly.
        named = world.text(key, "name").casefold(), world.text(key, "kind") if label == "Region" else ""
        other = known.setdefault(named, key) if named[0] else key
        if isinstance(other, list):
            other.append(key)
        elif other is not key:
            known[named] = [other, key]
    for keys in (keys for keys in known.values() if isinstance(keys, list)):
        # The first keeps its name without a word, so that a pair is told once; one of another data set comes first.
        ordered = sorted(keys, key=lambda key: (world.origin(key) is not None, key))
        for key in ordered[1:]:
            yield from world.fault_at("same_name", [key], "name", world.name(key), other=ordered[0].id)


def _unused(world: World) -> Iterator[Fault]:
    ties = world.graph.relationships
    types = [type_ for type_ in ties.kinds if type_ != "LOCATED_IN"]
    ends = (end for type_ in types for key in ties.of(type_) for end in (key.start, key.end))
    used = {end for end in ends if end.label == "Organisation"}
    for key in world.nodes.of("Organisation"):
        if key not in used:
            yield from world.fault_at("unused_organisation", [key], "id", world.name(key))


def _said_differently(world: World, conflict: Conflict) -> Iterator[Fault]:
    pairs = [(conflict.data_set, conflict.value), (conflict.other_data_set, conflict.other_value)]
    own = next((pair for pair in pairs if pair[0] == world.new.data_set), None)
    other = next(pair for pair in pairs if pair[0] != world.new.data_set)
    row = world.origin(conflict.element)
    if own is None or row is None:
        return
    columns = {column.name for column in table(row.table).columns}
    yield fault(
        "said_differently",
        row.place,
        row.number,
        conflict.property if conflict.property in columns else "",
        _shown(own[1]),
        property=conflict.property,
        element=world.name(conflict.element) if isinstance(conflict.element, NodeKey) else conflict.element.type,
        other=_shown(other[1]),
        data_set=other[0],
        winner=conflict.data_set,
    )


def _shown(value: Value) -> str:
    return "; ".join(value) if isinstance(value, list) else str(value)
