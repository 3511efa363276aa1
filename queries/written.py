"""Write rows as a table for eyes, as CSV for spreadsheets, as JSON for programs."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from languages.words import _

WIDEST = 60


class Format(StrEnum):
    """How rows are written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def written(columns: Sequence[str], rows: Sequence[Mapping[str, Any]], form: Format, *, widest: int = WIDEST) -> str:
    """`rows` as text, without a line break at its end.

    Lists are joined by ``;`` as in the loader's cells, maps are written as JSON, dates as ``2024-03-12``;
    what is not known is empty, and null in JSON. A table cuts cells longer than `widest` letters.
    """
    if form is Format.JSON:
        return json.dumps([plain(dict(row)) for row in rows], ensure_ascii=False, indent=2)
    cells = [[cell_text(row[column]) for column in columns] for row in rows]
    return _csv(columns, cells) if form is Format.CSV else _table(columns, cells, widest)


def plain(value: Any) -> Any:
    """`value` with nothing in it that JSON lacks."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, str | bool | int | float) else str(value)


def cell_text(value: Any) -> str:
    """A value as the text of a cell: lists joined by ``;``, maps as JSON, nothing for what is not known."""
    if value is None:
        return ""
    if isinstance(value, list) and not any(isinstance(item, dict | list) for item in value):
        return ";".join(cell_text(item) for item in value)
    if isinstance(value, dict | list):
        return json.dumps(plain(value), ensure_ascii=False, sort_keys=True)
    return str(plain(value)) if not isinstance(value, bool) else str(value).lower()


def _csv(columns: Sequence[str], cells: list[list[str]]) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(cells)
    return file.getvalue().rstrip("\n")


def _table(columns: Sequence[str], cells: list[list[str]], widest: int) -> str:
    if not cells:
        return _("No rows.")
    short = [[_cut(cell, widest) for cell in row] for row in cells]
    widths = [max(len(row[place]) for row in [list(columns), *short]) for place in range(len(columns))]
    lines = [list(columns), ["-" * width for width in widths], *short]
    padded = [[cell.ljust(width) for cell, width in zip(line, widths, strict=True)] for line in lines]
    return "\n".join("  ".join(line).rstrip() for line in padded)


def _cut(cell: str, widest: int) -> str:
    line = " ".join(cell.split())
    return line if len(line) <= widest else line[: widest - 1] + "…"
