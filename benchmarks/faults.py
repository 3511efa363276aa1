"""Loads that are killed at random moments: the graph must be the old one or the new one, and the next load go well.

Run with: python -m benchmarks.faults [--rounds 100] [--engine arcadedb] [--seed 1] [--nodes 1000].

Each round kills the loader, the engine, or both: at a random moment of a load, or aimed at its commit, for which the
mark that readers look at is watched. While it runs, a reader pages through the graph and notes any mixture of two
versions. Afterwards the whole graph is compared with the one before and the one that was wanted.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from graph_loader import api
from graph_loader.loading import new_id
from graph_loader.lock import only_loader
from graph_store import embedded
from graph_store.errors import ExplorerError
from graph_store.loads import DataKeepChanging, graph_state, read_whole, settled
from graph_store.schema import INTERNAL_LABELS
from graph_store.store import READER, WRITER, Store, open_store

LOADER, ENGINE, BOTH = "loader", "engine", "both"
VICTIMS = (LOADER, ENGINE, BOTH)
FIRST, RELOAD, UNDO = "first", "reload", "undo"
KINDS = (FIRST, RELOAD, UNDO)
NOTHING = 0
VERSIONS = (1, 2, 3, 4)
OLD, NEW, UNHURT, THROUGH = "old", "new", "over before", "new, the loader waited"
MIXTURE, LIE, STUCK = "MIXTURE", "STATUS WRONG", "NEXT LOAD FAILED"
ROOT = Path(__file__).resolve().parents[1]
_NODES = "MATCH (n) WHERE NOT labels(n)[0] IN $internal RETURN n AS one ORDER BY labels(n)[0], n.id"
_TIES = (
    "MATCH (a)-[r]->(b) RETURN r AS one, labels(a)[0] AS start_label, a.id AS start, labels(b)[0] AS end_label, "
    "b.id AS end ORDER BY type(r), r.key"
)
_WORDS = {
    "load": "api.load(Path(sys.argv[1]), '', store)",
    "undo": "api.undo(store, '')",
}
_CHILD = """
import sys
from pathlib import Path
from graph_loader import api
from graph_store.store import open_store
with open_store("writer") as store:
    print("ready", flush=True)
    {what}
print("done", flush=True)
"""


@dataclass
class Network:
    """Versions of the tables of one small network, which differ everywhere."""

    folder: Path
    nodes: int = 1_000

    def version(self, number: int) -> Path:
        """The folder with that version of the tables, written when first asked for."""
        path = self.folder / f"version-{number}"
        if path.is_dir():
            return path
        path.mkdir(parents=True)
        half = self.nodes // 2
        # A tenth of each version is its own, so that reloads add and remove as well as change.
        first = number * (half // 10)
        ids = range(first, first + half)
        tables = {
            "data_set": ["id,name,kind", "faults,Faults,recorded"],
            "regions": ["id,name,kind,country", "nl,Netherlands,country,NL"],
            "organisations": ["id,name,kind,region", *(f"o{one},Office {one} of {number},agency,nl" for one in ids)],
            "projects": ["id,name,status", *(f"p{one},Project {one} of {number},running" for one in ids)],
            "participations": ["organisation,project,role", *(f"o{one},p{one},partner" for one in ids)],
        }
        for table, lines in tables.items():
            (path / f"{table}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path


def dump(store: Store) -> str:
    """Every node with its label and properties and every relationship with its ends, sorted, as one checksum."""
    nodes = store.read(_NODES, {"internal": list(INTERNAL_LABELS)})
    said = [sorted(json.dumps(row, sort_keys=True, default=str) for row in rows) for rows in (nodes, store.read(_TIES))]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


@dataclass
class Round:
    """What one round did and what came of it."""

    number: int
    kind: str
    victim: str
    aimed: bool
    outcome: str = ""
    faults: list[str] = field(default_factory=list)
    pages: int = 0


@dataclass
class Killing:
    """Rounds of killing on one engine, in a home of their own, whose variables are set in this process's environment.

    Parameters
    ----------
    home
        Folder of the engine.
    network
        What is loaded.
    seed
        The same makes the same rounds, but for how the machine runs.
    """

    home: Path
    engine: str
    network: Network
    seed: int = 1
    usual: dict[str, float] = field(default_factory=dict)  # seconds that an unkilled load of a kind takes

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)
        self._now = NOTHING  # version of the tables that the graph shows
        self._dumps: dict[int, str] = {}

    def run(self, rounds: int) -> list[Round]:
        """So many rounds; first loads, reloads and undos, each victim, half of them aimed at the commit."""
        self._set_up()
        found = []
        for number in range(rounds):
            plan = Round(number, KINDS[number % 3], VICTIMS[number // 3 % 3], aimed=self._chance.random() < 0.5)
            self._one(plan)
            found.append(plan)
            print(
                f"  {number:3} {plan.kind:7} {plan.victim:7} {'aimed' if plan.aimed else '':6} {plan.outcome:12}"
                f" {plan.pages:4} pages {' '.join(plan.faults)}",
                file=sys.stderr,
                flush=True,
            )
        return found

    def _set_up(self) -> None:
        """Note what the graph is with each version of the tables, and how long loads take that nobody disturbs."""
        with open_store(WRITER) as store:
            api.reset(store)
            self._dumps[NOTHING] = dump(store)
            for version in VERSIONS:
                api.load(self.network.version(version), "", store)
                self._dumps[version] = dump(store)
                self._now = version
        for kind in KINDS:
            wanted = self._prepare(kind)
            with open_store(READER):  # the engine is there already, as in a round
                began = time.monotonic()
                self._loader(kind, wanted).communicate(timeout=120)
                self.usual[kind] = time.monotonic() - began
            self._now = wanted

    def _prepare(self, kind: str) -> int:
        """Make the graph what a load of this kind begins with; the version that it leads to."""
        with open_store(WRITER) as store:
            if kind == FIRST:
                api.reset(store)
                self._now = NOTHING
                return self._chance.choice(VERSIONS)
            if self._now == NOTHING:
                self._load(store, VERSIONS[0])
            before = self._now
            other = self._chance.choice([version for version in VERSIONS if version != before])
            if kind == RELOAD:
                return other
            self._load(store, other)
            return before

    def _load(self, store: Store, version: int) -> None:
        api.load(self.network.version(version), "", store)
        self._now = version

    def _one(self, plan: Round) -> None:
        wanted = self._prepare(plan.kind)
        old, new = self._dumps[self._now], self._dumps[wanted]
        with open_store(READER) as store:
            if dump(store) != old:
                raise AssertionError("the graph does not begin with what it was made to be")
            version = settled(store).version
            reader = _Reader({old, new})
            reader.start()
            loader = self._loader(plan.kind, wanted)
            over = not self._strike(plan, store, loader)
            said = loader.communicate(timeout=180)[0]
        self._judge(plan, wanted, version, UNHURT if over else THROUGH if "done" in said else "")
        reader.end()
        plan.pages = reader.pages
        plan.faults += [MIXTURE] * reader.mixtures
        self._now = wanted

    def _loader(self, kind: str, wanted: int) -> subprocess.Popen[str]:
        text = _CHILD.format(what=_WORDS["undo" if kind == UNDO else "load"])
        path = self.network.version(wanted)
        loader = subprocess.Popen(
            [sys.executable, "-c", text, str(path)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=ROOT,
        )
        assert loader.stdout is not None
        loader.stdout.readline()
        return loader

    def _strike(self, plan: Round, store: Store, loader: subprocess.Popen[str]) -> bool:
        """Kill at the moment that was chosen; False where the load was over before."""
        assert store.local is not None
        pid = store.local.pid
        if plan.aimed:
            until = time.monotonic() + 60
            while loader.poll() is None and not graph_state(store).loading and time.monotonic() < until:
                time.sleep(0.001)
            time.sleep(self._chance.uniform(0, 0.03))
        else:
            time.sleep(self._chance.uniform(0, self.usual.get(plan.kind, 1.0)))
        over = loader.poll() is not None
        if plan.victim in (LOADER, BOTH):
            loader.kill()
        if plan.victim in (ENGINE, BOTH):
            os.kill(pid, signal.SIGKILL)
        return not over

    def _judge(self, plan: Round, wanted: int, version: str, over: str) -> None:
        """Compare: the graph, what is said of it, and the load after it."""
        old, new = self._dumps[self._now], self._dumps[wanted]
        with open_store(WRITER) as store:
            before = settled(store)
            # As the next loader does: what is still under way comes to its end first, or is kept out.
            with only_loader(store, new_id()):
                found, state = dump(store), graph_state(store)
            plan.outcome = {old: OLD, new: NEW}.get(found, MIXTURE)
            if over and plan.outcome == NEW:
                plan.outcome = over
            if plan.outcome == MIXTURE:
                plan.faults.append(MIXTURE)
            if (state.version == version) != (found == old) or not state.quiet or state.unfinished:
                plan.faults.append(f"{LIE} {before} {state}")
            try:
                if plan.kind == UNDO and plan.outcome == OLD:
                    api.undo(store, "")
                elif plan.kind != UNDO:
                    api.load(self.network.version(wanted), "", store)
                if dump(store) != new or api.status(store).unfinished:
                    plan.faults.append(STUCK)
            except ExplorerError as error:
                plan.faults.append(f"{STUCK} {error}")


class _Reader(threading.Thread):
    """Pages through the graph as a page of the app does; an engine that is away is waited for."""

    def __init__(self, known: set[str]) -> None:
        super().__init__(name="reader", daemon=True)
        self._known = known
        self._over = threading.Event()
        self.pages = self.mixtures = 0

    def run(self) -> None:
        while not self._over.is_set():
            try:
                with open_store(READER) as store:
                    while not self._over.is_set():
                        self._page(store)
            except ExplorerError:
                time.sleep(0.2)

    def _page(self, store: Store) -> None:
        try:
            seen = read_whole(store, lambda: dump(store), seconds=20)[1]
        except DataKeepChanging:
            return
        time.sleep(0.02)  # so that it does not take all of a small machine
        self.pages += 1
        self.mixtures += seen not in self._known

    def end(self) -> None:
        self._over.set()
        self.join(60)


def counted(rounds: list[Round]) -> dict[str, Counter[str]]:
    """How often each outcome came about, by kind of load and who was killed."""
    found: dict[str, Counter[str]] = {}
    for one in rounds:
        found.setdefault(f"{one.kind}, {one.victim}", Counter())[one.outcome] += 1
    return found


def main() -> None:
    """Kill, and print the counts; exit code 1 where anything was wrong."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=100)
    options.add_argument("--engine", action="append", choices=("arcadedb", "neo4j"))
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--nodes", type=int, default=1_000)
    given = options.parse_args()
    wrong = 0
    for engine in given.engine or ["arcadedb"] + ([] if embedded.missing_extra() else ["neo4j"]):
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder) / "home"
            os.environ.update(EXPLORER_HOME=str(home), EXPLORER_ENGINE=engine)
            killing = Killing(home, engine, Network(Path(folder) / "tables", given.nodes), given.seed)
            found = killing.run(given.rounds)
            embedded.stop(home, engine)
        print(f"{engine}: {len(found)} rounds, {sum(one.pages for one in found)} pages read meanwhile")
        for name, counts in sorted(counted(found).items()):
            print(f"  {name:16} " + ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items())))
        faults = [f"round {one.number}: {fault}" for one in found for fault in one.faults]
        print("\n".join(f"  {fault}" for fault in faults) or "  nothing wrong")
        wrong += len(faults)
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
