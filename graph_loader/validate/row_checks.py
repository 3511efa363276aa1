"""Rows against rows: keys used twice, ends that come too early, circles."""

from collections.abc import Iterable, Iterator
from itertools import chain

from graph_store.dates import certainly_before
from graph_store.schema import RELATIONSHIP_KINDS
from graph_store.tables import table

from ..faults import Fault, fault
from ..meaning import NodeKey, node_key, relationships
from ..rows import Row
from .world import World, where

# Columns that begin something, and the one that ends it.
_PERIODS = (("since", "until"), ("started", "ended"), ("on", "until"))
_POSITION = ("latitude", "longitude")
_CHECKED = frozenset((*(last for _, last in _PERIODS), *_POSITION))
_CHAIN = " > "


def row_faults(world: World) -> Iterator[Fault]:
    """All faults and doubts of the new rows among each other."""
    yield from _used_twice(world)
    for row in world.new.rows:
        if not _CHECKED.isdisjoint(row.head.columns):
            yield from _order_of_dates(row)
            yield from _half_position(row)
    yield from _circles(world)


def _used_twice(world: World) -> Iterator[Fault]:
    before: dict[tuple[object, ...], Row] = {}
    for row in _suspects(world):
        node = node_key(row)
        if node:
            if node in before:
                yield fault("duplicate_id", row.place, row.number, "id", node.id, other=where(before[node]))
            before.setdefault(node, row)
        elif table(row.table).kind is None:
            yield from _said_twice(row, before)


def _suspects(world: World) -> Iterable[Row]:
    """The rows that may say what another says, or lead to themselves: few, so that only these are looked at one by one.

    Those are the rows of what is said more than once, of what begins where it
    ends, and those that the fold found no place for.
    """
    found = [row for _, rows in chain(world.nodes.said_again(), world.relationships.said_again()) for row in rows]
    for kind in world.relationships.kinds():
        loops = (key for key in world.relationships.of(kind) if key.start is key.end)
        found += [row for key in loops for row in world.relationships.rows(kind, key)]
    found += [row for data_set, row in world.graph.left_out if data_set == world.new.data_set]
    return {id(row): row for row in found}.values()


def _said_twice(row: Row, before: dict[tuple[object, ...], Row]) -> Iterator[Fault]:
    for said in relationships(row):
        if said.start.id == said.end.id and set(said.start.labels) & set(said.end.labels):
            yield fault("to_itself", row.place, row.number, said.end.column, said.end.id)
            continue
        # The labels of the ends play no part: an id that is ambiguous is a fault of its own.
        key = said.between(NodeKey("", said.start.id), NodeKey("", said.end.id))
        if key in before:
            yield fault("said_twice", row.place, row.number, other=where(before[key]))
        before.setdefault(key, row)


def _order_of_dates(row: Row) -> Iterator[Fault]:
    for first, last in _PERIODS:
        start, end = row.cells.get(first), row.cells.get(last)
        if start and end and certainly_before(end, start):
            yield fault("ends_before_it_starts", row.place, row.number, last, end, first=first, last=last, other=start)


def _half_position(row: Row) -> Iterator[Fault]:
    given = [name for name in _POSITION if name in row.cells]
    columns = {column.name for column in table(row.table).columns}
    if len(given) == 1 and columns.issuperset(_POSITION):
        yield fault("half_position", row.place, row.number, given[0], row.cells[given[0]])


def _circles(world: World) -> Iterator[Fault]:
    for kind in RELATIONSHIP_KINDS:
        if kind.acyclic:
            above: dict[NodeKey, list[NodeKey]] = {}
            for key in world.ties(kind.type):
                above.setdefault(key.start, []).append(key.end)
            for circle in _circles_in(above):
                steps = set(zip(circle, [*circle[1:], circle[0]], strict=True))
                inside = [key for key in world.ties(kind.type) if (key.start, key.end) in steps]
                said = min(
                    filter(None, map(world.origin, inside)),
                    key=lambda row: row.number,
                    default=None,
                )
                if said is not None:
                    itself = NodeKey(circle[0].label, said.cells["id"])
                    turn = circle.index(itself) if itself in circle else 0
                    path = [*circle[turn:], *circle[:turn], circle[turn]]
                    words = {"value": path[0].id, "path": _CHAIN.join(node.id for node in path)}
                    yield from world.fault_at("part_of_itself", [path[0]], "part_of", **words)


def _circles_in(above: dict[NodeKey, list[NodeKey]]) -> Iterator[list[NodeKey]]:
    """One circle for each group of nodes that lead to each other, without recursion."""
    finished: set[NodeKey] = set()
    for first in sorted(above):
        if first in finished:
            continue
        path: list[NodeKey] = [first]
        on_path = {first}
        open_ends = [iter(above[first])]
        while open_ends:
            following = next(open_ends[-1], None)
            if following is None:
                done = path.pop()
                on_path.discard(done)
                finished.add(done)
                open_ends.pop()
            elif following in on_path:
                yield path[path.index(following) :]
            elif following not in finished:
                path.append(following)
                on_path.add(following)
                open_ends.append(iter(above.get(following, [])))
