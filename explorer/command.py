"""Command ``partnership-explorer``: the local engine, the demo on first use, and the page.

The engine is a process of its own: it starts while this one imports what the page needs. The first time, the
page is offered once the demo is there, so that nobody sees it half set up; later, at once: a page waits by
itself for an engine that is starting.
"""

import os
import signal
import sys
import threading
import time
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Final, NoReturn

from graph_store import embedded
from graph_store.errors import ExplorerError
from languages.words import _

HERE: Final = Path(__file__).resolve().parent
STREAMLIT_DEFAULTS: Final = {
    "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false",
    "STREAMLIT_LOGGER_LEVEL": "warning",
    "STREAMLIT_SERVER_ADDRESS": "127.0.0.1",  # this computer only, unless told otherwise
    "STREAMLIT_SERVER_HEADLESS": "true",  # no browser of its own, no questions
    "STREAMLIT_SERVER_SHOW_EMAIL_PROMPT": "false",
}
HEAVY: Final = ("queries.library", "graph_loader.api", "explorer.analysis.layouts", "explorer.pictures.network")
"""Modules of the pages that take long to import; none of them knows Streamlit."""
FIRST_SUBJECT: Final = "overview"
ENDING_SECONDS: Final = 15.0
WRONG: Final = 2
INTERRUPTED: Final = 130


class Leaving(ExplorerError):
    """Ctrl-C was pressed before the graph was ready."""


class Ground(threading.Thread):
    """Starts the local engine, keeps a lease on it, and puts the demo into an empty graph."""

    def __init__(self) -> None:
        super().__init__(name="ground", daemon=True)
        self._filled = embedded.home() / embedded.engine_name() / "filled"
        self._filled_before = self._filled.exists()
        self._lease: embedded.Lease | None = None
        self._error: ExplorerError | None = None
        self._leaving = threading.Event()

    def run(self) -> None:
        """Do the work; what goes wrong is kept for `wait`, or told when the page is open already."""
        try:
            steps = Steps()
            self._lease = embedded.lease(progress=lambda *step: self._show(steps, *step))
            self._fill()
            self._filled.touch()
        except ExplorerError as error:
            self._error = error
            if self._filled_before and not self._leaving.is_set():
                print(error, file=sys.stderr, flush=True)

    def wait(self) -> None:
        """Return when the page can be offered: at once if the graph held data at the last start.

        Raises
        ------
        ExplorerError
            If the engine could not be started, or the demo not be loaded.
        """
        if self._filled_before:
            return
        self.join()
        if self._error:
            raise self._error

    def leave(self) -> None:
        """Give the lease back; an engine that is just starting is waited for, so that it does not stay."""
        self._leaving.set()
        if self.is_alive():
            self.join(ENDING_SECONDS)
        if self._lease:
            self._lease.close()

    def _show(self, steps: "Steps", step: str, done: int, total: int) -> None:
        if self._leaving.is_set():
            raise Leaving  # what is being fetched is not waited for
        steps.show(step, done, total)

    def _fill(self) -> None:
        from graph_store.loads import NO_DATA, data_version
        from graph_store.store import READER, WRITER, open_store

        with open_store(READER) as store:
            if data_version(store) != NO_DATA:
                return
        self._filled.unlink(missing_ok=True)
        from graph_loader import api
        from graph_loader.lock import AnotherLoadRuns

        self._show(Steps(), _("Loading the demo network"), 0, 0)
        while not self._leaving.wait(0.2):
            try:
                with open_store(WRITER) as store:
                    api.load_demo_if_empty(store)
                return
            except AnotherLoadRuns:
                continue


class Steps:
    """Tells each step in one line; how far it is, on a terminal only."""

    def __init__(self) -> None:
        self._told = ""

    def show(self, step: str, done: int, total: int) -> None:
        """Tell a step; the parameters are those of a `Progress`."""
        if step != self._told:
            self._told = step
            print(f"{step} ...", flush=True)
        elif sys.stdout.isatty() and total > 1:
            print(f"\r{done} / {total}", end="\r" if done < total else "\n", flush=True)


def app_file() -> Path:
    """The script that Streamlit runs: inside the installed package, or at the top of a checkout."""
    inside = HERE / "app.py"
    return inside if inside.is_file() else HERE.parent / "app.py"


def main() -> None:
    """Run the app until Ctrl-C."""
    arguments = sys.argv[1:]
    if {"-h", "--help"} & set(arguments):
        print(_usage())
        return
    ground = None
    signal.signal(signal.SIGTERM, _interrupted)  # until Streamlit has its own
    try:
        if not os.environ.get("NEO4J_URI", "").strip():
            ground = Ground()
            ground.start()
        _serve(arguments, ground)
    except ExplorerError as error:
        print(error, file=sys.stderr)
        sys.exit(WRONG)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    finally:
        if ground:
            ground.leave()


def _serve(arguments: list[str], ground: Ground | None) -> None:
    """Import what the page needs while the graph gets ready, then offer the page until Ctrl-C."""
    for name, value in STREAMLIT_DEFAULTS.items():
        os.environ.setdefault(name, value)
    from click.exceptions import Abort, ClickException
    from streamlit.web import cli

    threading.Thread(target=_warm_up, args=[ground], name="warm-up", daemon=True).start()
    if ground:
        ground.wait()
    try:
        cli.main(["run", str(app_file()), *arguments], prog_name="partnership-explorer", standalone_mode=False)
    except ClickException as error:  # such as an option that Streamlit does not know
        error.show()
        sys.exit(WRONG)
    except Abort:  # Ctrl-C: the server has ended in an orderly way
        return


def _warm_up(ground: Ground | None) -> None:
    """Import what the pages need and ask what the first one asks, so that the first reader need not wait for it."""
    from streamlit import runtime

    for name in HEAVY:
        import_module(name)
    while not runtime.exists():
        time.sleep(0.05)
    import_module("explorer.pages")
    if ground:
        _ask_first_questions()


def _ask_first_questions() -> None:
    from graph_store.store import READER, open_store
    from queries import library

    with suppress(ExplorerError), open_store(READER) as store:  # the page will tell it in its own way
        for query in library.queries():
            if query.subject == FIRST_SUBJECT and not any(parameter.required for parameter in query.params):
                library.rows(query.name, store=store)


def _interrupted(_number: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _usage() -> str:
    return _(
        "Usage: partnership-explorer [OPTIONS]\n\n"
        "Opens the Partnership Explorer and prints its address; Ctrl-C ends it. Without NEO4J_URI it starts the\n"
        "local graph engine and, the first time, loads the demo network.\n\n"
        "Options are those of `streamlit run`, such as:\n"
        "  --server.port 9000        another port than 8501\n"
        "  --server.address 0.0.0.0  for other computers, too (there is no sign-in: only in a network you trust)\n"
        "  --server.headless false   open the browser"
    )


if __name__ == "__main__":
    main()
