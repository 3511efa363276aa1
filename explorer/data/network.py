"""The network page: ties of the kind asked for, narrowed by the filters, with places and measures."""

from dataclasses import dataclass

import pandas as pd

from explorer.analysis import layouts, networks, ties
from explorer.analysis.periods import in_period, years_of
from explorer.analysis.records import Record, records
from explorer.analysis.territories import Territories

from . import kept
from .graph import ask, state

LEAST_FRAME = (260.0, 200.0)  # pixels: a few nodes in a row are no line to be blown up


@dataclass(frozen=True)
class Filters:
    """What the reader asked to see; the empty value of each means "all"."""

    tie: str = "projects"
    regions: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
    least: int = 1
    ego: str = ""


@dataclass(frozen=True)
class NetworkShown:
    """A network as it is to be drawn.

    `nodes`: index id; name, label, kind, region_id, region, country, x, y,
    group, groups_tied, things (how many projects, visits or memberships its
    ties rest on) and one column per measure, all on the ties shown. `lonely`:
    bodies that the filters leave, but without a tie to another one left.
    `ties`: a, b, strength, through. `frame`: left, top, right and bottom of all
    nodes of that kind of tie, so that filters move nothing. `whole`: how many bodies have such a tie
    before any filter. `undated`: rows left out because no date is known of
    them, 0 without a period. `strongest`: of the unfiltered ties.
    """

    nodes: pd.DataFrame
    ties: pd.DataFrame
    frame: tuple[float, float, float, float]
    whole: int
    lonely: int
    undated: int
    strongest: int
    years: tuple[int, int] | None


def territories() -> Territories:
    """The tree of regions, of this page's version of the data."""
    return _territories(state().version)


def bodies() -> pd.DataFrame:
    """Organisations, and regions as bodies that visit: index id; name, label, kind, region_id, region, country."""
    return _bodies(state().version)


def shown(filters: Filters) -> NetworkShown:
    """The network that the filters leave."""
    return _shown(filters, state().version)


# Look-ups that every page makes and none changes are shared between sessions as they are, not copied.
@kept.shared(3)
def _territories(version: str) -> Territories:  # noqa: ARG001 (part of the cache key)
    return Territories(ask("regions"))


@kept.shared(3)
def _names(version: str) -> dict[str, tuple[str, str]]:  # noqa: ARG001 (part of the cache key)
    table = ask("names")
    return {i: (n, label) for i, n, label in zip(table["id"], table["name"], table["label"], strict=True)}


@kept.shared(3)
def _source_names(version: str) -> dict[str, str]:  # noqa: ARG001 (part of the cache key)
    table = ask("sources")
    return dict(zip(table["id"], table["name"], strict=True))


@kept.shared(3)
def _bodies(version: str) -> pd.DataFrame:  # noqa: ARG001 (part of the cache key)
    organisations = ask("organisations").assign(label="Organisation")
    regions = ask("regions").assign(label="Region")
    regions = regions.assign(region_id=regions["id"], region=regions["name"])
    columns = ["id", "name", "label", "kind", "region_id", "region", "country"]
    return pd.concat([organisations[columns], regions[columns]]).set_index("id")


@kept.copied(20)
def _whole(tie: str, version: str) -> tuple[pd.DataFrame, pd.DataFrame]:  # noqa: ARG001 (part of the cache key)
    """All ties of a kind, and the nodes with group and place: computed once per version of the data."""
    found, _undated = _ties(Filters(tie=tie))
    nodes = sorted({*found["a"], *found["b"]})
    measured = networks.measures(nodes, found)
    return found, measured.join(layouts.layout(measured, found))


@kept.copied(500)
def _shown(filters: Filters, version: str) -> NetworkShown:
    whole, placed = _whole(filters.tie, version)
    found, undated = _ties(filters) if filters.themes or filters.years else (whole, 0)
    found = found[found["strength"] >= filters.least]
    known = bodies()
    kept = _kept(filters, known)
    if kept is not None:
        found = ties.among(found, kept)
    if filters.ego:
        found = ties.among(found, ties.neighbourhood(found, filters.ego))
    nodes = sorted({*found["a"], *found["b"]})
    measured = networks.measures(nodes, found)
    if filters.ego:
        measured = measured.join(layouts.layout(measured, found))
    else:
        measured = measured.drop(columns="group").join(placed[["group", "x", "y"]])
    return NetworkShown(
        nodes=measured.assign(things=_things(nodes, found)).join(known),
        ties=found.reset_index(drop=True),
        frame=_frame(measured if filters.ego else placed),
        whole=len(placed),
        lonely=len((kept or set()) & set(placed.index) - set(nodes)),
        undated=undated,
        strongest=int(whole["strength"].max()) if len(whole) else 1,
        years=_years(),
    )


def _things(nodes: list[str], found: pd.DataFrame) -> list[int]:
    """How many different things the ties of each node rest on: three partners in one project are one project."""
    through: dict[str, set[str]] = {node: set() for node in nodes}
    for a, b, things in found[["a", "b", "through"]].itertuples(index=False):
        through[a].update(things)
        through[b].update(things)
    return [len(through[node]) for node in nodes]


def _frame(nodes: pd.DataFrame) -> tuple[float, float, float, float]:
    if nodes.empty:
        return 0.0, 0.0, layouts.WIDTH, layouts.HEIGHT
    left, top, right, bottom = nodes["x"].min(), nodes["y"].min(), nodes["x"].max(), nodes["y"].max()
    wide, high = max(LEAST_FRAME[0] - (right - left), 0) / 2, max(LEAST_FRAME[1] - (bottom - top), 0) / 2
    return float(left - wide), float(top - high), float(right + wide), float(bottom + high)


def _kept(filters: Filters, known: pd.DataFrame) -> set[str] | None:
    """Ids that the filters on bodies leave; None where none is set."""
    if not (filters.regions or filters.kinds):
        return None
    kept = pd.Series(data=True, index=known.index)
    if filters.regions:
        kept &= known["region_id"].isin(territories().within_any(filters.regions))
    if filters.kinds:
        kept &= known["kind"].isin(filters.kinds) & (known["label"] == "Organisation")
    return set(known.index[kept])


def _ties(filters: Filters) -> tuple[pd.DataFrame, int]:
    """Ties of the kind asked for, by theme and period; and how many rows fell out for want of a date."""
    makers = {"projects": _project_ties, "visits": _visit_ties, "memberships": _membership_ties}
    if filters.tie != "all":
        return makers[filters.tie](filters)
    parts = [make(filters) for make in makers.values()]
    return ties.together(*(part for part, _undated in parts)), sum(undated for _part, undated in parts)


def _project_ties(filters: Filters) -> tuple[pd.DataFrame, int]:
    rows = ask("participations")
    if filters.themes:
        themes = ask("project_themes")
        rows = rows[rows["project_id"].isin(themes.loc[themes["theme_id"].isin(filters.themes), "project_id"])]
    rows, undated = _dated(rows, "date_from", "date_to", filters)
    return ties.ties_through(rows, "organisation_id", "project_id"), undated


def _visit_ties(filters: Filters) -> tuple[pd.DataFrame, int]:
    rows = ask("visit_presence").merge(ask("visits")[["id", "on_from", "on_to"]], left_on="visit_id", right_on="id")
    if filters.themes:
        themes = ask("visit_themes")
        rows = rows[rows["visit_id"].isin(themes.loc[themes["theme_id"].isin(filters.themes), "visit_id"])]
    rows, undated = _dated(rows, "on_from", "on_to", filters)
    return ties.visit_ties(rows), undated


def _membership_ties(filters: Filters) -> tuple[pd.DataFrame, int]:
    rows = ask("memberships")
    if filters.themes:
        rows = rows.iloc[:0]  # a membership is about no theme
    rows, undated = _dated(rows, "date_from", "date_to", filters)
    return ties.membership_ties(rows), undated


def _dated(rows: pd.DataFrame, first: str, last: str, filters: Filters) -> tuple[pd.DataFrame, int]:
    kept = rows[in_period(rows, first, last, filters.years)]
    undated = int((rows[first].isna() & rows[last].isna()).sum()) if filters.years else 0
    return kept, undated


def _years() -> tuple[int, int] | None:
    took_part, visits = ask("participations"), ask("visits")
    return years_of(took_part["date_from"], took_part["date_to"], visits["on_from"], visits["on_to"])


def theme_names() -> dict[str, str]:
    """Names of the themes that projects or visits are about, by id."""
    themes = ask("themes")
    return dict(zip(themes["id"], themes["name"], strict=True))


def region_names() -> dict[str, str]:
    """Names of all regions by id: countries first, then provinces and the like, each with its country."""
    depth = {"country": 0, "state": 1, "province": 1, "labour-market region": 2, "district": 3}
    regions = ask("regions")
    ranked = regions.assign(depth=[depth.get(kind, 4) for kind in regions["kind"]]).sort_values(["depth", "name"])
    return {
        row["id"]: row["name"] if row["kind"] == "country" else f"{row['name']} ({row['country']})"
        for row in records(ranked)
    }


def kinds_present() -> set[str]:
    """Codes of the kinds of organisation that occur."""
    return set(ask("organisations")["kind"])


def names() -> dict[str, tuple[str, str]]:
    """Name and label of everything that has a profile, by id."""
    return _names(state().version)


def positions() -> dict[str, tuple[float, float]]:
    """Latitude and longitude of each region that has them."""
    regions = ask("regions").dropna(subset=["latitude", "longitude"])
    return {
        i: (float(a), float(b))
        for i, a, b in zip(regions["id"], regions["latitude"], regions["longitude"], strict=True)
    }


def source_names() -> dict[str, str]:
    """Names of the sources by id."""
    return _source_names(state().version)


def sources_of(node: str) -> list[Record]:
    """The sources that state a node: id, name, publisher, published, url."""
    return records(ask("sources_of", id=node))
