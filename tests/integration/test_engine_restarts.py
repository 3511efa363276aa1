"""An engine that is stopped and started again in the middle of reads and loads: nothing lost, nothing doubled."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.faults import Network, dump
from graph_loader import api, commit, lock
from graph_loader.keep import all_loads
from graph_store import embedded, store
from graph_store.loads import graph_state
from graph_store.store import WRITER, Store, open_store
from tests.integration.engine_place import Place, Server


@pytest.fixture
def network(tmp_path: Path) -> Network:
    return Network(tmp_path / "tables", nodes=200)


@pytest.fixture
def server(place: Place, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    made = Server(place)
    for name, value in made.variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(commit, "_LOOK_SECONDS", 0.2)
    yield made
    made.close()


@pytest.fixture
def opened(server: Server) -> Iterator[Store]:
    with open_store(WRITER) as found:
        yield found


def test_an_engine_that_was_restarted_is_read_on_without_a_word(server: Server, opened: Store) -> None:
    opened.write(lambda writer: writer.run("CREATE (:Region {id: 'x'})"))
    server.stop()
    server.start()

    assert opened.read("MATCH (r:Region) RETURN r.id AS id") == [{"id": "x"}]


def test_a_load_goes_on_when_the_engine_was_restarted_before_its_commit(
    server: Server, opened: Store, network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    api.load(network.version(2), "", opened)
    wanted = dump(opened)
    api.load(network.version(1), "", opened)
    said: list[str] = []
    mark = lock.mark_loading
    marked: list[bool] = []

    def restarted_once(*given: object) -> None:
        if not marked:
            marked.append(True)
            server.stop()
            server.start()
        mark(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(commit, "mark_loading", restarted_once)

    report = api.load(network.version(2), "", opened, lambda step, *_how_far: said.append(step))

    assert dump(opened) == wanted
    assert (graph_state(opened).version, graph_state(opened).loading) == (report.version, "")
    assert marked


@pytest.mark.parametrize("committed", [True, False])
def test_a_load_whose_answer_was_lost_is_looked_for(
    server: Server, opened: Store, network: Network, monkeypatch: pytest.MonkeyPatch, committed: bool
) -> None:
    api.load(network.version(2), "", opened)
    wanted = dump(opened)
    api.load(network.version(1), "", opened)
    before = len(all_loads(opened))
    writes = opened.write
    attempts: list[bool] = []

    def answer_lost(work: object) -> object:
        if getattr(work, "__qualname__", "") != "_commit.<locals>.write":
            return writes(work)  # type: ignore[arg-type]
        attempts.append(True)
        if committed or len(attempts) > 1:
            writes(work)  # type: ignore[arg-type]
        if len(attempts) == 1:
            raise store.AnswerLost("The answer was lost.")
        return None

    monkeypatch.setattr(opened, "write", answer_lost)
    said: list[str] = []

    report = api.load(network.version(2), "", opened, lambda step, *_how_far: said.append(step))

    assert len(attempts) == (1 if committed else 2)
    assert "The graph engine does not answer at the moment; trying again …" in said
    assert dump(opened) == wanted
    assert len(all_loads(opened)) == before + 1
    assert graph_state(opened).version == report.version


def test_the_local_engine_is_started_again_at_another_port(place: Place, network: Network) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EXPLORER_HOME", str(place.home))
        patch.setenv("EXPLORER_ENGINE", place.engine)
        with open_store(WRITER) as local:
            api.load(network.version(1), "", local)
            wanted, former = dump(local), local.address
            embedded.stop(place.home, place.engine)

            local.reconnect()

            assert local.address != former
            assert dump(local) == wanted


def test_a_local_engine_that_is_killed_after_the_commit_is_started_again_and_the_load_ends_well(
    place: Place, network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXPLORER_HOME", str(place.home))
    monkeypatch.setenv("EXPLORER_ENGINE", place.engine)
    clear = lock.clear_mark
    killed: list[int] = []

    def killed_once(opened: Store, *given: str, **named: bool) -> None:
        if not killed and opened.local:
            killed.append(opened.local.pid)
            os.kill(opened.local.pid, signal.SIGKILL)
        clear(opened, *given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(commit, "clear_mark", killed_once)
    with open_store(WRITER) as local:
        report = api.load(network.version(1), "", local)

        assert killed
        assert (graph_state(local).version, graph_state(local).loading) == (report.version, "")
        assert [load.id for load in all_loads(local)] == [report.version]


def test_a_loader_that_was_replaced_meanwhile_names_no_version(writer_store: Store, network: Network) -> None:
    former = api.load(network.version(1), "", writer_store).version
    lock.move_fence(writer_store, "took over")

    lock.clear_mark(writer_store, "came late", "2026-01-01T00:00:00Z", unless_replaced="came late")

    assert graph_state(writer_store).version == former
