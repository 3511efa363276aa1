"""The store's values and addresses, tried without a database."""

import socket
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone

import neo4j
import pytest
from hypothesis import given
from hypothesis import strategies as st
from neo4j.graph import Graph, Node, Path, Relationship

from graph_store.errors import EngineAway, WrongUse
from graph_store.loads import GraphState
from graph_store.store import READER, columns_of, open_store, without_password

SECRET = "s3cret"  # not a real one


@pytest.fixture
def closed_port() -> Iterator[int]:
    """A port of this machine that nobody listens at."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: a connection is refused
        yield int(taken.getsockname()[1])


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("neo4j://host:7687", "neo4j://host:7687"),
        (f"neo4j://ada:{SECRET}@host:7687", "neo4j://host:7687"),
        (f"bolt+s://ada:{SECRET}@host", "bolt+s://host"),
        (f"neo4j://ada:{SECRET}@@host:7687/db", "neo4j://host:7687/db"),
        (f"neo4j://:{SECRET}@host", "neo4j://host"),
        (f"neo4j://ada:{SECRET}/?#@host:7687", "neo4j://host:7687"),  # signs that belong to other parts of an address
        (f"ada:{SECRET}@host:7687", "host:7687"),
        ("", ""),
    ],
)
def test_an_address_is_shown_without_user_and_password(written: str, shown: str) -> None:
    assert without_password(written) == shown


@given(st.text("abcXYZ019%@:!$&'()*+,;=._~-/?#[]", min_size=1))
def test_no_password_is_ever_shown(password: str) -> None:
    assert without_password(f"neo4j://ada:{password}@host:7687") == "neo4j://host:7687"


def test_a_server_that_is_away_is_told_by_its_address_and_never_by_its_password(
    closed_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_URI", f"bolt://ada:{SECRET}@127.0.0.1:{closed_port}")
    monkeypatch.setenv("NEO4J_PASSWORD", SECRET)

    with pytest.raises(EngineAway) as caught:
        open_store(READER)

    assert f"bolt://127.0.0.1:{closed_port}" in str(caught.value)
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize("uri", ["http://localhost:7474", "localhost:7687", "neo4j", "ftp://host"])
def test_an_address_that_is_none_is_refused_with_the_way_to_write_one(
    uri: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_URI", uri)

    with pytest.raises(WrongUse, match="neo4j://host:7687"):
        open_store(READER)


def test_the_columns_are_those_of_the_first_row() -> None:
    assert columns_of([{"b": 1, "a": 2}]) == ["b", "a"]
    assert columns_of([]) == []


def test_a_state_is_quiet_unless_someone_loads() -> None:
    assert GraphState().quiet
    assert not GraphState(loading="steward").quiet


def test_values_of_the_driver_become_plain_ones() -> None:
    from graph_store.store import _plain  # the one place where driver objects are known

    graph = Graph()
    ada = Node(graph, "1", 1, ["Organisation"], {"id": "ada", "on": neo4j.time.Date(2019, 2, 7)})
    bob = Node(graph, "2", 2, ["Region"], {"id": "bob"})
    tie = graph.relationship_type("LOCATED_IN")(graph, "3", 3, {"key": "ada|bob"})
    tie._start_node, tie._end_node = ada, bob
    east = timezone(timedelta(hours=2))

    assert _plain(neo4j.time.Date(2019, 2, 7)) == date(2019, 2, 7)
    assert type(_plain(neo4j.time.Date(2019, 2, 7))) is date
    assert _plain(neo4j.time.DateTime(2019, 2, 7, 12, 30, 1, tzinfo=UTC)) == datetime(2019, 2, 7, 12, 30, 1, tzinfo=UTC)
    assert _plain(neo4j.time.DateTime(2019, 2, 7, 12, tzinfo=east)).utcoffset() == timedelta(hours=2)
    assert _plain(ada) == {"_labels": ["Organisation"], "id": "ada", "on": date(2019, 2, 7)}
    assert _plain(tie) == {"_type": "LOCATED_IN", "key": "ada|bob"}
    assert isinstance(tie, Relationship)
    assert [part["id"] for part in _plain(Path(ada, tie)) if "id" in part] == ["ada", "bob"]
    assert _plain({"days": [neo4j.time.Date(2019, 1, 1)], "none": None}) == {"days": [date(2019, 1, 1)], "none": None}
