"""How quickly a second user is answered while statements of the hostile kind run, on both engines in one run.

Run with: python -m benchmarks.hostile [--seconds 2] [--at-once 4]. The bombs of tests/hostile/stopped.yaml run at
once, over and over, through the guard and with a time limit; beside them a small query is asked from a connection
of its own. Quote the ratios: the machine is rarely idle.
"""

import argparse
import os
import statistics
import tempfile
import threading
import time
from pathlib import Path

import yaml
from neo4j.exceptions import Neo4jError

from graph_loader import api
from graph_store import embedded
from graph_store.errors import ExplorerError
from graph_store.guard import refuse_changes
from graph_store.store import WRITER, Store, open_store

BOMBS = Path(__file__).resolve().parent.parent / "tests" / "hostile" / "stopped.yaml"
SMALL = "MATCH (r:Region {id: 'nl'})<-[:PART_OF]-(part:Region) RETURN part.name AS name ORDER BY name"  # by an index
IDLE_SECONDS = 5.0


def main() -> None:
    """Measure, and print one line per engine."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--seconds", type=float, default=2.0, help="time limit of a bomb")
    options.add_argument("--at-once", type=int, default=4)
    given = options.parse_args()
    engines = ["arcadedb"] + ([] if embedded.missing_extra() else ["neo4j"])
    print(f"{'engine':10} {'':8} {'answers':>8} {'median ms':>10} {'p95 ms':>8} {'most ms':>8}  refused/stopped")
    for engine in engines:
        with tempfile.TemporaryDirectory() as folder:
            _measure(engine, Path(folder), given.seconds, given.at_once)


def _measure(engine: str, home: Path, seconds: float, at_once: int) -> None:
    os.environ.update(EXPLORER_HOME=str(home), EXPLORER_ENGINE=engine)
    with open_store(WRITER) as writer:
        api.load(api.demo_path(), "", writer)
    embedded.stop(home, engine)
    if engine == "arcadedb":  # it keeps no limit of a transaction
        os.environ["EXPLORER_COMMAND_TIMEOUT"] = str(seconds)
    try:
        with open_store() as reader, open_store() as other:
            for _each in range(20):
                other.read(SMALL)  # the first answers take longer on both
            _print(engine, "idle", _latencies(other, time.monotonic() + IDLE_SECONDS), "")
            bombs = [text for texts in yaml.safe_load(BOMBS.read_text(encoding="utf-8")).values() for text in texts]
            outcomes: list[str] = []
            waiting = list(reversed(bombs))
            threads = [
                threading.Thread(target=_explode, args=(reader, waiting, seconds, outcomes)) for _each in range(at_once)
            ]
            for thread in threads:
                thread.start()
            latencies = []
            while any(thread.is_alive() for thread in threads):
                latencies += _latencies(other, time.monotonic() + 0.5)
            _print(engine, "bombed", latencies, f"{outcomes.count('refused')}/{outcomes.count('stopped')}")
    finally:
        os.environ.pop("EXPLORER_COMMAND_TIMEOUT", None)
        embedded.stop(home, engine)


def _explode(reader: Store, waiting: list[str], seconds: float, outcomes: list[str]) -> None:
    while waiting:
        try:
            cypher = waiting.pop()
        except IndexError:  # another thread was quicker
            return
        try:
            refuse_changes(reader, cypher)
            reader.read(cypher, seconds=seconds)
            outcomes.append("answered")
        except Neo4jError:
            outcomes.append("stopped")
        except ExplorerError:
            outcomes.append("refused")


def _latencies(store: Store, until: float) -> list[float]:
    """Milliseconds of the small query, asked again every 20 ms."""
    found = []
    while time.monotonic() < until:
        began = time.perf_counter()
        store.read(SMALL)
        found.append((time.perf_counter() - began) * 1000)
        time.sleep(0.02)
    return found


def _print(engine: str, state: str, latencies: list[float], outcomes: str) -> None:
    p95 = statistics.quantiles(latencies, n=20)[-1]
    middle, longest = statistics.median(latencies), max(latencies)
    print(f"{engine:10} {state:8} {len(latencies):8} {middle:10.1f} {p95:8.1f} {longest:8.1f}  {outcomes}")


if __name__ == "__main__":
    main()
