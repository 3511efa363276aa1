"""What is on record about the spread of approaches: the tables that every measure of spread starts from."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from explorer.analysis.days import ordinals
from explorer.analysis.records import Record
from explorer.analysis.territories import Territories
from graph_store.schema import ENDED, TAKEN_OVER

Span = tuple[date, date]
"""First and last day that a date may mean, both included."""


@dataclass(frozen=True)
class Evidence:
    """Tables of one graph; ids are text, days are ``datetime.date`` or None where unknown.

    Attributes
    ----------
    approaches
        approach_id, origin (id of the region where it began, or None),
        started_from, started_to (when it began there).
    steps
        step_id, approach_id, region_id, stage, on_from, on_to, credited_to
        (list of ids of visits and regions). One row per step of taking up.
    shown
        visit_id, approach_id, kind, on_from, on_to. One row per visit and
        approach that it was about, itself or through a project that applies it.
    hosts
        visit_id, region_id. Where the host lies; hosts without a region are left out.
    attended
        visit_id, region_id, how ("own", "within", "from above"): see the query
        ``region_attendance``. Where visitors were asked what came of it, also
        outcome (code of `OUTCOMES` in the schema, None where nobody answered),
        outcome_on (since when, as written), outcome_from, outcome_to.
    land
        The tree of regions.
    until
        Last day up to which steps of taking up were looked for; None where
        no data set says so. Later silence is not "no".
    """

    approaches: pd.DataFrame
    steps: pd.DataFrame
    shown: pd.DataFrame
    hosts: pd.DataFrame
    attended: pd.DataFrame
    land: Territories
    until: date | None = None

    @cached_property
    def taken(self) -> pd.DataFrame:
        """What `takings` gives, worked out once: not to be changed in place."""
        return _first_takings(self)

    def of(self, approach: str) -> "Evidence":
        """The evidence on one approach alone."""
        shown = self.shown[self.shown["approach_id"] == approach]
        visits = set(shown["visit_id"]) | {
            credit
            for credits in self.steps.loc[self.steps["approach_id"] == approach, "credited_to"]
            for credit in credits
        }
        return Evidence(
            self.approaches[self.approaches["approach_id"] == approach],
            self.steps[self.steps["approach_id"] == approach],
            shown,
            self.hosts[self.hosts["visit_id"].isin(visits)],
            self.attended[self.attended["visit_id"].isin(visits)],
            self.land,
            self.until,
        )


def span(row: Record, first: str = "on_from", last: str = "on_to") -> Span | None:
    """The days that a row's date may mean; None where it is unknown."""
    begins, ends = row[first], row[last]
    return (begins, ends) if isinstance(begins, date) and isinstance(ends, date) else None


def dated(table: pd.DataFrame, first: str = "on_from", last: str = "on_to") -> pd.DataFrame:
    """The table with its days as numbers, and the middle of each interval.

    Returns
    -------
    DataFrame
        As `table`; `first` and `last` are day numbers (``date.toordinal``),
        `middle` halfway between; all three NaN where either day is unknown.
    """
    begins, ends = ordinals(table[first]), ordinals(table[last])
    middle = (begins + ends) / 2
    known = ~np.isnan(middle)
    days = {first: np.where(known, begins, np.nan), last: np.where(known, ends, np.nan), "middle": middle}
    return table.assign(**days)


def last_day(evidence: Evidence) -> date | None:
    """Up to when the records reach: the day they name, else the last day of any visit or step; None without any."""
    if evidence.until is not None:
        return evidence.until
    day = pd.concat([dated(table)["on_to"] for table in (evidence.steps, evidence.shown)]).max()
    return None if pd.isna(day) else date.fromordinal(int(day))


def could_take_over(evidence: Evidence) -> set[str]:
    """The regions that could take something over: only their silence is a "no".

    Approaches are taken over at one level of the territory, here by cities,
    there by provinces. A region with a step on record is of that level. One
    that only came to visits is, too, unless a region in it or above it (short
    of a country) has steps: then its presence counts for that one.
    """
    land, acted = evidence.land, {str(region) for region in evidence.steps["region_id"]}
    came = {str(region) for region in evidence.attended.loc[evidence.attended["how"] == "own", "region_id"]}
    above = {region for own in acted for region in land.above(own)}
    within = land.within_any(region for region in acted if land.kinds.get(region) != "country")
    return acted | (came - above - within)


def takings(evidence: Evidence) -> pd.DataFrame:
    """The first taking-over of each approach by each region.

    "Taken over" is a step of stage partial, full or policy. Where an approach
    began is no taking-over, even where steps are on record there. The table is
    shared by all that ask this evidence for it: not to be changed in place.

    Returns
    -------
    DataFrame
        approach_id, region_id, step_id, stage, on_from, on_to, gave_up_from,
        gave_up_to (the first later step "dropped" that no later taking-over
        follows, None where it is still in use); dated first in time order,
        then by approach and region. Empty without any.
    """
    return evidence.taken


def _first_takings(evidence: Evidence) -> pd.DataFrame:
    keys = ["approach_id", "region_id"]
    steps = evidence.steps.sort_values([*keys, "on_from", "on_to", "step_id"], na_position="last", ignore_index=True)
    place = pd.Series(steps.index, index=steps.index)
    taken = steps["stage"].isin(TAKEN_OVER)
    last = place.where(taken).groupby([steps[key] for key in keys]).transform("max")
    left = steps[steps["stage"].isin(ENDED) & (place > last)].drop_duplicates(keys)
    left = left[[*keys, "on_from", "on_to"]].rename(columns={"on_from": "gave_up_from", "on_to": "gave_up_to"})
    first = steps[taken].drop_duplicates(keys)[[*keys, "step_id", "stage", "on_from", "on_to"]]
    origins = evidence.approaches[["approach_id", "origin"]].rename(columns={"origin": "region_id"}).drop_duplicates()
    found = first.merge(origins, how="left", indicator="where").query("where == 'left_only'").drop(columns="where")
    found = found.merge(left, on=keys, how="left").sort_values(["on_from", "on_to", *keys], na_position="last")
    return found.astype(object).where(found.notna(), None).reset_index(drop=True)
