"""Curves, and the drawings that are only saved: read back from their SVG."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from explorer.pictures.curves import HEIGHT, NARROW, adoption_curve, lines
from explorer.pictures.html import Html
from explorer.pictures.matrix import Cell, Line
from explorer.pictures.to_save import funnel_drawing, matrix_drawing
from graph_store.schema import BLUE, RED

WORDS = ("Had it", "New")
HOSTILE = "<script>&\"'\u00e9"


def sheets(drawn: Html) -> list[ElementTree.Element]:
    """The drawings in a piece of HTML."""
    return list(ElementTree.fromstring(f"<div>{drawn}</div>").iter("svg"))


def texts(sheet: ElementTree.Element) -> list[str]:
    return [node.text or "" for node in sheet.iter("text")]


def boxes(sheet: ElementTree.Element, colour: str) -> list[dict[str, float]]:
    names = ("x", "y", "width", "height")
    return [
        {name: float(node.attrib[name]) for name in names}
        for node in sheet.iter("rect")
        if node.attrib["fill"] == colour
    ]


def test_a_curve_rises_by_what_is_new_and_its_bars_stand_for_it() -> None:
    years = pd.DataFrame({"year": [2015, 2016, 2017], "new": [1, 0, 3], "total": [1, 1, 4]})

    wide, narrow = sheets(adoption_curve(years, WORDS, title="Curve", width=500))

    assert (wide.attrib["viewBox"], wide.attrib["aria-label"]) == (f"0 0 500 {HEIGHT:g}", "Curve")
    assert narrow.attrib["viewBox"] == f"0 0 {NARROW:g} {HEIGHT:g}"
    assert {"2015", "2016", "2017", "0", "4", *WORDS} <= set(texts(wide))
    said = [node.text for node in wide.iter("title")]
    assert said == ["2015: Had it 1; New 1", "2016: Had it 1; New 0", "2017: Had it 4; New 3"]
    legend, first, last = boxes(wide, RED)
    assert legend["y"] < first["y"]
    assert abs(last["height"] - 3 * first["height"]) < 0.2
    (steps,) = (
        node.attrib["d"]
        for node in wide.iter("path")
        if node.attrib.get("stroke-width") == "2.5" and "V" in node.attrib["d"]
    )
    heights = [float(y) for y in re.findall(r"V([\d.]+)", steps)]
    assert heights[0] == heights[1] > heights[2]
    assert years["year"].tolist() == [2015, 2016, 2017]  # the table given is left as it was


def test_a_curve_without_years_is_nothing() -> None:
    assert adoption_curve(pd.DataFrame({"year": [], "new": [], "total": []}), WORDS, title="Curve") == ""


def test_years_along_a_long_curve_do_not_run_into_each_other() -> None:
    years = pd.DataFrame({"year": range(1960, 2026), "new": 1, "total": range(1, 67)})

    for sheet in sheets(adoption_curve(years, WORDS, title="Curve")):
        places = [float(node.attrib["x"]) for node in sheet.iter("text") if re.fullmatch(r"\d{4}", node.text or "")]
        assert len(places) > 3
        assert min(after - before for before, after in pairwise(places)) > 26


@given(st.integers(0, 10**7))
def test_an_axis_names_few_round_numbers_and_reaches_the_largest(most: int) -> None:
    named = lines(most)

    assert named[0] == 0
    assert named[-1] >= most
    assert 2 <= len(named) <= 6
    assert str(named[1]).rstrip("0") in {"1", "2", "5"}
    assert {after - before for before, after in pairwise(named)} == {named[1]}


def test_a_funnel_draws_each_step_in_its_part_of_the_whole() -> None:
    (sheet,) = sheets(funnel_drawing([("8 came", 1.0), (f"2 took {HOSTILE} over", 0.25)]))

    assert texts(sheet) == ["8 came", f"2 took {HOSTILE} over"]
    whole, quarter = boxes(sheet, BLUE)
    assert abs(quarter["width"] - whole["width"] / 4) < 0.2
    assert funnel_drawing([]) == ""


def test_a_matrix_to_save_has_names_signs_and_their_legend() -> None:
    regions = [Line("a", "Aachen", "", "Germany"), Line("b", HOSTILE, "", "Netherlands"), Line("c", "Cork", "", "")]
    approaches = [Line("one", "One (the first of all, with a very long name)", ""), Line("two", "Two", "")]
    cells = {("a", "one"): Cell("full", "2020", ""), ("b", "two"): Cell("origin", "", "")}

    (sheet,) = sheets(matrix_drawing(regions, approaches, cells))

    written = texts(sheet)
    assert written[:2] == ["One", "Two"]
    assert written[2:7] == ["Germany", "Aachen", "4", "Netherlands", HOSTILE]
    assert written.count("4") == 2  # in the cell and in the legend
    assert {"Took it over", "It began here"} <= set(written)
    assert len(boxes(sheet, BLUE)) == 2
    assert matrix_drawing(regions, approaches, {}) == ""
