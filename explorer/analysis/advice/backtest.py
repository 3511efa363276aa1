"""Would the recommendations have been right? Told only what was known on past days, beside simple guesses."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from explorer.analysis.explained import Explained
from explorer.analysis.spread.evidence import Evidence
from languages.words import N_

from .features import Situation
from .ground import Background, Flags, Floats
from .setting import MONTHS, Past, Setting, earlier, ranking, setting, today_of

Lead = tuple[float, float, float]
Ranker = Callable[[Setting], Floats]

OURS, CHANCE = "recommended", "chance"
BASELINES = {
    "popular": N_("What most regions had taken over by then"),
    "lately": N_("What most regions took over in the two years before"),
    "nearest": N_("What most of the five nearest regions use"),
    "tied": N_("What most of the five regions with the strongest ties use, visits counted as ties"),
}
"""Simple guesses, each with its words."""
RIVALS = (*BASELINES, CHANCE)
"""All that recommendations must beat to be shown."""
NEIGHBOURS = 5
LEAST_EVENTS = 40
"""Different pairs taken over within a window, below which there is too little to tell."""
CUTS = 6
RESAMPLES = 2000
INTERVAL = (2.5, 97.5)

SHOW, TOO_FEW, NO_CUT, NO_BETTER = (
    N_("On past days, these recommendations came true more often than any simple guess."),
    N_("Too little on record to tell whether recommendations would have been right."),
    N_("The record is too short to tell whether recommendations would have been right."),
    N_("On past days, recommendations did not come true clearly more often than simple guesses."),
)


@dataclass(frozen=True)
class Verdict:
    """Whether a page may show recommendations: only when they beat the best simple guess beyond chance."""

    may_show: bool
    code: str
    reason: str


@dataclass(frozen=True)
class BackTest:
    """What came true of recommendations made on past days.

    Attributes
    ----------
    table
        method, hits, hits_per_region (over regions and days), hit_rate (share
        of regions and days with a hit or more), times (our hits for each of
        its), times_low, times_high (95 % interval; NaN where it has none). Our
        own row first, then the baselines, then chance, for which hit_rate is
        NaN, then the methods given besides.
    happened
        Takings-over within the windows of pairs open on the day, summed over
        days: the most that could be hit with k large enough.
    events
        The same without counting a taking-over twice where windows overlap.
    unclear
        Takings-over left out because their dates leave open whether they lie
        in a window.
    lead
        Our hits less those of the rival `against` (a baseline or chance), the
        one that they are least surely above: value and 95 % interval.
    """

    days: tuple[date, ...]
    months: int
    k: int
    regions: int
    table: pd.DataFrame
    happened: int
    events: int
    unclear: int
    lead: Lead
    against: str
    verdict: Verdict


def back_test(
    evidence: Evidence,
    background: Background,
    k: int = 5,
    months: int = MONTHS,
    days: Sequence[date] | None = None,
    resamples: int = RESAMPLES,
    seed: int = 0,
    besides: Mapping[str, Ranker] | None = None,
) -> BackTest:
    """Recommend on past days, told only what was known then, and count what came true within the window.

    A hit is a pair of region and approach, among the k recommended to the
    region, that it certainly took over within the window after the day.
    Intervals are percentiles of a bootstrap that draws regions, each with all
    its days, so that a region's days are no independent evidence. To be shown,
    recommendations must beat every baseline and chance, each by the lower end
    of its own interval: an intersection-union test (Berger 1982, Technometrics
    24:295-300), which needs no correction for the number of rivals.

    Parameters
    ----------
    days
        Days to recommend on. None: the last six ends of years whose window
        is over, as far as anything was in use then.
    besides
        Further methods to stand in the table: a name, and a score of every
        pair (n, m) from a setting. They play no part in the verdict.

    Raises
    ------
    ValueError
        When k, months or resamples is not above 0, or a window reaches beyond the record.
    """
    if k <= 0 or months <= 0 or resamples <= 0:
        raise ValueError("k, months and resamples must be above 0")
    nothing = _nothing(len(background.regions), k, months)
    if not days and not (len(evidence.steps) and len(background.regions)):
        return nothing
    past = Past(evidence, background)
    tried_on = _days_to_try(past, days, months)
    if not tried_on:
        return nothing
    rng = np.random.default_rng(seed)
    trial = _trial(past, tried_on, months, k, rng, besides or {})
    table, leads = _summary(trial.hits, len(tried_on), resamples, rng)
    lead, against = min(leads, key=lambda one: (one[0][1], one[0][0]))
    events = int(trial.right.any(axis=0).sum())
    return replace(
        nothing,
        days=tuple(tried_on),
        table=table,
        happened=int(trial.right.sum()),
        events=events,
        unclear=trial.unclear,
        lead=lead,
        against=against,
        verdict=_verdict(events, lead[1]),
    )


def _days_to_try(past: Past, days: Sequence[date] | None, months: int) -> list[date]:
    """The days given, or the last ends of years, in order; refused where a window is not over on record."""
    end = today_of(past.evidence)
    found = _year_ends(past, end, months) if days is None else sorted(days)
    if any(earlier(day, -months) > end for day in found):
        raise ValueError(f"a window of {months} months reaches beyond {end}, the last day on record")
    return found


@dataclass(frozen=True)
class _Trial:
    """What came true: hits of each region by method (days, n), pairs taken over (days, n, m), how many perhaps were."""

    hits: dict[str, Floats]
    right: Flags
    unclear: int


def _trial(
    past: Past, days: Sequence[date], months: int, k: int, rng: np.random.Generator, besides: Mapping[str, Ranker]
) -> _Trial:
    """Let every method recommend on each day, and count what came true."""
    truth = past.now()
    counts: dict[str, list[Floats]] = {method: [] for method in (OURS, *BASELINES, CHANCE, *besides)}
    came_true, unclear = [], 0
    for day in days:
        given = setting(past.evidence, past.background, day, months, past)
        right, doubtful = _came_true(truth, given, day, months)
        scores = _scores(given, rng) | {method: ranker(given) for method, ranker in besides.items()}
        for method, score in scores.items():
            counts[method].append(_hits(score, given, right, k))
        counts[CHANCE].append(_by_chance(given.open, right, k))
        came_true.append(right)
        unclear += doubtful
    return _Trial({method: np.stack(each) for method, each in counts.items()}, np.stack(came_true), unclear)


def _year_ends(past: Past, end: date, months: int) -> list[date]:
    latest = earlier(end, months)
    last = latest.year if (latest.month, latest.day) == (12, 31) else latest.year - 1
    days = [date(year, 12, 31) for year in range(last - CUTS + 1, last + 1)]
    return [day for day in days if past.on(day).open(past.fixed.apart).any()]


def _came_true(truth: Situation, given: Setting, day: date, months: int) -> tuple[Flags, int]:
    """Open pairs certainly taken over within the window (n, m), and how many perhaps were."""
    begin, end = day.toordinal(), earlier(day, -months).toordinal()
    with np.errstate(invalid="ignore"):
        sure = (truth.taken_from > begin) & (truth.taken_to <= end)
        perhaps = (truth.taken_to > begin) & (truth.taken_from <= end) & ~sure
    return sure & given.open, int((perhaps & given.open).sum())


def _scores(given: Setting, rng: np.random.Generator) -> dict[str, Floats]:
    """What each method ranks by (n, m); equal guesses are ordered by popularity, then by lot."""
    now, fixed = given.now, given.fixed
    used = now.used.astype(np.float64)
    lot = rng.random(used.shape[1])
    popular = now.ever + lot
    ties = now.tied + now.came + now.came.T
    few = popular / (popular.max(initial=0.0) + 1)  # below 1: decides between equals only
    return {
        OURS: given.score,
        "popular": np.broadcast_to(popular, used.shape),
        "lately": np.broadcast_to(now.lately + few, used.shape),
        "nearest": _first(-fixed.km, fixed.apart & np.isfinite(fixed.km)) @ used + few,
        "tied": _first(ties, ties > 0) @ used + few,
    }


def _first(close: Floats, there: Flags) -> Floats:
    """1 for each of the five regions that are closest to each, among those that are there (n, n)."""
    order = np.argsort(-np.where(there, close, -np.inf), axis=1, kind="stable")[:, :NEIGHBOURS]
    found = np.zeros_like(close)
    np.put_along_axis(found, order, 1.0, axis=1)
    found[~there] = 0.0
    return found


def _hits(score: Floats, given: Setting, right: Flags, k: int) -> Floats:
    best, there = ranking(score, given.open, given.now.used.sum(axis=0), k)
    found: Floats = (np.take_along_axis(right, best, axis=1) & there).sum(axis=1).astype(np.float64)
    return found


def _by_chance(free: Flags, right: Flags, k: int) -> Floats:
    """Hits expected of k open approaches drawn by lot: the mean of the hypergeometric distribution (n,)."""
    choice = free.sum(axis=1)
    drawn = np.minimum(choice, k)
    found: Floats = np.zeros(len(free))
    np.divide(drawn * right.sum(axis=1), choice, out=found, where=choice > 0)
    return found


def _summary(
    hits: dict[str, Floats], days: int, resamples: int, rng: np.random.Generator
) -> tuple[pd.DataFrame, list[tuple[Lead, str]]]:
    """The table, and our lead over each rival; `hits` per method: (days, n)."""
    methods, n = list(hits), hits[OURS].shape[1]
    per_region = np.stack([hits[method].sum(axis=0) for method in methods])
    drawn = rng.multinomial(n, np.full(n, 1 / n), size=resamples) @ per_region.T
    whole = per_region.sum(axis=1)
    rows = []
    for place, method in enumerate(methods):
        rows.append(
            {
                "method": method,
                "hits": float(whole[place]),
                "hits_per_region": float(whole[place]) / (n * days),
                "hit_rate": float((hits[method] > 0).mean()) if method != CHANCE else float("nan"),
                **_times(drawn[:, 0], drawn[:, place], whole[0], whole[place]),
            }
        )
    return pd.DataFrame(rows), [(_lead(drawn, whole, methods.index(method)), method) for method in RIVALS]


def _verdict(events: int, low: float) -> Verdict:
    """What follows from how much happened, and from the lower end of the least sure lead."""
    if events < LEAST_EVENTS:
        return Verdict(may_show=False, code="too few", reason=TOO_FEW)
    if low > 0:
        return Verdict(may_show=True, code="show", reason=SHOW)
    return Verdict(may_show=False, code="no better", reason=NO_BETTER)


def _lead(drawn: Floats, whole: Floats, other: int) -> Lead:
    """Our hits less those of another method, with its interval."""
    low, high = np.percentile(drawn[:, 0] - drawn[:, other], INTERVAL)
    return float(whole[0] - whole[other]), float(low), float(high)


def _times(ours: Floats, theirs: Floats, our_hits: float, their_hits: float) -> dict[str, float]:
    """Our hits for each of theirs, with its interval; NaN where they have none."""
    if not their_hits:
        return dict.fromkeys(("times", "times_low", "times_high"), float("nan"))
    ratio = np.divide(ours, theirs, out=np.full(len(ours), np.inf), where=theirs > 0)
    low, high = np.percentile(ratio, INTERVAL, method="nearest")
    return {"times": float(our_hits / their_hits), "times_low": float(low), "times_high": float(high)}


def _nothing(regions: int, k: int, months: int) -> BackTest:
    columns = ["method", "hits", "hits_per_region", "hit_rate", "times", "times_low", "times_high"]
    undefined = float("nan")
    verdict = Verdict(may_show=False, code="too short", reason=NO_CUT)
    lead = (undefined, undefined, undefined)
    return BackTest((), months, k, regions, pd.DataFrame(columns=columns), 0, 0, 0, lead, "", verdict)


MEASURES = (
    Explained(
        code="hits",
        title=N_("Recommendations that came true"),
        words=N_(
            "Recommended on a past day, told only what was known then, and taken over within the window after it."
        ),
        term="hits@k, temporal hold-out",
        span=N_("0 to k for each region and day"),
        undefined=N_("the record is shorter than one window"),
        source="Herlocker, Konstan, Terveen & Riedl (2004), ACM Transactions on Information Systems 22:5-53",
    ),
    Explained(
        code="times",
        title=N_("Times the hits of a simple guess"),
        words=N_(
            "How many recommendations came true for each one that a simple guess got right; above 1 they are better."
        ),
        term="lift over a baseline; percentile interval of a cluster bootstrap over regions",
        span=N_("0 and up"),
        undefined=N_("the simple guess got none right"),
        source="Davison & Hinkley (1997), Bootstrap Methods and their Application",
    ),
)
