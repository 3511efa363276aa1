"""The simulated network: a graph of its own, in a local engine of its own, beside the graph of the records.

It is opened when somebody first asks for it, once for all sessions: its engine
is started and the shipped tables are loaded, if they are not there yet. It
needs no server: with ``NEO4J_URI`` set it is still a local graph.
"""

import contextvars
import threading
import time
from pathlib import Path

from graph_loader import api
from graph_loader.lock import AnotherLoadRuns
from graph_store import embedded
from graph_store.errors import EngineAway, ExplorerError, WrongUse
from graph_store.store import READER, WRITER, Store, open_store
from languages.words import _

FOLDER = "simulated"  # below the home of the local engines


class Opening:
    """The simulated network on its way: opened by a thread of its own, so that no page that is left stops it.

    `step` says in words what is being done, `done` of `total` how far it is (0 while unknown).
    """

    def __init__(self) -> None:
        self.step, self.done, self.total = _("Starting"), 0, 0
        self._store: Store | None = None
        self._error: ExplorerError | None = None
        self._closed = False
        self._mine = threading.Lock()
        work = contextvars.copy_context().run  # in the language of the reader who asked
        self._thread = threading.Thread(target=work, args=[self._open], name="simulated", daemon=True)
        self._thread.start()

    def going_on(self, seconds: float = 0.0) -> bool:
        """Whether it is still on its way after so many seconds."""
        self._thread.join(seconds)
        return self._thread.is_alive()

    def store(self) -> Store:
        """The open graph; waits for it.

        Raises
        ------
        ExplorerError
            When it could not be opened.
        """
        self._thread.join()
        if self._error:
            raise self._error
        assert self._store is not None
        return self._store

    def close(self) -> None:
        """Give the connection and the engine up, at the latest when it is open."""
        with self._mine:
            self._closed = True
            if self._store:
                self._store.close()

    def _open(self) -> None:
        try:
            self._tell(_("Starting a graph engine for it"), 0, 0)
            with open_store(WRITER, home()) as writer:
                self._load(writer)
                opened = open_store(READER, home())
        except ExplorerError as error:
            self._error = error
            return
        except Exception as error:  # noqa: BLE001 (told on the page of whoever waits, and tried again there)
            self._error = EngineAway(
                _("The simulated network could not be opened ({reason}).").format(reason=error)
            ).with_traceback(error.__traceback__)
            return
        with self._mine:
            self._store = opened
            if self._closed:
                opened.close()

    def _load(self, writer: Store) -> None:
        while True:
            try:
                found = api.load_simulated(writer, self._tell)
            except AnotherLoadRuns:  # another process of this computer opens it at the same time
                time.sleep(0.2)
                continue
            if not found.loaded:
                raise WrongUse(
                    _("The simulated network could not be loaded: {fault} Take {folder} away and try again.").format(
                        fault=found.report.faults[0], folder=home()
                    )
                )
            return

    def _tell(self, step: str, done: int, total: int) -> None:
        self.step, self.done, self.total = step, done, total


def home() -> Path:
    """The folder of its engine."""
    return embedded.home() / FOLDER


def is_shipped() -> bool:
    """Whether this installation has its tables."""
    return api.simulated_path().is_dir()


def tables_name() -> str:
    """Where its tables are, for who loads them into another database."""
    return str(api.simulated_path())
