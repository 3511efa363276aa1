"""The inferred diffusion network: who tended to adopt shortly after whom, over many approaches (NetInf).

It ranks probable orders. Precedence is not learning: two regions that read
the same report adopt in a row, too.
"""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import ndtr  # scipy.stats has the same, and takes more than a second to load

from explorer.analysis.explained import Explained
from languages.words import N_

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Delay = Literal["exponential", "rayleigh"]
Outside = Literal["delay", "constant"]

TIED = 1e-9
"""Gains this close, relative to the best, count as equal: the order of summation shall not choose an edge."""


@dataclass(frozen=True)
class InferredNetwork:
    """Edges in the order in which they were added, with what they were judged by.

    Attributes
    ----------
    edges
        order (from 1), source, target (rows of `toa`), gain (in log-likelihood,
        above 0), p (of Vuong's test; see `vuong_p`). Empty where nothing was found.
    delay, rate
        Distribution of the delays and its parameter, as `log_density` takes them.
    log_likelihood, log_likelihood_without
        Of the best trees with these edges, and without; 0.0 where nobody adopted after another.
    """

    edges: pd.DataFrame
    delay: Delay
    rate: float
    log_likelihood: float
    log_likelihood_without: float


def log_density(lag: Floats, delay: Delay, rate: float) -> Floats:
    """Logarithm of the density of a delay.

    Parameters
    ----------
    lag
        Delays above 0, in any unit of time, of any shape.
    delay
        "exponential": rate exp(-rate lag); "rayleigh": rate lag exp(-rate lag² / 2),
        whose scale is 1 / sqrt(rate).
    rate
        Above 0; per unit of time, for "rayleigh" per its square.

    Returns
    -------
    ndarray
        Of the shape of `lag`.
    """
    if delay == "exponential":
        return np.asarray(np.log(rate) - rate * lag, dtype=np.float64)
    return np.asarray(np.log(rate) + np.log(lag) - rate * lag**2 / 2, dtype=np.float64)


def typical_rate(toa: Floats, delay: Delay = "exponential") -> float:
    """The rate half-way between two extremes: each adopter followed the one before it, or all followed the first.

    For each the parameter is the maximum likelihood estimate: 1 / mean lag
    ("exponential") or the scale sqrt(mean lag² / 2) ("rayleigh"); the mean of both
    is taken. Adopting at the same time counts as a lag of 0.

    Parameters
    ----------
    toa
        (n, m) times of adoption of m approaches by n regions; NaN where not adopted.
    delay
        As in `log_density`.

    Returns
    -------
    float
        As `log_density` takes it; NaN where no approach has two adopters at different times.

    References
    ----------
    The R package NetworkInference (Linder & Desmarais), ``netinf`` without
    ``params``. Its Rayleigh scale multiplies by the number of lags where the
    estimate divides; here it divides, without its correction for few lags.
    """
    times = np.sort(_checked(toa), axis=0)
    steps, since_first = np.diff(times, axis=0), times[1:] - times[:1]
    chain, fan = steps[~np.isnan(steps)], since_first[~np.isnan(since_first)]
    if not np.any(chain > 0):
        return float("nan")
    if delay == "exponential":
        return float((1 / chain.mean() + 1 / fan.mean()) / 2)
    scale = (np.sqrt(np.mean(chain**2) / 2) + np.sqrt(np.mean(fan**2) / 2)) / 2
    return float(1 / scale**2)


def vuong_p(improvement: Floats) -> float:
    """One-sided p of Vuong's test that a network with one edge more fits better.

    Parameters
    ----------
    improvement
        (m,) log-likelihood of each approach with the new edge less that without.

    Returns
    -------
    float
        0 to 1, small where the edge helps in many approaches alike; 0 or 1 where all
        improve by the same; NaN for fewer than two approaches.

    References
    ----------
    Vuong (1989), Econometrica 57:307-333, with one parameter's penalty spread
    evenly over the approaches, as in Desmarais, Harden & Boehmke (2015) and
    the R package NetworkInference.
    """
    m = len(improvement)
    if m < 2:
        return float("nan")
    corrected = improvement - 1 / m
    total, spread = float(corrected.sum()), float(corrected.std(ddof=1)) * float(np.sqrt(m))
    if spread == 0:
        return 0.0 if total > 0 else 1.0  # the limits of the statistic
    return float(ndtr(-total / spread))


def inferred_network(
    toa: Floats,
    delay: Delay = "exponential",
    rate: float | None = None,
    *,
    edges: int | None = None,
    p_below: float = 0.05,
    inside: float = 0.5,
    epsilon: float = 1e-10,
    outside: Outside = "delay",
) -> InferredNetwork:
    """Infer a diffusion network from times of adoption: greedy edges on the gain in log-likelihood.

    In each approach every adopter has one parent among those who adopted
    before it, never one that adopted at the same time. A parent with an edge of
    the network counts with `inside` times the density of the delay. Without
    such a parent the adoption counts with `epsilon`: times the density of the
    best delay from any earlier adopter (`outside` "delay"), or alone
    ("constant"). In each round the edge is added whose better parents raise
    the log-likelihood over all approaches most.

    Parameters
    ----------
    toa
        (n, m) times of adoption of m approaches by n regions, in any unit; NaN
        where not adopted by the end. A region that adopted at an unknown time
        must be NaN, too: it is then no candidate.
    delay, rate
        See `log_density`; without a rate `typical_rate` is taken.
    edges, p_below
        Add so many edges, fewer where no more gains; without it, edges are added as
        long as the p of Vuong's test is below `p_below` (above 0, at most 1). The edge
        that fails is not kept; NetworkInference keeps it.
    inside, epsilon, outside
        The weights above, between 0 and 1, `epsilon` below `inside`. The
        defaults are those of NetworkInference; SNAP's netinf is inside 1,
        epsilon 1e-64, outside "constant".

    Returns
    -------
    InferredNetwork
        Edges that gain the same (common with `outside` "delay") are taken in the order
        of source, then target: the order of approaches plays no part, that of regions
        only among such equals.

    Raises
    ------
    ValueError
        For an argument outside its range.

    Notes
    -----
    Approaches that one region adopted, or none, play no part. The test asks
    whether an edge helps in many approaches alike. It is no test against chance:
    `epsilon` is tiny, so an edge that is often possible passes on shuffled times, too.

    Memory is about 75 bytes per pair of an earlier and a later adopter of one
    approach: 70 MB for 728 approaches that all of 50 regions adopt, 940 MB for
    100 approaches that 500 of 1,000 regions adopt.

    References
    ----------
    Gomez-Rodriguez, Leskovec & Krause (2010), Inferring networks of diffusion
    and influence, KDD. Desmarais, Harden & Boehmke (2015), Persistent policy
    pathways, American Political Science Review 109:392-406.
    """
    times = _checked(toa)
    _refuse(
        {
            f'the delay is "exponential" or "rayleigh", not "{delay}"': delay not in get_args(Delay),
            f'outside is "delay" or "constant", not "{outside}"': outside not in get_args(Outside),
            "the rate is above 0": rate is not None and not 0 < rate < np.inf,
            "the number of edges is 0 or more": edges is not None and edges < 0,
            "the level of the test is above 0 and at most 1": not 0 < p_below <= 1,
            "epsilon is above 0 and below inside, which is at most 1": not 0 < epsilon < inside <= 1,
        }
    )
    used = typical_rate(times, delay) if rate is None else rate
    if np.isnan(used):
        return InferredNetwork(_edge_table([]), delay, used, 0.0, 0.0)
    search = _Search(times, delay, used, float(np.log(inside)), float(np.log(epsilon)), outside)
    before = search.log_likelihood()
    found: list[tuple[int, int, float, float]] = []
    while (edges is None or len(found) < edges) and (best := search.best()) is not None:
        improvement = search.improvement(best)
        p = vuong_p(improvement)
        if edges is None and not p < p_below:  # a p that is not defined stops, too
            break
        found.append((*search.ends(best), float(search.gains[best]), p))
        search.add(best)
    return InferredNetwork(_edge_table(found), delay, used, search.log_likelihood(), before)


def parents(network: InferredNetwork, times: Floats) -> pd.DataFrame:
    """Candidate sources of each adopter of one approach, by the inferred network.

    Parameters
    ----------
    network
        As `inferred_network` gives it.
    times
        (n,) times of adoption of one approach, in the unit that the network was inferred in.

    Returns
    -------
    DataFrame
        region, source, lag, weight, rank; one row per adopter and edge from an
        earlier adopter, by region, best first (then by source). `weight` is the
        density of the delay as a share of all candidates of this adopter: 0 to 1,
        adding up to 1. An adopter without such an edge has no row. Precedence, not learning.

    References
    ----------
    Weighing all parents instead of the best one: Gomez-Rodriguez & Schölkopf
    (2012), Submodular inference of diffusion networks from multiple trees, ICML.
    """
    day = _checked(np.asarray(times, dtype=np.float64)[:, np.newaxis])[:, 0]
    source, target = (network.edges[name].to_numpy(dtype=np.int64) for name in ("source", "target"))
    if len(source) and max(source.max(), target.max()) >= len(day):
        raise ValueError("the network has more regions than there are times")
    lag = day[target] - day[source]
    source, target, lag = source[lag > 0], target[lag > 0], lag[lag > 0]  # NaN is not above 0
    density = log_density(lag, network.delay, network.rate)
    best = np.full(len(day), -np.inf)
    np.maximum.at(best, target, density)
    score = np.exp(density - best[target])  # relative to the best: far tails do not underflow to 0 / 0
    table = pd.DataFrame({"region": target, "source": source, "lag": lag})
    table["weight"] = score / np.bincount(target, score, len(day))[target]
    table = table.sort_values(["region", "weight", "source"], ascending=[True, False, True]).reset_index(drop=True)
    table["rank"] = table.groupby("region").cumcount() + 1
    return table


class _Search:
    """Gains of all possible edges, kept up to date: an added edge changes those into its target alone."""

    def __init__(
        self, times: Floats, delay: Delay, rate: float, log_inside: float, log_epsilon: float, outside: Outside
    ) -> None:
        times = times[:, np.sum(~np.isnan(times), axis=0) >= 2]  # one adopter alone says nothing on edges
        self.n, self.m = times.shape
        target, source, approach = _pairs(times)
        density = log_density(times[target, approach] - times[source, approach], delay, rate)
        self.score = density + log_inside
        self.slot = target * self.m + approach  # one adoption
        self.current = np.full(self.n * self.m, -np.inf)  # score of the best parent of each adoption so far
        if outside == "delay":
            np.maximum.at(self.current, self.slot, density + log_epsilon)
        else:
            self.current[self.slot] = log_epsilon
        self.approach = approach
        edge = target * self.n + source
        self.first = np.append(np.flatnonzero(np.diff(edge, prepend=-1)), len(edge))
        self.edge = edge[self.first[:-1]]
        self.of_target = np.searchsorted(self.edge, np.arange(self.n + 1) * self.n)  # edges into each region
        self.by_source = np.lexsort((self.edge // self.n, self.edge % self.n))
        self.gains = np.zeros(len(self.edge))
        self._weigh(0, len(self.edge))

    def log_likelihood(self) -> float:
        return float(self.current[np.isfinite(self.current)].sum())

    def ends(self, edge: int) -> tuple[int, int]:
        """Source and target."""
        return int(self.edge[edge] % self.n), int(self.edge[edge] // self.n)

    def best(self) -> int | None:
        """The edge that gains most; among equals the first by source, then target; None where none gains."""
        if not len(self.gains) or (top := self.gains.max()) <= 0:
            return None
        equal = self.gains[self.by_source] >= top * (1 - TIED)
        return int(self.by_source[np.argmax(equal)])

    def improvement(self, edge: int) -> Floats:
        """What the edge adds to the log-likelihood of each approach, shape (m,)."""
        its = slice(self.first[edge], self.first[edge + 1])
        added = np.zeros(self.m)
        added[self.approach[its]] = np.maximum(self.score[its] - self.current[self.slot[its]], 0)
        return added

    def add(self, edge: int) -> None:
        its = slice(self.first[edge], self.first[edge + 1])
        self.current[self.slot[its]] = np.maximum(self.current[self.slot[its]], self.score[its])
        target = self.ends(edge)[1]
        self._weigh(int(self.of_target[target]), int(self.of_target[target + 1]))

    def _weigh(self, begin: int, end: int) -> None:
        if begin == end:
            return
        its = slice(self.first[begin], self.first[end])
        better = np.maximum(self.score[its] - self.current[self.slot[its]], 0)
        self.gains[begin:end] = np.add.reduceat(better, self.first[begin:end] - self.first[begin])


def _pairs(times: Floats) -> tuple[Ints, Ints, Ints]:
    """Later adopter, earlier adopter, approach: every pair, in this order of sorting.

    One later adopter at a time, so that n × m flags are held at once, not n × n × m.
    """
    found = [np.nonzero(times < own) for own in times]  # NaN is earlier than nobody, nobody earlier than NaN
    target = np.repeat(np.arange(len(times)), [len(source) for source, _approach in found])
    empty = [np.empty(0, dtype=np.int64)]
    source = np.concatenate([*(source for source, _approach in found), *empty])
    return target, source, np.concatenate([*(approach for _source, approach in found), *empty])


def _edge_table(found: list[tuple[int, int, float, float]]) -> pd.DataFrame:
    table = pd.DataFrame(found, columns=["source", "target", "gain", "p"])
    table = table.astype({"source": np.int64, "target": np.int64, "gain": np.float64, "p": np.float64})
    table.insert(0, "order", np.arange(1, len(table) + 1))
    return table


def _checked(toa: Floats) -> Floats:
    times = np.asarray(toa, dtype=np.float64)
    if times.ndim != 2:
        raise ValueError("times of adoption are regions by approaches, two dimensions")
    if np.isinf(times).any():
        raise ValueError("a time of adoption is a number, or NaN where there is none")
    return times


def _refuse(wrong: dict[str, bool]) -> None:
    for sentence, holds in wrong.items():
        if holds:
            raise ValueError(sentence)


MEASURES = (
    Explained(
        code="inferred_edge",
        title=N_("Takes over shortly after"),
        words=N_(
            "How much better the order and the delays of all taking-overs are explained if the second region "
            "tends to follow the first. It tells who went before whom, not who learnt from whom"
        ),
        term="NetInf: marginal gain in log-likelihood",
        span=N_("above 0, no unit: twice the number of approaches gives about twice the value"),
        undefined=N_("no approach was taken over by two regions at different times"),
        source="Gomez-Rodriguez, Leskovec & Krause (2010), KDD; Desmarais, Harden & Boehmke (2015), APSR 109:392-406",
    ),
    Explained(
        code="inferred_edge_p",
        title=N_("Doubt that it holds over many approaches"),
        words=N_("Small where the order shows in many approaches alike. No proof against chance: drawn lots pass, too"),
        term="Vuong test of one edge more (p-value)",
        span=N_("0 to 1"),
        undefined=N_("fewer than two approaches with two regions each"),
        source="Vuong (1989), Econometrica 57:307-333; Desmarais, Harden & Boehmke (2015), APSR 109:392-406",
    ),
    Explained(
        code="inferred_source_weight",
        title=N_("Share among the probable forerunners"),
        words=N_(
            "Of all regions that it tends to follow and that went before it here: how well the delay fits this one"
        ),
        term="relative transmission density of a candidate parent",
        span=N_("0 to 1; the shares of one region add up to 1"),
        undefined=N_("no region that it tends to follow went before it"),
        source="Gomez-Rodriguez & Schölkopf (2012), ICML",
    ),
)
