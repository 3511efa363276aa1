"""Plain facts about approaches to show: themes of plans, figures, the nearest place to see one."""

import math
from itertools import pairwise

import pandas as pd
import pytest

from explorer.analysis.case_facts import Facts, Named, about, named_in_plans, where_to_see
from explorer.analysis.territories import Territories

ROWS = [("nl", "country", None), ("brabant", "province", "nl"), ("helmond", "city", "brabant"), ("be", "country", None),
        ("gent", "city", "be"), ("brugge", "city", "be")]  # fmt: skip
LAND = Territories(
    pd.DataFrame([(i, i.title(), k, p) for i, k, p in ROWS], columns=["id", "name", "kind", "parent_id"])
)
PLANS = pd.DataFrame(
    [("old", "Old plan", 2019, ["brabant"]), ("new", "New plan", 2023, ["brabant"]), ("gent", "Plan", 2024, ["gent"])],
    columns=["id", "name", "year", "region_ids"],
)
THEMES = pd.DataFrame(
    [("old", "youth"), ("old", "skills"), ("new", "youth"), ("gent", "care")], columns=["plan_id", "theme_id"]
)
YOUTH = Named("youth", "new", "New plan")


def test_a_plan_counts_for_what_lies_in_its_region_and_the_latest_tells() -> None:
    found = named_in_plans(["helmond"], PLANS, THEMES, LAND)

    assert found == {"youth": YOUTH, "skills": Named("skills", "old", "Old plan")}
    assert named_in_plans(["nl"], PLANS, THEMES, LAND) == {}
    assert named_in_plans([], PLANS, THEMES, LAND) == {}


def test_a_narrower_theme_is_about_what_the_plan_names_and_a_wider_one_is_not() -> None:
    parents = {"neet": "youth", "youth": "inclusion", "a": "b", "b": "a"}

    assert about(["neet"], {"youth": YOUTH}, parents) == YOUTH
    assert about(["inclusion"], {"youth": YOUTH}, parents) is None
    assert about(["a"], {"youth": YOUTH}, parents) is None  # themes that are part of each other


def test_first_comes_a_theme_of_a_plan_then_most_after_a_visit_of_fewest_then_most_at_all() -> None:
    ordered = [Facts(YOUTH, 0, 0, 0), Facts(None, 3, 2, 2), Facts(None, 7, 2, 11), Facts(None, 5, 0, 9),
               Facts(None, 0, 0, 4), Facts(None, 0, 0, 0)]  # fmt: skip

    assert all(before.rank < after.rank for before, after in pairwise(ordered))


def test_the_nearest_place_is_named_with_its_distance() -> None:
    positions = {"helmond": (51.48, 5.66), "gent": (51.05, 3.72), "brugge": (51.21, 3.22), "nl": (52.2, 5.3)}

    seen = where_to_see(["nl", "brugge", "gent"], ["brabant"], positions, LAND)  # it lies where Helmond lies

    # 0.43 degrees of latitude are 47.8 km, 1.94 of longitude at 51.27 degrees 135.0 km: together 143 km
    assert seen.region == "gent"
    assert seen.away_km == pytest.approx(143, abs=1)


def test_the_distance_of_several_is_their_average_over_those_that_are_known() -> None:
    positions = {"gent": (51.0, 3.0), "brugge": (51.0, 4.0), "helmond": (51.0, 5.0)}

    seen = where_to_see(["helmond"], ["gent", "brugge", "nowhere"], positions, LAND)

    # a degree of longitude at 51 degrees is 69.98 km: (2 + 1) / 2 of it
    assert seen.away_km == pytest.approx(105, abs=0.5)


def test_without_positions_it_is_the_first_and_no_distance() -> None:
    seen = where_to_see(["be", "brugge", "gent"], ["helmond"], {}, LAND)

    assert seen.region == "brugge"  # not the country
    assert math.isnan(seen.away_km)
    assert where_to_see(["be"], ["helmond"], {"be": (50.6, 4.6), "helmond": (51.5, 5.7)}, LAND).region == "be"
