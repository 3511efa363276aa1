"""Moran's I: a documented example, all orders of the values, hand arithmetic, and what must change nothing."""

import random
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from explorer.analysis.diffusion import autocorrelation as measures
from explorer.analysis.diffusion.autocorrelation import morans_i
from explorer.analysis.diffusion.exposure import tie_list

Floats = NDArray[np.float64]
NAN = float("nan")

# Log body mass of five primates (Homo, Pongo, Macaca, Ateles, Galago) and how far they are apart on their tree: the
# example of the R package ape (Paradis, vignette on Moran's I), with its documented results.
BODY_MASS = [4.09434, 3.61092, 2.37024, 2.02815, -1.46968]
APART = [
    [0, 0.42, 0.98, 1.24, 2.00],
    [0.42, 0, 0.98, 1.24, 2.00],
    [0.98, 0.98, 0, 1.24, 2.00],
    [1.24, 1.24, 1.24, 0, 2.00],
    [2.00, 2.00, 2.00, 2.00, 0],
]

# a - b - c - d, both ways.
ROW = [[0, 1, 0, 0], [1, 0, 1, 0], [0, 1, 0, 1], [0, 0, 1, 0]]


def ties(rows: ArrayLike) -> csr_array[np.float64, tuple[int, int]]:
    return csr_array(np.asarray(rows, dtype=np.float64))


@st.composite
def networks(draw: st.DrawFn) -> tuple[Floats, Floats]:
    n = draw(st.integers(4, 7))
    weights = draw(st.lists(st.sampled_from([0, 0, 1, 3]), min_size=n * n, max_size=n * n))
    values = draw(st.lists(st.integers(-5, 5), min_size=n, max_size=n))
    return np.array(weights, dtype=np.float64).reshape(n, n), np.array(values, dtype=np.float64)


def test_the_primates_have_the_documented_values() -> None:
    near = np.divide(1, APART, out=np.zeros((5, 5)), where=np.array(APART) > 0)

    found = morans_i(ties(near), BODY_MASS)

    assert float(found.i) == pytest.approx(-0.07312179, abs=5e-9)
    assert float(found.expected) == -0.25
    assert float(found.variance) ** 0.5 == pytest.approx(0.08910814, abs=5e-9)
    assert float(found.p) == pytest.approx(0.04714628, abs=5e-9)


def test_likeness_in_a_row_is_as_by_hand() -> None:
    # Values 1 1 0 0, mean 1/2, z = 1/2 1/2 -1/2 -1/2, sum of squares 1. Ties as given, S0 = 6:
    # sum of w z z = 2 * (1/4 - 1/4 + 1/4) = 1/2; I = 4/6 * 1/2 / 1 = 1/3.
    assert float(morans_i(ties(ROW), [1, 1, 0, 0], rows_sum_to_one=False).i) == pytest.approx(1 / 3)
    # Rows summing to one, S0 = 4: a 1/4, b 0, c 0, d 1/4; I = 4/4 * 1/2 / 1 = 1/2.
    assert float(morans_i(ties(ROW), [1, 1, 0, 0]).i) == pytest.approx(1 / 2)
    # 1 0 1 0: every tie joins unlike ones: I = 4/6 * (-6/4) / 1 = -1.
    assert float(morans_i(ties(ROW), [1, 0, 1, 0], rows_sum_to_one=False).i) == pytest.approx(-1)


def test_the_variance_of_normal_values_is_as_by_hand() -> None:
    # Ties as given: S0 = 6, S1 = 1/2 * 6 * (1+1)^2 = 12, S2 = 2^2 + 4^2 + 4^2 + 2^2 = 40, n = 4:
    # (16*12 - 4*40 + 3*36) / (36 * 15) - 1/9 = 140/540 - 60/540 = 4/27.
    found = morans_i(ties(ROW), [1, 1, 0, 0], assumption="normality", rows_sum_to_one=False)

    assert float(found.variance) == pytest.approx(4 / 27)
    assert float(found.z) == pytest.approx((1 / 3 + 1 / 3) / (4 / 27) ** 0.5)


@given(networks().filter(lambda network: len(network[1]) <= 6), st.booleans())
def test_mean_and_variance_are_those_of_all_orders_of_the_values(
    network: tuple[Floats, Floats], rows_sum_to_one: bool
) -> None:
    weights, values = network
    orders = np.array(list(permutations(values))).T

    found = morans_i(ties(weights), values, rows_sum_to_one=rows_sum_to_one)
    each = morans_i(ties(weights), orders, rows_sum_to_one=rows_sum_to_one).i

    assert float(found.expected) == pytest.approx(each.mean(), nan_ok=True)
    assert float(found.variance) == pytest.approx(each.var(), nan_ok=True, abs=1e-12)


def test_the_variance_of_normal_values_is_that_of_many_normal_values() -> None:
    values = np.random.default_rng(5).normal(size=(4, 100_000))

    found = morans_i(ties(ROW), values, assumption="normality")

    assert found.i.mean() == pytest.approx(-1 / 3, abs=0.01)
    assert found.i.var() == pytest.approx(found.variance[0], rel=0.02)


@given(networks(), st.randoms(use_true_random=False))
def test_the_order_of_regions_plays_no_part(network: tuple[Floats, Floats], order: random.Random) -> None:
    weights, values = network
    place = list(range(len(values)))
    order.shuffle(place)

    one, other = morans_i(ties(weights), values), morans_i(ties(weights[place][:, place]), values[place])

    assert float(one.i) == pytest.approx(float(other.i), nan_ok=True)
    assert float(one.variance) == pytest.approx(float(other.variance), nan_ok=True)


@given(networks(), st.integers(-9, 9), st.sampled_from([-2.0, 0.5, 3.0]))
def test_neither_zero_nor_unit_of_the_values_plays_a_part(
    network: tuple[Floats, Floats], zero: int, unit: float
) -> None:
    weights, values = network

    one, other = morans_i(ties(weights), values), morans_i(ties(weights), values * unit + zero)

    assert float(one.i) == pytest.approx(float(other.i), nan_ok=True)
    assert float(one.p) == pytest.approx(float(other.p), nan_ok=True)


def test_columns_are_each_on_their_own() -> None:
    values = np.array([[1, 1, NAN, 2], [1, 0, 0, 2], [0, 1, 1, 2], [0, 0, 1, 2]], dtype=np.float64)

    found = morans_i(ties(ROW), values.reshape(4, 2, 2))

    assert found.i.shape == found.p.shape == (2, 2)
    assert found.i.ravel()[:2] == pytest.approx(
        [float(morans_i(ties(ROW), values[:, column]).i) for column in range(2)]
    )
    assert np.isnan(found.i.ravel()).tolist() == [False, False, True, True]  # an unknown value; no variance


def test_ties_of_each_period_go_with_the_values_of_that_period() -> None:
    apart = ties([[0, 0, 1, 0], [0, 0, 0, 1], [1, 0, 0, 0], [0, 1, 0, 0]])
    values = np.array([[1, 1], [1, 1], [0, 0], [0, 0]])

    for way in ([ties(ROW), apart], tie_list([ties(ROW), apart], 4, 2)):
        found = morans_i(way, values)
        # The row: 1/2, as above. Apart: every tie joins unlike ones: 4/4 * (-4/4) / 1 = -1.
        assert found.i == pytest.approx([1 / 2, -1])
        assert found.expected.tolist() == [-1 / 3, -1 / 3]


def test_where_it_says_nothing_it_is_undefined() -> None:
    for nothing in (
        morans_i(ties(np.zeros((4, 4))), [1, 2, 3, 4]),
        morans_i(ties(np.eye(4)), [1, 2, 3, 4]),
        morans_i(ties(ROW), [0.1, 0.1, 0.1, 0.1]),
        morans_i(ties(ROW), [1, NAN, 0, 0]),
        morans_i(ties([[0.0]]), [1]),
        morans_i(ties(np.zeros((0, 0))), []),
    ):
        assert np.isnan([nothing.i, nothing.expected, nothing.variance, nothing.z, nothing.p]).all()


def test_where_every_order_gives_the_same_there_is_no_test() -> None:
    for n in range(4, 30):  # at some sizes rounding leaves a little more or less than no variance
        everyone = (np.ones((n, n)) - np.eye(n)) / 10

        found = morans_i(ties(everyone), np.random.default_rng(n).normal(size=n))

        assert float(found.i) == pytest.approx(-1 / (n - 1))
        assert float(found.variance) == 0
        assert np.isnan([found.z, found.p]).all()


def test_three_regions_are_too_few_for_the_moments_over_orders() -> None:
    three = ties([[0, 1, 0], [1, 0, 1], [0, 1, 0]])

    assert float(morans_i(three, [1, 0, 0]).expected) == -0.5
    assert np.isnan(morans_i(three, [1, 0, 0]).variance)
    assert float(morans_i(three, [1, 0, 0], assumption="normality").variance) > 0


def test_arguments_that_mean_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="assumption"):
        morans_i(ties(ROW), [1, 1, 0, 0], assumption="chance")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="a row for each region"):
        morans_i(ties(ROW), 1.0)
    with pytest.raises(ValueError, match="must be the period"):
        morans_i([ties(ROW)], [1, 1, 0, 0])
    with pytest.raises(ValueError, match="ties for 1 periods were given, not for 2"):
        morans_i([ties(ROW)], np.zeros((4, 2)))
    with pytest.raises(ValueError, match="ties are"):
        morans_i(ties(ROW), [1, 0, 0])


def test_the_measure_is_explained() -> None:
    assert [item.code for item in measures.MEASURES] == ["morans_i"]
    assert measures.MEASURES[0].words
