"""Tables that are made up, for a graph of their own: simulate."""

from pathlib import Path
from typing import Annotated

import typer

from graph_store.errors import WrongUse

from ..simulate import KIND, Settings, read_land, simulated, told, write_simulation
from .terminal import app, print_report

_USUAL = Settings()


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
    print_report(told(made, path))
