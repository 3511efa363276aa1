"""What the checks look at: the new rows, the graph as it would be, and which row says what in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..faults import Fault, fault
from ..fold import Element, Folded, Layer, fold
from ..meaning import NodeKey, RelationshipKey
from ..rows import DataSetRows, Row


def replaced(kept: Sequence[DataSetRows], new: DataSetRows) -> list[DataSetRows]:
    """`kept` with `new` in the place of its former self; at the end when it is new."""
    if any(said.data_set == new.data_set for said in kept):
        return [new if said.data_set == new.data_set else said for said in kept]
    return [*kept, new]


@dataclass(frozen=True)
class World:
    """The new rows among those of all other data sets, folded.

    Parameters
    ----------
    new
        What the files say.
    kept
        What all data sets say until now, in order of precedence; the former
        rows of `new` among them.
    """

    new: DataSetRows
    kept: tuple[DataSetRows, ...]

    @cached_property
    def graph(self) -> Folded:
        """The graph as it would be after the load."""
        return fold(replaced(self.kept, self.new))

    @property
    def others(self) -> Iterator[DataSetRows]:
        """The data sets that the load leaves as they are."""
        return (said for said in self.kept if said.data_set != self.new.data_set)

    @cached_property
    def former(self) -> DataSetRows | None:
        """What the data set said until now; None when it is new."""
        return next((said for said in self.kept if said.data_set == self.new.data_set), None)

    @cached_property
    def nodes(self) -> Layer[NodeKey]:
        """The nodes that the new rows say."""
        return self.graph.nodes.layer(self.new.data_set)

    @cached_property
    def relationships(self) -> Layer[RelationshipKey]:
        """The relationships that the new rows say."""
        return self.graph.relationships.layer(self.new.data_set)

    def origin(self, element: Element) -> Row | None:
        """The new row that says a node or relationship, the first where two do; None where none does."""
        if isinstance(element, NodeKey):
            rows = self.nodes.rows(element.label, element)
        else:
            rows = self.relationships.rows(element.type, element)
        return rows[0] if rows else None

    def fault_at(
        self, code: str, elements: Sequence[Element], column: str = "", value: str = "", **words: object
    ) -> Iterator[Fault]:
        """A fault at the first of `elements` that the new rows say; none when they say none of them."""
        row = next(filter(None, map(self.origin, elements)), None)
        if row is not None:
            shown = column if column in row.cells or not column else ""
            yield fault(code, row.place, row.number, shown, value, **words)

    def ties(self, type_: str) -> list[RelationshipKey]:
        """All relationships of a type, sorted."""
        return sorted(self.graph.relationships.of(type_))

    def name(self, node: NodeKey) -> str:
        """What people call a node; its id when it has no name."""
        return str(self.graph.nodes.get(node, {}).get("name") or node.id)

    def text(self, element: Element, column: str) -> str:
        """What the rows that say an element have in a column; empty where they have nothing."""
        graph = self.graph
        said = graph.nodes.said(element) if isinstance(element, NodeKey) else graph.relationships.said(element)
        return next((row.cells[column] for _, row in reversed(said) if column in row.cells), "")


def where(row: Row) -> str:
    """A row as another row's fault names it: ``visits.csv, row 4``."""
    return fault("missing_cell", row.place, row.number).place
