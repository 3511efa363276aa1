"""Load an export: all of its data sets in one transaction, in their order of precedence."""

import json
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from graph_store.errors import WrongUse
from graph_store.loads import graph_state
from graph_store.store import Store
from languages.words import _

from ..commit import Progress
from ..fold import fold
from ..grouping import joined
from ..keep import (
    all_loads,
    current_loads,
    kept_rows,
    note_seconds,
)
from ..loading import changes_to, load_records, loaded_before, new_id, refuse_outdated, report_of
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
    with collector_paused(), only_loader(store, run_ids[-1], wait=wait, told=progress):
        refuse_outdated(store, expected)
        loads = current_loads(store)
        kept = kept_rows(store, loads)
        progress(_("Checking"), 0, 0)
        found = _examined([data_set for data_set, _part in named], readings, kept)
        reports = [report_of(reading, one) for reading, one in zip(readings, found, strict=True)]
        report = _together(reports)
        if report.faults:
            return LoadReport(report, None, graph_state(store).version, False, time.monotonic() - began)
        pairs = list(zip(readings, reports, strict=True))
        shown = all(loaded_before(reading, one.data_set, loads) for reading, one in pairs)
        if shown and not graph_state(store).unfinished:
            return LoadReport(report, None, graph_state(store).version, True, time.monotonic() - began)
        changes, written = changes_to(kept, fold(_with_all(kept, [one.rows for one in found])), loads)
        records = load_records(run_ids, readings, reports, all_loads(store), by)
        records[-1] = replace(records[-1], changes=changes.counts())
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
        faults=joined(report.faults for report in reports),
        doubts=joined(report.doubts for report in reports),
    )
