"""Survival analysis on arrays: the share that an event has happened to by a time, rates, and ratios of hazards.

Times may be in any unit; what comes out is in the same one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

NORMAL = 1.959963984540054  # two-sided 95%
LEAST_AT_RISK = 5  # a curve's end that rests on fewer is not read

CURVE = ("time", "at_risk", "events", "share", "low", "high")
"""The columns of a curve."""


@dataclass(frozen=True)
class Estimate:
    """A number with its 95% interval; NaN where undefined."""

    value: float = float("nan")
    low: float = float("nan")
    high: float = float("nan")


def kaplan_meier(time: Floats, event: Flags, entry: Floats | None = None) -> pd.DataFrame:
    """The share that the event has happened to, by time.

    Parameters
    ----------
    time, event
        Shape (n,): when each was last seen, and whether by the event.
    entry
        When each came under observation (before `time`), where that was later than at 0.

    Returns
    -------
    DataFrame
        time, at_risk, events, share (one minus the product-limit estimate), low, high
        (95%, log-log, Greenwood's variance; NaN where all at risk had the event): one
        row per time of an event. Empty without one.

    References
    ----------
    Kaplan & Meier (1958), JASA 53:457-481. Greenwood (1926). Log-log
    intervals: Kalbfleisch & Prentice (1980), The Statistical Analysis of Failure Time Data.
    """
    if not event.any():
        return no_curve()
    from statsmodels.duration.survfunc import SurvfuncRight

    found = SurvfuncRight(time, event.astype(float), entry=entry)
    still = np.asarray(found.surv_prob, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        width = np.exp(NORMAL * np.asarray(found.surv_prob_se) / (still * np.abs(np.log(still))))
        low, high = 1 - still ** (1 / width), 1 - still**width
    counts = {"time": found.surv_times, "at_risk": found.n_risk, "events": found.n_events}
    table = pd.DataFrame({**counts, "share": 1 - still, "low": low, "high": high}).astype(float)
    return table.astype({"at_risk": int, "events": int})


def no_curve() -> pd.DataFrame:
    """A curve without a row: nothing happened, or too little to tell."""
    return pd.DataFrame({name: pd.Series(dtype=float) for name in CURVE})


def conversion(curve: pd.DataFrame, followed: Floats, horizons: Sequence[int]) -> dict[int, Estimate]:
    """The share by each of `horizons`; NaN where fewer than `LEAST_AT_RISK` were followed that long.

    Before the first event the share is 0, without an interval. A share of 1
    stays, however few were followed on. All NaN without a curve.

    Parameters
    ----------
    curve
        What `kaplan_meier` gives.
    followed
        Shape (n,): how long each was followed.
    horizons
        In the unit of both.
    """
    found = {}
    for horizon in horizons:
        by_then = curve[curve["time"] <= horizon]
        enough = (followed >= horizon).sum() >= LEAST_AT_RISK or (len(by_then) and by_then["share"].iloc[-1] == 1)
        if not enough or curve.empty:
            found[horizon] = Estimate()
        elif by_then.empty:
            found[horizon] = Estimate(0.0)
        else:
            found[horizon] = Estimate(*(float(by_then[name].iloc[-1]) for name in ("share", "low", "high")))
    return found


def median(curve: pd.DataFrame) -> Estimate:
    """When the share of a curve reaches a half, and when its limits do; NaN where they do not.

    References
    ----------
    Brookmeyer & Crowley (1982), Biometrics 38:29-41.
    """
    reached = []
    for name in ("share", "high", "low"):  # the upper limit of the share is the first to reach it
        times = curve.loc[curve[name] >= 0.5 - 1e-9, "time"]  # a half of counts is not always 0.5 in floats
        reached.append(float(times.iloc[0]) if len(times) else float("nan"))
    return Estimate(*reached)


def poisson_rate(events: int, time: float, per: float = 1.0) -> Estimate:
    """Events per `per` units of time with an exact 95% interval; NaN without time at risk.

    References
    ----------
    Garwood (1936), Biometrika 28:437-442.
    """
    from scipy.stats import chi2

    if not time > 0:
        return Estimate()
    low = float(chi2.ppf(0.025, 2 * events)) / 2 if events else 0.0
    high = float(chi2.ppf(0.975, 2 * events + 2)) / 2
    return Estimate(per * events / time, per * low / time, per * high / time)


def cox(rows: pd.DataFrame) -> tuple[Floats, Floats]:
    """Log hazard ratios of the states against state 0, and their standard errors.

    With states alone for covariates the partial likelihood needs no more than
    the numbers at risk and of events in each state at each time of an event,
    so that 100,000 rows take no longer than their sorting.

    Parameters
    ----------
    rows
        stratum (a number from 0, each with a baseline of its own), state (0, 1, ... without gaps), start,
        stop, event; at risk from after `start` to `stop`, 0 and up.

    Returns
    -------
    arrays of shape (states - 1,)
        NaN where the likelihood has no maximum. Ties by Efron's method.

    References
    ----------
    Cox (1972), JRSS B 34:187-220. Efron (1977), JASA 72:557-565.
    """
    states = int(rows["state"].max()) + 1
    state, stratum = rows["state"].to_numpy(), rows["stratum"].to_numpy()
    times = {name: rows[name].to_numpy(dtype=float) for name in ("start", "stop")}
    width = times["stop"].max() + 1  # strata one after the other on one line
    line = {name: stratum * width + values for name, values in times.items()}
    event = rows["event"].to_numpy(dtype=bool)
    when, place = np.unique(line["stop"][event], return_inverse=True)
    died, at_risk = np.zeros((states, len(when))), np.zeros((states, len(when)))
    np.add.at(died, (state[event], place), 1.0)
    for each in range(states):
        entered, left = (np.searchsorted(np.sort(line[name][state == each]), when) for name in ("start", "stop"))
        at_risk[each] = entered - left
    ties = died.sum(axis=0).astype(int)
    of_tie = np.repeat(np.arange(len(when)), ties)
    rank = np.arange(len(of_tie)) - np.repeat(np.cumsum(ties) - ties, ties)
    weights = at_risk[:, of_tie] - rank / ties[of_tie] * died[:, of_tie]
    return _newton(weights, died.sum(axis=1))


def _newton(weights: Floats, died: Floats) -> tuple[Floats, Floats]:
    """Where the partial likelihood is largest; `weights` (states, events) at risk, `died` (states,)."""
    slope = np.zeros(len(died) - 1)
    nothing = np.full_like(slope, np.nan), np.full_like(slope, np.nan)
    for _round in range(50):
        share = weights * np.exp(np.append(0.0, slope))[:, None]
        share = (share / share.sum(axis=0))[1:]
        information = np.diag(share.sum(axis=1)) - share @ share.T
        if np.linalg.cond(information) > 1e12:
            return nothing
        step = np.linalg.solve(information, died[1:] - share.sum(axis=1))
        slope = slope + np.clip(step, -2, 2)
        if np.abs(slope).max() > 15:  # a ratio beyond three million: the likelihood rises for ever
            return nothing
        if np.abs(step).max() < 1e-9:
            return slope, np.sqrt(np.diag(np.linalg.inv(information)))
    return nothing
