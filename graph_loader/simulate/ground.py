"""What decides who visits whom: distance, likeness, neighbours, and how strongly each host attracts."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .land import Land
from .names import THEMES

EARTH_KM = 6371.0
_THEMES_EACH = 3


@dataclass(frozen=True)
class Ground:
    """The regions that take approaches up, by place in a list, with what lies above and below each.

    Attributes
    ----------
    land
        All regions as tables.
    ids
        The regions that take approaches up.
    names
        Names of all regions of the land by id.
    above
        Ids of the regions above each, nearest first.
    towns
        Id of the municipality in each where one is known, else its own.
    distances
        n × n, kilometres over the globe.
    themes
        n × number of themes, 0 or 1: what each works on.
    likeness
        n × n, 0 to 1: themes shared (Jaccard), and, where both populations
        are known, their ratio, smaller by larger, in equal parts.
    neighbours
        Places in the list of those that border each.
    attraction
        n, positive: how strongly each draws visits as a host.
    """

    land: Land
    ids: tuple[str, ...]
    names: dict[str, str]
    above: tuple[tuple[str, ...], ...]
    towns: tuple[str, ...]
    distances: NDArray[np.float64]
    themes: NDArray[np.int64]
    likeness: NDArray[np.float64]
    neighbours: tuple[NDArray[np.int64], ...]
    attraction: NDArray[np.float64]

    @cached_property
    def tops(self) -> tuple[str, ...]:
        """Countries or what else is highest, in order."""
        return tuple(sorted({above[-1] for above in self.above if above}))

    @cached_property
    def middles(self) -> tuple[str, ...]:
        """What lies between a region and the highest, in order."""
        return tuple(sorted({between for above in self.above for between in above[:-1]}))


def ground_of(land: Land, seed: int) -> Ground:
    """The ground that a land makes; themes and attraction by chance."""
    rng = np.random.default_rng([seed, 2])
    own = land.regions[land.regions["kind"] == land.kind].sort_values("id")
    own = own[own["latitude"] != ""]
    ids = tuple(own["id"])
    places = {region: place for place, region in enumerate(ids)}
    parents = dict(zip(land.regions["id"], land.regions["part_of"], strict=True))
    near: list[list[int]] = [[] for _place in ids]
    for a, b in land.borders[["region_a", "region_b"]].itertuples(index=False):
        near[places[a]].append(places[b])
        near[places[b]].append(places[a])
    themes = np.zeros((len(ids), len(THEMES)), dtype=np.int64)
    for row in themes:
        row[rng.choice(len(THEMES), _THEMES_EACH, replace=False)] = 1
    return Ground(
        land=land,
        ids=ids,
        names=dict(zip(land.regions["id"], land.regions["name"], strict=True)),
        above=tuple(_above(region, parents) for region in ids),
        towns=_towns(land, ids),
        distances=_distances(own["latitude"].to_numpy(float), own["longitude"].to_numpy(float)),
        themes=themes,
        likeness=_likeness(themes, own["population"]),
        neighbours=tuple(np.array(sorted(set(others)), dtype=np.int64) for others in near),
        attraction=np.exp(rng.normal(0.0, 1.0, len(ids))),
    )


def _above(region: str, parents: dict[str, str]) -> tuple[str, ...]:
    found: list[str] = []
    while (region := parents.get(region, "")) and region not in found:
        found.append(region)
    return tuple(found)


def _towns(land: Land, ids: tuple[str, ...]) -> tuple[str, ...]:
    below = land.regions[land.regions["kind"] == "municipality"].drop_duplicates("part_of")
    town = dict(zip(below["part_of"], below["id"], strict=True))
    return tuple(town.get(region, region) for region in ids)


def _distances(latitude: NDArray[np.float64], longitude: NDArray[np.float64]) -> NDArray[np.float64]:
    """Great-circle distances by the haversine formula."""
    north, east = np.radians(latitude), np.radians(longitude)
    half = (
        np.sin((north[:, None] - north) / 2) ** 2
        + np.cos(north[:, None]) * np.cos(north) * np.sin((east[:, None] - east) / 2) ** 2
    )
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(half.clip(0, 1))))


def _likeness(themes: NDArray[np.int64], population: "pd.Series[str]") -> NDArray[np.float64]:
    both = themes @ themes.T
    jaccard = both / (2 * _THEMES_EACH - both)
    people = np.array([float(cell) if cell else np.nan for cell in population])
    ratio = np.minimum(people[:, None], people) / np.maximum(people[:, None], people)
    return np.asarray(np.where(np.isnan(ratio), jaccard, (jaccard + np.nan_to_num(ratio)) / 2))
