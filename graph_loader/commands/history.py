"""What became of the graph: runs, undo, remove, diff."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from graph_store.errors import WrongUse
from graph_store.store import READER, WRITER, open_store
from languages.words import _

from .. import api, show
from ..history.line import is_moment
from ..history.step_back import ChangeReport
from ..history.table_file import CSV, WORKBOOK, write_table
from ..new_files import taken
from .terminal import DONE, FAULTS, WRONG, AsJson, Wait, app, leave, print_report, watched

_TEXT, _JSON = "text", "json"
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]


@app.command()
def runs(
    data_set: Annotated[str, typer.Option("--data-set", metavar="NAME", help="Of this data set only.")] = "",
    as_json: AsJson = False,
    csv: Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="Write them as a CSV file.")] = None,
    keep: Annotated[
        int | None,
        typer.Option("--keep", metavar="N", help="Take the tables of all but the last N loads of each data set away."),
    ] = None,
    wait: Wait = 0.0,
) -> None:
    """List what was loaded, undone, removed and repaired, the latest first.

    Example: graph-loader runs --data-set partners
    """
    if keep is not None:
        with open_store(WRITER) as store, watched(as_json) as watch:
            tidied = api.tidy(store, keep, watch, wait=wait)
        print_report(tidied.as_dict() if as_json else show.tidy_text(tidied))
        return
    with open_store(READER) as store:
        found = api.runs(store, data_set)
    if csv:
        write_table(csv, CSV, "runs", show.run_rows(found))
        print(_("Written: {path}").format(path=csv))
    elif as_json:
        print(json.dumps([run.as_dict() for run in found], ensure_ascii=False, indent=2))
    else:
        print_report(show.runs_text(found))


@app.command()
def undo(
    data_set: Annotated[str, typer.Argument(metavar="[DATA_SET]", help="Else the one that changed last.")] = "",
    yes: Yes = False,
    as_json: AsJson = False,
    wait: Wait = 0.0,
) -> None:
    """Take the last load of a data set back: the graph is again what it was.

    Other data sets stay as they are. Again goes one further back; the first
    load of a data set is taken back only after a question, or with --yes.

    Example: graph-loader undo partners
    """
    with open_store(WRITER) as store:
        step = api.undoable(store, data_set)
        if not yes and (not data_set or step.back_to is None):
            _ask(show.step_back_text(step), step.data_set)
        with watched(as_json) as watch:
            report = api.undo(store, step.data_set, watch, expected=step.run.id, wait=wait)
    _told(report, as_json)


@app.command()
def remove(
    data_set: Annotated[str, typer.Argument(metavar="DATA_SET", help="Id of the data set.")],
    as_json: AsJson = False,
    wait: Wait = 0.0,
) -> None:
    """Take a data set out of the graph; `undo` brings it back.

    Example: graph-loader remove partners
    """
    with open_store(WRITER) as store, watched(as_json) as watch:
        report = api.remove(store, data_set, watch, wait=wait)
    _told(report, as_json)


@app.command()
def diff(
    first: Annotated[
        str, typer.Argument(metavar="[RUN]", help="What this run changed; without any, the last one.")
    ] = "",
    second: Annotated[
        str, typer.Argument(metavar="[LATER_RUN]", help="What changed from after RUN until after this one.")
    ] = "",
    since: Annotated[
        str, typer.Option("--since", metavar="WHEN", help="All that changed since a day, a moment or after a run.")
    ] = "",
    format_: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="text, csv, xlsx or json; else as FILE ends.")
    ] = "",
    out: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="The file to write; csv and xlsx need one.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show what changed, property by property: in the last run, in another, or since a day.

    A run is named as `runs` shows it, by the first letters of that, or `first` or `last`;
    in the place of a run a day will do, such as 2024-03-01. Days and times are those of
    this computer's clock.

    Example: graph-loader diff --since 2024-03-01 -o news.xlsx
    """
    format_ = _JSON if as_json else format_ or _format_of(out)
    if format_ not in (_TEXT, _JSON) and out is None:
        raise WrongUse(_("Name the file to write: -o FILE."))
    with open_store(READER) as store:
        found = api.diff(store, **_asked(first, second, since))
    if out is None:
        print_report(found.as_dict() if format_ == _JSON else show.diff_text(found))
        return
    if format_ in (_TEXT, _JSON):
        text = json.dumps(found.as_dict(), ensure_ascii=False, indent=2)
        _write_new(out, text if format_ == _JSON else "\n".join(show.diff_text(found)))
    else:
        write_table(out, format_, "changes", show.diff_rows(found))
    print(_("Written: {path}").format(path=out))


def _format_of(out: Path | None) -> str:
    ending = out.suffix.lower().removeprefix(".") if out else ""
    return ending if ending in (CSV, WORKBOOK, _JSON) else _TEXT


def _asked(first: str, second: str, since: str) -> dict[str, str]:
    """What is to be compared: one run, two, or all since then (a day is no run, so alone it means since then)."""
    if since and first:
        raise WrongUse(_("Name either runs, or since when: graph-loader diff RUN, or graph-loader diff --since WHEN."))
    if since or (first and not second and is_moment(first)):
        return {"since": since or first}
    return {"since": first, "until": second} if second else {"of": first}


def _ask(lines: list[str], data_set: str) -> None:
    print("\n".join(lines), file=sys.stderr)
    try:
        answer = input(_("Type {word} to go on: ").format(word=data_set))
    except EOFError:
        answer = ""
    if answer.strip() != data_set:
        print(_("Nothing has been changed."))
        leave(WRONG)


def _told(report: ChangeReport, as_json: bool) -> None:
    print_report(report.as_dict() if as_json else show.change_text(report))
    leave(DONE if report.done else FAULTS)


def _write_new(path: Path, text: str) -> None:
    try:
        with path.open("x", encoding="utf-8") as out:
            out.write(text + "\n")
    except FileExistsError as error:
        raise taken(path) from error
