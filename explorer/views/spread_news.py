"""What is new since a day: takings-over, decisions against, visits, approaches begun."""

from collections.abc import Callable
from datetime import date
from typing import Any

import streamlit as st

from explorer import links
from explorer.data import spread_overview
from explorer.data.spread_overview import Filters, News
from explorer.pictures.html import Html, items, join, link, sentence, tag
from graph_store import schema
from languages.words import _, in_words, ngettext, number

from . import frame
from . import spread_filters as bar_of_filters

SHOWN, MOST = 5, 100

Row = dict[str, Any]


def draw(filters: Filters) -> None:
    """The part of the page that tells what is new."""
    found = spread_overview.news(filters, bar_of_filters.since())
    if found is None:
        return
    frame.show(tag("h2", _heading(found)))
    with st.container(key="news"):
        bar_of_filters.draw_since(found.since, found.until)
    frame.show(_explained(found, filters))
    cards = [
        _card(_("Taken over"), found.taken, _step, _("Nothing was taken over since then.")),
        _card(_("Decided against, or stopped"), found.dropped, _step, _("No such decision is on record since then.")),
        _card(_("Visits"), found.visits, _visit, _("No visit about an approach is on record since then.")),
        _card(_("Approaches begun"), found.begun, _begun, _("No approach is known to have begun since then.")),
    ]
    frame.show(tag("div", join(cards), class_="cards news"))


def _heading(found: News) -> str:
    counts = [
        ngettext("{count} taking-over", "{count} takings-over", len(found.taken)),
        ngettext("{count} visit", "{count} visits", len(found.visits)),
    ]
    return _("New since {day}: {first}, {second}").format(
        day=in_words(found.since.isoformat()), first=counts[0], second=counts[1]
    )


def _explained(found: News, filters: Filters) -> Html:
    said = [_("The last that is on record is of {day}.").format(day=in_words(found.until.isoformat()))]
    lists = (found.taken, found.dropped, found.visits, found.begun)
    unsure = sum(row["perhaps"] for rows in lists for row in rows)
    if unsure:
        said.append(
            ngettext(
                "{count} date is of a month or a year that may lie before that day: marked “perhaps”.",
                "{count} dates are of a month or a year that may lie before that day: marked “perhaps”.",
                unsure,
            )
        )
    if filters.theme or filters.regions:
        said.append(_("Only what is of the theme and the regions chosen above; the period above does not count here."))
    return tag("p", " ".join(said), class_="quiet")


def _card(title: str, rows: list[Row], told: Callable[[Row], Html], nothing: str) -> Html:
    heading = tag("h3", f"{title}: {number(len(rows))}")
    if not rows:
        return tag("section", join([heading, tag("p", nothing, class_="none")]), class_="card")
    parts = [heading, items(map(told, rows[:SHOWN]))]
    if more := rows[SHOWN:MOST]:
        words = ngettext("{count} more", "{count} more", len(more))
        parts.append(tag("details", join([tag("summary", words), items(map(told, more))])))
    if len(rows) > MOST:
        parts.append(
            tag("p", _("Only the last {count} are listed; choose a later day.").format(count=MOST), class_="quiet")
        )
    return tag("section", join(parts), class_="card")


def _step(row: Row) -> Html:
    return join(
        [
            sentence(
                "{region}: {approach}",
                region=link(row["region"], links.profile("Region", row["region_id"])),
                approach=link(row["approach"], links.profile("Approach", row["approach_id"])),
            ),
            tag("div", join([_(schema.title_of(schema.STAGES, row["stage"])), _when(row)], ", "), class_="quiet"),
        ]
    )


def _visit(row: Row) -> Html:
    hosts = ", ".join(str(host) for host in row["hosts"])
    came = ngettext("{count} body came", "{count} bodies came", int(row["attendees"])) if row["attendees"] else ""
    name = link(row["name"], links.profile("Visit", row["visit_id"]))
    return join([name, tag("div", join([part for part in (hosts, came, _when(row)) if part], ", "), class_="quiet")])


def _begun(row: Row) -> Html:
    name = link(row["name"], links.profile("Approach", row["approach_id"]))
    place = link(row["origin"], links.profile("Region", row["origin_id"])) if row["origin_id"] else ""
    return join([name, tag("div", join([part for part in (place, _when(row)) if part], ", "), class_="quiet")])


def _when(row: Row) -> Html:
    day = in_words(str(row["on"])) if isinstance(row["on"], str | date) else ""
    return tag("span", f"{day} ({_('perhaps')})" if row["perhaps"] else day, class_="when")
