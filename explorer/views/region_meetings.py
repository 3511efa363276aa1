"""A region's visits: whom it visits, who visits it, and the map of its own ties."""

from collections import Counter, defaultdict

from explorer import links
from explorer.analysis.spread.accounts import Account, Meeting, Passed
from explorer.analysis.spread.tree import GRADES
from explorer.data import network, regions
from explorer.data.profiles import Profile
from explorer.pictures.html import Column, Html, items, join, table, tag
from explorer.pictures.maps import Flow, Place, region_map
from graph_store import schema
from languages.words import _, in_words, listing, ngettext

from . import frame
from .approach_looks import LINES
from .region_words import VISITS, region_link, region_name, visit_link

OTHERS = 40  # regions on the small map; those with most ties first
VISIT = (schema.GREYS[1], "")
SHOWN = 2  # visits that a cell lists openly
SHORT = 8  # rows; in a longer table all visits are folded away


def line_sign(grade: str) -> Html:
    """The line of a grade of evidence as a sign, for the eye; its words stand beside it."""
    line = LINES[grade]
    return tag("span", line.signs, style=f"color:{line.colour}", class_="signs", aria_hidden="true")


def meetings(own: Account) -> Html:
    """Whom it visits and who visits it, region by region."""
    to, by = _by_region(own.trips), _by_region(own.guests)
    went, came = (len({visit for visits in found.values() for visit in visits}) for found in (to, by))
    counted = [
        ngettext("{count} visit to others", "{count} visits to others", went) if went else "",
        ngettext("{count} visit with guests from elsewhere", "{count} visits with guests from elsewhere", came)
        if came
        else "",
    ]
    title = _("Whom it visits, and who visits it: {counts}").format(counts=listing([part for part in counted if part]))
    if not own.met:
        return join(
            [
                tag("h2", _("Whom it visits, and who visits it"), id=VISITS),
                tag("p", _("No visit to another region, and none of another, is on record."), class_="none"),
            ]
        )
    rows, folded = [], len({*to, *by}) > SHORT
    for region in sorted({*to, *by}, key=lambda one: (-len(to[one]) - len(by[one]), region_name(one))):
        last = max((_day(visit) for visit in (*to[region], *by[region])), default="")
        rows.append(
            {
                "region": _linked(region),
                "to": _visits(to[region], folded),
                "to_sort": len(to[region]),
                "by": _visits(by[region], folded),
                "by_sort": len(by[region]),
                "last": in_words(last) if last else "",
                "last_sort": last,
            }
        )
    columns = [
        Column("region", _("Region")),
        Column("to", _("Visits to it")),
        Column("by", _("Visits from it")),
        Column("last", _("Last"), dated=True),
    ]
    used = [
        column
        for column in columns
        if column.name not in ("to", "by") or any(row[f"{column.name}_sort"] for row in rows)
    ]
    note = tag(
        "p",
        _("Guests and hosts count for the region in which they lie. One visit can have several hosts and guests."),
        class_="quiet",
    )
    return join([tag("h2", title, id=VISITS), table(rows, used, _("Whom it visits, and who visits it")), note])


def ties_of(node: Profile, own: Account) -> tuple[list[Place], list[Flow], int]:
    """The circles and lines of its ties, those with most ties first, and how many regions are left out.

    Without a position of its own, or of any other, there are none.
    """
    where = network.positions()
    flows, ties = _flows(node.id, own)
    others = [region for region in sorted(ties, key=lambda one: (-ties[one], one)) if region in where]
    if node.id not in where or not others:
        return [], [], len(ties)
    shown = others[:OTHERS]
    places = [_place(node.id, "", radius=7.5)] + [_place(region, _tied(own, region)) for region in shown]
    kept = [flow for flow in flows if {flow.start, flow.end} <= {node.id, *shown}]
    return places, kept, len(ties) - len(shown)


def draw_map(node: Profile, own: Account) -> None:
    """The region in the middle of its ties: from whom it learnt, who learnt there, whom it met."""
    places, kept, left = ties_of(node, own)
    if not places:
        return
    frame.drawing(region_map(places, kept, title=_("The ties of {name}").format(name=node.name)))
    frame.show(_key(own, any(flow.colour == VISIT[0] for flow in kept)))
    if left:
        words = ngettext(
            "{count} region is not on the map: it has no known position, or fewer ties than those shown.",
            "{count} regions are not on the map: they have no known position, or fewer ties than those shown.",
            left,
        )
        frame.show(tag("p", words, class_="quiet"))


def _flows(region: str, own: Account) -> tuple[list[Flow], dict[str, int]]:
    """Lines by grade, visits between the rest as thin ones; and how many ties each other region has."""
    ties: defaultdict[str, int] = defaultdict(int)
    learnt: dict[tuple[str, str], list[Passed]] = defaultdict(list)
    for item in own.taken:
        if item.grade and (item.source or item.host):
            learnt[item.source or item.host, region].append(item)
    for item in own.given:
        learnt[region, item.learner].append(item)
    met: defaultdict[tuple[str, str], int] = defaultdict(int)
    for trip in own.trips:
        met[trip.region, region] += bool(trip.region)
    for guest in own.guests:
        met[region, guest.region] += 1
    order = [grade.code for grade in GRADES]
    flows = []
    for (start, end), items_ in learnt.items():
        grade = min((item.grade for item in items_), key=order.index)
        ties[end if start == region else start] += 100 * len(items_)
        words = ngettext("{count} approach", "{count} approaches", len({item.approach for item in items_}))
        flows.append(
            Flow(
                start,
                end,
                LINES[grade].colour,
                LINES[grade].dash,
                f"{region_name(start)} → {region_name(end)}: {words}",
            )
        )
    for (start, end), count in met.items():
        other = end if start == region else start
        if count:
            ties[other] += count
            words = ngettext("{count} visit", "{count} visits", count)
            if (start, end) not in learnt:
                flows.append(
                    Flow(start, end, *VISIT, said=f"{region_name(start)} → {region_name(end)}: {words}", width=1.0)
                )
    ties.pop(region, None)
    return flows, dict(ties)


def _place(region: str, said: str, radius: float = 5.0) -> Place:
    latitude, longitude = network.positions()[region]
    name = region_name(region)
    colour = schema.PURPLE if not said else schema.BLUE
    return Place(
        region, name, latitude, longitude, colour, f"{name}: {said}" if said else name,
        links.profile("Region", region) if said else "", radius=radius,
    )  # fmt: skip


def _tied(own: Account, region: str) -> str:
    """What ties another region to this one, as a short list."""
    gave = len({item.approach for item in own.taken if region in (item.source, item.host)})
    took = len({item.approach for item in own.given if item.learner == region})
    went = len({trip.visit for trip in own.trips if trip.region == region})
    came = len({guest.visit for guest in own.guests if guest.region == region})
    parts = [
        ngettext("{count} approach learnt from it", "{count} approaches learnt from it", gave) if gave else "",
        ngettext("it learnt {count} approach", "it learnt {count} approaches", took) if took else "",
        ngettext("{count} visit to it", "{count} visits to it", went) if went else "",
        ngettext("{count} visit from it", "{count} visits from it", came) if came else "",
    ]
    return ", ".join(part for part in parts if part)


def _key(own: Account, visits: bool) -> Html:
    present = {item.grade for item in (*own.taken, *own.given)}
    entries = [
        join([line_sign(grade.code), " ", f"{_(grade.title)}: {_(LINES[grade.code].words)}"])
        for grade in GRADES
        if grade.code in present
    ]
    if visits:
        thin = tag("span", "─", style=f"color:{VISIT[0]}", aria_hidden="true")
        entries.append(join([thin, " ", _("thin line: visits, from host to guest")]))
    return items(entries, "legend")


def _by_region(found: tuple[Meeting, ...]) -> defaultdict[str, list[str]]:
    by_region: defaultdict[str, list[str]] = defaultdict(list)
    for item in found:
        by_region[item.region].append(item.visit)
    for visits in by_region.values():
        visits.sort(key=_day, reverse=True)
    return by_region


def most_met(own: Account) -> list[Html]:
    """The regions that it met most often, each with how often."""
    met = {(item.visit, item.region) for item in own.met if item.region}
    counts = Counter(region for _visit, region in met)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], region_name(item[0])))
    return [
        join([region_link(region), f" ({ngettext('{count} visit', '{count} visits', count)})"])
        for region, count in ranked
    ]


def _visits(visits: list[str], folded: bool) -> Html:
    """How many visits, and which, the latest first; folded away where there are many."""
    if not visits:
        return Html("")
    entries = [visit_link(visit) for visit in visits]
    if len(entries) <= SHOWN and not folded:
        return items(entries, "plain") if len(entries) > 1 else entries[0]
    summary = tag("summary", ngettext("{count} visit", "{count} visits", len(entries)))
    return tag("details", join([summary, items(entries, "plain")]))


def _linked(region: str) -> Html:
    return region_link(region) if region else tag("span", _("region not known"), class_="none")


def _day(visit: str) -> str:
    known = regions.visits().get(visit)
    return str(known["on"] or "") if known else ""
