"""Parts of what is told about plans: from challenge to activity, and themes by region."""

from collections.abc import Mapping
from typing import Any

from explorer import links
from explorer.analysis.records import records
from explorer.data.plans import Shown
from explorer.pictures.html import Column, Html, join, link, sentence, table, tag
from graph_store import schema
from languages.words import _, ngettext, number

from .plans_parts import ROWS_SHOWN, STANDINGS, capped, folded, method, named, quiet, some

PER_THEME = 6  # activities of a theme that are shown beside other themes
THEME_KINDS = schema.node_kind("Theme").property("kind").options


def gaps(found: Shown) -> tuple[int, int]:
    """Of the pairs of region and theme that a plan names: how many have no project, and how many there are."""
    promised = found.coverage[found.coverage["plans"] > 0]
    return int((promised["projects"] == 0).sum()), len(promised)


def met(found: Shown, kind: str = "") -> tuple[int, int]:
    """Of the themes that the plans name: how many have a project in a region that names them, of how many."""
    named_ = found.themes[found.themes["plan_ids"].map(len) > 0]
    if kind:
        named_ = named_[named_["kind"] == kind]
    both = found.coverage[(found.coverage["plans"] > 0) & (found.coverage["projects"] > 0)]
    return int(named_["theme_id"].isin(set(both["theme_id"])).sum()), len(named_)


def activities(found: Shown, state: Mapping[str, str] | None = None) -> Html:
    """Challenges, approaches, activities and who does them, in one table; `state`: of the page with all of a theme."""
    done: dict[str, list[dict[str, Any]]] = {}
    for row in records(found.activities):
        done.setdefault(row["theme_id"], []).append(row)
    actors = _actors(found)
    each = PER_THEME if len(found.themes) > 1 else ROWS_SHOWN
    cells: list[dict[str, Any]] = []
    for theme in records(found.themes):
        own = sorted(done.get(theme["theme_id"], []), key=lambda row: row["project_id"] not in found.standing)
        cells += [_activity(found, theme, row, actors, first=place == 0) for place, row in enumerate(own[:each])]
        if not own:
            cells.append(_activity(found, theme, None, actors, first=True))
        if len(own) > each:
            cells.append(_more(theme, len(own), state or {}))
    if not cells:
        return tag("p", _("These plans name no theme, and no project in their regions has one."), class_="notice")
    columns = [
        Column("theme", _("Challenge or theme")),
        Column("approach", _("Approach")),
        Column("project", _("Activity")),
        Column("actors", _("Who does it")),
    ]
    return join(
        [
            table(cells, columns, _("From challenge to activity"), sortable=False, across=True),
            method(
                _("Challenges come first, then priorities, focuses and others; themes that no plan names come last."),
                _("An activity is a project that a plan lists or that runs in its region, in whatever year."),
                _("A project is on the themes that it names itself and on those of the approach that it applies."),
                _("An approach elsewhere is one on the theme that no project shown here applies."),
            ),
        ]
    )


def _more(theme: dict[str, Any], count: int, state: Mapping[str, str]) -> dict[str, Any]:
    every = links.address(links.PLANS, **{**state, "theme": theme["theme_id"], "part": "activities"})
    said = ngettext("all {count} activities on this theme", "all {count} activities on this theme", count)
    return {
        "theme": named("Theme", theme["theme_id"], theme["theme"]),
        "approach": Html(""),
        "project": link(said, every),
        "actors": Html(""),
    }


def _activity(
    found: Shown, theme: dict[str, Any], row: dict[str, Any] | None, actors: dict[str, list[Html]], *, first: bool
) -> dict[str, Any]:
    cell: dict[str, Any] = {
        "theme": _theme(found, theme, actors) if first else named("Theme", theme["theme_id"], theme["theme"])
    }
    if row is None:
        none = tag("span", _("no project on record"), class_="gap")
        return cell | {"approach": _elsewhere(theme) or "", "project": none}
    approaches = join((named("Approach", item, found.names) for item in row["approach_ids"]), ", ")
    project = [named("Project", row["project_id"], row["project"])]
    if row["project_id"] in found.standing:
        word = _(schema.title_of(STANDINGS, found.standing[row["project_id"]])) or _("listed")
        project.append(tag("div", _("in a plan: {word}").format(word=word.lower()), class_="quiet"))
    else:
        project.append(tag("div", _("runs here, in no plan shown"), class_="quiet"))
    return cell | {
        "approach": join([approaches, tag("div", elsewhere) if (elsewhere := _elsewhere(theme)) and first else ""])
        or "",
        "project": join(project),
        "actors": folded(actors.get(row["project_id"], [])),
    }


def _theme(found: Shown, theme: dict[str, Any], actors: dict[str, list[Html]]) -> Html:
    kind = _(schema.title_of(THEME_KINDS, theme["kind"]))
    parent = theme["parent_id"]
    above = join([", ", _("part of"), " ", named("Theme", parent, found.names)]) if parent else ""
    plans = [named("Plan", item, found.names) for item in theme["plan_ids"]]
    by = join([_("Named in: "), some(plans, 2)]) if plans else _("No plan names it")
    answering = actors.get(theme["theme_id"], [])
    parts = [named("Theme", theme["theme_id"], theme["theme"]), tag("div", join([kind, above]), class_="quiet")]
    if len(found.plans) > 1:
        parts.append(tag("div", by, class_="quiet"))
    if answering:
        parts.append(tag("div", join([_("Answered for by: "), some(answering, 2)]), class_="quiet"))
    return join(parts)


def _elsewhere(theme: dict[str, Any]) -> Html:
    """A link to the approaches to a theme that no project shown applies."""
    left = theme["approaches"] - theme["used"]
    if not left:
        return Html("")
    said = ngettext("{count} approach elsewhere", "{count} approaches elsewhere", left)
    return link(said, links.address(links.SPREAD, theme=theme["theme_id"]))


def _actors(found: Shown) -> dict[str, list[Html]]:
    """Organisations by the theme or project that they carry or take part in, each once."""
    told: dict[str, dict[str, set[str]]] = {}
    names: dict[str, str] = {}
    for row in records(found.bodies):
        names[row["organisation_id"]] = row["organisation"]
        roles = told.setdefault(row["item_id"], {}).setdefault(row["organisation_id"], set())
        roles |= {row["role"]} if row["role"] else set()
    return {
        item: [
            join([named("Organisation", body, names[body]), f" ({', '.join(sorted(roles))})" if roles else ""])
            for body, roles in bodies.items()
        ]
        for item, bodies in told.items()
    }


def coverage(found: Shown) -> Html:
    """Regions by theme: what a plan names, what projects there address, and what is open."""
    if found.coverage.empty:
        return tag("p", _("These plans name no theme, and no project in their regions has one."), class_="notice")
    present = set(found.coverage["theme_id"])
    themes = [row for row in records(found.themes) if row["theme_id"] in present]
    rows: dict[str, dict[str, Any]] = {}
    for row in records(found.coverage.sort_values(["region", "region_id"])):
        cell = rows.setdefault(
            row["region_id"], {"region": named("Region", row["region_id"], row["region"]), "open": 0, "promised": 0}
        )
        cell["promised"] += row["plans"] > 0
        cell["open"] += row["plans"] > 0 and row["projects"] == 0
        cell |= {row["theme_id"]: _covered(row), f"{row['theme_id']}_sort": row["projects"] + 0.5 * (row["plans"] > 0)}
    for cell in rows.values():
        cell["open_sort"] = cell["open"]
        cell["open"] = _("{count} of {all}").format(count=number(cell["open"]), all=number(cell["promised"]))
    columns = [
        Column("region", _("Region")),
        Column("open", _("Named, no project"), numeric=True),
        *(Column(row["theme_id"], row["theme"]) for row in themes),
    ]
    cells, rest = capped(list(rows.values()))
    return join(
        [
            quiet(_key(found)),
            tag("div", table(cells, columns, _("Themes by region"), across=True), class_="plan-grid themes"),
            rest,
            method(
                _("A cell counts the plans that name the theme and the projects on it; a click opens them."),
                _("Projects are those that a plan of the region lists and those that run in it or in a part of it."),
                _("A dash means that neither a plan nor a project there is on the theme."),
                _("Themes that no plan and no project in these regions is on have no column."),
            ),
        ]
    )


def _covered(row: dict[str, Any]) -> Html:
    plans = ngettext("{count} plan", "{count} plans", row["plans"]) if row["plans"] else _("no plan")
    projects = ngettext("{count} project", "{count} projects", row["projects"]) if row["projects"] else _("no project")
    address = links.rows("theme_coverage", region=row["region_id"], theme=row["theme_id"])
    return link(f"{plans}, {projects}", address, "gap" if not row["projects"] else None)


def _key(found: Shown) -> Html:
    open_, promised = gaps(found)
    regions = found.coverage["region_id"].nunique()
    pairs = regions * found.coverage["theme_id"].nunique()
    empty = pairs - len(found.coverage)
    return join(
        [
            sentence(
                _("{mark}: a plan names the theme, and no project on it is on record there: {open} of {named}."),
                mark=tag("span", _("Marked like this"), class_="gap"),
                open=number(open_),
                named=number(promised),
            ),
            " ",
            _("Neither plan nor project: {empty} of {pairs} cells.").format(empty=number(empty), pairs=number(pairs)),
        ]
    )
