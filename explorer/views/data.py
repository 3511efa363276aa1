"""Data: what is new, what is loaded and from where, what is doubtful, what is lacking, and every refresh so far."""

from datetime import date
from typing import Any

import streamlit as st

from explorer import links
from explorer.data import loads
from explorer.data.loads import Run
from explorer.pictures.html import Column, Html, items, join, link, sentence, table, tag
from graph_store.schema import node_kind
from languages.words import N_, NP_, _, in_words, listing, ngettext, number

from . import data_groups, data_news, data_upload, frame

EARLIEST = date(2000, 1, 1)  # day that can be asked for: without it, ten years ago
SHOWN = 25  # runs, unless all are asked for
EARLIER = 3  # of them, offered as a day to compare with
SINCE, OF, ALL, PART, UPLOAD = "since", "run", "all", "part", "upload"  # in the address

KINDS = {  # of runs
    "load": N_("Loaded"),
    "undo": N_("Taken back"),
    "removal": N_("Taken out"),
    "repair": N_("Mended"),
    "restore": N_("Restored from a backup"),
}
STATES = {  # what became of a run
    "shown": N_("is shown now"),
    "shown again": N_("a later step led back to it"),
    "replaced": N_("a later step followed"),
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
    upload_first = st.query_params.get(PART) == UPLOAD or data_upload.knows_steward()
    frame.show(_ways(with_data=bool(sets), with_upload=not upload_first))
    if upload_first:  # a steward comes to do something, everybody else to see what is new
        data_upload.render()
    latest = {run.data_set: run for run in reversed(runs) if run.state == "shown"}
    _new(runs)
    frame.show(join([tag("h2", _("What is loaded"), id="loaded"), _sets(sets, latest)]))
    if sets:
        frame.show(_doubtful(list(latest.values())))
        frame.show(_lacking())
    frame.show(
        join(
            [
                tag("h2", _("Every refresh so far"), id="done"),
                _runs(runs, {str(row["id"]): str(row["name"]) for row in sets}),
            ]
        )
    )


def way_to_upload() -> str:
    """Address of the part where stewards upload; empty where that is off."""
    return links.address(links.DATA, part=UPLOAD) if data_upload.is_offered() else ""


def start() -> None:
    """What the page has where nothing is loaded yet: a way to upload, where that is on."""
    data_upload.render(only_if_offered=True)


def _title(sets: list[dict[str, Any]], runs: list[Run]) -> str:
    held = (
        ngettext("{count} data set in the graph", "{count} data sets in the graph", len(sets))
        if sets
        else _("No data set is in the graph")
    )
    if not runs:
        return held
    last = runs[0]
    changes = ngettext("{count} change", "{count} changes", last.added + last.changed + last.removed)
    return _("{held}; last refreshed on {when}, with {changes}").format(
        held=held, when=frame.day(last.at), changes=changes
    )


def _ways(*, with_data: bool, with_upload: bool) -> Html:
    """What there is on this page, and the way to upload."""
    own = {
        "new": _("What is new"),
        "loaded": _("What is loaded"),
        **({"doubtful": _("What is doubtful"), "lacking": _("What the data lack")} if with_data else {}),
        "done": _("Every refresh so far"),
    }
    ways = [link(words, f"#{place}") for place, words in own.items()]
    if with_upload:
        ways.append(link(_("For data stewards: upload a workbook"), links.address(links.DATA, part=UPLOAD)))
    return tag("nav", items(ways, "jumps"), aria_label=_("On this page"))


def _sets(sets: list[dict[str, Any]], latest: dict[str, Run]) -> Html:
    if not sets:
        return tag("p", _("No data set is in the graph now."))
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
                "at": frame.moment(run.at) if run else None,
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


def _new(runs: list[Run]) -> None:
    """What the last refresh changed, and a way to what is new since a day or an earlier refresh."""
    lines = [tag("h2", _("What is new"), id="new")]
    if runs:
        lines.append(
            tag(
                "p",
                sentence(
                    _("The last refresh, on {when}: {changes}."),
                    when=frame.moment(runs[0].at),
                    changes=link(_changes(runs[0]), links.address(links.DATA, run=runs[0].id)),
                ),
            )
        )
    earlier: dict[str, str] = {}  # of several in one minute, the last
    for run in runs[1:]:
        earlier.setdefault(frame.moment(run.at), links.address(links.DATA, since=run.id))
    ways = [link(_("since {when}").format(when=when), way) for when, way in list(earlier.items())[:EARLIER]]
    if ways:
        lines.append(tag("p", join([_("All that is new: "), join(ways, "; "), "."])))
    frame.show(join(lines))
    with st.container(horizontal=True, key="since", vertical_alignment="bottom"):
        day = st.date_input(
            _("Everything since the day"),
            value=None,
            min_value=EARLIEST,
            key="since-day",
            format="DD/MM/YYYY",
            width=220,
        )
        asked = st.button(_("Show what is new"), key="since-go")
    if asked and day is not None:
        frame.go_to(links.DATA, since=str(day))
    elif asked:
        frame.notice(_("Choose a day first."))


def _changes(run: Run) -> str:
    """What a run changed, in words: ``12 entries and 30 ties added, 2 changed``."""
    told = []
    for words, entries, ties in (
        (N_("{what} added"), *_counted(run, "added")),
        (N_("{what} changed"), *_counted(run, "changed")),
        (N_("{what} taken away"), *_counted(run, "removed")),
    ):
        parts = [ngettext("{count} entry", "{count} entries", entries)] if entries else []
        parts += [ngettext("{count} tie", "{count} ties", ties)] if ties else []
        if parts:
            told.append(_(words).format(what=listing(parts)))
    return ", ".join(told) or _("nothing changed")


def _counted(run: Run, change: str) -> tuple[int, int]:
    """How many nodes, and how many ties between them, a run added, changed or removed."""
    entries = sum(getattr(each, change) for kind, each in run.changes.items() if loads.naming.is_thing(kind))
    return entries, sum(getattr(each, change) for each in run.changes.values()) - entries


def _runs(runs: list[Run], named: dict[str, str]) -> Html:
    shown = runs if st.query_params.get(ALL) else runs[:SHOWN]
    rows = [
        {
            "at": link(frame.moment(run.at), links.address(links.DATA, run=run.id)),
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
    more = link(ngettext("{count} more", "{count} more", rest), links.address(links.DATA, all="1"))
    return join([table(rows, columns, _("Every refresh so far, the latest first")), tag("p", more) if rest else ""])


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
    head = tag("h2", _("What the data lack"), id="lacking")
    if not entries:
        return join([head, tag("p", _("None of the questions on what is missing finds anything."))])
    return join([head, items(entries, "questions")])
