"""The door for stewards: who guesses waits for longer and longer, and keeps nobody out who knows the secret."""

import threading

import pytest

from explorer.data import door
from explorer.data.door import Door, Mistaken

SECRET = "a mill by the sea"


def wrong(one: Door, session: str, address: str = "") -> str:
    """Knock with a wrong secret; returns what is said."""
    with pytest.raises(Mistaken) as told:
        one.knock("guess", SECRET, session, address)
    return str(told.value)


def test_the_right_secret_opens_at_once_after_wrong_ones_of_other_sessions() -> None:
    one = Door(pace=0.0)
    for session in range(50):
        wrong(one, f"stranger {session}")

    one.knock(f" {SECRET} ", SECRET, "steward")  # raises where it is refused

    assert "steward" not in one._wrong


def test_a_session_waits_for_longer_after_each_wrong_secret_and_is_told_how_long() -> None:
    one = Door(pace=0.0)

    assert [wrong(one, "hasty") for _try in range(3)] == [
        "That is not the secret.",
        "That is not the secret.",
        "That is not the secret. The next can be tried in 4 seconds.",
    ]
    assert wrong(one, "hasty") == "After several wrong secrets the next can be tried in 4 seconds."
    with pytest.raises(Mistaken, match="the next can be tried in 4 seconds"):
        one.knock(SECRET, SECRET, "hasty")


@pytest.mark.parametrize(
    ("times", "seconds"), [(1, 0), (2, 0), (3, 4), (4, 8), (8, 128), (9, 256), (10, 300), (5000, 300)]
)
def test_the_wait_doubles_up_to_five_minutes(times: int, seconds: float) -> None:
    assert door._wait_after(times) == seconds


def test_the_right_secret_ends_the_wait_of_its_session() -> None:
    one = Door(pace=0.0)
    wrong(one, "forgetful"), wrong(one, "forgetful")

    one.knock(SECRET, SECRET, "forgetful")

    assert wrong(one, "forgetful") == "That is not the secret."


def test_after_a_wrong_secret_the_next_try_of_anybody_waits_and_is_let_in(monkeypatch: pytest.MonkeyPatch) -> None:
    one = Door(pace=60.0)
    wrong(one, "stranger")
    waited: list[float] = []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        one._free_at = 0.0

    monkeypatch.setattr(one._turns, "wait", wait)
    one.knock(SECRET, SECRET, "steward")

    assert [round(seconds) for seconds in waited] == [60]


def test_addresses_take_turns_however_many_tries_one_of_them_makes() -> None:
    one = Door(pace=0.0)
    one._served.update({"stranger": 7, "steward": 3})
    first, second = ("stranger", object()), ("stranger", object())
    steward = ("steward", object())

    one._line += [first, second, steward]

    assert one._next() is steward


def test_an_address_has_so_many_places_in_the_line_and_is_told_when_to_try_again() -> None:
    one = Door(pace=2.0)
    one._line += [("stranger", object()) for _try in range(door.PLACES)]

    assert wrong(one, "one more", "stranger") == (
        "Many secrets are being tried at the moment. Try again in 20 seconds."
    )


def test_tries_at_the_same_moment_are_looked_at_one_after_the_other() -> None:
    one = Door(pace=0.05)
    told: list[str] = []
    knocking = [threading.Thread(target=lambda place=place: told.append(wrong(one, f"s{place}"))) for place in range(5)]

    for each in knocking:
        each.start()
    for each in knocking:
        each.join()

    assert told == ["That is not the secret."] * 5
    assert one._line == []


def test_what_is_remembered_of_strangers_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "_REMEMBERED", 3)
    one = Door(pace=0.0)

    for session in range(6):
        wrong(one, f"session {session}", f"address {session}")

    assert list(one._wrong) == ["session 3", "session 4", "session 5"]
    assert len(one._served) == 3
