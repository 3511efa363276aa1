"""A thousand workbooks and CSV folders changed by chance: each is loaded whole, or its faults are told."""

import random
from pathlib import Path
from typing import Any

from graph_loader import api
from graph_loader.rows import DataSetRows
from graph_loader.sources import read
from graph_loader.validate import Examination, examine
from graph_store.schema import NODE_KINDS
from graph_store.store import Store
from tests.mutated_tables import FORMATS, WRITERS, plain_tables, write_mutated

ALL, LOADED = 1_000, 120
NAME = "mutated"
BEFORE = "id,name,kind\nbefore,What was there before,recorded\n"
Content = tuple[dict[tuple[str, str], dict[str, Any]], dict[tuple[str, str, str, str], dict[str, Any]]]


def examined(path: Path, *kept: DataSetRows) -> Examination:
    """What the checks find; every sentence of it can be said."""
    reading = read([path])
    found = examine(reading, kept, NAME)
    for said in (*found.faults, *found.doubts, *reading.notes, *found.notes):
        assert str(said).isprintable()
    return found


def expected(found: Examination) -> Content:
    """The graph as it would be, as plain data."""
    nodes = {(key.label, key.id): dict(own) for key, own in found.graph.nodes.items()}
    ties = {(key.type, key.start.id, key.end.id, key.key): dict(own) for key, own in found.graph.relationships.items()}
    return nodes, ties


def content(store: Store) -> Content:
    """The graph as the engine has it."""
    labels = [kind.label for kind in NODE_KINDS]
    nodes = store.read("MATCH (n) WHERE labels(n)[0] IN $labels RETURN n", {"labels": labels})
    ties = store.read("MATCH (a)-[r]->(b) RETURN r, a.id AS start, b.id AS end")
    return (
        {(row["n"]["_labels"][0], row["n"]["id"]): _own(row["n"]) for row in nodes},
        {(row["r"]["_type"], row["start"], row["end"], row["r"]["key"]): _own(row["r"]) for row in ties},
    )


def _own(element: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in element.items() if not name.startswith("_")}


def folder(tmp_path: Path, number: int) -> Path:
    path = tmp_path / str(number)
    path.mkdir()
    return path


def test_each_of_a_thousand_is_clean_or_has_faults_that_can_be_said(tmp_path: Path) -> None:
    clean = []
    for number in range(ALL):
        path = write_mutated(folder(tmp_path, number), number)
        found = examined(path)
        if not found.faults:
            clean.append(number)
            assert all(expected(found))

    assert ALL / 5 < len(clean) < ALL / 2
    assert {number % len(FORMATS) for number in clean} == set(range(len(FORMATS)))


def test_each_format_says_the_same_graph(tmp_path: Path) -> None:
    said = []
    for place, format_ in enumerate(FORMATS):
        found = examined(WRITERS[format_](folder(tmp_path, place), plain_tables(), set(), random.Random(3)))
        assert not found.faults
        said.append(expected(found))

    assert said[0] == said[1] == said[2]


def test_the_graph_holds_all_of_a_file_or_nothing_of_it(writer_store: Store, tmp_path: Path) -> None:
    before = tmp_path / "before"
    before.mkdir()
    (before / "data_set.csv").write_text(BEFORE, encoding="utf-8")
    (before / "themes.csv").write_text("id,name,kind\nold,An old theme,focus\n", encoding="utf-8")
    api.load(before, "", writer_store)
    kept = examine(read([before])).rows
    shown = content(writer_store)
    loads = 0
    for number in range(LOADED):
        path = write_mutated(folder(tmp_path, number), number)
        report = api.load(path, NAME, writer_store)
        loads += report.loaded
        if report.loaded:
            shown = expected(examined(path, kept))
        assert content(writer_store) == shown, number

    assert loads > LOADED / 5
