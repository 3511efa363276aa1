"""What the checks look at: the new rows, the graph as it would be, and which row says what in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..faults import Fault, fault
from ..fold import Element, Graph, fold
from ..meaning import NodeKey, RelationshipKey, node_key, relationships
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
    def graph(self) -> Graph:
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
    def origins(self) -> dict[Element, Row]:
        """The new row that says each node and relationship; the first, where two do."""
        found: dict[Element, Row] = {}
        for row in self.new.rows:
            node = node_key(row)
            if node:
                found.setdefault(node, row)
            for said in relationships(row):
                starts, ends = said.start.among(self.graph.nodes), said.end.among(self.graph.nodes)
                if starts and ends:
                    found.setdefault(said.between(starts[0], ends[0]), row)
        return found

    def fault_at(
        self, code: str, elements: Sequence[Element], column: str = "", value: str = "", **words: object
    ) -> Iterator[Fault]:
        """A fault at the first of `elements` that the new rows say; none when they say none of them."""
        row = next((self.origins[element] for element in elements if element in self.origins), None)
        if row is not None:
            shown = column if column in row.cells or not column else ""
            yield fault(code, row.place, row.number, shown, value, **words)

    @cached_property
    def by_type(self) -> dict[str, list[RelationshipKey]]:
        """Relationships by type, sorted."""
        found: dict[str, list[RelationshipKey]] = {}
        for key in sorted(self.graph.relationships):
            found.setdefault(key.type, []).append(key)
        return found

    def ties(self, type_: str) -> list[RelationshipKey]:
        """All relationships of a type, sorted."""
        return self.by_type.get(type_, [])

    def name(self, node: NodeKey) -> str:
        """What people call a node; its id when it has no name."""
        return str(self.graph.nodes.get(node, {}).get("name") or node.id)


def where(row: Row) -> str:
    """A row as another row's fault names it: ``visits.csv, row 4``."""
    return fault("missing_cell", row.place, row.number).place
