"""The Bass model: how fast an approach spreads at its start, how much faster with each adopter, and where it ends.

F(t) = (1 - e^{-(p+q)t}) / (1 + (q/p) e^{-(p+q)t}) is the share of the eventual m
adopters that has adopted by time t. The literature reads p as innovation and q as
imitation; a curve alone shows neither, since adopters who differ in how ready
they are give the same one (Bemmaor 1994). A fit that would mislead is refused,
with the reason in words.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares, minimize_scalar

from explorer.analysis.explained import Explained
from languages.words import N_

Values = NDArray[np.float64]

MINIMUM_ADOPTERS = 10
MINIMUM_PERIODS = 6  # the corrected Akaike criterion of three parameters and a variance needs one more than five
MOST_TIMES_OBSERVED = 10
MINIMUM_R_SQUARED = 0.5
_SMALLEST = 1e-12  # of p and of q; below, one of the two plays no part and there is no such curve
_STEEPEST = 50.0  # of p + q; above, all adopt within one period and there is no curve to fit


@dataclass(frozen=True, eq=False)
class Bass:
    """A Bass curve that fits.

    Attributes
    ----------
    p
        Coefficient of innovation: share of those left that adopt per period when nobody has yet.
    q
        Coefficient of imitation: by how much that share is higher when nearly all have.
    m
        How many adopt in the end.
    p_error, q_error, m_error
        Standard errors, if the residuals are independent and of one size.
    residuals
        (T,): new adopters on record minus those of the curve.
    r_squared
        Share of the variance of new adopters that the curve takes up; `MINIMUM_R_SQUARED` to 1.
    peak
        Time of fastest spread, in periods since the start of period 0, so that
        its whole part is the number of a period; 0 where it was fastest at the start.
    """

    p: float
    q: float
    m: float
    p_error: float
    q_error: float
    m_error: float
    residuals: Values
    r_squared: float
    peak: float

    def cumulative(self, time: NDArray[np.int64] | Values) -> Values:
        """Adopters of the curve after `time` periods, 0 to `m`; in the shape of `time`."""
        return self.m * share(np.asarray(time, dtype=np.float64), self.p, self.q)


@dataclass(frozen=True)
class Refusal:
    """Why no curve is shown: a code, and the reason in words."""

    code: str
    words: str


REFUSALS = (
    Refusal("too few adopters", N_("Fewer than 10 regions took it over: too few to tell how it spreads.")),
    Refusal("too few periods", N_("Fewer than 6 periods are on record: too few to tell how it spreads.")),
    Refusal("no curve", N_("The records do not follow such a curve: no best one was found.")),
    Refusal(
        "not peaked", N_("By the curve, the fastest spread is still to come: where it ends cannot be told from this.")
    ),
    Refusal(
        "no limit",
        N_("By the curve, more regions would take it over than there are, or over 10 times those on record."),
    ),
    Refusal("uncertain", N_("The curve is too uncertain: the error of a coefficient is as large as the coefficient.")),
    Refusal("poor fit", N_("The curve takes up less than half of the ups and downs on record.")),
    Refusal("no better", N_("A straight line or plain growth or decline describes the records as well.")),
)


def refusal(code: str) -> Refusal:
    """The reason of that code; KeyError where there is none."""
    return {item.code: item for item in REFUSALS}[code]


def share(time: Values, p: float, q: float) -> Values:
    """Share of the eventual adopters that has adopted after `time` periods, F(t); 0 to 1, in the shape of `time`."""
    decay = np.exp(-(p + q) * time)
    return np.asarray(p * (1 - decay) / (p + q * decay), dtype=np.float64)


def bass_fit(new: NDArray[np.int64] | Values, *, most: float = np.inf) -> Bass | Refusal:
    """Bass model of new adopters per period, by nonlinear least squares on m [F(t) - F(t-1)].

    Parameters
    ----------
    new
        New adopters per period, (T,), from the period in which the approach
        began. Leave out a last period that the records cover in part only.
    most
        How many could adopt at most (regions at risk); a larger m is refused.

    Returns
    -------
    Bass or Refusal
        A refusal with fewer than `MINIMUM_ADOPTERS` adopters or `MINIMUM_PERIODS`
        periods; where no fit was found; where the peak of the curve lies after
        the last period (m cannot be told before the peak); where m exceeds `most`
        or `MOST_TIMES_OBSERVED` times the adopters on record; where a standard error
        is as large as its estimate; where R squared is under `MINIMUM_R_SQUARED`; and
        where a straight line or an exponential curve does as well by the
        corrected Akaike criterion, which charges the third parameter.

    Raises
    ------
    ValueError
        Where `new` is not a series of numbers of 0 and up.

    References
    ----------
    Bass (1969), Management Science 15:215-227; Srinivasan & Mason (1986), Marketing Science 5:169-178.
    """
    series = np.asarray(new, dtype=np.float64)
    if series.ndim != 1 or not np.all(np.isfinite(series) & (series >= 0)):
        raise ValueError("new adopters must be one number of 0 and up per period")
    if series.sum() < MINIMUM_ADOPTERS:
        return refusal("too few adopters")
    if series.size < MINIMUM_PERIODS:
        return refusal("too few periods")
    logs = _search(series / series.sum())
    if not np.all(np.isfinite(logs)):
        return refusal("no curve")
    p, q, m = (float(value) for value in np.exp(logs) * np.array([1, 1, series.sum()]))
    residuals = series - m * _steps(series.size, p, q)
    p_error, q_error, m_error = (float(error) for error in _errors(logs, series / series.sum()))
    spread = _squares(series - series.mean())
    r_squared = 1 - _squares(residuals) / spread if spread else float("nan")
    peak = max(float(np.log(q / p) / (p + q)), 0.0)
    fit = Bass(p, q, m, p * p_error, q * q_error, m * m_error, residuals, r_squared, peak)
    code = _objection(fit, series, most)
    return refusal(code) if code else fit


def _objection(fit: Bass, series: Values, most: float) -> str:
    """Code of the first reason to refuse the fit; empty where there is none."""
    estimates = ((fit.p, fit.p_error), (fit.q, fit.q_error), (fit.m, fit.m_error))
    line = np.polynomial.Polynomial.fit(np.arange(series.size), series, 1)
    others = min(_squares(series - line(np.arange(series.size))), _exponential(series))
    found = {
        "not peaked": fit.peak > series.size,
        "no limit": fit.m > min(most, MOST_TIMES_OBSERVED * series.sum()),
        "uncertain": not all(error < value for value, error in estimates),
        "poor fit": not fit.r_squared >= MINIMUM_R_SQUARED,
        "no better": not _criterion(_squares(fit.residuals), 3, series) < _criterion(others, 2, series),
    }
    return next((code for code, true in found.items() if true), "")


def _steps(periods: int, p: float, q: float) -> Values:
    """F(t) - F(t-1) for t from 1 to T."""
    return np.diff(share(np.arange(periods + 1.0), p, q))


def _residuals(logs: Values, series: Values) -> Values:
    p, q, m = np.exp(logs)
    return np.asarray(m * _steps(series.size, p, q) - series, dtype=np.float64)


def _slopes(logs: Values, series: Values) -> Values:
    """Derivatives of `_residuals` by the logarithms of p, q and m; (T, 3)."""
    p, q, m = np.exp(logs)
    time = np.arange(series.size + 1.0)
    decay = np.exp(-(p + q) * time)
    below, fade = p + q * decay, time * decay
    by_p = (1 - decay + p * fade) / below - p * (1 - decay) * (1 - q * fade) / below**2
    by_q = p * fade / below - p * (1 - decay) * (decay - q * fade) / below**2
    level = share(time, p, q)
    return np.diff(np.stack([m * p * by_p, m * q * by_q, m * level], axis=1), axis=0)


def _search(series: Values) -> Values:
    """Logarithms of p, q and m with the least sum of squares; NaN where the search did not end."""
    with np.errstate(all="ignore"):  # it may stray to where the curve is no number; what it brings back is judged
        found = least_squares(_residuals, _start(series), _slopes, method="lm", args=(series,))
        p, q, m = np.exp(found.x)
        sound = found.success and np.isfinite(found.cost) and p > _SMALLEST and q > _SMALLEST and p + q < _STEEPEST
    return found.x if sound and np.isfinite(m) else np.full(3, np.nan)


def _start(series: Values) -> Values:
    """Logarithms of the best p, q, m on a grid; m is linear, so that each point of the grid has its own."""
    logs, curves = _grid(series.size)
    size = (curves**2).sum(axis=1)
    inner = curves @ series
    best = int(np.argmax(inner**2 / size))
    return np.append(logs[best], np.log(inner[best] / size[best]))


@lru_cache(maxsize=64)
def _grid(periods: int) -> tuple[Values, Values]:
    """Logarithms of p and q, (G, 2), and the curve of each with m = 1, (G, T)."""
    p, q = np.meshgrid(np.geomspace(1e-5, 1, 26), np.geomspace(1e-3, 3, 26), indexing="ij")
    pairs = np.stack([p.ravel(), q.ravel()], axis=1)
    return np.log(pairs), np.array([_steps(periods, a, b) for a, b in pairs])


def _errors(logs: Values, series: Values) -> Values:
    """Standard errors of p, q, m as shares of themselves; infinite where the records cannot tell them."""
    slopes, left = _slopes(logs, series), _residuals(logs, series)
    try:
        inverse = np.linalg.inv(slopes.T @ slopes)
    except np.linalg.LinAlgError:
        return np.full(3, np.inf)
    variances = np.diag(inverse) * _squares(left) / (series.size - 3)
    return np.sqrt(np.where(variances >= 0, variances, np.inf))


def _exponential(series: Values) -> float:
    """Least sum of squares of a e^{bt} around the series, growing or declining."""
    time = np.arange(series.size) / series.size  # so that b is of the same size for any number of periods

    def left(rate: float) -> float:
        curve = np.exp(rate * time - max(rate, 0.0))
        return _squares(series - curve * (curve @ series) / (curve @ curve))

    rates = np.linspace(-40, 40, 81)
    best = rates[np.argmin([left(rate) for rate in rates])]
    return float(minimize_scalar(left, bounds=(best - 1, best + 1), method="bounded").fun)


def _criterion(squares: float, parameters: int, series: Values) -> float:
    """Corrected Akaike criterion of a least-squares fit; the variance of the residuals counts as a parameter."""
    count, free = series.size, parameters + 1
    rounding = 1e-12 * _squares(series)  # less than this is an exact fit
    return float(count * np.log(max(squares, rounding) / count) + 2 * free + 2 * free * (free + 1) / (count - free - 1))


def _squares(values: Values) -> float:
    return float(values @ values)


SOURCE = "Bass (1969), Management Science 15:215-227; Srinivasan & Mason (1986), Marketing Science 5:169-178"

MEASURES = (
    Explained(
        code="bass_p",
        title=N_("Pace at the start"),
        words=N_("The share of the regions still to come that takes it over per period while no other has it"),
        term="Bass model, coefficient of innovation p",
        span=N_("above 0, per period"),
        undefined=N_("where the curve does not fit; the reason is given"),
        source=SOURCE,
    ),
    Explained(
        code="bass_q",
        title=N_("Speeding up"),
        words=N_(
            "How much higher that share is when nearly all have it: high where the spread gathers speed on the way"
        ),
        term="Bass model, coefficient of imitation q",
        span=N_("above 0, per period"),
        undefined=N_("where the curve does not fit; the reason is given"),
        source=SOURCE,
    ),
    Explained(
        code="bass_m",
        title=N_("Regions in the end"),
        words=N_("How many regions will have taken it over in the end, if it goes on as it did"),
        term="Bass model, market size m",
        span=N_("above 0, regions"),
        undefined=N_("where the curve does not fit; the reason is given"),
        source=SOURCE,
    ),
    Explained(
        code="bass_peak",
        title=N_("Fastest spread"),
        words=N_("The period in which, by the curve, most regions took it over"),
        term="Bass model, time of peak adoption",
        span=N_("0 to the last period"),
        undefined=N_("where the curve does not fit; the reason is given"),
        source=SOURCE,
    ),
)
