"""The command that opens the app: it fills an empty graph with the demo, and leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from graph_loader import api
from graph_store import embedded
from graph_store.loads import NO_DATA, data_version
from graph_store.store import READER, WRITER, open_store

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 120.0
pytestmark = pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent as a signal, which Windows has not")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A fresh home for the local engine; the app runs on another engine in the same way."""
    monkeypatch.setenv("EXPLORER_HOME", str(tmp_path))
    monkeypatch.delenv("EXPLORER_ENGINE", raising=False)
    yield tmp_path
    embedded.stop(tmp_path)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _started(*options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "explorer.command", *options]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=_as_in_a_terminal,  # noqa: PLW1509 (no thread of ours runs here)
    )


def _as_in_a_terminal() -> None:
    """Let Ctrl-C reach the app, even where these tests run in the background, which leaves it out."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _wait_until_well(process: subprocess.Popen[str], port: int) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2) as answer:
                assert answer.status == 200
                return
        except OSError:
            time.sleep(0.05)
    process.kill()
    pytest.fail(f"The app did not answer: {process.communicate()[0]}")


def _engines_of(home: Path) -> list[int]:
    found = []
    for process in psutil.process_iter():
        try:
            if any(word.startswith(str(home)) for word in process.cmdline()):
                found.append(process.pid)
        except psutil.Error:
            continue
    return found


def _no_engine_is_left(home: Path, seconds: float = 20.0) -> bool:
    end = time.monotonic() + seconds
    while _engines_of(home) and time.monotonic() < end:
        time.sleep(0.1)
    return not _engines_of(home)


def test_first_start_has_the_demo_before_the_page_is_offered_and_ctrl_c_leaves_nothing(home: Path) -> None:
    port = _free_port()
    process = _started("--server.port", str(port))

    _wait_until_well(process, port)
    with open_store(READER) as store:
        nodes = api.status(store).nodes
    process.send_signal(signal.SIGINT)
    said = process.communicate(timeout=30)[0]

    assert nodes["Organisation"] > 100
    assert f"http://localhost:{port}" in said
    assert "Traceback" not in said
    assert process.returncode == 0
    assert _no_engine_is_left(home)


def test_the_demo_comes_back_at_the_start_after_a_reset(home: Path) -> None:
    with open_store(WRITER) as store:
        api.reset(store)
        (home / "arcadedb" / "filled").touch()  # as an earlier start has left it
    port = _free_port()
    process = _started("--server.port", str(port))

    _wait_until_well(process, port)
    end = time.monotonic() + START_SECONDS
    with open_store(READER) as store:
        while data_version(store) == NO_DATA and time.monotonic() < end:
            time.sleep(0.1)
        nodes = api.status(store).nodes
    process.send_signal(signal.SIGTERM)
    said = process.communicate(timeout=30)[0]

    assert nodes["Organisation"] > 100
    assert "Traceback" not in said
    assert process.returncode == 0
    assert _no_engine_is_left(home)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_while_the_engine_starts_leaves_nothing(home: Path, number: signal.Signals) -> None:
    process = _started("--server.port", str(_free_port()))
    while not _engines_of(home):
        time.sleep(0.01)

    process.send_signal(number)
    said = process.communicate(timeout=30)[0]

    assert "Traceback" not in said
    assert process.returncode == 130
    assert _no_engine_is_left(home)


def test_a_home_that_cannot_be_used_is_told_in_a_sentence(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "file").touch()
    monkeypatch.setenv("EXPLORER_HOME", str(home / "file"))

    process = _started("--server.port", str(_free_port()))
    said = process.communicate(timeout=60)[0]

    assert process.returncode == 2
    assert "EXPLORER_HOME" in said
    assert "Traceback" not in said


def test_with_the_address_of_a_neo4j_no_local_engine_is_started(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:9")
    port = _free_port()
    process = _started("--server.port", str(port))

    _wait_until_well(process, port)
    process.send_signal(signal.SIGTERM)
    said = process.communicate(timeout=30)[0]

    assert "Traceback" not in said
    assert process.returncode == 0
    assert list(home.iterdir()) == []


def test_an_option_that_does_not_exist_is_told_and_leaves_nothing(home: Path) -> None:
    process = _started("--server.prot", "9000")

    said = process.communicate(timeout=60)[0]

    assert process.returncode == 2
    assert "--server.prot" in said
    assert "Traceback" not in said
    assert _no_engine_is_left(home)


def test_help_starts_nothing(home: Path) -> None:
    process = _started("--help")

    said = process.communicate(timeout=60)[0]

    assert process.returncode == 0
    assert "--server.port" in said
    assert list(home.iterdir()) == []
