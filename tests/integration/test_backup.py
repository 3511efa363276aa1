"""Backups: what the loader keeps goes into one file and comes back, on the same engine and on another."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from graph_loader import api
from graph_loader.backup import backup, restore
from graph_store import embedded
from graph_store.errors import WrongUse
from graph_store.loads import graph_state
from graph_store.store import WRITER, Store, open_store
from tests.conftest import neo4j_or_skip

OURS = {
    "data_set.csv": "id,name,kind\nours,Ours,recorded\n",
    "regions.csv": 'id,name,kind,country,note\nr1,Northland,province,NL,"two\nlines, with ""quotes"" and é"\n',
}


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """A small data set beside the demo's."""
    folder = tmp_path / "ours"
    folder.mkdir()
    for name, text in OURS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def loaded(writer_store: Store, ours: Path) -> Store:
    """The demo, then a data set of one's own that was loaded twice."""
    api.load(api.demo_path(), "", writer_store)
    api.load(ours, "", writer_store)
    (ours / "regions.csv").write_text(OURS["regions.csv"].replace("Northland", "Southland"), encoding="utf-8")
    api.load(ours, "", writer_store)
    return writer_store


@pytest.fixture
def small(writer_store: Store, ours: Path) -> Store:
    """One's own data set alone."""
    api.load(ours, "", writer_store)
    return writer_store


def everything(store: Store) -> list[str]:
    """All nodes and relationships, runs and kept tables among them, in one order; without the runs of restores."""
    nodes = store.read(
        "MATCH (n) WHERE NOT labels(n)[0] IN ['GraphState', 'LoadFence'] AND coalesce(n.kind, '') <> 'restore' "
        "RETURN labels(n) AS kind, properties(n) AS props"
    )
    ties = store.read(
        "MATCH (a)-[r]->(b) RETURN type(r) AS kind, properties(r) AS props, a.id AS start, b.id AS end, "
        "labels(a) AS from, labels(b) AS to"
    )
    return sorted(json.dumps(row, sort_keys=True, default=str) for row in [*nodes, *ties])


def emptied(store: Store) -> Store:
    store.write(lambda writer: writer.run("MATCH (n) DETACH DELETE n"))
    return store


def test_a_restored_graph_is_the_same_with_its_history_and_a_version_of_its_own(loaded: Store, tmp_path: Path) -> None:
    before, version = everything(loaded), graph_state(loaded).version
    made = backup(loaded, tmp_path / "b")

    brought = restore(emptied(loaded), tmp_path / "b")

    assert everything(loaded) == before
    assert made.version == version
    assert graph_state(loaded).version == brought.version != version
    assert [run.kind for run in api.runs(loaded)] == ["restore", "load", "load", "load"]
    assert (made.data_sets, made.runs) == (("demo", "ours"), 3)
    assert made.rows == 2463 + 2


def test_after_a_restore_the_same_files_are_known_and_a_load_can_be_taken_back(
    loaded: Store, ours: Path, tmp_path: Path
) -> None:
    backup(loaded, tmp_path / "b")
    restore(emptied(loaded), tmp_path / "b")

    assert api.load(ours, "", loaded).unchanged
    assert api.undo(loaded, "ours").done

    assert loaded.read("MATCH (r:Region {id: 'r1'}) RETURN r.name AS name") == [{"name": "Northland"}]


def test_a_graph_that_holds_data_is_left_as_it_is_unless_they_are_given_up(
    loaded: Store, ours: Path, tmp_path: Path
) -> None:
    before = everything(loaded)
    backup(loaded, tmp_path / "b")
    (ours / "regions.csv").write_text("id,name,kind,country\nr2,Westland,province,NL\n", encoding="utf-8")
    api.load(ours, "", loaded)
    changed = everything(loaded)

    with pytest.raises(WrongUse, match="--replace"):
        restore(loaded, tmp_path / "b")
    kept = everything(loaded)
    restore(loaded, tmp_path / "b", replace=True)

    assert kept == changed
    assert everything(loaded) == before


def test_a_backup_goes_from_one_engine_to_the_other(
    loaded: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    neo4j_or_skip()
    other = "neo4j" if loaded.info().engine == "arcadedb" else "arcadedb"
    backup(loaded, tmp_path / "b")
    monkeypatch.delenv("NEO4J_URI", raising=False)
    monkeypatch.setenv("EXPLORER_ENGINE", other)

    with there(tmp_path / "home", other) as store:
        restore(store, tmp_path / "b")

        assert everything(store) == everything(loaded)


class there:  # noqa: N801 (used as a word in a with)
    """A graph of its own on an engine, stopped afterwards."""

    def __init__(self, home: Path, engine: str) -> None:
        self._home, self._engine = home, engine

    def __enter__(self) -> Store:
        self._store = open_store(WRITER, self._home)
        return self._store

    def __exit__(self, *_error: object) -> None:
        self._store.close()
        embedded.stop(self._home, self._engine)


def changed_entry(path: Path, name: str, change: Any) -> bytes:
    """The backup with one entry changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.namelist():
            data = old.read(entry)
            new.writestr(entry, change(data) if entry == name else data)
    return out.getvalue()


@pytest.fixture
def broken(request: pytest.FixtureRequest, small: Store, tmp_path: Path) -> io.BytesIO:
    backup(small, tmp_path / "b")
    whole = (tmp_path / "b").read_bytes()
    found: dict[str, io.BytesIO] = {
        "nothing": io.BytesIO(b""),
        "no zip": io.BytesIO(b"id,name\n1,two\n"),
        "cut": io.BytesIO(whole[: len(whole) // 2]),
        "without parts": io.BytesIO(changed_entry(tmp_path / "b", "parts.jsonl", lambda data: b"")),
        "one letter": io.BytesIO(
            changed_entry(tmp_path / "b", "runs.jsonl", lambda data: data.replace(b"ours", b"hers", 1))
        ),
        "manifest": io.BytesIO(changed_entry(tmp_path / "b", "manifest.json", lambda data: b"[]")),
        "newer": io.BytesIO(
            changed_entry(tmp_path / "b", "manifest.json", lambda data: data.replace(b'"format": 1', b'"format": 2'))
        ),
    }
    return found[request.param]


@pytest.mark.parametrize(
    "broken", ["nothing", "no zip", "cut", "without parts", "one letter", "manifest", "newer"], indirect=True
)
def test_a_broken_backup_is_refused_in_a_sentence_and_changes_nothing(small: Store, broken: io.BytesIO) -> None:
    before = everything(small)

    with pytest.raises(WrongUse, match=r"broken|newer version"):
        restore(small, broken, replace=True)

    assert everything(small) == before


def test_nothing_is_overwritten_and_an_empty_graph_has_no_backup(writer_store: Store, tmp_path: Path) -> None:
    there_already = tmp_path / "b"
    there_already.write_text("mine")

    with pytest.raises(WrongUse, match="there already"):
        backup(writer_store, there_already)
    with pytest.raises(WrongUse, match="Nothing has been loaded"):
        backup(writer_store, tmp_path / "c")
    with pytest.raises(WrongUse, match=r"is a folder\..*graph-loader load"):
        restore(writer_store, tmp_path)

    assert there_already.read_text() == "mine"
    assert [file.name for file in tmp_path.iterdir()] == ["b"]


def test_the_commands_write_to_a_stream_and_read_from_one(cli_env: dict[str, str], ours: Path) -> None:
    def run(*words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "graph_loader.cli", *words],
            env=cli_env,
            input=given,
            capture_output=True,
            check=True,
        )

    run("load", str(ours))
    kept = run("backup", "-").stdout
    run("reset", "--yes")
    said = run("restore", "-", "--json", given=kept).stdout

    assert json.loads(said)["data_sets"] == ["ours"]
    assert json.loads(run("status", "--json").stdout)["nodes"]["Region"] == 1
