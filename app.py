"""The Partnership Explorer: `streamlit run app.py`, or the command `partnership-explorer`."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

import explorer
from explorer.server import Head, working_ahead

app = st.App(Path(explorer.__file__).with_name("script.py"), lifespan=working_ahead, middleware=[Middleware(Head)])
