"""What is new: changes of single properties gathered into what a reader tells, and counted by place."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

ADDED, CHANGED, REMOVED = "added", "changed", "removed"
ABOUT = ("Region", "Approach")  # kinds that news are counted by

# Kinds in the order in which they are told. Where two things are new, the tie between them is told with the first.
TOLD_FIRST = (
    "Adoption",
    "Visit",
    "Approach",
    "Project",
    "Plan",
    "Organisation",
    "Region",
    "Theme",
    "Element",
    "Source",
    "DataSet",
)


@dataclass(frozen=True)
class Node:
    """A node as it is named and linked."""

    label: str
    id: str
    name: str


@dataclass(frozen=True)
class Entry:
    """One property of a node or a tie, before and after; an empty `property` for one that has none."""

    change: str
    kind: str  # label or type
    node: Node | None  # None for a tie
    start: Node | None  # ends of a tie
    end: Node | None
    property: str
    before: object
    after: object
    said: str  # file and row, in words
    sources: tuple[str, ...] = ()


@dataclass
class Item:
    """One node or tie with all that is new about it; `ties` came or went with a node."""

    change: str
    kind: str
    node: Node | None
    start: Node | None
    end: Node | None
    facts: list[Entry] = field(default_factory=list)
    ties: list["Item"] = field(default_factory=list)
    about: tuple[Node, ...] = ()  # regions and approaches that it is about


@dataclass(frozen=True)
class News:
    """All that is new, in the order of telling."""

    items: tuple[Item, ...]

    def of(self, kind: str, change: str = "") -> list[Item]:
        """The items of one kind, of one sort of change if named."""
        return [item for item in self.items if item.kind == kind and change in ("", item.change)]

    @property
    def kinds(self) -> list[str]:
        """Kinds of which there is news, in order."""
        return list(dict.fromkeys(item.kind for item in self.items))

    def counts(self) -> list[tuple[str, bool, str, int]]:
        """Kind, whether it is of nodes, sort of change, how many: nodes first, in the order of telling."""
        found = Counter((item.kind, item.node is not None, item.change) for item in self.items)
        return [(*key, count) for key, count in sorted(found.items(), key=lambda pair: not pair[0][1])]

    def places(self, label: str) -> list[tuple[Node, int]]:
        """Regions or approaches with how many items are about them, those with most first."""
        found = Counter(node for item in self.items for node in item.about if node.label == label)
        return sorted(found.items(), key=lambda pair: (-pair[1], pair[0].name, pair[0].id))


def gathered(entries: Iterable[Entry], around: Mapping[str, Sequence[Node]]) -> News:
    """Entries by what they are about.

    A tie that came or went with one of its ends is told with that end.

    Parameters
    ----------
    around
        Regions and approaches that nodes are about, by id, beyond what the entries themselves say.
    """
    items: dict[tuple[object, ...], Item] = {}
    for entry in entries:
        key = (entry.change, entry.kind, entry.node, entry.start, entry.end)
        item = items.setdefault(key, Item(entry.change, entry.kind, entry.node, entry.start, entry.end))
        if entry.property or entry.said:
            item.facts.append(entry)
    own = {(item.change, item.node.id): item for item in items.values() if item.node}
    told = []
    for item in items.values():
        host = _host(item, own)
        if host is None:
            told.append(item)
        else:
            host.ties.append(item)
    for item in told:
        item.about = _about(item, around)
    return News(tuple(sorted(told, key=_order)))


def _host(tie: Item, own: Mapping[tuple[str, str], Item]) -> Item | None:
    """The node with which a tie is told; None for a node, and for a tie between what was there before."""
    if tie.node or not tie.start or not tie.end or tie.change == CHANGED:
        return None
    ends = [own[tie.change, end.id] for end in (tie.start, tie.end) if (tie.change, end.id) in own]
    return min(ends, key=lambda item: _rank(item.kind), default=None)


def _about(item: Item, around: Mapping[str, Sequence[Node]]) -> tuple[Node, ...]:
    near = [item.node, item.start, item.end, *(end for tie in item.ties for end in (tie.start, tie.end))]
    known = [node for node in near if node]
    further = [place for node in known for place in around.get(node.id, ())]
    return tuple(dict.fromkeys(node for node in (*known, *further) if node.label in ABOUT))


def _order(item: Item) -> tuple[int, str, int, str]:
    node = item.node or item.start
    return (_rank(item.kind), item.kind, (ADDED, CHANGED, REMOVED).index(item.change), node.name if node else "")


def _rank(kind: str) -> int:
    return TOLD_FIRST.index(kind) if kind in TOLD_FIRST else len(TOLD_FIRST)
