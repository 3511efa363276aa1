"""Who stands between others: routes, roles and shortest ways counted by hand."""

from datetime import date, timedelta

import pandas as pd
import pytest

from explorer.analysis.spread.between import Between, between, whole_reach

DAY_0 = date(2020, 1, 1)
COUNTRIES = {"a": "NL", "b": "NL", "c": "DE", "d": "BE"}


def met(*rows: tuple[str, str, int]) -> pd.DataFrame:
    """Contacts from host to guest on a day after the first."""
    made = [
        (f"v{n}", host, guest, DAY_0 + timedelta(days=on), DAY_0 + timedelta(days=on))
        for n, (host, guest, on) in enumerate(rows)
    ]
    return pd.DataFrame(made, columns=["visit_id", "source", "target", "on_from", "on_to"], dtype=object)


def of(region: str, contacts: pd.DataFrame, *inside: str) -> Between:
    return between(contacts, region, frozenset({region, *inside}), COUNTRIES)


def test_what_only_runs_through_one_region_is_lost_without_it() -> None:
    # a shows b on day 0, b shows c on day 5: from a to c only through b
    found = of("b", met(("a", "b", 0), ("b", "c", 5)))

    assert found.lost == {"a": ("c",)}
    assert (found.pairs, found.cut_off, found.routes) == (1, {"c"}, 1)
    assert found.visits == 2


def test_visits_in_the_wrong_order_make_no_route() -> None:
    found = of("b", met(("a", "b", 5), ("b", "c", 0)))

    assert found.lost == {}
    assert found.routes == 0
    assert found.roles["total"] == 1  # it stands between them all the same


def test_another_way_round_makes_nobody_depend_on_it() -> None:
    found = of("b", met(("a", "b", 0), ("b", "c", 5), ("a", "d", 0), ("d", "c", 5)))

    assert found.lost == {}
    assert found.routes == 3  # a to c, a to d, d to c


def test_the_roles_tell_between_which_countries_it_stands() -> None:
    found = of("b", met(("a", "b", 0), ("b", "c", 5)))

    # a and b in the Netherlands, c in Germany: from its own country to another
    assert found.roles["representative"] == found.roles["total"] == 1


@pytest.mark.parametrize("inside", [(), ("a village that met nobody",)])
def test_what_all_regions_share_is_not_worked_out_again(
    monkeypatch: pytest.MonkeyPatch, inside: tuple[str, ...]
) -> None:
    contacts = met(("a", "b", 0), ("b", "c", 5), ("a", "d", 0), ("d", "c", 5))
    apart, whole = of("b", contacts, *inside), whole_reach(contacts)
    monkeypatch.setattr("explorer.analysis.spread.between.whole_reach", None)

    shared = between(contacts, "b", frozenset({"b", *inside}), COUNTRIES, whole)

    assert shared == apart


def test_what_is_shared_is_left_aside_where_something_inside_met_others() -> None:
    contacts = met(("a", "x", 0), ("b", "c", 5))
    inside = frozenset({"b", "x"})

    assert between(contacts, "b", inside, COUNTRIES, whole_reach(contacts)) == of("b", contacts, "x")


def test_what_lies_in_a_region_counts_for_it() -> None:
    contacts = met(("a", "x", 0), ("y", "c", 5), ("x", "y", 2))

    found = of("b", contacts, "x", "y")

    assert found.lost == {"a": ("c",)}
    assert found.visits == 2  # that of x with y is within it


def test_a_region_without_visits_has_nothing_hanging_on_it() -> None:
    found = of("d", met(("a", "b", 0)))

    assert (found.lost, found.roles, found.more, found.routes) == ({}, {}, None, 0)


def test_visits_without_a_date_are_left_out() -> None:
    contacts = met(("a", "b", 0), ("b", "c", 5))
    contacts.loc[1, ["on_from", "on_to"]] = None

    assert of("b", contacts).visits == 1


def test_no_contacts_at_all_are_no_error() -> None:
    assert of("a", met()).visits == 0


def test_of_two_in_between_the_one_on_more_ways_is_counted() -> None:
    # a star round a with four others, and b between c and d by a side way
    found = of("b", met(("a", "b", 0), ("a", "c", 0), ("a", "d", 0), ("b", "e", 0)))

    assert found.more == 1  # a lies on more
    assert of("c", met(("a", "b", 0), ("a", "c", 0))).more is None
