"""Two loads at once: who waits, who is refused and told by whom, and when a lock is given up."""

import os
import re
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import filelock
import pytest
from neo4j.exceptions import DriverError, Neo4jError

from graph_loader import api, backup, commit, lock, write
from graph_loader.commit import Statement, Work
from graph_store.holder import EXPIRES_SECONDS, Holder
from graph_store.loads import graph_state, read_whole, settled
from graph_store.store import Store
from tests.integration.engine_place import ROOT, comes_true

ELSEWHERE = "0" * 16
HOLDING = """
import sys, time
from graph_loader.lock import only_loader
from graph_store.store import open_store
with open_store("writer") as store, only_loader(store, "the-first", command="undo"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    path = tmp_path / "one"
    path.mkdir()
    (path / "data_set.csv").write_text("id,name,kind\none,One,recorded\n", encoding="utf-8")
    (path / "visits.csv").write_text("id,name,on,kind\nspring,Spring visit,2019-04,work visit\n", encoding="utf-8")
    return path


@pytest.fixture
def prepared(writer_store: Store) -> Store:
    write.prepare(writer_store)
    return writer_store


def holding(environment: dict[str, str]) -> subprocess.Popen[str]:
    """Another process that holds the lock until its input is closed."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDING],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
        cwd=ROOT,
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "held"
    return process


def held_by(store: Store, holder: Holder, silent: float) -> None:
    """A lock as another machine would have left it, its last heartbeat so many seconds ago."""
    text = "MERGE (l:GraphState {id: 'lock'}) SET l.token = 'theirs', l.holder = $mark, l.beat = timestamp() - $silent"
    store.write(lambda writer: writer.run(text, mark=holder.mark, silent=round(silent * 1000)))


def test_the_second_is_told_who_holds_the_graph_since_when(
    prepared: Store, cli_env: dict[str, str], tables: Path
) -> None:
    other = holding(cli_env)

    with pytest.raises(lock.AnotherLoadRuns) as refused:
        api.load(tables, "", prepared)

    other.communicate("", timeout=60)
    sentence = str(refused.value)
    assert sentence.startswith("An undo has been changing the graph from ")
    assert Holder.here("").host in sentence
    assert re.search(rf" since \d+ \w+ {time.strftime('%Y')}, \d\d:\d\d \(UTC.*\)", sentence)
    assert "--wait" in sentence
    assert refused.value.plain.endswith(". Wait until it is done, then try again.")


def test_a_third_is_told_the_same_as_the_second(prepared: Store, cli_env: dict[str, str], tables: Path) -> None:
    """The second waits meanwhile, and the note of one that was killed before them still stands in the graph."""
    killed = holding(cli_env)
    killed.kill()
    killed.communicate()
    other = holding(cli_env)
    told: list[str] = []
    waiting = threading.Thread(
        target=lambda: api.load(tables, "", prepared, lambda step, _done, _total: told.append(step), wait=60)
    )
    waiting.start()
    assert comes_true(lambda: any("This one waits" in step for step in told))

    with pytest.raises(lock.AnotherLoadRuns, match=r"An undo has been changing the graph from .* since .*--wait"):
        api.load(tables, "", prepared)

    other.communicate("", timeout=60)
    waiting.join(60)
    assert graph_state(prepared).version != "empty"


def test_who_has_just_taken_hold_is_named_a_moment_later(
    prepared: Store, tables: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if prepared.local is None:
        pytest.skip("only an engine of this computer has the lock that is taken before it is noted")
    held = filelock.FileLock(prepared.local.home / f"loader-{prepared.local.address.engine}.lock")
    with held:
        threading.Timer(0.5, held_by, [prepared, replace(Holder.here("theirs"), pid=os.getppid()), 1.0]).start()
        monkeypatch.setattr(Holder, "gone", lambda _self, _silent: False)
        with pytest.raises(lock.AnotherLoadRuns, match="A load has been changing the graph from"):
            api.load(tables, "", prepared)

        held_by(prepared, Holder.here(""), 1.0)
        monkeypatch.setattr(Holder, "gone", lambda _self, _silent: True)
        monkeypatch.setattr(lock, "_KNOWN_SOON_SECONDS", 0.1)
        with pytest.raises(lock.AnotherLoadRuns, match="Something else is changing the graph"):
            api.load(tables, "", prepared)


def test_whatever_changes_the_graph_waits_when_it_is_asked_to(prepared: Store, tables: Path, tmp_path: Path) -> None:
    api.load(tables, "", prepared)
    backup.backup(prepared, tmp_path / "one.backup")
    for change in (
        lambda wait: api.remove(prepared, "one", wait=wait),
        lambda wait: api.undo(prepared, "one", wait=wait),
        lambda wait: api.tidy(prepared, 1, wait=wait),
        lambda wait: api.verify(prepared, mend=True, wait=wait),
        lambda wait: backup.restore(prepared, tmp_path / "one.backup", replace=True, wait=wait),
        lambda wait: api.reset(prepared, wait=wait),
    ):
        held_by(prepared, replace(Holder.here("theirs"), host="elsewhere", place=ELSEWHERE), 1.0)
        with pytest.raises(lock.AnotherLoadRuns, match="A load has been changing the graph from elsewhere since"):
            change(0.0)
        threading.Timer(0.5, _let_go, [prepared]).start()
        change(60.0)


def test_the_second_waits_when_it_is_asked_to(prepared: Store, cli_env: dict[str, str], tables: Path) -> None:
    other = holding(cli_env)
    threading.Timer(1.0, other.communicate, [""]).start()

    assert api.load(tables, "", prepared, wait=60).loaded


def test_the_lock_of_a_killed_loader_is_free_at_once(prepared: Store, cli_env: dict[str, str], tables: Path) -> None:
    other = holding(cli_env)
    other.kill()  # and not waited for: it stays as a process that is only not buried yet

    assert api.load(tables, "", prepared, wait=5).loaded

    other.communicate()


@pytest.mark.parametrize(("silent", "free"), [(1.0, False), (EXPIRES_SECONDS + 1, True)])
def test_the_lock_of_another_machine_is_free_when_its_heart_has_stopped(
    prepared: Store, tables: Path, silent: float, free: bool
) -> None:
    held_by(prepared, replace(Holder.here("theirs"), host="elsewhere", place=ELSEWHERE), silent)

    if free:
        assert api.load(tables, "", prepared).loaded
    else:
        with pytest.raises(lock.AnotherLoadRuns, match="from elsewhere since"):
            api.load(tables, "", prepared)


def test_the_same_process_id_in_another_container_is_another_process(prepared: Store, tables: Path) -> None:
    held_by(prepared, replace(Holder.here("theirs"), place=ELSEWHERE), 1.0)

    with pytest.raises(lock.AnotherLoadRuns):
        api.load(tables, "", prepared)


def test_a_lock_that_this_process_could_not_give_back_is_not_in_its_way(prepared: Store, tables: Path) -> None:
    held_by(prepared, Holder.here("mine"), 1.0)

    assert api.load(tables, "", prepared).loaded


def test_the_heart_beats_while_a_load_works(prepared: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "BEATS_EVERY_SECONDS", 0.05)
    with lock.only_loader(prepared, "mine"):
        first = beat(prepared)
        assert comes_true(lambda: beat(prepared) > first)


def test_a_loader_that_lost_its_lock_writes_nothing(prepared: Store) -> None:
    with lock.only_loader(prepared, "slept"):
        lock.move_fence(prepared, "took over")  # what the next one does first

        with pytest.raises(lock.LockLost, match="nothing was changed"):
            commit.carry_out(prepared, Work.of([Statement("CREATE (:Region {id: 'x'})", [])]), "slept", "", _silent)

    assert prepared.read("MATCH (r:Region) RETURN r.id AS id") == []


def test_a_commit_under_way_is_kept_out_by_the_next_loader(prepared: Store) -> None:
    """The first has written and not committed yet; it died, and the next one has begun."""
    lock.move_fence(prepared, "first")
    with prepared.session("WRITE") as session, session.begin_transaction() as transaction:
        transaction.run("MATCH (f:LoadFence {id: 'fence'}) SET f.touched = 'first'").consume()
        transaction.run("CREATE (:Region {id: 'late'})").consume()
        next_one = threading.Thread(target=lock.move_fence, args=(prepared, "next"), daemon=True)
        next_one.start()
        next_one.join(2.0)
        came_first = not next_one.is_alive()
        try:
            transaction.commit()
            committed = True
        except (Neo4jError, DriverError):
            committed = False
    next_one.join(30)

    assert committed != came_first
    assert bool(prepared.read("MATCH (r:Region {id: 'late'}) RETURN r.id AS id")) == committed


def test_readers_wait_for_a_loader_on_another_machine_only_while_its_heart_beats(prepared: Store) -> None:
    there = replace(Holder.here("theirs"), host="elsewhere", place=ELSEWHERE)
    text = "MERGE (s:GraphState {id: 'state'}) SET s.loading = $mark, s.version = 'before', s.settles = 0"
    prepared.write(lambda writer: writer.run(text, mark=there.mark))

    held_by(prepared, there, 1.0)
    assert settled(prepared).loading

    held_by(prepared, there, EXPIRES_SECONDS + 1)
    state = settled(prepared)
    assert (state.quiet, state.version) == (True, "before")
    assert "stopped before its end" in state.unfinished


def test_readers_wait_for_a_commit_that_may_go_on_without_its_loader(prepared: Store) -> None:
    dead = replace(Holder.here("dead"), pid=2**22 + 1)
    text = "MERGE (s:GraphState {id: 'state'}) SET s.loading = $mark, s.settles = timestamp() + $longest"
    prepared.write(lambda writer: writer.run(text, mark=dead.mark, longest=60_000))
    assert not settled(prepared).quiet
    assert settled(prepared).unfinished

    prepared.write(lambda writer: writer.run(text, mark=dead.mark, longest=-1))
    assert settled(prepared).quiet


def test_several_readers_see_no_mixture_during_loads(prepared: Store, tmp_path: Path) -> None:
    path = tmp_path / "many"
    path.mkdir()
    (path / "data_set.csv").write_text("id,name,kind\nmany,Many,recorded\n", encoding="utf-8")

    def say(status: str) -> None:
        rows = "".join(f"p{number},Project {number},{status}\n" for number in range(1_000))
        (path / "projects.csv").write_text("id,name,status\n" + rows, encoding="utf-8")
        assert api.load(path, "", prepared).loaded

    say("planned")
    seen: list[tuple[str, frozenset[str]]] = []
    over = threading.Event()

    def statuses() -> frozenset[str]:
        return frozenset(row["status"] for row in prepared.read("MATCH (p:Project) RETURN p.status AS status"))

    def look() -> None:
        while not over.is_set():
            seen.append(read_whole(prepared, statuses))

    readers = [threading.Thread(target=look) for _ in range(3)]
    for reader in readers:
        reader.start()
    for status in ("running", "ended", "planned", "running"):
        say(status)
    over.set()
    for reader in readers:
        reader.join()

    assert {len(found) for _version, found in seen} == {1}
    assert all(len({found for version, found in seen if version == one}) == 1 for one, _found in seen)
    assert graph_state(prepared).quiet


def _let_go(store: Store) -> None:
    store.write(lambda writer: writer.run("MATCH (l:GraphState {id: 'lock'}) SET l.token = '', l.holder = ''"))


def beat(store: Store) -> int:
    return int(store.read("MATCH (l:GraphState {id: 'lock'}) RETURN l.beat AS beat")[0]["beat"])


def _silent(step: str, done: int, total: int) -> None:
    """Nobody watches."""
