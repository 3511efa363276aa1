"""Which case to show at the next meeting, and why: ranked where that held on past days, else plain facts."""

from collections.abc import Iterable

import streamlit as st

from explorer import links
from explorer.analysis.advice import backtest, recommend
from explorer.analysis.advice.backtest import BASELINES, CHANCE, LEAST_EVENTS, OURS, BackTest
from explorer.analysis.advice.reasons import Reason
from explorer.analysis.advice.recommend import Case
from explorer.data import meeting_case
from explorer.data.meetings import Meeting
from explorer.data.network import names, theme_names
from explorer.pictures.html import Column, Html, items, join, link, sentence, table, tag
from languages.words import _, in_words, ngettext, number

from . import frame, meeting_words, url

MOST = 12  # facts in sight before the rest is folded away
REASONS = 3  # told in sight; the others one click away
PATIENCE = 0.4  # seconds that the page waits for the back-test before it is drawn without
TERMS = ("case_to_show", "hits", "times")


def render(coming: list[Meeting]) -> None:
    """Draw the choice of those present, and what to show them."""
    known, showing = meeting_case.choice(), meeting_case.hosts()
    present, host = url.several("present", known), url.one("host", showing)
    frame.show(tag("p", _("Choose who will be there, and whose approaches are to be shown."), class_="lead"))
    with st.container(horizontal=True, key="filters", vertical_alignment="bottom"):
        url.choose_several("present", _("Regions present"), known, present, _("Choose regions"), 420)
        url.choose_one("host", _("Host, or who shows it"), showing, host, _("Any of them"))
    if coming and not present:
        entries = [
            sentence(_("{meeting}, {when}"), meeting=link(held.name, address_for(held)), when=in_words(held.on))
            for held in coming[::-1]
        ]
        frame.show(join([tag("h2", _("Or take a meeting to come")), items(entries, "plain")]))
    guests = [region for region in present if region != host]
    if not guests:
        frame.notice(_("Nobody is chosen yet. Choose one region or several above: those who will be shown something."))
        return
    _shown(guests, host)


def address_for(held: Meeting) -> str:
    """Address of the choice for one meeting: its guests and its host."""
    present, host = meeting_case.present_at(held)
    return links.address(links.MEETINGS, part="show", present=present, host=host)


def _shown(guests: list[str], host: str) -> None:
    test = meeting_case.tested()
    if test.ready(PATIENCE):
        _told(test.answer(), guests, host)
    else:
        _waiting(guests, host)


@st.fragment(run_every=1.0)
def _waiting(guests: list[str], host: str) -> None:
    test = meeting_case.tested()
    if test.ready():
        st.rerun()
    frame.show(
        tag(
            "p", _("Looking whether recommendations would have come true on past days …"), class_="quiet", role="status"
        )
    )
    _facts(guests, host)


def _told(test: BackTest, guests: list[str], host: str) -> None:
    if test.verdict.may_show and meeting_case.is_known(host):
        _ranked(test, guests, host)
        return
    may = test.verdict.may_show
    why = _("This host is not among the regions that the advice can judge.") if may else _(test.verdict.reason)
    frame.notice(join([_("No case is recommended here. "), why, " ", _figures(test)]))
    _facts(guests, host)
    _terms()


def _figures(test: BackTest) -> str:
    """How the recommendations would have fared: the honest figures."""
    if not len(test.days):
        return ""
    hits = test.table.set_index("method")["hits"]
    rivals = {code: float(hits[code]) for code in (*BASELINES, CHANCE) if code in hits.index}
    best = max(rivals, key=lambda code: rivals[code])
    told = _(
        "Tried on {days} past days, {hits} of the recommendations came true, and {best} of those of the best simple "
        "guess. The days overlap: all rests on {events} different takings-over within {months} months."
    )
    if test.events < LEAST_EVENTS:
        told += " " + _("From fewer than {least} nobody can tell.")
    return told.format(
        days=number(len(test.days)),
        hits=number(float(hits[OURS])),
        best=number(rivals[best]),
        events=number(test.events),
        months=number(test.months),
        least=number(LEAST_EVENTS),
    )


def _ranked(test: BackTest, guests: list[str], host: str) -> None:
    found = meeting_case.cases(guests, host)
    if not found:
        frame.notice(_("Those present have or saw all that is in use there: there is nothing to recommend."))
        return
    title = ngettext("One case to show, and why", "{count} cases to show, the best first, and why", len(found))
    frame.show(join([tag("h2", title), items((_case(item) for item in found), "cases-to-show", ordered=True)]))
    frame.show(tag("p", join([_(test.verdict.reason), " ", _figures(test)]), class_="quiet"))
    _terms()


def _case(item: Case) -> Html:
    name = link(names().get(item.approach, (item.approach, ""))[0], links.profile("Approach", item.approach))
    shows = link(meeting_case.name_of(item.host), links.profile("Region", item.host))
    head = sentence(_("{approach}, shown by {region}"), approach=tag("b", name), region=shows)
    whom = sentence(
        _("For {n} of the {of} present, who neither use it nor came to see it: {regions}"),
        n=number(item.n),
        of=number(item.of),
        regions=_regions((region, meeting_case.name_of(region)) for region in item.regions),
    )
    why = [_because(reason) for reason in item.reasons]
    parts = [tag("div", head), tag("div", whom), items(why[:REASONS], "plain")]
    if len(why) > REASONS:
        more = ngettext("{count} more reason", "{count} more reasons", len(why) - REASONS)
        parts.append(tag("details", join([tag("summary", more), items(why[REASONS:], "plain")])))
    return join(parts)


def _because(reason: Reason) -> str:
    values = {key: number(value) if isinstance(value, int) else value for key, value in reason.values.items()}
    if "year" in reason.values:
        values["year"] = str(reason.values["year"])
    if "theme" in values:
        values["theme"] = theme_names().get(str(values["theme"]), values["theme"])
    return _(reason.sentence).format(**values)


def _facts(guests: list[str], host: str) -> None:
    """Approaches in use that guests have not seen: counted, not ranked by any promise."""
    scope, found = meeting_case.unseen(guests, host)
    if not found:
        frame.show(tag("p", _("Those present use, or came to see, all that is in use there."), class_="none"))
        return
    where = {
        "host": _("at {host}").format(host=meeting_case.name_of(host)),
        "among": _("among them"),
        "elsewhere": _("elsewhere"),
    }[scope]
    title = ngettext(
        "{count} approach in use {where} that some of those present have not seen",
        "{count} approaches in use {where} that some of those present have not seen",
        len(found),
    )
    said = _("Plain facts, no promise: the first are new to most of those present, equal ones stand by the alphabet.")
    frame.show(join([tag("h2", title.replace("{where}", where)), tag("p", said, class_="quiet")]))
    rows = [
        {
            "approach": link(item.name, links.profile("Approach", item.approach)),
            "guests": join(
                [
                    _("{n} of {of}").format(n=number(len(item.guests)), of=number(item.of)),
                    tag("div", _regions(item.guests), class_="quiet"),
                ]
            ),
            "guests_sort": len(item.guests),
            "used_at": _regions(item.used_at),
        }
        for item in found
    ]
    columns = [
        Column("approach", _("Approach")),
        Column("guests", _("New to")),
        Column("used_at", _("In use at")),
    ]
    frame.show(table(rows[:MOST], columns, _("Approaches that those present have not seen")))
    if len(rows) > MOST:
        more = ngettext("{count} more", "{count} more", len(rows) - MOST)
        rest = table(rows[MOST:], columns, _("Further approaches that those present have not seen"))
        frame.show(tag("details", join([tag("summary", more), rest])))


def _regions(pairs: Iterable[tuple[str, str]]) -> Html:
    return meeting_words.folded([link(name, links.profile("Region", region)) for region, name in pairs])


def _terms() -> None:
    known = (*recommend.MEASURES, *backtest.MEASURES)
    frame.show(frame.explained([item for item in known if item.code in TERMS]))
