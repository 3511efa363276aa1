"""What a load says to the engine: the texts come from the schema, the values travel as parameters.

New and changed nodes go first, then relationships; what is stale goes last, so
that no reader ever finds a place empty.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from graph_store.schema import node_kind, relationship_kind

from .commit import Batch, Statement
from .fold import Properties
from .keep import CURRENT, REPLACED, LoadRecord
from .meaning import NodeKey, RelationshipKey
from .plan import Plan

# A message to the engine may have 16 MiB; a character at most four bytes.
_BATCH_ROWS, _BATCH_CHARACTERS = 5_000, 3_000_000


def plan_statements(plan: Plan, unused: Collection[str] = ()) -> Iterator[Statement]:
    """The statements that carry out a plan.

    Parameters
    ----------
    unused
        Labels of which the graph has no node: what is new beyond doubt need
        not be looked for. Such statements must not be run a second time.
    """
    touched = [*plan.added, *plan.changed]
    nodes = [element for element in touched if isinstance(element, NodeKey)]
    ties = [element for element in touched if isinstance(element, RelationshipKey)]
    for label, keys in _grouped(nodes, lambda node: node.label).items():
        rows = ({"id": key.id, "props": _with_id(key, plan.after.nodes[key])} for key in keys)
        name = node_kind(label).label
        made = f"CREATE (n:{name})" if label in unused else f"MERGE (n:{name} {{id: row.id}})"
        yield from _batched(f"UNWIND $rows AS row {made} SET n = row.props", rows)
    for (type_, start, end), these in _grouped(ties, _pattern).items():
        # Between nodes that have only just been made there is nothing yet.
        made = f"CREATE (a)-[r:{type_}]->(b)" if {start, end} & set(unused) else _merged(type_)
        text = (
            f"UNWIND $rows AS row MATCH (a:{start} {{id: row.start}}), (b:{end} {{id: row.end}}) "
            f"{made} SET r = row.props RETURN count(r) AS found"
        )
        rows = ({**_ends(key), "props": plan.after.relationships[key]} for key in these)
        yield from _batched(text, rows, all_found=True)
    yield from _removals(plan)


def _merged(type_: str) -> str:
    return f"MERGE (a)-[r:{type_} {{key: row.key}}]->(b)"


def _removals(plan: Plan) -> Iterator[Statement]:
    ties = [element for element in plan.removed if isinstance(element, RelationshipKey)]
    nodes = [element for element in plan.removed if isinstance(element, NodeKey)]
    # Collected before they are deleted: a delete that still reads can leave some behind on the local engine.
    for (type_, start, end), these in _grouped(ties, _pattern).items():
        text = (
            f"UNWIND $rows AS row "
            f"MATCH (:{start} {{id: row.start}})-[r:{type_} {{key: row.key}}]->(:{end} {{id: row.end}}) "
            "WITH collect(r) AS stale UNWIND stale AS one DELETE one"
        )
        yield from _batched(text, map(_ends, these))
    for label, keys in _grouped(nodes, lambda node: node.label).items():
        text = (
            f"UNWIND $rows AS row MATCH (n:{node_kind(label).label} {{id: row.id}}) "
            "WITH collect(n) AS stale UNWIND stale AS one DETACH DELETE one"
        )
        yield from _batched(text, ({"id": key.id} for key in keys))


def record_statements(load: LoadRecord) -> Iterator[Statement]:
    """The statements that make a load the one that its data set shows."""
    yield Statement(
        "UNWIND $rows AS row MATCH (l:Load {data_set: row.data_set, state: row.before}) SET l.state = row.after",
        [{"data_set": load.data_set, "before": CURRENT, "after": REPLACED}],
    )
    yield Statement("UNWIND $rows AS row MERGE (l:Load {id: row.id}) SET l = row", [load.as_properties()])
    # The whole graph is folded with this model now, whichever data set a part of it comes from.
    yield Statement(
        "UNWIND $rows AS row MATCH (l:Load {state: row.state}) SET l.model = row.model",
        [{"state": CURRENT, "model": load.model}],
    )


def kept_statements(label: str, nodes: Iterable[dict[str, Any]]) -> Iterator[Statement]:
    """The statements that put nodes of the loader's own records into the graph as they are."""
    yield from _batched(f"UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) SET n = row", nodes)


def _batched(text: str, rows: Iterable[dict[str, Any]], all_found: bool = False) -> Iterator[Statement]:
    batch: Batch = []
    size = 0
    for row in rows:
        length = _length(row)
        if batch and (len(batch) == _BATCH_ROWS or size + length > _BATCH_CHARACTERS):
            yield Statement(text, batch, all_found)
            batch, size = [], 0
        batch.append(row)
        size += length
    if batch:
        yield Statement(text, batch, all_found)


def _length(row: dict[str, Any]) -> int:
    """About how long a row is when it is sent; names, numbers and dates count little."""
    found = 16 * len(row)
    for value in row.values():
        if isinstance(value, str):
            found += len(value)
        elif isinstance(value, list):
            found += sum(map(len, value))  # the model has lists of texts only
        elif isinstance(value, dict):
            found += _length(value)
    return found


def _grouped(keys: Iterable[Any], group: Callable[[Any], Any]) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = {}
    for key in keys:
        found.setdefault(group(key), []).append(key)
    return found


def _pattern(key: RelationshipKey) -> tuple[str, str, str]:
    """Type and labels of a relationship, as the schema writes them."""
    return relationship_kind(key.type).type, node_kind(key.start.label).label, node_kind(key.end.label).label


def _ends(key: RelationshipKey) -> dict[str, Any]:
    return {"start": key.start.id, "end": key.end.id, "key": key.key}


def _with_id(key: NodeKey, properties: Properties) -> Properties:
    return {"id": key.id, **properties}
