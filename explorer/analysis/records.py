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
    return [{str(key): _plain(value) for key, value in row.items()} for row in table.to_dict("records")]


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple | dict):
        return value
    return None if pd.isna(value) else value
