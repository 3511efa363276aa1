import io
import json
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from typing import Any

import pytest
from neo4j.exceptions import Neo4jError

from graph_store import schema
from graph_store.errors import WriteRefused
from graph_store.guard import refuse_changes
from graph_store.store import Store, Writer
from queries import cli, library
from queries.examples import Example, examples, stored_node, stored_relationship
from queries.written import plain

EXAMPLES = examples()
Command = Callable[..., tuple[int, str, str]]


def fill(store: Store, nodes: Iterable[Mapping[str, Any]], relationships: Iterable[Mapping[str, Any]]) -> None:
    """Write an example's graph."""
    labels: dict[str, str] = {}

    def write(writer: Writer) -> None:
        for node in nodes:
            label, properties = stored_node(node)
            labels[properties["id"]] = label
            writer.run(f"CREATE (n:{label}) SET n = $properties", properties=properties)
        for relationship in relationships:
            type_, start, end, properties = stored_relationship(relationship)
            writer.run(
                f"MATCH (a:{labels[start]} {{id: $start}}) MATCH (b:{labels[end]} {{id: $end}}) "
                f"CREATE (a)-[r:{type_}]->(b) SET r = $properties",
                start=start,
                end=end,
                properties=properties,
            )

    store.write(write)


def example_of(name: str) -> Example:
    return next(example for example in EXAMPLES if example.query == name)


def required(name: str) -> dict[str, Any]:
    """A value that names nothing for each parameter that must be given."""
    return {parameter.name: "nobody" for parameter in library.query(name).params if parameter.required}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.query}-{EXAMPLES.index(example)}")
def test_a_query_answers_its_example(writer_store: Store, example: Example) -> None:
    fill(writer_store, example.nodes, example.relationships)

    rows = library.rows(example.query, store=writer_store, **example.parameters)

    assert [plain(row) for row in rows] == example.expected


def test_every_query_runs_on_an_empty_graph_and_gives_its_columns_without_rows(writer_store: Store) -> None:
    for query in library.queries():
        table = library.run(query.name, store=writer_store, **required(query.name))

        assert (query.name, list(table.columns), len(table)) == (query.name, list(query.returns), 0)


def test_what_the_loader_keeps_for_itself_is_neither_counted_nor_a_neighbour(writer_store: Store) -> None:
    fill(writer_store, [{"label": "Region", "id": "nl"}], [])
    writer_store.write(
        lambda writer: [
            writer.run(f"MATCH (r:Region {{id: 'nl'}}) CREATE (r)-[:PART_OF]->(:{label} {{id: 'kept'}})")
            for label in schema.INTERNAL_LABELS
        ]
    )

    assert library.rows("node_counts", store=writer_store) == [{"label": "Region", "nodes": 1}]
    assert library.rows("neighbours", store=writer_store, id="nl") == []
    assert library.rows("node", store=writer_store, id="kept") == []


@pytest.mark.parametrize("name", ["visits", "quality"])
def test_what_is_taken_over_without_a_visit_is_what_the_attendance_of_regions_leaves(
    writer_store: Store, name: str
) -> None:
    example = example_of({"visits": "region_attendance", "quality": "adoptions_without_visit"}[name])
    fill(writer_store, example.nodes, example.relationships)
    steps = library.rows("adoption_steps", store=writer_store)
    began = {(row["origin_id"], row["id"]) for row in library.rows("approaches", store=writer_store)}
    left = set()
    for step in steps:
        attendance = library.rows("region_attendance", store=writer_store, approach=step["approach_id"])
        if step["stage"] in schema.TAKEN_OVER and step["region_id"] not in {row["region_id"] for row in attendance}:
            left.add((step["region_id"], step["approach_id"]))
    left -= began  # what a region does with its own approach is no taking-over

    found = library.rows("adoptions_without_visit", store=writer_store)

    assert {(row["region_id"], row["approach_id"]) for row in found} == left


def test_reach_counts_the_visits_that_are_listed_for_the_approach(writer_store: Store) -> None:
    example = example_of("visits_about")
    fill(writer_store, example.nodes, example.relationships)

    for approach in library.rows("approaches_by_reach", store=writer_store, limit=100):
        visits = library.run("visits_about", store=writer_store, approach=approach["id"])
        assert approach["visits"] == visits["visit_id"].nunique()


@pytest.mark.parametrize(
    "statement",
    [
        "MATCH (n:Region) SET n.name = 'x'",
        "CREATE (n:Region {id: 'x'})",
        "MATCH (n) DETACH DELETE n",
        "merge (n:Region {id: 'x'})",
        "CREATE INDEX names IF NOT EXISTS FOR (n:Region) ON (n.name)",
        "DROP CONSTRAINT region_id IF EXISTS",
        "LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row",
        "MATCH (n) CALL (n) { REMOVE n.name } RETURN n",
        "CALL dbms.listConfig()",
        "TERMINATE TRANSACTIONS 'neo4j-transaction-1'",
        "\\u0043ALL dbms.listConfig()",
        "SHOW USERS",
    ],
)
def test_a_statement_that_does_more_than_read_is_refused_before_it_runs(writer_store: Store, statement: str) -> None:
    fill(writer_store, [{"label": "Region", "id": "nl", "name": "Netherlands"}], [])

    with pytest.raises(WriteRefused):
        refuse_changes(writer_store, statement)

    assert writer_store.read("MATCH (n:Region) RETURN n.name AS name") == [{"name": "Netherlands"}]
    assert writer_store.read("SHOW INDEXES YIELD name WHERE name = 'names' RETURN name") == []


@pytest.mark.parametrize(
    "statement",
    [
        "MATCH (n:Region) WHERE n.name <> 'DELETE; SET' RETURN n.name AS `CREATE` // MERGE",
        "MATCH (a:Adoption) RETURN a.set AS changed, {set: 1} AS plan",
        "CALL db.labels() YIELD label RETURN label",
        "MATCH (n:Region) CALL (n) { MATCH (n)-[:PART_OF]->(m) RETURN count(m) AS above } RETURN n.id, above",
    ],
)
def test_a_statement_that_only_reads_is_let_through(writer_store: Store, statement: str) -> None:
    refuse_changes(writer_store, statement)

    assert writer_store.read(statement) is not None  # and it runs, too


@pytest.fixture
def command(writer_store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run graph-query on the graph of this test; its exit code, what it wrote and what it complained of."""

    def run(*arguments: str, piped: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(cli, "open_store", lambda: nullcontext(writer_store))
        monkeypatch.setattr(library, "open_store", lambda: nullcontext(writer_store))
        monkeypatch.setattr(sys, "argv", ["graph-query", *arguments])
        monkeypatch.setattr(sys, "stdin", io.StringIO(piped))
        with pytest.raises(SystemExit) as ended:
            cli.main()
        written = capsys.readouterr()
        return int(ended.value.code or 0), written.out, written.err

    return run


def test_the_command_runs_a_query_with_its_parameters(writer_store: Store, command: Command) -> None:
    example = example_of("most_connected")
    fill(writer_store, example.nodes, example.relationships)

    code, text, _ = command("run", "most_connected", "-p", "limit=1", "--format", "json")

    assert code == 0
    assert json.loads(text) == example.expected[:1]


def test_the_command_runs_cypher_with_parameters_in_json_or_text(writer_store: Store, command: Command) -> None:
    fill(writer_store, [{"label": "Plan", "id": "p", "name": "Plan", "year": 2024}], [])
    statement = "MATCH (p:Plan) WHERE p.year = $year AND p.id = $id RETURN p.name AS name, p AS plan, [1, 2] AS list;\n"

    code, text, _ = command("cypher", "-", "-p", "year=2024", "-p", "id=p", "--format", "csv", piped=statement)

    assert code == 0
    assert text.splitlines()[0] == "name,plan,list"
    assert text.splitlines()[1].startswith("Plan,")
    assert text.splitlines()[1].endswith(",1;2")


def test_the_command_refuses_to_write_with_exit_code_2(command: Command) -> None:
    code, text, complaint = command("cypher", "-", piped="CREATE (n:Region {id: 'x'})")

    assert (code, text) == (2, "")
    assert "Only reading the graph is allowed here, and CREATE does more." in complaint


def test_the_command_tells_what_the_engine_finds_wrong_with_exit_code_1(command: Command) -> None:
    code, text, complaint = command("cypher", "-", piped="MATCH (n RETURN n")

    assert (code, text) == (1, "")
    assert complaint == "Line 1, column 10: `RETURN` cannot stand here.\n"


def test_a_statement_that_the_engine_finds_wrong_is_told_as_such_by_the_guard(writer_store: Store) -> None:
    with pytest.raises(Neo4jError):
        refuse_changes(writer_store, "MATCH (n RETURN n")
