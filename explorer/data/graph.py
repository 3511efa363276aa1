"""The open graphs of this process, their state, and the answers to named queries.

There are two networks, each a graph of its own: what is on record, and a
simulated one that is opened when somebody asks for it. Each run of a page is
on one of them, which its address names; every function here speaks of that.

A page is made from one version of the data. `begin` notes the version when a
page starts; every answer is cached under that version; an answer that is not
cached is read while nobody is loading, and refused when the version moved on.
"""

import threading
import time
from collections.abc import Callable
from contextvars import ContextVar, copy_context
from typing import Any, ParamSpec, TypeVar

import pandas as pd
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from explorer import links
from graph_loader import api
from graph_store.errors import EngineAway, ExplorerError
from graph_store.loads import NO_DATA, GraphState
from graph_store.store import READER, Store, open_store
from queries import library

from . import kept
from .simulated import Opening, is_shipped

PATIENCE = 20.0  # seconds that a page waits for a load to commit

_state: ContextVar[GraphState | None] = ContextVar("state", default=None)
_opening = threading.Lock()
Given = ParamSpec("Given")
Result = TypeVar("Result")


class DataMoved(Exception):
    """The data were loaded anew while the page was being made."""


def choose(name: str) -> bool:
    """Be on the network that an address names, in this run of a page and in the addresses that it makes.

    Returns
    -------
    bool
        False when there is none of that name: the page is then made from the records.
    """
    known = name == links.RECORDED or (name == links.SIMULATED and is_shipped())
    links.choose_network(name if known else links.RECORDED)
    _state.set(None)
    return known


def simulated() -> bool:
    """Whether this run of a page is on the simulated network."""
    if links.network() is None and get_script_run_ctx(suppress_warning=True):
        # in what a widget calls, before the page is made
        choose(st.query_params.get(links.IN_NETWORK, links.RECORDED))
    return links.network() == links.SIMULATED


def opening() -> Opening | None:
    """The simulated network as it is being opened; None on the network of the records."""
    return _simulated() if simulated() else None


def in_this_network(work: Callable[Given, Result]) -> Callable[Given, Result]:
    """`work` as something that may run later, outside of the page, and still speaks of its network and state."""
    context = copy_context()
    return lambda *values, **named: context.copy().run(work, *values, **named)


def begin() -> GraphState:
    """Note the state of the graph for the page that starts now.

    Raises
    ------
    EngineAway
        When the engine does not answer; the connection is then opened anew next time.
    """
    try:
        state = _current()
    except EngineAway:
        # The engine may have come back at another port: look for it once more before giving up.
        forget()
        state = _current()
    _state.set(state)
    return state


def state() -> GraphState:
    """The state that this page was begun with."""
    found = _state.get()
    return found if found is not None else begin()


def is_empty() -> bool:
    """Whether nothing was ever loaded."""
    return state().version == NO_DATA


def store() -> Store:
    """The connection of this process, opened when first asked for; it can only read."""
    if simulated():
        return _simulated().store()  # waits outside of the lock: readers of the records go on
    with _opening:
        return _store()


def forget() -> None:
    """Give the connection up; the next `store` opens a new one."""
    if simulated():
        _simulated.clear()
        return
    with _opening:
        _store.clear()


def answers() -> bool:
    """Whether the engine answers, looked at anew."""
    try:
        _current()
    except ExplorerError:
        forget()
        return False
    return True


def ask(name: str, **parameters: Any) -> pd.DataFrame:
    """Answer of a named query on this page's version of the data.

    Returns
    -------
    DataFrame
        The caller's own: columns set in it, or rows taken out of it, stay with the caller. The lists
        and dicts in its cells are everybody's and must not be changed.

    Raises
    ------
    DataMoved
        When the data were loaded anew meanwhile.
    """
    given = tuple(sorted(parameters.items()))
    version = state().version
    answer = _answer(name, given, version) if given else _whole_answer(name, version).copy(deep=False)
    kept.note(name, given)
    return answer


def _current() -> GraphState:
    """The state as it stands now; a load whose process has ended is not going on, but unfinished."""
    return api.settled(store())


@st.cache_resource(show_spinner=False, on_release=lambda opened: opened.close())
def _store() -> Store:
    return open_store(READER)


@st.cache_resource(show_spinner=False, on_release=lambda opened: opened.close())
def _simulated() -> Opening:
    return Opening()


# A page asks for the same whole lists again and again. At tens of thousands of rows the copy that `cache_data` makes
# each time costs more than the page itself; pandas copies only what a caller writes to. So all share one table.
@st.cache_resource(show_spinner=False, max_entries=150)
def _whole_answer(name: str, version: str) -> pd.DataFrame:
    return _read(name, (), version)


@st.cache_data(show_spinner=False, max_entries=2000)
def _answer(name: str, parameters: tuple[tuple[str, Any], ...], version: str) -> pd.DataFrame:
    return _read(name, parameters, version)


def _read(name: str, parameters: tuple[tuple[str, Any], ...], version: str) -> pd.DataFrame:
    end = time.monotonic() + PATIENCE
    while True:
        before = _current()
        if before.version != version:
            raise DataMoved
        if before.quiet:
            answer = with_none(library.run(name, store=store(), **dict(parameters)))
            if _current() == before:
                return answer
        if time.monotonic() > end:
            raise DataMoved
        time.sleep(0.1)


def with_none(table: pd.DataFrame) -> pd.DataFrame:
    """Texts, dates and lists that are missing as None, as the graph has them; numbers keep NaN."""
    for name in table.columns:
        if not pd.api.types.is_numeric_dtype(table[name]):
            values = table[name].astype(object)
            table[name] = values.where(values.notna(), None)
    return table
