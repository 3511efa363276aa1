"""Plain facts about an approach that could be shown at a meeting: no promise, only what is on record."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from .advice.ground import distance_km
from .records import records
from .territories import Territories

Position = tuple[float, float]
"""Latitude and longitude, in degrees."""


@dataclass(frozen=True)
class Named:
    """A theme that a plan names, and the latest plan that does: ids, and the plan's name."""

    theme: str
    plan: str
    plan_name: str


@dataclass(frozen=True)
class Facts:
    """What is on record for one approach.

    Attributes
    ----------
    named
        The theme of it that a plan of those to whom it is new names; None without.
    came, after
        Regions that came to see it, and those of them that took it over after that.
    took
        Regions that took it over at all.
    """

    named: Named | None
    came: int
    after: int
    took: int

    @property
    def rank(self) -> tuple[bool, int, float, int]:
        """What comes first is smallest: a theme of a plan, most after a visit, most of those that came, most at all."""
        share = self.after / self.came if self.came else 0.0
        return self.named is None, -self.after, -share, -self.took


@dataclass(frozen=True)
class Seen:
    """Where an approach can be seen: a region, and how far it is from those who would go, in km; NaN where unknown."""

    region: str
    away_km: float


def named_in_plans(
    regions: Iterable[str], plans: pd.DataFrame, themes: pd.DataFrame, land: Territories
) -> dict[str, Named]:
    """The themes that plans for the regions, or for what they lie in, name, by id.

    Parameters
    ----------
    regions
        Those present.
    plans
        id, name, year, region_ids; a later plan tells before an earlier one.
    themes
        plan_id, theme_id.
    """
    own = {area for region in regions for area in (region, *land.above(region))}
    found: dict[str, Named] = {}
    for plan in records(plans.sort_values(["year", "name", "id"], ascending=[False, True, True])):
        if not own.isdisjoint(plan["region_ids"]):
            for theme in themes.loc[themes["plan_id"] == plan["id"], "theme_id"]:
                found.setdefault(str(theme), Named(str(theme), str(plan["id"]), str(plan["name"])))
    return found


def about(themes: Iterable[str], named: Mapping[str, Named], parents: Mapping[str, str]) -> Named | None:
    """The named theme that an approach is about, itself or through a narrower one; None where none is named."""
    for theme in themes:
        passed, step = set[str](), theme
        while step and step not in passed:
            if step in named:
                return named[step]
            passed.add(step)
            step = parents.get(step, "")
    return None


def where_to_see(
    holders: Sequence[str], guests: Collection[str], positions: Mapping[str, Position], land: Territories
) -> Seen:
    """The region, of those that have an approach, that is nearest to those who would go there.

    A country comes after what is no country, as nobody can go and see a whole
    one; its distance says little and is not given. Where no distance is known
    it is the first of `holders`.
    """
    places = [region for region in holders if land.kinds.get(region) != "country"]
    if not places:
        return Seen(holders[0], float("nan"))
    starts = [_middle(region, positions, land) for region in guests]
    ends = [_middle(region, positions, land) for region in places]
    latitude, longitude = np.array([*starts, *ends], dtype=float).reshape(-1, 2).T
    apart = distance_km(latitude, longitude)[: len(starts), len(starts) :]
    known = ~np.isnan(apart)
    total = np.where(known, apart, 0.0).sum(axis=0)
    average = np.divide(total, known.sum(axis=0), out=np.full(len(places), np.nan), where=known.any(axis=0))
    if np.isnan(average).all():
        return Seen(places[0], float("nan"))
    nearest = int(np.nanargmin(average))
    return Seen(places[nearest], float(average[nearest]))


def _middle(region: str, positions: Mapping[str, Position], land: Territories) -> Position:
    """Where a region is: its own position, else the middle of those that lie in it; NaN where none is known."""
    if region in positions:
        return positions[region]
    inside = [positions[part] for part in sorted(land.within(region)) if part in positions]
    if not inside:
        return float("nan"), float("nan")
    latitude, longitude = np.mean(inside, axis=0)
    return float(latitude), float(longitude)
