"""How one approach reached its regions: who took it over, after which visit, who decided against it.

Evidence is never mixed: a credit that someone states, a visit that came
before, a visit by a body of the territory above, and no known visit are
four different things, and none of them is called a cause.
"""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from explorer.analysis.records import Record, records
from explorer.analysis.territories import Territories
from graph_store.schema import ENDED, TAKEN_OVER
from languages.words import N_


@dataclass(frozen=True)
class Standing:
    """How a region stands towards an approach: code, words, and the order on the page."""

    code: str
    title: str
    explained: str


STANDINGS = (
    Standing(
        "credited", N_("Took it over, and credits a visit or region"), N_("A source says in words where it was learnt.")
    ),
    Standing(
        "visited",
        N_("Took it over after a visit"),
        N_("Someone of the region attended a visit about it before; that the one led to the other is not claimed."),
    ),
    Standing(
        "from above",
        N_("Took it over after a visit from above"),
        N_("A body of the country or province above attended a visit before."),
    ),
    Standing(
        "alone",
        N_("Took it over without a visit that we know of"),
        N_("No visit about it is on record before the taking-over."),
    ),
    Standing("interested", N_("Considers or adapts it"), N_("Interest, not yet a taking-over.")),
    Standing("against", N_("Decided against it, or stopped"), N_("A source says that it was dropped.")),
    Standing(
        "came",
        N_("Came to see it, no step is on record"),
        N_("Attended a visit about it, and has not taken a step that we know of."),
    ),
)


def standing(code: str) -> Standing:
    """The standing of that code; KeyError where there is none."""
    return {item.code: item for item in STANDINGS}[code]


@dataclass(frozen=True)
class Reached:
    """One region and how it stands towards the approach.

    `step` is the telling step (the first taking-over, else the latest);
    `visit` and `host` are the visit before it that counts and the region that
    hosted it, where there is one. `certain` is False where the dates known
    leave open whether that visit came first.
    """

    region_id: str
    region: str
    standing: str
    step: Record | None
    visit: str = ""
    host: str = ""
    certain: bool = True


def reached(
    origin: str | None,
    steps: pd.DataFrame,
    visits: pd.DataFrame,
    presence: pd.DataFrame,
    attendance: pd.DataFrame,
    land: Territories,
) -> list[Reached]:
    """Every region that took a step towards the approach or came to see it.

    Parameters
    ----------
    origin
        Id of the region where the approach began, None where unknown.
    steps
        Steps of this approach: region_id, region, on_from, on_to, stage, credited_to (list of ids).
    visits
        Visits about it: visit_id, on_from, on_to.
    presence
        Who hosted: visit_id, part, region_id.
    attendance
        Regions that attended: region_id, region, visit_id, how ("own", "within", "from above").
    land
        The tree of regions.

    Returns
    -------
    list of Reached
        In the order of `STANDINGS`, then of time, undated last. The origin is not among them.
    """
    about = {row["visit_id"]: row for row in records(visits.drop_duplicates("visit_id"))}
    hosts = presence[presence["part"] == "hosted"]
    hosted_by = {
        str(visit): [r for r in group["region_id"] if isinstance(r, str)] for visit, group in hosts.groupby("visit_id")
    }
    came = attendance[attendance["visit_id"].isin(list(about))]
    found = []
    for (region_id, region), own in steps.groupby(["region_id", "region"], sort=False):
        if region_id == origin:
            continue
        seen = came[came["region_id"] == region_id]
        had_it = _had_it(origin, steps[steps["region_id"] != region_id], land)  # what it has itself, nobody showed it
        found.append(_stands(str(region_id), str(region), records(own), seen, about, hosted_by, had_it, land))
    known = _told_otherwise({item.region_id for item in found} | ({origin} if origin else set()), land)
    found += _only_came(came, known, about, hosted_by)
    order = {item.code: place for place, item in enumerate(STANDINGS)}
    return sorted(found, key=lambda item: (order[item.standing], _when(item.step), item.region))


def reach_over_years(regions: list[Reached]) -> pd.DataFrame:
    """Regions that had taken it over by the end of each year.

    Returns
    -------
    DataFrame
        Columns year, new, total, from the first dated taking-over to the last;
        empty without any. A taking-over of unknown date is in no year.
    """
    taken = [item for item in regions if item.standing in ("credited", "visited", "from above", "alone")]
    years = sorted(item.step["on_from"].year for item in taken if item.step and isinstance(item.step["on_from"], date))
    if not years:
        return pd.DataFrame({"year": [], "new": [], "total": []}, dtype=int)
    table = pd.DataFrame({"year": range(years[0], years[-1] + 1)})
    table["new"] = [years.count(year) for year in table["year"]]
    table["total"] = table["new"].cumsum()
    return table


def _stands(
    region_id: str,
    region: str,
    own: list[Record],
    seen: pd.DataFrame,
    about: dict[str, Record],
    hosted_by: dict[str, list[str]],
    had_it: dict[str, date | None],
    land: Territories,
) -> Reached:
    taken = [step for step in own if step["stage"] in TAKEN_OVER]
    if not taken:
        last = own[-1]
        ended = any(step["stage"] in ENDED for step in own)
        return Reached(region_id, region, "against" if ended else "interested", last)
    first = taken[0]
    credits = [item for step in own for item in step["credited_to"]]
    if credits:
        return Reached(region_id, region, "credited", first, *_credited(credits, about, hosted_by, land))
    before: dict[str, list[tuple[bool, str, str]]] = {"visited": [], "from above": []}
    for row in sorted(records(seen), key=lambda row: _when(about[row["visit_id"]])):
        visit = about[row["visit_id"]]
        others = [host for host in hosted_by.get(row["visit_id"], []) if host != region_id]
        host = _shown_by(others, visit, had_it)
        if host and _before(visit, first):
            certain = visit["on_to"] < first["on_from"]
            before["from above" if row["how"] == "from above" else "visited"].append((certain, row["visit_id"], host))
    for code, visits in before.items():
        if visits:  # the last that certainly came before, else the last that may have
            certain, visit_id, host = ([item for item in visits if item[0]] or visits)[-1]
            return Reached(region_id, region, code, first, visit_id, host, certain)
    return Reached(region_id, region, "alone", first)


def _credited(
    credits: list[str], about: dict[str, Record], hosted_by: dict[str, list[str]], land: Territories
) -> tuple[str, str]:
    """The visit and the region that a step is credited to; empty for what is not said."""
    regions = [item for item in credits if item in land.names]
    visits = [item for item in credits if item not in land.names]
    visit = next((item for item in visits if item in about), next(iter(visits), ""))
    return visit, next(iter([*hosted_by.get(visit, []), *regions]), "")


def _told_otherwise(regions: set[str], land: Territories) -> set[str]:
    """`regions` and all that lies above them: a ministry that came is told by the region that took it over."""
    return regions | {above for region in regions for above in land.above(region)}


def _only_came(
    came: pd.DataFrame, known: set[str], about: dict[str, Record], hosted_by: dict[str, list[str]]
) -> list[Reached]:
    only = came[(came["how"] == "own") & ~came["region_id"].isin(known)]
    hosts = {region for visit in about for region in hosted_by.get(visit, [])}
    found = []
    for (region_id, region), rows in only.groupby(["region_id", "region"], sort=False):
        visit = str(rows["visit_id"].iloc[-1])
        if region_id not in hosts:
            found.append(
                Reached(str(region_id), str(region), "came", None, visit, next(iter(hosted_by.get(visit, [])), ""))
            )
    return found


def _had_it(origin: str | None, steps: pd.DataFrame, land: Territories) -> dict[str, date | None]:
    """From which day each region had the approach; None for "from the start"; with all that lies in or above it."""
    had: dict[str, date | None] = {}
    taken = steps[steps["stage"].isin(TAKEN_OVER)]
    starts: list[tuple[str, date | None]] = [
        (r, d) for r, d in zip(taken["region_id"], taken["on_from"], strict=True) if isinstance(d, date)
    ]
    for region, day in [*starts, *([(origin, None)] if origin else [])]:
        above = [r for r in land.above(region) if land.kinds.get(r) != "country"]
        for place in {*land.within(region), *above}:
            if place not in had or day is None or (had[place] is not None and day < had[place]):  # type: ignore[operator]
                had[place] = day
    return had


def _shown_by(hosts: list[str], visit: Record, had_it: dict[str, date | None]) -> str:
    """The host that had the approach when the visit took place, as far as dates can tell; empty where none had."""
    for host in hosts:
        if host in had_it:
            since, until = had_it[host], visit["on_to"]
            if since is None or not isinstance(until, date) or since <= until:
                return host
    return ""


def _before(visit: Record, step: Record) -> bool:
    """Whether the visit came before the step, certainly or possibly; False where a date is unknown."""
    begins, ends = visit["on_from"], step["on_to"]
    return isinstance(begins, date) and isinstance(ends, date) and begins <= ends


def _when(step: Record | None) -> str:
    return str(step["on_from"]) if step and isinstance(step["on_from"], date) else "9999"
