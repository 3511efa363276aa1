"""What the README says is true: its commands and its variables exist, and none is left out."""

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import typer.main

import graph_loader.cli
import queries.cli
from graph_store.engine_jars import NEO4J_VERSION

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```bash\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
COMMANDS = {
    "graph-loader": typer.main.get_command(graph_loader.cli.app),
    "graph-query": typer.main.get_command(queries.cli.app),
}
SUBCOMMANDS = [
    pytest.param(command, name, id=f"{command} {name}")
    for command, group in COMMANDS.items()
    for name in getattr(group, "commands", {})
]
VARIABLE = re.compile(r"(?:EXPLORER|NEO4J)_[A-Z0-9_]*[A-Z0-9]")
# Not read by our code: the image of Neo4j takes it.
OF_OTHERS = {"NEO4J_AUTH"}


def test_first_two_blocks_are_the_two_commands_in_one_line_each() -> None:
    assert BLOCKS[:2] == ["python3 start.py\n", "python3 start.py tests\n"]


def test_picture_and_links_lead_to_files_of_the_project() -> None:
    targets = [target for target in re.findall(r"\]\(([^)]+)\)", README) if "://" not in target]

    assert "docs/network.png" in targets
    missing = [target for target in targets if not (ROOT / target).exists()]
    assert missing == []


def test_the_versions_of_neo4j_are_those_that_ci_runs() -> None:
    newest = re.search(r"^newest=(\S+)", (ROOT / ".ci" / "run").read_text(encoding="utf-8"), re.MULTILINE)

    assert newest
    assert f"| Neo4j {newest[1]}, the newest release |" in README
    assert f"| Neo4j {NEO4J_VERSION}, the latest of 5.26 LTS | all tests |" in README


@pytest.mark.parametrize("line", sorted({line for block in BLOCKS for line in block.splitlines() if "graph-" in line}))
def test_each_command_of_the_readme_exists_with_its_options(line: str) -> None:
    words = shlex.split(line.rpartition("|")[2])
    group = COMMANDS[words[0]]
    assert isinstance(group, click.Group | typer.core.TyperGroup)

    subcommand = group.commands[words[1]]

    subcommand.make_context(words[1], words[2:])  # raises for an option that does not exist


@pytest.mark.parametrize(("command", "name"), SUBCOMMANDS)
def test_each_subcommand_is_told_in_the_readme_and_shows_an_example(command: str, name: str) -> None:
    group = COMMANDS[command]
    assert isinstance(group, click.Group | typer.core.TyperGroup)

    text = group.commands[name].help or ""

    assert f"{command} {name}" in text
    assert f"`{name}`" in README


def test_files_and_folders_that_the_readme_names_exist() -> None:
    named = re.findall(r"(?<![\w/])((?:\.ci|data|explorer|graph_\w+|languages|queries|tests)/[\w./]*)", README)

    assert "data/demo" in named
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_variables_of_the_readme_are_those_of_the_code() -> None:
    assert set(VARIABLE.findall(README)) == set(_variables())


def _variables() -> Iterator[str]:
    """Every environment variable that the code names: a text of its own, whole or in two parts."""
    folders = ("graph_store", "graph_loader", "queries", "explorer", "languages", "tests")
    files = [file for folder in folders for file in (ROOT / folder).rglob("*.py") if file != Path(__file__).resolve()]
    for file in [*files, ROOT / "start.py"]:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                text = node.value
                if VARIABLE.fullmatch(text):
                    yield text
                elif re.fullmatch(r"(?:EXPLORER|NEO4J)_([A-Z]+_)*", text):
                    yield from (text + "USERNAME", text + "PASSWORD")
    for name in ("docker-compose.yml", ".ci/run"):
        yield from set(VARIABLE.findall((ROOT / name).read_text(encoding="utf-8"))) - OF_OTHERS
