"""A property more is one line in the schema: everything else follows from it."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[3]
ROOMS = ("graph_store", "graph_loader", "queries", "languages")
BEFORE = '        Property("format", Type.TEXT, N_("How people met"), example="on site"),\n'
LINE = '        Property("ends_on", Type.DATE, N_("When the last guest left"), example="2024-03-14"),\n'

# What a steward meets, done with the copied rooms: a template, a table, the graph that it says, and what is written.
ASK = """
import csv, json, sys
from pathlib import Path

from openpyxl import load_workbook

from graph_loader.fold import fold
from graph_loader.meaning import NodeKey
from graph_loader.plan import plan
from graph_loader.sources import read
from graph_loader.template import make_template
from graph_loader.validate import examine
from graph_loader.write import plan_statements
from graph_loader.fold import Graph
from graph_store.describe import schema_page
from graph_store.tables import table
from queries import library

make_template(Path("partners.xlsx"))
sheet = load_workbook("partners.xlsx")["visits"]
header = {cell.value: str(cell.comment.text) for cell in sheet[1]}
folder = Path("rows")
folder.mkdir()
(folder / "data_set.csv").write_text("id,name,kind\\nmine,Mine,recorded\\n")
(folder / "visits.csv").write_text(
    "id,name,on,kind,ends_on\\nspring,Spring visit,2019-04-01,work visit,2019-04\\n"
    "autumn,Autumn visit,2019-09,work visit,soon\\n"
)
wrong = examine(read([folder]))
(folder / "visits.csv").write_text("id,name,on,kind,ends_on\\nspring,Spring visit,2019-04-01,work visit,2019-04\\n")
good = examine(read([folder]))
node = good.graph.nodes.get(NodeKey("Visit", "spring"), {})
statements = plan_statements(plan(Graph(), good.graph))
written = [row["props"] for statement in statements for row in statement.rows if row.get("id") == "spring"]
print(json.dumps({
    "columns": [column.name for column in table("visits").columns],
    "header": header.get("ends_on"),
    "faults": [str(fault) for fault in wrong.faults],
    "doubts": [doubt.code for doubt in good.doubts],
    "node": {name: str(value) for name, value in node.items() if name.startswith("ends_on")},
    "written": {name: str(value) for row in written for name, value in row.items() if name.startswith("ends_on")},
    "page": [line for line in schema_page().splitlines() if "`ends_on`" in line],
    "queries": len(library.queries()),
}))
"""


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What a copy of the house with one more line says."""
    house = tmp_path_factory.mktemp("house")
    for room in ROOMS:
        shutil.copytree(CHECKOUT / room, house / room, ignore=shutil.ignore_patterns("__pycache__"))
    schema = house / "graph_store" / "schema.py"
    text = schema.read_text(encoding="utf-8")
    assert text.count(BEFORE) == 1
    schema.write_text(text.replace(BEFORE, BEFORE + LINE), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", ASK], cwd=house, env={"PYTHONPATH": str(house), "PATH": "/usr/bin:/bin"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_a_new_property_becomes_a_column_of_its_table(seen: dict[str, object]) -> None:
    columns = seen["columns"]
    assert isinstance(columns, list)
    assert columns.index("ends_on") == columns.index("format") + 1


def test_a_new_property_stands_in_the_workbook_with_its_words_and_example(seen: dict[str, object]) -> None:
    header = str(seen["header"])
    assert "When the last guest left" in header
    assert "2024-03-14" in header


def test_a_new_property_is_checked_by_its_type(seen: dict[str, object]) -> None:
    faults = seen["faults"]
    assert isinstance(faults, list)
    assert len(faults) == 1
    assert "ends_on" in faults[0]
    assert '"soon" is not a date' in faults[0]


def test_a_new_property_is_no_unknown_column(seen: dict[str, object]) -> None:
    assert "unknown_column" not in str(seen["doubts"])


def test_a_new_date_reaches_the_graph_with_its_interval(seen: dict[str, object]) -> None:
    expected = {"ends_on": "2019-04", "ends_on_from": "2019-04-01", "ends_on_to": "2019-04-30"}
    assert seen["node"] == expected
    assert seen["written"] == expected


def test_a_new_property_stands_on_the_schema_page_as_property_and_as_column(seen: dict[str, object]) -> None:
    page = seen["page"]
    assert isinstance(page, list)
    assert len(page) == 2
    assert all("When the last guest left" in line for line in page)


def test_all_named_queries_still_pass_their_checks(seen: dict[str, object]) -> None:
    assert isinstance(seen["queries"], int)
    assert seen["queries"] > 20
