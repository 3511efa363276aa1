"""Briefings on approaches, regions and visits: the same words and numbers as their pages, one to three pages long."""

from collections.abc import Callable
from typing import Any

import pytest
import streamlit as st
from page_words import addresses, body, title, words
from streamlit.testing.v1 import AppTest
from visiting import Open

from explorer import links
from explorer.data import briefing, graph, meetings, regions
from explorer.pictures.briefing.document import Document, Items, Paragraph, Run, line
from explorer.views import briefing_parts
from tests.briefing_forms import Html, Pdf, Word, squeezed

MARK = "SIMULATED network: nothing here is a fact."
APP = "https://example.org/app/briefing"
CHEMNITZ = "t-v27"
LONGEST = [
    ("approach", "barnahus"),
    ("approach", "practice-beepathnet"),
    ("approach", "tzcld"),
    ("region", "it"),
    ("region", "de"),
    ("region", "city-it-turin"),
    ("region", "AM24"),
    ("visit", "urbact-the-playful-paradigm-3"),
    ("visit", CHEMNITZ),
    ("visit", "pact-miniconf-2018"),
]
MADE_UP = [("approach", "approach-045"), ("region", "nl-gelderland"), ("region", "AM10"), ("visit", "visit-218")]

Saved = dict[str, Callable[[], bytes]]


pytestmark = pytest.mark.usefixtures("simulated_engine", "on_record")


@pytest.fixture
def saved(monkeypatch: pytest.MonkeyPatch) -> Saved:
    """What the buttons of a page would save, by the file's name."""
    found: Saved = {}

    def button(_label: str, content: Any, file: str, *_any: Any, **_more: Any) -> None:
        found[file] = content

    monkeypatch.setattr(st, "download_button", button)
    monkeypatch.setattr(briefing_parts, "here", lambda: APP)
    return found


def drawn(demo: Open, kind: str, node: str, network: str = "") -> AppTest:
    """The briefing; on a region once it is known whom to visit next."""
    address = f"briefing?kind={kind}&id={node}" + (f"&network={network}" if network else "")
    app = demo(address)
    if kind == "region":
        graph.choose(network)
        regions.next_visits(node).answer()
        app = demo(address)
    return app


@pytest.mark.parametrize(("kind", "node"), LONGEST)
def test_a_briefing_is_one_to_three_accessible_pages_in_each_form(
    demo: Open, saved: Saved, kind: str, node: str
) -> None:
    app = drawn(demo, kind, node)

    pdf = Pdf(saved[f"briefing-{node}.pdf"]())
    word = Word(saved[f"briefing-{node}.docx"]())
    html = Html(saved[f"briefing-{node}.html"]())

    assert 1 <= len(pdf.pages) <= 3
    assert pdf.claims_the_standard
    assert pdf.root["/Lang"] == "en"
    assert pdf.file.metadata is not None
    assert pdf.file.metadata.title == word.file.core_properties.title == title(app)
    assert pdf.levels == word.levels == html.levels
    assert all(after <= before + 1 for before, after in zip(pdf.levels, pdf.levels[1:], strict=False))
    assert word.header_rows == [True] * len(word.file.tables)
    assert pdf.tags.count("/Table") == len(word.file.tables) == len(html.all("table"))
    assert word.alts == pdf.alts == [own["alt"] for _tag, own in html.all("img")]
    assert "Data as of 31 Jan 2024, loaded" in pdf.pages[-1]
    assert squeezed("What stalled, and whom to ask" if kind == "region" else "Sources") in squeezed(pdf.words)
    assert not any(name.startswith("simulated-") for name in saved)
    assert "SIMULATED" not in pdf.words


def test_the_forms_say_the_same_and_the_page_shows_it_before(demo: Open, saved: Saved) -> None:
    app = drawn(demo, "approach", "barnahus")
    shown = squeezed(words(app))

    pdf, word = Pdf(saved["briefing-barnahus.pdf"]()), Word(saved["briefing-barnahus.docx"]())
    html = Html(saved["briefing-barnahus.html"]())
    texts = [squeezed(form) for form in (pdf.words, word.words, html.words)]

    for said in (
        "2 of these 7 took it over after coming",
        "The others that came:",
        "Visit of a Norwegian committee",
        "Nobody is known from whom it could have been learnt.",
        "What stalled, and whom to ask",
        "From whom 3 regions learnt it is not on record.",
        "Barnahús opnar í Svíþjóð",
        "and 10 more",
    ):
        assert squeezed(said) in shown
        assert all(squeezed(said) in text for text in texts), said


def test_a_briefing_on_an_approach_has_the_words_and_numbers_of_its_page(demo: Open) -> None:
    page, told = demo("approach?id=barnahus"), drawn(demo, "approach", "barnahus")

    assert title(told) == title(page)
    for said in (
        "Shown at 11 visits (1 of them as a case presented)",
        "7 regions came to see it",
        "4 of these 7 considered it, adapted it or took it over",
        "11 regions have taken it over by now.",
        "Of 2 of the 11 only the year is known.",
        "2 visits cannot explain a taking-over",
        "7 more regions took it over; nobody of their own is on record as having come.",
    ):
        assert said in words(page).replace(" )", ")").replace(") .", ")."), said
        assert said in words(told), said


def test_a_briefing_on_a_region_has_the_words_and_numbers_of_its_page(demo: Open) -> None:
    told = drawn(demo, "region", "lv")
    page = demo("region?id=lv")

    assert title(told) == title(page)
    for said in (
        "What it took over from elsewhere: 2",
        "Whom it visits, and who visits it: 14 visits to others and 2 visits with guests from elsewhere",
        "Counted are the region itself and the 5 regions that lie in it.",
        "Too little on record to tell whether recommendations would have been right.",
    ):
        assert said in words(told), said
        assert said in words(page), said
    assert "So no region is named here." in words(told)


def test_a_briefing_on_a_visit_has_the_words_of_its_page_region_by_region(demo: Open) -> None:
    page, told = demo(f"visit?id={CHEMNITZ}"), drawn(demo, "visit", CHEMNITZ)

    assert title(told).endswith(": 4 of the 6 regions that came took it over after that, as far as dates can tell")
    assert "Of the 6 regions that came and could take it over, took it over: 4; decided against it: 2." in words(told)
    assert "Took it over: 4 of 6 regions" in words(told)
    held = meetings.meeting(CHEMNITZ)
    assert held is not None
    for item in held.came_of:
        assert item.region in words(told)
    for said in ("took it over about 3 years after (Jul 2021)", "judged not to fit the local context"):
        assert said in words(page)
        assert words(told).count(said) >= 2


def test_each_region_that_came_counts_once_by_the_furthest_it_went(demo: Open) -> None:
    demo("overview")

    for held in meetings.meetings():
        came = briefing.turnout(held)
        assert came.of == len({item.region_id for item in held.came_of})
        assert came.took == len({item.region_id for item in held.came_of if item.outcome in meetings.TOOK})
        assert came.silent >= 0


def test_of_a_visit_those_are_to_be_asked_that_came_also_where_they_came_again_later(demo: Open) -> None:
    demo("overview")
    waiting = meetings.waiting(meetings.Filters())
    again = [
        (item, held)
        for item in waiting
        for held in meetings.meetings()
        if held.id != item.meeting.id
        and any((one.region_id, one.approach_id) == (item.region_id, item.approach_id) for one in held.came_of)
    ]

    assert again
    assert all(item in briefing.to_ask(briefing.VISIT, held.id) for item, held in again if item.said != "none")


def test_an_address_that_is_none_is_told_and_leads_nowhere() -> None:
    row = {"id": "s", "name": "Report", "publisher": None, "published": None, "url": "javascript:alert(1)"}

    _heading, listed = briefing_parts.sources([row], 5, "approach?id=x")

    assert isinstance(listed, Items)
    assert listed.lines[0][-1] == Run("javascript:alert(1)")


def test_where_a_record_is_silent_the_briefing_says_so(demo: Open) -> None:
    about_nothing = drawn(demo, "visit", "pact-miniconf-2018")
    undated = drawn(demo, "visit", "urbact-tech-revolution-1")

    assert title(about_nothing).endswith(": not about an approach that others could take over")
    assert "When it was is not on record." in words(undated)


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "?kind=approach",
        "?kind=approach&id=nobody",
        "?kind=region&id=barnahus",
        "?kind=plan&id=zeeland-plan-2024",
        "?kind=%3Cscript%3E&id=%3Cscript%3Ealert(1)%3C/script%3E",
        "?id=barnahus",
    ],
)
def test_a_briefing_that_is_not_there_is_told_and_leads_on(demo: Open, asked: str) -> None:
    app = demo("briefing" + asked)

    assert title(app) == "No such briefing"
    assert "Open one from the page of what it is to be about" in words(app)
    assert "<script>alert" not in body(app)


@pytest.mark.parametrize(("kind", "node"), [("approach", "barnahus"), ("region", "lv"), ("visit", CHEMNITZ)])
def test_each_page_leads_to_its_briefing_and_that_one_back(demo: Open, kind: str, node: str) -> None:
    assert addresses(demo(f"{kind}?id={node}"), "briefing") == [f"briefing?kind={kind}&id={node}"]
    assert f"{kind}?id={node}" in addresses(drawn(demo, kind, node), kind)


def test_no_other_profile_leads_to_a_briefing(demo: Open) -> None:
    assert addresses(demo("organisation?id=municipality-it-turin"), "briefing") == []


@pytest.mark.parametrize(("kind", "node"), MADE_UP)
def test_a_briefing_of_the_simulated_network_says_so_on_each_page_and_in_its_name(
    demo: Open, saved: Saved, kind: str, node: str
) -> None:
    app = drawn(demo, kind, node, links.SIMULATED)

    pdf = Pdf(saved[f"simulated-briefing-{node}.pdf"]())
    word = Word(saved[f"simulated-briefing-{node}.docx"]())
    html = Html(saved[f"simulated-briefing-{node}.html"]())

    assert 1 <= len(pdf.pages) <= 3
    assert all(MARK in page for page in pdf.pages)
    assert word.head == word.file.paragraphs[0].text == MARK
    assert html.words.index(MARK) < html.words.index("Key figures")
    assert all("network=simulated" in address for address in addresses(app) if not address.startswith("./"))
    linked = [own["href"] for _tag, own in html.all("a") if own["href"].startswith("https://example.org")]
    assert linked
    assert all("network=simulated" in address for address in linked)


def test_a_long_table_is_cut_and_says_how_much_and_where_the_rest_is(demo: Open, saved: Saved) -> None:
    drawn(demo, "region", "AM10", links.SIMULATED)

    text = squeezed(Pdf(saved["simulated-briefing-AM10.pdf"]()).words)

    assert squeezed("20 cases to ask about.") in text
    assert squeezed("and 12 more: https://example.org/app/meetings?part=ask&network=simulated") in text


def test_what_is_saved_later_speaks_of_the_network_of_its_page(demo: Open, saved: Saved) -> None:
    drawn(demo, "approach", "approach-045", links.SIMULATED)
    links.choose_network(links.RECORDED)

    assert MARK in Pdf(saved["simulated-briefing-approach-045.pdf"]()).words


def test_a_briefing_is_written_only_when_it_is_asked_for(demo: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    from explorer.pictures.briefing import as_pdf

    def never(*_any: Any) -> bytes:
        raise AssertionError("nobody asked for it")

    monkeypatch.setattr(as_pdf, "as_pdf", never)

    assert title(drawn(demo, "approach", "barnahus")).startswith("Barnahus")


def test_a_briefing_on_a_region_waits_for_whom_to_visit_next_and_has_one_heading_meanwhile(
    demo: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Never:
        failed = False

        def ready(self, _patience: float = 0.0) -> bool:
            return False

    monkeypatch.setattr(regions, "next_visits", lambda _node: Never())

    app = demo("briefing?kind=region&id=lv")

    assert title(app) == "Latvia"
    assert "Whom to visit next is being worked out" in words(app)


@pytest.mark.parametrize(("fit", "taken"), [(100, 16), (16, 16), (15, 12), (9, 9), (6, 5), (2, 2), (1, 1), (0, 1)])
def test_a_briefing_has_the_longest_tables_that_fit_its_pages(fit: int, taken: int) -> None:
    def made(most: int) -> Document:
        lines = 1 if most <= fit else 400
        return Document("", str(most), "", (Paragraph(line("words")),) * lines, "", "en")

    assert briefing_parts.fitted(made).title == str(taken)
