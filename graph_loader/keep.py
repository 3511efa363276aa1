"""Every load keeps its tables in the graph: who said what, in which file and row.

A load is a node ``Load``; its rows are nodes ``LoadedTable``, compressed and in
parts, so that no message to the engine grows large. Neither is part of the
model that people see.
"""

import base64
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from graph_store.store import Store
from graph_store.tables import tables

from .rows import DataSetRows, Place, RawTable, Row

CURRENT, REPLACED = "current", "replaced"
# Text of one part before compression; even what does not compress stays about a megabyte.
_PART_CHARACTERS = 800_000


@dataclass(frozen=True)
class LoadRecord:
    """One finished load, as the graph remembers it."""

    id: str
    data_set: str
    at: str  # UTC, as ISO text
    files: tuple[str, ...]
    hash: str
    model: str  # fingerprint of the model that the graph was folded with
    precedence: int  # place among the data sets: a later one wins
    counts: dict[str, int]  # rows by table
    state: str = CURRENT

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
    """The load that each data set shows now, in order of precedence."""
    rows = store.read("MATCH (l:Load {state: 'current'}) RETURN l ORDER BY l.precedence, l.id")
    return [_record(row["l"]) for row in rows]


def last_load(store: Store) -> LoadRecord | None:
    """The latest load of any data set; None before the first."""
    rows = store.read("MATCH (l:Load) RETURN l ORDER BY l.at DESC, l.id DESC LIMIT 1")
    return _record(rows[0]["l"]) if rows else None


def kept_rows(store: Store, loads: Sequence[LoadRecord]) -> tuple[DataSetRows, ...]:
    """The rows of these loads, in the same order."""
    return tuple(DataSetRows(load.data_set, tuple(_rows_of(store, load.id))) for load in loads)


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


def _rows_of(store: Store, load: str) -> Iterator[Row]:
    kept = store.read("MATCH (t:LoadedTable {load: $load}) RETURN t ORDER BY t.part", {"load": load})
    for record in kept:
        part = record["t"]
        place = Place(part["file"], part["sheet"])
        for number, cells in json.loads(zlib.decompress(base64.b85decode(part["text"]))):
            yield Row(part["table"], place, number, cells)


def _record(node: dict[str, Any]) -> LoadRecord:
    return LoadRecord(
        id=node["id"],
        data_set=node["data_set"],
        at=node["at"],
        files=tuple(node["files"]),
        hash=node["hash"],
        model=node["model"],
        precedence=node["precedence"],
        counts=json.loads(node["counts"]),
        state=node["state"],
    )
