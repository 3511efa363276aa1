"""The course of events in continuous days: who shows what to whom, and who takes it over from whom.

Each guest of a visit who does not have the approach is one occasion. With the
probability `uptake` the occasion sets off one taking-over somewhere: mostly
the guest's own, of what it saw; else a neighbour's of somebody who has an
approach, or any region's of any approach. So the number of takings-over hangs
on the number of visits in every simulation, while `visits_matter` decides
whether they go to those who visited.
"""

import heapq
import math
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from .ground import Ground
from .settings import Settings

VISIT, ABOVE, CONTACT, OWN = "visit", "from above", "contact", "own idea"
LAG_SHAPE, LAG_DAYS, LEAST_LAG = 2.0, 274.0, 7.0  # gamma with a mean of nine months
GUESTS = (2, 8)
_DISTANCE_PULL, _LIKENESS_PULL = 4.0, 4.0
_ALREADY_HAS_IT = np.log(0.2)  # those who have it come, too, but less often
_GIVES_UP, _LEAST_USE, _MEAN_USE = 0.07, 180.0, 540.0
_DECLINES = 0.1
_ATTEMPTS = 20
_BEGIN, _TAKE, _END = range(3)


@dataclass(frozen=True)
class Guest:
    """One region's presence at a visit; `level` 0 is its own, n that of the n-th region above it."""

    region: int
    level: int
    declines: bool


@dataclass(frozen=True)
class Held:
    """One visit: the day, the host's and the guests' places in the list of regions, the approach."""

    day: float
    host: int
    approach: int
    guests: tuple[Guest, ...]


@dataclass(frozen=True)
class Taking:
    """One taking-over: `asked` is the day of the occasion; `source` and `visit` are -1 where there is none.

    `gave_up` is infinite where it stays in use.
    """

    day: float
    approach: int
    region: int
    how: str
    source: int
    visit: int
    asked: float
    gave_up: float = np.inf


@dataclass
class Course:
    """All that happened. `late` are the takings-over that the end of the time cuts off."""

    started: NDArray[np.float64]
    origins: NDArray[np.int64]
    visits: list[Held] = field(default_factory=list)
    takings: list[Taking] = field(default_factory=list)
    late: list[Taking] = field(default_factory=list)


class World:
    """Who has what on the present day, and what is about to happen."""

    def __init__(self, settings: Settings, ground: Ground, rng: np.random.Generator) -> None:
        self.settings, self.ground, self.rng = settings, ground, rng
        count, regions = settings.approaches, len(ground.ids)
        self.end = float(settings.days)
        draws = ground.attraction**settings.hubs
        self.draws = draws / draws.max()
        begin = np.sort(rng.uniform(0, 0.75 * self.end, count))
        self.course = Course(begin, rng.choice(regions, count, p=draws / draws.sum()))
        self.shown = np.zeros(count, dtype=bool)
        self.shown[rng.permutation(count)[: math.ceil(settings.shown * count)]] = True
        self.has = np.zeros((count, regions), dtype=bool)  # has it, or had it and gave it up
        self.asked = np.zeros((count, regions), dtype=bool)  # whose visit has set off a taking-over, here or elsewhere
        self.to_show: list[list[int]] = [[] for _region in range(regions)]
        self.hosts = np.zeros(regions)
        self.in_use: list[tuple[int, int]] = []
        self.gave_up: set[tuple[int, int]] = set()
        self.begun = 0
        self.coming: list[tuple[float, int, int, Taking]] = []
        self.number = 0
        self.pull = self._pull()
        for approach, (day, region) in enumerate(zip(begin, self.course.origins, strict=True)):
            self.expect(float(day), _BEGIN, Taking(float(day), approach, int(region), "", -1, -1, float(day)))

    def _pull(self) -> NDArray[np.float64]:
        """Logarithms of how readily each region (column) visits each host (row)."""
        away = self.ground.distances / max(float(self.ground.distances.mean()), 1e-9)
        pull = self.settings.homophily * _LIKENESS_PULL * self.ground.likeness
        pull = pull - self.settings.geography * _DISTANCE_PULL * away
        np.fill_diagonal(pull, -np.inf)
        return np.asarray(pull)

    def expect(self, day: float, what: int, taking: Taking) -> None:
        """Note that this is going to happen on that day."""
        self.number += 1
        heapq.heappush(self.coming, (day, self.number, what, taking))

    def until(self, day: float) -> None:
        """Let happen what is due."""
        while self.coming and self.coming[0][0] <= day:
            _day, _number, what, taking = heapq.heappop(self.coming)
            if what == _END:
                self._end(taking)
            elif what == _BEGIN:
                self._use(taking)
                self.begun += 1
            elif self._possible(taking):
                self._take(taking)

    def _possible(self, taking: Taking) -> bool:
        """Whether the region does not have it by now, and a neighbour learnt from still has."""
        gone = taking.how == CONTACT and (taking.approach, taking.source) in self.gave_up
        return not gone and not self.has[taking.approach, taking.region]

    def _take(self, taking: Taking) -> None:
        if self.rng.random() < _GIVES_UP:
            gave_up = taking.day + _LEAST_USE + self.rng.exponential(_MEAN_USE)
            taking = replace(taking, gave_up=gave_up)
            self.expect(gave_up, _END, taking)
        self.course.takings.append(taking)
        self._use(taking)

    def _use(self, taking: Taking) -> None:
        self.has[taking.approach, taking.region] = True
        self.in_use.append((taking.approach, taking.region))
        if self.shown[taking.approach]:
            self.to_show[taking.region].append(taking.approach)
            self.hosts[taking.region] = self.draws[taking.region]

    def _end(self, taking: Taking) -> None:
        self.gave_up.add((taking.approach, taking.region))
        shows = self.to_show[taking.region]
        if taking.approach in shows:
            shows.remove(taking.approach)
            self.hosts[taking.region] = self.draws[taking.region] if shows else 0.0

    def visit(self, day: float) -> None:
        """Hold a visit: a host, something that it has in use, and guests."""
        rng = self.rng
        if not self.hosts.any():
            return
        heaped = np.cumsum(self.hosts)
        host = int(np.searchsorted(heaped, rng.random() * heaped[-1], side="right"))
        approach = self.to_show[host][int(rng.integers(len(self.to_show[host])))]
        regions = len(self.ground.ids)
        wanted = min(int(rng.integers(GUESTS[0], GUESTS[1] + 1)), regions - 1)
        # The largest of log-weights with Gumbel noise are a draw without putting back.
        keys = self.pull[host] + rng.gumbel(size=regions) + np.where(self.has[approach], _ALREADY_HAS_IT, 0.0)
        came = np.argpartition(-keys, wanted)[:wanted]
        came = came[np.argsort(-keys[came], kind="stable")]
        number = len(self.course.visits)
        guests = tuple(self._guest(int(guest), host, approach, number, day) for guest in came)
        self.course.visits.append(Held(day, host, approach, guests))

    def _guest(self, guest: int, host: int, approach: int, visit: int, day: float) -> Guest:
        level = self._level(guest)
        if self.has[approach, guest]:
            return Guest(guest, level, declines=False)
        if self.rng.random() < self.settings.uptake:
            self._occasion(Taking(day, approach, guest, ABOVE if level else VISIT, host, visit, day))
            return Guest(guest, level, declines=False)
        return Guest(guest, level, declines=bool(self.rng.random() < _DECLINES) and not level)

    def _level(self, guest: int) -> int:
        """0 when the region comes itself; else which of those above it comes in its place."""
        above = len(self.ground.above[guest])
        if not above or self.rng.random() >= self.settings.from_above:
            return 0
        return int(self.rng.integers(1, above + 1))

    def _occasion(self, seen: Taking) -> None:
        """Set off one taking-over: the guest's of what it saw, a neighbour's of something, or anybody's of anything."""
        carried, own_ideas, matter = self.rng.random(), self.settings.own_ideas, self.settings.visits_matter
        coming: Taking | None = seen
        pair = seen.approach, seen.region
        again, self.asked[pair] = self.asked[pair], True
        if carried >= matter * (1 - own_ideas):
            if again:  # the region takes it over once, so what goes elsewhere in its stead goes once, too
                return
            coming = self._contact(seen.asked) if carried < matter * (1 - own_ideas / 2) else None
            coming = coming or self._idea(seen.asked)
        if coming:
            day = seen.asked + max(LEAST_LAG, self.rng.gamma(LAG_SHAPE, LAG_DAYS / LAG_SHAPE))
            self.expect(day, _TAKE, replace(coming, day=day))

    def _contact(self, day: float) -> Taking | None:
        """Of something in use, by somebody that borders its user and does not have it; None where none is found."""
        for _attempt in range(_ATTEMPTS):
            approach, source = self.in_use[int(self.rng.integers(len(self.in_use)))]
            near = self.ground.neighbours[source]
            if len(near) and (approach, source) not in self.gave_up:
                region = int(near[int(self.rng.integers(len(near)))])
                if not self.has[approach, region]:
                    return Taking(day, approach, region, CONTACT, source, -1, day)
        return None

    def _idea(self, day: float) -> Taking | None:
        """Of anything that has begun, by anybody that does not have it; None where none is found."""
        for _attempt in range(_ATTEMPTS):
            approach = int(self.rng.integers(self.begun))
            region = int(self.rng.integers(len(self.ground.ids)))
            if not self.has[approach, region]:
                return Taking(day, approach, region, OWN, -1, -1, day)
        return None

    def cut_off(self) -> list[Taking]:
        """The takings-over still to come that would be the first of their region, in order of time."""
        found: dict[tuple[int, int], Taking] = {}
        for _day, _number, what, taking in sorted(self.coming):
            if what == _TAKE and self._possible(taking):
                found.setdefault((taking.approach, taking.region), taking)
        return list(found.values())


def course_of(settings: Settings, ground: Ground) -> Course:
    """Let it happen.

    Returns
    -------
    Course
        Visits and takings-over in order of time. Days count from the first
        day of the first year.
    """
    rng = np.random.default_rng([settings.seed, 3])
    world = World(settings, ground, rng)
    begin = world.course.started[world.shown]
    if len(begin):
        # The more there is to be seen, the more visits: each falls somewhere after the beginning of some approach.
        after = rng.choice(begin, settings.visits) + 1
        for day in np.sort(rng.uniform(after, world.end)):
            world.until(float(day))
            world.visit(float(day))
    world.until(np.nextafter(world.end, 0))
    world.course.late = world.cut_off()
    return world.course
