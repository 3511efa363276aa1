"""Maps drawn as SVG: offline, printable, every place a link that a keyboard reaches.

Country outlines: Natural Earth, 1:50 million (public domain), Europe only.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from .html import Html, tag, text
from .labels import FONT, Spot, placed

OUTLINES = Path(__file__).with_name("europe.geojson")
FINEST = 2.5  # pixels between two points of an outline
LEAST_SPAN = 0.05  # of the projected world: no closer look than some 2,000 km across would need

Ring = list[tuple[float, float]]


@dataclass(frozen=True)
class Place:
    """A region on the map."""

    id: str
    name: str
    latitude: float
    longitude: float
    colour: str
    said: str  # what the pointer and a screen reader hear
    address: str = ""
    radius: float = 5.0
    label: bool = True
    hollow: bool = False  # drawn as a ring: where it began


@dataclass(frozen=True)
class Flow:
    """A line from one place to another; `dash` tells its grade without colour."""

    start: str
    end: str
    colour: str
    dash: str  # "" solid, "6 4" dashed, "2 3" dotted
    said: str


def region_map(
    places: Sequence[Place], flows: Sequence[Flow] = (), *, shapes: dict[str, list[Ring]] | None = None, title: str
) -> Html:
    """A map that fits the places given, in two sizes: one for a screen, one for a phone.

    Parameters
    ----------
    places
        Places with coordinates; the most important first (their names win).
    flows
        Lines between places of that list; others are left out.
    shapes
        Outlines of regions by id (rings of longitude and latitude); a place
        with an outline is drawn as an area, with its circle on top.
    title
        What the map shows, for a screen reader.

    Returns
    -------
    Html
        Empty without places.
    """
    if not places:
        return Html("")
    wide = _drawn(places, flows, shapes or {}, title, 860, 560)
    narrow = _drawn(places, flows, shapes or {}, title, 380, 400)
    return Html(f'<div class="map wide">{wide}</div><div class="map narrow">{narrow}</div>')


def shapes_of(geojson: str, key: str) -> dict[str, list[Ring]]:
    """Rings of each feature of a GeoJSON text by its property `key`."""
    found: dict[str, list[Ring]] = {}
    for feature in json.loads(geojson)["features"]:
        geometry = feature["geometry"]
        polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        found[feature["properties"][key]] = [[(x, y) for x, y in ring] for polygon in polygons for ring in polygon]
    return found


@dataclass(frozen=True)
class _View:
    """The window of the map: projected origin and pixels per unit."""

    left: float
    top: float
    scale: float
    width: float
    height: float

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        x, y = _projected(longitude, latitude)
        return (x - self.left) * self.scale, (y - self.top) * self.scale

    def shows(self, ring: Ring) -> bool:
        points = [self.at(*point) for point in ring]
        return (
            max(x for x, _y in points) > 0
            and min(x for x, _y in points) < self.width
            and max(y for _x, y in points) > 0
            and min(y for _x, y in points) < self.height
        )


def _projected(longitude: float, latitude: float) -> tuple[float, float]:
    """Web Mercator, the projection that readers know from their phones; in radians, y downwards."""
    bounded = math.radians(max(-80.0, min(80.0, latitude)))
    return math.radians(longitude), -math.log(math.tan(math.pi / 4 + bounded / 2))


def _view(places: Sequence[Place], width: float, height: float) -> _View:
    points = [_projected(place.longitude, place.latitude) for place in places]
    left, right = min(x for x, _y in points), max(x for x, _y in points)
    top, bottom = min(y for _x, y in points), max(y for _x, y in points)
    margin = 46.0
    span_x, span_y = max(right - left, LEAST_SPAN), max(bottom - top, LEAST_SPAN)
    scale = min((width - 2 * margin) / span_x, (height - 2 * margin) / span_y)
    centre_x, centre_y = (left + right) / 2, (top + bottom) / 2
    return _View(centre_x - width / 2 / scale, centre_y - height / 2 / scale, scale, width, height)


def _drawn(
    places: Sequence[Place],
    flows: Sequence[Flow],
    shapes: dict[str, list[Ring]],
    title: str,
    width: float,
    height: float,
) -> str:
    view = _view(places, width, height)
    at = _separated(places, view)
    land = "".join(_path(ring, view) for ring in _land() if view.shows(ring))
    areas = [
        _area(place, shapes[place.id], view)
        for place in places
        if place.id in shapes and any(map(view.shows, shapes[place.id]))
    ]
    lines = [_flow(flow, at, places) for flow in flows if flow.start in at and flow.end in at]
    sides = placed(
        [Spot(*at[p.id], p.radius if p.label else 0, p.name if p.label else "") for p in places],
        width,
        height,
        most=40 if width > 500 else 14,
    )
    dots = [_dot(place, at[place.id], sides.get(index)) for index, place in enumerate(places)]
    return (
        f'<svg viewBox="0 0 {width:g} {height:g}" role="group" aria-label="{text(title)}">'
        f'<rect width="{width:g}" height="{height:g}" class="sea"></rect><path class="land" d="{land}"></path>'
        + "".join([*areas, *lines, *reversed(dots)])
        + "</svg>"
    )


@cache
def _land() -> list[Ring]:
    shapes = shapes_of(OUTLINES.read_text(encoding="utf-8"), "name")
    return [ring for rings in shapes.values() for ring in rings]


def _path(ring: Ring, view: _View) -> str:
    """The ring in whole pixels, as steps from point to point, less the points too near the one before to be seen."""
    kept: list[tuple[int, int]] = []
    for point in ring:
        x, y = view.at(*point)
        if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) > FINEST:
            kept.append((round(x), round(y)))
    if len(kept) < 3:
        return ""
    steps = (f"{x - left} {y - top}" for (left, top), (x, y) in pairwise(kept))
    return f"M{kept[0][0]} {kept[0][1]}l{','.join(steps)}Z"


def _area(place: Place, rings: list[Ring], view: _View) -> str:
    return f'<path class="area" d="{"".join(_path(ring, view) for ring in rings)}" fill="{place.colour}"></path>'


def _separated(places: Sequence[Place], view: _View) -> dict[str, tuple[float, float]]:
    """Pixel positions; places that would hide one another stand on a ring around their common point."""
    at: dict[str, tuple[float, float]] = {}
    for place in places:
        x, y = view.at(place.longitude, place.latitude)
        step = 0
        while any(math.dist((x, y), other) < 1.7 * place.radius for other in at.values()) and step < 60:
            step += 1
            turn, far = step * 2.399963, 1.5 * place.radius * math.sqrt(step)  # the golden angle fills a disc evenly
            home_x, home_y = view.at(place.longitude, place.latitude)
            x, y = home_x + far * math.cos(turn), home_y + far * math.sin(turn)
        at[place.id] = (x, y)
    return at


def _flow(flow: Flow, at: dict[str, tuple[float, float]], places: Sequence[Place]) -> str:
    (x1, y1), (x2, y2) = at[flow.start], at[flow.end]
    length = math.dist((x1, y1), (x2, y2)) or 1.0
    bend = 0.16
    mid_x, mid_y = (x1 + x2) / 2 + bend * (y2 - y1), (y1 + y2) / 2 - bend * (x2 - x1)
    radius = next((place.radius for place in places if place.id == flow.end), 5.0)
    back = min((radius + 3) / length, 0.4)
    end_x, end_y = x2 + (mid_x - x2) * back * 2, y2 + (mid_y - y2) * back * 2
    turn = math.degrees(math.atan2(end_y - mid_y, end_x - mid_x))
    dashes = f' stroke-dasharray="{flow.dash}"' if flow.dash else ""
    return (
        f'<g class="flow"><title>{text(flow.said)}</title>'
        f'<path d="M{x1:.1f} {y1:.1f}Q{mid_x:.1f} {mid_y:.1f} {end_x:.1f} {end_y:.1f}" fill="none" '
        f'stroke="{flow.colour}" stroke-width="1.8"{dashes}></path>'
        f'<path d="M-7 -4L1 0L-7 4z" fill="{flow.colour}" '
        f'transform="translate({end_x:.1f} {end_y:.1f}) rotate({turn:.0f})"></path></g>'
    )


def _dot(place: Place, at: tuple[float, float], side: str | None) -> str:
    x, y = at
    fill, line = ("#FFFFFF", place.colour) if place.hollow else (place.colour, "#FFFFFF")
    circle = (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{place.radius:g}" fill="{fill}" stroke="{line}" '
        f'stroke-width="{3 if place.hollow else 1.2}"></circle>'
    )
    label = _label(place, x, y, side) if side and place.label else ""
    inner = Html(f"<title>{text(place.said)}</title>{circle}{label}")
    if not place.address:
        return f'<g class="place">{inner}</g>'
    return tag("a", inner, href=place.address, class_="place", aria_label=place.said)


def _label(place: Place, x: float, y: float, side: str) -> str:
    gap = place.radius + 4
    spots = {
        "right": (x + gap, y + FONT / 3, "start"),
        "left": (x - gap, y + FONT / 3, "end"),
        "top": (x, y - gap - 1, "middle"),
        "bottom": (x, y + gap + FONT - 2, "middle"),
    }
    left, top, anchor = spots[side]
    return f'<text x="{left:.1f}" y="{top:.1f}" text-anchor="{anchor}" font-size="{FONT:g}">{text(place.name)}</text>'
