"""The page of meetings in a real browser: its parts, its filters, the list that goes out."""

import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.browser.reader import SECONDS, Reader


def test_the_parts_of_the_page_are_links_and_the_address_keeps_them(reader: Reader) -> None:
    reader.opens("meetings")
    reader.mark()

    reader.page.locator(".figures a", has_text="gone quiet").click()
    expect(reader.page.get_by_role("heading", name="Ask them, and bring the answers back")).to_be_visible(
        timeout=SECONDS
    )
    assert reader.state() == {"part": ["ask"]}
    reader.page.go_back()
    expect(reader.page.locator("th", has_text="What came of it")).to_be_visible(timeout=SECONDS)

    assert reader.same_session()


def test_the_list_to_ask_is_saved_as_a_workbook_with_drop_downs(reader: Reader, tmp_path: Path) -> None:
    reader.opens("meetings?part=ask")

    with reader.page.expect_download() as waiting:
        reader.page.get_by_role("button", name="List to fill in (Excel)").click()
    file = tmp_path / str(waiting.value.suggested_filename)
    waiting.value.save_as(file)

    sheet = openpyxl.load_workbook(file)["attendances"]
    assert file.name == "what-came-of-it.xlsx"
    assert sheet.max_row > 20
    assert len(sheet.data_validations.dataValidation) == sheet.max_row - 1


def test_who_will_be_there_is_chosen_with_the_keyboard(reader: Reader) -> None:
    reader.opens("meetings?part=show&host=city-is-reykjavik")
    field = reader.page.locator(".st-key-present input")

    field.focus()
    reader.page.keyboard.type("Flensb")
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_url("**present=city-de-flensburg**")
    reader.page.keyboard.press("Escape")  # the list of choices stays open for more

    expect(reader.page.get_by_role("heading", name="in use at Reykjavik")).to_be_visible(timeout=SECONDS)
    expect(reader.page.get_by_role("link", name="Barnahus").first).to_be_visible(timeout=SECONDS)


@pytest.mark.parametrize("width", [1280, 390])
def test_from_the_start_page_to_what_to_show_at_the_next_meeting_of_the_pact_in_three_steps(
    reader: Reader, width: int
) -> None:
    reader.page.set_viewport_size({"width": width, "height": 844})
    reader.opens("")
    reader.mark()

    field = reader.page.get_by_role("searchbox")
    field.fill("Pact")
    field.press("Enter")
    expect(reader.page.get_by_role("heading", level=1)).to_have_text("6 entries might be “Pact”", timeout=SECONDS)
    reader.page.get_by_role("link", name="Pact (provincial labour-market partnership)").click()
    reader.page.get_by_role("link", name="What to show at its next meeting").click()

    heading = reader.page.get_by_role("heading", name="approaches in use elsewhere that Noord-Brabant has not seen")
    expect(heading).to_be_visible(timeout=SECONDS)
    assert reader.state() == {"part": ["show"], "present": ["nl-noord-brabant"]}
    tables = reader.page.locator("table")
    expect(tables.first.locator("tbody tr")).to_have_count(10)
    assert not tables.nth(1).evaluate("(own) => own.checkVisibility({contentVisibilityAuto: true})")
    reader.page.locator("summary", has_text=re.compile(r"^\d+ more$")).click()
    assert tables.nth(1).evaluate("(own) => own.checkVisibility({contentVisibilityAuto: true})")
    assert tables.first.evaluate("(own) => own.scrollWidth <= own.parentElement.clientWidth")
    assert reader.same_session()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("address", ["meetings", "meetings?part=ask", "meetings?part=show&present=no&present=ie"])
def test_no_part_is_wider_than_the_screen(reader: Reader, address: str, width: int) -> None:
    reader.page.set_viewport_size({"width": width, "height": 844})
    reader.opens(address)

    wide = reader.page.evaluate(
        """() => [document.documentElement, document.querySelector('[data-testid="stMain"]')]
            .filter(Boolean).map(box => box.scrollWidth - box.clientWidth)"""
    )
    assert max(wide) <= 1
