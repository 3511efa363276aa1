"""Words of other languages for tables, columns and closed values: all there, and none with two meanings."""

from collections.abc import Iterable

import pytest

from graph_store import headings
from graph_store.kinds import Property
from graph_store.tables import Table, table, tables

CLOSED = [
    pytest.param(column.property, id=f"{own.name}.{column.name}")
    for own in tables()
    for column in own.columns
    if column.property.codes
]


def meanings(words: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """What each word may mean, by its key."""
    found: dict[str, set[str]] = {}
    for word, meaning in words:
        found.setdefault(headings.key(word), set()).add(meaning)
    return found


def doubtful(words: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    return {word: several for word, several in meanings(words).items() if len(several) > 1}


def test_every_table_column_and_code_has_dutch_and_german_words() -> None:
    columns = {column.name for own in tables() for column in own.columns}
    codes = {code for own in tables() for column in own.columns for code in column.property.codes}

    for known, words in (
        ({own.name for own in tables()}, headings.TABLES),
        (columns, headings.COLUMNS),
        (codes, headings.OPTIONS),
    ):
        assert known == {name for name in words if "." not in name}
        assert all(dutch and german for dutch, german in words.values())


def test_an_entry_for_one_table_names_a_column_of_it() -> None:
    own = [name.split(".") for name in headings.COLUMNS if "." in name]

    assert own
    assert all(table(name).column(column) for name, column in own)


def test_no_word_means_two_tables() -> None:
    assert not doubtful((word, own.name) for own in tables() for word in headings.table_words(own))


@pytest.mark.parametrize("own", tables(), ids=[own.name for own in tables()])
def test_no_word_means_two_columns_of_a_table(own: Table) -> None:
    assert not doubtful((word, column.name) for column in own.columns for word in headings.column_words(own, column))


@pytest.mark.parametrize("item", CLOSED)
def test_no_word_means_two_values_of_a_list(item: Property) -> None:
    assert not doubtful((word, code) for code in item.codes for word in headings.code_words(item, code))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("regions", "regions"),
        ("Regio's", "regions"),
        ("Ansätze", "approaches"),
        ("ANSATZE", "approaches"),
        ("2. Projecten 2024", "projects"),
        ("Steps of taking up", "adoptions"),
        ("Projecten oud", ""),
        ("2024", ""),
    ],
)
def test_sheets_are_known_by_their_words(written: str, meant: str) -> None:
    assert headings.table_named(written) == meant


@pytest.mark.parametrize(
    ("own", "written", "meant"),
    [
        ("regions", "Part of", "part_of"),
        ("regions", "Naam *", "name"),
        ("regions", "Onderdeel van:", "part_of"),
        ("regions", "Einwohner", "population"),
        ("regions", "Length", ""),
        ("projects", "Budget (EUR)", "budget_eur"),
        ("projects", "Geëindigd", "ended"),
        ("visits", "When", "on"),
        ("attendances", "Known since", "outcome_on"),
    ],
)
def test_columns_are_known_by_their_words(own: str, written: str, meant: str) -> None:
    assert headings.column_named(table(own), written) == meant


def test_values_are_known_by_their_words() -> None:
    kind = table("regions").column("kind").property

    assert headings.code_named(kind, "Arbeitsmarktregion") == "labour-market region"
    assert headings.code_named(kind, "Labour market region") == "labour-market region"
    assert headings.code_named(kind, "Land") == ""
    assert headings.code_named(kind, "region") == ""
