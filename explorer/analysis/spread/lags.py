"""The usual time from a visit to a taking-over: over all approaches and regions, and the only one called usual."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from .tree import LearningTree

LEAST = 5  # with fewer takings-over a middle one says little


@dataclass(frozen=True)
class UsualLag:
    """The usual time from a visit to the taking-over after it.

    `days` is the median of the middles of the intervals that the dates leave,
    NaN with fewer than `LEAST` of them; `of` is how many there are. Only
    regions that took it over are in it: those still waiting are not.
    """

    days: float
    of: int


def usual_lag(trees: Iterable[LearningTree]) -> UsualLag:
    """The middle lag of all takings-over that have a dated visit of the region's own as their chosen explanation.

    What one region took from visit to taking-over is another matter, see `accounts.own_lag`.
    """
    lags = [
        sum(learner.parent.lag_days) / 2
        for tree in trees
        for learner in tree.learners
        if learner.parent and learner.parent.visit and learner.parent.lag_days and learner.parent.grade != "from above"
    ]
    return UsualLag(float(median(lags)) if len(lags) >= LEAST else float("nan"), len(lags))
