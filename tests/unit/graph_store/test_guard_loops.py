"""The guard's look at loops inside an expression: what is too large, and what analysts write."""

from typing import Any

import pytest

from graph_store.cypher.tokens import tokens
from graph_store.errors import WriteRefused
from graph_store.guard.loops import refuse_loops
from queries import library


def judge(cypher: str, *, arcadedb: bool = False, **parameters: Any) -> None:
    pieces = [piece for piece in tokens(cypher) if piece.kind != "comment"]
    refuse_loops(pieces, parameters, arcadedb=arcadedb)


@pytest.mark.parametrize("arcadedb", [False, True])
def test_every_named_query_passes(arcadedb: bool) -> None:
    for query in library.queries():
        judge(query.cypher, arcadedb=arcadedb, **{item.name: item.default for item in query.params})


@pytest.mark.parametrize(
    ("cypher", "says"),
    [
        ("RETURN range(1, 1000001)", "Line 1, column 8: this range has more than 1,000,000 numbers"),
        ("RETURN range(0, 0x7fffffff)", "more than 1,000,000 numbers"),
        ("RETURN range(1000000000, 1, -1)", "more than 1,000,000 numbers"),
        ("WITH 5000000 AS n RETURN [i IN range(1, n) | i]", "write UNWIND range"),
        ("WITH 5000 * 5000 AS n RETURN [i IN range(1, n) | i]", "write UNWIND range"),
        ("RETURN [i IN range(1, 20000) | size([j IN range(1, 20000) WHERE i < j])]", "for each item of another"),
        ("MATCH (n) WITH collect(n) AS l RETURN [a IN l | [b IN l WHERE a.x < b.x]]", r"list\[..1000\]"),
        (
            "MATCH (n) WITH collect(n) AS l RETURN [a IN l WHERE any(b IN l WHERE a.x = b.y)]",
            "for each item of another",
        ),
        ("UNWIND range(1, 200000) AS i WITH collect(i) AS l RETURN [a IN l WHERE NOT a IN l]", "UNWIND list AS item"),
        (
            "WITH 999999 AS n UNWIND range(1, n) AS i WITH collect(i) AS l RETURN [a IN l WHERE NOT -a IN l]",
            "UNWIND list AS item",
        ),
        ("RETURN reduce(s = 0, i IN range(1, 100001) | s + i)", "reduce goes through 100,001 items"),
        ("RETURN reduce(s = '', i IN range(1, 10001) | s + 'a')", "reduce goes through 10,001 items"),
        ("RETURN reduce(s = 'a', i IN [1, 2] | s + s)", '"s" stands in its own next value twice'),
        ("RETURN reduce(s = 'a', i IN [1] | s + CASE WHEN true THEN s END)", "stands in its own next value twice"),
        ("RETURN reduce(s = 'a', i IN [1] | CASE i WHEN 1 THEN s + CASE WHEN true THEN s END END)", "next value twice"),
        ("RETURN reduce(s = 'a', i IN [1] | CASE WHEN true THEN s ELSE '' END + s)", "next value twice"),
        ("RETURN reduce(s = [1], i IN [1, 2] | s[0..] + s[0..])", '"s" stands in its own next value twice'),
        ("RETURN reduce(s = 'a', i IN [1, 2] | replace(s, 'a', 'aa'))", "must not be longer"),
        ("WITH 'a' AS s" + " WITH s + s + s AS s" * 10 + " RETURN s", "added to itself"),
        ("WITH [1] AS l" + " WITH [l, l] AS l" * 15 + " RETURN l", "added to itself"),
        ("WITH 'a' AS s RETURN replace(replace(s, 'a', s), 'a', s)", "added to itself"),
    ],
)
def test_what_could_not_be_stopped_is_refused_with_its_place_and_its_mend(cypher: str, says: str) -> None:
    with pytest.raises(WriteRefused, match=says):
        judge(cypher)


@pytest.mark.parametrize(
    "cypher",
    [
        "UNWIND range(1, 1000000) AS i RETURN max(i)",
        "WITH 5000 * 5000 AS n UNWIND range(1, n) AS i RETURN max(i)",
        "UNWIND range(2015, 2025) AS y WITH 1 AS a UNWIND range(a, 12) AS m WITH collect(m) AS l RETURN [x IN l | x]",
        "WITH collect(1) AS l RETURN [i IN range(0, size(l) - 1) | l[i] * 2000000]",
        "MATCH (p:Plan) WITH min(p.year) AS a, max(p.year) AS b RETURN [y IN range(a, b) | y]",
        "RETURN [i IN range(1, 1000) | [j IN range(1, 1000) | i]]",
        "MATCH p = (a)--(b) RETURN [n IN nodes(p) | [l IN labels(n) | [c IN split(l, '') | c]]]",
        "MATCH (n) WITH collect(n) AS l RETURN [a IN l | [b IN l[..1000] WHERE a.x < b.x]]",
        "MATCH (n) WITH collect(n.x) AS a, collect(n.y) AS b RETURN [x IN a WHERE NOT x IN b]",
        "RETURN reduce(most = 0, x IN [1, 2] | CASE WHEN x > most THEN x ELSE most END)",
        "RETURN reduce(s = '', x IN ['a'] | CASE WHEN s = '' THEN x ELSE s + ', ' + x END)",
        "RETURN reduce(l = [], x IN [1] | CASE WHEN x IN l THEN l WHEN x > 1 THEN l + x ELSE l + [x] END)",
        "RETURN reduce(s = 'a.b', c IN ['.', ','] | replace(s, c, ''))",
        "WITH 1 AS a, 2 AS b RETURN a + b + a AS x, a * b * a AS y, [a, b] AS z",
        "MATCH (n) WHERE n.name =~ '(?i).*(school|college).*' RETURN n",
        "MATCH (n) WHERE n.name =~ '[*+]+(a|b)?\\\\d{4}' RETURN n",
    ],
)
def test_what_analysts_write_passes(cypher: str) -> None:
    judge(cypher)


def test_the_values_of_parameters_count() -> None:
    cypher = "RETURN size([i IN range(1, $n) WHERE i IN $ids])"
    judge(cypher, n=1000, ids=["a"])

    for many in (10**12, 10**400, float("inf")):
        with pytest.raises(WriteRefused, match="more than 1,000,000 numbers"):
            judge(cypher, n=many, ids=["a"])
    judge(cypher, n=float("nan"), ids=["a"])  # the engine refuses it


def test_a_list_given_as_a_parameter_is_as_long_as_it_is() -> None:
    cypher = "RETURN [a IN $these | [b IN $those WHERE a < b]]"
    judge(cypher, these=[1] * 100, those=[1] * 100)

    with pytest.raises(WriteRefused, match="for each item of another"):
        judge(cypher, these=[1] * 20_000, those=[1] * 20_000)


@pytest.mark.parametrize(
    "pattern", ["(a+)+b", "(a*)*", "(.*a){25}", r"(a*)\\1b", "(?:(a+)b?)+", ".*.*.*.*.*x", "((a|b)+c)*"]
)
def test_a_regular_expression_that_explodes_is_refused_where_nothing_stops_it(pattern: str) -> None:
    with pytest.raises(WriteRefused, match="repeats what repeats"):
        judge(f"MATCH (n) WHERE n.name =~ '{pattern}' RETURN n")
    with pytest.raises(WriteRefused, match="repeats what repeats"):
        judge("MATCH (n) WHERE n.name =~ '(' + $half + ')+' RETURN n", half="a+")

    judge(f"MATCH (n) WHERE n.name =~ '{pattern}' RETURN n", arcadedb=True)


def test_a_regular_expression_from_elsewhere_is_refused_where_nothing_stops_it() -> None:
    with pytest.raises(WriteRefused, match="as text or as parameter"):
        judge("MATCH (n), (m) WHERE n.name =~ m.name RETURN n")


@pytest.mark.parametrize(
    "cypher",
    [
        "MATCH (a), (b) WHERE (a)-[*]-(b) RETURN a",
        "MATCH (a), (b) WHERE NOT (a)-[:PART_OF*2..]->(b) RETURN a",
        "MATCH (a), (b) WHERE exists((a)-[*..9]-(b)) RETURN a",
        "MATCH (a) RETURN [(a)-[*]-(b) | b.id]",
        "MATCH (a) RETURN size([(a)-[:PART_OF*1..4]-(b) | 1])",
        "MATCH (a) RETURN size([(a)-[:PART_OF*2.. {key: 1}]-(b) | 1])",
        "MATCH (a) WHERE EXISTS { MATCH (a)--(b) WHERE (b)-[*]-(a) } RETURN a",
    ],
)
def test_a_path_in_a_condition_is_refused_where_nothing_stops_its_search(cypher: str) -> None:
    with pytest.raises(WriteRefused, match=r"EXISTS \{ \(a\)-\[\*\]-\(b\) \}"):
        judge(cypher, arcadedb=True)

    judge(cypher)


@pytest.mark.parametrize(
    "cypher",
    [
        "MATCH (a)-[*]-(b) RETURN count(*)",
        "MATCH p = (a)-[*]-(b) WHERE a.x = 2 * b.y RETURN [n IN nodes(p) | n.x * 3]",
        "MATCH (a), (b) WHERE (a)-[*..3]-(b) RETURN a",
        "MATCH (a), (b) WHERE EXISTS { (a)-[*]-(b) } RETURN a",
        "MATCH (a) RETURN COUNT { MATCH (a)-[*]-(b) WHERE b.x = 1 } AS n",
        "MATCH (a) RETURN COLLECT { MATCH (a)-[:PART_OF*]->(b) RETURN b.id } AS ids",
        "MATCH (a), (b) MATCH p = shortestPath((a)-[*]-(b)) RETURN p",
        "MATCH (a), (b) RETURN length(shortestPath((a)-[*]-(b))) AS steps",
        "OPTIONAL MATCH (a)-[*1..9]-(b) RETURN a",
    ],
)
def test_a_path_that_can_be_stopped_passes(cypher: str) -> None:
    judge(cypher, arcadedb=True)
