"""Which cells of a sheet are marked, and with what words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph_store.headings import column_named
from graph_store.tables import table, tables
from languages.words import _

from ..faults import Fault, Severity
from ..rows import Place, RawTable

Spot = tuple[int, int]  # row and column, from 1


@dataclass(frozen=True)
class Mark:
    """What is said at one cell: all its faults and doubts; a fault outweighs doubts."""

    severity: Severity
    text: str


@dataclass(frozen=True)
class Located:
    """A fault or doubt, and the cell that it stands at; no cell where it is about no sheet that was read."""

    fault: Fault
    spot: Spot | None


def located(faults: Iterable[Fault], read: Sequence[RawTable]) -> list[Located]:
    """Each fault with its cell: its own, the first of its row, or of the header for what is about a whole sheet."""
    sheets: dict[Place, RawTable] = {}
    for raw in read:
        sheets.setdefault(raw.place, raw)
    found = []
    for item in faults:
        raw_table = sheets.get(Place(item.file, item.sheet))
        found.append(Located(item, _spot(item, raw_table) if raw_table else None))
    return found


def marks(found: Iterable[Located]) -> Mapping[Place, dict[Spot, Mark]]:
    """What is said at each cell, by sheet."""
    said: dict[Place, dict[Spot, list[Fault]]] = {}
    for item in found:
        if item.spot:
            cells = said.setdefault(Place(item.fault.file, item.fault.sheet), {})
            cells.setdefault(item.spot, []).append(item.fault)
    return {place: {spot: _mark(those) for spot, those in cells.items()} for place, cells in said.items()}


def named(severity: Severity) -> str:
    """What a reader calls it."""
    return _("Fault") if severity is Severity.FAULT else _("Doubt")


def _mark(faults: Sequence[Fault]) -> Mark:
    grave = any(item.kind.severity is Severity.FAULT for item in faults)
    lines = dict.fromkeys(f"{named(item.kind.severity)}: {item.sentence} ({item.mend})" for item in faults)
    return Mark(Severity.FAULT if grave else Severity.DOUBT, "\n".join(lines))


def _spot(item: Fault, raw: RawTable) -> Spot:
    first = next((place for place, title in enumerate(raw.header, start=1) if title), 1)
    if item.row is None:
        return raw.header_row, first
    if item.row == raw.header_row:
        return item.row, _titled(item, raw) or first
    if item.column:
        names = _names(raw)
        return item.row, names.index(item.column) + 1 if item.column in names else first
    return item.row, _holding(item, raw) or first


def _names(raw: RawTable) -> list[str]:
    """Names of the columns by place; empty for one that the table does not have."""
    if raw.name not in {own.name for own in tables()}:
        return []
    return [column_named(table(raw.name), title) if title else "" for title in raw.header]


def _titled(item: Fault, raw: RawTable) -> int:
    """The column whose heading is at fault: the last one, where it is there twice; 0 for none."""
    places = [place for place, title in enumerate(raw.header, start=1) if item.value and title == item.value]
    places += [place for place, name in enumerate(_names(raw), start=1) if item.value and name == item.value]
    return places[-1] if places else 0


def _holding(item: Fault, raw: RawTable) -> int:
    """The column that holds what is at fault, in a row of which only the value is known; 0 for none."""
    if item.code != "column_without_name":
        return 0
    row = next((row for row in raw.rows if row.number == item.row), None)
    return row.cells.index(item.value) + 1 if row and item.value in row.cells else 0
