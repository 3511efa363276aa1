from pathlib import Path

import pytest

from queries.asked import declared_words
from queries.library import Query, QueryFileError, load
from queries.reading import introduction, queries_in

GOOD = """// Organisations.

// name: partners
// title: Partners
// params: organisation: str, limit: int = 100
// returns: id, name
// One row per partner.
MATCH (o:Organisation {id: $organisation})-[:PARTICIPATES_IN]->(:Project)<-[:PARTICIPATES_IN]-(p:Organisation)
RETURN DISTINCT p.id AS id, p.name AS name
ORDER BY name, id
LIMIT $limit
"""

RETURNS = "// returns: id, name"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def load_one(folder: Path, text: str) -> Query:
    (folder / "things.cypher").write_text(text, encoding="utf-8")
    (query,) = load(folder).values()
    return query


def test_a_header_gives_words_parameters_and_columns(folder: Path) -> None:
    query = load_one(folder, GOOD)

    assert (query.name, query.title, query.description) == ("partners", "Partners", "One row per partner.")
    assert [str(parameter) for parameter in query.params] == ["organisation: str", "limit: int = 100"]
    assert query.returns == ("id", "name")
    assert (query.subject, query.line, query.first_line) == ("things", 3, 8)
    assert query.cypher.startswith("MATCH (o:Organisation")
    assert introduction(query.file) == "Organisations."


def test_a_header_tells_what_parameters_ask_for_and_how_rows_are_looked_at(folder: Path) -> None:
    told = "// with: limit: How many, at most (1 to 50)\n// best: bar(label=name, value=id)\n"

    query = load_one(folder, GOOD.replace(RETURNS, told + RETURNS))

    assert query.asked["organisation"].labels == ("Organisation",)  # as all queries have it
    assert (query.asked["limit"].words, query.asked["limit"].span) == ("How many, at most", (1, 50))
    assert [str(look) for look in query.looks] == ["bar(label=name, value=id)", "table"]
    assert not query.is_question


def test_choices_come_from_labels_or_from_a_closed_list() -> None:
    told = declared_words("who: Who asks (Region or Organisation); how: How far it went (Adoption.stage); on: The day")

    assert told["who"].labels == ("Region", "Organisation")
    assert [option.code for option in told["how"].options][:2] == ["considering", "adapting"]
    assert (told["on"].labels, told["on"].options, told["on"].span) == ((), (), None)


def test_a_long_entry_goes_on_in_lines_that_are_indented(folder: Path) -> None:
    query = load_one(folder, GOOD.replace("// returns: id, name", "// returns: id,\n//    name"))

    assert query.returns == ("id", "name")


def test_several_queries_share_a_file_and_a_semicolon_may_end_each(folder: Path) -> None:
    file = folder / "things.cypher"
    file.write_text(GOOD.rstrip() + ";\n\n" + GOOD.replace("name: partners", "name: others"), encoding="utf-8")

    assert [query.name for query in queries_in(file)] == ["partners", "others"]
    assert all(query.cypher.endswith("LIMIT $limit") for query in queries_in(file))


@pytest.mark.parametrize(
    ("old", "new", "line", "sentence"),
    [
        ("$organisation}", "$organization}", 8, "$organization is not declared"),
        ("{id: $organisation}", "", 3, "parameter organisation is declared and never used"),
        ("organisation: str, ", "organisation: str, limit: int = 1, ", 3, "declared twice"),
        ("p.name AS name", "p.name AS title", 9, "it returns id, title, and the header says id, name"),
        ("p.name AS name", "p.name", 9, "the column p.name needs a name"),
        (":Project", ":Projekt", 8, "the schema has no label Projekt"),
        ("PARTICIPATES_IN]->", "TAKES_PART_IN]->", 8, "the schema has no type TAKES_PART_IN"),
        ("p.name AS name", "p.nmae AS name", 9, "the schema has no property p.nmae"),
        ("p.name AS name", "p.budget_eur AS name", 9, "the schema has no property p.budget_eur"),
        ("{id: $organisation}", "{key_: $organisation}", 8, "no property Organisation.key_"),
        ("ORDER BY name, id\n", "", 9, "ORDER BY is missing"),
        ("LIMIT $limit", "SKIP $limit", 9, "LIMIT $limit is missing"),
        ("ORDER BY name, id", "UNION RETURN 1 AS id, 2 AS name ORDER BY name", 10, "put it in CALL"),
        ("RETURN DISTINCT", "WITH DISTINCT", 3, "it has no RETURN"),
        ("// title: Partners\n", "", 3, "the header lacks // title:"),
        ("// returns: id, name\n", "", 3, "the header lacks // returns:"),
        ("// One row per partner.\n", "", 3, "describe in words"),
        ("name: partners", "name: Partners", 3, "write it in snake_case"),
        ("// title: Partners", "// titel: Partners", 4, "titel is none of name, title, params, with, returns, best"),
        ("limit: int = 100", "limit: integer = 100", 3, "has the type integer, which is none of str, int"),
        ("limit: int = 100", 'limit: int = "x"', 3, 'the default "x" of parameter limit is no int'),
        ("limit: int = 100", "limit 100", 3, "is no parameter"),
        ("limit: int = 100", "limit: int = 100, name: str", 3, "name cannot be a parameter"),
        ("limit: int = 100", "limit: list[str] = NO_SUCH", 3, "the default NO_SUCH"),
        ("// Organisations.", "MATCH (n) RETURN n", 1, "a query starts with its header"),
        ("organisation: str, limit", "organisation: str, wish: str, limit", 3, "say in // with: what wish asks for"),
        (
            RETURNS,
            "// with: partner: The other (Organisation)\n" + RETURNS,
            3,
            "tells partner, which // params: has not",
        ),
        (RETURNS, "// with: organisation: Which (Organization)\n" + RETURNS, 3, "the schema has no label Organization"),
        (RETURNS, "// with: organisation: Which (Visit.sort)\n" + RETURNS, 3, "the schema has no such property"),
        (RETURNS, "// with: organisation: Which (Visit.name)\n" + RETURNS, 3, "the schema has no such property"),
        (RETURNS, "// with: organisation: Which (Visit.on)\n" + RETURNS, 3, "it has no closed list"),
        (RETURNS, "// with: organisation\n" + RETURNS, 3, "tells no parameter"),
        (RETURNS, RETURNS + "\n// best: pie", 3, "pie is none of table, bar"),
        (RETURNS, RETURNS + "\n// best: bar(label=name)", 3, "bar takes label, value"),
        (RETURNS, RETURNS + "\n// best: bar(label=name, value=size)", 3, "bar names the column size"),
        (RETURNS, RETURNS + "\n// best: table of all", 3, "is no look"),
    ],
)
def test_a_fault_is_told_with_its_file_and_line(folder: Path, old: str, new: str, line: int, sentence: str) -> None:
    assert old in GOOD

    with pytest.raises(QueryFileError) as raised:
        load_one(folder, GOOD.replace(old, new, 1))

    assert str(raised.value).startswith(f"things.cypher, line {line}: ")
    assert sentence in str(raised.value)


def test_a_name_that_is_taken_is_told_with_the_place_of_the_other(folder: Path) -> None:
    (folder / "a.cypher").write_text(GOOD, encoding="utf-8")
    (folder / "b.cypher").write_text(GOOD, encoding="utf-8")

    with pytest.raises(
        QueryFileError, match=r"b\.cypher, line 3: query partners: the name is taken \(a\.cypher, line 3"
    ):
        load(folder)


def test_words_in_strings_and_comments_are_not_judged(folder: Path) -> None:
    text = GOOD.replace(
        "RETURN DISTINCT", "WHERE p.name <> 'a:Nobody {$no}' // UNION, $nothing and (x:Nothing)\nRETURN DISTINCT"
    )

    assert load_one(folder, text).returns == ("id", "name")


def test_internal_labels_maps_and_subqueries_are_understood(folder: Path) -> None:
    text = """// name: state
// title: State
// returns: version, hosts
// One row.
MATCH (s:GraphState {id: 'state'})
CALL (s) {
  MATCH (v:Visit)<-[:HOSTED|ATTENDED]-(h) RETURN {name: h.name, Whose: v.on_from} AS host
  UNION
  RETURN null AS host
}
WITH s, collect(host) AS hosts WHERE s:GraphState ORDER BY s.version
RETURN s.version AS version, [host IN hosts | host.name] AS hosts
ORDER BY version
LIMIT 1
"""

    assert load_one(folder, text).returns == ("version", "hosts")
