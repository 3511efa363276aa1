"""Milliseconds that each named query takes, on a simulated network of 100,000 nodes and relationships.

Run with: python -m benchmarks.queries [--rounds 20] [--regions 300] [--approaches 300] [--visits 4000]
[--engine arcadedb|neo4j] [--only NAME] [--made-up FOLDER].

Each round asks all queries in turn, as a reader of the graph; the first round warms up and is not counted. What must
be given is taken from the graph, the best tied node first, which is the dearest case. Printed are the median, the
95th percentile and how many rows came; beside them the 95th percentile as a share of the goal (300 ms on Neo4j, 1 s
on the embedded engine). "one row" is the way to the engine and back. Other work on the machine makes all of it
slower, so compare within one run; the load average is printed.
"""

import argparse
import os
import tempfile
import time
from pathlib import Path

import numpy as np

from graph_loader import api
from graph_loader.simulate import Settings, simulated, write_simulation
from graph_store import embedded
from graph_store.engines import ARCADEDB, NEO4J
from graph_store.store import WRITER, Store, open_store
from queries import library
from queries.trying import Trier

GOALS = {ARCADEDB: 1.0, NEO4J: 0.3}  # seconds
BARE = "one row"


def main() -> None:
    """Measure, and print one line per query and engine, the slowest first."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("rounds", 20), ("regions", 300), ("approaches", 300), ("visits", 4000)):
        options.add_argument(f"--{name}", type=int, default=default)
    options.add_argument("--engine", choices=tuple(GOALS))
    options.add_argument("--only")
    options.add_argument("--made-up", type=Path)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made = chosen.made_up or Path(folder) / "made-up"
        if chosen.made_up is None:
            size = Settings(regions=chosen.regions, approaches=chosen.approaches, visits=chosen.visits)
            write_simulation(simulated(size), made)
        for engine in [chosen.engine] if chosen.engine else list(GOALS):
            _on(engine, made, Path(folder) / engine, chosen.rounds, chosen.only)


def _on(engine: str, tables: Path, home: Path, rounds: int, only: str | None) -> None:
    os.environ["EXPLORER_HOME"], os.environ["EXPLORER_ENGINE"] = str(home), engine
    try:
        with open_store(WRITER) as writer, open_store() as reader:
            api.load(tables, "", writer)
            (size,) = reader.read("MATCH (n) WITH count(n) AS nodes MATCH ()-[r]->() RETURN nodes, count(r) AS ties")
            info = reader.info()
            print(f"\n{info.engine} {info.version}: {size['nodes']:,} nodes, {size['ties']:,} relationships")
            print(f"load average {os.getloadavg()[0]:.2f}; goal of p95: {GOALS[engine] * 1000:.0f} ms")
            _print(*_measured(reader, rounds, only), GOALS[engine])
            print(f"load average {os.getloadavg()[0]:.2f}")
    finally:
        embedded.stop(home, engine)


def _measured(store: Store, rounds: int, only: str | None) -> tuple[dict[str, list[float]], dict[str, int]]:
    """Seconds of each round, and rows, by query."""
    trier = Trier(store)
    asked = {item.name: trier.values(item) for item in library.queries() if only in (None, item.name)}
    taken: dict[str, list[float]] = {name: [] for name in [BARE, *asked]}
    rows = {BARE: 1}
    for _round in range(rounds + 1):
        began = time.perf_counter()
        store.read("RETURN 1 AS one")
        taken[BARE].append(time.perf_counter() - began)
        for name, values in asked.items():
            began = time.perf_counter()
            rows[name] = len(library.rows(name, store=store, **values))
            taken[name].append(time.perf_counter() - began)
    return {name: seconds[1:] or seconds for name, seconds in taken.items()}, rows


def _print(taken: dict[str, list[float]], rows: dict[str, int], goal: float) -> None:
    print(f"{'query':46} {'rows':>7} {'median':>8} {'p95':>8} {'p95 / goal':>11}")
    slowest = sorted(taken, key=lambda name: -np.percentile(taken[name], 95))
    for name in slowest:
        median, p95 = np.percentile(taken[name], [50, 95]) * 1000
        missed = "   over the goal" if p95 > goal * 1000 else ""
        print(f"{name:46.46} {rows[name]:7,} {median:5.0f} ms {p95:5.0f} ms {p95 / goal / 1000:11.0%}{missed}")
    over = sum(np.percentile(seconds, 95) > goal for seconds in taken.values())
    print(f"{len(taken) - 1} queries, {over} over the goal")


if __name__ == "__main__":
    main()
