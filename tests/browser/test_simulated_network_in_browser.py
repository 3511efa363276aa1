"""The simulated network in a real browser: opened once, kept by every way of going on, left by one link."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.reader import SECONDS, App, Reader

OPENING = 120_000.0  # milliseconds: a second engine starts and is filled
MARK = ".st-key-simulated"


def opened(reader: Reader) -> None:
    """Wait until a page of the simulated network is drawn to its last line."""
    expect(reader.page.locator(".source-line strong")).to_have_text(
        "This is a simulated network, not recorded facts.", timeout=OPENING
    )
    reader.settled()


def test_it_is_opened_from_the_start_page_and_nothing_of_the_records_stands_under_its_mark(reader: Reader) -> None:
    recorded = reader.opens("").inner_text()
    reader.mark()

    reader.page.get_by_role("link", name="Open the simulated network").click()
    expect(reader.page.locator(MARK)).to_be_visible(timeout=SECONDS)
    expect(reader.page.get_by_text(recorded)).to_have_count(0)
    opened(reader)

    assert reader.title() != recorded
    assert reader.state() == {"network": ["simulated"]}
    assert reader.page.title().startswith("SIMULATED")
    assert reader.same_session()
    reader.page.get_by_role("link", name="Back to what is on record").click()
    expect(reader.page.locator("h1")).to_have_text(recorded, timeout=SECONDS)
    expect(reader.page.locator(MARK)).to_have_count(0)
    assert reader.state() == {}
    assert reader.same_session()


@pytest.mark.parametrize("width", [1280, 390])
def test_the_navigation_and_every_link_stay_in_it(reader: Reader, width: int) -> None:
    reader.page.set_viewport_size({"width": width, "height": 844})
    reader.page.goto(f"{reader.app.address}/spread?network=simulated")
    opened(reader)
    reader.mark()

    reader.page.locator(".table th[scope=row] a").first.click()
    reader.page.wait_for_url("**/approach?*")
    assert reader.state()["network"] == ["simulated"]
    if width < 640:
        reader.page.get_by_test_id("stExpandSidebarButton").click()
    reader.page.get_by_role("link", name="Network", exact=True).first.click()
    reader.page.wait_for_url("**/network?*")
    opened(reader)

    expect(reader.page.locator("h1")).to_contain_text("tied by shared projects", timeout=SECONDS)
    assert reader.state() == {"network": ["simulated"]}
    assert reader.same_session()
    box = reader.page.locator(MARK).bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    reader.page.go_back()
    reader.page.wait_for_url("**/approach?*")
    opened(reader)


def test_a_search_and_a_reload_stay_in_it(reader: Reader) -> None:
    reader.page.goto(f"{reader.app.address}/?network=simulated")
    opened(reader)
    field = reader.page.locator(".st-key-search input")
    field.fill("Drenthe")
    field.press("Enter")
    reader.page.wait_for_url(lambda address: "Drenthe" in address or "/region" in address)
    opened(reader)
    before = reader.title()

    reader.page.reload()
    opened(reader)

    assert reader.title() == before
    assert reader.state()["network"] == ["simulated"]


def test_the_mark_stays_in_sight_when_the_page_is_scrolled(reader: Reader) -> None:
    reader.page.goto(f"{reader.app.address}/spread?network=simulated")
    opened(reader)

    reader.page.locator(".source-line").scroll_into_view_if_needed()

    expect(reader.page.locator(MARK)).to_be_in_viewport()


def test_two_windows_may_be_on_different_networks(reader: Reader, app: App, browser: Browser) -> None:
    recorded = reader.opens("spread").inner_text()
    context = browser.new_context()
    other = Reader(app, context.new_page())
    other.page.goto(f"{app.address}/spread?network=simulated")
    opened(other)

    reader.page.reload()

    assert reader.title() == recorded != other.title()
    assert other.complaints() == []
    context.close()
