"""How regions stand towards an approach, by tiny examples with the order of dates told."""

from collections.abc import Sequence

import pandas as pd
import pytest
from spread_shelf import LAND, days

from explorer.analysis.spread.evidence import Evidence
from explorer.analysis.spread.learning import learning_tree
from explorer.analysis.spread.standings import STANDINGS, Reached, reach_over_years, reached, standing

Dated = tuple[str, str]  # id, date as written ("" where unknown)


def step(region: str, on: str, stage: str = "full", credited_to: Sequence[str] = ()) -> dict[str, object]:
    first, last = days(on)
    return {
        "region_id": region, "on": on or None, "on_from": first, "on_to": last,
        "stage": stage, "credited_to": list(credited_to),
    }  # fmt: skip


def stands(
    *steps: dict[str, object],
    origin: str | None = None,
    visits: Sequence[Dated] = (),
    hosts: Sequence[tuple[str, str | None]] = (),
    came: Sequence[tuple[str, str] | tuple[str, str, str]] = (),
) -> list[Reached]:
    """The standings; `hosts` are (visit, region), `came` (visit, region, how)."""
    evidence = Evidence(
        pd.DataFrame(
            [("x", origin, None, None)], columns=["approach_id", "origin", "started_from", "started_to"], dtype=object
        ),
        pd.DataFrame(
            [{**row, "step_id": f"s{place}", "approach_id": "x"} for place, row in enumerate(steps)],
            columns=["step_id", "approach_id", "region_id", "on", "on_from", "on_to", "stage", "credited_to"],
        ),
        pd.DataFrame(
            [(visit, "x", "work visit", *days(on)) for visit, on in visits],
            columns=["visit_id", "approach_id", "kind", "on_from", "on_to"],
            dtype=object,
        ),
        pd.DataFrame(hosts, columns=["visit_id", "region_id"], dtype=object),
        pd.DataFrame(
            [(region, visit, how) for visit, region, how in ((*row, "own")[:3] for row in came)],
            columns=["region_id", "visit_id", "how"],
        ),
        LAND,
    )
    return reached(learning_tree(evidence, "x"), evidence)


def only(found: list[Reached]) -> tuple[str, str, str, str]:
    (item,) = found
    return item.region_id, item.standing, item.visit, item.host


def test_a_region_that_came_before_its_step_took_it_over_after_a_visit() -> None:
    # Began in A; B came to A in March 2018 and took it over in 2019.
    found = stands(step("B", "2019"), origin="A", visits=[("v", "2018-03")], hosts=[("v", "A")], came=[("v", "B")])

    assert only(found) == ("B", "visited", "v", "A")


def test_a_region_whose_body_within_came_took_it_over_after_a_visit() -> None:
    found = stands(
        step("GE", "2019"), origin="C", visits=[("v", "2018")], hosts=[("v", "C")], came=[("v", "GE", "within")]
    )

    assert only(found) == ("GE", "visited", "v", "C")


def test_a_credit_in_words_counts_more_than_a_visit() -> None:
    found = stands(
        step("B", "2019", credited_to=["v"]), origin="A", visits=[("v", "2018"), ("w", "2017")],
        hosts=[("v", "A"), ("w", "A")], came=[("w", "B")],
    )  # fmt: skip

    assert only(found) == ("B", "credited", "v", "A")


def test_a_region_may_be_credited_without_a_visit() -> None:
    assert only(stands(step("B", "2019", credited_to=["C"]))) == ("B", "credited", "", "C")


def test_a_credit_to_a_visit_hosted_by_a_body_without_a_region_names_no_host() -> None:
    found = stands(step("B", "2019", credited_to=["v"]), visits=[("v", "2018")], hosts=[("v", None)])

    assert only(found) == ("B", "credited", "v", "")


def test_a_credit_to_a_visit_about_something_else_names_that_visit_and_its_host() -> None:
    # v is not among the visits about the approach, yet a record credits it: the host is a region, never a visit.
    found = stands(step("B", "2019", credited_to=["v"]), hosts=[("v", "C")])

    assert only(found) == ("B", "credited", "v", "C")


def test_a_visit_from_above_is_kept_apart() -> None:
    found = stands(
        step("B", "2019"), origin="IS", visits=[("v", "2018")], hosts=[("v", "IS")], came=[("v", "B", "from above")]
    )

    assert only(found) == ("B", "from above", "v", "IS")


def test_an_own_visit_counts_before_one_from_above() -> None:
    found = stands(
        step("B", "2019"), origin="IS", visits=[("v", "2018"), ("w", "2018-05")], hosts=[("v", "IS"), ("w", "IS")],
        came=[("v", "B"), ("w", "B", "from above")],
    )  # fmt: skip

    assert only(found) == ("B", "visited", "v", "IS")


def test_without_a_visit_a_region_took_it_over_alone() -> None:
    assert only(stands(step("B", "2019"), origin="A")) == ("B", "alone", "", "")


def test_a_visit_after_the_step_does_not_count() -> None:
    found = stands(
        step("B", "2018-12-31"), origin="A", visits=[("v", "2019-01-01")], hosts=[("v", "A")], came=[("v", "B")]
    )

    assert only(found) == ("B", "alone", "", "")


def test_a_visit_on_the_day_of_the_step_counts() -> None:
    found = stands(
        step("B", "2019-05-02"), origin="A", visits=[("v", "2019-05-02")], hosts=[("v", "A")], came=[("v", "B")]
    )

    assert only(found) == ("B", "visited", "v", "A")


@pytest.mark.parametrize(
    ("stepped", "visited", "standing_"),
    [
        ("2019", "2019-10", "visited"),  # the step may have been in November
        ("2019-03", "2019", "visited"),  # the visit may have been in February
        ("2019", "2019", "visited"),
        ("2019", "2020-01", "alone"),
        ("2019-03", "2019-04", "alone"),
        ("", "2018", "alone"),  # an undated step may have come first
        ("2019", "", "alone"),  # an undated visit may have come after
    ],
)
def test_the_order_is_judged_by_what_the_dates_may_mean(stepped: str, visited: str, standing_: str) -> None:
    found = stands(step("B", stepped), origin="A", visits=[("v", visited)], hosts=[("v", "A")], came=[("v", "B")])

    assert found[0].standing == standing_


def test_a_host_that_did_not_have_it_yet_showed_nothing() -> None:
    # C took it over in 2020 only: the visit there in 2018 cannot have shown it.
    found = stands(
        step("B", "2019"), step("C", "2020"), origin="A", visits=[("v", "2018")], hosts=[("v", "C")], came=[("v", "B")]
    )

    assert {item.region_id: item.standing for item in found} == {"B": "alone", "C": "alone"}


def test_a_host_that_had_taken_it_over_counts_like_the_origin() -> None:
    found = stands(
        step("B", "2019"), step("C", "2017"), origin="A", visits=[("v", "2018")], hosts=[("v", "C")], came=[("v", "B")]
    )

    assert {item.region_id: (item.standing, item.host) for item in found} == {"B": ("visited", "C"), "C": ("alone", "")}


def test_of_two_hosts_the_one_that_had_it_is_told() -> None:
    found = stands(
        step("B", "2019"), origin="A", visits=[("v", "2018")], hosts=[("v", "C"), ("v", "A")], came=[("v", "B")]
    )

    assert only(found) == ("B", "visited", "v", "A")


def test_a_host_that_only_considers_it_showed_nothing() -> None:
    found = stands(
        step("B", "2019"),
        step("C", "2017", "considering"),
        visits=[("v", "2018")],
        hosts=[("v", "C")],
        came=[("v", "B")],
    )

    assert {item.region_id: item.standing for item in found} == {"B": "alone", "C": "interested"}


def test_a_host_within_or_above_the_place_of_origin_has_it_too_but_not_the_country() -> None:
    # It began in GE. A lies within it; NL is the country above, whose meeting is not the region's own.
    within = stands(step("C", "2019"), origin="GE", visits=[("v", "2018")], hosts=[("v", "A")], came=[("v", "C")])
    country = stands(step("C", "2019"), origin="GE", visits=[("v", "2018")], hosts=[("v", "NL")], came=[("v", "C")])

    assert only(within) == ("C", "visited", "v", "A")
    assert only(country) == ("C", "alone", "", "")


def test_a_region_does_not_learn_from_itself() -> None:
    # B took it over some time in 2019 and hosted a visit in October: its own people at its own visit show nothing.
    found = stands(step("B", "2019"), origin="A", visits=[("v", "2019-10")], hosts=[("v", "B")], came=[("v", "B")])

    assert only(found) == ("B", "alone", "", "")


def test_a_host_above_that_has_it_only_through_the_region_itself_showed_nothing() -> None:
    # The province hosted; that it "had" the approach rests on B's own step alone.
    found = stands(step("B", "2019"), visits=[("v", "2019-10")], hosts=[("v", "GE")], came=[("v", "B")])

    assert only(found) == ("B", "alone", "", "")


def test_of_several_visits_the_last_before_the_step_is_told() -> None:
    # By name v2 comes after v1, by date before it; v0 came too late.
    found = stands(
        step("B", "2019-01"), origin="A", visits=[("v1", "2018-06"), ("v2", "2016"), ("v0", "2019-06")],
        hosts=[("v1", "A"), ("v2", "A"), ("v0", "A")], came=[("v0", "B"), ("v1", "B"), ("v2", "B")],
    )  # fmt: skip

    assert only(found) == ("B", "visited", "v1", "A")


@pytest.mark.parametrize("stage", ["considering", "adapting"])
def test_interest_is_not_a_taking_over_even_after_a_visit(stage: str) -> None:
    found = stands(step("B", "2019", stage), origin="A", visits=[("v", "2018")], hosts=[("v", "A")], came=[("v", "B")])

    assert found[0].standing == "interested"


@pytest.mark.parametrize("stage", ["partial", "full", "policy"])
def test_part_all_and_policy_are_takings_over(stage: str) -> None:
    assert stands(step("B", "2019", stage))[0].standing == "alone"


def test_a_region_that_looked_at_it_and_dropped_it_is_against() -> None:
    found = stands(step("B", "2017", "considering"), step("B", "2018", "dropped"))

    assert only(found) == ("B", "against", "", "")
    assert found[0].step is not None
    assert found[0].step["on"] == "2018"


def test_the_first_taking_over_is_told_not_the_interest_before_or_the_policy_after() -> None:
    found = stands(step("B", "2015", "considering"), step("B", "2017", "partial"), step("B", "2019", "policy"))

    assert found[0].step is not None
    assert found[0].step["on"] == "2017"


def test_a_region_that_came_and_of_which_nothing_is_known_since_only_came() -> None:
    found = stands(origin="A", visits=[("v", "2018")], hosts=[("v", "A")], came=[("v", "C")])

    assert only(found) == ("C", "came", "v", "A")
    assert found[0].step is None


def test_the_host_of_a_visit_did_not_come_to_see_it() -> None:
    assert stands(visits=[("v", "2018")], hosts=[("v", "A")], came=[("v", "A")]) == []


def test_a_territory_above_one_that_took_it_over_is_told_by_that_one() -> None:
    found = stands(
        step("B", "2019"),
        origin="IS",
        visits=[("v", "2018")],
        hosts=[("v", "IS")],
        came=[("v", "NL"), ("v", "B", "from above")],
    )

    assert only(found) == ("B", "from above", "v", "IS")


def test_presence_from_above_or_within_is_no_coming_of_the_region_itself() -> None:
    found = stands(
        origin="IS", visits=[("v", "2018")], hosts=[("v", "IS")], came=[("v", "B", "from above"), ("v", "UT", "within")]
    )

    assert found == []


def test_the_place_of_origin_is_not_among_those_it_reached() -> None:
    found = stands(
        step("A", "2016"), step("B", "2019"), origin="A", visits=[("v", "2018")], hosts=[("v", "C")], came=[("v", "A")]
    )

    assert [item.region_id for item in found] == ["B"]


def test_a_visit_about_something_else_counts_for_nothing() -> None:
    found = stands(step("B", "2019"), origin="A", hosts=[("other", "A")], came=[("other", "B"), ("other", "C")])

    assert only(found) == ("B", "alone", "", "")


def test_nothing_known_reaches_nobody() -> None:
    assert stands() == []
    assert stands(origin="A") == []


def test_regions_come_in_the_order_of_the_standings_then_of_time_the_undated_last() -> None:
    found = stands(
        step("C", "", "full"), step("D", "2020"), step("B", "2018"), step("UT", "2010", "considering"),
        step("GE", "2021", credited_to=["A"]), origin="A",
    )  # fmt: skip

    assert [(item.region_id, item.standing) for item in found] == [
        ("GE", "credited"), ("B", "alone"), ("D", "alone"), ("C", "alone"), ("UT", "interested"),
    ]  # fmt: skip


def test_the_curve_counts_takings_over_by_year_and_leaves_no_year_out() -> None:
    # 2015: B. 2016: none. 2017: C and D. Undated: GE. Interest: UT.
    found = stands(
        step("B", "2015-03"),
        step("C", "2017"),
        step("D", "2017-12-31"),
        step("GE", ""),
        step("UT", "2016", "considering"),
    )

    curve = reach_over_years(found)

    assert curve["year"].tolist() == [2015, 2016, 2017]
    assert curve["new"].tolist() == [1, 0, 2]
    assert curve["total"].tolist() == [1, 1, 3]


def test_without_a_dated_taking_over_there_is_no_curve() -> None:
    for regions in ([], stands(step("B", "")), stands(step("B", "2019", "considering"))):
        curve = reach_over_years(regions)
        assert curve.empty
        assert list(curve.columns) == ["year", "new", "total"]


def test_all_seven_standings_have_words() -> None:
    assert [item.code for item in STANDINGS] == [
        "credited",
        "visited",
        "from above",
        "alone",
        "interested",
        "against",
        "came",
    ]
    assert all(item.title and item.explained for item in STANDINGS)
    assert standing("alone").code == "alone"
    with pytest.raises(KeyError):
        standing("caused")
