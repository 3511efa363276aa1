"""One loader at a time, and the mark that tells readers that a load is being committed.

Two loads that merge the same new keys end in an error on the local engine, and
no commit is atomic for a running scan on any. So a loader holds a lock for as
long as it works, and marks the state of the graph just before it commits.
"""

import os
import socket
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import filelock
import psutil

from graph_store import embedded
from graph_store.errors import ExplorerError
from graph_store.loads import GraphState, graph_state
from graph_store.store import Store, Writer
from languages.words import _

EXPIRES_SECONDS = 30 * 60
_FIELD = " | "


class AnotherLoadRuns(ExplorerError):
    """Another loader is changing the graph at the moment."""


@dataclass(frozen=True)
class Holder:
    """A process that loads: enough to tell later, from the same machine, whether it still lives."""

    load: str
    host: str
    pid: int
    started: int  # when the process began, in seconds: process ids are used again
    at: int

    @classmethod
    def here(cls, load: str) -> "Holder":
        """The very process that asks."""
        return cls(load, socket.gethostname(), os.getpid(), _started(os.getpid()) or 0, int(time.time()))

    @classmethod
    def read(cls, mark: str) -> "Holder | None":
        """The holder that a mark names; None for a text that is no mark."""
        parts = mark.split(_FIELD)
        if len(parts) != 5 or not all(part.isdigit() for part in parts[2:]):
            return None
        return cls(parts[0], parts[1], *map(int, parts[2:]))

    @property
    def mark(self) -> str:
        """The text kept in the graph."""
        return _FIELD.join([self.load, self.host, str(self.pid), str(self.started), str(self.at)])

    @property
    def gone(self) -> bool:
        """Whether the process has ended; of another machine's, after half an hour."""
        if self.host == socket.gethostname():
            return _started(self.pid) != self.started
        return time.time() - self.at > EXPIRES_SECONDS

    @property
    def since(self) -> str:
        """When it took hold, as ISO text."""
        return datetime.fromtimestamp(self.at, UTC).isoformat(timespec="seconds")


@contextmanager
def only_loader(store: Store, load: str) -> Iterator[None]:
    """Be the one that changes the graph; clears what a loader that died has left.

    Raises
    ------
    AnotherLoadRuns
        When another process loads into the same graph.
    """
    with _local_lock(store.local) if store.local else _server_lock(store, Holder.here(load)):
        clear_stale_mark(store)
        yield


def mark_loading(store: Store, load: str) -> None:
    """Tell readers that the graph is about to change: in a session of its own, just before the commit."""
    mark = Holder.here(load).mark
    store.write(
        lambda writer: _set_state(writer, "MERGE (s:GraphState {id: 'state'}) SET s.loading = $mark", mark=mark)
    )


def clear_mark(store: Store, version: str, at: str) -> None:
    """Tell readers that the graph is whole again, and of which version."""
    text = (
        "MERGE (s:GraphState {id: 'state'}) "
        "SET s.version = $version, s.loaded_at = $at, s.loading = '', s.unfinished = ''"
    )
    store.write(lambda writer: _set_state(writer, text, version=version, at=at))


def clear_stale_mark(store: Store) -> None:
    """Clear the mark of a loader that died; call only while holding the lock.

    It may have died before its commit, after it, or while it waited for the
    answer: whether its load is there decides which version the graph has.
    """
    state = graph_state(store)
    if not state.loading and not state.unfinished:
        return
    holder = Holder.read(state.loading)
    found = store.read("MATCH (l:Load {id: $id}) RETURN l.at AS at", {"id": holder.load if holder else ""})
    if holder and found:
        clear_mark(store, holder.load, found[0]["at"])
    else:
        clear_mark(store, state.version, state.loaded_at)


def unfinished(state: GraphState) -> str:
    """The load that stopped half-way, in words; empty when none did."""
    holder = Holder.read(state.loading)
    if not state.loading or (holder and not holder.gone):
        return state.unfinished
    if holder is None:
        return state.loading
    return _("a load that began at {at} stopped before its end").format(at=holder.since)


def settled(store: Store) -> GraphState:
    """The state as a reader should take it: a loader that died is not waited for.

    Returns
    -------
    GraphState
        As it is kept, unless it bears the mark of a loader that died. Then
        `loading` is empty, `unfinished` says what happened, and `version` is
        that of the load where its commit went through.
    """
    state = graph_state(store)
    stopped = unfinished(state)
    if not state.loading or not stopped:
        return state
    holder = Holder.read(state.loading)
    load = holder.load if holder else ""
    committed = bool(store.read("MATCH (l:Load {id: $id}) RETURN l.id AS id", {"id": load}))
    return replace(state, loading="", unfinished=stopped, version=load if committed else state.version)


def _set_state(writer: Writer, text: str, **values: str) -> None:
    writer.run(text, **values)


@contextmanager
def _local_lock(lease: embedded.Lease) -> Iterator[None]:
    try:
        with filelock.FileLock(lease.home / f"loader-{lease.address.engine}.lock", timeout=0):
            yield
    except filelock.Timeout as error:
        raise AnotherLoadRuns(_("Another load is running. Wait until it is done, then try again.")) from error


@contextmanager
def _server_lock(store: Store, holder: Holder) -> Iterator[None]:
    token = uuid.uuid4().hex
    store.write(lambda writer: _take(writer, token, holder))
    try:
        yield
    finally:
        release = "MATCH (l:GraphState {id: 'lock'}) WHERE l.token = $token SET l.token = '', l.holder = ''"
        store.write(lambda writer: _set_state(writer, release, token=token))


def _take(writer: Writer, token: str, holder: Holder) -> None:
    # Writing first makes a second loader wait here until the first one has its lock in place.
    rows = writer.run(
        "MERGE (l:GraphState {id: 'lock'}) SET l.asked = $token RETURN l.token AS token, l.holder AS holder",
        token=token,
    )
    other = Holder.read(rows[0]["holder"] or "")
    if rows[0]["token"] and other and not other.gone and rows[0]["token"] != token:
        raise AnotherLoadRuns(
            _("Another load has been running on {host} since {at}. Wait until it is done, then try again.").format(
                host=other.host, at=other.since
            )
        )
    _set_state(
        writer,
        "MATCH (l:GraphState {id: 'lock'}) SET l.token = $token, l.holder = $mark",
        token=token,
        mark=holder.mark,
    )


def _started(pid: int) -> int | None:
    try:
        return int(psutil.Process(pid).create_time())
    except psutil.Error:
        return None
