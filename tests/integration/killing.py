"""Rounds of loads that are killed, for the tests of each engine: those of `benchmarks.faults` on a small network."""

from pathlib import Path

import pytest

from benchmarks.faults import NEW, OLD, THROUGH, UNHURT, Killing, Network
from graph_store import embedded

# Twenty together, of each kind of load with each victim; Neo4j takes twice as long to start again.
ROUNDS = {"arcadedb": 12, "neo4j": 8}


def refute(engine: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Kill loads, and assert that each left the old graph or the new one, and that the next load went well."""
    home = folder / "home"
    monkeypatch.setenv("EXPLORER_HOME", str(home))
    monkeypatch.setenv("EXPLORER_ENGINE", engine)

    rounds = Killing(home, engine, Network(folder / "tables", nodes=200), seed=7).run(ROUNDS[engine])

    embedded.stop(home, engine)
    assert {one.outcome for one in rounds} <= {OLD, NEW, THROUGH, UNHURT}
    assert {one.outcome for one in rounds} & {NEW, THROUGH}
    assert [f"{one.kind}, {one.victim}: {fault}" for one in rounds for fault in one.faults] == []
    assert sum(one.pages for one in rounds) > ROUNDS[engine]
