"""One loader at a time, and the mark that tells readers that a load is being committed.

Two loads that merge the same new keys end in an error on the local engine, and
no commit is atomic for a running scan on any. So a loader holds a lock for as
long as it works, renews it by a heartbeat, and marks the state of the graph
just before it commits. A fence keeps out what a loader that died, or lost its
lock, may still have under way: each transaction of a load touches it, and the
next loader moves it first.
"""

import contextlib
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import filelock
from neo4j.exceptions import Neo4jError

from graph_store.errors import ExplorerError
from graph_store.holder import BEATS_EVERY_SECONDS, Holder
from graph_store.loads import NO_DATA, GraphState, graph_state, settled, version_left
from graph_store.store import Store, Writer
from languages.moments import moment
from languages.words import N_, _

from .progress import silent

__all__ = ["AnotherLoadRuns", "Holder", "LockLost", "clear_mark", "mark_loading", "only_loader", "settled"]

# A commit of so many rows may go on for so long after whoever asked for it died.
_COMMIT_SECONDS, _ROWS_A_SECOND = 10, 5_000
_ASKS_EVERY_SECONDS = 0.2
# Whoever has just taken hold is not known yet, nor is whoever has just let go gone.
_KNOWN_SOON_SECONDS = 5.0
_KINDS = {
    "load": N_("A load"),
    "undo": N_("An undo"),
    "removal": N_("A removal"),
    "repair": N_("A repair"),
    "reset": N_("A reset"),
    "restore": N_("A restore"),
    "tidy": N_("A clearing of old tables"),
}
Told = Callable[[str, int, int], None]
_held: set[str] = set()  # tokens of the locks that this process holds


class AnotherLoadRuns(ExplorerError):
    """Another loader is changing the graph at the moment; `who` in one sentence, empty where that is not known."""

    def __init__(self, sentence: str, who: str = "", *, plain: str = "") -> None:
        super().__init__(sentence, plain=plain)
        self.who = who


class LockLost(ExplorerError):
    """The loader was silent for so long that another one took its place."""


@contextmanager
def only_loader(
    store: Store, load: str, *, command: str = "load", wait: float = 0.0, told: Told | None = None
) -> Iterator[None]:
    """Be the one that changes the graph; clears what a loader that died has left.

    Parameters
    ----------
    load
        Id of the load.
    command
        What kind of change it is, for whoever else wants to load meanwhile.
    wait
        Seconds to wait for another loader to end.
    told
        Called with a sentence while it waits.

    Raises
    ------
    AnotherLoadRuns
        When another process loads into the same graph.
    """
    token, turn = uuid.uuid4().hex, _Turn(time.monotonic() + wait, told or silent)
    with _file_lock(store, turn):
        holder = Holder.here(load, command)  # holds from now, not from when it began to wait
        turn.come(lambda: store.write(lambda writer: _take(writer, token, holder)))
        _held.add(token)
        heart = _Heart(store, token)
        heart.start()
        try:
            move_fence(store, load)
            clear_stale_mark(store)
            yield
        finally:
            heart.stop()
            with contextlib.suppress(ExplorerError, Neo4jError):  # unreleased, it ends with its heartbeat
                store.write(lambda writer: writer.run(_RELEASE, token=token))
            _held.discard(token)


def touch_fence(writer: Writer, load: str) -> None:
    """Make the transaction fail if another loader took over, now or before it is committed.

    Raises
    ------
    LockLost
        When another one took over already.
    """
    rows = writer.run("MATCH (f:LoadFence {id: 'fence'}) SET f.touched = $load RETURN f.load AS load", load=load)
    if [row["load"] for row in rows] != [load]:
        raise LockLost(
            _("This load was silent for too long, and another one took its place; nothing was changed. Try again.")
        )


def mark_loading(store: Store, load: str, rows: int = 0) -> None:
    """Tell readers that the graph changes now: in a session of its own, just before the commit of so many rows."""
    text = "MERGE (s:GraphState {id: 'state'}) SET s.loading = $mark, s.settles = timestamp() + $longest"
    longest = 1000 * (_COMMIT_SECONDS + rows // _ROWS_A_SECOND)
    store.write(lambda writer: writer.run(text, mark=Holder.here(load).mark, longest=longest))


def mark_unfinished(store: Store, load: str) -> None:
    """Say that a load in steps is under way: the graph is between two versions until its end."""
    text = "MERGE (s:GraphState {id: 'state'}) SET s.unfinished = $mark"
    store.write(lambda writer: writer.run(text, mark=Holder.here(load).mark))


def clear_mark(store: Store, version: str, at: str, *, whole: bool = True, unless_replaced: str = "") -> None:
    """Tell readers that nobody commits any more, and which version the graph has.

    With `whole` False a load in steps is still on its way: what is unfinished stays so.
    With `unless_replaced`, the id of a load, nothing is done where another loader took its place meanwhile.
    """
    mine = "MATCH (f:LoadFence {id: 'fence'}) WHERE f.load = $load " if unless_replaced else ""
    text = "MERGE (s:GraphState {id: 'state'}) SET s.version = $version, s.loaded_at = $at, s.loading = ''"
    finished = ", s.unfinished = ''" if whole else ""
    store.write(lambda writer: writer.run(mine + text + finished, version=version, at=at, load=unless_replaced))


def clear_stale_mark(store: Store, *, of: str = "") -> None:
    """Clear the mark of a loader that died (or only that of the load `of`); call only while holding the lock.

    It may have died before its commit, after it, or while it waited for the
    answer: whether its load is there decides which version the graph has. What
    a load in steps left unfinished stays marked until a load puts it right.
    """
    state = graph_state(store)
    holder = Holder.read(state.loading)
    if not state.loading or (of and (holder is None or holder.load != of)):
        return
    version = version_left(store, state, holder)
    found = store.read("MATCH (l:Load {id: $id}) RETURN l.at AS at", {"id": version})
    clear_mark(store, version, found[0]["at"] if found else _loaded_at(state, version), whole=False)


def _loaded_at(state: GraphState, version: str) -> str:
    return "" if version == NO_DATA else state.loaded_at


_TAKE = (
    # Writing first makes a second loader wait here until the first one has its lock in place.
    "MERGE (l:GraphState {id: 'lock'}) SET l.asked = $token "
    "RETURN l.token AS token, l.holder AS holder, timestamp() - l.beat AS silent"
)
_HOLD = "MATCH (l:GraphState {id: 'lock'}) SET l.token = $token, l.holder = $mark, l.beat = timestamp()"
_BEAT = "MATCH (l:GraphState {id: 'lock'}) WHERE l.token = $token SET l.beat = timestamp()"
_RELEASE = "MATCH (l:GraphState {id: 'lock'}) WHERE l.token = $token SET l.token = '', l.holder = ''"
_FENCE = "MERGE (f:LoadFence {id: 'fence'}) SET f.load = $load, f.touched = $load"


class _Heart(threading.Thread):
    """Renews the lock while its holder works."""

    def __init__(self, store: Store, token: str) -> None:
        super().__init__(name="loader-heartbeat", daemon=True)
        self._store = store
        self._token = token
        self._ended = threading.Event()

    def run(self) -> None:
        """Beat until told to stop; an engine that is away is tried again."""
        while not self._ended.wait(BEATS_EVERY_SECONDS):
            with contextlib.suppress(ExplorerError, Neo4jError):
                self._store.write(lambda writer: writer.run(_BEAT, token=self._token))

    def stop(self) -> None:
        """Beat no more; returns at once."""
        self._ended.set()


@dataclass(frozen=True)
class _Turn:
    """The wait for what one loader at a time may have."""

    until: float
    told: Told

    def come(self, take: Callable[[], object]) -> None:
        """Take it as soon as it is free; refused when the time is over and who has it is known."""
        named_by = max(self.until, time.monotonic() + _KNOWN_SOON_SECONDS)
        while True:
            try:
                take()
            except AnotherLoadRuns as other:
                if time.monotonic() >= (self.until if other.who else named_by):
                    raise
                if other.who:
                    self.told(_("{who} This one waits for its end.").format(who=other.who), 0, 0)
                time.sleep(_ASKS_EVERY_SECONDS)
            else:
                return


@contextmanager
def _file_lock(store: Store, turn: _Turn) -> Iterator[None]:
    """Where the engine is on this computer, a lock that ends with its process, at once."""
    if store.local is None:
        yield
        return
    lock = filelock.FileLock(store.local.home / f"loader-{store.local.address.engine}.lock", timeout=0)

    def take() -> None:
        try:
            lock.acquire()
        except filelock.Timeout as error:
            raise _refused(_holder(store)) from error

    turn.come(take)
    try:
        yield
    finally:
        lock.release()


def _holder(store: Store) -> Holder | None:
    """Who holds the graph; None where it is not noted, or only of one that has ended."""
    rows = store.read("MATCH (l:GraphState {id: 'lock'}) RETURN l.holder AS holder")
    found = Holder.read((rows[0]["holder"] or "") if rows else "")
    return None if found is None or found.gone(0.0) else found


def _take(writer: Writer, token: str, holder: Holder) -> None:
    row = writer.run(_TAKE, token=token)[0]
    other = Holder.read(row["holder"] or "")
    if row["token"] and other and not _given_up(other, row["token"], row["silent"]):
        raise _refused(other)
    writer.run(_HOLD, token=token, mark=holder.mark)


def _given_up(other: Holder, token: str, silent: int | None) -> bool:
    """Whether a lock is held by nobody any more: its process ended, or went on without giving it back."""
    if other.here_too:
        return token not in _held
    return other.gone(None if silent is None else silent / 1000)


def _refused(other: Holder | None) -> AnotherLoadRuns:
    who = ""
    if other is not None:
        who = _("{kind} has been changing the graph from {host} since {at}.").format(
            kind=_(_KINDS.get(other.command, _KINDS["load"])), host=other.host, at=moment(other.since)
        )
    told = who or _("Something else is changing the graph at the moment.")
    by_command = _("Wait until it is done, then try again; or let this command wait for it: --wait 600 (seconds).")
    in_app = _("Wait until it is done, then try again.")
    return AnotherLoadRuns(f"{told} {by_command}", who, plain=f"{told} {in_app}")


def move_fence(store: Store, load: str) -> None:
    """Keep out the past: what was under way is there to be seen now, or can be committed no more."""
    store.write(lambda writer: writer.run(_FENCE, load=load))
