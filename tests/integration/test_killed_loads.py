"""Loads that are killed at random moments leave the old graph or the new one, and the next load goes well.

The rounds are those of `benchmarks.faults`, fewer of them and on a smaller network.
"""

from pathlib import Path

import pytest

from benchmarks.faults import NEW, OLD, THROUGH, UNHURT, Killing, Network
from graph_store import embedded
from tests.conftest import ENGINES, neo4j_or_skip

ROUNDS = 21  # each kind of load and each victim, at random moments and at the commit


@pytest.mark.parametrize("engine", [engine for engine in ENGINES if engine != "server"])
def test_a_load_killed_at_any_moment_leaves_one_whole_graph(
    engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if engine == "neo4j":
        neo4j_or_skip()
    home = tmp_path / "home"
    monkeypatch.setenv("EXPLORER_HOME", str(home))
    monkeypatch.setenv("EXPLORER_ENGINE", engine)

    rounds = Killing(home, engine, Network(tmp_path / "tables", nodes=200), seed=7).run(ROUNDS)

    embedded.stop(home, engine)
    assert {one.outcome for one in rounds} <= {OLD, NEW, THROUGH, UNHURT}
    assert {one.outcome for one in rounds} & {NEW, THROUGH}
    assert [f"{one.kind}, {one.victim}: {fault}" for one in rounds for fault in one.faults] == []
    assert sum(one.pages for one in rounds) > ROUNDS
