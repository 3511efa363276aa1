"""What the loader tells: plain data for the command line, the app and ``--json``."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .faults import Fault
from .grouping import grouped
from .notes import Note
from .plan import Counts, Plan, counts_as_dict

__all__ = ["Counts", "DataSetStatus", "LoadReport", "PlanReport", "Report", "Statement", "Status"]


@dataclass(frozen=True)
class Report:
    """What a check found.

    `rows` counts the rows by table, in the order read; `data_set` is empty
    when neither the files nor the caller name one; `notes` tell what was
    guessed or left alone.
    """

    data_set: str
    files: tuple[str, ...]
    rows: Mapping[str, int]
    faults: tuple[Fault, ...]
    doubts: tuple[Fault, ...]
    notes: tuple[Note, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether the tables may be loaded."""
        return not self.faults

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for ``--json``."""
        return {
            "data_set": self.data_set,
            "files": list(self.files),
            "rows": dict(self.rows),
            "passed": self.passed,
            "faults": [fault.as_dict() for fault in self.faults],
            "doubts": [doubt.as_dict() for doubt in self.doubts],
            "causes": [group.as_dict() for group in (*grouped(self.faults), *grouped(self.doubts))],
            "notes": [note.as_dict() for note in self.notes],
        }


@dataclass(frozen=True)
class PlanReport:
    """A check and, when it passed, what a load would change."""

    report: Report
    plan: Plan | None

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for ``--json``."""
        return {**self.report.as_dict(), "plan": self.plan.as_dict() if self.plan else None}


@dataclass(frozen=True)
class LoadReport:
    """What a load did.

    `plan` is None when there were faults, and when the same files had been
    loaded before (`unchanged`); `version` is the version of the data after it.
    """

    report: Report
    plan: Plan | None
    version: str
    unchanged: bool
    seconds: float

    @property
    def loaded(self) -> bool:
        """Whether the graph shows what the files say."""
        return self.report.passed

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for ``--json``; counts in place of the plan's single changes."""
        return {
            **self.report.as_dict(),
            "loaded": self.loaded,
            "unchanged": self.unchanged,
            "version": self.version,
            "seconds": round(self.seconds, 3),
            "changes": counts_as_dict(self.plan.counts() if self.plan else {}),
        }


@dataclass(frozen=True)
class DataSetStatus:
    """One data set as the graph shows it: its last load."""

    id: str
    loaded_at: str
    files: tuple[str, ...]
    rows: int


@dataclass(frozen=True)
class Status:
    """What is in the graph, and what answers."""

    engine: str
    version: str
    address: str
    data_version: str
    nodes: Mapping[str, int]
    relationships: Mapping[str, int]
    data_sets: tuple[DataSetStatus, ...]
    last_load: str  # when, as ISO text; empty before the first
    unfinished: str

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for ``--json``."""
        return {
            "engine": self.engine,
            "version": self.version,
            "address": self.address,
            "data_version": self.data_version,
            "nodes": dict(self.nodes),
            "relationships": dict(self.relationships),
            "data_sets": [
                {"id": item.id, "loaded_at": item.loaded_at, "files": list(item.files), "rows": item.rows}
                for item in self.data_sets
            ],
            "last_load": self.last_load or None,
            "unfinished": self.unfinished,
        }


@dataclass(frozen=True)
class Statement:
    """One row of a file that says something about a node."""

    data_set: str
    file: str
    sheet: str
    row: int
    table: str
    cells: Mapping[str, str]
    sources: tuple[str, ...]
