"""The runs of the loader as people read them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph_store.store import Store

from ..keep import CURRENT, UNDONE, LoadRecord, all_loads
from ..plan import Counts, counts_as_dict
from .line import course, short

SHOWN, SHOWN_AGAIN = "shown", "shown again"
REPLACED_BY_LATER, TAKEN_BACK, OVER = "replaced", "taken back", "done"


@dataclass(frozen=True)
class Run:
    """One run: what it did to which data set, when and from which files.

    `state` says what became of it: ``shown`` (the graph shows what it brought),
    ``shown again`` (a later run led back to it), ``replaced`` (a later run
    followed), ``taken back``, or ``done`` for one after which no tables were
    left to show. `can_be_undone` holds for the last that still counts of its
    data set.
    """

    id: str
    kind: str  # "load", "undo", "removal", "repair" or "restore"
    data_set: str  # empty for a repair or a restore, which are about the graph as a whole
    at: str  # UTC, as ISO text
    files: tuple[str, ...]
    rows: Mapping[str, int]  # by table
    changes: Mapping[str, Counts]  # by label and type
    seconds: float  # 0 where it is not known
    by: str  # "command", "app" or "watch"; empty where it is not known
    state: str
    back_to: str  # for an undo: id of the load whose tables are shown again; empty when none is
    kept: bool  # whether its tables are still there
    can_be_undone: bool

    @property
    def short(self) -> str:
        """The end of its id: enough to name it in a command."""
        return short(self.id)

    @property
    def added(self) -> int:
        """How many nodes and relationships it added."""
        return sum(counts.added for counts in self.changes.values())

    @property
    def changed(self) -> int:
        """How many nodes and relationships it changed."""
        return sum(counts.changed for counts in self.changes.values())

    @property
    def removed(self) -> int:
        """How many nodes and relationships it removed."""
        return sum(counts.removed for counts in self.changes.values())

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for ``--json``."""
        return {
            "id": self.id,
            "short": self.short,
            "kind": self.kind,
            "data_set": self.data_set,
            "at": self.at,
            "files": list(self.files),
            "rows": dict(self.rows),
            "changes": counts_as_dict(self.changes),
            "seconds": self.seconds,
            "by": self.by,
            "state": self.state,
            "back_to": self.back_to,
            "kept": self.kept,
            "can_be_undone": self.can_be_undone,
        }


def runs(store: Store, data_set: str = "") -> list[Run]:
    """Every run of the loader, of whatever kind, the latest first; of one data set if named."""
    records = all_loads(store)
    return [run for run in listed(records) if data_set in ("", run.data_set)]


def listed(records: Sequence[LoadRecord]) -> list[Run]:
    """Records as runs, the latest first."""
    courses = {name: course(records, name) for name in {record.data_set for record in records}}
    taken_back = {id_ for one in courses.values() for id_ in one.taken_back}
    undoable = {
        one.last.id
        for one in courses.values()
        if one.last and (one.before is None or can_be_shown(one.before, records))
    }
    shown = {id_ for record in records if record.state == CURRENT for id_ in (record.id, record.tables)}
    return [_run(record, _state(record, taken_back, shown), undoable) for record in reversed(records)]


def can_be_shown(record: LoadRecord, records: Sequence[LoadRecord]) -> bool:
    """Whether what a data set said after that run can still be told: its tables may have been taken away."""
    return not record.tables or any(one.id == record.tables and one.kept for one in records)


def _run(record: LoadRecord, state: str, undoable: set[str]) -> Run:
    return Run(
        id=record.id,
        kind=record.kind,
        data_set=record.data_set,
        at=record.at,
        files=record.files,
        rows=record.counts,
        changes=record.changes,
        seconds=record.seconds,
        by=record.by,
        state=state,
        back_to=record.tables if record.kind == UNDONE else "",
        kept=record.kept,
        can_be_undone=record.id in undoable,
    )


def _state(record: LoadRecord, taken_back: set[str], shown: set[str]) -> str:
    if record.id in shown:
        return SHOWN if record.state == CURRENT else SHOWN_AGAIN
    if record.id in taken_back:
        return TAKEN_BACK
    return REPLACED_BY_LATER if record.tables else OVER
