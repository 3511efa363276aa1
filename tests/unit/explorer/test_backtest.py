"""Would the recommendations have been right: counted by hand, and on planted truth."""

import math
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from recommend_world import background, by_chance, day, world

from benchmarks.planted import evidence_of
from benchmarks.recommend import background_of
from explorer.analysis.advice.backtest import BASELINES, CHANCE, OURS, BackTest, back_test
from explorer.analysis.advice.ground import Floats
from explorer.analysis.advice.setting import Setting
from explorer.analysis.spread.evidence import Evidence
from graph_loader.simulate import Settings, simulated

FEW = settings(max_examples=8, deadline=None)
CUT = date(2016, 12, 31)
METHODS = (OURS, *BASELINES)


def hits(test: BackTest) -> dict[str, float]:
    return {str(row["method"]): float(row["hits"]) for _place, row in test.table.iterrows()}


def four_approaches(*steps: tuple[str, str, str, str]) -> Evidence:
    """Four approaches in use in a before the cut; what follows is given."""
    return world([(approach, "a", "2015") for approach in "wxyz"], steps, until="2018-12-31")


def test_a_hit_is_a_recommended_pair_taken_over_within_the_window() -> None:
    evidence = four_approaches(
        ("b", "w", "full", "2017-06-01"),  # within the twelve months
        ("b", "x", "considering", "2017-06-01"),  # no taking-over
        ("c", "y", "full", "2018-06-01"),  # after the window
        ("d", "z", "full", "2016-06-01"),  # before the day
    )

    test = back_test(evidence, background(), k=4, months=12, days=[CUT])

    # Four of four open approaches are recommended to each: every method hits the one pair.
    assert test.happened == 1
    assert hits(test) == dict.fromkeys((*METHODS, CHANCE), 1.0)
    assert test.table["times"].tolist() == [1.0] * 6
    assert test.table["hit_rate"].tolist()[:5] == pytest.approx([1 / 6] * 5)
    assert test.table["hits_per_region"].tolist() == pytest.approx([1 / 6] * 6)


def test_chance_hits_in_proportion_to_the_choice() -> None:
    evidence = four_approaches(
        ("b", "w", "full", "2017-06-01"), ("c", "w", "full", "2016-06-01"), ("c", "x", "full", "2017-06-01")
    )

    test = back_test(evidence, background(), k=1, months=12, days=[CUT])

    # b: 1 right of 4 open; c: 1 right of 3 open
    assert hits(test)[CHANCE] == pytest.approx(1 / 4 + 1 / 3)


def test_popularity_recommends_what_most_had_taken_over() -> None:
    taken = [(region, "w", "full", "2014-06-01") for region in "cd"]
    late = [("c", "x", "full", "2016-06-01")]
    evidence = four_approaches(*taken, *late, ("b", "w", "full", "2017-06-01"), ("e", "x", "full", "2017-06-01"))

    test = back_test(evidence, background(), k=1, months=12, days=[CUT])

    # w was taken over by two, long ago: b's. x by one, in the last two years: e's.
    assert (hits(test)["popular"], hits(test)["lately"]) == (1.0, 1.0)
    assert test.happened == 2


def test_neighbours_recommend_what_they_use() -> None:
    # The five nearest to g are b to f, of whom b uses y; its one tie is to a, which uses z.
    evidence = world(
        [("z", "a", "2015"), ("y", "b", "2015")],
        [("g", "y", "full", "2017-06-01")],
        until="2018-12-31",
    )
    ties = [("g", "a", 5.0)]

    test = back_test(evidence, background("abcdefg", ties), k=1, months=12, days=[CUT])

    assert hits(test)["nearest"] == 1
    assert hits(test)["tied"] == 0


def test_what_was_seen_before_the_day_is_no_hit() -> None:
    evidence = world(
        [("x", "a", "2015")],
        [("b", "x", "full", "2017-06-01")],
        [("v", "a", "x", "2016-06-01", "b")],
        until="2018-12-31",
    )

    test = back_test(evidence, background(), months=12, days=[CUT])

    assert test.happened == 0
    assert math.isnan(test.table["times"].iloc[1])


def test_a_date_that_may_lie_outside_the_window_is_no_hit_but_told() -> None:
    evidence = four_approaches(("b", "w", "full", "2017"), ("c", "w", "full", "2018"))

    test = back_test(evidence, background(), months=12, days=[day("2017-06-30")])

    # The window is 2017-07-01 to 2018-06-30: neither year lies within it, both touch it.
    assert (test.happened, test.unclear) == (0, 2)


def test_years_lie_within_the_windows_that_are_chosen() -> None:
    evidence = four_approaches(("b", "w", "full", "2017"), ("c", "w", "full", "2018"))

    test = back_test(evidence, background(), months=12)

    assert test.days == (date(2015, 12, 31), date(2016, 12, 31), date(2017, 12, 31))
    # The years' ends with a window of 12 months after them: each taking-over lies in one.
    assert (test.happened, test.events, test.unclear) == (2, 2, 0)


def test_a_taking_over_in_two_windows_is_one_event() -> None:
    evidence = four_approaches(("b", "w", "full", "2017-06-01"))

    test = back_test(evidence, background(), months=24)

    assert test.days == (date(2015, 12, 31), date(2016, 12, 31))
    assert (test.happened, test.events) == (2, 1)


def test_a_method_that_knows_the_future_hits_all_that_k_allows() -> None:
    evidence = four_approaches(
        *(("b", approach, "full", "2017-06-01") for approach in "wxy"), ("c", "w", "full", "2017-06-01")
    )
    future = np.zeros((6, 4))
    future[1, :3] = future[2, 0] = 1

    def knows(_given: Setting) -> Floats:
        return future

    test = back_test(evidence, background(), k=2, months=12, days=[CUT], besides={"knows": knows})

    assert hits(test)["knows"] == 3  # two of b's three, and c's
    assert test.against in (*BASELINES, CHANCE)


def test_too_little_on_record_is_not_shown() -> None:
    test = back_test(four_approaches(("b", "w", "full", "2017-06-01")), background(), months=12)

    assert (test.verdict.may_show, test.verdict.code) == (False, "too few")
    assert test.verdict.reason.startswith("Too little on record")


@pytest.mark.parametrize(
    "evidence", [world(), world(until="2018-12-31"), world([("x", "a", "2015")], until="2015-06-30")]
)
def test_a_record_shorter_than_a_window_is_not_shown(evidence: Evidence) -> None:
    test = back_test(evidence, background())

    assert (test.verdict.may_show, test.verdict.code, test.days) == (False, "too short", ())
    assert test.table.empty
    assert math.isnan(test.lead[0])


def test_what_cannot_be_is_refused_at_once() -> None:
    evidence = four_approaches(("b", "w", "full", "2017-06-01"))

    with pytest.raises(ValueError, match="must be above 0"):
        back_test(evidence, background(), k=0)
    with pytest.raises(ValueError, match="reaches beyond 2018-12-31"):
        back_test(evidence, background(), months=24, days=[day("2017-06-30")])


@FEW
@given(st.integers(0, 40))
def test_counts_stay_within_what_happened(seed: int) -> None:
    evidence, around = by_chance(seed)

    test = back_test(evidence, around, k=3, months=12, resamples=200)

    assert max(hits(test).values(), default=0) <= test.happened
    assert test.table["hit_rate"].dropna().between(0, 1).all()
    assert test.lead[1] <= test.lead[2]


@FEW
@given(st.integers(0, 40))
def test_the_same_seed_gives_the_same_test(seed: int) -> None:
    evidence, around = by_chance(seed)

    one, other = (back_test(evidence, around, months=12, resamples=200, seed=seed) for _time in "ab")

    pd.testing.assert_frame_equal(one.table, other.table)
    assert (one.lead, one.verdict) == (other.lead, other.verdict)


def test_with_room_for_all_every_method_hits_all() -> None:
    evidence, around = by_chance(5)

    test = back_test(evidence, around, k=1000, months=12)

    assert list(hits(test).values()) == pytest.approx([test.happened] * 6)
    assert test.lead == (0, 0, 0)
    assert not test.verdict.may_show


def test_where_visits_matter_recommendations_beat_every_simple_guess() -> None:
    simulation = simulated(Settings(regions=80, approaches=80, visits=800, geography=3.0, seed=3))

    test = back_test(evidence_of(simulation), background_of(simulation))

    found = hits(test)
    assert test.verdict.may_show, test.verdict
    assert found[OURS] > 1.7 * found["popular"]
    assert found[OURS] > max(found[method] for method in BASELINES)
    assert found[OURS] > 4 * found[CHANCE]
    popular = test.table[test.table["method"] == "popular"]
    assert popular["times_low"].item() > 1.4


def test_where_visits_do_not_matter_no_skill_is_claimed() -> None:
    # 12 runs at a true rate of at most 5 % show two or more in under 12 % of cases: seeded, so it is fixed.
    shown = 0
    for seed in range(1, 13):
        simulation = simulated(Settings(regions=40, approaches=50, visits=400, visits_matter=0.0, seed=seed))
        test = back_test(evidence_of(simulation), background_of(simulation))
        assert test.events >= 100  # enough on record to claim it, were there any
        shown += test.verdict.may_show

    assert shown <= 1


def test_what_happened_after_the_last_window_plays_no_part() -> None:
    evidence, around = by_chance(7)
    days = [date(2016, 12, 31), date(2017, 12, 31)]
    end = date(2018, 12, 31)

    def before(table: pd.DataFrame) -> pd.DataFrame:
        return table[[on <= end for on in table["on_to"]]]

    shorter = replace(evidence, steps=before(evidence.steps), shown=before(evidence.shown), until=end)

    pd.testing.assert_frame_equal(
        back_test(evidence, around, months=12, days=days).table, back_test(shorter, around, months=12, days=days).table
    )
