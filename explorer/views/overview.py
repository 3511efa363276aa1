"""Overview: what is in here, in ten seconds, and the ways in."""

from datetime import UTC, datetime
from typing import Any

import streamlit as st

from explorer import links
from explorer.data import overview
from explorer.pictures.html import Html, bar, card, items, join, legend, link, sentence, tag
from explorer.pictures.maps import Place, region_map
from graph_store import schema
from languages.words import NP_, _, in_words, ngettext, number

from . import frame, simulated

SHOWN = 5
NAMED = 12  # regions named on the map

LACKING = {
    "visits_without_date": NP_("{count} visit without a date", "{count} visits without a date"),
    "visits_without_outcome": NP_(
        "{count} visit whose guests have not said what came of it",
        "{count} visits whose guests have not said what came of it",
    ),
    "adoptions_without_visit": NP_(
        "{count} taking-over without a visit that we know of", "{count} takings-over without a visit that we know of"
    ),
    "organisations_in_no_project": NP_("{count} organisation in no project", "{count} organisations in no project"),
    "regions_without_approach": NP_("{count} region without an approach", "{count} regions without an approach"),
    "approaches_without_origin": NP_(
        "{count} approach without a place where it began", "{count} approaches without a place where they began"
    ),
    "nodes_without_source": NP_("{count} entry without a source", "{count} entries without a source"),
}


def render() -> None:
    """Draw the page."""
    counts = overview.counts()
    frame.title(_heading(counts))
    frame.show(
        tag(
            "p",
            _(
                "Browse who works with whom, see which approaches spread between regions and by which visits, "
                "and open what lies behind every number."
            ),
            class_="lead",
        )
    )
    frame.show(_figures(counts))
    frame.show(tag("div", join([_lately(), _connectors(), _meetings()]), class_="cards"))
    picture, side = st.columns([1.9, 1], gap="small")
    with picture:
        _map()
    with side:
        frame.show(_reach())
    frame.show(tag("div", join([_lacks(), _data_sets(), simulated.way_in()]), class_="cards"))


def _heading(counts: dict[str, int]) -> str:
    text = _("Who works with whom, and what spreads: {organisations} organisations in {regions} regions").format(
        organisations=number(counts.get("Organisation", 0)), regions=number(counts.get("Region", 0))
    )
    period = overview.period()
    return text + (f", {period[0]}–{period[1]}" if period else "")


def _figures(counts: dict[str, int]) -> Html:
    shown = ("Organisation", "Region", "Project", "Approach", "Visit", "Adoption", "Plan", "Theme", "Source")
    entries = []
    for label in shown:
        kind = schema.node_kind(label)
        count = counts.get(label, 0)
        figure = join([tag("b", number(count)), _(kind.title).lower() if count == 1 else _(kind.plural)])
        entries.append(link(figure, links.rows(LISTS[label])))
    return items(entries, "figures")


# The query that lists each kind of node.
LISTS = {
    "Organisation": "organisations",
    "Region": "regions",
    "Project": "projects",
    "Approach": "approaches",
    "Visit": "visits",
    "Adoption": "adoption_steps",
    "Plan": "plans",
    "Theme": "themes",
    "Source": "sources",
}


def _lately() -> Html:
    entries = [
        sentence(
            _("{approach} was taken over in {region}, {when}"),
            approach=link(row["approach"], links.profile("Approach", str(row["approach_id"]))),
            region=link(row["region"], links.profile("Region", str(row["region_id"]))),
            when=tag("span", in_words(str(row["on"])), class_="when"),
        )
        for row in overview.lately(SHOWN)
    ]
    return card(
        _("What spread lately"), _list(entries), link(_("All approaches, by the regions they reached"), links.SPREAD)
    )


def _connectors() -> Html:
    entries = [
        sentence(
            _("{name}: {partners} through {projects}"),
            name=link(row["name"], links.profile("Organisation", str(row["id"]))),
            partners=link(
                ngettext("{count} partner", "{count} partners", _count(row["partners"])),
                links.address(links.NETWORK, ego=row["id"]),
            ),
            projects=ngettext("{count} project", "{count} projects", _count(row["projects"])),
        )
        for row in overview.most_connected(SHOWN)
    ]
    return card(_("Who connects most"), _list(entries), link(_("The network of shared projects"), links.NETWORK))


def _meetings() -> Html:
    coming, past = overview.meetings(datetime.now(tz=UTC).date().isoformat(), SHOWN)
    entries = [_meeting(row) for row in coming] + [_meeting(row) for row in past[: SHOWN - len(coming)]]
    title = _("Meetings: next and last") if coming else _("The last meetings")
    ways = [
        link(_("All meetings"), links.MEETINGS),
        link(_("What to show at the next one"), links.address(links.MEETINGS, part="show")),
    ]
    return card(title, _list(entries), join(ways, " · "))


def _meeting(row: dict[str, Any]) -> Html:
    return sentence(
        _("{name}, {when}: {attendees}"),
        name=link(row["name"], links.profile("Visit", row["id"])),
        when=tag("span", in_words(row["on"]), class_="when"),
        attendees=ngettext("{count} attended", "{count} attended", _count(row["attendees"]))
        if row["attendees"]
        else _("who came is not recorded"),
    )


def _reach() -> Html:
    rows = overview.reach(SHOWN + 2)
    most = max((_count(row["taken_over"]) for row in rows), default=0)
    entries = [
        join(
            [
                link(row["name"], links.profile("Approach", str(row["id"]))),
                tag(
                    "div",
                    join(
                        [
                            bar(_count(row["taken_over"]), most),
                            " ",
                            ngettext("region", "regions", _count(row["taken_over"])),
                        ]
                    ),
                ),
            ]
        )
        for row in rows
    ]
    return card(_("Approaches that reached most regions"), _list(entries), link(_("All approaches"), links.SPREAD))


def _lacks() -> Html:
    entries = [
        link(ngettext(*LACKING[name], count), links.rows(name)) for name, count in overview.lacking().items() if count
    ]
    return card(_("What the data lack"), _list(entries, _("Nothing that we check for.")))


def _data_sets() -> Html:
    facts_ = overview.source_facts()
    entries = [
        join(
            [
                tag("strong", row["name"]),
                tag("div", join([_until(row), row["licence"]], " "), class_="quiet"),
                tag("div", row["note"], class_="quiet") if row["note"] else "",
            ]
        )
        for row in overview.data_sets()
    ]
    foot = sentence(
        _("Loaded {when}; {sources} are named, row by row."),
        when=in_words(facts_.loaded_at[:10]),
        sources=link(ngettext("{count} source", "{count} sources", facts_.sources), links.rows("sources")),
    )
    return card(_("Where this comes from"), _list(entries), foot)


def _until(row: dict[str, Any]) -> str:
    return (
        _("Steps of taking up were looked for until {day}.").format(day=in_words(row["data_until"]))
        if row["data_until"]
        else ""
    )


def _map() -> None:
    table = overview.regions_on_map()
    places = [
        Place(
            id=row["id"],
            name=row["name"],
            latitude=row["latitude"],
            longitude=row["longitude"],
            colour=schema.PURPLE if row["origin_of"] else schema.BLUE,
            said=_on_map(row),
            address=links.profile("Region", row["id"]),
            radius=3.5 + 1.5 * max(row["taken_over"] + row["origin_of"] - 1, 0) ** 0.5,
            label=place < NAMED,
        )
        for place, row in enumerate(table)
    ]
    key = [(schema.PURPLE, "circle", _("An approach began here")), (schema.BLUE, "circle", _("Took an approach over"))]
    frame.show(join([tag("h2", _("Where approaches began and were taken over")), legend(key) if places else ""]))
    frame.drawing(region_map(places, title=_("Regions where approaches began or were taken over")))
    if any(row["inside"] for row in table):
        words = _("A country or province counts with all that lies in it, as on its own page.")
        frame.show(tag("p", words, class_="quiet"))
    if not places:
        frame.show(tag("p", _("No region with a position has an approach yet."), class_="none"))


def _on_map(row: dict[str, Any]) -> str:
    """What a region's circle counts, in the words of its page."""
    began, taken = row["origin_of"], row["taken_over"]
    told = [
        ngettext("{count} approach taken over from elsewhere", "{count} approaches taken over from elsewhere", taken)
        if taken
        else "",
        ngettext("{count} approach began here", "{count} approaches began here", began) if began else "",
    ]
    whole = _("{region} and all that lies in it").format(region=row["name"]) if row["inside"] else row["name"]
    counts = ", ".join(part for part in told if part)
    return _("{region}: {counts}").format(region=whole, counts=counts or _("an approach spread within it"))


def _list(entries: list[Html], empty: str = "") -> Html:
    return items(entries) if entries else tag("p", empty or _("Nothing is on record yet."), class_="none")


def _count(value: object) -> int:
    return int(str(value))
