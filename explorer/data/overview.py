"""The overview: what is in here, what spread lately, who ties regions together, what the data lack."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from explorer.analysis.records import records

from .graph import ask, state


@dataclass(frozen=True)
class SourceFacts:
    """Where the data come from."""

    data_sets: list[str]
    simulated: bool
    loaded_at: str
    sources: int


def counts() -> dict[str, int]:
    """Nodes by label."""
    return _counts(ask("node_counts"), "label", "nodes")


def period() -> tuple[int, int] | None:
    """First and last year of anything dated; None where nothing is."""
    rows = ask("period").dropna().to_dict("records")
    return (int(rows[0]["first_year"]), int(rows[0]["last_year"])) if rows else None


def source_facts() -> SourceFacts:
    """Data sets, when they were loaded and how many sources they rest on."""
    sets = ask("data_sets")
    return SourceFacts(
        data_sets=[str(name) for name in sets["name"]],
        simulated=bool((sets["kind"] == "simulated").any()),
        loaded_at=state().loaded_at,
        sources=counts().get("Source", 0),
    )


def data_sets() -> list[dict[str, Any]]:
    """The data sets in the graph: id, name, kind, data_until, licence, note."""
    return records(ask("data_sets"))


def lately(count: int) -> list[dict[str, Any]]:
    """The latest takings-over that are dated, newest first."""
    return records(ask("latest_steps", stages=("partial", "full", "policy"), limit=count))


def most_connected(count: int) -> list[dict[str, Any]]:
    """The organisations with most partners in shared projects."""
    return records(ask("most_connected", limit=count))


def reach(count: int) -> list[dict[str, Any]]:
    """The approaches that most regions took over."""
    found = ask("approaches_by_reach", limit=count)
    return records(found[found["taken_over"] > 0])


def meetings(today: str, count: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Meetings to come, the next first, and those that were, the last first."""
    visits = ask("visits")
    dated = visits[visits["on"].notna()].assign(day=visits["on_to"].astype(str))
    coming = dated[dated["day"] >= today].sort_values("on_from").head(count)
    past = dated[dated["day"] < today].sort_values("on_from", ascending=False).head(count)
    return records(coming), records(past)


def lacking() -> dict[str, int]:
    """How many rows each query on what the data lack returns, by its name."""
    names = (
        "visits_without_date",
        "visits_without_outcome",
        "organisations_in_no_project",
        "regions_without_approach",
        "approaches_without_origin",
        "adoptions_without_visit",
        "nodes_without_source",
    )
    return {name: len(ask(name)) for name in names}


def _counts(table: pd.DataFrame, key: str, value: str) -> dict[str, int]:
    return {str(k): int(v) for k, v in zip(table[key], table[value], strict=True)}
