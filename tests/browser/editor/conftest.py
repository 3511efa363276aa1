"""A small page with nothing but the editor, as the app shows it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.reader import App
from tests.browser.serving import CHECKOUT, served

# A statement with "wrong" in it comes back with that word marked; ?own=… and so on set the page up.
PAGE = """
import streamlit as st
from dataclasses import fields, replace
from explorer.data.editor_words import words
from explorer.views.editor import Mark, editor, editor_labels

state, asked = st.session_state, st.query_params
st.title("A page with an editor")
labels = editor_labels()
if "marked" in asked:
    texts = {field.name: "¤" + getattr(labels, field.name) for field in fields(labels) if field.name != "phrases"}
    labels = replace(labels, **texts, phrases={name: "¤" + text for name, text in labels.phrases.items()})
if not st.checkbox("Hide"):
    event = editor("own", state.get("shown", ""), words=words(), mistakes=state.get("marks", []), labels=labels,
                   parameters_text="" if "parameters" in asked else None, version=state.get("version", 0))
    if event:
        state["sent"] = state.get("sent", 0) + 1
        state["last"] = event
        if "hands_back" in asked:
            state["shown"] = event.statement
        if event.run:
            texts = {"statement": event.statement, "parameters": event.parameters}
            state["marks"] = [
                Mark(number, line.index("wrong") + 1, f"{part}: this word is not known", part=part)
                for part, text in texts.items() for number, line in enumerate(text.split("\\n"), 1) if "wrong" in line
            ]
            st.rerun()
if st.button("Again"):
    state["again"] = state.get("again", 0) + 1
if st.button("Example"):
    state["shown"], state["version"] = "RETURN 'example' AS word", state.get("version", 0) + 1
    st.rerun()
last = state.get("last")
st.text(f"sent {state.get('sent', 0)}, again {state.get('again', 0)}")
st.text("run" if last and last.run else "not run")
st.code(last.statement if last else "nothing")
st.code(last.parameters if last else "nothing")
"""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[App]:
    """The page above, served in the look of the app."""
    folder = tmp_path_factory.mktemp("editor-page")
    (folder / "page.py").write_text(PAGE, encoding="utf-8")
    with served(folder, {"PYTHONPATH": str(CHECKOUT)}, ("streamlit", "run", str(folder / "page.py"))) as app:
        yield app
