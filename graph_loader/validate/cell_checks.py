"""Headers and cells: the checks that need one table only."""

from collections.abc import Iterator

from graph_store.tables import Column, Table, table, tables

from ..cells import CellFault, normalised
from ..faults import Fault, fault
from ..nearest import nearest
from ..rows import RawRow, RawTable, Row
from ..sources.text import table_name
from ..template.example import example_cells, is_example

LOST = "\ufffd"


def checked_rows(raw: RawTable, faults: list[Fault]) -> list[Row]:
    """The rows of a raw table with the cells that pass; what does not pass goes into `faults`."""
    try:
        own = table(raw.name)
    except KeyError:
        faults.append(_unknown_table(raw))
        return []
    header = _header(raw, own, faults)
    required = [column for column in own.columns if column.required and column.name in header]
    rows = []
    for row in raw.rows:
        if is_example(row):
            faults += _changed_example(raw, own, row, header)
            continue
        cells = _cells(raw, row, header, faults)
        for column in required:
            if not _given(row, header.index(column.name)):
                faults.append(fault("missing_cell", raw.place, row.number, column.name))
        rows.append(Row(own.name, raw.place, row.number, {column.name: text for column, text in cells}))
    return rows


def _unknown_table(raw: RawTable) -> Fault:
    names = [own.name for own in tables()]
    return fault("unknown_table", raw.place, value=raw.name, tables=", ".join(names), nearest=nearest(raw.name, names))


def _header(raw: RawTable, own: Table, faults: list[Fault]) -> list[str]:
    """Names of the columns by place; empty for a column that is not read."""
    known = [column.name for column in own.columns]
    found: list[str] = []
    for title in raw.header:
        name = table_name(title)
        if name in known and name in found:
            faults.append(fault("column_twice", raw.place, 1, value=name))
        elif name and name not in known:
            words = {"columns": ", ".join(known), "nearest": nearest(name, known)}
            faults.append(fault("unknown_column", raw.place, 1, value=title, **words))
        found.append(name if name in known and name not in found else "")
    faults += [
        fault("missing_column", raw.place, 1, value=column.name)
        for column in own.columns
        if column.required and column.name not in found
    ]
    return found


def _cells(raw: RawTable, row: RawRow, header: list[str], faults: list[Fault]) -> list[tuple[Column, str]]:
    own = table(raw.name)
    found = []
    for place, text in enumerate(row.cells):
        if not text:
            continue
        name = header[place] if place < len(header) else ""
        if name:
            passed = _checked_cell(raw, row, own.column(name), text, faults)
            found += [(own.column(name), passed)] if passed else []
        elif place >= len(raw.header) or not raw.header[place]:
            faults.append(fault("column_without_name", raw.place, row.number, value=text))
    return found


def _checked_cell(raw: RawTable, row: RawRow, column: Column, text: str, faults: list[Fault]) -> str:
    if LOST in text:
        faults.append(fault("lost_characters", raw.place, row.number, column.name, text))
    try:
        passed = normalised(column, text)
    except CellFault as found:
        faults.append(fault(found.code, raw.place, row.number, column.name, text, **found.words))
        return ""
    if column.many:
        faults += [fault("named_twice", raw.place, row.number, column.name, part) for part in _twice(text)]
    return passed


def _twice(text: str) -> list[str]:
    parts = [part.strip() for part in text.split(";") if part.strip()]
    return sorted({part for part in parts if parts.count(part) > 1})


def _given(row: RawRow, place: int) -> bool:
    return place < len(row.cells) and bool(row.cells[place])


def _changed_example(raw: RawTable, own: Table, row: RawRow, header: list[str]) -> Iterator[Fault]:
    example = example_cells(own)
    if any(text and text != example.get(name, "") for name, text in zip(header, row.cells, strict=False)):
        yield fault("example_changed", raw.place, row.number)
