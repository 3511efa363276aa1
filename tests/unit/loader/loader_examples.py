"""Small tables for the loader's tests, written as CSV text."""

from pathlib import Path

from graph_loader.rows import DataSetRows, Place, RawRow, RawTable
from graph_loader.sources import Reading
from graph_loader.validate import Examination, examine

CHECKOUT = Path(__file__).parents[3]
DEMO = CHECKOUT / "data" / "demo"

NL_AND_ZEELAND = """
    id,name,kind,country,part_of
    nl,Netherlands,country,NL,
    zeeland,Zeeland,province,NL,nl
"""


def raw_table(name: str, text: str) -> RawTable:
    """A raw table from lines of cells parted by commas, without quotes."""
    lines = [tuple(cell.strip() for cell in line.split(",")) for line in text.strip().splitlines()]
    rows = tuple(RawRow(number, cells) for number, cells in enumerate(lines[1:], start=2))
    return RawTable(name, Place(f"{name}.csv"), lines[0], rows)


def checked(data_set: str = "test", kept: tuple[DataSetRows, ...] = (), **tables: str) -> Examination:
    """What the checks say of the tables."""
    return examine(Reading(tuple(raw_table(name, text) for name, text in tables.items()), ()), kept, data_set)


def said(data_set: str = "test", kept: tuple[DataSetRows, ...] = (), **tables: str) -> DataSetRows:
    """The rows of tables that pass the checks."""
    found = checked(data_set, kept, **tables)
    assert not found.faults, [str(fault) for fault in found.faults]
    return found.rows
