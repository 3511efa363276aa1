"""The whole app in a real Chromium: started as a user starts it, watched for errors and for calls to others.

Without Chromium these tests are skipped; with EXPLORER_REQUIRE_BROWSER=1 (as
in CI) they fail. CHROMIUM names another browser than Debian's.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from tests.browser.reader import SECONDS, App, Reader
from tests.browser.serving import served

CALM = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run", "--disable-dev-shm-usage", "--disable-extensions", "--disable-default-apps",
)  # fmt: skip


def chromium() -> str:
    """Path of the browser; skips, or fails where one is required, when there is none."""
    # the same engine without a window's own pages is started five times as fast for each test
    names = [os.environ["CHROMIUM"]] if "CHROMIUM" in os.environ else ["chromium-headless-shell", "chromium"]
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None and os.environ.get("EXPLORER_REQUIRE_BROWSER"):
        pytest.fail("EXPLORER_REQUIRE_BROWSER is set, and there is no Chromium: install it, or name it in CHROMIUM.")
    if found is None:
        pytest.skip("No Chromium here: install it, or name it in CHROMIUM, to run the tests in a browser.")
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests; each has windows of its own."""
    program = chromium()
    expect.set_options(timeout=SECONDS)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=list(CALM))
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[App]:
    """The app with the demo, started by its command with a home of its own."""
    home = tmp_path_factory.mktemp("home-browser")
    with served(home, {"EXPLORER_HOME": str(home), "EXPLORER_ENGINE": "arcadedb"}) as app:
        yield app


@pytest.fixture(scope="module")
def window(app: App, browser: Browser) -> Iterator[BrowserContext]:
    """A window of 1280 pixels, the same for a file's tests: the app's scripts are fetched and compiled once."""
    opened = browser.new_context(viewport={"width": 1280, "height": 860}, accept_downloads=True)
    yield opened
    opened.close()


@pytest.fixture
def reader(app: App, window: BrowserContext, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Reader]:
    """A reader with a page of his own and nothing kept from before; afterwards nothing may be in the console."""
    one = Reader(app, window.new_page())
    yield one
    failed = getattr(request.node, "failed", False)
    if failed:
        one.page.screenshot(path=tmp_path / "page.png", full_page=True)
        print(f"screenshot: {tmp_path / 'page.png'}")
    complaints = one.complaints()
    for page in window.pages:
        page.close()
    blank = window.new_page()
    blank.goto(f"{app.address}/_stcore/health")
    blank.evaluate("localStorage.clear()")
    blank.close()
    window.clear_cookies()
    window.clear_permissions()
    if not failed:
        assert complaints == []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Note on the test whether it failed, for the screenshot."""
    report = yield
    if report.when == "call":  # type: ignore[attr-defined]
        item.failed = report.failed  # type: ignore[attr-defined]
    return report


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests of this folder carry the mark ``browser``."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")
