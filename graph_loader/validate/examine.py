"""All checks of one load, in one go and in a stable order."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from graph_store.tables import table_names

from ..catalogue import COPIES, FILES, Severity
from ..faults import Fault, fault
from ..fold import Graph
from ..grouping import Faults, Found
from ..notes import Note
from ..rows import DataSetRows, Place, Row
from ..sources import Reading
from ..sources.text import table_at
from .cell_checks import checked_rows
from .data_set_checks import TABLE, data_set_faults, name_faults, named_data_sets
from .reader_words import ReaderWords
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
    faults: Faults
    doubts: Faults
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
    words = ReaderWords(reading.tables)
    found = Found(words.told)
    found.extend(reading.faults)
    notes: list[Note] = []
    rows = [row for raw in reading.tables for row in checked_rows(raw, found, notes)]
    found.extend(name_faults(rows, data_set))
    named = named_data_sets(rows)
    name = data_set or (named[0].cells["id"] if named else "")
    if not named:
        cells = {"id": name or UNNAMED, "name": name or UNNAMED, "kind": "recorded"}
        rows.append(Row(TABLE, Place(""), 0, cells))
    world = World(DataSetRows(name or UNNAMED, tuple(rows)), tuple(kept))
    unread = _unread(found, {raw.name for raw in reading.tables})
    for faults_ in (
        row_faults(world),
        reference_faults(world, reading.tables, words, unread),
        spread_faults(world),
        data_set_faults(world, reading.tables),
    ):
        found.extend(faults_)
    if not name and not any(raw.name == TABLE for raw in reading.tables) and not _any_unread(found):
        found.append(fault("no_data_set", Place("")))
    read_as = {(raw.place.file, raw.place.sheet): raw.name for raw in reading.tables}
    faults = found.faults(read_as)
    return Examination(world.new, bool(name), faults, found.doubts(read_as, faults), world.graph, tuple(notes))


def _unread(found: Iterable[Fault], read: Collection[str]) -> set[str]:
    """Tables whose rows are not known because of a fault: that they seem missing is no news."""
    those = list(found)
    names = {item.words.get("nearest", "") for item in those if item.code == "unknown_table"}
    broken = [item for item in those if item.kind in FILES and item.code not in COPIES]
    broken += [item for item in those if item.code == "missing_column" and item.value == "id"]
    tables_ = names | {table_at(item.file, item.sheet) for item in broken}
    # A workbook that cannot be read may hold any table.
    any_table = any(item.kind in FILES and _unnamed(item) for item in broken)
    return tables_ | (table_names() - set(read)) if any_table else tables_


def _unnamed(item: Fault) -> bool:
    """Whether nothing tells which tables a file would have held that was not read."""
    unread = item.kind.severity is Severity.FAULT and item.code not in ("unknown_table", "no_table_file")
    return unread and bool(item.file) and not item.sheet and table_at(item.file) not in table_names()


def _any_unread(found: Iterable[Fault]) -> bool:
    """Whether there is a file that may hold what seems not to be there."""
    unread = (item for item in found if item.kind in FILES and item.code not in COPIES)
    return any(item.kind.severity is Severity.FAULT for item in unread)
