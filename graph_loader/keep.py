"""Every load keeps its tables in the graph: who said what, in which file and row.

A load is a node ``Load``; its rows are nodes ``LoadedTable``, compressed and in
parts, so that no message to the engine grows large. Neither is part of the
model that people see.
"""

import base64
import binascii
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from typing import Any

from graph_store.errors import ExplorerError
from graph_store.store import Store
from graph_store.tables import tables
from languages.words import _

from .faults import KINDS, Fault
from .plan import Counts
from .rows import DataSetRows, Place, RawTable, Row, shared_head

# A run whose tables are shown; one that others followed; one that shows no tables of its own, such as a removal.
CURRENT, REPLACED, DONE = "current", "replaced", "done"
LOADED, UNDONE, REMOVED, REPAIRED, RESTORED = "load", "undo", "removal", "repair", "restore"
OF_THE_WHOLE = (REPAIRED, RESTORED)  # runs that belong to no data set alone
BY_COMMAND, BY_APP, BY_WATCH = "command", "app", "watch"
# Of one part: text before compression, which stays about a megabyte even if it does not compress, and rows.
_PART_CHARACTERS, _PART_ROWS = 600_000, 20_000
_ANY_TEXT = ("utf-8", "surrogatepass")
_MOST_DOUBTS, _LONGEST_WORD = 300, 300
_RECORD = (
    *("id", "data_set", "at", "files", "hash", "model", "precedence", "counts", "state"),
    *("kind", "tables", "changes", "seconds", "by", "kept", "file_hash"),
)
_COLUMNS = ", ".join(f"l.{name} AS {name}" for name in _RECORD)


BROKEN = (zlib.error, binascii.Error, UnicodeError, ValueError, TypeError, KeyError, IndexError)
"""What text that is not as it was kept makes `unpacked` raise."""


class TablesBroken(ExplorerError):
    """The loader's own records were changed by other means: what a load said can no longer be read."""


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
    changes: dict[str, Counts] = field(default_factory=dict)  # by label and type
    seconds: float = 0.0  # 0 where it is not known
    by: str = ""  # how it came about; empty where it is not known
    kept: bool = True  # whether its rows are still there
    file_hash: str = ""  # fingerprint of the files themselves; empty where it is not known
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
            "file_hash": self.file_hash,
            "doubts": json.dumps([_plain_fault(doubt) for doubt in self.doubts[:_MOST_DOUBTS]], ensure_ascii=False),
        }


def of_the_whole(run_id: str, kind: str, at: str, by: str, changes: dict[str, Counts]) -> LoadRecord:
    """A run that belongs to no data set alone, such as a repair; the tables that are shown stand in other runs."""
    return LoadRecord(
        id=run_id,
        data_set="",
        at=at,
        files=(),
        hash="",
        model=model_fingerprint(),
        precedence=0,
        counts={},
        state=DONE,
        kind=kind,
        changes=changes,
        by=by,
    )


def content_hash(tables: Sequence[RawTable]) -> str:
    """A fingerprint of what the files say and where: the same for the same input, whatever the order of files."""
    return hashlib.sha256("".join(sorted(map(_table_hash, tables))).encode()).hexdigest()


def _table_hash(table: RawTable) -> str:
    said = hashlib.sha256(repr((table.name, table.place.file, table.place.sheet, table.header)).encode(*_ANY_TEXT))
    for row in table.rows:
        said.update(repr((row.number, row.cells)).encode(*_ANY_TEXT))
    return said.hexdigest()


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
    for (table, place), said in groupby(rows, key=lambda row: (row.table, row.place)):
        for piece in _pieces(said):
            yield {
                "id": f"{load}/{number}",
                "load": load,
                "data_set": data_set,
                "table": table,
                "part": number,
                "file": place.file,
                "sheet": place.sheet,
                "count": len(piece),
                "text": _packed(piece),
            }
            number += 1


def _pieces(rows: Iterable[Row]) -> Iterator[list[Row]]:
    piece: list[Row] = []
    size = 0
    for row in rows:
        length = sum(map(len, row.texts))
        if piece and (size + length > _PART_CHARACTERS or len(piece) == _PART_ROWS):
            yield piece
            piece, size = [], 0
        piece.append(row)
        size += length
    if piece:
        yield piece


def _packed(rows: Sequence[Row]) -> str:
    """Rows as text: the columns that some of them give, then each row's number, place of its columns, and cells."""
    columns: dict[tuple[str, ...], int] = {}
    lines = [[row.number, columns.setdefault(row.head.columns, len(columns)), *row.texts] for row in rows]
    text = json.dumps({"columns": list(columns), "rows": lines}, ensure_ascii=False, separators=(",", ":"))
    return base64.b85encode(zlib.compress(text.encode(), 1)).decode()


def unpacked(part: Mapping[str, Any]) -> Iterator[Row]:
    """The rows that one part keeps."""
    table, place = part["table"], Place(part["file"], part["sheet"])
    said = json.loads(zlib.decompress(base64.b85decode(part["text"])))
    if isinstance(said, list):
        # As the first versions kept them: each row with the names of its columns.
        yield from (Row(table, place, number, cells) for number, cells in said)
        return
    heads = [shared_head(table, place, tuple(columns)) for columns in said["columns"]]
    for number, head, *texts in said["rows"]:
        yield Row.under(heads[head], number, texts)


def _rows_of(store: Store, load: str) -> Iterator[Row]:
    for record in store.read("MATCH (t:LoadedTable {load: $load}) RETURN t ORDER BY t.part", {"load": load}):
        try:
            yield from unpacked(record["t"])
        except BROKEN as error:
            raise TablesBroken(
                _(
                    "The kept tables of load {load} cannot be read. `graph-loader verify` tells of which data set; "
                    "load its files again after `graph-loader reset`, or restore a backup."
                ).format(load=load)
            ) from error


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
        changes={kind: Counts(*counts) for kind, counts in json.loads(row["changes"] or "{}").items()},
        seconds=row["seconds"] or 0.0,
        by=row["by"] or "",
        kept=row["kept"] is not False,
        file_hash=row["file_hash"] or "",
    )


def _plain_fault(fault: Fault) -> dict[str, Any]:
    """A fault as it is kept: its words, not its sentence, so that each reader has it in his language."""
    words = {name: word[:_LONGEST_WORD] for name, word in fault.words.items()}
    names = ("code", "file", "sheet", "row", "column", "heading")
    return {**{name: getattr(fault, name) for name in names}, "value": fault.value[:_LONGEST_WORD], "words": words}
