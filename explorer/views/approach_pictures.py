"""Map and learning tree of an approach side by side: one year, one region picked out, in both alike."""

from dataclasses import replace

import streamlit as st

from explorer import links
from explorer.data.spread import Story
from explorer.data.story import Learning, shapes
from explorer.pictures.html import Html, tag
from explorer.pictures.maps import Place, region_map
from explorer.pictures.tree import learning_tree
from languages.words import _, ngettext, number, use

from . import frame, url
from .approach_looks import COLOURS, FAINT, TAKEN, colour
from .approach_scene import Scene, Spot, scene

SECONDS = 1.2  # that each year stays while the years are played
MAP = (600.0, 490.0)


def draw(story: Story, known: Learning, chosen: str, card: Html) -> None:
    """Draw the row with the years, both pictures, and what is known of the region chosen.

    Only these are made anew when the year changes.
    """
    material = scene(story, known)
    playing = bool(st.session_state.get("playing"))
    st.fragment(_pictures, run_every=SECONDS if playing else None)(material, chosen, card)


def year_asked(years: tuple[int, int] | None) -> int | None:
    """The year that the address asks for; None for all years, or where it asks for none of them."""
    asked = url.year("year")
    return asked if years and asked and years[0] <= asked < years[1] else None


def _pictures(shown: Scene, chosen: str, card: Html) -> None:
    use(shown.language)  # a fragment runs in a context of its own
    if shown.network is not None:
        links.choose_network(shown.network)
    if shown.years:
        _row_of_years(shown.years)
    year = year_asked(shown.years)
    frame.show(tag("p", counted(shown, year), class_="lead", role="status"))
    drawn = _tree(shown, year, chosen)
    if drawn:
        left, right = st.columns([1.25, 1], gap="medium")
        with left:
            frame.drawing(_map(shown, year, chosen))
        with right:
            frame.drawing(drawn)
            frame.show(card)
    else:
        frame.drawing(_map(shown, year, chosen))
        frame.show(card)
    lost = [spot for spot in shown.spots if spot.region not in shown.where]
    if lost:
        left_out = ngettext(
            "{count} region without a known position is not on the map.",
            "{count} regions without a known position are not on the map.",
            len(lost),
        )
        frame.show(tag("p", left_out, class_="quiet"))


def _advance(years: tuple[int, int]) -> None:
    """While the years are played, each run goes one year on; at the last the play ends."""
    if not st.session_state.get("playing"):
        return
    year = year_asked(years)
    if st.session_state.pop("play_begins", False):
        return
    if year is None or year + 1 >= years[1]:
        st.query_params.pop("year", None)
        st.session_state["playing"] = False
        st.rerun()
    st.query_params["year"] = str(year + 1)


def _row_of_years(years: tuple[int, int]) -> None:
    with st.container(horizontal=True, key="years", vertical_alignment="bottom"):
        playing = bool(st.session_state.get("playing"))
        words = _("Pause") if playing else _("Play the years")
        if st.button(words, key="play", on_click=_play_or_pause, args=(years,)):
            st.rerun()  # the whole page: only that changes how often the pictures run
        _advance(years)
        year = year_asked(years) or years[1]
        url.keep("year", year)
        st.slider(_("Up to the end of the year"), *years, key="year", on_change=_write_year, args=(years,), width=420)


def _play_or_pause(years: tuple[int, int]) -> None:
    playing = not st.session_state.get("playing")
    st.session_state["playing"] = playing
    if playing:
        st.session_state["play_begins"] = True
        if year_asked(years) is None:
            st.query_params["year"] = str(years[0])


def _write_year(years: tuple[int, int]) -> None:
    st.session_state["playing"] = False
    year = st.session_state["year"]
    if year >= years[1]:
        st.query_params.pop("year", None)
    else:
        st.query_params["year"] = str(year)


def counted(shown: Scene, year: int | None) -> str:
    """How many regions had taken it over by the end of a year; by now without one."""
    taken = [spot for spot in shown.spots if spot.standing in TAKEN]
    if year is None:
        text = ngettext(
            "{count} region has taken it over by now", "{count} regions have taken it over by now", len(taken)
        )
        stopped = sum(spot.stopped is not None for spot in taken)
        return (
            text
            + (ngettext("; {count} of them stopped", "; {count} of them stopped", stopped) if stopped else "")
            + "."
        )
    by_then = sum(spot.since is not None and spot.since <= year for spot in taken)
    text = _("By the end of {year}: {part} of the {whole} regions had taken it over.").format(
        year=year, part=number(by_then), whole=number(len(taken))
    )
    undated = sum(spot.since is None for spot in taken)
    if undated:
        text += " " + ngettext(
            "{count} of unknown date shows only with all years.",
            "{count} of unknown date show only with all years.",
            undated,
        )
    return text


def _map(shown: Scene, year: int | None, chosen: str) -> Html:
    places = [place_of(spot, shown, year, chosen) for spot in shown.spots if spot.region in shown.where]
    by_region = {spot.region: spot for spot in shown.spots}
    flows = [flow for flow, region in shown.flows if _is_so(by_region[region].since, year)]
    title = _("Regions that use {name}").format(name=shown.name)
    drawn = region_map(places, flows, shapes=shapes(), title=title, size=MAP)
    return Html(f'<div class="pick">{drawn}</div>') if drawn else drawn


def place_of(spot: Spot, shown: Scene, year: int | None, chosen: str) -> Place:
    """A region's circle, as it is by the end of a year (None: of all years)."""
    latitude, longitude = shown.where[spot.region]
    stopped = spot.stopped is not None and (year is None or spot.stopped <= year)
    place = Place(
        spot.region,
        spot.name,
        latitude,
        longitude,
        colour(spot.standing),
        spot.said,
        _address(shown, spot.region, year, chosen),
        radius=7 if spot.standing == "origin" else 5.5,
        hollow=spot.standing in ("origin", "host") or stopped,
        chosen=spot.region == chosen,
    )
    if _is_so(spot.since, year):
        return place
    if spot.interest is not None and year is not None and spot.interest <= year:
        return replace(place, colour=COLOURS["interested"])
    return replace(place, colour=FAINT, radius=3.5, label=spot.region == chosen, faint=True, hollow=True)


def _tree(shown: Scene, year: int | None, chosen: str) -> Html:
    if not shown.branches or not shown.years:
        return Html("")
    stopped = {spot.region: spot.stopped for spot in shown.spots}
    branches = [
        replace(
            branch,
            later=year is not None and not branch.source and (branch.on is None or int(branch.on) > year),
            chosen=branch.id == chosen,
            hollow=branch.hollow or _is_so_known(stopped.get(branch.id), year),
            address=_address(shown, branch.id, year, chosen) if branch.address else "",
        )
        for branch in shown.branches
    ]
    title = _("Who learnt it from whom, over the years")
    return learning_tree(branches, shown.years, title=title, undated=_("no date"), now=year)


def _address(shown: Scene, region: str, year: int | None, chosen: str) -> str:
    """Address of this page with the region picked out, or let go where it is already."""
    return links.address(
        links.PROFILES["Approach"], id=shown.approach, year=year, region=None if region == chosen else region
    )


def _is_so(since: int | None, year: int | None) -> bool:
    return year is None or (since is not None and since <= year)


def _is_so_known(since: int | None, year: int | None) -> bool:
    return since is not None and (year is None or since <= year)
