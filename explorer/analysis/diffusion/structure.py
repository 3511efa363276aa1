"""The structure test: whether the order of adoption follows the ties more than chance would."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TypeAlias

import igraph
import numpy as np
from numpy.typing import ArrayLike, NDArray

from explorer.analysis.explained import Explained
from languages.words import N_

from .autocorrelation import morans_i
from .exposure import Floats, Indices, TieList, Ties, threshold, tie_list, times
from .infection import susceptibility

Statistic: TypeAlias = Callable[[TieList, Floats, int, Floats | None], float]
Sample: TypeAlias = tuple[TieList, Floats, Floats | None]
"""One draw: ties, times of adoption, times of giving up."""


@dataclass(frozen=True)
class Null:
    """What chance means in a test: what is shuffled and what stays as it is."""

    code: str
    title: str
    words: str


NULLS = (
    Null(
        "rewired",
        N_("Ties drawn anew"),
        N_(
            "Each region keeps its number of ties in either direction, but to others. "
            "Asks whether it matters who is tied to whom."
        ),
    ),
    Null(
        "regions shuffled",
        N_("Dates dealt to any region"),
        N_("The dates are dealt anew over all regions, also over those that did not take it over. The ties stay."),
    ),
    Null(
        "shuffled within groups",
        N_("Dates dealt within each group"),
        N_(
            "The dates are dealt anew among regions of the same group, such as a country. "
            "What makes one group earlier than another plays no part."
        ),
    ),
    Null(
        "times shuffled",
        N_("Dates dealt among those that took it over"),
        N_(
            "Who took it over stays; only who was first is dealt anew. "
            "Asks whether the order follows the ties, beyond that like sits with like."
        ),
    ),
)


@dataclass(frozen=True, eq=False)
class StructureTest:
    """A statistic as observed, beside what it is by chance.

    Attributes
    ----------
    null, statistic
        Codes: one of `NULLS`, a key of `STATISTICS`.
    observed
        The statistic as it is; NaN where undefined.
    expected
        Its mean over the samples.
    samples
        (R,) the statistic in each sample; NaN where undefined there.
    p
        2 min(Pr(sample < observed), Pr(sample > observed)), as netdiffuseR.
        It can be 0, and samples that equal what was observed speak for
        neither side; NaN where all of them do.
    p_monte_carlo
        2 min(1 + #{sample <= observed}, 1 + #{sample >= observed}) / (1 + R),
        at most 1, never 0: valid at any R. The one to show.
    """

    null: str
    statistic: str
    observed: float
    expected: float
    samples: Floats
    p: float
    p_monte_carlo: float


def structure_test(
    ties: Ties,
    toa: ArrayLike,
    periods: int,
    *,
    seed: int,
    null: str = "rewired",
    statistic: str = "mean threshold",
    samples: int = 1000,
    groups: ArrayLike | None = None,
    gave_up: ArrayLike | None = None,
    swaps_per_tie: float = 4.0,
) -> StructureTest:
    """Whether a statistic of adoption over ties beats chance, two-sided.

    Parameters
    ----------
    ties
        (n, n), row i holding the regions that i looks to, or one for each period.
    toa, gave_up
        (n,) as in `in_use`. What is shuffled is the pair of both.
    seed
        The same seed gives the same samples.
    null
        Code of one of `NULLS`.
    statistic
        Key of `STATISTICS`.
    samples
        R, how many are drawn.
    groups
        (n,) group of each region, for "shuffled within groups" alone.
    swaps_per_tie
        For "rewired": how many swaps of two ties' ends are tried per tie
        (netdiffuseR: 20). A swap that would tie a region to itself or twice
        to another is left out and counts as tried.

    Returns
    -------
    StructureTest
        NaN throughout without ties, without adopters, or where the statistic
        is undefined as observed.

    Notes
    -----
    "rewired" is the parallel method of Besag and Clifford: from the ties as
    they are to a hub, and from the hub to each sample, in as many swaps. The
    ties as they are and the samples then stand in the same relation to the
    hub, so that `p_monte_carlo` is valid however few the swaps; few of them
    cost power alone. Ties that are mutual with equal weights stay mutual. The
    weights, or with ties for each period the course of each tie's weight, are
    dealt anew over the ties.

    "times shuffled" is the shuffle test of Anagnostopoulos, Kumar and Mahdian.

    References
    ----------
    Besag & Clifford (1989), Biometrika 76:633-642; Anagnostopoulos, Kumar &
    Mahdian (2008), Influence and correlation in social networks, KDD 2008;
    function `struct_test` of netdiffuseR.
    """
    adopted, ended = times(toa, periods, gave_up)
    if adopted.ndim != 1:
        raise ValueError("the structure test takes one approach at a time: toa must be (n,)")
    if statistic not in STATISTICS:
        raise ValueError(f"statistic is one of {', '.join(STATISTICS)}, not {statistic!r}")
    if samples < 1:
        raise ValueError("there must be at least one sample")
    listed = tie_list(ties, len(adopted), periods)
    compute = STATISTICS[statistic]
    if len(listed.ego) == 0 or np.isnan(adopted).all():
        observed = float("nan")
    else:
        observed = compute(listed, adopted, periods, ended)
    draws = _draws((listed, adopted, ended), null, groups, swaps_per_tie, np.random.default_rng(seed))
    drawn = np.full(samples, np.nan)
    if not np.isnan(observed):
        drawn[:] = [compute(*_in(next(draws), periods)) for _sample in range(samples)]
    return _compared(null, statistic, observed, drawn)


def _in(sample: Sample, periods: int) -> tuple[TieList, Floats, int, Floats | None]:
    return sample[0], sample[1], periods, sample[2]


def _compared(null: str, statistic: str, observed: float, drawn: Floats) -> StructureTest:
    known = drawn[~np.isnan(drawn)]
    if len(known) == 0:
        undefined = float("nan")
        return StructureTest(null, statistic, observed, undefined, drawn, undefined, undefined)
    # The same terms summed in another order differ by rounding: that is no difference.
    same = np.isclose(known, observed, rtol=1e-9, atol=1e-12)
    below, above = int((~same & (known < observed)).sum()), int((~same & (known > observed)).sum())
    equal = int(same.sum())
    p = float("nan") if below == above == 0 else 2 * min(below, above) / len(known)
    p_monte_carlo = min(1.0, 2 * (1 + equal + min(below, above)) / (1 + len(known)))
    return StructureTest(null, statistic, observed, float(known.mean()), drawn, p, p_monte_carlo)


def _draws(
    as_is: Sample, null: str, groups: ArrayLike | None, swaps_per_tie: float, rng: np.random.Generator
) -> Iterator[Sample]:
    """Samples without end under a null; what does not fit is refused at once."""
    if (groups is not None) != (null == "shuffled within groups"):
        raise ValueError('groups belong to the null "shuffled within groups", and to no other')
    n = len(as_is[1])
    if null == "rewired":
        if not swaps_per_tie > 0:
            raise ValueError("swaps_per_tie must be above 0")
        return ((ties, as_is[1], as_is[2]) for ties in _rewired(as_is[0], swaps_per_tie, rng))
    if null == "regions shuffled":
        return _shuffled(as_is, np.zeros(n, dtype=np.int64), rng)
    if null == "times shuffled":
        return _shuffled(as_is, np.isnan(as_is[1]).astype(np.int64), rng)
    if null == "shuffled within groups":
        group = np.unique(np.asarray(groups), return_inverse=True)[1]
        if group.shape != (n,):
            raise ValueError(f"groups must be ({n},), not {group.shape}")
        return _shuffled(as_is, group.astype(np.int64), rng)
    raise ValueError(f"null is one of {', '.join(item.code for item in NULLS)}, not {null!r}")


def _shuffled(as_is: Sample, block: Indices, rng: np.random.Generator) -> Iterator[Sample]:
    """Regions change places with others of their block, taking both times along."""
    ties, adopted, ended = as_is
    places = np.argsort(block, kind="stable")
    while True:
        order = np.empty_like(places)
        order[places] = np.lexsort((rng.random(len(block)), block))
        yield ties, adopted[order], None if ended is None else ended[order]


def _rewired(ties: TieList, swaps_per_tie: float, rng: np.random.Generator) -> Iterator[TieList]:
    mutual = _mutual(ties)
    once = ties.ego < ties.alter if mutual else np.ones(len(ties.ego), dtype=bool)
    edges = np.column_stack([ties.ego[once], ties.alter[once]])
    weight = ties.weight[once]
    hub = igraph.Graph(n=ties.regions, edges=edges, directed=not mutual)
    swaps = max(1, round(swaps_per_tie * len(edges)))
    generator = random.Random(int(rng.integers(2**63)))  # noqa: S311 (a sample is no secret)
    _swap(hub, swaps, generator)
    while True:
        sample = hub.copy()
        _swap(sample, swaps, generator)
        ends = np.fromiter(chain.from_iterable(sample.get_edgelist()), dtype=np.int64, count=edges.size)
        ego, alter = ends[0::2], ends[1::2]
        dealt = weight[rng.permutation(len(weight))]
        if mutual:
            ego, alter, dealt = (
                np.concatenate([ego, alter]),
                np.concatenate([alter, ego]),
                np.concatenate([dealt, dealt]),
            )
        yield TieList(ego, alter, dealt, ties.regions)


def _swap(graph: igraph.Graph, swaps: int, generator: random.Random) -> None:
    """Rewire in place; igraph's source of chance is one for the whole process, so it is given back."""
    igraph.set_random_number_generator(generator)
    try:
        graph.rewire(n=swaps)
    finally:
        igraph.set_random_number_generator(random)


def _mutual(ties: TieList) -> bool:
    """Whether every tie has its like in the other direction."""
    there = np.lexsort((ties.alter, ties.ego))
    back = np.lexsort((ties.ego, ties.alter))
    same: NDArray[np.bool_] = (ties.ego[there] == ties.alter[back]) & (ties.alter[there] == ties.ego[back])
    return bool(same.all() and (ties.weight[there] == ties.weight[back]).all())


def _mean(values: Floats) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else float("nan")


def _mean_threshold(ties: TieList, toa: Floats, periods: int, gave_up: Floats | None) -> float:
    return _mean(threshold(ties, toa, periods, gave_up=gave_up))


def _mean_lagged_exposure(ties: TieList, toa: Floats, periods: int, gave_up: Floats | None) -> float:
    return _mean(threshold(ties, toa, periods, gave_up=gave_up, lag=1))


def _mean_susceptibility(ties: TieList, toa: Floats, periods: int, _gave_up: Floats | None) -> float:
    return _mean(susceptibility(ties, toa, periods, normalised=False))


def _likeness(ties: TieList, toa: Floats, _periods: int, _gave_up: Floats | None) -> float:
    adopter = ~np.isnan(toa)
    place = np.cumsum(adopter) - 1
    both = adopter[ties.ego] & adopter[ties.alter]
    weight = ties.weight[both].sum(axis=1, keepdims=True)
    among = TieList(place[ties.ego[both]], place[ties.alter[both]], weight, int(adopter.sum()))
    return float(morans_i(among, toa[adopter]).i)


STATISTICS: dict[str, Statistic] = {
    "mean threshold": _mean_threshold,
    "mean lagged exposure": _mean_lagged_exposure,
    "mean susceptibility": _mean_susceptibility,
    "likeness of times": _likeness,
}
"""What can be tested, over all adopters: their mean `threshold`; the same with a lag of one period, so that who moves
in the same period counts for nothing; their mean `susceptibility`, not normalised; Moran's I of their times over the
ties among them, those of all periods together."""


MEASURES = (
    Explained(
        code="structure_test",
        title=N_("More than chance?"),
        words=N_(
            "Whether regions took the approach over in an order that follows their ties. "
            "A small p: chance alone seldom gives such an order. It does not say what the reason is."
        ),
        term="Structure dependence test",
        span=N_("p from 0 to 1"),
        undefined=N_("there are no ties, or nobody took it over"),
        source="Besag & Clifford (1989), Biometrika 76:633-642; Anagnostopoulos, Kumar & Mahdian (2008), KDD",
    ),
)
