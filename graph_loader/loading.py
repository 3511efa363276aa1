"""Load: check, compare, write. The one way in which the graph changes."""

import time
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import replace
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
    counted,
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
    reading = None if _same_files(files, data_set, current_loads(store)) else _read(paths, progress)
    load_id = new_id()
    with collector_paused(), only_loader(store, load_id, wait=wait):
        refuse_outdated(store, expected)
        loads = current_loads(store)
        half_way = graph_state(store).unfinished
        same = None if half_way else _same_files(files, data_set, loads)
        if same:
            report = Report(same.data_set, same.files, same.counts, (), doubts_of(store, same.id))
            return LoadReport(report, None, graph_state(store).version, True, time.monotonic() - began)
        reading = reading or _read(paths, progress)
        same = None if half_way else _loaded_before(reading, data_set, loads)
        if same:
            report = _report_of_same(reading, same)
            return LoadReport(report, None, graph_state(store).version, True, time.monotonic() - began)
        progress(_("Checking"), 0, 0)
        kept = kept_rows(store, loads)
        found = examine(reading, kept, data_set)
        report = report_of(reading, found)
        if found.faults:
            return LoadReport(report, None, graph_state(store).version, False, time.monotonic() - began)
        if not found.named:
            raise WrongUse(_("Nothing names the data set. Add --data-set NAME, or a table data_set with one row."))
        changes, written = changes_to(kept, found.graph, loads)
        record = _record(load_id, reading, found, report, all_loads(store))
        # Files that were written to while they were read are not the ones that were read.
        record = replace(record, file_hash=files if files == fingerprint(paths) else "")
        write(store, written, replace(record, changes=counted(changes), by=by), found.rows, progress, in_steps=in_steps)
        note_seconds(store, load_id, time.monotonic() - began)
    return LoadReport(report, changes, load_id, False, time.monotonic() - began)


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


def _loaded_before(reading: Reading, data_set: str, loads: Sequence[LoadRecord]) -> LoadRecord | None:
    """The load that shows these very files now, where all was folded with this model."""
    if any(load.model != model_fingerprint() for load in loads):
        return None
    fingerprint = content_hash(reading.tables)
    return next((load for load in loads if load.hash == fingerprint and data_set in ("", load.data_set)), None)


def _report_of_same(reading: Reading, same: LoadRecord) -> Report:
    doubts = tuple(fault for fault in reading.faults if fault.kind.severity is Severity.DOUBT)
    return Report(same.data_set, reading.files, same.counts, (), doubts, reading.notes)


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


def _record(
    load_id: str, reading: Reading, found: Examination, report: Report, runs: Sequence[LoadRecord]
) -> LoadRecord:
    name = found.rows.data_set
    former = next((run for run in runs if run.data_set == name and run.state == CURRENT), None)
    return LoadRecord(
        id=load_id,
        data_set=name,
        at=moment_after(runs),
        files=reading.files,
        hash=content_hash(reading.tables),
        model=model_fingerprint(),
        # Places are never given twice, so that a data set that comes back has its own again.
        precedence=former.precedence if former else 1 + max((run.precedence for run in runs), default=0),
        counts=dict(report.rows),
        tables=load_id,
        doubts=report.doubts,
    )
