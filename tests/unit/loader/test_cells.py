"""One cell at a time: what is taken, in which form it is kept, what is refused."""

import pytest

from graph_loader.cells import CellFault, normalised, stored
from graph_store.tables import Column, table


def column(of: str, name: str) -> Column:
    return table(of).column(name)


@pytest.mark.parametrize(
    ("of", "name", "text", "kept"),
    [
        ("visits", "on", "2019-02-07", "2019-02-07"),
        ("visits", "on", "2019-02-07T00:00:00", "2019-02-07"),
        ("visits", "on", "2019", "2019"),
        ("visits", "kind", "Work Visit", "work visit"),
        ("regions", "country", "nl", "NL"),
        ("regions", "latitude", "51,98", "51.98"),
        ("regions", "latitude", "51.985", "51.985"),
        ("regions", "longitude", "-5", "-5"),
        ("regions", "population", "165 000", "165000"),
        ("regions", "population", "165000.0", "165000"),
        ("projects", "budget_eur", "€ 250000,50", "250000.50"),
        ("organisations", "aliases", "UWV; ; Agency ;UWV", "UWV;Agency"),
        ("organisations", "contact", "info@example.org", "info@example.org"),
        ("organisations", "contact", "service.desk@example.org", "service.desk@example.org"),
        ("organisations", "contact", "+31 6 12345678", "+31 6 12345678"),
        ("projects", "website", "https://example.org/a?b=c", "https://example.org/a?b=c"),
        ("projects", "note", "- first (of two)", "- first (of two)"),
        ("projects", "note", "-5 degrees", "-5 degrees"),
        ("projects", "note", "2 + 3 = 5", "2 + 3 = 5"),
        ("visits", "on", "15-08-2024", "2024-08-15"),
        ("visits", "on", "1 mei 2024", "2024-05-01"),
        ("visits", "on", "03-2024", "2024-03"),
        ("projects", "budget_eur", "251.000,50", "251000.50"),
        ("projects", "budget_eur", "€ 1,250.5", "1250.5"),
    ],
)
def test_a_cell_is_kept_in_one_form(of: str, name: str, text: str, kept: str) -> None:
    assert normalised(column(of, name), text) == kept


@pytest.mark.parametrize(
    ("of", "name", "text", "code"),
    [
        ("visits", "on", "7-2-2019", "unclear_date"),
        ("visits", "on", "2019-02-30", "no_such_day"),
        ("visits", "on", "43503", "not_a_date"),
        ("regions", "population", "165.000", "not_a_whole_number"),
        ("regions", "population", "1e5", "not_a_whole_number"),
        ("regions", "population", "-1", "out_of_range"),
        ("regions", "latitude", "nan", "not_a_number"),
        ("regions", "latitude", "90.1", "out_of_range"),
        ("regions", "country", "UK", "not_a_country"),
        ("regions", "country", "EU", "not_a_country"),
        ("projects", "budget_eur", "1,250,000", "unclear_number"),
        ("projects", "website", "ftp://example.org", "not_an_address"),
        ("projects", "website", "https://user:word@example.org", "not_an_address"),
        ("projects", "website", "javascript:alert(1)", "not_an_address"),
        ("projects", "note", "=1", "formula"),
        ("projects", "note", "@SUM(A1)", "formula"),
        ("projects", "note", "-2+3", "formula"),
        ("projects", "note", "+cmd|' /C calc'!A0", "formula"),
        ("organisations", "contact", "j.jansen@example.org", "person_address"),
        ("organisations", "contact", "Anna_de.Vries@example.org", "person_address"),
    ],
)
def test_a_cell_that_cannot_be_meant_is_refused(of: str, name: str, text: str, code: str) -> None:
    with pytest.raises(CellFault) as found:
        normalised(column(of, name), text)

    assert found.value.code == code


def test_uk_gets_the_code_that_is_meant() -> None:
    with pytest.raises(CellFault) as found:
        normalised(column("regions", "country"), "UK")

    assert found.value.words["nearest"] == "GB"


def test_a_date_has_its_interval_beside_it() -> None:
    kept = stored(column("visits", "on"), "2019-02")

    assert {name: str(value) for name, value in kept.items()} == {
        "on": "2019-02",
        "on_from": "2019-02-01",
        "on_to": "2019-02-28",
    }
