"""Figures over all approaches: the years, what visits yield, what became of projects, from whom others took over."""

from typing import Any

from explorer import links
from explorer.analysis.days import DAYS_PER_MONTH
from explorer.analysis.records import records
from explorer.analysis.spread.funnel import Funnel
from explorer.analysis.spread.yields import REASONS, STATES, VISITED
from explorer.data.programme import Programme, programme
from explorer.data.spread_overview import Filters, Overview
from explorer.pictures import to_save
from explorer.pictures.curves import adoption_curve
from explorer.pictures.html import Column, Html, items, join, link, table, tag, track
from languages.words import N_, _, ngettext, number

from . import frame
from . import spread_filters as bar_of_filters

TEACHERS = 5
_STATES = dict(
    zip(STATES, (N_("Before any visit"), N_("After a visit from above"), N_("After its visit")), strict=True)
)


def draw(found: Overview, filters: Filters) -> None:
    """The part of the page that tells of all approaches together."""
    _years(found)
    known = programme()
    frame.show(tag("h2", _("All approaches together")))
    if filters != Filters():
        frame.show(tag("p", _("These figures are of all approaches, whatever is chosen above."), class_="quiet"))
    parts = [_yield(known), _projects(known.funnel), _teachers(known)]
    frame.show(tag("div", join(tag("section", part, class_="card") for part in parts if part), class_="cards together"))
    _funnel_to_save(known.funnel)


def rule_of_quiet() -> str:
    """What "gone quiet" means, in a sentence, or why nothing is called that."""
    known = programme()
    if known.quiet_unknown == "until":
        return _("No region is said to have gone quiet: the records do not say until when they reach.")
    if known.quiet_unknown == "lag":
        return ngettext(
            "No region is said to have gone quiet: {count} taking-over after a visit is too few.",
            "No region is said to have gone quiet: {count} takings-over after a visit are too few.",
            known.lag.of,
        )
    months = round(known.lag.days / DAYS_PER_MONTH)
    return _(
        "Gone quiet: came to see it, and nothing more is on record for twice the usual time from visit to "
        "taking-over, which is {months} (the middle of {count})."
    ).format(months=ngettext("{count} month", "{count} months", months), count=number(known.lag.of))


def _years(found: Overview) -> None:
    curve = found.curve
    if len(curve) < 2:
        return
    total, first, last = int(curve["total"].iloc[-1]), curve["year"].iloc[0], curve["year"].iloc[-1]
    text = ngettext("{count} taking-over", "{count} takings-over", total)
    heading = _("Over the years: {text} from {first} to {last}").format(text=text, first=first, last=last)
    frame.show(tag("h2", heading))
    words = (_("Taken over by then"), _("New in the year"))
    title = _("Takings-over of the approaches above by year; the table below holds the same.")
    frame.drawing(adoption_curve(curve, words, title=title, width=1060))
    rows = [{**row, "year": Html(str(row["year"]))} for row in records(curve) if row["new"]]
    columns = [
        Column("year", _("Year"), numeric=True),
        Column("new", words[1], numeric=True),
        Column("total", words[0], numeric=True),
    ]
    inner = join([tag("summary", _("The same as a table")), table(rows, columns, _("Takings-over by year"))])
    frame.show(tag("details", inner))
    frame.show(tag("div", frame.picture_saves(".curve", "takings-over", _("Curve"), heading), class_="saves"))


def _yield(known: Programme) -> Html:
    found = known.visits
    heading = tag("h3", _("What visits yield"))
    counted = ngettext(
        "A region came to see an approach {count} time that can be followed since",
        "Regions came to see an approach {count} times that can be followed since",
        found.pairs,
    )
    took = ngettext("; it was taken over {count} time.", "; it was taken over {count} times.", found.events)
    parts: list[object] = [heading, tag("p", counted + took)]
    if found.refused:
        parts.append(tag("p", _reason(found.refused), class_="quiet"))
    else:
        lines = [_within(months, known) for months in found.conversion]
        parts.append(items([line for line in lines if line]))
    parts.append(_beside(known))
    parts.append(_left_out(known))
    return join([part for part in parts if part])


def _within(months: int, known: Programme) -> Html | str:
    estimate = known.visits.conversion[months]
    if estimate.value != estimate.value:
        return _("Within {months} months: too few were followed that long to say.").format(months=months)
    text = _("{share} in 100 within {months} months").format(share=_per_hundred(estimate.value), months=months)
    span = _("likely between {low} and {high}").format(low=_per_hundred(estimate.low), high=_per_hundred(estimate.high))
    return join([tag("b", text), tag("span", f" ({span})", class_="quiet")])


def _beside(known: Programme) -> Html:
    """The same beside regions that did not come."""
    lines = [
        join([tag("b", _(_STATES[row["state"]])), ": ", _took_of(row), tag("div", _rate(row), class_="quiet")])
        for row in records(known.beside.rates)
        if row["pairs"]
    ]
    parts = [tag("h4", _("With a visit and without")), items(lines)] if lines else []
    return join([*parts, tag("p", _ratio(known), class_="quiet below")])


def _took_of(row: dict[str, Any]) -> str:
    return _("{took} taken over, of {pairs}").format(took=number(row["events"]), pairs=number(row["pairs"]))


def _rate(row: dict[str, Any]) -> str:
    if row["rate"] is None:
        return _("too few for a rate")
    rate, low, high = (number(float(row[name]), 1 if row["rate"] >= 1 else 2) for name in ("rate", "low", "high"))
    return _("{rate} in 100 a year, likely between {low} and {high}").format(rate=rate, low=low, high=high)


def _ratio(known: Programme) -> str:
    ratios = known.beside.hazard_ratios
    keen = _(
        "Regions that are keen on an approach come to see it more often, too: this does not say what brought it about."
    )
    visited = ratios[ratios["state"] == VISITED] if len(ratios) else ratios
    if known.beside.refused or visited.empty:
        return f"{_reason(known.beside.refused)} {keen}".strip()
    row = visited.iloc[0]
    text = _("At the same time, visitors took an approach over {times} times as often as others ({low} to {high}).")
    values = {
        key: number(float(row[name])) for key, name in (("times", "hazard_ratio"), ("low", "low"), ("high", "high"))
    }
    return f"{text.format(**values)} {keen}"


def _left_out(known: Programme) -> Html:
    """Which regions that came are not in the figures, and how much hangs on open dates."""
    found = known.visits
    entries: list[object] = [
        f"{number(count)}: {_reason(code)}" for code, count in sorted(found.left_out.items(), key=lambda item: -item[1])
    ]
    if found.uncertain:
        entries.append(
            ngettext(
                "{count} is in, though its dates leave open which came first; the middle of the dates decides.",
                "{count} are in, though their dates leave open which came first; the middle of the dates decides.",
                found.uncertain,
            )
        )
    if not entries:
        return Html("")
    return tag("details", join([tag("summary", _("Which are left out, and how sure it is")), items(entries)]))


def _projects(found: Funnel) -> Html:
    of = len(found.projects)
    if not of:
        return Html("")
    lines = [
        join([_bar_of(count, of), " ", link(words, _rows(code)) if count else words])
        for words, code, count in _steps(found)
    ]
    every = link(ngettext("Of {count} project", "Of {count} projects", of), links.rows("projects"))
    said = _(
        "Counted per project, as the Programmaraad did for its practices: there one in three drew a visit, "
        "and one in five to one in four was taken over elsewhere."
    )
    parts = [tag("h3", _("From project to taking-over")), tag("p", every), items(lines, "steps")]
    return join([*parts, tag("p", said, class_="quiet")])


def _steps(found: Funnel) -> list[tuple[str, str, int]]:
    """Of the projects, how many went so far: words, the list behind the number, the number."""
    told, visited = (int((found.projects[name] > 0).sum()) for name in ("stories", "visits"))
    return [
        (_("presented on a practice day or as a case"), "told", told),
        (_("visited by others"), "visited", visited),
        (_("taken over in another region"), "elsewhere", int((found.projects["grade"] != "").sum())),
    ]


def _funnel_to_save(found: Funnel) -> None:
    """The funnel of projects as a picture."""
    of = len(found.projects)
    if not of:
        return
    text = _("{count} of {of}")
    steps = [(f"{text.format(count=number(n), of=number(of))} {words}", n / of) for words, _code, n in _steps(found)]
    frame.drawing(to_save.funnel_drawing(steps))
    said = ngettext("What became of {count} project", "What became of {count} projects", of)
    frame.show(tag("div", frame.picture_saves(".funnel-to-save", "funnel", _("Funnel"), said), class_="saves"))


def _bar_of(count: int, of: int) -> Html:
    """A count of a whole with a bar, both numbers told."""
    text = _("{count} of {of}").format(count=number(count), of=number(of))
    return join([track(count, of), tag("b", text)])


def _teachers(known: Programme) -> Html:
    rows = records(known.teachers.head(TEACHERS))
    if not rows:
        return Html("")
    entries = [
        join([link(row["region"], links.profile("Region", row["region_id"])), ": ", _taught(row)]) for row in rows
    ]
    said = _("By the visit that fits best in time, or by what a source says; that it was learnt there is not proven.")
    more = len(known.teachers) - len(rows)
    parts = [tag("h3", _("From whom others took over")), items(entries)]
    if more > 0:
        parts.append(tag("p", ngettext("and {count} more region", "and {count} more regions", more), class_="quiet"))
    return join([*parts, tag("p", said, class_="quiet")])


def _taught(row: dict[str, Any]) -> str:
    text = ngettext("{count} taking-over after it", "{count} takings-over after it", row["taken_over"])
    if row["passed_on"]:
        text += ngettext(
            ", {count} approach passed on that it had taken over itself",
            ", {count} approaches passed on that it had taken over itself",
            row["passed_on"],
        )
    return text


def _per_hundred(share: float) -> str:
    return number(100 * share, 0 if share >= 0.1 else 1)


def _reason(code: str) -> str:
    return next((_(item.words) for item in REASONS if item.code == code), "")


def _rows(of: str) -> str:
    return bar_of_filters.address_with(view="rows", of=of, approach=None, since=None, all=None)
