"""What pages rest on and takes seconds to work out: once for each version of the data, if possible before readers ask.

A loader is a process of its own, so a watch looks now and then which version
the graph holds, and has the parts of a new one worked out, those first that
most pages rest on. A page that comes earlier waits for its own part, which is
then worked out at once, and once, however many readers wait for it.
"""

import logging
import threading
from collections.abc import Callable
from functools import partial

import streamlit as st

from explorer import links
from explorer.analysis.ties import TIE_KINDS
from graph_store.errors import ExplorerError
from graph_store.loads import NO_DATA

from . import advice, graph, map, meetings, network, overview, plans, regions, spread, spread_overview, story
from .later import Later

SECONDS = 5.0  # between two looks
SECONDS_AWAY = 60.0  # where nobody answered: to wait for that keeps readers waiting, too


def _approach() -> None:
    """What the pages of all approaches share, by making one of them."""
    for approach in graph.ask("approaches")["id"].head(1):
        spread.story(approach), story.learning(approach)


def _network(tie: str) -> None:
    network.shown(network.Filters(tie=tie))


# In the order in which they are worked out. No page waits for the last one: it is told on pages when it is there.
PARTS: dict[str, Callable[[], object]] = {
    "overview": overview.prepared,
    "spread": lambda: spread_overview.overview(spread_overview.Filters()),
    "approach": _approach,
    "regions": regions.prepared,
    "meetings": lambda: meetings.waiting(meetings.Filters()),
    "map": lambda: map.shown(map.Asked()),
    "plans": lambda: plans.shown(plans.Asked()),
    **{f"network {tie.code}": partial(_network, tie.code) for tie in TIE_KINDS},
    "advice": advice.tested,
}

_log = logging.getLogger(__name__)


def part(name: str) -> Later[object]:
    """One of `PARTS`, on this page's version of the data: being worked out from now on, if it was not before."""
    version = graph.state().version
    found = _part(name, version)
    if found.failed:
        _part.clear(name, version)
        found = _part(name, version)
    return found


def watch(ended: threading.Event) -> None:
    """Have the parts of each new version worked out, until `ended` is set; for a thread of its own."""
    graph.choose(links.RECORDED)  # the simulated network is opened, and waited for, by whoever asks for it
    done, pause = NO_DATA, SECONDS
    while not ended.wait(pause):
        found, pause = done, SECONDS
        try:
            state = graph.begin()
            found = state.version if state.quiet else done
            if found not in (NO_DATA, done):
                _work_out(ended)
        except graph.DataMoved:
            found = NO_DATA  # somebody is loading
        except ExplorerError:
            found, pause = NO_DATA, SECONDS_AWAY
        except Exception:  # noqa: BLE001 (whoever opens the page is told; not again and again here)
            _log.warning("What pages rest on could not be worked out in advance", exc_info=True)
        done = found


def _work_out(ended: threading.Event) -> None:
    for name in PARTS:
        if not ended.is_set():
            part(name).answer()


@st.cache_resource(show_spinner=False, max_entries=60)
def _part(name: str, version: str) -> Later[object]:  # noqa: ARG001 (part of the cache key)
    return Later(PARTS[name], f"ahead {name}")
