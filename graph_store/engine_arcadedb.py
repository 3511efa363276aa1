"""How ArcadeDB is started inside the engine's process, its users made, and how it is stopped."""

from __future__ import annotations

import importlib.metadata
import json
import os
from typing import Any, Final

from graph_store.engine_home import Folder, Limits, Secrets

DATABASE: Final = "partnership"
READER_GROUP: Final = "reader"
READ_ONLY: Final = {
    "access": [],
    "resultSetLimit": -1,
    "readTimeout": -1,
    "types": {"*": {"access": ["readRecord"]}},
}


class ArcadeDB:
    """ArcadeDB with its Bolt listener on loopback, in this process."""

    def __init__(self, folder: Folder, secrets: Secrets, limits: Limits) -> None:
        self._folder = folder
        self._secrets = secrets
        self._limits = limits
        self._server: Any = None  # the wheel has no types

    @property
    def version(self) -> str:
        """Version of the engine."""
        return importlib.metadata.version("arcadedb-embedded")

    @property
    def database(self) -> str:
        """Name of the one database."""
        return DATABASE

    def start(self) -> str:
        """Start the engine; returns the address of its Bolt listener."""
        os.environ.setdefault("ARCADEDB_JVM_ERROR_FILE", str(self._folder.path / "log" / "hs_err_pid%p.log"))
        from arcadedb_embedded.server import ArcadeDBServer

        self._forget_users()
        self._server = ArcadeDBServer(
            str(self._folder.path),
            self._secrets.password,
            config={
                "host": "127.0.0.1",
                "http_port": 0,
                # "production" would hide the text of every error, such as line and column of a syntax error
                "mode": "development",
                "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
                "bolt_port": 0,
            },
            jvm_kwargs={"heap_size": self._limits.heap, "jvm_args": self._java_options()},
        )
        self._server.start()
        java = self._server._java_server
        java.getHttpServer().stopService()  # SQL and administration go that way; Bolt is all we need
        java.getOrCreateDatabase(DATABASE)
        self._make_reader(java.getSecurity())
        return f"bolt://127.0.0.1:{self._bolt_port(java)}"

    def stop(self) -> None:
        """Stop in an orderly way: what is committed is closed and flushed."""
        if self._server is not None:
            self._server.stop()

    def _java_options(self) -> list[str]:
        """Settings that work as Java options only (as server settings several have no effect)."""
        return [
            "-Xrs",  # leaves SIGTERM and SIGINT to Python
            "-XX:+UseSerialGC",
            "-Djava.net.preferIPv4Stack=true",
            f"-Darcadedb.command.timeout={round(self._limits.command_timeout * 1000)}",
            "-Darcadedb.txWalFlush=2",  # a commit survives a power cut
            "-Darcadedb.queryMaxConcurrent=-1",  # a bounded number of slots leaks, see the design notes
            "-Darcadedb.opencypher.loadCsv.allowRemoteUrls=false",
            "-Darcadedb.opencypher.loadCsv.allowFileUrls=false",
        ]

    def _forget_users(self) -> None:
        """Drop the stored users: they are made anew from the secrets, whatever happened to either."""
        for name in ("server-users.jsonl", "server-users.json"):
            (self._folder.path / "config" / name).unlink(missing_ok=True)

    def _make_reader(self, security: Any) -> None:
        from jpype import JClass

        as_json = JClass("com.arcadedb.serializer.json.JSONObject")
        groups = json.loads(str(security.groupsToJSON()))
        if groups["databases"].get("*", {}).get("groups", {}).get(READER_GROUP) != READ_ONLY:
            security.saveGroup("*", READER_GROUP, as_json(json.dumps(READ_ONLY)))
        if security.existsUser(self._secrets.reader_username):
            security.dropUser(self._secrets.reader_username)
        user = {
            "name": self._secrets.reader_username,
            "password": str(security.encodePassword(self._secrets.reader_password)),
            "databases": {DATABASE: [READER_GROUP]},
        }
        security.createUser(as_json(json.dumps(user)))

    @staticmethod
    def _bolt_port(java: Any) -> int:
        for plugin in java.getPlugins():
            if str(plugin.getName()) == "Neo4j-Bolt":
                return int(plugin.getPort())
        raise RuntimeError("ArcadeDB started without its Bolt plugin")
