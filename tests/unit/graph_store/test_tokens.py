"""Cypher in pieces: what is a word of the language, and what only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_store.cypher.tokens import UnreadableCypher, escapes, tokens


def kinds(cypher: str) -> list[tuple[str, str]]:
    return [(token.kind, token.text) for token in tokens(cypher)]


def words(cypher: str) -> list[str]:
    return [token.text for token in tokens(cypher) if token.kind == "word"]


def test_a_statement_falls_into_pieces_of_every_kind() -> None:
    assert kinds("RETURN n.`x y` + $p, 'text', 1.5e3 // why\n") == [
        ("word", "RETURN"),
        ("word", "n"),
        ("symbol", "."),
        ("quoted_name", "`x y`"),
        ("symbol", "+"),
        ("parameter", "$p"),
        ("symbol", ","),
        ("text", "'text'"),
        ("symbol", ","),
        ("number", "1.5e3"),
        ("comment", "// why"),
    ]


@pytest.mark.parametrize(
    "cypher",
    [
        "'CREATE'",
        '"it\'s CREATE"',
        r"'it\'s CREATE'",
        r"'\\\' CREATE'",
        "`CREATE`",
        "`a``CREATE`",
        "// CREATE",
        "/* CREATE */",
        "/* 'a */ /* CREATE ' */",
        "'/*' /* '*/ 'CREATE'",
        "$CREATE",
        "$ /* c */ `CREATE`",
    ],
)
def test_what_is_hidden_is_no_word(cypher: str) -> None:
    assert words(cypher) == []


@pytest.mark.parametrize(
    "cypher",
    [
        "'a' CREATE 'b'",
        r"'a\\' CREATE 'b'",
        "/*/**/CREATE",
        "/* // */ CREATE",
        "// x\rCREATE",
        "// x\nCREATE",
        "`a``b`CREATE",
        "1..CREATE",
        "\u3000CREATE\u2003",
        "\x1cCREATE\xa0",
        "$CREATE CREATE",
        r"\u0043REATE",
        r"CREAT\u0045",
        "// \\u000aCREATE",
        r"'\u0027CREATE",
    ],
)
def test_what_only_seems_hidden_is_a_word(cypher: str) -> None:
    assert words(cypher) == ["CREATE"]


@pytest.mark.parametrize("cypher", ["// x\u2028CREATE", "// x\x85CREATE", "// x\x0cCREATE"])
def test_only_a_line_feed_or_a_carriage_return_ends_a_comment(cypher: str) -> None:
    assert words(cypher) == []


def test_letters_that_look_like_others_stay_what_they_are() -> None:
    assert words("ＣREATE \u017fET \u212aEEP CRE\u200bATE") == ["ＣREATE", "\u017fET", "\u212aEEP", "CRE\u200bATE"]


def test_dashes_and_angle_brackets_of_any_shape_are_the_plain_ones() -> None:
    assert [text for _, text in kinds("(a)\u27e8\u2014[r]\u2013\uff1e(b)")] == list("(a)<-[r]->(b)")


def test_a_backslash_before_an_escape_leaves_it_alone() -> None:
    assert kinds(r"'\\u0041'") == [("text", r"'\\u0041'")]
    assert kinds(r"'\\\u0041'") == [("text", r"'\\A'")]
    assert escapes(r"'\\u0041' '\u0041'") == [11]


def test_numbers_keep_ranges_and_steps_apart() -> None:
    assert [text for _, text in kinds("*1..3 0x1F 1_000 .5 2.e")] == [
        *("*", "1", "..", "3"),
        *("0x1F", "1_000", ".5", "2", ".", "e"),
    ]


def test_a_dynamic_label_is_no_parameter() -> None:
    assert kinds("$(x)") == [("symbol", "$"), ("symbol", "("), ("word", "x"), ("symbol", ")")]


def test_places_are_those_of_the_statement_as_it_was_written() -> None:
    first, second = tokens("\\u0041b\r\n  'c\\u0064'")

    assert (first.text, first.line, first.column, first.start, first.end) == ("Ab", 1, 1, 0, 7)
    assert (second.text, second.line, second.column, second.start, second.end) == ("'cd'", 2, 3, 11, 20)


def test_a_name_is_told_without_its_signs() -> None:
    assert [token.name for token in tokens("a `b``c` $d $`e f` 'g'")] == ["a", "b`c", "d", "e f", "g"]


@pytest.mark.parametrize(
    ("cypher", "line", "column", "says"),
    [
        ("RETURN 'abc", 1, 8, "a text begins here"),
        ("RETURN 1,\n  \"abc'", 2, 3, "a text begins here"),
        ("MATCH (n:`Region) RETURN n", 1, 10, "a name begins here"),
        ("RETURN 1 /* and so on", 1, 10, "a comment begins here"),
        ("RETURN $/* p", 1, 9, "a comment begins here"),
        (r"RETURN '\u12'", 1, 9, "before four digits"),
        (r"RETURN '\u0041' + 'a", 1, 19, "a text begins here"),
    ],
)
def test_what_does_not_end_is_told_with_its_line_and_column(cypher: str, line: int, column: int, says: str) -> None:
    with pytest.raises(UnreadableCypher, match=f"Line {line}, column {column}: .*{says}") as caught:
        tokens(cypher)

    assert (caught.value.line, caught.value.column) == (line, column)


@given(st.text(alphabet="ab1.'\"`\\/*$ \n\r(){}-u0041é–", max_size=30))
def test_pieces_never_overlap_and_leave_out_nothing_but_blanks(cypher: str) -> None:
    try:
        found = tokens(cypher)
    except UnreadableCypher:
        return

    at = 0
    for token in found:
        assert cypher[at : token.start].replace("\\u0020", "").strip() == ""
        assert token.end > token.start
        at = token.end
    assert cypher[at:].strip() == ""
