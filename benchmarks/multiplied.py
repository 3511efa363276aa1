"""Tables many times over: copies beside each other, each with ids and names of its own."""

import csv
from collections.abc import Iterator
from pathlib import Path

from graph_store.tables import Column, table

Rows = Iterator[list[str]]


def multiplied(source: Path, copies: int, target: Path) -> int:
    """Write `copies` of the tables in folder `source` into `target`; gives the number of rows written.

    Copies do not touch each other. The table ``data_set`` stays one row.
    """
    target.mkdir(parents=True)
    return sum(_multiplied_table(file, copies, target / file.name) for file in sorted(source.glob("*.csv")))


def _multiplied_table(source: Path, copies: int, target: Path) -> int:
    with source.open(encoding="utf-8", newline="") as file:
        header, *lines = csv.reader(file)
    columns = [table(source.stem).column(name) for name in header]
    written = 1 if source.stem == "data_set" else copies
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        for copy in range(written):
            writer.writerows(_copied(columns, lines, copy) if copy else lines)
    return written * len(lines)


def _copied(columns: list[Column], lines: list[list[str]], copy: int) -> Rows:
    """The lines of one copy: what an id or a name was is followed by the copy's number."""
    marked = [column.name in ("id", "name") or bool(column.refers_to) for column in columns]
    ending = f"-{copy}"
    for line in lines:
        yield [
            ";".join(part + ending for part in text.split(";")) if text and mark else text
            for text, mark in zip(line, marked, strict=True)
        ]
