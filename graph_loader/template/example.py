"""The example row of a template, and how it is known: its first cell begins with ``example:``."""

from graph_store.kinds import Property, Type
from graph_store.tables import Column, Table

from ..rows import RawRow

MARK = "example:"
_BY_TYPE = {
    Type.TEXT: "some words",
    Type.LIST: "one; two",
    Type.DATE: "2024-03-12",
    Type.INTEGER: "12",
    Type.NUMBER: "12.5",
    Type.URL: "https://example.org",
    Type.COUNTRY: "NL",
}


def is_example(row: RawRow) -> bool:
    """Whether a row is an example, which is never loaded."""
    return row.cells[0].casefold().startswith(MARK)


def example_cells(own: Table) -> dict[str, str]:
    """The example row of a table, by column; the same in every template."""
    cells = {column.name: _example(column) for column in own.columns}
    first = own.columns[0].name
    return {**cells, first: f"{MARK} {cells[first]}"}


def _example(column: Column) -> str:
    item: Property = column.property
    if item.example:
        return item.example
    if column.refers_to:
        labels = [label.lower() for label in column.refers_to]
        return " or ".join(f"id of {'an' if label[0] in 'aeiou' else 'a'} {label}" for label in labels)
    if column.name == "name":
        return "Its name"
    return item.codes[0] if item.codes else _BY_TYPE[item.type]
