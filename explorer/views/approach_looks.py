"""How an approach's story looks: a colour for each standing, a line for each grade of evidence, told in words too."""

from collections import Counter
from dataclasses import dataclass

from explorer.analysis.spread.standings import STANDINGS
from explorer.analysis.spread.tree import GRADES, Grade
from explorer.data.spread import Story
from explorer.data.story import Learning
from explorer.pictures.html import Html, items, join, legend, tag
from graph_store import schema
from languages.words import N_, _, number

ORIGIN, HOST, FAINT = schema.GREYS[3], schema.GREYS[1], schema.GREYS[2]
TAKEN = ("credited", "visited", "from above", "alone")
AFTER, ABOVE = TAKEN[:2], TAKEN[2]  # after a visit of its own or by its own word; after one of a body above it

COLOURS = {
    "credited": schema.BLUE,
    "visited": schema.GREEN,
    "from above": schema.PURPLE,
    "alone": schema.YELLOW,
    "interested": schema.CYAN,
    "against": schema.RED,
    "came": schema.GREYS[2],
}


@dataclass(frozen=True)
class Line:
    """The line of a grade: its colour, its dashes, the same as signs, and its words."""

    colour: str
    dash: str
    signs: str
    words: str


LINES = {
    "stated": Line(schema.BLUE, "", "───", N_("solid line")),
    "consistent": Line(schema.GREEN, "7 4", "─ ─", N_("dashed line")),
    "from above": Line(schema.PURPLE, "9 3 2 3", "─ · ─", N_("line of dashes and dots")),
    "inferred": Line(schema.GREYS[0], "2 4", "· · ·", N_("dotted line")),
}


def colour(standing: str) -> str:
    """Colour of a standing, of "origin" and of "host"."""
    return {"origin": ORIGIN, "host": HOST}.get(standing) or COLOURS[standing]


def only_hosts(story: Story) -> list[str]:
    """Regions that are told only because they hosted a visit that counts."""
    shown = {story.facts["origin_id"], *(item.region_id for item in story.regions)}
    return sorted({item.host for item in story.regions if item.host} - shown)


def circles(story: Story) -> list[tuple[str, str, str]]:
    """What the circles mean, with how many regions each is: colour, symbol, words."""
    entries = [(ORIGIN, "ring", _("Where it began"))] if story.facts["origin_id"] else []
    counts = Counter(region.standing for region in story.regions)
    entries += [
        (COLOURS[item.code], "circle", f"{_(item.title)}: {number(counts[item.code])}")
        for item in STANDINGS
        if counts[item.code]
    ]
    if only_hosts(story):
        entries.append((HOST, "ring", _("Hosted a visit that counts")))
    return entries


def grades(known: Learning) -> list[Grade]:
    """The grades of evidence that occur, the surest first."""
    present = {learner.parent.grade for learner in known.tree.learners if learner.parent}
    return [grade for grade in GRADES if grade.code in present]


def key(story: Story, known: Learning) -> Html:
    """What colours and lines mean, with how many regions each is."""
    lines = [
        join([tag("span", LINES[g.code].signs, class_="signs", style=f"color:{LINES[g.code].colour}"), " ", _(g.title)])
        for g in grades(known)
    ]
    heading = tag("span", _("Lines, by how sure it is who showed it:"), class_="quiet")
    return join([legend(circles(story)), items([heading, *lines], "legend") if lines else ""])


def explained() -> Html:
    """The grades of evidence in words."""
    return tag(
        "dl",
        join(
            join([tag("dt", f"{_(grade.title)} ({_(LINES[grade.code].words)})"), tag("dd", _(grade.explained))])
            for grade in GRADES
        ),
        class_="facts",
    )
