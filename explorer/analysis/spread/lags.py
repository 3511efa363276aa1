"""How long it usually takes from a visit to a taking-over, over all approaches."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from .tree import LearningTree

LEAST = 5  # with fewer takings-over a middle one says little


@dataclass(frozen=True)
class MiddleLag:
    """The middle time from a visit to the taking-over after it.

    `days` is the median of the middles of the intervals that the dates leave,
    NaN with fewer than `LEAST` of them; `of` is how many there are. Only
    regions that took it over are in it: those still waiting are not.
    """

    days: float
    of: int


def middle_lag(trees: Iterable[LearningTree]) -> MiddleLag:
    """The middle lag over all takings-over that have a dated visit of the region's own as their chosen explanation."""
    lags = [
        sum(learner.parent.lag_days) / 2
        for tree in trees
        for learner in tree.learners
        if learner.parent and learner.parent.visit and learner.parent.lag_days and learner.parent.grade != "from above"
    ]
    return MiddleLag(float(median(lags)) if len(lags) >= LEAST else float("nan"), len(lags))
