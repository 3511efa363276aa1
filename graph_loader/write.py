"""Write a plan into the graph: all of it in one transaction, or nothing, unless steps are asked for."""

from collections.abc import Iterator, Sequence

from graph_store.holder import Holder
from graph_store.loads import graph_state
from graph_store.schema import INTERNAL_LABELS, NODE_KINDS
from graph_store.store import Store

from .commit import GraphDiffers, Progress, Statement, carry_out, carry_out_in_steps
from .fold import Graph
from .history.comparison import compared
from .history.mending import mending_statements, repair
from .keep import LoadRecord, parts
from .plan import Plan
from .rows import DataSetRows
from .statements import kept_statements, plan_statements, record_statements

__all__ = [
    "GraphDiffers",
    "Progress",
    "Statement",
    "carry_out",
    "kept_statements",
    "plan_statements",
    "prepare",
    "write",
]


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
    left = graph_state(store).unfinished
    changes = _what_differs(store, plan.after, progress) if left else list(plan_statements(plan))
    kept = list(kept_statements("LoadedTable", parts(load.id, load.data_set, rows.rows)))
    records = [*record_statements(load), *_leftovers(left)]
    if not in_steps:
        carry_out(store, [*changes, *kept, *records], load.id, load.at, progress)
        return
    # The tables first, so that nothing is in the graph that nobody said; what is stale last.
    steps = [[statement] for statement in (*kept, *changes)]
    carry_out_in_steps(store, [*steps, records], load.id, load.at, progress)


def _what_differs(store: Store, after: Graph, progress: Progress) -> Sequence[Statement]:
    found = compared(store, after, progress).findings
    nothing = Plan((), {}, (), Graph(), after)
    return [*plan_statements(repair(found, after)), *mending_statements(found, nothing, everything=False)]


def _leftovers(left: str) -> Iterator[Statement]:
    """Take away the tables of a load in steps that never came to its end."""
    holder = Holder.read(left)
    if holder:
        text = (
            "UNWIND $rows AS row MATCH (t:LoadedTable {load: row.load}) WHERE NOT EXISTS { (:Load {id: row.load}) } "
            "WITH collect(t) AS stale UNWIND stale AS one DELETE one"
        )
        yield Statement(text, [{"load": holder.load}])
