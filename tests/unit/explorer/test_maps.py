"""Maps: places apart, lines only between places that are there, two sizes, all of it offline."""

import json
import math
import re
from dataclasses import replace
from xml.etree import ElementTree

from explorer.pictures.maps import OUTLINES, Flow, Place, region_map, shapes_of

BLUE = "#4477AA"
ARNHEM = Place("arnhem", "Arnhem", 51.98, 5.91, BLUE, "Arnhem: took it over", "region?id=arnhem")
TURIN = Place("turin", "Turin", 45.07, 7.69, BLUE, "Turin: it began here", "region?id=turin", radius=7, hollow=True)
HERE = "http://www.w3.org/2000/svg"


def drawings(*places: Place, flows: tuple[Flow, ...] = (), **more: object) -> list[ElementTree.Element]:
    """The two drawings, parsed strictly: what is not well-formed fails here."""
    found = region_map(places, flows, title="Regions", **more)  # type: ignore[arg-type]
    return [ElementTree.fromstring(part) for part in re.findall(r"<svg.*?</svg>", found, re.DOTALL)]


def circles(drawing: ElementTree.Element) -> list[tuple[float, float, float]]:
    return [tuple(float(circle.attrib[key]) for key in ("cx", "cy", "r")) for circle in drawing.iter("circle")]  # type: ignore[misc]


def flow(start: str, end: str, dash: str = "") -> Flow:
    return Flow(start, end, BLUE, dash, f"{start} → {end}")


def test_no_places_make_no_map() -> None:
    assert region_map([], title="Regions") == ""


def test_a_map_comes_in_two_sizes_that_hold_the_same_places() -> None:
    whole = region_map([ARNHEM, TURIN], title="Regions")
    wide, narrow = drawings(ARNHEM, TURIN)

    assert 'class="map wide"' in whole
    assert 'class="map narrow"' in whole
    assert wide.attrib["viewBox"] == "0 0 860 560"
    assert narrow.attrib["viewBox"] == "0 0 380 400"
    assert len(circles(wide)) == len(circles(narrow)) == 2


def test_north_is_up_and_east_is_right() -> None:
    for drawing in drawings(ARNHEM, TURIN):
        at = {link.attrib["href"]: circles(link)[0] for link in drawing.iter("a")}
        arnhem, turin = at["region?id=arnhem"], at["region?id=turin"]
        assert arnhem[1] < turin[1]  # Arnhem lies north of Turin
        assert arnhem[0] < turin[0]  # and west of it


def test_each_place_lies_inside_the_drawing() -> None:
    corners = [
        Place(str(n), f"P{n}", lat, lon, BLUE, "x")
        for n, (lat, lon) in enumerate([(64.1, -21.9), (35.1, 33.4), (60.2, 24.9), (37.0, -8.0)])
    ]
    for drawing in drawings(*corners):
        _left, _top, width, height = map(float, drawing.attrib["viewBox"].split())
        for x, y, radius in circles(drawing):
            assert radius <= x <= width - radius
            assert radius <= y <= height - radius


def test_a_place_is_a_link_with_a_name_for_those_who_cannot_see_it() -> None:
    drawing = drawings(ARNHEM)[0]

    (link,) = drawing.iter("a")
    assert link.attrib["href"] == "region?id=arnhem"
    assert link.attrib["aria-label"] == "Arnhem: took it over"
    assert [title.text for title in link.iter("title")] == ["Arnhem: took it over"]
    assert drawing.attrib["aria-label"] == "Regions"


def test_a_place_without_an_address_is_no_link() -> None:
    assert list(drawings(Place("x", "X", 52, 5, BLUE, "X"))[0].iter("a")) == []


def test_places_at_one_point_stand_beside_each_other() -> None:
    many = [Place(f"p{place}", f"P{place}", 52.0, 5.0, BLUE, "x", radius=6) for place in range(12)]

    for drawing in drawings(*many, TURIN):
        points = circles(drawing)
        assert len(points) == 13
        for place, (x, y, radius) in enumerate(points):
            for other_x, other_y, other in points[place + 1 :]:
                assert math.dist((x, y), (other_x, other_y)) > 0.75 * (
                    radius + other
                )  # seen apart, at most their edges touch


def test_a_line_whose_end_is_not_on_the_map_is_left_out() -> None:
    flows = (flow("turin", "arnhem", "7 4"), flow("turin", "gone"), flow("gone", "arnhem"))

    for drawing in drawings(ARNHEM, TURIN, flows=flows):
        groups = [group for group in drawing.iter("g") if group.attrib["class"] == "flow"]
        assert [title.text for group in groups for title in group.iter("title")] == ["turin → arnhem"]
        assert next(groups[0].iter("path")).attrib["stroke-dasharray"] == "7 4"


def test_a_solid_line_has_no_dashes() -> None:
    drawing = drawings(ARNHEM, TURIN, flows=(flow("turin", "arnhem"),))[0]

    assert not [path for path in drawing.iter("path") if "stroke-dasharray" in path.attrib]


def test_a_line_points_at_its_end_and_stops_before_its_circle() -> None:
    drawing = drawings(ARNHEM, TURIN, flows=(flow("turin", "arnhem"),))[0]
    at = {link.attrib["href"]: circles(link)[0] for link in drawing.iter("a")}
    (group,) = (group for group in drawing.iter("g") if group.attrib["class"] == "flow")
    curve, arrow = group.iter("path")
    numbers = [float(part) for part in re.findall(r"-?\d+\.?\d*", curve.attrib["d"])]
    x, y, radius = at["region?id=arnhem"]

    assert math.dist(numbers[:2], at["region?id=turin"][:2]) < 0.1
    assert radius < math.dist(numbers[-2:], (x, y)) < 0.4 * math.dist(at["region?id=turin"][:2], (x, y))
    assert f"translate({numbers[-2]:.1f} {numbers[-1]:.1f})" in arrow.attrib["transform"]


def test_a_line_from_a_place_to_one_at_the_same_point_does_no_harm() -> None:
    twin = Place("twin", "Twin", 51.98, 5.91, BLUE, "Twin")

    assert len(drawings(ARNHEM, twin, flows=(flow("arnhem", "twin"),))) == 2


def test_one_place_alone_is_drawn_in_the_middle() -> None:
    for drawing in drawings(ARNHEM):
        _left, _top, width, height = map(float, drawing.attrib["viewBox"].split())
        ((x, y, _radius),) = circles(drawing)
        assert (x, y) == (width / 2, height / 2)


def test_hostile_names_stay_names() -> None:
    name = "<script>alert(\"x\")</script> & 'sons'"
    drawing = drawings(
        Place("x", name, 52, 5, BLUE, name, f"region?id={name}"), TURIN, flows=(Flow("x", "turin", BLUE, "", name),)
    )[0]

    assert not [element for element in drawing.iter() if element.tag == "script"]
    assert name in [title.text for title in drawing.iter("title")]
    assert name in [label.text for label in drawing.iter("text")]


def test_the_place_where_it_began_is_a_ring() -> None:
    drawing = drawings(ARNHEM, TURIN)[0]
    fills = {circle.attrib["r"]: circle.attrib["fill"] for circle in drawing.iter("circle")}

    assert fills == {"5": BLUE, "7": "#FFFFFF"}


def test_a_place_with_an_outline_is_an_area_too() -> None:
    around = [[(5.5, 51.8), (6.2, 51.8), (6.2, 52.2), (5.5, 51.8)]]
    drawing = drawings(ARNHEM, TURIN, shapes={"arnhem": around, "elsewhere": around})[0]

    areas = [path for path in drawing.iter("path") if path.attrib.get("class") == "area"]
    assert [area.attrib["fill"] for area in areas] == [BLUE]


def test_a_crowd_of_circles_does_not_overlap_and_stays_inside() -> None:
    crowd = [
        Place(f"p{n}", f"P{n}", 50 + 0.02 * (n % 9), 5 + 0.03 * (n // 9), BLUE, "x", radius=3 + n % 7)
        for n in range(60)
    ]

    for drawing in drawings(*crowd, TURIN):
        _left, _top, width, height = map(float, drawing.attrib["viewBox"].split())
        points = circles(drawing)
        for place, (x, y, radius) in enumerate(points):
            assert radius <= x <= width - radius
            assert radius <= y <= height - radius
            for other_x, other_y, other in points[place + 1 :]:
                assert math.dist((x, y), (other_x, other_y)) > 0.9 * (radius + other)


def test_a_circle_with_room_stands_where_it_lies() -> None:
    alone, crowded = drawings(ARNHEM, TURIN)[0], drawings(ARNHEM, TURIN, replace(TURIN, id="twin"))[0]

    assert circles(alone)[-1] == circles(crowded)[-1]  # the first place is drawn last, on top


def test_a_thin_line_leads_from_a_circle_that_was_moved_to_where_it_lies() -> None:
    heap = [Place(f"p{n}", f"P{n}", 52, 5, BLUE, "x", radius=8) for n in range(9)]
    drawing = drawings(*heap, TURIN)[0]

    leaders = [path for path in drawing.iter("path") if path.attrib.get("class") == "leader"]
    starts = {path.attrib["d"].split("L")[0] for path in leaders}
    assert 0 < len(leaders) <= 9
    assert len(starts) == 1  # all of them from the one point


def test_very_many_circles_are_drawn_smaller() -> None:
    many = [Place(f"p{n}", f"P{n}", 40 + 0.7 * (n // 20), -5 + 1.4 * (n % 20), BLUE, "x", radius=9) for n in range(300)]
    wide, narrow = drawings(*many)

    assert max(radius for *_at, radius in circles(narrow)) < max(radius for *_at, radius in circles(wide)) < 9


def test_the_frame_may_hold_some_and_lines_to_the_others_run_to_its_edge() -> None:
    oslo = Place("oslo", "Oslo", 59.9, 10.7, BLUE, "Oslo")
    drawing = drawings(ARNHEM, TURIN, oslo, flows=(flow("arnhem", "oslo"),), fit={"arnhem", "turin"})[0]

    assert len(circles(drawing)) == 2
    (group,) = (group for group in drawing.iter("g") if group.attrib["class"] == "flow")
    numbers = [float(part) for part in re.findall(r"-?\d+\.?\d*", next(group.iter("path")).attrib["d"])]
    assert numbers[-1] < 0  # above the upper edge


def test_a_line_without_direction_has_no_arrow_and_one_with_an_address_is_a_link_for_a_pointer() -> None:
    plain = Flow("turin", "arnhem", BLUE, "", "shared", arrow=False, width=3, address="map?one=turin")
    drawing = drawings(ARNHEM, TURIN, flows=(plain,))[0]

    (group,) = (group for group in drawing.iter("g") if group.attrib["class"] == "flow")
    (path,) = group.iter("path")
    (link,) = (link for link in drawing.iter("a") if link.attrib["href"] == "map?one=turin")
    assert path.attrib["stroke-width"] == "3"
    assert (link.attrib["tabindex"], link.attrib["aria-hidden"]) == ("-1", "true")  # the keyboard has the table


def test_bends_keep_two_lines_between_the_same_places_apart() -> None:
    drawing = drawings(ARNHEM, TURIN, flows=(flow("turin", "arnhem"), replace(flow("turin", "arnhem"), bend=0.3)))[0]

    curves = [next(group.iter("path")).attrib["d"] for group in drawing.iter("g") if group.attrib["class"] == "flow"]
    assert len(set(curves)) == 2


def test_names_on_a_phone_are_fewer() -> None:
    many = [Place(str(n), f"Place {n}", 40 + 3 * (n // 8), -5 + 4 * (n % 8), BLUE, "x") for n in range(40)]
    wide, narrow = drawings(*many)

    assert len(list(narrow.iter("text"))) <= 14 < len(list(wide.iter("text")))


def test_a_map_asks_nobody_for_anything() -> None:
    whole = region_map([ARNHEM, TURIN], [flow("turin", "arnhem")], title="Regions")

    assert not re.search(r"https?:|//|url\(|<image|<use|xlink", whole)


def test_outlines_are_read_by_their_key_with_all_their_rings() -> None:
    square = [[0, 0], [1, 0], [1, 1], [0, 0]]
    text = json.dumps({
        "features": [
            {"properties": {"code": "one"}, "geometry": {"type": "Polygon", "coordinates": [square]}},
            {
                "properties": {"code": "two"},
                "geometry": {"type": "MultiPolygon", "coordinates": [[square], [square, square]]},
            },
        ]
    })  # fmt: skip

    found = shapes_of(text, "code")

    assert {code: len(rings) for code, rings in found.items()} == {"one": 1, "two": 3}
    assert found["one"][0][1] == (1, 0)


def test_the_outlines_of_europe_are_whole() -> None:
    shapes = shapes_of(OUTLINES.read_text(encoding="utf-8"), "name")

    assert {"Netherlands", "Germany", "Italy", "Iceland"} <= set(shapes)
    assert all(len(ring) >= 4 for rings in shapes.values() for ring in rings)
