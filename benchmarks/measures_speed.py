"""Seconds for all measures of diffusion on a whole network, each beside a plain Python loop, on one core.

Run with: python -m benchmarks.measures_speed [--regions 1000] [--approaches 100] [--periods 40] [--ties 5000]
[--rewirings 1000] [--seed 1].

The plain loop does the same, one region and one tie at a time, for a few of the approaches and, in the structure
test, a few of the rewirings; its seconds are scaled up to all of them. Both must find the same where both ran.
Seconds are those of the processor, all threads added, so that neither a second core nor other work counts.
"""

import argparse
import os
import random
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import pairwise
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from explorer.analysis.diffusion import autocorrelation, classes, curves, infection, structure
from explorer.analysis.diffusion.exposure import TieMatrix, exposure, in_use, threshold

Floats = NDArray[np.float64]
Alters = list[list[int]]  # whom each region looks to
Found = TypeVar("Found")
Row = tuple[str, Callable[[], NDArray[Any]], Callable[[NDArray[Any]], Sequence[object]], Callable[[int], object]]
"""Name; what is timed; how its approaches are laid out to be compared; the plain loop over one approach."""
NAN = float("nan")


def main() -> None:
    """Measure, and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (
        ("regions", 1000), ("approaches", 100), ("periods", 40), ("ties", 5000), ("rewirings", 1000), ("seed", 1)
    ):  # fmt: skip
        options.add_argument(f"--{name}", type=int, default=default)
    options.add_argument("--few", type=int, default=2, help="approaches and rewirings that the plain loop is run on")
    given = options.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    ties, toa = _world(given.regions, given.approaches, given.periods, given.ties, given.seed)
    print(f"{given.regions} regions, {given.approaches} approaches, {given.periods} periods, {given.ties} ties")
    print(f"{'measure':28} {'seconds':>9} {'plain loop':>11} {'times as fast':>14}   the loop ran on")
    total = _whole_network(ties, toa, given.periods, given.few)
    print(f"{'all together':28} {total:9.3f} s   goal 1 s")
    print()
    print(f"structure test, {given.rewirings} rewirings")
    _structure(ties, toa[:, 0], given.periods, given.rewirings, given.few, given.seed)


def _world(regions: int, approaches: int, periods: int, ties: int, seed: int) -> tuple[TieMatrix, Floats]:
    rng = np.random.default_rng(seed)
    pair = rng.choice(regions * (regions - 1), ties, replace=False)
    ego, alter = pair // (regions - 1), pair % (regions - 1)
    alter += alter >= ego
    toa = rng.integers(0, periods, (regions, approaches)).astype(np.float64)
    toa[rng.random(toa.shape) < 0.3] = NAN
    matrix: TieMatrix = csr_array((np.ones(ties), (ego, alter)), shape=(regions, regions))
    return matrix, toa


def _rows(ties: TieMatrix, toa: Floats, periods: int, few: int) -> list[Row]:
    alters = _alters(ties)
    looking = _turned(alters)
    gave_up = np.where(toa + 5 < periods, toa + 5, NAN)
    levels = threshold(ties, toa, periods)
    some, left, level = (_columns(table[:, :few]) for table in (toa, gave_up, levels))
    n = len(toa)
    return [
        ("cumulative adoption", lambda: curves.cumulative_adoption(toa, periods), _columns,
         lambda one: _counts(some[one], periods)),
        ("prevalence", lambda: curves.prevalence(toa, gave_up, periods), _columns,
         lambda one: _prevalence(some[one], left[one], periods)),
        ("adoption rate", lambda: curves.adoption_rate(toa, periods), _columns,
         lambda one: _rates(_counts(some[one], periods), None)),
        ("hazard rate", lambda: curves.hazard_rate(toa, periods), _columns,
         lambda one: _rates(_counts(some[one], periods), n)),
        ("half-time", lambda: curves.half_time(toa, periods).regions, list,
         lambda one: _half_time(_counts(some[one], periods), n)),
        ("adopter classes", lambda: classes.adopter_classes(toa), _class_numbers(classes.TIME_CLASSES),
         lambda one: _classes(some[one])),
        ("threshold classes", lambda: classes.threshold_classes(levels, toa),
         _class_numbers(classes.THRESHOLD_CLASSES), lambda one: _classes(level[one])),
        ("exposure", lambda: exposure(ties, toa, periods), _approaches,
         lambda one: _exposure(alters, some[one], periods)),
        ("exposure, lagged", lambda: exposure(ties, toa, periods, lag=1), _approaches,
         lambda one: [[NAN, *row[:-1]] for row in _exposure(alters, some[one], periods)]),
        ("threshold", lambda: threshold(ties, toa, periods), _columns,
         lambda one: _threshold(alters, some[one])),
        ("infectiousness, K = 3", lambda: infection.infectiousness(ties, toa, periods, window=3), _columns,
         lambda one: _spread(looking, some[one], 3, 1)),
        ("susceptibility, K = 3", lambda: infection.susceptibility(ties, toa, periods, window=3), _columns,
         lambda one: _spread(alters, some[one], 3, -1)),
        ("Moran's I, each period", lambda: autocorrelation.morans_i(ties, in_use(toa, periods)).i, list,
         lambda one: _moran(alters, some[one], periods)),
    ]  # fmt: skip


def _whole_network(ties: TieMatrix, toa: Floats, periods: int, few: int) -> float:
    few, total = min(few, toa.shape[1]), 0.0
    for name, ours, laid_out, plain in _rows(ties, toa, periods, few):
        found, seconds = _timed(ours)
        expected, slow = _timed(partial(_each, plain, few))
        _same(name, laid_out(found)[:few], expected)
        total += seconds
        _line(name, seconds, slow * toa.shape[1] / few, f"{few} of {toa.shape[1]} approaches, scaled")
    return total


def _each(plain: Callable[[int], object], few: int) -> list[object]:
    return [plain(one) for one in range(few)]


def _structure(ties: TieMatrix, toa: Floats, periods: int, rewirings: int, few: int, seed: int) -> None:
    test, seconds = _timed(lambda: structure.structure_test(ties, toa, periods, seed=seed, samples=rewirings))
    alters, times = _alters(ties), toa.tolist()
    swaps = 4 * ties.nnz  # as many as the default tries
    drawn, slow = _timed(lambda: [_rewired(alters, times, swaps, seed + one) for one in range(few)])
    # The two draw other networks, so it is the statistic as observed that must agree.
    _same("mean threshold", test.observed, _mean(_threshold(alters, times)))
    _line("rewired, mean threshold", seconds, slow * rewirings / few, f"{few} of {rewirings} rewirings, scaled")
    print(f"mean threshold by chance {test.expected:.4f}, by the plain loop {_mean(drawn):.4f}; goal 10 s")


def _timed(work: Callable[[], Found]) -> tuple[Found, float]:
    began = time.process_time()
    found = work()
    return found, time.process_time() - began


def _same(name: str, ours: object, plain: object) -> None:
    one, other = np.asarray(ours, dtype=np.float64), np.asarray(plain, dtype=np.float64)
    if one.shape != other.shape or not np.allclose(one, other, rtol=1e-9, atol=1e-12, equal_nan=True):
        raise SystemExit(f"{name}: the plain loop finds something else")


def _line(name: str, seconds: float, plain: float, part: str) -> None:
    print(f"{name:28} {seconds:9.3f} {plain:11.1f} {plain / seconds:14.0f}   {part}")


def _columns(table: NDArray[Any]) -> list[list[float]]:
    """(n, m) or (T, m) with approaches first."""
    found: list[list[float]] = table.T.tolist()
    return found


def _approaches(table: NDArray[Any]) -> list[Floats]:
    """(n, m, T) with approaches first."""
    return list(np.moveaxis(table, 1, 0))


def _class_numbers(known: Sequence[classes.AdopterClass]) -> Callable[[NDArray[Any]], list[list[float]]]:
    """Codes of classes as their places, approaches first."""
    place = {item.code: number for number, item in enumerate(known)}
    return lambda table: [[place[code] for code in column] for column in table.T]


def _alters(ties: TieMatrix) -> Alters:
    return [ties.indices[ties.indptr[i] : ties.indptr[i + 1]].tolist() for i in range(ties.shape[0])]


def _turned(alters: Alters) -> Alters:
    found: Alters = [[] for _region in alters]
    for ego, others in enumerate(alters):
        for alter in others:
            found[alter].append(ego)
    return found


def _mean(values: Iterable[float]) -> float:
    known = [value for value in values if value == value]
    return sum(known) / len(known)


# The plain loops: what a careful reader of the definitions would write first.


def _counts(times: list[float], periods: int) -> list[int]:
    return [sum(1 for time in times if time <= period) for period in range(periods)]


def _rates(counts: list[int], regions: int | None) -> list[float]:
    found = [NAN]
    for before, now in pairwise(counts):
        whole = before if regions is None else regions - before
        found.append((now - before) / whole if whole else NAN)
    return found


def _prevalence(times: list[float], left: list[float], periods: int) -> list[float]:
    return [
        sum(1 for time, end in zip(times, left, strict=True) if time <= period and not end <= period) / len(times)
        for period in range(periods)
    ]


def _half_time(counts: list[int], regions: int) -> float:
    for period, count in enumerate(counts):
        if 2 * count >= regions:
            return period
    return NAN


def _classes(values: list[float]) -> list[int]:
    """0 to 3 by mean and mean plus or minus a standard deviation, 4 for never; all values known are of adopters."""
    known = [value for value in values if value == value]
    mean = sum(known) / len(known)
    deviation = (sum((value - mean) ** 2 for value in known) / (len(known) - 1)) ** 0.5
    cuts = (mean - deviation, mean, mean + deviation)
    return [sum(1 for cut in cuts if value >= cut - 1e-9) if value == value else 4 for value in values]


def _exposure(alters: Alters, times: list[float], periods: int) -> list[list[float]]:
    found = []
    for others in alters:
        row = []
        for period in range(periods):
            using = sum(1 for other in others if times[other] <= period)
            row.append(using / len(others) if others else 0.0)
        found.append(row)
    return found


def _threshold(alters: Alters, times: list[float]) -> list[float]:
    found = []
    for others, own in zip(alters, times, strict=True):
        before = sum(1 for other in others if times[other] <= own)
        found.append(NAN if own != own else before / len(others) if others else 0.0)
    return found


def _spread(others: Alters, times: list[float], window: int, direction: int) -> list[float]:
    """Infectiousness over those who look to a region (1), or susceptibility over those it looks to (-1)."""
    found = []
    for tied, own in zip(others, times, strict=True):
        soon = ever = near = 0.0
        for k in range(1, window + 1):
            for other in tied:
                gap = direction * (times[other] - own)
                soon += (gap == k) / k
                ever += (gap >= k) / k
            near += sum(1 for time in times if direction * (time - own) == k) / k
        found.append(soon / ever / near if own == own and ever and near else NAN)
    return found


def _moran(alters: Alters, times: list[float], periods: int) -> list[float]:
    found = []
    for period in range(periods):
        values = [1.0 if time <= period else 0.0 for time in times]
        mean = sum(values) / len(values)
        across = squares = total = 0.0
        for ego, others in enumerate(alters):
            squares += (values[ego] - mean) ** 2
            total += 1 if others else 0
            for alter in others:
                across += (values[ego] - mean) * (values[alter] - mean) / len(others)
        found.append(len(values) / total * across / squares if total and squares else NAN)
    return found


def _rewired(alters: Alters, times: list[float], swaps: int, seed: int) -> float:
    """Mean threshold after so many tries to swap the ends of two ties."""
    rng = random.Random(seed)
    edges = [(ego, alter) for ego, others in enumerate(alters) for alter in others]
    there = set(edges)
    for _try in range(swaps):
        one, other = rng.randrange(len(edges)), rng.randrange(len(edges))
        (a, b), (c, d) = edges[one], edges[other]
        if a == d or c == b or (a, d) in there or (c, b) in there:
            continue
        there -= {(a, b), (c, d)}
        there |= {(a, d), (c, b)}
        edges[one], edges[other] = (a, d), (c, b)
    drawn: Alters = [[] for _region in alters]
    for ego, alter in edges:
        drawn[ego].append(alter)
    return _mean(_threshold(drawn, times))


if __name__ == "__main__":
    main()
