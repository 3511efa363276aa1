"""How often recommendations come true on planted truth, beside simple guesses and beside what could be known at best.

Run with: python -m benchmarks.recommend [--seeds 10] [--null-seeds 20] [--regions 100] [--approaches 100]
[--visits 1000]. "At best" ranks by the simulation's own rates, which nobody knows in real life: how many guests each
region is expected to send to each host, and what each host shows. No honest method can do clearly better. Where
visits do not matter, the share of simulations in which the verdict is "show" should not be above 0.05.
"""

import argparse
import time

import numpy as np
import pandas as pd

from benchmarks.planted import evidence_of
from explorer.analysis.advice.backtest import BASELINES, CHANCE, OURS, BackTest, Ranker, back_test
from explorer.analysis.advice.ground import Background, Floats
from explorer.analysis.advice.recommend import whom_to_visit
from explorer.analysis.advice.setting import Setting, setting
from graph_loader.simulate import Settings, Simulation, simulated

BEST = "at best"
METHODS = (OURS, *BASELINES, CHANCE, BEST)
KINDS = (  # visits matter, geography, share of records
    (1.0, 1.0, 1.0),
    (1.0, 1.0, 0.5),
    (1.0, 1.0, 0.0),
    (1.0, 3.0, 1.0),
    (0.0, 1.0, 1.0),
)
DRAWS = 400


def main() -> None:
    """Print one line per kind of simulation and share of records, then the seconds."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("seeds", 10), ("null-seeds", 20), ("regions", 100), ("approaches", 100), ("visits", 1000)):
        options.add_argument(f"--{name}", type=int, default=default)
    options.add_argument("--months", type=int, default=24)
    options.add_argument("-k", type=int, default=5)
    chosen = options.parse_args()
    size = {"regions": chosen.regions, "approaches": chosen.approaches, "visits": chosen.visits}
    print(f"{size}, window {chosen.months} months, {chosen.k} recommendations for each region and day; hits:")
    print(f"{'matter':>6} {'geography':>9} {'records':>7} {'runs':>4} {'show':>5} {'happened':>8} ", end="")
    print(" ".join(f"{method:>11}" for method in METHODS), " x popular  at best x popular")
    for matter, geography, records in KINDS:
        tests = []
        for seed in range(1, (chosen.seeds if matter else chosen.null_seeds) + 1):
            settings = Settings(seed=seed, visits_matter=matter, geography=geography, **size)
            tests.append(tested(simulated(settings), records, chosen.k, chosen.months))
        print(f"{matter:6.0f} {geography:9.0f} {records:7.1f} ", end="")
        _print(tests)
    _print_speed()


def background_of(simulation: Simulation) -> Background:
    """Regions, borders as ties, and themes of plans and approaches, straight from a simulation's tables."""
    tables = simulation.tables
    regions = tables["regions"][tables["regions"]["kind"] == simulation.land.kind]
    plans = tables["plans"].merge(tables["addresses"], left_on="id", right_on="item")
    approaches = tables["approaches"].merge(tables["addresses"], left_on="id", right_on="item")
    return Background(
        regions.rename(columns={"id": "region_id"}).reset_index(drop=True),
        tables["region_borders"].rename(columns={"region_a": "a", "region_b": "b"}).assign(strength=1.0),
        plans[["region", "theme", "year"]].rename(columns={"region": "region_id", "theme": "theme_id"}),
        approaches[["id", "theme"]].rename(columns={"id": "approach_id", "theme": "theme_id"}),
    )


def tested(simulation: Simulation, records: float, k: int, months: int) -> BackTest:
    """The back-test of one simulation, with the ranking by its own rates besides."""
    evidence, background = evidence_of(simulation, records=records), background_of(simulation)
    return back_test(evidence, background, k, months, besides={BEST: at_best(simulation)})


def at_best(simulation: Simulation) -> Ranker:
    """A ranking by the rates at which the simulation makes regions see approaches, or hear of them from neighbours."""
    from graph_loader.simulate.course import GUESTS, World
    from graph_loader.simulate.ground import ground_of

    settings = simulation.settings
    ground = ground_of(simulation.land, settings.seed)
    world = World(settings, ground, np.random.default_rng([settings.seed, 3]))
    n, rng = len(ground.ids), np.random.default_rng(0)
    comes = np.zeros((n, n))  # share of the visits of a host (column) that a region (row) attends
    for host in range(n):
        keys = world.pull[host] + rng.gumbel(size=(DRAWS, n))
        places = np.argsort(np.argsort(-keys, axis=1), axis=1)
        comes[:, host] = (places < rng.integers(GUESTS[0], GUESTS[1] + 1, (DRAWS, 1))).mean(axis=0)
    beside = np.zeros((n, n))
    for region, near in enumerate(ground.neighbours):
        beside[near, region] = 1 / max(len(near), 1)
    own = settings.own_ideas

    def score(given: Setting) -> Floats:
        order = [given.fixed.regions.index(region) for region in ground.ids]
        used = given.now.used[order].astype(np.float64)
        shows = used * world.shown
        hosts = world.draws * shows.any(axis=1)
        each = hosts[:, None] * shows / np.maximum(shows.sum(axis=1, keepdims=True), 1)
        seen = comes @ each / max(hosts.sum(), 1e-12)
        found = np.zeros_like(used)
        # A visit has so many guests, each of whom may set off a contact elsewhere instead.
        found[order] = (1 - own) * seen + own / 2 * np.mean(GUESTS) * beside @ used / max(used.sum(), 1)
        return found

    return score


def _print(tests: list[BackTest]) -> None:
    hits = pd.concat([test.table.set_index("method")["hits"] for test in tests if len(test.table)], axis=1).sum(axis=1)
    shown = np.mean([test.verdict.may_show for test in tests])
    print(f"{len(tests):4} {shown:5.2f} {sum(test.happened for test in tests):8} ", end="")
    print(" ".join(f"{hits[method]:11.0f}" for method in METHODS), end=" ")
    print(f"{hits[OURS] / hits['popular']:10.2f} {hits[BEST] / hits['popular']:18.2f}", flush=True)


def _print_speed() -> None:
    simulation = simulated(Settings(regions=300, approaches=300, visits=5000))
    evidence, background = evidence_of(simulation), background_of(simulation)
    began = time.perf_counter()
    given = setting(evidence, background)
    ready = time.perf_counter()
    whom_to_visit(given.fixed.regions[0], given)
    one = time.perf_counter()
    back_test(evidence, background)
    tested_by = time.perf_counter()
    print(
        f"300 regions x 300 approaches: all that a day's recommendations rest on {ready - began:.2f} s, then one ",
        end="",
    )
    print(f"region's {one - ready:.3f} s; back-test {tested_by - one:.1f} s")


if __name__ == "__main__":
    main()
