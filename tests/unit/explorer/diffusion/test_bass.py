"""The Bass model: published estimates, known curves given back, and refusals."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.integrate import solve_ivp
from scipy.optimize import curve_fit

from explorer.analysis.diffusion.bass import (
    MEASURES,
    MINIMUM_ADOPTERS,
    MINIMUM_PERIODS,
    MOST_TIMES_OBSERVED,
    REFUSALS,
    Bass,
    Refusal,
    bass_fit,
    refusal,
    share,
)

# Thousands sold per year in the United States, and the estimates by nonlinear least squares as published
# (data: Bass 1969, Management Science 15:215-227, carried on; estimates: Srinivasan & Mason 1986, Marketing
# Science 5:169-178, and Mahajan, Mason & Srinivasan 1986).
PUBLISHED = {
    "room air conditioners, 1949-1961": (
        [96, 195, 238, 380, 1045, 1230, 1267, 1828, 1586, 1673, 1800, 1580, 1500],
        (0.0094, 0.3748, 18713),
    ),
    "colour television, 1963-1970": ([747, 1480, 2646, 5118, 5777, 5982, 5962, 4631], (0.0185, 0.6159, 39659)),
    "clothes dryers, 1949-1961": (
        [106, 319, 492, 635, 737, 890, 1397, 1523, 1294, 1240, 1425, 1260, 1236],
        (0.0136, 0.3267, 16497),
    ),
}


def curve(p: float, q: float, m: float, periods: int) -> NDArray[np.float64]:
    return m * np.diff(share(np.arange(periods + 1.0), p, q))


def fitted(new: NDArray[np.float64], most: float = np.inf) -> Bass:
    found = bass_fit(new, most=most)
    assert isinstance(found, Bass), found
    return found


def refused(new: NDArray[np.float64], most: float = np.inf) -> str:
    found = bass_fit(new, most=most)
    assert isinstance(found, Refusal), found
    return found.code


@pytest.mark.parametrize("product", PUBLISHED)
def test_published_estimates_are_found(product: str) -> None:
    sales, (p, q, m) = PUBLISHED[product]

    found = fitted(np.array(sales, dtype=np.float64))

    assert found.p == pytest.approx(p, abs=0.00005)
    assert found.q == pytest.approx(q, abs=0.00005)
    assert found.m == pytest.approx(m, abs=1)


def test_the_curve_solves_the_equation_of_the_model() -> None:
    # dF/dt = (p + q F)(1 - F), F(0) = 0 (Bass 1969)
    p, q, time = 0.02, 0.4, np.linspace(0, 20, 21)

    solved = solve_ivp(lambda _t, f: (p + q * f) * (1 - f), (0, 20), [0.0], t_eval=time, rtol=1e-9, atol=1e-12)

    np.testing.assert_allclose(share(time, p, q), solved.y[0], atol=1e-7)


@settings(max_examples=40, deadline=None)
@given(st.floats(0.002, 0.06), st.floats(0.08, 0.8), st.floats(12, 5_000))
def test_an_exact_curve_is_given_back(p: float, q: float, m: float) -> None:
    periods = int(max(np.log(q / p) / (p + q), 0)) + 10

    found = fitted(curve(p, q, m * 2, periods))

    np.testing.assert_allclose([found.p, found.q, found.m], [p, q, m * 2], rtol=1e-5)
    assert found.r_squared == pytest.approx(1)
    assert found.peak == pytest.approx(max(np.log(q / p) / (p + q), 0), rel=1e-4, abs=1e-4)


def test_the_peak_is_where_the_curve_is_steepest() -> None:
    found = fitted(curve(0.01, 0.5, 200, 20))
    time = np.linspace(0, 20, 20_001)

    steepest = time[np.argmax(np.gradient(found.cumulative(time), time))]
    assert found.peak == pytest.approx(steepest, abs=0.002)


def test_a_curve_that_only_declines_peaks_at_its_start() -> None:
    assert fitted(curve(0.2, 0.1, 200, 15)).peak == 0


def test_residuals_are_records_minus_curve() -> None:
    new = np.array(PUBLISHED["clothes dryers, 1949-1961"][0], dtype=np.float64)
    found = fitted(new)

    steps = np.diff(found.cumulative(np.arange(len(new) + 1)))
    np.testing.assert_allclose(found.residuals, new - steps, atol=1e-8)
    around = ((new - new.mean()) ** 2).sum()
    assert found.r_squared == pytest.approx(1 - (found.residuals**2).sum() / around)


def test_standard_errors_are_about_the_spread_of_estimates() -> None:
    # 200 records that differ from one curve by independent errors of one size: what the errors are defined for.
    exact, random = curve(0.02, 0.4, 300, 18), np.random.default_rng(4)
    fits = [bass_fit(np.maximum(exact + random.normal(0, 1.0, exact.size), 0)) for _ in range(200)]
    found = [fit for fit in fits if isinstance(fit, Bass)]

    assert len(found) == 200
    for name in ("p", "q", "m"):
        spread = np.std([getattr(fit, name) for fit in found])
        told = np.mean([getattr(fit, f"{name}_error") for fit in found])
        assert told == pytest.approx(spread, rel=0.2)


def test_standard_errors_are_those_of_a_fit_without_logarithms() -> None:
    sales = np.array(PUBLISHED["clothes dryers, 1949-1961"][0], dtype=np.float64)
    found, time = fitted(sales), np.arange(1.0, sales.size + 1)

    def step(t: NDArray[np.float64], p: float, q: float, m: float) -> NDArray[np.float64]:
        return m * (share(t, p, q) - share(t - 1, p, q))

    _, covariance = curve_fit(step, time, sales, [0.01, 0.3, 16_000])
    np.testing.assert_allclose([found.p_error, found.q_error, found.m_error], np.sqrt(np.diag(covariance)), rtol=1e-3)


@pytest.mark.parametrize("scale", [0.01, 1000.0])
def test_counting_in_thousands_changes_m_alone(scale: float) -> None:
    new = np.array(PUBLISHED["room air conditioners, 1949-1961"][0], dtype=np.float64)
    one, other = fitted(new), fitted(new * scale)

    assert (other.p, other.q) == pytest.approx((one.p, one.q), rel=1e-5)
    assert other.m == pytest.approx(one.m * scale, rel=1e-5)
    assert other.m_error == pytest.approx(one.m_error * scale, rel=1e-4)


def test_too_few_are_refused_and_the_reason_says_how_many_it_takes() -> None:
    assert refused(np.array([1.0, 2, 3, 2, 1, 0, 0, 0])) == "too few adopters"  # 9
    assert refused(np.zeros(20)) == "too few adopters"
    assert refused(np.array([])) == "too few adopters"
    assert refused(np.array([2.0, 5, 9, 5, 2])) == "too few periods"
    assert f"than {MINIMUM_ADOPTERS} regions" in refusal("too few adopters").words
    assert f"than {MINIMUM_PERIODS} periods" in refusal("too few periods").words


def test_before_its_peak_a_curve_is_refused() -> None:
    whole = curve(0.005, 0.4, 300, 30)  # its peak is at ln(80) / .405 = 10.8

    assert refused(whole[:9]) == "not peaked"
    assert isinstance(bass_fit(whole), Bass)


def test_steady_growth_is_refused() -> None:
    assert refused(np.arange(3.0, 36.0, 3.0)) == "not peaked"


def test_the_same_number_each_period_is_refused() -> None:
    assert refused(np.full(10, 5.0)) == "no limit"
    assert f"over {MOST_TIMES_OBSERVED} times" in refusal("no limit").words


def test_more_regions_than_there_are_is_refused() -> None:
    new = curve(0.02, 0.4, 300, 20)

    assert refused(new, most=250) == "no limit"
    assert fitted(new, most=301).m == pytest.approx(300)


@pytest.mark.parametrize("p", [0.05, 0.36, 0.9])
def test_plain_decline_is_refused(p: float) -> None:
    # q is 0, the exponential curve itself; which reason comes first hangs on rounding.
    assert refused(300 * np.exp(-p * np.arange(12.0))) in ("no curve", "no better", "no limit")


def test_all_at_once_is_refused() -> None:
    assert refused(np.array([20.0, *[0] * 9])) in ("no curve", "uncertain")
    assert refused(np.array([*[0] * 5, 20.0, *[0] * 4])) in ("no curve", "uncertain")


def test_coefficients_within_their_error_are_refused() -> None:
    assert refused(np.array([1.0, 5, 9, 5, 1, 0, 1, 5, 9, 5, 1])) == "uncertain"  # two waves


def test_ups_and_downs_around_a_weak_wave_are_refused() -> None:
    wave = curve(0.02, 0.3, 60, 24)
    new = np.maximum(wave + np.tile([3.0, -3.0], 12), 0)

    assert refused(new) == "poor fit"


@pytest.mark.parametrize(
    "new",
    [
        [8, 9, 7, 6, 4, 3],  # six periods tell too little for a third coefficient
        [24, 22, 20, 18, 16, 14, 12, 10, 8, 6, 4, 2],  # a straight line itself
        [17, 10, 21, 17, 12, 12, 9, 3, 4, 5, 0, 0],  # nearer to a straight line than to a curve of growth or decline
        [48, 36, 38, 32, 22, 17, 14, 17, 9, 8, 6, 4],  # the other way round
    ],
)
def test_what_a_straight_line_or_plain_decline_tells_as_well_is_refused(new: list[int]) -> None:
    assert refused(np.array(new, dtype=np.float64)) == "no better"


def test_between_two_exact_curves_the_simpler_is_taken() -> None:
    assert refused(curve(0.36, 1e-7, 300, 10)) == "no better"  # q is next to 0: plain decline, but for rounding


def test_chance_alone_is_next_to_never_taken_for_a_curve() -> None:
    random = np.random.default_rng(11)
    fits = [bass_fit(random.poisson(4, size=random.integers(8, 40))) for _ in range(200)]

    assert sum(isinstance(fit, Bass) for fit in fits) <= 4


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 200), max_size=40))
def test_any_record_gives_a_sound_fit_or_a_reason(new: list[int]) -> None:
    found = bass_fit(np.array(new, dtype=np.float64))

    if isinstance(found, Refusal):
        assert found in REFUSALS
        return
    assert min(found.p, found.q, found.m) > 0
    assert found.p_error < found.p
    assert found.q_error < found.q
    assert found.m_error < found.m <= 10 * sum(new)
    assert 0.5 <= found.r_squared <= 1
    assert 0 <= found.peak <= len(new)
    assert found.residuals.shape == (len(new),)


@pytest.mark.parametrize("wrong", [[1.0, -1.0], [1.0, float("nan")], [[1.0, 2.0]]])
def test_what_is_no_series_of_counts_raises(wrong: list[float]) -> None:
    with pytest.raises(ValueError, match="one number of 0 and up per period"):
        bass_fit(np.array(wrong))


def test_every_refusal_and_measure_has_words_of_its_own() -> None:
    assert len({item.code for item in REFUSALS}) == len({item.words for item in REFUSALS}) == len(REFUSALS)
    assert all(refusal(item.code) is item for item in REFUSALS)
    assert all(item.title and item.words and item.term and item.source for item in MEASURES)
