"""Faults of one cause are told together, in the order in which a person mends them."""

import pytest
from loader_examples import NL_AND_ZEELAND, checked, said

from graph_loader import grouping
from graph_loader.faults import Fault
from graph_loader.grouping import grouped, joined, rows_in_words
from graph_loader.notes import Note
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


def test_a_column_of_dates_written_another_way_is_one_cause_with_a_mend_that_fits_all() -> None:
    found = checked(visits="id,name,on,kind\na,A,12-01-2024,work visit\nb,B,11-01-2024,work visit")

    (group,) = grouped(found.faults)
    assert group.sentence == '2 dates may mean two days each, as day and month can change places, such as "12-01-2024"'
    assert group.mend == "write year, month and day: 12-01-2024 as 2024-01-12 or 2024-12-01"


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


def test_a_table_that_is_not_among_the_files_is_one_fault_however_many_rows_name_it() -> None:
    rows = "\n".join(f"desk,project {place},partner" for place in range(40))

    (fault,) = checked(
        organisations="id,name,kind\ndesk,Desk,service desk", participations=f"organisation,project,role\n{rows}"
    ).faults

    assert str(fault) == (
        "projects.csv is not among the files: 40 rows name projects in it (participations.csv) "
        "(give all files of the data set at once, as the folder that holds them: a load replaces all that it said)"
    )


def test_a_table_that_is_not_among_the_files_is_named_in_their_language() -> None:
    (fault,) = checked(plans="Kenmerk,Naam,Jaar,Regio\np,Plan,2024,gld").faults

    assert fault.sentence == "regio's.csv is not among the files: 1 row names regio's in it (plans.csv)"


def test_what_other_data_sets_hold_of_a_table_that_is_not_among_the_files_is_compared_one_by_one() -> None:
    others = said("others", regions=NL_AND_ZEELAND)

    found = checked(kept=(others,), plans="id,name,year,region\na,A,2023,Zeelnd\nb,B,2023,zeeland")

    assert [(fault.code, fault.value) for fault in found.faults] == [("no_such_row", "Zeelnd")]


def test_what_the_data_set_said_before_itself_is_missed_as_a_table() -> None:
    others = said("others", regions=NL_AND_ZEELAND)
    before = said(kept=(others,), regions="id,name,kind,country\ngld,Gelderland,province,NL")

    found = checked(kept=(others, before), plans="id,name,year,region\na,A,2023,gld\nb,B,2023,zeeland")

    assert [(fault.code, fault.value) for fault in found.faults] == [("table_not_given", "regions.csv")]


def test_of_very_many_faults_the_first_are_kept_whole_and_of_the_others_where_they_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(grouping, "_KEPT", 3)
    rows = "\n".join(f"v{row},V,{'soon' if row % 2 else '2024-02-31'},work visit" for row in range(2, 102))

    found = checked(visits=f"id,name,on,kind\n{rows}")

    no_day, no_date = found.faults.groups
    assert len(found.faults) == 3
    assert (no_day.count, no_date.count) == (50, 50)
    assert no_day.spots[0].rows == tuple(range(2, 102, 2))
    assert no_date.sentence == '50 cells hold no date, such as "soon"'


def test_a_column_of_nothing_but_different_wrong_values_has_a_few_causes_and_one_for_all_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(grouping, "_CAUSES_OF_COLUMN", 2)
    rows = "\n".join(f"r{row},R,colour {row}0{row},NL" for row in range(2, 9))

    found = checked(regions=f"id,name,kind,country\n{rows}\nr9,R,colour 202,NL")

    assert [group.count for group in found.faults.groups] == [2, 1, 5]
    others = found.faults.groups[-1]
    assert (
        others.sentence == '5 more of this kind, with other values; the first of them: "colour 404" is not in the list'
    )
    assert others.spots[0].rows == (4, 5, 6, 7, 8)


def test_doubts_in_rows_with_faults_wait_however_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grouping, "_KEPT", 1)
    rows = "\n".join(f"r{row},R,province,NL,{'x' if row < 5 else '51'}" for row in range(2, 10))

    found = checked(regions=f"id,name,kind,country,latitude\n{rows}")

    assert [(group.faults[0].code, group.count) for group in found.faults.groups] == [("not_a_number", 3)]
    assert {row for group in found.doubts.groups for spot in group.spots for row in spot.rows} <= set(range(5, 10))


def test_faults_of_several_checks_are_counted_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grouping, "_KEPT", 1)
    themes = checked(themes="id,name,kind\na,,focus\nb,,focus\nc,,focus").faults
    plans = checked(plans="id,name,year\na,,2020\nb,,2020").faults

    together = joined([themes, plans])

    assert [(group.count, group.spots[0].rows) for group in together.groups] == [(3, (2, 3, 4)), (2, (2, 3))]


def test_the_terminal_counts_all_faults_though_few_are_kept_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grouping, "_KEPT", 1)
    found = checked(themes="id,name,kind\na,,focus\nb,,focus\nc,,focus")

    lines = report_text(Report("test", (), {"themes": 3}, found.faults, found.doubts))

    assert "3 faults of 1 cause, to be mended before a load:" in lines


def test_a_plan_counts_what_was_guessed_and_says_in_full_only_what_is_left_out() -> None:
    notes = (
        Note("columns are read as: Naam = name", "a.xlsx", "Regio's"),
        Note("the sheet is hidden and left alone", "a.xlsx", "Oud", leaves_out=True),
    )
    report = Report("test", ("a.xlsx",), {"regions": 1}, (), (), notes)

    assert report_text(report, guesses=False) == [
        "Data set test: 1 row in 1 table read.",
        "2 things were guessed while reading; `graph-loader check` says them all.",
        "",
        "Not read",
        "  a.xlsx, sheet Oud: the sheet is hidden and left alone",
        "",
        "No faults found.",
    ]
    assert "  a.xlsx, sheet Regio's: columns are read as: Naam = name" in report_text(report)


def test_where_no_row_was_read_no_rows_are_counted() -> None:
    fault = Fault("unreadable_file", "a.xlsx", words={"reason": "it is damaged"})

    assert report_text(Report("", (), {}, (fault,), ()))[0] == "No rows could be read."
