"""The regions gone quiet: whom to ask what came of a visit, as a workbook that goes out and comes back."""

from datetime import date

from explorer import links
from explorer.analysis.days import DAYS_PER_MONTH
from explorer.analysis.spread.funnel import MEASURES
from explorer.data import meetings, programme
from explorer.data.meetings import ANSWERED, OUTCOMES, Filters, Waiting
from explorer.pictures.html import Column, Html, items, join, link, sentence, table, tag
from explorer.pictures.workbook_out import Asked, outcome_form
from graph_store import schema
from languages.words import _, in_words, listing, ngettext, number

from . import frame, meeting_words

FILE = "what-came-of-it.xlsx"
LEAST_MONTHS_IN_YEARS = 24
SHOWN = 100  # cases in sight; the workbook has all


def render(quiet: list[Waiting], filters: Filters, today: date) -> None:
    """Draw the list of those to ask, the rule, the way out and the way back."""
    known = programme.programme()
    if known.quiet_unknown:
        frame.notice(why_unknown(known.quiet_unknown, known.lag.of))
        return
    open_ones = [item for item in quiet if item.said != ANSWERED]
    frame.show(when_quiet(known.lag.days, known.lag.of))
    if not quiet:
        _nobody(filters)
        return
    _out_and_back(open_ones, today)
    if open_ones:
        frame.show(cases(open_ones))
    else:
        frame.notice(_("Everybody in this list has answered that nothing came of it."))
    _answers(quiet)
    frame.show(frame.explained([item for item in MEASURES if item.code == "stalled"]))


def when_quiet(days: float, of: int) -> Html:
    """After how long a region counts as quiet."""
    until = meetings.until()
    usual = ngettext(
        "The one region that took something over after a visit did so {after} later.",
        "Half of the {count} takings-over after a visit came within {after}.",
        of,
    ).format(after=_span(days), count=number(of))
    rule = _(
        "This list holds every region that came to see an approach at least twice as long ago ({twice}), of which "
        "neither a taking-over nor a refusal is on record. Silence is not a no: it means that nobody wrote it down."
    ).format(twice=_span(2 * days))
    known = _("The records look for steps up to {until}.").format(until=in_words(until)) if until else ""
    return tag("p", join([usual, " ", rule, " ", known]), class_="lead")


def why_unknown(why: str, of: int) -> str:
    """Why nobody can be called quiet."""
    if why == "until":
        return _(
            "Nobody can be called quiet here: the data sets do not say up to when they looked for steps. "
            "Fill in data_until in the table data_set."
        )
    return ngettext(
        "Only {count} taking-over after a visit has dates; from fewer than five nobody can tell how long it usually "
        "takes, so no region is called quiet.",
        "Only {count} takings-over after a visit have dates; from fewer than five nobody can tell how long it usually "
        "takes, so no region is called quiet.",
        of,
    )


def _nobody(filters: Filters) -> None:
    if filters == Filters():
        frame.notice(_("No region has gone quiet: of each that came long ago something is on record."))
    else:
        frame.notice(
            join(
                [
                    _("No region has gone quiet with these filters."),
                    " ",
                    link(_("Show all"), links.address(links.MEETINGS, part="ask")),
                ]
            )
        )


def cases(quiet: list[Waiting]) -> Html:
    """Each region gone quiet, what it came to see, and whom to ask."""
    rows = [
        {
            "region": link(item.region, links.profile("Region", item.region_id)),
            "approach": link(item.approach, links.profile("Approach", item.approach_id)),
            "meeting": join(
                [
                    link(item.meeting.name, links.profile("Visit", item.meeting.id)),
                    " ",
                    tag("span", in_words(item.meeting.on), class_="when"),
                ]
            ),
            "bodies": meeting_words.bodies(item.bodies),
            "since": _span(item.days),
            "since_sort": item.days,
            "now": _now(item),
        }
        for item in quiet[:SHOWN]
    ]
    columns = [
        Column("region", _("Region")),
        Column("approach", _("Came to see")),
        Column("meeting", _("Last time at")),
        Column("bodies", _("Whom to ask")),
        Column("since", _("No news for")),
        Column("now", _("Last known")),
    ]
    title = ngettext("{count} case to ask about", "{count} cases to ask about, the latest visit first", len(quiet))
    left = _("The first {shown} of them; the list to fill in has all.").format(shown=number(SHOWN))
    more = tag("p", left, class_="quiet") if len(quiet) > SHOWN else ""
    return join([tag("h2", title), table(rows, columns, title), more])


def _now(item: Waiting) -> str:
    if item.said:
        return _("the visitor says: {answer}").format(answer=_(schema.title_of(schema.OUTCOMES, item.said)))
    return _(schema.title_of(schema.STAGES, item.interested)) if item.interested else _("nothing")


def _answers(quiet: list[Waiting]) -> None:
    """Those who were asked and said that nothing came of it: still not taken over, but no longer to be asked."""
    said = [item for item in quiet if item.said == ANSWERED]
    if not said:
        return
    title = ngettext(
        "{count} more has answered that nothing came of it",
        "{count} more have answered that nothing came of it",
        len(said),
    )
    entries = [
        sentence(
            _("{region}: {approach}"),
            region=link(item.region, links.profile("Region", item.region_id)),
            approach=link(item.approach, links.profile("Approach", item.approach_id)),
        )
        for item in said
    ]
    frame.show(tag("details", join([tag("summary", title), items(entries, "plain")])))


def _out_and_back(open_ones: list[Waiting], today: date) -> None:
    before = len(meetings.answered())
    frame.show(tag("h2", _("Ask them, and bring the answers back")))
    if open_ones or before:
        frame.download(_("List to fill in (Excel)"), lambda: form(open_ones, today), FILE)
    command = tag("code", f"graph-loader load {FILE} --data-set {OUTCOMES}")
    steps = [
        _("Save the list. It has one row for each body that came, with a drop-down for what came of it."),
        _("Ask them, by mail or at the next meeting. Fill in what you hear and since when; leave the rest empty."),
        sentence(_("Give the file to whoever looks after the data. They load it with {command}"), command=command),
        _("Then the answers stand here: what was taken over or refused leaves this list, the rest says what is known."),
    ]
    if before:
        steps.append(
            ngettext(
                "{count} answer of an earlier round is in the file already, so that loading it loses nothing.",
                "{count} answers of earlier rounds are in the file already, so that loading it loses nothing.",
                before,
            )
        )
    frame.show(items(steps, ordered=True))


def form(open_ones: list[Waiting], today: date) -> bytes:
    """The list as a workbook to be filled in; what was answered before goes along."""
    about = {(body["id"], item.meeting.id): item for item in reversed(open_ones) for body in item.bodies}
    asked = []
    for cells in meetings.attendances(open_ones):
        item = about.get((cells["attendee"], cells["visit"]))
        held = meetings.meeting(cells["visit"])
        body = next((one for one in held.guests if one["id"] == cells["attendee"]), None) if held else None
        words = (
            item.region if item else "",
            body["name"] if body else cells["attendee"],
            held.name if held else cells["visit"],
            in_words(held.on) if held else "",
            listing([host["name"] for host in held.hosts]) if held else "",
            listing([name for _id, name in held.about]) if held else "",
        )
        why = _("nothing heard for {span}").format(span=_span(item.days)) if item else _("answered before")
        asked.append(Asked(cells, words, why))
    return outcome_form(asked, OUTCOMES, simulated=meetings.is_simulated(), today=today)


def _span(days: float) -> str:
    """A number of days as months, or years where it is long."""
    months = round(days / DAYS_PER_MONTH)
    if months < LEAST_MONTHS_IN_YEARS:
        return ngettext("{count} month", "{count} months", months)
    return ngettext("{count} year", "{count} years", round(months / 12))
