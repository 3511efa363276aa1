"""How an approach spread over time: counts, shares and rates."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from explorer.analysis.diffusion import curves

NAN = float("nan")
PERIODS = 6
TIMES = st.lists(st.none() | st.integers(0, PERIODS - 1), min_size=1, max_size=20)

# New adopters of a drug per month among 125 doctors; 16 had not adopted by month 17, and the hazard from month 2
# (Coleman, Katz & Menzel 1966, Medical Innovation, as in Valente 1995).
MEDICAL_INNOVATION = [11, 9, 9, 11, 11, 11, 13, 7, 4, 1, 5, 3, 3, 4, 4, 2, 1]
HAZARD = [0.08, 0.09, 0.11, 0.13, 0.15, 0.21, 0.14, 0.09, 0.03, 0.13, 0.09, 0.10, 0.15, 0.17, 0.11, 0.06]


def times(*values: float | None) -> NDArray[np.float64]:
    return np.array([NAN if value is None else value for value in values], dtype=np.float64)


def nothing(array: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.full(array.shape, NAN)


def doctors() -> NDArray[np.float64]:
    return times(*np.repeat(np.arange(17), MEDICAL_INNOVATION), *[None] * 16)


def test_medical_innovation_has_the_published_adopters_and_hazard() -> None:
    toa = doctors()

    assert len(toa) == 125
    assert curves.new_adopters(toa, 17).tolist() == MEDICAL_INNOVATION
    assert curves.cumulative_adoption(toa, 17)[-1] == 125 - 16
    hazard = curves.hazard_rate(toa, 17)
    assert np.isnan(hazard[0])
    np.testing.assert_allclose(hazard[1:], HAZARD, atol=0.005)


def test_half_of_the_doctors_had_adopted_in_the_published_months() -> None:
    # Cumulated: 11 20 29 40 51 62 75 ...; half of 109 is 54.5, half of 125 is 62.5.
    found = curves.half_time(doctors(), 17)

    assert found.adopters == 5  # 62 are more than 54.5
    assert found.regions == 6  # 62 are fewer than 62.5, 75 more


def test_rates_follow_their_formulas() -> None:
    toa = times(1, 1, 2, None)  # cumulated 0, 2, 3, 3 of 4

    np.testing.assert_array_equal(curves.cumulative_adoption(toa, 4), [0, 2, 3, 3])
    # (2 - 0) / 0 is undefined; (3 - 2) / 2; (3 - 3) / 3
    np.testing.assert_allclose(curves.adoption_rate(toa, 4), [NAN, NAN, 0.5, 0])
    # (2 - 0) / (4 - 0); (3 - 2) / (4 - 2); (3 - 3) / (4 - 3)
    np.testing.assert_allclose(curves.hazard_rate(toa, 4), [NAN, 0.5, 0.5, 0])


def test_prevalence_falls_when_an_approach_is_given_up() -> None:
    toa, gave_up = times(0, 0, 1, None), times(2, None, 1, None)

    # In use at the end of 0: the first two. Of 1: the same, since the third gave up at once. From 2: the second only.
    np.testing.assert_allclose(curves.prevalence(toa, gave_up, 4), [0.5, 0.5, 0.25, 0.25])
    np.testing.assert_array_equal(curves.cumulative_adoption(toa, 4), [2, 3, 3, 3])


def test_nobody_is_left_at_risk_after_all_have_adopted() -> None:
    toa = times(0, 0, 0)

    np.testing.assert_allclose(curves.hazard_rate(toa, 3), [NAN, NAN, NAN])
    np.testing.assert_allclose(curves.adoption_rate(toa, 3), [NAN, 0, 0])
    assert curves.half_time(toa, 3).regions == 0


def test_who_had_not_adopted_is_no_adopter_of_the_last_period() -> None:
    toa = times(0, None, None)

    np.testing.assert_array_equal(curves.cumulative_adoption(toa, 3), [1, 1, 1])
    np.testing.assert_array_equal(curves.new_adopters(toa, 3), [1, 0, 0])
    found = curves.half_time(toa, 3)
    assert found.adopters == 0
    assert np.isnan(found.regions)  # one of three is less than half


def test_nobody_adopted() -> None:
    toa = times(None, None)

    np.testing.assert_array_equal(curves.cumulative_adoption(toa, 3), [0, 0, 0])
    np.testing.assert_allclose(curves.prevalence(toa, toa, 3), [0, 0, 0])
    np.testing.assert_allclose(curves.hazard_rate(toa, 3), [NAN, 0, 0])
    np.testing.assert_allclose(curves.adoption_rate(toa, 3), [NAN, NAN, NAN])
    assert np.isnan(curves.half_time(toa, 3).adopters)


@pytest.mark.parametrize("shape", [(0,), (0, 2), (3, 0)])
def test_without_regions_or_approaches_counts_are_zero_and_shares_unknown(shape: tuple[int, ...]) -> None:
    toa = np.full(shape, NAN)
    expected = (4, *shape[1:])

    assert not curves.cumulative_adoption(toa, 4).any()
    assert not curves.new_adopters(toa, 4).any()
    shares = curves.prevalence(toa, toa, 4), curves.hazard_rate(toa, 4), curves.adoption_rate(toa, 4)
    assert all(array.shape == expected and np.isnan(array).all() for array in shares)
    assert curves.half_time(toa, 4).regions.shape == shape[1:]
    assert np.isnan(curves.half_time(toa, 4).regions).all()


def test_one_region_alone() -> None:
    toa = times(1)

    np.testing.assert_allclose(curves.hazard_rate(toa, 3), [NAN, 1, NAN])
    assert curves.half_time(toa, 3).adopters == curves.half_time(toa, 3).regions == 1


def test_old_adopters_count_as_adopters_but_are_new_in_no_period() -> None:
    toa, old = times(0, 0, 1, None), np.array([True, False, False, False])

    np.testing.assert_array_equal(curves.cumulative_adoption(toa, 3), [2, 3, 3])
    np.testing.assert_array_equal(curves.new_adopters(toa, 3, left_censored=old), [1, 1, 0])
    # One had adopted before: (2 - 1) / (4 - 1), (3 - 2) / (4 - 2), 0 / (4 - 3)
    np.testing.assert_allclose(curves.hazard_rate(toa, 3, left_censored=old), [1 / 3, 1 / 2, 0])
    # (2 - 1) / 1, (3 - 2) / 2, 0 / 3
    np.testing.assert_allclose(curves.adoption_rate(toa, 3, left_censored=old), [1, 0.5, 0])


def test_who_is_left_out_is_neither_an_adopter_nor_at_risk() -> None:
    toa, gave_up = times(0, 1, None, None), times(None, None, None, None)
    out = np.array([False, False, True, False])

    # As without the third region.
    fewer, ends = toa[[0, 1, 3]], gave_up[[0, 1, 3]]
    np.testing.assert_allclose(curves.hazard_rate(toa, 3, left_out=out), curves.hazard_rate(fewer, 3))
    np.testing.assert_allclose(curves.prevalence(toa, gave_up, 3, left_out=out), curves.prevalence(fewer, ends, 3))
    both = np.array([False, False, True, True])
    assert curves.half_time(toa, 3).regions == 1  # one of four, then two
    assert curves.half_time(toa, 3, left_out=both).regions == 0  # one of two
    assert curves.half_time(toa, 3, left_out=np.array([True, False, False, False])).adopters == 1


def test_an_old_adopter_can_be_left_out() -> None:
    toa, first = times(0, 1, None), np.array([True, False, False])

    found = curves.hazard_rate(toa, 2, left_censored=first, left_out=first)

    np.testing.assert_allclose(found, [0, 0.5])  # of the two others, none, then one


@given(TIMES, st.randoms(use_true_random=False))
def test_the_order_of_regions_plays_no_part(values: list[int | None], random: object) -> None:
    toa = times(*values)
    shuffled = toa.copy()
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    np.testing.assert_array_equal(curves.new_adopters(toa, PERIODS), curves.new_adopters(shuffled, PERIODS))
    np.testing.assert_array_equal(curves.hazard_rate(toa, PERIODS), curves.hazard_rate(shuffled, PERIODS))
    assert_same_half(curves.half_time(toa, PERIODS), curves.half_time(shuffled, PERIODS))


@given(TIMES, st.integers(1, 4))
def test_shifting_all_times_shifts_the_result(values: list[int | None], by: int) -> None:
    toa = times(*values)
    now, later = curves.cumulative_adoption(toa, PERIODS), curves.cumulative_adoption(toa + by, PERIODS + by)

    np.testing.assert_array_equal(later[by:], now)
    assert not later[:by].any()
    np.testing.assert_array_equal(
        curves.hazard_rate(toa + by, PERIODS + by)[by + 1 :], curves.hazard_rate(toa, PERIODS)[1:]
    )
    shifted, half = curves.half_time(toa + by, PERIODS + by), curves.half_time(toa, PERIODS)
    np.testing.assert_array_equal(shifted.adopters, half.adopters + by)


@given(TIMES)
def test_many_approaches_at_once_are_each_as_alone(values: list[int | None]) -> None:
    one = times(*values)
    other = np.where(np.isnan(one), 0, NAN)  # whoever has not adopted the one has the other from the start
    table = np.stack([one, other], axis=1)

    for column, alone in enumerate((one, other)):
        for of in (curves.cumulative_adoption, curves.new_adopters, curves.adoption_rate, curves.hazard_rate):
            np.testing.assert_array_equal(of(table, PERIODS)[:, column], of(alone, PERIODS))
        np.testing.assert_array_equal(
            curves.prevalence(table, nothing(table), PERIODS)[:, column],
            curves.prevalence(alone, nothing(alone), PERIODS),
        )
        assert_same_half(
            curves.HalfTime(
                curves.half_time(table, PERIODS).adopters[column], curves.half_time(table, PERIODS).regions[column]
            ),
            curves.half_time(alone, PERIODS),
        )


@given(TIMES)
def test_the_hazard_gives_back_who_is_left(values: list[int | None]) -> None:
    toa = times(*values)
    hazard = curves.hazard_rate(toa, PERIODS, left_censored=np.zeros(len(toa), dtype=bool))

    left = np.cumprod(1 - np.nan_to_num(hazard))  # the life table: who is left is the product of those who stayed
    np.testing.assert_allclose(left, 1 - curves.cumulative_adoption(toa, PERIODS) / len(toa), atol=1e-12)


@pytest.mark.parametrize("wrong", [-1.0, 3.0, 0.5, float("inf")])
def test_a_time_outside_the_periods_is_refused(wrong: float) -> None:
    with pytest.raises(ValueError, match="from 0 to 2"):
        curves.cumulative_adoption(times(wrong), 3)


def test_what_does_not_fit_is_refused() -> None:
    toa = times(1, None)

    with pytest.raises(ValueError, match="at least one period"):
        curves.new_adopters(toa, 0)
    with pytest.raises(ValueError, match="before it was adopted"):
        curves.prevalence(toa, times(0, None), 3)
    with pytest.raises(ValueError, match="before it was adopted"):
        curves.prevalence(toa, times(None, 2), 3)
    with pytest.raises(ValueError, match="shape of toa"):
        curves.prevalence(toa, times(None), 3)
    with pytest.raises(ValueError, match="must have 0"):
        curves.new_adopters(toa, 3, left_censored=np.array([True, False]))
    with pytest.raises(ValueError, match="left_out must be a mask"):
        curves.hazard_rate(toa, 3, left_out=np.array([True]))
    with pytest.raises(ValueError, match="regions by approaches"):
        curves.cumulative_adoption(np.zeros((1, 1, 1)), 3)


def assert_same_half(one: curves.HalfTime, other: curves.HalfTime) -> None:
    np.testing.assert_array_equal(one.adopters, other.adopters)
    np.testing.assert_array_equal(one.regions, other.regions)
