"""On Neo4j: the same as in `test_killed_loads`; a file of its own, so that another process runs it meanwhile."""

from pathlib import Path

import pytest

from tests.conftest import neo4j_or_skip
from tests.integration.killing import refute


@pytest.mark.neo4j
def test_a_load_killed_at_any_moment_leaves_one_whole_graph_on_neo4j(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    neo4j_or_skip()
    refute("neo4j", tmp_path, monkeypatch)
