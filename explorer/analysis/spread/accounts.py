"""What each region gave and took: approaches, visits and guests, of the region and all that lies in it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from explorer.analysis.days import DAYS_PER_MONTH
from explorer.analysis.explained import Explained
from explorer.analysis.records import Record, records
from explorer.analysis.territories import Territories
from graph_store.schema import ENDED, INTEREST
from languages.words import N_

from .evidence import Evidence, Span, span
from .tree import Candidate, Learner, LearningTree

_NEARNESS = {"own": 0, "within": 1, "from above": 2}  # of those who came to the region for which it counts


@dataclass(frozen=True)
class Passed:
    """One taking-over, and from whom it was learnt as far as that is known.

    `grade` is a code of `GRADES`, empty where nobody is known; `source` may
    be empty with a visit whose host has no region. `host` is the region that
    hosted the visit where that is not the source itself. `lag_days` are the
    least and the most days from the visit, None without one or without a date.
    """

    approach: str
    learner: str
    step: str
    taken: Span | None
    gave_up: Span | None
    grade: str = ""
    source: str = ""
    host: str = ""
    visit: str = ""
    certain: bool = False
    lag_days: tuple[int, int] | None = None

    @property
    def known(self) -> bool:
        """Whether a record, and not only a statistical ranking, says from whom."""
        return self.grade not in ("", "inferred")

    @property
    def home(self) -> str:
        """The region that a record says it was learnt from, or at; empty where none does."""
        return (self.source or self.host) if self.known else ""


@dataclass(frozen=True)
class Open:
    """A region's interest in an approach that it has not taken over, or its decision against it, with its last step.

    `visit` is the last visit elsewhere at which the region saw the approach,
    empty where none is known; for a decision against it, the last one that is
    not certainly later. `how` says whose visit it was: "own", "within" (of a
    part of the region) or "from above"; one of its own goes before the others.
    """

    approach: str
    region: str
    step: str
    stage: str
    visit: str = ""
    how: str = ""


@dataclass(frozen=True)
class Meeting:
    """One visit, and a region elsewhere that hosted it or came to it; `region` is empty where that is not known."""

    visit: str
    region: str


@dataclass(frozen=True)
class Account:
    """All that is on record of one region and what lies in it.

    Attributes
    ----------
    region, inside
        The region; it and everything in it.
    began
        Approaches that began inside.
    elsewhere
        By each of these, how many regions elsewhere took it over.
    given
        Takings-over elsewhere that were learnt inside.
    taken
        Takings-over inside of what is not known to have been learnt inside.
    within
        Takings-over inside of what was learnt inside, or began there.
    saw
        By approach that did not begin inside: the visits elsewhere at which someone from inside saw it.
    after
        Of the approaches in `saw`, those taken over after such a visit: the first taking-over of each.
    considers, dropped
        Interest in what nobody inside took over; decisions against it, and what was stopped.
    trips, guests
        Visits to other regions, and visits of others to it; one row per visit and region.
    """

    region: str
    inside: frozenset[str]
    began: tuple[str, ...]
    elsewhere: dict[str, int]
    given: tuple[Passed, ...]
    taken: tuple[Passed, ...]
    within: tuple[Passed, ...]
    saw: dict[str, tuple[str, ...]]
    after: tuple[Passed, ...]
    considers: tuple[Open, ...]
    dropped: tuple[Open, ...]
    trips: tuple[Meeting, ...]
    guests: tuple[Meeting, ...]

    @property
    def went(self) -> int:
        """How many approaches that began inside were taken over elsewhere."""
        return sum(count > 0 for count in self.elsewhere.values())

    @property
    def took(self) -> int:
        """How many approaches from elsewhere were taken over."""
        return len({item.approach for item in self.taken})

    @property
    def empty(self) -> bool:
        """Whether nothing at all is on record."""
        return not any((self.began, self.given, self.taken, self.within, self.considers, self.dropped, self.met))

    @property
    def met(self) -> tuple[Meeting, ...]:
        """All visits with others."""
        return (*self.trips, *self.guests)


class Ledger:
    """The records, sorted by region once, so that each region's account is a matter of looking up."""

    def __init__(self, evidence: Evidence, trees: Iterable[LearningTree]) -> None:
        self.land: Territories = evidence.land
        self.origins: dict[str, str] = {
            a: o
            for a, o in zip(evidence.approaches["approach_id"], evidence.approaches["origin"], strict=True)
            if isinstance(o, str)
        }
        self.learners: list[tuple[str, Learner]] = [(tree.approach, item) for tree in trees for item in tree.learners]
        own = evidence.attended[evidence.attended["how"] == "own"]
        self.came = _sets(own["region_id"], own["visit_id"])
        self.guests = _sets(own["visit_id"], own["region_id"])
        self.hosted = _sets(evidence.hosts["region_id"], evidence.hosts["visit_id"])
        self.hosts = _sets(evidence.hosts["visit_id"], evidence.hosts["region_id"])
        self.shown = _sets(evidence.shown["visit_id"], evidence.shown["approach_id"])
        self._told = [_passed(approach, item, item.parent) for approach, item in self.learners]
        self._by = _places(item.learner for item in self._told)
        self._from = _places(item.home for item in self._told)
        self._takers = _sets((item.approach for item in self._told), (item.learner for item in self._told))
        self._began = _sets(self.origins.values(), self.origins)
        took = {(approach, item.region): item for approach, item in self.learners}
        seen = _seen(evidence, self.hosted)
        self.considers, self.dropped = _not_taken(evidence, took, self.origins, seen)

    def taking_part(self) -> set[str]:
        """The regions of which anything is on record themselves."""
        own = {*self.origins.values(), *self.came, *self.hosted, *(item.region for _approach, item in self.learners)}
        return own | {item.region for item in (*self.considers, *self.dropped)}

    def account(self, region: str) -> Account:
        """What the region and all that lies in it gave and took; empty for one of which nothing is on record."""
        inside = frozenset(self.land.within(region))
        began = tuple(sorted(approach for place in inside for approach in self._began.get(place, ())))
        elsewhere = {approach: len(self._takers.get(approach, set()) - inside) for approach in began}
        given = [place for home in inside for place in self._from.get(home, ())]
        given = [place for place in given if self._told[place].learner not in inside]
        taken: list[Passed] = []
        within: list[Passed] = []
        for place in sorted(place for learner in inside for place in self._by.get(learner, ())):
            told = self._told[place]
            home = told.home in inside or (not told.home and told.approach in elsewhere)
            (within if home else taken).append(told)
        had = {*began, *(item.approach for item in (*taken, *within))}
        trips, guests = self._met(inside)
        saw = self._saw(trips, set(began))
        return Account(
            region,
            inside,
            began,
            elsewhere,
            tuple(self._told[place] for place in sorted(given)),
            tuple(taken),
            tuple(within),
            saw,
            self._after(inside, saw),
            tuple(item for item in self.considers if item.region in inside and item.approach not in had),
            tuple(item for item in self.dropped if item.region in inside),
            trips,
            guests,
        )

    def _met(self, inside: frozenset[str]) -> tuple[tuple[Meeting, ...], tuple[Meeting, ...]]:
        """Visits to others, which nobody inside hosted, and visits of others."""
        at_home = set().union(*(self.hosted.get(region, set()) for region in inside))
        went = set().union(*(self.came.get(region, set()) for region in inside)) - at_home
        trips = [Meeting(visit, host) for visit in went for host in self.hosts.get(visit, {""})]
        guests = [Meeting(visit, guest) for visit in at_home for guest in self.guests.get(visit, set()) - inside]
        ordered = [tuple(sorted(found, key=lambda one: (one.visit, one.region))) for found in (trips, guests)]
        return ordered[0], ordered[1]

    def _saw(self, trips: tuple[Meeting, ...], began: set[str]) -> dict[str, tuple[str, ...]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for visit in sorted({trip.visit for trip in trips}):
            for approach in sorted(self.shown.get(visit, set()) - began):
                found[approach].append(visit)
        return {approach: tuple(visits) for approach, visits in sorted(found.items())}

    def _after(self, inside: frozenset[str], saw: dict[str, tuple[str, ...]]) -> tuple[Passed, ...]:
        found: dict[str, Passed] = {}
        for place in sorted(place for region in inside for place in self._by.get(region, ())):
            approach, learner = self.learners[place]
            if approach not in saw or approach in found:
                continue
            every = [item for item in (learner.parent, *learner.others) if item and item.grade != "inferred"]
            fits = next((item for item in every if item.visit in saw[approach]), None)
            if fits is not None:
                found[approach] = _passed(approach, learner, fits)
        return tuple(found.values())


def own_lag(found: Iterable[Passed]) -> tuple[int, int] | None:
    """Months that a region took from visit to taking-over in its middle case: the least and the most dates allow.

    It tells what happened in few cases, given as `Account.after`, of whatever
    grade; the usual time over all regions is `lags.usual_lag`.

    Returns
    -------
    tuple of int or None
        The medians of the least and of the most months, rounded; None where no lag is known.
    """
    known = [item.lag_days for item in found if item.lag_days is not None]
    if not known:
        return None
    least, most = (round(median(lag[end] for lag in known) / DAYS_PER_MONTH) for end in (0, 1))
    return least, most


def _passed(approach: str, learner: Learner, source: Candidate | None) -> Passed:
    told = (approach, learner.region, learner.step, learner.taken, learner.gave_up)
    if source is None:
        return Passed(*told)
    lag = source.lag_days if source.visit else None
    return Passed(*told, source.grade, source.source, source.host, source.visit, source.certain, lag)


@dataclass(frozen=True)
class _Seen:
    """A visit at which a region saw an approach: how it counts for the region, and the days that its date may mean."""

    visit: str
    how: str
    on: Span | None


def _seen(evidence: Evidence, hosted: dict[str, set[str]]) -> dict[tuple[str, str], list[_Seen]]:
    """By approach and region, the visits elsewhere at which it was seen: its own last, the latest of these last."""
    rows = evidence.attended[["visit_id", "region_id", "how"]].merge(
        evidence.shown[["visit_id", "approach_id", "on_from", "on_to"]], on="visit_id"
    )
    rows = rows[rows["region_id"].isin(evidence.steps["region_id"])].drop_duplicates()
    rows = rows.assign(own=-rows["how"].map(_NEARNESS)).sort_values(
        ["own", "on_to", "on_from", "visit_id"], na_position="first"
    )
    found: defaultdict[tuple[str, str], list[_Seen]] = defaultdict(list)
    at_home: dict[str, set[str]] = {}
    for row in records(rows):
        region = row["region_id"]
        if region not in at_home:
            at_home[region] = set().union(*(hosted.get(place, set()) for place in evidence.land.within(region)))
        if row["visit_id"] not in at_home[region]:
            found[row["approach_id"], region].append(_Seen(row["visit_id"], row["how"], span(row)))
    return dict(found)


def _not_taken(
    evidence: Evidence,
    took: dict[tuple[str, str], Learner],
    origins: dict[str, str],
    seen: dict[tuple[str, str], list[_Seen]],
) -> tuple[list[Open], list[Open]]:
    """Pairs with interest only, and pairs that ended: before a taking-over or after it."""
    last: dict[tuple[str, str], list[Record]] = defaultdict(list)
    steps = evidence.steps.sort_values(["on_from", "on_to", "step_id"], na_position="first")
    for row in records(steps[["approach_id", "region_id", "step_id", "stage", "on_from", "on_to"]]):
        if origins.get(row["approach_id"]) != row["region_id"]:
            last[row["approach_id"], row["region_id"]].append(row)
    considers, dropped = [], []
    for pair, rows in last.items():
        ended = [row for row in rows if row["stage"] in ENDED]
        gave_up = pair in took and took[pair].gave_up is not None
        visits = seen.get(pair, [])
        if ended and (gave_up or pair not in took):
            dropped.append(_open(ended[-1], [visit for visit in visits if not _certainly_after(visit, ended[-1])]))
        elif pair not in took and rows[-1]["stage"] in INTEREST:
            considers.append(_open(rows[-1], visits))
    return considers, dropped


def _open(step: Record, seen: list[_Seen]) -> Open:
    told = (seen[-1].visit, seen[-1].how) if seen else ("", "")
    return Open(step["approach_id"], step["region_id"], step["step_id"], step["stage"], *told)


def _certainly_after(visit: _Seen, step: Record) -> bool:
    ended = span(step)
    return visit.on is not None and ended is not None and visit.on[0] > ended[1]


def _places(keys: Iterable[str]) -> dict[str, list[int]]:
    """By key, the places at which it stands; the empty one is left out."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for place, key in enumerate(keys):
        if key:
            found[key].append(place)
    return dict(found)


def _sets(keys: Iterable[str], values: Iterable[str]) -> dict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for key, value in zip(keys, values, strict=True):
        if isinstance(key, str) and isinstance(value, str):
            found[key].add(value)
    return dict(found)


MEASURES = (
    Explained(
        code="took_of_seen",
        title=N_("Took over, of those it went to see"),
        words=N_(
            "Of the approaches from elsewhere that someone of the region saw at a visit elsewhere, "
            "those that it took over after such a visit, as far as dates can tell"
        ),
        term="visit-to-adoption conversion, per region and approach",
        span=N_("0 to the number of approaches seen"),
        undefined=N_("where nobody of the region is known to have gone to see one"),
        source=N_("a count"),
    ),
    Explained(
        code="middle_lag",
        title=N_("In the middle case"),
        words=N_(
            "Months from a visit of the region's own to the taking-over, in the middle of what it took over after one. "
            "What it has not taken over yet is not in it, so it is shorter than the wait to be expected. It tells of "
            "this region alone: the usual time on other pages is that over all regions"
        ),
        term="median lag among adopters, over intervals of days",
        span=N_("0 and up, months; two numbers where dates are not exact"),
        undefined=N_("where no visit and taking-over both have a date"),
        source=N_("a count of days"),
    ),
)
