"""Which cells of a sheet are marked, and with what words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph_store.headings import column_named
from graph_store.tables import table, table_names
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
    those = list(faults)
    sheets: dict[Place, _Sheet] = {}
    for raw in read:
        if raw.place not in sheets:
            sheets[raw.place] = _Sheet(raw, those)
    found = []
    for item in those:
        sheet = sheets.get(Place(item.file, item.sheet))
        found.append(Located(item, sheet.spot(item) if sheet else None))
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


class _Sheet:
    """One sheet as it was read: where its columns are, and what stands in the rows that are looked into."""

    def __init__(self, raw: RawTable, faults: Sequence[Fault]) -> None:
        self._raw = raw
        self._first = next((place for place, title in enumerate(raw.header, start=1) if title), 1)
        self._columns = _columns(raw)
        # Only such a fault says what stands there, and not in which column.
        looked_into = {
            item.row
            for item in faults
            if item.code == "column_without_name" and Place(item.file, item.sheet) == raw.place
        }
        self._rows = {row.number: row.cells for row in raw.rows if row.number in looked_into} if looked_into else {}

    def spot(self, item: Fault) -> Spot:
        """The cell of a fault in this sheet."""
        if item.row is None:
            return self._raw.header_row, self._first
        if item.row == self._raw.header_row:
            return item.row, self._titled(item.value) or self._first
        if item.column:
            return item.row, self._columns.get(item.column, self._first)
        cells = self._rows.get(item.row, ())
        return item.row, cells.index(item.value) + 1 if item.value in cells else self._first

    def _titled(self, value: str) -> int:
        """The column whose heading is at fault: the last one, where it is there twice; 0 for none."""
        if not value:
            return 0
        places = [place for place, title in enumerate(self._raw.header, start=1) if title == value]
        places += [place for place, name in _named_columns(self._raw) if name == value]
        return places[-1] if places else 0


def _columns(raw: RawTable) -> dict[str, int]:
    """Where each column is; the first, where it is there twice."""
    found: dict[str, int] = {}
    for place, name in _named_columns(raw):
        found.setdefault(name, place)
    return found


def _named_columns(raw: RawTable) -> list[tuple[int, str]]:
    """Columns of the table with their places, from 1; a heading that begins with _ is the steward's own."""
    if raw.name not in table_names():
        return []
    own = table(raw.name)
    named = [
        (place, column_named(own, title))
        for place, title in enumerate(raw.header, start=1)
        if title and not title.startswith("_")
    ]
    return [(place, name) for place, name in named if name]
