"""Which row of which file says a property: the one whose word the graph shows."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..cells import listed
from ..fold import Element, Graph, Properties
from ..meaning import NodeKey, RelationshipKey, node_key, node_properties, relationships
from ..rows import DataSetRows, Row


@dataclass(frozen=True)
class Origin:
    """One row, by data set, file and number, with the sources that it gives."""

    data_set: str
    file: str
    sheet: str
    row: int  # 0 for what no file says, such as the name of a data set that was only given
    sources: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for ``--json``."""
        return {
            "data_set": self.data_set,
            "file": self.file,
            "sheet": self.sheet,
            "row": self.row,
            "sources": list(self.sources),
        }


Origins = Mapping[tuple[Element, str], Origin]


def origins(data_sets: Sequence[DataSetRows], graph: Graph, wanted: Collection[Element]) -> Origins:
    """The row that says each property of the elements wanted; the property "" is the element itself.

    Parameters
    ----------
    data_sets
        In order of precedence, as they were folded.
    graph
        What they fold to.
    """
    found: dict[tuple[Element, str], Origin] = {}
    if not wanted:
        return found
    for said in data_sets:
        for row in said.rows:
            for element, properties in _said(row, graph, wanted):
                origin = Origin(
                    said.data_set,
                    row.place.file,
                    row.place.sheet,
                    row.number,
                    tuple(listed(row.cells.get("source", ""))),
                )
                for name in ("", *properties):
                    found[element, name] = origin
    return found


def _said(row: Row, graph: Graph, wanted: Collection[Element]) -> Iterator[tuple[Element, Properties]]:
    node = node_key(row)
    if node is not None and node in wanted:
        yield node, node_properties(row)
    for said in relationships(row):
        starts, ends = said.start.among(graph.nodes), said.end.among(graph.nodes)
        if starts and ends:
            key: NodeKey | RelationshipKey = said.between(starts[0], ends[0])
            if key in wanted:
                yield key, dict(said.properties)
