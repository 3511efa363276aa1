"""Write a plan into the graph: all of it in one transaction, or nothing.

The text of every statement comes from the schema; values travel as parameters.
New and changed nodes go first, then relationships; what is stale goes last, so
that no reader ever finds a place empty.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from graph_store.errors import ExplorerError
from graph_store.schema import INTERNAL_LABELS, NODE_KINDS, node_kind, relationship_kind
from graph_store.store import Store, Writer
from languages.words import _

from .fold import Properties
from .keep import CURRENT, REPLACED, LoadRecord, parts
from .lock import clear_mark, clear_stale_mark, mark_loading
from .meaning import NodeKey, RelationshipKey
from .plan import Plan
from .rows import DataSetRows

Progress = Callable[[str, int, int], None]
Batch = list[dict[str, Any]]

# A message to the engine may have 16 MiB; a character at most four bytes.
_BATCH_ROWS, _BATCH_CHARACTERS = 5_000, 3_000_000


class GraphDiffers(ExplorerError):
    """The graph lacks what its own tables say: somebody wrote into it by other means."""


@dataclass(frozen=True)
class Statement:
    """One text with its rows, and whether it must find every one of them."""

    text: str
    rows: Batch
    all_found: bool = False


def prepare(store: Store) -> None:
    """Constraints and indexes of the model, where they are missing."""
    there = {
        (row["labelsOrTypes"][0], row["properties"][0])
        for row in store.read("SHOW INDEXES YIELD labelsOrTypes, properties")
        if row["labelsOrTypes"] and row["properties"]
    }
    for label in (*(kind.label for kind in NODE_KINDS), *INTERNAL_LABELS):
        if (label, "id") not in there:
            name = f"{label.lower()}_id"
            store.run_alone(f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE")
    if ("LoadedTable", "load") not in there:
        store.run_alone("CREATE INDEX loadedtable_load IF NOT EXISTS FOR (n:LoadedTable) ON (n.load)")


def write(store: Store, plan: Plan, load: LoadRecord, rows: DataSetRows, progress: Progress) -> None:
    """Make the graph what the plan says, keep the rows, and name the new version; raises what `carry_out` does."""
    carry_out(store, [*plan_statements(plan), *_load_statements(load, rows)], load.id, load.at, progress)


def carry_out(store: Store, statements: Sequence[Statement], version: str, at: str, progress: Progress) -> None:
    """Run statements in one transaction that readers are told of, and name the version that the graph then has.

    Raises
    ------
    GraphDiffers
        When a node that the tables name is not in the graph.
    EngineAway
        When the engine goes away; the graph is the old one or the new one then,
        and the next loader finds out which.
    """
    total = sum(len(statement.rows) for statement in statements)

    def work(writer: Writer) -> None:
        done = 0
        for statement in statements:
            progress(_("Writing"), done, total)
            _run(writer, statement)
            done += len(statement.rows)
        progress(_("Writing"), done, total)
        mark_loading(store, version)

    try:
        store.write(work)
    except BaseException:
        # The commit may have come through before the answer was lost: the loader's own rule decides.
        clear_stale_mark(store)
        raise
    clear_mark(store, version, at)


def plan_statements(plan: Plan) -> Iterator[Statement]:
    """The statements that carry out a plan."""
    touched = [*plan.added, *plan.changed]
    nodes = [element for element in touched if isinstance(element, NodeKey)]
    ties = [element for element in touched if isinstance(element, RelationshipKey)]
    for label, keys in _grouped(nodes, lambda node: node.label).items():
        rows = ({"id": key.id, "props": _with_id(key, plan.after.nodes[key])} for key in keys)
        yield from _batched(
            f"UNWIND $rows AS row MERGE (n:{node_kind(label).label} {{id: row.id}}) SET n = row.props", rows
        )
    for (type_, start, end), these in _grouped(ties, _pattern).items():
        text = (
            f"UNWIND $rows AS row MATCH (a:{start} {{id: row.start}}), (b:{end} {{id: row.end}}) "
            f"MERGE (a)-[r:{type_} {{key: row.key}}]->(b) SET r = row.props RETURN count(r) AS found"
        )
        rows = ({**_ends(key), "props": plan.after.relationships[key]} for key in these)
        yield from _batched(text, rows, all_found=True)
    yield from _removals(plan)


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


def _load_statements(load: LoadRecord, rows: DataSetRows) -> Iterator[Statement]:
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
    yield from kept_statements("LoadedTable", parts(load.id, load.data_set, rows.rows))


def kept_statements(label: str, nodes: Iterable[dict[str, Any]]) -> Iterator[Statement]:
    """The statements that put nodes of the loader's own records into the graph as they are."""
    yield from _batched(f"UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) SET n = row", nodes)


def _run(writer: Writer, statement: Statement) -> None:
    result = writer.run(statement.text, rows=statement.rows)
    if statement.all_found and result[0]["found"] < len(statement.rows):
        raise GraphDiffers(
            _(
                "The graph lacks nodes that its tables name: it was changed by other means. "
                "Make it what they say with `graph-loader verify --mend`, then try again."
            )
        )


def _batched(text: str, rows: Iterable[dict[str, Any]], all_found: bool = False) -> Iterator[Statement]:
    batch: Batch = []
    size = 0
    for row in rows:
        length = len(repr(row))
        if batch and (len(batch) == _BATCH_ROWS or size + length > _BATCH_CHARACTERS):
            yield Statement(text, batch, all_found)
            batch, size = [], 0
        batch.append(row)
        size += length
    if batch:
        yield Statement(text, batch, all_found)


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
