"""A page whose ground is still being worked out says so, and then comes by itself."""

import time
from collections.abc import Callable

import pytest
from page_words import title, words
from visiting import Open

from explorer.data import ahead, graph
from explorer.views import frame, waiting
from graph_store.errors import EngineAway

SECONDS = 30.0  # that the work waits for the page before it gives up
SAID = "One moment, please"


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The titles that a reader saw, one after another; no patience."""
    seen: list[str] = []
    show = frame.title

    def title_shown(text: str, *rest: str) -> None:
        seen.append(text)
        show(text, *rest)

    monkeypatch.setattr(frame, "title", title_shown)
    monkeypatch.setattr(waiting, "PATIENT", 0.0)
    monkeypatch.setattr(waiting, "STEP", 0.01)
    return seen


@pytest.fixture
def ground(demo: Open, monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], Open]:
    """Opens pages on the demo that rest on the work given."""

    def on(work: Callable[[], object]) -> Open:
        ahead._part.clear()
        monkeypatch.setitem(ahead.PARTS, "spread", work)
        return demo

    return on


def test_a_page_says_that_it_is_being_made_and_then_comes_by_itself(
    ground: Callable[[Callable[[], object]], Open], told: list[str]
) -> None:
    def work() -> None:
        end = time.monotonic() + SECONDS
        while SAID not in told and time.monotonic() < end:
            time.sleep(0.01)

    app = ground(work)("spread")

    assert told[0] == SAID
    assert title(app) == told[-1] != SAID
    assert SAID not in words(app)


def test_a_page_whose_ground_is_there_says_nothing_of_it(
    ground: Callable[[Callable[[], object]], Open], told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "PATIENT", SECONDS)

    ground(lambda: None)("spread")

    assert SAID not in told


def test_an_engine_that_goes_away_meanwhile_is_told(ground: Callable[[Callable[[], object]], Open]) -> None:
    def work() -> None:
        raise EngineAway("Nobody answers there.")

    app = ground(work)("spread")

    assert title(app) == "The graph cannot be reached"
    assert "Nobody answers there." in words(app)


def test_a_page_starts_again_when_the_data_are_loaded_anew_meanwhile(
    ground: Callable[[Callable[[], object]], Open],
) -> None:
    moved = [graph.DataMoved()]

    def work() -> None:
        if moved:
            raise moved.pop()

    app = ground(work)("spread")

    assert moved == []
    assert "approaches" in title(app)


def test_a_page_that_rests_on_nothing_does_not_wait(ground: Callable[[Callable[[], object]], Open]) -> None:
    def work() -> None:
        raise AssertionError

    app = ground(work)("search?q=work")

    assert "work" in title(app)


def test_what_one_page_writes_into_an_answer_stays_with_it(demo: Open) -> None:
    demo("overview")
    graph.begin()
    mine = graph.ask("regions")
    before = list(mine["name"])

    mine["name"] = "changed"
    mine.loc[0, "kind"] = "changed"
    del mine["country"]
    again = graph.ask("regions")

    assert list(again["name"]) == before
    assert "changed" not in set(again["kind"])
    assert "country" in again
