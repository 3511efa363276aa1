"""The state of the data: which load the graph shows, and whether one is going on.

A commit is not atomic for a running scan on either engine. So a loader marks
the state as loading just before it commits and clears the mark with the new
version after it; readers look at the state before and after each page.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from .store import Store

Result = TypeVar("Result")
NO_DATA = "empty"


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
    """The state as it stands now."""
    rows = store.read(
        "MATCH (s:GraphState {id: 'state'}) "
        "RETURN s.version AS version, s.loaded_at AS loaded_at, s.loading AS loading, s.unfinished AS unfinished"
    )
    if not rows:
        return GraphState()
    row = {key: value for key, value in rows[0].items() if value}
    return GraphState(**row)


def data_version(store: Store) -> str:
    """Id of the last finished load; `NO_DATA` before the first."""
    return graph_state(store).version


def read_whole(store: Store, read: Callable[[], Result], *, seconds: float = 10.0) -> tuple[str, Result]:
    """The result of `read`, made from one version of the data, with that version.

    Reads again when a load committed meanwhile, for at most `seconds`; the last
    reading is returned then.
    """
    end = time.monotonic() + seconds
    while True:
        before = graph_state(store)
        result = read()
        after = graph_state(store)
        if (before.quiet and after.quiet and before.version == after.version) or time.monotonic() > end:
            return after.version, result
        time.sleep(0.1)
