"""The briefing on a visit: who came from where, and what came of it, region by region."""

from collections import Counter

from explorer import links
from explorer.analysis.spread.outcomes import OUTCOMES
from explorer.data import briefing as data
from explorer.data import meetings, network
from explorer.data.briefing import Turnout
from explorer.data.meeting_outcomes import CameOf
from explorer.data.meetings import TOOK, Meeting
from explorer.data.profiles import Profile
from explorer.pictures.briefing.document import (
    Block,
    Cell,
    Document,
    Heading,
    Line,
    Paragraph,
    Picture,
    Run,
    Table,
    cut,
    line,
)
from explorer.pictures.briefing.drawings import Key, mapped
from explorer.pictures.briefing.reading import line_of
from explorer.pictures.maps import Flow, Place
from graph_store import schema
from languages.words import N_, _, ngettext, number

from . import briefing_parts as parts
from . import meeting_words, profile
from .approach_scene import name_of

FEW = 4  # regions, under which a share says little
UNCLEAR = ("order unknown", "impossible", "nothing")  # outcomes that say what the records cannot
NAMED = 8  # guests that a line names

Look = tuple[str, str, str]
"""How the line from the host looks: what it says, its colour, its dashes; none where it was taken over."""

TOOK_IT: Look = (N_("took it over"), schema.GREEN, "")
INTERESTED: Look = (N_("considers or adapts it"), schema.CYAN, "7 4")
AGAINST: Look = (N_("decided against it"), schema.RED, "9 3 2 3")
OTHERWISE: Look = (N_("nothing on record, or not known to be from this visit"), schema.GREYS[1], "2 4")
CAME: Look = (N_("came, not counted among those that could take it over"), schema.GREYS[1], "1 6")
LOOKS = {
    "taken over": TOOK_IT,
    "reported": TOOK_IT,
    "adapting": INTERESTED,
    "considering": INTERESTED,
    "dropped": AGAINST,
}


def make(node: Profile) -> Document | None:
    """The briefing; None for a visit that is not there."""
    held = meetings.meeting(node.id)
    return parts.fitted(lambda most: _made(node, held, most)) if held else None


def _made(node: Profile, held: Meeting, most: int) -> Document:
    page = links.profile("Visit", node.id)
    came = data.turnout(held)
    blocks: list[Block | None] = [
        Paragraph(line(_answer(node, held, came))),
        *parts.listed(_("Key figures"), _figures(held)),
        _map(node, held),
        *_table(held, most, page),
        *(parts.quiet(data.to_ask(data.VISIT, node.id), most) if held.came_of else []),
        *parts.listed(_("What the records cannot say"), _open(held)),
        *parts.sources(data.sources_of_visit(node), most, page),
    ]
    return parts.document(node, _kicker(held), _finding(held, came), blocks)


def _kicker(held: Meeting) -> str:
    kind = _(schema.title_of(schema.VISIT_KINDS, held.kind)) or held.kind
    return _("Briefing on a visit ({kind})").format(kind=kind[:1].lower() + kind[1:])


def _finding(held: Meeting, came: Turnout) -> str:
    if not held.about:
        return _("{name}: not about an approach that others could take over").format(name=held.name)
    if not came.of:
        return _("{name}: what came of it is not on record").format(name=held.name)
    said = ngettext(
        "{name}: {part} of the {count} region that came took it over after that, as far as dates can tell",
        "{name}: {part} of the {count} regions that came took it over after that, as far as dates can tell",
        came.of,
    )
    return said.replace("{part}", number(came.took)).replace("{name}", held.name)


def _answer(node: Profile, held: Meeting, came: Turnout) -> str:
    """What it was about, who hosted it, who came, and what is known to have come of it."""
    said = [profile.visit_told(node)]
    about = _names([name for _node, name in (*held.about, *held.subjects)])
    if about:
        said.append(_("It was about {subjects}.").format(subjects=about))
    if not held.came_of:
        return " ".join([*said, meeting_words.why_silent(held)])
    counts = (
        (_("took it over"), came.took),
        (_("considers or adapts it"), came.interested),
        (_("decided against it"), came.against),
        (_("took it over, in an unknown order or not from this visit"), came.unclear),
        (_("nothing on record"), came.silent),
    )
    told = "; ".join(f"{words}: {number(count)}" for words, count in counts if count)
    whole = ngettext(
        "Of the {count} region that came and could take it over, {told}.",
        "Of the {count} regions that came and could take it over, {told}.",
        came.of,
    )
    rule = _("That one followed the other is all that is said. Nothing on record means that nobody wrote it down.")
    return " ".join([*said, whole.replace("{told}", told), rule])


def _names(names: list[str]) -> str:
    shown = ", ".join(names[:NAMED])
    left = len(names) - NAMED
    return shown + (" " + ngettext("and {count} more", "and {count} more", left) if left > 0 else "")


def _figures(held: Meeting) -> list[Line | str]:
    """Hosts, guests and outcomes, each with its number."""
    found: list[Line | str] = []
    for title, bodies in ((_("Host"), held.hosts), (_("Who came"), held.guests)):
        if bodies:
            every = [Run(str(body["name"]), links.profile(str(body["label"]), str(body["id"]))) for body in bodies]
            shown: list[Run] = []
            for run in every[:NAMED]:
                shown += [Run(", "), run] if shown else [run]
            left = len(every) - NAMED
            rest = [Run(" " + ngettext("and {count} more", "and {count} more", left))] if left > 0 else []
            found.append((Run(f"{title}: {number(len(every))}. "), *shown, *rest))
    counts = Counter(item.outcome for item in held.came_of)
    pairs = len(held.came_of)
    alone = len({item.approach_id for item in held.came_of}) == 1
    words = _("{outcome}: {part} of {whole} regions") if alone else _("{outcome}: {part} of {whole}, by approach shown")
    found += [
        words.format(outcome=_(item.title), part=number(counts[item.code]), whole=number(pairs))
        for item in OUTCOMES
        if counts[item.code]
    ]
    return found


def _map(node: Profile, held: Meeting) -> Picture | None:
    """Who came from where, by what came of it."""
    where = network.positions()
    came = _guests(held)
    host = next((place for place in data.hosts(held) if place in where), "")
    guests = {region: look for region, look in came.items() if region in where and region != host}
    if not guests:
        return None
    places = [_place(host, schema.GREYS[3], _("hosted it"), hollow=True)] if host else []
    flows = []
    for region, (words, colour, dash) in guests.items():
        places.append(_place(region, colour, _(words), hollow=bool(dash)))
        flows.append(Flow(host, region, colour, dash, f"{name_of(region)}: {_(words)}"))
    legend = [Key("ring", schema.GREYS[3], _("hosted it"))] if host else []
    legend += [Key("line", colour, _(words), dash) for words, colour, dash in dict.fromkeys(guests.values())]
    if TOOK_IT in guests.values():
        legend.append(Key("dot", schema.GREEN, _("filled: took it over")))
    caption = _("Who came from where to {name}, and what is known to have come of it.").format(name=node.name)
    lost = len(came) - len(guests) - (host in came)
    if lost:
        caption += " " + ngettext(
            "{count} region without a known position is not on the map.",
            "{count} regions without a known position are not on the map.",
            lost,
        )
    return mapped(places, flows, legend, (parts.in_words_too(caption, places), caption), height=330)


def _guests(held: Meeting) -> dict[str, Look]:
    """The regions that came and how each looks: by the furthest that it went, which comes first."""
    found: dict[str, Look] = {}
    for item in held.came_of:
        found.setdefault(item.region_id, LOOKS.get(item.outcome, OTHERWISE))
    for body in held.guests:
        if body["region_id"]:
            found.setdefault(str(body["region_id"]), CAME)
    return found


def _place(region: str, colour: str, said: str, *, hollow: bool) -> Place:
    latitude, longitude = network.positions()[region]
    name = name_of(region)
    return Place(region, name, latitude, longitude, colour, f"{name}: {said}", radius=5.5, hollow=hollow)


def _table(held: Meeting, most: int, page: str) -> list[Block]:
    """What came of it for each region, the furthest first."""
    if not held.came_of:
        return []
    several = len({item.approach_id for item in held.came_of}) > 1
    columns = [_("Region"), *([_("Approach")] if several else []), _("What came of it")]
    rows = tuple(_row(item, several) for item in held.came_of)
    widths = (2.0, 2.6, 4.4) if several else (2.0, 6.0)
    caption = _("What came of it")
    return [Heading(caption), cut(Table(caption, tuple(columns), rows, widths), most, parts.more(page))]


def _row(item: CameOf, several: bool) -> tuple[Cell, ...]:
    region: Cell = ((Run(item.region, links.profile("Region", item.region_id)),),)
    approach: Cell = ((Run(item.approach, links.profile("Approach", item.approach_id)),),)
    outcome: Cell = (line(_(next(one.title for one in OUTCOMES if one.code == item.outcome))),)
    if item.outcome in (*TOOK, *meeting_words.TOLD_EACH):
        outcome = (line_of(meeting_words.told(item)),)
    if item.outcome == "taken over" and (item.certain or item.stated):
        outcome += (line(_(meeting_words.LINES["stated" if item.stated else "consistent"][1])),)
    return (region, approach, outcome) if several else (region, outcome)


def _open(held: Meeting) -> list[str]:
    """What is not known, with its numbers."""
    found = []
    if not held.on:
        found.append(_("When it was is not on record."))
    if not held.guests:
        found.append(_("Who came is not recorded."))
    counts = Counter(item.outcome for item in held.came_of)
    found += [
        f"{_(item.title)}: {number(counts[item.code])}. {_(item.explained)}"
        for item in OUTCOMES
        if item.code in UNCLEAR and counts[item.code]
    ]
    regions = len({item.region_id for item in held.came_of})
    if 0 < regions < FEW:
        found.append(_("So few regions tell what happened, and not what usually happens."))
    return found
