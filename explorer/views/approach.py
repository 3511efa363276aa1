"""One approach on one screen: where it began, who took it over, after which visit, who decided against it."""

from typing import Any, cast

import streamlit as st

from explorer import links
from explorer.analysis.records import records
from explorer.analysis.spread.standings import STANDINGS, Reached
from explorer.data import network, spread
from explorer.data.profiles import Profile
from explorer.data.spread import Story
from explorer.pictures.curves import adoption_curve
from explorer.pictures.html import Column, Html, facts, items, join, legend, link, sentence, table, tag
from explorer.pictures.maps import Flow, Place, region_map, shapes_of
from graph_store import schema
from languages.words import _, in_words, ngettext, number

from . import frame
from . import profile as shared

# Colour and line of each standing: told apart by colour, by line, and in words.
LOOKS = {
    "credited": (schema.BLUE, ""),
    "visited": (schema.CYAN, "7 4"),
    "from above": (schema.GREEN, "2 4"),
    "alone": (schema.YELLOW, None),
    "interested": (schema.GREYS[2], None),
    "against": (schema.RED, None),
    "came": (schema.GREYS[0], None),
}
HOST = schema.GREYS[3]
TAKEN = ("credited", "visited", "from above", "alone")


def render(node: Profile) -> None:
    """Draw the page of an approach."""
    story = spread.story(node.id)
    if story is None:
        shared.missing(node.id)
        return
    frame.title(_heading(node, story), _("Approach"))
    summary = node.properties.get("summary")
    if summary:
        frame.show(tag("p", summary, class_="lead"))
    frame.show(_origin(node, story))
    if story.regions:
        frame.show(_key(story))
        _map(story)
        _curve(story)
        frame.show(join(_standing(item.code, story) for item in STANDINGS))
    else:
        frame.notice(_("No region is known to have taken this approach over, or to consider it."))
    frame.show(_visits(story))
    frame.show(shared.neighbours(node, skip=(("OF", False), ("ABOUT", False), ("ORIGINATED_IN", True))))
    frame.show(shared.sources(node))


def _heading(node: Profile, story: Story) -> str:
    taken = sum(item.standing in TAKEN for item in story.regions)
    after = sum(item.standing in ("credited", "visited", "from above") for item in story.regions)
    origin = story.facts["origin"]
    text = node.name
    if origin:
        began = story.facts["started"]
        text += _(": from {origin}").format(origin=origin) + (f" ({in_words(str(began))})" if began else "")
    text += ", " if origin else ": "
    if not taken:
        return text + _("no region elsewhere is known to have taken it over")
    text += ngettext("taken over by {count} region", "taken over by {count} regions", taken)
    if not after:
        return text
    if after == taken:
        return (
            text + ", " + ngettext("after a visit or by its own word", "all after a visit or by their own word", taken)
        )
    return text + ", " + _("{count} of them after a visit or by their own word").format(count=number(after))


def _origin(node: Profile, story: Story) -> Html:
    facts_ = [
        (
            _("Began in"),
            link(story.facts["origin"], links.profile("Region", str(story.facts["origin_id"])))
            if story.facts["origin"]
            else None,
        ),
        (_("Since"), in_words(str(story.facts["started"])) if story.facts["started"] else None),
        (_("Results"), node.properties.get("results")),
        (_("Note"), node.properties.get("note")),
    ]
    return facts(facts_)


def _key(story: Story) -> Html:
    present = {item.standing for item in story.regions}
    entries = [(schema.PURPLE, "ring", _("Where it began"))] if story.facts["origin_id"] else []
    for item in STANDINGS:
        if item.code in present:
            count = sum(region.standing == item.code for region in story.regions)
            line = {"": _("solid line"), "7 4": _("dashed line"), "2 4": _("dotted line")}.get(
                LOOKS[item.code][1] or "-", ""
            )
            entries.append(
                (LOOKS[item.code][0], "circle", f"{_(item.title)}: {number(count)}" + (f" ({line})" if line else ""))
            )
    if _only_hosts(story):
        entries.append((HOST, "ring", _("Hosted a visit that counts")))
    return legend(entries)


def _map(story: Story) -> None:
    where = network.positions()
    places, missing = [], 0
    origin = str(story.facts["origin_id"] or "")
    shown = [(origin, str(story.facts["origin"]), "origin")] if origin else []
    shown += [(item.region_id, item.region, item.standing) for item in story.regions]
    shown += [(host, _name(host), "host") for host in _only_hosts(story)]
    for region, name, standing in shown:
        if region not in where:
            missing += 1
            continue
        latitude, longitude = where[region]
        places.append(
            Place(
                region,
                name,
                latitude,
                longitude,
                _colour(standing),
                _said(region, name, standing, story),
                links.profile("Region", region),
                radius=7 if standing == "origin" else 5.5,
                hollow=standing in ("origin", "host"),
            )
        )
    flows = [
        Flow(
            item.host,
            item.region_id,
            LOOKS[item.standing][0],
            LOOKS[item.standing][1] or "",
            f"{_name(item.host)} → {item.region}",
        )
        for item in story.regions
        if item.host and item.host != item.region_id and item.standing in ("credited", "visited", "from above")
    ]
    frame.drawing(
        region_map(places, flows, shapes=_shapes(), title=_("Regions that use {name}").format(name=story.facts["name"]))
    )
    if missing:
        left = ngettext(
            "{count} region without a known position is not on the map.",
            "{count} regions without a known position are not on the map.",
            missing,
        )
        frame.show(tag("p", left, class_="quiet"))


def _only_hosts(story: Story) -> list[str]:
    """Regions on the map only because they hosted a visit that counts."""
    shown = {story.facts["origin_id"], *(item.region_id for item in story.regions)}
    return sorted({item.host for item in story.regions if item.host} - shown)


def _colour(standing: str) -> str:
    if standing == "host":
        return HOST
    return LOOKS[standing][0] if standing in LOOKS else schema.PURPLE


def _said(region: str, name: str, standing: str, story: Story) -> str:
    if standing == "origin":
        return _("{region}: it began here").format(region=name)
    if standing == "host":
        return _("{region}: hosted a visit about it").format(region=name)
    item = next(found for found in story.regions if found.region_id == region)
    words = next(_(found.title) for found in STANDINGS if found.code == standing)
    when = f", {in_words(item.step['on'])}" if item.step and item.step["on"] else ""
    return f"{name}: {words}{when}"


def _name(region: str) -> str:
    return str(network.bodies()["name"].get(region, region))


@st.cache_data(show_spinner=False)
def _shapes() -> dict[str, list[list[tuple[float, float]]]]:
    text = spread.outlines()
    return shapes_of(text, "statcode") if text else {}


def _curve(story: Story) -> None:
    if len(story.curve) < 2:
        return
    words = (_("Regions that had taken it over"), _("New in the year"))
    frame.show(tag("h2", _("Over the years")))
    st.echarts_chart(
        cast(Any, adoption_curve(story.curve, words)),
        key="curve",
        height=230,
        alt=_("Curve of the regions that had taken it over by year; the lists below hold the same."),
    )
    if story.undated:
        left = ngettext(
            "{count} taking-over of unknown date is left out.",
            "{count} takings-over of unknown date are left out.",
            story.undated,
        )
        frame.show(tag("p", left, class_="quiet"))


def _standing(code: str, story: Story) -> Html:
    regions = [item for item in story.regions if item.standing == code]
    if not regions:
        return Html("")
    item = next(found for found in STANDINGS if found.code == code)
    heading = tag("h2", f"{_(item.title)}: {number(len(regions))}")
    explained = tag("p", _(item.explained), class_="quiet")
    if code in ("interested", "came") and not any(_changes(region) for region in regions):
        return join([heading, explained, items((_short(region) for region in regions), "plain")])
    rows = [_row(region, story) for region in regions]
    columns = [
        Column("region", _("Region")),
        Column("on", _("When"), dated=True),
        Column("stage", _("Step")),
        Column("visit", _("After")),
        Column("kept", _("Kept")),
        Column("changed", _("Changed")),
        Column("dropped", _("Left out")),
        Column("sources", _("Source")),
    ]
    used = [column for column in columns if any(row.get(column.name) for row in rows)]
    return join([heading, explained, table(rows, used, _(item.title))])


def _changes(region: Reached) -> bool:
    return bool(region.step) and any(
        isinstance(region.step[key], str) for key in ("kept", "changed", "dropped") if region.step
    )


def _short(region: Reached) -> Html:
    when = in_words(region.step["on"]) if region.step and isinstance(region.step["on"], str) else ""
    name = link(region.region, links.profile("Region", region.region_id))
    return join([name, " ", tag("span", when, class_="when")]) if when else name


def _row(region: Reached, story: Story) -> dict[str, Any]:
    step: dict[str, Any] = dict(region.step or {})
    text = {
        key: step[key] if isinstance(step.get(key), str) else ""
        for key in ("on", "stage", "kept", "changed", "dropped", "note")
    }
    names = network.source_names()
    return {
        "region": link(region.region, links.profile("Region", region.region_id)),
        "on": in_words(text["on"]) if text["on"] else _("unknown"),
        "on_sort": text["on"],
        "stage": join([_stage(text["stage"]), _other_steps(region, story), tag("div", text["note"], class_="quiet")]),
        "visit": _after(region, story),
        "kept": text["kept"],
        "changed": text["changed"],
        "dropped": text["dropped"],
        "sources": frame.source_links([(item, names.get(item, item)) for item in step.get("sources", [])]),
    }


def _stage(code: str) -> str:
    return _(schema.title_of(schema.STAGES, code))


def _other_steps(region: Reached, story: Story) -> Html:
    """The region's other steps, with their dates: interest before, more or less of it later."""
    told = region.step["adoption_id"] if region.step else ""
    steps = [row for row in records(story.steps) if row["region_id"] == region.region_id and row["adoption_id"] != told]
    lines = [f"{_stage(row['stage'])}, {in_words(row['on']) if row['on'] else _('date unknown')}" for row in steps]
    return join(tag("div", line) for line in lines)


def _after(region: Reached, story: Story) -> Html:
    if region.visit:
        visit = next((item for item in story.visits if item["visit_id"] == region.visit), None)
        if visit:
            when = in_words(str(visit["on"])) if visit["on"] else ""
            open_order = (
                ""
                if region.certain
                else tag("div", _("perhaps only after it: the dates leave that open"), class_="quiet")
            )
            name = link(visit["name"], links.profile("Visit", region.visit))
            return join([name, " ", tag("span", when, class_="when"), open_order])
    return link(_name(region.host), links.profile("Region", region.host)) if region.host else Html("")


def _visits(story: Story) -> Html:
    if not story.visits:
        return join([tag("h2", _("Visits about it")), tag("p", _("No visit about it is on record."), class_="none")])
    rows = [
        {
            "visit": link(visit["name"], links.profile("Visit", str(visit["visit_id"]))),
            "on": in_words(str(visit["on"])) if visit["on"] else _("unknown"),
            "on_sort": visit["on"] or "",
            "hosts": _listed([link(b["name"], links.profile(b["label"], b["id"])) for b in visit["hosts"]]),
            "guests": guests(visit["guests"]),
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


def guests(bodies: list[dict[str, Any]]) -> Html:
    """Who came, each with what is known to have come of it: as recorded for the visit, else how its region stands."""
    stands = {item.code: _(item.title) for item in STANDINGS}
    outcomes = {option.code: _(option.title) for option in schema.OUTCOMES}
    entries = []
    for body in bodies:
        name = link(body["name"], links.profile(body["label"], body["id"]))
        known = outcomes.get(body["outcome"] or "") or stands.get(body["standing"], "")
        entries.append(sentence("{name} ({known})", name=name, known=known[:1].lower() + known[1:]) if known else name)
    return _listed(entries)


def _listed(entries: list[Html]) -> Html:
    return items(entries, "plain") if len(entries) > 1 else join(entries)
