"""Write ``queries/README.md``: what each query asks, takes and returns, with what it answers on the demo.

``python -m queries.reference`` writes the page; ``--check`` exits with 1 when it is not current. Both start a
local engine of their own and load the demo into it.
"""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from graph_store import embedded
from graph_store.store import open_store

from . import library
from .examples import on_the_demo
from .library import queries
from .reading import Query, introduction
from .trying import Trier
from .written import Format, plain, written

PAGE = Path(__file__).parent / "README.md"
DEMO = Path(__file__).parent.parent / "data" / "demo"
ROWS_SHOWN = 5
COLUMNS_SHOWN = 7
Answers = Mapping[str, Sequence[Mapping[str, Any]]]

_OPENING = """# The query library

Named questions to the graph. Views, commands and notebooks ask them by name:

```python
from queries import library

library.run("most_connected", limit=5)  # a DataFrame, with the columns given below, also where nothing is found
library.rows("most_connected", limit=5)  # the same as a list of dicts
```

```bash
graph-query list
graph-query search visits without result
graph-query show partners_of
graph-query run most_connected -p limit=5 --format csv
graph-query favourites my-favourites   # a folder that Neo4j Browser takes as it is
echo 'MATCH (r:Region) RETURN r.name AS name LIMIT 5' | graph-query cypher -
```

A query lives in the `.cypher` file of its subject, under a header in words; loading fails, naming file and line,
when header and Cypher differ, when the schema lacks a name, or when order or limit is missing. A default in capitals
is a constant of `graph_store/schema.py`. Each query has its example in `tests/queries/`, run on every engine; what is
shown below is the answer on the demo network: its first rows, without columns that are empty in all of them.

This page is written by `python -m queries.reference`; change the `.cypher` files instead.
"""


def page(answers: Answers, asked: Mapping[str, Mapping[str, Any]]) -> str:
    """The whole page as text.

    Parameters
    ----------
    answers
        Rows of each query on the demo.
    asked
        What was asked for beyond what queries take by themselves, by query.
    """
    parts = [_OPENING, _contents()]
    for subject, found in groupby(queries(), key=lambda item: item.subject):
        listed = sorted(found, key=lambda item: not item.is_question)
        parts.append(f"## {subject.capitalize()}\n\n{introduction(listed[0].file)}\n")
        parts += ["\n".join(_section(item, answers[item.name], asked.get(item.name, {}))) for item in listed]
    return "\n".join(parts)


def demo_answers() -> tuple[dict[str, list[dict[str, Any]]], dict[str, dict[str, Any]]]:
    """Rows of every query on the demo, loaded into a local engine of its own, and what was asked for."""
    with TemporaryDirectory() as home:
        environment = {**os.environ, "EXPLORER_HOME": home, "EXPLORER_ENGINE": "arcadedb", "NEO4J_URI": ""}
        load = [sys.executable, "-m", "graph_loader.cli", "load", str(DEMO)]
        subprocess.run(load, env=environment, cwd=DEMO.parent.parent, check=True, stdout=subprocess.DEVNULL)
        try:
            with open_store(home=Path(home)) as store:
                trier, own = Trier(store), on_the_demo()
                asked = {item.name: trier.values(item, own.get(item.name)) for item in queries()}
                answers = {
                    name: [plain(row) for row in library.rows(name, store=store, **values)]
                    for name, values in asked.items()
                }
        finally:
            embedded.stop(Path(home), "arcadedb")
    return answers, asked


def _contents() -> str:
    """How many queries there are of each subject, with links."""
    counted = {subject: len(list(found)) for subject, found in groupby(queries(), key=lambda item: item.subject)}
    listed = " · ".join(f"[{subject.capitalize()}](#{subject}) ({count})" for subject, count in counted.items())
    return f"{sum(counted.values())} queries: {listed}\n"


def _section(query: Query, rows: Sequence[Mapping[str, Any]], asked: Mapping[str, Any]) -> Iterator[str]:
    title = query.title if query.is_question else f"{query.title}."
    yield f"### {query.name}\n\n**{title}** {query.description}\n"
    takes = "".join(f"\n  - `{item}`: {_words(query, item.name)}" for item in query.params) or " nothing"
    yield (
        f"- takes{takes}\n- returns {', '.join(f'`{column}`' for column in query.returns)}\n"
        f"- best seen as {', '.join(f'`{look}`' for look in query.looks)}\n"
    )
    yield _shown(query, rows, asked)


def _words(query: Query, name: str) -> str:
    asked = query.asked[name]
    return f"{asked.words} ({asked.source})" if asked.source else asked.words


def _shown(query: Query, rows: Sequence[Mapping[str, Any]], asked: Mapping[str, Any]) -> str:
    given = "".join(f", {key}={value!r}" for key, value in asked.items())
    some = rows[:ROWS_SHOWN]
    told = [name for name in query.returns if any(row[name] not in (None, []) for row in some)]
    table = written(told[:COLUMNS_SHOWN], some, Format.TABLE, widest=32)
    more = f"\n… {len(rows) - ROWS_SHOWN} more" if len(rows) > ROWS_SHOWN else ""
    return f'```\nlibrary.run("{query.name}"{given})\n\n{table}{more}\n```\n'


def main() -> None:
    """Write the page, or check it with ``--check``."""
    text = page(*demo_answers())
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(text, encoding="utf-8")
    elif text != PAGE.read_text(encoding="utf-8"):
        sys.exit("not current: queries/README.md (run python -m queries.reference)")


if __name__ == "__main__":
    main()
