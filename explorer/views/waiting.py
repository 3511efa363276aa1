"""Waiting for what takes seconds: a whole page for what it rests on, or a part of it for its own answer."""

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from explorer.data import ahead
from explorer.data.later import Later
from explorer.pictures.html import tag
from languages.words import _

from . import frame

T = TypeVar("T")

PATIENT = 0.4  # seconds that are waited for without a word
STEP = 0.3  # seconds between two looks


def until_ready(part: str) -> None:
    """Say that the page is being made until a part of `ahead.PARTS` is there; nothing where it is.

    Raises
    ------
    DataMoved, ExplorerError
        When it cannot be worked out.
    """
    pending = ahead.part(part)
    if not pending.ready(PATIENT):
        place = st.empty()
        with place.container():
            frame.title(_("One moment, please"))
            words = _("The data are new, and what this page shows is being worked out. It then comes by itself.")
            frame.show(tag("p", words, class_="lead", role="status"))
            with st.status(_("Working it out …"), expanded=False) as status:
                while not pending.ready(STEP):
                    status.update()  # also where Streamlit ends this run once the reader has left
        place.empty()
    pending.answer()


def when_ready(key: str, pending: Later[T], draw: Callable[[T], None], waiting: str, *, patience: float = 0.0) -> None:
    """Draw an answer that may take seconds: at once where it is there, else as soon as it is."""
    if pending.ready(patience):
        draw(pending.answer())
        return

    @st.fragment(run_every=1.5, key=key)
    def wait() -> None:
        if pending.ready():
            st.rerun()
        frame.show(tag("p", waiting, class_="quiet", role="status"))

    wait()
