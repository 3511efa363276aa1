"""The graph as a whole: status, reset, stop."""

import sys
from typing import Annotated

import typer

from graph_store import embedded
from graph_store.store import READER, WRITER, open_store
from languages.words import _

from .. import api, show
from .terminal import WRONG, AsJson, Wait, app, leave, print_report, watched


@app.command()
def status(as_json: AsJson = False) -> None:
    """Show which engine answers, what is in the graph and whether a load stopped half-way.

    Example: graph-loader status --json
    """
    with open_store(READER) as store:
        found = api.status(store)
    print_report(found.as_dict() if as_json else show.status_text(found))


@app.command()
def reset(
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    in_steps: Annotated[
        bool, typer.Option("--in-steps", help="In several transactions, for what is too large for one.")
    ] = False,
    wait: Wait = 0.0,
) -> None:
    """Empty the graph: all data sets and what is known of their loads.

    Example: graph-loader reset --yes
    """
    with open_store(WRITER) as store:
        if not yes:
            print(
                _("This takes all data out of the graph at {address}.").format(address=store.address), file=sys.stderr
            )
            try:
                answer = input(_("Type reset to go on: "))
            except EOFError:
                answer = ""
            if answer.strip() != "reset":
                print(_("Nothing has been changed."))
                leave(WRONG)
        with watched(False) as watch:
            api.reset(store, watch, wait=wait, in_steps=in_steps)
    print(_("The graph is empty."))


@app.command()
def stop() -> None:
    """End the local engine, whoever uses it.

    Example: graph-loader stop
    """
    print(_("The local engine has ended.") if embedded.stop() else _("No local engine was running."))
