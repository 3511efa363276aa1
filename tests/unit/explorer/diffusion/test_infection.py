"""Infectiousness and susceptibility: netdiffuseR's own test cases, hand arithmetic, and a plain loop."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from explorer.analysis.diffusion import infection as measures
from explorer.analysis.diffusion.infection import infectiousness, susceptibility

Floats = NDArray[np.float64]
Network = tuple[list[Floats], Floats]
NAN = float("nan")
PERIODS = 5


def ties(rows: ArrayLike) -> csr_array[np.float64, tuple[int, int]]:
    return csr_array(np.asarray(rows, dtype=np.float64))


def star(outwards: bool) -> csr_array[np.float64, tuple[int, int]]:
    """Region 0 looks to four others, or they to it."""
    table = np.zeros((5, 5))
    table[0, 1:] = 1
    return ties(table if outwards else table.T)


# netdiffuseR's test of `susceptibility` (tests/testthat/test-infect_suscept.R): one node looks to four, they adopt
# in periods 1, 4, 1, 2 and it in 3. Ours counts periods from 0.
LOOKING = [2, 0, 3, 0, 1]
# Its test of `infection`: four look to one that adopts in period 2; they adopt in 1, 3, 4 and 4.
LOOKED_TO = [1, 0, 2, 3, 3]


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """Weights for each period and times of adoption of up to six regions."""
    n = draw(st.integers(1, 6))
    cells = st.lists(st.sampled_from([0, 0, 1, 2]), min_size=n * n, max_size=n * n)
    weights = [np.array(draw(cells), dtype=np.float64).reshape(n, n) for _period in range(PERIODS)]
    toa = draw(st.lists(st.sampled_from([0, 1, 2, 3, 4, NAN]), min_size=n, max_size=n))
    return weights, np.array(toa)


def by_hand(network: Network, window: int, rate: float | None, normalised: bool, forwards: bool) -> Floats:
    """The published formula, one region, period and tie at a time."""
    weights, toa = network
    n = len(toa)
    found = np.full(n, NAN)
    for i in range(n):
        if np.isnan(toa[i]):
            continue
        soon = ever = near = 0.0
        for k in range(1, window + 1):
            w = k if rate is None else (1 + rate) ** (k - 1)
            now = toa[i] + k - 1 if forwards else toa[i] - k + 1
            there = toa[i] + k if forwards else toa[i] - k
            for j in range(n):
                if j == i or not 0 <= now < PERIODS:
                    continue
                x = weights[int(now)][j, i] if forwards else weights[int(now)][i, j]
                soon += x * (toa[j] == there) / w
                ever += x * (toa[j] >= there if forwards else toa[j] <= there) / w
                near += (toa[j] == there) / w
        if ever and (near or not normalised):
            found[i] = soon / ever / (near if normalised else 1)
    return found


@pytest.mark.parametrize(
    ("window", "rate", "expected"),
    [(1, None, 1 / 3), (2, None, 2 / 4), (1, 0.1, 1 / 3), (2, 0.1, (1 + 2 / 1.1) / (3 + 2 / 1.1))],
)
def test_netdiffusers_own_values_are_found(window: int, rate: float | None, expected: float) -> None:
    looking = susceptibility(star(outwards=True), LOOKING, 4, window=window, rate=rate, normalised=False)
    looked_to = infectiousness(star(outwards=False), LOOKED_TO, 4, window=window, rate=rate, normalised=False)

    # Susceptibility, K = 1: of 3 earlier adopters 1 came in the period before. K = 2: (1/1 + 2/2) / (3/1 + 2/2).
    assert looking[0] == pytest.approx(expected)
    # Infectiousness, K = 1: of 3 later adopters 1 came in the next period. K = 2: (1/1 + 2/2) / (3/1 + 2/2).
    assert looked_to[0] == pytest.approx(expected)


def test_normalising_divides_by_all_who_adopted_then() -> None:
    # As above with a sixth region that is tied to nobody and adopts in the period before the one that looks:
    # 1/3, divided by the 2 who adopted in that period.
    wider = ties(np.pad(star(outwards=True).toarray(), ((0, 1), (0, 1))))

    assert susceptibility(wider, [*LOOKING, 1], 4)[0] == pytest.approx(1 / 3 / 2)
    # K = 2: 2/4, divided by 2/1 of the period before and 2/2 of the one before that.
    assert susceptibility(wider, [*LOOKING, 1], 4, window=2)[0] == pytest.approx(2 / 4 / 3)


def test_the_two_are_each_other_backwards() -> None:
    # Turning time and ties around turns who follows into who is followed.
    back = [3 - t for t in LOOKING]

    assert infectiousness(star(outwards=False), back, 4, window=2)[0] == pytest.approx(
        susceptibility(star(outwards=True), LOOKING, 4, window=2)[0]
    )


def test_where_there_is_nobody_to_follow_it_is_undefined() -> None:
    pair = ties([[0, 1], [0, 0]])  # a looks to b

    assert np.isnan(susceptibility(pair, [0, 0], 3)).all()  # b did not adopt before a; b looks to nobody
    assert np.isnan(infectiousness(pair, [1, 2], 3)).all()  # a adopted before b; nobody looks to a
    assert np.isnan(infectiousness(pair, [NAN, 2], 3)).all()  # who never adopts is no later adopter
    assert np.isnan(susceptibility(pair, [2, NAN], 3)).all()


def test_followers_long_after_make_it_nothing_and_not_undefined() -> None:
    pair = ties([[0, 1], [0, 0]])

    assert infectiousness(pair, [2, 0], 3, normalised=False)[1] == 0
    assert susceptibility(pair, [2, 0], 3, normalised=False)[0] == 0
    # Normalised: nobody at all adopted in the period after b, so there is nothing to divide by.
    assert np.isnan(infectiousness(pair, [2, 0], 3)[1])


def test_ties_count_in_the_period_that_the_formula_names() -> None:
    tied, untied = ties([[0, 1], [0, 0]]), ties([[0, 0], [0, 0]])

    # b adopts in 0, a in 1. Infectiousness of b, k = 1: ties of period t = 0. Susceptibility of a: of its own, 1.
    assert infectiousness([tied, untied], [1, 0], 2)[1] == 1
    assert np.isnan(infectiousness([untied, tied], [1, 0], 2)[1])
    assert susceptibility([untied, tied], [1, 0], 2)[0] == 1
    assert np.isnan(susceptibility([tied, untied], [1, 0], 2)[0])


@given(networks(), st.integers(1, 7), st.sampled_from([None, 0.0, 0.5]), st.booleans())
def test_both_are_what_a_plain_loop_finds(network: Network, window: int, rate: float | None, normalised: bool) -> None:
    weights, toa = network
    still: Network = ([weights[0]] * PERIODS, toa)
    dated = [ties(table) for table in weights]

    for forwards, measure in ((True, infectiousness), (False, susceptibility)):
        moving = measure(dated, toa, PERIODS, window=window, rate=rate, normalised=normalised)
        static = measure(dated[0], toa, PERIODS, window=window, rate=rate, normalised=normalised)
        assert moving == pytest.approx(by_hand(network, window, rate, normalised, forwards), nan_ok=True)
        assert static == pytest.approx(by_hand(still, window, rate, normalised, forwards), nan_ok=True)


@given(networks(), st.integers(1, 3))
def test_many_approaches_at_once_are_each_one_alone(network: Network, window: int) -> None:
    weights, toa = network
    both = np.column_stack([toa, toa[::-1]])

    for measure in (infectiousness, susceptibility):
        together = measure(ties(weights[0]), both, PERIODS, window=window)
        for column in range(2):
            alone = measure(ties(weights[0]), both[:, column], PERIODS, window=window)
            assert together[:, column] == pytest.approx(alone, nan_ok=True)


@given(networks(), st.randoms(use_true_random=False))
def test_the_order_of_regions_plays_no_part(network: Network, order: random.Random) -> None:
    weights, toa = network
    place = list(range(len(toa)))
    order.shuffle(place)

    for measure in (infectiousness, susceptibility):
        found = measure(ties(weights[0][place][:, place]), toa[place], PERIODS, window=2)
        assert found == pytest.approx(measure(ties(weights[0]), toa, PERIODS, window=2)[place], nan_ok=True)


@given(networks(), st.integers(1, 4))
def test_shifting_all_dates_changes_nothing(network: Network, by: int) -> None:
    weights, toa = network

    for measure in (infectiousness, susceptibility):
        found = measure(ties(weights[0]), toa + by, PERIODS + by, window=3)
        assert found == pytest.approx(measure(ties(weights[0]), toa, PERIODS, window=3), nan_ok=True)


@given(networks(), st.sampled_from([0.0, 3.0, NAN]))
def test_a_region_without_ties_changes_no_other_unless_normalised(network: Network, adopts: float) -> None:
    weights, toa = network
    more = np.pad(weights[0], ((0, 1), (0, 1)))

    for measure in (infectiousness, susceptibility):
        found = measure(ties(more), [*toa, adopts], PERIODS, window=2, normalised=False)
        alone = measure(ties(weights[0]), toa, PERIODS, window=2, normalised=False)
        assert found[:-1] == pytest.approx(alone, nan_ok=True)
        assert np.isnan(found[-1])


@given(networks(), st.integers(1, 4), st.booleans())
def test_values_lie_between_0_and_1_where_ties_stay(network: Network, window: int, normalised: bool) -> None:
    weights, toa = network
    plain = ties(weights[0] > 0)

    for measure in (infectiousness, susceptibility):
        found = measure(plain, toa, PERIODS, window=window, normalised=normalised)
        known = found[~np.isnan(found)]
        assert ((known >= 0) & (known <= 1 + 1e-9)).all()


def test_no_region_one_region_and_all_at_once_are_no_trouble() -> None:
    for measure in (infectiousness, susceptibility):
        assert measure(ties(np.zeros((0, 0))), [], 3).shape == (0,)
        assert np.isnan(measure(ties(np.zeros((1, 1))), [1], 3)).all()
        assert np.isnan(measure(star(outwards=True), [2] * 5, 4, window=3)).all()
        assert np.isnan(measure(star(outwards=True), [0] * 5, 1)).all()
        assert measure(star(outwards=True), np.zeros((5, 0)), 4).shape == (5, 0)


def test_arguments_that_mean_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="window"):
        infectiousness(star(outwards=True), LOOKING, 4, window=0)
    with pytest.raises(ValueError, match="rate must be above -1"):
        susceptibility(star(outwards=True), LOOKING, 4, rate=-1)
    with pytest.raises(ValueError, match="whole periods"):
        susceptibility(star(outwards=True), LOOKING, 3)


def test_every_measure_is_explained() -> None:
    assert [item.code for item in measures.MEASURES] == ["infectiousness", "susceptibility"]
    for item in measures.MEASURES:
        assert item.words
        assert item.undefined
