"""Engines for the tests: one suite, run on every engine that is here.

On a laptop without the local Neo4j its tests are skipped with a sentence that
says how to run them; with EXPLORER_REQUIRE_ENGINES=1 (as in CI) they fail. With
NEO4J_URI set, that server is one more engine: its graph is emptied, so name one
that holds nothing you need.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from graph_store import embedded
from graph_store.store import WRITER, Store, open_store

# Machines are shared: how long an example takes says nothing about the code.
settings.register_profile("house", deadline=None)
settings.load_profile("house")

# An engine that lives for seconds has no use for what Java's second compiler makes of long runs: a third of its work.
os.environ.setdefault("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1")

ADDRESS_VARIABLES = ("NEO4J_URI", "NEO4J_USERNAME", "NEO4J_PASSWORD", "NEO4J_DATABASE")
SERVER = {name: os.environ.pop(name) for name in ADDRESS_VARIABLES if name in os.environ}
HOW_TO_RUN_NEO4J = (
    "The local Neo4j is not installed here: run `python3 start.py tests --neo4j` to run these tests on it, too."
)
ENGINES_USED: dict[str, str] = {}


def neo4j_or_skip() -> None:
    """Skip, or fail where engines are required, when the local Neo4j cannot run here."""
    why = embedded.missing_extra()
    if why and os.environ.get("EXPLORER_REQUIRE_ENGINES"):
        pytest.fail(f"EXPLORER_REQUIRE_ENGINES is set, and {why}.")
    if why:
        pytest.skip(HOW_TO_RUN_NEO4J)


ENGINES = ["arcadedb", pytest.param("neo4j", marks=pytest.mark.neo4j), *(["server"] if SERVER else [])]


@pytest.fixture(scope="session")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Engines"]:
    """The engines that the tests have needed so far, each started once and kept until the end."""
    kept = Engines(tmp_path_factory)
    yield kept
    kept.end()


class Engines:
    """Engines in homes of their own, with an open writer each: pytest goes from one to the other and back."""

    def __init__(self, folders: pytest.TempPathFactory) -> None:
        self._folders = folders
        self._environments: dict[str, dict[str, str]] = {}
        self._writers: dict[str, Store] = {}

    def environment(self, engine: str) -> dict[str, str]:
        """Environment in which everything talks to that engine."""
        if engine not in self._environments:
            home = self._folders.mktemp(f"home-{engine}")
            local = {"EXPLORER_HOME": str(home), "EXPLORER_ENGINE": engine}
            self._environments[engine] = SERVER if engine == "server" else local
        return self._environments[engine]

    def writer(self, environment: dict[str, str]) -> Store:
        """The writer on the engine of an environment."""
        engine = environment.get("EXPLORER_ENGINE", "server")
        if engine not in self._writers:
            with _environment(environment):
                opened = open_store(WRITER)
            info = opened.info()
            ENGINES_USED[info.engine + (" (server)" if not info.local else "")] = info.version
            self._writers[engine] = opened
        return self._writers[engine]

    def end(self) -> None:
        """Close the writers and stop the local engines."""
        for writer in self._writers.values():
            writer.close()
        for engine, environment in self._environments.items():
            if environment is not SERVER:
                embedded.stop(Path(environment["EXPLORER_HOME"]), engine)


@pytest.fixture(scope="session", params=ENGINES)
def engine_env(request: pytest.FixtureRequest, engines: Engines) -> dict[str, str]:
    """Environment in which everything talks to one engine, its home thrown away afterwards."""
    engine = str(request.param)
    if engine == "neo4j":
        neo4j_or_skip()
    return engines.environment(engine)


@pytest.fixture(scope="session")
def open_writer(engine_env: dict[str, str], engines: Engines) -> Store:
    """A writer on the engine, open for the whole session."""
    return engines.writer(engine_env)


@pytest.fixture
def engine(engine_env: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The engine's environment, set for this test."""
    for name, value in engine_env.items():
        monkeypatch.setenv(name, value)
    return engine_env


@pytest.fixture
def writer_store(engine: dict[str, str], open_writer: Store) -> Store:
    """An open writer on an empty graph."""
    open_writer.write(lambda writer: writer.run("MATCH (n) DETACH DELETE n"))
    return open_writer


@pytest.fixture
def cli_env(engine: dict[str, str], writer_store: Store) -> dict[str, str]:
    """Environment for commands run as processes, on an empty graph."""
    return {**os.environ, **engine}


class _environment:  # noqa: N801 (used as a word in a with)
    """Set variables, and put them back."""

    def __init__(self, variables: dict[str, str]) -> None:
        self._variables = variables
        self._patch = pytest.MonkeyPatch()

    def __enter__(self) -> None:
        for name, value in self._variables.items():
            self._patch.setenv(name, value)

    def __exit__(self, *_error: object) -> None:
        self._patch.undo()


class FailuresAtOnce:
    """Says what failed when it fails: a run that breaks off before its end has said it, too."""

    def __init__(self, reporter: pytest.TerminalReporter) -> None:
        self._reporter = reporter

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Write the test and the first line of its error."""
        if report.failed:
            crash = getattr(report.longrepr, "reprcrash", None)
            said = (crash.message if crash else report.longreprtext).partition("\n")[0]
            self._reporter.write_line("")
            self._reporter.write_line(f"{report.nodeid} ({report.when}): {said}", red=True)


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Say failures at once, in the process that shows what the tests say."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and "PYTEST_XDIST_WORKER" not in os.environ:
        config.pluginmanager.register(FailuresAtOnce(reporter))


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """Note which engines one of several processes used, when it ends."""
    ENGINES_USED.update(getattr(node, "workeroutput", {}).get("engines_used", {}))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Tell the process that collects what was used, where the tests run in several."""
    told = getattr(session.config, "workeroutput", None)
    if told is not None:
        told["engines_used"] = ENGINES_USED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which engines the tests really ran on."""
    for name, version in sorted(ENGINES_USED.items()):
        terminalreporter.write_line(f"engine used: {name} {version}")
    if os.environ.get("EXPLORER_REQUIRE_ENGINES") and not {"arcadedb", "neo4j"} <= {
        name.split()[0] for name in ENGINES_USED
    }:
        terminalreporter.write_line("engines missing: both arcadedb and neo4j are required", red=True)
