"""Start the installed app outside the checkout, open its first page, end it, and see that nothing is left.

python .ci/try_wheel.py FOLDER    # FOLDER/installed is the environment that the wheel was installed into
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psutil
from playwright.sync_api import sync_playwright

START_SECONDS = 120.0
END_SECONDS = 20.0


def main(folder: Path) -> None:
    """Try the wheel."""
    commands, home, elsewhere = folder / "installed" / "bin", folder / "wheel-home", folder / "elsewhere"
    elsewhere.mkdir()
    environment = {**os.environ, "EXPLORER_HOME": str(home)}
    port = free_port()
    began = time.monotonic()
    app = subprocess.Popen(
        [commands / "partnership-explorer", "--server.port", str(port)],
        cwd=elsewhere,
        env=environment,
        stdin=subprocess.DEVNULL,
    )
    try:
        wait_until_well(app, port)
        print(f"The page is offered after {time.monotonic() - began:.1f} s.")
        title = first_page(f"http://127.0.0.1:{port}/")
        print(f"The demo is drawn after {time.monotonic() - began:.1f} s: {title}")
        began_anew = time.monotonic()
        other = first_page(f"http://127.0.0.1:{port}/?network=simulated")
        assert other != title, other
        print(f"The simulated network is drawn after {time.monotonic() - began_anew:.1f} s: {other}")
        status: list[str | Path] = [commands / "graph-loader", "status", "--json"]
        found = json.loads(subprocess.check_output(status, cwd=elsewhere, env=environment))
        assert found["engine"] == "arcadedb", found
        assert found["nodes"]["Organisation"] > 100, found
    finally:
        app.send_signal(signal.SIGINT)
    assert app.wait(END_SECONDS) == 0
    end = time.monotonic() + END_SECONDS
    while (left := processes_of(folder)) and time.monotonic() < end:
        time.sleep(0.1)
    assert not left, left
    print(f"Ctrl-C ended it; nothing is left (engine: {found['engine']} {found['version']}).")


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def wait_until_well(app: subprocess.Popen[bytes], port: int) -> None:
    """Return when the app says that it is well."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and app.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.05)
    raise SystemExit("The installed app did not answer.")


def first_page(address: str) -> str:
    """Title of the first page, drawn to its last line; no error, and no request to another host."""
    errors: list[str] = []
    asked: set[str] = set()
    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("request", lambda request: asked.add(request.url.split("/")[2]) if "://" in request.url else None)
        page.goto(address)
        page.wait_for_selector(".source-line", timeout=60_000)
        title = page.inner_text("h1")
        browser.close()
    assert not errors, errors
    assert asked == {address.split("/")[2]}, asked
    return title


def processes_of(folder: Path) -> list[str]:
    """Processes that were started from the folder."""
    found = []
    for process in psutil.process_iter():
        try:
            line = process.cmdline()
        except psutil.Error:
            continue
        if process.pid != os.getpid() and any(word.startswith(f"{folder}/") for word in line):
            found.append(" ".join(line))
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]))
