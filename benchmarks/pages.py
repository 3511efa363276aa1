"""Seconds that the server takes to answer each page: after a load, and again and again, on the demo and at size.

Run with: python -m benchmarks.pages [--rounds 30] [--regions 300] [--approaches 300] [--visits 5000]
[--only demo|size] [--made-up FOLDER].

A page is drawn in this process as a session draws it, without a browser. "Worked out" are the parts that pages rest
on, each once per load and for all readers; until they are there a page says so. "First" is the first answer of that
page after them, and the median and the 95th percentile are of the rounds after that. Each round draws all pages in
turn; a profile is that of another region, approach, visit ... each time, so that what is kept per profile helps only
where it helps a reader, and "densest" is always the one with most around it. "A page with nothing on it" is the share
of frame, search and navigation. Goals of the 95th percentile: 0.5 s on the demo, 1.5 s at size. Memory is that of
this process, with the pages of all readers in it, and beside it that of the engine.

The load average is printed: other work on the machine makes all of it slower, so compare within one run. With
`--made-up` an existing folder of tables (as `graph-loader simulate` writes it) is loaded instead of one of that size.
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
import psutil
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from explorer import links
from explorer.data import ahead, graph
from explorer.pages import PAGES
from graph_loader import api
from graph_loader.simulate import Settings, simulated, write_simulation
from graph_store import embedded
from graph_store.store import WRITER, Store, open_store
from queries import library

SCRIPT = Path(__file__).resolve().parent.parent / "explorer" / "script.py"
LABELS = {page: label for label, page in links.PROFILES.items()}
SECONDS = 600  # that a page may take before the measurement gives up
BARE = "a page with nothing on it"
VARIANTS = {
    links.MAP: ("tie=visits", "tie=projects", "by=country"),
    links.NETWORK: ("tie=visits", "tie=all"),
    links.SPREAD: ("view=matrix", "all=yes", "view=rows&of=taken"),
    links.MEETINGS: ("part=ask", "part=show", "part=coming"),
    links.PLANS: ("part=changes", "part=activities", "part=coverage", "part=scores", "part=carriers"),
}
BRIEFED = ("approach", "region", "visit")


def main() -> None:
    """Measure, and print one line per page and graph."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("rounds", 30), ("regions", 300), ("approaches", 300), ("visits", 5000)):
        options.add_argument(f"--{name}", type=int, default=default)
    options.add_argument("--only", choices=("demo", "size"))
    options.add_argument("--made-up", type=Path)
    chosen = options.parse_args()
    size = {"regions": chosen.regions, "approaches": chosen.approaches, "visits": chosen.visits}
    with tempfile.TemporaryDirectory() as folder:
        if chosen.only != "size":
            _measured("the demo", api.demo_path(), 0.5, Path(folder) / "home-demo", chosen.rounds)
        if chosen.only != "demo":
            made = chosen.made_up or Path(folder) / "made-up"
            if chosen.made_up is None:
                write_simulation(simulated(Settings(**size)), made)
            name = str(made) if chosen.made_up else ", ".join(f"{count} {what}" for what, count in size.items())
            _measured(name, made, 1.5, Path(folder) / "home-size", chosen.rounds)


def _measured(name: str, tables: Path, goal: float, home: Path, rounds: int) -> None:
    os.environ["EXPLORER_HOME"], os.environ["EXPLORER_ENGINE"] = str(home), "arcadedb"
    _forget()
    with open_store(WRITER) as store:
        print(f"\n{name}\nload average {_busy()}; {_memory(store)}")
        began = time.perf_counter()
        if not api.load(tables, "", store).loaded:
            raise SystemExit(f"{name} did not load")
        print(f"loaded in {time.perf_counter() - began:.1f} s; {_memory(store)}")
        _work_out()
        print(f"{_memory(store)}")
        addresses = {page: these for entry in PAGES for page, these in _addresses(entry.address, store)}
        addresses[BARE] = itertools.repeat(links.rows("nothing"))
        taken: dict[str, list[float]] = {page: [] for page in addresses}
        for _round in range(rounds + 1):
            for page, these in addresses.items():
                taken[page].append(_drawn(next(these)))
        _print(taken, goal)
        print(f"load average {_busy()}; {_memory(store)}")
    graph.forget()
    embedded.stop(home, "arcadedb")


def _work_out() -> None:
    """Have the parts that pages rest on worked out, as the app does after a load, and print how long each took."""
    graph.choose(links.RECORDED)
    graph.begin()
    print("worked out once per load:", end="")
    for name in ahead.PARTS:
        began = time.perf_counter()
        ahead.part(name).answer()
        print(f" {name} {time.perf_counter() - began:.1f} s", end="", flush=True)
    print()


def _print(taken: dict[str, list[float]], goal: float) -> None:
    print(f"goal of p95: {goal} s")
    print(f"{'page':36} {'first':>7} {'median':>7} {'p95':>7} {'p95 / goal':>11}")
    for page, seconds in taken.items():
        again = seconds[1:] or seconds
        p95 = float(np.percentile(again, 95))
        missed = "   over the goal" if p95 > goal else ""
        print(f"{page:36.36} {seconds[0]:7.2f} {np.median(again):7.3f} {p95:7.3f} {p95 / goal:11.0%}{missed}")


def _addresses(page: str, store: Store) -> Iterator[tuple[str, Iterator[str]]]:
    """What is measured of a page: its name and its addresses, of profiles one after another."""
    if page in LABELS:
        ids = _ids(LABELS[page], store)
        yield page, itertools.cycle(links.address(page, id=node) for node in ids[1:] or ids)
        yield f"{page}, densest", itertools.repeat(links.address(page, id=ids[0]))
    elif page == links.ROWS:
        whole = [item.name for item in library.queries() if not any(value.required for value in item.params)]
        yield page, itertools.cycle(links.rows(name) for name in whole)
    elif page == links.SEARCH:
        yield page, itertools.cycle(links.address(page, q=typed) for typed in ("work", "netwrok", "visit", "zeeland"))
    elif page == getattr(links, "BRIEFING", None):
        for kind in BRIEFED:
            ids = _ids(kind.capitalize(), store)
            yield f"{page} of {kind}, densest", itertools.repeat(links.briefing(kind, ids[0]))
    else:
        yield page, itertools.repeat(links.address(page))
    for state in VARIANTS.get(page, ()):
        yield f"{page}?{state}", itertools.repeat(f"{page}?{state}")


def _ids(label: str, store: Store) -> list[str]:
    """Ids of nodes of that kind: first the one with most around it, then 200 of the others."""
    rows = store.read(
        f"MATCH (n:{label}) OPTIONAL MATCH (n)-[r]-() WITH n.id AS id, count(r) AS around "
        "RETURN id ORDER BY around DESC, id LIMIT 1"
    )
    every = store.read(f"MATCH (n:{label}) RETURN n.id AS id ORDER BY id")
    first = str(rows[0]["id"])
    others = [str(row["id"]) for row in every if row["id"] != first]
    return [first, *others[:: max(1, len(others) // 200)]]


def _drawn(address: str) -> float:
    """Seconds until the page is drawn."""
    parts = urlsplit(address)
    app = AppTest.from_file(str(SCRIPT), default_timeout=SECONDS)
    app._page_hash = calc_hash(parts.path) if parts.path != links.OVERVIEW else ""
    app.query_params = dict(parse_qs(parts.query, keep_blank_values=True))
    began = time.perf_counter()
    app.run()
    took = time.perf_counter() - began
    if app.exception:
        raise SystemExit(f"{address}: {app.exception[0].message}")
    return took


def _forget() -> None:
    """Nothing of another graph is kept."""
    graph.forget()
    st.cache_data.clear()
    st.cache_resource.clear()


def _busy() -> str:
    return ", ".join(f"{value:.1f}" for value in os.getloadavg())


def _memory(store: Store) -> str:
    own = psutil.Process().memory_info().rss / 2**20
    engine = psutil.Process(store.local.pid).memory_info().rss / 2**20 if store.local else 0
    return f"memory: this process {own:.0f} MiB, the engine {engine:.0f} MiB"


if __name__ == "__main__":
    main()
