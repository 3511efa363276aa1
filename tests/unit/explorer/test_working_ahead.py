"""What pages rest on is worked out once for each version of the data: before readers ask, or when the first does."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from explorer.analysis.ties import TIE_KINDS
from explorer.data import ahead, graph
from explorer.pages import PAGES
from explorer.server import working_ahead
from graph_store.errors import EngineAway
from graph_store.loads import NO_DATA, GraphState

SECONDS = 30.0  # that a test waits for another thread before it gives up


class World:
    """A graph that shows one version after another, and two parts that note for which they were worked out."""

    def __init__(self, *looks: GraphState | Exception) -> None:
        self.ended = threading.Event()
        self.done: list[tuple[str, str]] = []
        self.fault: Exception | None = None
        self._looks = iter(looks)
        self._state = GraphState()

    def begin(self) -> GraphState:
        """The next look at the graph; after the last one the watch is to end."""
        look = next(self._looks, None)
        if look is None:
            self.ended.set()
            return self._state
        if isinstance(look, Exception):
            raise look
        self._state = look
        return look

    def state(self) -> GraphState:
        """The state that was seen last."""
        return self._state

    def part(self, name: str) -> Callable[[], str]:
        """A part of that name."""

        def work() -> str:
            self.done.append((self._state.version, name))
            fault, self.fault = self.fault, None
            if fault:
                raise fault
            return name

        return work


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., World]]:
    """Lets the watch look at a graph, until it has seen everything."""

    def watch(*looks: GraphState | Exception, fault: Exception | None = None) -> World:
        world = World(*looks)
        world.fault = fault
        monkeypatch.setattr(graph, "begin", world.begin)
        monkeypatch.setattr(graph, "state", world.state)
        monkeypatch.setattr(ahead, "SECONDS", 0.0)
        monkeypatch.setattr(ahead, "SECONDS_AWAY", 0.0)
        monkeypatch.setattr(ahead, "PARTS", {name: world.part(name) for name in ("first", "second")})
        with ThreadPoolExecutor(1) as thread:  # it chooses a network for itself, not for this test
            thread.submit(ahead.watch, world.ended).result(SECONDS)
        return world

    ahead._part.clear()
    yield watch
    ahead._part.clear()


def test_the_parts_of_each_version_are_worked_out_once_and_in_order(watched: Callable[..., World]) -> None:
    old, new = GraphState("a-1"), GraphState("a-2")

    world = watched(old, old, new, new)

    assert world.done == [("a-1", "first"), ("a-1", "second"), ("a-2", "first"), ("a-2", "second")]


def test_an_empty_graph_and_a_load_that_goes_on_are_left_alone(watched: Callable[..., World]) -> None:
    world = watched(GraphState(NO_DATA), GraphState("b-1", loading="a steward"))

    assert world.done == []


def test_an_engine_that_is_away_is_looked_for_again(watched: Callable[..., World]) -> None:
    world = watched(EngineAway("away"), GraphState("c-1"))

    assert world.done == [("c-1", "first"), ("c-1", "second")]


@pytest.mark.parametrize("fault", [EngineAway("away"), graph.DataMoved()])
def test_a_part_that_the_engine_or_a_load_cut_short_is_tried_at_the_next_look(
    watched: Callable[..., World], fault: Exception
) -> None:
    state = GraphState("d-1")

    world = watched(state, state, fault=fault)

    assert world.done == [("d-1", "first"), ("d-1", "first"), ("d-1", "second")]


def test_a_fault_of_our_own_is_logged_and_not_repeated(
    watched: Callable[..., World], caplog: pytest.LogCaptureFixture
) -> None:
    state = GraphState("e-1")

    world = watched(state, state, fault=KeyError("no such column"))

    assert world.done == [("e-1", "first")]
    assert "no such column" in caplog.text


def test_many_readers_at_once_wait_for_one_working_out(
    watched: Callable[..., World], monkeypatch: pytest.MonkeyPatch
) -> None:
    world = watched()
    go_on = threading.Event()
    work = world.part("slow")
    monkeypatch.setitem(ahead.PARTS, "slow", lambda: (go_on.wait(SECONDS), work())[1])

    with ThreadPoolExecutor(20) as readers:
        waiting = [readers.submit(lambda: ahead.part("slow").answer()) for _reader in range(20)]
        go_on.set()
        answers = {reader.result(SECONDS) for reader in waiting}

    assert answers == {"slow"}
    assert len(world.done) == 1


def test_a_part_that_failed_is_worked_out_anew_for_the_next_reader(
    watched: Callable[..., World], monkeypatch: pytest.MonkeyPatch
) -> None:
    world = watched()
    monkeypatch.setitem(ahead.PARTS, "shaky", world.part("shaky"))
    world.fault = EngineAway("away")
    with pytest.raises(EngineAway):
        ahead.part("shaky").answer()

    assert ahead.part("shaky").answer() == "shaky"


def test_each_page_rests_on_a_part_that_there_is() -> None:
    networks = {f"network {tie.code}" for tie in TIE_KINDS}

    assert {entry.rests_on for entry in PAGES} - {""} | networks <= set(ahead.PARTS)


def test_the_watch_ends_with_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, over = threading.Event(), threading.Event()

    def watch(ended: threading.Event) -> None:
        begun.set()
        if ended.wait(SECONDS):
            over.set()

    monkeypatch.setattr(ahead, "watch", watch)

    async def serve() -> None:
        async with working_ahead(object()):
            assert await asyncio.to_thread(begun.wait, SECONDS)
            assert not over.is_set()

    with ThreadPoolExecutor(1) as thread:  # the browser tests keep a loop of their own running in this one
        thread.submit(asyncio.run, serve()).result()

    assert over.wait(SECONDS)
