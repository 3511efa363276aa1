"""Parts of what is told about plans: by region and year, from year to year, scores, carriers."""

from collections.abc import Mapping, Sequence
from typing import Any

from explorer import links
from explorer.analysis.plans import AGAIN, FIRST, GONE
from explorer.analysis.records import records
from explorer.data.plans import Shown
from explorer.pictures.html import Column, Html, items, join, link, sentence, table, tag
from graph_store import schema
from languages.words import _, in_words, listing, ngettext, number, share

ROWS_SHOWN = 200  # of a table; the download has all
FEW = 4  # entries of a cell before the rest is folded away
YEARS_SHOWN = 12  # up to which the years without a plan have a column too
NAMED = 6  # plans or themes that a sentence names

STANDINGS = schema.relationship_kind("LISTED_IN").property("standing").options


def named(label: str, node: str, words: str | Mapping[str, str]) -> Html:
    """A node as a link to its profile: its name, or the names to look it up in."""
    name = words if isinstance(words, str) else words.get(node, node)
    return link(name, links.profile(label, node))


def folded(entries: Sequence[Html], few: int = FEW) -> Html | str:
    """Entries one below the other; those beyond the first few one click away; empty for none."""
    if len(entries) <= 1:
        return entries[0] if entries else ""
    if len(entries) <= few + 1:
        return items(entries, "plain")
    more = tag("summary", _("{count} more").format(count=number(len(entries) - few)))
    return join([items(entries[:few], "plain"), tag("details", join([more, items(entries[few:], "plain")]))])


def capped(rows: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], Html]:
    """As many rows as a page bears, and a sentence on the rest."""
    if len(rows) <= ROWS_SHOWN:
        return rows, Html("")
    said = _("The first {shown} of {count} rows; the download has all, and the filters narrow them.")
    return rows[:ROWS_SHOWN], quiet(said.format(shown=ROWS_SHOWN, count=number(len(rows))))


def quiet(text: object) -> Html:
    """A remark beside the answer."""
    return tag("p", text, class_="quiet")


def method(*sentences: str) -> Html:
    """How a table was made, one click away."""
    return tag("details", join([tag("summary", _("How this is counted")), tag("p", " ".join(sentences))]))


def some(entries: Sequence[Html], most: int = NAMED) -> Html:
    """Entries in a row; of many the first ones, and how many more."""
    told = join(entries[:most], ", ")
    more = len(entries) - most
    return sentence(_("{some} and {count} more"), some=told, count=number(more)) if more > 0 else told


def standings_said(row: dict[str, Any]) -> str:
    """How many projects a plan calls new, continued and ended: ``4 new, 1 continued``."""
    return ", ".join(
        f"{number(row[option.code])} {_(option.title).lower()}" for option in STANDINGS if row[option.code]
    )


def calendar(found: Shown) -> Html:
    """Plans by region and year, and the same as a list."""
    by_id = {row["id"]: row for row in records(found.plans)}
    years = _years(found)
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for row in records(found.covering.sort_values(["region", "year"])):
        region = (row["region_id"] or "", row["region"] or "")
        name = named("Region", region[0], region[1]) if region[0] else _("No region named")
        cell = rows.setdefault(region, {"region": name})
        cell.setdefault(str(row["year"]), []).append(_plan_cell(by_id[row["plan_id"]]))
    cells = [
        {key: join(value) if isinstance(value, list) else value for key, value in row.items()} for row in rows.values()
    ]
    columns = [Column("region", _("Region")), *(Column(str(year), str(year)) for year in years)]
    matrix = table(cells, columns, _("Plans by region and year"), sortable=False, across=True)
    return join([tag("div", matrix, class_="plan-grid"), tag("h2", _("Plan by plan")), plan_list(found)])


def _years(found: Shown) -> list[int]:
    """The years of the plans, with those between where they are not too many, so that a gap is seen."""
    present = sorted({int(year) for year in found.covering["year"]})
    every = list(range(present[0], present[-1] + 1))
    return every if len(every) <= YEARS_SHOWN else present


def _plan_cell(plan: dict[str, Any]) -> Html:
    status = plan["status"] or _("Plan")
    address = links.profile("Plan", plan["id"])
    name = tag("a", status, href=address, aria_label=f"{plan['name']}: {status}", title=plan["name"])
    return tag("div", join([name, tag("div", _projects_of(plan), class_="quiet")]))


def _projects_of(plan: dict[str, Any]) -> Html:
    if not plan["listed"]:
        return tag("span", _("no project listed"))
    count = ngettext("{count} project", "{count} projects", plan["listed"])
    said = standings_said(plan)
    return join([link(count, links.rows("plan_projects", plan=plan["id"])), f": {said}" if said else ""])


def plan_list(found: Shown) -> Html:
    """One row per plan: its region, year, status, themes and projects."""
    rows = [
        {
            "plan": named("Plan", row["id"], row["name"]),
            "region": join((named("Region", item, found.names) for item in row["region_ids"]), ", "),
            "year": str(row["year"]),
            "status": row["status"],
            "themes": folded([named("Theme", item, found.names) for item in row["themes"]]),
            "themes_sort": len(row["themes"]),
            "projects": _projects_of(row),
            "projects_sort": row["listed"],
            "judged": link(number(row["judged"]), links.rows("plan_assessments", plan=row["id"]))
            if row["judged"]
            else "",
            "judged_sort": row["judged"],
        }
        for row in records(found.plans)
    ]
    shown, rest = capped(rows)
    columns = [
        Column("plan", _("Plan")),
        Column("region", _("Region")),
        Column("year", _("Year")),
        Column("status", _("Status")),
        Column("themes", _("Themes")),
        Column("projects", _("Projects")),
        Column("judged", _("Projects judged"), numeric=True),
    ]
    return join([table(shown, columns, _("Plans")), rest])


def changes(found: Shown) -> Html:
    """What is new, continued and ended: as the plan says, and as the lists show."""
    rows = records(found.changes)
    if not rows:
        return tag("p", _("No project is on record as listed here, so nothing can be compared."), class_="notice")
    every = [_change(row) for row in rows]
    cells, rest = capped(every)
    columns = [
        Column("project", _("Project")),
        Column("region", _("Region")),
        Column("year", _("Plan of")),
        Column("said", _("The plan says")),
        Column("found", _("The lists show")),
        *([Column("fit", _("Do the two fit?"))] if any(row["fit"] for row in every) else []),
    ]
    return join(
        [
            table(cells, columns, _("Projects from one plan to the next")),
            rest,
            _silent(found),
            method(
                _("The plan's own word stands beside what two plans of a region after one another list."),
                _("Where there is no plan before, or one of the two lists no project, the lists show nothing."),
                _("A project called continued may have run before without being in a plan."),
            ),
        ]
    )


def _silent(found: Shown) -> Html:
    """The plans that list no project."""
    silent = [named("Plan", row["id"], row["name"]) for row in records(found.plans) if not row["listed"]]
    said = ngettext("{count} plan lists no project: ", "{count} plans list no project: ", len(silent))
    return quiet(join([said, some(silent), "."])) if silent else Html("")


def _change(row: dict[str, Any]) -> dict[str, Any]:
    before, year = str(row["before"] or ""), str(row["year"])
    word = _(schema.title_of(STANDINGS, row["said"])) if row["said"] else ""
    showing = {
        FIRST: _("not in the plan of {year}").format(year=before),
        AGAIN: _("also in the plan of {year}").format(year=before),
        GONE: sentence(
            _("in the plan of {before}, no longer in that of {year}"),
            before=named("Plan", row["plan_id"], before),
            year=year,
        ),
    }
    unknown = (
        _("nothing: the plan of {year} lists no project").format(year=before)
        if before
        else _("nothing: no plan before is on record")
    )
    gone = row["found"] == GONE
    told = (
        join([tag("span", _("{year} said: {word}").format(year=before, word=word), class_="quiet")]) if gone else word
    )
    fit = tag("strong", _("no")) if row["odd"] else (_("yes") if row["found"] in (FIRST, AGAIN) and word else "")
    return {
        "project": named("Project", row["project_id"], row["project"]),
        "region": named("Region", row["region_id"], row["region"]),
        "year": year if gone else named("Plan", row["plan_id"], year),
        "said": told if word else "",
        "found": showing.get(row["found"], unknown),
        "fit": fit,
        "fit_sort": 0 if row["odd"] else 1 if fit else 2,
    }


def scores(found: Shown) -> Html:
    """Criteria and scores side by side."""
    if found.judgements.empty:
        return tag("p", _("No judgement of a project is on record here."), class_="notice")
    criteria = records(found.criteria)
    names = [row["criterion"] for row in criteria]
    pairs: dict[tuple[str, str], dict[str, Any]] = {}
    for row in records(found.judgements):
        cell = pairs.setdefault(
            (row["plan_id"], row["project_id"]),
            {
                "project": named("Project", row["project_id"], row["project"]),
                "plan": named("Plan", row["plan_id"], row["plan"]),
                "on": in_words(row["on"]) if row["on"] else "",
                "on_sort": row["on"] or "",
            },
        )
        place = f"criterion-{names.index(row['criterion'])}"
        cell |= {place: _points(row), f"{place}_sort": _points_order(row)}
    cells, rest = capped(list(pairs.values()))
    columns = [
        Column("project", _("Project")),
        *(Column(f"criterion-{place}", name) for place, name in enumerate(names)),
        *([Column("plan", _("Plan"))] if len(found.plans) > 1 else []),
        Column("on", _("Judged on"), dated=True),
    ]
    return join(
        [
            items((_criterion(row) for row in criteria), "plain"),
            table(cells, columns, _("Projects by criterion")),
            rest,
            method(
                _("A dash means that the project was not judged by that criterion."),
                _("The middle case is the median of the points as a share of those that could be given."),
            ),
        ]
    )


def _criterion(row: dict[str, Any]) -> Html:
    judged = ngettext("{count} project judged", "{count} projects judged", row["judged"])
    if not row["scored"]:
        known = _("no points on record for any of them")
    else:
        known = _("{share} of the points in the middle case, of the {count} with points on record").format(
            share=share(row["middle"], 1), count=number(row["scored"])
        )
    return join([tag("b", row["criterion"]), f": {judged}; {known}."])


def _points(row: dict[str, Any]) -> Html | str:
    if row["score"] is None:
        return tag("span", _("judged, no points on record"), class_="quiet")
    if row["of"] is None:
        return number(row["score"], 1)
    return _("{score} of {most}").format(score=number(row["score"], 1), most=number(row["of"], 1))


def _points_order(row: dict[str, Any]) -> float | str:
    """Points as a share where a maximum is known, to sort by."""
    return "" if row["score"] is None else row["score"] / row["of"] if row["of"] else row["score"]


def carriers(found: Shown) -> Html:
    """Which organisation carries what: by the word of a plan, and by taking part in projects."""
    rows: dict[str, dict[str, Any]] = {}
    for row in records(found.bodies):
        own = rows.setdefault(row["organisation_id"], {"name": row["organisation"], "carries": {}, "part": {}})
        if row["plan_id"]:
            own["carries"].setdefault((row["item_label"], row["item_id"], row["item"]), []).append(row["plan_id"])
        else:
            own["part"].setdefault((row["item_id"], row["item"]), []).append(row["role"])
    if not rows:
        return tag(
            "p",
            _("No organisation is on record here that answers for a theme or takes part in a project."),
            class_="notice",
        )
    years = {row["id"]: str(row["year"]) for row in records(found.plans)}
    ordered = sorted(rows.items(), key=lambda pair: (-len(pair[1]["carries"]), -len(pair[1]["part"]), pair[1]["name"]))
    cells, rest = capped([_carrier(body, own, years) for body, own in ordered])
    columns = [
        Column("organisation", _("Organisation")),
        *([Column("carries", _("Answers for, by a plan"))] if found.bodies["plan_id"].notna().any() else []),
        Column("part", _("Takes part in")),
    ]
    return join([_nobody(found), table(cells, columns, _("Organisations by what they carry")), rest])


def _carrier(body: str, own: dict[str, Any], years: dict[str, str]) -> dict[str, Any]:
    carried = [
        join(
            [
                named(label, item, name),
                " (",
                join(
                    (named("Plan", plan, year) for year, plan in sorted((years.get(plan, ""), plan) for plan in plans)),
                    ", ",
                ),
                ")",
            ]
        )
        for (label, item, name), plans in own["carries"].items()
    ]
    part = [
        join([named("Project", item, name), f" ({listing([role for role in roles if role])})" if any(roles) else ""])
        for (item, name), roles in own["part"].items()
    ]
    return {
        "organisation": named("Organisation", body, own["name"]),
        "carries": folded(carried),
        "carries_sort": len(carried),
        "part": folded(part),
        "part_sort": len(part),
    }


def _nobody(found: Shown) -> Html:
    """What no plan says about who carries it."""
    carried = set(found.bodies["item_id"][found.bodies["plan_id"].notna()])
    if not carried:
        said = _(
            "No plan on record says who answers for a theme or a project; shown is who takes part in the projects."
        )
        return tag("p", said, class_="notice")
    open_ = [
        named("Theme", row["theme_id"], row["theme"])
        for row in records(found.themes)
        if row["plan_ids"] and row["theme_id"] not in carried
    ]
    if not open_:
        return quiet(_("For each theme that these plans name, a plan says who answers for it."))
    return quiet(join([_("Themes that no organisation answers for: "), some(open_), "."]))
