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
    links.BRIEFING: "briefing?kind=approach&id=barnahus",
    links.ROWS: links.rows("sources"),
    links.SEARCH: "search?q=zee",
}

# Other ways to look at the same pages.
VIEWS = (
    "spread?view=matrix",
    "spread?view=rows&of=taken",
    "map?tie=projects&by=country",
    "approach?id=barnahus&region=city-no-bergen&year=2016",
    "meetings?part=ask",
    "meetings?part=show",
    "plans?part=coverage",
    "plans?part=activities",
    "questions?q=visits",
    "questions?query=most_connected",
    "questions?query=shared_projects&organisation=pact",
    "questions?own=1",
    "data?since=2000-01-01",
)


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("page", [entry.address for entry in PAGES])
def test_a_page_has_no_serious_finding(reader: Reader, page: str, width: int) -> None:
    assert grave_findings(reader, EXAMPLES.get(page, page), width) == []


@pytest.mark.parametrize("view", VIEWS)
def test_another_view_of_a_page_has_no_serious_finding(reader: Reader, view: str) -> None:
    assert grave_findings(reader, view, 1280) == []


def grave_findings(reader: Reader, address: str, width: int) -> list[tuple[str, str, list[str]]]:
    """What axe-core finds serious or critical on a page: rule, help, the first places."""
    reader.page.set_viewport_size({"width": width, "height": 860})
    reader.opens(address)

    found = Axe().run(reader.page, options=RULES)

    grave = [item for item in found.response["violations"] if item["impact"] in GRAVE]
    return [(item["id"], item["help"], [node["html"][:200] for node in item["nodes"][:5]]) for item in grave]
