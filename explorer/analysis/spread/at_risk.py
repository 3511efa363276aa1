"""Pairs of a region and an approach: when the region saw it, when it took it over, until when it was watched."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .attendance import attendances
from .evidence import Evidence, could_take_over, dated, last_day, takings
from .holdings import around

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Order = Literal["middle", "before", "after"]


@dataclass(frozen=True)
class Pairs:
    """Every pair of region and approach, with the days that matter.

    Arrays of shape (regions, approaches) unless told; days are day numbers
    (``date.toordinal``), the middle where a date means an interval; infinite
    for what is not on record, NaN where it happened on an unknown day.

    Attributes
    ----------
    visit, visit_from, visit_to
        The region's first counted visit about the approach, its own or of a body that lies in it.
    above
        The first visit of a body of a territory above it.
    taken, taken_from, taken_to
        Its first taking-over.
    shows
        When a host in the region first showed the approach.
    origin
        Whether the approach began there.
    began
        Shape (approaches,). When it began, else its first taking-over anywhere; NaN where neither is known.
    until, until_stated
        The last day on which taking over would be on record, and whether a data set says so.
    not_shown
        Attendances left out since no host is on record as having the approach by then.
    """

    regions: tuple[str, ...]
    approaches: tuple[str, ...]
    visit: Floats
    visit_from: Floats
    visit_to: Floats
    above: Floats
    taken: Floats
    taken_from: Floats
    taken_to: Floats
    shows: Floats
    origin: Flags
    began: Floats
    until: float
    until_stated: bool
    not_shown: int

    def undated(self) -> Flags:
        """Whether a day is unknown that the order hangs on."""
        return np.isnan(self.visit) | np.isnan(self.taken)

    def uncertain(self) -> Flags:
        """Whether the dates leave open if the visit or the taking-over came first."""
        both = np.isfinite(self.visit) & np.isfinite(self.taken)
        return both & (self.visit_from <= self.taken_to) & (self.taken_from <= self.visit_to)

    def visited_first(self, order: Order) -> Flags:
        """Whether the visit came before the taking-over; open orders by their middles, or all one way."""
        by_middle = np.isfinite(self.visit) & (self.visit <= self.taken)
        return by_middle if order == "middle" else np.where(self.uncertain(), order == "after", by_middle)


def pairs(evidence: Evidence, regions: Sequence[str] | None = None) -> Pairs:
    """The pairs of `regions` and the approaches of the evidence.

    A visit counts as in the learning tree: another region hosted it, and the
    approach was, as far as dates can tell, in use there. Visits from above are
    found by the tree of regions, for regions that took nothing over as well as
    for those that did: the rows "from above" of the evidence tell only of the
    latter, and a share among them would be one by construction.

    Parameters
    ----------
    regions
        Ids of the regions compared, by default those of `could_take_over`.
        Give one layer (labour-market regions, say): a city and the province
        around it would count one visit twice. The default knows only regions
        that some record of this evidence names, and of those without any visit
        only such as took a step: on one approach, or on a few, too many of the
        unvisited took it over. There, give the regions of all the evidence, or
        better of the whole layer.

    Raises
    ------
    ValueError
        When a region is named twice.
    """
    chosen = sorted(could_take_over(evidence)) if regions is None else regions
    if len(set(chosen)) != len(chosen):
        raise ValueError("a region is named twice among the regions to compare")
    end = last_day(evidence)
    until = float("nan") if end is None else float(end.toordinal())
    grid = _Grid(tuple(chosen), tuple(dict.fromkeys(evidence.approaches["approach_id"])))
    came = attendances(evidence)
    own = came[came["in_use"]]
    took = dated(takings(evidence))
    done = took[~(took["middle"] > until)]  # an undated one is kept, its day unknown
    started = dated(evidence.approaches, "started_from", "started_to").groupby("approach_id")["middle"].min()
    began = started.combine_first(took.groupby("approach_id")["middle"].min())
    return Pairs(
        regions=grid.regions,
        approaches=grid.approaches,
        visit=grid.first(own, "visit_middle"),
        visit_from=grid.first(own, "visit_from"),
        visit_to=grid.first(own, "visit_to"),
        above=grid.first(_from_above(own, evidence, set(chosen)), "visit_middle"),
        taken=grid.first(done, "middle"),
        taken_from=grid.first(done, "on_from"),
        taken_to=grid.first(done, "on_to"),
        shows=grid.first(_shows(evidence), "middle"),
        origin=grid.has(evidence.approaches.rename(columns={"origin": "region_id"})),
        began=began.reindex(list(grid.approaches)).to_numpy(dtype=float),
        until=until,
        until_stated=evidence.until is not None,
        not_shown=int((~came["in_use"] & came["region_id"].isin(grid.regions)).sum()),
    )


@dataclass(frozen=True)
class _Grid:
    """Tables of pairs as arrays of shape (regions, approaches)."""

    regions: tuple[str, ...]
    approaches: tuple[str, ...]

    def first(self, table: pd.DataFrame, column: str) -> Floats:
        """The column at the first dated row of each pair; NaN where all are undated, infinite where there is none."""
        order = ["visit_middle", "visit_from"] if "visit_middle" in table else ["middle", "on_from"]
        rows = table.sort_values(order).drop_duplicates(["region_id", "approach_id"])
        found = np.full((len(self.regions), len(self.approaches)), np.inf)
        region, approach, inside = self._places(rows)
        found[region, approach] = rows[column].to_numpy(dtype=float)[inside]
        return found

    def has(self, table: pd.DataFrame) -> Flags:
        """Whether the table has a row of each pair."""
        found = np.zeros((len(self.regions), len(self.approaches)), dtype=bool)
        region, approach, _inside = self._places(table)
        found[region, approach] = True
        return found

    def _places(self, table: pd.DataFrame) -> tuple[NDArray[np.intp], NDArray[np.intp], Flags]:
        region = pd.Index(self.regions).get_indexer(pd.Index(table["region_id"]))
        approach = pd.Index(self.approaches).get_indexer(pd.Index(table["approach_id"]))
        inside = (region >= 0) & (approach >= 0)
        return region[inside], approach[inside], inside


def _from_above(own: pd.DataFrame, evidence: Evidence, regions: set[str]) -> pd.DataFrame:
    """The visits that a territory made itself, told of every one of `regions` that lies in it."""
    first = (
        own[own["how"] == "own"]
        .sort_values(["visit_middle", "visit_from"])
        .drop_duplicates(["region_id", "approach_id"])
    )
    below = {above: sorted((evidence.land.within(above) - {above}) & regions) for above in first["region_id"].unique()}
    first = first.assign(region_id=first["region_id"].map(below))
    return first.explode("region_id", ignore_index=True).dropna(subset=["region_id"])


def _shows(evidence: Evidence) -> pd.DataFrame:
    """When each region showed each approach: the host's own and what it lies in, short of a country."""
    rows = evidence.hosts.merge(dated(evidence.shown), on="visit_id")
    rows = rows[rows["middle"].notna()]
    showing = {host: [host, *around(host, evidence.land)] for host in rows["region_id"].unique()}
    return rows.assign(region_id=rows["region_id"].map(showing)).explode("region_id", ignore_index=True)
