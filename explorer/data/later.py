"""Work that takes seconds, done while the page is already there."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from contextvars import copy_context
from functools import cache
from typing import Generic, TypeVar

T = TypeVar("T")


class Later(Generic[T]):
    """An answer that is being worked out beside the page, on the version of the data that the page was begun with."""

    def __init__(self, work: Callable[[], T]) -> None:
        self._future: Future[T] = _worker().submit(copy_context().run, work)

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
def _worker() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="later")
