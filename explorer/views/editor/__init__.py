"""The Cypher editor of the desk: a component with highlighting, completion, marks, history and saved statements.

The browser's part is built from ``source/`` into ``built/`` (see ``README.md``
beside them). It sends what is written when the reader asks to run it and when
the reader leaves it, never while typing. Use it so::

    event = editor("own-cypher", statement, words=editor_words.words(), mistakes=marks)
    if event:                      # sent in this very run of the page, and never again
        st.session_state["own-statement"] = event.statement
        if event.run: ...          # Ctrl-Enter, or the button

What is sent on leaving may come together with the button that the reader
pressed outside: do not call ``st.rerun`` for it, or that press is lost.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import streamlit as st

from explorer.data.editor_words import Words
from languages.words import SOURCE_LANGUAGE, language

from .labels import Labels, Mark, editor_labels

__all__ = ["EditorEvent", "Labels", "Mark", "Words", "editor", "editor_labels", "event_slot"]

BUILT = Path(__file__).parent / "built"
CODE = "explorer_editor_code"
FIELD = "explorer_editor"


@dataclass(frozen=True)
class EditorEvent:
    """What the browser sent: the texts as they stand, and whether the reader asked to run them."""

    statement: str
    parameters: str = ""
    run: bool = False


@dataclass(frozen=True)
class _Kept:
    """What the editor holds, as far as the server knows, and what the page last asked it to hold."""

    asked: tuple[str, str, int]
    statement: str
    parameters: str
    loaded: int = 0  # how many times the page put in another text
    sent: int = 0  # how many times the browser sent one


def editor(
    key: str,
    value: str = "",
    *,
    words: Words,
    mistakes: Sequence[Mark] = (),
    parameters_text: str | None = None,
    labels: Labels | None = None,
    version: int = 0,
) -> EditorEvent | None:
    """Show the editor; what the reader sent since the last run of the page, once, or None.

    Parameters
    ----------
    key
        Of the widget; one editor a key. Not within ``st.form``.
    value
        The statement to show. What the reader has written stays, and the cursor with it, until
        another `value` is given than in the run before; what the editor itself has sent is no other.
    words
        What can be completed.
    mistakes
        Faults in what was sent last; they are underlined and listed.
    parameters_text
        Text of a second field for parameters (``:param name => value;`` a line), treated as `value` is;
        None shows no such field, parameters then stand above the statement.
    labels
        The editor's own texts; None takes `editor_labels`.
    version
        Another number than before puts `value` in again, over what the reader has written.
    """
    asked = (value, parameters_text or "", version)
    kept = _kept(key, asked)
    said = labels or editor_labels()
    known = _known(words, said)
    data = {
        "known": known["digest"],
        "loaded": kept.loaded,
        "sent": kept.sent,
        "statement": kept.statement,
        "parameters": None if parameters_text is None else kept.parameters,
        "marks": [asdict(mark) | {"said": said.said(mark)} for mark in mistakes],
    }
    _show(key, known, data)
    event: EditorEvent | None = st.session_state.pop(event_slot(key), None)
    return event


def event_slot(key: str) -> str:
    """Where an event waits in the session until `editor` returns it; a test of a page puts one there."""
    return f"{key}-event"


def _kept(key: str, asked: tuple[str, str, int]) -> _Kept:
    """What the editor is to hold: what it held, unless the page asks for something else."""
    slot = f"{key}-kept"
    kept: _Kept = st.session_state.get(slot) or _Kept(asked, asked[0], asked[1])
    if asked != kept.asked:
        its_own = asked == (kept.statement, kept.parameters, kept.asked[2])
        kept = replace(kept, asked=asked) if its_own else _Kept(asked, asked[0], asked[1], kept.loaded + 1, kept.sent)
    st.session_state[slot] = kept
    return kept


def _note(key: str, what: str) -> None:
    """Keep what the browser sent; done before the page runs, so that a run that is cut short loses nothing."""
    sent = st.session_state[key].get(what)
    if not isinstance(sent, dict):
        return
    statement, parameters = (str(sent.get(part) or "") for part in ("statement", "parameters"))
    kept: _Kept = st.session_state[f"{key}-kept"]
    st.session_state[f"{key}-kept"] = replace(kept, statement=statement, parameters=parameters, sent=kept.sent + 1)
    waiting: EditorEvent | None = st.session_state.get(event_slot(key))
    run = what == "run" or (waiting is not None and waiting.run)
    st.session_state[event_slot(key)] = EditorEvent(statement, parameters, run)


def _known(words: Words, labels: Labels) -> dict[str, Any]:
    """What the editor knows as long as it is on the page, and what tells it from anything else."""
    known = {
        "words": asdict(words),
        "labels": asdict(labels),
        "language": "en-GB" if language() == SOURCE_LANGUAGE else language(),
    }
    return known | {"digest": sha256(json.dumps(known, sort_keys=True).encode()).hexdigest()}


def _show(key: str, known: dict[str, Any], data: dict[str, Any]) -> None:
    code, field = _components()
    with st.container(key=f"{key}-editor", gap=None):
        code(key=f"{key}-code", data=known)
        field(key=key, data=data, on_run_change=partial(_note, key, "run"), on_left_change=partial(_note, key, "left"))


@cache
def _components() -> tuple[Any, Any]:
    """The editor's code, which has what it knows for its data, and the field that uses both.

    They are two, since Streamlit sends a component's code and data whenever the
    data change: those of the first do not, and so cross the wire once a visit.
    """
    code = st.components.v2.component(CODE, js=_built("editor.js"), css=_built("editor.css"), isolate_styles=False)
    field = st.components.v2.component(FIELD, js=_built("field.js"), isolate_styles=False)
    return code, field


def _built(name: str) -> str:
    return (BUILT / name).read_text(encoding="utf-8")
