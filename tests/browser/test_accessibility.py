"""No page has a serious finding of axe-core (WCAG 2.1, levels A and AA), at a screen's and at a phone's width."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from explorer import links
from explorer.pages import PAGES
from tests.browser.reader import Reader

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
GRAVE = ("serious", "critical")

# One of each kind that the demo holds; pages without state stand by their address alone.
EXAMPLES = {
    links.OVERVIEW: "",  # the first page stands at the root
    "organisation": "organisation?id=pact",
    "region": "region?id=AM24",
    "project": "project?id=zee-harde-leerschool-2024",
    "approach": "approach?id=barnahus",
    "visit": "visit?id=t-v19",
    "plan": "plan?id=zeeland-plan-2024",
    "theme": "theme?id=banenafspraak",
    "source": "source?id=src-pact-2019",
    links.ROWS: links.rows("sources"),
    links.SEARCH: "search?q=zee",
}


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("page", [entry.address for entry in PAGES])
def test_a_page_has_no_serious_finding(reader: Reader, page: str, width: int) -> None:
    reader.page.set_viewport_size({"width": width, "height": 860})
    reader.opens(EXAMPLES.get(page, page))

    found = Axe().run(reader.page, options=RULES)

    grave = [item for item in found.response["violations"] if item["impact"] in GRAVE]
    told = [(item["id"], item["help"], [node["html"][:200] for node in item["nodes"][:5]]) for item in grave]
    assert told == []
