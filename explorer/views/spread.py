"""Spread: all approaches, ranked by the regions that they reached, and as a matrix with the regions."""

from typing import Any

import streamlit as st

from explorer import links
from explorer.analysis.diffusion import curves
from explorer.analysis.records import records
from explorer.analysis.spread import funnel, yields
from explorer.data import spread_overview
from explorer.data.spread_overview import Filters, Overview
from explorer.pictures.html import Column, Html, bar, join, link, sentence, table, tag
from explorer.pictures.sparks import spark
from languages.words import _, in_words, ngettext, number

from . import frame, matrix, spread_news, spread_programme, spread_rows
from . import spread_filters as bar_of_filters

ROWS_SHOWN = 100
EXPLAINED = {
    curves: ("half_time_adopters", "cumulative_adoption"),
    funnel: ("funnel_projects", "funnel_pairs", "stalled"),
    yields: ("conversion", "rates", "hazard_ratio"),
}


def render() -> None:
    """Draw the page."""
    filters = bar_of_filters.asked()
    if st.query_params.get("view") == "rows":
        spread_rows.render(filters)
        return
    if bar_of_filters.view() == "matrix":
        matrix.render(filters)
        return
    found = spread_overview.overview(filters)
    frame.title(_heading(found, filters))
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
    bar_of_filters.draw(filters)
    if found.rows.empty:
        _nothing(filters)
        return
    frame.show(_table(found))
    frame.show(_remarks(found, filters))
    _downloads(found)
    spread_news.draw(filters)
    spread_programme.draw(found, filters)
    chosen = [item for module, codes in EXPLAINED.items() for item in module.MEASURES if item.code in codes]
    frame.show(frame.explained(chosen))


def _heading(found: Overview, filters: Filters) -> str:
    rows = found.rows[found.rows["taken_over"] > 0]
    text = ngettext(
        "{count} approach was taken over elsewhere", "{count} approaches were taken over elsewhere", len(rows)
    )
    if filters.theme:
        text = _("{theme}: {sentence}").format(theme=spread_overview.themes()[filters.theme], sentence=text)
    if filters.years:
        text += _(" in {first} to {last}").format(first=filters.years[0], last=filters.years[1])
    if len(rows):
        first = rows.iloc[0]
        regions = ngettext("{count} region", "{count} regions", int(first["taken_over"]))
        text += _("; {name} reached most: {regions}").format(name=first["name"], regions=regions)
    return text


def _nothing(filters: Filters) -> None:
    if filters == Filters():
        frame.notice(_("No approach is on record yet."))
        return
    text = _("No approach is left with these filters. {clear}")
    frame.notice(sentence(text, clear=link(_("Show all approaches"), bar_of_filters.cleared())))


def _table(found: Overview) -> Html:
    rows = records(found.rows if _all_shown(found) else found.rows.head(ROWS_SHOWN))
    most = max((int(row["taken_over"]) for row in rows), default=0)
    tallest = max((totals[-1] for totals in found.totals.values()), default=0)
    cells = [_cells(row, found, most, tallest) for row in rows]
    columns = [
        Column("name", _("Approach")),
        Column("taken_over", _("Regions that took it over")),
        Column("pace", _("How fast")),
        Column("curve", _span(found)),
        Column("last", _("Last taken over"), dated=True),
        Column("came", _("Took over, of those that came")),
        Column("stalled", _("Gone quiet"), numeric=True),
        Column("visits", _("Visits"), numeric=True),
        Column("origin", _("Began in")),
    ]
    used = [item for item in columns if item.name != "curve" or found.totals]
    return tag("div", table(cells, used, _("Approaches by the regions that took them over")), class_="ranked")


def _cells(row: dict[str, Any], found: Overview, most: int, tallest: int) -> dict[str, object]:
    approach, taken = str(row["approach_id"]), int(row["taken_over"])
    reached = bar(taken, most)
    return {
        "name": link(row["name"], links.profile("Approach", approach)),
        "taken_over": join(
            [link(reached, _rows("taken", approach)) if taken else reached, tag("div", _others(row), class_="quiet")]
        ),
        "taken_over_sort": taken,
        "pace": _pace(row),
        "pace_sort": "" if row["half_year"] is None else int(row["half_year"] - row["from_year"]),
        "curve": spark(found.totals.get(approach, []), tallest, _told(row, found)),
        "curve_sort": row["first_on"] or "",
        "last": in_words(row["last_on"]) if row["last_on"] else "",
        "last_sort": row["last_on"] or "",
        "came": _of_those_that_came(row),
        "came_sort": row["came_and_took"] / row["came"] if row["came"] else "",
        "stalled": link(number(row["stalled"]), _rows("stalled", approach)) if row["stalled"] else "",
        "stalled_sort": int(row["stalled"]),
        "visits": link(number(row["visits"]), _rows("visits", approach)) if row["visits"] else "",
        "visits_sort": int(row["visits"]),
        "origin": link(row["origin"], links.profile("Region", str(row["origin_id"]))) if row["origin_id"] else "",
    }


def _others(row: dict[str, Any]) -> Html:
    """Interest and giving up, below the number of regions."""
    approach = str(row["approach_id"])
    told = []
    if row["interested"]:
        words = ngettext("{count} interested", "{count} interested", int(row["interested"]))
        told.append(link(words, _rows("interested", approach)))
    if row["dropped"]:
        words = ngettext("{count} against or stopped", "{count} against or stopped", int(row["dropped"]))
        told.append(link(words, _rows("dropped", approach)))
    return join(told, ", ")


def _pace(row: dict[str, Any]) -> str:
    if row["half_year"] is None:
        if not row["taken_over"]:
            return ""
        return _("too few to say") if row["dated"] or not row["taken_over"] else _("no dates")
    half, years = int(row["half_year"]), int(row["half_year"] - row["from_year"])
    if years <= 0:
        return _("half by {year}, in its first year").format(year=half)
    if row["from_start"]:
        words = ngettext("{count} year after it began", "{count} years after it began", years)
    else:
        words = ngettext("{count} year after the first", "{count} years after the first", years)
    return _("half by {year}, {years}").format(year=half, years=words)


def _of_those_that_came(row: dict[str, Any]) -> Html | str:
    if not row["came"]:
        return ""
    text = _("{took} of {came}").format(took=number(row["came_and_took"]), came=number(row["came"]))
    return link(text, _rows("came", str(row["approach_id"])))


def _told(row: dict[str, Any], found: Overview) -> str:
    """The small curve in words."""
    totals = found.totals.get(str(row["approach_id"]), [0])
    first = int(found.curve["year"].iloc[0]) if len(found.curve) else 0
    rises = [(first + place, total) for place, total in enumerate(totals) if total > ([0, *totals])[place]]
    return ", ".join(
        _("{total} by {year}").format(total=number(total), year=year) for year, total in (*rises[:1], *rises[1:][-1:])
    )


def _span(found: Overview) -> str:
    if found.curve.empty:
        return ""
    return f"{found.curve['year'].iloc[0]}–{found.curve['year'].iloc[-1]}"


def _remarks(found: Overview, filters: Filters) -> Html:
    """What the table leaves out, and how it counts."""
    said: list[object] = []
    if len(found.rows) > ROWS_SHOWN and not _all_shown(found):
        text = _("The first {shown} of {count} approaches; {all}. The downloads have all.")
        every = link(_("show all"), bar_of_filters.address_with(all="yes"))
        said.append(sentence(text, shown=ROWS_SHOWN, count=len(found.rows), all=every))
    if filters.years:
        said.append(
            ngettext(
                "{count} approach on which nothing dated is on record in this period is left out.",
                "{count} approaches on which nothing dated is on record in this period are left out.",
                found.quiet,
            )
            if found.quiet
            else ""
        )
    if found.undated:
        words = (
            (
                "{count} taking-over of unknown date is in no year.",
                "{count} takings-over of unknown date are in no year.",
            )
            if filters.years
            else (
                "{count} taking-over of unknown date is counted, and in no curve.",
                "{count} takings-over of unknown date are counted, and in no curve.",
            )
        )
        said.append(ngettext(*words, found.undated))
    if filters.regions:
        said.append(
            _("The approaches are those in which the region, or one in it, took part; the numbers count all regions.")
        )
    said.append(spread_programme.rule_of_quiet())
    return tag("p", join([item for item in said if item], " "), class_="quiet below")


def _downloads(found: Overview) -> None:
    saved = spread_overview.table_of(found)
    with st.container(horizontal=True, key="downloads"):
        frame.download(_("Table as CSV"), saved.to_csv(index=False), "approaches.csv")
        book = spread_overview.workbook({"approaches": saved, "by year": found.curve})
        frame.download(_("Table for Excel"), book, "approaches.xlsx")


def _rows(of: str, approach: str) -> str:
    return bar_of_filters.address_with(view="rows", of=of, approach=approach, since=None, all=None)


def _all_shown(found: Overview) -> bool:
    return st.query_params.get("all") == "yes" and len(found.rows) > ROWS_SHOWN
