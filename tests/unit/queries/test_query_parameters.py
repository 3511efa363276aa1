from datetime import date, datetime
from typing import Any

import numpy
import pytest

from graph_store import schema
from queries.values import checked, declared, from_text, split_outside_brackets


@pytest.mark.parametrize(
    ("declaration", "given", "taken"),
    [
        ("x: str", "a", "a"),
        ("x: int", 3, 3),
        ("x: int", numpy.int64(3), 3),
        ("x: float", 3, 3.0),
        ("x: float", numpy.float32(0.5), 0.5),
        ("x: bool", False, False),
        ("x: date", "2019-02-07", date(2019, 2, 7)),
        ("x: date", date(2019, 2, 7), date(2019, 2, 7)),
        ("x: list[str]", ("a", "b"), ["a", "b"]),
        ("x: list[str]", {"b", "a"}, ["a", "b"]),
        ("x: list[str]", [], []),
        ("x: str = null", None, None),
    ],
)
def test_a_value_of_the_type_is_taken_as_the_engine_wants_it(declaration: str, given: Any, taken: Any) -> None:
    assert checked(declared(declaration), given) == taken
    assert type(checked(declared(declaration), given)) is type(taken)


@pytest.mark.parametrize(
    ("declaration", "given", "sentence"),
    [
        ("x: str", 3, "x must be text, and 3 is not"),
        ("x: int", 3.5, "x must be a whole number"),
        ("x: int", True, "x must be a whole number"),
        ("x: int", "3", "x must be a whole number, and '3' is not"),
        ("x: float", "3", "x must be a number"),
        ("x: bool", 1, "x must be true or false"),
        ("x: date", "2019", "x must be a day such as 2024-03-12"),
        ("x: date", datetime(2019, 1, 1, 12), "x must be a day"),
        ("x: list[str]", "a", "x must be a list of texts"),
        ("x: list[str]", [1], "x must be a list of texts"),
        ("x: str", None, "x must not be empty"),
        ("x: int = 3", None, "x must not be empty"),
    ],
)
def test_a_value_of_another_type_is_refused_in_words(declaration: str, given: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        checked(declared(declaration), given)


@pytest.mark.parametrize(
    ("declaration", "text", "value"),
    [
        ("x: str", "3", "3"),
        ("x: str = null", "null", None),
        ("x: str", "null", "null"),
        ("x: int", "3", 3),
        ("x: float", "0.5", 0.5),
        ("x: bool", "True", True),
        ("x: date", "2019-02-07", date(2019, 2, 7)),
        ("x: list[str]", "a; b;", ["a", "b"]),
    ],
)
def test_text_of_a_command_line_becomes_a_value(declaration: str, text: str, value: Any) -> None:
    assert from_text(declared(declaration), text) == value


@pytest.mark.parametrize("declaration", ["x: int", "x: float", "x: bool", "x: date"])
def test_text_that_is_no_such_value_is_quoted_in_the_refusal(declaration: str) -> None:
    with pytest.raises(ValueError, match=r'x must be .*, and "perhaps" is not'):
        from_text(declared(declaration), "perhaps")


def test_a_default_can_be_json_or_a_constant_of_the_schema() -> None:
    assert declared("stages: list[str] = TAKEN_OVER").default == list(schema.TAKEN_OVER)
    assert declared('kinds: list[str] = ["a, b", "c"]').default == ["a, b", "c"]
    assert declared("x: int = 5").default == 5
    assert declared("x: str = null").nullable
    assert declared("x: str").required


def test_commas_in_brackets_and_quotes_do_not_split() -> None:
    assert split_outside_brackets('a, f(b, c) AS d, [e, "]", g]') == ["a", "f(b, c) AS d", '[e, "]", g]']
    assert split_outside_brackets("  ") == []
