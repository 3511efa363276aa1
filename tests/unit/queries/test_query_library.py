from collections.abc import Mapping
from typing import Any, cast

import pytest

from graph_store import schema
from graph_store.errors import ExplorerError
from graph_store.store import Store
from queries import library
from queries.examples import examples


class Asked:
    """Stands for a store: remembers what it was asked, and answers with the rows given."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self.rows = rows
        self.parameters: Mapping[str, Any] = {}

    def read(self, cypher: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
        self.parameters = parameters
        return self.rows


def test_all_queries_of_the_house_load() -> None:
    assert len(library.queries()) > 40


def test_every_query_has_an_example() -> None:
    shown = {example.query for example in examples()}

    assert [query.name for query in library.queries() if query.name not in shown] == []


def test_every_example_names_columns_that_its_query_has() -> None:
    assert all(isinstance(example.expected, list) for example in examples())


@pytest.mark.parametrize("name", ["node", "neighbours", "sources_of"])
def test_a_profile_looks_through_every_label_of_the_schema(name: str) -> None:
    cypher = library.query(name).cypher

    assert [kind.label for kind in schema.NODE_KINDS if f"(n:{kind.label} {{id: $id}})" not in cypher] == []


def test_what_no_source_states_is_looked_for_under_every_label_but_sources_and_data_sets() -> None:
    cypher = library.query("nodes_without_source").cypher
    missing = [kind.label for kind in schema.NODE_KINDS if f"(n:{kind.label})" not in cypher]

    assert missing == ["Source", "DataSet"]


def test_neighbours_know_the_date_of_every_label() -> None:
    cypher = library.query("neighbours").cypher

    assert [kind.date for kind in schema.NODE_KINDS if kind.date and f"other.{kind.date}" not in cypher] == []


def test_no_rows_still_give_the_columns_of_the_header() -> None:
    table = library.run("partners_of", store=cast(Store, Asked([])), organisation="x")

    assert list(table.columns) == ["partner_id", "name", "shared_projects"]
    assert len(table) == 0


def test_defaults_are_sent_along_with_what_is_given() -> None:
    store = Asked([{"id": "a", "name": "A", "taken_over": 2, "origin_of": 0}])

    rows = library.rows("regions_with_most_adoptions", store=cast(Store, store), limit=3)

    assert store.parameters == {"taken_over": list(schema.TAKEN_OVER), "limit": 3}
    assert rows == store.rows


@pytest.mark.parametrize(
    ("name", "params", "sentence"),
    [
        ("partner_of", {}, 'No query is called "partner_of". The nearest is partners_of.'),
        ("zzz", {}, 'No query is called "zzz". See them all with: graph-query list'),
        ("partners_of", {}, "partners_of needs a value for organisation."),
        ("shared_projects", {}, "shared_projects needs a value for organisation and partner."),
        (
            "partners_of",
            {"organization": "x"},
            'partners_of has no parameter "organization". The nearest is organisation.',
        ),
        ("period", {"year": 1}, 'period has no parameter "year". It has none.'),
        ("partners_of", {"organisation": 7}, "partners_of: organisation must be text, and 7 is not."),
    ],
)
def test_a_wrong_wish_is_answered_by_a_sentence_with_the_nearest_name(
    name: str, params: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ExplorerError) as raised:
        library.run(name, store=cast(Store, Asked([])), **params)

    assert str(raised.value) == sentence
