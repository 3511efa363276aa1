"""Who holds the graph while it changes: enough to say who it is, and to tell whether it still lives.

On one machine a process is known by its id, the moment it began, and the place
where that id counts: a container has ids of its own, and after a restart of
the machine all begin anew. Of a process in another place only its heartbeat
tells, by the clock of the engine.
"""

import contextlib
import hashlib
import os
import socket
import time
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import psutil

EXPIRES_SECONDS = 60.0
BEATS_EVERY_SECONDS = 10.0
_FIELD = " | "
_STAT_STATE, _STAT_STARTED = 0, 19  # of /proc/<pid>/stat, after the name in brackets


@dataclass(frozen=True)
class Holder:
    """A process that changes the graph; `command` is its kind: load, undo, reset."""

    load: str
    command: str
    host: str
    place: str
    pid: int
    started: int
    at: int

    @classmethod
    def here(cls, load: str, command: str = "load") -> "Holder":
        """The very process that asks."""
        return cls(
            load, command, socket.gethostname(), place(), os.getpid(), _started(os.getpid()) or 0, int(time.time())
        )

    @classmethod
    def read(cls, mark: str) -> "Holder | None":
        """The holder that a mark names; None for a text that is no mark."""
        parts = mark.split(_FIELD)
        if len(parts) != 7 or not all(part.isdigit() for part in parts[4:]):
            return None
        return cls(parts[0], parts[1], parts[2], parts[3], *map(int, parts[4:]))

    @property
    def mark(self) -> str:
        """The text kept in the graph."""
        return _FIELD.join(map(str, astuple(self)))

    @property
    def since(self) -> str:
        """When it took hold, as ISO text."""
        return datetime.fromtimestamp(self.at, UTC).isoformat(timespec="seconds")

    @property
    def here_too(self) -> bool:
        """Whether it is, or was, this very process."""
        return (self.place, self.pid, self.started) == (place(), os.getpid(), _started(os.getpid()))

    def gone(self, silent: float | None) -> bool:
        """Whether it has ended.

        Parameters
        ----------
        silent
            Seconds since its last heartbeat; None where it has none.
        """
        if self.place == place() and _started(self.pid) != self.started:
            return True
        return silent is None or silent > EXPIRES_SECONDS


@cache
def place() -> str:
    """Where a process id means the same process: this start of this machine, or of this container."""
    said = [socket.gethostname()]
    with contextlib.suppress(OSError):  # elsewhere than on Linux no containers share the name of a machine
        said = [
            Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip(),
            os.readlink("/proc/self/ns/pid"),
        ]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:16]


def _started(pid: int) -> int | None:
    """When a process began, in a measure that stays the same; None for none, or one that only waits to be buried."""
    with contextlib.suppress(OSError, IndexError):
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        return None if fields[_STAT_STATE] in "ZX" else int(fields[_STAT_STARTED])
    try:
        process = psutil.Process(pid)
        return None if process.status() == psutil.STATUS_ZOMBIE else int(process.create_time())
    except psutil.Error:
        return None
