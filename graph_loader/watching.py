"""Load again and again: at intervals, or when a file has changed and is whole."""

import re
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from neo4j.exceptions import Neo4jError

from graph_store.errors import ExplorerError, WrongUse
from graph_store.store import WRITER, open_store
from languages.words import _

from . import api
from .keep import BY_WATCH
from .report import LoadReport

LOOK_SECONDS = 2.0
_AMOUNT = re.compile(r"(\d+)\s*([smhd])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_SHORTEST, _RETRY = timedelta(seconds=1), timedelta(seconds=30)
Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Turn:
    """What one turn came to: a report, or the sentence that says why there is none."""

    report: LoadReport | None
    failure: str = ""


def interval(text: str) -> timedelta:
    """The interval that a text such as ``30m``, ``1h`` or ``1d`` means.

    Raises
    ------
    WrongUse
        When it means none.
    """
    found = _AMOUNT.fullmatch(text.strip().lower())
    if found and int(found[1]) < 10_000:
        amount = timedelta(**{_UNITS[found[2]]: int(found[1])})
        if amount >= _SHORTEST:
            return amount
    raise WrongUse(_('"{text}" is no interval. Write a number with s, m, h or d: 30m, 1h, 1d.').format(text=text))


def watch(
    paths: Sequence[Path],
    data_set: str,
    told: Callable[[Turn], None],
    stopped: threading.Event,
    every: timedelta | None = None,
) -> None:
    """Load the tables under `paths` now, and again until `stopped`.

    A turn that fails, for faults in the tables or for want of an engine,
    changes nothing and does not end the watch: the next turn tries again.

    Parameters
    ----------
    told
        Called after each turn, but once only for as long as the same stands in the way.
    stopped
        Set it, and the watch ends after the turn that is going on.
    every
        From the end of a turn to the next; None for when a file has changed. A file
        that is still being written is waited for. After a turn without an
        engine the next follows after half a minute at the latest.
    """
    said = ""
    while not stopped.is_set():
        seen = _settled(paths, stopped)
        if stopped.is_set():
            return
        turn = _turn(paths, data_set)
        hindrance = _hindrance(turn)
        if not hindrance or hindrance != said:
            told(turn)
        said = hindrance
        if not turn.report:
            stopped.wait(min(every or _RETRY, _RETRY).total_seconds())
        elif every:
            stopped.wait(every.total_seconds())
        else:
            _wait_for_change(paths, seen, stopped)


def _hindrance(turn: Turn) -> str:
    """What stood in the way of a load; empty where nothing did."""
    if turn.report is None:
        return turn.failure
    return "" if turn.report.loaded else "\n".join(map(str, turn.report.report.faults))


def stamp(paths: Sequence[Path]) -> Stamp:
    """Names, sizes and times of all files there; what has vanished is left out."""
    found = []
    for path in paths:
        for file in _files(path):
            try:
                known = file.stat()
            except OSError:
                continue
            if not file.name.startswith(("~$", ".")):
                found.append((str(file), known.st_size, known.st_mtime_ns))
    return tuple(found)


def _files(path: Path) -> list[Path]:
    """The files that a path names; none in a folder that is away, as a shared drive may be."""
    try:
        return sorted(path.iterdir()) if path.is_dir() else [path]
    except OSError:
        return []


def _settled(paths: Sequence[Path], stopped: threading.Event) -> Stamp:
    """The files once none of them is being written: those of just now have to stay the same for one look."""
    now = stamp(paths)
    while now and time.time_ns() - max(at for _name, _size, at in now) < LOOK_SECONDS * 1_000_000_000:
        before = now
        if stopped.wait(LOOK_SECONDS):
            break
        now = stamp(paths)
        if now == before:
            break
    return now


def _wait_for_change(paths: Sequence[Path], seen: Stamp, stopped: threading.Event) -> None:
    """Wait until the files differ from those seen, and have stayed the same for one look."""
    before = seen
    while not stopped.wait(LOOK_SECONDS):
        now = stamp(paths)
        if now != seen and now == before and now:
            return
        before = now


def _turn(paths: Sequence[Path], data_set: str) -> Turn:
    try:
        with open_store(WRITER) as store:
            return Turn(api.load(paths, data_set, store, by=BY_WATCH))
    except ExplorerError as error:
        return Turn(None, str(error))
    except (Neo4jError, OSError) as error:
        return Turn(None, str(error).splitlines()[0])
