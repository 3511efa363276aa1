"""What the commands of ``graph-loader`` share: the command itself, its options, and how it speaks on a terminal."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn
from typer.core import TyperGroup

from graph_store import embedded
from graph_store.errors import EngineAway
from graph_store.store import READER, Store, open_store
from languages.words import _

from ..write import Progress as Watch

DONE, FAULTS, WRONG = 0, 1, 2

ORDER = (
    *("template", "check", "plan", "load", "watch", "status", "runs", "diff", "undo", "remove", "verify", "export"),
    *("simulate", "backup", "restore", "reset", "stop"),
)
"""The commands as help lists them; what is not named here comes last."""


class _InOrder(TyperGroup):
    def list_commands(self, ctx: Any) -> list[str]:
        """Names of the commands, in the order in which one needs them."""
        names = super().list_commands(ctx)
        return sorted(names, key=lambda name: ORDER.index(name) if name in ORDER else len(ORDER))


app = typer.Typer(
    cls=_InOrder,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Bring tables (a folder of CSV files, or an Excel workbook) into the graph. "
    "Exit codes: 0 done, 1 faults in the data, 2 wrong use or no engine.",
)

Paths = Annotated[
    list[Path], typer.Argument(help="Folders of CSV files, workbooks (.xlsx, .ods), or .csv files.", metavar="PATH")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the report as JSON.")]
Wait = Annotated[
    float,
    typer.Option("--wait", metavar="SECONDS", help="Where another load runs: wait for its end, at most so long."),
]
DataSet = Annotated[
    str, typer.Option("--data-set", metavar="NAME", help="Id to load as; else the one in the table data_set.")
]


@contextmanager
def graph_if_there(alone: bool) -> Iterator[Store | None]:
    """The graph when it can be had without starting something new; None otherwise."""
    server = bool(os.environ.get("NEO4J_URI", "").strip())
    local = not alone and not server and (embedded.home() / embedded.engine_name()).is_dir()
    if alone or not (server or local):
        yield None
        return
    try:
        store = open_store(READER)
    except EngineAway as error:
        print(_("{reason} Only the files are checked.").format(reason=error), file=sys.stderr)
        yield None
        return
    with store:
        yield store


@contextmanager
def watched(silent: bool) -> Iterator[Watch | None]:
    """A bar on the terminal that follows the work; none when nobody sees it."""
    if silent or not sys.stderr.isatty():
        with nullcontext():
            yield None
        return
    console = Console(stderr=True)
    with Progress(
        SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), console=console, transient=True
    ) as bar:
        yield _follow(bar)


def _follow(bar: Progress) -> Callable[[str, int, int], None]:
    task = bar.add_task(_("Starting"), total=None)

    def watch(step: str, done: int, total: int) -> None:
        bar.update(task, description=step, completed=done, total=total or None)

    return watch


def print_report(said: dict[str, Any] | list[str]) -> None:
    """Print a report: lines of text, or a dict as JSON."""
    print(json.dumps(said, ensure_ascii=False, indent=2) if isinstance(said, dict) else "\n".join(said))


def leave(code: int) -> None:
    """End the command with that exit code, unless it is 0."""
    if code:
        raise typer.Exit(code)
