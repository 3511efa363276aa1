"""Finds the local graph engine or starts it, and holds leases on it.

The engine is a small server process of its own that app, loader and tools share. Whoever comes first starts
it; each holds a lease; when the last lease is gone it ends. A lease dies with its process, however that ends.

    with embedded.lease() as lease:
        driver = neo4j.GraphDatabase.driver(
            lease.address.uri, auth=(lease.address.username, lease.address.password)
        )
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Final

import filelock
import psutil

from graph_store import engine_control, engine_jars
from graph_store.engine_home import PROCESS_MODULE, Folder, Limits, engine_name, home, known_engine
from graph_store.errors import EngineAway
from languages.words import _

__all__ = ["Address", "Lease", "engine_name", "home", "lease", "missing_extra", "running", "stop"]

Progress = Callable[[str, int, int], None]
START_SECONDS: Final = 120.0
WAIT_FOR_OTHER_START_SECONDS: Final = 900.0
"""Another process may be fetching Neo4j over a slow line."""
ENDING_SECONDS: Final = 25.0
DEAF_SECONDS: Final = 3.0
POLL_SECONDS: Final = 0.02


@dataclass(frozen=True)
class Address:
    """How to reach an engine."""

    uri: str
    username: str
    password: str = field(repr=False)
    reader_username: str
    reader_password: str = field(repr=False)
    database: str | None
    engine: str
    """``arcadedb`` or ``neo4j``."""
    version: str = ""


class Lease:
    """Keeps the local engine alive as long as it is held; ends with the process at the latest."""

    def __init__(self, address: Address, connection: socket.socket, pid: int, home: Path) -> None:
        self.address = address
        self.pid = pid
        self.home = home
        self._connection = connection

    @property
    def alive(self) -> bool:
        """False once the engine is gone (killed, or told to stop) or the lease was closed."""
        try:
            return bool(self._connection.recv(1, socket.MSG_PEEK))
        except BlockingIOError:
            return True  # the engine says nothing on a lease: something to read is its end
        except OSError:
            return False

    def close(self) -> None:
        """Give the lease back; more than once does no harm."""
        self._connection.close()

    def __enter__(self) -> Lease:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def lease(home: Path | None = None, engine: str | None = None, *, progress: Progress | None = None) -> Lease:
    """Find the local engine, or start it, and hold a lease on it.

    Parameters
    ----------
    home
        Folder of the local engines; by default ``EXPLORER_HOME`` or the user's data folder.
    engine
        ``arcadedb`` or ``neo4j``; by default ``EXPLORER_ENGINE`` or ``arcadedb``.
    progress
        Called with a text, how much is done and how much there is (0 while unknown) during a start.

    Raises
    ------
    EngineAway
        If the engine cannot be started.
    WrongUse
        If an environment variable cannot be read.
    """
    name, folder = _place(home, engine)
    Limits.from_environment()  # a wrong value is told here, not in the engine's log
    folder.make()
    try:
        return _connect(folder) or _started(name, folder, progress)
    except OSError as error:  # no space left, not allowed to read or write
        raise folder.unusable(error) from error


def _started(name: str, folder: Folder, progress: Progress | None) -> Lease:
    """A lease on an engine that this process starts, unless somebody else was quicker."""
    report = progress or (lambda _text, _done, _total: None)
    with _alone(folder):
        if found := _settled(folder, engine_control.LEASE):
            return found
        if name == "neo4j":
            engine_jars.jars_fetched(progress)
        folder.secrets_made(name)
        report(_("Starting the local graph engine"), 0, 1)
        started = _start(name, folder)
        report(_("Starting the local graph engine"), 1, 1)
        return started


def running(home: Path | None = None, engine: str | None = None) -> Address | None:
    """Address of the local engine if it is running; holds no lease on it."""
    folder = _place(home, engine)[1]
    found = _connect(folder, engine_control.STATUS)
    if found is None:
        return None
    found.close()
    return found.address


def stop(home: Path | None = None, engine: str | None = None) -> bool:
    """End the local engine, whoever uses it; True if one was running.

    Raises
    ------
    EngineAway
        If another process is starting it all the while.
    """
    folder = _place(home, engine)[1]
    if not folder.path.is_dir():
        return False
    with _alone(folder):
        there = _engine_lock_is_held(folder)
        if found := _settled(folder, engine_control.STOP):
            found.close()
            _settled(folder, engine_control.STATUS)
        return there


def missing_extra() -> str | None:
    """Why ``EXPLORER_ENGINE=neo4j`` cannot run here, or None if it can."""
    missing = engine_jars.missing_parts()
    return f"the optional extra neo4j is not installed ({', '.join(missing)})" if missing else None


def _place(home_folder: Path | None, engine: str | None) -> tuple[str, Folder]:
    name = engine_name() if engine is None else known_engine(engine)
    return name, Folder.of(home() if home_folder is None else home_folder, name)


@contextmanager
def _alone(folder: Folder) -> Iterator[None]:
    """Be the one client that starts or ends the engine."""
    lock = filelock.FileLock(folder.start_lock)
    try:
        lock.acquire(timeout=WAIT_FOR_OTHER_START_SECONDS)
    except filelock.Timeout as error:
        raise EngineAway(
            _(
                "Another process has been starting the local engine in {folder} for {minutes} minutes: "
                "end that process and try again."
            ).format(folder=folder.path, minutes=round(WAIT_FOR_OTHER_START_SECONDS / 60))
        ) from error
    try:
        yield
    finally:
        lock.release()


def _connect(folder: Folder, wish: str = engine_control.LEASE) -> Lease | None:
    """A lease (or another wish) from the engine that the folder speaks of; None if it does not answer."""
    state, secrets = folder.state(), folder.secrets()
    if state is None or secrets is None:
        return None
    try:
        connection, state = engine_control.ask(state.control_port, secrets.token, wish)
    except OSError:
        return None  # dead, ending, or a stranger on its old port: the caller starts anew
    address = Address(
        uri=state.uri,
        username=secrets.username,
        password=secrets.password,
        reader_username=secrets.reader_username,
        reader_password=secrets.reader_password,
        database=state.database,
        engine=state.engine,
        version=state.version,
    )
    return Lease(address, connection, state.pid, folder.path.parent)


def _start(name: str, folder: Folder) -> Lease:
    """Start the engine's process and wait until it gives a lease."""
    process = _spawn(name, folder)
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if found := _connect(folder):
            # waited for in a thread, so that a process that ends before us leaves no zombie
            threading.Thread(target=process.wait, name="engine", daemon=True).start()
            return found
        if process.poll() is not None:
            raise EngineAway(
                _("The local engine ({engine}) could not be started: {reason}. All it said is in {log}.").format(
                    engine=name,
                    reason=folder.last_telling_line() or _("it gave no reason"),
                    log=folder.log_file,
                )
            )
        time.sleep(POLL_SECONDS)
    process.kill()
    process.wait()
    raise EngineAway(
        _(
            "The local engine ({engine}) was not ready after {seconds} seconds: try again when the computer "
            "is less busy. All it said is in {log}."
        ).format(engine=name, seconds=round(START_SECONDS), log=folder.log_file)
    )


def _spawn(name: str, folder: Folder) -> subprocess.Popen[bytes]:
    environment = dict(os.environ)
    packages = str(Path(__file__).resolve().parent.parent)
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, (packages, environment.get("PYTHONPATH"))))
    environment["PYTHONUNBUFFERED"] = "1"
    folder.log_file.unlink(missing_ok=True)
    handle = os.open(folder.log_file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", PROCESS_MODULE, name, str(folder.path)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=folder.path,
            env=environment,
            start_new_session=True,  # Ctrl-C in the terminal must not reach it
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
            | getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )


def _settled(folder: Folder, wish: str) -> Lease | None:
    """The engine's answer to a wish, or None when no process uses the folder any more.

    Called under the start lock. Waits for an engine that is ending, or that was started by somebody who is
    gone, and ends one that lost its way.
    """
    began = time.monotonic()
    while True:
        if found := _connect(folder, wish):
            return found
        if not _engine_lock_is_held(folder):
            break
        # an engine that is ending has taken its state away first: one with a state that is deaf is lost
        patience = ENDING_SECONDS if folder.state() is None else DEAF_SECONDS
        if time.monotonic() - began > patience:
            _kill_engines_of(folder)
            break
        time.sleep(POLL_SECONDS)
    folder.state_file.unlink(missing_ok=True)
    return None


def _engine_lock_is_held(folder: Folder) -> bool:
    lock = filelock.FileLock(folder.engine_lock)
    try:
        lock.acquire(timeout=0)
    except filelock.Timeout:
        return True
    lock.release()
    return False


def _kill_engines_of(folder: Folder) -> None:
    """End the processes that are an engine of this very folder, as their command line shows."""
    ours = []
    for process in psutil.process_iter():
        try:
            line = process.cmdline()
        except psutil.Error:
            continue  # gone meanwhile, or another user's: not ours
        if PROCESS_MODULE in line and line[-1] == str(folder.path):
            ours.append(process)
    for process in ours:
        _send(process.terminate)
    stubborn = psutil.wait_procs(ours, timeout=5)[1]
    for process in stubborn:
        _send(process.kill)
    psutil.wait_procs(stubborn, timeout=5)
    if _engine_lock_is_held(folder):
        raise EngineAway(
            _(
                "A process that cannot be found or ended still uses {folder}: "
                "restart the computer, or set EXPLORER_HOME to another folder."
            ).format(folder=folder.path)
        )


def _send(signal_to: Callable[[], None]) -> None:
    try:
        signal_to()
    except psutil.NoSuchProcess:
        return
