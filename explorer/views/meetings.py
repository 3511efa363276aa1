"""Meetings: what came of those that were, what is to come, whom to ask, and which case to show next."""

from datetime import date

import streamlit as st

from explorer import links
from explorer.data import meetings
from explorer.data.meetings import COMING, PAST, TOOK, UNDATED, Filters, Meeting
from explorer.pictures.html import Column, Html, items, join, link, sentence, table, tag
from graph_store import schema
from languages.words import _, in_words, ngettext, number

from . import frame, meeting_ask, meeting_case, meeting_filters, meeting_words, url

SHOWN = 40  # meetings in a list before a link leads on
ASK, SHOW = "ask", "show"
KNOWN_ONLY = ("known", "took")  # what may be asked for of the outcome


def render() -> None:
    """Draw the page."""
    filters, today = meeting_filters.asked(), date.today()
    found = meetings.chosen(filters)
    quiet = meetings.waiting(filters)
    times = {code: [item for item in found if item.time(today) == code] for code in (PAST, COMING, UNDATED)}
    titles = {
        PAST: _("What came of them"),
        COMING: _("To come ({count})").format(count=number(len(times[COMING]))),
        ASK: _("Ask what came of it ({count})").format(count=number(len(quiet))),
        SHOW: _("What to show next"),
    }
    part = url.one("part", titles, PAST)
    frame.title(_heading(found, times))
    frame.show(_figures(times, found, len(quiet)))
    url.choose_side("part", _("Part of the page"), titles, part)
    if part == SHOW:
        meeting_case.render(times[COMING])
        return
    meeting_filters.draw(filters)
    if part == ASK:
        meeting_ask.render(quiet, filters, today)
    elif part == COMING:
        _coming(times[COMING], found, filters)
    else:
        _past(times[PAST] + times[UNDATED], filters)


def _heading(found: list[Meeting], times: dict[str, list[Meeting]]) -> str:
    text = ngettext("{count} meeting", "{count} meetings", len(found))
    coming = ngettext("{count} to come", "{count} to come", len(times[COMING])) if times[COMING] else _("none to come")
    told = [item for item in found if item.came_of]
    if not told:
        return _("{meetings}, {coming}").format(meetings=text, coming=coming)
    return _(
        "{meetings}, {coming}; what came of it is known for {known} of the {told} where other regions saw an approach"
    ).format(meetings=text, coming=coming, known=number(sum(item.known for item in told)), told=number(len(told)))


def _figures(times: dict[str, list[Meeting]], found: list[Meeting], quiet: int) -> Html:
    """The numbers, each a link to what it counts."""
    took = sum(any(item.outcome in TOOK for item in held.came_of) for held in found)
    known = sum(held.known for held in found)
    entries: list[tuple[int, str, dict[str, object]]] = [
        (len(times[PAST]), _("past"), {"part": None, "outcome": None}),
        (len(times[COMING]), _("to come"), {"part": COMING, "outcome": None}),
        (len(times[UNDATED]), _("without a date"), {"part": None, "outcome": UNDATED}),
        (known, _("with an outcome known"), {"part": None, "outcome": "known"}),
        (took, _("after which a guest took something over"), {"part": None, "outcome": "took"}),
        (quiet, _("regions gone quiet"), {"part": ASK, "outcome": None}),
    ]
    return items(
        (
            link(join([tag("b", number(count)), words]), meeting_filters.address_with(**state))
            for count, words, state in entries
        ),
        "figures",
    )


def _past(every: list[Meeting], filters: Filters) -> None:
    outcome = st.query_params.get("outcome", "")
    kept = [item for item in every if _fits(item, outcome)]
    if outcome in (*KNOWN_ONLY, UNDATED):
        words = {
            "known": _("Only meetings of which an outcome is known"),
            "took": _("Only meetings after which a guest took something over"),
            UNDATED: _("Only meetings without a date"),
        }[outcome]
        frame.show(items([link(words, meeting_filters.address_with(outcome=None))], "chips"))
    if not kept:
        _nothing(filters)
        return
    frame.show(
        tag(
            "p",
            _(
                "What is on record of each region that came, towards what was shown. That one followed the other is "
                "all that is said. Nothing on record means that nobody wrote it down; it is not a no."
            ),
            class_="lead",
        )
    )
    page = kept[_first(len(kept)) :][:SHOWN]
    frame.show(meeting_words.lines_told(page))
    frame.show(_table(page, _("Meetings and what came of them")))
    _leafing(len(kept))
    words = ngettext("{count} meeting as CSV", "{count} meetings as CSV", len(kept))
    frame.download(words, lambda: meetings.table_of(kept).round({"months": 1}).to_csv(index=False), "meetings.csv")


def _fits(held: Meeting, outcome: str) -> bool:
    if outcome == "known":
        return held.known
    if outcome == "took":
        return any(item.outcome in TOOK for item in held.came_of)
    return held.on_to is None if outcome == UNDATED else True


def _coming(coming: list[Meeting], found: list[Meeting], filters: Filters) -> None:
    if coming:
        frame.show(_table(coming[::-1], _("Meetings to come"), past=False))
        return
    last = next((item for item in found if item.on), None)
    words = _("No meeting to come is on record.")
    if last is not None:
        words += " " + _("The last one was on {on}: {name}.").format(on=in_words(last.on), name=last.name)
    words += " " + _(
        "Meetings come in with the tables visits, hosts and attendances; a later date makes them appear here."
    )
    frame.notice(join([words, " ", _clear(filters)]))


def _nothing(filters: Filters) -> None:
    frame.notice(join([_("No meeting is left with these filters."), " ", _clear(filters)]))


def _clear(filters: Filters) -> Html:
    if filters == Filters() and not st.query_params.get("outcome"):
        return Html("")
    return link(_("Show all meetings"), links.address(links.MEETINGS, part=st.query_params.get("part")))


def _first(count: int) -> int:
    """Place of the first meeting shown, as the URL says."""
    asked = st.query_params.get("first", "")
    place = int(asked) if asked.isdecimal() and asked.isascii() and len(asked) < 7 else 0
    return place if place < count else 0


def _leafing(count: int) -> None:
    """Where in the list the reader is, with links back and on."""
    if count <= SHOWN:
        return
    first = _first(count)
    here = _("Meetings {first} to {last} of {count}").format(
        first=number(first + 1), last=number(min(first + SHOWN, count)), count=number(count)
    )
    steps: list[object] = []
    if first:
        back = max(first - SHOWN, 0) or None
        steps.append(link(_("later ones"), meeting_filters.address_with(first=back)))
    if first + SHOWN < count:
        steps.append(link(_("earlier ones"), meeting_filters.address_with(first=first + SHOWN)))
    frame.show(tag("p", join([here, *steps], " · ")))


def _table(shown: list[Meeting], caption: str, *, past: bool = True) -> Html:
    rows = [
        {
            "name": _named(held),
            "on": in_words(held.on),
            "on_sort": held.on,
            "told": meeting_words.came_of(held) if past else _prepared(held),
            "about": meeting_words.subjects(held),
            "guests": meeting_words.bodies(held.guests) if held.guests else _("not recorded"),
        }
        for held in shown
    ]
    columns = [
        Column("name", _("Meeting")),
        Column("on", _("When"), dated=True),
        Column("told", _("What came of it") if past else _("To prepare")),
        Column("about", _("About")),
        Column("guests", _("Who came") if past else _("Who comes")),
    ]
    return tag("div", table(rows, columns, caption), class_="meetings")


def _prepared(held: Meeting) -> Html:
    return link(_("What to show there"), meeting_case.address_for(held))


def _named(held: Meeting) -> Html:
    """A meeting's name, its kind and its host."""
    kind = _(schema.title_of(schema.VISIT_KINDS, held.kind)) or held.kind
    said = sentence(_("{kind} at {hosts}"), kind=kind, hosts=meeting_words.bodies(held.hosts)) if held.hosts else kind
    return join([link(held.name, links.profile("Visit", held.id)), tag("div", said, class_="quiet")])
