"""Rows of an answer as a table: names are links to profiles, codes and dates are told in words."""

from datetime import date
from typing import Any

import pandas as pd

from explorer import links
from explorer.analysis.records import records
from explorer.data import lists
from explorer.pictures.html import Column, Html, join, link, table, tag, text
from graph_store.dates import interval
from languages.words import _, country, in_words, number

from . import frame

ROWS_SHOWN = 500
DATES = ("on", "started", "ended", "published", "since", "until", "data_until", "first_date", "second_date")


def show(rows: pd.DataFrame, caption: str) -> None:
    """Draw the first rows as a table, and say where there are more."""
    frame.show(_table(rows.head(ROWS_SHOWN), caption))
    if len(rows) > ROWS_SHOWN:
        frame.show(
            tag(
                "p",
                _("The first {shown} of {count} rows; the download has all.").format(
                    shown=ROWS_SHOWN, count=number(len(rows))
                ),
                class_="quiet",
            )
        )


def _table(rows: pd.DataFrame, caption: str) -> Html:
    hidden = _folded(list(rows.columns))
    columns = [
        Column(name, heading(name), numeric=pd.api.types.is_numeric_dtype(rows[name]), dated=_is_dated(name))
        for name in rows.columns
        if name not in hidden
    ]
    columns = [column for column in columns if rows[column.name].map(_known).any()]
    cells = [
        {column.name: cell(row, column.name) for column in columns}
        | {f"{column.name}_sort": str(row[column.name] or "") for column in columns if column.dated}
        for row in records(rows)
    ]
    return table(cells, columns, caption)


def _folded(names: list[str]) -> set[str]:
    """Columns that are told through others: ids behind names, and the intervals of dates."""
    hidden = {
        name
        for name in names
        if name.endswith(("_from", "_to")) and name.removesuffix("_from").removesuffix("_to") in names
    }
    for name in names:
        stem = name.removesuffix("_id").removesuffix("_ids")
        if stem != name and (stem in names or stem + "s" in names):
            hidden.add(name)
    if "name" in names:
        hidden |= {"id", "label"} & set(names)
    return hidden | {name for name in names if name.endswith("_label")} | {"adoption_id"}


def _is_dated(name: str) -> bool:
    return name in DATES or name.endswith("_on")


def heading(name: str) -> str:
    """What a column is called."""
    return _(lists.COLUMN_TITLES.get(name, name.removesuffix("_id").replace("_", " ").capitalize()))


def cell(row: dict[str, Any], name: str) -> object:
    """What a row holds in a column, as a reader sees it: names are links; empty for what is not known."""
    value = row[name]
    if not _known(value):
        return ""
    if isinstance(value, list):
        return join((_item(item) for item in value), ", ")
    if isinstance(value, dict):
        return _item(value)
    if name.endswith("_id"):
        return link(lists.name_of(str(value)), links.profile(lists.label_of({"id": value}), str(value)))
    if name == "name":
        return link(value, _profile(row, "id", lists.label_of(row)))
    if f"{name}_id" in row and isinstance(row[f"{name}_id"], str):
        return link(value, _profile(row, f"{name}_id", lists.label_of({"id": row[f"{name}_id"]})))
    if isinstance(value, float):
        return int(value) if value == int(value) else round(value, 2)
    return value if isinstance(value, int) else in_short(row, name)


def in_short(row: dict[str, Any], name: str) -> str:
    """The same without links, for pictures: dates, codes and countries in words."""
    value = row[name]
    if not _known(value):
        return ""
    if isinstance(value, date):
        return in_words(value.isoformat()[:10])
    if isinstance(value, list | dict):
        return lists.in_json(value)
    if _is_dated(name) and isinstance(value, str):
        return _told(value)
    if name == "country":
        return country(str(value))
    if name.endswith("_id"):
        return lists.name_of(str(value))
    return _(title) if (title := lists.title_of_code(name, value)) else str(value)


def _profile(row: dict[str, Any], key: str, label: str) -> str:
    return links.profile(label, str(row[key])) if key in row and label else ""


def _item(item: object) -> object:
    if isinstance(item, dict) and "name" in item:
        return link(item["name"], links.profile(lists.label_of(item), str(item.get("id", ""))))
    if isinstance(item, dict | list):
        return lists.in_json(item)
    if not isinstance(item, str):
        return text(item)
    return link(lists.name_of(str(item)), links.profile(lists.label_of({"id": item}), str(item)))


def _told(day: str) -> str:
    try:
        interval(day)
    except ValueError:
        return day  # of one's own Cypher, where a column of that name may hold anything
    return in_words(day)


def _known(value: object) -> bool:
    return bool(value) if isinstance(value, list) else value is not None and value == value and value != ""
