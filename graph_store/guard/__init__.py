"""May this Cypher run? Judged before it does, where the engine itself would let it.

Three looks, from the cheapest on. The words: what writes, asks the server
about itself, calls a procedure or a function beyond a list of harmless ones.
The loops: what neither a time limit nor an end from outside would stop. The
plan, where the engine's plan tells the truth (Neo4j's does; ArcadeDB's calls a
plain MATCH a write, and there a user that can only read holds by itself).
"""

from collections.abc import Mapping
from typing import Any

from ..cypher.tokens import tokens
from ..engines import ARCADEDB, ENGINES
from ..store import Store
from .loops import refuse_loops
from .plan import refuse_plan
from .words import refuse_words


def refuse_changes(store: Store, cypher: str, parameters: Mapping[str, Any] | None = None) -> None:
    """Refuse a statement that would do more than read the graph, or that nothing could stop.

    Parameters
    ----------
    store
        The connection that it is to run on; one opened for reading.
    cypher
        The statement; it is not run.
    parameters
        The values that it is to run with: they say how long its ranges and lists are.

    Raises
    ------
    WriteRefused
        When it would change something, read files, ask the server about itself, or run away.
    UnreadableCypher
        When a text, a name or a comment in it does not end.
    neo4j.exceptions.Neo4jError
        When the engine finds it wrong.
    """
    pieces = [piece for piece in tokens(cypher) if piece.kind != "comment"]
    refuse_words(cypher, pieces)
    on_arcadedb = store.local is not None and store.local.address.engine == ARCADEDB
    refuse_loops(pieces, parameters, arcadedb=on_arcadedb)
    if on_arcadedb and not store.writable and ENGINES[ARCADEDB].reader_user:
        return
    refuse_plan(store, cypher, pieces)
