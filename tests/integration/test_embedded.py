"""The local engine as its users meet it: real engines, real processes, real ends."""

from __future__ import annotations

import json
import os
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import neo4j
import neo4j.exceptions
import psutil
import pytest

from graph_store import embedded, engine_jars
from graph_store.engine_home import ENGINES
from graph_store.errors import EngineAway, WrongUse

ROOT = Path(__file__).resolve().parents[2]
NEO4J_IS_NOT_HERE = "Neo4j is not here: run `python3 start.py setup --neo4j` to try everything on it as well."
RUNAWAY = "UNWIND range(1, 60000) AS i UNWIND range(1, 60000) AS j WITH i + j AS s RETURN max(s) AS largest"
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


@pytest.fixture(params=ENGINES)
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    if request.param == "neo4j" and embedded.missing_extra():
        if os.environ.get("EXPLORER_REQUIRE_ENGINES"):
            pytest.fail(NEO4J_IS_NOT_HERE)
        pytest.skip(NEO4J_IS_NOT_HERE)
    monkeypatch.setenv("EXPLORER_LINGER", "0.2")
    yield Place(tmp_path / "home", request.param)
    embedded.stop(tmp_path / "home", request.param)


@pytest.fixture
def arcadedb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    monkeypatch.setenv("EXPLORER_LINGER", "0.2")
    yield Place(tmp_path / "home", "arcadedb")
    embedded.stop(tmp_path / "home", "arcadedb")


def asked(address: embedded.Address, statement: str, **parameters: Any) -> list[dict[str, Any]]:
    auth = (address.username, address.password)
    with neo4j.GraphDatabase.driver(address.uri, auth=auth) as driver:
        return driver.execute_query(
            statement, parameters, database_=address.database, result_transformer_=neo4j.Result.data
        )


def asked_as_reader(address: embedded.Address, statement: str) -> list[dict[str, Any]]:
    auth = (address.reader_username, address.reader_password)
    with (
        neo4j.GraphDatabase.driver(address.uri, auth=auth) as driver,
        driver.session(database=address.database) as session,
    ):
        return session.run(statement).data()


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


def listeners(pid: int) -> list[tuple[str, int]]:
    connections = psutil.Process(pid).net_connections("inet")
    return [(c.laddr.ip, c.laddr.port) for c in connections if c.status == psutil.CONN_LISTEN]


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


def test_a_killed_engine_is_started_again_with_all_that_was_committed(place: Place) -> None:
    with place.lease() as lease:
        for number in range(20):
            asked(lease.address, "CREATE (:Region {id: $id})", id=f"r{number}")
        psutil.Process(lease.pid).kill()
        assert comes_true(lambda: not lease.alive)
        with place.lease() as again:
            assert again.pid != lease.pid
            assert asked(again.address, "MATCH (r:Region) RETURN count(r) AS n") == [{"n": 20}]


def test_the_engine_ends_when_its_only_lessee_is_killed(place: Place) -> None:
    lessee = place.lessee()
    pid = int(first_line(lessee))
    lessee.kill()
    lessee.communicate()
    assert comes_true(lambda: gone(pid))


def test_a_stale_state_whose_port_a_stranger_took_over_is_no_obstacle(place: Place) -> None:
    with place.lease() as lease:
        state = json.loads((place.folder / "state.json").read_text())
    embedded.stop(place.home, place.engine)
    heard: list[bytes] = []
    stranger = socket.create_server(("127.0.0.1", 0))

    def listen() -> None:
        connection, _ = stranger.accept()
        with connection:
            connection.sendall(b'{"nonce": "1"}\n')
            heard.append(connection.recv(4096))
            connection.sendall(b'{"state": "{}", "proof": "guessed"}\n')

    threading.Thread(target=listen, daemon=True).start()
    state["control_port"] = stranger.getsockname()[1]
    (place.folder / "state.json").write_text(json.dumps(state))
    with stranger, place.lease() as again:
        assert again.pid != lease.pid
        assert asked(again.address, "RETURN 1 AS one") == [{"one": 1}]
    token = json.loads((place.folder / "secrets.json").read_text())["token"]
    assert heard
    assert token.encode() not in heard[0]


@pytest.mark.parametrize("content", ["", "{", "[1]", '{"pid": 1}', "null"])
def test_a_broken_state_is_no_obstacle(arcadedb: Place, content: str) -> None:
    arcadedb.folder.mkdir(parents=True)
    (arcadedb.folder / "state.json").write_text(content)
    with arcadedb.lease() as lease:
        assert lease.alive


def test_an_engine_that_can_no_longer_be_asked_is_ended_and_replaced(place: Place) -> None:
    with place.lease() as lease:
        state = json.loads((place.folder / "state.json").read_text())
        with socket.create_server(("127.0.0.1", 0)) as closed_soon:
            state["control_port"] = closed_soon.getsockname()[1]
        (place.folder / "state.json").write_text(json.dumps(state))
        with place.lease() as again:
            assert again.pid != lease.pid
            assert comes_true(lambda: gone(lease.pid))
            assert asked(again.address, "RETURN 1 AS one") == [{"one": 1}]


def test_lost_secrets_are_made_anew_and_the_data_stays(place: Place) -> None:
    with place.lease() as lease:
        asked(lease.address, "CREATE (:Region {id: 'r1'})")
    embedded.stop(place.home, place.engine)
    (place.folder / "secrets.json").unlink()
    with place.lease() as again:
        assert again.address.password != lease.address.password
        assert asked(again.address, "MATCH (r:Region) RETURN r.id AS id") == [{"id": "r1"}]


def test_two_homes_do_not_meet(place: Place, tmp_path: Path) -> None:
    other = Place(tmp_path / "other home", place.engine)
    try:
        with place.lease() as here, other.lease() as there:
            assert here.pid != there.pid
            asked(here.address, "CREATE (:Region {id: 'r1'})")
            assert asked(there.address, "MATCH (r:Region) RETURN count(r) AS n") == [{"n": 0}]
    finally:
        embedded.stop(other.home, other.engine)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no such modes")
def test_secrets_are_readable_by_their_owner_only(place: Place) -> None:
    with place.lease() as lease:
        modes = {name: stat.S_IMODE((place.folder / name).stat().st_mode) for name in ("secrets.json", "state.json")}
        assert modes == {"secrets.json": 0o600, "state.json": 0o600}
        assert stat.S_IMODE(place.folder.stat().st_mode) == 0o700
        assert lease.address.password not in repr(lease.address)
        assert lease.address.reader_password not in repr(lease.address)
        assert lease.address.password not in (place.folder / "engine.log").read_text()
        assert not any(lease.address.password in word for word in psutil.Process(lease.pid).cmdline())


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE (:Region {id: 'r2'})",
        "MATCH (r:Region) SET r.name = 'x'",
        "MATCH (r:Region) DETACH DELETE r",
        "MERGE (:Region {id: 'r1', name: 'new'})",
        "CREATE CONSTRAINT FOR (r:Region) REQUIRE r.name IS UNIQUE",
        "CREATE INDEX FOR (r:Region) ON (r.name)",
        "LOAD CSV FROM 'file:///etc/hostname' AS line RETURN line",
        "LOAD CSV FROM 'http://127.0.0.1:9/' AS line RETURN line",
        "CREATE USER other SET PASSWORD 'something-long'",
    ],
)
def test_the_reader_reads_and_does_nothing_else(arcadedb: Place, statement: str) -> None:
    with arcadedb.lease() as lease:
        asked(lease.address, "CREATE (:Region {id: 'r1'})")
        assert asked_as_reader(lease.address, "MATCH (r:Region) RETURN r.id AS id") == [{"id": "r1"}]
        with pytest.raises(neo4j.exceptions.ClientError):
            asked_as_reader(lease.address, statement)
        found = asked(lease.address, "MATCH (r:Region) RETURN r.id AS id, r.name AS name")
        assert found == [{"id": "r1", "name": None}]


def test_no_csv_is_read_from_this_machine_or_the_network_by_anybody(place: Place, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("secret\n")
    with place.lease() as lease:
        for source in (secret.as_uri(), "http://127.0.0.1:9/x.csv"):
            with pytest.raises(neo4j.exceptions.Neo4jError):
                asked(lease.address, f"LOAD CSV FROM '{source}' AS line RETURN line")


def test_errors_keep_their_text(place: Place) -> None:
    with place.lease() as lease, pytest.raises(neo4j.exceptions.CypherSyntaxError, match="MATHC"):
        asked(lease.address, "MATHC (n) RETURN n")


def test_a_runaway_statement_is_ended_by_the_time_limit(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPLORER_COMMAND_TIMEOUT", "0.5")
    with place.lease() as lease:
        began = time.monotonic()
        with pytest.raises(neo4j.exceptions.Neo4jError) as caught:
            asked_as_reader(lease.address, RUNAWAY)
        assert "TimedOut" in str(caught.value.code)
        assert time.monotonic() - began < 15


def test_a_load_of_many_statements_may_take_longer_than_one_statement(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXPLORER_COMMAND_TIMEOUT", "1")
    with place.lease() as lease:
        address = lease.address
        with (
            neo4j.GraphDatabase.driver(address.uri, auth=(address.username, address.password)) as driver,
            driver.session(database=address.database) as session,
            session.begin_transaction() as transaction,
        ):
            for number in range(4):
                transaction.run("CREATE (:Region {id: $id})", id=f"r{number}").consume()
                time.sleep(0.5)
            transaction.commit()
        assert asked(address, "MATCH (r:Region) RETURN count(r) AS n") == [{"n": 4}]


def test_the_engine_listens_on_loopback_only_and_speaks_only_bolt(place: Place) -> None:
    with place.lease() as lease:
        found = listeners(lease.pid)
        assert {ip.removeprefix("::ffff:") for ip, _ in found} == {"127.0.0.1"}
        control = json.loads((place.folder / "state.json").read_text())["control_port"]
        bolt = int(lease.address.uri.rsplit(":", 1)[1])
        assert {port for _, port in found} == {bolt, control}


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


def test_an_engine_that_cannot_start_says_why_and_where_to_read_on(
    arcadedb: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXPLORER_HEAP", "1m")
    with pytest.raises(EngineAway, match="heap") as caught:
        arcadedb.lease()
    assert str(arcadedb.folder / "engine.log") in str(caught.value)
    monkeypatch.delenv("EXPLORER_HEAP")
    with arcadedb.lease() as lease:
        assert lease.alive


@pytest.mark.skipif(os.name == "nt" or not hasattr(os, "geteuid"), reason="needs a path that is a file")
def test_a_home_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EngineAway, match="EXPLORER_HOME"):
        embedded.lease(tmp_path / "file", "arcadedb")


def test_an_unknown_engine_is_refused_with_the_names_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPLORER_ENGINE", "mysql")
    with pytest.raises(WrongUse, match=r'"mysql".*"arcadedb" or "neo4j"'):
        embedded.engine_name()
    with pytest.raises(WrongUse):
        embedded.lease()


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("EXPLORER_COMMAND_TIMEOUT", "soon"),
        ("EXPLORER_COMMAND_TIMEOUT", "0"),
        ("EXPLORER_COMMAND_TIMEOUT", "nan"),
        ("EXPLORER_HEAP", "much"),
        ("EXPLORER_LINGER", "-1"),
    ],
)
def test_a_wrong_setting_is_told_before_anything_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(WrongUse, match=f'{variable} is "{value}"'):
        embedded.lease(tmp_path, "arcadedb")
    assert not list(tmp_path.iterdir())


def test_home_and_engine_follow_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("EXPLORER_HOME", str(tmp_path))
    monkeypatch.delenv("EXPLORER_ENGINE", raising=False)
    assert embedded.home() == tmp_path.resolve()
    assert embedded.engine_name() == "arcadedb"
    monkeypatch.setenv("EXPLORER_ENGINE", "Neo4j")
    assert embedded.engine_name() == "neo4j"


def test_a_missing_extra_is_told_with_the_way_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_jars, "missing_parts", lambda: ["jgo"])
    with pytest.raises(EngineAway, match=r"partnership-explorer\[neo4j\]"):
        embedded.lease(tmp_path, "neo4j")
    assert "jgo" in str(embedded.missing_extra())


def test_jars_that_cannot_be_fetched_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    jgo = pytest.importorskip("jgo", reason=NEO4J_IS_NOT_HERE)

    def no_network(_endpoint: str) -> list[Any]:
        raise ConnectionError("no route to host")

    monkeypatch.setattr(jgo, "resolve", no_network)
    monkeypatch.setenv("EXPLORER_NEO4J_VERSION", "5.0.999")
    with pytest.raises(EngineAway, match=r"5\.0\.999 could not be fetched .*no route to host.*try again"):
        embedded.lease(tmp_path, "neo4j")
