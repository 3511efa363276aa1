"""One region: what it gave, what it took over and from whom, whom it visits, and what could come next."""

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

import streamlit as st

from explorer import links
from explorer.analysis.days import DAYS_PER_MONTH
from explorer.analysis.spread.accounts import Account, Open, Passed, own_lag
from explorer.analysis.spread.tree import GRADES
from explorer.data import network, regions
from explorer.data.profiles import Profile
from explorer.pictures.html import Column, Html, facts, items, join, link, sentence, table, tag
from graph_store import schema
from languages.words import _, in_words, ngettext, number

from . import frame, meeting_case, region_counts, region_meetings, region_next, region_place
from . import profile as shared
from .region_words import GAVE, TOOK, approach_link, first_few, months, region_link, visit_link, why

FEW = 5  # approaches seen, below which a share says little
TOLD_HERE = (
    ("ORIGINATED_IN", False),
    ("TOOK_UP", True),
    ("HOSTED", True),
    ("ATTENDED", True),
    ("PART_OF", True),
    ("PART_OF", False),
    ("CREDITED_TO", False),
)


def render(node: Profile) -> None:
    """Draw the page of a region."""
    own = regions.account(node.id)
    frame.title(finding(node.name, own), _kicker(node))
    words, picture = st.columns([3, 2], gap="large")
    with words:
        frame.show(lead(own))
        frame.show(in_names(node, own))
        frame.show(_next(node, own))
        frame.show(shared.briefing(node))
        frame.show(meeting_case.way(node.id))
    with picture, st.container(key="own-map"):
        region_meetings.draw_map(node, own)
    frame.show(taken_over(own))
    frame.show(not_taken(own))
    frame.show(given(own))
    frame.show(_within(own))
    frame.show(region_meetings.meetings(own))
    region_place.render(node, own)
    frame.show(region_place.gaps(node))
    region_next.render(node)
    frame.show(region_place.terms())
    frame.show(region_place.parts(node))
    frame.show(shared.neighbours(node, skip=TOLD_HERE))
    frame.show(shared.sources(node))


def finding(name: str, own: Account) -> str:
    """The title: what it took over and what it gave."""
    took, gave = _took_said(own), _gave_said(own)
    if took and gave:
        return _("{name} {took}; {gave}").format(name=name, took=took, gave=gave)
    if took:
        return _("{name} {took}").format(name=name, took=took)
    return _("{name}: {gave}").format(name=name, gave=gave) if gave else name


def _took_said(own: Account) -> str:
    """What became of what it went to see, and after how long."""
    if not own.saw:
        return (
            ngettext(
                "took over {count} approach from elsewhere", "took over {count} approaches from elsewhere", own.took
            )
            if own.took
            else ""
        )
    if len(own.saw) == 1:
        text = (
            _("took over the one approach that it went to see")
            if own.after
            else _("is not known to have taken over the one approach that it went to see")
        )
    else:
        text = _("took over {taken} of the {seen} approaches that it went to see").format(
            taken=number(len(own.after)), seen=number(len(own.saw))
        )
    lag = own_lag(own.after)
    if lag is None:
        return text
    if sum(item.lag_days is not None for item in own.after) == 1:
        return text + _(", after {months}").format(months=months(*lag))
    return text + _(", after {months} in the middle case").format(months=months(*lag))


def _gave_said(own: Account) -> str:
    """How far what began there went; without such, who learnt there."""
    if not own.began:
        learners = len({item.learner for item in own.given})
        return (
            ngettext("{count} region elsewhere learnt there", "{count} regions elsewhere learnt there", learners)
            if learners
            else ""
        )
    if len(own.began) == 1:
        reached = own.elsewhere[own.began[0]]
        if not reached:
            return _("the one approach that began there is not known to have gone elsewhere")
        return ngettext(
            "what began there went to {count} region elsewhere",
            "what began there went to {count} regions elsewhere",
            reached,
        )
    if own.went:
        return _("{went} of the {own} approaches that began there went elsewhere").format(
            went=number(own.went), own=number(len(own.began))
        )
    return _("none of the {own} approaches that began there is known to have gone elsewhere").format(
        own=number(len(own.began))
    )


def _kicker(node: Profile) -> Html:
    kinds = schema.node_kind("Region").property("kind").options
    kind = _(schema.title_of(kinds, str(node.properties.get("kind")))) or _("Region")
    parts = [tag("span", kind)]
    parts += [region_link(above) for above in network.territories().above(node.id)]
    return join(parts, ", ")


def lead(own: Account) -> Html:
    """What the heading counts, and how much it can bear."""
    inside = len(own.inside) - 1
    said = []
    if own.empty:
        said.append(_("No approach, step or visit of it is on record."))
    if inside and not own.empty:
        said.append(
            ngettext(
                "Counted are the region itself and the {count} region that lies in it.",
                "Counted are the region itself and the {count} regions that lie in it.",
                inside,
            )
        )
    without = len({item.approach for item in own.taken} - {item.approach for item in own.after})
    if own.saw and without > 0:
        said.append(
            ngettext(
                "It took over {count} more that nobody of the region is known to have gone to see.",
                "It took over {count} more that nobody of the region is known to have gone to see.",
                without,
            )
        )
    if 0 < len(own.saw) < FEW:
        said.append(_("So few visits tell what happened, and not what usually happens."))
    if own.after:
        said.append(_("That a visit came before does not say that it was the reason."))
    return tag("p", " ".join(said), class_="lead") if said else Html("")


def in_names(node: Profile, own: Account) -> Html:
    """The answer in names: what it took over, from whom, to whom it passed on, whom it meets most."""
    population = node.properties.get("population")
    dropped = {item.approach for item in own.dropped}
    both = {item.approach for item in own.taken if item.approach in dropped}
    sources = Counter(item.source or item.host for item in own.taken if item.known)
    learners = dict.fromkeys(item.learner for item in own.given)
    considers = dict.fromkeys(item.approach for item in own.considers)
    known: list[tuple[str, object]] = [
        (_("Took over"), first_few(_by_whom(own, ((item.approach, item.learner) for item in own.taken), both))),
        (_("Learnt from"), first_few([region_link(item) for item, _count in sources.most_common()])),
        (_("Passed on to"), first_few([region_link(item) for item in learners])),
        (_("Considers"), first_few([approach_link(item) for item in considers])),
        (_("Against, or stopped"), first_few(_by_whom(own, ((i.approach, i.region) for i in own.dropped), dropped))),
        (_("Meets most"), first_few(region_meetings.most_met(own))),
        (_("Inhabitants"), number(float(population)) if population else None),
        (_("Note"), node.properties.get("note")),
    ]
    return facts(known)


def _by_whom(own: Account, pairs: Iterable[tuple[str, str]], named: Collection[str]) -> list[Html]:
    """Approaches as links; those in `named` with the regions in it that they are told of."""
    whose: dict[str, list[str]] = {}
    for approach, region in pairs:
        whose.setdefault(approach, []).append(region)
    found = []
    for approach, inside in whose.items():
        told = approach_link(approach)
        if approach in named and set(inside) != {own.region}:
            who = join(map(region_link, dict.fromkeys(inside)), ", ")
            told = sentence(_("{approach} ({regions})"), approach=told, regions=who)
        found.append(told)
    return found


def _next(node: Profile, own: Account) -> Html:
    """Where a reader may go from here."""
    ways = []
    if own.met:
        ways.append(link(_("Its ties on the map"), links.address(links.MAP, region=node.id)))
    ways.append(link(_("The network of its organisations"), links.address(links.NETWORK, tie="all", region=node.id)))
    return items(ways, "plain")


def taken_over(own: Account) -> Html:
    """What it took over from elsewhere, and from whom."""
    counts = region_counts.taken(own, own.taken)
    heading = tag("h2", _("What it took over from elsewhere: {counts}").format(counts=counts), id=TOOK)
    if not own.taken:
        return join([heading, tag("p", _("No taking-over from elsewhere is on record."), class_="none")])
    columns = [
        Column("approach", _("Approach")),
        Column("learner", _("Which region")),
        *_how_learnt(),
        *([Column("class", _("Early or late"))] if region_place.compared(own) else []),
    ]
    return join([heading, _passed_table(own, own.taken, columns, _("What it took over from elsewhere"))])


def given(own: Account) -> Html:
    """What began there, how far it went, and who learnt there."""
    heading = tag(
        "h2",
        _("What it gave: {counts}").format(counts=region_counts.learnt_there(own)) if own.given else _("What it gave"),
        id=GAVE,
    )
    parts = [heading]
    if own.began:
        if own.given:
            parts.append(tag("p", _("Approaches that began there: {count}").format(count=number(len(own.began)))))
        parts.append(items((_began(approach, own) for approach in own.began), "plain"))
    else:
        parts.append(tag("p", _("No approach is known to have begun there."), class_="none"))
    if own.given:
        columns = [Column("learner", _("Who learnt it there")), Column("approach", _("Approach")), *_how_learnt()]
        parts.append(_passed_table(own, own.given, columns, _("Who learnt there")))
    elif own.began:
        parts.append(tag("p", _("Nobody is known to have learnt there."), class_="none"))
    return join(parts)


def _began(approach: str, own: Account) -> Html:
    """An approach that began there, and how far it is known to have gone."""
    count = own.elsewhere[approach]
    if not count:
        return sentence(_("{approach}: not known to have been taken over elsewhere"), approach=approach_link(approach))
    learnt = sum(item.approach == approach for item in own.given)
    return sentence(
        _("{approach}: taken over by {regions} elsewhere, of which learnt there: {learnt}"),
        approach=approach_link(approach),
        regions=region_counts.regions(count),
        learnt=number(learnt),
    )


def _within(own: Account) -> Html:
    if not own.within:
        return Html("")
    counts = region_counts.taken(own, own.within)
    title = _("What spread within it: {counts}").format(counts=counts)
    columns = [Column("approach", _("Approach")), Column("learner", _("Which region")), *_how_learnt()]
    return join([tag("h2", title), _passed_table(own, own.within, columns, title)])


def _passed_table(own: Account, rows: tuple[Passed, ...], columns: list[Column], caption: str) -> Html:
    """Takings-over; whose is said only where it is not the region's own, from whom only where that is another.

    Below them what their grades of evidence mean.
    """
    cells = [_passed(item) for item in rows]
    alone = {item.learner for item in rows} == {own.region}
    home = {item.source or item.host for item in rows} == {own.region}
    left = {"learner"} if alone else set()
    left |= {"source"} if home else set()
    shown = [column for column in columns if column.name not in left and any(cell.get(column.name) for cell in cells)]
    return join([table(cells, shown, caption), _grades(rows)])


def _how_learnt() -> list[Column]:
    """The columns that say when a taking-over was, after what, and how sure that is."""
    return [
        Column("on", _("When"), dated=True),
        Column("source", _("From")),
        Column("visit", _("After")),
        Column("lag", _("How fast"), dated=True),
        Column("evidence", _("How sure that is")),
    ]


def _passed(item: Passed) -> dict[str, Any]:
    step = regions.steps()[item.step]
    stage = tag("div", _(schema.title_of(schema.STAGES, step["stage"])), class_="quiet")
    stopped = _stopped(item)
    lag = tuple(round(days / DAYS_PER_MONTH) for days in item.lag_days) if item.lag_days else None
    return {
        "approach": approach_link(item.approach),
        "learner": region_link(item.learner),
        "on": join([in_words(step["on"]), stage, stopped]),
        "on_sort": step["on"] or "",
        "source": _source(item),
        "visit": visit_link(item.visit) if item.known else Html(""),
        "lag": months(*lag) if lag else "",
        "lag_sort": str(lag[0]) if lag else "",
        "evidence": _evidence(item),
        "class": _early_or_late(item),
    }


def _stopped(item: Passed) -> Html:
    if item.gave_up is None:
        return Html("")
    first, last = item.gave_up
    length = 10 if first == last else 7 if first.month == last.month else 4
    when = first.isoformat()[:length]
    return tag("div", _("stopped: {when}").format(when=in_words(when)), class_="quiet")


def _source(item: Passed) -> Html:
    if not item.grade:
        return tag("span", _("nobody known"), class_="none")
    shown = region_link(item.source or item.host)
    if item.host and item.source and item.host != item.source:
        return join([shown, tag("div", sentence(_("hosted by {host}"), host=region_link(item.host)), class_="quiet")])
    return shown


def _evidence(item: Passed) -> Html:
    if not item.grade:
        return tag("span", _("no visit and no credit is known"), class_="none")
    title = next(_(grade.title) for grade in GRADES if grade.code == item.grade)
    open_order = not item.certain and item.grade != "stated"
    note = tag("div", _("the dates leave open which came first"), class_="quiet") if open_order else ""
    return join([region_meetings.line_sign(item.grade), " ", title, note])


def _grades(rows: tuple[Passed, ...]) -> Html:
    """What the grades of evidence mean, of those that occur."""
    present = {item.grade for item in rows}
    told = [f"{_(grade.title)}: {_(grade.explained)}" for grade in GRADES if grade.code in present]
    return tag("p", " ".join(told), class_="quiet") if told else Html("")


def _early_or_late(item: Passed) -> Html:
    found = region_place.class_of(item)
    if found is None:
        return tag("span", region_place.class_title("undefined"), class_="none")
    code, of = found
    among = tag("div", ngettext("of {count} with a date", "of {count} with a date", of), class_="quiet")
    return join([region_place.class_title(code), among])


def not_taken(own: Account) -> Html:
    """What it considers, and what it decided against or stopped."""
    parts = []
    for rows, title, explained in (
        (own.considers, _("What it considers or adapts"), _("Interest, not yet a taking-over.")),
        (own.dropped, _("What it decided against, or stopped"), _("A source says that it was dropped.")),
    ):
        if rows:
            heading = tag("h2", f"{title}: {region_counts.considered(own, rows)}")
            entries = items((_open_entry(item, own) for item in rows), "plain")
            parts.append(join([heading, tag("p", explained, class_="quiet"), entries]))
    return join(parts)


def _open_entry(item: Open, own: Account) -> Html:
    step = regions.steps()[item.step]
    who = join([region_link(item.region), ": "]) if item.region != own.region else Html("")
    stage = _(schema.title_of(schema.STAGES, item.stage))
    when = tag("span", ", ".join(part for part in (stage, in_words(step["on"])) if part), class_="when")
    return join([who, approach_link(item.approach), " ", when, _came_to_see(item), why(step)])


def _came_to_see(item: Open) -> Html:
    """The visit at which the region saw it, and whose visit that was."""
    if not item.visit:
        return Html("")
    words = {
        "within": _("; a region in it went to see it: {visit}"),
        "from above": _("; a body of the country or province above it went to see it: {visit}"),
    }.get(item.how, _("; went to see it: {visit}"))
    return sentence(words, visit=visit_link(item.visit))
