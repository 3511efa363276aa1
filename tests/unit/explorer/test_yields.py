"""Visit yield, checked against published survival analyses and hand arithmetic."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spread_shelf import Step, Visit, story, together

from explorer.analysis.spread import yields
from explorer.analysis.spread.at_risk import pairs
from explorer.analysis.spread.evidence import Evidence
from explorer.analysis.territories import Territories

MANY = [f"r{place:02d}" for place in range(40)]
LAND = Territories(
    pd.DataFrame(
        [("K", "K", "country", None), ("P", "P", "province", "K"), ("o", "o", "city", "K")]
        + [(region, region, "city", "P") for region in MANY],
        columns=["id", "name", "kind", "parent_id"],
    )
)
START = date(2015, 1, 1)


def after(days: float) -> str:
    return (START + timedelta(days=days)).isoformat()


def told(
    steps: Sequence[Step] = (), visits: Sequence[Visit] = (), *, until: str = "2020-01-01", began: str = "2015-01-01"
) -> Evidence:
    return story(steps, visits, origin="o", began=began, until=until, land=LAND)


def found(evidence: Evidence, regions: Sequence[str] = MANY, group: str = yields.VISITED) -> yields.VisitYield:
    return yields.visit_yield(pairs(evidence, regions), group)


def same(one: object, other: object) -> bool:
    """Equal, NaN for NaN."""
    return repr(one) == repr(other)


def five_of_twenty() -> Evidence:
    """Twenty came to one visit; r00 to r04 took it over 100, 200 .. 500 days later; 800 days are on record."""
    steps = [(MANY[place], after(100 * (place + 1))) for place in range(5)]
    return told(steps, [("v", after(0), ["o"], MANY[:20])], until=after(800), began="2014")


def test_the_yield_of_a_visit_by_hand() -> None:
    result = found(five_of_twenty())

    # Nobody is lost on the way, so the share is plainly counted: 365.25 days hold three, 730.5 days all five.
    assert (result.pairs, result.events, result.refused) == (20, 5, "")
    assert result.conversion[12].value == pytest.approx(3 / 20)
    assert result.conversion[24].value == pytest.approx(5 / 20)
    assert result.conversion[12].low < 3 / 20 < result.conversion[12].high
    assert result.curve["months"].tolist() == pytest.approx([100 * n / 30.4375 for n in range(1, 6)])
    assert np.isnan(result.median_months.value)  # a quarter is not half
    assert result.left_out == {}


def test_a_region_that_decided_against_it_stays_in_the_denominator() -> None:
    dropped: list[Step] = [(MANY[19], after(50), "dropped")]
    evidence = together(five_of_twenty(), told(dropped, began="2014"))
    evidence = replace(evidence, approaches=evidence.approaches.iloc[:1])

    assert found(evidence).conversion == found(five_of_twenty()).conversion


def test_those_who_came_late_count_only_as_long_as_they_were_watched() -> None:
    # Twenty more come 700 days in and are watched for 100 days: at risk at the first step (one of 40, at day 100),
    # no longer at the second, where 19 of the first twenty are left.
    evidence = five_of_twenty()
    later = told((), [("w", after(700), ["o"], MANY[20:])], began="2014")
    evidence = replace(together(evidence, later), approaches=evidence.approaches)

    result = found(evidence)

    still = 39 / 40 * 18 / 19 * 17 / 18  # at days 100, 200 and 300
    assert result.pairs == 40
    assert result.conversion[12].value == pytest.approx(1 - still)


def test_too_few_pairs_or_events_give_a_reason_and_no_number() -> None:
    steps: list[Step] = [(MANY[place], after(100 * (place + 1))) for place in range(5)]
    nineteen = found(told(steps, [("v", after(0), ["o"], MANY[:19])]))
    four = found(told(steps[:4], [("v", after(0), ["o"], MANY[:20])]))

    assert (nineteen.refused, nineteen.pairs, nineteen.events) == ("few pairs", 19, 5)
    assert (four.refused, four.pairs, four.events) == ("few events", 20, 4)
    for result in (nineteen, four):
        assert np.isnan([item.value for item in (*result.conversion.values(), result.median_months)]).all()
        assert result.curve.empty
        assert result.refused in {reason.code for reason in yields.REASONS}


def test_a_share_needs_pairs_that_were_followed_that_long() -> None:
    # 500 days on record: 12 months were watched, 24 were not.
    result = found(replace(five_of_twenty(), until=START + timedelta(days=500)))

    assert result.conversion[12].value == pytest.approx(3 / 20)
    assert np.isnan(result.conversion[24].value)


def test_who_is_not_at_risk_is_counted_with_the_reason() -> None:
    steps: list[Step] = [("r01", after(10)), ("r02", "")]  # r01 had it before; r02 at an unknown time
    visits: list[Visit] = [
        ("host", after(20), ["r03"], ["o"]),  # r03 shows it itself
        ("v", after(100), ["o"], ["o", "r01", "r02", "r03", "r04", "r05"]),
        ("late", after(4000), ["o"], ["r06"]),
        ("undated", "", ["o"], ["r07"]),
    ]
    result = found(told(steps, visits), ["o", *MANY])

    # "o" is where it began, and the host: it came to nobody.
    assert result.left_out == {"had it": 1, "shows it": 1, "too late": 1, "undated": 2}
    assert result.pairs == 2  # r04 and r05


def test_orders_that_dates_leave_open_are_counted_and_tried_both_ways() -> None:
    # r00-r04 as above; r05 took it over in 2015, it came in 2015: by the middles on the same day, so at once.
    steps: list[Step] = [(MANY[place], after(100 * (place + 1))) for place in range(5)]
    visits: list[Visit] = [
        ("v", after(0), ["o"], [*MANY[:5], *MANY[6:21]]),
        ("year", "2015", ["o"], [MANY[5]]),
    ]
    result = found(told([*steps, (MANY[5], "2015")], visits, until=after(1200), began="2014"))

    assert (result.uncertain, result.pairs, result.events) == (1, 21, 6)
    assert result.conversion[24].value == pytest.approx(6 / 21)
    assert result.as_after[24].value == pytest.approx(6 / 21)
    assert result.as_before[24].value == pytest.approx(5 / 20)


def test_a_step_after_the_last_day_on_record_is_not_counted() -> None:
    evidence = replace(five_of_twenty(), until=START + timedelta(days=450))

    assert found(evidence).refused == "few events"  # four were by then


def test_a_visit_from_above_is_told_of_every_region_below_and_kept_apart() -> None:
    # The province came; r00 to r04 took it over; r05 came itself, later, and took it over after that.
    steps: list[Step] = [*((MANY[place], after(100 * (place + 1))) for place in range(5)), ("r05", after(700))]
    visits: list[Visit] = [("v", after(0), ["o"], ["P"]), ("w", after(600), ["o"], ["r05"])]
    evidence = told(steps, visits, until=after(1200), began="2014")

    above, own = found(evidence, group=yields.ABOVE), found(evidence)

    assert (above.pairs, above.events) == (40, 5)  # all forty, not the five alone that took a step
    assert above.conversion[24].value == pytest.approx(1 - 35 / 40)  # r05 left at 600, after the last step
    assert own.pairs == 1
    with pytest.raises(ValueError, match="a group is"):
        found(evidence, group="credited")


def test_awkward_inputs_give_no_number_and_no_crash() -> None:
    for evidence, regions in (
        (told(), MANY),
        (told(), []),
        (told(until=""), MANY),
        (told([("r01", "")]), ["r01"]),
        (told([(region, "2016") for region in MANY], [("v", "2016", ["o"], MANY)]), MANY),  # all at once
        (replace(told(), approaches=told().approaches.iloc[:0]), MANY),
    ):
        found_pairs = pairs(evidence, regions)
        beside = yields.comparison(found_pairs)
        assert yields.visit_yield(found_pairs).left_out.keys() <= {reason.code for reason in yields.REASONS}
        assert beside.refused == "few to compare"
        assert beside.hazard_ratios.empty
        assert beside.rates["state"].tolist() == list(yields.STATES)


def test_time_before_a_visit_is_never_counted_as_time_after_it() -> None:
    # One region: began at 0, came at 100, took it over at 300. Another never came: 800 days at risk.
    evidence = told([("r00", after(300))], [("v", after(100), ["o"], ["r00"])], until=after(800))

    rows, left_out = yields.state_times(pairs(evidence, ["r00", "r01"]))

    assert left_out == 0
    assert sorted(rows.itertuples(index=False, name=None)) == [
        (0, 0, 0.0, 100.0, False),
        (0, 0, 0.0, 800.0, False),
        (0, 2, 100.0, 300.0, True),
    ]


def test_where_it_began_is_never_at_risk() -> None:
    rows, left_out = yields.state_times(pairs(told(until=after(800)), ["o", "r00"]))

    assert rows["stop"].tolist() == [800]
    assert left_out == 0


def test_a_visit_from_above_is_a_state_of_its_own_until_the_region_comes_itself() -> None:
    visits: list[Visit] = [("v", after(100), ["o"], ["P"]), ("w", after(250), ["o"], ["r00"])]
    evidence = told([("r00", after(300))], visits, until=after(800))

    kept, _ = yields.state_times(pairs(evidence, ["r00"]))
    merged, _ = yields.state_times(pairs(evidence, ["r00"]), from_above=False)

    assert kept[["state", "start", "stop", "event"]].to_numpy().tolist() == [
        [0, 0.0, 100.0, False], [1, 100.0, 250.0, False], [2, 250.0, 300.0, True],
    ]  # fmt: skip
    assert merged[["state", "start", "stop"]].to_numpy().tolist() == [[0, 0.0, 250.0], [2, 250.0, 300.0]]


def test_a_visit_and_a_taking_over_of_one_day_stay_in_that_order() -> None:
    evidence = told([("r00", after(100))], [("v", after(100), ["o"], ["r00"])])
    result = pairs(evidence, ["r00"])

    after_visit, _ = yields.state_times(result)
    before_visit, _ = yields.state_times(result, "before")

    assert after_visit[after_visit["event"]][["state", "start", "stop"]].to_numpy().tolist() == [[2, 99.5, 100.0]]
    assert before_visit[["state", "start", "stop", "event"]].to_numpy().tolist() == [[0, 0.0, 100.0, True]]


def test_an_approach_of_unknown_start_begins_with_its_first_taker_who_is_not_at_risk() -> None:
    evidence = told([("r00", after(50)), ("r01", after(80))], began="", until=after(100))
    result = pairs(replace(evidence, approaches=evidence.approaches.assign(origin=None)), MANY[:3])

    rows, left_out = yields.state_times(result)

    assert sorted(rows["stop"]) == [30, 50]  # r01 took it over 30 days on, r02 was watched for 50
    assert left_out == 0


def immortal() -> Evidence:
    """One region a month takes it over, whoever it is; at month 20 half of those still without it come to see it.

    r00 goes in month 1, r01 in month 2 ... r39 in month 40. Of the last twenty
    the visitors go in months 21, 24, 25, 28, 29 ... 40: the others between them.
    """
    steps: list[Step] = [(region, after(30 * (place + 1))) for place, region in enumerate(MANY)]
    visitors = [region for place, region in enumerate(MANY) if place >= 20 and place % 4 in (0, 3)]
    return told(steps, [("v", after(600 + 1), ["o"], visitors)], until=after(1400))


def test_ever_visited_would_look_harmful_and_the_state_in_time_does_not() -> None:
    result = pairs(immortal(), MANY)

    # Naive: whoever ever came is a visitor from the start. To come in month 20 one had to be without it for 20 months.
    ever = np.isfinite(result.visit[:, 0])
    days = result.taken[:, 0] - result.began[0]
    naive = (ever.sum() / days[ever].sum()) / ((~ever).sum() / days[~ever].sum())
    # Visitors: 10 in months 21 .. 40, on average 30.5. Others: 1-20 and ten of 21-40: (20 x 10.5 + 10 x 30.5) / 30.
    assert naive == pytest.approx((20 * 10.5 + 10 * 30.5) / 30 / 30.5)  # .56: as if a visit kept them from it

    beside = yields.comparison(result)

    ratio = beside.hazard_ratios.iloc[0]
    assert ratio["state"] == "visited"
    assert ratio["hazard_ratio"] == pytest.approx(1, abs=0.1)
    assert ratio["low"] < 1 < ratio["high"]


def test_the_rates_of_both_states_add_up_to_the_time_of_all() -> None:
    beside = yields.comparison(pairs(immortal(), MANY))

    rates = beside.rates.set_index("state")
    # Months 1 to 40 of 30 days: 40 x 41 / 2 x 30 = 24,600 days in all; the visitors' after day 601:
    # ten of them, 305 months from the start: 305 x 30 - 10 x 601 = 3,140 days. Ten events.
    assert rates["years"].sum() == pytest.approx(24_600 / 365.25)
    assert rates.loc["unvisited", "years"] == pytest.approx((24_600 - 3_140) / 365.25)
    assert rates["events"].tolist() == [30, 0, 10]
    assert rates["rate"].isna().tolist() == [False, True, True]  # none, and ten pairs are too few
    assert rates.loc["unvisited", "rate"] == pytest.approx(100 * 30 / (21_460 / 365.25))


def test_curves_begin_when_enough_visitors_are_in_the_running() -> None:
    # Twenty come at day 100, one of whom took it over at day 50 and is out; one more comes at day 200: twenty.
    steps: list[Step] = [("r00", after(50)), ("r01", after(300)), ("r30", after(400))]
    visits: list[Visit] = [("v", after(100), ["o"], MANY[:20]), ("w", after(200), ["o"], ["r20"])]
    evidence = told(steps, visits, until=after(800))
    more = [f"s{place:02d}" for place in range(20)]  # regions that never come

    beside = yields.comparison(pairs(evidence, [*MANY, *more]))

    assert beside.from_month == pytest.approx(200 / 30.4375)
    curves = beside.curves.set_index("state")
    assert curves.loc["visited", "share"] == pytest.approx(1 / 20)  # r01 of r01 .. r20
    assert curves.loc["unvisited", "share"] == pytest.approx(1 / 39)  # r30 of r21 .. r39 and the twenty more


def test_without_enough_to_compare_there_is_no_ratio_and_no_curve() -> None:
    beside = yields.comparison(pairs(five_of_twenty(), MANY[:19]))

    assert beside.refused == "few to compare"
    assert beside.hazard_ratios.empty
    assert beside.curves.empty
    assert np.isnan(beside.from_month)


TIMES = st.lists(st.tuples(st.integers(0, 900), st.integers(0, 900), st.booleans()), min_size=40, max_size=40)


def drawn(times: list[tuple[int, int, bool]], shift: int = 0) -> Evidence:
    """Each region comes on the first day and, where told, takes it over on the second."""
    steps: list[Step] = [(MANY[n], after(took + shift)) for n, (_came, took, does) in enumerate(times) if does]
    visits: list[Visit] = [(f"v{n}", after(came + shift), ["o"], [MANY[n]]) for n, (came, _t, _d) in enumerate(times)]
    return told(steps, visits, until=after(1500 + shift), began=after(shift - 1))


@settings(max_examples=10, deadline=None)
@given(TIMES, st.permutations(MANY))
def test_the_order_of_regions_plays_no_part(times: list[tuple[int, int, bool]], order: list[str]) -> None:
    one, other = (pairs(drawn(times), regions) for regions in (MANY, order))

    assert same(yields.visit_yield(one), yields.visit_yield(other))
    first, second = (yields.comparison(item) for item in (one, other))
    pd.testing.assert_frame_equal(first.rates, second.rates)
    pd.testing.assert_frame_equal(first.hazard_ratios, second.hazard_ratios)
    pd.testing.assert_frame_equal(first.curves, second.curves)


@settings(max_examples=10, deadline=None)
@given(TIMES, st.integers(1, 3000))
def test_moving_all_dates_changes_nothing(times: list[tuple[int, int, bool]], shift: int) -> None:
    one, other = (pairs(drawn(times, days), MANY) for days in (0, shift))

    assert same(yields.visit_yield(one), yields.visit_yield(other))
    pd.testing.assert_frame_equal(yields.comparison(one).rates, yields.comparison(other).rates)


@settings(max_examples=10, deadline=None)
@given(TIMES)
def test_a_region_that_never_came_changes_no_yield(times: list[tuple[int, int, bool]]) -> None:
    evidence = drawn(times)

    assert same(found(evidence, MANY), found(evidence, [*MANY, "elsewhere"]))


@settings(max_examples=10, deadline=None)
@given(TIMES)
def test_curves_rise_within_their_limits(times: list[tuple[int, int, bool]]) -> None:
    curve = found(drawn(times)).curve

    assert curve["share"].is_monotonic_increasing
    inside = curve.dropna()
    assert ((inside["low"] <= inside["share"]) & (inside["share"] <= inside["high"])).all()


def test_every_measure_and_reason_has_words_without_a_claim_of_cause() -> None:
    for measure in yields.MEASURES:
        assert measure.title
        assert measure.source
        assert "caused" not in measure.words
        assert "led to" not in measure.words
    assert len({reason.code for reason in yields.REASONS}) == len(yields.REASONS)
