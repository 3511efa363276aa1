"""The page of a region and the list of regions in a real browser."""

from itertools import pairwise

import pytest
from playwright.sync_api import expect

from tests.browser.reader import SECONDS, Reader


def test_a_region_of_the_list_opens_its_page_in_this_session(reader: Reader) -> None:
    reader.opens("regions")
    reader.mark()

    reader.page.get_by_role("link", name="Latvia", exact=True).first.click()

    expect(reader.page.locator("h1")).to_contain_text("Latvia took over", timeout=SECONDS)
    assert reader.same_session()
    assert reader.state() == {"id": ["lv"]}


def test_a_number_of_the_list_opens_what_it_counts(reader: Reader) -> None:
    reader.opens("regions?country=SI&kind=city")

    reader.page.locator("tbody tr", has_text="Ljubljana").locator("a[href$='#gave']").click()

    place = reader.page.locator("#gave")
    expect(place).to_be_in_viewport(timeout=SECONDS)
    expect(place).to_contain_text("What it gave")
    assert reader.page.evaluate("document.activeElement.id") == "gave"  # a keyboard goes on from there


def test_the_list_is_narrowed_with_the_keyboard_and_the_address_keeps_it(reader: Reader) -> None:
    before = reader.opens("regions").inner_text()
    field = reader.page.locator(".st-key-country input")

    field.focus()
    reader.page.keyboard.type("Norw")
    reader.page.keyboard.press("Enter")

    expect(reader.page.locator("h1")).not_to_have_text(before, timeout=SECONDS)
    assert reader.title().startswith("Norway: ")
    assert reader.state() == {"country": ["NO"]}


def test_the_advice_comes_by_itself_when_it_has_been_worked_out(reader: Reader) -> None:
    reader.opens("region?id=AM24")

    expect(reader.page.get_by_text("Too little on record to tell whether")).to_be_visible(timeout=SECONDS)
    reader.settled()
    assert reader.page.get_by_text("this can take some seconds").count() == 0


def test_the_visits_behind_a_count_unfold(reader: Reader) -> None:
    reader.opens("region?id=it")
    folded = reader.page.locator("table details").first

    folded.locator("summary").focus()
    reader.page.keyboard.press("Enter")

    expect(folded.locator("li a").first).to_be_visible(timeout=SECONDS)


def test_a_circle_of_the_small_map_opens_the_region(reader: Reader) -> None:
    reader.opens("region?id=no")
    reader.mark()
    place = reader.page.locator(".st-key-own-map .map.narrow a.place").first

    place.focus()
    reader.page.keyboard.press("Enter")

    reader.page.wait_for_url(lambda url: "id=no" not in url)
    reader.settled()
    assert reader.same_session()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("address", ["regions", "region?id=it", "region?id=city-is-reykjavik", "region?id=AM24"])
def test_the_pages_of_regions_fit_the_screen(reader: Reader, address: str, width: int) -> None:
    reader.page.set_viewport_size({"width": width, "height": 844})
    reader.opens(address)

    wide = reader.page.evaluate(
        """() => [document.documentElement, document.querySelector('[data-testid="stMain"]')]
            .filter(Boolean).map(box => box.scrollWidth - box.clientWidth)"""
    )

    assert max(wide) <= 1


def test_headings_of_a_region_follow_in_order(reader: Reader) -> None:
    reader.opens("region?id=AM24")

    levels = reader.page.evaluate(
        """() => [...document.querySelectorAll('[data-testid="stMain"] :is(h1, h2, h3, h4)')].map(h => +h.tagName[1])"""
    )

    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
