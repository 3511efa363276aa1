"""Checks beyond the catalogue's examples: the demo passes, and near misses are no faults."""

from collections import Counter

from loader_examples import DEMO, NL_AND_ZEELAND, checked, said

from graph_loader.sources import read
from graph_loader.validate import examine

GUIDE = "id,name,started\nguide,A guide for each,2018-05"
SPRING = "id,name,on,kind\nspring,Spring visit,2019-04-03,work visit"
STEP = "id,on,stage,region,approach,credited_to\n"


def codes(**tables: str) -> list[str]:
    found = checked("test", (), **tables)
    return [fault.code for fault in (*found.faults, *found.doubts)]


def test_the_demo_has_no_fault() -> None:
    assert [str(fault) for fault in examine(read([DEMO])).faults] == []


def test_the_demo_has_all_its_facts() -> None:
    graph = examine(read([DEMO])).graph
    nodes = Counter(key.label for key in graph.nodes)
    relationships = Counter(key.type for key in graph.relationships)

    assert nodes["Region"] == 323
    assert nodes["Organisation"] == 274
    assert nodes["Project"] == 120
    assert (nodes["Approach"], nodes["Element"]) == (48, 5)
    assert (nodes["Visit"], relationships["ATTENDED"]) == (87, 437)
    assert nodes["Adoption"] == 231
    assert (nodes["Plan"], nodes["Theme"], nodes["Source"]) == (5, 19, 121)
    assert (relationships["MEMBER_OF"], relationships["ASSESSED"], relationships["BORDERS"]) == (18, 8, 75)


def test_a_step_in_the_year_in_which_its_approach_began_is_no_fault() -> None:
    assert codes(regions=NL_AND_ZEELAND, approaches=GUIDE, adoptions=STEP + "step,2018,partial,zeeland,guide,") == []


def test_a_credited_visit_of_a_body_in_the_region_is_no_fault() -> None:
    found = codes(
        regions=NL_AND_ZEELAND,
        approaches=GUIDE,
        visits=SPRING,
        organisations="id,name,kind,region\ndesk,Desk,service desk,zeeland",
        attendances="attendee,visit\ndesk,spring",
        adoptions=STEP + "step,2019,partial,zeeland,guide,spring",
    )

    assert found == []


def test_a_credited_visit_of_the_country_above_is_no_fault() -> None:
    found = codes(
        regions=NL_AND_ZEELAND,
        approaches=GUIDE,
        visits=SPRING,
        organisations="id,name,kind,region\nministry,Ministry,ministry,nl",
        attendances="attendee,visit\nministry,spring",
        adoptions=STEP + "step,2019,partial,zeeland,guide,spring",
    )

    assert found == []


def test_all_faults_are_told_at_once_in_the_order_of_tables_and_rows() -> None:
    found = checked(
        visits="id,name,on,kind\na,,2019-13,nothing\nb,B,2020,work visit",
        regions="id,name,kind,country\nr,R,province,XX",
        attendances="attendee,visit\nr,c",
    )

    assert [(fault.file, fault.row, fault.column, fault.code) for fault in found.faults] == [
        ("regions.csv", 2, "country", "not_a_country"),
        ("visits.csv", 2, "name", "missing_cell"),
        ("visits.csv", 2, "on", "no_such_day"),
        ("visits.csv", 2, "kind", "not_in_list"),
        ("attendances.csv", 2, "visit", "no_such_row"),
    ]


def test_a_misspelt_table_is_told_once_and_not_for_every_reference_to_it() -> None:
    found = checked(
        region=NL_AND_ZEELAND,
        plans="id,name,year,region\none,One,2023,zeeland\ntwo,Two,2024,zeeland",
    )

    assert [fault.code for fault in found.faults] == ["unknown_table"]


def test_example_rows_are_not_loaded() -> None:
    found = checked(themes="id,name,kind\nexample: some words,Its name,priority\nwork,Work,priority")

    assert [row.cells["id"] for row in found.rows.rows if row.table == "themes"] == ["work"]


def test_references_may_point_at_rows_of_other_data_sets() -> None:
    other = said("other", regions=NL_AND_ZEELAND)

    assert checked("test", (other,), plans="id,name,year,region\nplan,A plan,2024,zeeland").faults == ()


def test_a_data_set_that_is_replaced_does_not_contradict_itself() -> None:
    former = said("test", projects="id,name,status\ndesk,One desk,running")

    found = checked("test", (former,), projects="id,name,status\ndesk,One desk,ended")

    assert (found.faults, found.doubts) == ((), ())
