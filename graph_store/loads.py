"""The state of the data: which load the graph shows, and whether one is going on.

A commit is not atomic for a running scan on either engine. So a loader marks
the state as loading just before it commits and clears the mark with the new
version after it; readers look at the state before and after each page.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from languages.moments import moment
from languages.words import _

from .errors import ExplorerError
from .holder import Holder
from .store import Store

Result = TypeVar("Result")
NO_DATA = "empty"


class DataKeepChanging(ExplorerError):
    """Loads went on for as long as a reader was willing to wait."""


@dataclass(frozen=True)
class GraphState:
    """What a reader may know before it reads.

    `version` is the id of the last finished load (`NO_DATA` before the first);
    `loading` says who is committing since when, empty when nobody is;
    `unfinished` names a load that stopped half-way, empty when none did.
    """

    version: str = NO_DATA
    loaded_at: str = ""
    loading: str = ""
    unfinished: str = ""

    @property
    def quiet(self) -> bool:
        """Whether a page read now shows one version of the data."""
        return not self.loading


def graph_state(store: Store) -> GraphState:
    """The state as it stands written; see `settled` for what a reader should take it for."""
    rows = store.read(
        "MATCH (s:GraphState {id: 'state'}) "
        "RETURN s.version AS version, s.loaded_at AS loaded_at, s.loading AS loading, s.unfinished AS unfinished"
    )
    if not rows:
        return GraphState()
    row = {key: value for key, value in rows[0].items() if value}
    return GraphState(**row)


def settled(store: Store) -> GraphState:
    """The state as a reader should take it: a loader that died is not waited for.

    Returns
    -------
    GraphState
        As it is kept, unless it bears the mark of a loader that died. Then
        `loading` is empty, `unfinished` says what happened, and `version` is
        that of the load where its commit went through. Of a load in steps,
        `unfinished` says how it stands, in words.
    """
    state = graph_state(store)
    if not state.loading and not state.unfinished:
        return state
    silent, settling = _signs_of_life(store, state.loading or state.unfinished)
    holder = Holder.read(state.loading)
    told = _in_steps(state.unfinished, silent)
    if not state.loading or (holder and not holder.gone(silent)):
        return replace(state, unfinished=told)
    stopped = state.loading
    if holder:
        stopped = _("a load that began at {at} stopped before its end").format(at=moment(holder.since))
    if settling:  # its commit may go on without it
        return replace(state, unfinished=told or stopped)
    return replace(state, loading="", unfinished=told or stopped, version=version_left(store, state, holder))


def version_left(store: Store, state: GraphState, holder: Holder | None) -> str:
    """The version that the graph has after `holder` died while it committed: its load's, where that is there."""
    if holder is None:
        return state.version
    if holder.load == NO_DATA:  # a reset: it leaves no load
        return state.version if store.read("MATCH (l:Load) RETURN l.id AS id LIMIT 1") else NO_DATA
    return (
        holder.load if store.read("MATCH (l:Load {id: $id}) RETURN l.id AS id", {"id": holder.load}) else state.version
    )


def data_version(store: Store) -> str:
    """Id of the last finished load; `NO_DATA` before the first."""
    return graph_state(store).version


def read_whole(store: Store, read: Callable[[], Result], *, seconds: float = 60.0) -> tuple[str, Result]:
    """The result of `read`, made from one version of the data, with that version.

    Reads again when a load committed meanwhile.

    Raises
    ------
    DataKeepChanging
        When loads committed all the while, for `seconds`.
    """
    end = time.monotonic() + seconds
    while True:
        before = settled(store)
        if before.quiet:
            result = read()
            after = settled(store)
            if after.quiet and before.version == after.version:
                return after.version, result
        if time.monotonic() > end:
            raise DataKeepChanging(
                _("New data are being loaded all the while. Wait until the load is done, then try again.")
            )
        time.sleep(0.1)


def _signs_of_life(store: Store, mark: str) -> tuple[float | None, bool]:
    """Seconds since the marked loader's last heartbeat (None for none), and whether its commit may still go on."""
    rows = store.read(
        "MATCH (s:GraphState {id: 'state'}) OPTIONAL MATCH (l:GraphState {id: 'lock'}) "
        "RETURN s.settles > timestamp() AS settling, l.holder AS holder, timestamp() - l.beat AS silent"
    )
    holder, lock = Holder.read(mark), Holder.read((rows[0]["holder"] or "") if rows else "")
    known = holder and lock and lock.load == holder.load and rows[0]["silent"] is not None
    return (rows[0]["silent"] / 1000 if known else None), bool(rows and rows[0]["settling"])


def _in_steps(mark: str, silent: float | None) -> str:
    """How a load in steps stands, in words; empty for none."""
    holder = Holder.read(mark)
    if holder is None:
        return mark
    if holder.gone(silent):
        return _("a change in steps that began at {at} stopped before its end").format(at=moment(holder.since))
    return _("a change in steps has been going on since {at}").format(at=moment(holder.since))
