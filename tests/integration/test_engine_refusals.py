"""What real engines and strangers at their address refuse, in one sentence each; a password is in none of them."""

import http.server
import os
import socket
import ssl
import subprocess
import sys
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph_loader.cli import app
from graph_store import embedded
from graph_store.errors import EngineAway, EngineRefuses, ExplorerError
from graph_store.store import READER, WRITER, Store, open_store
from tests.integration.engine_place import ROOT, comes_true

MARKER = "m4rker-of-a-password"


@pytest.fixture
def as_server(engine: dict[str, str], open_writer: Store, monkeypatch: pytest.MonkeyPatch) -> embedded.Address:
    """The engine of the tests, named by its address as somebody's own server is."""
    if open_writer.local is None:
        pytest.skip("a server of somebody's own: wrong passwords might lock its user out")
    address = open_writer.local.address
    monkeypatch.setenv("NEO4J_URI", address.uri)
    monkeypatch.setenv("NEO4J_USERNAME", address.username)
    monkeypatch.setenv("NEO4J_PASSWORD", address.password)
    monkeypatch.setenv("NEO4J_DATABASE", address.database or "")
    return address


def told(role: str = READER) -> ExplorerError:
    """The error that opening and reading gives; its whole traceback holds no password."""
    with pytest.raises(ExplorerError) as caught, open_store(role) as store:
        store.read("RETURN 1 AS one")
    assert MARKER not in "".join(traceback.format_exception(caught.value))
    return caught.value


def test_a_wrong_password_is_told(as_server: embedded.Address, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_USERNAME", "nobody-of-that-name")
    monkeypatch.setenv("NEO4J_PASSWORD", MARKER)

    error = told()

    assert isinstance(error, EngineRefuses)
    assert str(error) == f"{as_server.uri} refuses this user and password. Check NEO4J_USERNAME and NEO4J_PASSWORD."


def test_too_many_wrong_passwords_are_told(as_server: embedded.Address, monkeypatch: pytest.MonkeyPatch) -> None:
    if as_server.engine != "neo4j":
        pytest.skip("ArcadeDB does not count wrong passwords")
    monkeypatch.setenv("NEO4J_PASSWORD", MARKER)

    sentences = [str(told()) for _attempt in range(5)]

    assert "too many wrong passwords" in sentences[-1]
    monkeypatch.setenv("NEO4J_PASSWORD", as_server.password)
    assert comes_true(_lets_in, seconds=60)  # for the tests after this one


def _lets_in() -> bool:
    try:
        with open_store():
            return True
    except EngineAway:
        return False


def test_a_missing_database_is_told(as_server: embedded.Address, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_DATABASE", "nosuchdatabase")

    assert str(told()).startswith(f"There is no database of that name at {as_server.uri}. Check NEO4J_DATABASE")


@pytest.mark.parametrize("scheme", ["bolt+s", "bolt+ssc", "neo4j+s", "neo4j+ssc"])
def test_an_engine_without_encryption_is_told(
    as_server: embedded.Address, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    monkeypatch.setenv("NEO4J_URI", as_server.uri.replace("bolt", scheme))

    error = told()

    assert isinstance(error, EngineRefuses)
    assert "does not answer with encryption" in str(error)


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_both_kinds_of_address_read_and_write(
    writer_store: Store, as_server: embedded.Address, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    monkeypatch.setenv("NEO4J_URI", as_server.uri.replace("bolt", scheme))

    with open_store(WRITER) as writer, open_store(READER) as reader:
        writer.write(lambda one: one.run("CREATE (:Region {id: 'x'})"))
        found = reader.read("MATCH (r:Region) RETURN r.id AS id")

    assert found == [{"id": "x"}]


def test_a_connection_shows_no_password(as_server: embedded.Address) -> None:
    with open_store(WRITER) as store:
        shown = f"{store!r} {store.driver!r} {vars(store)!r} {store.info()!r} {store.session()!r}"

    assert as_server.password not in shown


@pytest.fixture
def web_server() -> Iterator[int]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()


def test_a_web_server_at_the_address_is_told(web_server: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_URI", f"bolt://ada:{MARKER}@127.0.0.1:{web_server}")

    assert str(told()).startswith(f"A web server answers at bolt://127.0.0.1:{web_server}. NEO4J_URI needs the Bolt")


@pytest.fixture
def encrypted(tmp_path: Path) -> Iterator[int]:
    """Somebody who speaks TLS with a certificate that they signed themselves."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    try:
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", str(key), "-out", str(certificate),
             "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"],
            check=True, capture_output=True,
        )  # fmt: skip
    except FileNotFoundError:
        pytest.skip("openssl is not here to make a certificate")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    listener = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=_answer_in_tls, args=(listener, context), daemon=True).start()
    yield int(listener.getsockname()[1])
    listener.close()


def _answer_in_tls(listener: socket.socket, context: ssl.SSLContext) -> None:
    while True:
        try:
            with listener.accept()[0] as visitor, context.wrap_socket(visitor, server_side=True) as secured:
                secured.recv(1)
        except OSError:  # a visitor who wanted something else, or the end of the test
            if listener.fileno() < 0:
                return


@pytest.mark.parametrize(
    ("scheme", "says"),
    [
        ("bolt", "asks for encryption: write bolt+s:// or neo4j+s://"),
        ("neo4j", "asks for encryption: write bolt+s:// or neo4j+s://"),
        ("bolt+s", "signed by nobody whom this computer trusts"),
        ("neo4j+s", "signed by nobody whom this computer trusts"),
        ("bolt+ssc", "does not answer as a graph database does"),
    ],
)
def test_encryption_that_does_not_fit_is_told(
    encrypted: int, monkeypatch: pytest.MonkeyPatch, scheme: str, says: str
) -> None:
    monkeypatch.setenv("NEO4J_URI", f"{scheme}://localhost:{encrypted}")
    monkeypatch.setenv("NEO4J_PASSWORD", MARKER)

    error = told()

    assert isinstance(error, EngineAway)
    assert says in str(error)


COMMANDS = sorted(command.name or command.callback.__name__ for command in app.registered_commands if command.callback)
ARGUMENTS = {
    "backup": ["{folder}/kept.zip"],
    "check": ["data/demo", "--json"],
    "export": ["{folder}/out"],
    "load": ["data/demo", "--json"],
    "plan": ["data/demo", "--json"],
    "remove": ["demo", "--yes"],
    "reset": ["--yes"],
    "restore": ["{folder}/kept.zip"],
    "simulate": ["{folder}/made-up", "--regions", "8", "--visits", "10", "--approaches", "3"],
    "template": ["{folder}/empty.xlsx"],
    "undo": ["--yes"],
}


@pytest.mark.parametrize(
    ("where", "command"),
    [
        *(("nobody there", name) for name in COMMANDS if name not in ("stop", "watch")),
        # the driver waits there for a quarter of a minute, so that not each command is tried
        ("a web server", "load"),
        ("a web server", "status"),
    ],
)
def test_no_command_tells_the_password(command: str, where: str, web_server: int, tmp_path: Path) -> None:
    port = web_server if where == "a web server" else 1
    (tmp_path / "kept.zip").write_bytes(b"")
    given = [word.format(folder=tmp_path) for word in ARGUMENTS.get(command, [])]
    environment = {
        **os.environ,
        "NEO4J_URI": f"bolt://ada:{MARKER}@127.0.0.1:{port}",
        "NEO4J_PASSWORD": MARKER,
        "EXPLORER_HOME": str(tmp_path),
        "PYTHONPATH": str(ROOT),
    }

    ran = subprocess.run(
        [sys.executable, "-m", "graph_loader.cli", command, *given],
        capture_output=True, text=True, check=False, env=environment, cwd=ROOT, stdin=subprocess.DEVNULL, timeout=120,
    )  # fmt: skip

    assert MARKER not in ran.stdout + ran.stderr
    assert "Traceback" not in ran.stderr
    assert all(MARKER not in file.read_text(errors="replace") for file in tmp_path.rglob("*.log"))
