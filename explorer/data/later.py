"""Work that takes seconds, done while the page is already there."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from contextvars import Context, copy_context
from functools import cache
from queue import SimpleQueue
from typing import Any, Generic, TypeVar

T = TypeVar("T")
Waiting = tuple["Future[Any]", Context, Callable[[], Any]]


class Later(Generic[T]):
    """An answer that is being worked out beside the page, on the version of the data that the page was begun with.

    Parameters
    ----------
    work
        What gives the answer.
    line
        Works of one line are done one after the other, works of several lines beside each other.
    """

    def __init__(self, work: Callable[[], T], line: str = "") -> None:
        self._future: Future[T] = Future()
        _line(line).put((self._future, copy_context(), work))

    def ready(self, patience: float = 0.0) -> bool:
        """Whether it is there, after waiting so many seconds at most."""
        try:
            self._future.exception(patience)
        except NotYet:
            return False
        return True

    @property
    def failed(self) -> bool:
        """Whether it ended without an answer."""
        return self._future.done() and self._future.exception() is not None

    def answer(self) -> T:
        """The answer, waited for; what went wrong in the work is raised here."""
        return self._future.result()


@cache
def _line(name: str) -> "SimpleQueue[Waiting]":
    """The line of that name, with the thread that works it off: it ends with the app, whatever is still waiting."""
    line: SimpleQueue[Waiting] = SimpleQueue()
    threading.Thread(target=_work_off, args=[line], name=f"later {name}".strip(), daemon=True).start()
    return line


def _work_off(line: "SimpleQueue[Waiting]") -> None:
    while True:
        _do(*line.get())


def _do(future: "Future[Any]", context: Context, work: Callable[[], Any]) -> None:
    try:
        answer = context.run(work)
    except BaseException as error:  # noqa: BLE001 (raised where the answer is asked for)
        future.set_exception(error)
    else:
        future.set_result(answer)
