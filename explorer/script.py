"""What Streamlit runs for every reader, at every change: the page that the address names."""

from explorer.pages import run

run()
