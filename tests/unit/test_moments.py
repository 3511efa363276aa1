"""Moments are kept as UTC and shown by the clock of the computer."""

import time
from collections.abc import Callable, Iterator

import pytest

from languages.moments import local, moment

In = Callable[[str], None]


@pytest.fixture
def in_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[In]:
    """Sets the clock of this computer to a zone."""
    if not hasattr(time, "tzset"):
        pytest.skip("the zone of this system cannot be changed for one process")

    def turned(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield turned
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Europe/Amsterdam", "1 Jul 2026, 00:30 (UTC+2)"),
        ("UTC", "30 Jun 2026, 22:30 (UTC)"),
        ("Asia/Kolkata", "1 Jul 2026, 04:00 (UTC+5:30)"),
        ("America/St_Johns", "30 Jun 2026, 20:00 (UTC-2:30)"),
    ],
)
def test_a_moment_is_shown_by_the_clock_of_the_computer_with_its_distance_from_utc(
    in_zone: In, zone: str, words: str
) -> None:
    in_zone(zone)

    assert moment("2026-06-30T22:30:59.123456+00:00") == words
    assert moment("2026-06-30T22:30:59") == words


def test_summer_and_winter_have_their_own_distance(in_zone: In) -> None:
    in_zone("Europe/Amsterdam")

    assert moment("2026-12-01T12:00:00+00:00") == "1 Dec 2026, 13:00 (UTC+1)"
    assert moment("2026-12-01T12:00:00+00:00", zone=False) == "1 Dec 2026, 13:00"
    assert local("2026-12-01T12:00:00+00:00").isoformat() == "2026-12-01T13:00:00+01:00"


def test_no_moment_is_no_words() -> None:
    assert moment("") == ""
