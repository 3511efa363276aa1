"""Meetings: who came to whom, what came of it for each region, of whom nothing more was heard."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from explorer.analysis.periods import in_period, years_of
from explorer.analysis.records import Record, records
from graph_loader import api

from . import kept, meeting_outcomes
from .evidence import evidence
from .graph import ask, state, store
from .meeting_outcomes import KNOWN, CameOf
from .network import names, region_names, theme_names
from .programme import programme

PAST, COMING, UNDATED = "past", "coming", "undated"
TIMES = (PAST, COMING, UNDATED)
TOOK = ("taken over", "reported")
OUTCOMES = "outcomes"  # the data set that the answers of visitors are loaded as
ANSWERED = "none"  # the answer that there is nothing to ask for any more

SAVED_OF_MEETING = ("visit_id", "visit", "on", "kind", "hosts", "guests")
SAVED_OF_OUTCOME = (
    "region_id",
    "region",
    "approach_id",
    "approach",
    "outcome",
    "outcome_on",
    "months",
    "order_certain",
    "note",
)


@dataclass(frozen=True)
class Filters:
    """What the reader asked to see; the empty value of each means "all"."""

    regions: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    years: tuple[int, int] | None = None


@dataclass(frozen=True)
class Meeting:
    """One meeting. `hosts` and `guests` are bodies (id, name, label, outcome, note); `about` pairs of id and name.

    `subjects` are further subjects, projects (id, name); `came_of` is empty where no other region is known to have
    come to see an approach.
    """

    id: str
    name: str
    on: str
    on_from: date | None
    on_to: date | None
    kind: str
    hosts: tuple[Record, ...]
    guests: tuple[Record, ...]
    about: tuple[tuple[str, str], ...]
    subjects: tuple[tuple[str, str], ...]
    places: frozenset[str]
    themes: frozenset[str]
    came_of: tuple[CameOf, ...]

    @property
    def known(self) -> bool:
        """Whether it is on record, for any region that came, what came of it."""
        return any(item.outcome in KNOWN for item in self.came_of)

    def time(self, today: date) -> str:
        """Whether it is over, is to come (or may still be), or on an unknown day: a code of `TIMES`."""
        if self.on_to is None:
            return UNDATED
        return PAST if self.on_to < today else COMING


@dataclass(frozen=True)
class Waiting:
    """A region that came to see an approach, of which nothing more was heard for twice the usual time.

    `days` since the meeting, at the least; `interested` is the stage that it is
    at, empty without a step; `said` what a visitor answered, empty where nobody
    was asked; `bodies` those who came for it (id, name, label).
    """

    region_id: str
    region: str
    approach_id: str
    approach: str
    meeting: Meeting
    days: int
    interested: str
    said: str
    bodies: tuple[Record, ...]


def meetings() -> list[Meeting]:
    """All meetings, latest first, undated last."""
    return _meetings(state().version)


def meeting(visit: str) -> Meeting | None:
    """One meeting; None where there is none of that id."""
    return _by_id(state().version).get(visit)


def chosen(filters: Filters) -> list[Meeting]:
    """The meetings that the filters leave; a region counts with what lies in it, as host or guest."""
    within = evidence().land.within_any(filters.regions)
    kept = in_period(_dates(state().version), "on_from", "on_to", filters.years)
    return [
        item
        for item, dated_so in zip(meetings(), kept, strict=True)
        if dated_so
        and (not filters.regions or not within.isdisjoint(item.places))
        and (not filters.themes or not item.themes.isdisjoint(filters.themes))
        and (not filters.kinds or item.kind in filters.kinds)
    ]


def table_of(found: list[Meeting]) -> pd.DataFrame:
    """What came of meetings, to save: one row per meeting, region that came and approach shown; one without either.

    Returns
    -------
    DataFrame
        visit_id, visit, on, kind, hosts and guests (names), region_id, region,
        approach_id, approach, outcome (a code of `outcomes.OUTCOMES`),
        outcome_on, months (from the meeting to the taking-over), order_certain, note.
    """
    rows = []
    for held in found:
        own = {
            "visit_id": held.id,
            "visit": held.name,
            "on": held.on,
            "kind": held.kind,
            "hosts": "; ".join(str(body["name"]) for body in held.hosts),
            "guests": "; ".join(str(body["name"]) for body in held.guests),
        }
        rows += [own | _saved(item) for item in held.came_of] or [own]
    return pd.DataFrame(rows, columns=[*SAVED_OF_MEETING, *SAVED_OF_OUTCOME])


def _saved(item: CameOf) -> Record:
    certain = "" if item.months != item.months else "yes" if item.certain else "no"
    told = (item.region_id, item.region, item.approach_id, item.approach, item.outcome, item.on)
    return dict(zip(SAVED_OF_OUTCOME, (*told, item.months, certain, item.why), strict=True))


def span() -> tuple[int, int] | None:
    """First and last year of the meetings on record; None without a dated one."""
    table = _dates(state().version)
    return years_of(table["on_from"], table["on_to"])


def regions() -> dict[str, str]:
    """Names of the regions that hosted or attended, and of those above them, by id."""
    land = evidence().land
    own = {place for item in meetings() for place in item.places}
    known = own | {above for place in own for above in land.above(place)}
    return {code: name for code, name in region_names().items() if code in known}


def themes() -> dict[str, str]:
    """Names of the themes that a meeting was about, by id."""
    used = {theme for item in meetings() for theme in item.themes}
    return {code: name for code, name in theme_names().items() if code in used}


def kinds() -> set[str]:
    """Codes of the kinds of meeting that are on record."""
    return {item.kind for item in meetings()}


def waiting(filters: Filters) -> list[Waiting]:
    """Regions gone quiet, longest first, of the meetings that the filters leave; the region is the one that came."""
    kept = {item.id for item in chosen(Filters((), filters.themes, filters.kinds, filters.years))}
    within = evidence().land.within_any(filters.regions)
    return [
        item
        for item in _waiting(state().version)
        if item.meeting.id in kept and (not filters.regions or item.region_id in within)
    ]


def attendances(asked: list[Waiting]) -> list[dict[str, str]]:
    """Rows of the loader's table ``attendances`` to be answered: first those asked for, then what was answered before.

    A load replaces all that its data set said, so the answers of earlier
    rounds go along; rows that nobody answered then do not.
    """
    rows = {(body["id"], item.meeting.id): _row(body, item.meeting) for item in asked for body in item.bodies}
    for cells in answered():
        rows.setdefault((cells["attendee"], cells["visit"]), cells)
    return list(rows.values())


def answered() -> list[dict[str, str]]:
    """What earlier rounds of asking brought, as the rows that were loaded."""
    return _answered(state().version)


def until() -> str:
    """The last day up to which steps were looked for, as written; empty where no data set says so."""
    day = evidence().until
    return day.isoformat() if day else ""


def is_simulated() -> bool:
    """Whether the data sets of this graph are made up: what is loaded beside them must say so, too."""
    return "simulated" in set(ask("data_sets")["kind"])


def _row(body: Record, held: Meeting) -> dict[str, str]:
    known = {"delegates": body["delegates"], "outcome": body["outcome"], "outcome_on": body["outcome_on"]}
    cells = {"attendee": body["id"], "visit": held.id, **known, "note": body["note"]}
    return {key: str(int(value) if isinstance(value, float) else value) for key, value in cells.items() if value}


# None of the pages changes these, so all sessions share them as they are.
@kept.shared(3)
def _answered(version: str) -> list[dict[str, str]]:  # noqa: ARG001 (part of the cache key)
    said = api.said(store(), OUTCOMES, "attendances")
    return [cells for cells in said if cells.get("outcome") or cells.get("outcome_on")]


@kept.shared(3)
def _dates(version: str) -> pd.DataFrame:
    days = [(item.on_from, item.on_to) for item in _meetings(version)]
    return pd.DataFrame(days, columns=["on_from", "on_to"], dtype=object)


@kept.shared(3)
def _meetings(version: str) -> list[Meeting]:  # noqa: ARG001 (part of the cache key)
    bodies = _bodies()
    came_of = meeting_outcomes.came_of()
    about = _pairs(evidence().shown, "approach_id")
    subjects = ask("visit_subjects")
    other = _pairs(subjects[subjects["subject_label"] == "Project"], "subject_id")
    about_themes = {str(v): frozenset(t) for v, t in ask("visit_themes").groupby("visit_id")["theme_id"]}
    places = _places()
    found = []
    for row in records(ask("visits")):
        visit = str(row["id"])
        present = bodies.get(visit, [])
        found.append(
            Meeting(
                visit,
                row["name"],
                row["on"] or "",
                row["on_from"],
                row["on_to"],
                row["kind"],
                tuple(body for body in present if body["part"] == "hosted"),
                tuple(body for body in present if body["part"] == "attended"),
                tuple(about.get(visit, ())),
                tuple(other.get(visit, ())),
                places.get(visit, frozenset()),
                about_themes.get(visit, frozenset()),
                tuple(came_of.get(visit, ())),
            )
        )
    return found


def _bodies() -> dict[str, list[Record]]:
    """By visit who hosted and who attended."""
    found: dict[str, list[Record]] = {}
    table = ask("visit_presence").rename(columns={"body_id": "id", "body": "name", "body_label": "label"})
    for row in records(table):
        found.setdefault(row["visit_id"], []).append(row)
    return found


def _pairs(table: pd.DataFrame, column: str) -> dict[str, list[tuple[str, str]]]:
    """By visit the ids and names in a column, by name."""
    known = names()
    plain = table[["visit_id", column]].drop_duplicates()
    found: dict[str, list[tuple[str, str]]] = {}
    for visit, node in plain.itertuples(index=False, name=None):
        found.setdefault(str(visit), []).append((str(node), known.get(node, (str(node), ""))[0]))
    return {visit: sorted(pairs, key=lambda pair: pair[1]) for visit, pairs in found.items()}


def _places() -> dict[str, frozenset[str]]:
    """By visit the regions that hosted or attended, their organisations counted in."""
    known = evidence()
    own = known.attended[known.attended["how"] == "own"][["visit_id", "region_id"]]
    every = pd.concat([own, known.hosts[["visit_id", "region_id"]]]).drop_duplicates()
    return {str(visit): frozenset(found) for visit, found in every.groupby("visit_id")["region_id"]}


@kept.shared(3)
def _by_id(version: str) -> dict[str, Meeting]:
    return {item.id: item for item in _meetings(version)}


@kept.shared(3)
def _waiting(version: str) -> list[Waiting]:
    by_id = _by_id(version)
    known = evidence()
    own = known.attended[known.attended["how"] != "from above"].drop_duplicates(
        ["visit_id", "region_id", "attendee_id"]
    )
    came = {key: set(part) for key, part in own.groupby(["visit_id", "region_id"])["attendee_id"]}
    said = meeting_outcomes.said()
    found = []
    for row in records(programme().stalled):
        held, region = by_id[row["visit_id"]], str(row["region_id"])
        bodies = tuple(body for body in held.guests if body["id"] in came.get((held.id, region), ()))
        answer = said.get((held.id, region), ("", ""))[0]
        found.append(
            Waiting(
                region,
                known.land.names[region],
                str(row["approach_id"]),
                names().get(row["approach_id"], (str(row["approach_id"]), ""))[0],
                held,
                int(row["days"]),
                str(row["present"]),
                answer,
                bodies,
            )
        )
    return found
