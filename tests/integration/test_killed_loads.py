"""On the local engine: loads killed at random moments leave the old graph or the new one, and the next goes well."""

from pathlib import Path

import pytest

from tests.integration.killing import refute


def test_a_load_killed_at_any_moment_leaves_one_whole_graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refute("arcadedb", tmp_path, monkeypatch)
