"""The process of a local engine: ``python -m graph_store.engine_process arcadedb FOLDER``.

It is started by :func:`graph_store.embedded.lease`, never by hand. It starts the engine, says where it
listens, counts the leases on it, and ends in an orderly way when the last one is gone.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType, TracebackType
from typing import Final, NoReturn, Protocol

import filelock

from graph_store.engine_control import ControlServer, Leases
from graph_store.engine_home import Folder, Limits, Secrets, State

FIRST_LEASE_SECONDS: Final = 30.0
ONE_AT_A_TIME_SECONDS: Final = 30.0
LONGEST_STOP_SECONDS: Final = 20.0
LARGEST_LOG_BYTES: Final = 10_000_000


class Engine(Protocol):
    """What this process needs to know of an engine."""

    @property
    def version(self) -> str:
        """Version of the engine."""

    @property
    def database(self) -> str:
        """Name of the one database."""

    def start(self) -> str:
        """Start; returns the Bolt address."""

    def stop(self) -> None:
        """Stop in an orderly way."""


def _engine(name: str, folder: Folder, secrets: Secrets, limits: Limits) -> Engine:
    if name == "neo4j":
        from graph_store.engine_neo4j import Neo4j

        return Neo4j(folder, secrets, limits)
    from graph_store.engine_arcadedb import ArcadeDB

    return ArcadeDB(folder, secrets, limits)


def main(arguments: list[str]) -> NoReturn:
    """Run one engine until nobody needs it.

    Leaves without Python's usual end: after a Java machine ran in the process that can hang or crash.
    """
    sys.excepthook = _leave_with_fault
    name, folder = arguments[0], Folder(Path(arguments[1]))
    os.chdir(folder.path)  # engines write their own logs next to where they run
    lock = filelock.FileLock(folder.engine_lock)  # freed by the end of the process
    try:
        lock.acquire(timeout=ONE_AT_A_TIME_SECONDS)
    except filelock.Timeout:
        print(f"Error: another engine uses {folder.path}.", flush=True)
        _leave(3)
    limits = Limits.from_environment()
    leases = Leases(limits.linger, FIRST_LEASE_SECONDS)
    _end_on_signals(leases)
    secrets = folder.secrets_made(name)
    engine = _engine(name, folder, secrets, limits)
    print(f"Starting {name} {engine.version}.", flush=True)
    uri = engine.start()
    leases.start_clock()
    control = ControlServer(secrets.token, leases)
    state = State(os.getpid(), control.port, uri, engine.database, name, engine.version, time.time())
    control.serve(state)
    folder.write(folder.state_file, state.to_json())
    print(f"Ready at {uri}.", flush=True)
    while not leases.wait(at_most=60.0):
        _bound_log(folder.log_file)
    _stop(engine.stop, folder)
    _leave(0)


def _end_on_signals(leases: Leases) -> None:
    def end(_number: int, _frame: FrameType | None) -> None:
        leases.end()

    for name in ("SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK"):
        number = getattr(signal, name, None)
        if number is not None:
            signal.signal(number, end)


def _stop(stop: Callable[[], None], folder: Folder) -> None:
    """Stop the engine; whatever happens, the process ends soon after."""
    watch = threading.Timer(LONGEST_STOP_SECONDS, os._exit, args=(5,))
    watch.daemon = True
    watch.start()
    folder.state_file.unlink(missing_ok=True)
    stop()
    print("Stopped.", flush=True)


def _leave(code: int) -> NoReturn:
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _leave_with_fault(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> NoReturn:
    """Say what went wrong in the log and end at once: the threads of a half-started engine would stay."""
    sys.__excepthook__(kind, fault, trace)
    _leave(4)


def _bound_log(log: Path) -> None:
    """Empty the log when it grew too long; it is open for appending, so writing goes on at its start."""
    try:
        if log.stat().st_size > LARGEST_LOG_BYTES:
            os.truncate(log, 0)
    except OSError as error:  # Windows may refuse: no reason to end
        print(f"The log could not be shortened: {error}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
