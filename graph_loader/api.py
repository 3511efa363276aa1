"""What others may call: check, plan, load, status, provenance, and the demo network."""

from collections.abc import Sequence
from pathlib import Path

from graph_store.loads import NO_DATA, data_version, read_whole
from graph_store.schema import NODE_KINDS, RELATIONSHIP_KINDS
from graph_store.store import Store
from languages.words import _

from . import loading
from .annotated import Annotated
from .annotated import annotate as mark
from .cells import listed
from .emptying import reset
from .fold import fold
from .history import importing
from .history.difference import diff
from .history.exporting import export
from .history.runs import runs
from .history.step_back import remove, undo, undoable
from .history.tidying import tidy
from .history.verification import verify
from .keep import BY_COMMAND, current_loads, kept_rows, last_load
from .keep import doubts_of as doubts
from .lock import settled
from .meaning import NodeKey, node_key, references
from .memory import collector_paused
from .plan import plan as plan_of
from .progress import silent
from .report import DataSetStatus, LoadReport, PlanReport, Report, Statement, Status
from .rows import DataSetRows, Row
from .sources import read
from .validate import examine
from .write import Progress

__all__ = [
    "annotate",
    "check",
    "demo_path",
    "diff",
    "doubts",
    "export",
    "load",
    "load_demo_if_empty",
    "load_simulated",
    "plan",
    "provenance",
    "remove",
    "reset",
    "runs",
    "said",
    "settled",
    "simulated_path",
    "status",
    "tidy",
    "undo",
    "undoable",
    "verify",
]

Paths = Path | Sequence[Path]
_HERE = Path(__file__).parent


def check(paths: Paths, store: Store | None = None, data_set: str = "", progress: Progress | None = None) -> Report:
    """All faults and doubts of the tables under `paths`; writes nothing.

    Parameters
    ----------
    paths
        Folders of ``<table>.csv``, workbooks, or single CSV files.
    store
        The graph whose data sets the tables may refer to; None to look at the
        files alone.
    data_set
        Id to load as; empty for the one that the table ``data_set`` names.
    progress
        Called with a sentence, how much is done and how much there is (0 while unknown).

    Raises
    ------
    WrongUse
        When a path does not exist.
    """
    reading = read(_listed(paths, data_set), lambda file: _reading(progress, file))
    with collector_paused():
        return loading.report_of(reading, examine(reading, _kept(store) if store else (), data_set))


def annotate(
    paths: Paths, out: Path, store: Store | None = None, data_set: str = "", progress: Progress | None = None
) -> tuple[Report, Annotated]:
    """What `check` finds, and workbooks with the cells marked; see `graph_loader.annotated.annotate`."""
    reading = read(_listed(paths, data_set), lambda file: _reading(progress, file))
    with collector_paused():
        report = loading.report_of(reading, examine(reading, _kept(store) if store else (), data_set))
    return report, mark(_listed(paths, data_set), reading.tables, (*report.faults, *report.doubts), out)


def plan(paths: Paths, store: Store, data_set: str = "", progress: Progress | None = None) -> PlanReport:
    """What a load of `paths` would change; writes nothing. Takes and raises what `check` does."""
    reading = read(_listed(paths, data_set), lambda file: _reading(progress, file))
    with collector_paused():
        kept = _kept(store)
        found = examine(reading, kept, data_set)
        report = loading.report_of(reading, found)
        return PlanReport(report, None if found.faults else plan_of(fold(kept), found.graph))


def load(
    paths: Paths,
    data_set: str,
    store: Store,
    progress: Progress | None = None,
    *,
    by: str = BY_COMMAND,
    wait: float = 0.0,
    in_steps: bool = False,
    expected: str = "",
) -> LoadReport:
    """Check the tables under `paths` and, when they pass, make the graph say what they say.

    The data set is replaced as a whole: what it said before and does not say
    now goes, unless another data set says it too. Readers see the old graph or
    the new one. The same files again change nothing, not even the version.

    Parameters
    ----------
    paths, progress
        As for `check`; or the folder of an export, all of whose data sets are loaded then.
    data_set
        Id to load as; empty for the one that the table ``data_set`` names.
    store
        Opened for writing.
    by
        How it comes about, kept with the load: "command", "app" or "watch".
    wait
        Seconds to wait for another load to end.
    in_steps
        In several transactions, for what is too large for one. Readers see the
        graph between two versions meanwhile, and are told so; after a load
        that did not come to its end, the next one puts the graph right.
    expected
        Version of the graph that the caller has seen a plan for; empty for whichever it has.

    Raises
    ------
    WrongUse
        When a path does not exist, or nothing names the data set.
    graph_loader.loading.PlanOutdated
        When the graph has another version than `expected`.
    graph_loader.lock.AnotherLoadRuns
        When another process loads into the same graph.
    LoadTooLarge, TookTooLong, NoSpaceLeft
        When the engine could not hold it; nothing was changed.
    EngineAway
        When the engine goes away; the graph is the old or the new one then.
    """
    work = progress or silent
    only = paths if isinstance(paths, Path) else paths[0] if len(paths) == 1 else None
    if only and not data_set and importing.is_export(only):
        return importing.load_export(only, store, work, by, wait=wait, in_steps=in_steps, expected=expected)
    return loading.load(
        _listed(paths, data_set), data_set, store, work, by, wait=wait, in_steps=in_steps, expected=expected
    )


def status(store: Store) -> Status:
    """What answers, what is in the graph, and whether a load stopped half-way."""
    info = store.info()
    state = settled(store)
    latest = last_load(store)
    return Status(
        engine=info.engine,
        version=info.version,
        address=info.address,
        data_version=state.version,
        nodes=_node_counts(store),
        relationships=_relationship_counts(store),
        data_sets=tuple(
            DataSetStatus(load.data_set, load.at, load.files, sum(load.counts.values()))
            for load in current_loads(store)
        ),
        last_load=latest.at if latest else "",
        unfinished=state.unfinished,
    )


def provenance(store: Store, label: str, id: str) -> list[Statement]:
    """Every row that says something about a node: its own rows, then those that name it.

    Parameters
    ----------
    label, id
        The node.

    Returns
    -------
    list
        By data set in order of precedence, file and row; empty for a node that no table names.
    """
    own, naming = [], []
    for said in _kept(store):
        for row in (row for row in said.rows if row.number):
            if node_key(row) == NodeKey(label, id):
                own.append(_statement(said.data_set, row))
            elif any(reference.id == id and label in reference.labels for reference in references(row)):
                naming.append(_statement(said.data_set, row))
    return own + naming


def said(store: Store, data_set: str, table: str) -> list[dict[str, str]]:
    """The rows of one table that a data set says now, each as its filled cells by column; none if never loaded."""
    loads = [load for load in current_loads(store) if load.data_set == data_set]
    kept = read_whole(store, lambda: kept_rows(store, loads))[1]
    return [dict(row.cells) for rows in kept for row in rows.rows if row.table == table and row.number]


def demo_path() -> Path:
    """The folder with the demo's tables: in the wheel beside this module, in a checkout under ``data``."""
    inside = _HERE / "demo"
    return inside if inside.is_dir() else _HERE.parent / "data" / "demo"


def load_demo_if_empty(store: Store, progress: Progress | None = None) -> LoadReport | None:
    """Load the demo network into a graph without data; None when there are data already."""
    if data_version(store) != NO_DATA or current_loads(store):
        return None
    return load(demo_path(), "", store, progress)


def simulated_path() -> Path:
    """The folder with the simulated network's tables: in the wheel beside this module, in a checkout under ``data``."""
    inside = _HERE / "simulated"
    return inside if inside.is_dir() else _HERE.parent / "data" / "simulated"


def load_simulated(store: Store, progress: Progress | None = None) -> LoadReport:
    """Make a graph of its own say what the shipped simulation says; does nothing where it does already."""
    return load(simulated_path(), "", store, progress)


def _kept(store: Store) -> tuple[DataSetRows, ...]:
    return read_whole(store, lambda: kept_rows(store, current_loads(store)))[1]


def _statement(data_set: str, row: Row) -> Statement:
    sources = tuple(listed(row.cells.get("source", "")))
    return Statement(data_set, row.place.file, row.place.sheet, row.number, row.table, row.cells, sources)


def _node_counts(store: Store) -> dict[str, int]:
    rows = store.read("MATCH (n) RETURN labels(n)[0] AS label, count(*) AS number ORDER BY label")
    found = {row["label"]: row["number"] for row in rows}
    return {kind.label: found.get(kind.label, 0) for kind in NODE_KINDS}


def _relationship_counts(store: Store) -> dict[str, int]:
    rows = store.read("MATCH ()-[r]->() RETURN type(r) AS type, count(*) AS number ORDER BY type")
    found = {row["type"]: row["number"] for row in rows}
    return {kind.type: found.get(kind.type, 0) for kind in RELATIONSHIP_KINDS}


def _listed(paths: Paths, data_set: str = "") -> list[Path]:
    """The paths, an export among them by the one data set of it that is meant."""
    each = [paths] if isinstance(paths, Path) else list(paths)
    return [importing.part_of_export(path, data_set) if importing.is_export(path) else path for path in each]


def _reading(progress: Progress | None, file: str) -> None:
    (progress or silent)(_("Reading {file}").format(file=file), 0, 0)
