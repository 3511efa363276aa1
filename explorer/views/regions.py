"""Regions: each that takes part, with what it gave, took over, visited and hosted."""

from typing import Any

import pandas as pd
import streamlit as st

from explorer import links
from explorer.analysis.records import records
from explorer.data import regions
from explorer.pictures.html import Column, Html, bar, join, link, table, tag
from graph_store import schema
from languages.words import _, country, ngettext, number

from . import frame, url
from .region_words import GAVE, TOOK, VISITS


def render() -> None:
    """Draw the page."""
    every = regions.overview()
    countries = {code: country(code) for code in every["country"].dropna().unique()}
    countries = dict(sorted(countries.items(), key=lambda item: item[1]))
    titles = {kind.code: _(kind.title) for kind in schema.REGION_KINDS}
    kinds = {code: titles.get(code, code) for code in regions.kinds_in_order(set(every["kind"].dropna()))}
    place, kind = url.one("country", countries), url.one("kind", kinds)
    rows = every
    if place:
        rows = rows[rows["country"] == place]
    if kind:
        rows = rows[rows["kind"] == kind]
    frame.title(_heading(rows, countries.get(place, ""), kinds.get(kind, "")))
    words = _(
        "Each region counts with all that lies in it, so a country or province tells what its cities did; "
        "the heading counts none twice. "
        "Took over: approaches from elsewhere, at least in part. Learnt there: takings-over elsewhere that a visit "
        "or a source traces to it."
    )
    frame.show(tag("p", words, class_="lead"))
    with st.container(horizontal=True, key="filters"):
        url.choose_one("country", _("Country"), countries, place, _("All countries"))
        url.choose_one("kind", _("Kind"), kinds, kind, _("All kinds"))
    if rows.empty:
        everything = link(_("Show all regions"), links.address(links.REGIONS))
        frame.notice(join([_("No region of this kind takes part there."), " ", everything]))
        return
    frame.show(_table(_ranked(rows), kinds))
    frame.download(
        _("Table as CSV"),
        rows.loc[:, ~rows.columns.str.startswith("itself")].to_csv(index=False),
        "regions.csv",
    )


def _heading(rows: pd.DataFrame, place: str, kind: str) -> str:
    """Of one kind no region lies in another; of all kinds each counts by itself, so that nothing counts twice."""
    took, gave = (rows["took"] > 0, rows["gave"] > 0) if kind else (rows["itself_took"], rows["itself_gave"])
    text = ngettext(
        "{count} region takes part: {took} took over an approach from elsewhere, others learnt from {gave}",
        "{count} regions take part: {took} took over an approach from elsewhere, others learnt from {gave}",
        len(rows) if kind else int(rows["itself"].sum()),
    ).format(took=number(int(took.sum())), gave=number(int(gave.sum())))
    chosen = ", ".join(part for part in (place, kind) if part)
    return _("{chosen}: {sentence}").format(chosen=chosen, sentence=text) if chosen else text


def _ranked(rows: pd.DataFrame) -> list[dict[str, Any]]:
    keys = ["took", "gave", "visited", "hosted", "name"]
    return records(rows.sort_values(keys, ascending=[False, False, False, False, True]))


def _table(rows: list[dict[str, Any]], kinds: dict[str, str]) -> Html:
    most = {key: max(int(row[key]) for row in rows) for key in ("took", "gave")}
    cells = [
        {
            "name": link(row["name"], links.profile("Region", row["id"])),
            "kind": kinds.get(row["kind"], row["kind"]),
            "country": country(row["country"]) if row["country"] else "",
            "took": _behind(row, "took", TOOK, bar(int(row["took"]), most["took"])),
            "took_sort": int(row["took"]),
            "gave": _behind(row, "gave", GAVE, bar(int(row["gave"]), most["gave"])),
            "gave_sort": int(row["gave"]),
            "visited": _behind(row, "visited", VISITS, number(int(row["visited"]))),
            "visited_sort": int(row["visited"]),
            "hosted": _behind(row, "hosted", VISITS, number(int(row["hosted"]))),
            "hosted_sort": int(row["hosted"]),
        }
        for row in rows
    ]
    columns = [
        Column("name", _("Region")),
        Column("took", _("Took over")),
        Column("gave", _("Learnt there")),
        Column("visited", _("Visits to others"), numeric=True),
        Column("hosted", _("Visits hosted"), numeric=True),
        Column("kind", _("Kind")),
        Column("country", _("Country")),
    ]
    return table(cells, columns, _("Regions that take part"))


def _behind(row: dict[str, Any], name: str, place: str, shown: object) -> object:
    """A number as a link to where the region's page tells what it counts; the bare number for none."""
    return link(shown, links.profile("Region", row["id"]) + "#" + place) if row[name] else shown
