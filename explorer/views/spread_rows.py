"""The rows behind a number of the page Spread: which regions, visits or projects it counts."""

from typing import Any

import streamlit as st

from explorer import links
from explorer.analysis.days import DAYS_PER_MONTH
from explorer.analysis.spread.outcomes import OUTCOMES
from explorer.analysis.spread.tree import GRADES
from explorer.data import spread_rows
from explorer.data.spread_overview import Filters
from explorer.data.spread_rows import OF_PROJECTS, OF_VISITS, Behind
from explorer.pictures.html import Column, Html, join, link, table, tag
from graph_store import schema
from languages.words import NP_, _, in_words, ngettext, number

from . import frame
from . import spread_filters as bar_of_filters

SHOWN = 500

TITLES = {
    "taken": NP_("{count} taking-over by a region", "{count} takings-over by regions"),
    "interested": NP_("{count} region considers or adapts it", "{count} regions consider or adapt it"),
    "dropped": NP_("{count} region decided against it or stopped", "{count} regions decided against it or stopped"),
    "came": NP_("{count} region came to see it", "{count} regions came to see it"),
    "took": NP_("{count} region took it over after a visit", "{count} regions took it over after a visit"),
    "stalled": NP_("{count} region came and has gone quiet", "{count} regions came and have gone quiet"),
    "visits": NP_("{count} visit about it", "{count} visits about it"),
    "told": NP_("{count} project was presented to others", "{count} projects were presented to others"),
    "visited": NP_("{count} project drew a visit", "{count} projects drew a visit"),
    "elsewhere": NP_(
        "What {count} project does was taken over elsewhere", "What {count} projects do was taken over elsewhere"
    ),
}


def render(filters: Filters) -> None:
    """Draw the list that the URL asks for."""
    of, approach = st.query_params.get("of", ""), st.query_params.get("approach", "")
    found = spread_rows.behind(filters, of, approach)
    if found is None:
        frame.title(_("No such list"))
        frame.show(_back())
        return
    frame.title(_heading(found, filters), _("Spread"))
    frame.show(_back())
    if not found.rows:
        frame.notice(_("Nothing: no row of the data answers this."))
        return
    frame.show(_table(found))
    if len(found.rows) > SHOWN:
        words = _("The first {shown} of {count} rows; the download has all.")
        frame.show(tag("p", words.format(shown=SHOWN, count=number(len(found.rows))), class_="quiet below"))
    frame.download(_("These rows as CSV"), _file(found), f"{of}.csv")


def _heading(found: Behind, filters: Filters) -> str:
    text = ngettext(*TITLES[found.of], len(found.rows))
    if found.approach:
        text = f"{found.approach}: {text}"
    elif found.of not in (*OF_PROJECTS, "taken"):
        text = _("All approaches: {sentence}, counted once for each").format(sentence=text)
    if filters.years and found.of not in OF_PROJECTS:
        text += f", {filters.years[0]}–{filters.years[1]}"
    return text


def _back() -> Html:
    return tag("p", link(_("Back to all approaches"), bar_of_filters.address_with(view=None, of=None, approach=None)))


def _table(found: Behind) -> Html:
    rows = found.rows[:SHOWN]
    if found.of in OF_PROJECTS:
        return table([_project(row) for row in rows], _project_columns(), _("Projects"))
    cells = [_visit(row) if found.of in OF_VISITS else _region(row) for row in rows]
    columns = [
        Column("region", _("Region")),
        Column("visit", _("Visit")),
        Column("approach", _("Approach")),
        Column("hosts", _("Host")),
        Column("stage", _("Step")),
        Column("on", _("When"), dated=True),
        Column("outcome", _("What is known to have come of it")),
        Column("waiting", _("Since then")),
    ]
    hidden = {"approach"} if found.approach else set()
    used = [item for item in columns if item.name not in hidden and any(cell.get(item.name) for cell in cells)]
    first = "visit" if found.of in OF_VISITS else "region"
    used.sort(key=lambda item: item.name != first)
    return table(cells, used, _("The rows behind this number"))


def _region(row: dict[str, Any]) -> dict[str, object]:
    outcomes = {item.code: _(item.title) for item in OUTCOMES}
    return {
        "region": link(row["region"], links.profile("Region", row["region_id"])),
        "approach": link(row["approach"], links.profile("Approach", row["approach_id"])),
        "stage": _(schema.title_of(schema.STAGES, row["stage"])) if row["stage"] else "",
        "on": in_words(row["on"]) if row["on"] else _("unknown"),
        "on_sort": row["on"] or "",
        "visit": link(row["visit"], links.profile("Visit", row["visit_id"])) if row["visit_id"] else "",
        "outcome": outcomes.get(row["outcome"] or "", ""),
        "waiting": _waiting(row["days"]),
        "waiting_sort": row["days"] or "",
    }


def _waiting(days: object) -> str:
    if not isinstance(days, int | float):
        return ""
    months = round(days / DAYS_PER_MONTH)
    if months < 24:
        return ngettext("{count} month", "{count} months", months)
    return ngettext("{count} year", "{count} years", months // 12)


def _visit(row: dict[str, Any]) -> dict[str, object]:
    hosts = zip(row["host_ids"], row["hosts"], strict=True)
    return {
        "visit": link(row["visit"], links.profile("Visit", row["visit_id"])),
        "approach": link(row["approach"], links.profile("Approach", row["approach_id"])),
        "on": in_words(row["on"]) if row["on"] else _("unknown"),
        "on_sort": row["on"] or "",
        "hosts": join((tag("span", name) for _host, name in hosts), ", "),
    }


def _project(row: dict[str, Any]) -> dict[str, object]:
    grades = {item.code: _(item.title) for item in GRADES}
    return {
        "project": link(row["project"], links.profile("Project", row["project_id"])),
        "stories": row["stories"],
        "visits": row["visits"],
        "guests": row["guests"],
        "taken": sum(row[grade] for grade in grades),
        "grade": grades.get(row["grade"], ""),
    }


def _project_columns() -> list[Column]:
    return [
        Column("project", _("Project")),
        Column("stories", _("Presented"), numeric=True),
        Column("visits", _("Visits"), numeric=True),
        Column("guests", _("Regions that came"), numeric=True),
        Column("taken", _("Taken over elsewhere"), numeric=True),
        Column("grade", _("How that is known")),
    ]


def _file(found: Behind) -> str:
    import csv
    import io

    held = io.StringIO()
    names = [name for name in found.rows[0] if name not in ("hosts", "host_ids")]
    writer = csv.DictWriter(held, names, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(found.rows)
    return held.getvalue()
