"""A million rows fit into a gigabyte: what a check and a plan hold for each row."""

import subprocess
import sys
from pathlib import Path

import pytest

from graph_loader.simulate import Settings, simulated, write_simulation

# A gigabyte, less what Python and the driver take, is some 830 bytes a row.
MOST_OF_A_CHECK, MOST_OF_A_PLAN = 600, 830
CHECKOUT = Path(__file__).parents[3]
# In a process of its own: what other tests leave in tables that all share would be counted with it. What is made
# once, however many rows there are, is made before.
MEASURE = """
import sys
import tracemalloc
from pathlib import Path

from graph_loader.fold import fold
from graph_loader.keep import parts, unpacked
from graph_loader.memory import collector_paused
from graph_loader.plan import plan
from graph_loader.rows import DataSetRows
from graph_loader.sources import read
from graph_loader.validate import examine

step, tables = sys.argv[1], Path(sys.argv[2])
packed = list(parts("load", "simulated", examine(read([tables])).rows.rows))
with collector_paused():
    tracemalloc.start()
    if step == "check":
        found = examine(read([tables]))
    else:
        kept = DataSetRows("simulated", tuple(row for part in packed for row in unpacked(part)))
        found = examine(read([tables]), [kept], "simulated")
        assert plan(fold([kept]), found.graph).empty
print(len(found.rows.rows), tracemalloc.get_traced_memory()[1])
"""


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some 12,000 rows."""
    path = tmp_path_factory.mktemp("tables") / "simulated"
    write_simulation(simulated(Settings(regions=60, approaches=60, visits=600)), path)
    return path


@pytest.mark.parametrize(("step", "most"), [("check", MOST_OF_A_CHECK), ("plan", MOST_OF_A_PLAN)])
def test_a_gigabyte_has_room_for_a_million_rows(tables: Path, step: str, most: int) -> None:
    """A plan is one against the same rows in the graph, so that it holds them twice."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, step, str(tables)], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )

    rows, peak = map(int, done.stdout.split())
    assert rows > 10_000
    assert peak / rows < most
