"""A load in steps: marked unfinished until its end, put right by the next load after it was killed."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks.faults import Network, dump
from graph_loader import api, commit, emptying, lock
from graph_loader.keep import all_loads
from graph_store.loads import NO_DATA, graph_state, settled
from graph_store.store import Store
from tests.integration.engine_place import ROOT

DYING_LOADER = """
import os, sys
from pathlib import Path
from graph_loader import api, commit
from graph_store.store import open_store

clear_mark = commit.clear_mark
def dying(*given, **named):
    clear_mark(*given, **named)
    dying.left -= 1
    if not dying.left:
        os.kill(os.getpid(), 9)
dying.left = int(sys.argv[2])
commit.clear_mark = dying
with open_store("writer") as store:
    api.load(Path(sys.argv[1]), "", store, in_steps=True)
"""
PUT_RIGHT = ["the same", "the same in steps", "another version", "the former version", "undo"]


@pytest.fixture
def network(tmp_path: Path) -> Network:
    return Network(tmp_path / "tables", nodes=100)


def killed_after(step: int, path: Path, environment: dict[str, str]) -> None:
    killed = subprocess.run(
        [sys.executable, "-c", DYING_LOADER, str(path), str(step)], env=environment, cwd=ROOT, check=False
    )
    assert killed.returncode == -9


def test_in_steps_comes_to_the_same_as_in_one_go(writer_store: Store, network: Network) -> None:
    api.load(network.version(1), "", writer_store)
    api.load(network.version(2), "", writer_store)
    wanted = dump(writer_store)
    api.load(network.version(1), "", writer_store)

    report = api.load(network.version(2), "", writer_store, in_steps=True)

    assert dump(writer_store) == wanted
    state = graph_state(writer_store)
    assert (state.version, state.unfinished, state.loading) == (report.version, "", "")
    assert api.load(network.version(2), "", writer_store).unchanged


@pytest.mark.parametrize("then", PUT_RIGHT)
def test_after_one_that_was_killed_the_next_puts_the_graph_right(
    writer_store: Store, cli_env: dict[str, str], network: Network, then: str
) -> None:
    wanted = {}
    for version in (1, 2, 3, 1):
        api.load(network.version(version), "", writer_store)
        wanted[version] = dump(writer_store)
    runs = len(all_loads(writer_store))

    killed_after(3, network.version(2), cli_env)

    assert dump(writer_store) not in wanted.values()
    assert "a change in steps that began at" in api.status(writer_store).unfinished
    assert settled(writer_store).quiet
    assert len(all_loads(writer_store)) == runs
    version = {"another version": 3, "the former version": 1, "undo": 3}.get(then, 2)
    if then == "undo":
        api.undo(writer_store, "")
    else:
        report = api.load(network.version(version), "", writer_store, in_steps=then.endswith("steps"))
        assert not report.unchanged
    assert dump(writer_store) == wanted[version]
    assert api.status(writer_store).unfinished == ""
    loads = {record.id for record in all_loads(writer_store)}
    kept = writer_store.read("MATCH (t:LoadedTable) RETURN DISTINCT t.load AS load")
    assert {row["load"] for row in kept} <= loads


def test_nothing_goes_before_all_that_comes_is_there(
    writer_store: Store, cli_env: dict[str, str], network: Network
) -> None:
    api.load(network.version(1), "", writer_store)
    before = {row["id"] for row in writer_store.read("MATCH (n:Project) RETURN n.id AS id")}

    killed_after(4, network.version(2), cli_env)

    there = {row["id"] for row in writer_store.read("MATCH (n:Project) RETURN n.id AS id")}
    assert before < there


def test_a_load_with_faults_leaves_the_mark(writer_store: Store, cli_env: dict[str, str], network: Network) -> None:
    api.load(network.version(1), "", writer_store)
    killed_after(3, network.version(2), cli_env)
    (network.version(3) / "participations.csv").write_text(
        "organisation,project,role\nnobody,p1,partner\n", encoding="utf-8"
    )

    assert not api.load(network.version(3), "", writer_store).loaded

    assert api.status(writer_store).unfinished


def test_reset_takes_the_mark_away(writer_store: Store, cli_env: dict[str, str], network: Network) -> None:
    killed_after(2, network.version(1), cli_env)

    api.reset(writer_store)

    assert api.status(writer_store).unfinished == ""
    assert api.load(network.version(1), "", writer_store).loaded


def test_a_reset_in_steps_empties_the_graph(
    writer_store: Store, network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(emptying, "_PORTION", 30)
    api.load(network.version(1), "", writer_store)

    api.reset(writer_store, in_steps=True)

    assert not any(writer_store.read("MATCH (n) WHERE NOT n:GraphState AND NOT n:LoadFence RETURN n LIMIT 1"))
    assert graph_state(writer_store).version == NO_DATA
    assert not graph_state(writer_store).unfinished


def test_after_a_reset_that_was_broken_off_the_next_load_leaves_nothing_of_what_was(
    writer_store: Store, network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(emptying, "_PORTION", 30)
    api.load(network.version(2), "", writer_store)
    wanted = dump(writer_store)
    api.load(network.version(1), "", writer_store)

    with monkeypatch.context() as patch:
        patch.setattr(commit, "clear_mark", stops_at_the_fourth())
        with pytest.raises(KeyboardInterrupt):
            api.reset(writer_store, in_steps=True)
    assert "a change in steps that began at" in api.status(writer_store).unfinished
    api.load(network.version(2), "", writer_store)

    assert dump(writer_store) == wanted
    assert not graph_state(writer_store).unfinished
    kept = {row["load"] for row in writer_store.read("MATCH (t:LoadedTable) RETURN DISTINCT t.load AS load")}
    assert kept == {run.id for run in all_loads(writer_store)}


def stops_at_the_fourth() -> Callable[..., None]:
    """The mark as it is cleared after each step, until somebody breaks off."""
    left = iter(range(3))

    def cleared(*given: Any, **named: Any) -> None:
        if next(left, None) is None:
            raise KeyboardInterrupt
        lock.clear_mark(*given, **named)

    return cleared
