"""The loader's own records against themselves: every kept table can still be read, and all of it is there."""

from collections.abc import Iterator, Sequence
from functools import partial

from graph_store.store import Row, Store

from ..keep import BROKEN, LOADED, LoadRecord, unpacked
from .findings import Finding, Wrong


def broken_tables(store: Store, records: Sequence[LoadRecord]) -> list[Finding]:
    """The loads whose kept rows cannot be read whole, with the data set that they belong to."""
    text = "MATCH (t:LoadedTable {load: $load}) RETURN t ORDER BY t.part"
    loads = [record for record in records if record.kind == LOADED and record.kept]
    whole = {record.id: store.read_through(text, partial(_is_whole, record), {"load": record.id}) for record in loads}
    return [Finding(Wrong.TABLES, record.id, id=record.data_set) for record in loads if not whole[record.id]]


def _is_whole(record: LoadRecord, parts: Iterator[Row]) -> bool:
    """Whether all parts are there, each can be unpacked, and they hold as many rows as were loaded."""
    counts: dict[str, int] = {}
    for place, row in enumerate(parts):
        part = row["t"]
        try:
            rows = list(unpacked(part))
        except BROKEN:
            return False
        if part.get("part") != place or part.get("count") != len(rows):
            return False
        for one in rows:
            counts[one.table] = counts.get(one.table, 0) + bool(one.number)
    return {name: count for name, count in counts.items() if count} == {
        name: count for name, count in record.counts.items() if count
    }
