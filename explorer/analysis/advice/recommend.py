"""Whom to visit next, and which case to show next: ranked, with reasons in words."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from explorer.analysis.explained import Explained
from languages.words import N_

from .ground import Flags, Ground, Places
from .reasons import Reason, case_reasons, reasons
from .setting import Setting, ranking


@dataclass(frozen=True)
class Recommendation:
    """One approach to go and see, and where: ids.

    `chance` is that of a taking-over within the window, 0 to 1, NaN where too
    few are on record to estimate it; `score` orders. `others` are further
    hosts that use it, best first. `reasons` are those for, strongest first.
    """

    region: str
    host: str
    approach: str
    score: float
    chance: float
    reasons: tuple[Reason, ...]
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    """One approach to show to a meeting, and who could show it: ids.

    `regions` are those present who do not have it and have not seen it, `n` of
    `of` present; `expected` how many of them are expected to take it over
    within the window, NaN where too few are on record to estimate it.
    """

    approach: str
    host: str
    regions: tuple[str, ...]
    of: int
    score: float
    expected: float
    reasons: tuple[Reason, ...]

    @property
    def n(self) -> int:
        """How many regions it concerns."""
        return len(self.regions)


def whom_to_visit(region: str, given: Setting, k: int = 5) -> list[Recommendation]:
    """The approaches that a region has not seen and does not use which it is likeliest to take over, and where to go.

    Returns
    -------
    list of Recommendation
        At most `k`, best first, each approach once, with the host that
        promises most; empty when it has seen all that others use.

    Raises
    ------
    ValueError
        When the region is not among those of the setting.
    """
    i = _place(region, given.fixed)
    row = given.score[i : i + 1]
    best, there = ranking(row, given.open[i : i + 1], given.now.used.sum(axis=0), k)
    found = []
    for a in best[0][there[0]]:
        hosts = _hosts(given, np.array([i]), int(a))
        found.append(
            Recommendation(
                region,
                given.fixed.regions[hosts[0]],
                given.fixed.approaches[a],
                float(row[0, a]),
                float(expit(row[0, a] + given.taking.base)),
                reasons(given, i, int(a), hosts[0]),
                tuple(given.fixed.regions[j] for j in hosts[1:]),
            )
        )
    return found


def case_to_show(present: Sequence[str], given: Setting, k: int = 5, host: str | None = None) -> list[Case]:
    """The approaches to show at a meeting: those that most of the regions present are likely to take over.

    Ranked by the sum of the chances of those present who neither have nor saw
    it; where chances cannot be estimated, by the sum of the logistic of their
    scores.

    Parameters
    ----------
    present
        Regions that attend. Empty with a `host`: those it works with or had as
        guests; where none are known, all.
    host
        Only what this region uses; None: what any region uses, with the host
        that promises most to those concerned.

    Returns
    -------
    list of Case
        At most `k`, best first; only approaches that concern someone.

    Raises
    ------
    ValueError
        When a region is not among those of the setting, or neither anyone present nor a host is given.
    """
    j = None if host is None else _place(host, given.fixed)
    if not present and j is None:
        raise ValueError("say who is present, or who hosts")
    rows = np.array(sorted({_place(region, given.fixed) for region in present}), dtype=np.intp)
    if j is not None:
        rows = rows[rows != j] if len(rows) else _circle(given, j)
    free: Flags = given.open[rows].copy()
    if j is not None:
        free[:, ~given.now.used[j]] = False
        free[~given.fixed.apart[rows, j]] = False
    gain = np.where(free, expit(given.score[rows] + (given.taking.base if given.taking.fitted else 0.0)), 0.0)
    total = np.round(gain.sum(axis=0), 9)
    best, there = ranking(total[None], np.atleast_2d(free.any(axis=0)), given.now.used.sum(axis=0), k)
    return [_case(given, rows[free[:, a]], int(a), j, len(rows), float(total[a])) for a in best[0][there[0]]]


def _case(given: Setting, concerned: Places, a: int, host: int | None, of: int, total: float) -> Case:
    shows = _hosts(given, concerned, a)[0] if host is None else host
    return Case(
        given.fixed.approaches[a],
        given.fixed.regions[shows],
        tuple(given.fixed.regions[i] for i in concerned),
        of,
        total,
        total if given.taking.fitted else float("nan"),
        case_reasons(given, concerned, a, shows),
    )


def _hosts(given: Setting, guests: Places, a: int) -> list[int]:
    """Places of the regions that use it, those first that promise most to the guests together."""
    promise = np.round(given.worth.there[guests].sum(axis=0), 12)
    users = [int(j) for j in np.flatnonzero(given.now.used[:, a] & given.fixed.apart[guests].any(axis=0))]
    return sorted(users, key=lambda j: (-promise[j], given.fixed.regions[j]))


def _circle(given: Setting, host: int) -> Places:
    apart = given.fixed.apart[host]
    known = ((given.now.tied[host] > 0) | (given.now.came[:, host] > 0)) & apart
    return np.flatnonzero(known if known.any() else apart).astype(np.intp)


def _place(region: str, fixed: Ground) -> int:
    if region not in fixed.regions:
        raise ValueError(f"{region} is not among the regions given")
    return fixed.regions.index(region)


MEASURES = (
    Explained(
        code="whom_to_visit",
        title=N_("Whom to visit next"),
        words=N_(
            "Approaches that a region has not seen and does not use, and where it could go and see them. "
            "First comes what regions like it took over most often in the years before."
        ),
        term="recommendation by discrete-time hazard regression on exposure, proximity and past yield",
        span=N_("a chance from 0 to 1 within the window; the order counts, not the number"),
        undefined=N_("too few takings-over on record (below 100): then the order rests on weights that were chosen"),
        source="Allison (1982), Sociological Methodology 13:61-98; Hoerl & Kennard (1970), Technometrics 12:55-67",
    ),
    Explained(
        code="case_to_show",
        title=N_("Which case to show next"),
        words=N_("Approaches that many of the regions at a meeting neither have nor saw, and are likely to take over."),
        term="expected number of adopters among those present",
        span=N_("0 to the number of regions present"),
        undefined=N_("too few takings-over on record (below 100): then the order rests on weights that were chosen"),
        source="Allison (1982), Sociological Methodology 13:61-98",
    ),
    Explained(
        code="shrunken_yield",
        title=N_("How often guests take it over"),
        words=N_(
            "Of the regions that came to see it, how many took it over within a year. "
            "Where few came, the share is drawn towards that of all."
        ),
        term="empirical Bayes estimate, beta-binomial",
        span=N_("0 to 1"),
        undefined=N_("no visit is older than a year"),
        source="Casella (1985), The American Statistician 39:83-87",
    ),
    Explained(
        code="trips",
        title=N_("Who tends to visit whom"),
        words=N_(
            "How many visits of one region to another are to be expected, from distance, likeness and earlier visits."
        ),
        term="gravity model, Poisson regression",
        span=N_("0 and up, visits within the window"),
        undefined=N_("too few visits on record (below 90): then only the order counts"),
        source="Flowerdew & Aitkin (1982), Journal of Regional Science 22:191-202",
    ),
)
