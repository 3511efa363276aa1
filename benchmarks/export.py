"""A graph of a size goes out as tables and comes back, from one engine to the other: how long, and if it is the same.

Run with: python -m benchmarks.export [--times 1] [--visits 4000] [--format csv]. The simulated network, so many times
over, is loaded into the embedded engine, exported, loaded into the local Neo4j, exported, and loaded into an embedded
engine of its own; each by its command. Every node with its properties and every relationship with its ends is compared
after each step. Memory is the peak of the command. Needs the extra neo4j.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from graph_loader.history.exporting import FORMATS
from graph_store import embedded
from graph_store.store import READER, open_store

from .faults import dump
from .load import tables_of

STATIONS = (("first", "arcadedb"), ("first", "neo4j"), ("second", "arcadedb"))


def main() -> None:
    """Measure, and print a line for each step; exit code 1 where the graph came back as another."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--times", type=int, default=1)
    options.add_argument("--visits", type=int, default=4_000)
    options.add_argument("--format", choices=FORMATS, default=FORMATS[0])
    options.add_argument("--look", action="store_true", help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.look:
        return _look()
    if why := embedded.missing_extra():
        sys.exit(f"Not measured: {why}.")
    with tempfile.TemporaryDirectory() as folder:
        tables, seen = tables_of(Path(folder), given.times, given.visits), []
        print(f"load average at the start: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
        for place, (home, engine) in enumerate(STATIONS):
            os.environ["EXPLORER_HOME"], os.environ["EXPLORER_ENGINE"] = str(Path(folder) / home), engine
            with embedded.lease():
                _command(f"load into {engine}", "graph_loader.cli", "load", str(tables))
                seen.append(_command("", "benchmarks.export", "--look"))
                print(
                    f"  {seen[-1].split()[0]} nodes and relationships{'' if seen[-1] == seen[0] else ', NOT THE SAME'}"
                )
                if place + 1 < len(STATIONS):
                    tables = Path(folder) / f"export-{place}"
                    words = ("graph_loader.cli", "export", str(tables), "--format", given.format)
                    _command(f"export from {engine}", *words)
            embedded.stop()
    sys.exit(len(set(seen)) != 1)


def _look() -> None:
    """Print what the graph is; in a process of its own, for what it holds would count as the commands' memory."""
    with open_store(READER) as store:
        rows = store.read("MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN count(DISTINCT n) + count(r) AS all")
        print(f"{rows[0]['all']:,} {dump(store)}")


def _command(name: str, *words: str) -> str:
    """Run a module; gives what it printed, and prints its time and memory under a name."""
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", *words], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    said = process.stdout.read()
    _pid, status, used = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(words)} failed")
    if name:
        print(f"{name:24} {time.perf_counter() - began:8.1f} s {used.ru_maxrss / 1e3:8.0f} MB", flush=True)
    return said


if __name__ == "__main__":
    main()
