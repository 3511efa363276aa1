"""A home of one's own with an engine in it, and what tests ask of both."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import neo4j
import psutil

from graph_store import embedded
from tests.integration.proxy import Proxy

ROOT = Path(__file__).resolve().parents[2]
NEO4J_IS_NOT_HERE = "Neo4j is not here: run `python3 start.py setup --neo4j` to try everything on it as well."
LESSEE = """
import sys
from pathlib import Path
from graph_store import embedded
lease = embedded.lease(Path(sys.argv[1]), sys.argv[2])
print(lease.pid, flush=True)
sys.stdin.read()
"""


@dataclass
class Place:
    """A home of its own and the engine in it."""

    home: Path
    engine: str

    @property
    def folder(self) -> Path:
        return self.home / self.engine

    def lease(self) -> embedded.Lease:
        return embedded.lease(self.home, self.engine)

    def lessee(self) -> subprocess.Popen[str]:
        """Another process that holds a lease until its input is closed."""
        return subprocess.Popen(
            [sys.executable, "-c", LESSEE, str(self.home), self.engine],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )


class Server:
    """An engine behind a door whose address stays, as a server's does."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._lease = place.lease()
        self.door = Proxy()
        self.open()

    @property
    def variables(self) -> dict[str, str]:
        """The variables under which everything talks to it, as to a Neo4j of one's own."""
        address = self._lease.address
        return {
            "NEO4J_URI": f"bolt://127.0.0.1:{self.door.port}",
            "NEO4J_USERNAME": address.username,
            "NEO4J_PASSWORD": address.password,
            "NEO4J_DATABASE": address.database or "",
        }

    def open(self) -> None:
        self.door.target = int(self._lease.address.uri.rsplit(":", 1)[1])

    def stop(self) -> None:
        self.door.cut()
        self._lease.close()
        embedded.stop(self._place.home, self._place.engine)

    def start(self) -> None:
        self._lease = self._place.lease()
        self.open()

    def close(self) -> None:
        self.stop()
        self.door.close()


def asked(address: embedded.Address, statement: str, **parameters: Any) -> list[dict[str, Any]]:
    auth = (address.username, address.password)
    with neo4j.GraphDatabase.driver(address.uri, auth=auth) as driver:
        return driver.execute_query(
            statement, parameters, database_=address.database, result_transformer_=neo4j.Result.data
        )


def comes_true(condition: Callable[[], bool], seconds: float = 20.0) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.05)
    return False


def gone(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def leave(process: subprocess.Popen[str]) -> None:
    process.communicate("", timeout=20)
