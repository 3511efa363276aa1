"""What a briefing tells beside its page: the documents behind it with their addresses, and whom to ask."""

from collections.abc import Iterable
from dataclasses import dataclass

from explorer.analysis.records import Record, records
from explorer.analysis.spread.accounts import Account
from graph_store.schema import INTEREST

from . import meetings, regions
from .evidence import evidence
from .graph import ask, simulated
from .meetings import ANSWERED, TOOK, Filters, Waiting
from .meetings import Meeting as Visit
from .overview import source_facts
from .profiles import Profile
from .spread import Story

APPROACH, REGION, VISIT = "approach", "region", "visit"
KINDS = {APPROACH: "Approach", REGION: "Region", VISIT: "Visit"}
"""What there are briefings about, by the code in their address: the label of its node."""


@dataclass(frozen=True)
class Age:
    """How old the data are: up to when steps were looked for (empty where not said), when loaded; and what they are."""

    until: str
    loaded: str
    names: tuple[str, ...]
    simulated: bool


@dataclass(frozen=True)
class Turnout:
    """What came of a visit, in regions: `of` came and could take something over, `took` did, as far as dates can tell.

    Each region counts once, by the first that holds: `took`; `interested`
    considers or adapts something; `against` decided against something;
    `unclear` took something over in an order that is unknown, or that it cannot be from this visit.
    """

    of: int
    took: int
    interested: int
    against: int
    unclear: int

    @property
    def silent(self) -> int:
        """Regions of which no more is known than that they came."""
        return self.of - self.took - self.interested - self.against - self.unclear


def age() -> Age:
    """How old the data of this page are."""
    facts = source_facts()
    return Age(meetings.until(), facts.loaded_at[:10], tuple(facts.data_sets), simulated() or facts.simulated)


def sources_of_approach(node: Profile, story: Story) -> list[Record]:
    """Documents that state the approach, or a step of a region towards it: id, name, publisher, published, url."""
    return _sources([row["id"] for row in node.sources], records(story.steps))


def sources_of_region(node: Profile, own: Account) -> list[Record]:
    """Documents that state the region, or a step that its page tells."""
    told = [item.step for item in (*own.taken, *own.given, *own.within)]
    told += [item.step for item in (*own.considers, *own.dropped)]
    steps = regions.steps()
    return _sources([row["id"] for row in node.sources], [steps[step] for step in told])


def sources_of_visit(node: Profile) -> list[Record]:
    """Documents that state the visit."""
    return _sources([row["id"] for row in node.sources], [])


def to_ask(kind: str, node: str) -> list[Waiting]:
    """The regions gone quiet that a briefing tells: as on the page of meetings, less those who answered.

    Of a visit they are those that came, about what they saw, also where they came once more later.
    """
    waiting = meetings.waiting(Filters(regions=(node,)) if kind == REGION else Filters())
    if kind == APPROACH:
        waiting = [item for item in waiting if item.approach_id == node]
    elif kind == VISIT:
        held = meetings.meeting(node)
        came = {(item.region_id, item.approach_id) for item in held.came_of} if held else set()
        waiting = [item for item in waiting if (item.region_id, item.approach_id) in came]
    return [item for item in waiting if item.said != ANSWERED]


def turnout(held: Visit) -> Turnout:
    """What came of a visit, each region counted once, by the furthest that it went."""
    by_region: dict[str, set[str]] = {}
    for item in held.came_of:
        by_region.setdefault(item.region_id, set()).add(item.outcome)
    sorts = (set(TOOK), set(INTEREST), {"dropped"}, {"order unknown", "impossible"})
    furthest = [next((place for place, sort in enumerate(sorts) if sort & own), None) for own in by_region.values()]
    return Turnout(len(furthest), *(furthest.count(place) for place in range(len(sorts))))


def hosts(held: Visit) -> list[str]:
    """Ids of the regions that hosted a visit, each followed by those that it lies in."""
    known = evidence()
    own = dict.fromkeys(known.hosts.loc[known.hosts["visit_id"] == held.id, "region_id"].dropna())
    return [place for region in own for place in (str(region), *known.land.above(str(region)))]


def _sources(own: Iterable[str], steps: Iterable[Record]) -> list[Record]:
    """The documents named: first those of the thing itself, then those of steps, each in order of name."""
    first = set(own)
    named = first | {source for step in steps for source in step.get("sources") or ()}
    table = ask("sources")
    found = records(table[table["id"].isin(named)])
    return sorted(found, key=lambda row: (row["id"] not in first, row["name"]))
