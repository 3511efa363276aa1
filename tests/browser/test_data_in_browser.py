"""The page Data in a real browser: from the list of runs to what changed, and an upload from secret to undo."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from explorer.data.door import SECRET
from tests.browser.reader import App, Reader
from tests.browser.serving import served
from tests.browser.test_accessibility import GRAVE, RULES

KNOWN = "a mill by the sea"
WRONG = "id,name,on,kind\nspring,Spring visit,12-03-2024,work visti\n"
RIGHT = "id,name,on,kind\nspring,Spring visit,2024-03-15,work visit\n"


@pytest.fixture(scope="module")
def open_to_stewards(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[App]:
    """The app with the demo, and with a secret for stewards."""
    home = tmp_path_factory.mktemp("home-stewards")
    with served(home, {"EXPLORER_HOME": str(home), "EXPLORER_ENGINE": "arcadedb", SECRET: KNOWN}) as app:
        yield app


@pytest.fixture
def steward(open_to_stewards: App, browser: Browser) -> Iterator[Reader]:
    """A window of somebody who has given the secret; afterwards nothing may be in the console."""
    context = browser.new_context(viewport={"width": 1280, "height": 860}, accept_downloads=True)
    one = Reader(open_to_stewards, context.new_page())
    one.opens("data")
    one.page.get_by_role("link", name="For data stewards: upload a workbook").click()
    one.page.get_by_label("Secret", exact=True).fill(KNOWN)
    one.page.get_by_role("button", name="Go on").click()
    expect(one.page.get_by_role("button", name="Check, without loading")).to_be_visible()
    one.settled()
    yield one
    context.close()
    assert one.complaints() == []


def chooses(page: Page, text: str, data_set: str) -> None:
    """Choose a file, name the data set, and have it checked."""
    page.locator("input[type=file]").set_input_files(
        {"name": "visits.csv", "mimeType": "text/csv", "buffer": text.encode()}
    )
    expect(page.get_by_test_id("stFileChipName")).to_have_text("visits.csv")
    expect(page.get_by_test_id("stFileChipIconSpinner")).to_have_count(0)
    page.get_by_label("Name of the data set").fill(data_set)
    page.get_by_role("button", name="Check, without loading").click()


def test_a_run_leads_to_what_it_changed_and_back(reader: Reader) -> None:
    reader.opens("data")

    reader.page.locator("table", has_text="When, and what changed").locator("tbody a").first.click()
    expect(reader.page.get_by_role("heading", level=1, name="Changed on")).to_be_visible()
    assert list(reader.state()) == ["run"]
    reader.page.get_by_role("paragraph").get_by_role("link", name="Data", exact=True).click()

    expect(reader.page.get_by_role("heading", level=1, name="in the graph; last refreshed on")).to_be_visible()


def test_what_is_new_can_be_saved_as_a_workbook(reader: Reader) -> None:
    reader.opens("data?since=2000-01-01")

    with reader.page.expect_download() as saved:
        reader.page.get_by_role("button", name="As a workbook").click()

    assert saved.value.suggested_filename == "what-is-new.xlsx"
    assert Path(saved.value.path()).read_bytes()[:2] == b"PK"


def test_the_way_to_the_page_fits_into_the_head_of_a_laptop(reader: Reader) -> None:
    reader.opens("data")

    last = reader.page.get_by_role("link", name="Data", exact=True).first.bounding_box()
    search = reader.page.get_by_label("Search").first.bounding_box()

    assert last
    assert search
    assert last["x"] + last["width"] < search["x"]


def test_faulty_tables_are_not_loaded_and_come_back_marked(steward: Reader) -> None:
    page = steward.page
    chooses(page, WRONG, "spring")

    expect(page.get_by_text("2 faults, to be mended first")).to_be_visible()
    expect(page.get_by_text("Write 2024-03-12")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Load it"))).to_have_count(0)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save the workbook with all of this marked").click()

    assert saved.value.suggested_filename == "marked.xlsx"


def test_tables_are_planned_loaded_and_taken_back(steward: Reader) -> None:
    page = steward.page
    chooses(page, RIGHT, "spring")

    expect(page.get_by_text("What a load would change")).to_be_visible()
    page.get_by_role("button", name="Load it as spring").click()
    expect(page.get_by_text("Loaded as spring: 2 changes.")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("heading", level=1, name="2 data sets in the graph")).to_be_visible()
    page.get_by_role("button", name="Take it back").click()

    expect(page.get_by_text("Taken back: spring is no longer there, as before the load.")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("heading", level=1, name="1 data set in the graph")).to_be_visible()
    assert KNOWN not in page.url
    assert KNOWN not in page.content()


def test_the_part_for_stewards_has_no_serious_finding(steward: Reader) -> None:
    found = Axe().run(steward.page, options=RULES)

    assert [item["id"] for item in found.response["violations"] if item["impact"] in GRAVE] == []


def test_the_secret_is_in_no_log(open_to_stewards: App, steward: Reader) -> None:
    assert KNOWN not in (open_to_stewards.home / "app.log").read_text()
