"""The map: ties between regions, of the kind asked for, narrowed by the filters, with the places they tie."""

from dataclasses import dataclass

import pandas as pd

from explorer.analysis import ties
from explorer.analysis.periods import in_period, years_of
from explorer.analysis.records import Record, records
from explorer.analysis.spread.tree import GRADES, Candidate
from explorer.analysis.territories import Territories

from . import kept, spread
from .evidence import trees
from .graph import ask, state
from .network import names, territories

KINDS = ("adoptions", "visits", "projects")
USUAL_GRADES = ("stated", "consistent", "from above")
ROLLED = "labour-market region"  # what lies in one counts for it
ZOOMS = ("country", "province", "state")
NEVER = (None, None)
LINKS = ["a", "b", "grade", "thing", "visit", "step"]


@dataclass(frozen=True)
class Asked:
    """What the reader asked to see; the empty value of each means "all".

    `by` is "region" or "country": the level that ties are rolled up to. `zoom`
    is a country, province or state: at least one end must lie in it. `regions` leaves
    only ties that touch one of them, or what lies in it.
    """

    tie: str = "adoptions"
    by: str = "region"
    zoom: str = ""
    regions: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
    least: int = 1
    grades: tuple[str, ...] = USUAL_GRADES


@dataclass(frozen=True)
class Links:
    """Single links between regions before they are counted: one row per pair and thing.

    `rows`: a, b (from whom, to whom; for projects a < b), grade (of adoptions,
    else ""), thing (id of project, visit or approach), visit and step (of
    adoptions); a is "" for a taking-over of which nobody knows from whom.
    `undated`: things left out of a period for want of a date. `homeless`:
    things at which a body without a region was present; that body is left out.
    """

    rows: pd.DataFrame
    undated: int = 0
    homeless: int = 0


@dataclass(frozen=True)
class MapShown:
    """What the filters leave.

    Attributes
    ----------
    places
        Index id; name, kind, country, latitude, longitude (NaN where unknown),
        reckoned (bool: placed in the middle of the regions in it), partners
        (other regions tied to), given, taken (things of which it is the from,
        the to; of projects, which have no direction, both hold all of them),
        to_regions (how many regions it is the from of). Most partners first.
    ties
        a, b, grade, strength, through (list of ids); strongest first, among
        equals those of the regions with most partners.
    by_grade
        How many takings-over of each grade there are before the choice of grades.
    units
        How many different projects, visits or takings-over the ties rest on.
    inside, leading_out
        Things that tie a region only to itself; ties shown with one end outside the zoom.
    undated, homeless
        As in `Links`.
    sourceless
        Takings-over of which nobody knows from whom.
    strongest
        Of the ties before `least`.
    """

    places: pd.DataFrame
    ties: pd.DataFrame
    by_grade: dict[str, int]
    units: int
    inside: int
    leading_out: int
    undated: int
    sourceless: int
    homeless: int
    strongest: int


@dataclass(frozen=True)
class Zoom:
    """A territory to zoom to, with how many regions in it have a tie of the kind shown."""

    id: str
    name: str
    kind: str
    country: str
    count: int


def shown(asked: Asked) -> MapShown:
    """The regions and ties that the filters leave."""
    return _shown(asked, state().version)


def zooms(asked: Asked) -> list[Zoom]:
    """Countries, provinces and states with tied regions, countries first, most regions first."""
    plain = Asked(asked.tie, themes=asked.themes, years=asked.years, grades=asked.grades)
    return _zooms(plain, state().version)


def years() -> tuple[int, int] | None:
    """First and last year of anything that the map can show."""
    took_part, visits, steps = ask("participations"), ask("visits"), ask("adoption_steps")
    return years_of(took_part["date_from"], took_part["date_to"], visits["on_from"], visits["on_to"], steps["on_from"])


def behind(asked: Asked, one: str, other: str) -> list[Record]:
    """What a tie rests on: id, name and on of each project, visit or approach; of approaches also grade and visit.

    For projects the order of the two does not matter.
    """
    rows = _links(_kept_apart(asked), state().version).rows
    found = rows[(rows["a"] == one) & (rows["b"] == other)]
    if asked.tie == "projects":
        found = rows[(rows["a"] == min(one, other)) & (rows["b"] == max(one, other))]
    if asked.tie == "adoptions":
        found = found[found["grade"].isin(asked.grades)]
    dates = _dates(asked.tie)
    known = names()
    told = [
        {
            "id": row["thing"],
            "name": known.get(row["thing"], (row["thing"], ""))[0],
            "on": dates.get(row["step"] or row["thing"]),
            "grade": row["grade"],
            "visit": row["visit"],
            "visit_name": known[row["visit"]][0] if row["visit"] in known else "",
        }
        for row in records(found.drop_duplicates(["thing", "step"]))
    ]
    return sorted(told, key=lambda row: (row["on"] is None, row["on"] or "", row["name"]))


def home_of() -> dict[str, str]:
    """The region on the map that each region counts for: the labour-market region that it lies in, else itself."""
    return _homes("region", state().version)


@kept.shared(6)
def _homes(by: str, version: str) -> dict[str, str]:  # noqa: ARG001 (part of the cache key)
    land = territories()
    return {region: _rolled(land, region, by) for region in land.names}


def _rolled(land: Territories, region: str, by: str) -> str:
    chain = [region, *land.above(region)]
    if by == "country":
        return next((step for step in chain if land.kinds[step] == "country"), chain[-1])
    return next((step for step in chain if land.kinds[step] == ROLLED), region)


@kept.copied(300)
def _shown(asked: Asked, version: str) -> MapShown:
    found = _links(_kept_apart(asked), version)
    rows = _near(found.rows, asked, version)
    unit = "step" if asked.tie == "adoptions" else "thing"
    apart = rows[(rows["a"] != "") & (rows["a"] != rows["b"])]
    by_grade = {item.code: int((apart["grade"] == item.code).sum()) for item in GRADES}
    kept = apart[apart["grade"].isin((*asked.grades, ""))]
    counted = _counted(kept)
    strongest = int(counted["strength"].max()) if len(counted) else 1
    counted = counted[counted["strength"] >= asked.least]
    kept = kept.merge(counted[["a", "b", "grade"]], on=["a", "b", "grade"])
    places = _places(counted, kept if asked.tie != "projects" else _both_ways(kept))
    return MapShown(
        places=places,
        ties=_ranked(counted, places),
        by_grade=by_grade,
        units=kept[unit].nunique(),
        inside=len(set(rows.loc[rows["a"] == rows["b"], unit]) - set(apart[unit])),
        leading_out=_leading_out(counted, asked),
        undated=found.undated,
        sourceless=int((rows["a"] == "").sum()),
        homeless=found.homeless,
        strongest=strongest,
    )


def _near(rows: pd.DataFrame, asked: Asked, version: str) -> pd.DataFrame:
    """Links with an end in a region asked for, and in the territory zoomed to."""
    home, land = _homes(asked.by, version), territories()
    for wanted in (asked.regions, (asked.zoom,) if asked.zoom and asked.by == "region" else ()):
        if wanted:
            chosen = {home[item] for item in land.within_any(wanted)}
            rows = rows[rows["a"].isin(chosen) | rows["b"].isin(chosen)]
    return rows


def _both_ways(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([rows, rows.rename(columns={"a": "b", "b": "a"})])


def _leading_out(counted: pd.DataFrame, asked: Asked) -> int:
    if not asked.zoom or asked.by == "country":
        return 0
    within = territories().within(asked.zoom)
    return int((counted["a"].isin(within) ^ counted["b"].isin(within)).sum())


@kept.copied(100)
def _zooms(asked: Asked, version: str) -> list[Zoom]:
    rows = _links(_kept_apart(asked), version).rows
    rows = rows[(rows["a"] != "") & (rows["a"] != rows["b"]) & rows["grade"].isin((*asked.grades, ""))]
    tied, land = {*rows["a"], *rows["b"]}, territories()
    territory = [row for row in records(ask("regions")) if row["kind"] in ZOOMS]
    found = [
        Zoom(row["id"], row["name"], row["kind"], row["country"] or "", len(tied & land.within(row["id"])))
        for row in territory
    ]
    counted = [item for item in found if item.count > (0 if item.kind == "country" else 1)]
    return sorted(counted, key=lambda item: (item.kind != "country", -item.count, item.name))


def _counted(rows: pd.DataFrame) -> pd.DataFrame:
    """Ties with their strength: how many different things each rests on."""
    single = rows.drop_duplicates(["a", "b", "grade", "thing"]).sort_values(["a", "b", "grade", "thing"])
    through: dict[tuple[str, str, str], list[str]] = {}
    for a, b, grade, thing in zip(single["a"], single["b"], single["grade"], single["thing"], strict=True):
        through.setdefault((a, b, grade), []).append(thing)
    counted = [(*pair, len(things), things) for pair, things in through.items()]
    return pd.DataFrame(counted, columns=["a", "b", "grade", "strength", "through"]).astype({"strength": int})


def _places(counted: pd.DataFrame, kept: pd.DataFrame) -> pd.DataFrame:
    both = pd.concat([counted[["a", "b"]], counted[["b", "a"]].set_axis(["a", "b"], axis=1)])
    partners = both.drop_duplicates().groupby("a").size()
    columns = ["name", "kind", "country", "latitude", "longitude", "reckoned"]
    found = located().loc[partners.index, columns].assign(partners=partners)
    for column, end, what in (("given", "a", "thing"), ("taken", "b", "thing"), ("to_regions", "a", "b")):
        number = kept.drop_duplicates([end, what]).groupby(end).size()
        found[column] = number.reindex(found.index, fill_value=0).astype(int)
    return found.sort_values(["partners", "given", "taken", "name"], ascending=[False, False, False, True])


def _ranked(counted: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Strongest first; among equals those of the regions with most partners."""
    weight = counted["a"].map(places["partners"]) + counted["b"].map(places["partners"])
    ranked = counted.assign(weight=weight.astype(int))
    ranked = ranked.sort_values(["strength", "weight", "a", "b", "grade"], ascending=[False, False, True, True, True])
    return ranked.drop(columns="weight").reset_index(drop=True)


def located() -> pd.DataFrame:
    """All regions: index id; name, kind, country, latitude, longitude, reckoned."""
    return _located(state().version)


@kept.shared(3)
def _located(version: str) -> pd.DataFrame:  # noqa: ARG001 (part of the cache key)
    table = ask("regions").set_index("id")
    table = table.assign(reckoned=table["latitude"].isna())
    own = table.dropna(subset=["latitude", "longitude"])
    for region in table.index[table["reckoned"]]:
        inner = own[own.index.isin(territories().within(str(region)))]
        if len(inner):
            table.loc[region, ["latitude", "longitude"]] = inner[["latitude", "longitude"]].mean()
    return table


def _kept_apart(asked: Asked) -> Asked:
    """Only what `_links` looks at, so that the other filters do not make it anew."""
    return Asked(asked.tie, asked.by, themes=asked.themes, years=asked.years)


@kept.shared(60)
def _links(asked: Asked, version: str) -> Links:
    """Links by kind, level, theme and period; the other filters come later."""
    makers = {"projects": _projects, "visits": _visits, "adoptions": _adoptions}
    return makers[asked.tie](asked, _homes(asked.by, version))


def _projects(asked: Asked, home: dict[str, str]) -> Links:
    rows = ask("participations").merge(
        ask("organisations")[["id", "region_id"]], left_on="organisation_id", right_on="id"
    )
    if asked.themes:
        themes = ask("project_themes")
        rows = rows[rows["project_id"].isin(themes.loc[themes["theme_id"].isin(asked.themes), "project_id"])]
    rows, undated = _dated(rows, "date_from", "date_to", "project_id", asked)
    homeless = rows.loc[rows["region_id"].isna(), "project_id"].nunique()
    rows = rows.dropna(subset="region_id").assign(region=lambda table: table["region_id"].map(home))
    found = ties.ties_through(rows, "region", "project_id").explode("through")
    found = found.rename(columns={"through": "thing"}).assign(grade="", visit="", step="")
    return Links(_with_lone(found[LINKS], rows), undated, homeless=homeless)


def _with_lone(found: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """With one row more for each project that several bodies of one region share, and no other region."""
    regions = rows.groupby("project_id").agg(
        a=("region", "first"), regions=("region", "nunique"), bodies=("organisation_id", "nunique")
    )
    lone = regions[(regions["regions"] == 1) & (regions["bodies"] > 1)].reset_index(names="thing")
    lone = lone.assign(b=lone["a"], grade="", visit="", step="")
    return pd.concat([found, lone[LINKS]], ignore_index=True) if len(lone) else found.reset_index(drop=True)


def _visits(asked: Asked, home: dict[str, str]) -> Links:
    visits = ask("visits")[["id", "on_from", "on_to"]]
    if asked.themes:
        themes = ask("visit_themes")
        visits = visits[visits["id"].isin(themes.loc[themes["theme_id"].isin(asked.themes), "visit_id"])]
    visits, undated = _dated(visits, "on_from", "on_to", "id", asked)
    rows = ask("visit_presence")
    rows = rows[rows["visit_id"].isin(visits["id"])]
    homeless = rows.loc[rows["region_id"].isna(), "visit_id"].nunique()
    rows = rows.dropna(subset="region_id").assign(region=lambda table: table["region_id"].map(home))
    there = rows[["visit_id", "part", "region"]].drop_duplicates()
    met = there[there["part"] == "hosted"].merge(there[there["part"] == "attended"], on="visit_id")
    found = met.rename(columns={"region_x": "a", "region_y": "b", "visit_id": "thing"})
    return Links(found.assign(grade="", visit="", step="")[LINKS], undated, homeless=homeless)


def _adoptions(asked: Asked, home: dict[str, str]) -> Links:
    themes = spread.approach_themes()
    found = [
        (learner.source, learner.region, *_learnt(learner.parent, approach), learner.step, *(learner.taken or NEVER))
        for approach, tree in trees().items()
        if not asked.themes or set(asked.themes) & set(themes.get(approach, ()))
        for learner in tree.learners
    ]
    rows = pd.DataFrame(found, columns=[*LINKS, "first", "last"])
    rows, undated = _dated(rows, "first", "last", "step", asked)
    return Links(rows.assign(a=rows["a"].map(home).fillna(""), b=rows["b"].map(home))[LINKS], undated)


def _learnt(parent: Candidate | None, approach: str) -> tuple[str, str, str]:
    """Grade, approach and visit."""
    return (parent.grade, approach, parent.visit) if parent else ("", approach, "")


def _dated(rows: pd.DataFrame, first: str, last: str, thing: str, asked: Asked) -> tuple[pd.DataFrame, int]:
    """Rows of the period, and how many things no date is known of; all and none without a period."""
    if asked.years is None:
        return rows, 0
    dateless = rows[rows[first].isna() & rows[last].isna()]
    return rows[in_period(rows, first, last, asked.years)], dateless[thing].nunique()


def _dates(tie: str) -> dict[str, str | None]:
    """When each thing was, as written: of projects when they began, of adoptions by the id of the step."""
    query, key, on = {
        "projects": ("projects", "id", "started"),
        "visits": ("visits", "id", "on"),
        "adoptions": ("adoption_steps", "adoption_id", "on"),
    }[tie]
    table = ask(query)
    return dict(zip(table[key], table[on], strict=True))
