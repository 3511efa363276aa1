"""What is on record about the spread of approaches: the tables that every measure of spread starts from."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from explorer.analysis.records import Record, records
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
        ``region_attendance``.
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


def takings(evidence: Evidence) -> pd.DataFrame:
    """The first taking-over of each approach by each region.

    "Taken over" is a step of stage partial, full or policy. Where an approach
    began is no taking-over, even where steps are on record there.

    Returns
    -------
    DataFrame
        approach_id, region_id, step_id, stage, on_from, on_to, gave_up_from,
        gave_up_to (the first later step "dropped" that no later taking-over
        follows, None where it is still in use); dated first in time order,
        then by approach and region. Empty without any.
    """
    origins = set(zip(evidence.approaches["approach_id"], evidence.approaches["origin"], strict=True))
    found = []
    for (approach, region), own in evidence.steps.groupby(["approach_id", "region_id"], sort=True):
        steps = sorted(records(own), key=lambda row: (row["on_from"] or date.max, row["on_to"] or date.max))
        taken = [place for place, row in enumerate(steps) if row["stage"] in TAKEN_OVER]
        if not taken or (approach, region) in origins:
            continue
        first = steps[taken[0]]
        after = [row for row in steps[taken[-1] + 1 :] if row["stage"] in ENDED]
        left = after[0] if after else {"on_from": None, "on_to": None}
        days = [first["on_from"], first["on_to"], left["on_from"], left["on_to"]]
        found.append([approach, region, first["step_id"], first["stage"], *days])
    columns = ["approach_id", "region_id", "step_id", "stage", "on_from", "on_to", "gave_up_from", "gave_up_to"]
    found.sort(key=lambda row: (row[4] or date.max, row[5] or date.max, row[0], row[1]))
    return pd.DataFrame(found, columns=columns, dtype=object)
