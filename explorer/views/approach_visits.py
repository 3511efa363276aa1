"""The visits of an approach: who came and what came of it, what stalled, and what cannot be in the order recorded."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from explorer import links
from explorer.analysis.days import DAYS_PER_MONTH
from explorer.analysis.spread.standings import STANDINGS
from explorer.analysis.spread.tree import PROBLEMS, Impossible
from explorer.data.spread import Story
from explorer.data.story import Learning
from explorer.pictures.html import Column, Html, items, join, link, sentence, table, tag
from graph_store import schema
from languages.words import _, in_words, ngettext, number

from .approach_scene import name_of

FEW = 4  # guests that the table of visits names at once; more are counted
LONG = 6  # guests that are listed before the rest is folded away


def visits(story: Story) -> Html:
    """All visits about it, with hosts and guests."""
    if not story.visits:
        return join([tag("h2", _("Visits about it")), tag("p", _("No visit about it is on record."), class_="none")])
    rows = [
        {
            "visit": link(visit["name"], links.profile("Visit", str(visit["visit_id"]))),
            "on": in_words(str(visit["on"])) if visit["on"] else _("unknown"),
            "on_sort": visit["on"] or "",
            "hosts": listed([link(b["name"], links.profile(b["label"], b["id"])) for b in visit["hosts"]]),
            "guests": _counted(visit["guests"]),
        }
        for visit in story.visits
    ]
    columns = [
        Column("visit", _("Visit")),
        Column("on", _("When"), dated=True),
        Column("hosts", _("Host")),
        Column("guests", _("Who came, and how their region stands now")),
    ]
    title = ngettext("{count} visit about it", "{count} visits about it", len(rows))
    return join([tag("h2", title), table(rows, columns, _("Visits about it"))])


def _counted(bodies: list[dict[str, Any]]) -> Html:
    """Who came; many are counted by how their region stands, their names one click away."""
    if len(bodies) <= FEW:
        return guests(bodies)
    known = Counter(_known(body) or _("nothing on record") for body in bodies)
    said = "; ".join(f"{words}: {number(count)}" for words, count in known.most_common())
    came = ngettext("{count} came", "{count} came", len(bodies))
    names = items(_entries(bodies), "plain")
    return join([tag("details", join([tag("summary", came), names])), tag("span", said, class_="quiet")])


def guests(bodies: list[dict[str, Any]]) -> Html:
    """Who came, each with what is known to have come of it: as recorded for the visit, else how its region stands."""
    return listed(_entries(bodies))


def _entries(bodies: list[dict[str, Any]]) -> list[Html]:
    entries = []
    for body in bodies:
        name = link(body["name"], links.profile(body["label"], body["id"]))
        known = _known(body)
        entries.append(sentence("{name} ({known})", name=name, known=known) if known else name)
    return entries


def _known(body: dict[str, Any]) -> str:
    """What came of it at one guest's, in words; empty where nothing is known."""
    stands = {item.code: _(item.title) for item in STANDINGS}
    outcomes = {option.code: _(option.title) for option in schema.OUTCOMES}
    known = outcomes.get(body["outcome"] or "") or stands.get(body["standing"], "")
    return known[:1].lower() + known[1:]


def listed(entries: list[Html]) -> Html:
    """Entries one beneath the other, many of them folded; one by itself."""
    if len(entries) < 2:
        return join(entries)
    if len(entries) <= LONG + 2:
        return items(entries, "plain")
    more = tag("summary", _("{count} more").format(count=number(len(entries) - LONG)))
    return join([items(entries[:LONG], "plain"), tag("details", join([more, items(entries[LONG:], "plain")]))])


def stalled(known: Learning) -> Html:
    """Regions that came and of which nothing was heard for twice the usual time; why none can be named, otherwise."""
    if not known.pairs:
        return Html("")
    if known.quiet_unknown == "until":
        why = _("Whether a visit stalled cannot be told: the records do not say until when they reach.")
        return tag("p", why, class_="quiet")
    if known.quiet_unknown:
        why = _(
            "Whether a visit stalled cannot be told: too few takings-over after a visit are on record "
            "({count}) to say how long it usually takes."
        )
        return tag("p", why.format(count=number(known.lag.of)), class_="quiet")
    if not known.stalled:
        return Html("")
    title = ngettext(
        "{count} region came, and nothing was heard since",
        "{count} regions came, and nothing was heard since",
        len(known.stalled),
    )
    rule = _(
        "Neither taken over nor dropped for twice the usual time after the last visit. "
        "Usual is {months} months: the middle of {count} takings-over, over all approaches."
    ).format(months=number(known.lag.days / DAYS_PER_MONTH), count=number(known.lag.of))
    rows = [
        {
            "region": link(row["region"], links.profile("Region", row["region_id"])),
            "visit": _visit(str(row["visit_id"]), known),
            "months": round(row["days"] / DAYS_PER_MONTH),
            "stage": _(schema.title_of(schema.STAGES, row["present"])) if row["present"] else _("none on record"),
        }
        for row in known.stalled
    ]
    columns = [
        Column("region", _("Region")),
        Column("visit", _("Last visit")),
        Column("months", _("Months since, at least"), numeric=True),
        Column("stage", _("Step so far")),
    ]
    return join([tag("h2", title, id="stalled"), tag("p", rule, class_="quiet"), table(rows, columns, title)])


def problems(known: Learning) -> Html:
    """Orders that cannot be, and visits without a date: listed here, never drawn."""
    tree = known.tree
    parts = []
    if tree.impossible:
        title = ngettext(
            "{count} visit cannot explain a taking-over",
            "{count} visits cannot explain a taking-over",
            len(tree.impossible),
        )
        note = tag("p", _("As recorded, the order is impossible; they are on no map and in no count."), class_="quiet")
        parts += [tag("h2", title), note, _problems(tree.impossible, known)]
    if tree.undated:
        title = ngettext(
            "{count} visit would fit, were a date known",
            "{count} visits would fit, were a date known",
            len(tree.undated),
        )
        parts += [tag("h2", title), _problems(tree.undated, known)]
    if tree.while_adapting:
        title = ngettext(
            "{count} visit by a region that was already considering or adapting it",
            "{count} visits by regions that were already considering or adapting it",
            len(tree.while_adapting),
        )
        rows = [
            {"region": link(name_of(region), links.profile("Region", region)), "visit": _visit(visit, known)}
            for region, visit in tree.while_adapting
        ]
        columns = [Column("region", _("Region")), Column("visit", _("Visit"))]
        note = tag("p", _("Neither a success of the visit nor a problem."), class_="quiet")
        inner = join([note, table(rows, columns, title)])
        parts.append(tag("details", join([tag("summary", title), inner])))
    return join(parts)


def _problems(found: Iterable[Impossible], known: Learning) -> Html:
    rows = [
        {
            "region": link(name_of(item.region), links.profile("Region", item.region)),
            "visit": _visit(item.visit, known)
            if item.visit
            else link(name_of(item.source), links.profile("Region", item.source)),
            "why": _(PROBLEMS[item.reason]),
        }
        for item in found
    ]
    columns = [
        Column("region", _("Region")),
        Column("visit", _("Visit or region")),
        Column("why", _("Why not")),
    ]
    return table(rows, columns, _("Orders that cannot be"))


def _visit(visit: str, known: Learning) -> Html:
    name, on, _year = known.visits.get(visit, (visit, None, None))
    when = join([" ", tag("span", f"({in_words(on)})", class_="when")]) if on else ""
    return join([link(name, links.profile("Visit", visit)), when])
