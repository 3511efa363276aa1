"""Moments by the clock that the reader's browser tells of."""

from types import SimpleNamespace

import pytest
import streamlit as st

from explorer.views import frame
from languages import moments

LATE = "2026-11-23T20:05:00+00:00"


def clock(monkeypatch: pytest.MonkeyPatch, told: str | None) -> None:
    """Let the browser tell of a clock."""
    monkeypatch.setattr(st, "context", SimpleNamespace(timezone=told))


def test_a_moment_and_its_day_are_told_by_the_clock_of_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    clock(monkeypatch, "Asia/Tokyo")

    assert frame.moment(LATE) == "24 Nov 2026, 05:05"
    assert frame.day(LATE) == "24 Nov 2026"


@pytest.mark.parametrize("told", [None, "", "Atlantis/Centre", "../zone"])
def test_without_a_known_clock_it_is_that_of_this_computer_and_named(
    monkeypatch: pytest.MonkeyPatch, told: str | None
) -> None:
    clock(monkeypatch, told)

    assert frame.moment(LATE) == moments.moment(LATE)
    assert "UTC" in frame.moment(LATE)
    assert frame.day(LATE) in frame.moment(LATE)


def test_no_moment_is_no_words(monkeypatch: pytest.MonkeyPatch) -> None:
    clock(monkeypatch, "Europe/Amsterdam")

    assert (frame.moment(""), frame.day("")) == ("", "")
