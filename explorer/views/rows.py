"""The rows behind a number: a named query of the library with its answer, every name a link."""

from typing import Any

import pandas as pd
import streamlit as st

from explorer import links
from explorer.analysis.records import records
from explorer.data import lists
from explorer.pictures.html import Column, Html, join, link, table, tag
from languages.words import _, country, in_words, number

from . import frame

ROWS_SHOWN = 500
DATES = ("on", "started", "ended", "published", "first_on", "last_on", "outcome_on", "until", "data_until")


def render() -> None:
    """Draw the page."""
    name = st.query_params.get("query", "")
    parameters = {key: st.query_params[key] for key in st.query_params if key != "query"}
    found = lists.answer(name, parameters)
    if found is None:
        frame.title(_("No such list"))
        frame.notice(_("There is no list named “{name}”. Start from the overview.").format(name=name))
        return
    frame.title(f"{_(found.title)}: {number(len(found.rows))}")
    frame.show(tag("p", _(found.description), class_="lead"))
    if found.rows.empty:
        frame.notice(_("Nothing: no row of the data answers this."))
        return
    frame.show(_table(found))
    if len(found.rows) > ROWS_SHOWN:
        frame.show(
            tag(
                "p",
                _("The first {shown} of {count} rows; the download has all.").format(
                    shown=ROWS_SHOWN, count=number(len(found.rows))
                ),
                class_="quiet",
            )
        )
    frame.download(_("These rows as CSV"), found.rows.to_csv(index=False), f"{name}.csv")
    with st.expander(_("The question in Cypher"), key="cypher"):
        st.code(found.cypher, language="cypher")


def _table(found: lists.Answer) -> Html:
    rows = found.rows.head(ROWS_SHOWN)
    hidden = _folded(list(rows.columns))
    columns = [
        Column(name, _title(name), numeric=pd.api.types.is_numeric_dtype(rows[name]), dated=name in DATES)
        for name in rows.columns
        if name not in hidden
    ]
    columns = [column for column in columns if rows[column.name].map(_known).any()]
    cells = [
        {column.name: _cell(row, column.name) for column in columns}
        | {f"{column.name}_sort": row[column.name] or "" for column in columns if column.dated}
        for row in records(rows)
    ]
    return table(cells, columns, _(found.title))


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


def _title(name: str) -> str:
    return _(lists.COLUMN_TITLES.get(name, name.removesuffix("_id").replace("_", " ").capitalize()))


def _cell(row: dict[str, Any], name: str) -> object:
    value = row[name]
    if not _known(value):
        return ""
    if name in DATES:
        return in_words(str(value))
    if name == "country":
        return country(str(value))
    if isinstance(value, list):
        return join((_item(item) for item in value), ", ")
    if name.endswith("_id"):
        return link(lists.name_of(str(value)), links.profile(lists.label_of({"id": value}), str(value)))
    if name == "name":
        return link(value, _profile(row, "id", lists.label_of(row)))
    if f"{name}_id" in row and isinstance(row[f"{name}_id"], str):
        return link(value, _profile(row, f"{name}_id", lists.label_of({"id": row[f"{name}_id"]})))
    if title := lists.title_of_code(name, value):
        return _(title)
    return value if not isinstance(value, float) else (int(value) if value == int(value) else round(value, 2))


def _profile(row: dict[str, Any], key: str, label: str) -> str:
    return links.profile(label, str(row[key])) if key in row and label else ""


def _item(item: object) -> object:
    if isinstance(item, dict) and "name" in item:
        return link(item["name"], links.profile(lists.label_of(item), str(item["id"])))
    return link(lists.name_of(str(item)), links.profile(lists.label_of({"id": item}), str(item)))


def _known(value: object) -> bool:
    return bool(value) if isinstance(value, list) else value is not None and value == value and value != ""
