"""Plans: by region and year, what changed, what they are about, how projects were judged, who carries what."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from explorer import links
from explorer.analysis.plans import AGAIN, FIRST, GONE
from explorer.data import plans
from explorer.data.plans import Asked, Shown
from explorer.pictures.html import Html, join, link, tag
from languages.words import N_, _, listing, ngettext, number

from . import frame, plans_parts, plans_themes, url
from .plans_parts import STANDINGS


@dataclass(frozen=True)
class Part:
    """One way to look at plans: its title, its answer in a sentence, its table, and the one to take away."""

    code: str
    title: str
    answer: Callable[[Shown], str]
    draw: Callable[[Shown], Html]
    table: str


def render() -> None:
    """Draw the page."""
    asked = _asked()
    found = plans.shown(asked)
    frame.title(heading(found))
    lead = _("A plan says what a region wants to work on in a year: its themes, and the projects that it lists.")
    frame.show(tag("p", lead, class_="lead"))
    _filters(asked)
    if found.plans.empty:
        empty(asked)
        return
    part = _part()
    frame.show(_parts(found, part))
    frame.show(join([tag("h2", _(part.title)), part.draw(found)]))
    downloads(found, part.table)


def heading(found: Shown) -> str:
    """How many plans there are, for how many regions, and what they leave open."""
    text = ngettext("{count} plan", "{count} plans", len(found.plans))
    if found.plans.empty:
        return text
    regions = found.covering["region_id"].nunique()
    text = _("{plans} for {regions}").format(plans=text, regions=ngettext("{count} region", "{count} regions", regions))
    first, last = int(found.plans["year"].min()), int(found.plans["year"].max())
    text += f", {first}–{last}" if first != last else f", {first}"
    met, named = plans_themes.met(found)
    if not named:
        return text
    if met == named:
        return text + ngettext(
            ": a project is on record for the theme that they name",
            ": a project is on record for each of the {count} themes that they name",
            named,
        )
    return text + ngettext(
        ": {open} of the {count} theme that they name has no project on record there",
        ": {open} of the {count} themes that they name have no project on record there",
        named,
    ).format(open=number(named - met))


def empty(asked: Asked) -> None:
    """Say why there is no plan to show, and what to do."""
    if asked == Asked():
        frame.notice(
            _("No plan is on record. Load the tables plans and plan_projects, with themes in the table addresses.")
        )
        return
    clear = link(_("Show all plans"), links.address(links.PLANS))
    frame.notice(join([_("No plan on record fits these filters."), " ", clear]))


def downloads(found: Shown, table: str) -> None:
    """The table shown as CSV, and all of them as one workbook, made when it is asked for."""
    titles = {part.table: _(part.title) for part in PARTS}
    with st.container(horizontal=True, key="plan-downloads"):
        data = plans.table(found, table).to_csv(index=False)
        frame.download(_("Table as CSV"), data, f"plans-{table}.csv")
        words = _("All tables as a workbook (xlsx)")
        frame.download(words, lambda: plans.workbook(found, titles), "plans.xlsx")


def _parts(found: Shown, now: Part) -> Html:
    """What there is to see, each with its answer in a sentence; the one shown is marked."""
    cards = []
    for part in PARTS:
        title = link(_(part.title), url.address_with(links.PLANS, part=part.code if part is not PARTS[0] else None))
        words = tag("p", part.answer(found))
        cards.append(tag("li", join([title, words]), aria_current="true" if part is now else None))
    return tag("nav", tag("ul", join(cards), class_="parts"), aria_label=_("Ways to look at these plans"))


def _calendar_said(found: Shown) -> str:
    covering = found.covering.dropna(subset=["region_id"])
    several = int((covering.groupby("region_id")["year"].nunique() > 1).sum())
    return _("Plans of more than one year: {several} of {regions}.").format(
        several=number(several),
        regions=ngettext("{count} region", "{count} regions", covering["region_id"].nunique()),
    )


def _changes_said(found: Shown) -> str:
    said = found.listings["standing"]
    counts = {option: int((said == option.code).sum()) for option in STANDINGS}
    told = [f"{number(count)} {_(option.title).lower()}" for option, count in counts.items() if count]
    if not told:
        return _("No plan shown says what is new or continued.")
    text = _("By the plans' own word: {counts}.").format(counts=listing(told))
    lists = found.changes["found"]
    if not lists.isin([FIRST, AGAIN, GONE]).any():
        return text + " " + _("No two plans in a row list projects, so nothing can be compared.")
    compared = int((lists.isin([FIRST, AGAIN]) & found.changes["said"].notna()).sum())
    gone = int((lists == GONE).sum())
    text += " " + ngettext("{count} project is no longer listed.", "{count} projects are no longer listed.", gone)
    odd = _("In {odd} of the {compared} cases that can be compared, the plan before does not bear that out.")
    return text + " " + odd.format(odd=number(int(found.changes["odd"].sum())), compared=number(compared))


def _activities_said(found: Shown) -> str:
    done, named = plans_themes.met(found)
    text = _("{done} of {themes} that these plans name have a project in a region that names them.").format(
        done=number(done), themes=ngettext("{count} theme", "{count} themes", named)
    )
    met, hard = plans_themes.met(found, "challenge")
    return text + (
        " " + _("Of the challenges: {met} of {count}.").format(met=number(met), count=number(hard)) if hard else ""
    )


def _activities(found: Shown) -> Html:
    return plans_themes.activities(found, {key: value for key, value in st.query_params.items() if key != "theme"})


def _coverage_said(found: Shown) -> str:
    open_, promised = plans_themes.gaps(found)
    return _(
        "{open} of the {named} times that a region's plans name a theme, no project on it is on record there."
    ).format(open=number(open_), named=number(promised))


def _scores_said(found: Shown) -> str:
    if found.judgements.empty:
        return _("No judgement of a project is on record.")
    projects = found.judgements[["plan_id", "project_id"]].drop_duplicates()
    text = _("{projects} judged by {criteria}; points on record for {scored} of {judged} judgements.")
    return text.format(
        projects=ngettext("{count} project", "{count} projects", len(projects)),
        criteria=ngettext("{count} criterion", "{count} criteria", len(found.criteria)),
        scored=number(int(found.judgements["score"].notna().sum())),
        judged=number(len(found.judgements)),
    )


def _carriers_said(found: Shown) -> str:
    named = found.bodies[found.bodies["plan_id"].notna()]["organisation_id"].nunique()
    every = found.bodies["organisation_id"].nunique()
    if not named:
        return _("No plan says who answers for what. Taking part in the projects: {every}.").format(
            every=ngettext("{count} organisation", "{count} organisations", every)
        )
    text = _("Named by a plan to answer for something: {named}. With those who take part in the projects: {every}.")
    return text.format(named=ngettext("{count} organisation", "{count} organisations", named), every=number(every))


PARTS = (
    Part("calendar", N_("By region and year"), _calendar_said, plans_parts.calendar, "plans"),
    Part("changes", N_("From year to year"), _changes_said, plans_parts.changes, "changes"),
    Part("activities", N_("From challenge to activity"), _activities_said, _activities, "activities"),
    Part("coverage", N_("Themes by region"), _coverage_said, plans_themes.coverage, "coverage"),
    Part("scores", N_("Criteria and scores"), _scores_said, plans_parts.scores, "scores"),
    Part("carriers", N_("Who carries what"), _carriers_said, plans_parts.carriers, "carriers"),
)


def _part() -> Part:
    code = url.one("part", {part.code for part in PARTS})
    return next((part for part in PARTS if part.code == code), PARTS[0])


def _asked() -> Asked:
    """What the URL asks for; anything in it that does not exist is left aside."""
    year = url.year("year")
    return Asked(
        region=url.one("region", plans.region_names()),
        theme=url.one("theme", plans.theme_names()),
        year=year if year in plans.years() else None,
    )


def _filters(asked: Asked) -> None:
    """One row of filters, and below it what is set, each to be clicked away."""
    regions, themes = plans.region_names(), plans.theme_names()
    years = {str(year): str(year) for year in plans.years()}
    year = str(asked.year) if asked.year else ""
    with st.container(horizontal=True, key="filters", vertical_alignment="bottom"):
        url.choose_one("region", _("Region"), regions, asked.region, _("All regions"), 300)
        url.choose_one("theme", _("Theme"), themes, asked.theme, _("All themes"), 300)
        url.choose_one("year", _("Year"), years, year, _("All years"), 150)
    chosen = [("region", asked.region, regions), ("theme", asked.theme, themes), ("year", year, years)]
    parts = [(key, [code], names) for key, code, names in chosen if code]
    url.show_what_is_set(links.PLANS, parts, url.address_with(links.PLANS, region=None, theme=None, year=None))
