"""From tables to the graph: template, check, plan, load."""

from pathlib import Path
from typing import Annotated

import typer

from graph_store.store import READER, WRITER, open_store
from languages.words import _

from .. import api, show
from ..template import make_template
from .terminal import DONE, FAULTS, AsJson, DataSet, Paths, Wait, app, graph_if_there, leave, print_report, watched

Annotate = Annotated[
    Path | None,
    typer.Option(
        metavar="OUT",
        help="Write a copy with the cells at fault marked: a name ending in .xlsx, or a folder for several.",
    ),
]


@app.command()
def template(
    path: Annotated[Path, typer.Argument(help="A name ending in .xlsx for a workbook; any other for a folder.")],
) -> None:
    """Write an empty workbook or CSV folder to fill in.

    Example: graph-loader template partners.xlsx
    """
    files = make_template(path)
    print(_("Written: {path}").format(path=files[0] if len(files) == 1 else path))


@app.command()
def check(
    paths: Paths,
    data_set: DataSet = "",
    alone: Annotated[
        bool, typer.Option("--alone", help="Look at the files only, not at what the graph holds.")
    ] = False,
    annotate: Annotate = None,
    as_json: AsJson = False,
) -> None:
    """Find all faults and doubts in tables; loads nothing.

    Example: graph-loader check partners.xlsx --annotate partners-marked.xlsx
    """
    with graph_if_there(alone) as store, watched(as_json) as watch:
        if annotate:
            report, marked = api.annotate(paths, annotate, store, data_set, watch)
        else:
            report, marked = api.check(paths, store, data_set, watch), None
    if as_json:
        files = {"annotated": marked.as_dict()} if marked else {}
        print_report({**report.as_dict(), **files})
    else:
        print_report([*show.report_text(report), *(show.annotated_text(marked) if marked else [])])
    leave(FAULTS if report.faults else DONE)


@app.command()
def plan(paths: Paths, data_set: DataSet = "", as_json: AsJson = False) -> None:
    """Show what a load would add, change and remove; writes nothing.

    Example: graph-loader plan partners.xlsx
    """
    with watched(as_json) as watch, open_store(READER) as store:
        found = api.plan(paths, store, data_set, watch)
    if as_json:
        print_report(found.as_dict())
    else:
        lines = show.report_text(found.report, guesses=False)
        print_report([*lines, "", *show.plan_text(found.plan)] if found.plan else lines)
    leave(FAULTS if found.report.faults else DONE)


@app.command()
def load(
    paths: Paths,
    data_set: DataSet = "",
    as_json: AsJson = False,
    wait: Wait = 0.0,
    in_steps: Annotated[
        bool, typer.Option("--in-steps", help="In several transactions, for what is too large for one.")
    ] = False,
) -> None:
    """Check tables and load them: readers see the old graph or the new one.

    The files replace all that their data set said before. The same files again
    change nothing. In steps, the graph is between two versions until the end,
    and is marked unfinished.

    Example: graph-loader load partners.xlsx --data-set partners
    """
    with watched(as_json) as watch, open_store(WRITER) as store:
        report = api.load(paths, data_set, store, watch, wait=wait, in_steps=in_steps)
    print_report(report.as_dict() if as_json else show.load_text(report))
    leave(DONE if report.loaded else FAULTS)
