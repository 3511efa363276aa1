"""What the pictures of an approach show: the regions, since when they are what they are, and who showed it to whom."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from explorer import links
from explorer.analysis.spread.evidence import Span
from explorer.analysis.spread.standings import Reached, standing
from explorer.analysis.spread.tree import Learner
from explorer.data import network
from explorer.data.spread import Story
from explorer.data.story import Learning
from explorer.pictures.maps import Flow
from explorer.pictures.tree import Branch
from graph_store.schema import INTEREST
from languages.words import _, in_words, language

from .approach_looks import LINES, colour, only_hosts

ALWAYS = -1  # since when nobody knows: shown whatever the year


@dataclass(frozen=True)
class Spot:
    """One region of the story and since when it is what it is: None where that is not known."""

    region: str
    name: str
    standing: str
    said: str
    since: int | None
    interest: int | None = None
    stopped: int | None = None


@dataclass(frozen=True)
class Scene:
    """All that the pictures show, whatever the year; the language and the network that they are made in."""

    approach: str
    name: str
    spots: tuple[Spot, ...]
    flows: tuple[tuple[Flow, str], ...]  # with the region that each leads to
    branches: tuple[Branch, ...]
    years: tuple[int, int] | None
    where: dict[str, tuple[float, float]]
    language: str
    network: str | None


def scene(story: Story, known: Learning) -> Scene:
    """What there is to draw of an approach, in the reader's language."""
    spots = _spots(story, known)
    names = {spot.region: spot.name for spot in spots}
    return Scene(
        str(story.facts["id"]),
        str(story.facts["name"]),
        tuple(spots),
        tuple(_flows(known, names)),
        tuple(_branches(known, spots)),
        _years(spots),
        network.positions(),
        language(),
        links.network(),
    )


def _flows(known: Learning, names: dict[str, str]) -> Iterator[tuple[Flow, str]]:
    for learner in known.tree.learners:
        parent = learner.parent
        start = (parent.host or parent.source) if parent else ""
        if parent and start and start != learner.region and start in names:
            line = LINES[parent.grade]
            said = f"{names[start]} → {names[learner.region]}"
            yield Flow(start, learner.region, line.colour, line.dash, said), learner.region


def _spots(story: Story, known: Learning) -> list[Spot]:
    """Where it began first, then the regions in the order of their standings, then mere hosts and sources."""
    spots = []
    began = known.began[0].year if known.began else None
    if origin := str(story.facts["origin_id"] or ""):
        name = str(story.facts["origin"])
        said = _("{region}: it began here").format(region=name)
        spots.append(Spot(origin, name, "origin", said, ALWAYS if began is None else began))
    interests = _interests(story)
    spots += [_spot(item, known, interests) for item in story.regions]
    there = {spot.region for spot in spots}
    sources = {item.source for item in known.tree.learners if item.parent and item.source} | set(only_hosts(story))
    shown = {learner.parent.host or learner.source for learner in known.tree.learners if learner.parent}
    for host in sorted((sources & shown) - there):
        name = name_of(host)
        first = [known.visits[item.visit][2] for item in story.regions if item.host == host and item.visit]
        dated = [year for year in first if year is not None]
        said = _("{region}: hosted a visit about it").format(region=name)
        spots.append(Spot(host, name, "host", said, min(dated) if dated else ALWAYS))
    return spots


def _spot(item: Reached, known: Learning, interests: dict[str, int]) -> Spot:
    words = _(standing(item.standing).title)
    on = item.step["on_from"] if item.step else None
    since = on.year if isinstance(on, date) else None
    if item.step is None:
        since = known.visits[item.visit][2] if item.visit else None
    said = f"{item.region}: {words}"
    if item.step and item.step["on"]:
        said += f", {in_words(item.step['on'])}"
    learner = known.learners.get(item.region_id)
    stopped = learner.gave_up[0].year if learner and learner.gave_up else None
    if stopped is not None:
        said += "; " + _("stopped in {year}").format(year=stopped)
    return Spot(item.region_id, item.region, item.standing, said, since, interests.get(item.region_id), stopped)


def _interests(story: Story) -> dict[str, int]:
    """First year in which each region is known to have considered or adapted it."""
    rows = story.steps[story.steps["stage"].isin(INTEREST)].dropna(subset=["on_from"])
    found: dict[str, int] = {}
    for region, first in zip(rows["region_id"], rows["on_from"], strict=True):
        found[region] = min(found.get(region, first.year), first.year)
    return found


def _years(spots: list[Spot]) -> tuple[int, int] | None:
    found = [year for spot in spots for year in (spot.since, spot.interest, spot.stopped) if year and year > 0]
    return (min(found), max(found)) if found and min(found) < max(found) else None


def _branches(known: Learning, spots: list[Spot]) -> list[Branch]:
    learners = known.learners
    if not learners:
        return []
    said = {spot.region: spot for spot in spots}
    roots: dict[str, Branch] = {}
    origin = known.tree.origin or ""
    if origin in said:
        roots[origin] = _root(said[origin], known.began)
    grown = []
    for learner in learners.values():
        parent = _parent_of(learner)
        if parent and parent not in learners and parent not in roots:
            roots[parent] = _root(said[parent], None) if parent in said else _root_of_visit(parent, learner, known)
        grown.append(_branch(learner, said[learner.region], parent))
    return [*roots.values(), *grown]


def _parent_of(learner: Learner) -> str:
    """Id of the branch that it grows from: a region, else the visit where no region is known."""
    if learner.parent is None:
        return ""
    return learner.source or learner.parent.host or learner.parent.visit


def _root(spot: Spot, began: Span | None) -> Branch:
    on, span = _when(began)
    return Branch(
        spot.region, spot.name, spot.said, colour(spot.standing), on, span, address="yes",
        hollow=spot.standing in ("origin", "host"),
        source=True,
    )  # fmt: skip


def _root_of_visit(id_: str, learner: Learner, known: Learning) -> Branch:
    visit = learner.parent.visit if learner.parent else ""
    name = known.visits[visit][0] if id_ == visit else name_of(id_)
    return Branch(id_, name, name, colour("host"), None, hollow=True, source=True)


def _branch(learner: Learner, spot: Spot, parent: str) -> Branch:
    on, span = _when(learner.taken)
    line = LINES[learner.parent.grade] if learner.parent else LINES["inferred"]
    name = spot.name
    if spot.stopped is not None:
        name += " " + _("(stopped {year})").format(year=spot.stopped)
    return Branch(
        learner.region, name, spot.said, colour(spot.standing), on, span, parent, (line.colour, line.dash), "yes"
    )


def _when(days: Span | None) -> tuple[float | None, tuple[float, float] | None]:
    """Middle of the days as a year with its part, and both ends."""
    if days is None:
        return None, None
    first, last = (day.year + (day.timetuple().tm_yday - 1) / 366 for day in days)
    return (first + last) / 2, (first, last)


def name_of(region: str) -> str:
    """Name of a region, its id where it has none."""
    return network.names().get(region, (region, ""))[0]
