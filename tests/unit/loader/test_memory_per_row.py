"""A million rows fit into a gigabyte: what a check and a plan hold for each row."""

import tracemalloc
from pathlib import Path

import pytest

from graph_loader.fold import fold
from graph_loader.keep import parts, unpacked
from graph_loader.memory import collector_paused
from graph_loader.plan import plan
from graph_loader.rows import DataSetRows
from graph_loader.simulate import Settings, simulated, write_simulation
from graph_loader.sources import read
from graph_loader.validate import examine

# A gigabyte, less what Python and the driver take, is some 830 bytes a row.
MOST_OF_A_CHECK, MOST_OF_A_PLAN = 600, 830


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some 12,000 rows."""
    path = tmp_path_factory.mktemp("tables") / "simulated"
    write_simulation(simulated(Settings(regions=60, approaches=60, visits=600)), path)
    return path


@pytest.mark.usefixtures("warm")
def test_a_check_leaves_room_in_a_gigabyte_for_a_million_rows(tables: Path) -> None:
    with collector_paused():
        tracemalloc.start()
        found = examine(read([tables]))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()

    assert len(found.rows.rows) > 10_000
    assert peak / len(found.rows.rows) < MOST_OF_A_CHECK


@pytest.mark.usefixtures("warm")
def test_a_plan_against_the_same_rows_holds_both_within_what_a_million_may_take(tables: Path) -> None:
    packed = list(parts("load", "simulated", examine(read([tables])).rows.rows))
    with collector_paused():
        tracemalloc.start()
        kept = DataSetRows("simulated", tuple(row for part in packed for row in unpacked(part)))
        found = examine(read([tables]), [kept], "simulated")
        changes = plan(fold([kept]), found.graph)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()

    assert changes.empty
    assert peak / len(kept.rows) < MOST_OF_A_PLAN


@pytest.fixture(scope="module")
def warm(tables: Path) -> None:
    """What is made once, however many rows there are, is made before."""
    examine(read([tables]))
