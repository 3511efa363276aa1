"""A network of a few rows, and what the graph says after loads of it."""

import hashlib
import json
from pathlib import Path

from graph_loader import api
from graph_loader.report import LoadReport
from graph_store.schema import NODE_KINDS
from graph_store.store import Row, Store

REGIONS = "id,name,kind,country,part_of,source\nnl,Netherlands,country,NL,,s1\nzeeland,Zeeland,province,NL,nl,s1\n"
SOURCES = "id,name\ns1,Minutes\n"
VISITS = "id,name,on,kind\nspring,Spring visit,2019-04,work visit\n"
ATTENDANCES = "attendee,visit,delegates\nzeeland,spring,4\n"


def folder(tmp_path: Path, name: str, **tables: str) -> Path:
    """A folder of CSV files that says which data set it is."""
    path = tmp_path / name
    path.mkdir(exist_ok=True)
    for file in path.iterdir():
        file.unlink()
    for table, text in {"data_set": f"id,name,kind\n{name},Data set {name},recorded\n", **tables}.items():
        (path / f"{table}.csv").write_text(text, encoding="utf-8")
    return path


def loaded(store: Store, path: Path) -> LoadReport:
    report = api.load(path, "", store)
    assert report.loaded, [str(fault) for fault in report.report.faults]
    return report


def content(store: Store) -> tuple[dict[str, dict[str, object]], dict[str, dict[str, object]]]:
    """All nodes and relationships that people see, by label and id, and by type and key."""
    nodes, ties = _seen(store)
    return (
        {f"{row['n']['_labels'][0]} {row['n']['id']}": row["n"] for row in nodes},
        {
            f"{row['r']['_type']} {row['r']['key']}": {**row["r"], "start": row["start"], "end": row["end"]}
            for row in ties
        },
    )


def checksum(store: Store) -> str:
    """A fingerprint of all that people see, with every property; of two that are alike, too."""
    nodes, ties = _seen(store)
    lines = sorted(json.dumps(row, default=str, sort_keys=True) for row in [*nodes, *ties])
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _seen(store: Store) -> tuple[list[Row], list[Row]]:
    labels = [kind.label for kind in NODE_KINDS]
    nodes = store.read("MATCH (n) WHERE labels(n)[0] IN $labels RETURN n ORDER BY n.id", {"labels": labels})
    ties = store.read(
        "MATCH (a)-[r]->(b) RETURN labels(a)[0] AS from, a.id AS start, labels(b)[0] AS to, b.id AS end, r "
        "ORDER BY r.key"
    )
    return nodes, ties
