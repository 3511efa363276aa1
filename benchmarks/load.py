"""How fast tables get into the graph, and with how much memory, beside other ways to bring the same graph in.

Run with: python -m benchmarks.load [--times 1 3] [--visits 4000] [--rounds 3]. Each size is the simulated network as
many times over (12 times: a million rows). In one run on each engine: first loads and (b) batches of MERGE without
checks and provenance, from rows ready in memory, in turns (the smallest size in several rounds; the medians); an
unchanged reload, and a load where one row in a hundred changed; then (a) one MERGE per row, measured on a sample and
scaled, and (c) Neo4j's own import tool, the limit. `check` and `plan` are measured without an engine. The local Neo4j
is measured where its extra is installed. Memory is the peak of the process that does the step (read on Linux); the
engine's own is told at the end. Timings of a busy machine are good for their ratios only.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from graph_loader import api
from graph_loader.fold import fold
from graph_loader.keep import parts, unpacked
from graph_loader.memory import collector_paused
from graph_loader.plan import plan
from graph_loader.rows import DataSetRows
from graph_loader.simulate import Settings, simulated, write_simulation
from graph_loader.sources import read
from graph_loader.validate import examine
from graph_loader.write import prepare
from graph_store import embedded
from graph_store.store import WRITER, open_store

from .load_rivals import emptied, seconds_in_batches, seconds_of_import_tool, seconds_one_by_one, work_of
from .multiplied import multiplied

SAMPLE = 300
CHANGED_ONE_IN = 100
NAME = "simulated"

Figures = dict[str, float]


def main() -> None:
    """Measure, and print a line for each step; or take one step, in a process of its own."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--times", type=int, nargs="+", default=[1, 3])
    options.add_argument("--visits", type=int, default=4_000)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--alone", type=int, default=12, help="size for check and plan without an engine; 0: not")
    options.add_argument("--engines", nargs="+", default=["arcadedb"] + ([] if embedded.missing_extra() else ["neo4j"]))
    options.add_argument("--step", nargs=2, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.step:
        print(json.dumps(STEPS[given.step[0]](Path(given.step[1]))))
        return
    with tempfile.TemporaryDirectory() as folder:
        tables = [tables_of(Path(folder), times, given.visits) for times in sorted(given.times)]
        print(f"load average at the start: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
        if given.alone:
            _print_alone(tables_of(Path(folder), given.alone, given.visits))
        for engine in given.engines:
            _measure(engine, tables, given.rounds)


def tables_of(folder: Path, times: int, visits: int) -> Path:
    """The simulated network so many times over, and the same with one row in a hundred changed beside it."""
    source = folder / "source"
    if not source.exists():
        write_simulation(simulated(Settings(regions=300, approaches=300, visits=visits)), source)
    multiplied(source, times, folder / f"{times}")
    _change(folder / f"{times}", folder / f"{times}-changed")
    return folder / f"{times}"


def _change(source: Path, target: Path) -> None:
    target.mkdir()
    for file in source.glob("*.csv"):
        with file.open(encoding="utf-8", newline="") as said, (target / file.name).open("w", newline="") as out:
            header, *lines = csv.reader(said)
            note = header.index("note")
            for line in lines[::CHANGED_ONE_IN]:
                line[note] = "looked at again"
            csv.writer(out).writerows([header, *lines])


def _print_alone(tables: Path) -> None:
    _step("pack", tables)
    for step in ("check", "plan"):
        found = _step(step, tables)
        print(f"{step} of {found['rows']:,.0f} rows: {found['seconds']:.1f} s, at most {found['mb']:.0f} MB of memory")


def _measure(engine: str, sizes: list[Path], rounds: int) -> None:
    print(f"\n{engine:34} {'seconds':>8} {'rows/s':>8} {'of first':>9} {'memory MB':>10}")
    firsts: list[Figures] = []
    for tables in sizes:
        with tempfile.TemporaryDirectory() as home:
            os.environ["EXPLORER_HOME"], os.environ["EXPLORER_ENGINE"] = home, engine
            with open_store(WRITER), embedded.lease(Path(home), engine) as lease:
                _step("batches", tables)  # an engine that has just started is slower: none of the others shall pay
                first, batches = _in_turns(tables, rounds if tables is sizes[0] else 1)
                firsts.append(first)
                print(f"{first['rows']:,.0f} rows, of them {first['writing']:.1f} s writing")
                _print("first load", first, first)
                _print("(b) batches of MERGE, rows ready", batches, first)
                _print("unchanged", _step("load", tables), first)
                _print("one row in a hundred changed", _step("load", tables.with_name(f"{tables.name}-changed")), first)
                for step, name in RIVALS.items() if tables is sizes[0] else ():
                    _print(name, _step(step, tables), first)
                print(f"  the engine itself: at most {_megabytes(lease.pid):.0f} MB")
            embedded.stop(Path(home), engine)
    if len(firsts) > 1:
        more, longer = (firsts[-1][name] / firsts[0][name] for name in ("rows", "seconds"))
        print(f"{more:.1f} times the rows in {longer:.1f} times the time")


def _in_turns(tables: Path, rounds: int) -> tuple[Figures, Figures]:
    """First loads and batches of MERGE, one after the other; of each the one of median time. A load comes last."""
    loads, batches = [], []
    for _round in range(rounds):
        batches.append(_step("batches", tables))
        _step("emptied", tables)
        loads.append(_step("load", tables))
    middle = [sorted(found, key=lambda one: one["seconds"])[rounds // 2] for found in (loads, batches)]
    return middle[0], middle[1]


def _print(name: str, found: Figures, first: Figures) -> None:
    rate = first["rows"] / found["seconds"]
    part = found["seconds"] / first["seconds"]
    print(f"  {name:32} {found['seconds']:8.2f} {rate:8,.0f} {part:9.1%} {found['mb']:10.0f}", flush=True)


def _step(step: str, tables: Path) -> Figures:
    command = [sys.executable, "-m", "benchmarks.load", "--step", step, str(tables)]
    found: Figures = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
    return found


def _check(tables: Path) -> Figures:
    began = time.perf_counter()
    report = api.check(tables)
    return {"rows": sum(report.rows.values()), **_figures(began)}


def _pack(tables: Path) -> Figures:
    """Keep the rows as a load would, in a file beside."""
    with collector_paused():
        rows = examine(read([tables]), data_set=NAME).rows
    with tables.with_suffix(".kept").open("w") as out:
        out.writelines(f"{json.dumps(part)}\n" for part in parts("load", rows.data_set, rows.rows))
    return {}


def _plan(tables: Path) -> Figures:
    """A plan against what was kept of the same tables: all rows twice."""
    began = time.perf_counter()
    reading = read([tables])
    with collector_paused(), tables.with_suffix(".kept").open() as lines:
        kept_parts = (json.loads(line) for line in lines)
        kept = DataSetRows(NAME, tuple(row for part in kept_parts for row in unpacked(part)))
        found = examine(reading, [kept], NAME)
        changes = plan(fold([kept]), found.graph)
    if not changes.empty:
        raise AssertionError("the same tables must plan nothing")
    return {"rows": len(kept.rows), **_figures(began)}


def _load(tables: Path) -> Figures:
    began = time.perf_counter()
    writing: list[float] = []

    def watch(_step: str, done: int, total: int) -> None:
        if total and not done:
            writing.append(time.perf_counter())

    with open_store(WRITER) as store:
        report = api.load(tables, "", store, watch)
    wrote = time.perf_counter() - writing[0] if writing else 0.0
    return {"rows": sum(report.report.rows.values()), "writing": wrote, **_figures(began)}


def _rival(tables: Path, seconds: Callable[..., float], *more: int) -> Figures:
    with collector_paused():
        graph = examine(read([tables])).graph
        work = work_of(graph)
    with open_store(WRITER) as store:
        prepare(store)  # the same indexes for all
        emptied(store)
        return {"seconds": seconds(store, work, *more), "mb": _megabytes()}


def _emptied(_tables: Path) -> Figures:
    with open_store(WRITER) as store:
        emptied(store)
    return {}


def _import(tables: Path) -> Figures:
    with collector_paused():
        graph = examine(read([tables])).graph
    return {"seconds": seconds_of_import_tool(graph), "mb": _megabytes()}


def _figures(began: float) -> Figures:
    return {"seconds": time.perf_counter() - began, "mb": _megabytes()}


def _megabytes(process: int | str = "self") -> float:
    """The peak of a process; what `getrusage` says of a child would hold its parent's, too."""
    said = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in said.splitlines() if line.startswith("VmHWM")) / 1e3


STEPS: dict[str, Callable[[Path], Figures]] = {
    "check": _check,
    "pack": _pack,
    "plan": _plan,
    "load": _load,
    "batches": lambda tables: _rival(tables, seconds_in_batches),
    "single": lambda tables: _rival(tables, seconds_one_by_one, SAMPLE),
    "import": _import,
    "emptied": _emptied,
}
RIVALS = {
    "single": "(a) one MERGE per row, scaled",
    "import": "(c) Neo4j's import tool",
}

if __name__ == "__main__":
    main()
