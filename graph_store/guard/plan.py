"""What the plan of a statement shows that goes beyond reading, on an engine whose plan can be trusted."""

import re
import threading
from collections.abc import Iterator, Sequence
from queue import Empty, SimpleQueue
from typing import Any, Final, LiteralString

import neo4j
from neo4j.exceptions import Neo4jError

from languages.words import _, number

from ..cypher.tokens import Token
from ..errors import WriteRefused
from ..store import Store
from .words import EXPLAINING

EXPLAIN_SECONDS: Final = 20.0
_EXPLAIN = "EXPLAIN "
_PLACE = re.compile(r"\(line (\d+), column (\d+) \(offset: (\d+)\)\)")

_SCANS = (
    "AllNodesScan NodeByLabelScan IntersectionNodeByLabelsScan SubtractionNodeByLabelsScan UnionNodeByLabelsScan "
    "NodeIndexScan NodeIndexSeek NodeIndexSeekByRange NodeUniqueIndexSeek NodeUniqueIndexSeekByRange "
    "NodeIndexContainsScan NodeIndexEndsWithScan MultiNodeIndexSeek NodeByIdSeek NodeByElementIdSeek "
    "DynamicLabelNodeLookup NodeFulltextIndexSearch NodeVectorIndexSearch NodeCountFromCountStore "
    "RelationshipCountFromCountStore"
)
_RELATIONSHIP_SCANS = (
    "AllRelationshipsScan RelationshipTypeScan UnionRelationshipTypesScan RelationshipIndexScan RelationshipIndexSeek "
    "RelationshipIndexSeekByRange RelationshipUniqueIndexSeek RelationshipUniqueIndexSeekByRange "
    "RelationshipIndexContainsScan RelationshipIndexEndsWithScan RelationshipByIdSeek RelationshipByElementIdSeek "
    "RelationshipFulltextIndexSearch RelationshipVectorIndexSearch"
)
_STEPS = (
    "Expand OptionalExpand VarLengthExpand PathPropagatingBFS ProjectEndpoints ShortestPath StatefulShortestPath "
    "Repeat RepeatOptions BidirectionalRepeat TriadicSelection TriadicBuild TriadicFilter"
)
_ROWS = (
    "Apply SemiApply AntiSemiApply LetSemiApply LetAntiSemiApply SelectOrSemiApply SelectOrAntiSemiApply "
    "LetSelectOrSemiApply LetSelectOrAntiSemiApply ConditionalApply AntiConditionalApply RollUpApply Anti Argument "
    "ArgumentTracker CacheProperties RemoteBatchProperties RemoteBatchPropertiesWithFilter CartesianProduct "
    "NodeHashJoin ValueHashJoin ValueMergeJoin NodeLeftOuterHashJoin NodeRightOuterHashJoin LeftOuterHashJoin "
    "RightOuterHashJoin Aggregation EagerAggregation OrderedAggregation Distinct OrderedDistinct Eager EmptyResult "
    "EmptyRow Filter Limit ExhaustiveLimit Skip Sort PartialSort Top PartialTop Top1WithTies Optional Projection "
    "ProduceResults Union OrderedUnion Unwind PreserveOrder NullifyMetadata NonFuseable ProcedureCall"
)
READING: Final = frozenset(
    [
        *(_SCANS + " " + _STEPS + " " + _ROWS).split(),
        *(direction + scan for direction in ("Directed", "Undirected") for scan in _RELATIONSHIP_SCANS.split()),
        *(f"Dynamic{direction}RelationshipTypeLookup" for direction in ("Directed", "Undirected")),
    ]
)
"""Operators that only read, by the names that a plan gives them, without what stands in brackets behind."""


def refuse_plan(store: Store, cypher: str, pieces: Sequence[Token]) -> None:
    """Refuse a statement whose plan does more than read; the statement is not run.

    Raises
    ------
    WriteRefused
        When the plan holds an operator that is not known to read only.
    neo4j.exceptions.Neo4jError
        When the engine finds the statement wrong.
    """
    if pieces and pieces[0].is_word(*EXPLAINING):  # both words have seven letters, so that every place stays
        summary = _explained(store, cypher[: pieces[0].start] + "EXPLAIN" + cypher[pieces[0].end :])
    else:
        try:
            summary = _explained(store, _EXPLAIN + cypher)
        except Neo4jError as error:
            error._message = _without_prefix(error.message or "")
            raise
    operators = set(_operators(summary.plan))
    if any(operator.startswith("ArcadeDB") for operator in operators):
        return  # its plans do not tell; the words are all there is
    for operator in sorted(operators - READING):
        raise WriteRefused(
            _(
                "Only reading the graph is allowed here, and the engine plans a step for this that does more: {step}."
            ).format(step=operator)
        )
    # procedures, judged by their names before, count as "schema" or "write" of the plan's own
    if summary.query_type != "r" and not (summary.query_type == "s" and "ProcedureCall" in operators):
        raise WriteRefused(_("Only reading is allowed here, and this statement would change something."))


def _explained(store: Store, cypher: str) -> neo4j.ResultSummary:
    """The engine's answer to EXPLAIN; waited for in a thread, since nothing stops Neo4j while it plans."""
    answers: SimpleQueue[neo4j.ResultSummary | Exception] = SimpleQueue()

    def ask() -> None:
        try:
            with store.session() as session:
                answers.put(session.run(neo4j.Query(_literal(cypher), timeout=EXPLAIN_SECONDS)).consume())
        except Exception as error:  # noqa: BLE001 (raised again where it is waited for)
            answers.put(error)

    threading.Thread(target=ask, name="explain", daemon=True).start()
    try:
        answer = answers.get(timeout=EXPLAIN_SECONDS)
    except Empty:
        raise WriteRefused(
            _("The engine finds no way to answer this in {seconds} seconds: write it in smaller parts.").format(
                seconds=number(EXPLAIN_SECONDS)
            )
        ) from None
    if isinstance(answer, Exception):
        raise answer
    return answer


def _without_prefix(message: str) -> str:
    """The engine's sentence with the places as they are in the statement that was given."""

    def moved(place: re.Match[str]) -> str:
        line, column, offset = (int(number) for number in place.groups())
        shift = len(_EXPLAIN)
        return f"(line {line}, column {column - (shift if line == 1 else 0)} (offset: {offset - shift}))"

    message = _PLACE.sub(moved, message)
    return re.sub(rf'(^|\n)"{_EXPLAIN}(.*\n) {{{len(_EXPLAIN)}}}', r'\1"\2', message)


def _literal(cypher: str) -> LiteralString:
    # The driver asks for literal text, against injection; EXPLAIN runs nothing.
    return cypher


def _operators(plan: Any) -> Iterator[str]:
    if plan:
        name = str(plan["operatorType"]).partition("@")[0].partition("(")[0]
        yield name.removeprefix("Partitioned").removeprefix("Remote") if name not in READING else name
        for child in plan.get("children", []):
            yield from _operators(child)
