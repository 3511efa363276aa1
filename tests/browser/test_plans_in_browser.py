"""The page of plans in a real browser."""

from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from explorer.views.plans import PARTS
from tests.browser.reader import SECONDS, Reader


def test_each_part_opens_by_the_keyboard_and_stays_in_the_session(reader: Reader) -> None:
    reader.opens("plans")
    reader.mark()

    for part in PARTS[1:]:
        reader.page.locator(".parts").get_by_role("link", name=part.title).focus()
        reader.page.keyboard.press("Enter")
        expect(reader.page.locator(".parts li[aria-current]")).to_contain_text(part.title, timeout=SECONDS)
        reader.settled()
        assert reader.state() == {"part": [part.code]}

    assert reader.same_session()


def test_a_gap_in_the_coverage_opens_the_rows_behind_it(reader: Reader) -> None:
    reader.opens("plans?part=coverage")
    reader.mark()

    reader.page.locator(".plan-grid a.gap").first.click()

    reader.page.wait_for_url("**/rows?query=theme_coverage*")
    expect(reader.page.locator("h1")).to_contain_text("Plans and projects on a theme, by region: 1", timeout=SECONDS)
    assert reader.same_session()


def test_a_filter_narrows_the_plans_and_is_clicked_away(reader: Reader) -> None:
    before = reader.opens("plans?part=coverage").inner_text()

    reader.page.locator(".st-key-year input").focus()
    reader.page.keyboard.type("2020")
    reader.page.keyboard.press("Enter")
    expect(reader.page.locator("h1")).to_contain_text("1 plan for 1 region, 2020", timeout=SECONDS)
    reader.settled()
    assert reader.state() == {"part": ["coverage"], "year": ["2020"]}
    reader.page.locator(".chips a", has_text="2020").click()

    expect(reader.page.locator("h1")).to_have_text(before, timeout=SECONDS)


def test_the_workbook_is_saved_and_opens(reader: Reader, tmp_path: Path) -> None:
    reader.opens("plans")

    with reader.page.expect_download() as waiting:
        reader.page.get_by_role("button", name="All tables as a workbook (xlsx)").click()
    waiting.value.save_as(tmp_path / "plans.xlsx")

    assert openpyxl.load_workbook(tmp_path / "plans.xlsx").sheetnames == [part.title for part in PARTS]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("address", [*(f"plans?part={part.code}" for part in PARTS), "plan?id=zeeland-plan-2024"])
def test_no_part_is_wider_than_the_screen_and_headings_are_in_order(reader: Reader, address: str, width: int) -> None:
    reader.page.set_viewport_size({"width": width, "height": 844})
    reader.opens(address)

    wide = reader.page.locator('[data-testid="stMain"]').evaluate("box => box.scrollWidth - box.clientWidth")
    levels = reader.page.locator("h1, h2, h3").evaluate_all("all => all.map(one => Number(one.tagName[1]))")
    assert wide <= 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
