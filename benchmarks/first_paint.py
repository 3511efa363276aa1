"""Seconds until a page shows its content, beside an empty Streamlit page in the same run.

Run with: python -m benchmarks.first_paint [--rounds 7]. Needs a Chromium. Each round opens every page in a fresh
browser context, in turn,
so that a busy machine slows all of them alike; quote the ratios.
"""

import argparse
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
REST = 0.7  # seconds, so that what one page leaves to be done is no burden to the next
EMPTY = "import streamlit as st\nst.title('Empty')\n"
BROWSER_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-sync"]

# Page, what tells that its content is there, the goal as a multiple of the empty page.
PAGES = (
    ("overview", "", ".cards .card a", 1.3),
    ("network", "network", ".st-key-picture canvas", 2.0),
    ("spread", "spread", ".table tbody tr", 1.3),
    ("approach", "approach?id=barnahus", ".map svg a", 1.3),
    ("profile", "organisation?id=municipality-it-turin", ".table tbody tr", 1.3),
)


def main() -> None:
    """Measure, and print one line per page."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=7)
    rounds = options.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=BROWSER_FLAGS)
        empty = Path(folder) / "empty.py"
        empty.write_text(EMPTY, encoding="utf-8")
        with _served([sys.executable, "-m", "streamlit", "run", str(empty)], folder) as nothing:
            with _opened(browser, folder, "first start, the demo is loaded") as explorer:
                _print(_measured(browser, nothing, explorer, rounds))
            with _opened(browser, folder, "second start (goal: 6 s on a quiet machine)"):
                pass
        browser.close()


@contextmanager
def _opened(browser: Browser, folder: str, which: str) -> Iterator[str]:
    """The app, started by its command; prints the seconds until its first page shows its content."""
    began = time.perf_counter()
    with _served([sys.executable, "-m", "explorer.command"], folder) as explorer:
        seconds = _seconds(browser, f"{explorer}/", PAGES[0][2], since=began)
        print(f"from the command to the overview, {which}: {seconds:.1f} s")
        yield explorer


def _measured(browser: Browser, nothing: str, explorer: str, rounds: int) -> dict[str, list[float]]:
    seconds: dict[str, list[float]] = {"empty": [], **{name: [] for name, *_rest in PAGES}}
    for number in range(rounds + 1):
        took = {"empty": _seconds(browser, f"{nothing}/", "h1")}
        for name, address, telling, _goal in PAGES:
            took[name] = _seconds(browser, f"{explorer}/{address}", telling)
        if number:  # the first round fills the caches
            for name, value in took.items():
                seconds[name].append(value)
    return seconds


def _print(seconds: dict[str, list[float]]) -> None:
    base = statistics.median(seconds["empty"])
    print(f"{'page':10} {'median s':>8} {'x empty':>8} {'goal':>5}")
    print(f"{'empty':10} {base:8.2f} {1.0:8.2f}")
    for name, _address, _telling, goal in PAGES:
        median = statistics.median(seconds[name])
        print(f"{name:10} {median:8.2f} {median / base:8.2f} {goal:5.1f}")


def _seconds(browser: Browser, address: str, telling: str, since: float | None = None) -> float:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    began = since if since is not None else time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_selector(telling, timeout=120_000)
    if "canvas" in telling:
        _wait_until_drawn(page, telling)
    took = time.perf_counter() - began
    context.close()
    time.sleep(REST)
    return took


def _wait_until_drawn(page: Page, canvas: str) -> None:
    """Wait until the picture holds something and two frames in a row are alike."""
    page.wait_for_function(
        """(selector) => {
            const canvas = document.querySelector(selector);
            const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
            let sum = 0;
            for (let i = 3; i < pixels.length; i += 4) sum += pixels[i] * (i % 251);
            const settled = sum > 0 && window.lastPicture === sum;
            window.lastPicture = sum;
            return settled;
        }""",
        arg=canvas,
        polling="raf",
    )


@contextmanager
def _served(command: list[str], home: str) -> Iterator[str]:
    port = _free_port()
    environment = {**os.environ, "EXPLORER_HOME": str(Path(home) / "home"), "PYTHONPATH": str(ROOT)}
    arguments = ["--server.port", str(port), "--server.headless", "true", "--browser.gatherUsageStats", "false"]
    process = subprocess.Popen(
        [*command, *arguments], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(f"http://localhost:{port}/_stcore/health", process)
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(address: str, process: "subprocess.Popen[bytes]") -> None:
    for _attempt in range(1200):
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except OSError:
            if process.poll() is not None:
                sys.exit(f"the server ended with {process.returncode}")
            time.sleep(0.05)
    sys.exit(f"no answer at {address}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _chromium() -> str:
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    return found or sys.exit("no Chromium found: install one, or name it in CHROMIUM")


if __name__ == "__main__":
    main()
