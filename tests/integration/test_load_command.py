"""The command as people type it: what it says, where, and with which exit code."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from graph_loader.api import demo_path
from graph_loader.cli import app

# What is printed does not depend on the engine: each command is run on one, and the longest way on both.
ON_ONE_ENGINE = pytest.mark.parametrize("engine_env", ["arcadedb"], indirect=True)
COMMANDS = (
    *("template", "check", "plan", "load", "watch", "simulate", "status", "runs", "diff", "undo", "remove"),
    *("verify", "export", "backup", "restore", "reset", "stop"),
)
THEMES = "id,name,kind\nwork,Work for all,priority\n"


def run(env: dict[str, str], *arguments: str | Path, answer: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "graph_loader.cli", *map(str, arguments)],
        env=env,
        input=answer,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=Path(__file__).parents[2],
    )


@pytest.fixture
def themes(tmp_path: Path) -> Path:
    """A folder with one table."""
    folder = tmp_path / "themes"
    folder.mkdir()
    (folder / "themes.csv").write_text(THEMES)
    return folder


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str) -> None:
    done = CliRunner().invoke(app, [command, "--help"])

    assert done.exit_code == 0
    assert f"Example: graph-loader {command}" in done.output


@pytest.mark.parametrize("command", ["load", "undo", "remove", "verify", "restore", "reset", "runs"])
def test_every_command_that_changes_the_graph_can_wait_for_another(command: str) -> None:
    assert "--wait" in CliRunner().invoke(app, [command, "--help"]).output


def test_a_steward_checks_plans_loads_and_looks(cli_env: dict[str, str]) -> None:
    assert run(cli_env, "check", demo_path()).returncode == 0
    planned = json.loads(run(cli_env, "plan", demo_path(), "--json").stdout)
    assert sum("node" in item for item in planned["plan"]["added"]) == 1234

    done = run(cli_env, "load", demo_path())
    assert (done.returncode, done.stderr) == (0, "")
    assert "Loaded in" in done.stdout

    status = json.loads(run(cli_env, "status", "--json").stdout)
    assert {"engine", "version", "address", "data_sets", "last_load"} < set(status)
    assert (status["nodes"]["Region"], status["relationships"]["ATTENDED"]) == (323, 437)
    assert [item["id"] for item in status["data_sets"]] == ["demo"]
    assert not status["unfinished"]

    again = run(cli_env, "load", demo_path(), "--json")
    assert json.loads(again.stdout)["unchanged"]
    assert "would change nothing" in run(cli_env, "plan", demo_path()).stdout


@ON_ONE_ENGINE
def test_faults_end_with_one_and_are_all_told(cli_env: dict[str, str], themes: Path) -> None:
    (themes / "themes.csv").write_text("id,name,kind\nwork,,priority\ncare,Care,nothing\n")

    done = run(cli_env, "load", themes, "--data-set", "themes")

    assert done.returncode == 1
    assert "themes.csv, row 2, column name" in done.stdout
    assert "themes.csv, row 3, column kind" in done.stdout
    assert run(cli_env, "check", "--alone", themes).returncode == 1
    assert run(cli_env, "plan", themes, "--json").returncode == 1


@ON_ONE_ENGINE
def test_a_load_without_a_name_says_how_to_give_one(cli_env: dict[str, str], themes: Path) -> None:
    nameless = run(cli_env, "load", themes)
    named = run(cli_env, "load", themes, "--data-set", "themes")

    assert nameless.returncode == 2
    assert "--data-set NAME" in nameless.stderr
    assert "Traceback" not in nameless.stderr
    assert named.returncode == 0


@ON_ONE_ENGINE
@pytest.mark.parametrize("arguments", [["load"], ["nonsense"], ["check", "nowhere"]])
def test_wrong_use_ends_with_two_and_a_sentence(cli_env: dict[str, str], arguments: list[str]) -> None:
    done = run(cli_env, *arguments)

    assert done.returncode == 2
    assert done.stderr
    assert "Traceback" not in done.stderr


@ON_ONE_ENGINE
def test_an_engine_that_is_away_ends_with_two_and_its_address(cli_env: dict[str, str]) -> None:
    away = {**cli_env, "NEO4J_URI": "bolt://user:secret@127.0.0.1:9"}

    done = run(away, "status")

    assert done.returncode == 2
    assert "127.0.0.1:9" in done.stderr
    assert "secret" not in done.stderr + done.stdout


@ON_ONE_ENGINE
def test_a_check_works_without_an_engine(cli_env: dict[str, str], themes: Path) -> None:
    done = run({**cli_env, "NEO4J_URI": "bolt://127.0.0.1:9"}, "check", themes)

    assert done.returncode == 0
    assert "Only the files are checked" in done.stderr


@ON_ONE_ENGINE
def test_reset_asks_first(cli_env: dict[str, str], themes: Path) -> None:
    run(cli_env, "load", themes, "--data-set", "themes")

    refused = run(cli_env, "reset", answer="yes\n")
    kept = json.loads(run(cli_env, "status", "--json").stdout)["nodes"]["Theme"]
    done = run(cli_env, "reset", answer="reset\n")
    left = json.loads(run(cli_env, "status", "--json").stdout)["nodes"]["Theme"]

    assert (refused.returncode, kept) == (2, 1)
    assert (done.returncode, left) == (0, 0)
    assert run(cli_env, "reset", "--yes").returncode == 0


@ON_ONE_ENGINE
@pytest.mark.parametrize("name", ["partners.xlsx", "partners"])
def test_a_template_passes_the_check(cli_env: dict[str, str], tmp_path: Path, name: str) -> None:
    assert run(cli_env, "template", tmp_path / name).returncode == 0
    assert run(cli_env, "check", "--alone", tmp_path / name).returncode == 0
    assert run(cli_env, "template", tmp_path / name).returncode == 2
