"""The worked examples of the queries: a tiny graph, parameters, and the rows that must come back.

They lie in ``tests/queries/<subject>.yaml`` of the checkout. The tests run them on every engine and the
reference prints them; an installed package has none, and needs PyYAML only here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph_store import schema
from graph_store.dates import interval
from graph_store.kinds import Property, Type

from .library import query

FOLDER = Path(__file__).parent.parent / "tests" / "queries"


@dataclass(frozen=True)
class Example:
    """One worked example.

    `rows` hold plain values as JSON has them (dates as text); a column that is left out is empty.
    `nodes` and `relationships` hold ``label``/``type`` (and ``start``, ``end``) beside their properties.
    """

    query: str
    parameters: Mapping[str, Any]
    rows: tuple[Mapping[str, Any], ...]
    nodes: tuple[Mapping[str, Any], ...]
    relationships: tuple[Mapping[str, Any], ...]

    @property
    def expected(self) -> list[dict[str, Any]]:
        """The rows with all columns of the query, in order.

        Raises
        ------
        ValueError
            When a row has a column that the query lacks.
        """
        columns = query(self.query).returns
        for row in self.rows:
            unknown = sorted(set(row) - set(columns))
            if unknown:
                raise ValueError(f"example of {self.query}: no column {', '.join(unknown)}")
        return [{column: row.get(column) for column in columns} for row in self.rows]


def examples(folder: Path = FOLDER) -> list[Example]:
    """All examples, file by file; empty where there is no such folder."""
    return [example for file in sorted(folder.glob("*.yaml")) for example in _examples_in(file)]


def on_the_demo(folder: Path = FOLDER) -> dict[str, dict[str, Any]]:
    """What queries are asked on the demo, by name, where nodes chosen by themselves would tell little."""
    file = folder / "on_the_demo.yml"
    return {name: dict(values) for name, values in _read(file).items()} if file.exists() else {}


def stored_node(node: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Label and properties of an example's node as the loader would store them: dates with their interval."""
    label = str(node["label"])
    kind = schema.node_kind(label)
    own = (schema.NAME, *kind.properties)
    return label, {"name": str(node["id"]), **_stored({k: v for k, v in node.items() if k != "label"}, own)}


def stored_relationship(relationship: Mapping[str, Any]) -> tuple[str, str, str, dict[str, Any]]:
    """Type, start, end and properties of an example's relationship as the loader would store them."""
    kind = schema.relationship_kind(str(relationship["type"]))
    own = {key: value for key, value in relationship.items() if key not in ("type", "start", "end")}
    return kind.type, str(relationship["start"]), str(relationship["end"]), _stored(own, kind.properties)


def _stored(values: Mapping[str, Any], properties: tuple[Property, ...]) -> dict[str, Any]:
    types = {item.name: item.type for item in properties}
    stored: dict[str, Any] = {}
    for name, value in values.items():
        stored[name] = value
        if types.get(name) is Type.DATE:
            first, last = interval(str(value))
            stored |= {name: str(value), f"{name}_from": first, f"{name}_to": last}
    return stored


def _examples_in(file: Path) -> Iterator[Example]:
    content = _read(file)
    for item in content["examples"]:
        graph = item.get("graph", content.get("graph", {}))
        yield Example(
            query=item["query"],
            parameters=item.get("parameters", {}),
            rows=tuple(item["rows"]),
            nodes=tuple(graph.get("nodes", ())),
            relationships=tuple(graph.get("relationships", ())),
        )


def _read(file: Path) -> dict[str, Any]:
    """Content of a YAML file, where ``on`` and ``no`` are words and a date is text."""
    import yaml

    class Plain(yaml.SafeLoader):
        """Reads null, true, false and numbers; everything else is text."""

    kept = "tag:yaml.org,2002:null", "tag:yaml.org,2002:int", "tag:yaml.org,2002:float"
    resolvers = yaml.SafeLoader.yaml_implicit_resolvers
    Plain.yaml_implicit_resolvers = {
        letter: [(tag, pattern) for tag, pattern in known if tag in kept or (letter in "tf" and tag.endswith(":bool"))]
        for letter, known in resolvers.items()
    }
    with file.open(encoding="utf-8") as stream:
        content: dict[str, Any] = yaml.load(stream, Loader=Plain)  # noqa: S506 (a SafeLoader)
    return content
