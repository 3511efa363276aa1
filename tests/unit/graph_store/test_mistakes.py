import neo4j.exceptions
import pytest

from graph_store.cypher.mistakes import Mistake, before_running, told_by_engine
from graph_store.engines import ARCADEDB, NEO4J


def error(message: str, code: str = "Neo.ClientError.Statement.SyntaxError") -> neo4j.exceptions.Neo4jError:
    return neo4j.exceptions.Neo4jError._hydrate_neo4j(code=code, message=message)


def test_a_statement_without_fault_has_none() -> None:
    assert before_running("MATCH (r:Region {id: $id}) RETURN r.name AS name", {"id": "a"}, ARCADEDB) == []


def test_values_that_are_missing_are_named_at_the_first_one() -> None:
    (found,) = before_running("MATCH (r:Region)\nWHERE r.id IN $ids OR r.name = $name RETURN r", {"ids": []}, NEO4J)

    assert found == Mistake(
        "These have no value: $name. Give each one, such as :param name => 'text';", 2, 32, 5, refuses=True
    )


@pytest.mark.parametrize("word", ["EXPLAIN", "explain"])
def test_a_plan_is_no_answer(word: str) -> None:
    (found,) = before_running(f"// how\n{word} MATCH (n) RETURN n", {}, NEO4J)

    assert f"{word} gives a plan and no rows" in found.sentence
    assert (found.line, found.length, found.refuses) == (2, 7, True)


def test_a_statement_has_a_length_up_to_which_it_is_looked_over() -> None:
    (found,) = before_running("RETURN 1" + " " * 30_000, {}, NEO4J)

    assert "30,000 letters at most: put long lists into parameters" in found.sentence
    assert found.refuses


def test_the_any_of_dynamic_labels_is_no_parameter() -> None:
    assert before_running("MATCH (n:$any($labels)) RETURN n", {"labels": []}, NEO4J) == []


@pytest.mark.parametrize(
    ("cypher", "sentence", "place"),
    [
        ("RETURN 'it", "A text begins here and does not end", (1, 8, 1)),
        ("RETURN\n  `odd", "A name in backticks begins here", (2, 3, 1)),
        ("RETURN 1 /* so", "A comment begins here", (1, 10, 2)),
        ("RETURN '\\u00zz'", "four digits or letters", (1, 9, 2)),
    ],
)
def test_what_does_not_end_is_told_where_it_begins(cypher: str, sentence: str, place: tuple[int, int, int]) -> None:
    (found,) = before_running(cypher, {}, NEO4J)

    assert sentence in found.sentence
    assert ((found.line, found.column, found.length), found.refuses) == (place, True)


def test_forms_that_only_the_embedded_engine_answers_wrongly_run_on_the_other() -> None:
    cypher = "MATCH (r:Region) RETURN max(r.population) IS NULL AS missing"

    assert [item.refuses for item in before_running(cypher, {}, ARCADEDB)] == [True]
    assert before_running(cypher, {}, NEO4J) == []


def test_a_shortest_path_by_its_word_is_refused_where_the_engine_lacks_it() -> None:
    cypher = "MATCH p = ANY SHORTEST (:Region)-->+(:Region) RETURN p"

    (found,) = before_running(cypher, {}, ARCADEDB)

    assert "Write instead: shortestPath(" in found.sentence
    assert cypher[found.column - 1 : found.column - 1 + found.length] == "SHORTEST"
    assert before_running(cypher, {}, NEO4J) == []


def test_a_doubt_does_not_refuse() -> None:
    (found,) = before_running("MATCH (o:Organization) RETURN o", {}, NEO4J)

    assert (found.refuses, found.mend) == (False, "Organisation")


def test_places_are_counted_in_signs_as_they_are_read() -> None:
    cypher = "RETURN '😀😀' AS x, regoin"  # the engine counts each of these signs twice

    found = told_by_engine(error("Variable `regoin` not defined (line 1, column 21 (offset: 20))\n..."), cypher)

    assert cypher[found.column - 1 : found.column - 1 + found.length] == "regoin"


@pytest.mark.parametrize(
    ("message", "code", "sentence"),
    [
        ("It would use too much", "Neo.TransientError.General.MemoryPoolOutOfMemoryError", "memory"),
        ("Limit of allowed elements for in-heap ORDER BY exceeded", "Neo.DatabaseError.General", "more memory"),
        ("sum() requires numeric input, but received CypherDuration", "Neo.ClientError", "Write instead: sum(d.days)"),
        ("no procedure with the name `foo.bar` registered", "Neo.ClientError", "no function `foo.bar`."),
        ("Expected parameter(s): a, b", "Neo.ClientError", "$a"),
        ("", "Neo.DatabaseError.General.UnknownError", "The engine says: An unknown error occurred"),
    ],
)  # fmt: skip
def test_other_errors_have_a_sentence_too(message: str, code: str, sentence: str) -> None:
    assert sentence in told_by_engine(error(message, code), "CALL foo.bar() RETURN $a, $b").sentence


def test_an_error_behind_the_last_piece_is_at_the_end() -> None:
    found = told_by_engine(
        error("Invalid input '': expected an expression (line 2, column 9 (offset: 20))"), "RETURN 1 +"
    )

    assert ("ends too early" in found.sentence, found.line, found.column) == (True, 1, 11)
    assert str(found).startswith("Line 1, column 11: The statement ends")


def test_an_empty_statement_has_a_place_as_well() -> None:
    assert told_by_engine(error("Syntax error at line 1:0 - mismatched input '<EOF>', expected: x"), "").line == 1
