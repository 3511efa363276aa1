"""The briefing on an approach: from where to where it went, who took it over, what stalled, what is not known."""

from collections import Counter

from explorer import links
from explorer.analysis.spread.standings import STANDINGS
from explorer.data import briefing as data
from explorer.data import spread
from explorer.data import story as more_told
from explorer.data.profiles import Profile
from explorer.data.spread import Story
from explorer.data.story import Learning, shapes
from explorer.pictures.briefing.document import (
    Block,
    Document,
    Facts,
    Heading,
    Items,
    Line,
    Paragraph,
    Picture,
    line,
    plain,
)
from explorer.pictures.briefing.drawings import Key, curve, mapped
from explorer.pictures.briefing.reading import blocks_of
from languages.words import _, ngettext, number

from . import approach, approach_looks, approach_numbers, approach_pictures, approach_regions, approach_visits
from . import briefing_parts as parts
from .approach_looks import LINES, TAKEN
from .approach_scene import scene

OTHERS = ("interested", "against", "came")
FEW_VISITS = 5  # under so many, little can be told from them
ELEMENTS = 3  # that are told, those first of which most is said
LINES_OF_WHOM = 3  # in the table: from whom with the visit, how sure that is, and why it is shown


def make(node: Profile) -> Document | None:
    """The briefing; None for an approach that is not there."""
    story = spread.story(node.id)
    if story is None:
        return None
    known = more_told.learning(node.id)
    # Whatever the length of its tables, it begins in the same way.
    begins = [Paragraph(_answer(node, story, known)), *_figures(story, known), _map(story, known), _curve(story)]
    return parts.fitted(lambda most: _made(node, story, known, begins, most))


def _made(node: Profile, story: Story, known: Learning, begins: list[Block | None], most: int) -> Document:
    page = links.profile("Approach", node.id)
    blocks: list[Block | None] = [
        *begins,
        *_table(story, known, most, page),
        *_others(story),
        *parts.quiet(data.to_ask(data.APPROACH, node.id), most, without=_("Came to see")),
        *parts.listed(_("What the records cannot say"), _open(story, known)),
        *parts.sources(data.sources_of_approach(node, story), most, page),
    ]
    return parts.document(node, _("Briefing on an approach"), approach.finding(node, story), blocks)


def _answer(node: Profile, story: Story, known: Learning) -> Line:
    """The answer in one paragraph: what it is, where it began, how many took it over, how sure that is."""
    said = [str(node.properties["summary"])] if node.properties.get("summary") else []
    began = next(block.line for block in blocks_of(approach.origin_told(node, story)) if isinstance(block, Paragraph))
    if not story.regions:
        nobody = _("No region is known to have taken this approach over, or to consider it.")
        return (*began, *line(" ".join(["", *said, nobody])))
    said.append(approach_pictures.counted(scene(story, known), None))
    counts = Counter(item.standing for item in story.regions)
    taken = [
        f"{_(item.title)[:1].lower()}{_(item.title)[1:]}: {number(counts[item.code])}"
        for item in STANDINGS
        if counts[item.code] and item.code in TAKEN
    ]
    if taken:
        said.append(_("Of these, {grades}.").format(grades="; ".join(taken)))
        said.append(_("That a visit came before does not say that it was the reason."))
    return (*began, *line(" " + " ".join(said)))


def _figures(story: Story, known: Learning) -> list[Block]:
    """From seeing it to taking it over: the sentences of the page, with their denominators."""
    lines: list[Line] = []
    for block in blocks_of(approach_numbers.funnel(story, known)):
        if isinstance(block, Items):
            lines += block.lines
        elif isinstance(block, Paragraph) and block.line[-1].text.strip()[-1:] != ":":
            lines.append(block.line)
    aside = blocks_of(approach_numbers.others_that_came(known.pairs), folds=True)
    folded = [plain(block.line) for block in aside[1:] if isinstance(block, Paragraph)]
    if folded:
        lines.append(line(_("The others that came:") + " " + "; ".join(folded)))
    if known.pairs:
        rest = blocks_of(approach_numbers.without_visit(story, known), folds=True)
        lines += [block.line for block in rest if isinstance(block, Paragraph)]
    if len(known.fidelity) and known.fidelity["said"].any():
        told = [block for block in blocks_of(approach_numbers.elements(known)) if isinstance(block, Items)]
        lines += [item for block in told for item in block.lines[:ELEMENTS]]
    return parts.listed(_("Key figures"), lines)


def _map(story: Story, known: Learning) -> Picture | None:
    """The map with its flows, its legend inside."""
    shown = scene(story, known)
    places = [approach_pictures.place_of(spot, shown, None, "") for spot in shown.spots if spot.region in shown.where]
    legend = [Key("ring" if look == "ring" else "dot", colour, words) for colour, look, words in
              approach_looks.circles(story)]  # fmt: skip
    legend += [
        Key("line", LINES[grade.code].colour, _(grade.title), LINES[grade.code].dash)
        for grade in approach_looks.grades(known)
    ]
    title = _("Regions that use {name}").format(name=shown.name)
    caption = title + ". " + _("Lines run to who learnt it, by how sure it is who showed it.")
    lost = sum(spot.region not in shown.where for spot in shown.spots)
    if lost:
        caption += " " + ngettext(
            "{count} region without a known position is not on the map.",
            "{count} regions without a known position are not on the map.",
            lost,
        )
    flows = [flow for flow, _region in shown.flows]
    words = (parts.in_words_too(caption, places), caption)
    return mapped(places, flows, legend, words, shapes=shapes(), height=360)


def _curve(story: Story) -> Picture | None:
    if len(story.curve) < 2:
        return None
    first, last = (story.curve.iloc[place] for place in (0, -1))
    title = _("Regions that had taken it over")
    alt = _("From {count} by the end of {first} to {total} by the end of {last}.").format(
        count=number(int(first["total"])),
        first=int(first["year"]),
        total=number(int(last["total"])),
        last=int(last["year"]),
    )
    caption = f"{title}, {int(first['year'])}–{int(last['year'])}. {alt}"
    return curve(story.curve, (title, _("New in the year")), (f"{title}. {alt}", caption))


def _table(story: Story, known: Learning, most: int, page: str) -> list[Block]:
    whom = _("From whom, and how sure that is")
    widths = {_("Region"): 2.0, _("When"): 1.2, whom: 4.2, _("What it did with it"): 2.6}
    found = parts.page_table(approach_regions.taken_over(story, known), widths, most, parts.more(page + "#regions"))
    return [parts.first_lines(block, whom, LINES_OF_WHOM) for block in found]


def _others(story: Story) -> list[Block]:
    """Who considers it, decided against it, or only came, by name."""
    pairs = []
    for item in STANDINGS:
        own = [(found.region_id, found.region) for found in story.regions if found.standing == item.code]
        if own and item.code in OTHERS:
            pairs.append((f"{_(item.title)} ({number(len(own))})", parts.names(own)))
    return [Heading(_("Who has not taken it over")), Facts(tuple(pairs))] if pairs else []


def _open(story: Story, known: Learning) -> list[str]:
    """What is not known, with its numbers."""
    found = parts.sentences(approach_regions.taken_over(story, known))  # of how many dates little or nothing is known
    if story.undated:
        found.append(
            ngettext(
                "{count} taking-over of unknown date is left out of the curve.",
                "{count} takings-over of unknown date are left out of the curve.",
                story.undated,
            )
        )
    found += [text + "." for text in parts.headings(approach_visits.problems(known))]
    alone = sum(item.standing == "alone" for item in story.regions)
    if alone:
        found.append(
            ngettext(
                "From whom {count} region learnt it is not on record.",
                "From whom {count} regions learnt it is not on record.",
                alone,
            )
        )
    visits, _presented = more_told.shown_at(story)
    if visits < FEW_VISITS:
        count = ngettext("{count} visit about it is on record", "{count} visits about it are on record", visits)
        found.append(count + ": " + _("so few tell what happened, and not what usually happens."))
    return found
