"""The statements that make the graph what its tables say."""

from collections.abc import Iterable, Iterator

from graph_store.schema import NODE_KINDS

from ..commit import Statement
from ..fold import Element, Graph
from ..meaning import NodeKey, RelationshipKey
from ..plan import Change, Plan
from ..statements import plan_statements
from .comparison import LABELS
from .findings import Finding, Wrong

_AT_ONCE = 1_000
_LABELS = frozenset(kind.label for kind in NODE_KINDS)


def repair(findings: Iterable[Finding], expected: Graph) -> Plan:
    """What has to be written: all that is missing or differs, and what goes along with a node that is made anew."""
    added: set[Element] = set()
    changed: dict[Element, tuple[Change, ...]] = {}
    anew: set[NodeKey] = set()
    for finding in findings:
        element = finding.element
        if element is None:
            continue
        if finding.wrong is Wrong.DIFFERS and finding.property != LABELS:
            change = Change(finding.property, finding.found, finding.expected)
            changed[element] = (*changed.get(element, ()), change)
            continue
        added.add(element)
        if isinstance(element, NodeKey):
            anew.add(element)
    # Relationships may have been drawn to the node that goes.
    added |= {tie for tie in expected.relationships if anew and (tie.start in anew or tie.end in anew)}
    return Plan(
        added=(*sorted(key for key in added if isinstance(key, NodeKey)), *_ties(added)),
        changed={element: changes for element, changes in changed.items() if element not in added},
        removed=(),
        before=Graph(),
        after=expected,
    )


def mending_statements(findings: Iterable[Finding], plan: Plan, everything: bool) -> Iterator[Statement]:
    """What is too much goes first, by the engine's own ids; then `plan` is written.

    Parameters
    ----------
    everything
        Whether labels and types outside the model go, too.
    """
    doomed: dict[tuple[bool, str], list[str]] = {}
    outside = []
    for finding in findings:
        is_doomed = finding.wrong in (Wrong.EXTRA, Wrong.TWICE) or finding.property == LABELS
        if is_doomed and finding.handle:
            doomed.setdefault((finding.what in _LABELS, finding.what), []).append(finding.handle)
        if finding.wrong is Wrong.OUTSIDE and everything:
            outside.append(finding)
    # Relationships before nodes: those that go with their nodes need no second look.
    for (is_node, name), handles in sorted(doomed.items()):
        yield from _deletions(is_node, name, handles)
    yield from map(_deletion_of_kind, sorted(outside, key=lambda finding: bool(finding.id)))
    yield from plan_statements(plan)


def _deletions(is_node: bool, name: str, handles: list[str]) -> Iterator[Statement]:
    pattern, delete = (f"(n:{name})", "DETACH DELETE") if is_node else (f"()-[n:{name}]->()", "DELETE")
    text = (
        f"WITH [row IN $rows | row.handle] AS handles MATCH {pattern} WHERE elementId(n) IN handles "
        f"WITH collect(DISTINCT n) AS stale UNWIND stale AS one {delete} one"
    )
    for start in range(0, len(handles), _AT_ONCE):
        yield Statement(text, [{"handle": handle} for handle in handles[start : start + _AT_ONCE]])


def _deletion_of_kind(finding: Finding) -> Statement:
    if finding.id:
        labels = [name.replace("`", "``") for name in finding.what.split(":") if name]
        pattern, delete = "(n" + "".join(f":`{name}`" for name in labels) + ")", "DETACH DELETE"
        only = "size(labels(n)) = size($rows[0].labels)"
        rows: list[dict[str, object]] = [{"labels": [name for name in finding.what.split(":") if name]}]
    else:
        name = finding.what.replace("`", "``")
        pattern, delete, only, rows = f"()-[n:`{name}`]->()", "DELETE", "true", [{}]
    text = f"MATCH {pattern} WHERE {only} WITH collect(DISTINCT n) AS stale UNWIND stale AS one {delete} one"
    return Statement(text, rows)


def _ties(elements: Iterable[Element]) -> tuple[RelationshipKey, ...]:
    return tuple(sorted(key for key in elements if isinstance(key, RelationshipKey)))
