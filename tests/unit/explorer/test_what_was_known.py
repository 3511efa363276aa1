"""What recommendations start from: what was known by a day, and the situation on it."""

import math
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from recommend_world import DAY, FEW, at, background, by_chance, day, world

from explorer.analysis.advice.features import situation
from explorer.analysis.advice.ground import Background, distance_km, ground, known_by
from explorer.analysis.advice.setting import earlier, setting
from explorer.analysis.spread.evidence import takings


def test_a_step_of_a_year_is_known_when_the_year_is_over() -> None:
    evidence = world([("x", "a", "2015")], [("b", "x", "full", "2019")])

    assert known_by(evidence, day("2019-12-30")).steps.empty
    assert len(known_by(evidence, day("2019-12-31")).steps) == 1


def test_what_has_no_date_is_known_on_no_day() -> None:
    evidence = world([("x", "a", "")], [("b", "x", "full", "")], [("v", "a", "x", "", "b")])

    known = known_by(evidence, day("2100-01-01"))

    assert known.approaches.empty
    assert known.steps.empty
    assert known.shown.empty
    assert known.attended.empty
    assert known.hosts.empty


def test_a_visit_to_come_takes_its_host_guests_and_credits_along() -> None:
    evidence = world(
        [("x", "a", "2015")],
        [("b", "x", "full", "2016-05-01")],
        [("v", "a", "x", "2016-01-01", "b"), ("w", "a", "x", "2017-01-01", "c")],
    )
    credited = pd.Series([["v", "w", "a"]], index=evidence.steps.index, dtype=object)

    known = known_by(replace(evidence, steps=evidence.steps.assign(credited_to=credited)), day("2016-12-31"))

    assert set(known.shown["visit_id"]) == set(known.hosts["visit_id"]) == set(known.attended["visit_id"]) == {"v"}
    assert known.steps["credited_to"].tolist() == [["v", "a"]]


def test_an_approach_is_known_once_it_began_or_was_seen_or_taken_over() -> None:
    evidence = world(
        [
            ("begun", "a", "2015"),
            ("later", "a", "2018"),
            ("unknown", "a", ""),
            ("taken", "a", ""),
            ("seen", "a", "2018"),
        ],
        [("b", "taken", "full", "2016-01-01")],
        [("v", "a", "seen", "2016-01-01", "c")],
    )

    assert set(known_by(evidence, day("2016-12-31")).approaches["approach_id"]) == {"begun", "taken", "seen"}


def test_the_end_of_what_is_known_is_the_day_itself_at_the_latest() -> None:
    assert known_by(world(until="2018-12-31"), day("2016-01-01")).until == day("2016-01-01")
    assert known_by(world(until="2018-12-31"), day("2020-01-01")).until == day("2018-12-31")


@FEW
@given(st.integers(0, 50), st.integers(0, 2900), st.integers(0, 2900))
def test_what_was_known_earlier_was_known_later(seed: int, one: int, other: int) -> None:
    evidence, _around = by_chance(seed, visits=40)
    first, last = (date(2012, 1, 1) + timedelta(days=number) for number in sorted((one, other)))

    direct, by_way = known_by(evidence, first), known_by(known_by(evidence, last), first)

    for name in ("approaches", "steps", "shown", "hosts", "attended"):
        pd.testing.assert_frame_equal(getattr(direct, name), getattr(by_way, name))


def test_who_has_it_in_use_and_for_whom_it_is_closed() -> None:
    evidence = world(
        [("x", "a", "2015")],
        [
            ("b", "x", "considering", "2016-01-01"),
            ("c", "x", "partial", "2016-01-01"),
            ("d", "x", "partial", "2016-01-01"),
            ("d", "x", "dropped", "2017-01-01"),
            ("e", "x", "dropped", "2016-01-01"),
            ("f", "x", "dropped", "2016-01-01"),
            ("f", "x", "policy", "2017-06-01"),
        ],
    )

    now = at(evidence, background(), "2018-12-31")

    # a began it, c took it over, d gave it up, e decided against it, f came back to it; b only considers it
    assert now.used[:, 0].tolist() == [True, False, True, False, False, True]
    assert now.closed[:, 0].tolist() == [True, False, True, True, True, True]
    assert np.isnan(now.taken[:, 0]).tolist() == [True, True, False, False, True, False]


def test_an_origin_that_dropped_it_has_it_no_longer_and_is_no_adopter() -> None:
    evidence = world([("x", "a", "2015")], [("a", "x", "full", "2015-06-01"), ("a", "x", "dropped", "2016-01-01")])

    now = at(evidence, background(), "2018-12-31")

    assert not now.used.any()
    assert now.closed[0, 0]
    assert np.isnan(now.taken).all()


@FEW
@given(st.integers(0, 50))
def test_the_first_taking_over_is_that_of_the_evidence(seed: int) -> None:
    evidence, around = by_chance(seed)
    fixed = ground(evidence, around)

    now = situation(evidence, around, fixed, DAY, cut=False)

    table = takings(evidence)
    expected = np.full(now.taken.shape, np.nan)
    for row in table.itertuples():
        place = fixed.regions.index(str(row.region_id)), fixed.approaches.index(str(row.approach_id))
        assert isinstance(row.on_from, date)
        expected[place] = row.on_from.toordinal()
    np.testing.assert_array_equal(now.taken, expected)


def test_a_visit_by_a_body_above_does_not_count_as_seen() -> None:
    evidence = world([("x", "a", "2015")], visits=[("v", "a", "x", "2016-01-01", "bC")])

    assert at(evidence, background(), "2018-12-31").seen[:, 0].tolist() == [False, True, False, False, False, False]


def test_yields_count_guests_of_a_year_ago_and_takings_over_within_a_year() -> None:
    evidence = world(
        [("x", "a", "2015")],
        [
            ("b", "x", "full", "2016-06-01"),  # within a year of the visit
            ("c", "x", "full", "2017-06-01"),  # more than a year after it
            ("d", "x", "full", "2015-06-01"),  # before it: was no guest to win
        ],
        [("v", "a", "x", "2016-01-01", "bcde"), ("w", "a", "x", "2018-06-01", "f")],
    )

    now = at(evidence, background(), "2018-12-31")

    assert (now.saw_it[0], now.took_it[0]) == (3, 1)  # b, c, e; f came too late to tell
    assert now.saw[:, 0].tolist() == [0, 1, 1, 0, 1, 0]
    assert now.took[:, 0].tolist() == [0, 1, 0, 0, 0, 0]
    assert now.came[:, 0].tolist() == [0, 1, 1, 1, 1, 1]


def test_all_that_is_on_record_counts_where_no_day_is_given() -> None:
    evidence = world([("x", "a", "")], [("b", "x", "full", "")], [("v", "a", "x", "", "c")])

    now = at(evidence, background(), "2018-12-31", cut=False)

    assert now.used[:, 0].tolist() == [True, True, False, False, False, False]
    assert now.seen[:, 0].tolist() == [False, False, True, False, False, False]


def test_ties_and_plans_count_from_their_day_on() -> None:
    plain = background()
    ties = pd.DataFrame(
        {
            "a": ["a", "a", "a"],
            "b": ["b", "c", "d"],
            "strength": [1.0, 2.0, 4.0],
            "first": [day("2016-01-01"), None, day("2019-01-01")],
            "last": [day("2017-01-01"), None, None],
        }
    )
    themes = pd.DataFrame({"region_id": ["a", "a"], "theme_id": ["t", "u"], "year": [2017, 2018]})
    around = Background(plain.regions, ties, themes)

    now = at(world([("x", "a", "2015")]), around, "2018-06-01")

    assert now.tied[0].tolist() == [0, 0, 2, 0, 0, 0]  # b is over, d is to come
    assert now.named[0].tolist() == [True, False]  # the plan of 2018 may still be to come
    assert now.named_in[0, 0] == 2017


def test_a_region_does_not_travel_to_what_it_lies_in() -> None:
    evidence = world([("x", "a", "2015")], until="2018-12-31", parents={"b": "a"})

    now = setting(evidence, background("abc"))

    assert now.open[:, 0].tolist() == [False, False, True]
    assert (now.worth.trips == 0).tolist() == [[True, True, False], [True, True, False], [False, False, True]]


def test_a_degree_of_the_meridian_is_111_km() -> None:
    # pi x 6371.0088 / 180 = 111.195
    found = distance_km(np.array([50.0, 51.0, math.nan]), np.array([5.0, 5.0, 5.0]))

    assert found[0, 1] == pytest.approx(111.195, abs=0.001)
    assert found[0, 0] == 0
    assert np.isnan(found[2]).all()


def test_months_end_where_months_end() -> None:
    assert earlier(day("2020-02-29"), 12) == day("2019-02-28")
    assert earlier(day("2019-02-28"), -12) == day("2020-02-29")
    assert earlier(day("2019-03-30"), 1) == day("2019-02-28")
    assert earlier(day("2019-01-15"), 13) == day("2017-12-15")
