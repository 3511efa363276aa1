"""All checks of one load, in one go and in a stable order."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from ..catalogue import FILES
from ..faults import Fault, Severity, fault
from ..fold import Graph
from ..grouping import in_order
from ..notes import Note
from ..rows import DataSetRows, Place, Row
from ..sources import Reading
from ..sources.text import table_at
from .cell_checks import checked_rows
from .data_set_checks import TABLE, data_set_faults, name_faults, named_data_sets
from .reference_checks import reference_faults
from .row_checks import row_faults
from .spread_checks import spread_faults
from .world import World

UNNAMED = "unnamed"


@dataclass(frozen=True)
class Examination:
    """What the checks found.

    `rows` is what the files say, fit to be folded and kept when there are no
    `faults`; `graph` is the graph as it would be after the load.
    """

    rows: DataSetRows
    named: bool
    faults: tuple[Fault, ...]
    doubts: tuple[Fault, ...]
    graph: Graph
    notes: tuple[Note, ...] = ()


def examine(reading: Reading, kept: Sequence[DataSetRows] = (), data_set: str = "") -> Examination:
    """Check what was read, beside what the graph's data sets say.

    Parameters
    ----------
    reading
        The tables as read.
    kept
        The rows of all data sets in the graph, in order of precedence; the
        former rows of this one among them.
    data_set
        Id to load as; empty for the one that the table ``data_set`` names.
    """
    found = list(reading.faults)
    notes: list[Note] = []
    rows = [row for raw in reading.tables for row in checked_rows(raw, found, notes)]
    found += name_faults(rows, data_set)
    named = named_data_sets(rows)
    name = data_set or (named[0].cells["id"] if named else "")
    if not name and not any(raw.name == TABLE for raw in reading.tables):
        found.append(fault("no_data_set", Place("")))
    if not named:
        cells = {"id": name or UNNAMED, "name": name or UNNAMED, "kind": "recorded"}
        rows.append(Row(TABLE, Place(""), 0, cells))
    world = World(DataSetRows(name or UNNAMED, tuple(rows)), tuple(kept))
    found += chain(
        row_faults(world),
        reference_faults(world, _unread(found)),
        spread_faults(world),
        data_set_faults(world, reading.tables),
    )
    ordered = in_order(found, {(raw.place.file, raw.place.sheet): raw.name for raw in reading.tables})
    faults = tuple(item for item in ordered if item.kind.severity is Severity.FAULT)
    explained = _Explained(faults)
    doubts = tuple(item for item in ordered if item.kind.severity is Severity.DOUBT and item not in explained)
    return Examination(world.new, bool(name), faults, doubts, world.graph, tuple(notes))


def _unread(found: list[Fault]) -> set[str]:
    """Tables whose rows are not known because of a fault: that they seem missing is no news."""
    names = {item.words.get("nearest", "") for item in found if item.code == "unknown_table"}
    broken = [item for item in found if item.kind in FILES]
    broken += [item for item in found if item.code == "missing_column" and item.value == "id"]
    return names | {table_at(item.file, item.sheet) for item in broken}


class _Explained:
    """Doubts that may go away when the faults are mended: in the same row, about the whole, about what is not used."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.rows = {(item.file, item.sheet, item.row) for item in faults}
        self.some_unread = any(item.row is None or item.code == "no_such_row" for item in faults)

    def __contains__(self, doubt: Fault) -> bool:
        if (doubt.file, doubt.sheet, doubt.row) in self.rows:
            return True
        about_all = not doubt.file and doubt.code != "no_data_set"
        return (about_all and bool(self.rows)) or (doubt.code == "unused_organisation" and self.some_unread)
