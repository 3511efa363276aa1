"""A reader of the app: a window that is watched."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import ConsoleMessage, Locator, Page, Request, Response, expect

SECONDS = 30_000.0  # milliseconds that a page may take on a busy machine


@dataclass(frozen=True)
class App:
    """The app under test: its address and its home."""

    address: str
    home: Path


class Reader:
    """Opens pages, and notes errors in the console and calls to other hosts."""

    def __init__(self, app: App, page: Page) -> None:
        self.app = app
        self.page = page
        self._seen: list[str] = []
        page.set_default_timeout(SECONDS)
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self._seen.append(f"error: {error}"))
        page.on("request", self._asked)
        page.on("response", self._answered)

    def complaints(self) -> list[str]:
        """What went wrong so far, in the console and on the wire."""
        return self._seen

    def opens(self, address: str) -> Locator:
        """Open a page by its address, as a bookmark does; returns its heading once it is drawn."""
        self.page.goto(f"{self.app.address}/{address}")
        return self.settled()

    def settled(self) -> Locator:
        """Wait until the page is drawn; returns its heading."""
        self.page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
        heading = self.page.locator("h1")
        expect(heading).to_have_count(1, timeout=SECONDS)
        expect(heading).to_be_visible(timeout=SECONDS)
        return heading

    def title(self) -> str:
        """The words of the heading."""
        return self.settled().inner_text()

    def path(self) -> str:
        """Name of the page in the address."""
        return urlsplit(self.page.url).path.strip("/")

    def state(self) -> dict[str, list[str]]:
        """The state in the address."""
        return parse_qs(urlsplit(self.page.url).query)

    def mark(self) -> None:
        """Leave a mark that a full reload would wipe out."""
        self.page.evaluate("window.sameSession = true")

    def same_session(self) -> bool:
        """Whether the page was never loaded anew since `mark`."""
        return bool(self.page.evaluate("window.sameSession === true"))

    def saves(self, button: str, folder: Path) -> Path:
        """Press a button that saves a file, and the file in a folder."""
        with self.page.expect_download() as waiting:
            self.page.get_by_role("button", name=button, exact=True).click()
        file = folder / str(waiting.value.suggested_filename)
        waiting.value.save_as(file)
        return file

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._seen.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob", "file") and parts.netloc != urlsplit(self.app.address).netloc:
            self._seen.append(f"called: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self._seen.append(f"answer {response.status}: {response.url}")
