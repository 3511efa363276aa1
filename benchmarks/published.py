"""The published values of Medical Innovation beside ours; exit code 1 where one differs beyond its rounding.

Run with: python -m benchmarks.published PATH/medInnovations_toa.csv PATH/medInnovations_edges.csv

The first file has the columns id and toa, the month of adoption, 18 for the 16 doctors who had not adopted by month
17; the second ego and alter, a row for each tie. The data were gathered by Coleman, Katz and Menzel (Medical
Innovation, 1966), and come with the R package netdiffuseR, which the values of exposure, threshold and the structure
test are of; it takes month 18 for an adoption, and so does the comparison. Shuffled values differ from run to run
there and from seed to seed here: they must agree within three standard errors of the difference.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array

from explorer.analysis.diffusion.curves import hazard_rate, new_adopters
from explorer.analysis.diffusion.exposure import TieMatrix, exposure, threshold
from explorer.analysis.diffusion.structure import structure_test

Floats = NDArray[np.float64]
MONTHS = 18  # the last stands for "not by month 17"
NEW_ADOPTERS = [11, 9, 9, 11, 11, 11, 13, 7, 4, 1, 5, 3, 3, 4, 4, 2, 1]
HAZARD = [0.08, 0.09, 0.11, 0.13, 0.15, 0.21, 0.14, 0.09, 0.03, 0.13, 0.09, 0.10, 0.15, 0.17, 0.11, 0.06]
MEAN_THRESHOLD = 0.5660
DOCTOR, EXPOSURE = 1003, [0.0, 0.2, 0.4, 0.6, 0.8]  # months 2 to 6, one month late
SAMPLES, SWAPS_PER_TIE = 2000, 20
EXPECTED, P = 0.5551, 0.556


def main() -> int:
    """Compare, and print one line per value."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("toa", type=Path)
    options.add_argument("edges", type=Path)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    doctors, ties, toa = _read(given.toa, given.edges)
    print(f"{len(doctors)} doctors, {ties.nnz} ties")
    print(f"{'':42} {'published':>10} {'ours':>10} {'may differ':>10}")
    alike = [*_rates(toa), *_exposures(doctors, ties, toa), *_structure(ties, toa, given.seed)]
    print(f"{sum(alike)} of {len(alike)} values agree")
    return 0 if all(alike) else 1


def _read(times: Path, edges: Path) -> tuple[pd.Index, TieMatrix, Floats]:
    table, pairs = pd.read_csv(times), pd.read_csv(edges)
    doctors = pd.Index(table["id"])
    ego, alter = doctors.get_indexer(pd.Index(pairs["ego"])), doctors.get_indexer(pd.Index(pairs["alter"]))
    if (ego < 0).any() or (alter < 0).any():
        raise SystemExit(f"{edges} names a doctor that {times} does not")
    size = (len(doctors), len(doctors))
    ties: TieMatrix = csr_array((np.ones(len(pairs)), (ego, alter)), shape=size)
    return doctors, ties, table["toa"].to_numpy(np.float64) - 1


def _rates(toa: Floats) -> list[bool]:
    """What depends on time alone; here month 18 is no adoption."""
    known = np.where(toa < MONTHS - 1, toa, np.nan)
    count, hazard = new_adopters(known, MONTHS - 1), hazard_rate(known, MONTHS - 1)
    found = [
        _line(f"new adopters, month {month}", published, float(ours), 0, 0)
        for month, (published, ours) in enumerate(zip(NEW_ADOPTERS, count, strict=True), start=1)
    ]
    return found + [
        _line(f"hazard rate, month {month}", published, float(ours), 0.005, 2)
        for month, (published, ours) in enumerate(zip(HAZARD, hazard[1:], strict=True), start=2)
    ]


def _exposures(doctors: pd.Index, ties: TieMatrix, toa: Floats) -> list[bool]:
    late = exposure(ties, toa, MONTHS, lag=1)[int(doctors.get_indexer(pd.Index([DOCTOR]))[0])]
    found = [
        _line(f"lagged exposure of doctor {DOCTOR}, month {month}", published, float(late[month - 1]), 0.05, 1)
        for month, published in enumerate(EXPOSURE, start=2)
    ]
    mean = float(np.mean(threshold(ties, toa, MONTHS)))
    return [*found, _line("mean threshold", MEAN_THRESHOLD, mean, 0.00005, 4)]


def _structure(ties: TieMatrix, toa: Floats, seed: int) -> list[bool]:
    test = structure_test(ties, toa, MONTHS, seed=seed, samples=SAMPLES, swaps_per_tie=SWAPS_PER_TIE)
    # Both sides are drawn, ours from as many samples as the published one: hence the square root of 2.
    errors = 3 * np.sqrt(2 / SAMPLES)
    side = P / 2
    return [
        _line("structure test, mean threshold by chance", EXPECTED, test.expected, errors * test.samples.std(), 4),
        _line("structure test, p", P, test.p, errors * 2 * np.sqrt(side * (1 - side)), 3),
    ]


def _line(name: str, published: float, ours: float, tolerance: float, digits: int) -> bool:
    # A value on the edge of two roundings, such as 0.125, belongs to both.
    alike = abs(published - ours) <= tolerance + 1e-9
    mark = "" if alike else "  differs"
    print(f"{name:42} {published:10.{digits}f} {ours:10.{digits + 2 if digits else 0}f} {tolerance:10.5f}{mark}")
    return alike


if __name__ == "__main__":
    sys.exit(main())
