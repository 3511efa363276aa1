"""Answers that are kept for all sessions, and with each of them what it asked of the graph.

A page is made from answers that are kept, and still tells which questions it
rests on: what a function asked when it was worked out is told again whenever
its kept answer is used. So every page can be given as Cypher.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, Generic, ParamSpec, TypeVar

import streamlit as st

Given = ParamSpec("Given")
Result = TypeVar("Result")
Question = tuple[str, tuple[tuple[str, Any], ...]]  # name of a query, and its parameters by name
Questions = dict[tuple[str, str], Question]  # by name and how the parameters are written, in the order of asking

_noted: ContextVar[Questions | None] = ContextVar("noted", default=None)


@contextmanager
def noting() -> Iterator[Questions]:
    """Note what is asked within; what goes on around it notes the same."""
    around, mine = _noted.get(), Questions()
    token = _noted.set(mine)
    try:
        yield mine
    finally:
        _noted.reset(token)
        if around is not None:
            around.update(mine)


def note(name: str, parameters: tuple[tuple[str, Any], ...]) -> None:
    """A named query is being asked."""
    noted = _noted.get()
    if noted is not None:
        noted[name, repr(parameters)] = name, parameters


class Kept(Generic[Given, Result]):
    """A function whose answers are kept; a call tells again what its answer was made from."""

    def __init__(self, work: Callable[Given, Result], keep: Callable[[Any], Any]) -> None:
        @wraps(work)  # the cache knows a function by its name and its text
        def answered(*values: Given.args, **named: Given.kwargs) -> tuple[Result, Questions]:
            with noting() as asked:
                result = work(*values, **named)
            return result, asked

        self._kept = keep(answered)

    def __call__(self, *values: Given.args, **named: Given.kwargs) -> Result:
        """The answer, kept or worked out now."""
        result: Result
        result, asked = self._kept(*values, **named)
        noted = _noted.get()
        if noted is not None:
            noted.update(asked)
        return result

    def clear(self) -> None:
        """Forget all answers."""
        self._kept.clear()


def shared(most: int) -> Callable[[Callable[Given, Result]], Kept[Given, Result]]:
    """Keep the last `most` answers, which all sessions share as they are: nobody may change them."""
    return lambda work: Kept(work, st.cache_resource(show_spinner=False, max_entries=most))


def copied(most: int) -> Callable[[Callable[Given, Result]], Kept[Given, Result]]:
    """Keep the last `most` answers; each caller gets a copy of its own."""
    return lambda work: Kept(work, st.cache_data(show_spinner=False, max_entries=most))
