"""Which row of which file says a property: the one whose word the graph shows."""

from dataclasses import dataclass
from typing import Any

from ..fold import Element, Folded
from ..meaning import NodeKey, sources


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


def origin(graph: Folded, element: Element, name: str) -> Origin | None:
    """The row whose word about a property the graph shows.

    The last row about the element itself, for a property that no row says: one
    that follows from others, or that is gone. None where no row says the element.
    """
    if isinstance(element, NodeKey):
        found, every = graph.nodes.who_says(element, name), graph.nodes.said(element)
    else:
        found, every = graph.relationships.who_says(element, name), graph.relationships.said(element)
    if not every:
        return None
    data_set, row = found or every[-1]
    return Origin(data_set, row.place.file, row.place.sheet, row.number, tuple(sources(row)))
