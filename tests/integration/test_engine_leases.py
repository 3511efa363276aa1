"""The local engine, real engines and processes: it starts on demand and ends with its last user."""

import threading
import time
from pathlib import Path

import psutil
import pytest

from graph_store import embedded
from tests.integration.engine_place import Place, asked, comes_true, first_line, gone, leave


def test_the_engine_starts_on_demand_and_answers_the_official_driver(place: Place) -> None:
    with place.lease() as lease:
        asked(lease.address, "CREATE (:Region {id: 'r1', name: 'Här'})")
        assert asked(lease.address, "MATCH (r:Region) RETURN r.name AS name") == [{"name": "Här"}]
        assert lease.alive
        assert lease.address.engine == place.engine
        assert embedded.running(place.home, place.engine) == lease.address


def test_a_second_lessee_finds_the_same_engine(place: Place) -> None:
    with place.lease() as first, place.lease() as second:
        other = place.lessee()
        assert first.pid == second.pid == int(first_line(other))
        first.close()
        leave(other)
        time.sleep(0.6)
        assert second.alive


def test_two_processes_that_start_at_once_get_one_engine(place: Place) -> None:
    processes = [place.lessee(), place.lessee()]
    pids = {first_line(process) for process in processes}
    for process in processes:
        leave(process)
    assert len(pids) == 1
    assert pids != {""}


def test_threads_that_start_at_once_get_one_engine(place: Place) -> None:
    leases: list[embedded.Lease] = []
    threads = [threading.Thread(target=lambda: leases.append(place.lease())) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(leases) == 6
    assert len({lease.pid for lease in leases}) == 1
    for lease in leases:
        lease.close()


def test_the_engine_ends_with_its_last_lease_and_leaves_only_what_lasts(place: Place) -> None:
    lease = place.lease()
    lease.close()
    lease.close()
    assert comes_true(lambda: gone(lease.pid))
    assert embedded.running(place.home, place.engine) is None
    left = {path.name for path in place.folder.iterdir()}
    lasting = {"secrets.json", "engine.log", "engine.lock", "start.lock"}
    own = {
        "arcadedb": {"backups", "config", "databases", "log"},
        "neo4j": {"data", "logs", "neo4j.conf", "password-set"},
    }
    assert left <= lasting | own[place.engine]


def test_two_commands_in_a_row_share_an_engine(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPLORER_LINGER", "5")
    with place.lease() as first:
        pass
    time.sleep(0.5)
    with place.lease() as second:
        assert first.pid == second.pid


def test_data_and_passwords_last_from_one_run_to_the_next(place: Place) -> None:
    with place.lease() as lease:
        asked(lease.address, "CREATE (:Region {id: 'r1'})")
    assert embedded.stop(place.home, place.engine)
    with place.lease() as again:
        assert asked(again.address, "MATCH (r:Region) RETURN r.id AS id") == [{"id": "r1"}]
        assert again.address.password == lease.address.password


def test_the_engine_ends_when_its_only_lessee_is_killed(place: Place) -> None:
    lessee = place.lessee()
    pid = int(first_line(lessee))
    lessee.kill()
    lessee.communicate()
    assert comes_true(lambda: gone(pid))


def test_two_homes_do_not_meet(place: Place, tmp_path: Path) -> None:
    other = Place(tmp_path / "other home", place.engine)
    try:
        with place.lease() as here, other.lease() as there:
            assert here.pid != there.pid
            asked(here.address, "CREATE (:Region {id: 'r1'})")
            assert asked(there.address, "MATCH (r:Region) RETURN count(r) AS n") == [{"n": 0}]
    finally:
        embedded.stop(other.home, other.engine)


def test_stop_ends_an_engine_in_use_and_says_whether_there_was_one(place: Place) -> None:
    assert not embedded.stop(place.home, place.engine)
    with place.lease() as lease:
        assert embedded.stop(place.home, place.engine)
        assert gone(lease.pid)
        assert not lease.alive
        assert embedded.running(place.home, place.engine) is None
        assert not embedded.stop(place.home, place.engine)


def test_a_signal_ends_the_engine_in_order(arcadedb: Place) -> None:
    with arcadedb.lease() as lease:
        psutil.Process(lease.pid).terminate()
        assert comes_true(lambda: gone(lease.pid))
    assert not (arcadedb.folder / "state.json").exists()
    assert "Stopped." in (arcadedb.folder / "engine.log").read_text()
