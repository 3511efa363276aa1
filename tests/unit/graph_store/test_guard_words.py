"""The guard's look at the words: refused or not, and what it says."""

import pytest

from graph_store.cypher.tokens import tokens
from graph_store.errors import WriteRefused
from graph_store.guard.words import DEEPEST, LONGEST, MOST_JOINED, MOST_XOR, calls, refuse_words


def judge(cypher: str) -> None:
    refuse_words(cypher, [piece for piece in tokens(cypher) if piece.kind != "comment"])


@pytest.mark.parametrize(
    ("cypher", "what"),
    [
        ("create (n)", "CREATE"),
        ("MATCH (n) REMOVE n.name", "REMOVE"),
        ("LOAD\u00a0CSV FROM 'x' AS row RETURN row", "LOAD CSV"),
        ("MATCH (n) LOAD /* a */ CSV FROM n.x AS row RETURN row", "LOAD CSV"),
        ("SHOW USERS", "SHOW USERS"),
        ("EXPLAIN SHOW USERS", "SHOW USERS"),
        ("CALL { USE other MATCH (n) RETURN n } RETURN n", "USE OTHER"),
        ("UNWIND [1] AS x CALL (x) { RETURN 1 AS y } IN $n CONCURRENT TRANSACTIONS RETURN y", "IN TRANSACTIONS"),
    ],
)
def test_a_refusal_names_the_word(cypher: str, what: str) -> None:
    with pytest.raises(WriteRefused, match=rf"^Only reading the graph is allowed here, and {what} does more\."):
        judge(cypher)


@pytest.mark.parametrize(
    "cypher",
    [
        "RETURN {set: 1, merge: 2}.set AS one",
        "MATCH (n:Create)-[:SET|MERGE]->(m:!Delete) RETURN n.remove, m.drop",
        "MATCH (show) RETURN show.name, show",
        "MATCH (n) WITH n.use AS used, n.start AS begun RETURN used, begun",
        "RETURN 1 AS `CREATE`, $create AS x, 'CREATE' AS y // CREATE",
        "MATCH (n) WHERE n.x IN [1] RETURN n.transactions AS transactions",
        "CALL db.labels() YIELD label RETURN label",
        "CALL DB.Labels",
        "MATCH (n) CALL (n) { RETURN 1 AS x } RETURN x",
        "MATCH (n:Region) USING INDEX n:Region(id) WHERE n.id = 'nl' RETURN n",
        "MATCH p = SHORTEST 1 (a)--+(b) RETURN p",
        "WITH 1 AS x WHERE (x > 0) AND NOT (x < 0) RETURN CASE WHEN (x = 1) THEN (2) ELSE (3) END AS y",
    ],
)
def test_names_that_look_like_words_of_the_language_pass(cypher: str) -> None:
    judge(cypher)


def test_a_function_is_known_by_its_whole_name() -> None:
    pieces = tokens("RETURN date . truncate('day', date()), `size`([1]), COUNT { (a)--(b) }, [x IN y | {a: size(z)}]")

    assert [name for name, _piece in calls(pieces)] == ["date.truncate", "date", "size", "size"]


@pytest.mark.parametrize(
    ("cypher", "name"),
    [("CALL `dbms`.`listConfig`()", "dbms.listConfig"), ("CALL algo.apsp", "algo.apsp"), ("CALL $p()", "")],
)
def test_a_procedure_outside_the_list_is_refused_by_its_name(cypher: str, name: str) -> None:
    with pytest.raises(WriteRefused, match=f'^The procedure "{name}" is none of those that may be called here'):
        judge(cypher)


def test_a_function_that_is_not_known_is_told_with_the_one_that_was_meant() -> None:
    with pytest.raises(WriteRefused, match=r'Line 2, column 8: "sise" is none of the functions .* size is one\.'):
        judge("MATCH (n)\nRETURN sise(n.name)")


@pytest.mark.parametrize(
    ("cypher", "says"),
    [
        ("RETURN 1 AS x; MATCH (n) RETURN n", "One statement at a time"),
        (r"MATCH (n) \u0052ETURN n", "Write the letters themselves"),
        (r"RETURN 'a\u0027", "Write the letters themselves"),
        ("MATCH (n) RET\u200bURN n", "Line 1, column 11: a character that cannot be seen"),
        ("RETURN '" + "a" * LONGEST + "'", "more than 20000 characters"),
        ("RETURN " + "(" * (DEEPEST + 1) + "1" + ")" * (DEEPEST + 1), "within one another"),
        ("RETURN 1" + " + 1" * (MOST_JOINED + 1), "conditions or sums"),
        ("RETURN true" + " XOR true" * (MOST_XOR + 1), "which the engine cannot plan"),
    ],
)
def test_what_cannot_be_judged_or_planned_is_refused(cypher: str, says: str) -> None:
    with pytest.raises(WriteRefused, match=says):
        judge(cypher)


def test_the_largest_that_may_be_planned_passes() -> None:
    judge("RETURN " + "(" * DEEPEST + "1" + ")" * DEEPEST)
    judge("RETURN 1" + " + 1" * MOST_JOINED)
    judge("RETURN true" + " XOR true" * MOST_XOR)
    judge(r"RETURN 'caf\u00e9' AS word")
