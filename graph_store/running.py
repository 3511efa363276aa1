"""One's own statement, run beside everything else: with limits that are kept, and a stop that the engine obeys.

A `Running` reads in a thread of its own. It carries a marker, by which its
transaction is found and ended in the engine: closing a connection alone stops
nothing on the embedded engine. Whoever waits for it must look now and then;
one that nobody looks at is ended, so that a closed browser leaves nothing
behind. What no engine can end from outside, a loop inside one expression, goes
on until the engine's own time limit; it keeps its place among the few that may
run at once, so that such loops do not pile up.
"""

import contextlib
import secrets
import sys
import threading
import time
from collections.abc import Mapping
from contextvars import copy_context
from dataclasses import dataclass, field
from typing import Any, Final

import neo4j
from neo4j.exceptions import DriverError, Neo4jError

from languages.words import N_, _, number

from .cypher.returned import returned_columns
from .drawn import Drawing, Drawn
from .errors import ExplorerError
from .store import Row, Store, plain_row

AT_ONCE: Final = 4  # statements of this kind in one process
LOOKED_AT: Final = 15.0  # seconds after which a statement that nobody looks at is ended
TICK: Final = 0.25  # seconds between two looks of the watch
AGAIN: Final = 1.0  # seconds until the engine is asked once more to end it
LATE: Final = 10.0  # seconds that an end may take until it is given up waiting for
_MEGABYTE: Final = 1_000_000


ROWS, MEGABYTES, SECONDS, STOPPED, UNATTENDED = "rows", "megabytes", "seconds", "stopped", "unattended"
_ENDED: Final = {
    SECONDS: N_("Ended after {seconds} seconds, before the first row: ask for less, or bind more of the pattern."),
    STOPPED: N_("Stopped; the engine no longer works on it."),
    UNATTENDED: N_("Ended, because nobody was looking any more."),
}
_GOES_ON: Final = N_(
    "The engine does not end this statement from outside: it works on inside one expression, "
    "and ends at its own time limit. Do not run it again as it is."
)

_places = threading.BoundedSemaphore(AT_ONCE)


class TooManyRunning(ExplorerError):
    """As many statements run as may at once."""


class Ended(ExplorerError):
    """A statement was ended before it gave rows; `why` is ``seconds``, ``stopped`` or ``unattended``.

    `confirmed` is False where the engine works on.
    """

    def __init__(self, sentence: str, why: str, *, confirmed: bool) -> None:
        super().__init__(sentence)
        self.why = why
        self.confirmed = confirmed


@dataclass(frozen=True)
class Limits:
    """What a statement may use; rows and megabytes are those that are fetched."""

    rows: int = 10_000
    seconds: float = 30.0
    megabytes: float = 50.0


@dataclass(frozen=True)
class Answer:
    """What a statement gave.

    `cut` names the limit that it was cut at: ``rows``, ``megabytes``, ``seconds``,
    or is empty where these are all the rows. `drawn` are the nodes and
    relationships found anywhere in the rows.
    """

    columns: tuple[str, ...]
    rows: list[Row]
    cut: str
    seconds: float
    drawn: Drawing


@dataclass
class _Course:
    """How far it came; written by the reading thread, looked at by the others."""

    columns: tuple[str, ...] = ()
    rows: list[Row] = field(default_factory=list)
    drawn: Drawn = field(default_factory=Drawn)
    cut: str = ""
    whole: bool = False  # the last row was read
    bytes: int = 0


class Running:
    """A statement that is running; it begins at once.

    Parameters
    ----------
    store
        The connection; opened for reading. Judge the statement first: see `guard.refuse_changes`.
    cypher, parameters
        The statement and its values.
    limits
        Where it is cut.

    Raises
    ------
    TooManyRunning
        When as many as may are running.
    """

    def __init__(
        self,
        store: Store,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        limits: Limits | None = None,
    ) -> None:
        if not _places.acquire(blocking=False):
            raise TooManyRunning(
                _("{count} statements are running here already: wait until one has ended.").format(
                    count=number(AT_ONCE)
                )
            )
        self.cypher = cypher
        self.limits = limits or Limits()
        self._store = store
        self._parameters = dict(parameters or {})
        self._marker = f"explorer-{secrets.token_hex(8)}"
        self._course = _Course()
        self._error: Exception | None = None
        self._why = ""  # it is to end
        self._told_first = self._told = 0.0  # when the engine was told so
        self._over = threading.Event()
        self._lost = False
        self._began = self._seen = time.monotonic()
        self._took = 0.0
        for work in (self._work, self._watch):
            # a context each: the language of whoever asks is that of the sentences
            threading.Thread(target=copy_context().run, args=(work,), name="own-cypher", daemon=True).start()

    @property
    def seconds(self) -> float:
        """How long it has been running, or ran."""
        return self._took if self._over.is_set() else time.monotonic() - self._began

    @property
    def rows_so_far(self) -> int:
        """How many rows have been fetched."""
        return len(self._course.rows)

    @property
    def stopping(self) -> bool:
        """Whether it is to end and has not yet."""
        return bool(self._why) and not self.wait(0)

    def wait(self, seconds: float) -> bool:
        """Look at it, for so many seconds at most; True once there is an answer or an error."""
        self._seen = time.monotonic()
        over = self._over.wait(seconds)
        self._seen = time.monotonic()
        return over or self._lost

    def stop(self, patience: float = 3.0) -> bool:
        """End it in the engine.

        Returns
        -------
        bool
            Whether it has ended; False where the engine works on for now: see `answer`.
        """
        self._seen = time.monotonic()
        self._end(STOPPED)
        return self._over.wait(patience)

    def answer(self) -> Answer:
        """What it gave; waits until it has ended.

        Raises
        ------
        Ended
            When it was ended before it gave anything, or on demand.
        EngineAway
            When the engine went away.
        neo4j.exceptions.Neo4jError
            When the engine finds the statement wrong.
        """
        while not self.wait(TICK):
            continue
        course = self._course
        if not self._over.is_set():
            raise Ended(_(_GOES_ON), self._why, confirmed=False)
        if self._error:
            raise self._error
        if not course.whole and not course.cut and (self._why in (STOPPED, UNATTENDED) or not course.rows):
            sentence = _(_ENDED[self._why]).format(seconds=number(self.limits.seconds, 1))
            raise Ended(sentence, self._why, confirmed=True)
        columns = course.columns or returned_columns(self.cypher)
        cut = course.cut or ("" if course.whole else self._why)
        return Answer(columns, course.rows, cut, self._took, course.drawn.drawing())

    def _work(self) -> None:
        try:
            self._store.guarded(self._read)
        except Exception as error:  # noqa: BLE001 (raised where the answer is asked for)
            self._error = error
        finally:
            self._took = time.monotonic() - self._began
            self._over.set()
            _places.release()

    def _read(self) -> None:
        course = self._course
        session = self._store.session()
        try:
            with session, session.begin_transaction({"explorer": self._marker}, self._longest()) as transaction:
                # at the end, so that lines and columns of errors stay as they are
                result = transaction.run(f"{self.cypher}\n// {self._marker}", self._parameters)
                course.columns = tuple(result.keys())
                for record in result:
                    if not self._takes(record):
                        self._tell_engine()  # the embedded engine would work on to the last row
                        break
                else:
                    course.whole = True
        except (Neo4jError, DriverError) as error:
            if self._timed_out(error):
                self._why = self._why or SECONDS
            if not self._why and not course.cut:
                raise

    def _takes(self, record: neo4j.Record) -> bool:
        """Take a row; False, and the limit noted, where it is one too many."""
        course = self._course
        if self._why:
            return False
        if len(course.rows) >= self.limits.rows:
            course.cut = ROWS
            return False
        row = plain_row(record)
        course.bytes += size(row)
        if course.bytes > self.limits.megabytes * _MEGABYTE and course.rows:
            course.cut = MEGABYTES
            return False
        course.rows.append(row)
        course.drawn.take(record.values())
        return True

    def _watch(self) -> None:
        """End it when its time is up or nobody looks; ask again where the engine has not obeyed yet."""
        while not self._over.wait(TICK):
            now = time.monotonic()
            if self._why:
                self._lost = now - self._told_first > LATE
                if now - self._told > AGAIN:
                    self._tell_engine()
            elif now - self._began > self.limits.seconds:
                self._end(SECONDS)
            elif now - self._seen > LOOKED_AT:
                self._end(UNATTENDED)

    def _end(self, why: str) -> None:
        if not self._why:
            self._why = why
            self._told_first = time.monotonic()
        self._tell_engine()

    def _tell_engine(self) -> None:
        """Ask the engine to end the transaction that carries the marker; it may not have begun, or be gone."""
        self._told = time.monotonic()
        with contextlib.suppress(ExplorerError, Neo4jError, DriverError):
            rows = self._store.read("SHOW TRANSACTIONS", seconds=AGAIN * 5)
            ids = [row["transactionId"] for row in rows if self._is_mine(row)]
            if ids:
                self._store.read("TERMINATE TRANSACTIONS $ids", {"ids": ids}, seconds=AGAIN * 5)

    def _is_mine(self, row: Row) -> bool:
        return self._marker in str(row.get("currentQuery")) or self._marker in str(row.get("metaData"))

    def _longest(self) -> float:
        """The time limit sent along: later than ours, which says more."""
        return self.limits.seconds + LATE

    @staticmethod
    def _timed_out(error: Exception) -> bool:
        return isinstance(error, Neo4jError) and "TimedOut" in (error.code or "")


def size(value: Any) -> int:
    """How many bytes a value takes here, with all that is in it."""
    if isinstance(value, Mapping):
        return sys.getsizeof(value) + sum(size(item) for item in value.values())
    if isinstance(value, list):
        return sys.getsizeof(value) + sum(size(item) for item in value)
    return sys.getsizeof(value)
