"""The connection: from an address to plain values, the same on every engine.

With ``NEO4J_URI`` set, that Neo4j; without it the local engine of
`graph_store.embedded`. Reading returns lists of dicts of plain values, never
driver objects, so that results look the same on every engine and can be
cached. Writing goes through managed transactions, which the driver retries.
"""

import os
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, LiteralString, Self, TypeVar

import neo4j
from neo4j.api import BookmarkManager
from neo4j.exceptions import ClientError, DriverError, Forbidden, IncompleteCommit, Neo4jError
from neo4j.time import Date, DateTime

from languages.words import _

from . import embedded, failures
from .errors import EngineAway, WriteRefused, WrongUse

Row = dict[str, Any]
Result = TypeVar("Result")

READER, WRITER = "reader", "writer"
SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")

# One for each server and database: whatever this process reads is at least as new as what it wrote.
_bookmarks: dict[tuple[str, str | None], BookmarkManager] = {}
# A page tells soon that its engine is away; a loader waits longer for it to come back.
_RETRY_SECONDS = {READER: 4.0, WRITER: 30.0}
_LOCAL_RETRY_SECONDS = 1.0  # of the driver, at a time
_STALE_BOOKMARKS = re.compile(r"\.(BookmarkTimeout|InvalidBookmark|InvalidBookmarkMixture)$")


@dataclass(frozen=True)
class ServerInfo:
    """What answers at the address."""

    engine: str  # "neo4j" or "arcadedb"
    version: str
    address: str  # without user and password
    database: str
    local: bool


class AnswerLost(EngineAway):
    """The engine went away while it committed: whether it did must be looked up there."""


class Writer:
    """A transaction that can write; handed to the function given to `Store.write`."""

    def __init__(self, transaction: neo4j.ManagedTransaction) -> None:
        self._transaction = transaction

    def run(self, cypher: str, **parameters: Any) -> list[Row]:
        """Run one statement inside the transaction and return all its rows."""
        return [plain_row(record) for record in self._transaction.run(_literal(cypher), parameters)]


@dataclass
class Store:
    """An open connection to one graph. Close it, or use it in a ``with``.

    Parameters
    ----------
    driver
        The driver, open.
    local
        The lease on the local engine, None on a server of one's own.
    """

    driver: neo4j.Driver
    address: str
    database: str | None = None
    local: embedded.Lease | None = None
    writable: bool = False
    _info: ServerInfo | None = field(default=None, init=False)

    def read(
        self, cypher: str, parameters: Mapping[str, Any] | None = None, *, seconds: float | None = None
    ) -> list[Row]:
        """Rows of a statement that only reads.

        Parameters
        ----------
        cypher
            The statement; values travel in `parameters`, never in its text.
        seconds
            Time limit; None for the engine's own.

        Raises
        ------
        EngineAway
            When the engine does not answer.
        WriteRefused
            When the statement would write.
        neo4j.exceptions.Neo4jError
            When the engine finds the statement wrong.
        """
        return self.read_table(cypher, parameters, seconds=seconds)[1]

    def read_table(
        self, cypher: str, parameters: Mapping[str, Any] | None = None, *, seconds: float | None = None
    ) -> tuple[list[str], list[Row]]:
        """Column names and rows of a statement that only reads; as `read` otherwise."""

        @neo4j.unit_of_work(timeout=seconds)
        def work(transaction: neo4j.ManagedTransaction) -> tuple[list[str], list[Row]]:
            result = transaction.run(_literal(cypher), dict(parameters or {}))
            return list(result.keys()), [plain_row(record) for record in result]

        def ask() -> tuple[list[str], list[Row]]:
            with self.session(neo4j.READ_ACCESS) as session:
                return session.execute_read(work)

        return self.guarded(ask)

    def read_through(
        self,
        cypher: str,
        work: Callable[[Iterator[Row]], Result],
        parameters: Mapping[str, Any] | None = None,
        *,
        seconds: float | None = None,
    ) -> Result:
        """What `work` makes of the rows of a statement that only reads, one after the other; as `read` otherwise.

        No more than a page of rows is held at a time. `work` begins anew when the engine asks for a retry.
        """

        @neo4j.unit_of_work(timeout=seconds)
        def through(transaction: neo4j.ManagedTransaction) -> Result:
            return work(plain_row(record) for record in transaction.run(_literal(cypher), dict(parameters or {})))

        def ask() -> Result:
            with self.session(neo4j.READ_ACCESS) as session:
                return session.execute_read(through)

        return self.guarded(ask)

    def write(self, work: Callable[[Writer], Result]) -> Result:
        """Run `work` in one transaction: all of it happens, or nothing.

        The driver runs `work` again when the engine asks for a retry, so it
        must not change anything outside the transaction.

        Raises
        ------
        AnswerLost
            When the engine went away while it committed: all of it happened, or nothing.
        EngineAway
            When the engine does not answer; nothing happened.
        LoadTooLarge, TookTooLong, NoSpaceLeft
            When the engine could not hold it; nothing happened.
        WriteRefused
            When the store was opened for reading, or the user may not write.
        """
        if not self.writable:
            raise WriteRefused(_("This connection can only read. Open the store as a writer to change the graph."))

        def once(transaction: neo4j.ManagedTransaction) -> Result:
            try:
                return work(Writer(transaction))
            except Neo4jError as error:
                # Told in here, so that the driver does not repeat what would only fail again.
                if told := failures.of_load(error, self.address):
                    raise told from error
                raise

        def ask() -> Result:
            with self.session(neo4j.WRITE_ACCESS) as session:
                try:
                    return session.execute_write(once)
                except Neo4jError as error:  # of the commit itself
                    if told := failures.of_load(error, self.address):
                        raise told from error
                    raise

        return self.guarded(ask)

    def run_alone(self, cypher: str) -> None:
        """Run one schema statement (constraint, index) in a transaction of its own."""
        self.write(lambda writer: writer.run(cypher))

    def info(self) -> ServerInfo:
        """What answers, by name and version (asked once)."""
        if self._info is None:
            rows = self.read("CALL dbms.components() YIELD name, versions RETURN name, versions[0] AS version")
            self._info = ServerInfo(
                engine=self.local.address.engine if self.local else "neo4j",
                version=self.local.address.version if self.local else str(rows[0]["version"]),
                address=self.address,
                database=self.database or "neo4j",
                local=self.local is not None,
            )
        return self._info

    def close(self) -> None:
        """Close the connection and give up the lease on the local engine."""
        self.driver.close()
        if self.local:
            self.local.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def session(self, access: str = neo4j.READ_ACCESS) -> neo4j.Session:
        """A session on the database, which sees all that this process has written there."""
        return self.driver.session(
            database=self.database, default_access_mode=access, bookmark_manager=self._bookmark_manager()
        )

    def reconnect(self) -> None:
        """Look for the local engine again when it has ended, and start it; a server is found again by itself."""
        if self.local is None or self.local.alive:
            return
        found = _open_local(WRITER if self.writable else READER, self.local.home, self.local.address.engine)
        self.driver.close()
        self.local.close()
        self.driver, self.address, self.local = found.driver, found.address, found.local

    def _bookmark_manager(self) -> BookmarkManager | None:
        if self.local:  # one server, which knows nothing older than itself
            return None
        return _bookmarks.setdefault((self.address, self.database), neo4j.GraphDatabase.bookmark_manager())

    def _asked(self, ask: Callable[[], Result]) -> Result:
        """What `ask` gives; a local engine that wants a retry is asked again for as long as it runs.

        The driver would wait in vain for one that ended: nobody but its users starts it again.
        """
        until = time.monotonic() + _RETRY_SECONDS[WRITER if self.writable else READER]
        while True:
            try:
                return ask()
            except (Neo4jError, DriverError) as error:
                lives = self.local is not None and self.local.alive
                if not lives or not error.is_retryable() or time.monotonic() > until:
                    raise

    def guarded(self, ask: Callable[[], Result]) -> Result:
        """What `ask` gives; errors of the driver become those that a person is told.

        Raises
        ------
        EngineAway
            When the engine does not answer.
        WriteRefused
            When it refuses a change.
        """
        try:
            return self._asked(ask)
        except Neo4jError as error:
            if _STALE_BOOKMARKS.search(error.code or "") and _bookmarks.pop((self.address, self.database), None):
                return self.guarded(ask)  # the database was put back from a backup, or made anew
            if isinstance(error, Forbidden | ClientError) and (
                isinstance(error, Forbidden) or "AccessMode" in (error.code or "")
            ):
                raise WriteRefused(
                    _("Only reading is allowed here, and this statement would change something.")
                ) from error
            if told := failures.of_place(error, self.address):
                raise told from error
            raise
        except IncompleteCommit as error:
            raise AnswerLost(str(failures.away(self.address))) from error
        except (DriverError, OSError) as error:
            raise failures.of_place(error, self.address) or failures.no_way(error, self.address) from error


def open_store(role: str = READER, home: Path | None = None) -> Store:
    """Open the graph that the environment names, or a local one of its own.

    Parameters
    ----------
    role
        ``"reader"`` for everything that only looks, ``"writer"`` for the loader.
    home
        Folder of a local graph beside the one that the environment names;
        ``NEO4J_URI`` has no say in it. None for the graph of the environment.

    Raises
    ------
    EngineAway
        When nothing answers at the address, or the local engine cannot start.
    WrongUse
        When the environment names an engine or address that does not exist.
    """
    uri = os.environ.get("NEO4J_URI", "").strip()
    return _open_server(uri, role) if uri and home is None else _open_local(role, home)


def _open_local(role: str, home: Path | None, engine: str | None = None) -> Store:
    lease = embedded.lease(home, engine)
    address = lease.address
    user = (
        (address.reader_username, address.reader_password) if role == READER else (address.username, address.password)
    )
    driver = neo4j.GraphDatabase.driver(address.uri, auth=user, **_driver_options(_LOCAL_RETRY_SECONDS))
    return Store(driver, address.uri, address.database, lease, role == WRITER)


def _open_server(uri: str, role: str) -> Store:
    shown = without_password(uri)
    database = os.environ.get("NEO4J_DATABASE") or None
    prefix = "NEO4J_READ_" if role == READER and os.environ.get("NEO4J_READ_USERNAME") else "NEO4J_"
    user = os.environ.get(prefix + "USERNAME", "neo4j"), os.environ.get(prefix + "PASSWORD", "")
    if shown.partition("://")[0] not in SCHEMES:  # such as http: the browser's address, which the driver half knows
        raise WrongUse(_no_address(shown))
    try:
        driver = neo4j.GraphDatabase.driver(shown, auth=user, **_driver_options(_RETRY_SECONDS[role]))
    except (ValueError, neo4j.exceptions.ConfigurationError) as error:
        raise WrongUse(_no_address(shown)) from error
    try:
        agent = driver.get_server_info().agent
    except (Neo4jError, DriverError, OSError, ValueError) as error:
        driver.close()
        raise failures.of_place(error, shown) or failures.no_way(error, shown) from error
    if old := failures.too_old(agent, shown):
        driver.close()
        raise old
    return Store(driver, shown, database, None, role == WRITER)


def _driver_options(retry_seconds: float) -> dict[str, Any]:
    return {
        "telemetry_disabled": True,
        "notifications_min_severity": "OFF",
        "connection_timeout": 10,
        "connection_acquisition_timeout": 15,
        "max_transaction_retry_time": retry_seconds,
    }


def without_password(uri: str) -> str:
    """`uri` without the user and password it may carry."""
    return re.sub(r"^([^:/@]+://)?.*@", r"\1", uri)


def columns_of(rows: Sequence[Row]) -> list[str]:
    """Column names in the order of the first row; empty without rows."""
    return list(rows[0]) if rows else []


def _no_address(address: str) -> str:
    return _(
        "NEO4J_URI is {address}, which is no address of a Neo4j (write neo4j://host:7687 or bolt://host:7687)."
    ).format(address=address)


def _literal(cypher: str) -> LiteralString:
    # The driver asks for literal text, against injection; ours comes from files and the schema.
    return cypher


def plain_row(record: neo4j.Record) -> Row:
    """A row of the driver as plain values, as `Store.read` gives them."""
    return {key: _plain(record[key]) for key in record.keys()}  # noqa: SIM118 (iterating a record gives its values)


def _plain(value: Any) -> Any:
    if isinstance(value, Date):
        return date(value.year, value.month, value.day)
    if isinstance(value, DateTime):
        return datetime.fromisoformat(value.to_native().isoformat())
    if isinstance(value, neo4j.graph.Node):
        return {"_labels": sorted(value.labels), **{key: _plain(item) for key, item in value.items()}}
    if isinstance(value, neo4j.graph.Relationship):
        return {"_type": value.type, **{key: _plain(item) for key, item in value.items()}}
    if isinstance(value, neo4j.graph.Path):
        return [
            _plain(item)
            for pair in zip(value.nodes, [*value.relationships, None], strict=True)
            for item in pair
            if item is not None
        ]
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value
