"""Write ``queries/README.md``: what each query asks, takes and returns, with its worked example.

``python -m queries.reference`` writes the page; a test checks that it is current.
"""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from .examples import Example, examples
from .library import queries
from .reading import Query, introduction
from .written import Format, written

PAGE = Path(__file__).parent / "README.md"
ROWS_SHOWN = 6

_OPENING = """# The query library

Named questions to the graph. Views, commands and notebooks ask them by name:

```python
from queries import library

library.run("most_connected", limit=5)  # a DataFrame, with the columns given below, also where nothing is found
library.rows("most_connected", limit=5)  # the same as a list of dicts
```

```bash
graph-query list
graph-query show partners_of
graph-query run most_connected -p limit=5 --format csv
echo 'MATCH (r:Region) RETURN r.name AS name LIMIT 5' | graph-query cypher -
```

A query lives in the `.cypher` file of its subject, under a header in words; loading fails, naming file and line,
when header and Cypher differ, when the schema lacks a name, or when order or limit is missing. A default in capitals
is a constant of `graph_store/schema.py`. Each query has its example in `tests/queries/`, run on every engine; the
examples below are those, and columns that are empty in all their rows are left out of them.

This page is written by `python -m queries.reference`; change the `.cypher` files instead.
"""


def page() -> str:
    """The whole page as text."""
    by_query: dict[str, Example] = {}
    for example in examples():
        by_query.setdefault(example.query, example)
    parts = [_OPENING]
    for subject, found in groupby(queries(), key=lambda item: item.subject):
        listed = list(found)
        parts.append(f"## {subject.capitalize()}\n\n{introduction(listed[0].file)}\n")
        parts += ["\n".join(_section(item, by_query.get(item.name))) for item in listed]
    return "\n".join(parts)


def _section(query: Query, example: Example | None) -> Iterator[str]:
    yield f"### {query.name}\n\n**{query.title}.** {query.description}\n"
    takes = ", ".join(f"`{parameter}`" for parameter in query.params) or "nothing"
    yield f"- takes {takes}\n- returns {', '.join(f'`{column}`' for column in query.returns)}\n"
    if example:
        yield _shown(example)


def _shown(example: Example) -> str:
    given = "".join(f", {key}={value!r}" for key, value in example.parameters.items())
    rows = example.expected
    columns = [column for column in rows[0] if any(row[column] not in (None, []) for row in rows)] if rows else []
    table = written(columns, rows[:ROWS_SHOWN], Format.TABLE)
    more = f"\n… {len(rows) - ROWS_SHOWN} more" if len(rows) > ROWS_SHOWN else ""
    return f'```\nlibrary.run("{example.query}"{given})\n\n{table}{more}\n```\n'


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
