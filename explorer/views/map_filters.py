"""The filters of the map: what the address asks for, the row of widgets, what is set in words."""

import streamlit as st

from explorer import links
from explorer.analysis.spread.tree import GRADES
from explorer.data import map as regions_map
from explorer.data import network
from explorer.data.map import KINDS, USUAL_GRADES, Asked, MapShown, Zoom
from explorer.pictures.html import Html, items, join, link, tag
from languages.words import N_, _, number

from . import frame

TIES = {"adoptions": N_("Taken over from"), "visits": N_("Visits"), "projects": N_("Shared projects")}
LEVELS = {"region": N_("Regions"), "country": N_("Countries")}
NEAR_LINKS = 7  # territories offered as links; the others are in the list


def asked_for() -> Asked:
    """What the URL asks for; anything in it that does not exist is left aside."""
    said = st.query_params
    first, last, least = said.get("from", ""), said.get("to", ""), said.get("least", "")
    known = network.region_names()
    grades = tuple(item.code for item in GRADES if item.code in said.get_all("grade"))
    by = said.get("by", "region")
    return Asked(
        tie=said.get("tie", "") if said.get("tie", "") in KINDS else KINDS[0],
        by=by if by in LEVELS else "region",
        zoom=said.get("zoom", "") if said.get("zoom", "") in known else "",
        regions=tuple(item for item in said.get_all("region") if item in known),
        themes=tuple(item for item in said.get_all("theme") if item in network.theme_names()),
        years=(int(first), int(last)) if _is_year(first) and _is_year(last) and int(first) <= int(last) else None,
        least=max(int(least), 1) if least.isascii() and least.isdecimal() and len(least) < 5 else 1,
        grades=grades or USUAL_GRADES,
    )


def address_with(**changes: object) -> str:
    """Address of this page with some of its state changed; None takes a part out."""
    state: dict[str, object] = {key: st.query_params.get_all(key) for key in st.query_params}
    return links.address(links.MAP, **(state | changes))


def draw(asked: Asked, shown: MapShown, zooms: list[Zoom]) -> None:
    """The row of filters, and below it what is set, each to be clicked away."""
    _keep("tie", asked.tie)
    st.segmented_control(
        _("Tied by"),
        list(TIES),
        key="tie",
        required=True,
        on_change=_write,
        args=("tie", KINDS[0]),
        format_func=lambda code: _(TIES[code]),
        label_visibility="collapsed",
    )
    with st.container(horizontal=True, key="filters", vertical_alignment="bottom"):
        _several("region", _("Region"), network.region_names(), asked.regions, _("All regions"))
        _several("theme", _("Theme"), network.theme_names(), asked.themes, _("All themes"))
        _period(asked)
        _least(asked, shown)
        _zoom(asked, zooms)
        if len({item.id for item in zooms if item.kind == "country"}) > 1 or asked.by != "region":
            _level(asked)
    if asked.tie == "adoptions":
        _grades(asked, shown)
    if chips := _chips(asked):
        frame.show(items(chips, "chips"))


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
    return tag("a", words, href=address_with(zoom=zoom, one=None, other=None), class_="pick")


def _is_year(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) == 4


def _keep(key: str, value: object) -> None:
    """Let the widget of that key show what the URL says."""
    if st.session_state.get(key) != value:
        st.session_state[key] = value


def _write(name: str, default: object) -> None:
    """Write a widget's new state into the URL; the default stays out of it."""
    value = st.session_state[name]
    if not value or value == default:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = value if isinstance(value, list) else str(value)


def _several(key: str, label: str, known: dict[str, str], chosen: tuple[str, ...], everything: str) -> None:
    _keep(key, list(chosen))
    st.multiselect(
        label,
        list(known),
        key=key,
        format_func=lambda code: known.get(code, code),
        placeholder=everything,
        on_change=_write,
        args=(key, []),
        width=190,
    )


def _period(asked: Asked) -> None:
    whole = regions_map.years()
    if whole is None or whole[0] == whole[1]:
        return
    first, last = whole
    years = asked.years or whole
    _keep("period", (max(first, min(years[0], last)), min(last, max(years[1], first))))
    st.slider(_("Period"), first, last, key="period", on_change=_write_period, args=whole, width=170)


def _write_period(first: int, last: int) -> None:
    chosen = st.session_state["period"]
    if chosen == (first, last):
        st.query_params.pop("from", None)
        st.query_params.pop("to", None)
    else:
        st.query_params["from"], st.query_params["to"] = str(chosen[0]), str(chosen[1])


def _least(asked: Asked, shown: MapShown) -> None:
    if shown.strongest < 2 and asked.least < 2:
        return
    most = max(shown.strongest, asked.least)
    _keep("least", asked.least)
    st.number_input(_("Strength, at least"), 1, most, key="least", on_change=_write, args=("least", 1), width=130)


def _zoom(asked: Asked, zooms: list[Zoom]) -> None:
    names = {item.id: f"{item.name} ({number(item.count)})" for item in zooms}
    if asked.zoom and asked.zoom not in names:
        names[asked.zoom] = network.region_names()[asked.zoom]
    if not names or asked.by == "country":
        return
    _keep("zoom", asked.zoom or None)
    st.selectbox(
        _("Zoom to"),
        list(names),
        key="zoom",
        index=None,
        format_func=lambda code: names[code],
        placeholder=_("All"),
        on_change=_write,
        args=("zoom", ""),
        width=190,
    )


def _level(asked: Asked) -> None:
    _keep("by", asked.by)
    st.segmented_control(
        _("Ties between"),
        list(LEVELS),
        key="by",
        required=True,
        format_func=lambda code: _(LEVELS[code]),
        on_change=_write,
        args=("by", "region"),
    )


def _grades(asked: Asked, shown: MapShown) -> None:
    names = {
        item.code: f"{_(item.title)} ({number(shown.by_grade[item.code])})"
        for item in GRADES
        if shown.by_grade[item.code] or item.code in asked.grades
    }
    _keep("grade", list(asked.grades))
    st.pills(
        _("How well it is known from whom"),
        list(names),
        key="grade",
        selection_mode="multi",
        format_func=lambda code: names[code],
        on_change=_write,
        args=("grade", list(USUAL_GRADES)),
    )


def _chips(asked: Asked) -> list[Html]:
    regions, themes = network.region_names(), network.theme_names()
    chips = [link(regions[code], _without("region", code)) for code in asked.regions]
    chips += [link(themes[code], _without("theme", code)) for code in asked.themes]
    if asked.years:
        chips.append(link(f"{asked.years[0]}–{asked.years[1]}", address_with(**{"from": None, "to": None})))
    if asked.least > 1:
        chips.append(link(_("at least {count}").format(count=number(asked.least)), address_with(least=None)))
    if asked.zoom and asked.by != "country":
        chips.append(link(regions[asked.zoom], address_with(zoom=None)))
    if chips:
        chips.append(tag("a", _("Clear all"), href=cleared(asked), class_="clear"))
    return chips


def _without(name: str, code: str) -> str:
    return address_with(**{name: [item for item in st.query_params.get_all(name) if item != code]})
