"""Homes of their own for tests of the local engine."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph_store import embedded
from graph_store.engine_home import ENGINES
from tests.integration.engine_place import NEO4J_IS_NOT_HERE, Place


@pytest.fixture(params=ENGINES)
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    if request.param == "neo4j" and embedded.missing_extra():
        if os.environ.get("EXPLORER_REQUIRE_ENGINES"):
            pytest.fail(NEO4J_IS_NOT_HERE)
        pytest.skip(NEO4J_IS_NOT_HERE)
    monkeypatch.setenv("EXPLORER_LINGER", "0.2")
    yield Place(tmp_path / "home", request.param)
    embedded.stop(tmp_path / "home", request.param)


@pytest.fixture
def arcadedb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    monkeypatch.setenv("EXPLORER_LINGER", "0.2")
    yield Place(tmp_path / "home", "arcadedb")
    embedded.stop(tmp_path / "home", "arcadedb")
