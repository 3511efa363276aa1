"""Names of tables and columns: which of the schema's each is, and what is wrong with the others."""

from graph_store.headings import column_named, column_words, table_named, table_words
from graph_store.tables import Table, tables

from ..faults import Fault, fault
from ..nearest import nearest
from ..rows import RawTable
from ..sources.text import table_name


def unknown_table(raw: RawTable) -> Fault:
    """The fault of a sheet or file that is called like no table."""
    names = [own.name for own in tables()]
    words = [word for own in tables() for word in table_words(own)]
    near = nearest(raw.name, names) or table_named(nearest(raw.name, words))
    return fault("unknown_table", raw.place, value=raw.name, tables=", ".join(names), nearest=near)


def checked_header(raw: RawTable, own: Table, faults: list[Fault]) -> list[str]:
    """Names of the columns by place; empty for one that is not read. What is wrong with them goes into `faults`."""
    found: list[str] = []
    for title in raw.header:
        name = "" if left_alone(title) else column_named(own, title)
        if name and name in found:
            faults.append(fault("column_twice", raw.place, raw.header_row, value=name))
        elif title and not name and not left_alone(title):
            faults.append(_unknown_column(raw, own, title))
        found.append(name if name not in found else "")
    faults += [
        fault("missing_column", raw.place, raw.header_row, value=column.name)
        for column in own.columns
        if column.required and column.name not in found
    ]
    return found


def left_alone(title: str) -> bool:
    """Whether a column is for the steward's own use."""
    return title.startswith("_")


def _unknown_column(raw: RawTable, own: Table, title: str) -> Fault:
    known = [column.name for column in own.columns]
    words = [word for column in own.columns for word in column_words(own, column)]
    near = nearest(table_name(title), known) or nearest(title, words)
    return fault("unknown_column", raw.place, raw.header_row, value=title, columns=", ".join(known), nearest=near)
