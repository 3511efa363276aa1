"""On the local engine: loads killed at random moments leave the old graph or the new one, and the next goes well."""

from pathlib import Path

import pytest

from benchmarks.faults import NEW, THROUGH
from tests.integration.killing import ROUNDS, faults, killed


def test_a_load_killed_at_any_moment_leaves_one_whole_graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rounds = killed("arcadedb", tmp_path, monkeypatch)

    assert faults(rounds) == []
    assert len(rounds) == ROUNDS
    assert {one.outcome for one in rounds} & {NEW, THROUGH}
    assert sum(one.pages for one in rounds) > len(rounds)
