"""The loader as a watch: it loads when a file has changed, tells faults and goes on."""

import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from graph_loader import watching
from graph_loader.watching import interval, stamp
from graph_store.errors import WrongUse

TABLES = {
    "data_set.csv": "id,name,kind\nours,Ours,recorded\n",
    "regions.csv": "id,name,kind,country\nr1,Northland,province,NL\n",
}
WAIT = 60


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "tables"
    made.mkdir()
    for name, text in TABLES.items():
        (made / name).write_text(text)
    return made


class Watch:
    """A watch as a process, and what it says, turn by turn."""

    def __init__(self, words: list[str], environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "graph_loader.cli", "watch", "--json", *words],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._said: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def turn(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self._said.get(timeout=WAIT))
        return found

    def ended_by(self, number: int) -> int:
        self._process.send_signal(number)
        return self._process.wait(WAIT)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def _read(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self._said.put(line)


@pytest.fixture
def watched(folder: Path, cli_env: dict[str, str]) -> Iterator[Watch]:
    watch = Watch([str(folder)], cli_env)
    yield watch
    watch.kill()


def test_a_changed_file_is_loaded_faults_are_told_and_the_watch_goes_on(watched: Watch, folder: Path) -> None:
    first = watched.turn()
    (folder / "regions.csv").write_text("id,name,kind,country\nr1,Northland,provnce,NL\n")
    faulty = watched.turn()
    (folder / "regions.csv").write_text("id,name,kind,country\nr1,Southland,province,NL\n")
    mended = watched.turn()

    assert (first["loaded"], first["changes"]["Region"]["added"]) == (True, 1)
    assert first["at"].endswith("+00:00")
    assert (faulty["loaded"], [fault["code"] for fault in faulty["faults"]]) == (False, ["not_in_list"])
    assert (mended["loaded"], mended["changes"]["Region"]["changed"]) == (True, 1)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_watch_ends_quietly_when_it_is_told_to(watched: Watch, number: int) -> None:
    watched.turn()

    assert watched.ended_by(number) == 0


def test_at_an_interval_the_same_files_change_nothing(folder: Path, cli_env: dict[str, str]) -> None:
    watch = Watch([str(folder), "--every", "1s"], cli_env)
    try:
        turns = [watch.turn(), watch.turn(), watch.turn()]
    finally:
        watch.kill()

    assert [turn["unchanged"] for turn in turns] == [False, True, True]
    assert len({turn["version"] for turn in turns}) == 1


def test_a_folder_that_is_not_there_yet_is_waited_for(
    tmp_path: Path, folder: Path, cli_env: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in cli_env.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(watching, "_RETRY", timedelta(seconds=0.1))
    turns: list[watching.Turn] = []
    stopped, later = threading.Event(), tmp_path / "later"

    def told(turn: watching.Turn) -> None:
        turns.append(turn)
        if turn.report:
            stopped.set()
        elif not later.exists():
            shutil.copytree(folder, later)

    watching.watch([later], "", told, stopped)

    assert "later" in turns[0].failure
    assert turns[-1].report
    assert turns[-1].report.loaded


def test_what_stands_in_the_way_is_said_once_for_as_long_as_it_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "_RETRY", timedelta(seconds=0))
    away, here = watching.Turn(None, "away"), watching.Turn(None, "no such file")
    turns = iter([away, away, here, here, away])
    stopped = threading.Event()
    told: list[str] = []

    def turn(_paths: object, _data_set: str) -> watching.Turn:
        found = next(turns, None)
        if found is None:
            stopped.set()
            return away
        return found

    monkeypatch.setattr(watching, "_turn", turn)
    watching.watch([tmp_path], "", lambda each: told.append(each.failure), stopped)

    assert told == ["away", "no such file", "away"]


@pytest.mark.parametrize(
    ("text", "seconds"), [("30s", 30), ("5m", 300), ("1h", 3600), (" 2 D ", 172_800), ("9999h", 35_996_400)]
)
def test_an_interval_is_a_number_with_a_unit(text: str, seconds: int) -> None:
    assert interval(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["", "1", "h", "1.5h", "0s", "-1h", "1w", "99999d", "1h 30m"])
def test_what_is_no_interval_is_refused_with_its_value(text: str) -> None:
    with pytest.raises(WrongUse, match="30m, 1h, 1d") as refused:
        interval(text)

    assert f'"{text}"' in str(refused.value)


def test_files_that_an_office_program_holds_open_are_not_taken_for_news(folder: Path) -> None:
    before = stamp([folder])

    (folder / "~$partners.xlsx").write_text("lock")

    assert stamp([folder]) == before


def test_a_file_that_is_being_written_is_waited_for_before_the_first_turn_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "LOOK_SECONDS", 0.01)
    stopped, growing = threading.Event(), tmp_path / "regions.csv"
    growing.write_text("id")
    later = 10**18 * 9  # a file server may be ahead of us
    os.utime(growing, ns=(later, later))
    sizes: list[int] = []

    def looked(paths: object) -> watching.Stamp:
        found = stamp([growing])
        if growing.stat().st_size < 8:
            growing.write_text("x" * (growing.stat().st_size + 2))
            os.utime(growing, ns=(later, later))
        return found

    def turn(_paths: object, _data_set: str) -> watching.Turn:
        sizes.append(growing.stat().st_size)
        stopped.set()
        return watching.Turn(None, "enough")

    monkeypatch.setattr(watching, "stamp", looked)
    monkeypatch.setattr(watching, "_turn", turn)
    watching.watch([growing], "", lambda _turn: None, stopped)

    assert sizes == [8]


def test_a_folder_that_goes_away_while_it_is_looked_at_ends_no_watch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_path: Path) -> Iterator[Path]:
        raise OSError("Stale file handle")

    monkeypatch.setattr(Path, "iterdir", away)

    assert stamp([tmp_path]) == ()
