"""The second view of the page Spread: regions by approaches, with the rung that each region is on."""

import pandas as pd
import streamlit as st

from explorer import links
from explorer.analysis.spread import ladder
from explorer.data import matrix as data
from explorer.data import spread_overview
from explorer.data.spread_overview import Filters
from explorer.pictures import matrix as picture
from explorer.pictures import to_save
from explorer.pictures.html import Html, join, link, sentence, tag
from explorer.pictures.matrix import Cell, Line
from graph_store.schema import TAKEN_OVER
from languages.words import _, country, in_words, ngettext, number

from . import frame, url
from . import spread_filters as bar_of_filters


def render(filters: Filters) -> None:
    """Draw the page as a matrix."""
    order = url.one("order", data.ORDERS, data.ORDERS[0])
    found = data.standings(filters, order)
    heading = _heading(found, filters)
    frame.title(heading)
    frame.show(
        tag(
            "p",
            _("Read a row for what a region did with each approach, a column for how far an approach has come."),
            class_="lead",
        )
    )
    bar_of_filters.draw(filters)
    if not found.cells:
        text = _("Nothing is on record with these filters. {clear}")
        frame.notice(sentence(text, clear=link(_("Show all approaches"), bar_of_filters.cleared())))
        return
    titles = {"country": _("Regions by country"), "approach": _("Regions by their first approach")}
    url.choose_side("order", _("Order of the regions"), titles, order)
    frame.show(join([picture.styles(), picture.key(list(found.counts))]))
    frame.show(_remarks(found, filters))
    lines = _lines(found, order)
    _downloads(found)
    frame.drawing(to_save.matrix_drawing(*lines))
    buttons = frame.picture_saves(".matrix-to-save", "matrix", _("Matrix"), heading)
    frame.show(tag("div", buttons, class_="saves"))
    frame.show(picture.matrix(*lines, _("Regions by approaches, with the rung that each is on")))
    frame.show(frame.explained([item for item in ladder.MEASURES if item.code == "highest_rung"]))


def _heading(found: data.Standings, filters: Filters) -> str:
    taken = sum(found.counts.get(stage, 0) for stage in TAKEN_OVER)
    text = _("Who stands where: {regions} and {approaches}, {taken}").format(
        regions=ngettext("{count} region", "{count} regions", found.whole[0]),
        approaches=ngettext("{count} approach", "{count} approaches", found.whole[1]),
        taken=ngettext("in use {count} time", "in use {count} times", taken),
    )
    if filters.theme:
        text = _("{theme}: {sentence}").format(theme=spread_overview.themes()[filters.theme], sentence=text)
    if filters.years:
        text += _(" by the end of {year}").format(year=filters.years[1])
    return text


def _remarks(found: data.Standings, filters: Filters) -> Html:
    said = []
    regions, approaches = found.whole
    if len(found.approaches) < approaches:
        text = _("Shown are the {shown} approaches that reached most regions, of {whole}.")
        said.append(text.format(shown=number(len(found.approaches)), whole=number(approaches)))
    if len(found.regions) < regions:
        text = _("Shown are the {shown} regions with most on record about these approaches, of {whole}.")
        said.append(text.format(shown=number(len(found.regions)), whole=number(regions)))
    if said:
        said.append(_("Choose a theme or a region to see others."))
    said.append(_("The last step on record tells the rung: the higher the figure, the further."))
    if filters.years:
        said.append(_("As it stood at the end of {year}; what has no date is left out.").format(year=filters.years[1]))
    return tag("p", " ".join(said), class_="quiet below")


def _lines(found: data.Standings, order: str) -> tuple[list[Line], list[Line], dict[tuple[str, str], Cell]]:
    """Rows, columns and cells of the matrix."""
    regions = [
        Line(
            row["region_id"],
            row["name"],
            links.profile("Region", row["region_id"]),
            _group(row["country"]) if order == "country" else "",
        )
        for row in found.regions
    ]
    approaches = [
        Line(row["approach_id"], row["name"], links.profile("Approach", row["approach_id"])) for row in found.approaches
    ]
    cells = {
        (row["region_id"], row["approach_id"]): Cell(
            row["code"],
            in_words(row["on"]) if row["on"] else "",
            links.address("approach", id=row["approach_id"], region=row["region_id"]),
        )
        for row in found.cells
    }
    return regions, approaches, cells


def _group(code: str | None) -> str:
    return country(code) if code else _("Country unknown")


def _downloads(found: data.Standings) -> None:
    table = pd.DataFrame(found.cells)[["region_id", "approach_id", "code", "on"]]
    wide = table.pivot(index="region_id", columns="approach_id", values="code").fillna("").reset_index()
    with st.container(horizontal=True, key="downloads"):
        frame.download(_("Matrix as CSV"), wide.to_csv(index=False), "matrix.csv")
        book = spread_overview.workbook({"matrix": wide, "cells": table})
        frame.download(_("Matrix for Excel"), book, "matrix.xlsx")
