"""The learning tree as a file: what others can open, read back by other programs' rules."""

import io
import json
import math
from datetime import date

import networkx as nx
import pytest

from explorer.analysis.spread.tree import Candidate, Impossible, Learner, LearningTree
from explorer.analysis.spread.tree_files import as_json, graphml, newick

NAMES = {"A": "Arnhem", "B": "'s-Hertogenbosch", "C": "Culemborg", "D": "De Bilt", "E": "Ede"}
NEW_YEAR = {year: (date(year, 1, 1), date(year, 1, 1)) for year in range(2010, 2021)}


def saw(source: str, visit: str = "v", grade: str = "consistent", share: float = math.nan) -> Candidate:
    return Candidate(grade, source, visit, True, (30, 60), share)


# Arnhem began in 2012; 's-Hertogenbosch learnt it there, Culemborg from 's-Hertogenbosch; De Bilt from nobody known.
TREE = LearningTree(
    "x",
    "A",
    (
        Learner("B", "s1", NEW_YEAR[2014], None, saw("A", share=0.8), "odds", (saw("D", "w", share=0.1),)),
        Learner("C", "s2", NEW_YEAR[2015], NEW_YEAR[2018], saw("B", grade="stated"), "stated"),
        Learner("D", "s3", None, None, None, "nobody"),
    ),
    (),
    (Impossible("E", "v9", "A", "after"),),
)


def test_graphml_is_read_back_by_networkx_with_its_regions_and_grades() -> None:
    graph = nx.read_graphml(io.BytesIO(graphml(TREE, NAMES)))

    assert set(graph.nodes) == {"A", "B", "C", "D"}
    assert set(graph.edges) == {("A", "B"), ("B", "C")}
    assert graph.nodes["B"]["name"] == "'s-Hertogenbosch"
    assert graph.nodes["C"]["stopped_from"] == "2018-01-01"
    assert graph.edges["A", "B"] == {
        "visit": "v",
        "grade": "consistent",
        "certain": True,
        "share": 0.8,
        "reason": "odds",
    }
    assert "share" not in graph.edges["B", "C"]


def test_newick_nests_learners_and_measures_branches_in_years() -> None:
    # 1 Jan 2012 to 1 Jan 2014 is 731 days of 365.25; De Bilt stands beside the origin, with no length.
    found = newick(TREE, NAMES, NEW_YEAR[2012])

    assert found == "((('Culemborg':0.999)'''s-Hertogenbosch':2.001)'Arnhem','De Bilt');\n"


def test_newick_of_one_root_has_no_root_without_a_name() -> None:
    tree = LearningTree("x", "A", TREE.learners[:1], (), ())

    assert newick(tree, NAMES) == "('''s-Hertogenbosch')'Arnhem';\n"


def test_a_source_that_is_neither_origin_nor_learner_is_a_root_of_its_own() -> None:
    tree = LearningTree("x", "A", (Learner("B", "s", None, None, saw("E"), "only"),), (), ())

    assert newick(tree, NAMES) == "('Arnhem',('''s-Hertogenbosch')'Ede');\n"
    assert set(nx.read_graphml(io.BytesIO(graphml(tree, NAMES))).edges) == {("E", "B")}


def test_json_holds_the_candidates_not_chosen_and_the_impossible_orders() -> None:
    found = json.loads(as_json(TREE, NAMES))

    assert found["origin"] == "A"
    assert [region["id"] for region in found["regions"]] == ["A", "B", "C", "D"]
    assert found["learnt"][0]["to"] == "B"
    assert found["learnt"][0]["others"] == [
        {"from": "D", "visit": "w", "host": None, "grade": "consistent", "certain": True, "share": 0.1}
    ]
    assert found["impossible"] == [{"region": "E", "visit": "v9", "source": "A", "reason": "after"}]


def test_an_unknown_name_is_told_by_its_id() -> None:
    assert "'C'" in newick(TREE, {"A": "Arnhem"})


@pytest.mark.parametrize("tree", [LearningTree("x", None, (), (), ()), LearningTree("x", "A", (), (), ())])
def test_a_tree_without_learners_is_written_too(tree: LearningTree) -> None:
    assert newick(tree, NAMES).endswith(";\n")
    assert len(nx.read_graphml(io.BytesIO(graphml(tree, NAMES)))) == (1 if tree.origin else 0)
    assert json.loads(as_json(tree, NAMES))["learnt"] == []
