"""When there is nothing to show: an empty graph, an engine that is away, a load that stopped half-way."""

from collections.abc import Callable
from itertools import count

import streamlit as st

from explorer.pictures.html import items, link, tag
from languages.words import _

from . import frame

LOOK_SECONDS = 3.0  # between two looks at an engine that is away


def empty(*, way_to_upload: str = "") -> None:
    """The graph holds nothing yet.

    Parameters
    ----------
    way_to_upload
        Address of the page where stewards upload; empty where it is this one, or where they cannot.
    """
    frame.title(_("The graph is empty"))
    frame.notice(
        _("Nothing was loaded yet, so there is nothing to see. A data steward can fill it from a spreadsheet.")
    )
    if way_to_upload:
        frame.show(tag("p", link(_("For data stewards: upload a workbook"), way_to_upload)))
    st.button(_("Look again"), key="again")


def commands() -> None:
    """How a steward fills the graph by command."""
    with st.expander(_("For data stewards: by command"), key="commands"):
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


def away(sentence: str, answers: Callable[[], bool] | None = None) -> None:
    """The engine does not answer.

    Parameters
    ----------
    sentence
        What happened and what to try.
    answers
        Looks whether it answers again: the page then comes back by itself.
        None where that would help nobody, such as after a wrong password.
    """
    frame.title(_("The graph cannot be reached"))
    frame.notice(sentence)
    frame.show(
        tag("p", _("Nothing is lost: the data stay where they are. This page comes back when the graph answers again."))
    )
    if answers:
        _until_it_answers(answers)
    st.button(_("Try again"), key="again")


def _until_it_answers(answers: Callable[[], bool]) -> None:
    looks = count()

    @st.fragment(run_every=LOOK_SECONDS, key="coming-back")
    def look() -> None:
        if next(looks) and answers():
            st.rerun()
        words = _("The graph engine does not answer at the moment; trying again …")
        frame.show(tag("p", words, class_="quiet", role="status"))

    look()


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
            "Some of what you see may be old or not complete: {load}. "
            "Unless it is still going on, a data steward should load again."
        ).format(load=load)
    )
