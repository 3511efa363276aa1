"""Rows as files that other programs open: a workbook, a Parquet file."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

from .written import cell_text, plain

LONGEST = 32_767  # characters that a cell of a workbook holds
MOST_ROWS = 1_048_575  # that a sheet holds beneath its heading
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
Rows = Sequence[Mapping[str, Any]]


def as_xlsx(columns: Sequence[str], rows: Rows, title: str = "answer") -> bytes:
    """A workbook with one sheet: numbers and days as such, everything else as text, never as a formula.

    Lists are joined by ``;`` as in the loader's cells. What does not fit into a cell is cut.

    Raises
    ------
    ValueError
        When there are more rows than a sheet holds.
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    if len(rows) > MOST_ROWS:
        raise ValueError(f"{len(rows)} rows, and a sheet holds {MOST_ROWS}: write csv or parquet instead")
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"

    def filled(value: Any) -> Any:
        kept: Any = value if isinstance(value, int | float | date) and not isinstance(value, bool) else cell_text(value)
        if isinstance(kept, datetime):
            kept = kept.replace(tzinfo=None)
        if isinstance(kept, float) and kept != kept:
            kept = ""
        cell = WriteOnlyCell(sheet, value=_UNFIT.sub("", kept)[:LONGEST] if isinstance(kept, str) else kept)
        if isinstance(kept, str):
            cell.data_type = "s"
        return cell

    heading = [filled(name) for name in columns]
    for cell in heading:
        cell.font = Font(bold=True)
    sheet.append(heading)
    for row in rows:
        sheet.append([filled(row[name]) for name in columns])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def as_parquet(columns: Sequence[str], rows: Rows) -> bytes:
    """A Parquet file: each column of the type that its values have, as JSON text where they have several."""
    import pyarrow as pa
    import pyarrow.parquet as parquet

    table = pa.table({name: _column([row[name] for row in rows]) for name in columns})
    file = BytesIO()
    parquet.write_table(table, file)
    return file.getvalue()


def _column(values: list[Any]) -> Any:
    import pyarrow as pa

    simple = all(value is None or isinstance(value, str | bool | int | float | date) for value in values)
    texts = all(value is None or (isinstance(value, list) and _all_texts(value)) for value in values)
    if all(value is None for value in values):
        return pa.array(values, pa.string())
    if texts:
        return pa.array(values, pa.list_(pa.string()))
    try:
        return pa.array(values) if simple else pa.array(_as_text(values), pa.string())
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        return pa.array(_as_text(values), pa.string())


def _all_texts(items: list[Any]) -> bool:
    return all(isinstance(item, str) for item in items)


def _as_text(values: list[Any]) -> list[str | None]:
    return [None if value is None else cell_text(plain(value)) for value in values]
