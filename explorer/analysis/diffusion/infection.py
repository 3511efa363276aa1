"""Infectiousness and susceptibility: how soon after one another regions that are tied take an approach over."""

import numpy as np
from numpy.typing import ArrayLike

from explorer.analysis.explained import Explained
from languages.words import N_

from .exposure import Floats, TieList, Ties, summed, tie_list, times


def infectiousness(
    ties: Ties, toa: ArrayLike, periods: int, *, window: int = 1, rate: float | None = None, normalised: bool = True
) -> Floats:
    """How readily those that look to a region took the approach over right after it did.

    For region i that adopted in period t, with K = `window` and j other than i,

        I_i = sum_k sum_j x_ji(t+k-1) [toa_j = t+k] / w_k
            / sum_k sum_j x_ji(t+k-1) [toa_j >= t+k] / w_k,    k = 1 .. K

    so of those looking to i that had not adopted yet and adopt at all, the
    share that does so within K periods, earlier ones counting more.

    Parameters
    ----------
    ties
        (n, n), row i holding the regions that i looks to, or one for each
        period. Weights count as x; netdiffuseR's default is 0 and 1.
    toa
        (n,) or (n, m) time of adoption, 0 to `periods` - 1; NaN for who did not adopt.
    window
        K, how many periods to look ahead.
    rate
        r of the discount w_k = (1 + r)^(k-1); w_k = k where not given.
    normalised
        Whether to divide by sum_k #{j: toa_j = t+k} / w_k, all that adopted in
        those periods, tied or not.

    Returns
    -------
    ndarray
        As `toa`; 0 to 1 (normalised, it can pass 1 where ties change over
        time). NaN for who did not adopt, and where nobody who looks to it
        adopted later; normalised, also where nobody at all adopted
        within K periods (netdiffuseR has 0 in the last two cases).

    Notes
    -----
    Who never adopts is in neither sum, as the formula has it. Ties are those
    of period t+k-1, as in the published formula; the code of netdiffuseR reads
    those of t+k, which differs only where ties change over time.

    References
    ----------
    Myers (2000), American Journal of Sociology 106:173-208; Valente, Dyal, Chu,
    Wipfli & Fujimoto (2015), Social Science & Medicine 145:89-97; function
    `infection` of netdiffuseR, for K above 1.
    """
    return _spread(ties, toa, periods, _discounts(window, rate), forwards=True, normalised=normalised)


def susceptibility(
    ties: Ties, toa: ArrayLike, periods: int, *, window: int = 1, rate: float | None = None, normalised: bool = True
) -> Floats:
    """How readily a region took the approach over right after those that it looks to did.

    For region i that adopted in period t, with K = `window` and j other than i,

        S_i = sum_k sum_j x_ij(t-k+1) [toa_j = t-k] / w_k
            / sum_k sum_j x_ij(t-k+1) [toa_j <= t-k] / w_k,    k = 1 .. K

    so of those that it looks to and that had adopted before, the share that
    had done so within K periods, later ones counting more.

    Parameters
    ----------
    ties, toa, window, rate
        As in `infectiousness`; `window` looks back.
    normalised
        Whether to divide by sum_k #{j: toa_j = t-k} / w_k.

    Returns
    -------
    ndarray
        As `toa`; 0 to 1. NaN for who did not adopt, and where nobody that it
        looks to had adopted before, so for all of the first period;
        normalised, also where nobody at all adopted in the K periods before
        (netdiffuseR has 0 in the last two cases).

    References
    ----------
    As `infectiousness`; function `susceptibility` of netdiffuseR.
    """
    return _spread(ties, toa, periods, _discounts(window, rate), forwards=False, normalised=normalised)


def _discounts(window: int, rate: float | None) -> Floats:
    """1 / w_k for k = 1 .. K."""
    if window < 1:
        raise ValueError("window must be at least one period")
    if rate is not None and not rate > -1:
        raise ValueError("rate must be above -1")
    k = np.arange(1, window + 1, dtype=np.float64)
    return 1 / k if rate is None else (1 + rate) ** (1 - k)


def _spread(ties: Ties, toa: ArrayLike, periods: int, discounts: Floats, *, forwards: bool, normalised: bool) -> Floats:
    adopted, _never = times(toa, periods)
    listed = tie_list(ties, len(adopted), periods)
    # Forwards the region is the one that others look to, backwards the one that looks.
    place, other = (listed.alter, listed.ego) if forwards else (listed.ego, listed.alter)
    direction = 1 if forwards else -1
    gap = direction * (adopted[other] - adopted[place])
    soon, ever = np.zeros_like(gap), np.zeros_like(gap)
    for k, discount in enumerate(discounts[: periods - 1], start=1):  # no gap is longer
        weight = _weight(listed, adopted[place] + direction * (k - 1), periods) * discount
        soon += weight * (gap == k)
        ever += weight * (gap >= k)
    found = _ratio(summed(soon, place, listed.regions), summed(ever, place, listed.regions))
    return _ratio(found, _adopters_near(adopted, periods, discounts, direction)) if normalised else found


def _weight(listed: TieList, when: Floats, periods: int) -> Floats:
    """Weight of each tie in a period of its own; 0 in a period outside the record."""
    inside = (when >= 0) & (when < periods)
    return listed.weight_at(np.where(inside, when, 0).astype(np.int64)) * inside


def _adopters_near(adopted: Floats, periods: int, discounts: Floats, direction: int) -> Floats:
    """Discounted count of all that adopted within the window, for each adopter; NaN for the others."""
    columns = adopted[:, None] if adopted.ndim == 1 else adopted
    region, column = np.nonzero(~np.isnan(columns))
    when = columns[region, column].astype(np.int64)
    count = np.zeros((periods, columns.shape[1]))
    np.add.at(count, (when, column), 1.0)
    near = np.zeros(len(when))
    for k, discount in enumerate(discounts[: periods - 1], start=1):
        there = when + direction * k
        inside = (there >= 0) & (there < periods)
        near += np.where(inside, count[np.where(inside, there, 0), column], 0) * discount
    found = np.full(columns.shape, np.nan)
    found[region, column] = near
    return found.reshape(adopted.shape)


def _ratio(part: Floats, whole: Floats) -> Floats:
    """Part of the whole; NaN where there is no whole."""
    return np.divide(part, whole, out=np.full_like(part, np.nan), where=whole > 0)


MEASURES = (
    Explained(
        code="infectiousness",
        title=N_("Soon followed"),
        words=N_(
            "How many of the regions that look to it took the approach over shortly after it did. "
            "High: others follow quickly. It says who came when, not why."
        ),
        term="Infectiousness",
        span=N_("0 to 1"),
        undefined=N_("the region did not take it over, or nobody that looks to it did so later"),
        source="Myers (2000), AJS 106:173-208; Valente et al. (2015), Soc. Sci. & Med. 145:89-97",
    ),
    Explained(
        code="susceptibility",
        title=N_("Soon to follow"),
        words=N_(
            "How many of the regions that it looks to took the approach over shortly before it did. "
            "High: it follows quickly. It says who came when, not why."
        ),
        term="Susceptibility",
        span=N_("0 to 1"),
        undefined=N_("the region did not take it over, or nobody that it looks to had done so before"),
        source="Myers (2000), AJS 106:173-208; Valente et al. (2015), Soc. Sci. & Med. 145:89-97",
    ),
)
