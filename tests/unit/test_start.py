"""The start command: what its words mean, and when it fetches anything."""

import json
import re
import shutil
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
        (["docker", "--quiet-pull"], ("docker", ["--quiet-pull"])),
    ],
)
def test_words_say_what_to_do_and_the_rest_goes_on(words: list[str], meant: tuple[str, list[str]]) -> None:
    assert start.wish(words) == meant


@pytest.mark.parametrize(("cores", "processes"), [(None, "2"), (2, "3"), (64, "4")])
def test_all_tests_run_side_by_side_as_far_as_the_computer_can(
    monkeypatch: pytest.MonkeyPatch, cores: int | None, processes: str
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: cores)

    assert start.usual("tests") == ["-n", processes, "--dist", "loadfile", "--no-loadscope-reorder"]
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


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that Docker reads, not there yet."""
    file = tmp_path / ".env"
    monkeypatch.setattr(start, "SETTINGS", file)
    monkeypatch.setattr(start, "INCOMING", tmp_path / "incoming")
    return file


def test_the_first_start_in_docker_makes_a_password_that_only_its_owner_can_read(settings: Path) -> None:
    start.keep_password()

    assert re.fullmatch(r"NEO4J_PASSWORD=[0-9a-f]{32}\n", settings.read_text())
    assert settings.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("there", ["NEO4J_PASSWORD=mine\n", "EXPLORER_EVERY=1h\nNEO4J_PASSWORD = mine"])
def test_a_password_that_is_there_is_kept(settings: Path, there: str) -> None:
    settings.write_text(there)

    start.keep_password()

    assert settings.read_text() == there


@pytest.mark.parametrize("there", ["EXPLORER_EVERY=1h", "NEO4J_PASSWORD=\n", "#NEO4J_PASSWORD=mine\n"])
def test_a_password_joins_the_other_settings(settings: Path, there: str) -> None:
    settings.write_text(there)

    start.keep_password()

    assert settings.read_text().startswith(there)
    assert re.search(r"^NEO4J_PASSWORD=[0-9a-f]{32}$", settings.read_text(), re.MULTILINE)


def test_docker_is_started_with_a_password_and_a_folder_to_watch(
    settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[list[str]] = []

    def call(command: list[str]) -> int:
        called.append(command)
        return 0

    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}")
    monkeypatch.setattr(start, "attempt", lambda command: None)
    monkeypatch.setattr(subprocess, "call", call)

    code = start.main(["docker", "--quiet-pull"])

    assert (code, called) == (0, [["docker", "compose", "up", "--detach", "--build", "--wait", "--quiet-pull"]])
    assert settings.exists()
    assert start.INCOMING.is_dir()


def test_without_docker_a_sentence_says_what_is_needed_and_nothing_is_written(
    settings: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)

    assert start.main(["docker"]) == 2

    assert "Install Docker" in capsys.readouterr().err
    assert not settings.exists()
