"""How much of a planted learning tree is found again, by grade of evidence and by how many visits are on record.

Run with: python -m benchmarks.spread [--regions 35] [--approaches 60] [--visits 120] [--seeds 20]
[--from-above 0] [--coarse-dates 0].

Precision: of the parents of a grade, how many are those planted (the region, and in brackets the region and the
visit). Recall: of the takings-over that could be found in that grade - planted as learnt at a visit for "consistent",
at a visit from above for "from above", and all that were learnt from a region for the table's last line - how many
were. Claimed: the mean share of the odds that the tree claims, to be set beside the precision; error: the mean gap
between both over five classes of claims, weighted by their size. "Records 0.5": half of the visits are on record.
Where regions see the same
approach at several hosts before they take it over, nobody can tell for sure which it was: a precision near "claimed"
is then the best that there is.
Recommendations have a benchmark of their own: benchmarks.recommend.
"""

import argparse
import time

import numpy as np
import pandas as pd

from benchmarks.planted import evidence_of
from explorer.analysis.spread.inferred import inferred
from explorer.analysis.spread.learning import edges, learning_trees
from explorer.analysis.spread.odds import shares
from explorer.analysis.spread.tree import GRADES
from graph_loader.simulate import Settings, simulated

RECORDS = (1.0, 0.5, 0.0)
CLASSES = np.linspace(0, 1, 6)
KINDS = {"stated": ("visit", "from above"), "consistent": ("visit",), "from above": ("from above",), "inferred": ()}


def main() -> None:
    """Print one table per share of records."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("regions", 35), ("approaches", 60), ("visits", 120), ("seeds", 20)):
        options.add_argument(f"--{name}", type=int, default=default)
    options.add_argument("--coarse-dates", type=float, default=0.0)
    options.add_argument("--from-above", type=float, default=0.0)
    chosen = options.parse_args()
    size = {"regions": chosen.regions, "approaches": chosen.approaches, "visits": chosen.visits}
    knobs = {"coarse_dates": chosen.coarse_dates, "from_above": chosen.from_above}
    for records in RECORDS:
        began = time.perf_counter()
        found = pd.concat(
            [_compared(Settings(seed=seed, **size, **knobs), records) for seed in range(1, chosen.seeds + 1)]
        )
        took = (time.perf_counter() - began) / chosen.seeds
        print(f"\n{size}, {knobs}, {chosen.seeds} seeds, records {records:g}: {len(found)} takings-over, ", end="")
        print(f"{took:.1f} s a simulation with its trees")
        _print(found)


def _compared(settings: Settings, records: float) -> pd.DataFrame:
    """One row per taking-over: what was planted, what was found."""
    simulation = simulated(settings)
    evidence = evidence_of(simulation, records=records, seed=settings.seed)
    trees = learning_trees(evidence, shares=shares(evidence), inferred=inferred(evidence))
    found = edges(trees.values()).rename(columns={"source": "found_source", "visit_id": "found_visit"})
    truth = simulation.truth.rename(columns={"approach": "approach_id", "region": "region_id"}).drop(columns="step_id")
    both = found.merge(truth, on=["approach_id", "region_id"], how="left")
    if both["how"].isna().any():
        raise AssertionError("a taking-over of the tree is not among those planted")
    on_record = set(evidence.shown["visit_id"])
    return both.assign(on_record=both["visit"].isin(on_record))


def _print(found: pd.DataFrame) -> None:
    right = (found["found_source"] == found["source"]) & (found["source"] != "")
    found = found.assign(right=right, visit_right=right & (found["found_visit"] == found["visit"]))
    print(f"{'grade':12} {'parents':>8} {'precision':>18} {'recall':>8} {'findable':>9} {'claimed':>8} {'error':>6}")
    for grade in GRADES:
        own = found[found["grade"] == grade.code]
        findable = found[found["how"].isin(KINDS[grade.code]) & found["on_record"]]
        better = findable["grade"].isin(["stated", grade.code])  # a credit says the same, only louder
        recall = (
            f"{(findable['right'] & better).mean():8.3f}" if len(findable) and grade.code != "stated" else f"{'':8}"
        )
        precision = f"{own['right'].mean():.3f} ({own['visit_right'].mean():.3f})" if len(own) else ""
        claimed, error = _calibration(own)
        print(f"{grade.code:12} {len(own):8} {precision:>18} {recall} {len(findable):9} {claimed:8.3f} {error:6.3f}")
    learnt = found[found["source"] != ""]
    nobody = (found["grade"] == "").sum()
    print(f"{'any':12} {len(found) - nobody:8} {found.loc[found['grade'] != '', 'right'].mean():18.3f}", end=" ")
    print(f"{learnt['right'].mean():8.3f} {len(learnt):9}   (no parent: {nobody})")


def _calibration(own: pd.DataFrame) -> tuple[float, float]:
    """Mean share claimed, and the mean gap between claim and truth over classes of claims; NaN without claims."""
    own = own.dropna(subset=["odds"])
    if own.empty:
        return float("nan"), float("nan")
    classes = np.clip(np.digitize(own["odds"], CLASSES) - 1, 0, len(CLASSES) - 2)
    told = own.groupby(classes).agg(odds=("odds", "mean"), right=("right", "mean"), size=("right", "size"))
    gap = float((told["size"] * (told["odds"] - told["right"]).abs()).sum() / told["size"].sum())
    return float(own["odds"].mean()), gap


if __name__ == "__main__":
    main()
