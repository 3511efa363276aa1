"""Seconds that the server takes to answer each page: once after a load, and again and again, on the demo and at size.

Run with: python -m benchmarks.pages [--rounds 30] [--regions 300] [--approaches 300] [--visits 5000]. A page is drawn
in this process as a session draws it, without a browser; each round draws all pages in turn, each time another
region, approach and visit, so that what is kept per page helps only where it helps a reader. Goals of the 95th
percentile: 0.5 s on the demo, 1.5 s at size. "First" is the first page of its kind after a load.
"""

import argparse
import itertools
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import numpy as np
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from explorer import links
from explorer.pages import PAGES
from graph_loader import api
from graph_loader.simulate import Settings, simulated, write_simulation
from graph_store import embedded
from graph_store.store import WRITER, Store, open_store
from queries import library

SCRIPT = Path(__file__).resolve().parent.parent / "explorer" / "script.py"
LABELS = {page: label for label, page in links.PROFILES.items()}


def main() -> None:
    """Measure, and print one line per page and graph."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("rounds", 30), ("regions", 300), ("approaches", 300), ("visits", 5000)):
        options.add_argument(f"--{name}", type=int, default=default)
    chosen = options.parse_args()
    size = {"regions": chosen.regions, "approaches": chosen.approaches, "visits": chosen.visits}
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "made-up"
        write_simulation(simulated(Settings(**size)), made)
        for name, tables, goal in (("demo", api.demo_path(), 0.5), (str(size), made, 1.5)):
            _measured(name, tables, goal, Path(folder) / f"home-{tables.name}", chosen.rounds)


def _measured(name: str, tables: Path, goal: float, home: Path, rounds: int) -> None:
    os.environ["EXPLORER_HOME"], os.environ["EXPLORER_ENGINE"] = str(home), "arcadedb"
    with open_store(WRITER) as store:
        if not api.load(tables, "", store).loaded:
            raise SystemExit(f"{name} did not load")
        addresses = {entry.address: _addresses(entry.address, store) for entry in PAGES}
        taken: dict[str, list[float]] = {page: [] for page in addresses}
        for _round in range(rounds):
            for page, these in addresses.items():
                taken[page].append(_drawn(next(these)))
    print(f"\n{name}; goal {goal} s")
    print(f"{'page':14} {'first':>7} {'median':>7} {'p95':>7}")
    for page, seconds in taken.items():
        p95 = float(np.percentile(seconds[1:], 95))
        missed = "   over the goal" if p95 > goal else ""
        print(f"{page:14} {seconds[0]:7.2f} {np.median(seconds[1:]):7.3f} {p95:7.3f}{missed}")
    embedded.stop(home, "arcadedb")


def _addresses(page: str, store: Store) -> Iterator[str]:
    """Addresses of that page: of a profile one after another, else always the same."""
    if page in LABELS:
        ids = store.read(f"MATCH (n:{LABELS[page]}) RETURN n.id AS id ORDER BY id LIMIT 200")
        return itertools.cycle(links.address(page, id=row["id"]) for row in ids)
    if page == links.ROWS:
        return itertools.cycle(links.rows(item.name) for item in library.queries() if not item.params)
    return itertools.repeat(links.address(page, q="work") if page == links.SEARCH else page)


def _drawn(address: str) -> float:
    """Seconds until the page is drawn."""
    parts = urlsplit(address)
    app = AppTest.from_file(str(SCRIPT), default_timeout=120)
    app._page_hash = calc_hash(parts.path) if parts.path != links.OVERVIEW else ""
    app.query_params = dict(parse_qs(parts.query, keep_blank_values=True))
    began = time.perf_counter()
    app.run()
    took = time.perf_counter() - began
    if app.exception:
        raise SystemExit(f"{address}: {app.exception[0].message}")
    return took


if __name__ == "__main__":
    main()
