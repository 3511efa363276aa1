"""The spread of approaches: all of them ranked, and one on one screen."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from explorer.analysis.records import records
from explorer.analysis.spread import standings
from graph_loader import api

from . import kept
from .evidence import evidence, trees
from .graph import ask, state


@dataclass(frozen=True)
class Story:
    """One approach: its own facts, the regions it reached, the visits about it, and its curve.

    `regions`: see `standings.reached`. `visits`: one dict per visit with id, name,
    on, kind, hosts (list of id, name, label), guests (list of id, name, label,
    standing of their region, outcome). `curve`: year, new, total. `undated`:
    takings-over that the curve leaves out.
    """

    facts: dict[str, Any]
    regions: list[standings.Reached]
    steps: pd.DataFrame
    visits: list[dict[str, Any]]
    curve: pd.DataFrame
    undated: int


def overview() -> pd.DataFrame:
    """All approaches with how many regions took each over, most first."""
    return ask("approaches_by_reach", limit=100_000)


def approach_themes() -> dict[str, list[str]]:
    """Ids of the themes of each approach."""
    table = ask("approaches")
    return {a: list(t) for a, t in zip(table["id"], table["themes"], strict=True)}


def story(approach: str) -> Story | None:
    """The story of one approach; None where there is none of that id."""
    return _story(approach, state().version)


def came_of(visit: str) -> list[tuple[Story, dict[str, Any]]]:
    """What came of a visit: for each approach that it was about, its story and the visit as that story tells it."""
    subjects = ask("visit_subjects")
    about = set(subjects.loc[subjects["visit_id"] == visit, "subject_id"])
    projects = ask("projects")
    applied = [item for ids in projects.loc[projects["id"].isin(about), "approach_ids"] for item in ids]
    approaches = [item for item in ask("approaches")["id"] if item in about or item in applied]
    stories = [found for found in map(story, approaches) if found is not None]
    return [(found, told) for found in stories for told in found.visits if told["visit_id"] == visit]


def outlines() -> str:
    """Outlines of regions as GeoJSON, empty where none were loaded with the demo."""
    file = api.demo_path() / "region_outlines.geojson"
    return file.read_text(encoding="utf-8") if file.exists() else ""


@kept.copied(500)
def _story(approach: str, version: str) -> Story | None:  # noqa: ARG001 (part of the cache key)
    every = ask("approaches")
    mine = records(every[every["id"] == approach])
    if not mine:
        return None
    own = evidence().of(approach)
    visits = ask("visits_about", approach=approach)
    presence = ask("visit_presence")
    regions = standings.reached(trees()[approach], own)
    curve = standings.reach_over_years(regions)
    taken = sum(item.standing in ("credited", "visited", "from above", "alone") for item in regions)
    undated = taken - (int(curve["new"].sum()) if len(curve) else 0)
    return Story(mine[0], regions, own.steps, _visits(visits, presence, own.attended, regions), curve, undated)


def _visits(
    visits: pd.DataFrame, presence: pd.DataFrame, attendance: pd.DataFrame, regions: list[standings.Reached]
) -> list[dict[str, Any]]:
    stands = {item.region_id: item.standing for item in regions}
    counted = attendance[(attendance["how"] != "from above") & attendance["region_id"].isin(list(stands))]
    of_guest: dict[tuple[str, str], str] = {}
    for row in records(counted.sort_values("how")):  # "own" before "within": a guest's own region tells first
        of_guest.setdefault((row["visit_id"], row["attendee_id"]), stands[row["region_id"]])
    found = []
    for row in records(visits.drop_duplicates("visit_id")):
        there = presence[presence["visit_id"] == row["visit_id"]]
        bodies = [
            {
                "id": b["body_id"],
                "name": b["body"],
                "label": b["body_label"],
                "part": b["part"],
                "outcome": b["outcome"],
                "note": b["note"],
                "standing": of_guest.get((str(row["visit_id"]), str(b["body_id"])), ""),
            }
            for b in records(there)
        ]
        hosts = [b for b in bodies if b["part"] == "hosted"]
        found.append({**row, "hosts": hosts, "guests": [b for b in bodies if b["part"] == "attended"]})
    return found
