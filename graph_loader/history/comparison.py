"""The graph as it is against the graph as its tables say, read once, row by row."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from neo4j.exceptions import ClientError

from graph_store.errors import TookTooLong
from graph_store.schema import INTERNAL_LABELS, NODE_KINDS, RELATIONSHIP_KINDS
from graph_store.store import Row, Store
from languages.words import _

from ..cells import Value
from ..commit import Progress
from ..fold import Element, Graph, Key, Properties
from ..meaning import NodeKey
from .findings import Finding, Wrong, of_element

Reading = Callable[[Row], tuple[tuple[object, ...], Finding]]
_AT_ONCE, _LONGEST_ENDING = 10_000, 4  # read in one go; what takes too long even so is read in smaller parts
LABELS = "labels"  # what a finding calls the labels of a node, where they differ


@dataclass
class Compared:
    """What was looked at and what was found."""

    nodes: int = 0
    relationships: int = 0
    findings: list[Finding] = field(default_factory=list)


def compared(store: Store, expected: Graph, progress: Progress) -> Compared:
    """All differences between the graph and `expected`, kinds in the schema's order."""
    result = Compared()
    kinds = len(NODE_KINDS) + len(RELATIONSHIP_KINDS)
    nodes, ties = _by_kind(expected.nodes), _by_kind(expected.relationships)
    for done, kind in enumerate(NODE_KINDS):
        progress(_("Comparing"), done, kinds)
        known = {(key.id,): key for key in nodes.get(kind.label, ())}
        text = f"MATCH (x:{kind.label}) {{part}} RETURN elementId(x) AS handle, x AS own"
        count, found = _of_kind(store, text, known, expected.nodes, partial(_node, kind.label))
        result.nodes += count
        result.findings += found
    for done, tie_kind in enumerate(RELATIONSHIP_KINDS, start=len(NODE_KINDS)):
        progress(_("Comparing"), done, kinds)
        ends = {(key.start, key.end, key.key): key for key in ties.get(tie_kind.type, ())}
        text = (
            f"MATCH (a)-[x:{tie_kind.type}]->(b) {{part}} RETURN elementId(x) AS handle, x AS own, "
            "labels(a) AS start_labels, a.id AS start, labels(b) AS end_labels, b.id AS end"
        )
        count, found = _of_kind(store, text, ends, expected.relationships, partial(_tie, tie_kind.type))
        result.relationships += count
        result.findings += found
    result.findings += _outside(store)
    return result


def _of_kind(
    store: Store, text: str, known: Mapping[Any, Key], expected: Mapping[Key, Properties], read: Reading
) -> tuple[int, list[Finding]]:
    """How many there are of a kind, and what is wrong with them."""
    total = store.read(text.partition("{part}")[0] + "RETURN count(x) AS count")[0]["count"]
    seen: set[Key] = set()
    found: list[Finding] = []
    count = 0
    endings = _endings(total)
    while endings:
        ending = endings.pop()
        part = "WHERE elementId(x) ENDS WITH $ending" if ending else ""
        work = partial(_compare, known, expected, read, seen)
        try:
            more, now, wrong = store.read_through(text.replace("{part}", part), work, {"ending": ending})
        except (TookTooLong, ClientError) as error:
            if not _took_too_long(error) or not finer(ending):
                raise
            endings += finer(ending)
            continue
        count += more
        seen |= now
        found += wrong
    return count, found + [of_element(Wrong.MISSING, key) for key in known.values() if key not in seen]


def _endings(total: int) -> list[str]:
    """Endings of the engine's own ids that part a kind into readings short enough for its time limit.

    Ids of the model are no use here: a node made by hand may have none.
    """
    endings = [""]
    for size in (_AT_ONCE, 20 * _AT_ONCE):
        if total > size:
            endings = [one for ending in endings for one in finer(ending) or [ending]]
    return endings


def finer(ending: str) -> list[str]:
    """Longer endings that together stand for `ending`: the engine's ids end in a number after a colon.

    Empty for the ending of one single id, and where parts would be too many.
    """
    if ending.startswith(":") or len(ending) == _LONGEST_ENDING:
        return []
    return [f"{sign}{ending}" for sign in (":0123456789" if ending else "0123456789")]


def _took_too_long(error: Exception) -> bool:
    return isinstance(error, TookTooLong) or "TimedOut" in (getattr(error, "code", "") or "")


def _by_kind(elements: Iterable[Key]) -> dict[str, list[Key]]:
    found: dict[str, list[Key]] = {}
    for key in elements:
        found.setdefault(key[0], []).append(key)
    return found


def _node(label: str, row: Row) -> tuple[tuple[object, ...], Finding]:
    """What tells the node from others, and what it is where no table says it."""
    own = row["own"]
    labels, id_ = own.pop("_labels"), own.get("id")
    if len(labels) > 1:
        own[LABELS] = labels
    return (id_,), Finding(Wrong.EXTRA, label, id=_text(id_), handle=row["handle"])


def _tie(type_: str, row: Row) -> tuple[tuple[object, ...], Finding]:
    own = row["own"]
    own.pop("_type")
    start, end = (_end(row[f"{name}_labels"], row[name]) for name in ("start", "end"))
    return (start, end, own.get("key")), Finding(Wrong.EXTRA, type_, start=start.id, end=end.id, handle=row["handle"])


def _end(labels: list[str], id_: object) -> NodeKey:
    """The node at an end; one with more labels than its own is what the model knows it as."""
    known = sorted(label for label in labels if label in _MODEL) or sorted(labels)
    return NodeKey(known[0] if known else "", _text(id_))


def _text(id_: object) -> str:
    return "" if id_ is None else str(id_)


def _compare(
    known: Mapping[Any, Key],
    expected: Mapping[Key, Properties],
    read: Reading,
    before: Set[Key],
    rows: Iterator[Row],
) -> tuple[int, set[Key], list[Finding]]:
    """How many rows there were, which elements they are, and what is wrong with them; `before` were seen already."""
    seen: set[Key] = set()
    found: list[Finding] = []
    count = 0
    for row in rows:
        count += 1
        told, extra = read(row)
        key = _known(known, told)
        if key is None:
            found.append(extra)
        elif key in seen or key in before:
            found.append(of_element(Wrong.TWICE, key, handle=extra.handle))
        else:
            seen.add(key)
            should = {"id": key.id, **expected[key]} if isinstance(key, NodeKey) else expected[key]
            found += _differences(key, row["own"], should, extra.handle)
    return count, seen, found


def _known(known: Mapping[Any, Key], told: tuple[object, ...]) -> Key | None:
    """The element that is told so; an id or key written by hand may be anything, a list too."""
    return known.get(told) if isinstance(told[-1], str) else None


def _differences(element: Element, own: dict[str, Any], should: Properties, handle: str) -> Iterator[Finding]:
    for name in sorted(own.keys() | should.keys()):
        is_, expected = own.get(name), should.get(name)
        if name == LABELS and isinstance(element, NodeKey):
            expected = [element.label]
        if not _same(is_, expected):
            yield of_element(Wrong.DIFFERS, element, property=name, found=is_, expected=expected, handle=handle)


def _same(one: Value | None, other: Value | None) -> bool:
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return list(one) == list(other)
    return one == other and isinstance(one, bool) == isinstance(other, bool)


_MODEL = frozenset(kind.label for kind in NODE_KINDS)
_TYPES = frozenset(kind.type for kind in RELATIONSHIP_KINDS)


def _outside(store: Store) -> Iterator[Finding]:
    """Labels and types that are none of the model's and none of the loader's own."""
    counts: dict[str, int] = {}
    for row in store.read("MATCH (n) RETURN labels(n) AS labels, count(*) AS count"):
        if not {*row["labels"]} & {*_MODEL, *INTERNAL_LABELS}:
            name = ":".join(sorted(row["labels"]))
            counts[name] = counts.get(name, 0) + row["count"]
    for name, count in sorted(counts.items()):
        yield Finding(Wrong.OUTSIDE, name, id="*", count=count)
    for row in store.read("MATCH ()-[r]->() RETURN type(r) AS type, count(*) AS count ORDER BY type"):
        if row["type"] not in _TYPES:
            yield Finding(Wrong.OUTSIDE, row["type"], start="*", end="*", count=row["count"])
