"""The briefing on a region: what it took and gave, from whom, what stalled, whom to visit next."""

from explorer import links
from explorer.analysis.spread.accounts import Account
from explorer.analysis.spread.tree import GRADES
from explorer.data import briefing as data
from explorer.data import regions
from explorer.data.profiles import Profile
from explorer.data.regions import Advice
from explorer.pictures.briefing.document import (
    Block,
    Document,
    Facts,
    Heading,
    Items,
    Line,
    Paragraph,
    Picture,
    cut,
    line,
)
from explorer.pictures.briefing.drawings import Key, mapped
from explorer.pictures.briefing.reading import blocks_of
from explorer.pictures.maps import Flow
from graph_store import schema
from languages.words import _, ngettext, number

from . import briefing_parts as parts
from . import region, region_meetings, region_next, region_place
from .approach_looks import LINES

MOST_GAPS = 5
MOST_ADVISED = 3


def make(node: Profile, found: Advice) -> Document:
    """The briefing, with whom to visit next."""
    own = regions.account(node.id)
    # Whatever the length of its tables, it begins in the same way.
    figures = parts.listed(_("Key figures"), _figures(node, own))
    begins = [*_answer(own), *figures, *_in_names(node, own), _map(node, own)]
    return parts.fitted(lambda most: _made(node, own, found, begins, most))


def _made(node: Profile, own: Account, found: Advice, begins: list[Block | None], most: int) -> Document:
    page = links.profile("Region", node.id)
    blocks: list[Block | None] = [
        *begins,
        *_taken(own, most, page),
        *_given(own, most, page),
        *_not_taken(own, most, page),
        *_quiet(node, most),
        *_next(node, found),
        *parts.listed(_("What the records cannot say"), _open(node, own)),
        *parts.sources(data.sources_of_region(node, own), most, page),
    ]
    return parts.document(node, _("Briefing on a region"), region.finding(node.name, own), blocks)


def _answer(own: Account) -> list[Block]:
    """What the title counts and how much it can bear, and whether it was early or late."""
    said = parts.sentences(region.lead(own)) + (parts.sentences(region_place.in_time(own)) if own.taken else [])
    return [Paragraph(line(" ".join(said)))] if said else []


def _figures(node: Profile, own: Account) -> list[str]:
    """What the headings of the page count, as far as there is anything to count."""
    found = parts.headings(region.taken_over(own))
    found += parts.headings(region.given(own)) if own.given else []
    found += parts.headings(region_meetings.meetings(own)) if own.met else []
    return found + parts.headings(region_place.gaps(node))[:1]


def _in_names(node: Profile, own: Account) -> list[Block]:
    """From whom, to whom, with whom."""
    return [block for block in blocks_of(region.in_names(node, own)) if isinstance(block, Facts)]


def _map(node: Profile, own: Account) -> Picture | None:
    places, flows, left = region_meetings.ties_of(node, own)
    title = _("The ties of {name}").format(name=node.name)
    caption = title + ". " + _("Lines run from who showed something to who took it over, or came to see it.")
    if left:
        caption += " " + ngettext(
            "{count} region is not on the map: it has no known position, or fewer ties than those shown.",
            "{count} regions are not on the map: they have no known position, or fewer ties than those shown.",
            left,
        )
    words = (parts.in_words_too(caption, places[1:]), caption)  # the first is the region itself
    return mapped(places, flows, _legend(node.name, flows), words, height=340)


def _legend(name: str, flows: list[Flow]) -> list[Key]:
    looks = {(flow.colour, flow.dash) for flow in flows}
    legend = [Key("dot", schema.PURPLE, name), Key("dot", schema.BLUE, _("another region"))]
    legend += [
        Key("line", LINES[grade.code].colour, _(grade.title), LINES[grade.code].dash)
        for grade in GRADES
        if (LINES[grade.code].colour, LINES[grade.code].dash) in looks
    ]
    if region_meetings.VISIT in looks:
        legend.append(Key("line", region_meetings.VISIT[0], _("visits, from host to guest")))
    return legend


def _taken(own: Account, most: int, page: str) -> list[Block]:
    widths = {
        _("Approach"): 2.6,
        _("Which region"): 1.6,
        _("When"): 1.5,
        _("From"): 1.7,
        _("How fast"): 1.1,
        _("How sure that is"): 1.7,
    }
    return parts.page_table(region.taken_over(own), widths, most, parts.more(page))


def _given(own: Account, most: int, page: str) -> list[Block]:
    """What began there, and who learnt there."""
    widths = {
        _("Who learnt it there"): 1.8,
        _("Approach"): 2.6,
        _("When"): 1.5,
        _("How fast"): 1.1,
        _("How sure that is"): 1.7,
    }
    blocks = blocks_of(region.given(own))
    began = [cut(block, min(most, 6), parts.more(page)) for block in blocks if isinstance(block, Items)]
    table = parts.page_table(region.given(own), widths, most, parts.more(page))[1:]
    return [*(block for block in blocks[:1]), *began, *table] if began or table else []


def _not_taken(own: Account, most: int, page: str) -> list[Block]:
    """What it considers, and what it decided against."""
    blocks = blocks_of(region.not_taken(own))
    return [cut(block, min(most, 6), parts.more(page)) for block in blocks if isinstance(block, Heading | Items)]


def _quiet(node: Profile, most: int) -> list[Block]:
    """Where nothing more was heard; which region inside is told where there are several."""
    waiting = data.to_ask(data.REGION, node.id)
    alone = {item.region_id for item in waiting} <= {node.id}
    return parts.quiet(waiting, most, without=_("Region") if alone else "")


def _next(node: Profile, found: Advice) -> list[Block]:
    """Whom to visit next with the reasons, or why nobody is named."""
    blocks = blocks_of(region_next.advice(node, found))
    if not found.test.verdict.may_show:
        return [Heading(_("Whom to visit next")), *blocks[:1], Paragraph(line(_("So no region is named here.")))]
    return [Heading(_("Whom to visit next")), *(cut(block, MOST_ADVISED, _on_the_page) for block in blocks)]


def _on_the_page(count: int) -> Line:
    return line(ngettext("and {count} more on its page", "and {count} more on its page", count))


def _open(node: Profile, own: Account) -> list[str]:
    """What is not known, or lacks, with its numbers."""
    found = []
    impossible = regions.impossible(own.inside)
    if impossible:
        found.append(
            ngettext(
                "{count} visit cannot explain a taking-over there: as recorded, the order is impossible.",
                "{count} visits cannot explain a taking-over there: as recorded, the order is impossible.",
                impossible,
            )
        )
    unknown = sum(not item.known for item in own.taken)
    if unknown:
        found.append(
            ngettext(
                "From whom {part} of the {count} taking-over was learnt is not on record.",
                "From whom {part} of the {count} takings-over were learnt is not on record.",
                len(own.taken),
            ).replace("{part}", number(unknown))
        )
    undated = sum(item.taken is None for item in own.taken)
    if undated:
        found.append(
            ngettext(
                "{count} taking-over has no date.",
                "{count} takings-over have no date.",
                undated,
            )
        )
    coverage = regions.coverage(node.id)
    if coverage.gaps:
        names = "; ".join(gap.name for gap in coverage.gaps[:MOST_GAPS])
        found.append(_("Themes of its plans without an approach in use there: {names}.").format(names=names))
    if not own.met:
        found.append(_("No visit to another region, and none of another, is on record."))
    return found
