"""On Neo4j: the same as in `test_killed_loads`; a file of its own, so that another process runs it meanwhile."""

from pathlib import Path

import pytest

from benchmarks.faults import NEW, THROUGH
from tests.conftest import neo4j_or_skip
from tests.integration.killing import ROUNDS, faults, killed


@pytest.mark.neo4j
def test_a_load_killed_at_any_moment_leaves_one_whole_graph_on_neo4j(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    neo4j_or_skip()
    rounds = killed("neo4j", tmp_path, monkeypatch)

    assert faults(rounds) == []
    assert len(rounds) == ROUNDS
    assert {one.outcome for one in rounds} & {NEW, THROUGH}
    assert sum(one.pages for one in rounds) > len(rounds)
