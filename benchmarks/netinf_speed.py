"""Seconds to infer a diffusion network, beside a plain loop, and how much of planted networks it finds.

Run with: python -m benchmarks.netinf_speed [--approaches 728] [--regions 50] [--seed 1].
"""

import argparse
import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from explorer.analysis.diffusion.netinf import Delay, inferred_network, typical_rate

Floats = NDArray[np.float64]
Edges = set[tuple[int, int]]
SMALL = 60  # approaches that the plain loop is run on
INSIDE, EPSILON = 0.5, 1e-10
DELAYS: tuple[Delay, ...] = ("exponential", "rayleigh")


def main() -> None:
    """Measure, and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--approaches", type=int, default=728)
    options.add_argument("--regions", type=int, default=50)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    planted = _planted(given.regions, 3 * given.regions, given.seed)
    toa = _cascades(planted, given.regions, given.approaches, "exponential", given.seed)
    _speed(toa, len(planted))
    print("\nPlanted links. Shuffled: edges that pass the test where regions swap their times by lot")
    print(
        f"{'delay':12} {'approaches':>10} {'edges by':>12} {'found':>6} {'precision':>10} {'recall':>7} {'shuffled':>9}"
    )
    for delay in DELAYS:
        for approaches in (given.approaches // 8, given.approaches):
            toa = _cascades(planted, given.regions, approaches, delay, given.seed + 1)
            _accuracy(toa, planted, delay, given.seed)


def _speed(toa: Floats, edges: int) -> None:
    small = toa[:, :SMALL]
    plain, slow = _timed(lambda: _plain(small, edges))
    ours, quick = _timed(lambda: _edges(small, edges=edges))
    if plain != ours:
        raise SystemExit("the plain loop finds other edges")
    _all, full = _timed(lambda: _edges(toa, edges=edges))
    _tested, stopped = _timed(lambda: _edges(toa))
    pairs = [_pairs(table) for table in (small, toa)]
    print(f"{toa.shape[1]} approaches, {toa.shape[0]} regions, {pairs[1]} pairs of an earlier and a later adopter")
    print(f"{edges} edges            {full:8.2f} s")
    print(f"until the test fails {stopped:8.2f} s")
    scaled = slow * pairs[1] / pairs[0]
    print(
        f"plain loop           {scaled:8.0f} s, from {slow:.1f} s for {small.shape[1]} approaches ({quick:.2f} s here)"
    )
    print(f"times as fast        {scaled / full:8.0f}; the same edges in the same order where both ran")


def _accuracy(toa: Floats, planted: Edges, delay: Delay, seed: int) -> None:
    rng = np.random.default_rng(seed)
    shuffled = np.array([rng.permutation(times) for times in toa.T]).T
    by_chance = len(_edges(shuffled, delay))
    for name, found in (("their number", _edges(toa, delay, edges=len(planted))), ("p < 0.05", _edges(toa, delay))):
        right = len(planted & set(found))
        precision = right / len(found) if found else float("nan")
        recall = right / len(planted)
        chance = f"{by_chance:9}" if name.startswith("p") else ""
        print(f"{delay:12} {toa.shape[1]:10} {name:>12} {len(found):6} {precision:10.2f} {recall:7.2f} {chance}")


def _planted(n: int, links: int, seed: int) -> Edges:
    rng = np.random.default_rng(seed)
    pairs = [(source, target) for source in range(n) for target in range(n) if source != target]
    return {pairs[place] for place in rng.choice(len(pairs), links, replace=False)}


def _cascades(planted: Edges, n: int, m: int, delay: Delay, seed: int) -> Floats:
    """Approaches from random regions, each link open with probability 1/2, first arrival counts; until day 10."""
    rng = np.random.default_rng(seed)
    toa = np.full((n, m), np.nan)
    for place in range(m):
        links = [link for link in sorted(planted) if rng.random() < 0.5]
        lags = rng.exponential(1.0, len(links)) if delay == "exponential" else rng.rayleigh(1.0, len(links))
        day = np.full(n, np.inf)
        day[rng.integers(n)] = 0.0
        for _round in range(n):
            before = day.copy()
            for (source, target), lag in zip(links, lags, strict=True):
                day[target] = min(day[target], day[source] + lag)
            if (day == before).all():
                break
        toa[:, place] = np.where(day <= 10.0, day, np.nan)
    return toa


def _edges(toa: Floats, delay: Delay = "exponential", edges: int | None = None) -> list[tuple[int, int]]:
    table = inferred_network(toa, delay, edges=edges).edges
    return list(zip(table["source"].tolist(), table["target"].tolist(), strict=True))


def _plain(toa: Floats, edges: int) -> list[tuple[int, int]]:
    """The same by loops over edges and approaches, with times as lists."""
    rate = typical_rate(toa)
    cascades = [{v: float(own) for v, own in enumerate(times) if not np.isnan(own)} for times in toa.T]
    current = []
    for times in cascades:
        lags = {v: [own - time for time in times.values() if time < own] for v, own in times.items()}
        current.append({v: np.log(EPSILON * rate) - rate * min(found) for v, found in lags.items() if found})
    found: list[tuple[int, int]] = []
    n = toa.shape[0]
    while len(found) < edges:
        gains: dict[tuple[int, int], float] = {}
        for u in range(n):
            for v in range(n):
                for times, scores in zip(cascades, current, strict=True):
                    if u in times and v in scores and times[u] < times[v]:
                        score = np.log(INSIDE * rate) - rate * (times[v] - times[u])
                        gains[u, v] = gains.get((u, v), 0.0) + max(score - scores[v], 0.0)
        top = max(gains.values(), default=0.0)
        if top <= 0:
            break
        u, v = min(pair for pair, gain in gains.items() if gain >= top * (1 - 1e-9))
        found.append((u, v))
        for times, scores in zip(cascades, current, strict=True):
            if u in times and v in scores and times[u] < times[v]:
                scores[v] = max(scores[v], np.log(INSIDE * rate) - rate * (times[v] - times[u]))
    return found


def _pairs(toa: Floats) -> int:
    adopters = np.sum(~np.isnan(toa), axis=0)
    return int(np.sum(adopters * (adopters - 1)) // 2)


def _timed(run: Callable[[], list[tuple[int, int]]]) -> tuple[list[tuple[int, int]], float]:
    began = time.perf_counter()
    found = run()
    return found, time.perf_counter() - began


if __name__ == "__main__":
    main()
