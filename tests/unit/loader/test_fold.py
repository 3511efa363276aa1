"""Folding tables into one graph, and what a load would change."""

import random
from datetime import date

from loader_examples import DEMO, NL_AND_ZEELAND, said

from graph_loader.fold import Graph, fold
from graph_loader.meaning import NodeKey, RelationshipKey
from graph_loader.plan import Change, Plan, plan
from graph_loader.rows import DataSetRows
from graph_loader.sources import read
from graph_loader.validate import examine

NL, ZEELAND = NodeKey("Region", "nl"), NodeKey("Region", "zeeland")


def applied(changes: Plan) -> Graph:
    """What becomes of the graph before when the plan is carried out on it."""
    nodes, relationships = dict(changes.before.nodes), dict(changes.before.relationships)
    for element in (*changes.added, *changes.changed):
        if isinstance(element, NodeKey):
            nodes[element] = changes.after.nodes[element]
        else:
            relationships[element] = changes.after.relationships[element]
    for element in changes.removed:
        if isinstance(element, NodeKey):
            del nodes[element]
        else:
            del relationships[element]
    return Graph(nodes, relationships)


def demo_rows() -> DataSetRows:
    return examine(read([DEMO])).rows


def test_a_row_becomes_a_node_with_typed_properties() -> None:
    graph = fold([said(visits="id,name,on,kind\nspring,Spring visit,2019-04,work visit")])

    assert graph.nodes[NodeKey("Visit", "spring")] == {
        "id": "spring",
        "name": "Spring visit",
        "on": "2019-04",
        "on_from": date(2019, 4, 1),
        "on_to": date(2019, 4, 30),
        "kind": "work visit",
        "data_sets": ["test"],
        "sources": [],
    }


def test_a_column_becomes_a_relationship() -> None:
    graph = fold([said(regions=NL_AND_ZEELAND)])

    (key,) = graph.relationships
    assert (key.type, key.start, key.end) == ("PART_OF", ZEELAND, NL)
    assert graph.relationships[key] == {"key": "Region:zeeland|Region:nl", "data_sets": ["test"], "sources": []}


def test_an_origin_takes_the_date_of_its_approach() -> None:
    graph = fold([said(regions=NL_AND_ZEELAND, approaches="id,name,started,origin\nguide,A guide,2016,zeeland")])

    (origin,) = [own for key, own in graph.relationships.items() if key.type == "ORIGINATED_IN"]
    assert (origin["on"], origin["on_from"], origin["on_to"]) == ("2016", date(2016, 1, 1), date(2016, 12, 31))


def test_a_step_is_named_after_its_region_and_approach() -> None:
    graph = fold(
        [
            said(
                regions=NL_AND_ZEELAND,
                approaches="id,name\nguide,A guide for each",
                adoptions="id,stage,region,approach\nstep,partial,zeeland,guide",
            )
        ]
    )

    assert graph.nodes[NodeKey("Adoption", "step")]["name"] == "Zeeland: A guide for each"


def test_a_border_is_kept_once_with_its_ends_in_order() -> None:
    rows = said(regions=NL_AND_ZEELAND, region_borders="region_a,region_b\nzeeland,nl")

    (border,) = [key for key in fold([rows]).relationships if key.type == "BORDERS"]

    assert (border.start, border.end, border.key) == (NL, ZEELAND, "nl|zeeland")


def test_the_key_of_a_relationship_holds_its_discriminators_and_escapes_its_sign() -> None:
    rows = said(
        organisations="id,name,kind\na|b,One,company",
        projects="id,name\ndesk,One desk",
        participations="organisation,project,role,since\na|b,desk,partner,2022\na|b,desk,leader,",
    )

    keys = sorted(key.key for key in fold([rows]).relationships)

    assert keys == ["a\\|b|desk|leader|", "a\\|b|desk|partner|2022"]


def test_sources_are_a_list_on_what_they_state() -> None:
    rows = said(
        sources="id,name\ns1,Minutes\ns2,Report",
        themes="id,name,kind,source\nwork,Work,priority,s2;s1",
    )

    assert fold([rows]).nodes[NodeKey("Theme", "work")]["sources"] == ["s1", "s2"]


def test_a_later_data_set_wins_property_by_property_and_the_difference_is_told() -> None:
    first = said("first", projects="id,name,status,summary\ndesk,One desk,running,What it does")
    second = said("second", projects="id,name,status\ndesk,One desk,ended")

    graph = fold([first, second])

    own = graph.nodes[NodeKey("Project", "desk")]
    assert (own["status"], own["summary"], own["data_sets"]) == ("ended", "What it does", ["first", "second"])
    (conflict,) = graph.conflicts
    assert (conflict.property, conflict.data_set, conflict.value) == ("status", "second", "ended")
    assert (conflict.other_data_set, conflict.other_value) == ("first", "running")


def test_a_data_set_may_refer_to_rows_of_another() -> None:
    first = said("first", regions=NL_AND_ZEELAND)
    second = said("second", (first,), plans="id,name,year,region\nplan,A plan,2024,zeeland")

    assert [key.type for key in fold([first, second]).relationships if key.start.label == "Plan"] == ["COVERS"]


def test_the_order_of_rows_plays_no_part() -> None:
    rows = demo_rows()
    shuffled = list(rows.rows)
    random.Random(1).shuffle(shuffled)

    one, other = fold([rows]), fold([DataSetRows(rows.data_set, tuple(shuffled))])

    assert one.nodes == other.nodes
    assert one.relationships == other.relationships


def test_nothing_is_left_out_of_the_demo() -> None:
    assert fold([demo_rows()]).left_out == ()


def test_a_plan_between_equal_graphs_is_empty() -> None:
    graph = fold([demo_rows()])

    assert plan(graph, graph).empty


def test_a_plan_tells_a_changed_property_with_both_values() -> None:
    before = fold([said(projects="id,name,status\ndesk,One desk,running")])
    after = fold([said(projects="id,name,status\ndesk,One desk,ended")])

    changes = plan(before, after)

    assert changes.changed == {NodeKey("Project", "desk"): (Change("status", "running", "ended"),)}
    assert not changes.added
    assert not changes.removed


def test_a_row_taken_out_removes_only_what_nobody_else_says() -> None:
    both = "id,name\ndesk,One desk\nbus,A bus"
    first, second = said("first", projects=both), said("second", projects="id,name\ndesk,One desk")

    changes = plan(fold([first, second]), fold([said("first", themes="id,name,kind\nwork,Work,priority"), second]))

    assert changes.removed == (NodeKey("Project", "bus"),)
    assert changes.changed[NodeKey("Project", "desk")] == (Change("data_sets", ["first", "second"], ["second"]),)


def test_a_plan_carried_out_gives_the_graph_after() -> None:
    demo = demo_rows()
    rows = list(demo.rows)
    random.Random(2).shuffle(rows)
    before = fold([DataSetRows("demo", tuple(rows[::2])), said("other", regions=NL_AND_ZEELAND)])
    after = fold([demo])

    result = applied(plan(before, after))

    assert result.nodes == after.nodes
    assert result.relationships == after.relationships


def test_counts_per_kind_name_what_is_touched() -> None:
    changes = plan(Graph(), fold([said(regions=NL_AND_ZEELAND)]))

    assert changes.counts() == {"DataSet": (1, 0, 0), "Region": (2, 0, 0), "PART_OF": (1, 0, 0)}
    assert isinstance(changes.added[-1], RelationshipKey)
