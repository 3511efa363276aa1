"""Reach through visits in order: hand-made routes, and every reading of uncertain dates."""

from datetime import date, timedelta
from itertools import pairwise, permutations, product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.analysis.spread.reach import MEASURES, fragile, reach, reach_matrix

DAY_0 = date(2020, 1, 1)
COLUMNS = ["visit_id", "source", "target", "on_from", "on_to"]
Contact = tuple[str, str, int, int]  # source, target, first and last day after DAY_0
Contacts = list[Contact]

# Up to 5 contacts of 4 regions within a week, each known to within 3 days.
CONTACTS = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd"), st.integers(0, 5), st.integers(0, 2)).map(
        lambda row: (row[0], row[1], row[2], row[2] + row[3])
    ),
    max_size=5,
)
PREPARE = st.integers(0, 2)


def day(number: int) -> date:
    return DAY_0 + timedelta(days=number)


def table(*rows: Contact) -> pd.DataFrame:
    """Contacts as visits v0, v1, … in the order given."""
    made = [
        (f"v{place}", source, target, day(first), day(last)) for place, (source, target, first, last) in enumerate(rows)
    ]
    return pd.DataFrame(made, columns=COLUMNS, dtype=object)


def rows(found: pd.DataFrame) -> list[tuple[object, ...]]:
    return list(found.itertuples(index=False, name=None))


def earliest(contacts: Contacts, days: tuple[int, ...], start: str, from_day: int, prepare: int) -> dict[str, int]:
    """First day in each region where every date is known: the definition, by going round until nothing changes."""
    found, ready = {start: from_day}, {start: from_day}
    for _round in range(len(contacts) + 1):
        for (source, target, _first, _last), on in zip(contacts, days, strict=True):
            if source in ready and ready[source] <= on < found.get(target, 10**6):
                found[target], ready[target] = on, on + prepare
    return found


def readings(contacts: Contacts) -> list[tuple[int, ...]]:
    """Every choice of a day for each contact."""
    return list(product(*(range(first, last + 1) for _source, _target, first, last in contacts)))


def test_a_route_needs_its_visits_in_order() -> None:
    # a -> b on day 1, b -> c on day 2, b -> d already on day 0.
    found = reach(table(("a", "b", 1, 1), ("b", "c", 2, 2), ("b", "d", 0, 0)), "a", day(0))

    assert rows(found) == [("b", day(1), ["v0"], day(1), ["v0"]), ("c", day(2), ["v0", "v1"], day(2), ["v0", "v1"])]


def test_visits_before_the_first_day_do_not_count() -> None:
    contacts = table(("a", "b", 1, 1), ("a", "c", 3, 3))

    assert reach(contacts, "a", day(2))["region"].to_list() == ["c"]
    assert reach(contacts, "a", day(3))["region"].to_list() == ["c"]
    assert reach(contacts, "a", day(4)).empty


@pytest.mark.parametrize(
    ("prepare_days", "reached"), [(0, ["b", "c", "d"]), (1, ["b", "d"]), (7, ["b", "d"]), (8, ["b"])]
)
def test_a_guest_shows_it_only_after_the_days_it_needs(prepare_days: int, reached: list[str]) -> None:
    # b sees it on day 1, is visited by c on the same day and by d seven days later.
    contacts = table(("b", "c", 1, 1), ("a", "b", 1, 1), ("b", "d", 8, 8))

    assert reach(contacts, "a", day(0), prepare_days=prepare_days)["region"].to_list() == reached


def test_dates_that_overlap_make_a_route_possible_and_not_certain() -> None:
    # b came in the days 0 to 9, c to b in the days 5 to 20, d to c on day 30.
    contacts = table(("a", "b", 0, 9), ("b", "c", 5, 20), ("c", "d", 30, 30))

    found = reach(contacts, "a", day(0))

    assert rows(found) == [
        ("b", day(9), ["v0"], day(0), ["v0"]),  # by day 9 at the latest, on day 0 at the earliest
        ("c", None, [], day(5), ["v0", "v1"]),
        ("d", None, [], day(30), ["v0", "v1", "v2"]),
    ]


def test_a_later_route_that_is_certain_stands_beside_an_earlier_one_that_is_possible() -> None:
    # By b: overlapping. By c: certainly in order, and later.
    contacts = table(("a", "b", 0, 9), ("b", "d", 5, 9), ("a", "c", 0, 9), ("c", "d", 10, 12))

    found = reach(contacts, "a", day(0)).set_index("region").loc["d"]

    assert found["certain"] == day(12)
    assert found["certain_route"] == ["v2", "v3"]
    assert found["possible"] == day(5)
    assert found["possible_route"] == ["v0", "v1"]


def test_a_practice_must_be_there_before_every_day_that_the_first_visit_may_mean() -> None:
    found = reach(table(("a", "b", 0, 9)), "a", day(4))

    assert rows(found) == [("b", None, [], day(4), ["v0"])]


def test_an_unknown_date_or_region_is_none() -> None:
    contacts = table(("a", "b", 0, 0), ("a", "c", 0, 0), ("a", "d", 0, 0), ("a", "e", 0, 0))
    contacts.loc[1, ["on_from", "on_to"]] = None
    contacts.loc[2, "on_to"] = None
    contacts.loc[3, "target"] = None

    assert reach(contacts, "a", day(0))["region"].to_list() == ["b"]
    assert reach_matrix(contacts, day(0)).regions == ["a", "b"]


@pytest.mark.parametrize("contacts", [table(), table(("a", "a", 0, 0)), table(("b", "c", 0, 0))])
def test_without_a_contact_nothing_is_reached(contacts: pd.DataFrame) -> None:
    found = reach(contacts, "a", day(0))

    assert found.empty
    assert list(found.columns) == ["region", "certain", "certain_route", "possible", "possible_route"]
    assert fragile(contacts, "a", day(0)).empty
    assert list(fragile(contacts, "a", day(0)).columns) == ["broker", "certain", "possible"]


def test_a_matrix_without_contacts_is_empty() -> None:
    found = reach_matrix(table(), day(0))

    assert found.regions == []
    assert found.certain.shape == found.possible.shape == (0, 0)
    assert found.counts().empty


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="ends before it begins"):
        reach(table(("a", "b", 3, 2)), "a", day(0))
    with pytest.raises(ValueError, match="0 or more"):
        reach_matrix(table(("a", "b", 2, 3)), day(0), prepare_days=-1)
    with pytest.raises(ValueError, match='no column "body"'):
        fragile(table(("a", "b", 2, 3)), "a", day(0), by="body")


@given(CONTACTS, st.integers(0, 4), PREPARE)
def test_possible_is_the_first_day_over_all_readings_of_the_dates(contacts: Contacts, begin: int, prepare: int) -> None:
    best: dict[str, int] = {}
    for days in readings(contacts):
        for region, on in earliest(contacts, days, "a", begin, prepare).items():
            best[region] = min(on, best.get(region, on))

    found = reach(table(*contacts), "a", day(begin), prepare_days=prepare)

    assert dict(zip(found["region"], found["possible"], strict=True)) == {
        region: day(on) for region, on in best.items() if region != "a"
    }


@given(CONTACTS, st.integers(0, 4), PREPARE)
@settings(max_examples=60)
def test_certain_is_the_first_day_over_all_routes_that_hold_in_every_reading(
    contacts: Contacts, begin: int, prepare: int
) -> None:
    best: dict[str, int] = {}
    for length in range(1, len(contacts) + 1):
        for route in permutations(contacts, length):
            chained = route[0][0] == "a" and all(one[1] == next_[0] for one, next_ in pairwise(route))
            in_order = begin <= route[0][2] and all(one[3] + prepare <= next_[2] for one, next_ in pairwise(route))
            if chained and in_order and route[-1][1] != "a" and all(one[0] != one[1] for one in route):
                best[route[-1][1]] = min(route[-1][3], best.get(route[-1][1], route[-1][3]))

    found = reach(table(*contacts), "a", day(begin), prepare_days=prepare)

    certain = found[found["certain"].notna()]
    assert dict(zip(certain["region"], certain["certain"], strict=True)) == {r: day(on) for r, on in best.items()}
    for days in readings(contacts):  # and so it is reached by that day whatever the dates mean
        exact = earliest(contacts, days, "a", begin, prepare)
        assert all(day(exact[region]) <= by for region, by in zip(certain["region"], certain["certain"], strict=True))


@given(CONTACTS, st.integers(0, 4), PREPARE)
def test_the_route_named_is_one(contacts: Contacts, begin: int, prepare: int) -> None:
    for region, by, certain_route, on, possible_route in rows(
        reach(table(*contacts), "a", day(begin), prepare_days=prepare)
    ):
        for route, last_day, certain in ((certain_route, by, True), (possible_route, on, False)):
            assert isinstance(route, list)
            ready, at = begin, "a"
            for visit in route:
                source, target, first, last = contacts[int(visit[1:])]
                assert source == at
                now = last if certain else max(first, ready)
                assert ready <= (first if certain else last)
                ready, at = now + prepare, target
            assert (at == region and day(now) == last_day) if route else (last_day is None and certain)
            assert len(set(route)) == len(route)


@given(CONTACTS, st.integers(0, 4), PREPARE)
def test_the_matrix_says_the_same_as_each_start(contacts: Contacts, begin: int, prepare: int) -> None:
    given_contacts = table(*contacts)

    found = reach_matrix(given_contacts, day(begin), prepare_days=prepare)

    for row, start in enumerate(found.regions):
        alone = reach(given_contacts, start, day(begin), prepare_days=prepare).set_index("region")
        for name, days in (("certain", found.certain), ("possible", found.possible)):
            one = {r: value for r, value in alone[name].items() if value is not None}
            other = {
                region: value.astype(date)
                for region, value in zip(found.regions, days[row], strict=True)
                if not np.isnat(value) and region != start
            }
            assert one == other
        assert days[row, row].astype(date) == day(begin)
        counted = found.counts().iloc[row]
        assert (counted["certain"], counted["possible"]) == (alone["certain"].notna().sum(), len(alone))


@given(CONTACTS, st.integers(0, 4), PREPARE)
def test_fragile_is_what_is_lost_when_the_broker_is_taken_away(contacts: Contacts, begin: int, prepare: int) -> None:
    def reached(of: pd.DataFrame, name: str) -> set[str]:
        found = reach(of, "a", day(begin), prepare_days=prepare)
        return set(found.loc[found[name].notna(), "region"])

    everything = table(*contacts)
    expected = {}
    for broker in "bcd":
        left = everything[(everything["source"] != broker) & (everything["target"] != broker)]
        lost = [sorted(reached(everything, name) - reached(left, name) - {broker}) for name in ("certain", "possible")]
        if any(lost):
            expected[broker] = lost

    found = fragile(everything, "a", day(begin), prepare_days=prepare)

    assert {broker: [certain, possible] for broker, certain, possible in rows(found)} == expected


def test_a_region_that_two_routes_reach_hangs_on_nobody() -> None:
    # a -> b -> d and a -> c -> d; e behind d; f behind b alone.
    contacts = table(
        ("a", "b", 1, 1), ("a", "c", 1, 1), ("b", "d", 2, 2), ("c", "d", 3, 3), ("d", "e", 4, 4), ("b", "f", 2, 2)
    )

    found = fragile(contacts, "a", day(0))

    assert rows(found) == [("b", ["f"], ["f"]), ("d", ["e"], ["e"])]


def test_a_second_route_that_comes_too_late_is_no_help() -> None:
    # d could hear it from c, too, but only after e was at d.
    contacts = table(("a", "b", 1, 1), ("b", "d", 2, 2), ("d", "e", 3, 3), ("a", "c", 4, 4), ("c", "d", 5, 5))

    found = fragile(contacts, "a", day(0))

    assert rows(found) == [("b", ["e"], ["e"]), ("d", ["e"], ["e"])]  # d itself still hears it, later


def test_a_route_can_hang_on_a_body_and_on_no_region() -> None:
    # Two regions take b's and c's parts, but one body arranged both visits to them.
    contacts = table(("a", "b", 1, 1), ("a", "c", 1, 1), ("b", "d", 2, 2), ("c", "d", 2, 2))
    contacts["body"] = pd.Series(["centre", "centre", "b town", None], dtype=object)

    assert fragile(contacts, "a", day(0)).empty
    assert rows(fragile(contacts, "a", day(0), by="body")) == [("centre", ["b", "c", "d"], ["b", "c", "d"])]


@given(CONTACTS.flatmap(lambda contacts: st.tuples(st.just(contacts), st.permutations(range(len(contacts))))), PREPARE)
def test_the_order_of_rows_plays_no_part(both: tuple[Contacts, list[int]], prepare: int) -> None:
    one = table(*both[0])
    other = one.iloc[both[1]]

    assert rows(reach(one, "a", day(0), prepare_days=prepare)) == rows(reach(other, "a", day(0), prepare_days=prepare))
    assert rows(fragile(one, "a", day(0), prepare_days=prepare)) == rows(
        fragile(other, "a", day(0), prepare_days=prepare)
    )


@given(CONTACTS, PREPARE, st.sampled_from([-400, 366]))
def test_shifting_all_dates_shifts_the_days(contacts: Contacts, prepare: int, shift: int) -> None:
    moved = [(source, target, first + shift, last + shift) for source, target, first, last in contacts]

    one = reach(table(*contacts), "a", day(0), prepare_days=prepare)
    other = reach(table(*moved), "a", day(shift), prepare_days=prepare)

    assert [(r, on + timedelta(days=shift), route) for r, _by, _sure, on, route in rows(one)] == [  # type: ignore[operator]
        (r, on, route) for r, _by, _sure, on, route in rows(other)
    ]


@given(CONTACTS, CONTACTS, PREPARE)
def test_more_contacts_never_reach_less_or_later(contacts: Contacts, more: Contacts, prepare: int) -> None:
    fewer, more_rows = (
        {region: (by, on) for region, by, _sure, on, _route in rows(reach(of, "a", day(0), prepare_days=prepare))}
        for of in (table(*contacts), table(*contacts, *more))
    )

    for region, (by, on) in fewer.items():
        by_now, on_now = more_rows[region]
        assert on_now <= on  # type: ignore[operator]
        assert by is None or by_now <= by  # type: ignore[operator]


def test_the_records_have_words() -> None:
    assert [item.code for item in MEASURES] == ["reach_possible", "reach_certain", "fragile"]
    for item in MEASURES:
        assert all([item.title, item.words, item.span, item.undefined, item.source, item.term])
