"""What changed between two moments of the graph, property by property, with the rows that say so."""

import builtins
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from graph_store.errors import WrongUse
from graph_store.loads import NO_DATA, read_whole
from graph_store.schema import relationship_kind
from graph_store.store import Store
from languages.moments import moment
from languages.words import _

from ..cells import Value
from ..fold import Element, Folded, fold
from ..keep import RESTORED, LoadRecord, all_loads, kept_rows
from ..meaning import NodeKey, RelationshipKey
from ..memory import collector_paused
from ..plan import Change, Counts, counts_as_dict, plan, shown_changes
from ..reading_order import reading_order
from ..rows import DataSetRows
from .line import LAST, at_moment, just_before, named, shown_after
from .origins import Origin, origin
from .runs import can_be_shown

ADDED, CHANGED, REMOVED = "added", "changed", "removed"
# What the loader notes beside the facts: who says it, and the keys that tell elements apart.
_PROVENANCE, _NOT_TOLD = ("data_sets", "sources"), ("id", "key")


@dataclass(frozen=True)
class DiffEntry:
    """One property of one node or relationship, before and after.

    `change` is what happened to the element as a whole. One that is added or
    removed has an entry for each of its properties, and one with an empty
    `property` when it has none.
    """

    change: str  # "added", "changed" or "removed"
    is_node: bool
    kind: str  # label or type
    id: str  # of a node; empty for a relationship
    name: str  # of a node
    start: str  # id and name of the ends of a relationship; empty for a node
    start_name: str
    end: str
    end_name: str
    marks: tuple[tuple[str, str], ...]  # names and values that tell a relationship from others between the same ends
    property: str
    before: Value | None
    after: Value | None
    said_before: Origin | None
    said_after: Origin | None

    @builtins.property
    def element(self) -> tuple[object, ...]:
        """What tells the element from all others in one list."""
        return (self.kind, self.id, self.start, self.end, self.marks)

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for ``--json``."""
        return {
            "change": self.change,
            "node" if self.is_node else "relationship": self.kind,
            **({"id": self.id, "name": self.name} if self.is_node else {"start": self.start, "end": self.end}),
            **({"marks": dict(self.marks)} if self.marks else {}),
            "property": self.property,
            "before": self.before,
            "after": self.after,
            "said_before": self.said_before.as_dict() if self.said_before else None,
            "said_after": self.said_after.as_dict() if self.said_after else None,
        }


@dataclass(frozen=True)
class Diff:
    """All that differs between two versions of the graph.

    `entries` are the facts; `provenance` tells of elements whose facts stayed
    while other data sets or sources now say them.
    """

    before: str  # version: id of a run; "empty" before the first
    after: str
    before_at: str  # UTC, as ISO text; empty before the first
    after_at: str
    entries: tuple[DiffEntry, ...]
    provenance: tuple[DiffEntry, ...]
    counts: dict[str, Counts]  # by label and type

    @property
    def empty(self) -> bool:
        """Whether nothing differs."""
        return not (self.entries or self.provenance)

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for ``--json``."""
        return {
            "before": self.before,
            "after": self.after,
            "before_at": self.before_at or None,
            "after_at": self.after_at or None,
            "counts": counts_as_dict(self.counts),
            "entries": [entry.as_dict() for entry in self.entries],
            "provenance": [entry.as_dict() for entry in self.provenance],
        }


def diff(store: Store, since: str = "", until: str = "", of: str = "") -> Diff:
    """What changed between two versions of the graph, property by property.

    Parameters
    ----------
    since, until
        A run (its id, the beginning of its short form, ``first``, ``last``),
        a day or a moment. A day as `since` is taken at its beginning, as
        `until` at its end. Without `until`: until now; without `since`: what
        the run `until` changed.
    of
        One run: what it changed. Without any of the three, the last run.

    Raises
    ------
    WrongUse
        When no run is called so, or the tables of that time are no longer kept.
    """
    if of and (since or until):
        raise WrongUse(_("Name either one run, or since when and until when."))
    with collector_paused():
        return read_whole(store, lambda: _diff(store, since, until, of))[1]


def _diff(store: Store, since: str, until: str, of: str) -> Diff:
    runs = all_loads(store)
    if not runs:
        return Diff(NO_DATA, NO_DATA, "", "", (), (), {})
    if since or until:
        after = at_moment(runs, until or LAST, end_of_day=True)
        before = at_moment(runs, since, end_of_day=False) if since else just_before(runs, after) if after else None
    else:
        after = named(runs, of or LAST)
        before = just_before(runs, after)
    if after and not since and after.kind == RESTORED:
        raise WrongUse(
            _("What stood before the restore of {at} is not kept, so it cannot be told what it changed.").format(
                at=moment(after.at)
            )
        )
    was, will = _kept_after(store, runs, before), _kept_after(store, runs, after)
    graph_before, graph_after = fold(was), fold(will)
    return Diff(
        before=before.id if before else NO_DATA,
        after=after.id if after else NO_DATA,
        before_at=before.at if before else "",
        after_at=after.at if after else "",
        **_told(graph_before, graph_after),
    )


def _kept_after(store: Store, runs: Sequence[LoadRecord], run: LoadRecord | None) -> tuple[DataSetRows, ...]:
    shown = shown_after(runs, run)
    gone = next((one for one in shown if not can_be_shown(one, runs)), None)
    if gone and run:
        plain = _("What {data_set} said at {at} is no longer kept.").format(data_set=gone.data_set, at=moment(run.at))
        next_step = _("Compare with a later run (`graph-loader runs`).")
        raise WrongUse(f"{plain} {next_step}", plain=plain)
    return kept_rows(store, shown)


def _told(before: Folded, after: Folded) -> dict[str, Any]:
    changes = plan(before, after)
    told = _Telling(before, after)
    changed = sorted(changes.changed, key=reading_order)
    entries = chain(
        chain.from_iterable(told.changed(element, changes.changed[element], quiet=False) for element in changed),
        chain.from_iterable(told.whole(REMOVED, element) for element in sorted(changes.removed, key=reading_order)),
        chain.from_iterable(told.whole(ADDED, element) for element in sorted(changes.added, key=reading_order)),
    )
    quiet = chain.from_iterable(told.changed(element, changes.changed[element], quiet=True) for element in changed)
    return {"entries": tuple(entries), "provenance": tuple(quiet), "counts": changes.counts()}


@dataclass(frozen=True)
class _Telling:
    before: Folded
    after: Folded

    def changed(self, element: Element, changes: tuple[Change, ...], quiet: bool) -> Iterator[DiffEntry]:
        """The entries of an element that stays: its facts, or who says them."""
        for change in shown_changes(changes):
            if change.property not in _NOT_TOLD and (change.property in _PROVENANCE) == quiet:
                yield self._entry(CHANGED, element, change)

    def whole(self, change: str, element: Element) -> Iterator[DiffEntry]:
        """The entries of an element that comes or goes."""
        graph = self.after if change == ADDED else self.before
        own = graph.nodes[element] if isinstance(element, NodeKey) else graph.relationships[element]
        names = sorted(name for name in own if name not in (*_PROVENANCE, *_NOT_TOLD))
        both = [Change(name, None, own[name]) if change == ADDED else Change(name, own[name], None) for name in names]
        for item in shown_changes(tuple(both)) or [Change("", None, None)]:
            yield self._entry(change, element, item)

    def _entry(self, change: str, element: Element, item: Change) -> DiffEntry:
        is_node = isinstance(element, NodeKey)
        ends = (None, None) if isinstance(element, NodeKey) else (element.start, element.end)
        return DiffEntry(
            change=change,
            is_node=is_node,
            kind=element.label if isinstance(element, NodeKey) else element.type,
            id=element.id if isinstance(element, NodeKey) else "",
            name=self._name(element) if isinstance(element, NodeKey) else "",
            start=ends[0].id if ends[0] else "",
            start_name=self._name(ends[0]) if ends[0] else "",
            end=ends[1].id if ends[1] else "",
            end_name=self._name(ends[1]) if ends[1] else "",
            marks=() if isinstance(element, NodeKey) else _marks(element),
            property=item.property,
            before=item.before,
            after=item.after,
            said_before=origin(self.before, element, item.property) if change != ADDED else None,
            said_after=origin(self.after, element, item.property) if change != REMOVED else None,
        )

    def _name(self, node: NodeKey) -> str:
        own = self.after.nodes.get(node) or self.before.nodes.get(node) or {}
        return str(own.get("name", node.id))


def _marks(element: RelationshipKey) -> tuple[tuple[str, str], ...]:
    names = relationship_kind(element.type).discriminators
    return tuple((name, value) for name, value in zip(names, element.marks, strict=False) if value)
