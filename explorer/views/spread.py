"""Spread: all approaches, ranked by the regions that they reached."""

from typing import Any

import pandas as pd
import streamlit as st

from explorer import links
from explorer.analysis.records import records
from explorer.data import network, spread
from explorer.pictures.html import Column, Html, bar, link, table, tag
from languages.words import _, in_words, ngettext, number

from . import frame


def render() -> None:
    """Draw the page."""
    every = spread.overview()
    theme = st.query_params.get("theme", "")
    themes = spread.approach_themes()
    names = {code: name for code, name in network.theme_names().items() if any(code in own for own in themes.values())}
    theme = theme if theme in names else ""
    rows = every[[theme in themes.get(a, []) for a in every["id"]]] if theme else every
    frame.title(_heading(rows, names.get(theme, "")))
    frame.show(
        tag(
            "p",
            _(
                "An approach spreads when a region that did not have it takes over all or a part of it. "
                "Interest (considering, adapting) is counted apart."
            ),
            class_="lead",
        )
    )
    if names:
        _theme_filter(names, theme)
    if rows.empty:
        frame.notice(_("No approach is about this theme. Choose another, or all themes."))
        return
    frame.show(_table(records(rows)))
    frame.download(_("Table as CSV"), rows.to_csv(index=False), "approaches.csv", "text/csv")


def _heading(rows: pd.DataFrame, theme: str) -> str:
    spread_ones = rows[rows["taken_over"] > 0]
    text = ngettext(
        "{count} approach was taken over elsewhere", "{count} approaches were taken over elsewhere", len(spread_ones)
    )
    if theme:
        text = _("{theme}: {sentence}").format(theme=theme, sentence=text)
    if len(spread_ones):
        first = spread_ones.iloc[0]
        regions = ngettext("{count} region", "{count} regions", int(first["taken_over"]))
        text += _("; {name} reached most: {regions}").format(name=first["name"], regions=regions)
    return text


def _theme_filter(names: dict[str, str], theme: str) -> None:
    if st.session_state.get("theme") != (theme or None):
        st.session_state["theme"] = theme or None
    st.selectbox(
        _("Theme"),
        list(names),
        key="theme",
        index=None,
        format_func=lambda code: names[code],
        placeholder=_("All themes"),
        on_change=_write_theme,
        width=340,
    )


def _write_theme() -> None:
    if st.session_state["theme"]:
        st.query_params["theme"] = st.session_state["theme"]
    else:
        st.query_params.pop("theme", None)


def _table(rows: list[dict[str, Any]]) -> Html:
    most = max((int(row["taken_over"]) for row in rows), default=0)
    cells = [
        {
            "name": link(row["name"], links.profile("Approach", row["id"])),
            "origin": link(row["origin"], links.profile("Region", row["origin_id"])) if row["origin_id"] else "",
            "taken_over": bar(int(row["taken_over"]), most),
            "taken_over_sort": int(row["taken_over"]),
            "interested": number(int(row["interested"])),
            "dropped": number(int(row["dropped"])),
            "visits": number(int(row["visits"])),
            "first": in_words(row["first_on"]) if row["first_on"] else "",
            "first_sort": row["first_on"] or "",
            "last": in_words(row["last_on"]) if row["last_on"] else "",
            "last_sort": row["last_on"] or "",
        }
        for row in rows
    ]
    columns = [
        Column("name", _("Approach")),
        Column("taken_over", _("Regions that took it over")),
        Column("interested", _("Interested"), numeric=True),
        Column("dropped", _("Against or stopped"), numeric=True),
        Column("visits", _("Visits about it"), numeric=True),
        Column("first", _("First taken over"), dated=True),
        Column("last", _("Last"), dated=True),
        Column("origin", _("Began in")),
    ]
    return table(cells, columns, _("Approaches by the regions that took them over"))
