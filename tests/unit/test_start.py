"""The start command: what its words mean, and when it fetches anything."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import start

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that looks like the environment of an earlier run."""
    monkeypatch.setattr(start, "ENVIRONMENT", tmp_path)
    monkeypatch.setattr(start, "STAMP", tmp_path / "start.json")
    start.python().parent.mkdir()
    start.python().touch()
    return tmp_path


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The words that uv is run with, instead of running it."""
    words: list[str] = []

    def synced(command: list[str]) -> str:
        words.extend(command)
        return ""

    monkeypatch.setattr(start, "uv", lambda: "uv")
    monkeypatch.setattr(start, "synced", synced)
    return words


def _stamp(parts: list[str], of: str) -> None:
    start.STAMP.write_text(json.dumps({"of": of, "parts": parts}))


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ([], ("app", [])),
        (["--server.port", "9000"], ("app", ["--server.port", "9000"])),
        (["--neo4j"], ("app", ["--neo4j"])),
        (["tests"], ("tests", [])),
        (["tests", "tests/unit", "-k", "dates"], ("tests", ["tests/unit", "-k", "dates"])),
        (["setup", "--neo4j"], ("setup", ["--neo4j"])),
    ],
)
def test_words_say_what_to_do_and_the_rest_goes_on(words: list[str], meant: tuple[str, list[str]]) -> None:
    assert start.wish(words) == meant


@pytest.mark.parametrize(("cores", "processes"), [(None, "1"), (2, "2"), (64, "4")])
def test_all_tests_run_side_by_side_as_far_as_the_computer_can(
    monkeypatch: pytest.MonkeyPatch, cores: int | None, processes: str
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: cores)

    assert start.usual("tests") == ["-n", processes, "--dist", "loadfile"]
    assert start.usual("app") == []


@pytest.mark.parametrize(("words", "code"), [(["tset"], 2), (["setup", "now"], 2), (["--help"], 0)])
def test_unknown_words_show_the_help(words: list[str], code: int) -> None:
    run = subprocess.run([sys.executable, ROOT / "start.py", *words], capture_output=True, text=True, check=False)

    assert run.returncode == code
    assert "python3 start.py tests" in run.stdout


def test_nothing_is_fetched_when_the_lock_file_is_the_one_of_the_last_run(environment: Path, asked: list[str]) -> None:
    _stamp(["tests"], start.fingerprint())

    start.set_up([])
    start.set_up(["tests"])

    assert asked == []
    assert start.stamped() == ["tests"]


def test_packages_are_fetched_again_when_the_lock_file_changed(environment: Path) -> None:
    _stamp(["tests"], "another lock file")

    assert start.stamped() is None


def test_parts_fetched_earlier_are_kept(environment: Path, asked: list[str]) -> None:
    _stamp(["tests"], start.fingerprint())

    start.set_up(["neo4j"])

    assert "--inexact" in asked
    assert asked[asked.index("--extra") + 1] == "neo4j"
    assert start.stamped() == ["neo4j", "tests"]


def test_a_failed_fetch_is_told_in_a_sentence_and_tried_again_next_time(
    environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "uv", lambda: "uv")
    monkeypatch.setattr(start, "synced", lambda _command: "no route to host")

    with pytest.raises(start.SetupFailed, match="network connection"):
        start.set_up([])

    assert start.stamped() is None
