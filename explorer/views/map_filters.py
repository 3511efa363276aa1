"""The filters of the map: what the address asks for, the row of widgets, what is set in words."""

import streamlit as st

from explorer import links
from explorer.analysis.spread.tree import GRADES
from explorer.data import map as regions_map
from explorer.data import network
from explorer.data.map import KINDS, USUAL_GRADES, Asked, MapShown, Zoom
from explorer.pictures.html import Html, join, tag
from languages.words import N_, _, number

from . import url

TIES = {"adoptions": N_("Taken over from"), "visits": N_("Visits"), "projects": N_("Shared projects")}
LEVELS = {"region": N_("Regions"), "country": N_("Countries")}
NEAR_LINKS = 7  # territories offered as links; the others are in the list


def asked_for() -> Asked:
    """What the URL asks for; anything in it that does not exist is left aside."""
    named = url.several("grade", {item.code for item in GRADES})
    return Asked(
        tie=url.one("tie", KINDS, KINDS[0]),
        by=url.one("by", LEVELS, "region"),
        zoom=url.one("zoom", network.region_names()),
        regions=url.several("region", network.region_names()),
        themes=url.several("theme", network.theme_names()),
        years=url.period(),
        least=url.least(),
        grades=tuple(item.code for item in GRADES if item.code in named) or USUAL_GRADES,
    )


def draw(asked: Asked, shown: MapShown, zooms: list[Zoom]) -> None:
    """The row of filters, and below it what is set, each to be clicked away."""
    regions, themes = network.region_names(), network.theme_names()
    url.choose_side("tie", _("Tied by"), {code: _(title) for code, title in TIES.items()}, asked.tie)
    with st.container(horizontal=True, key="filters", vertical_alignment="bottom"):
        url.choose_several("region", _("Region"), regions, asked.regions, _("All regions"), 190)
        url.choose_several("theme", _("Theme"), themes, asked.themes, _("All themes"), 190)
        url.choose_period(asked.years, regions_map.years())
        url.choose_least(asked.least, shown.strongest)
        _zoom(asked, zooms)
        if len({item.id for item in zooms if item.kind == "country"}) > 1 or asked.by != "region":
            levels = {code: _(title) for code, title in LEVELS.items()}
            url.choose_side("by", _("Ties between"), levels, asked.by, labelled=True)
    if asked.tie == "adoptions":
        _grades(asked, shown)
    zoomed = asked.zoom and asked.by != "country"
    url.show_what_is_set(
        links.MAP,
        [("region", asked.regions, regions), ("theme", asked.themes, themes)],
        cleared(asked),
        years=asked.years,
        strength=asked.least,
        more=[("zoom", regions[asked.zoom])] if zoomed else [],
    )


def near(asked: Asked, zooms: list[Zoom]) -> Html:
    """Links to the territories with most tied regions; nothing where there is one alone."""
    if len(zooms) < 2 or asked.by == "country":
        return Html("")
    named = zooms[:NEAR_LINKS]
    named += [item for item in zooms if item.id == asked.zoom and item not in named]
    entries = [_place(_("All"), None, not asked.zoom)]
    entries += [_place(f"{item.name} ({number(item.count)})", item.id, item.id == asked.zoom) for item in named]
    return tag("p", join([tag("span", _("Zoom to:"), class_="quiet"), *entries], " "), class_="near")


def cleared(asked: Asked) -> str:
    """Address of this page with nothing set but the kind of tie."""
    return links.address(links.MAP, tie=asked.tie if asked.tie != KINDS[0] else None)


def _place(words: str, zoom: str | None, here: bool) -> Html:
    if here:
        return tag("b", words, aria_current="true")
    return tag("a", words, href=url.address_with(links.MAP, zoom=zoom, one=None, other=None), class_="pick")


def _zoom(asked: Asked, zooms: list[Zoom]) -> None:
    names = {item.id: f"{item.name} ({number(item.count)})" for item in zooms}
    if asked.zoom and asked.zoom not in names:
        names[asked.zoom] = network.region_names()[asked.zoom]
    if asked.by == "country":
        return
    url.choose_one("zoom", _("Zoom to"), names, asked.zoom, _("All"), 190)


def _grades(asked: Asked, shown: MapShown) -> None:
    names = {
        item.code: f"{_(item.title)} ({number(shown.by_grade[item.code])})"
        for item in GRADES
        if shown.by_grade[item.code] or item.code in asked.grades
    }
    url.keep("grade", list(asked.grades))
    st.pills(
        _("How well it is known from whom"),
        list(names),
        key="grade",
        selection_mode="multi",
        format_func=lambda code: names[code],
        on_change=url.write,
        args=("grade", list(USUAL_GRADES)),
    )
