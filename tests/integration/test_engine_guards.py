"""What the local engine lets nobody do: read secrets and files, write as a reader, come from outside, run away."""

import json
import os
import stat
import time
from pathlib import Path
from typing import Any

import neo4j
import neo4j.exceptions
import psutil
import pytest

from graph_store import embedded
from tests.integration.engine_place import Place, asked

RUNAWAY = "UNWIND range(1, 60000) AS i UNWIND range(1, 60000) AS j WITH i + j AS s RETURN max(s) AS largest"


def asked_as_reader(address: embedded.Address, statement: str) -> list[dict[str, Any]]:
    auth = (address.reader_username, address.reader_password)
    with (
        neo4j.GraphDatabase.driver(address.uri, auth=auth) as driver,
        driver.session(database=address.database) as session,
    ):
        return session.run(statement).data()


def listeners(pid: int) -> list[tuple[str, int]]:
    connections = psutil.Process(pid).net_connections("inet")
    return [(c.laddr.ip, c.laddr.port) for c in connections if c.status == psutil.CONN_LISTEN]


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


def test_the_engine_listens_on_loopback_only_and_speaks_only_bolt(place: Place) -> None:
    with place.lease() as lease:
        found = listeners(lease.pid)
        assert {ip.removeprefix("::ffff:") for ip, _ in found} == {"127.0.0.1"}
        control = json.loads((place.folder / "state.json").read_text())["control_port"]
        bolt = int(lease.address.uri.rsplit(":", 1)[1])
        assert {port for _, port in found} == {bolt, control}


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
