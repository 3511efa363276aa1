"""Evidence on a simulation, straight from its tables, with all or a share of its records of visits.

The truth that was planted stands beside it in ``simulation.truth``: how much of
it a measure finds again is what the benchmarks of spread print.
"""

from datetime import date

import numpy as np
import pandas as pd

from explorer.analysis.spread.evidence import Evidence
from explorer.analysis.territories import Territories
from graph_loader.simulate import Simulation
from graph_store.dates import interval
from graph_store.schema import COUNTED_REGIONS

Tables = dict[str, pd.DataFrame]


def evidence_of(simulation: Simulation, *, records: float = 1.0, seed: int = 0) -> Evidence:
    """What a graph with these tables would hold on record about spread.

    Parameters
    ----------
    simulation
        As made; nothing of its truth is used.
    records
        Share of the visits that are on record, 0 to 1. A visit that is not
        takes its hosts, attendances, subjects and the credits to it along.
    seed
        Start of the chance that picks the visits: of two shares with the same
        seed, the smaller keeps some of the visits of the larger and no others.

    Raises
    ------
    ValueError
        When `records` is no share.
    """
    if not 0 <= records <= 1:
        raise ValueError(f"records is {records}: give a share from 0 to 1")
    tables = simulation.tables
    order = np.random.default_rng(seed).permutation(len(tables["visits"]))
    kept = set(tables["visits"]["id"].iloc[order[: round(records * len(order))]])
    regions = tables["regions"].rename(columns={"part_of": "parent_id"})
    land = regions.assign(parent_id=_or_none(regions["parent_id"]))
    return Evidence(
        approaches=_approaches(tables),
        steps=_steps(tables, kept),
        shown=_shown(tables, kept),
        hosts=_hosts(tables, kept),
        attended=_attended(tables, kept),
        land=Territories(land),
        until=interval(tables["data_set"]["data_until"].iloc[0])[1],
    )


def _approaches(tables: Tables) -> pd.DataFrame:
    own = tables["approaches"]
    found = {
        "approach_id": own["id"],
        "origin": _or_none(own["origin"]),
        **_span(own["started"], "started_from", "started_to"),
    }
    return pd.DataFrame(found, dtype=object)


def _steps(tables: Tables, kept: set[str]) -> pd.DataFrame:
    own = tables["adoptions"]
    visits = set(tables["visits"]["id"])
    credited = [
        [credit for credit in cell.split(";") if credit and (credit in kept or credit not in visits)]
        for cell in own["credited_to"]
    ]
    found = {
        "step_id": own["id"],
        "approach_id": own["approach"],
        "region_id": own["region"],
        "stage": own["stage"],
        **_span(own["on"]),
        "credited_to": pd.Series(credited, dtype=object, index=own.index),
    }
    return pd.DataFrame(found, dtype=object)


def _shown(tables: Tables, kept: set[str]) -> pd.DataFrame:
    """A visit is about an approach itself, or through a project that applies it."""
    projects = tables["projects"][["id", "approach"]]
    applied = projects.assign(approach_id=projects["approach"].str.split(";")).explode("approach_id")
    itself = pd.DataFrame({"id": tables["approaches"]["id"], "approach_id": tables["approaches"]["id"]})
    meant = pd.concat([itself, applied[["id", "approach_id"]]])
    subjects = tables["visit_subjects"].merge(meant, left_on="subject", right_on="id")
    visits = tables["visits"][["id", "kind", "on"]].rename(columns={"id": "visit"})
    found = subjects[["visit", "approach_id"]].drop_duplicates().merge(visits, on="visit")
    found = found[(found["approach_id"] != "") & found["visit"].isin(kept)]
    found = found.sort_values(["visit", "approach_id"]).rename(columns={"visit": "visit_id"})
    return pd.DataFrame({**found[["visit_id", "approach_id", "kind"]], **_span(found["on"])}, dtype=object).reset_index(
        drop=True
    )


def _hosts(tables: Tables, kept: set[str]) -> pd.DataFrame:
    own = tables["hosts"].assign(region_id=_homes(tables, tables["hosts"]["host"]))
    found = own[own["visit"].isin(kept) & own["region_id"].notna()].rename(columns={"visit": "visit_id"})
    return found[["visit_id", "region_id"]].astype(object).drop_duplicates().reset_index(drop=True)


def _homes(tables: Tables, bodies: "pd.Series[str]") -> "pd.Series[str]":
    """The region that each body is, or lies in; None where it has none."""
    seats = dict(zip(tables["organisations"]["id"], tables["organisations"]["region"], strict=True))
    regions = set(tables["regions"]["id"])
    return _or_none(bodies.map(lambda body: seats.get(body) or (body if body in regions else "")))


def _attended(tables: Tables, kept: set[str]) -> pd.DataFrame:
    """Attendance rolled up as the query ``region_attendance`` does it, without an approach given."""
    own = tables["attendances"]
    present = pd.DataFrame({"visit_id": own["visit"], "home": _homes(tables, own["attendee"])})
    present = present[present["visit_id"].isin(kept)].dropna().drop_duplicates()
    found = present.merge(_counts_for(tables), on="home")[["visit_id", "region_id", "how"]]
    found = found.drop_duplicates().sort_values(["visit_id", "region_id", "how"])
    return found.astype(object).reset_index(drop=True)


def _counts_for(tables: Tables) -> pd.DataFrame:
    """For which regions the presence of a body of each region counts, and how: home, region_id, how."""
    regions = tables["regions"]
    kinds = dict(zip(regions["id"], regions["kind"], strict=True))
    parents = dict(zip(regions["id"], regions["part_of"], strict=True))
    took_up = set(tables["adoptions"]["region"])
    found = [(region, region, "own") for region in kinds]
    for region in kinds:
        above = region
        while above := parents.get(above, ""):
            if kinds[above] in COUNTED_REGIONS:
                found.append((region, above, "within"))
            if region in took_up:
                found.append((above, region, "from above"))
    return pd.DataFrame(found, columns=["home", "region_id", "how"], dtype=object)


def _or_none(cells: "pd.Series[str]") -> "pd.Series[str]":
    return pd.Series([cell or None for cell in cells], dtype=object, index=cells.index)


def _span(written: "pd.Series[str]", first: str = "on_from", last: str = "on_to") -> dict[str, "pd.Series[date]"]:
    """The first and last day that each date may mean; None where it is unknown."""
    spans = [interval(text) if text else (None, None) for text in written]
    return {
        name: pd.Series([span[place] for span in spans], dtype=object, index=written.index)
        for place, name in enumerate((first, last))
    }
