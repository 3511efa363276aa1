"""May this Cypher run? Judged before it does, where the engine itself would let it.

The local ArcadeDB has a user that can only read, which holds by itself. A
read transaction of Neo4j refuses writes, yet lets `LOAD CSV` read files and
call out, and lets `SHOW` and `CALL` tell of users and settings; other engines
behind an address may not refuse anything. `EXPLAIN` runs a schema statement
on ArcadeDB, so the words are looked at before a plan is asked for.
"""

import re
from collections.abc import Iterator
from typing import Any

import neo4j

from languages.words import _

from .engines import ENGINES
from .errors import WriteRefused
from .store import Store

# Calls that only describe the graph; every other procedure is refused on a server.
HARMLESS_CALLS = ("db.labels", "db.relationshiptypes", "db.propertykeys", "db.schema.visualization", "dbms.components")

_HIDDEN = re.compile(r"//[^\n]*|/\*.*?\*/|'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|`[^`]*`", re.DOTALL)
_CHANGES = re.compile(
    r"(?<![\w.:$])(CREATE|MERGE|DELETE|DETACH|INSERT|SET|REMOVE|DROP|FOREACH|ALTER|GRANT|DENY|REVOKE|RENAME|TERMINATE"
    r"|LOAD\s+CSV|IN\s+(?:\w+\s+)?(?:CONCURRENT\s+)?TRANSACTIONS|USE)\b(?!\s*[:.,)=])",
    re.IGNORECASE,
)
_CALLED = re.compile(r"(?<![\w.:$])CALL\s+([A-Za-z][\w.]*)", re.IGNORECASE)
_REFUSED_OPERATORS = ("LoadCSV", "Show", "Terminate")


def refuse_changes(store: Store, cypher: str) -> None:
    """Refuse a statement that would do more than read the graph.

    Parameters
    ----------
    store
        The connection that it is to run on; one opened for reading.
    cypher
        The statement; it is not run.

    Raises
    ------
    WriteRefused
        When it would change something, read files or ask the server about itself.
    neo4j.exceptions.Neo4jError
        When the engine finds it wrong.
    """
    if store.local and not store.writable and ENGINES[store.local.address.engine].reader_user:
        return
    if "\\u" in cypher:  # Neo4j reads \\u0043REATE as CREATE, and \\u0027 as the end of a text
        raise WriteRefused(
            _("Write the letters themselves instead of \\u codes: the statement cannot be judged otherwise.")
        )
    text = _HIDDEN.sub(lambda found: " " * len(found[0]), cypher)
    changing = _CHANGES.search(text)
    if changing:
        raise WriteRefused(_sentence(changing[1].upper()))
    for called in _CALLED.finditer(text):
        if called[1].lower() not in HARMLESS_CALLS:
            raise WriteRefused(_sentence(f"CALL {called[1]}"))
    _judge_plan(store, cypher)


def _judge_plan(store: Store, cypher: str) -> None:
    with store.driver.session(database=store.database, default_access_mode=neo4j.READ_ACCESS) as session:
        summary = session.run(f"EXPLAIN {cypher}").consume()
    operators = list(_operators(summary.plan))
    if any(operator.startswith("ArcadeDB") for operator in operators):
        return  # its plans do not tell; the words above are all there is
    for operator in operators:
        if operator.startswith(_REFUSED_OPERATORS):
            raise WriteRefused(_sentence(operator.partition("@")[0]))
    calls_only = "ProcedureCall@" in "".join(operators)  # checked by name above; some of them count as "schema"
    if summary.query_type != "r" and not (calls_only and summary.query_type == "s"):
        raise WriteRefused(_("Only reading is allowed here, and this statement would change something."))


def _operators(plan: Any) -> Iterator[str]:
    if plan:
        yield str(plan["operatorType"])
        for child in plan.get("children", []):
            yield from _operators(child)


def _sentence(what: str) -> str:
    refusal = _(
        "Only reading the graph is allowed here, and {what} does more. A name of that spelling goes in backticks."
    )
    return refusal.format(what=what)
