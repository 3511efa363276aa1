"""Whatever passes the checks comes back from an export as it was."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from loader_examples import said
from test_any_table import full_tables

from graph_loader.history.exporting import CSV, FORMATS, WORKBOOK, write_export
from graph_loader.history.importing import export_parts
from graph_loader.rows import DataSetRows, Place, RawRow, RawTable, Row
from graph_loader.sources import Reading, read
from graph_loader.sources.text import cleaned
from graph_loader.validate import examine
from graph_store.errors import WrongUse
from graph_store.tables import tables

TEXTS = st.text(max_size=20) | st.sampled_from(
    ["-5", "+a", "@b", "example: x", "_x0041_", "a\nb", '"', "a;b,c", "'", "\u2028x", "sep=;", "#", "a\tb", "nan"]
)


@st.composite
def noted(draw: st.DrawFn) -> RawTable:
    """Rows of projects whose ids, names and notes are any text."""
    rows = draw(st.lists(st.tuples(TEXTS, TEXTS, TEXTS, TEXTS), max_size=5))
    numbered = tuple(RawRow(place, tuple(map(cleaned, row))) for place, row in enumerate(rows, 2) if any(row))
    return RawTable("projects", Place("projects.csv"), ("name", "id", "status", "note"), numbered)


def passing(raw: RawTable) -> DataSetRows:
    """The rows of a table that pass the checks alone."""
    while True:
        found = examine(Reading((raw,), ()), (), "one")
        bad = {fault.row for fault in found.faults}
        if not bad:
            return found.rows
        assume(None not in bad)
        raw = RawTable(raw.name, raw.place, raw.header, tuple(row for row in raw.rows if row.number not in bad))


def back(rows: DataSetRows, format_: str) -> list[tuple[str, dict[str, str]]]:
    """The rows as an export and a new reading give them."""
    with TemporaryDirectory() as folder:
        write_export([rows], Path(folder, "out"), format_, "v", lambda *_told: None)
        ((_id, part),) = export_parts(Path(folder, "out"))
        found = examine(read([part]), (), "")
    assert found.faults == ()
    assert found.rows.data_set == rows.data_set
    return in_short(found.rows)


def in_short(rows: DataSetRows) -> list[tuple[str, dict[str, str]]]:
    """Rows by table and cells; where they stood plays no part."""
    names = [own.name for own in tables()]
    found = [(row.table, dict(sorted(row.cells.items()))) for row in rows.rows]
    return sorted(found, key=lambda row: names.index(row[0]))


@pytest.mark.parametrize("format_", FORMATS)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(raw=noted() | full_tables())
def test_rows_that_pass_come_back_the_same(format_: str, raw: RawTable) -> None:
    rows = passing(raw)
    try:
        returned = back(rows, format_)
    except WrongUse:
        # Said before anything is written: what no workbook can hold.
        assert format_ == WORKBOOK
        return

    assert returned == in_short(rows)


def test_a_row_that_looks_like_an_example_is_not_lost() -> None:
    rows = said(projects="name,id\nOne,example: desk")

    assert back(rows, CSV) == in_short(rows)


def test_a_text_that_no_workbook_can_hold_leaves_nothing_behind(tmp_path: Path) -> None:
    rows = said(projects="id,name\ndesk,One")
    odd = Row("projects", Place("projects.csv"), 3, {"id": "odd", "name": "a\uffffb"})

    with pytest.raises(WrongUse, match="csv"):
        write_export([DataSetRows("one", (*rows.rows, odd))], tmp_path / "out", WORKBOOK, "v", lambda *_told: None)

    assert list(tmp_path.iterdir()) == []
