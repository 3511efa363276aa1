"""What recommendations are computed from: what was known by a day, and what does not change with time."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from explorer.analysis.days import ordinals
from explorer.analysis.spread.evidence import Evidence

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.intp]

EARTH_KM = 6371.0088


def _table(columns: str) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype=object) for name in columns.split()})


@dataclass(frozen=True)
class Background:
    """What is known of regions and approaches besides their spread.

    Attributes
    ----------
    regions
        region_id, name, latitude, longitude, population, kind, country; only
        region_id must be filled. Hosts and guests are taken from these.
    ties
        a, b, strength, read both ways; optionally first and last (days): a tie
        counts from its first day on and until its last. One without a first
        day counts always, so do not give ties made from visits without it.
    region_themes
        region_id, theme_id, of the regions' plans; optionally year, then known
        from that year's last day on.
    approach_themes
        approach_id, theme_id.
    """

    regions: pd.DataFrame
    ties: pd.DataFrame = field(default_factory=lambda: _table("a b strength"))
    region_themes: pd.DataFrame = field(default_factory=lambda: _table("region_id theme_id"))
    approach_themes: pd.DataFrame = field(default_factory=lambda: _table("approach_id theme_id"))

    def __post_init__(self) -> None:
        needed = {
            "regions": "region_id name latitude longitude population kind country",
            "ties": "a b strength",
            "region_themes": "region_id theme_id",
            "approach_themes": "approach_id theme_id",
        }
        for name, columns in needed.items():
            missing = set(columns.split()) - set(getattr(self, name).columns)
            if missing:
                raise ValueError(f"the table {name} lacks {', '.join(sorted(missing))}")
        if self.regions["region_id"].duplicated().any():
            raise ValueError("a region stands twice in the table regions")


def known_by(evidence: Evidence, day: date) -> Evidence:
    """The evidence as it certainly was on a day: what may have happened later is not in it.

    A step or visit stays when the last day that its date may mean is no later
    than `day`; one of unknown date goes. An approach stays when it had
    certainly begun, or when a step or visit that stays is about it. Credits to
    visits that go are taken out.

    Returns
    -------
    Evidence
        Its `until` is no later than `day`.
    """
    last = day.toordinal()
    steps = evidence.steps[ordinals(evidence.steps["on_to"]) <= last]
    shown = evidence.shown[ordinals(evidence.shown["on_to"]) <= last]
    visits = set(shown["visit_id"])
    about = set(steps["approach_id"]) | set(shown["approach_id"])
    begun = (ordinals(evidence.approaches["started_to"]) <= last) | evidence.approaches["approach_id"].isin(about)
    credits = [
        [item for item in items if item in visits or item in evidence.land.names] for items in steps["credited_to"]
    ]
    return Evidence(
        evidence.approaches[begun],
        steps.assign(credited_to=pd.Series(credits, index=steps.index, dtype=object)),
        shown,
        evidence.hosts[evidence.hosts["visit_id"].isin(visits)],
        evidence.attended[evidence.attended["visit_id"].isin(visits)],
        evidence.land,
        min(day, evidence.until or day),
    )


@dataclass(frozen=True)
class Ground:
    """What does not change with time: n regions, m approaches, k themes.

    `km` is the great-circle distance (n, n), NaN where a place is unknown;
    `kind` and `country` say whether two regions share them (n, n); `size` is
    minus the difference of their log populations, 0 for equals (n, n), NaN
    where one is unknown; `apart` is False where one lies in the other, or is
    it: a region does not travel to itself.
    """

    regions: tuple[str, ...]
    names: tuple[str, ...]
    approaches: tuple[str, ...]
    themes: tuple[str, ...]
    km: Floats
    kind: Flags
    country: Flags
    size: Floats
    apart: Flags
    approach_themes: Flags


def ground(evidence: Evidence, background: Background) -> Ground:
    """The regions, approaches and themes in the order that every array keeps, and how far apart regions are."""
    regions = tuple(str(region) for region in background.regions["region_id"])
    approaches = tuple(str(approach) for approach in evidence.approaches["approach_id"])
    named = pd.concat([background.region_themes["theme_id"], background.approach_themes["theme_id"]])
    themes = tuple(sorted({str(theme) for theme in named.dropna()}))
    table = background.regions
    people = numbers(table["population"])
    people = np.log(np.where(people > 0, people, np.nan))
    return Ground(
        regions,
        tuple(name if isinstance(name, str) else i for name, i in zip(table["name"], regions, strict=True)),
        approaches,
        themes,
        distance_km(numbers(table["latitude"]), numbers(table["longitude"])),
        _same(table["kind"]),
        _same(table["country"]),
        -np.abs(people[:, None] - people[None, :]),
        _apart(evidence, regions),
        _marked(background.approach_themes, "approach_id", approaches, themes),
    )


def distance_km(latitude: Floats, longitude: Floats) -> Floats:
    """Great-circle distance of each pair of places by the haversine formula, in km (n, n).

    NaN where a coordinate is NaN; on a sphere of the Earth's mean radius, so
    within about 0.5 % of the distance on the ellipsoid.
    """
    up, along = np.radians(latitude), np.radians(longitude)
    half = np.sin((up[:, None] - up[None, :]) / 2) ** 2
    half += np.cos(up)[:, None] * np.cos(up)[None, :] * np.sin((along[:, None] - along[None, :]) / 2) ** 2
    found: Floats = 2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0)))
    return found


def places(ids: "pd.Series[str]", order: Sequence[str]) -> Places:
    """Place of each id in `order`, -1 for one that is not there."""
    place = {name: index for index, name in enumerate(order)}
    return np.array([place.get(name, -1) for name in ids], dtype=np.intp)


def _marked(table: pd.DataFrame, column: str, rows: Sequence[str], themes: Sequence[str]) -> Flags:
    found = np.zeros((len(rows), len(themes)), dtype=np.bool_)
    row, theme = places(table[column], rows), places(table["theme_id"], themes)
    kept = (row >= 0) & (theme >= 0)
    found[row[kept], theme[kept]] = True
    return found


def numbers(values: "pd.Series[float]") -> Floats:
    """Values as numbers, NaN where there is none; the same length."""
    return np.asarray(pd.to_numeric(values, errors="coerce"), dtype=np.float64)


def _same(values: "pd.Series[str]") -> Flags:
    codes = pd.factorize(np.asarray(values, dtype=object), use_na_sentinel=True)[0]
    found: Flags = (codes[:, None] == codes[None, :]) & (codes[:, None] >= 0)
    return found


def _apart(evidence: Evidence, regions: Sequence[str]) -> Flags:
    found = ~np.eye(len(regions), dtype=np.bool_)
    place = {region: index for index, region in enumerate(regions)}
    for region, index in place.items():
        for above in evidence.land.above(region):
            if above in place:
                found[index, place[above]] = found[place[above], index] = False
    return found
