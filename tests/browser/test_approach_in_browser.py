"""The page of one approach in a real browser: pictures that follow the year and the region, and what can be saved."""

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import expect

from tests.browser.reader import SECONDS, Reader

BARNAHUS = "approach?id=barnahus"


def test_a_region_is_chosen_by_the_keyboard_in_the_tree_and_ringed_in_both_pictures(reader: Reader) -> None:
    reader.opens(BARNAHUS)
    reader.mark()
    place = reader.page.locator(".tree.wide a.place[aria-label^='Bergen']")
    place.scroll_into_view_if_needed()
    before = reader.page.evaluate("document.querySelector('[data-testid=\"stMain\"]').scrollTop")

    place.focus()
    reader.page.keyboard.press("Enter")

    expect(reader.page.locator(".map.wide .chosen")).to_have_count(1, timeout=SECONDS)
    expect(reader.page.get_by_label("The region chosen")).to_contain_text("Bergen", timeout=SECONDS)
    assert reader.state() == {"id": ["barnahus"], "region": ["city-no-bergen"]}
    assert reader.same_session()
    after = reader.page.evaluate("document.querySelector('[data-testid=\"stMain\"]').scrollTop")
    assert abs(after - before) < 400  # the reader stays at the pictures

    reader.page.get_by_role("link", name="Let it go").click()
    expect(reader.page.locator(".map.wide .chosen")).to_have_count(0, timeout=SECONDS)
    assert reader.state() == {"id": ["barnahus"]}


def test_an_arrow_key_moves_the_year_of_both_pictures(reader: Reader) -> None:
    reader.opens(BARNAHUS + "&year=2017")
    later = reader.page.locator(".tree.wide a.later")
    before = later.count()

    reader.page.get_by_role("slider").focus()
    reader.page.keyboard.press("ArrowLeft")

    expect(reader.page.get_by_role("status").filter(has_text="By the end of 2016")).to_be_visible(timeout=SECONDS)
    expect(later).not_to_have_count(before, timeout=SECONDS)
    assert reader.state()["year"] == ["2016"]
    reader.page.reload()
    reader.settled()
    expect(reader.page.get_by_role("status").filter(has_text="By the end of 2016")).to_be_visible(timeout=SECONDS)


def test_the_years_play_by_themselves_until_they_are_stopped(reader: Reader) -> None:
    reader.opens(BARNAHUS)

    reader.page.get_by_role("button", name="Play the years").click()
    expect(reader.page.get_by_role("status").filter(has_text="By the end of 2000")).to_be_visible(timeout=SECONDS)
    reader.page.get_by_role("button", name="Pause").click()

    expect(reader.page.get_by_role("button", name="Play the years")).to_be_visible(timeout=SECONDS)
    assert 2000 <= int(reader.state()["year"][0]) < 2024


def test_who_wants_no_motion_is_not_offered_any(reader: Reader) -> None:
    reader.page.emulate_media(reduced_motion="reduce")
    reader.opens(BARNAHUS)

    expect(reader.page.get_by_role("slider")).to_be_visible(timeout=SECONDS)
    expect(reader.page.get_by_role("button", name="Play the years")).to_be_hidden()


@pytest.mark.parametrize("width", [1280, 390])
def test_map_and_tree_stand_side_by_side_on_a_laptop_and_beneath_one_another_on_a_phone(
    reader: Reader, width: int
) -> None:
    reader.page.set_viewport_size({"width": width, "height": 844})
    reader.opens(BARNAHUS)
    size = "wide" if width > 640 else "narrow"
    expect(reader.page.locator(f".tree.{size}")).to_be_visible(timeout=SECONDS)

    map_, tree = (reader.page.locator(f".{kind}.{size}").bounding_box() for kind in ("map", "tree"))

    assert map_ is not None
    assert tree is not None
    if width > 640:
        assert map_["x"] + map_["width"] <= tree["x"]
        assert abs(map_["y"] - tree["y"]) < 30
    else:
        assert map_["y"] + map_["height"] <= tree["y"]
        assert tree["x"] + tree["width"] <= width


def test_pictures_are_saved_as_they_are_seen(reader: Reader, tmp_path: Path) -> None:
    reader.opens(BARNAHUS + "&year=2016")

    drawing = ElementTree.parse(reader.saves("Tree as SVG", tmp_path)).getroot()
    assert drawing.tag == "{http://www.w3.org/2000/svg}svg"
    told = "".join(drawing.itertext())
    assert "Bergen" in told
    assert "data as of" in told  # where it comes from goes with it
    links = [node.attrib["href"] for node in drawing.iter("{http://www.w3.org/2000/svg}a")]
    assert links
    assert all(address.startswith("http") for address in links)
    assert "Consistent, from above" in "".join(told)  # what the lines mean goes with it, too
    for name in ("Map as PNG", "Tree as PNG", "Curve as PNG", "Funnel as PNG"):
        content = reader.saves(name, tmp_path).read_bytes()
        assert content.startswith(b"\x89PNG")
        assert len(content) > 10_000  # not an empty sheet


def test_the_regions_and_the_tree_are_saved_as_files(reader: Reader, tmp_path: Path) -> None:
    reader.opens(BARNAHUS)

    rows = list(csv.DictReader(io.StringIO(reader.saves("Regions as CSV", tmp_path).read_text("utf-8-sig"))))
    tree = json.loads(reader.saves("Tree as JSON", tmp_path).read_text("utf-8"))
    newick = reader.saves("Tree as Newick", tmp_path).read_text("utf-8")

    assert {row["region_id"] for row in rows} >= {line["to"] for line in tree["learnt"]}
    assert newick.endswith(";\n")
    assert newick.count("'Bergen'") == 1
