"""From the answers of named queries to the evidence that the measures of spread start from."""

from collections.abc import Sequence
from datetime import date

import pandas as pd
import pytest
from spread_shelf import LAND

from explorer.analysis.spread.evidence import Evidence
from explorer.data.evidence import recorded

TABLES = {
    "approaches": "id origin origin_id started_from started_to",
    "adoption_steps": "adoption_id approach_id region_id stage on_from on_to credited_to",
    "visit_presence": "visit_id part body_id region_id outcome outcome_on",
    "region_attendance": "region_id visit_id attendee_id how",
    "approach_visits": "visit_id approach_id kind on_from on_to",
    "data_sets": "id data_until steps",
}


def evidence(**rows: Sequence[tuple[object, ...]]) -> Evidence:
    """The evidence of a graph whose queries answer these rows, and nothing else."""
    return recorded(lambda name: pd.DataFrame(rows.get(name, ()), columns=TABLES[name].split(), dtype=object), LAND)


@pytest.mark.parametrize(
    ("sets", "until"),
    [
        ([("cities", "2024", 3)], date(2024, 12, 31)),
        ([("cities", "2024", 3), ("islands", "2023-06", 1)], date(2023, 6, 30)),  # the earlier
        ([("cities", "2024", 3), ("islands", None, 1)], None),
        ([("cities", "2024", 3), ("answers", None, 0)], date(2024, 12, 31)),
        ([("cities", "2024", 3), ("plans", "2019", 0)], date(2024, 12, 31)),
        ([("cities", None, 3), ("plans", "2019", 0)], None),
        ([("plans", "2019", 0)], date(2019, 12, 31)),  # looked for steps, and found none
        ([], None),
    ],
)
def test_the_records_reach_as_far_as_every_data_set_with_steps_says(
    sets: list[tuple[object, ...]], until: date | None
) -> None:
    assert evidence(data_sets=sets).until == until


def test_an_answer_comes_with_the_days_that_its_date_may_mean() -> None:
    presence = [
        ("v", "hosted", "town", "A", None, None),
        ("v", "attended", "desk", "B", "declined", "2019-02"),
        ("v", "attended", "office", "C", None, None),
    ]
    came = [("B", "v", "desk", "own"), ("C", "v", "office", "own")]

    found = evidence(visit_presence=presence, region_attendance=came)

    answered, silent = found.attended.to_dict("records")
    assert (answered["outcome"], answered["outcome_on"]) == ("declined", "2019-02")
    assert (answered["outcome_from"], answered["outcome_to"]) == (date(2019, 2, 1), date(2019, 2, 28))
    assert pd.isna(silent["outcome"])
    assert pd.isna(silent["outcome_to"])
    assert found.hosts.to_numpy().tolist() == [["v", "A"]]
