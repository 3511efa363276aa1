"""Constraints and indexes of the model against those that the graph has."""

from collections.abc import Collection, Sequence

from graph_store.schema import INTERNAL_LABELS, NODE_KINDS
from graph_store.store import Row, Store

from .findings import Finding, Wrong

_UNIQUE = "UNIQUENESS"
_LABELS = (*(kind.label for kind in NODE_KINDS), *INTERNAL_LABELS)


def wrong_structure(store: Store) -> list[Finding]:
    """Constraints of the model that are missing, and what stands in their place or may refuse a load."""
    constraints = store.read("SHOW CONSTRAINTS YIELD name, type, labelsOrTypes, properties")
    indexes = store.read("SHOW INDEXES YIELD name, labelsOrTypes, properties, owningConstraint")
    unique = {row["labelsOrTypes"][0] for row in constraints if row["type"] == _UNIQUE and row["properties"] == ["id"]}
    found = [
        Finding(Wrong.CONSTRAINT, row["name"], id=row["labelsOrTypes"][0], property="index", found=row["properties"])
        for row in indexes
        if row["properties"] == ["id"] and row["labelsOrTypes"][0] in _LABELS and not row["owningConstraint"]
    ]
    found += [
        Finding(
            Wrong.CONSTRAINT, row["name"], id=row["labelsOrTypes"][0], property="constraint", found=row["properties"]
        )
        for row in constraints
        if row["labelsOrTypes"][0] in _LABELS and row["properties"] != ["id"] and not _made_by_engine(row)
    ]
    found += [
        Finding(Wrong.CONSTRAINT, _constraint(label), id=label, expected=["id"])
        for label in _LABELS
        if label not in unique
    ]
    if not any(row["labelsOrTypes"] == ["LoadedTable"] and row["properties"] == ["load"] for row in indexes):
        found.append(Finding(Wrong.CONSTRAINT, "loadedtable_load", id="LoadedTable", expected=["load"]))
    return found


def _made_by_engine(constraint: Row) -> bool:
    """Whether it only notes the type of a property that was indexed, as the local engine does by itself."""
    label, properties = constraint["labelsOrTypes"][0], constraint["properties"]
    return str(constraint["name"]) == f"constraint_{label}_{'_'.join(properties)}_type"


def ids_kept_apart(label: str) -> str:
    """The statement that has the engine refuse a second node of one id."""
    return f"CREATE CONSTRAINT {_constraint(label)} IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"


def _constraint(label: str) -> str:
    return f"{label.lower()}_id"


def drop_wrong(store: Store, findings: Sequence[Finding]) -> None:
    """Take away what stands in the way of the model's own constraints."""
    for finding in findings:
        if finding.wrong is Wrong.CONSTRAINT and finding.property:
            name = finding.what.replace("`", "``")
            store.run_alone(f"DROP {finding.property.upper()} `{name}`")


def make_missing(store: Store, findings: Sequence[Finding], not_yet: Collection[str]) -> None:
    """Make the constraints that are missing, but for labels in which two nodes still share an id."""
    for finding in findings:
        if finding.wrong is Wrong.CONSTRAINT and finding.expected == ["id"] and finding.id not in not_yet:
            store.run_alone(ids_kept_apart(finding.id))
