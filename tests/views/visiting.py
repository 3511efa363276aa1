"""Opening a page of the app without a browser."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from explorer import links
from explorer.data import graph

APP = Path(__file__).parents[2] / "explorer" / "script.py"
SECONDS = 60.0  # that a page may take on a busy machine

Open = Callable[[str], AppTest]


def opened(address: str) -> AppTest:
    """The page at an address such as ``network?tie=visits``, drawn once."""
    parts = urlsplit(address)
    app = AppTest.from_file(APP, default_timeout=SECONDS)
    app._page_hash = calc_hash(parts.path) if parts.path != links.OVERVIEW else ""
    app.query_params = dict(parse_qs(parts.query, keep_blank_values=True))
    return app.run()


def forget() -> None:
    """Give up the app's connection and all that it has cached."""
    graph.forget()
    graph.choose(links.RECORDED)  # also the version that a test has noted by itself
    st.cache_data.clear()
    st.cache_resource.clear()
