"""Who was early and who was late: classes of adopters by mean and standard deviation.

The cuts are the mean minus one standard deviation, the mean, and the mean plus
one, over those that adopted. A value on a cut belongs to the class above it, as
in netdiffuseR's code (its documentation puts it in the class below). The
standard deviation is that of a sample (n - 1), as there.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.analysis.explained import Explained
from languages.words import N_

Values = NDArray[np.float64]
Codes = NDArray[np.str_]

_ROUNDING = 1e-9  # two values closer than this differ by rounding only


@dataclass(frozen=True)
class AdopterClass:
    """One class: its code, its words, and what puts a region in it."""

    code: str
    title: str
    explained: str


NON_ADOPTER = AdopterClass("non-adopter", N_("Not taken over"), N_("Had not taken it over by the end of the records."))
UNDEFINED = AdopterClass(
    "undefined",
    N_("Cannot be told"),
    N_("Too few regions took it over to compare, or all at the same time, or a value is not known."),
)

TIME_CLASSES = (
    AdopterClass("early adopter", N_("Early"), N_("More than one standard deviation before the mean.")),
    AdopterClass("early majority", N_("Early majority"), N_("Before the mean, by one standard deviation at most.")),
    AdopterClass("late majority", N_("Late majority"), N_("At the mean or less than one standard deviation after it.")),
    AdopterClass("laggard", N_("Late"), N_("One standard deviation or more after the mean.")),
    NON_ADOPTER,
    UNDEFINED,
)

THRESHOLD_CLASSES = (
    AdopterClass(
        "very low threshold",
        N_("Very few partners had it first"),
        N_("The threshold is more than one standard deviation below the mean."),
    ),
    AdopterClass(
        "low threshold",
        N_("Few partners had it first"),
        N_("The threshold is below the mean, by one standard deviation at most."),
    ),
    AdopterClass(
        "high threshold",
        N_("Many partners had it first"),
        N_("The threshold is at the mean or less than one standard deviation above it."),
    ),
    AdopterClass(
        "very high threshold",
        N_("Very many partners had it first"),
        N_("The threshold is one standard deviation or more above the mean."),
    ),
    NON_ADOPTER,
    UNDEFINED,
)


def time_class(code: str) -> AdopterClass:
    """The class by time of adoption of that code; KeyError where there is none."""
    return {item.code: item for item in TIME_CLASSES}[code]


def threshold_class(code: str) -> AdopterClass:
    """The class by threshold of that code; KeyError where there is none."""
    return {item.code: item for item in THRESHOLD_CLASSES}[code]


def cutoffs(values: Values) -> Values:
    """Mean minus one standard deviation, mean, and mean plus one, over the values that are known.

    Parameters
    ----------
    values
        Times of adoption or thresholds, (n,) or (n, m); NaN is left out.

    Returns
    -------
    array of float
        (3,) or (3, m), in the unit of `values`. NaN with fewer than two values,
        and where all are the same.
    """
    table = np.asarray(values, dtype=np.float64)
    if table.ndim not in (1, 2):
        raise ValueError("values must be an array of regions, or of regions by approaches")
    known = ~np.isnan(table)
    count = known.sum(axis=0)
    mean = _over(np.where(known, table, 0.0).sum(axis=0), count, count >= 1)
    square = (np.where(known, table - mean, 0.0) ** 2).sum(axis=0)
    deviation = np.sqrt(_over(square, count - 1, count >= 2))
    deviation = np.where(deviation > _ROUNDING, deviation, np.nan)
    return np.stack([mean - deviation, np.where(np.isnan(deviation), np.nan, mean), mean + deviation])


def adopter_classes(toa: Values) -> Codes:
    """Class of each region by its time of adoption.

    Parameters
    ----------
    toa
        Times of adoption, (n,) or (n, m); NaN had not adopted. Regions that had
        adopted before the records begin stand at 0, which moves the mean; leave
        such approaches out where they are many.

    Returns
    -------
    array of str
        Same shape: codes of `TIME_CLASSES`. "undefined" for all adopters where
        fewer than two adopted, or all in the same period.

    References
    ----------
    Valente (1995), Network Models of the Diffusion of Innovations; netdiffuseR, ``classify_adopters``.
    """
    times = np.asarray(toa, dtype=np.float64)
    return _classes(times, ~np.isnan(times), [item.code for item in TIME_CLASSES])


def threshold_classes(threshold: Values, toa: Values) -> Codes:
    """Class of each region by its threshold: how many of its partners had adopted when it did.

    Parameters
    ----------
    threshold
        Exposure at the own time of adoption, (n,) or (n, m); NaN where it is not known.
    toa
        Same shape: times of adoption; NaN had not adopted.

    Returns
    -------
    array of str
        Same shape: codes of `THRESHOLD_CLASSES`. "undefined" for an adopter without
        a threshold, and for all adopters where fewer than two have one or all
        have the same.

    References
    ----------
    Valente (1996), Social Networks 18:69-89; netdiffuseR, ``classify_adopters``.
    """
    values, times = np.asarray(threshold, dtype=np.float64), np.asarray(toa, dtype=np.float64)
    if values.shape != times.shape:
        raise ValueError("threshold must have the shape of toa")
    adopted = ~np.isnan(times)
    return _classes(np.where(adopted, values, np.nan), adopted, [item.code for item in THRESHOLD_CLASSES])


def _classes(values: Values, adopted: NDArray[np.bool_], codes: list[str]) -> Codes:
    """The first four codes by the cuts; the last two are non-adopter and undefined."""
    cuts = cutoffs(values)
    place = sum((values >= cut - _ROUNDING).astype(np.int64) for cut in cuts)
    defined = ~np.isnan(values) & ~np.isnan(cuts[1])
    return np.array(codes)[np.where(adopted, np.where(defined, place, 5), 4)]


def _over(part: Values, whole: NDArray[np.int64], where: NDArray[np.bool_]) -> Values:
    found: Values = np.divide(part, whole, out=np.full(np.shape(part), np.nan), where=where)
    return found


MEASURES = (
    Explained(
        code="adopter_class",
        title=N_("Early or late"),
        words=N_("Whether a region took it over earlier or later than most that did"),
        term="Adopter category, by time of adoption",
        span=N_("early, early majority, late majority, late, or not taken over"),
        undefined=N_("fewer than two regions took it over, or all in the same period"),
        source="Valente (1995), Network Models of the Diffusion of Innovations",
    ),
    Explained(
        code="threshold_class",
        title=N_("Few or many partners had it first"),
        words=N_(
            "Whether few or many of a region's partners had it when the region took it over, "
            "compared with the other regions that did"
        ),
        term="Adopter category, by threshold",
        span=N_("very low, low, high, very high, or not taken over"),
        undefined=N_("fewer than two regions have a threshold, or all the same"),
        source="Valente (1996), Social Networks 18:69-89",
    ),
)
