"""The odds of each visit: what is few is refused, what is planted comes back."""

import math
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from spread_shelf import Step, Visit, story, together

from explorer.analysis.spread.evidence import Evidence
from explorer.analysis.spread.odds import LAGS, LEAST_EVENTS, rates, shares


def alike(count: int, step: str, *visits: tuple[str, str], alone: int = 0) -> Evidence:
    """`count` approaches, each seen by B at the visits (day, host) and taken over at `step`; `alone` more unseen."""
    found = []
    for place in range(count + alone):
        seen: list[Visit] = [(f"v{place}-{n}", on, [host], ["B"]) for n, (on, host) in enumerate(visits)]
        steps: list[Step] = [("B", step)]
        shown = seen if place < count else []
        found.append(story(steps, shown, approach=f"x{place:03}", began="2015-01-01", until="2021-12-31"))
    return together(*found)


def renamed(evidence: Evidence, names: dict[str, str]) -> Evidence:
    """The same with other ids."""
    tables = ("approaches", "steps", "shown", "hosts", "attended")
    return replace(evidence, **{name: getattr(evidence, name).replace(names) for name in tables})


def test_too_few_takings_over_after_a_visit_have_no_odds() -> None:
    few = alike(LEAST_EVENTS - 1, "2018-07-01", ("2018-01-01", "A"))

    assert shares(few).empty
    assert math.isnan(rates(few).background)
    assert np.isnan(rates(few).after_visit).all()
    assert (rates(few).events, rates(few).others) == (LEAST_EVENTS - 1, 0)


def test_a_visit_carries_all_the_odds_where_nothing_ever_happens_without_one() -> None:
    found = shares(alike(LEAST_EVENTS, "2018-07-01", ("2018-01-01", "A")))

    assert len(found) == LEAST_EVENTS
    assert found["share"].to_numpy() == pytest.approx(1.0, abs=1e-6)


def test_the_rate_is_events_over_the_time_at_work() -> None:
    # 181 days = 5.947 months after each visit, always in the step from 3 to 6 months: all 20 events fall there, and
    # the 20 visits were at work in it for 2.947 months each: 20 / (20 * 2.947) = 0.339 per month.
    found = rates(alike(20, "2018-07-01", ("2018-01-01", "A")))

    assert found.after_visit[1] == pytest.approx(1 / (181 / 30.4375 - 3), rel=1e-6)
    assert found.after_visit[0] == pytest.approx(0.0, abs=1e-9)
    assert found.background == pytest.approx(0.0, abs=1e-9)


def test_without_any_day_on_record_there_are_no_odds() -> None:
    assert shares(story([("B", "")])).empty


def test_without_visits_the_rate_is_the_background() -> None:
    # 20 events after a visit, 30 without; the background is at work in all 50 pairs of B from 2015-01-01 on.
    found = rates(alike(20, "2018-07-01", ("2018-01-01", "A"), alone=30))
    months = 50 * (date(2018, 7, 1) - date(2015, 1, 1)).days / 30.4375

    assert (found.events, found.others) == (20, 30)
    assert 30 / months <= found.background <= 50 / months


def test_two_visits_on_the_same_day_share_alike() -> None:
    found = shares(alike(20, "2018-07-01", ("2018-01-01", "A"), ("2018-01-01", "GE")))

    assert found["share"].to_numpy() == pytest.approx(0.5, abs=1e-6)


def test_the_visit_at_the_usual_distance_in_time_carries_more() -> None:
    # Thirty regions' stories say that takings-over follow after half a year; ten more saw it half a year and four
    # years before.
    usual = alike(30, "2018-07-01", ("2018-01-01", "A"))
    both = alike(10, "2019-07-01", ("2019-01-01", "A"), ("2015-07-01", "A"))
    late = renamed(both, {f"x{place:03}": f"y{place:03}" for place in range(10)})
    late = renamed(late, {visit: f"w{visit}" for visit in both.shown["visit_id"]})
    found = shares(together(usual, late)).set_index("visit_id")["share"]

    near = [visit for visit in found.index if visit.startswith("w") and visit.endswith("-0")]
    far = [visit for visit in found.index if visit.startswith("w") and visit.endswith("-1")]
    assert min(found[near]) > 0.9
    assert max(found[far]) < 0.1


def test_presence_from_above_has_rates_of_its_own() -> None:
    above = together(*[
        story([("B", "2018-07-01")], [(f"v{n}", "2018-01-01", ["IS"], ["B from above"])], origin="IS",
              approach=f"x{n}", began="2015", until="2021-12-31") for n in range(LEAST_EVENTS)
    ])  # fmt: skip
    found = rates(above)

    assert found.after_visit == pytest.approx(np.zeros(len(LAGS)))
    assert found.after_visit_from_above[1] > 0


def test_shares_of_one_taking_over_never_exceed_one() -> None:
    rng = np.random.default_rng(5)
    stories = []
    for place in range(60):
        begins = date(2016, 1, 1) + timedelta(days=int(rng.integers(0, 400)))
        visits: list[Visit] = [
            (f"v{place}-{n}", str(begins + timedelta(days=int(rng.integers(0, 700)))), ["A"], ["B", "C"])
            for n in range(int(rng.integers(1, 5)))
        ]
        steps: list[Step] = [("B", str(begins + timedelta(days=900)))] if place % 3 else []
        stories.append(story(steps, visits, approach=f"x{place:03}", began="2015", until="2021-12-31"))
    found = shares(together(*stories))
    together_ = found.groupby(["approach_id", "region_id"])["share"].sum()

    assert len(together_) == 40
    assert (found["share"] >= 0).all()
    assert together_.max() <= 1 + 1e-9
