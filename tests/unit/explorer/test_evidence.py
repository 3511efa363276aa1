"""The tables that measures of spread start from: who could take something over, and when each did first."""

from dataclasses import replace
from datetime import date

import pandas as pd
from spread_shelf import days, story, together

from explorer.analysis.spread.evidence import could_take_over, dated, last_day, takings


def test_a_date_becomes_days_and_their_middle() -> None:
    written = ["2019-01-01", "2019-01", ""]
    table = dated(pd.DataFrame([days(text) for text in written], columns=["on_from", "on_to"], dtype=object))

    first = date(2019, 1, 1).toordinal()
    assert table["on_from"].tolist()[:2] == [first, first]
    assert table["on_to"].tolist()[:2] == [first, first + 30]
    assert table["middle"].tolist()[:2] == [first, first + 15]
    assert table.loc[2, ["on_from", "on_to", "middle"]].isna().all()


def test_a_half_known_date_is_unknown() -> None:
    table = pd.DataFrame({"on_from": [date(2019, 1, 1)], "on_to": [None]}, dtype=object)

    assert dated(table).isna().all(axis=None)


def test_the_last_day_is_the_one_named_else_the_last_on_record() -> None:
    assert last_day(story([("B", "2018")], until="2020-06")) == date(2020, 6, 30)
    assert last_day(story([("B", "2018")], [("v", "2019-05-02", ["A"], [])])) == date(2019, 5, 2)
    assert last_day(story([("B", "")])) is None


def test_a_region_with_a_step_of_any_kind_could_take_something_over() -> None:
    assert could_take_over(story([("B", "2019", "considering"), ("C", "", "dropped")])) == {"B", "C"}


def test_a_region_that_only_came_could_too_unless_its_own_part_or_whole_acts() -> None:
    # B acts. A lies beside it and came: it could. GE above B came: B is counted for it. UT and IS act nowhere.
    evidence = story([("B", "2019")], [("v", "2018", ["IS"], ["A", "GE", "UT"])])

    assert could_take_over(evidence) == {"A", "B", "UT"}


def test_a_city_is_counted_for_its_province_where_provinces_act() -> None:
    assert could_take_over(story([("GE", "2019")], [("v", "2018", ["IS"], ["A", "C"])])) == {"GE", "C"}


def test_a_country_that_acts_does_not_silence_its_cities() -> None:
    assert could_take_over(story([("NL", "2019")], [("v", "2018", ["IS"], ["A"])])) == {"NL", "A"}


def test_presence_from_above_makes_nobody_a_candidate() -> None:
    assert could_take_over(story([], [("v", "2018", ["IS"], ["B from above"])])) == set()


def test_the_evidence_on_one_approach_keeps_its_visits_and_those_it_is_credited_to() -> None:
    both = together(
        story([("B", "2019", "full", ["w"])], [("v", "2018", ["A"], ["B"])]),
        story([("C", "2019")], [("w", "2018", ["A"], ["C"])], approach="y"),
    )
    own = both.of("x")

    assert own.approaches["approach_id"].tolist() == ["x"]
    assert own.steps["region_id"].tolist() == ["B"]
    assert own.shown["visit_id"].tolist() == ["v"]
    assert sorted(own.hosts["visit_id"]) == ["v", "w"]
    assert both.of("nothing").steps.empty


def test_takings_stand_in_order_of_time_the_undated_last() -> None:
    found = takings(story([("D", ""), ("C", "2019"), ("B", "2018-05"), ("GE", "2018", "considering"), ("A", "2017")]))

    assert found["region_id"].tolist() == ["B", "C", "D"]
    assert found["on_from"].isna().tolist() == [False, False, True]


def test_without_steps_there_are_no_takings() -> None:
    found = takings(story())

    assert found.empty
    assert list(found.columns)[:4] == ["approach_id", "region_id", "step_id", "stage"]


def test_takings_are_worked_out_once_and_anew_for_other_steps() -> None:
    evidence = story([("B", "2018")])

    first = takings(evidence)

    assert takings(evidence) is first
    assert takings(replace(evidence, steps=evidence.steps.iloc[:0])).empty
