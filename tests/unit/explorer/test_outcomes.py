"""What came of a visit, by steps and by what visitors answered: who has the last word."""

from dataclasses import replace

import pandas as pd
import pytest
from spread_shelf import Step, days, story

from explorer.analysis.spread.evidence import Evidence
from explorer.analysis.spread.funnel import stalled
from explorer.analysis.spread.outcomes import answers, meetings

NO_VERDICTS = pd.DataFrame(columns=["visit_id", "region_id", "approach_id", "verdict", "grade"])


def answered(evidence: Evidence, *told: tuple[str, str, str]) -> Evidence:
    """With who answered what, and when that was so: (region, outcome, date as written), one row per visitor."""
    rows = [(region, "v", "own", outcome, on or None, *days(on)) for region, outcome, on in told]
    columns = ["region_id", "visit_id", "how", "outcome", "outcome_on", "outcome_from", "outcome_to"]
    silent = evidence.attended[~evidence.attended["region_id"].isin([region for region, _outcome, _on in told])]
    attended = pd.concat([silent, pd.DataFrame(rows, columns=columns, dtype=object)], ignore_index=True)
    return replace(evidence, attended=attended)


def came_of(evidence: Evidence) -> dict[str, tuple[str, bool]]:
    """By region the outcome of its visit, and whether an answer alone says so."""
    met = meetings(evidence, NO_VERDICTS, {"B", "C", "D"})
    return {
        region: (code, by) for region, code, by in met[["region_id", "outcome", "answered"]].itertuples(index=False)
    }


def seen_by_b(*steps: Step) -> Evidence:
    """B came to see it at A in 2018, and took these steps."""
    return story(steps, [("v", "2018", ["A"], ["B"])], until="2024")


@pytest.mark.parametrize(
    "steps",
    [
        [("B", "2018-06", "considering")],  # after the visit
        [("B", "2019-02", "adapting")],
        [("B", "2016", "considering")],  # before it
        [("B", "", "adapting")],
        [],
    ],
)
def test_a_refusal_ends_an_interest_at_whatever_stage(steps: list[Step]) -> None:
    refused = answered(seen_by_b(*steps), ("B", "declined", "2019-06"))

    assert came_of(refused) == {"B": ("dropped", True)}
    assert stalled(refused, 100, ["B"]).empty


@pytest.mark.parametrize("stage", ["considering", "adapting"])
def test_a_step_that_certainly_came_after_the_refusal_says_otherwise(stage: str) -> None:
    came_back = answered(seen_by_b(("B", "2019-07", stage)), ("B", "declined", "2019-06"))

    assert came_of(came_back) == {"B": (stage, False)}
    assert stalled(came_back, 100, ["B"])["region_id"].tolist() == ["B"]


@pytest.mark.parametrize(
    ("on", "refused_on"),
    [("2019", "2019"), ("2019-07", "2019"), ("", "2019"), ("2020", "")],
)
def test_a_refusal_stands_where_dates_leave_open_whether_the_step_came_after_it(on: str, refused_on: str) -> None:
    assert came_of(answered(seen_by_b(("B", on, "considering")), ("B", "declined", refused_on))) == {
        "B": ("dropped", True)
    }


def test_of_two_stages_only_the_one_after_the_refusal_tells() -> None:
    steps: list[Step] = [("B", "2018-06", "adapting"), ("B", "2021", "considering")]

    assert came_of(answered(seen_by_b(*steps), ("B", "declined", "2019"))) == {"B": ("considering", False)}


def test_a_refusal_takes_no_taking_over_back() -> None:
    assert came_of(answered(seen_by_b(("B", "2019", "partial")), ("B", "declined", "2020"))) == {
        "B": ("taken over", False)
    }


def test_what_a_step_says_is_told_apart_from_what_only_an_answer_says() -> None:
    steps: list[Step] = [("B", "2019", "dropped"), ("C", "2016", "considering"), ("D", "2019", "adapting")]
    evidence = story(steps, [("v", "2018", ["A"], ["B", "C", "D"])])

    told = answered(evidence, ("B", "declined", "2020"), ("C", "considering", "2019"), ("D", "considering", "2019"))

    # C considered it before the visit: only the answer says that it does so since; of D a step says more.
    assert came_of(told) == {"B": ("dropped", False), "C": ("considering", True), "D": ("adapting", False)}


def test_of_several_visitors_the_furthest_answer_counts_and_of_equal_ones_the_latest() -> None:
    evidence = story((), [("v", "2018", ["A"], ["B", "C", "D"])])
    told = answered(
        evidence,
        ("B", "none", "2021"), ("B", "declined", "2019"), ("B", "declined", "2020-05"),
        ("C", "declined", "2020"), ("C", "declined", ""),
        ("D", "none", ""), ("D", "taken over", "2019"), ("D", "adapting", "2020"),
    )  # fmt: skip

    found = answers(told).set_index("region_id")

    assert found["said"].to_dict() == {"B": "declined", "C": "declined", "D": "taken over"}
    assert found["said_on"].to_dict() == {"B": "2020-05", "C": "", "D": "2019"}  # C: nobody can say that it was earlier


def test_a_word_of_a_body_above_is_not_the_regions() -> None:
    evidence = story((), [("v", "2018", ["A"], ["B from above"])])

    assert answers(replace(evidence, attended=evidence.attended.assign(outcome="declined"))).empty


def test_where_nobody_was_asked_there_is_no_answer() -> None:
    assert answers(story((), [("v", "2018", ["A"], ["B"])])).empty
