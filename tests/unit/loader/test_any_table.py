"""Whatever the cells hold, a check ends in a report; whatever the rows, folding and planning agree."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from loader_examples import NL_AND_ZEELAND, said

from graph_loader.fold import fold
from graph_loader.plan import plan
from graph_loader.rows import DataSetRows, Place, RawRow, RawTable
from graph_loader.sources import Reading, read
from graph_loader.sources.text import cleaned, trimmed
from graph_loader.validate import examine
from graph_store.tables import tables

NAMES = [own.name for own in tables()]
SNIPPETS = [
    "",
    "nl",
    "zeeland",
    "a;b",
    "2019",
    "2019-02",
    "2019-13",
    "1.250",
    "=A1",
    "work visit",
    "NL",
    "partial",
    "x",
]
CELLS = st.one_of(st.sampled_from(SNIPPETS), st.text(max_size=12))
DATES = st.dates().map(str) | st.integers(1700, 2300).map(str) | st.sampled_from(["2019-02", "2019-13", "19", ""])


@st.composite
def raw_tables(draw: st.DrawFn) -> RawTable:
    """A table of the schema, or of any name, with any header and any cells."""
    name = draw(st.one_of(st.sampled_from(NAMES), st.text(max_size=8)))
    known = [column.name for own in tables() if own.name == name for column in own.columns]
    header = draw(st.lists(st.one_of(st.sampled_from(known or ["id"]), st.text(max_size=6)), max_size=8))
    rows = draw(st.lists(st.lists(CELLS, min_size=1, max_size=9), max_size=6))
    cells = [trimmed([cleaned(cell) for cell in row]) for row in rows]
    numbered = tuple(RawRow(number, row) for number, row in enumerate(cells, start=2) if row)
    return RawTable(name, Place(f"{name}.csv"), tuple(map(cleaned, header)), numbered)


@st.composite
def full_tables(draw: st.DrawFn) -> RawTable:
    """A table with all its own columns, whose cells are often nearly right."""
    own = draw(st.sampled_from(tables()))
    header = tuple(column.name for column in own.columns)
    row = st.tuples(
        *(st.one_of(CELLS, DATES, st.sampled_from(column.property.codes or ("a",))) for column in own.columns)
    )
    rows = draw(st.lists(row, max_size=8))
    cells = [trimmed([cleaned(cell) for cell in each]) for each in rows]
    numbered = tuple(RawRow(number, each) for number, each in enumerate(cells, start=2) if each)
    return RawTable(own.name, Place(f"{own.name}.csv"), header, numbered)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(raw_tables(), full_tables()), max_size=4), st.text(max_size=5))
def test_any_table_ends_in_a_report(found: list[RawTable], data_set: str) -> None:
    result = examine(Reading(tuple(found), ()), (said("other", regions=NL_AND_ZEELAND),), data_set)

    assert all(str(fault) for fault in (*result.faults, *result.doubts))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_end_in_a_table_or_a_fault(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        for name in ("themes.csv", "themes.xlsx"):
            (Path(folder) / name).write_bytes(content)
        result = examine(read([Path(folder)]))

    assert result.faults
    assert all(fault.file for fault in result.faults)


@settings(max_examples=60, deadline=None)
@given(st.lists(full_tables(), max_size=3), st.lists(full_tables(), max_size=3), st.randoms())
def test_folding_and_planning_agree(one: list[RawTable], other: list[RawTable], shuffling: object) -> None:
    before = examine(Reading(tuple(one), ()), (), "one")
    after = examine(Reading(tuple(other), ()), (), "other")
    rows = list(after.rows.rows)
    shuffling.shuffle(rows)  # type: ignore[attr-defined]

    changes = plan(before.graph, after.graph)

    assert plan(after.graph, after.graph).empty
    assert set(changes.added) | set(changes.removed) | set(changes.changed) <= (
        {*before.graph.nodes, *before.graph.relationships, *after.graph.nodes, *after.graph.relationships}
    )
    if not after.faults:
        assert fold([DataSetRows("other", tuple(rows))]).nodes == after.graph.nodes
