"""The list of pages, and what happens around each: look, state of the graph, search, page, source line."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from graph_store.errors import EngineAway, EngineRefuses, ExplorerError
from languages.words import N_, _, languages, use

from . import links
from .data import asked, graph
from .views import (
    as_cypher,
    briefing,
    frame,
    network,
    overview,
    plans,
    profile,
    questions,
    rows,
    search,
    simulated,
    spread,
    trouble,
    waiting,
)
from .views import data as data_page
from .views import map as map_page
from .views import meetings as meetings_page
from .views import regions as regions_page

MOVES = 5  # how often a page may start again because a load committed meanwhile


@dataclass(frozen=True)
class PageEntry:
    """One page: its address, its title, and the function that draws it."""

    address: str
    title: str
    render: Callable[[], None]
    shown: bool = False  # in the navigation
    rests_on: str = ""  # part of `ahead.PARTS` that is waited for


RESTS_ON = {"Approach": "approach", "Region": "regions", "Visit": "meetings", "Plan": "plans"}  # of profiles, by label

PAGES = (
    PageEntry(links.OVERVIEW, N_("Overview"), overview.render, shown=True, rests_on="overview"),
    PageEntry(links.NETWORK, N_("Network"), network.render, shown=True),
    PageEntry(links.MAP, N_("Map"), map_page.render, shown=True, rests_on="map"),
    PageEntry(links.SPREAD, N_("Spread"), spread.render, shown=True, rests_on="spread"),
    PageEntry(links.REGIONS, N_("Regions"), regions_page.render, shown=True, rests_on="regions"),
    PageEntry(links.MEETINGS, N_("Meetings"), meetings_page.render, shown=True, rests_on="meetings"),
    PageEntry(links.PLANS, N_("Plans"), plans.render, shown=True, rests_on="plans"),
    PageEntry(links.QUESTIONS, N_("Questions"), questions.render, shown=True),
    PageEntry(links.DATA, N_("Data"), data_page.render, shown=True),
    *(
        PageEntry(page, N_("Profile"), profile.render, rests_on=RESTS_ON.get(label, ""))
        for label, page in links.PROFILES.items()
    ),
    PageEntry(links.BRIEFING, N_("Briefing"), briefing.render, rests_on="meetings"),
    PageEntry(links.ROWS, N_("Rows"), rows.render),
    PageEntry(links.SEARCH, N_("Search"), search.render),
)


def run() -> None:
    """Draw the page that the address names."""
    asked = st.query_params.get(links.IN_NETWORK, links.RECORDED)
    known = graph.choose(asked)
    use(st.query_params.get("language", languages()[0]))
    st.set_page_config(
        page_title=simulated.titled("Partnership Explorer"),
        page_icon=str(frame.HERE / "icon.svg"),
        layout="wide",
        initial_sidebar_state="collapsed",
    )
    pages = {
        entry.address: st.Page(
            _around(entry),
            title=_(entry.title),
            url_path=entry.address,
            default=entry is PAGES[0],
            visibility="visible" if entry.shown else "hidden",
        )
        for entry in PAGES
    }
    st.session_state["pages"] = pages
    frame.look()
    simulated.mark()
    if not known:
        simulated.no_such_network(asked)
    st.navigation(list(pages.values()), position="top").run()


def _around(entry: PageEntry) -> Callable[[], None]:
    def page() -> None:
        moves = st.session_state.pop("moves", 0)
        # A place, so that a page which cannot be finished is replaced as a whole; one for each network,
        # so that nothing of the other one stands under this one's mark while the page is made.
        recorded, made_up = st.empty(), st.empty()
        place = made_up if graph.simulated() else recorded
        try:
            with place.container(key="page"):
                _draw(entry)
        except graph.DataMoved:
            if moves < MOVES:
                st.session_state["moves"] = moves + 1
                time.sleep(0.2)
                st.rerun()
            with place.container():
                trouble.busy(_("A data steward"))
        except ExplorerError as error:
            graph.forget()
            with place.container():
                waited_for = isinstance(error, EngineAway) and not isinstance(error, EngineRefuses)
                trouble.away(str(error), graph.answers if waited_for and not graph.simulated() else None)
                simulated.elsewhere()

    page.__name__ = entry.address
    return page


def _draw(entry: PageEntry) -> None:
    simulated.wait()
    state = graph.begin()
    if graph.is_empty():
        if state.loading:
            trouble.busy(_("A data steward"))
        else:
            here = entry.address == links.DATA
            trouble.empty(way_to_upload="" if here else data_page.way_to_upload())
            if here:
                data_page.start()
            trouble.commands()
        return
    if state.unfinished:
        trouble.unfinished(state.unfinished)
    simulated.mark_of_data()
    frame.search_box()
    if entry.rests_on:
        waiting.until_ready(entry.rests_on)
    with asked.noting() as noted:
        entry.render()
    if entry.address != links.QUESTIONS:  # which shows its one question in Cypher itself
        as_cypher.show(noted)
    frame.source_line()
