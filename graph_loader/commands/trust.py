"""Whether the graph can be trusted, and how it gets out again: verify, export."""

from pathlib import Path
from typing import Annotated

import typer

from graph_store.errors import WrongUse
from graph_store.store import READER, WRITER, open_store
from languages.words import _

from .. import api, show
from ..history.exporting import CSV
from .terminal import DONE, FAULTS, AsJson, Wait, app, leave, print_report, watched


@app.command()
def verify(
    mend: Annotated[bool, typer.Option("--mend", help="Make the graph what its tables say.")] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="With --mend: take labels and types outside the model away, too.")
    ] = False,
    as_json: AsJson = False,
    wait: Wait = 0.0,
) -> None:
    """Compare the graph with the tables that were loaded; ends with 1 where it differs.

    Example: graph-loader verify --mend
    """
    if everything and not mend:
        raise WrongUse(_("--all goes with --mend."))
    with open_store(WRITER if mend else READER) as store, watched(as_json) as watch:
        found = api.verify(store, mend=mend, everything=everything, progress=watch, wait=wait)
    print_report(found.as_dict() if as_json else show.verification_text(found))
    leave(DONE if found.clean or found.mended else FAULTS)


@app.command()
def export(
    path: Annotated[Path, typer.Argument(help="Folder to be made.")],
    data_set: Annotated[str, typer.Option("--data-set", metavar="NAME", help="Only this one; else all.")] = "",
    format_: Annotated[str, typer.Option("--format", metavar="FORMAT", help="csv or xlsx.")] = CSV,
    check_graph: Annotated[
        bool, typer.Option("--verify", help="First compare the graph with the tables; ends with 1 where it differs.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write the graph back into tables that load again: a folder or workbook per data set.

    `graph-loader load PATH` takes them all at once, in order of precedence.

    Example: graph-loader export tables-2024 --format xlsx
    """
    with open_store(READER) as store, watched(as_json) as watch:
        found = api.verify(store, progress=watch) if check_graph else None
        report = api.export(store, path, data_set, format=format_, progress=watch)
    verified = {"verified": found.as_dict()} if found else {}
    if as_json:
        print_report({**report.as_dict(), **verified})
    else:
        print_report([*show.export_text(report), *(["", *show.verification_text(found)] if found else [])])
    leave(DONE if not found or found.clean else FAULTS)
