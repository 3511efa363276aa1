"""Command ``graph-loader``: from tables to the graph.

Exit codes: 0 done, 1 faults in the data, 2 wrong use or no engine.
"""

import os
import sys

from neo4j.exceptions import Neo4jError

from graph_store.errors import ExplorerError
from languages.words import _

from .commands import graph, history, keeping, made_up, tables, trust
from .commands.terminal import WRONG, app

__all__ = ["app", "graph", "history", "keeping", "made_up", "main", "tables", "trust"]


def main() -> None:
    """Run the command; what goes wrong is told in one sentence."""
    try:
        app()
    except ExplorerError as error:
        _fail(str(error))
    except Neo4jError as error:
        _fail(_("The graph engine refused: {reason}").format(reason=(error.message or str(error)).splitlines()[0]))
    except BrokenPipeError:
        # The reader of our output, such as `head`, has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        _fail(f"{error.filename or ''}: {error.strerror or error}".lstrip(": "))


def _fail(sentence: str) -> None:
    print(sentence, file=sys.stderr)
    sys.exit(WRONG)


if __name__ == "__main__":
    main()
