"""An app that is served for the tests, as a process of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.browser.reader import App

CHECKOUT = Path(__file__).parents[2]
READY_SECONDS = 120
THE_APP = ("explorer.command",)


@contextmanager
def served(folder: Path, settings: Mapping[str, str], module: tuple[str, ...] = THE_APP) -> Iterator[App]:
    """A module (and its arguments) served at a free port, until the end of the block; its log lies in `folder`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("NEO4J_", "STREAMLIT_"))}
    log = folder / "app.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", *module, "--server.port", str(port), "--server.headless", "true"],
            cwd=CHECKOUT, env={**environment, **settings}, stdout=out, stderr=subprocess.STDOUT,
        )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        end = time.monotonic() + READY_SECONDS
        while not _well(address):
            if process.poll() is not None or time.monotonic() > end:
                pytest.fail(f"The app was not served:\n{log.read_text()}")
            time.sleep(0.2)
        yield App(address, folder)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            raise


def _well(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
