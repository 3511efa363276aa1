"""Rows against rows: keys used twice, ends that come too early, circles."""

from collections.abc import Iterator

from graph_store.dates import certainly_before
from graph_store.schema import RELATIONSHIP_KINDS
from graph_store.tables import table

from ..faults import Fault, fault
from ..meaning import NodeKey, node_key, relationships
from ..rows import Row
from .world import World, where

# Columns that begin something, and the one that ends it.
_PERIODS = (("since", "until"), ("started", "ended"), ("on", "until"))
_CHAIN = " > "


def row_faults(world: World) -> Iterator[Fault]:
    """All faults and doubts of the new rows among each other."""
    yield from _used_twice(world)
    for row in world.new.rows:
        yield from _order_of_dates(row)
        yield from _half_position(row)
    yield from _circles(world)


def _used_twice(world: World) -> Iterator[Fault]:
    before: dict[tuple[object, ...], Row] = {}
    for row in world.new.rows:
        node = node_key(row)
        if node:
            if node in before:
                yield fault("duplicate_id", row.place, row.number, "id", node.id, other=where(before[node]))
            before.setdefault(node, row)
        elif table(row.table).kind is None:
            yield from _said_twice(row, before)


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
    given = [name for name in ("latitude", "longitude") if name in row.cells]
    columns = {column.name for column in table(row.table).columns}
    if len(given) == 1 and {"latitude", "longitude"} <= columns:
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
                    (world.origins[key] for key in inside if key in world.origins),
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
