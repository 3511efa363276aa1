"""How an engine means to find an answer: its plan as a list of steps in words, in the order in which they are done."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import neo4j

from languages.words import N_, _

from ..store import Store

_SECONDS: Final = 20.0  # for making a plan
_INDEXED: Final = re.compile(r"(?P<label>\w+)[\[(](?P<property>\w+)[\])]")
_MADE_UP: Final = (
    (re.compile(r"\bcache\[(.*?)\]"), r"\1"),
    (re.compile(r"\$auto\w+"), "…"),
    (re.compile(r"(?<=[(\[])anon_\d+"), ""),
    (re.compile(r"\banon_\d+\b"), "…"),
    (re.compile(r"`([^`]*)`"), r"\1"),
    (re.compile(r"(?:(?<=, )|^)([^,]+) AS \1(?=,|$)"), r"\1"),
)
_COSTS: Final = re.compile(r",?\s*\b(?:cost|rows)=[\d.]+|\[compact buffer\]")
_CLOTHED: Final = re.compile(r"\[(?:predicate|on)=(?P<bare>.*?)\]$|\[\s*\]$")
_STEP: Final = re.compile(r"^(?P<blank>\s*)\+ (?P<name>[A-Za-z]+)(?P<details>.*)$")

# What an operator does, by the name that both engines give it; {details} are the engine's own.
_WORDS: Final[Mapping[str, str]] = {
    "NodeIndexSeek": N_("Looks up {indexed} through an index"),
    "NodeIndexScan": N_("Goes through the index of {indexed}"),
    "NodeByLabelScan": N_("Goes through all nodes {details}"),
    "AllNodesScan": N_("Goes through every node of the graph"),
    "NodeByIdSeek": N_("Looks up nodes by the engine's own id"),
    "RelationshipTypeScan": N_("Goes through all relationships {details}"),
    "AllRelationshipsScan": N_("Goes through every relationship of the graph"),
    "RelationshipIndexSeek": N_("Looks up relationships through an index: {details}"),
    "Expand": N_("Follows {details}"),
    "ExpandInto": N_("Keeps those that are joined by {details}"),
    "OptionalExpand": N_("Follows {details}, where there is one"),
    "VarLengthExpand": N_("Follows {details} over several relationships"),
    "ShortestPath": N_("Looks for a shortest path {details}"),
    "Filter": N_("Keeps those with {details}"),
    "Projection": N_("Works out {details}"),
    "CacheProperties": N_("Reads {details}"),
    "Aggregation": N_("Groups and counts: {details}"),
    "Distinct": N_("Keeps each only once: {details}"),
    "Sort": N_("Sorts by {details}"),
    "Top": N_("Keeps the first ones by {details}"),
    "Limit": N_("Keeps the first {details}"),
    "Skip": N_("Leaves out the first {details}"),
    "CartesianProduct": N_("Puts each row of one of the two beside each row of the other"),
    "HashJoin": N_("Joins the two by {details}"),
    "Apply": N_("Does this for each row, and puts the results together"),
    "SemiApply": N_("Keeps the rows for which this is found"),
    "AntiSemiApply": N_("Keeps the rows for which this is not found"),
    "RollUpApply": N_("Makes a list of what is found for each row"),
    "Optional": N_("Keeps the row also where nothing is found"),
    "Unwind": N_("Makes a row of each item: {details}"),
    "Union": N_("Puts both results together"),
    "CountFromCountStore": N_("Reads a number that the engine keeps: {details}"),
    "ProcedureCall": N_("Calls {details}"),
    "Eager": N_("Waits until all rows are there"),
    "ProduceResults": N_("Returns {details}"),
}
_FAMILIES: Final = (  # beginnings and ends by which kindred operators are told; the first that fits
    (re.compile(r"^(Expand|OptionalExpand)Into$|^Expand\(Into\)"), "ExpandInto"),
    (re.compile(r"IndexSeek|UniqueIndexSeek"), "NodeIndexSeek"),
    (re.compile(r"^NodeIndex.*Scan"), "NodeIndexScan"),
    (re.compile(r"^NodeBy(Element)?Id"), "NodeByIdSeek"),
    (re.compile(r"NodeByLabelsScan$"), "NodeByLabelScan"),
    (re.compile(r"RelationshipTypes?Scan"), "RelationshipTypeScan"),
    (re.compile(r"AllRelationshipsScan"), "AllRelationshipsScan"),
    (re.compile(r"^OptionalExpand"), "OptionalExpand"),
    (re.compile(r"^(VarLengthExpand|Repeat|BidirectionalRepeat|PathPropagatingBFS)"), "VarLengthExpand"),
    (re.compile(r"ShortestPath"), "ShortestPath"),
    (re.compile(r"^Expand"), "Expand"),
    (re.compile(r"Aggregation$"), "Aggregation"),
    (re.compile(r"Distinct$"), "Distinct"),
    (re.compile(r"Sort$"), "Sort"),
    (re.compile(r"^(Partial)?Top"), "Top"),
    (re.compile(r"Limit$"), "Limit"),
    (re.compile(r"Join$"), "HashJoin"),
    (re.compile(r"Anti\w*Apply"), "AntiSemiApply"),
    (re.compile(r"Semi\w*Apply"), "SemiApply"),
    (re.compile(r"Union$"), "Union"),
    (re.compile(r"CountFromCountStore$"), "CountFromCountStore"),
)
_DEAR: Final = ("AllNodesScan", "AllRelationshipsScan", "CartesianProduct")
_UNTOLD: Final = ("Argument", "ProduceResults", "PROJECT", "FINAL")  # what is said by the steps around it


@dataclass(frozen=True)
class Step:
    """One step: what it does, the operator that does it, and how many rows the engine expects; None where it says none.

    `dear` marks the steps whose work grows fastest with the graph.
    """

    words: str
    operator: str
    rows: float | None
    dear: bool


@dataclass(frozen=True)
class Plan:
    """The steps in the order in which they are done, and the engine's own text where it gives one."""

    steps: tuple[Step, ...]
    text: str = ""


def plan_of(store: Store, cypher: str, parameters: Mapping[str, Any] | None = None) -> Plan:
    """The plan of a statement, which is not run. Judge the statement first: see `guard.refuse_changes`.

    Raises
    ------
    EngineAway
        When the engine does not answer.
    neo4j.exceptions.Neo4jError
        When the engine finds the statement wrong.
    """

    @neo4j.unit_of_work(timeout=_SECONDS)
    def work(transaction: neo4j.ManagedTransaction) -> Any:
        return transaction.run(f"EXPLAIN {cypher}", dict(parameters or {})).consume().plan

    with store.session() as session:
        return read_plan(store.guarded(lambda: session.execute_read(work)))


def read_plan(plan: Mapping[str, Any] | None) -> Plan:
    """A plan as the driver gives it, in words; without steps where it holds none."""
    if not plan:
        return Plan(())
    text = str(plan.get("args", {}).get("string-representation") or "").strip()
    if str(plan["operatorType"]).startswith("ArcadeDB"):
        return Plan(tuple(_steps_of_text(text)), text)
    return Plan(tuple(_steps_of_tree(plan)), text)


def _steps_of_tree(plan: Mapping[str, Any]) -> Iterator[Step]:
    """Children are done first, the left one before the right one."""
    for child in plan.get("children", ()):
        yield from _steps_of_tree(child)
    name = str(plan["operatorType"]).partition("@")[0]
    args = plan.get("args", {})
    if not name.startswith(_UNTOLD):
        yield _step(name, str(args.get("Details") or ""), args.get("EstimatedRows"))


def _steps_of_text(text: str) -> Iterator[Step]:
    """The embedded engine writes the tree of patterns upside down, and what follows it as it is done."""
    tree: list[tuple[int, Step]] = []
    for line in text.splitlines():
        found = _STEP.match(line)
        if not found:
            yield from _turned(tree)
            tree = []
        elif not found["name"].startswith(_UNTOLD):
            rows = re.search(r"\brows=([\d.]+)", found["details"])
            name, details = found["name"], _COSTS.sub("", found["details"]).strip()
            if name.isupper():  # a phrase of its own, not an operator
                name, details = line.strip(" +"), ""
            details = _CLOTHED.sub(lambda clothes: clothes["bare"] or "", details).strip()
            tree.append((len(found["blank"]), _step(name, details, float(rows[1]) if rows else None)))
    yield from _turned(tree)


def _turned(tree: list[tuple[int, Step]]) -> Iterator[Step]:
    """The steps of a tree written from its root: each after those that are indented beneath it."""
    waiting: list[tuple[int, Step]] = []
    if all(depth == tree[0][0] for depth, _inner in tree):
        yield from (step for _depth, step in tree)
        return
    for depth, step in tree:
        while waiting and waiting[-1][0] >= depth:
            yield waiting.pop()[1]
        waiting.append((depth, step))
    yield from (step for _depth, step in reversed(waiting))


def _step(operator: str, details: str, rows: Any) -> Step:
    name = operator if operator in _WORDS else operator.partition("(")[0]
    family = next((known for pattern, known in _FAMILIES if pattern.search(operator)), name)
    for pattern, plain in _MADE_UP:
        details = pattern.sub(plain, details)
    details = re.sub(r"\s+", " ", details).strip()
    indexed = _INDEXED.search(details)
    of = f"{indexed['label']}.{indexed['property']}" if indexed else details
    words = _(_WORDS[family]).format(details=details, indexed=of) if family in _WORDS else f"{operator} {details}"
    estimate = None if rows is None else float(rows)
    return Step(words.strip(), operator, estimate, family in _DEAR)
