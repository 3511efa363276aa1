"""Approaches, visits and steps of taking up: what cannot have been, and what is doubtful.

Dates of month and year precision stand for intervals: a fault is only what is
certain for every day that they may mean.
"""

from collections.abc import Collection, Iterator
from functools import cached_property

from graph_store.dates import certainly_before
from graph_store.schema import TAKEN_OVER

from ..faults import Fault
from ..fold import Element
from ..meaning import NodeKey, RelationshipKey
from .world import World

_Dated = tuple[str, NodeKey]


def spread_faults(world: World) -> Iterator[Fault]:
    """All faults and doubts about the spread of approaches."""
    spread = _Spread(world)
    for step in spread.steps:
        yield from spread.before_approach(step)
        yield from spread.after_data(step)
    for credit in world.ties("CREDITED_TO"):
        if credit.end.label == "Visit":
            yield from spread.credit(credit)
    for attendance in world.ties("ATTENDED"):
        yield from _outcome(world, attendance)
    yield from spread.visits_after_steps()


class _Spread:
    """The part of the graph that tells how approaches spread, ready to be asked."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.steps = sorted(world.graph.nodes.of("Adoption"))
        self._reached: dict[NodeKey, set[NodeKey]] = {}
        self.region = {key.end: key.start for key in world.ties("TOOK_UP")}
        self.approach = {key.start: key.end for key in world.ties("OF")}

    @cached_property
    def above(self) -> dict[NodeKey, set[NodeKey]]:
        """Regions by the ones that they are directly part of."""
        return self._ends("PART_OF")

    @cached_property
    def seats(self) -> dict[NodeKey, set[NodeKey]]:
        return self._ends("LOCATED_IN")

    @cached_property
    def visitors(self) -> dict[NodeKey, set[NodeKey]]:
        """Who attended each visit."""
        found: dict[NodeKey, set[NodeKey]] = {}
        for key in self.world.ties("ATTENDED"):
            found.setdefault(key.end, set()).add(key.start)
        return found

    def before_approach(self, step: NodeKey) -> Iterator[Fault]:
        approach = self.approach.get(step)
        on, began = self._date(step, "on"), self._date(approach, "started")
        if approach and on and began and certainly_before(on, began):
            words = {"approach": self.world.name(approach), "other": began}
            yield from self.world.fault_at("step_before_approach", [step, approach], "on", on, **words)

    def after_data(self, step: NodeKey) -> Iterator[Fault]:
        on, until = self._date(step, "on"), self._date(NodeKey("DataSet", self.world.new.data_set), "data_until")
        if on and until and self.world.origin(step) and certainly_before(until, on):
            yield from self.world.fault_at("step_after_data", [step], "on", on, other=until)

    def credit(self, credit: RelationshipKey) -> Iterator[Fault]:
        step, visit, region = credit.start, credit.end, self.region.get(credit.start)
        name = self.world.name(visit)
        if region and not any(self._near(visitor, region) for visitor in self.visitors.get(visit, ())):
            involved: list[Element] = [credit, visit, region]
            yield from self.world.fault_at(
                "nobody_attended", involved, "credited_to", name, region=self.world.name(region)
            )
        on, held = self._date(step, "on"), self._date(visit, "on")
        if on and held and certainly_before(on, held):
            yield from self.world.fault_at(
                "credit_after_step", [credit, step, visit], "credited_to", name, other=held, on=on
            )

    def visits_after_steps(self) -> Iterator[Fault]:
        """Regions whose dated visits about an approach all came after they took it over."""
        steps = self._first_takings_over()
        attended = self._attended(steps)
        for (region, approach), step in steps.items():
            on = self._date(step, "on")
            dates = sorted(attended.get((region, approach), ()))
            if dates and all(held and certainly_before(on, held) for held, _ in dates):
                held, visit = dates[0]
                words = {
                    "region": self.world.name(region),
                    "approach": self.world.name(approach),
                    "other": held,
                    "on": on,
                }
                yield from self.world.fault_at("visit_after_step", [step, visit], "on", self.world.name(visit), **words)

    def _attended(self, pairs: Collection[tuple[NodeKey, NodeKey]]) -> dict[tuple[NodeKey, NodeKey], list[_Dated]]:
        """For each pair of region and approach: the visits about it that somebody of the region attended."""
        found: dict[tuple[NodeKey, NodeKey], list[_Dated]] = {}
        for about in self.world.ties("ABOUT"):
            places = (place for visitor in self.visitors.get(about.start, ()) for place in self._places(visitor))
            for region in {region for place in places for region in self._around(place)}:
                if (region, about.end) in pairs:
                    visit = self._date(about.start, "on"), about.start
                    found.setdefault((region, about.end), []).append(visit)
        return found

    def _first_takings_over(self) -> dict[tuple[NodeKey, NodeKey], NodeKey]:
        found: dict[tuple[NodeKey, NodeKey], NodeKey] = {}
        dated = [
            step for step in self.steps if self._date(step, "on") and step in self.region and step in self.approach
        ]
        for step in sorted(dated, key=lambda step: self._date(step, "on")):
            if self.world.text(step, "stage") in TAKEN_OVER:
                found.setdefault((self.region[step], self.approach[step]), step)
        return found

    def _near(self, visitor: NodeKey, region: NodeKey) -> bool:
        """Whether a visitor is the region, lies in it, or belongs to a region above it."""
        return any(region in self._around(place) or place in self._around(region) for place in self._places(visitor))

    def _around(self, region: NodeKey) -> set[NodeKey]:
        """The region and all that it is part of."""
        if region not in self._reached:
            self._reached[region] = _reached(region, self.above)
        return self._reached[region]

    def _places(self, visitor: NodeKey) -> set[NodeKey]:
        return {visitor} if visitor.label == "Region" else self.seats.get(visitor, set())

    def _ends(self, type_: str) -> dict[NodeKey, set[NodeKey]]:
        found: dict[NodeKey, set[NodeKey]] = {}
        for key in self.world.ties(type_):
            found.setdefault(key.start, set()).add(key.end)
        return found

    def _date(self, node: NodeKey | None, name: str) -> str:
        """A date as written; empty where it is unknown."""
        return self.world.text(node, name) if node else ""


def _reached(start: NodeKey, above: dict[NodeKey, set[NodeKey]]) -> set[NodeKey]:
    """`start` and all that it is part of, at any depth; a circle ends by itself."""
    found, following = {start}, [start]
    while following:
        for region in above.get(following.pop(), ()):
            if region not in found:
                found.add(region)
                following.append(region)
    return found


def _outcome(world: World, attendance: RelationshipKey) -> Iterator[Fault]:
    known = world.text(attendance, "outcome_on")
    held = world.text(attendance.end, "on") if known else ""
    if known and held and certainly_before(known, held):
        yield from world.fault_at("outcome_before_visit", [attendance, attendance.end], "outcome_on", known, other=held)
