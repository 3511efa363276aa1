"""The way back: the last load of a data set undone, or a data set taken out."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from graph_store.errors import WrongUse
from graph_store.loads import graph_state
from graph_store.store import Store
from languages.words import _

from ..faults import Fault, Severity
from ..keep import (
    BY_COMMAND,
    CURRENT,
    DONE,
    OF_THE_WHOLE,
    REMOVED,
    UNDONE,
    LoadRecord,
    all_loads,
    current_loads,
    kept_rows,
    model_fingerprint,
    note_seconds,
)
from ..loading import changes_to, moment_after, new_id
from ..lock import only_loader
from ..memory import collector_paused
from ..plan import Plan, counts_as_dict
from ..progress import silent
from ..rows import DataSetRows
from ..validate.data_set_checks import data_set_faults
from ..validate.reference_checks import reference_faults
from ..validate.row_checks import row_faults
from ..validate.spread_checks import spread_faults
from ..validate.world import World
from ..write import Progress, prepare, write
from .line import course
from .runs import Run, can_be_shown, listed


@dataclass(frozen=True)
class StepBack:
    """What an undo would take back, and what the data set would say then; no `back_to`: it would be gone."""

    data_set: str
    run: Run
    back_to: Run | None

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for ``--json``."""
        return {
            "data_set": self.data_set,
            "run": self.run.as_dict(),
            "back_to": self.back_to.as_dict() if self.back_to else None,
        }


@dataclass(frozen=True)
class ChangeReport:
    """What an undo or a removal did.

    With `faults` nothing was changed: another data set needs what would go.
    `version` is the version of the data after it.
    """

    kind: str  # "undo" or "removal"
    data_set: str
    back_to: str  # id of the load whose tables are shown again; empty when the data set is gone
    faults: tuple[Fault, ...]
    plan: Plan | None
    version: str
    seconds: float

    @property
    def done(self) -> bool:
        """Whether the graph was changed."""
        return not self.faults

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for ``--json``; counts in place of the plan's single changes."""
        return {
            "kind": self.kind,
            "data_set": self.data_set,
            "done": self.done,
            "back_to": self.back_to,
            "faults": [fault.as_dict() for fault in self.faults],
            "version": self.version,
            "seconds": round(self.seconds, 3),
            "changes": counts_as_dict(self.plan.counts() if self.plan else {}),
        }


def undoable(store: Store, data_set: str = "") -> StepBack:
    """What `undo` would take back: the last load of `data_set`, or of the one that changed last.

    Raises
    ------
    WrongUse
        When there is no such data set, nothing to take back, or its former tables are no longer kept.
    """
    records = all_loads(store)
    return _step(records, data_set)


def undo(
    store: Store,
    data_set: str,
    progress: Progress | None = None,
    *,
    expected: str = "",
    by: str = BY_COMMAND,
    wait: float = 0.0,
) -> ChangeReport:
    """Take back the last load (or removal) of a data set: it says again what it said before.

    Again goes one further back; undoing the first load takes the data set out.
    Other data sets stay as they are. Refused, with its faults, where another
    data set needs what would go.

    Parameters
    ----------
    data_set
        Which one; as `undoable` names it.
    expected
        Id of the run that the caller has seen and means; empty for whichever is the last.
    by, wait
        As for `load`.

    Raises
    ------
    WrongUse
        As `undoable` does, and when another run has come after `expected`.
    graph_loader.lock.AnotherLoadRuns
        When another process loads into the same graph.
    """
    began = time.monotonic()
    prepare(store)
    run_id = new_id()
    with collector_paused(), only_loader(store, run_id, command=UNDONE, wait=wait, told=progress):
        records = all_loads(store)
        step = _step(records, data_set)
        if expected and step.run.id != expected:
            plain = _("Something else was loaded since. Look at what it changed first.")
            raise WrongUse(_("Another run has come between. Look at `graph-loader runs`, then try again."), plain=plain)
        shown = course(records, step.data_set).before
        tables = shown.tables if shown else ""
        source = next((record for record in records if record.id == tables), None)
        record = _record(run_id, UNDONE, step.data_set, source, records, by)
        return _carried_out(store, record, progress or silent, began)


def remove(
    store: Store, data_set: str, progress: Progress | None = None, *, by: str = BY_COMMAND, wait: float = 0.0
) -> ChangeReport:
    """Take one data set out of the graph; `undo` brings it back. Waits, is refused and raises as `undo`."""
    began = time.monotonic()
    prepare(store)
    run_id = new_id()
    with collector_paused(), only_loader(store, run_id, command=REMOVED, wait=wait, told=progress):
        records = all_loads(store)
        if not any(record.data_set == data_set and record.state == CURRENT for record in records):
            raise WrongUse(_no_such_data_set(data_set, records))
        return _carried_out(store, _record(run_id, REMOVED, data_set, None, records, by), progress or silent, began)


def _step(records: Sequence[LoadRecord], asked: str) -> StepBack:
    last = next((record for record in reversed(records) if record.kind not in OF_THE_WHOLE), None)
    if last is None:
        raise WrongUse(_("Nothing has been loaded, so there is nothing to take back."))
    data_set = asked or last.data_set
    if not any(record.data_set == data_set for record in records):
        raise WrongUse(_no_such_data_set(data_set, records))
    own = course(records, data_set)
    if own.last is None:
        raise WrongUse(
            _("All loads of data set {data_set} have been taken back: there is nothing more.").format(data_set=data_set)
        )
    if own.before and not can_be_shown(own.before, records):
        raise WrongUse(
            _("What {data_set} said before its last load is no longer kept, so it cannot be taken back.").format(
                data_set=data_set
            )
        )
    by_id = {run.id: run for run in listed(records)}
    shown = own.before.tables if own.before else ""
    return StepBack(data_set, by_id[own.last.id], by_id.get(shown))


def _no_such_data_set(data_set: str, records: Sequence[LoadRecord]) -> str:
    there = sorted({record.data_set for record in records if record.state == CURRENT})
    if not there:
        return _('There is no data set "{data_set}": the graph is empty.').format(data_set=data_set)
    return _('There is no data set "{data_set}". There are: {names}.').format(data_set=data_set, names=", ".join(there))


def _record(
    run_id: str, kind: str, data_set: str, source: LoadRecord | None, records: Sequence[LoadRecord], by: str
) -> LoadRecord:
    """The run that leads back to what `source` says; None for a data set that says nothing more."""
    latest = next(record for record in reversed(records) if record.data_set == data_set)
    return LoadRecord(
        id=run_id,
        data_set=data_set,
        at=moment_after(records),
        files=source.files if source else (),
        hash=source.hash if source else "",
        model=model_fingerprint(),
        precedence=(source or latest).precedence,
        counts=source.counts if source else {},
        state=CURRENT if source else DONE,
        kind=kind,
        tables=source.id if source else "",
        by=by,
    )


def _carried_out(store: Store, record: LoadRecord, progress: Progress, began: float) -> ChangeReport:
    """Check, write and tell."""
    progress(_("Checking"), 0, 0)
    loads = current_loads(store)
    kept = kept_rows(store, loads)
    own = kept_rows(store, [record])[0] if record.tables else DataSetRows(record.data_set, ())
    world = World(own, _with_place_for(record, loads, kept))
    faults = _faults(world)
    changes = None
    if not faults:
        changes, written = changes_to(kept, world.graph, loads)
        write(store, written, replace(record, changes=changes.counts()), DataSetRows(record.data_set, ()), progress)
        note_seconds(store, record.id, time.monotonic() - began)
    return ChangeReport(
        kind=record.kind,
        data_set=record.data_set,
        back_to=record.tables,
        faults=faults,
        plan=changes,
        version=graph_state(store).version,
        seconds=time.monotonic() - began,
    )


def _with_place_for(
    record: LoadRecord, loads: Sequence[LoadRecord], kept: Sequence[DataSetRows]
) -> tuple[DataSetRows, ...]:
    """What is kept, with an empty place where a data set that comes back had its own."""
    if any(load.data_set == record.data_set for load in loads):
        return tuple(kept)
    place = sum(load.precedence < record.precedence for load in loads)
    return (*kept[:place], DataSetRows(record.data_set, ()), *kept[place:])


def _faults(world: World) -> tuple[Fault, ...]:
    found = chain(row_faults(world), reference_faults(world), spread_faults(world), data_set_faults(world, ()))
    return tuple(fault for fault in found if fault.kind.severity is Severity.FAULT)
