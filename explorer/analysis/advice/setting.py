"""All that recommendations on a day rest on: what was known by then, and what it says of every pair."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from scipy.special import expit

from explorer.analysis.spread.evidence import Evidence, last_day

from .features import Situation, situation
from .ground import Background, Flags, Floats, Ground, Places, ground, known_by
from .model import (
    Weights,
    Worth,
    centred_on,
    features,
    programme,
    pulls,
    taking_weights,
    travel_weights,
    worth,
)

MONTHS = 24
TRAINED_ON = (0, 12, 24, 36)
"""The past windows that weights are fitted on end so many months before the day."""


@dataclass(frozen=True)
class View:
    """What features say on a day: n regions, m approaches.

    `open` are the pairs to choose from (n, m); `travel` the weights of what
    makes regions travel, `worth` what trips promise; `values` the features of
    all pairs (n, m, features).
    """

    now: Situation
    open: Flags
    travel: Weights
    worth: Worth
    values: Floats


class Past:
    """What was certainly known on any day; each day is worked out once."""

    def __init__(self, evidence: Evidence, background: Background) -> None:
        self.evidence, self.background = evidence, background
        self.fixed = ground(evidence, background)
        self._days: dict[date, Situation] = {}
        self._views: dict[tuple[date, int], View] = {}

    def on(self, day: date) -> Situation:
        """The situation on a day, later records unseen."""
        if day not in self._days:
            self._days[day] = situation(known_by(self.evidence, day), self.background, self.fixed, day)
        return self._days[day]

    def now(self) -> Situation:
        """The situation with all that is on record, dates of unknown day included."""
        return situation(self.evidence, self.background, self.fixed, today_of(self.evidence), cut=False)

    def view(self, day: date, months: int) -> View:
        """What features say on a day; who visits whom is learnt from the window that ends on it."""
        if (day, months) not in self._views:
            self._views[day, months] = self.view_of(self.on(day), day, months)
        return self._views[day, months]

    def view_of(self, now: Situation, day: date, months: int) -> View:
        """The same for a situation that is given."""
        going = travel_weights(self.on(earlier(day, months)), now, self.fixed)
        value = worth(going, now, self.fixed)
        return View(now, now.open(self.fixed.apart), going, value, features(now, self.fixed, value))


@dataclass(frozen=True)
class Setting:
    """All that a recommendation on a day rests on: n regions, m approaches.

    `open` are the pairs to choose from (n, m); `parts` what each feature adds
    to the score of a pair, the mean being 0 (n, m, features); `worth` what a
    trip from i to j promises (n, n), `pulled` what makes i travel to j, to the
    log of its rate (n, n, pulls). `travel` and `taking` are the weights;
    `months` the window that chances are for.
    """

    day: date
    months: int
    fixed: Ground
    now: Situation
    open: Flags
    worth: Worth
    parts: Floats
    pulled: Floats
    travel: Weights
    taking: Weights

    @cached_property
    def score(self) -> Floats:
        """Sum of the parts, rounded so that rounding errors decide nothing (n, m)."""
        found: Floats = np.round(self.parts.sum(axis=2), 9)
        return found

    @cached_property
    def shows(self) -> Floats:
        """Chance that a visit to host j is about approach a (n, m)."""
        return programme(self.now)

    @cached_property
    def usual_yield(self) -> float:
        """Mean over pairs of regions of what a guest takes over; NaN without two regions."""
        yields = self.worth.yields[self.fixed.apart]
        return float(yields.mean()) if yields.size else float("nan")

    @property
    def chance(self) -> Floats:
        """Estimated chance of a taking-over within the window (n, m); NaN where the weights are not fitted."""
        found: Floats = expit(self.score + self.taking.base)
        return found


def setting(
    evidence: Evidence,
    background: Background,
    day: date | None = None,
    months: int = MONTHS,
    past: Past | None = None,
) -> Setting:
    """What recommendations rest on, worked out once for all regions.

    Weights are fitted on four earlier windows of `months`, ending on the day
    and one, two and three years before, each told only what was known at its
    start. Where they overlap, a taking-over counts in each.

    Parameters
    ----------
    day
        Everything later is unseen, and so is what may be later. None: all that
        is on record counts, up to its last day.
    months
        Length of the window within which a taking-over counts.
    past
        To share the work between days; must be of the same evidence and background.

    Raises
    ------
    ValueError
        When `months` is not above 0, or when no day is given and none is on record.
    """
    if months <= 0:
        raise ValueError(f"months is {months}: give a number above 0")
    past = past or Past(evidence, background)
    today = day or today_of(evidence)
    seen = past.view_of(past.now(), today, months) if day is None else past.view(today, months)
    taking = centred_on(_taking(past, seen.now, today, months), seen.values[seen.open])
    return Setting(
        today,
        months,
        past.fixed,
        seen.now,
        seen.open,
        seen.worth,
        taking.parts(seen.values),
        seen.travel.parts(pulls(seen.now, past.fixed)),
        seen.travel,
        taking,
    )


def _taking(past: Past, now: Situation, today: date, months: int) -> Weights:
    values, happened = [], []
    for back in TRAINED_ON:
        day, end = earlier(today, months + back), earlier(today, back)
        if past.on(day).open(past.fixed.apart).any():
            seen = past.view(day, months)
            values.append(seen.values[seen.open])
            happened.append(((now.taken > day.toordinal()) & (now.taken <= end.toordinal()))[seen.open])
    return taking_weights(values, happened)


def earlier(day: date, months: int) -> date:
    """The day so many months before (later where negative); the last day of a month stays a last day."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = monthrange(years, month + 1)[1]
    ends = day.day == monthrange(day.year, day.month)[1]
    return date(years, month + 1, last if ends else min(day.day, last))


def today_of(evidence: Evidence) -> date:
    """Up to when takings-over were looked for; where that is not said, the last day on record.

    Raises
    ------
    ValueError
        When no day is on record.
    """
    found = last_day(evidence)
    if found is None:
        raise ValueError("no day is on record: give the day that the recommendation is for")
    return found


def ranking(score: Floats, free: Flags, users: Floats, k: int) -> tuple[Places, Flags]:
    """The k best open approaches of each region, best first.

    Parameters
    ----------
    score, free
        (n, m); only open pairs are ranked.
    users
        Breaks ties: what more regions use comes first, then the order of approaches (m,).

    Returns
    -------
    places, there
        Places of approaches (n, at most k), and whether there are as many.

    Raises
    ------
    ValueError
        When k is not above 0.
    """
    if k <= 0:
        raise ValueError(f"k is {k}: give a number above 0")
    order = np.argsort(-users, kind="stable")
    shown = np.where(free, score, -np.inf)[:, order]
    best = np.argsort(-shown, axis=1, kind="stable")[:, :k]
    return order[best].astype(np.intp), np.take_along_axis(shown, best, axis=1) > -np.inf
