"""Visit yield: how often, and how soon, regions took an approach over after they came to see it.

A pair is a region and an approach. Nothing here says why a region took an
approach over: regions that are keen on one come to see it more often, too.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from explorer.analysis.days import DAYS_PER_MONTH
from explorer.analysis.diffusion.survival import (
    NORMAL,
    Estimate,
    conversion,
    cox,
    kaplan_meier,
    median,
    no_curve,
    poisson_rate,
)
from explorer.analysis.explained import Explained
from languages.words import N_

from .at_risk import Flags, Floats, Order, Pairs

HORIZONS = (12, 24)  # months

LEAST_PAIRS = 20  # with fewer, one pair more or less moves the share by over five percentage points
LEAST_EVENTS = 5  # with fewer, the interval's normal approximation has nothing to stand on
LEAST_EVENTS_PER_STATE = 10  # per coefficient of a Cox model: Peduzzi et al. (1995), J Clin Epidemiol 48:1503-1510

UNVISITED, ABOVE, VISITED = "unvisited", "from above", "visited"
STATES = (UNVISITED, ABOVE, VISITED)


@dataclass(frozen=True)
class Reason:
    """Why a number is not given, or a pair is not counted: a code and its words."""

    code: str
    words: str


REASONS = (
    Reason("few pairs", N_("Too few regions came to see it for a share to mean much.")),
    Reason("few events", N_("Too few regions took it over for a share to mean much.")),
    Reason("few to compare", N_("Too few took it over with a visit, or without one, to compare the two.")),
    Reason("no estimate", N_("The records leave no moment at which visitors and others can be compared.")),
    Reason("began here", N_("The approach began in the region.")),
    Reason("had it", N_("The region had taken it over before it came.")),
    Reason("shows it", N_("The region had itself shown the approach to others.")),
    Reason("undated", N_("It is not known when the region came, or when it took it over.")),
    Reason("came itself", N_("The region came itself before a body above it did.")),
    Reason("too late", N_("The visit was after the last day that the records cover.")),
)


@dataclass(frozen=True)
class VisitYield:
    """What share of the pairs had taken the approach over by when, after the visit.

    Attributes
    ----------
    pairs, events
        Pairs at risk; those among them that took it over.
    conversion
        By months (12, 24): the share that had taken it over by then, 0 to 1.
    median_months
        When half of them had; NaN where that is not reached.
    curve
        months, at_risk, events, share, low, high: one row per day on which one took it over.
    uncertain
        Pairs whose dates leave open which came first; counted by the middles of their dates.
    as_before, as_after
        The shares of `conversion`, were all of those taken over before they were seen, or all
        after: how much hangs on the open orders, not limits of what may be true.
    left_out
        Pairs that are not at risk, by reason (codes of `REASONS`).
    refused
        Why there is no estimate (code of `REASONS`), empty where there is one.
    """

    pairs: int
    events: int
    conversion: dict[int, Estimate]
    median_months: Estimate
    curve: pd.DataFrame
    uncertain: int
    as_before: dict[int, Estimate]
    as_after: dict[int, Estimate]
    left_out: dict[str, int]
    refused: str


def visit_yield(found: Pairs, group: str = VISITED) -> VisitYield:
    """The share of visiting regions that took the approach over, by time since their first visit.

    The clock of a pair starts at its first counted visit. It stops, without a
    taking-over, when the region itself shows the approach, or at the end of the
    records. A region that decided against it stays: the share is of all that
    came, not of the undecided. In the group "from above" the clock starts at
    the first visit from above, and a visit of the region's own stops it.
    Intervals take pairs for independent of one another; those of one region or
    of one approach are not quite, so they are somewhat too narrow. The methods
    are those of `kaplan_meier`, `conversion` and `median`.

    Raises
    ------
    ValueError
        When `group` is neither "visited" nor "from above".
    """
    if group not in (VISITED, ABOVE):
        raise ValueError(f'a group is "{VISITED}" or "{ABOVE}", not "{group}"')
    days, event, left_out = _follow_up(found, group, "middle")
    months = days / DAYS_PER_MONTH
    refused = "few pairs" if len(days) < LEAST_PAIRS else "few events" if event.sum() < LEAST_EVENTS else ""
    curve = no_curve() if refused else kaplan_meier(months, event)
    sides = {}
    for order in ("before", "after"):
        lags, took, _left = _follow_up(found, group, order)
        thin = bool(refused) or len(lags) < LEAST_PAIRS or took.sum() < LEAST_EVENTS
        side = no_curve() if thin else kaplan_meier(lags / DAYS_PER_MONTH, took)
        sides[order] = conversion(side, lags / DAYS_PER_MONTH, HORIZONS)
    open_order = found.uncertain() & (_left_out(found, found.visit, np.ones_like(found.origin)) == "")
    return VisitYield(
        pairs=len(days),
        events=int(event.sum()),
        conversion=conversion(curve, months, HORIZONS),
        median_months=median(curve),
        curve=_in_months(curve),
        uncertain=int(open_order.sum()) if group == VISITED else 0,
        as_before=sides["before"],
        as_after=sides["after"],
        left_out=left_out,
        refused=refused,
    )


@dataclass(frozen=True)
class Comparison:
    """Taking over with and without a visit, each pair in the state that it was in at the time.

    Attributes
    ----------
    rates
        state, pairs (that were ever in it), events, years (pairs times years),
        rate (events per 100 pair-years; NaN with fewer than 20 pairs), low, high (exact 95%).
    curves
        state, months (since the approach began), at_risk, events, share, low,
        high: of those who had not taken it over at `from_month`.
    from_month
        Where the curves begin: the first month with enough visitors at risk; NaN without curves.
    hazard_ratios
        state, hazard_ratio, low, high: against "unvisited" at the same time and for the same approach.
    left_out
        Pairs left out since it is unknown when a day was that the order hangs on,
        or when the approach began.
    refused
        Why there are no hazard ratios (code of `REASONS`), empty where there are.
    """

    rates: pd.DataFrame
    curves: pd.DataFrame
    from_month: float
    hazard_ratios: pd.DataFrame
    left_out: int
    refused: str


def comparison(found: Pairs, order: Order = "middle", from_above: bool = True) -> Comparison:
    """Taking over beside visits and without them, among all pairs at risk since the approach began.

    A pair is "unvisited" until its first visit and "visited" after it: time
    before the visit is never counted as time after it. An association: regions
    that are keen on an approach both come to see it and take it over.

    Parameters
    ----------
    order
        What to make of dates that leave open which came first, the visit or
        the taking-over: by the middles, all taken over before, or all after.
    from_above
        Whether pairs that a body above came for are a state of their own from then
        on; otherwise they are "unvisited" until they come themselves.

    Notes
    -----
    Rates are those of `poisson_rate`, ratios those of `cox`, each approach with
    a baseline of its own.

    References
    ----------
    Simon & Makuch (1984), Statistics in Medicine 3:35-44 (curves). Crowley &
    Hu (1977), JASA 72:27-36 (the state that changes in time).
    """
    rows, left_out = state_times(found, order, from_above)
    curves, from_month = _curves(rows)
    ratios, refused = _hazard_ratios(rows)
    return Comparison(_rates(rows), curves, from_month, ratios, left_out, refused)


def state_times(found: Pairs, order: Order = "middle", from_above: bool = True) -> tuple[pd.DataFrame, int]:
    """How long each pair was in each state.

    Returns
    -------
    DataFrame
        approach (its place), state (its place in `STATES`), start, stop (days since the
        approach began, start before stop), event (whether it took it over at the stop).
    int
        Pairs of which that cannot be told.
    """
    known = ~found.undated() & np.isfinite(np.broadcast_to(found.began, found.visit.shape))
    began = np.where(np.isfinite(found.began), found.began, found.until)
    stop = np.minimum(np.minimum(found.taken, found.shows), found.until)
    event = np.isfinite(found.taken) & (found.taken <= stop)
    at_risk = known & ~found.origin & (stop > began)
    # Half a day apart, a visit and a taking-over of one day keep their order.
    latest = np.where(event, stop - 0.5, stop)
    visit = np.where(found.visited_first(order), np.minimum(found.visit, latest), np.inf)
    # A visit from above on an unknown day (NaN) changes no state: there is no day to change it on.
    above = np.where(found.above <= stop, np.minimum(found.above, latest), np.inf) if from_above else np.inf
    lines = [began, np.clip(np.minimum(above, visit), began, stop), np.clip(visit, began, stop), stop]
    parts = []
    for state, (start, end) in enumerate(pairwise(lines)):
        region, approach = np.nonzero(at_risk & (start < end))
        first, last = (np.broadcast_to(line, stop.shape)[region, approach] - began[approach] for line in (start, end))
        ended = (event & (np.broadcast_to(end, stop.shape) == stop))[region, approach]
        columns = {"approach": approach, "state": state, "start": first, "stop": last, "event": ended}
        parts.append(pd.DataFrame(columns))
    return pd.concat(parts, ignore_index=True), int((~known & ~found.origin).sum())


def _left_out(found: Pairs, start: Floats, first: Flags) -> NDArray[np.object_]:
    """Why the clock of each pair does not run from `start`; empty where it does, "never" where nobody came."""
    tests = [
        np.isposinf(start),
        found.origin,
        found.undated() | np.isnan(start),
        start >= found.until,
        found.shows <= start,
        ~first,
    ]
    return np.select(tests, ["never", "began here", "undated", "too late", "shows it", "had it"], "").astype(object)


def _follow_up(found: Pairs, group: str, order: Order) -> tuple[Floats, Flags, dict[str, int]]:
    """Days from the visit to the taking-over or the end, whether it was a taking-over, and who is left out."""
    start, stop = found.visit, np.minimum(np.minimum(found.taken, found.shows), found.until)
    first = found.visited_first(order)
    if group == ABOVE:
        start, stop, first = found.above, np.minimum(stop, found.visit), found.above <= found.taken
    why = _left_out(found, start, first)
    if group == ABOVE:
        why[(why == "") & (found.visit <= start)] = "came itself"
    codes, counts = np.unique(why[(why != "") & (why != "never")].astype(str), return_counts=True)
    at_risk = why == ""
    event = (found.taken <= stop) & np.isfinite(found.taken)
    left_out = {str(code): int(count) for code, count in zip(codes, counts, strict=True)}
    return np.maximum(stop - start, 0, where=at_risk, out=np.zeros_like(stop))[at_risk], event[at_risk], left_out


def _rates(rows: pd.DataFrame) -> pd.DataFrame:
    years = (rows["stop"] - rows["start"]).groupby(rows["state"]).sum() / (12 * DAYS_PER_MONTH)
    events = rows.groupby("state")["event"].sum()
    counts = rows.groupby("state").size()
    found = []
    for place, state in enumerate(STATES):
        of, took, time = int(counts.get(place, 0)), int(events.get(place, 0)), float(years.get(place, 0.0))
        rate = poisson_rate(took, time, per=100) if of >= LEAST_PAIRS else Estimate()
        found.append([state, of, took, time, rate.value, rate.low, rate.high])
    return pd.DataFrame(found, columns=["state", "pairs", "events", "years", "rate", "low", "high"])


def _curves(rows: pd.DataFrame) -> tuple[pd.DataFrame, float]:
    """A curve per state, of those at risk from the first day on which enough visitors and others are."""
    parts = [rows[rows["state"] == place] for place in range(len(STATES))]
    days = np.unique(parts[-1]["start"].to_numpy(dtype=float))
    enough = np.ones(len(days), dtype=bool)
    for part in (parts[0], parts[-1]):
        entered, left = (np.sort(part[name].to_numpy(dtype=float)) for name in ("start", "stop"))
        at_risk = np.searchsorted(entered, days, "right") - np.searchsorted(left, days, "right")
        enough &= at_risk >= LEAST_PAIRS
    if not enough.any():
        return _of_state(no_curve(), ""), float("nan")
    begin = float(days[enough.argmax()])
    curves = []
    for state, part in zip(STATES, parts, strict=True):
        later = part[part["stop"] > begin]
        start, stop = (
            np.maximum(later[name].to_numpy(dtype=float), begin) / DAYS_PER_MONTH for name in ("start", "stop")
        )
        curves.append(_of_state(kaplan_meier(stop, later["event"].to_numpy(dtype=bool), start), state))
    return pd.concat(curves, ignore_index=True), begin / DAYS_PER_MONTH


def _of_state(curve: pd.DataFrame, state: str) -> pd.DataFrame:
    found = _in_months(curve)
    found.insert(0, "state", pd.Series(state, index=found.index, dtype="str"))
    return found


def _in_months(curve: pd.DataFrame) -> pd.DataFrame:
    return curve.rename(columns={"time": "months"})


def _hazard_ratios(rows: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Cox's hazard ratios against "unvisited"; states with too few takings-over are left out."""
    columns = ["state", "hazard_ratio", "low", "high"]
    events = rows.groupby("state")["event"].sum().reindex(range(len(STATES)), fill_value=0)
    states = [place for place in events.index if events[place] >= LEAST_EVENTS_PER_STATE]
    if 0 not in states or len(STATES) - 1 not in states:
        return pd.DataFrame(columns=columns), "few to compare"
    compared = rows[rows["state"].isin(states)].rename(columns={"approach": "stratum"})
    slope, error = cox(compared.assign(state=compared["state"].map(states.index)))
    if np.isnan(slope).any():
        return pd.DataFrame(columns=columns), "no estimate"
    table = [np.exp(slope), np.exp(slope - NORMAL * error), np.exp(slope + NORMAL * error)]
    return pd.DataFrame(
        [[STATES[place], *row] for place, row in zip(states[1:], np.transpose(table), strict=True)], columns=columns
    ), ""


MEASURES = (
    Explained(
        code="conversion",
        title=N_("Took it over within a year, within two"),
        words=N_("Of the regions that came to see an approach, the share that had taken it over that long after"),
        term="Kaplan-Meier estimate, 1 - S(12) and 1 - S(24) months",
        span=N_("0 to 1, with a 95% interval"),
        undefined=N_("with fewer than 20 pairs or 5 takings-over, or too few followed that long"),
        source="Kaplan & Meier (1958), JASA 53:457-481",
    ),
    Explained(
        code="median_lag",
        title=N_("Usual time from visit to taking over"),
        words=N_("Months until half of the regions that came had taken it over, those that never did counted in"),
        term="median survival time",
        span=N_("0 and up, months, with a 95% interval"),
        undefined=N_("where fewer than half took it over in the time on record"),
        source="Brookmeyer & Crowley (1982), Biometrics 38:29-41",
    ),
    Explained(
        code="rates",
        title=N_("How often, with a visit and without"),
        words=N_("Takings-over per hundred regions and year, in the time before a visit and in the time after it"),
        term="incidence rate, exposure varying in time",
        span=N_("0 and up, per 100 pair-years, with a 95% interval"),
        undefined=N_("with fewer than 20 pairs"),
        source="Garwood (1936), Biometrika 28:437-442",
    ),
    Explained(
        code="hazard_ratio",
        title=N_("Visitors beside others"),
        words=N_(
            "How many times as often visitors took the approach over as others did at that time. They go together; "
            "regions that are keen come to see it more often, too"
        ),
        term="hazard ratio, Cox model with a time-varying covariate, stratified by approach",
        span=N_("0 and up; 1: as often"),
        undefined=N_("with fewer than 10 takings-over after a visit, or 10 without one"),
        source="Cox (1972), JRSS B 34:187-220; Crowley & Hu (1977), JASA 72:27-36",
    ),
    Explained(
        code="curves",
        title=N_("Taken over as time went on, visitors and others"),
        words=N_("The share that had taken it over, by months since the approach began; visitors join as they come"),
        term="Simon-Makuch curve",
        span=N_("0 to 1"),
        undefined=N_("until 20 visitors and 20 others are in the running at the same time"),
        source="Simon & Makuch (1984), Statistics in Medicine 3:35-44",
    ),
)
