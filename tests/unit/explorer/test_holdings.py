"""Where each approach could be shown, and since when."""

from datetime import date

import pandas as pd
from spread_shelf import LAND, Step, story

from explorer.analysis.spread.evidence import Evidence, takings
from explorer.analysis.spread.holdings import EVER, around, holdings


def held(evidence: Evidence) -> pd.DataFrame:
    return holdings(evidence, takings(evidence))


def test_what_a_city_has_its_province_shows_and_what_a_province_has_its_cities_show() -> None:
    city, province = held(story(origin="A")), held(story(origin="GE"))

    assert city["host"].tolist() == ["A", "GE"]  # not the country
    assert province["host"].tolist() == ["GE", "A", "B"]


def test_a_country_shows_what_it_has_itself_as_does_all_in_it() -> None:
    assert set(held(story(origin="NL"))["host"]) == {"NL", "GE", "UT", "A", "B", "C", "D"}


def test_where_it_began_has_it_from_then_on_or_for_ever_and_others_from_their_taking_over() -> None:
    steps: list[Step] = [("C", "2018", "considering"), ("C", "2019-05", "partial"), ("C", "2020", "full"), ("D", "")]

    known = held(story(steps, began="2015")).query("holder == host").set_index("holder")
    unknown = held(story(began="")).set_index("host")

    first = {name: date(*day).toordinal() for name, day in (("A", (2015, 1, 1)), ("C", (2019, 5, 1)))}
    last = {name: date(*day).toordinal() for name, day in (("A", (2015, 12, 31)), ("C", (2019, 5, 31)))}
    assert known["since_from"].dropna().to_dict() == first
    assert known["since_to"].dropna().to_dict() == last
    assert known.loc[["D"], ["since_from", "since_to"]].isna().all(axis=None)
    assert unknown.loc[["A"], ["since_from", "since_to"]].to_numpy().tolist() == [[EVER, EVER]]


def test_nobody_has_what_began_nowhere_and_nobody_took_over() -> None:
    found = held(story(origin=None))

    assert found.empty
    assert list(found.columns) == ["approach_id", "holder", "since_from", "since_to", "host"]


def test_around_a_region_is_what_it_lies_in_short_of_its_country() -> None:
    assert around("A", LAND) == ["GE"]
    assert around("GE", LAND) == []
    assert around("IS", LAND) == []
