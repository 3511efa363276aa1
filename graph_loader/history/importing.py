"""Load an export: all of its data sets in one transaction, in their order of precedence."""

import json
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from graph_store.errors import WrongUse
from graph_store.loads import graph_state
from graph_store.store import Store
from languages.words import _

from ..commit import Progress
from ..fold import fold
from ..keep import (
    CURRENT,
    LoadRecord,
    all_loads,
    content_hash,
    counted,
    current_loads,
    kept_rows,
    model_fingerprint,
    note_seconds,
)
from ..loading import changes_to, moment_after, new_id, refuse_outdated, report_of
from ..lock import only_loader
from ..memory import collector_paused
from ..report import LoadReport, Report
from ..rows import DataSetRows
from ..sources import Reading, read
from ..validate import Examination, examine
from ..validate.cell_checks import checked_rows
from ..validate.world import replaced
from ..write import prepare, write_together
from .exporting import MANIFEST


def is_export(path: Path) -> bool:
    """Whether a folder is an export as a whole."""
    return (path / MANIFEST).is_file()


def export_parts(path: Path) -> list[tuple[str, Path]]:
    """Id and place of each data set of an export, in order of precedence.

    Raises
    ------
    WrongUse
        When its list names what is not in it.
    """
    try:
        said = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
        found = [(str(one["id"]), path / str(one["name"])) for one in said["data_sets"]]
    except (ValueError, KeyError, TypeError):
        found = []
    if not found:
        raise WrongUse(
            _("{file} is not as an export wrote it. Load the folders beside it one by one.").format(
                file=path / MANIFEST
            )
        )
    for _id, part in found:
        # A list from elsewhere may name any file of this computer.
        if part.parent != path or part.name in ("", ".", "..") or part.is_symlink():
            raise WrongUse(_("{file} names something outside its folder.").format(file=path / MANIFEST))
    return found


def part_of_export(path: Path, data_set: str) -> Path:
    """The place of one data set in an export: the one that is named, or the only one.

    Raises
    ------
    WrongUse
        When there are several and none is named, or it is not among them.
    """
    found = export_parts(path)
    if not data_set and len(found) == 1:
        return found[0][1]
    for id_, part in found:
        if id_ == data_set:
            return part
    names = ", ".join(str(part) for _id, part in found)
    raise WrongUse(
        _("{path} is an export of several data sets. Name one of them: {names}; load takes them all at once.").format(
            path=path, names=names
        )
    )


def load_export(
    path: Path, store: Store, progress: Progress, by: str, *, wait: float, in_steps: bool, expected: str
) -> LoadReport:
    """Make the graph say what all data sets of an export say.

    They may refer to each other in any direction, so they are checked and
    written together. Data sets of the graph that are not in it stay.
    """
    began = time.monotonic()
    named = export_parts(path)
    readings = [read([part], lambda file: progress(_("Reading {file}").format(file=file), 0, 0)) for _id, part in named]
    prepare(store)
    run_ids = [new_id() for _each in named]
    with collector_paused(), only_loader(store, run_ids[-1], wait=wait):
        refuse_outdated(store, expected)
        loads = current_loads(store)
        kept = kept_rows(store, loads)
        progress(_("Checking"), 0, 0)
        found = _examined([data_set for data_set, _part in named], readings, kept)
        reports = [report_of(reading, one) for reading, one in zip(readings, found, strict=True)]
        report = _together(reports)
        if report.faults:
            return LoadReport(report, None, graph_state(store).version, False, time.monotonic() - began)
        if not graph_state(store).unfinished and _loaded_before(readings, reports, loads):
            return LoadReport(report, None, graph_state(store).version, True, time.monotonic() - began)
        changes, written = changes_to(kept, fold(_with_all(kept, [one.rows for one in found])), loads)
        records = _records(run_ids, readings, reports, all_loads(store), by)
        records[-1] = replace(records[-1], changes=counted(changes))
        said = [one.rows for one in found]
        write_together(store, written, list(zip(records, said, strict=True)), progress, in_steps=in_steps)
        note_seconds(store, records[-1].id, time.monotonic() - began)
    return LoadReport(report, changes, records[-1].id, False, time.monotonic() - began)


def _examined(names: Sequence[str], readings: Sequence[Reading], kept: Sequence[DataSetRows]) -> list[Examination]:
    """Each data set checked beside all others as they would be."""
    first = [
        DataSetRows(name, tuple(row for raw in reading.tables for row in checked_rows(raw, [], [])))
        for name, reading in zip(names, readings, strict=True)
    ]
    others = tuple(_with_all(kept, first))
    return [examine(reading, others, name) for name, reading in zip(names, readings, strict=True)]


def _with_all(kept: Sequence[DataSetRows], new: Sequence[DataSetRows]) -> list[DataSetRows]:
    found = list(kept)
    for said in new:
        found = replaced(found, said)
    return found


def _together(reports: Sequence[Report]) -> Report:
    rows: dict[str, int] = {}
    for report in reports:
        for name, count in report.rows.items():
            rows[name] = rows.get(name, 0) + count
    return replace(
        reports[0],
        data_set=", ".join(report.data_set for report in reports),
        files=tuple(file for report in reports for file in report.files),
        rows=rows,
        faults=tuple(fault for report in reports for fault in report.faults),
        doubts=tuple(doubt for report in reports for doubt in report.doubts),
    )


def _loaded_before(readings: Sequence[Reading], reports: Sequence[Report], loads: Sequence[LoadRecord]) -> bool:
    """Whether the graph shows these very files of each data set, folded with this model."""
    if any(load.model != model_fingerprint() for load in loads):
        return False
    hashes = {load.data_set: load.hash for load in loads}
    return all(
        hashes.get(report.data_set) == content_hash(reading.tables)
        for reading, report in zip(readings, reports, strict=True)
    )


def _records(
    run_ids: Sequence[str], readings: Sequence[Reading], reports: Sequence[Report], runs: Sequence[LoadRecord], by: str
) -> list[LoadRecord]:
    """The runs of all data sets, in their order; new ones come after all that the graph has seen."""
    places = {run.data_set: run.precedence for run in runs if run.state == CURRENT}
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
