"""The Partnership Explorer: `streamlit run app.py`, or the command `partnership-explorer`."""

from explorer.pages import run

run()
