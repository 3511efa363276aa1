"""How the local engine is chosen and set, and how a wrong or missing part is told."""

from pathlib import Path
from typing import Any

import pytest

from graph_store import embedded, engine_jars
from graph_store.errors import EngineAway, WrongUse
from tests.integration.engine_place import NEO4J_IS_NOT_HERE


def test_an_unknown_engine_is_refused_with_the_names_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPLORER_ENGINE", "mysql")
    with pytest.raises(WrongUse, match=r'"mysql".*"arcadedb" or "neo4j"'):
        embedded.engine_name()
    with pytest.raises(WrongUse):
        embedded.lease()


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("EXPLORER_COMMAND_TIMEOUT", "soon"),
        ("EXPLORER_COMMAND_TIMEOUT", "0"),
        ("EXPLORER_COMMAND_TIMEOUT", "nan"),
        ("EXPLORER_HEAP", "much"),
        ("EXPLORER_LINGER", "-1"),
    ],
)
def test_a_wrong_setting_is_told_before_anything_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(WrongUse, match=f'{variable} is "{value}"'):
        embedded.lease(tmp_path, "arcadedb")
    assert not list(tmp_path.iterdir())


def test_home_and_engine_follow_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("EXPLORER_HOME", str(tmp_path))
    monkeypatch.delenv("EXPLORER_ENGINE", raising=False)
    assert embedded.home() == tmp_path.resolve()
    assert embedded.engine_name() == "arcadedb"
    monkeypatch.setenv("EXPLORER_ENGINE", "Neo4j")
    assert embedded.engine_name() == "neo4j"


def test_a_missing_extra_is_told_with_the_way_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_jars, "missing_parts", lambda: ["jgo"])
    with pytest.raises(EngineAway, match=r"partnership-explorer\[neo4j\]"):
        embedded.lease(tmp_path, "neo4j")
    assert "jgo" in str(embedded.missing_extra())


def test_jars_that_cannot_be_fetched_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    jgo = pytest.importorskip("jgo", reason=NEO4J_IS_NOT_HERE)

    def no_network(_endpoint: str) -> list[Any]:
        raise ConnectionError("no route to host")

    monkeypatch.setattr(jgo, "resolve", no_network)
    monkeypatch.setenv("EXPLORER_NEO4J_VERSION", "5.0.999")
    with pytest.raises(EngineAway, match=r"5\.0\.999 could not be fetched .*no route to host.*try again"):
        embedded.lease(tmp_path, "neo4j")
