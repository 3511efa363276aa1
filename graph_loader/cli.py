"""Command ``graph-loader``: from tables to the graph.

Exit codes: 0 done, 1 faults in the data, 2 wrong use or no engine.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Annotated, Any

import typer
from neo4j.exceptions import Neo4jError
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

from graph_store import embedded
from graph_store.errors import EngineAway, ExplorerError, WrongUse
from graph_store.store import READER, WRITER, Store, open_store
from languages.words import _

from . import api, show
from .simulate import KIND, Settings, read_land, simulated, told, write_simulation
from .template import make_template
from .write import Progress as Watch

DONE, FAULTS, WRONG = 0, 1, 2
_USUAL = Settings()

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Bring tables (a folder of CSV files, or an Excel workbook) into the graph. "
    "Exit codes: 0 done, 1 faults in the data, 2 wrong use or no engine.",
)

Paths = Annotated[
    list[Path], typer.Argument(help="Folders of CSV files, .xlsx workbooks, or single .csv files.", metavar="PATH")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the report as JSON.")]
DataSet = Annotated[
    str, typer.Option("--data-set", metavar="NAME", help="Id to load as; else the one in the table data_set.")
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
    as_json: AsJson = False,
) -> None:
    """Find all faults and doubts in tables; writes nothing.

    Example: graph-loader check partners.xlsx
    """
    with _graph_if_there(alone) as store, _watched(as_json) as watch:
        report = api.check(paths, store, data_set, watch)
    _print(report.as_dict() if as_json else show.report_text(report))
    _leave(FAULTS if report.faults else DONE)


@app.command()
def plan(paths: Paths, data_set: DataSet = "", as_json: AsJson = False) -> None:
    """Show what a load would add, change and remove; writes nothing.

    Example: graph-loader plan partners.xlsx
    """
    with _watched(as_json) as watch, open_store(READER) as store:
        found = api.plan(paths, store, data_set, watch)
    if as_json:
        _print(found.as_dict())
    else:
        lines = show.report_text(found.report)
        _print([*lines, "", *show.plan_text(found.plan)] if found.plan else lines)
    _leave(FAULTS if found.report.faults else DONE)


@app.command()
def load(paths: Paths, data_set: DataSet = "", as_json: AsJson = False) -> None:
    """Check tables and load them: readers see the old graph or the new one.

    The files replace all that their data set said before. The same files again
    change nothing.

    Example: graph-loader load partners.xlsx --data-set partners
    """
    with _watched(as_json) as watch, open_store(WRITER) as store:
        report = api.load(paths, data_set, store, watch)
    _print(report.as_dict() if as_json else show.load_text(report))
    _leave(DONE if report.loaded else FAULTS)


@app.command()
def simulate(
    path: Annotated[Path, typer.Argument(help="Folder to be made; one that holds a simulation is replaced.")],
    regions: Annotated[int, typer.Option(help="How many regions; with --land, all of the land.")] = _USUAL.regions,
    approaches: Annotated[int, typer.Option(help="How many approaches.")] = _USUAL.approaches,
    visits: Annotated[int, typer.Option(help="How many visits.")] = _USUAL.visits,
    seed: Annotated[int, typer.Option(help="Start of all chance: the same makes the same.")] = _USUAL.seed,
    first_year: Annotated[int, typer.Option(help="First year of the time simulated.")] = _USUAL.first_year,
    years: Annotated[int, typer.Option(help="How many years.")] = _USUAL.years,
    geography: Annotated[float, typer.Option(help="How strongly distance limits who visits whom.")] = _USUAL.geography,
    homophily: Annotated[float, typer.Option(help="How strongly like visits like.")] = _USUAL.homophily,
    hubs: Annotated[float, typer.Option(help="How unequally hosts draw visits.")] = _USUAL.hubs,
    visits_matter: Annotated[
        float, typer.Option(help="1: most takings-over follow a visit; 0: visits tell nothing of them.")
    ] = _USUAL.visits_matter,
    own_ideas: Annotated[float, typer.Option(help="Share of takings-over without a visit.")] = _USUAL.own_ideas,
    uptake: Annotated[float, typer.Option(help="Chance that a guest sets off a taking-over.")] = _USUAL.uptake,
    shown: Annotated[float, typer.Option(help="Share of approaches ever shown at a visit.")] = _USUAL.shown,
    from_above: Annotated[float, typer.Option(help="Share of guests from the territory above.")] = _USUAL.from_above,
    coarse_dates: Annotated[float, typer.Option(help="Share of dates of month or year.")] = _USUAL.coarse_dates,
    land: Annotated[Path | None, typer.Option(help="Folder with regions.csv and region_borders.csv to use.")] = None,
    land_kind: Annotated[str, typer.Option(help="Which regions of the land visit one another.")] = KIND,
    land_country: Annotated[str, typer.Option(help="Code of the only country of the land to use.")] = "",
) -> None:
    """Make up tables whose true story is known, for a graph of their own.

    Example: graph-loader simulate made-up --regions 35 --visits 120 --seed 1
    """
    try:
        settings = Settings(
            regions=regions,
            approaches=approaches,
            visits=visits,
            seed=seed,
            first_year=first_year,
            years=years,
            geography=geography,
            homophily=homophily,
            hubs=hubs,
            visits_matter=visits_matter,
            own_ideas=own_ideas,
            uptake=uptake,
            shown=shown,
            from_above=from_above,
            coarse_dates=coarse_dates,
        )
        made = simulated(settings, read_land(land, land_kind, land_country) if land else None)
    except ValueError as error:
        raise WrongUse(str(error)) from error
    write_simulation(made, path)
    _print(told(made, path))


@app.command()
def status(as_json: AsJson = False) -> None:
    """Show which engine answers, what is in the graph and whether a load stopped half-way.

    Example: graph-loader status --json
    """
    with open_store(READER) as store:
        found = api.status(store)
    _print(found.as_dict() if as_json else show.status_text(found))


@app.command()
def reset(yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False) -> None:
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
                _leave(WRONG)
        with _watched(False) as watch:
            api.reset(store, watch)
    print(_("The graph is empty."))


@app.command()
def stop() -> None:
    """End the local engine, whoever uses it.

    Example: graph-loader stop
    """
    print(_("The local engine has ended.") if embedded.stop() else _("No local engine was running."))


def main() -> None:
    """Run the command; what goes wrong is told in one sentence."""
    try:
        app()
    except ExplorerError as error:
        _fail(str(error))
    except Neo4jError as error:
        _fail(_("The graph engine refused: {reason}").format(reason=(error.message or str(error)).splitlines()[0]))
    except BrokenPipeError:
        # The reader of our output, such as `head`, has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        _fail(f"{error.filename or ''}: {error.strerror or error}".lstrip(": "))


@contextmanager
def _graph_if_there(alone: bool) -> Iterator[Store | None]:
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
def _watched(silent: bool) -> Iterator[Watch | None]:
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


def _print(said: dict[str, Any] | list[str]) -> None:
    print(json.dumps(said, ensure_ascii=False, indent=2) if isinstance(said, dict) else "\n".join(said))


def _leave(code: int) -> None:
    if code:
        raise typer.Exit(code)


def _fail(sentence: str) -> None:
    print(sentence, file=sys.stderr)
    sys.exit(WRONG)


if __name__ == "__main__":
    main()
