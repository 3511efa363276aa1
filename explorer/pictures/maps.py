"""Maps drawn as SVG: offline, printable, every place a link that a keyboard reaches.

Country outlines: Natural Earth, 1:50 million (public domain), Europe only.
"""

import json
import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .html import Html, tag, text
from .labels import FONT, Spot, placed

OUTLINES = Path(__file__).with_name("europe.geojson")
FINEST = 2.5  # pixels between two points of an outline
GAP = 1.5  # pixels between two circles
NEAR = 70.0  # pixels within which circles may come to push each other
STEPS = 160  # of pushing apart
COVERED = 0.12  # part of the map that circles may cover before they are drawn smaller
SMALLEST = 0.55  # of their size
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
    faint: bool = False  # there for orientation only
    chosen: bool = False  # picked out with a ring


@dataclass(frozen=True)
class Flow:
    """A line from one place to another; `dash` tells its grade without colour.

    `bend` keeps lines of several kinds between the same two places apart.
    """

    start: str
    end: str
    colour: str
    dash: str  # "" solid, "6 4" dashed, "2 3" dotted
    said: str
    width: float = 1.8
    arrow: bool = True
    bend: float = 0.16
    address: str = ""


def region_map(
    places: Sequence[Place],
    flows: Sequence[Flow] = (),
    *,
    shapes: dict[str, list[Ring]] | None = None,
    title: str,
    fit: Collection[str] | None = None,
    size: tuple[float, float] = (860, 560),
) -> Html:
    """A map that fits the places given, in two sizes: one for a screen, one for a phone.

    Places that would cover one another are moved apart; a thin line leads from
    a circle that was moved by more than its own size to where it lies.

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
    fit
        Ids of the places that the frame is to hold; all where None. Lines to
        the others run to the edge.
    size
        Width and height of the drawing for a screen: smaller beside another one.

    Returns
    -------
    Html
        Empty without places.
    """
    if not places:
        return Html("")
    framed = [place for place in places if fit is None or place.id in fit] or list(places)
    known = {place.id: shapes[place.id] for place in places if shapes and place.id in shapes}
    wide = _drawn(places, flows, known, title, _view(framed, known, *size))
    narrow = _drawn(places, flows, known, title, _view(framed, known, 380, 400))
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

    def holds(self, place: Place) -> bool:
        x, y = self.at(place.longitude, place.latitude)
        return 0 <= x <= self.width and 0 <= y <= self.height

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


def _view(places: Sequence[Place], shapes: dict[str, list[Ring]], width: float, height: float) -> _View:
    points = [_projected(place.longitude, place.latitude) for place in places]
    points += [_projected(*point) for place in places for ring in shapes.get(place.id, ()) for point in ring[::5]]
    left, right = min(x for x, _y in points), max(x for x, _y in points)
    top, bottom = min(y for _x, y in points), max(y for _x, y in points)
    margin = 20.0 if shapes and all(place.id in shapes for place in places) else 46.0
    least = LEAST_SPAN if not any(place.id in shapes for place in places) else LEAST_SPAN / 4  # outlines are finer
    span_x, span_y = max(right - left, least), max(bottom - top, least)
    scale = min((width - 2 * margin) / span_x, (height - 2 * margin) / span_y)
    centre_x, centre_y = (left + right) / 2, (top + bottom) / 2
    return _View(centre_x - width / 2 / scale, centre_y - height / 2 / scale, scale, width, height)


def _drawn(
    places: Sequence[Place],
    flows: Sequence[Flow],
    shapes: dict[str, list[Ring]],
    title: str,
    view: _View,
) -> str:
    width, height = view.width, view.height
    inside = [place for place in places if view.holds(place)]
    inside = _sized(inside, width * height)
    at = _separated(inside, view)
    ends = {place.id: view.at(place.longitude, place.latitude) for place in places} | at
    radii = {place.id: place.radius for place in inside}
    land = "".join(_path(ring, view) for ring in _land() if view.shows(ring))
    areas = [_area(p, shapes[p.id], view) for p in places if p.id in shapes and any(map(view.shows, shapes[p.id]))]
    lines = [_flow(flow, ends, radii) for flow in reversed(flows) if flow.start in ends and flow.end in ends]
    sides = placed(
        [Spot(*at[p.id], p.radius if p.label else 0, p.name if p.label else "") for p in inside],
        width,
        height,
        most=40 if width > 500 else 14,
    )
    dots = [_dot(place, at[place.id], sides.get(index)) for index, place in enumerate(inside)]
    leaders = [_leader(place, view, at[place.id]) for place in inside]
    return (
        f'<svg viewBox="0 0 {width:g} {height:g}" role="group" aria-label="{text(title)}">'
        f'<rect width="{width:g}" height="{height:g}" class="sea"></rect><path class="land" d="{land}"></path>'
        + "".join([*areas, *lines, *leaders, *reversed(dots)])
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
    class_ = "area faint" if place.faint else "area"
    drawn = (
        f'<path class="{class_}" d="{"".join(_path(ring, view) for ring in rings)}" fill="{place.colour}">'
        f"<title>{text(place.said)}</title></path>"
    )
    if not place.address:
        return drawn
    # The circle is the link that a keyboard reaches; the area does the same for a pointer.
    return tag("a", Html(drawn), href=place.address, tabindex="-1", aria_hidden="true")


def _sized(places: Sequence[Place], room: float) -> list[Place]:
    """The places, their circles smaller where all of them would cover more than a part of the map."""
    covered = sum(math.pi * (place.radius + GAP) ** 2 for place in places)
    factor = max(SMALLEST, min(1.0, math.sqrt(COVERED * room / covered))) if covered else 1.0
    return [replace(place, radius=round(place.radius * factor, 1)) for place in places]


def _separated(places: Sequence[Place], view: _View) -> dict[str, tuple[float, float]]:
    """Pixel positions, moved as little as keeps the circles apart and inside the map."""
    home = tuple(view.at(place.longitude, place.latitude) for place in places)
    found = _pushed_apart(home, tuple(place.radius for place in places), (view.width, view.height))
    return {place.id: at for place, at in zip(places, found, strict=True)}


@lru_cache(maxsize=200)  # the same regions are drawn again at every click and for every reader
def _pushed_apart(
    points: tuple[tuple[float, float], ...], sizes: tuple[float, ...], room: tuple[float, float]
) -> tuple[tuple[float, float], ...]:
    """Circles that touch push each other away, step by step, while each is drawn back to where it lies."""
    if not points:
        return ()
    home, radii = np.array(points), np.array(sizes)
    turn = np.arange(len(points)) * 2.399963  # the golden angle: places at one point leave it in different directions
    spot = home + 0.01 * np.column_stack([np.cos(turn), np.sin(turn)])
    apart = np.hypot(*(home[:, None] - home[None, :]).transpose(2, 0, 1))
    one, other = np.nonzero(np.triu(apart < NEAR, 1))
    least = radii[one] + radii[other] + GAP
    if not len(one) or (apart[one, other] >= least).all():
        return points
    low = np.column_stack([radii + 1, radii + 1])
    high = np.column_stack([room[0] - radii - 1, room[1] - radii - 1])
    for step in range(STEPS):
        gap = spot[one] - spot[other]
        distance = np.maximum(np.hypot(gap[:, 0], gap[:, 1]), 1e-6)
        touching = distance < least
        if step >= STEPS // 2 and not touching.any():
            break
        first, second, short = one[touching], other[touching], (least - distance)[touching]
        push = gap[touching] * (0.5 * short / distance[touching])[:, None]
        pull = 0.08 * (home - spot) if step < STEPS // 2 else 0.0
        spot = np.clip(spot + _summed(first, push, len(points)) - _summed(second, push, len(points)) + pull, low, high)
    return tuple((round(float(x), 1), round(float(y), 1)) for x, y in spot)


def _summed(places: NDArray[np.intp], pushes: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """All pushes on each place together."""
    return np.column_stack([np.bincount(places, pushes[:, axis], count) for axis in (0, 1)])


def _leader(place: Place, view: _View, at: tuple[float, float]) -> str:
    """A thin line from a circle that was moved to where it lies."""
    home = view.at(place.longitude, place.latitude)
    if place.faint or math.dist(home, at) < place.radius + 3:
        return ""
    return f'<path class="leader" d="M{home[0]:.0f} {home[1]:.0f}L{at[0]:.0f} {at[1]:.0f}"></path>'


def _flow(flow: Flow, at: dict[str, tuple[float, float]], radii: dict[str, float]) -> str:
    (x1, y1), (x2, y2) = at[flow.start], at[flow.end]
    length = math.dist((x1, y1), (x2, y2)) or 1.0
    mid_x, mid_y = (x1 + x2) / 2 + flow.bend * (y2 - y1), (y1 + y2) / 2 - flow.bend * (x2 - x1)
    back = min((radii.get(flow.end, 5.0) + 3) / length, 0.4) if flow.arrow else 0.0
    end_x, end_y = x2 + (mid_x - x2) * back * 2, y2 + (mid_y - y2) * back * 2
    dashes = f' stroke-dasharray="{flow.dash}"' if flow.dash else ""
    drawn = (
        f"<title>{text(flow.said)}</title>"
        f'<path d="M{x1:.1f} {y1:.1f}Q{mid_x:.1f} {mid_y:.1f} {end_x:.1f} {end_y:.1f}" fill="none" '
        f'stroke="{flow.colour}" stroke-width="{flow.width:g}"{dashes}></path>'
    )
    if flow.arrow:
        turn = math.degrees(math.atan2(end_y - mid_y, end_x - mid_x))
        drawn += (
            f'<path d="M-7 -4L1 0L-7 4z" fill="{flow.colour}" '
            f'transform="translate({end_x:.1f} {end_y:.1f}) rotate({turn:.0f})"></path>'
        )
    group = tag("g", Html(drawn), class_="flow")
    # Lines are links for a pointer only: for a keyboard the table holds the same.
    return tag("a", group, href=flow.address, tabindex="-1", aria_hidden="true") if flow.address else group


def _dot(place: Place, at: tuple[float, float], side: str | None) -> str:
    x, y = at
    fill, line = ("#FFFFFF", place.colour) if place.hollow else (place.colour, "#FFFFFF")
    circle = (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{place.radius:g}" fill="{fill}" stroke="{line}" '
        f'stroke-width="{3 if place.hollow else 1.2}"></circle>'
    )
    if place.chosen:
        circle = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{place.radius + 4:g}" class="chosen"></circle>' + circle
    label = _label(place, x, y, side) if side and place.label else ""
    inner = Html(f"<title>{text(place.said)}</title>{circle}{label}")
    class_ = "place faint" if place.faint else "place"
    if not place.address:
        return tag("g", inner, class_=class_)
    return tag("a", inner, href=place.address, class_=class_, aria_label=place.said)


def _label(place: Place, x: float, y: float, side: str) -> str:
    gap = place.radius + (8 if place.chosen else 4)
    spots = {
        "right": (x + gap, y + FONT / 3, "start"),
        "left": (x - gap, y + FONT / 3, "end"),
        "top": (x, y - gap - 1, "middle"),
        "bottom": (x, y + gap + FONT - 2, "middle"),
    }
    left, top, anchor = spots[side]
    return f'<text x="{left:.1f}" y="{top:.1f}" text-anchor="{anchor}" font-size="{FONT:g}">{text(place.name)}</text>'
