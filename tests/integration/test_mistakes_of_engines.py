"""What both engines say of a wrong statement becomes the same sentence at the same place."""

import pytest
from neo4j.exceptions import Neo4jError

from graph_store.cypher.mistakes import Mistake, told_by_engine
from graph_store.running import Running
from graph_store.store import Store


def told(store: Store, cypher: str) -> Mistake:
    with pytest.raises(Neo4jError) as caught:
        Running(store, cypher).answer()
    return told_by_engine(caught.value, cypher, ("count", "toLower", "toUpper", "date.truncate"))


def marked(mistake: Mistake, cypher: str) -> str:
    line = cypher.split("\n")[mistake.line - 1]
    return line[mistake.column - 1 : mistake.column - 1 + mistake.length]


@pytest.mark.parametrize(
    ("cypher", "sentence", "piece"),
    [
        ("MATHC (n) RETURN n", "`MATHC` cannot stand here: did you mean `MATCH`?", "MATHC"),
        ("MATCH (n:Region) WEHRE n.id = 'a' RETURN n", "`WEHRE` cannot stand here: did you mean `WHERE`?", "WEHRE"),
        ("MATCH (n:Region)\nRETUNR n", "`RETUNR` cannot stand here: did you mean `RETURN`?", "RETUNR"),
        ("MATCH (n RETURN n", "`RETURN` cannot stand here.", "RETURN"),
        ("MATCH (n:Region)\n  WHERE n.name = \nRETURN n", "cannot stand here", ""),
        ("RETURN 1 +* 2", "`*` cannot stand here.", "*"),
        ("RETURN 'ä😀' AS x, ]", "`]` cannot stand here.", "]"),
        ("RETURN 1 + ", "ends too early", ""),
        ("RETURN", "ends too early", ""),
        ("MATCH (region:Region) RETURN regoin", "There is no variable `regoin`: did you mean `region`?", "regoin"),
        ("RETURN 'ä😀' AS x, ys", "There is no variable `ys`.", "ys"),
        ("MATCH (n:Region) WITH n.id AS i\nRETURN i, n.id", "`n` is not known any more here", "n"),
        ("MATCH (n:Region) RETURN count(n) AS c ORDER BY n.name", "`n` is not known any more here", "n"),
        ("RETURN 1 AS one, toLowr('A') AS a", "There is no function `toLowr`: did you mean `toLower`?", "toLowr"),
        ("RETURN $since AS a", "These have no value: $since. Give each one, such as :param since", "$since"),
        ("RETURN 1 AS a, 2 AS a", "Two columns have the same name", ""),
        ("RETURN 1 / 0 AS x", "The engine says: / by zero", ""),
    ],
)
def test_a_wrong_statement_is_told_in_the_same_words(
    writer_store: Store, cypher: str, sentence: str, piece: str
) -> None:
    mistake = told(writer_store, cypher)

    assert sentence in mistake.sentence
    assert mistake.refuses
    if piece:
        assert marked(mistake, cypher) == piece


@pytest.mark.parametrize(
    "cypher", ["RETURN date('x') AS d", "MATCH (n) RETURN size(5) AS n", "RETURN {a: 1} + 1 AS x LIMIT -1"]
)
def test_whatever_else_it_says_is_handed_on_in_one_line(writer_store: Store, cypher: str) -> None:
    mistake = told(writer_store, cypher)

    assert mistake.sentence.startswith("The engine says: ")
    assert "\n" not in mistake.sentence
    assert "explorer-" not in mistake.sentence
