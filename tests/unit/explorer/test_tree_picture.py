"""The learning tree as a picture: time to the right, a row for each region, lines that cross no name."""

import re
from dataclasses import replace
from xml.etree import ElementTree

from explorer.pictures.tree import Branch, learning_tree

BLUE, GREEN = "#4477AA", "#228833"
ROOT = Branch("arnhem", "Arnhem", "Arnhem: it began here", BLUE, 2012.5, hollow=True, source=True)
EDE = Branch("ede", "Ede", "Ede: took it over", GREEN, 2015.5, parent="arnhem", line=(GREEN, "7 4"), address="e")
TIEL = Branch("tiel", "Tiel", "Tiel: took it over", GREEN, 2014.5, parent="ede", line=(BLUE, ""), address="t")
ZEIST = Branch("zeist", "Zeist", "Zeist: took it over", GREEN, 2013.5, parent="arnhem", line=(BLUE, ""), address="z")


def drawings(*branches: Branch, now: int | None = None) -> list[ElementTree.Element]:
    """Both drawings, parsed strictly: what is not well-formed fails here."""
    found = learning_tree(branches, (2012, 2020), title="Who learnt it", undated="no date", now=now)
    return [ElementTree.fromstring(part) for part in re.findall(r"<svg.*?</svg>", found, re.DOTALL)]


def circles(drawing: ElementTree.Element) -> dict[str, tuple[float, float]]:
    """Where each region's circle is, by the first word of what is said of it."""
    found = {}
    for group in drawing.iter():
        title = group.find("title")
        if title is not None and title.text:
            last = group.findall("circle")[-1]
            found[title.text.split(":")[0]] = (float(last.attrib["cx"]), float(last.attrib["cy"]))
    return found


def test_no_branches_make_no_tree() -> None:
    assert learning_tree([], (2012, 2020), title="Who learnt it", undated="no date") == ""


def test_later_is_further_right_and_each_region_has_a_row_beneath_who_showed_it() -> None:
    for drawing in drawings(TIEL, EDE, ZEIST, ROOT):
        at = circles(drawing)
        assert at["Arnhem"][0] < at["Zeist"][0] < at["Tiel"][0] < at["Ede"][0]
        rows = sorted(at, key=lambda name: at[name][1])
        assert rows == ["Arnhem", "Zeist", "Ede", "Tiel"]  # the earlier child first, each with what grew from it
        assert len({y for _x, y in at.values()}) == 4


def test_the_line_tells_the_grade_by_its_dashes_and_ends_at_the_learner() -> None:
    drawing = drawings(ROOT, EDE)[0]
    (line,) = [path for path in drawing.iter("path") if path.attrib.get("class") == "line"]

    assert line.attrib["stroke-dasharray"] == "7 4"
    assert line.attrib["stroke"] == GREEN
    x, y = circles(drawing)["Ede"]
    assert line.attrib["d"].endswith(f" {y:.1f}H{x:.1f}")


def test_what_has_no_date_stands_apart_at_the_right() -> None:
    lost = replace(EDE, on=None)
    for drawing in drawings(ROOT, lost, ZEIST):
        at = circles(drawing)
        assert at["Ede"][0] > at["Zeist"][0]
        assert "no date" in [text.text for text in drawing.iter("text")]
    assert all("no date" not in [text.text for text in drawing.iter("text")] for drawing in drawings(ROOT, EDE))


def test_a_root_without_a_date_stands_at_the_left_edge() -> None:
    for drawing in drawings(replace(ROOT, on=None), EDE):
        assert circles(drawing)["Arnhem"][0] < 20


def test_what_comes_later_than_the_year_is_faint_and_the_year_is_marked() -> None:
    drawing = drawings(ROOT, ZEIST, replace(EDE, later=True), now=2014)[0]

    faint = [item for item in drawing.iter("a") if "later" in item.attrib["class"].split()]
    assert [item.attrib["href"] for item in faint] == ["e"]
    (mark,) = [path for path in drawing.iter("path") if path.attrib.get("class") == "now"]
    x = float(mark.attrib["d"].split("M")[1].split(" ")[0])
    assert circles(drawing)["Zeist"][0] < x < circles(drawing)["Ede"][0]


def test_the_chosen_region_has_a_ring_and_the_way_to_it_is_drawn_bold() -> None:
    drawing = drawings(ROOT, replace(EDE, chosen=True), ZEIST, TIEL)[0]

    ringed = [item.attrib["href"] for item in drawing.iter("a") if len(item.findall("circle")) == 2]
    assert ringed == ["e"]
    widths = [float(p.attrib["stroke-width"]) for p in drawing.iter("path") if p.attrib.get("class") == "line"]
    assert sorted(widths) == [2, 2, 3.4]


def test_a_date_known_by_the_year_is_drawn_as_long_as_it_may_mean() -> None:
    drawing = drawings(ROOT, replace(ZEIST, span=(2013.0, 2013.997)))[0]

    bars = [float(rect.attrib["width"]) for rect in drawing.iter("rect")]
    assert len(bars) == 1
    assert bars[0] > 20


def test_names_stay_inside_the_drawing_and_long_ones_are_shortened() -> None:
    long = replace(EDE, name="Bergen op Zoom en omstreken, arbeidsmarktregio", on=2020.9)
    for drawing in drawings(ROOT, long):
        width = float(drawing.attrib["viewBox"].split()[2])
        for text in drawing.iter("text"):
            if text.attrib.get("text-anchor") != "middle":
                assert float(text.attrib["x"]) + 6.2 * len(text.text or "") <= width + 1
        assert "Bergen op Zoom en omstrek…" in [text.text for text in drawing.iter("text")]


def test_a_circle_of_learners_is_drawn_once_each() -> None:
    one, other = replace(EDE, parent="tiel"), replace(TIEL, parent="ede")
    for drawing in drawings(one, other):
        assert set(circles(drawing)) == {"Ede", "Tiel"}


def test_hostile_names_stay_words() -> None:
    evil = replace(EDE, name="<script>", said='"><b>', address="x?a=1&b=2")
    drawing = drawings(ROOT, evil)[0]

    assert not list(drawing.iter("script"))
    assert not list(drawing.iter("b"))
