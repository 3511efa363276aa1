"""All approaches at once: whom each reached and how fast, what came of the visits, and what is new."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from explorer.analysis.diffusion.curves import cumulative_adoption, half_time
from explorer.analysis.periods import in_period
from explorer.analysis.records import Record, records
from explorer.analysis.spread.evidence import takings
from explorer.analysis.spread.periods import Periods, times_of_adoption
from graph_store.schema import ENDED, INTEREST, TAKEN_OVER

from . import kept
from .evidence import evidence
from .graph import ask, state
from .network import region_names, theme_names
from .programme import programme
from .spread import approach_themes

LEAST_FOR_PACE = 3  # regions with a dated taking-over: with fewer a half of them says nothing
NEWS_YEARS = 2

Years = tuple[int, int] | None


@dataclass(frozen=True)
class Filters:
    """What the reader asked to see; the empty value of each means "all"."""

    theme: str = ""
    regions: tuple[str, ...] = ()
    years: Years = None


@dataclass(frozen=True)
class Overview:
    """The approaches that the filters leave.

    Attributes
    ----------
    rows
        One row per approach, most regions first: approach_id, name, origin_id,
        origin, started (as written), taken_over, interested, dropped, visits,
        first_on, last_on (of the takings-over, as written), came (regions that
        came to see it), came_and_took (those of them that took it over after a
        visit), stalled, dated (takings-over with a date), half_year (by whose
        end half of those had taken it over; NaN with fewer than
        `LEAST_FOR_PACE`), from_year (when it began, else its first
        taking-over), from_start (whether it is when it began).
    curve
        year, new, total: takings-over of all these approaches together.
    totals
        Approach to the regions that had taken it over by the end of each year
        of `curve`; only approaches with a dated one.
    quiet
        Approaches left out because nothing dated happened to them in the period.
    undated
        Takings-over that are in no year.
    whole
        How many approaches there are before any filter.
    """

    rows: pd.DataFrame
    curve: pd.DataFrame
    totals: dict[str, list[int]]
    quiet: int
    undated: int
    whole: int


@dataclass(frozen=True)
class News:
    """What happened since a day, latest first; each a list of rows.

    `taken`, `dropped`: approach_id, approach, region_id, region, on, stage.
    `visits`: visit_id, name, on, hosts. `begun`: approach_id, name, on, origin_id,
    origin. All with `perhaps`: the date may as well mean a day before.
    """

    since: date
    until: date
    taken: list[Record]
    dropped: list[Record]
    visits: list[Record]
    begun: list[Record]


def overview(filters: Filters) -> Overview:
    """The approaches that the filters leave, ranked by the regions that they reached."""
    return _overview(filters, state().version)


def news(filters: Filters, since: date | None) -> News | None:
    """What happened since a day, by default in the last two years on record; None where nothing is dated."""
    return _news(filters, since, date.today(), state().version)


def themes() -> dict[str, str]:
    """Names of the themes that an approach is about, by id."""
    used = {theme for own in approach_themes().values() for theme in own}
    return {code: name for code, name in theme_names().items() if code in used}


def regions() -> dict[str, str]:
    """Names of the regions that took part in any approach, and of those above them, by id."""
    part = _took_part(state().version)
    land = evidence().land
    own = {region for found in part.values() for region in found}
    known = own | {above for region in own for above in land.above(region)}
    return {code: name for code, name in region_names().items() if code in known}


def span() -> tuple[int, int] | None:
    """First and last year in which a step or a visit is on record; None without any."""
    known = evidence()
    days = [day for table in (known.steps, known.shown) for column in ("on_from", "on_to") for day in table[column]]
    years = [day.year for day in days if isinstance(day, date)]
    return (min(years), max(years)) if years else None


def chosen(filters: Filters) -> list[str]:
    """Ids of the approaches that theme and region leave."""
    about, part = approach_themes(), _took_part(state().version)
    within = evidence().land.within_any(filters.regions)
    return [
        approach
        for approach, own in about.items()
        if (not filters.theme or filters.theme in own)
        and (not filters.regions or not within.isdisjoint(part.get(approach, ())))
    ]


# None of the pages changes these, so all sessions share them as they are.
@kept.shared(3)
def _took_part(version: str) -> dict[str, set[str]]:  # noqa: ARG001 (part of the cache key)
    """By approach the regions where it began, that took a step, or that attended a visit about it."""
    known = evidence()
    came = known.attended[known.attended["how"] != "from above"][["visit_id", "region_id"]].drop_duplicates()
    came = came.merge(known.shown[["visit_id", "approach_id"]].drop_duplicates(), on="visit_id")
    began = known.approaches.rename(columns={"origin": "region_id"}).dropna(subset=["region_id"])
    columns = ["approach_id", "region_id"]
    every = pd.concat([came[columns], began[columns], known.steps[columns]]).drop_duplicates()
    return {str(approach): set(own) for approach, own in every.groupby("approach_id")["region_id"]}


@kept.shared(3)
def _taken(version: str) -> pd.DataFrame:  # noqa: ARG001 (part of the cache key)
    """The takings-over with their date as written."""
    known = evidence()
    return takings(known).merge(known.steps[["step_id", "on"]], on="step_id", how="left")


def first_takings(filters: Filters) -> pd.DataFrame:
    """The first taking-over of each approach by each region, in the period; undated ones only without a period."""
    found = _taken(state().version)
    return found[in_period(found, "on_from", "on_to", filters.years)]


@kept.copied(200)
def _overview(filters: Filters, version: str) -> Overview:
    every = ask("approaches").rename(columns={"id": "approach_id"})
    wanted = every[every["approach_id"].isin(chosen(filters))].set_index("approach_id")
    known, taken = evidence(), first_takings(filters)
    steps = known.steps[in_period(known.steps, "on_from", "on_to", filters.years)]
    shown = known.shown.drop_duplicates(["visit_id", "approach_id"])
    shown = shown[in_period(shown, "on_from", "on_to", filters.years)]
    rows = wanted[["name", "origin_id", "origin", "started"]].copy()
    for name, count in _counts(steps, taken, shown, known.steps).items():
        rows[name] = count.reindex(rows.index).fillna(0).astype(int)
    dated = taken[taken["on"].notna()].sort_values(["on_from", "on_to"])
    for name, place in (("first_on", "first"), ("last_on", "last")):
        rows[name] = dated.groupby("approach_id")["on"].agg(place).reindex(rows.index).astype(object)
    for name, count in _came_of_it(filters, shown).items():
        rows[name] = count.reindex(rows.index).fillna(0).astype(int)
    active = rows[["taken_over", "interested", "dropped", "visits"]].sum(axis=1) > 0
    quiet = int((~active).sum()) if filters.years else 0
    rows = rows[active] if filters.years else rows
    ours = taken[taken["approach_id"].isin(rows.index)]
    paced, curve, totals = _pace(rows, ours, known.approaches)
    rows = rows.join(paced).reset_index()
    order = ["taken_over", "interested", "visits", "name", "approach_id"]
    rows = rows.sort_values(order, ascending=[False, False, False, True, True], ignore_index=True)
    rows = rows.astype(object).where(rows.notna(), None)
    undated = int(_undated(rows["approach_id"], version))
    return Overview(rows, curve, totals, quiet, undated, len(every))


def _undated(approaches: pd.Series, version: str) -> int:
    every = _taken(version)
    return int((every["approach_id"].isin(approaches) & every["on_from"].isna()).sum())


def _counts(steps: pd.DataFrame, taken: pd.DataFrame, shown: pd.DataFrame, every: pd.DataFrame) -> dict[str, pd.Series]:
    """Regions and visits of each approach, counted as the query ``approaches_by_reach`` does."""
    pair = ["approach_id", "region_id"]
    takers = every.loc[every["stage"].isin(TAKEN_OVER), pair].drop_duplicates().assign(took=True)
    interest = steps.loc[steps["stage"].isin(INTEREST), pair].drop_duplicates().merge(takers, on=pair, how="left")
    return {
        "taken_over": taken.groupby("approach_id").size(),
        "interested": interest[interest["took"].isna()].groupby("approach_id").size(),
        "dropped": steps.loc[steps["stage"].isin(ENDED), pair].drop_duplicates().groupby("approach_id").size(),
        "visits": shown.groupby("approach_id").size(),
    }


def _came_of_it(filters: Filters, shown: pd.DataFrame) -> dict[str, pd.Series]:
    """Regions that came to each approach, those of them that took it over after it, those gone quiet."""
    found = programme()
    met, stalled = found.funnel.meetings, found.stalled
    if filters.years:
        visits = set(shown["visit_id"])
        met, stalled = met[met["visit_id"].isin(visits)], stalled[stalled["visit_id"].isin(visits)]
    took = met[met["outcome"] == "taken over"]
    return {
        "came": met.groupby("approach_id")["region_id"].nunique(),
        "came_and_took": took.groupby("approach_id")["region_id"].nunique(),
        "stalled": stalled.groupby("approach_id").size(),
    }


def _pace(
    rows: pd.DataFrame, taken: pd.DataFrame, began: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame, dict[str, list[int]]]:
    """When half of each approach's regions had taken it over, and how many had by the end of each year."""
    dated = taken[taken["on_from"].notna()]
    found = pd.DataFrame(index=rows.index, columns=["dated", "half_year", "from_year"], dtype=float)
    if dated.empty:
        empty = pd.DataFrame({"year": [], "new": [], "total": []}, dtype=int)
        return found.assign(dated=0, from_start=False), empty, {}
    periods = Periods.covering(dated["on_from"], dated["on_to"])
    approaches = [approach for approach in rows.index if approach in set(dated["approach_id"])]
    adopted = times_of_adoption(dated, sorted(set(dated["region_id"])), approaches, periods)
    total = cumulative_adoption(adopted.toa, periods.count)
    first = periods.first.year
    at = half_time(adopted.toa, periods.count).adopters + first
    found["dated"] = pd.Series(total[-1], index=approaches)
    found["half_year"] = pd.Series(at, index=approaches).where(total[-1] >= LEAST_FOR_PACE)
    first_year = dated.groupby("approach_id")["on_from"].min().map(lambda day: day.year)
    starts = began.dropna(subset=["started_from"]).drop_duplicates("approach_id").set_index("approach_id")
    start = starts["started_from"].map(lambda day: day.year).reindex(rows.index)
    found["from_start"] = start.notna()
    found["from_year"] = start.fillna(first_year.reindex(rows.index))
    found["dated"] = found["dated"].fillna(0).astype(int)
    together = total.sum(axis=1)
    curve = pd.DataFrame({"year": np.arange(first, first + periods.count), "total": together})
    curve["new"] = np.diff(together, prepend=0)
    lists = {approach: [int(count) for count in column] for approach, column in zip(approaches, total.T, strict=True)}
    return found, curve[["year", "new", "total"]], lists


@kept.copied(20)
def _last_event(today: date, version: str) -> date | None:  # noqa: ARG001 (part of the cache key)
    known = evidence()
    days = [day for table in (known.steps, known.shown) for day in table["on_from"]]
    past = [day for day in days if isinstance(day, date) and day <= today]
    return max(past) if past else None


@kept.copied(200)
def _news(filters: Filters, since: date | None, today: date, version: str) -> News | None:
    until = _last_event(today, version)
    if until is None:
        return None
    since = since or _years_before(until, NEWS_YEARS)
    approaches, within = set(chosen(Filters(filters.theme))), evidence().land.within_any(filters.regions)

    def latest(table: pd.DataFrame, places: Callable[[Record], set[str]], first: str = "on_from") -> list[Record]:
        last = first.replace("_from", "_to")
        days = table[[first, last]].map(lambda day: day if isinstance(day, date) else date.min)
        new = table[(days[last] >= since) & (days[first] <= today)].sort_values([first, last], ascending=False)
        rows = [{**row, "perhaps": row[first] < since} for row in records(new)]
        return [row for row in rows if not within or places(row) & within]

    def own(row: Record) -> set[str]:
        return {row["region_id"]}

    taken, ends, visits, begun = _dated_events(approaches, version)
    at = _places_of_visits(version)
    return News(
        since,
        until,
        latest(taken, own),
        latest(ends, own),
        latest(visits, lambda row: at.get(row["visit_id"], set())),
        latest(begun, lambda row: {row["origin_id"]}, "started_from"),
    )


def _dated_events(approaches: set[str], version: str) -> tuple[pd.DataFrame, ...]:
    """Takings-over, drops, visits and beginnings of the approaches that have a date."""
    known = evidence()
    steps = known.steps[known.steps["approach_id"].isin(approaches) & known.steps["on_from"].notna()]
    taken = steps[steps["step_id"].isin(set(_taken(version)["step_id"]))]
    about = set(known.shown.loc[known.shown["approach_id"].isin(approaches), "visit_id"])
    visits = ask("visits").rename(columns={"id": "visit_id"})
    visits = visits[visits["visit_id"].isin(about) & visits["on_from"].notna()]
    begun = ask("approaches").rename(columns={"id": "approach_id", "started": "on"})
    begun = begun[begun["approach_id"].isin(approaches) & begun["started_from"].notna()]
    return taken, steps[steps["stage"].isin(ENDED)], visits, begun


@kept.shared(3)
def _places_of_visits(version: str) -> dict[str, set[str]]:  # noqa: ARG001 (part of the cache key)
    """By visit the regions that hosted or attended it."""
    known = evidence()
    came = known.attended[known.attended["how"] != "from above"][["visit_id", "region_id"]]
    every = pd.concat([came, known.hosts[["visit_id", "region_id"]]]).drop_duplicates()
    return {str(visit): set(own) for visit, own in every.groupby("visit_id")["region_id"]}


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year - years, day=28) + timedelta(days=1)


def table_of(found: Overview) -> pd.DataFrame:
    """The rows as they are saved: the numbers of the page, and nothing that only pictures need."""
    columns = ["approach_id", "name", "origin_id", "origin", "started", "taken_over", "interested", "dropped"]
    columns += ["visits", "first_on", "last_on", "came", "came_and_took", "stalled", "dated", "half_year"]
    return found.rows[columns]


@kept.copied(50)
def workbook(sheets: dict[str, pd.DataFrame]) -> bytes:
    """Tables as an Excel workbook, one sheet each, with a heading that stays in sight."""
    from io import BytesIO

    held = BytesIO()
    with pd.ExcelWriter(held, engine="openpyxl") as writer:
        for name, table in sheets.items():
            table.to_excel(writer, sheet_name=name[:31], index=False, freeze_panes=(1, 0))
            sheet: Any = writer.sheets[name[:31]]
            for cells in sheet.columns:
                longest = max((len(str(cell.value)) for cell in cells if cell.value is not None), default=8)
                sheet.column_dimensions[cells[0].column_letter].width = min(longest + 2, 60)
    return held.getvalue()
