"""Take the tables of old loads away, which would grow for ever; what was loaded when stays known."""

from dataclasses import dataclass
from typing import Any

from graph_store.errors import WrongUse
from graph_store.store import Store, Writer
from languages.words import _

from ..keep import CURRENT, LOADED, all_loads
from ..loading import new_id
from ..lock import only_loader, touch_fence
from ..write import Progress

_AT_ONCE = 200  # parts of up to a megabyte each


@dataclass(frozen=True)
class TidyReport:
    """The loads whose tables were taken away: they can be neither shown nor gone back to any more."""

    runs: tuple[str, ...]
    parts: int

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for ``--json``."""
        return {"runs": list(self.runs), "parts": self.parts}


def tidy(store: Store, keep: int, progress: Progress | None = None, *, wait: float = 0.0) -> TidyReport:
    """Take the tables of all but the last `keep` loads of each data set away.

    What the graph shows stays; the loads stay in the list of runs, and can no
    longer be gone back to or compared with.

    Raises
    ------
    WrongUse
        When `keep` is less than 1.
    """
    if keep < 1:
        raise WrongUse(_("Keep at least the last load of each data set: --keep 1."))
    run_id = new_id()
    with only_loader(store, run_id, command="tidy", wait=wait, told=progress):
        records = all_loads(store)
        shown = {record.tables for record in records if record.state == CURRENT}
        old: list[str] = []
        for data_set in dict.fromkeys(record.data_set for record in records):
            loads = [record for record in records if record.data_set == data_set and record.kind == LOADED]
            old += [load.id for load in loads[:-keep] if load.kept and load.id not in shown]
        parts = sum(_taken_away(store, run_id, load) for load in old)
    return TidyReport(tuple(old), parts)


def _taken_away(store: Store, run_id: str, load: str) -> int:
    """Marked first: tables that go in several pieces are then never taken for whole."""

    def mark(writer: Writer) -> None:
        touch_fence(writer, run_id)
        writer.run("MATCH (l:Load {id: $load}) SET l.kept = false", load=load)

    def piece(writer: Writer) -> int:
        touch_fence(writer, run_id)
        rows = writer.run(
            "MATCH (t:LoadedTable {load: $load}) WITH t LIMIT $limit WITH collect(t) AS old "
            "FOREACH (one IN old | DELETE one) RETURN size(old) AS count",
            load=load,
            limit=_AT_ONCE,
        )
        return int(rows[0]["count"])

    store.write(mark)
    count = 0
    while gone := store.write(piece):
        count += gone
    return count
