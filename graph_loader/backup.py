"""Backups: all runs of the loader and the tables that they kept, in one file, for any engine.

The graph follows from the tables, so it is not in the file: a restore folds it
anew. What somebody wrote into the graph by other means is in no backup.
"""

import hashlib
import json
import os
import shutil
import tempfile
import time
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from graph_store.errors import WrongUse
from graph_store.loads import NO_DATA, graph_state, read_whole
from graph_store.store import Store
from languages.words import N_, _

from .fold import fold
from .keep import (
    BY_COMMAND,
    CURRENT,
    RESTORED,
    current_loads,
    kept_rows,
    model_fingerprint,
    note_seconds,
    of_the_whole,
    unpacked,
)
from .loading import later_than, new_id
from .lock import only_loader
from .memory import collector_paused
from .new_files import refuse_taken_file, writing
from .plan import plan
from .progress import silent
from .rows import DataSetRows
from .write import Progress, Statement, Work, carry_out, kept_statements, plan_statements, prepare

FORMAT = 1
_HOW = N_(
    "What `graph-loader backup` has written goes back with restore; tables, as of an export, with `graph-loader load`."
)
_MANIFEST, _RUNS, _PARTS = "manifest.json", "runs.jsonl", "parts.jsonl"
# A part is about a megabyte at most; a line much longer is none of ours.
_LONGEST_LINE = 16_000_000


@dataclass(frozen=True)
class BackupReport:
    """What is in a backup; `version` is the version of the data that it holds."""

    version: str
    made_at: str
    data_sets: tuple[str, ...]
    runs: int
    rows: int
    seconds: float

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for ``--json``."""
        return {
            "version": self.version,
            "made_at": self.made_at,
            "data_sets": list(self.data_sets),
            "runs": self.runs,
            "rows": self.rows,
            "seconds": round(self.seconds, 3),
        }


def backup(store: Store, file: Path | IO[bytes]) -> BackupReport:
    """Write all that the loader keeps into one file.

    Parameters
    ----------
    file
        A path at which nothing is yet, or a stream.

    Raises
    ------
    WrongUse
        When something is at the path, or nothing has been loaded.
    """
    began = time.monotonic()
    if isinstance(file, Path):
        refuse_taken_file(file)
    if graph_state(store).version == NO_DATA:
        raise WrongUse(_("Nothing has been loaded, so there is nothing to back up."))
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "backup"
        version, manifest = read_whole(store, lambda: _written(store, whole))
        if version != manifest["version"]:
            raise WrongUse(_("A load went on all the time. Make the backup when it is done."))
        if isinstance(file, Path):
            with writing(file):
                _placed(whole, file)
        else:
            with whole.open("rb") as source:
                shutil.copyfileobj(source, file)
    return _report(manifest, began)


def restore(
    store: Store, file: Path | IO[bytes], progress: Progress | None = None, *, replace: bool = False, wait: float = 0.0
) -> BackupReport:
    """Make the graph say what it said when the backup was made, with the history of its loads.

    Parameters
    ----------
    file
        What `backup` has written.
    replace
        Whether a graph that holds data gives them up.
    wait
        Seconds to wait for another load to end.

    Raises
    ------
    WrongUse
        When the file is no backup, is broken or was made by a newer version, or
        the graph holds data and `replace` is not given. Nothing is changed then.
    graph_loader.lock.AnotherLoadRuns
        When another process loads into the same graph.
    """
    began = time.monotonic()
    with _seekable(file) as source:
        manifest, runs, parts = _read(source)
    prepare(store)
    run_id = new_id()
    with collector_paused(), only_loader(store, run_id, command=RESTORED, wait=wait, told=progress):
        if graph_state(store).version != NO_DATA and not replace:
            raise WrongUse(
                _("The graph holds data. Restore into an empty one, or let the backup take their place with --replace.")
            )
        before = fold(kept_rows(store, current_loads(store)))
        changes = plan(before, fold(_said(runs, parts)))
        statements = list(_stale(store, runs, parts))
        at = later_than(run["at"] for run in runs)
        record = of_the_whole(run_id, RESTORED, at, BY_COMMAND, changes.counts())
        statements += kept_statements("LoadedTable", parts)
        statements += kept_statements("Load", [*runs, record.as_properties()])
        work = Work(lambda: plan_statements(changes), changes.size) + Work.of(statements)
        carry_out(store, work, record.id, record.at, progress or silent)
        note_seconds(store, run_id, time.monotonic() - began)
    return _report({**manifest, "version": run_id}, began)


def _written(store: Store, path: Path) -> dict[str, Any]:
    state = graph_state(store)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        runs = [row["props"] for row in store.read("MATCH (l:Load) RETURN properties(l) AS props ORDER BY l.at, l.id")]
        sums = {_RUNS: _add(out, _RUNS, runs), _PARTS: _add(out, _PARTS, _parts(store, runs))}
        shown = sorted((run for run in runs if run["state"] == CURRENT), key=lambda run: run["precedence"])
        manifest = {
            "format": FORMAT,
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "version": state.version,
            "data_sets": [run["data_set"] for run in shown],
            "runs": len(runs),
            "rows": sum(sum(json.loads(run["counts"]).values()) for run in shown),
            "sha256": sums,
        }
        out.writestr(_MANIFEST, json.dumps(manifest, indent=2))
    return manifest


def _parts(store: Store, runs: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The kept parts, one run's at a time, so that they are never all in memory."""
    for run in runs:
        text = "MATCH (t:LoadedTable {load: $load}) RETURN properties(t) AS props ORDER BY t.part"
        yield from (row["props"] for row in store.read(text, {"load": run["id"]}))


def _add(out: zipfile.ZipFile, name: str, records: Iterable[dict[str, Any]]) -> str:
    seen = hashlib.sha256()
    with out.open(name, "w") as entry:
        for record in records:
            line = (json.dumps(record, ensure_ascii=False, sort_keys=True) + "\n").encode("utf-8", "surrogatepass")
            seen.update(line)
            entry.write(line)
    return seen.hexdigest()


def _placed(whole: Path, path: Path) -> None:
    """The finished file at its place: whole, or not there at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    near = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        shutil.copyfile(whole, near)
        os.replace(near, path)
    finally:
        near.unlink(missing_ok=True)


@contextmanager
def _seekable(file: Path | IO[bytes]) -> Iterator[IO[bytes]]:
    if isinstance(file, Path):
        if file.is_dir():
            raise WrongUse(_("{path} is a folder. {how}").format(path=file, how=_(_HOW)))
        if not file.exists():
            raise WrongUse(_("There is no file {path}. Check how it is written.").format(path=file))
        with file.open("rb") as source:
            yield source
        return
    with tempfile.TemporaryFile() as whole:
        shutil.copyfileobj(file, whole)
        yield whole


def _read(source: IO[bytes]) -> tuple[dict[str, Any], list[dict[str, Any]], list[dict[str, Any]]]:
    """The manifest, the runs and the parts of a backup, each as whole as it was written."""
    try:
        with zipfile.ZipFile(source) as entries:
            manifest = json.loads(entries.read(_MANIFEST))
            if manifest["format"] > FORMAT:
                raise WrongUse(_("The backup was made by a newer version of this program. Update it, then try again."))
            runs, parts = (_records(entries, name, manifest["sha256"][name]) for name in (_RUNS, _PARTS))
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, EOFError, NotImplementedError, OSError) as error:
        raise WrongUse(
            _("The file is no backup, or it is broken or cut off; nothing was changed. {how}").format(how=_(_HOW))
        ) from error
    return manifest, runs, parts


def _records(entries: zipfile.ZipFile, name: str, expected: str) -> list[dict[str, Any]]:
    found, seen = [], hashlib.sha256()
    with entries.open(name) as entry:
        while line := entry.readline(_LONGEST_LINE):
            seen.update(line)
            found.append(json.loads(line.decode("utf-8", "surrogatepass")))
    if seen.hexdigest() != expected:
        raise ValueError(name)
    return found


def _said(runs: list[dict[str, Any]], parts: list[dict[str, Any]]) -> list[DataSetRows]:
    """What the data sets say, in order of precedence; the runs are noted as folded with the model of today."""
    shown = sorted((run for run in runs if run["state"] == CURRENT), key=lambda run: (run["precedence"], run["id"]))
    by_load: dict[str, list[dict[str, Any]]] = {}
    for part in parts:
        by_load.setdefault(part["load"], []).append(part)
    for run in shown:
        run["model"] = model_fingerprint()
    return [
        DataSetRows(
            run["data_set"],
            tuple(row for part in by_load.get(run.get("tables") or run["id"], ()) for row in unpacked(part)),
        )
        for run in shown
    ]


def _stale(store: Store, runs: list[dict[str, Any]], parts: list[dict[str, Any]]) -> Iterator[Statement]:
    """The statements that take away runs and parts of which the backup knows nothing."""
    for label, kept in (("LoadedTable", parts), ("Load", runs)):
        known = {node["id"] for node in kept}
        there = [row["id"] for row in store.read(f"MATCH (n:{label}) RETURN n.id AS id ORDER BY id")]
        text = (
            f"UNWIND $rows AS row MATCH (n:{label} {{id: row.id}}) WITH collect(n) AS all UNWIND all AS one DELETE one"
        )
        if stale := [{"id": id_} for id_ in there if id_ not in known]:
            yield Statement(text, stale)


def _report(manifest: dict[str, Any], began: float) -> BackupReport:
    return BackupReport(
        version=manifest["version"],
        made_at=manifest["made_at"],
        data_sets=tuple(manifest["data_sets"]),
        runs=manifest["runs"],
        rows=manifest["rows"],
        seconds=time.monotonic() - began,
    )
