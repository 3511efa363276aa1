"""The simulated network: the way in, the mark on each of its pages, the wait while it is opened, the way back."""

import streamlit as st

from explorer import links
from explorer.data import graph, overview, simulated
from explorer.data.simulated import Opening
from explorer.pictures.html import Html, card, join, link, sentence, tag
from languages.words import _

from . import frame

PATIENT = 0.4  # seconds that are waited for without a word
STEP = 0.3  # seconds between two looks at how far it is


def titled(text: str) -> str:
    """A title that leaves the page, as of the browser's tab or of a file: the simulated network is named in it."""
    return _("SIMULATED – {text}").format(text=text) if graph.simulated() else text


def mark() -> None:
    """Say at the top of a page that nothing on it is a fact, and how to get back to the facts."""
    place = st.empty()  # on either network, so that what follows has its place and the mark goes as it comes
    if graph.simulated():
        with place.container(key="simulated"):
            _mark(link(_("Back to what is on record"), links.start(links.RECORDED)))


def mark_of_data() -> None:
    """The same above pages whose own data are simulated: they were loaded into the graph of the records."""
    if not graph.simulated() and overview.source_facts().simulated:
        with st.container(key="simulated"):
            _mark("")


def no_such_network(name: str) -> None:
    """An address named a network that is not here: the records are shown, and it is said."""
    frame.notice(
        sentence(
            _("There is no network named “{name}”. This is what is on record; {simulated} is the other one."),
            name=name,
            simulated=link(_("the simulated network"), links.start(links.SIMULATED)),
        )
        if simulated.is_shipped()
        else _("There is no network named “{name}” here. This is what is on record.").format(name=name)
    )


def wait() -> None:
    """Tell how far the simulated network is, until it is open; nothing where it is open already.

    Raises
    ------
    ExplorerError
        When it cannot be opened.
    """
    opening = graph.opening()
    if opening is None:
        return
    if opening.going_on(PATIENT):
        place = st.empty()
        with place.container():
            _wait(opening)
        place.empty()
    opening.store()


def way_in() -> Html:
    """The card on the start page that leads to the simulated network; nothing on that network itself."""
    if graph.simulated() or not simulated.is_shipped():
        return Html("")
    words = join(
        [
            tag(
                "p",
                _(
                    "A made-up network on the map of the Dutch labour-market regions, with many visits and "
                    "takings-over: it shows what these pages can tell once much is on record."
                ),
            ),
            tag("p", _("Nothing in it is a fact, and every page of it says so."), class_="quiet"),
        ]
    )
    foot = join(
        [
            link(_("Open the simulated network"), links.start(links.SIMULATED)),
            tag("span", _("(some seconds the first time)"), class_="quiet"),
        ],
        " ",
    )
    return card(_("To try things out: a simulated network"), words, foot)


def elsewhere() -> None:
    """Where the simulated network goes when the local engine cannot hold it."""
    if graph.simulated():
        frame.show(
            tag(
                "p",
                _(
                    "The simulated network needs the local graph engine. Where that cannot run, load its tables into "
                    "a database of their own, and start the app on that one:"
                ),
            )
        )
        st.code(f"graph-loader load {simulated.tables_name()}", language="bash")


def _mark(way_back: object) -> None:
    words = sentence(_("{simulated} network: nothing here is a fact."), simulated=tag("strong", _("SIMULATED")))
    frame.show(tag("aside", join([tag("span", words), way_back], " "), aria_label=_("Simulated network")))


def _wait(opening: Opening) -> None:
    frame.title(_("Opening the simulated network"))
    frame.show(
        tag("p", _("The first time this takes some seconds: it is loaded into a graph of its own."), class_="lead")
    )
    with st.status(opening.step, expanded=False) as status:
        while opening.going_on(STEP):
            share = f" ({opening.done} / {opening.total})" if opening.total > 1 else ""
            status.update(label=f"{opening.step} …{share}")
