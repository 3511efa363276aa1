"""How much of the odds of a taking-over each visit before it carries, by the time that passed since.

A region may have seen an approach at several visits, and it may take it over
without any. At each moment the visits behind it and everything else compete;
how fast takings-over follow a visit is read from all visits together. The
share of a visit is its part of the rate at the moment of the taking-over. It
says which visit fits best in time, never what brought the taking-over about.
"""

import math
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from explorer.analysis.days import DAYS_PER_MONTH
from explorer.analysis.explained import Explained
from languages.words import N_

from .candidates import sightings
from .evidence import Evidence, could_take_over, last_day, takings

LAGS = (0.0, 3.0, 6.0, 9.0, 12.0, 18.0, 24.0, 36.0, 60.0)  # months since the visit at which a rate begins to hold
LEAST_EVENTS = 20  # takings-over after a visit: with fewer a rate per step of time is a guess
_ROUNDS, _CLOSE = 500, 1e-9

COLUMNS = ["approach_id", "region_id", "visit_id", "share"]


@dataclass(frozen=True)
class Rates:
    """How fast regions take an approach over, per month and pair of region and approach.

    `after_visit` and `after_visit_from_above` hold one rate per step of `LAGS`
    since a visit of the region's own, or of a body above it, on top of
    `background`, the rate without any visit. `events` of the takings-over came
    after a visit, `others` did not. All rates are NaN with fewer than
    `LEAST_EVENTS` events.
    """

    after_visit: NDArray[np.float64]
    after_visit_from_above: NDArray[np.float64]
    background: float
    events: int
    others: int


def rates(evidence: Evidence) -> Rates:
    """Rates of taking over after a visit and without one.

    The rates are those of largest likelihood under additive hazards, found by
    expectation and maximisation: a taking-over is divided over the visits
    before it and the background by their rates, and each rate is what falls to
    it over the time that it was at work.

    References
    ----------
    Lewis & Mohler (2011), A nonparametric EM algorithm for multiscale Hawkes processes.
    """
    return _fit(evidence)[0]


def shares(evidence: Evidence) -> pd.DataFrame:
    """The share of each visit in the odds of the taking-over that followed.

    Returns
    -------
    DataFrame
        approach_id, region_id, visit_id, share (0 to 1; the shares of one
        taking-over and of "something else" add up to 1). Empty with fewer than
        `LEAST_EVENTS` takings-over after a visit.
    """
    found, seen, step = _fit(evidence)
    if np.isnan(found.background):
        return pd.DataFrame({column: pd.Series(dtype=object) for column in COLUMNS}).astype({"share": float})
    took = seen["took"].to_numpy(dtype=bool)
    rate = np.concatenate([found.after_visit, found.after_visit_from_above])[step]
    pair = seen.groupby(["approach_id", "region_id"], sort=False).ngroup().to_numpy()
    together = found.background + np.bincount(pair, weights=rate, minlength=pair.max() + 1 if len(pair) else 0)
    share = np.round(rate / together[pair], 9)  # the order of rows, and so of sums, shall not choose a parent
    return seen.assign(share=share)[took][COLUMNS].reset_index(drop=True)


def _fit(evidence: Evidence) -> tuple[Rates, pd.DataFrame, NDArray[np.int64]]:
    """The rates, the visits that they rest on, and the step of time of each at the end of its watch."""
    end = last_day(evidence)
    taken = takings(evidence).dropna(subset=["on_from"])
    unknown = np.full(len(LAGS), np.nan)
    if end is None:
        return Rates(unknown, unknown, math.nan, 0, len(taken)), pd.DataFrame(), np.array([], dtype=np.int64)
    seen = sightings(evidence, end)
    lag = np.maximum(((seen["left"] - seen["seen"]) / DAYS_PER_MONTH).to_numpy(dtype=float), 0.0)
    above = (seen["grade"] == "from above").to_numpy()
    step = np.searchsorted(LAGS, lag, side="right") - 1 + len(LAGS) * above  # steps from above follow the own ones
    took = seen["took"].to_numpy(dtype=bool)
    pair = seen.groupby(["approach_id", "region_id"], sort=False).ngroup().to_numpy()
    events = len(np.unique(pair[took]))
    others = len(taken) - events
    if events < LEAST_EVENTS:
        return Rates(unknown, unknown, math.nan, events, others), seen, step
    time = np.concatenate([_time_at_work(lag[~above]), _time_at_work(lag[above])])
    at_risk = _months_at_risk(evidence, end)
    after, background = _rates_of_largest_likelihood(pair[took], step[took], time, at_risk, others)
    return Rates(after[: len(LAGS)], after[len(LAGS) :], background, events, others), seen, step


def _rates_of_largest_likelihood(
    pair: NDArray[np.int64], step: NDArray[np.int64], time: NDArray[np.float64], at_risk: float, others: int
) -> tuple[NDArray[np.float64], float]:
    """Rates per step since a visit, and the background; `pair` and `step` tell each visit before a taking-over."""
    _pairs, pair = np.unique(pair, return_inverse=True)
    events = int(pair.max()) + 1
    worked = time > 0
    after = np.where(worked, events / 2 / max(time.sum(), 1.0), 0.0)
    background = (others + events / 2) / at_risk
    for _round in range(_ROUNDS):
        rate = after[step]
        together = background + np.bincount(pair, weights=rate, minlength=events)
        fell = np.bincount(step, weights=rate / together[pair], minlength=len(time))
        new_after = np.divide(fell, time, out=np.zeros_like(time), where=worked)
        new_background = (others + float((background / together).sum())) / at_risk
        moved = max(float(np.abs(new_after - after).max()), abs(new_background - background))
        after, background = new_after, new_background
        if moved < _CLOSE:
            break
    return after, background


def _time_at_work(lag: NDArray[np.float64]) -> NDArray[np.float64]:
    """Months that all visits together spent in each step of time since."""
    ends = np.array([*LAGS[1:], np.inf])
    time: NDArray[np.float64] = np.clip(lag[:, None] - np.array(LAGS), 0.0, ends - np.array(LAGS)).sum(axis=0)
    return time


def _months_at_risk(evidence: Evidence, end: date) -> float:
    """Months that all pairs of region and approach together spent without it, from its first day on record."""
    regions = could_take_over(evidence)
    began = pd.concat(
        [
            evidence.approaches[["approach_id", "started_from"]].rename(columns={"started_from": "day"}),
            evidence.shown[["approach_id", "on_from"]].rename(columns={"on_from": "day"}),
            takings(evidence)[["approach_id", "on_from"]].rename(columns={"on_from": "day"}),
        ]
    ).dropna()
    first = {approach: min(days) for approach, days in began.groupby("approach_id")["day"]}
    months = sum(max((end - day).days, 0) for day in first.values()) * len(regions)
    taken = takings(evidence).dropna(subset=["on_from"])
    saved = sum(max((end - day).days, 0) for day in taken["on_from"])
    return float(max(months - saved, 1)) / DAYS_PER_MONTH


MEASURES = (
    Explained(
        code="odds",
        title=N_("How well it fits in time"),
        words=N_("Of all that could explain a taking-over, the part that speaks for this visit, by the time since."),
        term="competing additive hazards, share of the intensity",
        span=N_("0 to 1"),
        undefined=N_("fewer than 20 takings-over after a visit are on record"),
        source="Lewis & Mohler (2011), A nonparametric EM algorithm for multiscale Hawkes processes",
    ),
)
