"""What a simulation came to: counts and shares, read off its tables and its truth."""

import math
from pathlib import Path

from graph_store.dates import certainly_before
from graph_store.schema import TAKEN_OVER
from languages.words import _, number, share

from .course import ABOVE, CONTACT, OWN, VISIT
from .simulation import Simulation, Tables

HOW = (VISIT, ABOVE, CONTACT, OWN)


def rates(simulation: Simulation) -> dict[str, float]:
    """Counts and shares of what happened; shares from 0 to 1, NaN where there is nothing to share.

    Returns
    -------
    dict
        ``takings_over`` and how many of them by a visit, from above, by
        contact and by own idea; ``visited`` (pairs of a region and an approach
        that it came to see itself) and the share of them that a visit made a
        taking-over; ``projects``, the share that drew a work visit and the
        share taken over elsewhere.
    """
    tables, truth = simulation.tables, simulation.truth
    counted = truth["how"].value_counts()
    visited = visited_pairs(simulation)
    by_visit = {pair[:2] for pair in truth[["approach", "region", "how"]].itertuples(index=False) if pair[2] == VISIT}
    projects = len(tables["projects"])
    return {
        "takings_over": len(truth),
        **{how.replace(" ", "_"): int(counted.get(how, 0)) for how in HOW},
        "visited": len(visited),
        "visited_and_took_it_over": _part(len(by_visit & visited), len(visited)),
        "projects": projects,
        "projects_that_drew_a_work_visit": _part(len(projects_visited(tables)), projects),
        "projects_taken_over_elsewhere": _part(len(projects_taken_over(tables)), projects),
    }


def visited_pairs(simulation: Simulation) -> set[tuple[str, str]]:
    """Approach and region of each region that came to see it itself, or by a body or a municipality in it."""
    tables = simulation.tables
    regions = tables["regions"]
    own = set(regions.loc[regions["kind"] == simulation.land.kind, "id"])
    parents = dict(zip(regions["id"], regions["part_of"], strict=True))
    home = dict(zip(tables["organisations"]["id"], tables["organisations"]["region"], strict=True))
    shown = _shown(tables)
    found = set()
    for attendee, visit in tables["attendances"][["attendee", "visit"]].itertuples(index=False):
        region = home.get(attendee, attendee)
        region = region if region in own else parents.get(region, "")
        if region in own:
            found.add((shown[visit], region))
    return found


def projects_visited(tables: Tables) -> set[str]:
    """Projects that drew a work visit: about the project, or about its approach and hosted in its region."""
    visits = tables["visits"].merge(tables["visit_subjects"], left_on="id", right_on="visit")
    visits = visits.merge(tables["hosts"], on="visit")
    home = dict(zip(tables["organisations"]["id"], tables["organisations"]["region"], strict=True))
    drawn = {
        key
        for kind, subject, host in visits[["kind", "subject", "host"]].itertuples(index=False)
        if kind == "work visit"
        for key in (subject, (subject, home.get(host, host)))
    }
    projects = tables["projects"][["id", "approach", "region"]].itertuples(index=False)
    return {id_ for id_, approach, region in projects if {id_, (approach, region)} & drawn}


def projects_taken_over(tables: Tables) -> set[str]:
    """Projects whose approach another region took over, at least in part, certainly after the project began."""
    steps = tables["adoptions"]
    taken: dict[str, list[tuple[str, str]]] = {}
    for approach, region, on in steps.loc[steps["stage"].isin(TAKEN_OVER), ["approach", "region", "on"]].itertuples(
        index=False
    ):
        taken.setdefault(approach, []).append((region, on))
    projects = tables["projects"][["id", "approach", "region", "started"]].itertuples(index=False)
    return {
        id_
        for id_, approach, region, began in projects
        if any(other != region and certainly_before(began, on) for other, on in _first(taken.get(approach, [])))
    }


def told(simulation: Simulation, path: Path) -> list[str]:
    """What was written, what it came to, and what to do with it, as lines of text."""
    found = rates(simulation)
    count = found["takings_over"]
    counts = {name: number(len(simulation.tables[name])) for name in ("approaches", "visits", "adoptions")}
    lines = [
        _("Written: {path}").format(path=path),
        _("SIMULATED: {regions} regions, {approaches} approaches, {visits} visits, {adoptions} steps.").format(
            regions=number(simulation.settings.regions), **counts
        ),
        _(
            "{count} takings-over: {visit} by a visit, {above} from above, {contact} by contact, {own} own ideas."
        ).format(
            count=number(count),
            visit=share(found["visit"], count),
            above=share(found["from_above"], count),
            contact=share(found["contact"], count),
            own=share(found["own_idea"], count),
        ),
    ]
    if found["visited"]:
        lines.append(
            _("{count} pairs of a region and an approach that it came to see; {part} took it over by a visit.").format(
                count=number(found["visited"]), part=share(found["visited_and_took_it_over"], 1)
            )
        )
    return [
        *lines,
        _("Of {count} projects, {visited} drew a work visit and {taken} were taken over elsewhere.").format(
            count=number(found["projects"]),
            visited=share(found["projects_that_drew_a_work_visit"], 1),
            taken=share(found["projects_taken_over_elsewhere"], 1),
        ),
        "",
        _("Load it into a graph of its own (EXPLORER_HOME names another folder): graph-loader load {path}").format(
            path=path
        ),
    ]


def _first(steps: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The first step of each region: what follows, such as regular policy, is no second taking-over."""
    return list({region: (region, on) for region, on in sorted(steps, key=lambda step: step[1], reverse=True)}.values())


def _shown(tables: Tables) -> dict[str, str]:
    """The approach that each visit showed, itself or through a project."""
    applied = dict(zip(tables["projects"]["id"], tables["projects"]["approach"], strict=True))
    subjects = tables["visit_subjects"]
    return {
        visit: applied.get(subject, subject)
        for visit, subject in subjects[["visit", "subject"]].itertuples(index=False)
    }


def _part(part: int, whole: int) -> float:
    return part / whole if whole else math.nan
