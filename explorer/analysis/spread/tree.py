"""The learning tree of an approach: from whom each region may have learnt it, and how sure that is."""

import math
from dataclasses import dataclass

from languages.words import N_

from .evidence import Span


@dataclass(frozen=True)
class Grade:
    """How much a record says about who learnt from whom: its code, its words, and its rank (0 is the strongest)."""

    code: str
    title: str
    explained: str


GRADES = (
    Grade("stated", N_("Stated"), N_("A source credits the visit or the region.")),
    Grade(
        "consistent",
        N_("Consistent"),
        N_("The region attended a visit about it, before it took it over, where it was in use."),
    ),
    Grade(
        "from above", N_("Consistent, from above"), N_("A body of the country or province above attended such a visit.")
    ),
    Grade(
        "inferred",
        N_("Inferred"),
        N_("No visit is known. Who took it over before, by a statistical ranking: precedence, not learning."),
    ),
)


@dataclass(frozen=True)
class Candidate:
    """One region that another may have learnt from.

    `source` is empty where a visit is credited whose host has no region;
    `visit` is empty without a visit. `certain` is whether the dates leave no
    other order. `lag_days` are the least and the most days from the visit
    (without one: from the source's own taking-over) to the taking-over, None
    where a date is unknown. `share` is the part of the odds that this
    candidate carries among all that could explain the taking-over, 0 to 1;
    NaN where the records are too few to tell. `host` is the region of the
    visit's host where that is not the source itself (a province shows what its
    city has), else empty.
    """

    grade: str
    source: str
    visit: str
    certain: bool
    lag_days: tuple[int, int] | None
    share: float = math.nan  # the one NaN, so that equal candidates compare equal
    host: str = ""


REASONS = {
    "stated": N_("A source says so."),
    "only": N_("It is the only one known."),
    "grade": N_("The evidence for it is stronger than for the others."),
    "certain": N_("Its dates leave no other order; those of the others do."),
    "odds": N_("By the time that passed after each visit, it is the likeliest."),
    "latest": N_("It is the last visit before the taking-over."),
    "fixed order": N_("Nothing on record tells them apart; the first in the alphabet is shown."),
    "circle": N_("The others learnt from this region themselves."),
    "nobody": N_("Nobody is known from whom it could have been learnt."),
}

PROBLEMS = {
    "after": N_("The visit came after the taking-over."),
    "host": N_("The host did not have the approach then."),
    "undated": N_("A date is missing, so nobody can tell which came first."),
}


@dataclass(frozen=True)
class Learner:
    """One region that took the approach over: when, since when no longer, from whom, and why that one was chosen.

    `parent` is None where no candidate is known. `reason` is a code of
    `REASONS`. `others` are the candidates not chosen, best first.
    """

    region: str
    step: str
    taken: Span | None
    gave_up: Span | None
    parent: Candidate | None
    reason: str
    others: tuple[Candidate, ...] = ()

    @property
    def odds(self) -> float:
        """The part of the odds that speaks for the parent's region, over all its visits; NaN where unknown."""
        every = [item for item in (self.parent, *self.others) if item and item.source == self.source]
        same = [
            item.share
            for item in every
            if self.parent and (item.grade == "inferred") == (self.parent.grade == "inferred")
        ]
        return min(1.0, math.fsum(share for share in same if not math.isnan(share))) if self._known else math.nan

    @property
    def source(self) -> str:
        """The region that it was learnt from, empty where nobody is known."""
        return self.parent.source if self.parent else ""

    @property
    def _known(self) -> bool:
        return self.parent is not None and not math.isnan(self.parent.share)


@dataclass(frozen=True)
class Impossible:
    """A visit that cannot explain a taking-over, or a credit that dates contradict: listed, never drawn.

    `reason` is a code of `PROBLEMS`.
    """

    region: str
    visit: str
    source: str
    reason: str


@dataclass(frozen=True)
class LearningTree:
    """Who may have learnt an approach from whom.

    `learners` stand in order of time, undated last; `while_adapting` are
    (region, visit) of regions that came to see it after they began to consider
    or adapt it and before any taking-over: neither a success nor a problem.
    `undated` are visits that would fit, were it known when they or the
    taking-over were.
    """

    approach: str
    origin: str | None
    learners: tuple[Learner, ...]
    while_adapting: tuple[tuple[str, str], ...]
    impossible: tuple[Impossible, ...]
    undated: tuple[Impossible, ...] = ()
