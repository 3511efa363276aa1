"""Exposure and threshold: hand arithmetic, published values, a plain loop, and what must change nothing."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from explorer.analysis.diffusion import exposure as measures
from explorer.analysis.diffusion.exposure import exposure, in_use, threshold, tie_list

Floats = NDArray[np.float64]
NAN = float("nan")
PERIODS = 5


def ties(rows: ArrayLike) -> csr_array[np.float64, tuple[int, int]]:
    return csr_array(np.asarray(rows, dtype=np.float64))


# a looks to b and c, b to c, c to d; d looks to nobody.
FOUR = ties([[0, 1, 1, 0], [0, 0, 1, 0], [0, 0, 0, 1], [0, 0, 0, 0]])
FOUR_TOA = [3, 1, 2, 0]


@st.composite
def networks(draw: st.DrawFn) -> tuple[Floats, Floats, Floats, Floats]:
    """Weights, times of adoption, times of giving up, and an attribute, of up to six regions."""
    n = draw(st.integers(1, 6))
    weights = draw(st.lists(st.sampled_from([0, 0, 1, 2, 5]), min_size=n * n, max_size=n * n))
    toa = np.array(draw(st.lists(st.sampled_from([0, 1, 2, 3, 4, NAN]), min_size=n, max_size=n)))
    kept = np.array(draw(st.lists(st.sampled_from([0, 1, 2, NAN]), min_size=n, max_size=n)))
    gave_up = np.where(toa + kept < PERIODS, toa + kept, NAN)
    attribute = draw(st.lists(st.sampled_from([0, 1, 3]), min_size=n, max_size=n))
    return np.array(weights, dtype=np.float64).reshape(n, n), toa, gave_up, np.array(attribute, dtype=np.float64)


def by_hand(weights: Floats, toa: Floats, gave_up: Floats, x: Floats) -> Floats:
    """The formula, one region, period and tie at a time."""
    n = len(toa)
    found = np.zeros((n, PERIODS))
    for i in range(n):
        for t in range(PERIODS):
            others = [j for j in range(n) if j != i]
            whole = sum(weights[i, j] * x[j] for j in others)
            part = sum(weights[i, j] * x[j] for j in others if toa[j] <= t and not gave_up[j] <= t)
            found[i, t] = part / whole if whole else 0.0
    return found


def test_an_approach_is_in_use_from_its_adoption_until_it_is_given_up() -> None:
    found = in_use([1, NAN, 0, 2], 4, [3, NAN, NAN, 2])

    assert found.tolist() == [[0, 1, 1, 0], [0, 0, 0, 0], [1, 1, 1, 1], [0, 0, 0, 0]]


def test_several_approaches_are_looked_at_at_once() -> None:
    toa = np.array([[1, NAN], [0, 2]])

    assert in_use(toa, 3).shape == (2, 2, 3)
    assert in_use(toa, 3)[:, 0].tolist() == in_use(toa[:, 0], 3).tolist()
    assert in_use(toa, 3)[:, 1].tolist() == [[0, 0, 0], [0, 0, 1]]


def test_exposure_is_the_share_of_outgoing_ties_to_users() -> None:
    found = exposure(FOUR, FOUR_TOA, 4)

    # a: b is in from 1, c from 2: 0, 1/2, 2/2, 2/2. b: c from 2. c: d from 0. d has no ties: 0.
    assert found.tolist() == [[0, 0.5, 1, 1], [0, 0, 1, 1], [1, 1, 1, 1], [0, 0, 0, 0]]


def test_a_lag_looks_at_an_earlier_period_and_leaves_the_first_ones_unknown() -> None:
    now, late = exposure(FOUR, FOUR_TOA, 4), exposure(FOUR, FOUR_TOA, 4, lag=1)

    assert np.isnan(late[:, 0]).all()
    assert late[:, 1:].tolist() == now[:, :-1].tolist()
    assert np.isnan(exposure(FOUR, FOUR_TOA, 4, lag=9)).all()


def test_weights_and_attributes_count_examples_more_or_less() -> None:
    weighed = ties([[0, 3, 1], [0, 0, 0], [0, 0, 0]])

    # a's ties: 3 to b (in from 0), 1 to c (not in): 3/4. With attributes 1 and 5: 3*1 / (3*1 + 1*5) = 3/8.
    assert exposure(weighed, [NAN, 0, NAN], 1)[0, 0] == 3 / 4
    assert exposure(weighed, [NAN, 0, NAN], 1, attribute=[9, 1, 5])[0, 0] == 3 / 8


def test_an_attribute_can_change_over_time() -> None:
    # a looks to b (in from 0) and c (never in); b counts 1 then 3, c counts 1: 1/2, then 3/4.
    both = ties([[0, 1, 1], [0, 0, 0], [0, 0, 0]])
    attribute = [[1, 1], [1, 3], [1, 1]]

    assert exposure(both, [NAN, 0, NAN], 2, attribute=attribute)[0].tolist() == [1 / 2, 3 / 4]
    assert exposure([both, both], [NAN, 0, NAN], 2, attribute=attribute)[0].tolist() == [1 / 2, 3 / 4]
    assert threshold(both, [1, 0, NAN], 2, attribute=attribute)[0] == 3 / 4


def test_ties_can_change_over_time() -> None:
    first, then = ties([[0, 1, 0], [0, 0, 0], [0, 0, 0]]), ties([[0, 0, 1], [0, 0, 0], [0, 0, 0]])

    # b is in from 0, c never: a looks to b in period 0, to c in period 1.
    assert exposure([first, then], [1, 0, NAN], 2)[0].tolist() == [1, 0]
    assert threshold([first, then], [1, 0, NAN], 2)[0] == 0  # it adopts in period 1
    assert threshold([first, then], [1, 0, NAN], 2, lag=1)[0] == 1  # and looked to b in the period before


def test_who_gave_up_is_no_example_any_more() -> None:
    pair = ties([[0, 1], [0, 0]])

    assert exposure(pair, [2, 0], 3, gave_up=[NAN, 1])[0].tolist() == [1, 0, 0]
    assert threshold(pair, [2, 0], 3, gave_up=[NAN, 1])[0] == 0


def test_a_tie_to_itself_counts_for_nothing() -> None:
    assert exposure(ties([[7, 1], [0, 7]]), [0, NAN], 2).tolist() == [[0, 0], [0, 0]]


def test_doctor_1003_has_the_published_exposure() -> None:
    # Medical Innovation (Coleman, Katz & Menzel 1966; Valente 1995): doctor 1003 names five others, who adopted in
    # months 2, 3, 4, 5 and 8; its exposure with a lag of one month is published as 0 .2 .4 .6 .8 for months 2 to 6.
    star = np.zeros((6, 6))
    star[0, 1:] = 1
    months = np.array([8, 2, 3, 5, 4, 8])

    found = exposure(ties(star), months - 1, 18, lag=1)

    assert found[0, 1:6] == pytest.approx([0, 0.2, 0.4, 0.6, 0.8])


def test_a_threshold_is_the_exposure_at_the_own_adoption() -> None:
    # a adopts in 3 with b and c in: 2/2. b in 1, c not in: 0. c in 2, d in: 1. d has no ties: 0.
    assert threshold(FOUR, FOUR_TOA, 4).tolist() == [1, 0, 1, 0]


def test_who_did_not_adopt_has_no_threshold() -> None:
    assert np.isnan(threshold(FOUR, [3, NAN, 2, 0], 4)).tolist() == [False, True, False, False]


def test_adopters_of_the_first_period_are_kept_or_left_out() -> None:
    assert np.isnan(threshold(FOUR, FOUR_TOA, 4, first_period="leave out")).tolist() == [False, False, False, True]
    assert np.isnan(threshold(FOUR, FOUR_TOA, 4, lag=1)).tolist() == [False, False, False, True]
    assert np.isnan(threshold(FOUR, FOUR_TOA, 4, lag=2)).tolist() == [False, True, False, True]


def test_those_who_adopt_together_count_without_a_lag_only() -> None:
    pair = ties([[0, 1], [1, 0]])

    assert threshold(pair, [1, 1], 3).tolist() == [1, 1]
    assert threshold(pair, [1, 1], 3, lag=1).tolist() == [0, 0]


@given(networks())
def test_exposure_is_what_a_plain_loop_finds(network: tuple[Floats, Floats, Floats, Floats]) -> None:
    weights, toa, gave_up, x = network
    expected = by_hand(weights, toa, gave_up, x)

    static = exposure(ties(weights), toa, PERIODS, attribute=x, gave_up=gave_up)
    dated = exposure([ties(weights)] * PERIODS, toa, PERIODS, attribute=x, gave_up=gave_up)
    listed = exposure(tie_list(ties(weights), len(toa), PERIODS), toa, PERIODS, attribute=x, gave_up=gave_up)

    for found in (static, dated, listed):
        assert found == pytest.approx(expected)


@given(networks(), st.integers(0, PERIODS))
def test_threshold_is_exposure_read_at_the_own_time(network: tuple[Floats, Floats, Floats, Floats], lag: int) -> None:
    weights, toa, gave_up, x = network
    everywhere = exposure(ties(weights), toa, PERIODS, attribute=x, gave_up=gave_up, lag=lag)
    expected = [NAN if np.isnan(t) else row[int(t)] for t, row in zip(toa, everywhere, strict=True)]

    for way in (ties(weights), [ties(weights)] * PERIODS):
        assert threshold(way, toa, PERIODS, attribute=x, gave_up=gave_up, lag=lag) == pytest.approx(
            np.array(expected), nan_ok=True
        )


@given(networks())
def test_many_approaches_at_once_are_each_one_alone(network: tuple[Floats, Floats, Floats, Floats]) -> None:
    weights, toa, gave_up, x = network
    both, ends = np.column_stack([toa, toa[::-1]]), np.column_stack([gave_up, gave_up[::-1]])

    for way in (ties(weights), [ties(weights)] * PERIODS):
        together = exposure(way, both, PERIODS, attribute=x, gave_up=ends)
        levels = threshold(way, both, PERIODS, attribute=x, gave_up=ends)
        for column in range(2):
            alone = exposure(way, both[:, column], PERIODS, attribute=x, gave_up=ends[:, column])
            level = threshold(way, both[:, column], PERIODS, attribute=x, gave_up=ends[:, column])
            assert together[:, column] == pytest.approx(alone)
            assert levels[:, column] == pytest.approx(level, nan_ok=True)


@given(networks(), st.randoms(use_true_random=False))
def test_the_order_of_regions_plays_no_part(
    network: tuple[Floats, Floats, Floats, Floats], order: random.Random
) -> None:
    weights, toa, gave_up, x = network
    place = list(range(len(toa)))
    order.shuffle(place)

    found = exposure(ties(weights[place][:, place]), toa[place], PERIODS, attribute=x[place], gave_up=gave_up[place])

    assert found == pytest.approx(exposure(ties(weights), toa, PERIODS, attribute=x, gave_up=gave_up)[place])


@given(networks(), st.sampled_from([0.0, 3.0, NAN]))
def test_a_region_without_ties_changes_no_other(network: tuple[Floats, Floats, Floats, Floats], adopts: float) -> None:
    weights, toa, _gave_up, _x = network
    more = np.pad(weights, ((0, 1), (0, 1)))

    assert exposure(ties(more), [*toa, adopts], PERIODS)[:-1] == pytest.approx(exposure(ties(weights), toa, PERIODS))
    assert threshold(ties(more), [*toa, adopts], PERIODS)[:-1] == pytest.approx(
        threshold(ties(weights), toa, PERIODS), nan_ok=True
    )


@given(networks(), st.integers(1, 4))
def test_shifting_all_dates_shifts_exposure_and_keeps_thresholds(
    network: tuple[Floats, Floats, Floats, Floats], by: int
) -> None:
    weights, toa, _gave_up, _x = network

    later = exposure(ties(weights), toa + by, PERIODS + by)

    assert not later[:, :by].any()
    assert later[:, by:] == pytest.approx(exposure(ties(weights), toa, PERIODS))
    assert threshold(ties(weights), toa + by, PERIODS + by) == pytest.approx(
        threshold(ties(weights), toa, PERIODS), nan_ok=True
    )


def test_no_region_one_region_and_nobody_who_adopted_are_no_trouble() -> None:
    assert exposure(ties(np.zeros((0, 0))), [], 3).shape == (0, 3)
    assert threshold(ties(np.zeros((0, 0))), [], 3).shape == (0,)
    assert exposure(ties(np.zeros((1, 1))), [1], 3).tolist() == [[0, 0, 0]]
    assert not exposure(FOUR, [NAN] * 4, 3).any()
    assert np.isnan(threshold(FOUR, [NAN] * 4, 3)).all()
    assert exposure(FOUR, np.zeros((4, 0)), 3).shape == (4, 0, 3)
    assert exposure(ties(np.zeros((3, 3))), [0, 1, NAN], 2).tolist() == [[0, 0]] * 3


@pytest.mark.parametrize(
    ("toa", "gave_up", "sentence"),
    [
        ([0, 3], None, "whole periods from 0 to 2"),
        ([0, -1], None, "whole periods from 0 to 2"),
        ([0, 0.5], None, "whole periods from 0 to 2"),
        ([[[0]]], None, r"must be \(n,\) or \(n, m\)"),
        ([0, 1], [0], r"gave_up is \(1,\), toa \(2,\)"),
        ([1, 1], [0, NAN], "not adopted before"),
        ([NAN, 1], [2, NAN], "not adopted before"),
    ],
)
def test_impossible_times_are_refused(toa: ArrayLike, gave_up: ArrayLike | None, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        in_use(toa, 3, gave_up)


def test_ties_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match=r"ties are \(4, 4\), not \(3, 3\)"):
        exposure(FOUR, [0, 1, 2], 3)
    with pytest.raises(ValueError, match="ties for 2 periods were given, not for 3"):
        exposure([FOUR, FOUR], [0, 1, 2, 0], 3)
    with pytest.raises(ValueError, match="not negative"):
        exposure(ties([[0, -1], [0, 0]]), [0, 1], 3)
    with pytest.raises(ValueError, match="finite"):
        exposure(ties([[0.0, NAN], [0.0, 0.0]]), [0, 1], 3)
    with pytest.raises(ValueError, match="not one of 3 regions"):
        exposure(tie_list(FOUR, 4, 3), [0, 1, 2], 3)


def test_arguments_that_mean_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="lag must not be negative"):
        exposure(FOUR, FOUR_TOA, 4, lag=-1)
    with pytest.raises(ValueError, match="lag must not be negative"):
        threshold(FOUR, FOUR_TOA, 4, lag=-1)
    with pytest.raises(ValueError, match="first_period"):
        threshold(FOUR, FOUR_TOA, 4, first_period="drop")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="at least one period"):
        in_use([], 0)
    with pytest.raises(ValueError, match="attribute must be"):
        exposure(FOUR, FOUR_TOA, 4, attribute=[1, 2])
    with pytest.raises(ValueError, match="attribute must be finite and not negative"):
        exposure(FOUR, FOUR_TOA, 4, attribute=[1, 2, 3, -1])


def test_the_same_tie_said_twice_adds_up() -> None:
    twice = csr_array((np.array([1.0, 2.0, 1.0]), ([0, 0, 0], [1, 1, 2])), shape=(3, 3))

    assert exposure(twice, [NAN, 0, NAN], 1)[0, 0] == 3 / 4


def test_every_measure_is_explained() -> None:
    assert [item.code for item in measures.MEASURES] == ["exposure", "threshold"]
    for item in measures.MEASURES:
        assert item.words
        assert item.term
        assert item.undefined
