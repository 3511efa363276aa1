"""What may happen to the local engine and its home: killed, out of date, broken, lost; data and sense survive."""

import json
import os
import socket
import threading
from pathlib import Path

import psutil
import pytest

from graph_store import embedded
from graph_store.errors import EngineAway
from tests.integration.engine_place import Place, asked, comes_true, gone


def test_a_killed_engine_is_started_again_with_all_that_was_committed(place: Place) -> None:
    with place.lease() as lease:
        for number in range(20):
            asked(lease.address, "CREATE (:Region {id: $id})", id=f"r{number}")
        psutil.Process(lease.pid).kill()
        assert comes_true(lambda: not lease.alive)
        with place.lease() as again:
            assert again.pid != lease.pid
            assert asked(again.address, "MATCH (r:Region) RETURN count(r) AS n") == [{"n": 20}]


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
