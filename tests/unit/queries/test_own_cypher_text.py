import pytest

from graph_store.cypher.mistakes import Mistake
from queries.own_cypher import Mistaken, in_text, read


def test_places_are_those_of_the_text_that_was_given() -> None:
    below = read(":param a => 1;\n\nMATCH (n)\nRETURN n")
    beside = read(":param a => 1; RETURN n")

    assert in_text(Mistake("wrong", 2, 8), below) == Mistake("wrong", 4, 8)
    assert in_text(Mistake("wrong", 1, 9), beside) == Mistake("wrong", 1, 23)
    assert in_text(Mistake("wrong"), below) == Mistake("wrong")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (":param a => 1;\n:param b => what;\nRETURN $a", "Line 2, column 13: A value is wanted here"),
        (":param a => 1;\nRETURN 'it", "Line 2, column 8: A text begins here and does not end"),
        ("", "Line 1, column 1: There is no statement yet"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(text: str, said: str) -> None:
    with pytest.raises(Mistaken) as caught:
        read(text)

    assert str(caught.value).startswith(said)
