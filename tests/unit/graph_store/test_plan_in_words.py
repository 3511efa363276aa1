from typing import Any

from graph_store.cypher.plan_in_words import read_plan

ARCADEDB = """OpenCypher Native Execution Plan
=================================

Using Cost-Based Query Optimizer

Physical Plan:
+ ExpandAll(r)-[:LOCATED_IN]-<(o:Organisation) [cost=5.00, rows=2]
  + CartesianProduct [compact buffer] [cost=1150.50, rows=1615]
    + NodeByLabelScan(a:Region) [filter: a.population > 10] [cost=323.00, rows=323]
    + NodeIndexSeek(r:Region) [index=Region[id], id=AM24, filter: r.id = AM24, cost=5.00, rows=1]

Total Estimated Cost: 5.00

Steps After the Optimized Match:
+ GROUP BY AGGREGATION [o.kind] count(DISTINCT p)
+ LIMIT 3
+ FINAL PROJECTION [o.kind, n]
"""


def operator(name: str, details: str = "", rows: float = 1.0, *children: dict[str, Any]) -> dict[str, Any]:
    return {
        "operatorType": f"{name}@neo4j",
        "args": {"Details": details, "EstimatedRows": rows},
        "children": list(children),
    }


def test_the_steps_of_a_tree_are_told_as_they_are_done() -> None:
    plan = operator(
        "ProduceResults", "n", 4.0,
        operator(
            "Projection", "cache[p.name] AS `p.name`, anon_3[..$autoint_0] AS first", 4.0,
            operator(
                "Apply", "", 4.0,
                operator("NodeUniqueIndexSeek", "UNIQUE r:Region(id) WHERE id = $autostring_0"),
                operator(
                    "Expand(Into)", "(r)<-[anon_0:LOCATED_IN]-(anon_1)", 4.4,
                    operator("NodeByLabelScan", "p:Project", 120.0), operator("Argument", "r"),
                ),
            ),
        ),
    )  # fmt: skip

    assert [(step.words, step.rows) for step in read_plan(plan).steps] == [
        ("Looks up Region.id through an index", 1.0),
        ("Goes through all nodes p:Project", 120.0),
        ("Keeps those that are joined by (r)<-[:LOCATED_IN]-()", 4.4),
        ("Does this for each row, and puts the results together", 4.0),
        ("Works out p.name, …[..…] AS first", 4.0),
    ]


def test_kindred_operators_are_told_in_the_same_words() -> None:
    names = ("AntiSemiApply", "LetSelectOrSemiApply", "NodeRightOuterHashJoin", "PartialTop", "OptionalExpand(Into)")

    words = [read_plan(operator(name, "x")).steps[0].words for name in names]

    assert words == [
        "Keeps the rows for which this is not found",
        "Keeps the rows for which this is found",
        "Joins the two by x",
        "Keeps the first ones by x",
        "Follows x, where there is one",
    ]


def test_an_operator_that_is_not_known_keeps_its_own_name() -> None:
    assert read_plan(operator("QuantumLeap", "over a")).steps[0].words == "QuantumLeap over a"


def test_what_grows_fastest_with_the_graph_is_marked() -> None:
    plan = operator("CartesianProduct", "", 9.0, operator("AllNodesScan", "a"), operator("Limit", "3"))

    assert [(step.operator, step.dear) for step in read_plan(plan).steps] == [
        ("AllNodesScan", True),
        ("Limit", False),
        ("CartesianProduct", True),
    ]


def test_the_text_of_the_embedded_engine_is_turned_the_way_it_is_done() -> None:
    plan = {"operatorType": "ArcadeDB.OpenCypher.Plan", "args": {"string-representation": ARCADEDB}}

    read = read_plan(plan)

    assert read.text == ARCADEDB.strip()
    assert [(step.words, step.rows) for step in read.steps] == [
        ("Goes through all nodes (a:Region) [filter: a.population > 10]", 323.0),
        ("Looks up Region.id through an index", 1.0),
        ("Puts each row of one of the two beside each row of the other", 1615.0),
        ("Follows (r)-[:LOCATED_IN]-<(o:Organisation)", 2.0),
        ("GROUP BY AGGREGATION [o.kind] count(DISTINCT p)", None),
        ("LIMIT 3", None),
    ]


def test_no_plan_has_no_steps() -> None:
    assert read_plan(None).steps == ()
