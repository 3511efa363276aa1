"""How an approach spread over time: counts, shares and rates of adoption per period.

Arrays are one approach, ``(n,)`` for n regions, or many at once, ``(n, m)`` for
m approaches. A time of adoption is the number of a period, 0 to ``periods`` - 1;
NaN is a region that had not adopted by the end, which is not the same as one
that adopted in the last period.

Two masks of the shape of the times of adoption tell what a number cannot:

left_censored
    Regions that had adopted before period 0. Their time of adoption is 0, they
    count as adopters from then on, and are new adopters in no period.
left_out
    Regions that are neither adopters nor at risk of becoming one: where the
    approach began, or where it was taken over on an unknown day. They leave
    numerators and denominators.

Once adopted counts as adopted; only `prevalence` knows that approaches are given up.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.analysis.explained import Explained
from languages.words import N_

Values = NDArray[np.float64]
Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]


def cumulative_adoption(toa: Values, periods: int) -> Counts:
    """How many regions had adopted by the end of each period.

    Parameters
    ----------
    toa
        Times of adoption, (n,) or (n, m).
    periods
        How many periods there are, at least 1.

    Returns
    -------
    array of int
        (T,) or (T, m): 0 to n, never falling; zeros without regions.

    Raises
    ------
    ValueError
        Where a time of adoption is not the number of a period.
    """
    return np.cumsum(_counts(_times(toa, periods), periods), axis=0)


def new_adopters(toa: Values, periods: int, *, left_censored: Mask | None = None) -> Counts:
    """How many regions adopted in each period.

    Returns
    -------
    array of int
        (T,) or (T, m): 0 to n. Regions in `left_censored` are in no period, so
        that the sum over the periods falls short of `cumulative_adoption` by them.
    """
    times = _times(toa, periods)
    before = _before(times, left_censored)
    return _counts(times if before is None else np.where(before, np.nan, times), periods)


def prevalence(toa: Values, gave_up: Values, periods: int, *, left_out: Mask | None = None) -> Values:
    """Share of all regions that have the approach in use at the end of each period.

    Parameters
    ----------
    toa
        Times of adoption, (n,) or (n, m).
    gave_up
        Same shape: the period in which it was given up; NaN while it is in use,
        and where it never was. A region that gave up in the period in which it
        adopted is in use at the end of none.

    Returns
    -------
    array of float
        (T,) or (T, m): 0 to 1, falling where more give up than adopt. NaN without regions.

    Raises
    ------
    ValueError
        Where an approach was given up before it was adopted.
    """
    times, ends = _times(toa, periods), _times(gave_up, periods)
    if ends.shape != times.shape:
        raise ValueError("gave_up must have the shape of toa")
    if np.any(~np.isnan(ends) & ~(ends >= times)):
        raise ValueError("an approach cannot be given up before it was adopted")
    out = _mask("left_out", left_out, times)
    began, ended = (np.where(out, np.nan, array) for array in (times, ends))
    in_use = np.cumsum(_counts(began, periods) - _counts(ended, periods), axis=0)
    return _ratio(in_use, np.broadcast_to((~out).sum(axis=0), in_use.shape))


def adoption_rate(toa: Values, periods: int, *, left_censored: Mask | None = None) -> Values:
    """Growth of the number of adopters in each period, (q_t - q_{t-1}) / q_{t-1}.

    Returns
    -------
    array of float
        (T,) or (T, m): 0 and up; 1 is a doubling. NaN where nobody had adopted
        before. NaN in period 0, too, unless `left_censored` says who had
        adopted before it. (netdiffuseR writes 0 there.)

    References
    ----------
    netdiffuseR, ``cumulative_adopt_count``.
    """
    times = _times(toa, periods)
    now, before = _now_and_before(times, periods, left_censored)
    return _ratio(now - before, before)  # without left_censored nobody had adopted before period 0: NaN there


def hazard_rate(
    toa: Values, periods: int, *, left_censored: Mask | None = None, left_out: Mask | None = None
) -> Values:
    """Share of the regions at risk that adopt in each period, (q_t - q_{t-1}) / (n - q_{t-1}).

    A region is at risk from period 0 until it adopts; cut off the periods
    before an approach began, when nobody could. Giving up does not put a
    region at risk again.

    Returns
    -------
    array of float
        (T,) or (T, m): 0 to 1. NaN where nobody is left at risk. NaN in period 0,
        too, unless `left_censored` says who had adopted before it: the first
        adopters on record may be old ones. (netdiffuseR writes 0 there.)

    References
    ----------
    Allison (1984), Event History Analysis; Valente (1995), Network Models of the
    Diffusion of Innovations; netdiffuseR, ``hazard_rate``.
    """
    times = _times(toa, periods)
    out = _mask("left_out", left_out, times)
    censored = None if left_censored is None else _mask("left_censored", left_censored, times) & ~out
    now, before = _now_and_before(np.where(out, np.nan, times), periods, censored)
    hazard = _ratio(now - before, (~out).sum(axis=0) - before)
    return hazard if censored is not None else _first_unknown(hazard)


@dataclass(frozen=True, eq=False)
class HalfTime:
    """Period by whose end half had adopted.

    Attributes
    ----------
    adopters
        () or (m,): half of those that had adopted by the end of the records;
        NaN without adopters. It moves later as more adopt.
    regions
        () or (m,): half of all regions; NaN where that was not reached.
    """

    adopters: Values
    regions: Values


def half_time(toa: Values, periods: int, *, left_out: Mask | None = None) -> HalfTime:
    """When half of the adopters, and half of all regions, had adopted."""
    times = _times(toa, periods)
    out = _mask("left_out", left_out, times)
    reached = np.cumsum(_counts(np.where(out, np.nan, times), periods), axis=0)
    return HalfTime(_first_half(reached, reached[-1]), _first_half(reached, (~out).sum(axis=0)))


def _first_half(reached: Counts, whole: Counts) -> Values:
    half = 2 * reached >= whole
    return np.asarray(np.where((whole > 0) & half[-1], half.argmax(axis=0), np.nan), dtype=np.float64)


def _times(toa: Values, periods: int) -> Values:
    if periods < 1:
        raise ValueError("there must be at least one period")
    times = np.asarray(toa, dtype=np.float64)
    if times.ndim not in (1, 2):
        raise ValueError("times must be an array of regions, or of regions by approaches")
    known = times[~np.isnan(times)]
    if known.size and (known.min() < 0 or known.max() >= periods or np.any(known % 1)):
        raise ValueError(f"times must be whole numbers from 0 to {periods - 1}, or NaN")
    return times


def _mask(name: str, mask: Mask | None, times: Values) -> Mask:
    if mask is None:
        return np.zeros(times.shape, dtype=np.bool_)
    found = np.asarray(mask)
    if found.dtype != np.bool_ or found.shape != times.shape:
        raise ValueError(f"{name} must be a mask of the shape of toa")
    return found


def _before(times: Values, left_censored: Mask | None) -> Mask | None:
    if left_censored is None:
        return None
    mask = _mask("left_censored", left_censored, times)
    if np.any(times[mask] != 0):
        raise ValueError("who had adopted before period 0 must have 0 as time of adoption")
    return mask


def _counts(times: Values, periods: int) -> Counts:
    """How many times fall in each period; (T,) or (T, m)."""
    table = times[:, np.newaxis] if times.ndim == 1 else times
    columns = table.shape[1]
    rows, column = np.nonzero(~np.isnan(table))
    place = table[rows, column].astype(np.int64) * columns + column
    found = np.bincount(place, minlength=periods * columns).reshape(periods, columns)
    return found[:, 0] if times.ndim == 1 else found


def _now_and_before(times: Values, periods: int, left_censored: Mask | None) -> tuple[Counts, Counts]:
    """Adopters at the end of each period, and at the end of the period before it."""
    now = np.cumsum(_counts(times, periods), axis=0)
    mask = _before(times, left_censored)
    start = np.zeros_like(now[:1]) if mask is None else np.asarray(mask.sum(axis=0))[np.newaxis]
    return now, np.concatenate([start, now[:-1]])


def _ratio(part: Counts, whole: Counts) -> Values:
    found: Values = np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole != 0)
    return found


def _first_unknown(rates: Values) -> Values:
    rates[0] = np.nan
    return rates


VALENTE = "Valente (1995), Network Models of the Diffusion of Innovations"

MEASURES = (
    Explained(
        code="cumulative_adoption",
        title=N_("Regions that took it over so far"),
        words=N_("How many regions had taken it over by the end of each period, also where it was given up later"),
        term="Cumulative adoption",
        span=N_("0 to the number of regions; it never falls"),
        undefined=N_("never"),
        source=VALENTE,
    ),
    Explained(
        code="new_adopters",
        title=N_("Regions that took it over in the period"),
        words=N_("How many regions took it over in each period: high while it spreads fast"),
        term="New adopters",
        span=N_("0 to the number of regions"),
        undefined=N_("never"),
        source=VALENTE,
    ),
    Explained(
        code="prevalence",
        title=N_("Share of regions that use it"),
        words=N_("The share of regions that have it in use at the end of each period: it falls where it is given up"),
        term="Prevalence",
        span=N_("0 to 1"),
        undefined=N_("without regions"),
        source="Rothman, Greenland & Lash (2008), Modern Epidemiology",
    ),
    Explained(
        code="adoption_rate",
        title=N_("Growth in the period"),
        words=N_("By what share the number of regions that took it over grew in each period: 1 is a doubling"),
        term="Adoption rate",
        span=N_("0 and up"),
        undefined=N_("in the first period, and while no region has taken it over"),
        source="netdiffuseR, cumulative_adopt_count",
    ),
    Explained(
        code="hazard_rate",
        title=N_("Share of the others that took it over in the period"),
        words=N_(
            "Of the regions that had not taken it over before, the share that did so in the period: "
            "where it rises, the spread speeds up among those left"
        ),
        term="Hazard rate",
        span=N_("0 to 1"),
        undefined=N_("in the first period, and when no region is left that has not taken it over"),
        source="Allison (1984), Event History Analysis; Valente (1995)",
    ),
    Explained(
        code="half_time_adopters",
        title=N_("Half of those that took it over"),
        words=N_(
            "The period by whose end half of the regions that took it over had done so: low where most were quick"
        ),
        term="Median time of adoption, adopters",
        span=N_("a period of the records"),
        undefined=N_("when no region took it over"),
        source="Median of the times of adoption on record",
    ),
    Explained(
        code="half_time_regions",
        title=N_("Half of all regions"),
        words=N_("The period by whose end half of all regions had taken it over"),
        term="Median time of adoption, all",
        span=N_("a period of the records"),
        undefined=N_("when half of the regions was not reached"),
        source="Kaplan & Meier (1958), Journal of the American Statistical Association 53:457-481, median",
    ),
)
