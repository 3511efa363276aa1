"""When there is nothing to show: an empty graph, an engine that is away, a load that stopped half-way."""

import streamlit as st

from explorer.pictures.html import items, tag
from languages.words import _

from . import frame


def empty() -> None:
    """The graph holds nothing yet."""
    frame.title(_("The graph is empty"))
    frame.notice(_("Nothing was loaded yet. A data steward can fill it in three steps, from a spreadsheet:"))
    frame.show(
        items(
            [
                _("Write an empty workbook and fill it in:"),
                _("Look for mistakes, without changing anything:"),
                _("Load it; this page then shows the network:"),
            ],
            "plain",
            ordered=True,
        )
    )
    st.code(
        "\n".join(f"graph-loader {step} partnership.xlsx" for step in ("template", "check", "load")),
        language="bash",
    )
    frame.show(tag("p", _("To look around first, load the demo network:")))
    st.code("graph-loader load data/demo", language="bash")
    st.button(_("Look again"), key="again")


def away(sentence: str) -> None:
    """The engine does not answer."""
    frame.title(_("The graph cannot be reached"))
    frame.notice(sentence)
    frame.show(
        tag("p", _("Nothing is lost: the data stay where they are. This page comes back when the graph answers again."))
    )
    st.button(_("Try again"), key="again")


def busy(loading: str) -> None:
    """Someone is loading just now, and this page was not ready before."""
    frame.title(_("The data are being refreshed"))
    frame.notice(
        _("{who} is loading new data. This takes some seconds; the page then shows the new state.").format(who=loading)
    )
    st.button(_("Try again"), key="again")


def unfinished(load: str) -> None:
    """A load stopped half-way: said above every page."""
    frame.notice(
        _(
            "The last load ({load}) did not finish, so some of what you see may be old. "
            "A data steward should load it again."
        ).format(load=load)
    )
