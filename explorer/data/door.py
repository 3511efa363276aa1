"""The door to what only data stewards may do: a secret in the environment, and how often it may be guessed at.

A stranger must neither guess the secret nor keep those out who know it:

* Each session waits for longer after each wrong secret of its own. That stops nobody who opens
  many sessions, so all tries together pass in turn: after a wrong one the next is looked at a
  second later, whoever gives it. The right secret is never refused on account of others.
* Addresses take turns in that line, and each has so many places in it: who knocks a thousand times
  from one address holds up another by one turn.

An address is used for nothing but its place in the line, since it proves nothing: it is None for
readers at this computer, and behind a proxy the proxy's for everybody, who then wait in one line.
What a proxy writes into headers could be written by anybody, and is not read.
"""

import hashlib
import hmac
import math
import os
import threading
import time
from collections import OrderedDict
from typing import TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from graph_store.errors import WrongUse
from languages.words import _, ngettext

from . import graph

__all__ = ["LEAST", "SECRET", "Door", "Mistaken", "Steward", "is_offered", "is_too_short"]

SECRET = "EXPLORER_STEWARD_SECRET"  # noqa: S105 (the name of the variable, not what it holds)
LEAST = 12  # characters of the secret
STAYS = 1800.0  # seconds for which a steward is known
AT_ONCE = 2  # wrong secrets of a session after which it need not wait
FIRST_WAIT, LONGEST_WAIT = 4.0, 300.0  # seconds: twice as many each time
PACE = 1.0  # seconds from a wrong secret to the next try, of all sessions together
PLACES = 10  # in the line, for each address
_REMEMBERED = 10_000  # sessions, and addresses: the oldest are forgotten

Value = TypeVar("Value")


class Mistaken(WrongUse):
    """The secret is not the one, or was tried too soon."""


class Door:
    """Lets those in who know a secret, one try after the other."""

    def __init__(self, pace: float = PACE) -> None:
        self._pace = pace
        self._turns = threading.Condition()
        self._line: list[tuple[str, object]] = []  # address and try, as they came
        self._served: OrderedDict[str, int] = OrderedDict()  # by address: which try of all was its last
        self._tries = 0
        self._free_at = 0.0
        self._wrong: OrderedDict[str, tuple[int, float]] = OrderedDict()  # sessions: how often, until when they wait

    def knock(self, given: str, secret: str, session: str, address: str = "") -> None:
        """Return for the right secret.

        Raises
        ------
        Mistaken
            For a wrong one, or where the session must wait.
        """
        with self._turns:
            times, until = self._wrong.get(session, (0, 0.0))
            if (wait := until - time.monotonic()) > 0:
                words = _("After several wrong secrets the next can be tried in {time}.")
                raise Mistaken(words.format(time=_in_words(wait)))
            if self._is_right(given, secret, address):
                self._wrong.pop(session, None)
                return
            wait = _wait_after(times + 1)
            _note(self._wrong, session, (times + 1, time.monotonic() + wait))
        words = _("That is not the secret.")
        if wait:
            words += " " + _("The next can be tried in {time}.").format(time=_in_words(wait))
        raise Mistaken(words)

    def _is_right(self, given: str, secret: str, address: str) -> bool:
        """Compare when it is this try's turn; others go on while it waits."""
        if sum(other == address for other, _try in self._line) >= PLACES:
            words = _("Many secrets are being tried at the moment. Try again in {time}.")
            raise Mistaken(words.format(time=_in_words(PLACES * self._pace)))
        mine = (address, object())
        self._line.append(mine)
        try:
            while self._next() is not mine or time.monotonic() < self._free_at:
                self._turns.wait(max(self._free_at - time.monotonic(), 0.05))
            self._tries += 1
            _note(self._served, address, self._tries)
            right = hmac.compare_digest(_fingerprint(given.strip()), _fingerprint(secret))
            if not right:
                self._free_at = time.monotonic() + self._pace
            return right
        finally:
            self._line.remove(mine)
            self._turns.notify_all()

    def _next(self) -> tuple[str, object]:
        """Whose turn it is: the first in line of the address that has waited longest for one."""
        return min(self._line, key=lambda one: self._served.get(one[0], 0))


_door = Door()


class Steward:
    """Somebody who knew the secret, for a while."""

    def __init__(self, given: str) -> None:
        if not is_offered():
            raise Mistaken(_("Uploads are off."))
        context = get_script_run_ctx(suppress_warning=True)
        _door.knock(given, _secret(), context.session_id if context else "", st.context.ip_address or "")
        self._until = time.monotonic() + STAYS
        self._known_by = _fingerprint(_secret())

    def is_known(self) -> bool:
        """Whether the secret is still the one that was given, not too long ago."""
        return is_offered() and time.monotonic() < self._until and self._known_by == _fingerprint(_secret())


def is_offered() -> bool:
    """Whether stewards may upload: a secret is set, and this is the network of the records."""
    return len(_secret()) >= LEAST and not graph.simulated()


def is_too_short() -> bool:
    """Whether a secret is set that is too short to keep anybody out."""
    return 0 < len(_secret()) < LEAST


def _wait_after(times: int) -> float:
    """Seconds that a session waits after so many wrong secrets."""
    return 0.0 if times <= AT_ONCE else min(FIRST_WAIT * 2 ** min(times - AT_ONCE - 1, 20), LONGEST_WAIT)


def _in_words(seconds: float) -> str:
    whole = max(math.ceil(seconds), 1)
    if whole < 100:
        return ngettext("{count} second", "{count} seconds", whole)
    return ngettext("{count} minute", "{count} minutes", -(-whole // 60))


def _note(kept: OrderedDict[str, Value], name: str, value: Value) -> None:
    kept[name] = value
    kept.move_to_end(name)
    while len(kept) > _REMEMBERED:
        kept.popitem(last=False)


def _secret() -> str:
    return os.environ.get(SECRET, "").strip()


def _fingerprint(words: str) -> bytes:
    """Of equal length for all, so that to compare two takes equally long."""
    return hashlib.sha256(words.encode()).digest()
