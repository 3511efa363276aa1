"""Where a local engine lives and how it is set: its folder, its secrets, its state, its limits.

Both sides read this module: the client that finds or starts an engine, and the engine's own process.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import platformdirs

from graph_store.errors import EngineAway, WrongUse
from languages.words import _

ENGINES: Final = ("arcadedb", "neo4j")
PROCESS_MODULE: Final = "graph_store.engine_process"
USERS: Final = {"arcadedb": ("root", "reader"), "neo4j": ("neo4j", "neo4j")}
"""Names of the writing and the reading user; Neo4j's free edition knows no roles: one user there."""
OWNER_ONLY_FILE: Final = 0o600
OWNER_ONLY_FOLDER: Final = 0o700


def home() -> Path:
    """Folder of all that the local engines keep: ``EXPLORER_HOME``, or the user's data folder."""
    chosen = os.environ.get("EXPLORER_HOME", "").strip()
    if chosen:
        return Path(chosen).expanduser().resolve()
    return platformdirs.user_data_path("partnership-explorer")


def engine_name() -> str:
    """Name of the local engine: ``EXPLORER_ENGINE``, or ``arcadedb``.

    Raises
    ------
    WrongUse
        If the variable names an engine that does not exist.
    """
    return known_engine(os.environ.get("EXPLORER_ENGINE", "").strip() or ENGINES[0])


def known_engine(name: str) -> str:
    """The name itself, lower case.

    Raises
    ------
    WrongUse
        If there is no such engine.
    """
    if name.lower() in ENGINES:
        return name.lower()
    raise WrongUse(
        _('EXPLORER_ENGINE is "{name}", which is no engine: set it to "arcadedb" or "neo4j", or leave it out.').format(
            name=name
        )
    )


@dataclass(frozen=True)
class Secrets:
    """The generated passwords of one engine and the token of its control connection."""

    username: str
    password: str
    reader_username: str
    reader_password: str
    token: str


@dataclass(frozen=True)
class State:
    """What a running engine says of itself; written when it is ready, removed when it ends."""

    pid: int
    control_port: int
    uri: str
    database: str
    engine: str
    version: str
    started: float

    def to_json(self) -> str:
        """The state as text."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> State:
        """The state from its text.

        Raises
        ------
        ValueError
            If the text is no state: broken, or of another version.
        """
        try:
            return cls(**json.loads(text))
        except TypeError as error:
            raise ValueError(str(error)) from error


@dataclass(frozen=True)
class Limits:
    """What an engine may use."""

    command_timeout: float
    """Longest run of one statement, in seconds."""
    heap: str
    """Largest Java heap, such as ``2g``."""
    linger: float
    """Seconds an engine stays after its last lease, so that two commands in a row share it."""

    @classmethod
    def from_environment(cls) -> Limits:
        """Limits from ``EXPLORER_COMMAND_TIMEOUT``, ``EXPLORER_HEAP`` and ``EXPLORER_LINGER``.

        Raises
        ------
        WrongUse
            If one of them cannot be read.
        """
        heap = os.environ.get("EXPLORER_HEAP", "").strip().lower() or "2g"
        if not re.fullmatch(r"[1-9]\d*[mg]", heap):
            raise WrongUse(
                _(
                    'EXPLORER_HEAP is "{heap}", which is no size: write megabytes or gigabytes, such as 512m or 2g.'
                ).format(heap=heap)
            )
        timeout = _seconds("EXPLORER_COMMAND_TIMEOUT", 30.0, least=0.1)
        return cls(timeout, heap, linger=_seconds("EXPLORER_LINGER", 3.0, least=0.0))


def _seconds(variable: str, default: float, least: float) -> float:
    text = os.environ.get(variable, "").strip()
    if not text:
        return default
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not least <= value <= 86_400:
        raise WrongUse(
            _('{variable} is "{text}": write a number of seconds from {least} to 86400.').format(
                variable=variable, text=text, least=f"{least:g}"
            )
        )
    return value


@dataclass(frozen=True)
class Folder:
    """The folder of one engine and the files in it."""

    path: Path

    @classmethod
    def of(cls, home_folder: Path, engine: str) -> Folder:
        """The folder of ``engine`` under ``home_folder``; nothing is made yet."""
        return cls(home_folder.expanduser().resolve() / engine)

    @property
    def secrets_file(self) -> Path:
        """Passwords and token, readable by the owner only."""
        return self.path / "secrets.json"

    @property
    def state_file(self) -> Path:
        """Where the running engine listens."""
        return self.path / "state.json"

    @property
    def log_file(self) -> Path:
        """What the engine's process printed since its last start."""
        return self.path / "engine.log"

    @property
    def start_lock(self) -> Path:
        """Held by the one client that is starting or ending the engine."""
        return self.path / "start.lock"

    @property
    def engine_lock(self) -> Path:
        """Held by the engine's process as long as it lives."""
        return self.path / "engine.lock"

    def make(self) -> None:
        """Make the folder, open to its owner only.

        Raises
        ------
        EngineAway
            If it cannot be made or written to.
        """
        try:
            self.path.mkdir(mode=OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
            self.path.chmod(OWNER_ONLY_FOLDER)
        except OSError as error:
            raise self.unusable(error) from error

    def unusable(self, error: OSError) -> EngineAway:
        """The error to raise when the system refuses to read or write here."""
        return EngineAway(
            _(
                "The folder {folder} of the local engine cannot be used ({reason}): "
                "set EXPLORER_HOME to a folder that you may write to."
            ).format(folder=self.path, reason=error.strerror or error)
        )

    def secrets(self) -> Secrets | None:
        """The secrets, or None if none were made yet or their file is broken."""
        try:
            return Secrets(**json.loads(self.secrets_file.read_text(encoding="utf-8")))
        except (FileNotFoundError, NotADirectoryError, ValueError, TypeError):
            return None

    def secrets_made(self, engine: str) -> Secrets:
        """The secrets; made and written first if there are none."""
        there = self.secrets()
        if there is not None:
            self.secrets_file.chmod(OWNER_ONLY_FILE)
            return there
        username, reader_username = USERS[engine]
        password = secrets.token_urlsafe(24)
        same_user = username == reader_username
        made = Secrets(
            username=username,
            password=password,
            reader_username=reader_username,
            reader_password=password if same_user else secrets.token_urlsafe(24),
            token=secrets.token_urlsafe(32),
        )
        self.write(self.secrets_file, json.dumps(asdict(made)))
        return made

    def state(self) -> State | None:
        """What the running engine wrote, or None if nothing readable is there."""
        try:
            return State.from_json(self.state_file.read_text(encoding="utf-8"))
        except (FileNotFoundError, NotADirectoryError, ValueError):
            return None

    def write(self, file: Path, text: str) -> None:
        """Write a file of this folder in one step, readable by its owner only."""
        handle, name = tempfile.mkstemp(dir=self.path, prefix=file.name, suffix=".new")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
            os.replace(name, file)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise

    def last_telling_line(self) -> str:
        """The last line of the log that says something, for an error message; may be empty."""
        try:
            with self.log_file.open("rb") as stream:
                stream.seek(max(0, self.log_file.stat().st_size - 20_000))
                lines = stream.read().decode("utf-8", errors="replace").splitlines()
        except OSError:
            return ""
        stripped = [line.strip() for line in lines]
        telling = [line for line in stripped if line and not line.startswith(("at ", "#"))]
        faults = re.compile(r"error|exception|cannot|refused|failed", re.IGNORECASE)
        last = max((number for number, line in enumerate(telling) if faults.search(line)), default=len(telling) - 1)
        return ": ".join(telling[max(last, 0) : last + 2])[:300]  # Java tells the reason in the line after
