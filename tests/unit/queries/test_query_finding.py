from pathlib import Path

import pytest

from queries.finding import search
from queries.library import Query, load

QUERY = """// name: {name}
// title: {title}
// params: {params}
// returns: id
// {told}
MATCH (v:Visit {{id: ${parameter}}})
RETURN v.id AS id
ORDER BY id
LIMIT 1
"""


@pytest.fixture
def shelf(tmp_path: Path) -> list[Query]:
    texts = [
        ("visits", "Visits", "visit: str", "visit", "One row per visit."),
        ("guests", "Who came to a visit?", "visit: str", "visit", "One row per region that came."),
        ("brokers", "Who connects two regions?", "region: str", "region", "One row per organisation between them."),
        ("cafes", "Who meets in a café?", "region: str", "region", "One row per café."),
    ]
    (tmp_path / "things.cypher").write_text(
        "\n".join(
            QUERY.format(name=name, title=title, params=params, parameter=parameter, told=told)
            for name, title, params, parameter, told in texts
        ),
        encoding="utf-8",
    )
    return list(load(tmp_path).values())


def names(found: list[Query]) -> list[str]:
    return [query.name for query in found]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("who connects the regions", "brokers"),
        ("broker", "brokers"),  # in its name only
        ("visit", "guests"),  # a question before a whole list
        ("organisations", "brokers"),  # begins with a word of the description
        ("conects", "brokers"),  # a slip of the finger
        ("CAFE", "cafes"),
    ],
)
def test_the_query_that_holds_most_of_the_words_comes_first(shelf: list[Query], typed: str, first: str) -> None:
    assert names(search(typed, shelf))[0] == first


def test_those_that_hold_fewer_of_the_words_are_left_out(shelf: list[Query]) -> None:
    assert names(search("came visit", shelf)) == ["guests"]


def test_small_words_count_only_where_nothing_else_was_typed(shelf: list[Query]) -> None:
    assert names(search("who has a unicorn", shelf)) == []
    assert set(names(search("who", shelf))) == {"guests", "brokers", "cafes"}


@pytest.mark.parametrize("typed", ["", "  ", "?!", "xylophone"])
def test_nothing_is_found_for_nothing_and_for_what_no_query_holds(shelf: list[Query], typed: str) -> None:
    assert search(typed, shelf) == []
