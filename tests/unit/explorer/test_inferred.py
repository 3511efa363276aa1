"""Inferred sources: a planted habit is found, chance is not, and it never runs against time."""

from datetime import date, timedelta

import numpy as np
from spread_shelf import LAND, Step, story, together

from explorer.analysis.spread.evidence import Evidence
from explorer.analysis.spread.inferred import COLUMNS, inferred

PLACES = ["B", "C", "D", "GE", "UT", "IS", "NL"]


def habit(approaches: int, seed: int, *, planted: bool) -> Evidence:
    """Each place takes over each approach at a random time; where `planted`, D does so some weeks after C."""
    rng = np.random.default_rng(seed)
    stories = []
    for place in range(approaches):
        day = {region: date(2010, 1, 1) + timedelta(days=int(rng.integers(0, 3000))) for region in PLACES}
        if planted:
            day["D"] = day["C"] + timedelta(days=int(rng.integers(10, 60)))
        steps: list[Step] = [(region, str(on)) for region, on in day.items()]
        stories.append(story(steps, approach=f"x{place:03}", began="2009"))
    return together(*stories)


def test_a_planted_habit_is_the_strongest_that_is_found() -> None:
    found = inferred(habit(40, 1, planted=True))
    of_d = found[(found["region_id"] == "D") & (found["source"] == "C")]

    assert len(of_d) == 40
    assert of_d["weight"].mean() > 0.8
    assert found["weight"].between(0, 1).all()


def test_chance_alone_yields_little_or_nothing() -> None:
    edges = [
        len(inferred(habit(40, seed, planted=False)).drop_duplicates(["region_id", "source"])) for seed in range(5)
    ]
    planted = len(inferred(habit(40, 1, planted=True)).drop_duplicates(["region_id", "source"]))

    assert np.mean(edges) <= 2  # of 7 x 7 that there could be
    assert planted >= 1


def test_weights_of_one_taking_over_add_up_to_at_most_one_and_where_it_began_has_none() -> None:
    found = inferred(habit(30, 2, planted=True))

    assert found.groupby(["approach_id", "region_id"])["weight"].sum().max() <= 1 + 1e-9
    assert "A" not in set(found["region_id"])
    assert set(found["source"]) <= set(LAND.names)


def test_the_same_seed_gives_the_same() -> None:
    evidence = habit(20, 3, planted=True)

    assert inferred(evidence).equals(inferred(evidence))


def test_too_little_on_record_infers_nothing() -> None:
    for evidence in (story(), story([("B", "2019")]), story([("B", ""), ("C", "")])):
        found = inferred(evidence)
        assert found.empty
        assert list(found.columns) == COLUMNS
