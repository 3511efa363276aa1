"""Faults of one cause are told together, in the order in which a person mends them."""

import pytest
from loader_examples import NL_AND_ZEELAND, checked

from graph_loader.faults import Fault
from graph_loader.grouping import grouped, rows_in_words
from graph_loader.report import Report
from graph_loader.show import report_text


def test_rows_that_name_the_same_missing_region_are_of_one_cause_whatever_table_they_stand_in() -> None:
    found = checked(
        regions=NL_AND_ZEELAND,
        plans="id,name,year,region\na,A,2023,Zeelnd\nb,B,2024,Zeelnd",
        organisations="id,name,kind,region\ndesk,Desk,service desk,Zeelnd",
    )

    (group,) = grouped(found.faults)
    assert group.sentence == '3 rows name region "Zeelnd", which is not there'
    assert group.mend == "did you mean zeeland (Zeeland)?"
    assert [str(spot) for spot in group.spots] == [
        "organisations.csv, column region: row 2",
        "plans.csv, column region: rows 2, 3",
    ]


def test_two_misspelt_regions_are_two_causes() -> None:
    found = checked(regions=NL_AND_ZEELAND, plans="id,name,year,region\na,A,2023,Zeelnd\nb,B,2024,Frysland")

    assert [group.count for group in grouped(found.faults)] == [1, 1]


def test_a_column_of_dates_written_another_way_is_one_cause_with_its_first_mend() -> None:
    found = checked(visits="id,name,on,kind\na,A,12-01-2024,work visit\nb,B,11-01-2024,work visit")

    (group,) = grouped(found.faults)
    assert group.sentence == '2 cells hold no date, such as "12-01-2024"'
    assert group.mend == "write 2019-12-31, 2019-12 or 2019; in the first of them: write 2024-01-12 or 2024-12-01"


def test_files_come_first_then_headers_then_tables_as_the_schema_lists_them() -> None:
    found = checked(
        visits="id,name,on,knid\na,A,soon,work visit",
        regions="id,name,kind,country\nr,R,province,XX",
        vists="id\na",
    )

    assert [(fault.file, fault.code) for fault in found.faults] == [
        ("vists.csv", "unknown_table"),
        ("visits.csv", "missing_column"),
        ("visits.csv", "unknown_column"),
        ("regions.csv", "not_a_country"),
        ("visits.csv", "not_a_date"),
    ]


def test_a_missing_column_that_is_there_misspelt_comes_last_as_one_that_may_go_away() -> None:
    found = checked(visits="id,name,on,knid\na,A,2024,work visit")

    groups = grouped(found.faults)

    assert [(group.faults[0].code, group.follows) for group in groups] == [
        ("unknown_column", False),
        ("missing_column", True),
    ]


def test_a_visit_that_nobody_attended_may_have_had_guests_among_rows_that_are_at_fault() -> None:
    found = checked(
        regions=NL_AND_ZEELAND,
        approaches="id,name\nguide,A guide for each",
        visits="id,name,on,kind\nspring,Spring visit,2019-04-03,work visit",
        attendances="attendee,visit\nzeelnd,spring",
        adoptions="id,on,stage,region,approach,credited_to\nstep,2020,partial,zeeland,guide,spring",
    )

    assert [(group.faults[0].code, group.follows) for group in grouped(found.faults)] == [
        ("no_such_row", False),
        ("nobody_attended", True),
    ]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ((), ""),
        ((7,), "row 7"),
        ((3, 7), "rows 3, 7"),
        ((3, 4), "rows 3, 4"),
        ((3, 4, 5, 9), "rows 3–5, 9"),
        ((2, 4, 6, 8, 10), "rows 2, 4, 6 … and 2 more"),
    ],
)
def test_rows_are_told_shortly(rows: tuple[int, ...], words: str) -> None:
    assert rows_in_words(rows) == words


def test_the_terminal_counts_faults_and_causes_and_says_where_the_rest_is() -> None:
    same = [Fault("missing_cell", f"{name}.csv", row=row, column="id") for name in range(30) for row in (2, 3)]

    lines = report_text(Report("test", (), {}, tuple(same), ()))

    assert "60 faults of 30 causes, to be mended before a load:" in lines
    assert "  and 10 more causes; --json lists them all, --annotate marks them in the workbook" in lines


def test_json_keeps_every_fault_and_tells_the_causes_too() -> None:
    same = tuple(Fault("missing_cell", "plans.csv", row=row, column="id") for row in (2, 3))

    told = Report("test", (), {}, same, ()).as_dict()

    assert len(told["faults"]) == 2
    assert [(cause["count"], cause["places"][0]["rows"]) for cause in told["causes"]] == [(2, [2, 3])]


def test_tables_without_a_name_of_their_data_set_are_doubted_before_a_load_asks() -> None:
    found = checked("", themes="id,name,kind\nwork,Work,priority")

    assert [doubt.code for doubt in found.doubts] == ["no_data_set"]
    assert found.faults == ()


def test_faults_do_not_hide_that_the_data_set_has_no_name() -> None:
    found = checked("", themes="id,name,kind\nwork,,priority")

    assert [doubt.code for doubt in found.doubts] == ["no_data_set"]
