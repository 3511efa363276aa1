"""Rounds of loads that are killed, for the tests of each engine: those of `benchmarks.faults` on a small network."""

from pathlib import Path

import pytest

from benchmarks.faults import NEW, OLD, THROUGH, UNHURT, Killing, Network, Round
from graph_store import embedded

ROUNDS = 20  # two or more of each kind of load with each victim


def killed(engine: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[Round]:
    """What came of loads on an engine of their own, each killed, or its engine, at a moment of chance."""
    home = folder / "home"
    monkeypatch.setenv("EXPLORER_HOME", str(home))
    monkeypatch.setenv("EXPLORER_ENGINE", engine)
    try:
        return Killing(home, engine, Network(folder / "tables", nodes=200), seed=7).run(ROUNDS)
    finally:
        embedded.stop(home, engine)


def faults(rounds: list[Round]) -> list[str]:
    """What is wrong: neither the old graph nor the new one, a wrong status, or a next load that failed."""
    found = [f"{one.kind}, {one.victim}: {fault}" for one in rounds for fault in one.faults]
    return found + [one.outcome for one in rounds if one.outcome not in (OLD, NEW, THROUGH, UNHURT)]
