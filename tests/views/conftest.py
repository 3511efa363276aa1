"""The app without a browser: AppTest on the demo network, on a small graph, on an empty one, and without an engine.

Two engines are started once per session: one with the demo, one for what a
test changes. What the app caches is forgotten whenever a test looks at another
graph than the test before it.
"""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from visiting import Open, forget, opened

from explorer import links
from explorer.data import graph, simulated
from graph_loader import api
from graph_store import embedded
from graph_store.store import WRITER, Store, open_store

NAMED = (
    "NEO4J_URI",
    "NEO4J_USERNAME",
    "NEO4J_PASSWORD",
    "NEO4J_READ_USERNAME",
    "NEO4J_READ_PASSWORD",
    "NEO4J_DATABASE",
)
_looked_at: list[str] = []


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home whose graph holds the demo network."""
    with _home(tmp_path_factory.mktemp("home-demo")) as (home, store):
        api.load(api.demo_path(), "", store)
        yield home


@pytest.fixture(scope="session")
def other_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Store]]:
    """A home, and a writer on its graph, for tests that load something."""
    with _home(tmp_path_factory.mktemp("home-other")) as opened:
        yield opened


@pytest.fixture
def demo(demo_home: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Opens a page of the app on the demo network."""
    _look_at(str(demo_home), monkeypatch)
    return opened


@pytest.fixture(scope="module")
def simulated_engine(demo_home: Path) -> Iterator[None]:
    """For tests that open the simulated network: its engine is ended after them."""
    yield
    embedded.stop(demo_home / simulated.FOLDER)


@pytest.fixture
def on_record() -> Iterator[None]:
    """What a test itself asks, it asks on the records, unless it says otherwise."""
    yield
    graph.choose(links.RECORDED)  # and no version that a test has noted


@pytest.fixture
def empty(other_home: tuple[Path, Store], monkeypatch: pytest.MonkeyPatch) -> Open:
    """Opens a page of the app on a graph that nobody has loaded anything into."""
    home, store = other_home
    store.write(lambda writer: writer.run("MATCH (n) DETACH DELETE n"))
    _look_at(str(home), monkeypatch)
    return opened


@pytest.fixture
def writer(empty: Open, other_home: tuple[Path, Store]) -> Store:
    """An open writer on the graph that `empty` looks at."""
    return other_home[1]


@pytest.fixture
def away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Opens a page of the app when nothing answers at the address of the graph."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: a connection is refused
        _look_at(str(tmp_path), monkeypatch)
        monkeypatch.setenv("NEO4J_URI", f"bolt://ada:s3cret@127.0.0.1:{taken.getsockname()[1]}")
        yield opened


def _look_at(home: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMED:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("EXPLORER_HOME", home)
    monkeypatch.setenv("EXPLORER_ENGINE", "arcadedb")
    if _looked_at != [home]:
        _looked_at[:] = [home]
        forget()


class _home:  # noqa: N801 (used as a word in a with)
    """An engine with a home of its own, ended afterwards."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> tuple[Path, Store]:
        with pytest.MonkeyPatch.context() as patch:
            for name in NAMED:
                patch.delenv(name, raising=False)
            patch.setenv("EXPLORER_HOME", str(self._folder))
            patch.setenv("EXPLORER_ENGINE", "arcadedb")
            self._store = open_store(WRITER)
        return self._folder, self._store

    def __exit__(self, *_error: object) -> None:
        if os.environ.get("EXPLORER_HOME") == str(self._folder) or _looked_at == [str(self._folder)]:
            forget()
        self._store.close()
        embedded.stop(self._folder, "arcadedb")
