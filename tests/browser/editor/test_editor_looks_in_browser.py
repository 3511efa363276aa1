"""How the editor looks and is read aloud."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.editor.at_the_editor import (
    STATEMENT,
    field,
    runs,
    saves,
    types,
    written,
)
from tests.browser.reader import Reader

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}


@pytest.mark.parametrize("width", [1280, 390])
def test_the_editor_has_no_serious_finding_in_any_of_its_states(reader: Reader, width: int) -> None:
    reader.page.set_viewport_size({"width": width, "height": 900})
    field(reader, "?parameters=yes")
    assert findings(reader) == []
    runs(reader, EVERY_COLOUR)
    saves(reader, "First")
    reader.page.get_by_text("Last runs (1)").click()
    reader.page.get_by_role("button", name="Rename First").click()
    assert findings(reader) == []
    written(reader).click()
    reader.page.keyboard.press("Control+F")
    expect(reader.page.get_by_role("textbox", name="Find")).to_be_visible()
    assert findings(reader) == []
    reader.page.keyboard.press("Escape")
    reader.page.keyboard.press("Control+End")
    reader.page.keyboard.type("\nMATCH (r:")
    expect(reader.page.get_by_role("option").first).to_be_visible()
    assert findings(reader) == []


EVERY_COLOUR = """:param since => 2019;
// a remark
MATCH (r:Region)-[t:TOOK_UP]->(s:Adoption {stage: 'full'})
WHERE s.on_from >= date($since) AND wrong
RETURN r.name AS name, s.on AS on, 12 AS twelve ORDER BY on"""


def findings(reader: Reader) -> list[tuple[str, list[str]]]:
    """What axe-core finds serious or critical within the editor."""
    found = Axe().run(reader.page, context=".cypher-desk", options=RULES).response["violations"]
    grave = [item for item in found if item["impact"] in ("serious", "critical")]
    return [(item["id"], [node["html"][:200] for node in item["nodes"][:5]]) for item in grave]


def test_every_kind_of_word_has_a_colour_of_its_own(reader: Reader) -> None:
    statement = field(reader)
    runs(reader, EVERY_COLOUR)

    of = {
        kind: statement.locator(f".cypher-is-{kind}").all_inner_texts()
        for kind in ("command", "comment", "keyword", "label", "type", "property", "parameter", "string", "number")
    }

    assert of["command"] == [":param"]
    assert of["comment"] == ["// a remark"]
    assert of["keyword"] == ["MATCH", "WHERE", "AND", "RETURN", "AS", "AS", "AS", "ORDER", "BY"]
    assert of["label"] == ["Region", "Adoption"]
    assert of["type"] == ["TOOK_UP"]
    assert of["property"] == ["stage", "on_from", "name", "on"]
    assert of["parameter"] == ["$since"]
    assert of["string"] == ["'full'"]
    assert of["number"] == ["2019", "12"]


def test_a_phone_shows_the_editor_without_scrolling_sideways(reader: Reader) -> None:
    reader.page.set_viewport_size({"width": 390, "height": 860})
    field(reader, "?parameters=yes")

    runs(reader, "RETURN 'a very long text that goes on and on and on and never wants to stop' AS wrong, 1 AS one")
    saves(reader, "A name that is rather long for a telephone, longer than its screen is wide")

    wide = reader.page.evaluate(
        "[...document.querySelectorAll('.cypher-desk, .cypher-desk *')]"
        ".filter(one => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('code')).length"
    )
    assert wide == 0


def test_all_that_the_editor_says_comes_from_the_server(reader: Reader) -> None:
    field(reader, "?marked=yes&parameters=yes", f"¤{STATEMENT}").click()
    texts = spoken(reader)
    reader.page.get_by_role("button", name="¤Save", exact=True).click()
    reader.page.keyboard.press("Escape")
    reader.page.get_by_role("textbox", name=f"¤{STATEMENT}").click()
    types(reader, "RETURN wrong AS word")
    reader.page.keyboard.press("Control+Enter")
    expect(reader.page.get_by_text("sent 1,")).to_be_visible()
    reader.page.get_by_role("textbox", name="¤Name to save it under").fill("Name")
    reader.page.get_by_role("button", name="¤Save", exact=True).click()
    reader.page.get_by_role("textbox", name=f"¤{STATEMENT}").click()
    reader.page.keyboard.press("Control+F")
    expect(reader.page.get_by_role("textbox", name="¤Find")).to_be_visible()
    texts |= spoken(reader)

    assert {text for text in texts if "¤" not in text} == set()


def spoken(reader: Reader) -> set[str]:
    """Texts, labels and hints within the editor, other than what is written in it, dates and line numbers."""
    return set(
        reader.page.evaluate(
            """() => {
              const desk = document.querySelector('.cypher-desk');
              const found = [...desk.querySelectorAll('[aria-label], [placeholder], [title]')].flatMap(
                one => ['aria-label', 'placeholder', 'title'].map(name => one.getAttribute(name)).filter(Boolean));
              const walker = document.createTreeWalker(desk, NodeFilter.SHOW_TEXT);
              const written = '.cm-content, .cm-gutters, code, .cypher-when, .cypher-load b';
              while (walker.nextNode()) {
                const { parentElement, textContent } = walker.currentNode;
                if (!parentElement.closest(written) && /\\p{L}/u.test(textContent)) found.push(textContent.trim());
              }
              return found;
            }"""
        )
    )
