"""Statements into the graph: in one transaction that readers are told of, or step by step where they were asked for.

An engine that goes away meanwhile is waited for, and the transaction is made
again; where only the answer to a commit was lost, the load is looked for first,
so that nothing is lost and nothing is doubled.
"""

import time
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from itertools import chain
from typing import Any

from neo4j.exceptions import Neo4jError

from graph_store.engines import NEO4J
from graph_store.errors import EngineAway, EngineRefuses, ExplorerError
from graph_store.store import Store, Writer
from languages.words import _

from .lock import clear_mark, clear_stale_mark, mark_loading, mark_unfinished, move_fence, touch_fence

Progress = Callable[[str, int, int], None]
Batch = list[dict[str, Any]]

PATIENCE_SECONDS = 60.0
"""How long an engine that went away is waited for, each time."""
_LOOK_SECONDS = 1.0
_LEAST_TO_PLAN_ANEW, _SHARE_TO_PLAN_ANEW = 1_000, 5


class GraphDiffers(ExplorerError):
    """The graph lacks what its own tables say: somebody wrote into it by other means."""


@dataclass(frozen=True)
class Statement:
    """One text with its rows, and whether it must find every one of them."""

    text: str
    rows: Batch
    all_found: bool = False


@dataclass(frozen=True)
class Work:
    """Statements that are made while others run, so that those of a large load are never all in memory.

    `make` is called for each attempt at a transaction; `rows` is how many rows all statements have together.
    """

    make: Callable[[], Iterable[Statement]]
    rows: int

    @classmethod
    def of(cls, statements: Sequence[Statement]) -> "Work":
        """Statements that are at hand."""
        return cls(lambda: statements, sum(len(statement.rows) for statement in statements))

    def __add__(self, more: "Work") -> "Work":
        """Both, one after the other."""
        return Work(lambda: chain(self.make(), more.make()), self.rows + more.rows)


def carry_out(store: Store, work: Work, version: str, at: str, progress: Progress) -> None:
    """Run statements in one transaction that readers are told of, and name the version that the graph then has.

    Parameters
    ----------
    version
        Id of the load, as `only_loader` knows it; the statements leave a node ``Load`` of that id.
    at
        Its moment, as ISO text.

    Raises
    ------
    GraphDiffers
        When a node that the tables name is not in the graph.
    LoadTooLarge, TookTooLong, NoSpaceLeft
        When the engine could not hold it; nothing was changed.
    EngineAway
        When the engine went away and did not come back; the graph is the old
        one or the new one then, and the next loader finds out which.
    """
    with _marks_cleared(store, version):
        told = _Told(progress, work.rows)
        _commit(store, work, version, told, version)
        _clear(store, told, version, version, at)
    _plan_anew(store, work.rows)


def carry_out_in_steps(store: Store, work: Work, last: Work, version: str, at: str, progress: Progress) -> None:
    """Run each statement in a transaction of its own; the graph is marked unfinished until the last ones are in.

    The statements must be such that any of them may be run again; those of
    `last` go into one transaction. Takes and raises what `carry_out` does; the
    graph is between two versions then, and stays marked until a load puts it right.
    """
    told = _Told(progress, work.rows + last.rows)
    mark_unfinished(store, version)
    with _marks_cleared(store, version):
        with closing(_ahead(work.make())) as statements:
            for number, statement in enumerate(statements, start=1):
                _commit(store, Work.of([statement]), version, told, "")
                _clear(store, told, version, f"{version}~{number}", at, whole=False)
        _commit(store, last, version, told, version)
        _clear(store, told, version, version, at)
    _plan_anew(store, told.total)


def _ahead(statements: Iterable[Statement]) -> Generator[Statement]:
    """Each statement, while the next one is made beside: the engine takes its time for one as well."""
    source = iter(statements)
    with ThreadPoolExecutor(1, "statements") as beside:
        coming = beside.submit(next, source, None)
        while statement := coming.result():
            coming = beside.submit(next, source, None)
            yield statement


class _Told:
    """Tells how far all statements are, over several transactions and several attempts at one."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress = progress
        self.total = total
        self.done = 0

    def show(self, done: int) -> None:
        self._progress(_("Writing"), done, self.total)

    def away(self) -> None:
        self._progress(_("The graph engine does not answer at the moment; trying again …"), 0, 0)


class _marks_cleared:  # noqa: N801 (used as a word in a with)
    """Whatever goes wrong within, readers are not left waiting for a commit that does not come."""

    def __init__(self, store: Store, load: str) -> None:
        self._store = store
        self._load = load

    def __enter__(self) -> None:
        return

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> None:
        if error is not None:
            try:
                # The commit may have come through before the answer was lost: the loader's own rule decides.
                clear_stale_mark(self._store, of=self._load)
            except (ExplorerError, Neo4jError):
                return  # the engine is away: the next loader clears the mark


def _commit(store: Store, work: Work, load: str, told: _Told, leaves: str) -> None:
    """One transaction, made again while the engine comes back; `leaves` is the id of the load that it leaves."""
    again = bool(leaves) and not _is_there(store, leaves)

    def write(writer: Writer) -> None:
        touch_fence(writer, load)
        done = told.done
        with closing(_ahead(work.make())) as statements:
            for statement in statements:
                told.show(done)
                _run(writer, statement)
                done += len(statement.rows)
        told.show(done)
        mark_loading(store, load, work.rows)

    while True:
        try:
            store.write(write)
            break
        except EngineAway as error:
            if not _came_back(store, told, error):
                raise
            move_fence(store, load)  # waits for a commit that is still under way, or keeps it out
            if again and _is_there(store, leaves):
                break
    told.done += work.rows


def _clear(store: Store, told: _Told, load: str, version: str, at: str, *, whole: bool = True) -> None:
    """Tell readers the new version; an engine that went away after the commit is waited for here too."""
    while True:
        try:
            clear_mark(store, version, at, whole=whole, unless_replaced=load)
            return
        except EngineAway as error:
            if not _came_back(store, told, error):
                raise


def _is_there(store: Store, load: str) -> bool:
    return bool(store.read("MATCH (l:Load {id: $id}) RETURN l.id AS id", {"id": load}))


def _came_back(store: Store, told: _Told, away: EngineAway) -> bool:
    """Wait for an engine that went away, and did not refuse; the local one is started again."""
    if isinstance(away, EngineRefuses):
        return False
    told.away()
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            store.reconnect()
            store.read("RETURN 1 AS one")
            return True
        except EngineRefuses:
            return False
        except EngineAway:
            if time.monotonic() > until:
                return False
        time.sleep(_LOOK_SECONDS)


def _run(writer: Writer, statement: Statement) -> None:
    result = writer.run(statement.text, rows=statement.rows)
    if statement.all_found and result[0]["found"] < len(statement.rows):
        raise GraphDiffers(
            _(
                "The graph lacks nodes that its tables name: it was changed by other means. "
                "Make it what they say with `graph-loader verify --mend`, then try again."
            )
        )


def _plan_anew(store: Store, rows: int) -> None:
    """Have Neo4j count again what its planner rests on, after a load that changed much of the graph.

    It would count by itself some time later, and plan until then as if the graph were as small as before.
    """
    if rows < _LEAST_TO_PLAN_ANEW or store.info().engine != NEO4J:
        return
    try:
        nodes = store.read("MATCH (n) RETURN count(n) AS number")[0]["number"]
        if rows * _SHARE_TO_PLAN_ANEW > nodes:
            store.read("CALL db.prepareForReplanning(10)")
    except (ExplorerError, Neo4jError):
        return  # not allowed to this user, or not there: slower for a while, and nothing worse
