"""The control connection between an engine's process and those who use it.

A lease is an open connection: it ends when the process that holds it does, however that ends. Both sides
prove that they know the token of the owner's folder before anything is said, and the token itself never
travels, so that a stranger who took over an old port learns nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import socket
import threading
import time
from typing import Final

from graph_store.engine_home import State

HANDSHAKE_SECONDS: Final = 10.0
LONGEST_LINE: Final = 8_192
LEASE: Final = "lease"
STATUS: Final = "status"
STOP: Final = "stop"


class NotOurEngine(OSError):
    """Whoever answers on the control port does not know the token, or is already ending."""


def ask(port: int, token: str, wish: str) -> tuple[socket.socket, State]:
    """Connect to an engine's control port and say a wish.

    Parameters
    ----------
    port
        Control port on loopback.
    token
        Token of the engine's folder.
    wish
        ``lease`` (keep the connection open), ``status`` or ``stop``.

    Returns
    -------
    The open connection and what the engine says of itself.

    Raises
    ------
    OSError
        If nobody answers in time, or the one who answers is not our engine.
    """
    connection = socket.create_connection(("127.0.0.1", port), timeout=HANDSHAKE_SECONDS)
    try:
        theirs = _read(connection).get("nonce", "")
        ours = secrets.token_hex(16)
        _say(connection, {"nonce": ours, "wish": wish, "proof": _proof(token, "client", theirs, ours, wish)})
        answer = _read(connection)
        expected = _proof(token, "engine", ours, theirs, answer.get("state", ""))
        if not hmac.compare_digest(answer.get("proof", ""), expected):
            raise NotOurEngine("the process on the control port does not know the token")
        if not answer.get("state"):
            raise NotOurEngine("the engine is ending")
        state = State.from_json(answer["state"])
        connection.setblocking(False)
    except ValueError as error:
        connection.close()
        raise NotOurEngine(str(error)) from error
    except OSError:
        connection.close()
        raise
    return connection, state


def _proof(token: str, *parts: str) -> str:
    return hmac.new(token.encode(), "\n".join(parts).encode(), hashlib.sha256).hexdigest()


def _say(connection: socket.socket, message: dict[str, str]) -> None:
    connection.sendall(json.dumps(message).encode() + b"\n")


def _read(connection: socket.socket) -> dict[str, str]:
    line = b""
    while not line.endswith(b"\n"):
        piece = connection.recv(1_024)
        if not piece or len(line) > LONGEST_LINE:
            raise NotOurEngine("the control connection closed early")
        line += piece
    message = json.loads(line)
    if not isinstance(message, dict) or not all(isinstance(value, str) for value in message.values()):
        raise NotOurEngine("the control connection speaks another language")
    return message


class Leases:
    """Counts the leases on an engine and knows when it is time to end."""

    def __init__(self, linger: float, first: float) -> None:
        self._changed = threading.Condition()  # re-entrant: a signal handler may come in between
        self._count = 0
        self._linger = linger
        self._first = first
        self._deadline: float | None = None
        self._ended = False

    def start_clock(self) -> None:
        """Give the first lessee its time; called when the engine is ready."""
        with self._changed:
            self._deadline = time.monotonic() + self._first

    def take(self) -> bool:
        """Count one more lease; False if the engine is already ending."""
        with self._changed:
            if self._ended:
                return False
            self._count += 1
            self._deadline = None
            return True

    def give_back(self) -> None:
        """Count one lease less; the last one starts the clock."""
        with self._changed:
            self._count -= 1
            if self._count == 0:
                self._deadline = time.monotonic() + self._linger
                self._changed.notify_all()

    def end(self) -> None:
        """End now, leases or not."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    @property
    def ended(self) -> bool:
        """True once it was time to end."""
        return self._ended

    def wait(self, at_most: float) -> bool:
        """Wait until it is time to end, or for ``at_most`` seconds; True if it is time."""
        until = time.monotonic() + at_most
        with self._changed:
            while not self._ended:
                now = time.monotonic()
                if self._deadline is not None and now >= self._deadline:
                    self._ended = True
                elif now >= until:
                    return False
                else:
                    self._changed.wait(min(until, self._deadline or until) - now)
            return True


class ControlServer:
    """Answers on the control port of an engine's process."""

    def __init__(self, token: str, leases: Leases) -> None:
        self._token = token
        self._leases = leases
        self._state = ""
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)

    @property
    def port(self) -> int:
        """The port that the system chose."""
        return int(self._listener.getsockname()[1])

    def serve(self, state: State) -> None:
        """Answer from now on, in threads of its own."""
        self._state = state.to_json()
        threading.Thread(target=self._accept, name="control", daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                connection = self._listener.accept()[0]
            except OSError as error:  # out of file handles for a moment: leases must go on
                print(f"The control port could not accept a connection: {error}", flush=True)
                time.sleep(0.2)
                continue
            threading.Thread(target=self._answer, args=(connection,), name="lease", daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection:
            try:
                connection.settimeout(HANDSHAKE_SECONDS)
                self._handshake(connection)
            except (OSError, ValueError) as error:
                print(f"A control connection failed: {error}", flush=True)

    def _handshake(self, connection: socket.socket) -> None:
        ours = secrets.token_hex(16)
        _say(connection, {"nonce": ours})
        request = _read(connection)
        theirs, wish = request.get("nonce", ""), request.get("wish", "")
        proof = _proof(self._token, "client", ours, theirs, wish)
        if not hmac.compare_digest(request.get("proof", ""), proof):
            raise NotOurEngine("the caller does not know the token")
        if wish == STOP:
            self._leases.end()
        leased = wish == LEASE and self._leases.take()
        try:
            welcome = leased or wish == STOP or (wish == STATUS and not self._leases.ended)
            state = self._state if welcome else ""
            _say(connection, {"state": state, "proof": _proof(self._token, "engine", theirs, ours, state)})
            if leased:
                connection.settimeout(None)
                while connection.recv(1_024):
                    continue  # nothing more is said: the end of the connection is the message
        finally:
            if leased:
                self._leases.give_back()
