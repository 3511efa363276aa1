"""Keeping a graph over months: watch."""

import json
import signal
import threading
from datetime import datetime
from typing import Annotated

import typer

from .. import show
from ..watching import Turn, interval
from ..watching import watch as watch_files
from .terminal import AsJson, DataSet, Paths, app


@app.command()
def watch(
    paths: Paths,
    data_set: DataSet = "",
    every: Annotated[
        str, typer.Option("--every", metavar="1h", help="Load at this interval; else when a file has changed.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Load now, and again when a file changes or at an interval; ends with Ctrl-C.

    Faults change nothing: they are told, and the next change is awaited. So
    does an engine that does not answer.

    Example: graph-loader watch partners.xlsx --every 1h
    """
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_about: stopped.set())
    watch_files(paths, data_set, _tell_as_json if as_json else _tell, stopped, interval(every) if every else None)


def _tell(turn: Turn) -> None:
    lines = show.load_text(turn.report) if turn.report else [turn.failure]
    _out(f"{datetime.now():%Y-%m-%d %H:%M:%S}  " + "\n".join(lines))


def _tell_as_json(turn: Turn) -> None:
    said = turn.report.as_dict() if turn.report else {"failure": turn.failure}
    _out(json.dumps({"at": datetime.now().astimezone().isoformat(timespec="seconds"), **said}, ensure_ascii=False))


def _out(text: str) -> None:
    print(text, flush=True)  # a log is read while it grows
