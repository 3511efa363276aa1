"""Moran's I: whether regions that are tied resemble each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr

from explorer.analysis.explained import Explained
from languages.words import N_

from .exposure import Floats, TieList, TieMatrix, Ties, product, tie_list

Assumption = Literal["randomisation", "normality"]


@dataclass(frozen=True, eq=False)
class Moran:
    """Moran's I of one or more columns of values; each array has the shape of the values without its first axis.

    Attributes
    ----------
    i
        The statistic: above `expected`, tied regions are alike; below, unlike.
    expected
        -1 / (n - 1), its mean where values have nothing to do with ties.
    variance
        Its variance there, under the assumption asked for.
    z
        (i - expected) / sqrt(variance).
    p
        Two-sided, from the normal distribution: with few regions a rough guide.
    """

    i: Floats
    expected: Floats
    variance: Floats
    z: Floats
    p: Floats


def morans_i(
    ties: Ties, values: ArrayLike, *, assumption: Assumption = "randomisation", rows_sum_to_one: bool = True
) -> Moran:
    """Moran's I, how much tied regions resemble each other, with its moments by chance.

    I = n / S0 * sum_ij w_ij z_i z_j / sum_i z_i^2, z the values less their
    mean, S0 the sum of all weights, j other than i.

    Parameters
    ----------
    ties
        (n, n) weights w, or one matrix for each period.
    values
        (n,) or (n, ...): every column on its own. With ties for each period
        the last axis is the period, as `in_use` returns it.
    assumption
        What the variance rests on: "randomisation", that the values at hand
        fell on the regions in any order, or "normality", that each is drawn
        from one normal distribution. The first fits counts and 0/1.
    rows_sum_to_one
        Whether each row of ties is divided by its sum first, as netdiffuseR
        and ape do.

    Returns
    -------
    Moran
        NaN throughout where there are no ties, a value is NaN, all values are
        equal, or n is below 2; variance, z and p are NaN under "randomisation"
        for n below 4; z and p are NaN where every order of the values gives
        the same I, as when all are tied to all.

    References
    ----------
    Moran (1950), Biometrika 37:17-23; Cliff & Ord (1981), Spatial Processes:
    Models and Applications, for the moments.
    """
    if assumption not in ("randomisation", "normality"):
        raise ValueError(f'assumption is "randomisation" or "normality", not {assumption!r}')
    table = np.asarray(values, dtype=np.float64)
    if table.ndim == 0:
        raise ValueError("values must have a row for each region")
    dated = isinstance(ties, Sequence) or (isinstance(ties, TieList) and not ties.static)
    if dated and table.ndim == 1:
        raise ValueError("with ties for each period the last axis of values must be the period")
    listed = tie_list(ties, len(table), table.shape[-1] if dated else 1)
    if not dated:
        return _moran(_weights(listed.matrix(0), rows_sum_to_one), table, assumption)
    found = [
        _moran(_weights(listed.matrix(period), rows_sum_to_one), table[..., period], assumption)
        for period in range(table.shape[-1])
    ]
    return Moran(
        *(np.stack([getattr(one, name) for one in found], axis=-1) for name in ("i", "expected", "variance", "z", "p"))
    )


def _weights(matrix: TieMatrix, rows_sum_to_one: bool) -> TieMatrix:
    if not rows_sum_to_one:
        return matrix
    total = np.asarray(matrix.sum(axis=1), dtype=np.float64)
    each = np.repeat(total, np.diff(matrix.indptr))
    scaled = matrix.copy()
    scaled.data = np.divide(matrix.data, each, out=np.zeros_like(matrix.data), where=each > 0)
    return scaled


def _moran(weights: TieMatrix, table: Floats, assumption: Assumption) -> Moran:
    n, shape = len(table), table.shape[1:]
    columns = table.reshape(n, int(np.prod(shape)))
    total = float(weights.sum())
    if n < 2 or total == 0:
        return Moran(*(np.full(shape, np.nan) for _each in range(5)))
    # Equal values are told by comparison: less their mean they may differ from 0 by rounding.
    defined = columns.max(axis=0) > columns.min(axis=0)
    z = columns - columns.mean(axis=0)
    squares = np.einsum("nc,nc->c", z, z)
    across = np.einsum("nc,nc->c", z, product(weights, z))
    i = np.divide(n / total * across, squares, out=np.full(columns.shape[1], np.nan), where=defined)
    expected = np.where(defined, -1 / (n - 1), np.nan)
    if assumption == "normality":
        second = np.where(defined, _second_normal(weights, n), np.nan)
    else:
        fourth = np.einsum("nc,nc->c", z**2, z**2)
        kurtosis = np.divide(n * fourth, squares**2, out=np.full_like(squares, np.nan), where=defined)
        second = _second_random(weights, n, kurtosis)
    variance = second - expected**2
    # Where every order gives the same I the variance is 0, but for rounding.
    variance = np.where(variance > 1e-12 * second, variance, np.where(np.isnan(second), np.nan, 0.0))
    score = np.divide(i - expected, np.sqrt(variance), out=np.full_like(i, np.nan), where=variance > 0)
    return Moran(*(each.reshape(shape) for each in (i, expected, variance, score, 2 * ndtr(-np.abs(score)))))


def _sums(weights: TieMatrix) -> tuple[float, float, float]:
    """S0, S1 and S2 of Cliff and Ord."""
    both = weights + weights.T
    ends: Floats = np.asarray(weights.sum(axis=0)) + np.asarray(weights.sum(axis=1))
    return float(weights.sum()), float((both.data**2).sum() / 2), float((ends**2).sum())


def _second_normal(weights: TieMatrix, n: int) -> float:
    """Mean of I squared where values are normal."""
    s0, s1, s2 = _sums(weights)
    return (n * n * s1 - n * s2 + 3 * s0**2) / (s0**2 * (n * n - 1))


def _second_random(weights: TieMatrix, n: int, kurtosis: Floats) -> Floats:
    """Mean of I squared over all orders of the values; NaN for fewer than four."""
    if n < 4:
        return np.full_like(kurtosis, np.nan)
    s0, s1, s2 = _sums(weights)
    any_values = n * ((n * n - 3 * n + 3) * s1 - n * s2 + 3 * s0**2)
    these_values = kurtosis * ((n * n - n) * s1 - 2 * n * s2 + 6 * s0**2)
    return np.asarray((any_values - these_values) / ((n - 1) * (n - 2) * (n - 3) * s0**2), dtype=np.float64)


MEASURES = (
    Explained(
        code="morans_i",
        title=N_("Tied regions are alike"),
        words=N_(
            "Whether regions that are tied resemble each other more than any two regions would. "
            "Above 0: users sit together. Around 0: ties make no difference. Below 0: users sit apart."
        ),
        term="Moran's I",
        span=N_("about -1 to 1; by chance slightly below 0"),
        undefined=N_("there are no ties, or all regions are the same"),
        source="Moran (1950), Biometrika 37:17-23; Cliff & Ord (1981), Spatial Processes",
    ),
)
