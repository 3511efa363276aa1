"""What is known of one node: its facts, its neighbours by relationship, its time line and its sources."""

import dataclasses
from dataclasses import dataclass
from typing import Any

from explorer.analysis.records import Record, records
from graph_loader import api
from graph_store.schema import relationship_kind

from .graph import ask, store


@dataclass(frozen=True)
class Profile:
    """One node and what is around it.

    `neighbours`: one dict per relationship: type, outgoing, other_id,
    other_label, other_name, other_on, properties.
    """

    id: str
    label: str
    properties: dict[str, Any]
    neighbours: list[dict[str, Any]]
    sources: list[dict[str, Any]]

    @property
    def name(self) -> str:
        """The node's name."""
        return str(self.properties["name"])

    def around(self, type_: str, *, outgoing: bool) -> list[dict[str, Any]]:
        """Neighbours by one relationship, in one direction."""
        return [row for row in self.neighbours if row["type"] == type_ and bool(row["outgoing"]) == outgoing]


def profile(node: str) -> Profile | None:
    """The profile of a node; None where no node has that id."""
    found = records(ask("node", id=node))
    if not found:
        return None
    row: dict[str, Any] = found[0]
    around = records(ask("neighbours", id=node))
    steps = _steps({row["other_id"] for row in around if row["other_label"] == "Adoption"})
    neighbours: list[dict[str, Any]] = [_told(row, steps) for row in around]
    return Profile(node, str(row["label"]), dict(row["properties"]), neighbours, records(ask("sources_of", id=node)))


def stated_in(label: str, node: str) -> list[dict[str, Any]]:
    """File, sheet and row that each fact on the node was loaded from."""
    return [dataclasses.asdict(row) for row in api.provenance(store(), label, node)]


def resting_on(source: str) -> int:
    """How many nodes name a source."""
    return len(ask("stated_by", source=source))


def _steps(wanted: set[str]) -> dict[str, Record]:
    """Steps of taking up by id: see the query adoption_steps."""
    if not wanted:
        return {}
    steps = ask("adoption_steps")
    return {row["adoption_id"]: row for row in records(steps[steps["adoption_id"].isin(wanted)])}


def _told(row: dict[str, Any], steps: dict[str, Record]) -> dict[str, Any]:
    """A neighbour as a reader wants it told: a tie read both ways has no direction, a step is told by what it joins."""
    if relationship_kind(row["type"]).both_ways:
        return {**row, "outgoing": True}
    if row["other_label"] != "Adoption":
        return row
    step = steps[row["other_id"]]
    name = step["approach"] if row["type"] == "TOOK_UP" else f"{step['region']}: {step['approach']}"
    return {**row, "other_name": name, "approach_id": step["approach_id"], "stage": step["stage"]}
