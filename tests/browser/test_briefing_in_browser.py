"""From an approach's page to its briefing, and from there to a file, in a real browser."""

from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.briefing_forms import Pdf, Word
from tests.browser.reader import SECONDS, Reader


def test_an_approach_leads_to_its_briefing_and_that_to_a_pdf_and_a_word_file(reader: Reader, tmp_path: Path) -> None:
    reader.opens("approach?id=barnahus")
    reader.mark()
    finding = reader.title()

    reader.page.get_by_role("link", name="Briefing (to print, Word, PDF)").click()
    expect(reader.page.get_by_role("button", name="Briefing as PDF")).to_be_visible(timeout=SECONDS)

    assert reader.title() == finding
    assert reader.path() == "briefing"
    assert reader.same_session()
    file = reader.saves("Briefing as PDF", tmp_path)
    pdf = Pdf(file.read_bytes())
    assert file.name == "briefing-barnahus.pdf"
    assert 1 <= len(pdf.pages) <= 3
    assert pdf.claims_the_standard
    # As the app is reached: whoever has the file finds the page.
    assert f"{reader.app.address}/approach?id=barnahus" in pdf.words
    word = Word(reader.saves("Briefing for Word", tmp_path).read_bytes())
    assert word.file.core_properties.title == finding


def test_the_page_to_print_opens_without_the_app_and_prints_on_a4(reader: Reader, tmp_path: Path) -> None:
    reader.opens("briefing?kind=visit&id=t-v27")
    file = reader.saves("Briefing to print", tmp_path)

    reader.page.goto(file.as_uri())

    expect(reader.page.locator("h1")).to_contain_text("4 of the 6 regions that came")
    assert reader.page.evaluate("document.images.length && [...document.images].every(one => one.naturalWidth > 0)")
    printed = Pdf(reader.page.pdf(prefer_css_page_size=True, tagged=True))
    box = printed.file.pages[0].mediabox
    assert 1 <= len(printed.pages) <= 3
    assert (round(float(box.width)), round(float(box.height))) == pytest.approx((595, 842), abs=1)
    assert "Data as of" in printed.pages[0]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("asked", ["kind=approach&id=barnahus", "kind=visit&id=t-v27"])
def test_a_briefing_is_not_wider_than_the_screen_and_its_headings_are_in_order(
    reader: Reader, asked: str, width: int
) -> None:
    reader.page.set_viewport_size({"width": width, "height": 860})
    reader.opens(f"briefing?{asked}")

    assert reader.page.evaluate("document.documentElement.scrollWidth") <= width
    levels = reader.page.evaluate(
        "[...document.querySelectorAll('[data-testid=\"stMain\"] :is(h1, h2, h3)')].map(one => +one.tagName[1])"
    )
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
