"""Plans: by region and year, from one to the next, with their scores, themes, projects and carriers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO

import pandas as pd

from explorer.analysis import plans as analysis
from explorer.analysis.records import records

from . import kept
from .graph import ask, state
from .network import names, territories

Lists = dict[str, list[str]]
RANKS = {"challenge": 0, "priority": 1, "focus": 2}  # the order in which kinds of theme are told; others follow


@dataclass(frozen=True)
class Asked:
    """Which plans a reader asked to see; the empty value of each means "all"."""

    region: str = ""  # with all that lies in it
    theme: str = ""
    year: int | None = None
    plan: str = ""


@dataclass(frozen=True)
class Shown:
    """The plans asked for, told in several ways.

    `plans`: see the query of that name, with `themes` (ids), `listed`, `judged` and one count per standing.
    `covering`, `changes`, `coverage`, `criteria`: see `explorer.analysis.plans`; `judgements`: the query
    plan_assessments. `themes`: one row per theme that a plan names or a project addresses: theme_id, theme, kind,
    parent_id, plan_ids, approaches (how many address it anywhere), used (how many of them are applied here).
    `activities`: see `explorer.analysis.plans.activities`. `bodies`: one row per organisation and what it carries
    by a plan or takes part in: organisation_id, organisation, item_id, item, item_label, plan_id (None for taking
    part), role. `standing`: of each project in its latest plan shown. `names`: of everything that has a profile, by id.
    """

    plans: pd.DataFrame
    covering: pd.DataFrame
    listings: pd.DataFrame
    changes: pd.DataFrame
    judgements: pd.DataFrame
    criteria: pd.DataFrame
    coverage: pd.DataFrame
    themes: pd.DataFrame
    activities: pd.DataFrame
    bodies: pd.DataFrame
    standing: dict[str, str | None] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)


def shown(asked: Asked) -> Shown:
    """What is on record of the plans asked for."""
    return _shown(asked, state().version)


def workbook(found: Shown, titles: Mapping[str, str]) -> bytes:
    """The tables of `found` as one workbook; `titles` names the sheet of each table."""
    out = BytesIO()
    with pd.ExcelWriter(out, engine="openpyxl") as writer:
        for name, title in titles.items():
            sheet, rows = title[:31], table(found, name)
            rows.to_excel(writer, sheet_name=sheet, index=False, freeze_panes=(1, 0))
            for column in writer.sheets[sheet].columns:
                texts = [cell for cell in column if isinstance(cell.value, str)]
                for cell in texts:
                    cell.data_type = "s"  # never a formula
                wide = max((len(cell.value) for cell in texts), default=0)
                writer.sheets[sheet].column_dimensions[column[0].column_letter].width = max(10, min(60, wide + 2))
    return out.getvalue()


def table(found: Shown, name: str) -> pd.DataFrame:
    """One of the tables to take away, flat: lists as text, names beside ids."""
    flat = {"changes": found.changes, "coverage": found.coverage, "scores": found.judgements, "carriers": found.bodies}
    if name in flat:
        return flat[name]

    def told(ids: object) -> str | None:
        return "; ".join(str(found.names.get(item, item)) for item in ids) if isinstance(ids, list) else None

    if name == "plans":
        return found.plans.assign(
            region_ids=found.plans["region_ids"].map("; ".join),
            regions=found.plans["regions"].map("; ".join),
            theme_ids=found.plans["themes"].map("; ".join),
            themes=found.plans["themes"].map(told),
        )
    actors: Lists = {}
    for item, body, role in zip(
        found.bodies["item_id"], found.bodies["organisation"], found.bodies["role"], strict=True
    ):
        actors.setdefault(item, []).append(f"{body} ({role})" if isinstance(role, str) else str(body))
    done = found.themes[["theme_id", "theme", "kind"]].merge(found.activities, on="theme_id", how="left")
    return done.assign(
        regions=done["region_ids"].map(told),
        approaches=done["approach_ids"].map(told),
        actors=["; ".join(actors.get(project, [])) for project in done["project_id"].astype(str)],
    ).drop(columns=["region_ids", "approach_ids"])


def region_names() -> dict[str, str]:
    """Regions that a plan covers and those that they lie in, by id: what plans can be narrowed to."""
    land = territories()
    covered = {region for ids in ask("plans")["region_ids"] for region in ids}
    every = covered | {above for region in covered for above in land.above(region)}
    return dict(sorted(((region, land.path(region)) for region in every), key=lambda pair: pair[1]))


def theme_names() -> dict[str, str]:
    """Themes that a plan names, or that a project addresses in a region with a plan, by id."""
    pairs = ask("theme_coverage")[["theme_id", "theme"]].drop_duplicates().sort_values(["theme", "theme_id"])
    return dict(zip(pairs["theme_id"], pairs["theme"], strict=True))


def years() -> list[int]:
    """Years for which there is a plan, latest first."""
    return sorted({int(year) for year in ask("plans")["year"]}, reverse=True)


@kept.shared(100)
def _shown(asked: Asked, version: str) -> Shown:  # noqa: ARG001 (part of the cache key); no page changes it
    every = ask("plans")
    covering = analysis.by_region(every)
    named = ask("plan_themes")
    scope, kept = _kept(asked, covering, named)
    listings, judged = ask("plan_projects"), ask("plan_assessments")
    own_listings = listings[listings["plan_id"].isin(kept)]
    own_judged = judged[judged["plan_id"].isin(kept)].reset_index(drop=True)
    covered = _covered(asked, scope, kept)
    own_named = named[named["plan_id"].isin(kept)]
    if asked.plan:  # of the plan alone: the themes that it names, and those of the projects that it lists
        listed = covered["item_id"].isin(own_listings["project_id"])
        about = set(own_named["theme_id"]) | set(covered["theme_id"][listed])
        covered = covered[covered["theme_id"].isin(about)]
    projects = ask("projects")
    applied = dict(zip(projects["id"], projects["approach_ids"], strict=True))
    approaches = ask("approaches")
    themes_of: Lists = dict(zip(approaches["id"], approaches["themes"], strict=True))
    done = analysis.activities(covered[covered["item_label"] == "Project"], applied, themes_of)
    own = every[every["id"].isin(kept)].reset_index(drop=True)
    changes = analysis.changes(covering[covering["region_id"].isin(scope)], listings)
    return Shown(
        plans=_counted(own, own_named, own_listings, own_judged),
        covering=covering[covering["plan_id"].isin(kept) & (covering["region_id"].isin(scope) | (not asked.region))],
        listings=own_listings,
        changes=_changes_of(changes, asked, covering[covering["plan_id"].isin(kept)]),
        judgements=own_judged,
        criteria=analysis.by_criterion(own_judged),
        coverage=analysis.coverage(covered),
        themes=_themes(covered, done, themes_of, own_named),
        activities=done,
        bodies=_bodies(kept, own_listings, done),
        standing=dict(zip(own_listings["project_id"][::-1], own_listings["standing"][::-1], strict=True)),
        names={node: name for node, (name, _label) in names().items()},
    )


def _kept(asked: Asked, covering: pd.DataFrame, named: pd.DataFrame) -> tuple[set[str], set[str]]:
    """The regions in view, and the plans that the reader asked for."""
    rows = covering
    if asked.plan:
        rows = rows[rows["plan_id"] == asked.plan]
    if asked.region:
        rows = rows[rows["region_id"].isin(territories().within(asked.region))]
    if asked.year is not None:
        rows = rows[rows["year"] == asked.year]
    scope = set(rows["region_id"].dropna())
    if asked.theme:
        rows = rows[rows["plan_id"].isin(named["plan_id"][named["theme_id"] == asked.theme])]
    return scope, set(rows["plan_id"])


def _covered(asked: Asked, scope: set[str], kept: set[str]) -> pd.DataFrame:
    """What addresses a theme in the regions in view: the plans kept, and every project there."""
    rows = ask("theme_coverage")
    rows = rows[rows["region_id"].isin(scope)]
    if asked.theme:
        rows = rows[rows["theme_id"] == asked.theme]
    return rows[(rows["item_label"] == "Project") | rows["item_id"].isin(kept)]


def _changes_of(changes: pd.DataFrame, asked: Asked, kept: pd.DataFrame) -> pd.DataFrame:
    """Of all changes those into the plans asked for; what went is told with the plan after it."""
    if asked == Asked(region=asked.region):
        return changes
    into = set(zip(kept["region_id"], kept["year"], strict=True))
    pairs = zip(changes["region_id"], changes["year"], strict=True)
    own = changes[pd.Series([pair in into for pair in pairs], index=changes.index, dtype=bool)]
    plans = set(kept["plan_id"])
    return own[(own["found"] == analysis.GONE) | own["plan_id"].isin(plans)].reset_index(drop=True)


def _counted(
    plans: pd.DataFrame, named: pd.DataFrame, listings: pd.DataFrame, judgements: pd.DataFrame
) -> pd.DataFrame:
    """Plans with the themes that they name and how much they list and judge."""
    themes = _grouped(named, "plan_id", "theme_id")
    pairs = judgements[["plan_id", "project_id"]].drop_duplicates()
    counted = plans.assign(
        themes=plans["id"].map(lambda plan: themes.get(plan, [])),
        listed=_count(plans, listings["plan_id"]),
        judged=_count(plans, pairs["plan_id"]),
    )
    for standing in ("new", "continued", "ended"):
        counted[standing] = _count(plans, listings["plan_id"][listings["standing"] == standing])
    return counted


def _count(plans: pd.DataFrame, ids: pd.Series) -> pd.Series:
    return plans["id"].map(ids.value_counts()).fillna(0).astype(int)


def _themes(covered: pd.DataFrame, done: pd.DataFrame, themes_of: Lists, named: pd.DataFrame) -> pd.DataFrame:
    columns = ["theme_id", "theme", "kind"]
    every = pd.concat([covered[columns], named[columns]]).drop_duplicates()
    parent = ask("themes").drop_duplicates("id").set_index("id")["parent_id"]
    plans = _grouped(named, "theme_id", "plan_id")
    used: dict[str, set[str]] = {}
    for theme, ids in zip(done["theme_id"], done["approach_ids"], strict=True):
        used.setdefault(theme, set()).update(ids)
    addressing: dict[str, set[str]] = {}
    for approach, ids in themes_of.items():
        for theme in ids:
            addressing.setdefault(theme, set()).add(approach)
    ids = every["theme_id"]
    told = every.assign(
        parent_id=ids.map(parent),
        plan_ids=ids.map(lambda theme: plans.get(theme, [])),
        approaches=ids.map(lambda theme: len(addressing.get(theme, ()))),
        used=ids.map(lambda theme: len(addressing.get(theme, set()) & used.get(theme, set()))),
        unnamed=~ids.isin(list(plans)),
        rank=every["kind"].map(RANKS).fillna(len(RANKS)),
    )
    return told.sort_values(["unnamed", "rank", "theme"], ignore_index=True).drop(columns=["unnamed", "rank"])


def _grouped(table: pd.DataFrame, key: str, value: str) -> Lists:
    found: Lists = {}
    for one, other in zip(table[key], table[value], strict=True):
        found.setdefault(one, []).append(other)
    return found


def _bodies(plans: set[str], listings: pd.DataFrame, done: pd.DataFrame) -> pd.DataFrame:
    """Who carries something by the plans, and who takes part in the projects that they list or that address a theme."""
    columns = ["organisation_id", "organisation", "item_id", "item", "item_label", "plan_id", "role"]
    carried = ask("plan_carriers")
    carried = carried[carried["plan_id"].isin(plans)].assign(role=None)
    projects = set(listings["project_id"]) | set(done["project_id"])
    part = ask("participations")
    part = part[part["project_id"].isin(projects)].drop_duplicates(["organisation_id", "project_id", "role"])
    known = names()
    part = part.assign(
        organisation=[known[body][0] for body in part["organisation_id"]], item_label="Project", plan_id=None
    ).rename(columns={"project_id": "item_id", "project": "item"})
    both = pd.DataFrame(records(carried[columns]) + records(part[columns]), columns=columns)
    return both.sort_values(["organisation", "organisation_id", "item", "item_id"], ignore_index=True)
