"""The map in a real browser: clicks, the keyboard, saving the picture."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.reader import SECONDS, Reader

PNG = b"\x89PNG"


def test_a_circle_opens_its_region_in_the_same_session(reader: Reader) -> None:
    reader.opens("map")
    reader.mark()
    place = reader.page.locator(".map.wide a.place").first
    name = str(place.get_attribute("aria-label")).split(":")[0]

    place.focus()
    reader.page.keyboard.press("Enter")

    reader.page.wait_for_url("**/region?id=*")
    expect(reader.page.locator("h1")).to_contain_text(name, timeout=SECONDS)
    assert reader.same_session()


def test_a_line_opens_what_it_rests_on_and_the_selection_is_cleared(reader: Reader) -> None:
    before = reader.opens("map?tie=visits").inner_text()
    line = reader.page.locator(".map.wide a:has(.flow)").first
    assert line.get_attribute("tabindex") == "-1"

    line.dispatch_event("click")
    heading = reader.page.locator("section.card h2")
    expect(heading).to_contain_text("→", timeout=SECONDS)
    assert set(reader.state()) == {"tie", "one", "other"}
    reader.page.get_by_role("link", name="Clear the selection").click()

    expect(heading).to_have_text("Tied to most regions", timeout=SECONDS)
    assert reader.title() == before


def test_a_zoom_by_its_link_and_back(reader: Reader) -> None:
    reader.opens("map?tie=visits")
    land = reader.page.locator(".map.wide .land")
    before = land.get_attribute("d") or ""

    reader.page.locator(".near a", has_text="Italy").click()
    expect(reader.page.locator("h1")).to_contain_text("Italy:", timeout=SECONDS)
    assert reader.state() == {"tie": ["visits"], "zoom": ["it"]}
    expect(land).not_to_have_attribute("d", before, timeout=SECONDS)  # the picture follows its heading
    reader.page.locator(".near a", has_text="All").click()

    expect(reader.page.locator("h1")).not_to_contain_text("Italy:", timeout=SECONDS)
    assert reader.state() == {"tie": ["visits"]}


@pytest.mark.parametrize("kind", ["SVG", "PNG"])
def test_the_map_is_saved_as_a_picture(reader: Reader, tmp_path: Path, kind: str) -> None:
    reader.opens("map")

    with reader.page.expect_download() as waiting:
        reader.page.get_by_role("button", name=f"Map as {kind}").click()
    file = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(file)

    assert file.name == f"map.{kind.lower()}"
    data = file.read_bytes()
    if kind == "PNG":
        assert data.startswith(PNG)
        assert len(data) > 20_000
    else:
        assert b"takings-over between regions" in data
        assert data.count(b'class="flow"') == 36


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("address", ["map", "map?tie=visits&zoom=nl", "map?tie=projects&by=country"])
def test_the_map_fits_the_screen(reader: Reader, address: str, width: int) -> None:
    reader.page.set_viewport_size({"width": width, "height": 844})
    reader.opens(address)
    drawing = reader.page.locator(".map svg").filter(visible=True)

    expect(drawing).to_have_count(1)
    box = drawing.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    wide = reader.page.evaluate("document.querySelector('[data-testid=\"stMain\"]').scrollWidth")
    assert wide <= width
