"""The wait for what a page rests on, where the data were loaded a moment ago and it is not worked out yet."""

import streamlit as st

from explorer.data import ahead
from explorer.pictures.html import tag
from languages.words import _

from . import frame

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
