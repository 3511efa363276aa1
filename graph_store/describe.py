"""Writes what the schema and the engines' table say as pages to read: ``data/SCHEMA.md`` and ``docs/engines.md``.

``python -m graph_store.describe`` writes them; ``--check`` exits with 1 when one is not current.
"""

import json
import sys
from collections.abc import Iterable
from pathlib import Path

from . import schema
from .engines import DIFFERENCES, ENGINES, Difference
from .kinds import InColumn, NodeKind, Property, RelationshipKind
from .tables import Column, Table, tables

ROOT = Path(__file__).resolve().parent.parent


def schema_page() -> str:
    """The model and its tables as Markdown."""
    parts = [
        "# The model, and the tables that fill it",
        "Written from `graph_store/schema.py` by `python -m graph_store.describe`; change it there.",
        "A date is of day, month or year precision (`2019-02-07`, `2019-02`, `2019`); the graph keeps it as written, "
        "with the first and last day that it may mean beside it (`on_from`, `on_to`). Every node and relationship also "
        "knows its `data_sets` and `sources`, and may carry a `note`.",
        f"Counting: {', '.join(f'`{stage}`' for stage in schema.TAKEN_OVER)} are *taken over*; "
        f"{', '.join(f'`{stage}`' for stage in schema.INTEREST)} are *interest*; `{schema.ENDED[0]}` ends it.",
        "## Nodes",
        *(_node(kind) for kind in schema.NODE_KINDS),
        "## Relationships",
        _rows(
            ("Type", "From", "To", "Said in", "Properties"), (_relationship(kind) for kind in schema.RELATIONSHIP_KINDS)
        ),
        "## Tables",
        "One CSV file or one sheet each. `*` marks what must be filled in; several ids in a cell are separated by `;`.",
        *(_table(item) for item in tables()),
    ]
    return "\n\n".join(parts) + "\n"


def engines_page() -> str:
    """The engines and their differences as Markdown."""
    traits = [
        (
            engine.title,
            "yes" if engine.reader_user else "no",
            "yes" if engine.plan_tells else "no",
            "yes" if engine.timeout_per_transaction else "no",
        )
        for engine in ENGINES.values()
    ]
    rows = [
        (item.subject, f"`{item.probe}`", _answer(item.arcadedb), _of_neo4j(item), f"`{item.instead}`")
        for item in DIFFERENCES
    ]
    parts = [
        "# Where the engines differ",
        "Written from `graph_store/engines.py` by `python -m graph_store.describe`; the tests run every probe on both.",
        _rows(("Engine", "User that can only read", "Plan tells truly", "Time limit per transaction"), traits),
        _rows(("Difference", "Probe", "ArcadeDB answers", "Neo4j answers", "The same on both"), rows),
    ]
    return "\n\n".join(parts) + "\n"


def _of_neo4j(item: Difference) -> str:
    answer = _answer(item.neo4j)
    return answer if item.newer is None else f"{answer}; newer than 5: {_answer(item.newer)}"


PAGES = {"data/SCHEMA.md": schema_page, "docs/engines.md": engines_page}


def main() -> None:
    """Write the pages, or check them with ``--check``."""
    stale = []
    for name, page in PAGES.items():
        file = ROOT / name
        if "--check" not in sys.argv[1:]:
            file.parent.mkdir(exist_ok=True)
            file.write_text(page(), encoding="utf-8")
        elif not file.exists() or file.read_text(encoding="utf-8") != page():
            stale.append(name)
    if stale:
        sys.exit(f"not current: {', '.join(stale)} (run python -m graph_store.describe)")


def _node(kind: NodeKind) -> str:
    own = (schema.IDENTIFIER, schema.NAME, *kind.properties)
    return f"### {kind.label}\n\n{kind.description}.\n\n" + _rows(
        ("Property", "Type", "Unit", "What it is", "Example"), (_property(item) for item in own)
    )


def _property(item: Property) -> tuple[str, ...]:
    what = item.description + (f": {', '.join(f'`{code}`' for code in item.codes)}" if item.codes else "")
    return f"`{item.name}`" + ("*" if item.required else ""), item.type.value, item.unit, what, item.example


def _relationship(kind: RelationshipKind) -> tuple[str, ...]:
    said = [
        f"`{place.column}` of `{schema.node_kind(place.label).table}`"
        if isinstance(place, InColumn)
        else f"`{place.table}`"
        for place in kind.said
    ]
    names = ", ".join(f"`{item.name}`" for item in kind.properties)
    return f"`{kind.type}`", " / ".join(kind.starts), " / ".join(kind.ends), ", ".join(said), names


def _table(item: Table) -> str:
    return f"### {item.name}\n\n" + _rows(
        ("Column", "Holds", "What it is"), (_column(column) for column in item.columns)
    )


def _column(column: Column) -> tuple[str, ...]:
    holds = (
        " / ".join(column.refers_to) + " id" + ("s" if column.many else "")
        if column.refers_to
        else column.property.type.value
    )
    return f"`{column.name}`" + ("*" if column.required else ""), holds, column.property.description


def _rows(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def _answer(answer: object) -> str:
    return answer if isinstance(answer, str) else f"`{json.dumps(answer)}`"


if __name__ == "__main__":
    main()
