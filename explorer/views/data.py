"""Data: what is loaded, since when and from where, what each run changed, what is doubtful, what is lacking."""

from datetime import date
from typing import Any

import streamlit as st

from explorer import links
from explorer.data import loads
from explorer.data.loads import Run
from explorer.pictures.html import Column, Html, items, join, link, sentence, table, tag
from graph_store.schema import node_kind
from languages.words import N_, NP_, _, in_words, ngettext, number

from . import data_groups, data_news, data_upload, frame
from .data_news import moment

EARLIEST = date(2000, 1, 1)  # day that can be asked for: without it, ten years ago
SHOWN = 25  # runs, unless all are asked for
SINCE, OF, ALL = "since", "run", "all"  # in the address

KINDS = {  # of runs
    "load": N_("Loaded"),
    "undo": N_("Taken back"),
    "removal": N_("Taken out"),
    "repair": N_("Mended"),
    "restore": N_("Restored from a backup"),
}
STATES = {  # what became of a run
    "shown": N_("is shown now"),
    "shown again": N_("a later run led back to it"),
    "replaced": N_("a later run followed"),
    "taken back": N_("was taken back"),
    "done": N_("nothing is left to show"),
}
WAYS = {"command": N_("by command"), "app": N_("in this app"), "watch": N_("by the schedule")}
FILES = NP_("{count} file", "{count} files")
_NAMED = 2  # files named one by one


def render() -> None:
    """Draw the page, or the part of it that the address asks for."""
    if st.query_params.get(SINCE) or st.query_params.get(OF):
        data_news.render(st.query_params.get(SINCE, ""), st.query_params.get(OF, ""))
        return
    runs = loads.runs()
    sets = loads.data_sets()
    frame.title(_title(sets, runs))
    latest = {run.data_set: run for run in reversed(runs) if run.state == "shown"}
    frame.show(_sets(sets, latest))
    _since_when(runs)
    frame.show(tag("h2", _("What was done")))
    frame.show(_runs(runs, {str(row["id"]): str(row["name"]) for row in sets}))
    frame.show(_doubtful(list(latest.values())))
    frame.show(_lacking())
    data_upload.render()


def start() -> None:
    """What the page has where nothing is loaded yet: a way to upload, where that is on."""
    data_upload.render(only_if_offered=True)


def _title(sets: list[dict[str, Any]], runs: list[Run]) -> str:
    held = ngettext("{count} data set in the graph", "{count} data sets in the graph", len(sets))
    if not runs:
        return held
    last = runs[0]
    changes = ngettext("{count} change", "{count} changes", last.added + last.changed + last.removed)
    return _("{held}; last refreshed on {when}, with {changes}").format(
        held=held, when=in_words(last.at[:10]), changes=changes
    )


def _sets(sets: list[dict[str, Any]], latest: dict[str, Run]) -> Html:
    kind = node_kind("DataSet").property("kind")
    rows = []
    for row in sets:
        run = latest.get(str(row["id"]))
        rows.append(
            {
                "name": row["name"],
                "kind": _(kind.option(row["kind"]).title) if row["kind"] in kind.codes else row["kind"],
                "until": in_words(str(row["data_until"])) if row["data_until"] else None,
                "until_sort": row["data_until"] or "",
                "licence": row["licence"],
                "at": moment(run.at) if run else None,
                "at_sort": run.at if run else "",
                "files": _files(run.files) if run else None,
                "rows": sum(run.rows.values()) if run else None,
            }
        )
    columns = [
        Column("name", _("Data set")),
        Column("kind", _("Kind")),
        Column("until", _("Looked for up to"), dated=True),
        Column("licence", _("Licence")),
        Column("at", _("Loaded"), dated=True),
        Column("files", _("From")),
        Column("rows", _("Rows"), numeric=True),
    ]
    return table(rows, columns, _("What is loaded"))


def _since_when(runs: list[Run]) -> None:
    """A way to what is new: since a day, or since a run."""
    frame.show(tag("h2", _("What is new since …")))
    with st.container(horizontal=True, key="since", vertical_alignment="bottom"):
        day = st.date_input(_("Day"), value=None, min_value=EARLIEST, key="since-day", format="YYYY-MM-DD", width=200)
        asked = st.button(_("Show what is new"), key="since-go")
    if asked and day is not None:
        frame.go_to(links.DATA, since=str(day))
    elif asked:
        frame.notice(_("Choose a day first."))
    ways = [
        sentence(
            _("since {when}"),
            when=link(moment(run.at), links.address(links.DATA, since=run.id)),
        )
        for run in runs[1:4]
    ]
    if ways:
        frame.show(tag("p", join([_("Or after an earlier run: "), join(ways, ", ")]), class_="quiet"))


def _runs(runs: list[Run], named: dict[str, str]) -> Html:
    shown = runs if st.query_params.get(ALL) else runs[:SHOWN]
    rows = [
        {
            "at": link(moment(run.at), links.address(links.DATA, run=run.id)),
            "at_sort": run.at,
            "what": _what(run, named),
            "added": run.added,
            "changed": run.changed,
            "removed": run.removed,
            "files": _files(run.files),
            "state": _(STATES.get(run.state, run.state)) if run.data_set else None,
        }
        for run in shown
    ]
    columns = [
        Column("at", _("When, and what changed"), dated=True),
        Column("what", _("What was done")),
        Column("added", _("Added"), numeric=True),
        Column("changed", _("Changed"), numeric=True),
        Column("removed", _("Removed"), numeric=True),
        Column("files", _("From")),
        Column("state", _("Now")),
    ]
    rest = len(runs) - len(shown)
    more = link(ngettext("{count} earlier run", "{count} earlier runs", rest), links.address(links.DATA, all="1"))
    return join([table(rows, columns, _("Runs of the loader, the latest first")), tag("p", more) if rest else ""])


def _what(run: Run, named: dict[str, str]) -> Html:
    done = sentence(
        "{what}: {data_set}", what=_(KINDS.get(run.kind, run.kind)), data_set=named.get(run.data_set, run.data_set)
    )
    words = done if run.data_set else Html(_(KINDS.get(run.kind, run.kind)))
    way = tag("span", _(WAYS[run.by]), class_="quiet") if run.by in WAYS else ""
    return join([words, way], " ")


def _files(files: tuple[str, ...]) -> Html | None:
    if not files:
        return None
    if len(files) <= _NAMED:
        return join(files, ", ")
    summary = tag("summary", ngettext(*FILES, len(files)))
    return tag("details", join([summary, items(files, "plain")]))


def _doubtful(runs: list[Run]) -> Html:
    """The doubts of what is shown, by cause."""
    found = [group for run in runs for group in loads.doubts(run.back_to or run.id)]
    head = tag("h2", _("What is doubtful"), id="doubtful")
    if not found:
        return join([head, tag("p", _("The last load of each data set was told no doubt."))])
    told = ngettext("{count} doubt", "{count} doubts", sum(group.count for group in found))
    causes = ngettext("{count} cause", "{count} causes", len(found))
    lead = _("{doubts} of {causes}. A doubt does not stop a load; whoever keeps the tables may want to look.")
    return join(
        [
            head,
            tag("p", lead.format(doubts=told, causes=causes)),
            data_groups.table_of(found, _("Doubts of the last load of each data set")),
        ]
    )


def _lacking() -> Html:
    entries = [
        join([tag("b", number(count)), " ", link(_(title), links.question(name))])
        for name, title, count in loads.lacking()
    ]
    head = tag("h2", _("What the data lack"))
    if not entries:
        return join([head, tag("p", _("None of the questions on what is missing finds anything."))])
    return join([head, items(entries, "questions")])
