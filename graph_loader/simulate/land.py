"""The land on which approaches spread: read from tables, or made up."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from languages.words import _

from .names import region_names

KIND = "labour-market region"
# The loader takes codes of real countries only; name and note of each region say that it is made up.
MADE_UP_CODE = "NL"
CENTRE = (46.0, -28.0)  # in the open sea, so that no map takes a made-up region for a real one
KM_PER_DEGREE = 111.2
SPACING_KM = 45.0
_NEAREST = 16
COLUMNS = ["id", "name", "kind", "country", "latitude", "longitude", "population", "part_of", "note"]


@dataclass(frozen=True, kw_only=True)
class Land:
    """Regions and who borders whom, as tables of text.

    Attributes
    ----------
    regions
        id, name, kind, country, latitude, longitude, population, part_of,
        note; empty text where unknown. Those that take approaches up, those
        above them, and possibly municipalities below.
    borders
        region_a, region_b.
    kind
        The regions of this kind take approaches up and visit one another.
    read_from
        The folder that it was read from, as it was given; empty when made up.
    country
        Code of the country that was asked for; empty for all.
    """

    regions: pd.DataFrame
    borders: pd.DataFrame
    kind: str = KIND
    read_from: str = ""
    country: str = ""


def read_land(folder: Path, kind: str = KIND, country: str = "") -> Land:
    """Real regions from ``regions.csv`` and ``region_borders.csv`` of a folder.

    Parameters
    ----------
    folder
        Where the two tables are; the second may be missing.
    kind
        Which regions take approaches up.
    country
        Code of the only country to take regions from; empty for all.

    Raises
    ------
    ValueError
        When the folder has no such table, or it holds fewer than two such regions with a position.
    """
    file = folder / "regions.csv"
    if not file.is_file():
        raise ValueError(_("There is no {file}. Name a folder with that table.").format(file=file))
    regions = pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    regions = regions.reindex(columns=COLUMNS, fill_value="").fillna("")
    chosen = (regions["kind"] == kind) & (regions["latitude"] != "") & (regions["longitude"] != "")
    if country:
        chosen &= regions["country"] == country
    if chosen.sum() < 2:
        raise ValueError(
            _('{file} holds {count} regions of kind "{kind}" with a position: at least two are needed.').format(
                file=file, count=int(chosen.sum()), kind=kind
            )
        )
    parents = dict(zip(regions["id"], regions["part_of"], strict=True))
    kept = set(regions.loc[chosen, "id"])
    own = frozenset(kept)
    for region in own:
        while (region := parents.get(region, "")) and region not in kept:
            kept.add(region)
    regions = regions[regions["id"].isin(kept)].assign(note="").reset_index(drop=True)
    regions["part_of"] = regions["part_of"].where(regions["part_of"].isin(regions["id"]), "")
    file = folder / "region_borders.csv"
    borders = pd.DataFrame(columns=["region_a", "region_b"], dtype=str)
    if file.is_file():
        borders = pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8-sig")
        borders = borders.reindex(columns=["region_a", "region_b"])
        borders = borders[borders["region_a"].isin(own) & borders["region_b"].isin(own)].reset_index(drop=True)
    return Land(regions=regions, borders=borders, kind=kind, read_from=folder.as_posix(), country=country)


def made_up_land(count: int, seed: int) -> Land:
    """A country of `count` labour-market regions in provinces, each with its main municipality.

    Positions are spread evenly, with chance: of several random places the one
    farthest from all others is taken. Two regions border each other where no
    third lies in the circle between them (Gabriel graph).
    """
    rng = np.random.default_rng([seed, 1])
    places = _places(count, rng)
    provinces = min(count, max(1, round(2 * count**0.5)))
    seats = places[:provinces]
    nearest = np.linalg.norm(places[:, None, :] - seats[None, :, :], axis=2).argmin(axis=1)
    names = region_names(count + provinces, rng)
    population = np.exp(rng.normal(np.log(250_000), 0.7, count)).round(-3).astype(int).clip(20_000)
    latitude, longitude = _degrees(places)
    width = len(str(count))
    rows = [["land", "Simulated country", "country", *_at(CENTRE), "", ""]]
    rows += [
        [f"province-{number + 1:0{width}}", f"{names[count + number]} Province", "province", *_at(), "", "land"]
        for number in range(provinces)
    ]
    for number in range(count):
        above = f"province-{nearest[number] + 1:0{width}}"
        at = _at((latitude[number], longitude[number]))
        own = f"region-{number + 1:0{width}}"
        rows.append([own, names[number], KIND, *at, str(population[number]), above])
        town = int(population[number] * rng.uniform(0.2, 0.6)) // 1000 * 1000
        rows.append([f"town-{number + 1:0{width}}", f"{names[number]} Town", "municipality", *at, str(town), own])
    regions = pd.DataFrame(rows, columns=[name for name in COLUMNS if name != "note"])
    pairs = _gabriel(places)
    borders = pd.DataFrame(
        [(f"region-{a + 1:0{width}}", f"region-{b + 1:0{width}}") for a, b in pairs], columns=["region_a", "region_b"]
    )
    return Land(regions=regions.assign(note="simulated, made up"), borders=borders)


def _at(place: tuple[float, float] | None = None) -> list[str]:
    """Country, latitude and longitude as cells."""
    return [MADE_UP_CODE, *([f"{place[0]:.4f}", f"{place[1]:.4f}"] if place else ["", ""])]


def _places(count: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Places in kilometres, count × 2."""
    side = SPACING_KM * count**0.5
    found = np.empty((count, 2))
    for number in range(count):
        tries = rng.uniform(0, side, (8, 2)) * (1.0, 1.3)
        away = np.linalg.norm(tries[:, None, :] - found[None, :number, :], axis=2)
        found[number] = tries[away.min(axis=1, initial=np.inf).argmax()]
    return found


def _degrees(places: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    middle = places - places.mean(axis=0)
    latitude = CENTRE[0] + middle[:, 1] / KM_PER_DEGREE
    return latitude, CENTRE[1] + middle[:, 0] / (KM_PER_DEGREE * np.cos(np.radians(CENTRE[0])))


def _gabriel(places: NDArray[np.float64]) -> list[tuple[int, int]]:
    """Pairs between which nobody lies, looked for among the nearest of each."""
    count = len(places)
    found = set()
    for own in range(count):
        squared = ((places - places[own]) ** 2).sum(axis=1)
        order = np.argsort(squared, kind="stable")
        near = order[order != own][:_NEAREST]
        for rank, other in enumerate(near):
            # Who lies in the circle over the line between the two is nearer to each than they are to each other.
            between = near[:rank]
            inside = squared[between] + ((places[between] - places[other]) ** 2).sum(axis=1) < squared[other]
            if not inside.any():
                found.add((min(own, int(other)), max(own, int(other))))
    return sorted(found)
