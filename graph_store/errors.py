"""The errors a person may meet: each one says what happened and what to try next."""

from __future__ import annotations


class ExplorerError(Exception):
    """Base of every error that is told to a person.

    ``str(error)`` is one clear sentence with the next thing to try; it never holds a password.
    Where that thing is a command, `plain` says the same to whoever reads it in the app.
    """

    def __init__(self, *words: object, plain: str = "") -> None:
        super().__init__(*words)
        self._plain = plain

    @property
    def plain(self) -> str:
        """The sentence without a command in it."""
        return self._plain or str(self)


class EngineAway(ExplorerError):
    """The graph engine cannot be reached or started; the sentence names its address or its log."""


class EngineNotInstalled(EngineAway):
    """The engine that was asked for needs an optional part that is not installed."""


class WriteRefused(ExplorerError):
    """A statement that would change the graph came where only reading is allowed."""


class WrongUse(ExplorerError):
    """Something was asked for in a way that cannot work, such as a wrong environment variable."""


class EngineRefuses(EngineAway):
    """An engine answers but does not let us in: somebody must mend something, and trying again does not help."""


class LoadTooLarge(ExplorerError):
    """The engine has too little memory for what one transaction should hold; nothing was changed."""


class NoSpaceLeft(ExplorerError):
    """The engine's disk is full; nothing was changed."""


class TookTooLong(ExplorerError):
    """The engine ended a transaction at its time limit; nothing was changed."""
