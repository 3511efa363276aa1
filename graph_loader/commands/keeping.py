"""Keeping a graph over months: watch, backup, restore."""

import json
import signal
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from graph_store.store import READER, WRITER, open_store
from languages.moments import moment
from languages.words import _, listing, ngettext

from .. import show
from ..backup import BackupReport
from ..backup import backup as write_backup
from ..backup import restore as read_backup
from ..watching import Turn, interval
from ..watching import watch as watch_files
from .terminal import AsJson, DataSet, Paths, Wait, app, print_report, watched

_STREAM = Path("-")


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
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda *_about: stopped.set())
    watch_files(paths, data_set, _tell_as_json if as_json else _tell, stopped, interval(every) if every else None)


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="File to be made; - for the standard output.")], as_json: AsJson = False
) -> None:
    """Write all loaded tables and the history of loads into one file, for any engine.

    Example: graph-loader backup 2026-11.backup
    """
    with open_store(READER) as store:
        report = write_backup(store, sys.stdout.buffer if file == _STREAM else file)
    if file != _STREAM:
        print_report(report.as_dict() if as_json else [_("Written: {path}").format(path=file), _held(report)])


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="What backup has written; - for the standard input.")],
    replace: Annotated[bool, typer.Option("--replace", help="Take out what the graph holds now.")] = False,
    as_json: AsJson = False,
    wait: Wait = 0.0,
) -> None:
    """Make the graph what it was when a backup was made; on the same engine or another.

    Example: graph-loader restore 2026-11.backup
    """
    with watched(as_json) as watching, open_store(WRITER) as store:
        report = read_backup(store, sys.stdin.buffer if file == _STREAM else file, watching, replace=replace, wait=wait)
    print_report(report.as_dict() if as_json else [_("Restored: {what}").format(what=_held(report))])


def _held(report: BackupReport) -> str:
    words = _("{rows} of {data_sets}, and {runs} in the history, as of {at}. Version of the data: {version}")
    return words.format(
        rows=ngettext("{count} row", "{count} rows", report.rows),
        data_sets=listing(list(report.data_sets)) or _("no data set"),
        runs=ngettext("{count} run", "{count} runs", report.runs),
        at=moment(report.made_at),
        version=report.version,
    )


def _tell(turn: Turn) -> None:
    lines = show.load_text(turn.report) if turn.report else [turn.failure]
    _out(f"{datetime.now():%Y-%m-%d %H:%M:%S}  " + "\n".join(lines))


def _tell_as_json(turn: Turn) -> None:
    said = turn.report.as_dict() if turn.report else {"failure": turn.failure}
    _out(json.dumps({"at": datetime.now(UTC).isoformat(timespec="seconds"), **said}, ensure_ascii=False))


def _out(text: str) -> None:
    print(text, flush=True)  # a log is read while it grows
