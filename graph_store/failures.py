"""What an engine or the way to it can refuse, each in a sentence with the next thing to try.

One catalogue, by the codes that engines send. What is wrong with a statement is
not in it: those errors go on as they are. No sentence holds a user's password,
nor what an engine said in its own words, which might.
"""

import logging
import re
import socket
import ssl
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

from neo4j.exceptions import Neo4jError, WriteServiceUnavailable

from languages.words import N_, _

from .errors import EngineAway, EngineRefuses, ExplorerError, LoadTooLarge, NoSpaceLeft, TookTooLong, WriteRefused

# The driver tells of each attempt that it repeats, on the terminal of whoever runs a command.
logging.getLogger("neo4j").addHandler(logging.NullHandler())

OLDEST_SUPPORTED: Final = (5, 26)
_PROBE_SECONDS: Final = 3.0

Entry = tuple[type[ExplorerError], str]

_WRONG_PASSWORD: Final = N_("{address} refuses this user and password. Check NEO4J_USERNAME and NEO4J_PASSWORD.")
_TOO_LARGE: Final = N_(
    "The engine has too little memory for so much in one transaction; nothing was changed. Give it more "
    "(EXPLORER_HEAP for the local engine; db.memory.transaction.max and the heap of your own Neo4j), "
    "or load with --in-steps."
)
_TIME_LIMIT: Final = N_(
    "The engine ended the transaction at its time limit; nothing was changed. Raise the limit "
    "(EXPLORER_COMMAND_TIMEOUT for the local engine; db.transaction.timeout of your own Neo4j), "
    "or load with --in-steps."
)
_FAILED: Final = N_(
    "The engine at {address} failed in the middle of the load and does not say why; nothing was changed. Most often "
    "it has too little memory: give it more (EXPLORER_HEAP for the local engine), or load with --in-steps. "
    "Its log says more."
)
_DISK_FULL: Final = N_(
    "The disk of the engine at {address} is full; nothing was changed. Make room there, then try again."
)
_NO_LEADER: Final = N_(
    "The cluster at {address} has no member that takes changes at the moment; nothing was changed. "
    "Try again in a minute; if it stays so, ask whoever runs it."
)
_READ_ONLY: Final = N_(
    "The database at {address} only lets itself be read; nothing was changed. "
    "Load into its writable member, or make it writable (ALTER DATABASE … SET ACCESS READ WRITE)."
)

# By the last part of the code, whatever the engine.
_OF_PLACE: Final[Mapping[str, Entry]] = MappingProxyType(
    {
        "Unauthorized": (EngineRefuses, _WRONG_PASSWORD),
        "TokenExpired": (EngineRefuses, _WRONG_PASSWORD),
        "AuthenticationRateLimit": (
            EngineRefuses,
            N_(
                "{address} had too many wrong passwords in a row and refuses all for some seconds. "
                "Check NEO4J_USERNAME and NEO4J_PASSWORD, wait ten seconds, then try again."
            ),
        ),
        "CredentialsExpired": (
            EngineRefuses,
            N_(
                "The password of this user at {address} must be changed before first use: "
                "log in there once and choose another, then set NEO4J_PASSWORD to it."
            ),
        ),
        "DatabaseNotFound": (
            EngineRefuses,
            N_(
                "There is no database of that name at {address}. "
                "Check NEO4J_DATABASE; leave it out for the server's own."
            ),
        ),
        "DatabaseUnavailable": (
            EngineAway,
            N_(
                "The database at {address} is stopped or just starting. Try again in a minute, "
                "or start it there (START DATABASE)."
            ),
        ),
        "ForbiddenOnReadOnlyDatabase": (WriteRefused, _READ_ONLY),
        "NotALeader": (EngineAway, _NO_LEADER),
        "ReplicationFailure": (EngineAway, _NO_LEADER),
    }
)
_OF_LOAD: Final[Mapping[str, Entry]] = MappingProxyType(
    {
        "MemoryPoolOutOfMemoryError": (LoadTooLarge, _TOO_LARGE),
        "TransactionOutOfMemoryError": (LoadTooLarge, _TOO_LARGE),
        "OutOfMemoryError": (LoadTooLarge, _TOO_LARGE),
        "StackOverFlowError": (LoadTooLarge, _TOO_LARGE),
        "UnknownError": (LoadTooLarge, _FAILED),  # all that ArcadeDB says when its heap is full
        "TransactionTimedOut": (TookTooLong, _TIME_LIMIT),
        "TransactionTimedOutClientConfiguration": (TookTooLong, _TIME_LIMIT),
        "Forbidden": (
            WriteRefused,
            N_(
                "This user may read the graph at {address} but not change it. "
                "Load as another user (NEO4J_USERNAME), or have this one given the right to write."
            ),
        ),
    }
)
_DISK: Final = re.compile(r"no space left|not enough (disk )?space|disk (is )?full|out of disk", re.IGNORECASE)
_MEMORY: Final = re.compile(r"java heap|OutOfMemory|in-heap|HeapElements", re.IGNORECASE)


def of_place(error: Exception, address: str) -> ExplorerError | None:
    """The error to raise for one that has to do with the server, not with a statement; None for others."""
    if isinstance(error, WriteServiceUnavailable):
        return EngineAway(_(_NO_LEADER).format(address=address))
    return _from(_OF_PLACE, error, address)


def of_load(error: Exception, address: str) -> ExplorerError | None:
    """The same for a transaction that writes, whose statements are our own: no memory, no time, no room, no right."""
    if not isinstance(error, Neo4jError):
        return None
    said = f"{error.code} {error.message}"
    if _DISK.search(said):
        return NoSpaceLeft(_(_DISK_FULL).format(address=address))
    if _MEMORY.search(said):
        return LoadTooLarge(_(_TOO_LARGE))
    return _from(_OF_LOAD, error, address)


def no_way(error: BaseException, address: str) -> EngineAway:
    """Why no connection came about: the name, the port, what listens there, or its encryption."""
    chain = list(_chain(error))
    encrypted = "+s" in address.partition("://")[0]
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in chain):
        return EngineRefuses(_certificate(address))
    if encrypted and any(isinstance(cause, ssl.SSLError) for cause in chain):
        return EngineRefuses(
            _(
                "{address} does not answer with encryption. If the server has none, write bolt:// or neo4j:// "
                "in NEO4J_URI; otherwise check the port."
            ).format(address=address)
        )
    if any(isinstance(cause, socket.gaierror) for cause in chain):
        return EngineAway(
            _("No computer of the name in {address} is known. Check the name in NEO4J_URI and the network.").format(
                address=address
            )
        )
    refused = any(isinstance(cause, ConnectionRefusedError) for cause in chain)
    said = " ".join(str(cause) for cause in chain)
    if not refused and "andshake" in said:
        return _not_bolt(address)
    return away(address)


def away(address: str) -> EngineAway:
    """Nobody answers."""
    return EngineAway(
        _("No graph database answers at {address}. Check that it runs and that NEO4J_URI names it.").format(
            address=address
        )
    )


def too_old(agent: str, address: str) -> EngineRefuses | None:
    """The error to raise for a server older than what is supported, by what it says of itself; None otherwise."""
    said = re.match(r"Neo4j/v?(\d+)\.(\d+)", agent)
    if said is None or (int(said[1]), int(said[2])) >= OLDEST_SUPPORTED or "compatible" in agent:
        return None
    return EngineRefuses(
        _(
            "{address} is {server}, which is too old: Neo4j {oldest} or newer is needed. Ask for an upgrade there."
        ).format(address=address, server=agent.replace("/", " "), oldest=".".join(map(str, OLDEST_SUPPORTED)))
    )


def _from(entries: Mapping[str, Entry], error: Exception, address: str) -> ExplorerError | None:
    code = getattr(error, "code", None) or ""
    kind, sentence = entries.get(code.rpartition(".")[2], (None, ""))
    return kind(_(sentence).format(address=address)) if kind else None


def _certificate(address: str) -> str:
    return _(
        "The certificate of {address} is signed by nobody whom this computer trusts, or made out to another name. "
        "Have it replaced; for a certificate that the server signed itself, write +ssc instead of +s in NEO4J_URI."
    ).format(address=address)


def _not_bolt(address: str) -> EngineAway:
    """Somebody listens who does not speak as asked: find out with two short questions who it is."""
    split = urlsplit(address)
    host, port = split.hostname or "localhost", split.port or 7687
    if "+s" not in split.scheme and _answers_in_tls(host, port):
        return EngineRefuses(
            _("The server at {address} asks for encryption: write bolt+s:// or neo4j+s:// in NEO4J_URI.").format(
                address=address
            )
        )
    if _answers_in_http(host, port):
        return EngineRefuses(
            _(
                "A web server answers at {address}. NEO4J_URI needs the Bolt port, which is usually 7687 (not 7474)."
            ).format(address=address)
        )
    return EngineAway(
        _(
            "Something listens at {address}, but it does not answer as a graph database does. "
            "Check the port in NEO4J_URI (usually 7687)."
        ).format(address=address)
    )


def _answers_in_tls(host: str, port: int) -> bool:
    anyone = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    anyone.check_hostname, anyone.verify_mode = False, ssl.CERT_NONE  # nothing is said there: only who it is
    try:
        with (
            socket.create_connection((host, port), timeout=_PROBE_SECONDS) as plain,
            anyone.wrap_socket(plain, server_hostname=host),
        ):
            return True
    except (OSError, ValueError):
        return False


def _answers_in_http(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=_PROBE_SECONDS) as connection:
            connection.sendall(b"HEAD / HTTP/1.0\r\n\r\n")
            return connection.recv(5) == b"HTTP/"
    except OSError:
        return False


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An error, what it came from, and what it was made of."""
    waiting, seen = [error], set[int]()
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting += [cause for cause in (one.__cause__, one.__context__) if cause is not None]
        if isinstance(one, BaseExceptionGroup):
            waiting += one.exceptions
