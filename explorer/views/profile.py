"""Profiles: what is known of one node, its neighbours, its time line and its sources, each a link."""

from collections.abc import Collection
from typing import Any

import streamlit as st

from explorer import links
from explorer.data import meetings, network, profiles
from explorer.data.profiles import Profile
from explorer.pictures.html import Column, Html, facts, items, join, link, table, tag, timeline
from graph_store import schema
from graph_store.kinds import Property, RelationshipKind, Type
from languages.words import N_, _, country, euros, in_words, ngettext, number

from . import frame, meeting_case, meeting_words

ABOVE = ("LOCATED_IN", "PART_OF")  # told among the facts, not as neighbours
WITH_TIME = ("Organisation", "Region", "Project")  # a visit or a plan is one moment: what is around it has other dates
EVENTS = ("Visit", "Project", "Adoption", "Plan")  # neighbours whose date says when something was
SAID = "rows"  # the place on the page that tells which rows state the entry
LONG = 12  # neighbours of one sort that are listed before the rest is folded away

# The order in which each profile tells what is around it: (type, outgoing).
ORDER: dict[str, tuple[tuple[str, bool], ...]] = {
    "Organisation": (
        ("PARTICIPATES_IN", True),
        ("HOSTED", True),
        ("ATTENDED", True),
        ("MEMBER_OF", True),
        ("MEMBER_OF", False),
        ("CARRIES", True),
    ),
    "Region": (
        ("ORIGINATED_IN", False),
        ("TOOK_UP", True),
        ("HOSTED", True),
        ("ATTENDED", True),
        ("RUNS_IN", False),
        ("COVERS", False),
        ("LOCATED_IN", False),
        ("PART_OF", False),
        ("BORDERS", True),
    ),
    "Project": (
        ("PARTICIPATES_IN", False),
        ("APPLIES", True),
        ("ABOUT", False),
        ("ADDRESSES", True),
        ("LISTED_IN", True),
        ("ASSESSED", False),
    ),
    "Visit": (("HOSTED", False), ("ABOUT", True), ("ATTENDED", False), ("CREDITED_TO", False)),
    "Plan": (("COVERS", True), ("LISTED_IN", False), ("ADDRESSES", True), ("ASSESSED", True)),
    "Theme": (("PART_OF", True), ("PART_OF", False), ("ADDRESSES", False), ("CARRIES", False)),
}

# Heading of the neighbours by one relationship, seen from the node: (type, outgoing).
HEADINGS: dict[tuple[str, bool], str] = {
    ("PARTICIPATES_IN", True): N_("Projects it takes part in"),
    ("PARTICIPATES_IN", False): N_("Who carries it"),
    ("HOSTED", True): N_("Visits it hosted"),
    ("HOSTED", False): N_("Host"),
    ("ATTENDED", True): N_("Visits it attended"),
    ("ATTENDED", False): N_("Who came"),
    ("MEMBER_OF", True): N_("Member of"),
    ("MEMBER_OF", False): N_("Its members"),
    ("CARRIES", True): N_("What it answers for in a plan"),
    ("CARRIES", False): N_("Who answers for it in a plan"),
    ("ORIGINATED_IN", False): N_("Approaches that began here"),
    ("ORIGINATED_IN", True): N_("Began in"),
    ("TOOK_UP", True): N_("Approaches it took up"),
    ("RUNS_IN", False): N_("Projects here"),
    ("RUNS_IN", True): N_("Where it runs"),
    ("COVERS", False): N_("Plans for it"),
    ("COVERS", True): N_("For the region"),
    ("LOCATED_IN", False): N_("Organisations here"),
    ("LOCATED_IN", True): N_("Located in"),
    ("PART_OF", False): N_("What it contains"),
    ("PART_OF", True): N_("Part of"),
    ("BORDERS", True): N_("Neighbouring regions"),
    ("APPLIES", True): N_("Approach"),
    ("APPLIES", False): N_("Projects that apply it"),
    ("ABOUT", False): N_("Visits about it"),
    ("ABOUT", True): N_("What it was about"),
    ("ADDRESSES", True): N_("Themes"),
    ("ADDRESSES", False): N_("What is about it"),
    ("LISTED_IN", True): N_("Plans that list it"),
    ("LISTED_IN", False): N_("Projects in the plan"),
    ("ASSESSED", True): N_("Projects judged"),
    ("ASSESSED", False): N_("Judged in"),
    ("CREDITED_TO", False): N_("Steps credited to it"),
    ("HAS_ELEMENT", True): N_("Its parts"),
    ("OF", False): N_("Steps of taking up"),
}


def render() -> None:
    """Draw the profile of the node that the URL names."""
    from . import approach, plans_profile, region

    node = st.query_params.get("id", "")
    found = profiles.profile(node) if node else None
    if found is None:
        missing(node)
    elif found.label == "Approach":
        approach.render(found)
    elif found.label == "Plan":
        plans_profile.render(found)
    elif found.label == "Region":
        region.render(found)
    else:
        _profile(found)
    if found is not None:
        _loaded_from(found)


def missing(node: str) -> None:
    """The page of a node that is not there."""
    frame.title(_("Nothing here by that name"))
    frame.notice(
        _(
            "No entry has the id “{id}”. It may have been taken out by a later load. "
            "Search for it above, or start from the overview."
        ).format(id=node)
    )


def neighbours(node: Profile, *, skip: Collection[tuple[str, bool]] = ()) -> Html:
    """All that is around a node, in the order that its kind tells it, less the pairs (type, outgoing) to skip."""
    first = ORDER.get(node.label, ())
    present = {(row["type"], bool(row["outgoing"])) for row in node.neighbours} - set(skip)
    rest = sorted(present - set(first))
    return join(_neighbours(node, *pair) for pair in (*first, *rest) if pair in present)


def sources(node: Profile) -> Html:
    """The sources that state the node."""
    if not node.sources:
        return join([tag("h2", _("Sources")), tag("p", _("No source is named for this entry."), class_="none")])
    entries = [
        join(
            [
                link(row["name"], links.profile("Source", row["id"])),
                f", {row['publisher']}" if row["publisher"] else "",
                f", {in_words(row['published'])}" if row["published"] else "",
            ]
        )
        for row in node.sources
    ]
    return join([tag("h2", _("Sources")), items(entries, "plain")])


def briefing(node: Profile) -> Html:
    """The way to the briefing on an approach, a region or a visit."""
    return tag("p", link(_("Briefing (to print, Word, PDF)"), links.briefing(node.label.lower(), node.id)))


def _profile(node: Profile) -> None:
    kind = schema.node_kind(node.label)
    frame.title(node.name, _kicker(node))
    if said := _sentence(node):
        frame.show(tag("p", said, class_="lead"))
    frame.show(_facts(node))
    if any(node.around(type_, outgoing=True) for type_ in ("PARTICIPATES_IN", "ATTENDED", "HOSTED")):
        picture = links.address(links.NETWORK, tie="all", ego=node.id, select=node.id)
        frame.show(link(_("Whom it is tied to, as a picture"), picture))
    frame.show(_next_meeting(node))
    if node.label == "Visit":
        frame.show(_came_of(node))
        frame.show(briefing(node))
    frame.show(neighbours(node, skip=[(type_, True) for type_ in ABOVE]))
    if dated := _dated(node):
        frame.show(join([tag("h2", _("Over time")), timeline(dated)]))
    if kind.label != "Source":
        frame.show(sources(node))
    else:
        frame.show(_states(node))


def _next_meeting(node: Profile) -> Html:
    """The way to what could be shown to an organisation that hosted or attended visits, as one of its region."""
    lies_in = node.around("LOCATED_IN", outgoing=True)
    met = node.around("HOSTED", outgoing=True) or node.around("ATTENDED", outgoing=True)
    shown = node.label == "Organisation" and met and lies_in
    return meeting_case.way(lies_in[0]["other_id"]) if shown else Html("")


def _came_of(node: Profile) -> Html:
    """What came of a visit for each region that attended it: the same as on the page of meetings."""
    held = meetings.meeting(node.id)
    if held is None or not held.about:
        return Html("")
    lines = meeting_words.lines_told([held])
    return join([tag("h2", _("What came of it")), lines, meeting_words.came_of(held)])


def _kicker(node: Profile) -> str:
    kind = schema.node_kind(node.label)
    code = node.properties.get("kind")
    words = [_(kind.title)]
    if code:
        options = kind.property("kind").options
        words = [_(schema.title_of(options, code)) or str(code)]
    return ", ".join(words)


def _sentence(node: Profile) -> str:
    """What a reader should know first, with its numbers."""
    say = {"Organisation": _organisation, "Project": _project, "Visit": visit_told}.get(node.label)
    return say(node) if say else ""


def _organisation(node: Profile) -> str:
    projects = len({row["other_id"] for row in node.around("PARTICIPATES_IN", outgoing=True)})
    hosted, went = len(node.around("HOSTED", outgoing=True)), len(node.around("ATTENDED", outgoing=True))
    return _("Takes part in {projects}; hosted {hosted} and attended {went}.").format(
        projects=ngettext("{count} project", "{count} projects", projects),
        hosted=ngettext("{count} visit", "{count} visits", hosted),
        went=number(went),
    )


def _project(node: Profile) -> str:
    bodies = len({row["other_id"] for row in node.around("PARTICIPATES_IN", outgoing=False)})
    when = [in_words(node.properties[key]) for key in ("started", "ended") if node.properties.get(key)]
    text = ngettext("Carried by {count} organisation", "Carried by {count} organisations", bodies)
    return text + (", " + "–".join(when) if when else "") + "."


def visit_told(node: Profile) -> str:
    """When a visit was, and how many came."""
    came = len(node.around("ATTENDED", outgoing=False))
    when = in_words(node.properties.get("on"))
    return (
        f"{when}; "
        + (
            ngettext("{count} organisation or region attended", "{count} organisations or regions attended", came)
            if came
            else _("who came is not recorded")
        )
        + "."
    )


def _facts(node: Profile) -> Html:
    kind = schema.node_kind(node.label)
    known: list[tuple[str, object]] = [
        (_(item.heading), _value(item, node.properties.get(item.name)))
        for item in (*kind.properties, schema.NOTE)
        if item.name != "kind" and node.properties.get(item.name) is not None
    ]
    known += [
        (_(HEADINGS[(type_, True)]), join((_other(row) for row in node.around(type_, outgoing=True)), ", "))
        for type_ in ABOVE
    ]
    return facts(known)


def _value(item: Property, value: Any) -> object:
    if item.type is Type.URL:
        return frame.website(value)
    if item.type is Type.DATE:
        return in_words(value)
    if item.type is Type.COUNTRY:
        return country(value)
    if item.unit == "EUR":
        return euros(value)
    if item.type is Type.LIST:
        return ", ".join(value)
    if item.type is Type.CODE:
        return _(schema.title_of(item.options, value)) or value
    return str(value) if item.name == "year" else value


def _neighbours(node: Profile, type_: str, outgoing: bool) -> Html:
    rows = node.around(type_, outgoing=outgoing)
    kind = schema.relationship_kind(type_)
    heading = _(HEADINGS.get((type_, outgoing), kind.title if outgoing else kind.reverse))
    heading_html = tag("h2", f"{heading}: {number(len(rows))}" if len(rows) > 1 else heading)
    if _has_details(rows, kind):
        return join([heading_html, _detailed(rows, kind, heading)])
    entries = [_other(row) for row in rows]
    if len(entries) <= LONG:
        return join([heading_html, items(entries, "plain")])
    more = tag("summary", _("{count} more").format(count=number(len(entries) - LONG)))
    folded = tag("details", join([more, items(entries[LONG:], "plain")]))
    return join([heading_html, items(entries[:LONG], "plain"), folded])


def _has_details(rows: list[dict[str, Any]], kind: RelationshipKind) -> bool:
    return any(
        (row["other_on"] and row["other_label"] in EVENTS)
        or any(item.name in row["properties"] for item in (*kind.properties, schema.NOTE))
        for row in rows
    )


def _detailed(rows: list[dict[str, Any]], kind: RelationshipKind, caption: str) -> Html:
    """Neighbours with what the relationship itself says: role, since, outcome."""
    cells = []
    for row in rows:
        when = row["other_on"]
        cell: dict[str, Any] = {"other": _other(row), "dated": in_words(when) if when else "", "dated_sort": when or ""}
        for item in (*kind.properties, schema.NOTE):
            value = row["properties"].get(item.name)
            if value is not None:
                cell[item.name] = _plan(value) if item.refers_to else _value(item, value)
        cells.append(cell)
    own_date = any(item.name == "on" for item in kind.properties)
    dated = not own_date and all(row["other_label"] in EVENTS for row in rows)
    columns = [Column("other", _("Name"))] + ([Column("dated", _("When"), dated=True)] if dated else [])
    columns += [
        Column(item.name, _(item.heading), numeric=item.type in (Type.NUMBER, Type.INTEGER))
        for item in (*kind.properties, schema.NOTE)
    ]
    return table(cells, [column for column in columns if any(cell.get(column.name) for cell in cells)], caption)


def _plan(node: str) -> Html:
    """A plan that a relationship names by its id."""
    return link(network.names().get(node, (node, ""))[0], links.profile("Plan", node))


def _other(row: dict[str, Any]) -> Html:
    """The neighbour as a link; a step of taking up links to its approach, which has the page."""
    if row["other_label"] == "Adoption":
        stage = _(schema.title_of(schema.STAGES, row.get("stage")))
        name = (
            link(row["other_name"], links.profile("Approach", row["approach_id"]))
            if row.get("approach_id")
            else row["other_name"]
        )
        return join([name, f" ({stage})" if stage else ""])
    return link(row["other_name"], links.profile(row["other_label"], row["other_id"]))


def _dated(node: Profile) -> list[tuple[str, object]]:
    """Everything around the node that has a date, in order: the date of the tie itself, else that of the neighbour."""
    if node.label not in WITH_TIME:
        return []
    entries = {(_day(row), row["type"], row["other_name"]): row for row in node.neighbours if _day(row)}
    ordered = sorted(entries.items(), key=lambda entry: entry[0])
    return (
        [(in_words(key[0]), join([_verb(row), ": ", _other(row)])) for key, row in ordered] if len(ordered) > 1 else []
    )


def _day(row: dict[str, Any]) -> str:
    return str(row["properties"].get("on") or row["properties"].get("since") or row["other_on"] or "")


def _verb(row: dict[str, Any]) -> str:
    kind = schema.relationship_kind(row["type"])
    return _(kind.title if row["outgoing"] else kind.reverse)


def _states(node: Profile) -> Html:
    count = profiles.resting_on(node.id)
    return link(
        ngettext("{count} entry rests on this source", "{count} entries rest on this source", count),
        links.rows("stated_by", source=node.id),
    )


def _loaded_from(node: Profile) -> None:
    """The rows that state the node; looked up only when asked for, as every kept table is read for it."""
    page = links.PROFILES[node.label]
    if st.query_params.get("said") != "yes":
        address = links.address(page, id=node.id, said="yes") + f"#{SAID}"
        frame.show(tag("p", link(_("Which file and row says so"), address)))
        return
    rows = [
        {"place": _place(row), "row": row["row"], "data_set": row["data_set"], "said": _cells(row["cells"])}
        for row in profiles.stated_in(node.label, node.id)
    ]
    columns = [
        Column("place", _("File or sheet")),
        Column("row", _("Row"), numeric=True),
        Column("data_set", _("Data set")),
        Column("said", _("It says")),
    ]
    heading = tag("h2", _("Which file and row says so"), id=SAID)
    close = tag("p", link(_("Hide these rows"), links.address(page, id=node.id)))
    frame.show(join([heading, table(rows, columns, _("Rows that state this entry")), close]))


def _place(row: dict[str, Any]) -> str:
    return ", ".join(str(part) for part in (row["file"], row["sheet"]) if part)


def _cells(cells: dict[str, str]) -> str:
    return "; ".join(f"{name}: {value}" for name, value in cells.items() if value)
