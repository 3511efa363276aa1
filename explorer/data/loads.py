"""The runs of the loader: what is loaded, what each run changed, what it doubted, what is new since."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from explorer.analysis.news import Entry, News, Node, gathered
from explorer.analysis.records import records
from graph_loader import api
from graph_loader.grouping import Group, grouped
from graph_loader.history.difference import DiffEntry
from graph_loader.history.origins import Origin
from graph_loader.history.runs import Run
from graph_loader.show import naming
from graph_store.loads import read_whole
from graph_store.schema import relationship_kind
from languages.words import _
from queries import library

from . import kept
from .graph import DataMoved, ask, state, store
from .network import names

__all__ = ["Difference", "Group", "Run", "data_sets", "doubts", "lacking", "naming", "news", "runs"]

Result = TypeVar("Result")
LACKING = (
    "visits_without_date",
    "visits_without_outcome",
    "steps_without_date",
    "adoptions_without_visit",
    "approaches_without_origin",
    "projects_without_dates",
    "organisations_without_region",
    "organisations_in_no_project",
    "regions_without_approach",
    "nodes_without_source",
    "names_twice",
    "contradictions",
)


@dataclass(frozen=True)
class Difference:
    """What is new between two moments, and the same property by property for a file."""

    since: str  # UTC, as ISO text; empty before the first run
    until: str
    news: News
    rows: list[dict[str, Any]]
    restated: int  # whose facts stayed, while other data sets or sources now say them


def data_sets() -> list[dict[str, Any]]:
    """The data sets in the graph: id, name, kind, data_until, licence, note."""
    return records(ask("data_sets"))


def runs() -> list[Run]:
    """Every run, the latest first."""
    return _runs(state().version)


def doubts(run: str) -> tuple[Group, ...]:
    """The doubts that a load was told, those of one cause together."""
    return _doubts(run, state().version)


def news(since: str, of: str = "") -> Difference:
    """What is new since a run or a day, or what one run changed.

    Raises
    ------
    WrongUse
        When there is no such run, or what was said then is no longer kept.
    """
    return _news(since, of, state().version)


def lacking() -> list[tuple[str, str, int]]:
    """Name, title and number of rows of each question on what the data lack; those without any are left out."""
    found = {name: len(ask(name)) for name in LACKING}
    return [(name, library.query(name).title, count) for name, count in found.items() if count]


@kept.shared(3)
def _runs(version: str) -> list[Run]:
    return _of_version(version, lambda: api.runs(store()))


@kept.shared(20)
def _doubts(run: str, version: str) -> tuple[Group, ...]:
    return grouped(_of_version(version, lambda: api.doubts(store(), run)))


@kept.shared(5)
def _news(since: str, of: str, version: str) -> Difference:
    found = _of_version(version, lambda: api.diff(store(), since=since, of=of))
    entries = [_entry(entry) for entry in found.entries]
    return Difference(
        since=found.before_at,
        until=found.after_at,
        news=gathered(entries, _around()),
        rows=[_row(entry) for entry in found.entries],
        restated=len({entry.element for entry in found.provenance}),
    )


def _of_version(version: str, read: Callable[[], Result]) -> Result:
    """What is read, when it is of the version that the page is made from."""
    found, answer = read_whole(store(), read)
    if found != version:
        raise DataMoved
    return answer


def _around() -> Mapping[str, Sequence[Node]]:
    """The region and the approach of each step, and the regions of each organisation and project."""
    seats = {
        str(row["id"]): (Node("Region", str(row["region_id"]), str(row["region"])),)
        for row in records(ask("organisations"))
        if row["region_id"]
    }
    known = names()
    runs_in = {
        str(row["id"]): tuple(
            Node("Region", region, known[region][0]) for region in row["region_ids"] if region in known
        )
        for row in records(ask("projects"))
    }
    steps = {
        str(row["adoption_id"]): (
            Node("Region", str(row["region_id"]), str(row["region"])),
            Node("Approach", str(row["approach_id"]), str(row["approach"])),
        )
        for row in records(ask("adoption_steps"))
    }
    return seats | runs_in | steps


def _entry(entry: DiffEntry) -> Entry:
    said = entry.said_after or entry.said_before
    starts, ends = ((), ()) if entry.is_node else _labels(entry.kind)
    return Entry(
        change=entry.change,
        kind=entry.kind,
        node=Node(entry.kind, entry.id, entry.name) if entry.is_node else None,
        start=None if entry.is_node else Node(_label(entry.start, starts), entry.start, entry.start_name),
        end=None if entry.is_node else Node(_label(entry.end, ends), entry.end, entry.end_name),
        property=entry.property,
        before=entry.before,
        after=entry.after,
        said=_place(said),
        sources=said.sources if said else (),
    )


def _labels(type_: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    kind = relationship_kind(type_)
    return kind.starts, kind.ends


def _label(node: str, possible: tuple[str, ...]) -> str:
    """The label of an end: the only one that its type allows, else the one that the graph knows."""
    if len(possible) == 1:
        return possible[0]
    known = names().get(node)
    return known[1] if known and known[1] in possible else ""


def _place(said: Origin | None) -> str:
    if said is None or not said.file:
        return ""
    parts = [said.file, _("sheet {sheet}").format(sheet=said.sheet) if said.sheet else ""]
    parts.append(_("row {row}").format(row=said.row) if said.row else "")
    return ", ".join(part for part in parts if part)


def _row(entry: DiffEntry) -> dict[str, Any]:
    """One line of the file."""
    said = entry.said_after or entry.said_before
    return {
        "change": entry.change,
        "kind": entry.kind,
        "id": entry.id,
        "name": entry.name,
        "start": entry.start,
        "start_name": entry.start_name,
        "end": entry.end,
        "end_name": entry.end_name,
        "property": entry.property,
        "before": _plain(entry.before),
        "after": _plain(entry.after),
        "data_set": said.data_set if said else "",
        "file": said.file if said else "",
        "sheet": said.sheet if said else "",
        "row": (said.row or None) if said else None,
        "sources": "; ".join(said.sources) if said else "",
    }


def _plain(value: object) -> object:
    return "; ".join(map(str, value)) if isinstance(value, list) else value
