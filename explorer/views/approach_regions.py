"""The regions of an approach in words: who took it over, from whom, how sure that is, what was kept; and the others."""

import math
from typing import Any

from explorer import links
from explorer.analysis.days import DAYS_PER_MONTH
from explorer.analysis.records import Record, records
from explorer.analysis.spread.standings import Reached, standing
from explorer.analysis.spread.tree import GRADES, REASONS, Candidate, Learner
from explorer.data import network
from explorer.data.spread import Story
from explorer.data.story import Learning
from explorer.pictures.html import Column, Html, items, join, link, sentence, table, tag
from graph_store import schema
from languages.words import _, in_words, ngettext, number

from . import frame
from .approach_looks import COLOURS, LINES, TAKEN, explained
from .approach_scene import name_of
from .region_words import fate, why

LONG_AGO = 5 * 365  # days from a visit to a taking-over after which their order says little
LONG = 14  # regions that are listed before the rest is folded away
_GRADES = {grade.code: grade for grade in GRADES}


def taken_over(story: Story, known: Learning) -> Html:
    """Who took it over, when, from whom, and what became of it there."""
    regions = [item for item in story.regions if item.standing in TAKEN]
    if not regions:
        return Html("")
    title = ngettext("{count} region took it over", "{count} regions took it over", len(regions))
    steps: dict[str, list[Record]] = {}
    for step in records(story.steps):
        steps.setdefault(step["region_id"], []).append(step)
    rows = [_row(item, known.learners[item.region_id], steps.get(item.region_id, []), known) for item in regions]
    columns = [
        Column("region", _("Region")),
        Column("on", _("When"), dated=True),
        Column("stage", _("Step")),
        Column("whom", _("From whom, and how sure that is")),
        Column("fate", _("What it did with it")),
        Column("sources", _("Source")),
    ]
    used = [column for column in columns if any(row.get(column.name) for row in rows)]
    about = tag("details", join([tag("summary", _("How sure: what the grades mean")), explained()]))
    return join([tag("h2", title, id="regions"), _by_year_only(regions), table(rows, used, title), about])


def others(story: Story, known: Learning) -> Html:
    """Who considers it, who decided against it, who only came to see it."""
    parts = []
    for code in ("interested", "against", "came"):
        regions = [item for item in story.regions if item.standing == code]
        if regions:
            words = standing(code)
            heading = tag("h2", f"{_(words.title)}: {number(len(regions))}")
            shown = [_other(item, known) for item in regions]
            parts.append(join([heading, tag("p", _(words.explained), class_="quiet"), _folded(shown)]))
    return join(parts)


def told(region: str, story: Story, known: Learning) -> Html:
    """All that the story says of one region, for who picked it out; empty for a region that is not in it."""
    name = link(name_of(region), links.profile("Region", region))
    item = next((found for found in story.regions if found.region_id == region), None)
    if item is None:
        if region == story.facts["origin_id"]:
            said = sentence(_("It began in {region}."), region=name)
        elif region in {learner.source for learner in known.tree.learners} | {found.host for found in story.regions}:
            said = sentence(_("{region} showed it to others."), region=name)
        else:
            return Html("")
        return join([tag("p", said), _taught(region, known)])
    words = _(standing(item.standing).title)
    when = in_words(item.step["on"]) if item.step and item.step["on"] else ""
    dot = tag("span", "●", class_="swatch", style=f"color:{COLOURS[item.standing]}", aria_hidden="true")
    first = join([dot, " ", tag("strong", name), ": ", words[:1].lower() + words[1:], f", {when}" if when else "", "."])
    parts = [tag("p", first)]
    if item.region_id in known.learners:
        learner = known.learners[item.region_id]
        parts.append(tag("div", join([_whom(learner, known), _stopped(learner)])))
    elif item.visit:
        parts.append(tag("p", sentence(_("It came to {visit}."), visit=_visit(item.visit, known))))
    elif item.step:
        parts.append(why(item.step))
    return join([*parts, _taught(region, known)])


def _taught(region: str, known: Learning) -> Html:
    """Who learnt it there, as far as the tree says."""
    learners = [learner.region for learner in known.tree.learners if learner.source == region]
    if not learners:
        return Html("")
    names = join((link(name_of(item), links.profile("Region", item)) for item in learners), ", ")
    return tag("p", sentence(_("Shown as having learnt it there: {names}."), names=names))


def _by_year_only(regions: list[Reached]) -> Html:
    """How many dates are known by the year only, or not at all: then orders stay open."""
    dates = [item.step["on"] if item.step else None for item in regions]
    coarse = sum(bool(on) and len(str(on)) == 4 for on in dates)
    missing = sum(not on for on in dates)
    said = []
    if coarse:
        said.append(
            _("Of {part} of the {whole} only the year is known.").format(part=number(coarse), whole=number(len(dates)))
        )
    if missing:
        said.append(
            _("Of {part} of the {whole} no date is known.").format(part=number(missing), whole=number(len(dates)))
        )
    return tag("p", " ".join(said), class_="quiet") if said else Html("")


def _row(item: Reached, learner: Learner, steps: list[Record], known: Learning) -> dict[str, Any]:
    step: Record = dict(item.step or {})
    names = network.source_names()
    on = step.get("on") or ""
    note = tag("div", step["note"], class_="quiet") if step.get("note") else ""
    return {
        "region": join([link(item.region, links.profile("Region", item.region_id)), _stopped(learner)]),
        "on": in_words(on) if on else _("unknown"),
        "on_sort": on,
        "stage": join([_stage(step.get("stage")), _other_steps(item, steps), note]),
        "whom": _whom(learner, known),
        "fate": fate(step),
        "sources": frame.source_links([(source, names.get(source, source)) for source in step.get("sources") or []]),
    }


def _stopped(learner: Learner) -> Html:
    if not learner.gave_up:
        return Html("")
    return tag("div", tag("strong", _("stopped in {year}").format(year=learner.gave_up[0].year)))


def _whom(learner: Learner, known: Learning) -> Html:
    """From whom, after which visit, the grade, the reason, the odds; what else could explain it, one click away."""
    parent = learner.parent
    if parent is None:
        return join([_("Nobody is known from whom it could have been learnt."), _alternatives(learner, known)])
    line = LINES[parent.grade]
    grade = _GRADES[parent.grade]
    signs = tag("span", line.signs, class_="signs", style=f"color:{line.colour}", aria_hidden="true")
    open_order = "" if parent.certain or parent.grade == "stated" else _("The dates leave open which came first.")
    odds = _odds(learner)
    why = _(REASONS[learner.reason]) if not odds or learner.reason not in ("odds", "only") else ""
    return join(
        [
            tag("div", _candidate(parent, known)),
            tag("div", join([signs, " ", tag("span", _(grade.title), title=_(grade.explained))])),
            tag("div", join([why, odds, open_order], " "), class_="quiet"),
            _alternatives(learner, known),
        ]
    )


def _odds(learner: Learner) -> str:
    """How well the chosen region fits in time, in tenths; empty where a record says it or too few are on record."""
    if learner.parent is None or learner.parent.grade in ("stated", "inferred") or math.isnan(learner.odds):
        return ""
    if learner.parent.lag_days is not None and learner.parent.lag_days[0] > LONG_AGO:
        return _("So long after it, that a visit came first says little.")
    tenths = round(learner.odds * 10)
    if tenths == 10:
        return _("Of what could explain it, this fits best in time: nearly 10 parts in 10.")
    if tenths == 0:
        return _("Of what could explain it, this fits poorly in time: less than 1 part in 10.")
    return _("Of what could explain it, this fits best in time: {parts} parts in 10.").format(parts=tenths)


def _candidate(item: Candidate, known: Learning) -> Html:
    """The region and the visit, each a link, and the time between."""
    source = link(name_of(item.source), links.profile("Region", item.source)) if item.source else ""
    host = link(name_of(item.host), links.profile("Region", item.host)) if item.host else ""
    visit = _visit(item.visit, known) if item.visit else ""
    lag = _lag(item.lag_days) if item.visit and item.grade != "inferred" else ""
    if source and visit:
        first = sentence(_("{region}, at {visit}"), region=source, visit=visit)
    else:
        first = join([source or visit or host])
    parts = [first]
    if host and source:
        parts.append(sentence(_(" (hosted by {host})"), host=host))
    return join([*parts, tag("span", ", " + lag, class_="when lag") if lag else ""])


def _lag(days: tuple[int, int] | None) -> str:
    """The time from the visit to the taking-over, in months, as wide as the dates leave it."""
    if days is None:
        return ""
    least, most = (round(value / DAYS_PER_MONTH) for value in days)
    if least == most:
        return ngettext("{count} month earlier", "{count} months earlier", most) if most else _("within the month")
    return _("{least} to {most} months earlier").format(least=number(least), most=number(most))


def _visit(visit: str, known: Learning) -> Html:
    name, on, _year = known.visits.get(visit, (visit, None, None))
    when = join([" ", tag("span", f"({in_words(on)})", class_="when")]) if on else ""
    return join([link(name, links.profile("Visit", visit)), when])


def _alternatives(learner: Learner, known: Learning) -> Html:
    if not learner.others:
        return Html("")
    count = len(learner.others)
    summary = tag("summary", ngettext("{count} other could explain it", "{count} others could explain it", count))
    entries = [join([_candidate(item, known), f": {_(_GRADES[item.grade].title).lower()}"]) for item in learner.others]
    return tag("details", join([summary, items(entries, "plain")]))


def _stage(code: object) -> str:
    return _(schema.title_of(schema.STAGES, str(code))) if code else ""


def _other_steps(region: Reached, steps: list[Record]) -> Html:
    """The region's other steps, with their dates: interest before, more or less of it later."""
    said = region.step["adoption_id"] if region.step else ""
    lines = [
        join(
            [
                f"{_stage(row['stage'])}, {in_words(row['on']) if row['on'] else _('date unknown')}",
                why(row) if row["stage"] in schema.ENDED else "",
            ]
        )
        for row in steps
        if row["adoption_id"] != said
    ]
    return join(tag("div", line, class_="quiet") for line in lines)


def _other(item: Reached, known: Learning) -> Html:
    step: Record = dict(item.step or {})
    name = link(item.region, links.profile("Region", item.region_id))
    if item.visit:
        parts: list[object] = [name, " ", tag("span", sentence(_("at {visit}"), visit=_visit(item.visit, known)))]
    else:
        said = [_stage(step.get("stage")), in_words(step["on"]) if step.get("on") else ""]
        parts = [name, " ", tag("span", ", ".join(word for word in said if word), class_="when")]
    return join([*parts, why(step)])


def _folded(entries: list[Html]) -> Html:
    if len(entries) <= LONG:
        return items(entries, "plain")
    more = tag("summary", _("{count} more").format(count=number(len(entries) - LONG)))
    return join([items(entries[:LONG], "plain"), tag("details", join([more, items(entries[LONG:], "plain")]))])
