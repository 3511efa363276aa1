"""Forms that the embedded engine answers wrongly; what each is answered was seen on both engines."""

import pytest

from graph_store.cypher.nested import nested
from graph_store.cypher.silently_wrong import silently_wrong
from graph_store.engines import DIFFERENCES
from queries import library

RIGHT = [
    "count(*) > 1",
    "[x IN collect(r.kind) WHERE x = 'city' AND true | x][0]",
    "size([x IN collect(r.kind) WHERE x = 'city'])",
    "any(x IN collect(r.kind) WHERE x = 'city')",
    "reduce(s = 0, x IN collect(1) | s + x)",
    "CASE WHEN count(*) > 1 THEN 1 ELSE 0 END",
    "CASE WHEN r.kind IS NULL THEN 0 ELSE count(*) END",
    "collect(r.name)[0]",
    "collect(r.id)[0..2]",
    "head(collect(r.id))",
    "[count(*)][0]",
    "count(CASE WHEN r.kind IN ['city'] THEN 1 END)",
    "sum(CASE WHEN r.population IS NULL AND true THEN 1 ELSE 0 END)",
    "[x IN [1,2] WHERE x IN [2]] + collect(1)[0..1]",
    "COUNT { (r)--() } IN [1]",
    "r.kind IN ['city'] AS a, count(*)",
    "{a: r.kind IN ['city'], n: count(*)}",
    "EXISTS { MATCH (r)--(x) RETURN count(x) AS n } AND true",
    "r.count IN [1]",
    "'count(*) IN [1]'",
]
WRONG = [
    "max(r.population) IS NULL",
    "count(*) IN [323]",
    "true AND count(*) > 1",
    "NOT count(*) > 1",
    "NOT (max(r.population) IS NULL)",
    "max(r.name) STARTS WITH 'Z'",
    "'Z' STARTS WITH max(r.name)",
    "max(r.name) =~ 'Z.*'",
    "max(r.name) CONTAINS 'x'",
    "CASE WHEN count(*) > 1 AND true THEN 1 ELSE 0 END",
    "coalesce(max(r.population), 0) IS NULL",
    "size(collect(r.kind)) IN [323]",
    "'city' IN collect(r.kind)",
    "count(*) IS :: INTEGER",
    "max(r.population) <> 5 XOR true",
    "collect(r)[0].id",
    "collect({a: r.id})[0].a",
    "head(collect(r)).id",
    "max(date('2020-01-01')).year",
    "{n: count(*)}.n",
    "properties(head(collect(r))).id",
]


@pytest.mark.parametrize("form", RIGHT)
def test_what_is_answered_rightly_is_let_through(form: str) -> None:
    assert silently_wrong(nested(f"MATCH (r:Region) WITH r ORDER BY r.id RETURN {form} AS x")) == []


@pytest.mark.parametrize("form", WRONG)
def test_what_is_answered_wrongly_is_refused_with_the_right_form(form: str) -> None:
    found = silently_wrong(nested(f"MATCH (r:Region)\nRETURN {form} AS x"))

    assert [(item.refuses, item.line) for item in found] == [(True, 2)]
    assert "Write instead: WITH" in found[0].sentence


@pytest.mark.parametrize(
    ("cypher", "marked"),
    [
        ("MATCH (a)-[r:$($t)]->(b) RETURN r", "$($t)"),
        ("MATCH (a)-[:$any($t)]->(b) RETURN a", "$any($t)"),
        ("MATCH (a:Region) WHERE a:$($n) RETURN a", "$($n)"),
        (
            "MATCH p = shortestPath((a:Region)-[r*]-(b:Region)) WHERE all(x IN r WHERE x.key = '') RETURN p",
            "all(x IN r WHERE x.key = '')",
        ),
    ],
)
def test_the_place_that_is_marked_is_the_form_itself(cypher: str, marked: str) -> None:
    (found,) = silently_wrong(nested(cypher))

    assert cypher[found.column - 1 : found.column - 1 + found.length] == marked


@pytest.mark.parametrize(
    "cypher",
    [
        "MATCH (a:$($n)) RETURN a",
        "MATCH (a:Region&$any($n)) RETURN a",
        "MATCH (a)-[r]->(b) WHERE type(r) IN $types AND any(l IN labels(a) WHERE l IN $labels) RETURN a",
        "MATCH p = shortestPath((a:Region)-[r*]-(b:Region)) WHERE a.id = 'x' RETURN all(x IN r WHERE x.key = '')",
        "MATCH (a:Region) WHERE all(x IN a.sources WHERE x = 'y') RETURN a",
    ],
)
def test_forms_that_only_look_alike_are_let_through(cypher: str) -> None:
    assert silently_wrong(nested(cypher)) == []


@pytest.mark.parametrize("name", [query.name for query in library.queries()])
def test_no_query_of_the_library_is_refused(name: str) -> None:
    assert silently_wrong(nested(library.query(name).cypher)) == []


def test_every_difference_that_is_answered_wrongly_is_found_in_its_probe() -> None:
    left_to_the_engine = {"shortest-word", "sum-of-durations", "bad-pattern", "integer-of-blanks"}

    missed = {item.code for item in DIFFERENCES if not silently_wrong(nested(item.probe))}

    assert missed <= left_to_the_engine
