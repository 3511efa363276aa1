"""Load: check, compare, write. The one way in which the graph changes."""

import time
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from graph_store.errors import WrongUse
from graph_store.loads import graph_state
from graph_store.store import Store
from languages.words import _

from .faults import Severity
from .fold import Graph, fold
from .keep import (
    BY_COMMAND,
    CURRENT,
    LoadRecord,
    all_loads,
    content_hash,
    current_loads,
    doubts_of,
    kept_rows,
    model_fingerprint,
    note_seconds,
)
from .lock import only_loader
from .memory import collector_paused
from .plan import Plan
from .plan import plan as plan_of
from .report import LoadReport, Report
from .rows import DataSetRows
from .sources import Reading, fingerprint, read
from .validate import Examination, examine
from .write import Progress, prepare, write


class PlanOutdated(WrongUse):
    """The graph has changed since the plan that somebody agreed to was made."""


def load(
    paths: Sequence[Path],
    data_set: str,
    store: Store,
    progress: Progress,
    by: str = BY_COMMAND,
    *,
    wait: float = 0.0,
    in_steps: bool = False,
    expected: str = "",
) -> LoadReport:
    """Make the graph say what the tables under `paths` say; see `graph_loader.api.load`."""
    began = time.monotonic()
    files = fingerprint(paths)
    prepare(store)
    # What is shown already need not even be read; all else is read before others have to wait for it.
    reading = None if _same_files(files, data_set, current_loads(store)) else _read(paths, progress)
    run = new_id()
    with collector_paused(), only_loader(store, run, wait=wait, told=progress):
        refuse_outdated(store, expected)
        loads = current_loads(store)
        report = _as_shown(store, reading, files, data_set, loads)
        if report:
            return LoadReport(report, None, graph_state(store).version, True, time.monotonic() - began)
        reading = reading or _read(paths, progress)
        # Files that were written to while they were read are not the ones that were read.
        order = _Order(run, data_set, files if files == fingerprint(paths) else "", by, in_steps)
        report, changes = _carried_out(store, order, reading, loads, progress)
        if changes is None:
            return LoadReport(report, None, graph_state(store).version, False, time.monotonic() - began)
        note_seconds(store, run, time.monotonic() - began)
    return LoadReport(report, changes, run, False, time.monotonic() - began)


@dataclass(frozen=True)
class _Order:
    """What a load is called, of what, and how it is written."""

    run: str
    data_set: str
    files: str
    by: str
    in_steps: bool


def _as_shown(
    store: Store, reading: Reading | None, files: str, data_set: str, loads: Sequence[LoadRecord]
) -> Report | None:
    """What is told of files that the graph shows already; None where it does not, or was left half-way."""
    if graph_state(store).unfinished:
        return None
    if same := _same_files(files, data_set, loads):
        return Report(same.data_set, same.files, same.counts, (), doubts_of(store, same.id))
    if reading and (same := loaded_before(reading, data_set, loads)):
        doubts = tuple(fault for fault in reading.faults if fault.kind.severity is Severity.DOUBT)
        return Report(same.data_set, reading.files, same.counts, (), doubts, reading.notes)
    return None


def _carried_out(
    store: Store, order: _Order, reading: Reading, loads: Sequence[LoadRecord], progress: Progress
) -> tuple[Report, Plan | None]:
    """Check, and write what passes; no plan where there are faults."""
    progress(_("Checking"), 0, 0)
    kept = kept_rows(store, loads)
    found = examine(reading, kept, order.data_set)
    report = report_of(reading, found)
    if found.faults:
        return report, None
    if not found.named:
        raise WrongUse(_("Nothing names the data set. Add --data-set NAME, or a table data_set with one row."))
    changes, written = changes_to(kept, found.graph, loads)
    [record] = load_records([order.run], [reading], [report], all_loads(store), order.by)
    record = replace(record, file_hash=order.files, changes=changes.counts())
    write(store, written, record, found.rows, progress, in_steps=order.in_steps)
    return report, changes


def refuse_outdated(store: Store, expected: str) -> None:
    """Stop where the graph is no longer the version `expected`, if one is."""
    if expected and graph_state(store).version != expected:
        raise PlanOutdated(_("The graph has changed since this was planned. Look at the new plan first."))


def new_id() -> str:
    """The id of a run that begins now."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{uuid.uuid4().hex[:8]}"


def moment_after(runs: Sequence[LoadRecord]) -> str:
    """Now, as ISO text; just after the last run where another machine's clock is ahead of this one's."""
    return later_than(run.at for run in runs)


def later_than(moments: Iterable[str]) -> str:
    """Now, as ISO text; just after the last of `moments` where that is later."""
    now = datetime.now(UTC)
    last = max(map(datetime.fromisoformat, moments), default=now - timedelta(days=1))
    return max(now, last + timedelta(microseconds=1)).isoformat(timespec="microseconds")


def report_of(reading: Reading, found: Examination) -> Report:
    """What a check found, with the number of rows in each table."""
    rows: dict[str, int] = {raw.name: 0 for raw in reading.tables}
    for row in found.rows.rows:
        if row.number:
            rows[row.table] += 1
    name = found.rows.data_set if found.named else ""
    return Report(name, reading.files, rows, found.faults, found.doubts, (*reading.notes, *found.notes))


def _read(paths: Sequence[Path], progress: Progress) -> Reading:
    return read(paths, lambda file: progress(_("Reading {file}").format(file=file), 0, 0))


def _same_files(files: str, data_set: str, loads: Sequence[LoadRecord]) -> LoadRecord | None:
    """The load that shows files with this fingerprint now, so that they need not even be read."""
    if not files or any(load.model != model_fingerprint() for load in loads):
        return None
    return next((load for load in loads if load.file_hash == files and data_set in ("", load.data_set)), None)


def loaded_before(reading: Reading, data_set: str, loads: Sequence[LoadRecord]) -> LoadRecord | None:
    """The load that shows these very files now, where all was folded with this model."""
    if any(load.model != model_fingerprint() for load in loads):
        return None
    fingerprint = content_hash(reading.tables)
    return next((load for load in loads if load.hash == fingerprint and data_set in ("", load.data_set)), None)


def changes_to(kept: Sequence[DataSetRows], after: Graph, loads: Sequence[LoadRecord]) -> tuple[Plan, Plan]:
    """What changes, and what is written: more, when the graph was folded with another model."""
    before = fold(kept)
    changes = plan_of(before, after)
    if all(load.model == model_fingerprint() for load in loads):
        return changes, changes
    stale = Graph(
        {key: own for key, own in before.nodes.items() if key not in after.nodes},
        {key: own for key, own in before.relationships.items() if key not in after.relationships},
    )
    return changes, plan_of(stale, after)


def load_records(
    run_ids: Sequence[str], readings: Sequence[Reading], reports: Sequence[Report], runs: Sequence[LoadRecord], by: str
) -> list[LoadRecord]:
    """The runs that load some data sets, in their order; new data sets come after all that the graph has seen."""
    places = {run.data_set: run.precedence for run in runs if run.state == CURRENT}
    # Places are never given twice, so that a data set that comes back has its own again.
    last = max((run.precedence for run in runs), default=0)
    moment = datetime.fromisoformat(moment_after(runs))
    found = []
    for count, (run_id, reading, report) in enumerate(zip(run_ids, readings, reports, strict=True)):
        if report.data_set not in places:
            last += 1
            places[report.data_set] = last
        record = LoadRecord(
            id=run_id,
            data_set=report.data_set,
            at=(moment + timedelta(microseconds=count)).isoformat(timespec="microseconds"),
            files=report.files,
            hash=content_hash(reading.tables),
            model=model_fingerprint(),
            precedence=places[report.data_set],
            counts=dict(report.rows),
            tables=run_id,
            by=by,
            doubts=report.doubts,
        )
        found.append(record)
    return found
