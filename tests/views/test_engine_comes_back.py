"""An engine that is away: the page says that it tries again, and comes back by itself."""

import pytest
import streamlit as st
from page_words import title, words
from visiting import Open

from explorer.data import graph
from graph_store.errors import EngineRefuses

TRYING = "The graph engine does not answer at the moment; trying again …"


def test_a_page_says_that_it_tries_again(away: Open) -> None:
    assert TRYING in words(away("overview"))


def test_a_page_comes_back_by_itself(away: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[bool] = []
    drawn_again: list[bool] = []

    def answers() -> bool:
        looked.append(True)
        return True

    def at_once(**_given: object) -> object:  # the second look, which a browser asks for some seconds later
        return lambda draw: lambda: (draw(), draw())

    monkeypatch.setattr(graph, "answers", answers)
    monkeypatch.setattr(st, "fragment", at_once)
    monkeypatch.setattr(st, "rerun", lambda: drawn_again.append(True))

    away("overview")

    assert (looked, drawn_again) == ([True], [True])


def test_the_graph_answers_where_it_can_be_read(demo: Open) -> None:
    demo("overview")

    assert graph.answers()


def test_the_graph_does_not_answer_where_nobody_listens(away: Open) -> None:
    away("overview")

    assert not graph.answers()


def test_a_wrong_password_is_not_tried_again(away: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> None:
        raise EngineRefuses("bolt://x refuses this user and password.")

    monkeypatch.setattr(graph, "begin", refused)

    app = away("overview")

    assert title(app) == "The graph cannot be reached"
    assert "refuses this user and password" in words(app)
    assert TRYING not in words(app)
