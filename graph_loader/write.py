"""Write a plan into the graph: all of it in one transaction, or nothing, unless steps are asked for."""

from collections.abc import Iterator, Sequence
from itertools import chain

from neo4j.exceptions import ClientError, DatabaseError

from graph_store.loads import graph_state
from graph_store.schema import INTERNAL_LABELS, NODE_KINDS
from graph_store.store import Store
from languages.words import _

from .commit import GraphDiffers, Progress, Statement, Work, carry_out, carry_out_in_steps
from .fold import Graph
from .history.comparison import compared
from .history.mending import mending_statements, repair
from .history.structure import ids_kept_apart
from .keep import LoadRecord, parts
from .plan import Plan
from .rows import DataSetRows
from .statements import kept_statements, plan_statements, record_statements

__all__ = [
    "GraphDiffers",
    "Progress",
    "Statement",
    "Work",
    "carry_out",
    "kept_statements",
    "leftovers",
    "plan_statements",
    "prepare",
    "write",
    "write_together",
]


def prepare(store: Store) -> None:
    """Constraints and indexes of the model, where they are missing.

    Raises
    ------
    GraphDiffers
        When the graph cannot have one: two nodes share an id, or another index is in the way.
    """
    try:
        _prepare(store)
    except (ClientError, DatabaseError) as error:
        raise GraphDiffers(
            _(
                "The graph cannot keep its ids apart, because it was changed by other means. "
                "`graph-loader verify` tells how, `graph-loader verify --mend` puts it right."
            )
        ) from error


def _prepare(store: Store) -> None:
    there = {
        (row["labelsOrTypes"][0], row["properties"][0])
        for row in store.read("SHOW INDEXES YIELD labelsOrTypes, properties")
        if row["labelsOrTypes"] and row["properties"]
    }
    for label in (*(kind.label for kind in NODE_KINDS), *INTERNAL_LABELS):
        if (label, "id") not in there:
            store.run_alone(ids_kept_apart(label))
    if ("LoadedTable", "load") not in there:
        store.run_alone("CREATE INDEX loadedtable_load IF NOT EXISTS FOR (n:LoadedTable) ON (n.load)")


def write(
    store: Store, plan: Plan, load: LoadRecord, rows: DataSetRows, progress: Progress, *, in_steps: bool = False
) -> None:
    """Make the graph what the plan says, keep the rows, and name the new version; raises what `carry_out` does.

    A graph that a load in steps left half-way is compared, as it is, with what
    it should become, and all that differs is written.

    Parameters
    ----------
    in_steps
        In several transactions, for what is too large for one.
    """
    write_together(store, plan, [(load, rows)], progress, in_steps=in_steps)


def write_together(
    store: Store,
    plan: Plan,
    loads: Sequence[tuple[LoadRecord, DataSetRows]],
    progress: Progress,
    *,
    in_steps: bool = False,
) -> None:
    """Write several loads as one, whose version is that of the last; as `write` otherwise."""
    left = graph_state(store).unfinished
    if left:
        changes = Work.of(_what_differs(store, plan.after, progress))
    else:
        # Steps may be run again, so that what they make must be looked for first.
        unused = () if in_steps else _unused_labels(store)
        changes = Work(lambda: plan_statements(plan, unused), plan.size)
    kept = [
        statement
        for load, rows in loads
        for statement in kept_statements("LoadedTable", parts(load.id, load.data_set, rows.rows))
    ]
    records = [*chain.from_iterable(record_statements(load) for load, _rows in loads), *leftovers(left)]
    last = loads[-1][0]
    if not in_steps:
        carry_out(store, changes + Work.of([*kept, *records]), last.id, last.at, progress)
        return
    # The tables first, so that nothing is in the graph that nobody said; what is stale last.
    carry_out_in_steps(store, Work.of(kept) + changes, Work.of(records), last.id, last.at, progress)


def _unused_labels(store: Store) -> list[str]:
    """Labels of the model of which the graph has no node."""
    labels = [kind.label for kind in NODE_KINDS]
    used = store.read(" UNION ALL ".join(f"MATCH (n:{label}) RETURN '{label}' AS label LIMIT 1" for label in labels))
    return sorted(set(labels) - {row["label"] for row in used})


def _what_differs(store: Store, after: Graph, progress: Progress) -> Sequence[Statement]:
    found = compared(store, after, progress).findings
    nothing = Plan((), {}, (), Graph(), after)
    return [*plan_statements(repair(found, after)), *mending_statements(found, nothing, everything=False)]


def leftovers(left: str) -> Iterator[Statement]:
    """Take away the tables of a load or a reset in steps that never came to its end."""
    if left:
        text = (
            "MATCH (t:LoadedTable) WHERE NOT EXISTS { (:Load {id: t.load}) } "
            "WITH collect(t) AS stale UNWIND stale AS one DELETE one"
        )
        yield Statement(text, [])
