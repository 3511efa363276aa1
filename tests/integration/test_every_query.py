"""Every named query on the demo and on a generated network: the same rows on both engines, and quickly found nodes."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from graph_loader import api
from graph_store.store import Store
from queries import library, reference
from queries.examples import on_the_demo
from queries.trying import Trier
from queries.written import plain

ROOT = Path(__file__).parents[2]
NETWORKS = {"demo": ROOT / "data" / "demo", "simulated": ROOT / "data" / "simulated"}
Answers = dict[str, list[dict[str, Any]]]
_answered: dict[str, dict[str, Answers]] = {name: {} for name in NETWORKS}  # by network and engine


@pytest.fixture(scope="module", params=list(NETWORKS))
def network(request: pytest.FixtureRequest, open_writer: Store) -> Iterator[tuple[str, Store]]:
    """The engine with one of the networks in it."""
    name = str(request.param)
    open_writer.write(lambda writer: writer.run("MATCH (n) DETACH DELETE n"))
    api.load(NETWORKS[name], "", open_writer)
    yield name, open_writer
    open_writer.write(lambda writer: writer.run("MATCH (n) DETACH DELETE n"))


@cache
def demo_values() -> dict[str, dict[str, Any]]:
    return on_the_demo()


def values(name: str, store: Store) -> dict[str, dict[str, Any]]:
    """What each query is asked."""
    trier, own = Trier(store), demo_values() if name == "demo" else {}
    return {query.name: trier.values(query, own.get(query.name)) for query in library.queries()}


def answers(name: str, store: Store) -> Answers:
    """The rows of every query on this engine; asked once."""
    engine = store.info().engine + store.info().version
    if engine not in _answered[name]:
        asked = values(name, store)
        _answered[name][engine] = {
            query.name: [plain(row) for row in library.rows(query.name, store=store, **asked[query.name])]
            for query in library.queries()
        }
    return _answered[name][engine]


def test_every_engine_gives_the_same_rows(network: tuple[str, Store]) -> None:
    name, store = network
    mine = answers(name, store)

    first = next(iter(_answered[name].values()))

    differing = [query for query in mine if mine[query] != first[query]]
    assert differing == []


ON_THE_DEMO = pytest.mark.parametrize("network", ["demo"], indirect=True)
ON_NEO4J = pytest.mark.parametrize("engine_env", [pytest.param("neo4j", marks=pytest.mark.neo4j)], indirect=True)
NOTHING_IN_THE_DEMO = {  # of which it has no facts, or no faults
    "carriers_of_themes",
    "continued_with_few_points",
    "contradictions",
    "element_fates",
    "elements_by_region",
    "most_carrying",
    "neighbours_without_it",
    "organisations_without_region",
    "outcomes_by_kind",
    "plan_carriers",
    "projects_without_source",
    "untied",
}

NAMED_IN_A_LIST = {"stated_by", "only_stated_by"}  # a source stands in a list of each node, which no index reaches


@ON_THE_DEMO
def test_every_query_has_an_answer_in_the_demo_but_those_of_which_it_has_no_facts(network: tuple[str, Store]) -> None:
    found = answers(*network)

    assert {name for name, rows in found.items() if not rows} == NOTHING_IN_THE_DEMO


@ON_THE_DEMO
def test_the_reference_shows_what_the_demo_answers(network: tuple[str, Store]) -> None:
    name, store = network

    page = reference.page(answers(name, store), values(name, store))

    assert page == reference.PAGE.read_text(encoding="utf-8"), "run: python -m queries.reference"


@ON_THE_DEMO
@ON_NEO4J
def test_a_query_that_asks_for_a_node_finds_it_by_an_index(network: tuple[str, Store]) -> None:
    _name, store = network
    count_anew(store)
    chosen, asked, by_scan = values("demo", store), 0, []
    for query in library.queries():
        if any(item.required and query.asked[item.name].labels for item in query.params):
            asked += 1
            every = library.parameters(query, chosen[query.name])
            if not any("IndexSeek" in step for step in steps(store, query.cypher, every)):
                by_scan.append(query.name)

    assert asked > 10
    assert set(by_scan) == NAMED_IN_A_LIST


def count_anew(store: Store) -> None:
    """Let Neo4j plan by what is in the graph now; by itself it counts some time after a load."""
    with store.driver.session(database=store.database) as session:
        session.run("CALL db.prepareForReplanning()").consume()


def steps(store: Store, cypher: str, values: dict[str, Any]) -> list[str]:
    """The operators of the plan."""

    def walk(plan: Any) -> Iterator[str]:
        yield plan["operatorType"]
        for child in plan.get("children", ()):
            yield from walk(child)

    with store.driver.session(database=store.database) as session:
        return list(walk(session.run(f"EXPLAIN {cypher}", values).consume().plan))
