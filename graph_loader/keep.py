"""Every load keeps its tables in the graph: who said what, in which file and row.

A load is a node ``Load``; its rows are nodes ``LoadedTable``, compressed and in
parts, so that no message to the engine grows large. Neither is part of the
model that people see.
"""

import base64
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from graph_store.store import Store
from graph_store.tables import tables

from .faults import KINDS, Fault
from .plan import Plan
from .rows import DataSetRows, Place, RawTable, Row

# A run whose tables are shown; one that others followed; one that shows no tables of its own, such as a removal.
CURRENT, REPLACED, DONE = "current", "replaced", "done"
LOADED, UNDONE, REMOVED, REPAIRED = "load", "undo", "removal", "repair"
BY_COMMAND, BY_APP, BY_WATCH = "command", "app", "watch"
# Text of one part before compression; even what does not compress stays about a megabyte.
_PART_CHARACTERS = 800_000
_MOST_DOUBTS, _LONGEST_WORD = 300, 300
_RECORD = (
    *("id", "data_set", "at", "files", "hash", "model", "precedence", "counts", "state"),
    *("kind", "tables", "changes", "seconds", "by", "kept"),
)
_COLUMNS = ", ".join(f"l.{name} AS {name}" for name in _RECORD)


@dataclass(frozen=True)
class LoadRecord:
    """One finished run of the loader, as the graph remembers it: a load, or what changed the graph otherwise."""

    id: str
    data_set: str
    at: str  # UTC, as ISO text
    files: tuple[str, ...]
    hash: str
    model: str  # fingerprint of the model that the graph was folded with
    precedence: int  # place among the data sets: a later one wins
    counts: dict[str, int]  # rows by table
    state: str = CURRENT
    kind: str = LOADED
    tables: str = ""  # id of the load whose kept rows the data set says after this; empty when it says nothing more
    changes: dict[str, tuple[int, int, int]] = field(default_factory=dict)  # added, changed, removed by kind
    seconds: float = 0.0  # 0 where it is not known
    by: str = ""  # how it came about; empty where it is not known
    kept: bool = True  # whether its rows are still there
    doubts: tuple[Fault, ...] = ()  # to be written only: `doubts_of` reads them

    def as_properties(self) -> dict[str, Any]:
        """What the node ``Load`` holds."""
        return {
            "id": self.id,
            "data_set": self.data_set,
            "at": self.at,
            "files": list(self.files),
            "hash": self.hash,
            "model": self.model,
            "precedence": self.precedence,
            "counts": json.dumps(self.counts),
            "state": self.state,
            "kind": self.kind,
            "tables": self.tables,
            "changes": json.dumps(self.changes),
            "seconds": self.seconds,
            "by": self.by,
            "kept": self.kept,
            "doubts": json.dumps([_plain_fault(doubt) for doubt in self.doubts[:_MOST_DOUBTS]], ensure_ascii=False),
        }


def content_hash(tables: Sequence[RawTable]) -> str:
    """A fingerprint of what the files say and where: the same for the same input, whatever the order of files."""
    said = sorted(
        [table.name, table.place.file, table.place.sheet, table.header, [[row.number, row.cells] for row in table.rows]]
        for table in tables
    )
    text = json.dumps(said, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@cache
def model_fingerprint() -> str:
    """A fingerprint of how the model makes a graph from tables; words and colours play no part in it."""
    said = [
        (
            own.name,
            (own.kind.label, own.kind.caption) if own.kind else None,
            [(column.name, column.property.type, column.refers_to, column.many) for column in own.columns],
            [
                (kind.type, place, kind.starts, kind.ends, kind.discriminators, kind.both_ways)
                for kind, place in own.relationships
            ],
        )
        for own in tables()
    ]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def current_loads(store: Store) -> list[LoadRecord]:
    """The run that each data set shows now, in order of precedence."""
    rows = store.read(f"MATCH (l:Load {{state: 'current'}}) RETURN {_COLUMNS} ORDER BY precedence, id")
    return [_record(row) for row in rows]


def all_loads(store: Store) -> list[LoadRecord]:
    """Every run, oldest first."""
    return [_record(row) for row in store.read(f"MATCH (l:Load) RETURN {_COLUMNS} ORDER BY at, id")]


def last_load(store: Store) -> LoadRecord | None:
    """The latest run, on any data set; None before the first."""
    rows = store.read(f"MATCH (l:Load) RETURN {_COLUMNS} ORDER BY at DESC, id DESC LIMIT 1")
    return _record(rows[0]) if rows else None


def doubts_of(store: Store, load: str) -> tuple[Fault, ...]:
    """The doubts that a load was told, the first few hundred; none for one that kept none."""
    rows = store.read("MATCH (l:Load {id: $id}) RETURN l.doubts AS doubts", {"id": load})
    told = json.loads(rows[0]["doubts"] or "[]") if rows else []
    return tuple(Fault(**words) for words in told if words["code"] in KINDS)


def counted(changes: Plan) -> dict[str, tuple[int, int, int]]:
    """A plan as a record keeps it: how many are added, changed and removed, by kind."""
    return {kind.kind: (kind.added, kind.changed, kind.removed) for kind in changes.per_kind()}


def note_seconds(store: Store, run: str, seconds: float) -> None:
    """Keep how long a run took, commit and all: it is known only afterwards."""
    text = "MATCH (l:Load {id: $id}) SET l.seconds = $seconds"
    store.write(lambda writer: writer.run(text, id=run, seconds=round(seconds, 3)))


def kept_rows(store: Store, loads: Sequence[LoadRecord]) -> tuple[DataSetRows, ...]:
    """The rows that the data sets of these runs said after them, in the same order."""
    return tuple(DataSetRows(load.data_set, tuple(_rows_of(store, load.tables))) for load in loads)


def parts(load: str, data_set: str, rows: Iterable[Row]) -> Iterator[dict[str, Any]]:
    """The nodes ``LoadedTable`` that keep `rows`, in their order."""
    number = 0
    for (table, place), lines in _by_place(rows).items():
        for piece in _pieces(lines):
            packed = base64.b85encode(zlib.compress(("[" + ",".join(piece) + "]").encode(), 6)).decode()
            yield {
                "id": f"{load}/{number}",
                "load": load,
                "data_set": data_set,
                "table": table,
                "part": number,
                "file": place.file,
                "sheet": place.sheet,
                "count": len(piece),
                "text": packed,
            }
            number += 1


def _by_place(rows: Iterable[Row]) -> dict[tuple[str, Place], list[str]]:
    found: dict[tuple[str, Place], list[str]] = {}
    for row in rows:
        line = json.dumps([row.number, row.cells], ensure_ascii=False)
        found.setdefault((row.table, row.place), []).append(line)
    return found


def _pieces(lines: list[str]) -> Iterator[list[str]]:
    piece: list[str] = []
    size = 0
    for line in lines:
        if piece and size + len(line) > _PART_CHARACTERS:
            yield piece
            piece, size = [], 0
        piece.append(line)
        size += len(line)
    if piece:
        yield piece


def unpacked(part: Mapping[str, Any]) -> Iterator[Row]:
    """The rows that one part keeps."""
    place = Place(part["file"], part["sheet"])
    for number, cells in json.loads(zlib.decompress(base64.b85decode(part["text"]))):
        yield Row(part["table"], place, number, cells)


def _rows_of(store: Store, load: str) -> Iterator[Row]:
    for record in store.read("MATCH (t:LoadedTable {load: $load}) RETURN t ORDER BY t.part", {"load": load}):
        yield from unpacked(record["t"])


def _record(row: dict[str, Any]) -> LoadRecord:
    """A run as read; what loads before this version did not note is what a load was then."""
    return LoadRecord(
        id=row["id"],
        data_set=row["data_set"],
        at=row["at"],
        files=tuple(row["files"] or ()),
        hash=row["hash"],
        model=row["model"],
        precedence=row["precedence"],
        counts=json.loads(row["counts"]),
        state=row["state"],
        kind=row["kind"] or LOADED,
        tables=row["id"] if row["tables"] is None else row["tables"],
        changes={
            kind: (counts[0], counts[1], counts[2]) for kind, counts in json.loads(row["changes"] or "{}").items()
        },
        seconds=row["seconds"] or 0.0,
        by=row["by"] or "",
        kept=row["kept"] is not False,
    )


def _plain_fault(fault: Fault) -> dict[str, Any]:
    """A fault as it is kept: its words, not its sentence, so that each reader has it in his language."""
    words = {name: word[:_LONGEST_WORD] for name, word in fault.words.items()}
    names = ("code", "file", "sheet", "row", "column")
    return {**{name: getattr(fault, name) for name in names}, "value": fault.value[:_LONGEST_WORD], "words": words}
