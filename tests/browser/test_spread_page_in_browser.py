"""The page Spread in a real browser: filters, sorting, the matrix on a phone, by keyboard."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.reader import SECONDS, Reader


def test_the_small_curves_are_drawn(reader: Reader) -> None:
    reader.opens("spread")

    wide = reader.page.locator("img.spark").evaluate_all("all => all.map(one => [one.complete, one.naturalWidth])")
    assert len(wide) > 10
    assert all(complete and pixels > 50 for complete, pixels in wide)


def test_a_number_opens_its_rows_and_back_returns_with_the_filters(reader: Reader) -> None:
    reader.opens("spread?region=de")
    reader.mark()
    cell = reader.page.get_by_role("link", name=re.compile(r"^\d+ of \d+$")).first
    came = int(cell.inner_text().split(" of ")[1])

    cell.click()
    there = reader.page.get_by_role("heading", level=1, name=re.compile("came to see it"))
    expect(there).to_be_visible(timeout=SECONDS)
    reader.settled()

    assert reader.page.locator(".table tbody tr").count() == came
    reader.page.go_back()
    back = reader.page.get_by_role("heading", level=1, name=re.compile("taken over elsewhere"))
    expect(back).to_be_visible(timeout=SECONDS)
    reader.settled()
    assert reader.state() == {"region": ["de"]}
    assert reader.same_session()


def test_the_table_is_sorted_by_the_last_taking_over(reader: Reader) -> None:
    reader.opens("spread")
    heading = reader.page.locator(".ranked thead th").filter(has_text="Last taken over")

    heading.get_by_role("button").click()
    heading.get_by_role("button").click()

    expect(reader.page.locator(".ranked tbody tr").first).to_contain_text("16 Dec 2025")


def test_the_second_view_is_chosen_and_stays_in_the_address(reader: Reader) -> None:
    reader.opens("spread")

    reader.page.get_by_text("Regions by approaches", exact=True).click()

    there = reader.page.get_by_role("heading", level=1, name=re.compile("Who stands where"))
    expect(there).to_be_visible(timeout=SECONDS)
    assert reader.state() == {"view": ["matrix"]}


@pytest.mark.parametrize("width", [1280, 390])
def test_the_headings_of_the_matrix_stay_in_sight(reader: Reader, width: int) -> None:
    reader.page.set_viewport_size({"width": width, "height": 844})
    reader.opens("spread?view=matrix")
    frame = reader.page.locator(".rungs")

    frame.evaluate("box => box.scrollTo(200, 600)")

    edges = frame.evaluate(
        """box => {
            const at = name => box.querySelector(name).getBoundingClientRect(), own = box.getBoundingClientRect();
            return [at("thead th:nth-child(2)").top - own.top, at("tbody th[scope=row]").left - own.left];
        }"""
    )
    assert all(abs(edge) < 3 for edge in edges)
    wide = reader.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 1


def test_the_day_since_which_is_new_is_typed_and_kept(reader: Reader) -> None:
    reader.opens("spread?since=2021-01-01")

    expect(reader.page.get_by_role("heading", name=re.compile("^New since 1 Jan 2021"))).to_be_visible(timeout=SECONDS)
    summary = reader.page.locator(".news summary").first
    summary.focus()
    reader.page.keyboard.press("Enter")
    expect(reader.page.locator(".news details[open]")).to_have_count(1)
