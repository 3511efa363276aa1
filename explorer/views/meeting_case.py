"""Which case to show at the next meeting, and why: ranked where that held on past days, else plain facts."""

from collections.abc import Iterable, Sequence
from math import isnan

import streamlit as st

from explorer import links
from explorer.analysis.advice import backtest, recommend
from explorer.analysis.advice.backtest import BASELINES, CHANCE, LEAST_EVENTS, OURS, BackTest
from explorer.analysis.advice.reasons import Reason
from explorer.analysis.advice.recommend import Case
from explorer.analysis.case_facts import Facts
from explorer.data import meeting_case
from explorer.data.meeting_case import Unseen
from explorer.data.meetings import Meeting
from explorer.data.network import names, theme_names
from explorer.pictures.html import Column, Html, items, join, link, sentence, table, tag
from languages.words import _, in_words, listing, ngettext, number

from . import frame, meeting_words, url

MOST = 10  # facts in sight before the rest is folded away
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


def way(region: str) -> Html:
    """The way from a body in a region to what could be shown to it; nothing where it could not be at a meeting."""
    guest = meeting_case.comes_as(region)
    if not guest:
        return Html("")
    return tag(
        "p", link(_("What to show at its next meeting"), links.address(links.MEETINGS, part="show", present=guest))
    )


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
    """Approaches in use that guests have not seen: by what is on record of them, not by any promise."""
    scope, found = meeting_case.unseen(guests, host)
    if not found:
        frame.show(tag("p", _("Those present use, or came to see, all that is in use there."), class_="none"))
        return
    frame.show(join([tag("h2", _counted(guests, host, scope, len(found))), tag("p", _order(guests, found))]))
    rows = [_row(item) for item in found]
    columns = [Column("approach", _("Approach")), Column("facts", _("What is on record"))]
    frame.show(table(rows[:MOST], columns, _("Approaches that those present have not seen")))
    if len(rows) > MOST:
        more = ngettext("{count} more", "{count} more", len(rows) - MOST)
        rest = table(rows[MOST:], columns, _("Further approaches that those present have not seen"))
        frame.show(tag("details", join([tag("summary", more), rest])))


def _counted(guests: list[str], host: str, scope: str, count: int) -> str:
    """How many there are, and where."""
    where = {
        "host": _("at {host}").format(host=meeting_case.name_of(host)),
        "among": _("among them"),
        "elsewhere": _("elsewhere"),
    }[scope]
    if len(guests) == 1:
        text = ngettext(
            "{count} approach in use {where} that {region} has not seen",
            "{count} approaches in use {where} that {region} has not seen",
            count,
        )
    else:
        text = ngettext(
            "{count} approach in use {where} that some of those present have not seen",
            "{count} approaches in use {where} that some of those present have not seen",
            count,
        )
    return text.replace("{where}", where).replace("{region}", meeting_case.name_of(guests[0]))


def _order(guests: list[str], found: Sequence[Unseen]) -> Html:
    """By what the list is ordered, and why themes of plans count or do not."""
    named = meeting_case.named_in_plans(guests)
    names_ = theme_names()
    if not named:
        plans = _("No plan that names a theme is on record for them, so themes do not count here.")
    elif any(item.facts.named for item in found):
        plans = ""
    else:
        themes = listing([_("“{word}”").format(word=names_.get(theme, theme)) for theme in named])
        plans = _("Their plans name {themes}; no approach that is new to them is about that.").format(themes=themes)
    said = _(
        "Facts, no promise. First stand approaches about a theme named in a plan of those who have not seen them, then "
        "those that most regions took over after they came to see them, then those that most regions took over at all."
    )
    return join([said, " ", plans]) if plans else join([said])


def _row(item: Unseen) -> dict[str, object]:
    parts = [_on_record(item.facts)]
    if item.of > 1:
        new_to = sentence(
            _("New to {n} of the {of} present: {regions}"),
            n=number(len(item.guests)),
            of=number(item.of),
            regions=_regions(item.guests),
        )
        parts.append(tag("div", new_to, class_="quiet"))
    return {
        "approach": link(item.name, links.profile("Approach", item.approach)),
        "facts": join([*parts, tag("div", _where(item))]),
    }


def _on_record(facts: Facts) -> Html:
    """What speaks for an approach, with its numbers."""
    if facts.after:
        came = ngettext(
            "{after} of {count} region that came to see it took it over afterwards",
            "{after} of {count} regions that came to see it took it over afterwards",
            facts.came,
        ).replace("{after}", number(facts.after))
    elif facts.came:
        came = ngettext(
            "{count} region came to see it and is not known to have taken it over",
            "{count} regions came to see it and are not known to have taken it over",
            facts.came,
        )
    else:
        came = _("No region is known to have come to see it")
    if facts.took:
        took = ngettext("{count} region took it over in all", "{count} regions took it over in all", facts.took)
    else:
        took = _("no region is known to have taken it over")
    numbers = _("{came}; {took}.").format(came=came, took=took)
    if facts.named is None:
        return join([numbers])
    theme, plan = facts.named.theme, facts.named
    named = sentence(
        _("About “{theme}”, which {plan} names."),
        theme=link(theme_names().get(theme, theme), links.profile("Theme", theme)),
        plan=link(plan.plan_name, links.profile("Plan", plan.plan)),
    )
    return join([named, " ", numbers])


def _where(item: Unseen) -> Html:
    """The nearest region that has it, how far away, and the others."""
    known, nearest, away = dict(item.used_at), item.nearest.region, item.nearest.away_km
    words = _("To be seen in {region}")
    if not isnan(away):
        words = (
            _("To be seen in {region}, about {km} km away")
            if len(item.guests) == 1
            else _("To be seen in {region}, about {km} km away on average")
        )
    head = sentence(
        words,
        region=link(known[nearest], links.profile("Region", nearest)),
        km=number(0 if isnan(away) else max(10, round(away, -1))),
    )
    others = [(region, name) for region, name in item.used_at if region != nearest]
    if not others:
        return head
    more = ngettext("{count} other region has it", "{count} other regions have it", len(others))
    linked = [link(name, links.profile("Region", region)) for region, name in others]
    return join([head, tag("details", join([tag("summary", more), join(linked, ", ")]))])


def _regions(pairs: Iterable[tuple[str, str]]) -> Html:
    return meeting_words.folded([link(name, links.profile("Region", region)) for region, name in pairs])


def _terms() -> None:
    known = (*recommend.MEASURES, *backtest.MEASURES)
    frame.show(frame.explained([item for item in known if item.code in TERMS]))
