"""The map page: its title tells the finding, lines and tables hold the same, filters live in the address."""

import re

import pytest
from page_words import addresses, body, state_of, title, words
from streamlit.testing.v1 import AppTest
from visiting import Open

from explorer.views.map_picture import DRAWN


def drawing(app: AppTest) -> str:
    """The wide drawing of the map."""
    found = re.search(r'<div class="map wide">(.*?)</svg>', body(app), re.DOTALL)
    assert found
    return found.group(1)


def lines(app: AppTest) -> list[str]:
    """What each line of the map says, e.g. ``Riga → Siracusa: 1 approach (Stated)``."""
    return re.findall(r'class="flow"><title>([^<]+)</title>', drawing(app))


def tie_rows(app: AppTest) -> list[list[str]]:
    """Cells of the table of ties, as text."""
    found = next(piece for piece in re.findall(r"<table.*?</table>", body(app), re.DOTALL) if "Ties between" in piece)
    rows = re.findall(r"<tr>(.*?)</tr>", found.split("<tbody>")[1], re.DOTALL)
    return [[re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)] for row in rows]


def test_the_map_opens_with_what_was_taken_over_and_how_well_it_is_known(demo: Open) -> None:
    app = demo("map")

    assert title(app) == (
        "36 takings-over between regions with a known source: 8 stated; 22 consistent; 6 consistent, from above"
    )
    assert len(lines(app)) == len(tie_rows(app)) == 36
    assert "14 of 50 takings-over have no known source" in words(app)


def test_a_grade_is_told_by_its_line_and_in_words(demo: Open) -> None:
    app = demo("map")
    dashes = {
        re.search(r"\(([^)]+)\)", said).group(1): dash  # type: ignore[union-attr]
        for said, dash in re.findall(
            r'class="flow"><title>([^<]+)</title><path [^>]*?stroke-width="[^"]+"(?: stroke-dasharray="([^"]+)")?',
            drawing(app),
        )
    }

    assert set(dashes) == {"Stated", "Consistent", "Consistent, from above"}
    assert dashes["Stated"] == ""
    assert len(set(dashes.values())) == 3
    assert "Stated: solid line" in words(app)
    assert "Consistent: dashed line" in words(app)


def test_grades_are_chosen_and_the_address_says_so(demo: Open) -> None:
    app = demo("map?grade=stated")

    assert title(app).endswith(": 8 stated")
    assert {row[2] for row in tie_rows(app)} == {"Stated"}


@pytest.mark.parametrize("tie", ["adoptions", "visits", "projects"])
def test_lines_and_table_say_the_same(demo: Open, tie: str) -> None:
    app = demo(f"map?tie={tie}")
    rows = tie_rows(app)
    sign = " – " if tie == "projects" else " → "

    assert len(lines(app)) == min(DRAWN, len(rows))
    pairs = {(row[0], row[1]) for row in rows}
    assert {tuple(said.split(": ")[0].split(sign)) for said in lines(app)} <= pairs


def test_what_is_not_drawn_is_said_with_its_number(demo: Open) -> None:
    app = demo("map?tie=visits")

    assert f"Drawn are the {DRAWN} strongest of 407 ties" in words(app)
    assert len(lines(app)) == DRAWN
    assert "The first 150 of 407 rows" in words(app)


def test_visits_have_arrows_and_shared_projects_have_none(demo: Open) -> None:
    arrow = 'd="M-7 -4L1 0L-7 4z"'

    assert drawing(demo("map?tie=visits")).count(arrow) == DRAWN
    assert arrow not in drawing(demo("map?tie=projects"))


def test_the_number_of_a_tie_opens_what_it_rests_on(demo: Open) -> None:
    app = demo("map?tie=visits")
    (address,) = [
        item
        for item in dict.fromkeys(addresses(app, "map"))
        if state_of(item).get("one") == ["city-is-reykjavik"] and state_of(item).get("other") == ["se"]
    ]

    opened = demo(address)

    assert "Reykjavik → Sweden 3 visits" in words(opened)
    assert "Swedish royal visit to Barnahus" in words(opened)
    assert len(addresses(opened, "visit")) >= 3
    assert "Clear the selection" in words(opened)


def test_a_taking_over_names_its_visit_and_its_grade(demo: Open) -> None:
    app = demo("map?one=city-si-ljubljana&other=city-it-cesena")

    assert "A source credits the visit or the region." in words(app)
    assert "Ljubljana → Cesena" in words(app)


def test_one_region_alone_is_told_in_a_sentence(demo: Open) -> None:
    app = demo("map?tie=visits&region=city-pl-gdansk")

    assert title(app) == "Gdansk (PL): hosted 2 visits (16 regions came); went to 9 visits"
    assert all("Gdansk" in (row[0], row[1]) for row in tie_rows(app))


def test_a_zoom_keeps_ties_that_lead_out_and_says_how_many(demo: Open) -> None:
    app = demo("map?tie=visits&zoom=nl")

    assert title(app).startswith("Netherlands: ")
    assert "51 ties lead out of the frame" in words(app)
    assert 'class="area' in drawing(app)  # the outlines of the Dutch labour-market regions


def test_the_whole_of_europe_shows_no_outlines_without_ties(demo: Open) -> None:
    assert "area faint" not in drawing(demo("map"))


def test_links_zoom_to_the_countries_with_most_tied_regions(demo: Open) -> None:
    app = demo("map?tie=visits")
    zooms = [state_of(item)["zoom"][0] for item in addresses(app, "map") if "zoom" in state_of(item)]

    assert zooms[:3] == ["it", "es", "fr"]
    assert "Italy (14)" in words(app)


def test_countries_are_tied_when_asked(demo: Open) -> None:
    app = demo("map?tie=visits&by=country")

    assert "Each body and region counts for the country that it lies in." in words(app)
    assert "area" not in drawing(app)
    assert len(tie_rows(app)) <= 150


def test_a_filter_that_leaves_nothing_says_so_and_shows_the_way_out(demo: Open) -> None:
    app = demo("map?tie=projects&least=9&region=is")

    assert title(app).endswith("No project shared by two regions")
    assert "No tie between two regions is left with these filters." in words(app)
    assert "map?tie=projects" in addresses(app, "map")


def test_choosing_a_kind_of_tie_writes_the_address(demo: Open) -> None:
    app = demo("map")

    app.segmented_control(key="tie").select("visits").run()

    assert app.query_params["tie"] in ("visits", ["visits"])
    assert "visits between regions" in title(app)


def test_a_period_is_in_title_and_chips(demo: Open) -> None:
    app = demo("map?tie=visits&from=2014&to=2016")

    assert title(app).endswith(", 2014–2016")
    assert "of unknown date are left out of the period" in words(app)
    assert '<a href="map?tie=visits">2014–2016</a>' in body(app)


def test_how_ties_are_rolled_up_is_told(demo: Open) -> None:
    assert "Each body counts for the labour-market region that it lies in" in words(demo("map?tie=visits"))


def test_the_drawing_stays_small(demo: Open) -> None:
    for tie in ("adoptions", "visits", "projects"):
        assert len(drawing(demo(f"map?tie={tie}"))) < 200_000
