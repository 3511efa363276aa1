"""Seconds for the first load of the demo and for an unchanged reload, on both engines in one run.

Run with: python -m benchmarks.first_load [--rounds 5]. The local Neo4j is measured where its extra is installed.
"""

import argparse
import os
import statistics
import tempfile
import time
from pathlib import Path

from graph_loader import api
from graph_store import embedded
from graph_store.store import WRITER, Store, open_store


def main() -> None:
    """Measure, and print one line per engine."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=5)
    rounds = options.parse_args().rounds
    engines = ["arcadedb"] + ([] if embedded.missing_extra() else ["neo4j"])
    print(f"{'engine':10} {'start s':>8} {'first load s':>13} {'unchanged s':>12} {'unchanged / first':>18}")
    for engine in engines:
        with tempfile.TemporaryDirectory() as folder:
            _measure(engine, Path(folder), rounds)


def _measure(engine: str, home: Path, rounds: int) -> None:
    os.environ["EXPLORER_HOME"], os.environ["EXPLORER_ENGINE"] = str(home), engine
    began = time.perf_counter()
    with open_store(WRITER) as store:
        start = time.perf_counter() - began
        first, again = [], []
        for _round in range(rounds):
            store.write(lambda writer: writer.run("MATCH (n) DETACH DELETE n"))
            first.append(_timed(store))
            again.append(_timed(store))
        loaded, unchanged = statistics.median(first), statistics.median(again)
        name = f"{store.info().engine} {store.info().version}"
        print(f"{name:10.24} {start:8.1f} {loaded:13.2f} {unchanged:12.2f} {unchanged / loaded:18.0%}")
    embedded.stop(home, engine)


def _timed(store: Store) -> float:
    began = time.perf_counter()
    api.load(api.demo_path(), "", store)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
