import math
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_store.cypher.tokens import UnreadableCypher
from queries.statement import Statement, WrongStatement, as_cypher, literal, read_literal, read_statement, with_value

ZONES = st.sampled_from([None, UTC, timezone(timedelta(hours=2)), timezone(-timedelta(hours=5, minutes=30))])
PLAIN = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False)
    | st.text()
    | st.dates()
    | st.datetimes(timezones=ZONES)
)
NAMES = st.text("abcXYZ_019 `-é.", min_size=1)
VALUES = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4), max_leaves=12
)
CYPHER = st.sampled_from(
    [
        "RETURN 1 AS one",
        "MATCH (r:Region {name: 'a;b'}) RETURN r",
        '// who; where\nMATCH (n)\n  WHERE n.name = "it\'s; so" // ;\nRETURN n.`odd;name` /* ; */',
        "RETURN ':param x => 1;' AS text",
        "RETURN 1 // why;",
    ]
)


@given(CYPHER, st.dictionaries(NAMES, VALUES, max_size=4))
def test_what_is_written_is_read_back_the_same(cypher: str, parameters: dict[str, Any]) -> None:
    found = read_statement(as_cypher(cypher, parameters))

    assert (found.cypher, found.parameters) == (cypher, parameters)
    assert [type(value) for value in found.parameters.values()] == [type(value) for value in parameters.values()]


@given(VALUES)
def test_a_value_stands_on_one_line(value: Any) -> None:
    assert len(literal(value).splitlines()) == 1


def test_numbers_that_are_none_are_read_back_too() -> None:
    assert math.isnan(read_literal(literal(math.nan)))


@pytest.mark.parametrize(
    "text",
    [
        ":param region => 'NL22'\n:param least => 2\nRETURN $region, $least",
        ":param region => 'NL22'; :param least => 2;\nRETURN $region, $least;",
        ":param region: 'NL22'\n:param least: 2\n\nRETURN $region, $least",
        ":params {region: 'NL22', least: 2}\nRETURN $region, $least",
        ':param {"region": "NL22",\n  least: 2};\nRETURN $region, $least ;  // done',
        ":params {region: 'NL22', least: 2};\nRETURN $region, $least; /* done */ ;",
        "// my question\n:param region=>'NL22' // Arnhem\n:param least=>2\nRETURN $region, $least",
    ],
)
def test_parameters_are_read_in_every_form_that_neo4j_browser_writes(text: str) -> None:
    found = read_statement(text)

    assert found.parameters == {"region": "NL22", "least": 2}
    assert found.cypher == "RETURN $region, $least"


def test_the_place_of_the_statement_in_the_text_is_known() -> None:
    assert read_statement(":param a => 1;\n\n  MATCH (n)\nRETURN n").line == 3
    assert read_statement(":param a => 1; RETURN $a") == Statement(" RETURN $a", {"a": 1}, 1, 15)
    assert read_statement("RETURN 1") == Statement("RETURN 1", {}, 1, 1)


def test_a_remark_above_the_statement_stays_with_it() -> None:
    assert read_statement(":param a => 1\n// who\nRETURN $a").cypher == "// who\nRETURN $a"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("'it\\'s \\\"so\\\" \\\\ \\u00e9\\n'", 'it\'s "so" \\ é\n'),
        ('"it\'s"', "it's"),
        ("-1.5e3", -1500.0),
        (".5", 0.5),
        ("TRUE", True),
        ("[1, [2, 'x'], null,]", [1, [2, "x"], None]),
        ("{`a b`: {c: date('2024-03-12')}}", {"a b": {"c": date(2024, 3, 12)}}),
        ("localdatetime('2024-03-12T10:30:00')", datetime(2024, 3, 12, 10, 30)),
        ("datetime('2024-03-12T10:30:00Z')", datetime(2024, 3, 12, 10, 30, tzinfo=UTC)),
        (" // the region\n 'NL22' ", "NL22"),
    ],
)
def test_literals_are_read_as_cypher_reads_them(text: str, value: object) -> None:
    assert read_literal(text) == value


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("", (1, 1), "no statement yet"),
        (":param a => 1;\n// nothing\n", (2, 1), "no statement yet"),
        ("RETURN 1;\nRETURN 2", (2, 1), "second statement"),
        ("RETURN 1; ; RETURN 2", (1, 13), "second statement"),
        (":play movies\nRETURN 1", (1, 1), "only :param"),
        (":param a = 1\nRETURN 1", (1, 10), ":param name => value"),
        (":param => 1\nRETURN 1", (1, 8), "name of the parameter"),
        (":param a => 'x\nRETURN 1", (1, 13), "no closing quotation mark"),
        (":param a => 'C:\\dir'\nRETURN 1", (1, 16), "backslash"),
        (":param a => 1 + 1\nRETURN 1", (1, 14), "something follows"),
        (":param a => [1 2]\nRETURN 1", (1, 16), "A comma or ]"),
        (":param a => {b 1}\nRETURN 1", (1, 16), "{name: value"),
        (":param a => timestamp()\nRETURN 1", (1, 13), "a text in quotes"),
        (":param a => __import__('os')\nRETURN 1", (1, 13), "a text in quotes"),
        (":param a => date('2024-13-01')\nRETURN 1", (1, 13), "date('2024-03-12')"),
        (":param a => date(2024)\nRETURN 1", (1, 13), "date('2024-03-12')"),
        (":param a => 1\n:param b => 9223372036854775808\nRETURN 1", (2, 13), "larger than a graph can hold"),
        (":param a => " + "9" * 9999 + "\nRETURN 1", (1, 13), "larger than a graph can hold"),
        (":param a => -true\nRETURN 1", (1, 13), "a text in quotes"),
        (":param a => " + "[" * 2000 + "\nRETURN 1", (1, 64), "too deep"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_place(text: str, place: tuple[int, int], words: str) -> None:
    with pytest.raises(WrongStatement) as caught:
        read_statement(text)

    assert words in str(caught.value)
    assert (caught.value.line, caught.value.column) == place


@given(st.text(":param ax1=>'\"\\[]{},;\n/*`-.eE(date)"))
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    found: Statement | WrongStatement | UnreadableCypher
    try:
        found = read_statement(text)
    except (WrongStatement, UnreadableCypher) as error:
        found = error

    assert 1 <= found.line <= text.count("\n") + 1
    assert found.cypher.strip() if isinstance(found, Statement) else str(found)


def test_a_text_that_does_not_end_is_told_at_its_place_below_the_parameters() -> None:
    with pytest.raises(UnreadableCypher) as caught:
        read_statement(":param a => 1;\nRETURN 'x; RETURN 2")

    assert (caught.value.line, caught.value.column) == (2, 8)


def test_line_ends_of_windows_are_line_ends() -> None:
    found = read_statement(":param a => 'x'\r\nRETURN $a,\r\n  1;\r\n")

    assert found == Statement("RETURN $a,\n  1", {"a": "x"}, 2, 1)


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("// who\n:param a => 1; // one\nRETURN $a", "// who\n:param a => 'x'; // one\nRETURN $a"),
        (":params {b: {a: 1}, a: [1, 2]}\nRETURN $a", ":params {b: {a: 1}, a: 'x'}\nRETURN $a"),
        (":param b => 1;\n\nRETURN $a + $b", ":param b => 1;\n\n:param a => 'x';\nRETURN $a + $b"),
        ("// who\nRETURN $a", ":param a => 'x';\n// who\nRETURN $a"),
        (":param b => {a: 1}\nRETURN $a", ":param b => {a: 1}\n:param a => 'x';\nRETURN $a"),
        ("\n\n  RETURN $a", "\n\n:param a => 'x';\n  RETURN $a"),
    ],
)
def test_a_value_is_put_in_and_all_else_stays(text: str, changed: str) -> None:
    assert with_value(text, "a", " 'x'") == changed
    assert read_statement(changed).parameters["a"] == "x"


def test_what_is_no_value_is_not_put_in() -> None:
    with pytest.raises(WrongStatement, match="A value is wanted here"):
        with_value("RETURN $a", "a", "x) => 1")


def test_a_value_without_a_literal_is_refused() -> None:
    with pytest.raises(ValueError, match="object"):
        literal(object())


def test_a_set_of_parameters_names_what_it_cannot_hold() -> None:
    assert as_cypher(" RETURN $a ; ", {"a": (1, 2), "b c": {"x y": 1}}) == (
        ":param a => [1, 2];\n:param `b c` => {`x y`: 1};\nRETURN $a;"
    )
