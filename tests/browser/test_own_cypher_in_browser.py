"""One's own Cypher in a real browser: run by the keys, stopped while it runs, mended, and opened again as a link."""

from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, expect

from tests.browser.reader import SECONDS, Reader

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
LONG = "UNWIND range(1, 60000) AS i UNWIND range(1, 60000) AS j WITH i + j AS s RETURN max(s) AS largest"
COUNTED = (
    ":param country => 'NL';\nMATCH (r:Region {country: $country})<-[:LOCATED_IN]-(o:Organisation)\n"
    "RETURN r.name AS region, count(o) AS organisations ORDER BY organisations DESC, region LIMIT 4"
)


def desk(cypher: str = "", **state: str) -> str:
    return "questions?" + urlencode({"own": "1"} | ({"cypher": cypher} if cypher else {}) | state)


def editor(reader: Reader) -> Locator:
    return reader.page.get_by_role("textbox", name="Statement in Cypher")


def asks(reader: Reader, cypher: str) -> None:
    """Write a statement over what stands there, and run it by the keys."""
    editor(reader).click()
    reader.page.keyboard.press("Control+a")
    reader.page.keyboard.insert_text(cypher)
    reader.page.keyboard.press("Escape")
    reader.page.keyboard.press("Control+Enter")


def said(reader: Reader, words: str) -> None:
    expect(reader.page.get_by_text(words).first).to_be_visible(timeout=SECONDS)


def test_a_statement_is_run_by_the_keys_and_its_answer_is_a_link(reader: Reader) -> None:
    reader.opens(desk())

    asks(reader, COUNTED)
    said(reader, "4 rows in")
    address = f"questions?{reader.page.url.partition('?')[2]}"
    shown = reader.page.locator("table").first.inner_text()

    reader.opens(address)
    said(reader, "4 rows in")
    assert reader.page.locator("table").first.inner_text() == shown
    assert reader.state()["cypher"] == [COUNTED]


def test_a_running_statement_is_stopped_and_the_page_stays_live_meanwhile(reader: Reader) -> None:
    reader.opens(desk())
    asks(reader, LONG)
    said(reader, "Running for")

    reader.page.keyboard.type(" // still here")
    expect(editor(reader)).to_contain_text("// still here")
    reader.page.get_by_role("button", name="Stop", exact=True).click()

    said(reader, "Stopped; the engine no longer works on it.")
    expect(reader.page.get_by_role("button", name="Stop", exact=True)).to_have_count(0)
    expect(editor(reader)).to_contain_text("// still here")


def test_a_mistake_is_marked_where_it_stands_and_mended_by_a_button(reader: Reader) -> None:
    reader.opens(desk())
    asks(reader, "MATCH (region:Region)\nRETURN regoin.name AS name ORDER BY name LIMIT 3")
    said(reader, "Line 2, column 8: There is no variable `regoin`: did you mean `region`?")
    expect(reader.page.locator(".cm-lintRange-error")).to_have_text("regoin")

    reader.page.get_by_role("button", name="Write region instead").click()

    said(reader, "3 rows in")
    expect(editor(reader)).to_contain_text("RETURN region.name")
    expect(reader.page.locator(".cm-lintRange-error")).to_have_count(0)


def test_a_value_is_given_in_its_field_and_stands_in_the_editor(reader: Reader) -> None:
    reader.opens(desk("MATCH (r:Region {id: $id}) RETURN r.name AS place"))

    field = reader.page.get_by_role("textbox", name="$id", exact=True)
    field.fill("'AM24'")
    field.press("Enter")
    expect(editor(reader)).to_contain_text(":param id => 'AM24';")
    reader.page.get_by_role("button", name="Run", exact=True).click()

    said(reader, "1 row in")
    said(reader, "Zeeland")


@pytest.mark.parametrize("width", [1280, 390])
def test_the_desk_with_an_answer_fits_and_has_no_serious_finding(reader: Reader, width: int) -> None:
    reader.page.set_viewport_size({"width": width, "height": 860})
    reader.opens(desk(COUNTED, run="1"))
    said(reader, "4 rows in")
    reader.page.get_by_role("button", name="How is the answer found?").click()
    said(reader, "How the engine finds the answer")

    found = Axe().run(reader.page, options=RULES)

    grave = [item["id"] for item in found.response["violations"] if item["impact"] in ("serious", "critical")]
    assert grave == []
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= width
