"""The command ``graph-loader simulate`` as people type it."""

import json
import shlex
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from graph_loader import api, cli

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command in this process, from the project's folder."""

    def typed(*arguments: str | Path) -> Done:
        monkeypatch.chdir(ROOT)
        monkeypatch.setattr(sys, "argv", ["graph-loader", "simulate", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            cli.main()
        said = capsys.readouterr()
        code = left.value.code
        return Done(code if isinstance(code, int) else 0, said.out, said.err)

    return typed


def test_it_says_what_it_wrote_what_came_of_it_and_what_to_do_next(run: Run, tmp_path: Path) -> None:
    done = run(tmp_path / "made", "--regions", "8", "--approaches", "5", "--visits", "20", "--seed", "7")

    assert (done.code, done.err) == (0, "")
    assert f"Written: {tmp_path / 'made'}" in done.out
    assert "8 regions, 5 approaches, 20 visits" in done.out
    assert "takings-over:" in done.out
    assert f"graph-loader load {tmp_path / 'made'}" in done.out
    assert api.check(tmp_path / "made").passed


def test_the_note_beside_the_tables_holds_the_command_that_makes_them_anew(run: Run, tmp_path: Path) -> None:
    knobs = [
        "--visits",
        "30",
        "--hubs",
        "0.5",
        "--from-above",
        "0.25",
        "--coarse-dates",
        "0.3",
        "--visits-matter",
        "0.5",
    ]
    first = run(tmp_path / "a", "--land", "data/demo", "--land-kind", "province", "--land-country", "NL", *knobs)
    assert first.code == 2  # provinces of the demo have no position
    assert "at least two are needed" in first.err

    assert run(tmp_path / "a", "--land", "data/demo", "--land-country", "NL", *knobs).code == 0
    note = (tmp_path / "a" / "README.md").read_text(encoding="utf-8")
    line = next(line for line in note.splitlines() if line.startswith("graph-loader simulate"))
    assert run(tmp_path / "b", *shlex.split(line)[3:]).code == 0

    for file in (tmp_path / "a").iterdir():
        assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes()
    asked = json.loads((tmp_path / "a" / "truth.json").read_text(encoding="utf-8"))["settings"]
    assert {asked["regions"], asked["visits"], asked["hubs"]} == {35, 30, 0.5}
    regions = pd.read_csv(tmp_path / "a" / "regions.csv")
    assert len(regions) == 35 + 12 + 1  # labour-market regions, provinces, the country
    assert set(regions["country"]) == {"NL"}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--visits-matter", "2"], "visits_matter is 2.0: give a number from 0 to 1."),
        (["--land", "nowhere"], "Name a folder with that table."),
    ],
)
def test_wrong_use_ends_with_two_and_a_sentence_and_writes_nothing(
    run: Run, tmp_path: Path, arguments: list[str], sentence: str
) -> None:
    done = run(tmp_path / "made", *arguments)

    assert done.code == 2
    assert sentence in done.err
    assert not (tmp_path / "made").exists()


def test_a_folder_of_something_else_is_left_alone(run: Run) -> None:
    done = run("data/demo")

    assert done.code == 2
    assert "data/demo holds something else than a simulation" in done.err.replace("\\", "/")
