"""Evidence on a simulation, without a database: all records, some, or none."""

from datetime import date

import pandas as pd
import pytest

from benchmarks.planted import evidence_of
from explorer.analysis.spread.evidence import Evidence, takings
from graph_loader.simulate import Settings, Simulation, simulated


@pytest.fixture(scope="module")
def made() -> Simulation:
    return simulated(Settings(regions=20, approaches=20, visits=100, seed=6, from_above=0.2))


def visits_in(evidence: Evidence) -> set[str]:
    return set(evidence.shown["visit_id"])


def credits_of(evidence: Evidence) -> set[str]:
    return {credit for credits in evidence.steps["credited_to"] for credit in credits}


def test_takings_over_in_the_evidence_are_those_of_the_truth(made: Simulation) -> None:
    found = takings(evidence_of(made))

    assert set(found["step_id"]) == set(made.truth["step_id"])


def test_days_are_dates_and_the_end_is_the_last_day(made: Simulation) -> None:
    evidence = evidence_of(made)

    for rows in (evidence.shown, evidence.steps):
        assert all(type(day) is date for day in [*rows["on_from"], *rows["on_to"]])
        assert (rows["on_from"] == rows["on_to"]).all()
    assert evidence.until == date(2021, 12, 31)
    assert evidence.land.above("region-01")[-1] == "land"


def test_a_municipality_counts_for_its_region_and_for_its_province_but_for_no_country(made: Simulation) -> None:
    attended = evidence_of(made).attended
    seat = made.tables["attendances"]
    visit, town = next(
        (visit, body.removeprefix("municipality-"))
        for body, visit in seat[["attendee", "visit"]].itertuples(index=False)
        if body.startswith("municipality-")
    )

    own = attended[attended["visit_id"] == visit]
    said = set(own[["region_id", "how"]].itertuples(index=False, name=None))
    assert {(town.replace("region", "town"), "own"), (town, "within")} <= said
    assert ("land", "within") not in said


def test_a_ministry_counts_from_above_for_every_region_that_took_something_up(made: Simulation) -> None:
    seat = made.tables["attendances"]
    visit = seat.loc[seat["attendee"] == "office-land", "visit"].iloc[0]
    attended = evidence_of(made).attended

    own = attended[attended["visit_id"] == visit]
    assert set(own.loc[own["how"] == "from above", "region_id"]) == set(made.tables["adoptions"]["region"])
    assert ("land", "own") in set(own[["region_id", "how"]].itertuples(index=False, name=None))


def test_without_records_no_visit_is_known_and_no_credit_to_one_while_steps_stay(made: Simulation) -> None:
    whole, none = evidence_of(made), evidence_of(made, records=0.0)

    assert len(none.shown) == len(none.hosts) == len(none.attended) == 0
    assert list(none.attended.columns) == ["visit_id", "region_id", "how"]
    assert any(credit.startswith("visit") for credit in credits_of(whole))
    assert credits_of(none) == {credit for credit in credits_of(whole) if credit.startswith("region")}
    pd.testing.assert_frame_equal(none.steps.drop(columns="credited_to"), whole.steps.drop(columns="credited_to"))


def test_half_the_records_are_half_the_visits_with_all_that_hangs_on_them(made: Simulation) -> None:
    half = evidence_of(made, records=0.5, seed=1)
    whole = evidence_of(made)

    kept = visits_in(half)
    assert len(kept) == 50
    assert set(half.attended["visit_id"]) <= kept
    assert set(half.hosts["visit_id"]) == kept
    assert {credit for credit in credits_of(half) if credit.startswith("visit")} <= kept
    expected = whole.attended[whole.attended["visit_id"].isin(kept)].reset_index(drop=True)
    pd.testing.assert_frame_equal(half.attended, expected)


def test_a_seed_keeps_the_same_visits_and_fewer_records_some_of_them(made: Simulation) -> None:
    half = visits_in(evidence_of(made, records=0.5, seed=1))

    assert visits_in(evidence_of(made, records=0.5, seed=1)) == half
    assert visits_in(evidence_of(made, records=0.5, seed=2)) != half
    assert visits_in(evidence_of(made, records=0.2, seed=1)) < half


def test_a_share_of_records_that_is_none_is_refused(made: Simulation) -> None:
    with pytest.raises(ValueError, match="give a share from 0 to 1"):
        evidence_of(made, records=1.1)
