"""Every refusal of an engine has its own sentence, with the next thing to try and without a secret."""

import pytest
from neo4j.exceptions import Neo4jError, ServiceUnavailable, WriteServiceUnavailable

from graph_store import failures, store
from graph_store.errors import EngineAway, EngineRefuses, LoadTooLarge, NoSpaceLeft, TookTooLong, WriteRefused, WrongUse
from graph_store.store import open_store, without_password

ADDRESS = "neo4j://graph.example.org:7687"
MARKER = "m4rker-of-a-password"


def sent(code: str, message: str = "as the engine says it") -> Neo4jError:
    return Neo4jError._hydrate_neo4j(code=code, message=message)


@pytest.mark.parametrize(
    ("code", "kind", "next_thing"),
    [
        ("Neo.ClientError.Security.Unauthorized", EngineRefuses, "NEO4J_PASSWORD"),
        ("Neo.ClientError.Security.AuthenticationRateLimit", EngineRefuses, "wait ten seconds"),
        ("Neo.ClientError.Security.CredentialsExpired", EngineRefuses, "choose another"),
        ("Neo.ClientError.Security.TokenExpired", EngineRefuses, "NEO4J_PASSWORD"),
        ("Neo.ClientError.Database.DatabaseNotFound", EngineRefuses, "NEO4J_DATABASE"),
        ("Neo.TransientError.General.DatabaseUnavailable", EngineAway, "START DATABASE"),
        ("Neo.TransientError.Database.DatabaseUnavailable", EngineAway, "START DATABASE"),
        ("Neo.ClientError.General.ForbiddenOnReadOnlyDatabase", WriteRefused, "READ WRITE"),
        ("Neo.ClientError.Cluster.NotALeader", EngineAway, "Try again in a minute"),
        ("Neo.ClientError.Cluster.ReplicationFailure", EngineAway, "Try again in a minute"),
    ],
)
def test_what_has_to_do_with_the_server_is_told_by_its_code(code: str, kind: type[Exception], next_thing: str) -> None:
    told = failures.of_place(sent(code), ADDRESS)

    assert type(told) is kind
    assert ADDRESS in str(told)
    assert next_thing in str(told)
    assert "as the engine says it" not in str(told)


@pytest.mark.parametrize(
    ("code", "message", "kind", "next_thing"),
    [
        ("Neo.TransientError.General.MemoryPoolOutOfMemoryError", "", LoadTooLarge, "--in-steps"),
        ("Neo.TransientError.General.OutOfMemoryError", "", LoadTooLarge, "EXPLORER_HEAP"),
        ("Neo.DatabaseError.General.UnknownError", "Java heap space", LoadTooLarge, "EXPLORER_HEAP"),
        ("Neo.DatabaseError.General.UnknownError", "Error executing Cypher command", LoadTooLarge, "Its log says more"),
        ("Neo.ClientError.Transaction.TransactionTimedOut", "", TookTooLong, "EXPLORER_COMMAND_TIMEOUT"),
        ("Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration", "", TookTooLong, "--in-steps"),
        ("Neo.DatabaseError.Transaction.TransactionCommitFailed", "No space left on device", NoSpaceLeft, "Make room"),
        ("Neo.ClientError.Security.Forbidden", "", WriteRefused, "right to write"),
    ],
)
def test_what_ends_a_load_is_told_by_its_code(code: str, message: str, kind: type[Exception], next_thing: str) -> None:
    told = failures.of_load(sent(code, message), ADDRESS)

    assert type(told) is kind
    assert next_thing in str(told)


def test_what_is_wrong_with_a_statement_is_left_as_it_is() -> None:
    error = sent("Neo.ClientError.Statement.SyntaxError")

    assert failures.of_place(error, ADDRESS) is None
    assert failures.of_load(error, ADDRESS) is None
    assert failures.of_load(ServiceUnavailable("away"), ADDRESS) is None


def test_a_cluster_without_a_leader_is_told() -> None:
    assert "no member that takes changes" in str(failures.of_place(WriteServiceUnavailable("none"), ADDRESS))


@pytest.mark.parametrize(
    ("agent", "refused"),
    [
        ("Neo4j/4.4.38", True),
        ("Neo4j/5.25.1", True),
        ("Neo4j/5.26.0", False),
        ("Neo4j/5.27-aura", False),
        ("Neo4j/2026.09.0", False),
        ("Neo4j/5.11.0 compatible (Other 3.1)", False),
        ("Something/1.0", False),
    ],
)
def test_a_server_that_is_too_old_is_told_which_is_needed(agent: str, refused: bool) -> None:
    told = failures.too_old(agent, ADDRESS)

    assert (told is not None) == refused
    if told:
        assert "Neo4j 5.26 or newer is needed" in str(told)


@pytest.mark.parametrize("scheme", store.SCHEMES)
def test_every_kind_of_address_is_known(scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_URI", f"{scheme}://127.0.0.1:1")
    monkeypatch.setenv("NEO4J_PASSWORD", MARKER)

    with pytest.raises(EngineAway) as told:
        open_store()

    assert str(told.value).startswith(f"No graph database answers at {scheme}://127.0.0.1:1.")


@pytest.mark.parametrize("uri", ["http://127.0.0.1:7474", "https://graph.example.org", "graph.example.org", "bolt://"])
def test_what_is_no_address_is_told_with_the_form_to_write(uri: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_URI", uri)

    with pytest.raises((WrongUse, EngineAway)) as told:
        open_store()

    assert "NEO4J_URI" in str(told.value)


def test_a_name_that_nobody_knows_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_URI", "neo4j://no-such-host.invalid:7687")

    with pytest.raises(EngineAway, match=r"^No computer of the name in neo4j://no-such-host\.invalid:7687 is known"):
        open_store()


@pytest.mark.parametrize(
    "uri", [f"bolt://ada:{MARKER}@host:7687", f"neo4j+s://ada:{MARKER}@host", f"bolt://ada:a@{MARKER}@host:1"]
)
def test_the_password_in_an_address_is_not_shown(uri: str) -> None:
    assert MARKER not in without_password(uri)
