"""Where the engines differ: one row each, used by the code, the tests and the docs.

Each row has a probe, and what each engine answers to it. The tests run every
probe on every engine, so that the day an engine is mended the suite says so;
``docs/engines.md`` prints the same table.
"""

from dataclasses import dataclass
from typing import Any

from languages.words import N_

ARCADEDB, NEO4J = "arcadedb", "neo4j"
BY_YEAR = 2025  # the first version of Neo4j that is called after its year


@dataclass(frozen=True)
class Engine:
    """What the code must know of an engine before it talks to it."""

    code: str
    title: str
    reader_user: bool  # a second user that can only read, whatever the statement
    plan_tells: bool  # EXPLAIN says truthfully whether a statement writes, and does not run it
    timeout_per_transaction: bool  # a limit sent with a transaction is kept


ENGINES = {
    engine.code: engine
    for engine in (
        Engine(ARCADEDB, "ArcadeDB", reader_user=True, plan_tells=False, timeout_per_transaction=False),
        Engine(NEO4J, "Neo4j", reader_user=False, plan_tells=True, timeout_per_transaction=True),
    )
}


@dataclass(frozen=True)
class Difference:
    """One difference: a probe that reads, its answer on each engine, and the form that is the same on both.

    An answer is the list of rows, or the name of the driver's exception.
    `newer` is that of Neo4j since its versions are called after years, where it has changed.
    """

    code: str
    subject: str
    probe: str
    arcadedb: list[dict[str, Any]] | str
    neo4j: list[dict[str, Any]] | str
    instead: str
    newer: list[dict[str, Any]] | str | None = None

    def answer(self, engine: str, version: str) -> list[dict[str, Any]] | str:
        """What the engine of that code and version, such as ``5.26.31``, is known to answer."""
        if engine == ARCADEDB:
            return self.arcadedb
        return self.newer if self.newer is not None and int(version.partition(".")[0]) >= BY_YEAR else self.neo4j


# The graph that the probes read: (:Region {id: 'a'})<-[:PART_OF]-(:Region {id: 'b'})<-[:PART_OF]-(:Region {id: 'c'}).
PROBE_GRAPH = (
    "CREATE (a:Region {id: 'a', population: 1}), (b:Region {id: 'b', population: 2}), "
    "(c:Region {id: 'c', population: 4}), "
    "(b)-[:PART_OF {key: 'ba'}]->(a), (c)-[:PART_OF {key: 'cb'}]->(b)"
)

DIFFERENCES = (
    Difference(
        "aggregate-in-test",
        N_("An aggregate inside IS NULL, IN, AND, OR, CONTAINS and the like is worked out per row"),
        "MATCH (r:Region) RETURN max(r.population) IS NULL AS missing ORDER BY missing",
        [{"missing": True}] * 3,
        [{"missing": False}],
        "WITH max(r.population) AS most RETURN most IS NULL",
    ),
    Difference(
        "dynamic-type",
        N_("A relationship type given as a parameter or expression is ignored"),
        "WITH 'BORDERS' AS wanted MATCH (:Region {id: 'b'})-[r:$(wanted)]->() RETURN count(r) AS found",
        [{"found": 1}],
        [{"found": 0}],
        "WHERE type(r) IN $types",
    ),
    Difference(
        "dynamic-label",
        N_("A label given as a parameter or expression in a condition is ignored"),
        "MATCH (r:Region) WHERE r:$('Nobody') RETURN count(r) AS found",
        [{"found": 3}],
        "CypherSyntaxError",
        "WHERE $label IN labels(n)",
    ),
    Difference(
        "index-of-collect",
        N_("The first of a collected list of maps, taken at once, is lost"),
        "MATCH (r:Region {id: 'a'}) RETURN collect({id: r.id})[0].id AS first",
        [{}],
        [{"first": "a"}],
        "WITH collect({id: r.id}) AS found RETURN found[0].id",
    ),
    Difference(
        "shortest-word",
        N_("SHORTEST before a path is refused"),
        "MATCH p = SHORTEST 1 (:Region {id: 'c'})-[:PART_OF]->+(:Region {id: 'a'}) RETURN length(p) AS steps",
        "CypherSyntaxError",
        [{"steps": 2}],
        "shortestPath((c)-[:PART_OF*]->(a))",
    ),
    Difference(
        "integer-of-blanks",
        N_("toInteger of a text with blanks around the number is nothing on Neo4j 5"),
        "RETURN toInteger(' 7 ') AS seven",
        [{"seven": 7}],
        [{"seven": None}],
        "toInteger(trim(text))",
        newer=[{"seven": 7}],
    ),
    Difference(
        "bad-pattern",
        N_("An invalid regular expression is false instead of an error"),
        "RETURN 'a' =~ '[' AS fits",
        [{"fits": False}],
        "ClientError",
        N_("Check the pattern before it is sent."),
    ),
    Difference(
        "sum-of-durations",
        N_("Durations cannot be added up"),
        "UNWIND [duration('P1D'), duration('P2D')] AS d RETURN sum(d).days AS days",
        [{}],
        [{"days": 3}],
        "sum(d.days)",
    ),
)
