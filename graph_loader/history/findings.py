"""What a verification finds: each place where the graph is not what its tables say."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ..cells import Value
from ..fold import Element
from ..meaning import NodeKey


class Wrong(StrEnum):
    """The ways in which a graph can differ from its tables."""

    MISSING = "missing"  # said by a table, not in the graph
    EXTRA = "extra"  # in the graph, said by no table
    DIFFERS = "differs"  # one property, or the labels, are others than the tables say
    TWICE = "twice"  # two nodes of one id, or two relationships of one key
    CONSTRAINT = "constraint"  # a constraint or index that is missing, or is another than the model's
    TABLES = "tables"  # kept tables that cannot be read: what they said cannot be told any more
    OUTSIDE = "outside"  # a label or type that the model does not know: told, not counted as wrong


@dataclass(frozen=True)
class Finding:
    """One place where the graph is not what its tables say.

    `what` is a label, a type, the name of a constraint, or the run whose
    tables are broken. `handle` is the engine's own id of what is meant; it
    holds until the next change only.
    """

    wrong: Wrong
    what: str
    id: str = ""  # of a node
    start: str = ""  # ids of the ends of a relationship
    end: str = ""
    property: str = ""
    found: Value | None = None
    expected: Value | None = None
    count: int = 1
    handle: str = ""
    element: Element | None = None  # what the tables call it; None for what they do not know

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for ``--json``."""
        said: dict[str, Any] = {"wrong": str(self.wrong), "what": self.what}
        for name in ("id", "start", "end", "property"):
            if getattr(self, name):
                said[name] = getattr(self, name)
        if self.wrong is Wrong.DIFFERS or self.wrong is Wrong.CONSTRAINT:
            said |= {"found": plain(self.found), "expected": plain(self.expected)}
        return {**said, "count": self.count} if self.count != 1 else said


@dataclass(frozen=True)
class Verification:
    """What a verification found, and whether it was mended.

    `nodes` and `relationships` count what was looked at. Where kept tables are
    broken that the graph is made from, it could not be `compared`.
    """

    version: str
    nodes: int
    relationships: int
    findings: tuple[Finding, ...]
    compared: bool = True
    mended: bool = False
    seconds: float = 0.0

    @property
    def clean(self) -> bool:
        """Whether the graph is what its tables say; labels and types of others play no part."""
        return self.compared and all(finding.wrong is Wrong.OUTSIDE for finding in self.findings)

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for ``--json``."""
        return {
            "version": self.version,
            "clean": self.clean,
            "compared": self.compared,
            "mended": self.mended,
            "nodes": self.nodes,
            "relationships": self.relationships,
            "seconds": round(self.seconds, 3),
            "findings": [finding.as_dict() for finding in self.findings],
        }


def of_element(wrong: Wrong, element: Element, **words: Any) -> Finding:
    """A finding about a node or relationship that the tables know."""
    if isinstance(element, NodeKey):
        return Finding(wrong, element.label, id=element.id, element=element, **words)
    return Finding(wrong, element.type, start=element.start.id, end=element.end.id, element=element, **words)


def plain(value: Value | None) -> object:
    """A value as ``--json`` can tell it."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(item) for item in value]
    return value if isinstance(value, str | int | float) or value is None else value.isoformat()
