"""Rows of a table as plain records."""

from typing import Any

import pandas as pd

Record = dict[str, Any]


def records(table: pd.DataFrame) -> list[Record]:
    """Rows as plain dicts, None for what is not there.

    Returns
    -------
    list of dict
        One per row, in order; empty for an empty table.
    """
    names = [str(name) for name in table.columns]
    columns = [_plain(table.iloc[:, place]) for place in range(len(names))]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _plain(column: pd.Series) -> list[Any]:
    values: list[Any] = column.tolist()
    for place in column.isna().to_numpy().nonzero()[0]:
        values[place] = None
    return values
