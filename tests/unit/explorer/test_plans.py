"""Plans side by side, checked by hand on a handful of plans."""

from typing import Any

import pandas as pd
import pytest

from explorer.analysis import plans

PLANS = pd.DataFrame(
    [
        {"id": "a15", "name": "A 2015", "year": 2015, "status": "adopted", "region_ids": ["a"], "regions": ["A"]},
        {"id": "a17", "name": "A 2017", "year": 2017, "status": None, "region_ids": ["a"], "regions": ["A"]},
        {"id": "ab19", "name": "A and B 2019", "year": 2019, "status": None, "region_ids": ["a", "b"],
         "regions": ["A", "B"]},
        {"id": "none", "name": "Of nowhere", "year": 2019, "status": None, "region_ids": [], "regions": []},
    ]
)  # fmt: skip


def listings(*rows: tuple[str, str, str | None]) -> pd.DataFrame:
    told = [
        {"plan_id": plan, "project_id": item, "project": item.upper(), "standing": said} for plan, item, said in rows
    ]
    return pd.DataFrame(told, columns=["plan_id", "project_id", "project", "standing"])


def told(*rows: tuple[str, str, str | None]) -> dict[tuple[str, int, str], tuple[str, bool]]:
    found = plans.changes(plans.by_region(PLANS), listings(*rows))
    keys = zip(found["region_id"], found["year"], found["project_id"], strict=True)
    return dict(zip(keys, zip(found["found"], found["odd"], strict=True), strict=True))


def test_a_plan_for_two_regions_is_told_for_both_and_one_for_none_is_kept() -> None:
    found = plans.by_region(PLANS)

    assert list(zip(found["plan_id"], found["region_id"], strict=True))[2:4] == [("ab19", "a"), ("ab19", "b")]
    assert found.loc[found["plan_id"] == "none", "region_id"].isna().all()


def test_a_project_is_new_again_or_gone_by_the_lists_of_two_plans_in_a_row() -> None:
    found = told(("a15", "p", "new"), ("a15", "q", "new"), ("a17", "p", "continued"), ("a17", "r", "new"))

    assert found["a", 2017, "p"] == (plans.AGAIN, False)
    assert found["a", 2017, "q"] == (plans.GONE, False)
    assert found["a", 2017, "r"] == (plans.FIRST, False)


@pytest.mark.parametrize(("item", "said"), [("p", "new"), ("r", "continued"), ("r", "ended")])
def test_a_word_that_the_lists_do_not_bear_out_is_marked(item: str, said: str) -> None:
    found = told(("a15", "p", "new"), ("a17", item, said))

    assert found["a", 2017, item][1]


def test_without_a_plan_before_or_without_projects_in_it_nothing_is_said() -> None:
    found = told(("a15", "p", "new"), ("ab19", "p", "continued"))

    assert found["a", 2015, "p"] == (plans.OPEN, False)  # no plan before
    assert found["a", 2019, "p"] == (plans.OPEN, False)  # the plan of 2017 lists nothing
    assert found["b", 2019, "p"] == (plans.OPEN, False)
    assert ("a", 2017, "p") not in found  # nor is it gone: the plan of 2017 may just not be on record in full


def test_the_year_of_the_plan_before_is_told() -> None:
    found = plans.changes(plans.by_region(PLANS), listings(("a15", "p", None), ("a17", "p", None)))

    years = dict(zip(found["year"], found["before"], strict=True))
    assert years[2017] == 2015
    assert years[2015] is pd.NA


def test_no_listing_is_an_empty_table_with_its_columns() -> None:
    found = plans.changes(plans.by_region(PLANS), listings())

    assert list(found.columns) == plans.CHANGES
    assert found.empty


def judged(*rows: tuple[str, float | None, float | None]) -> pd.DataFrame:
    told = [{"plan_id": "a", "project_id": "p", "criterion": c, "score": s, "of": o} for c, s, o in rows]
    return pd.DataFrame(told, columns=["plan_id", "project_id", "criterion", "score", "of"])


def test_a_criterion_is_told_by_the_median_share_of_points_and_by_how_many_have_any() -> None:
    # impact: 1/5, 3/5, 4/4 -> 0.2, 0.6, 1.0 -> 0.6; one without points counts as judged only
    found = plans.by_criterion(judged(("impact", 1, 5), ("impact", 3, 5), ("impact", 4, 4), ("impact", None, None)))

    assert found.to_dict("records") == [{"criterion": "impact", "judged": 4, "scored": 3, "middle": 0.6}]


def test_a_criterion_without_points_has_no_middle_case() -> None:
    found = plans.by_criterion(judged(("funding", None, None), ("cost", 3, None), ("odd", 1, 0)))

    assert list(found["scored"]) == [0, 0, 0]
    assert found["middle"].isna().all()


def covered(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    told: list[dict[str, Any]] = [
        {
            "region_id": r,
            "region": r,
            "theme_id": t,
            "theme": t,
            "kind": "focus",
            "item_id": i,
            "item": i,
            "item_label": k,
        }
        for r, t, i, k in rows
    ]
    columns = ["region_id", "region", "theme_id", "theme", "kind", "item_id", "item", "item_label"]
    return pd.DataFrame(told, columns=columns)


def test_plans_and_projects_on_a_theme_are_counted_apart() -> None:
    found = plans.coverage(
        covered(
            ("a", "x", "a15", "Plan"), ("a", "x", "a17", "Plan"), ("a", "x", "p", "Project"), ("b", "x", "q", "Project")
        )
    )

    assert found[["region_id", "plans", "projects"]].to_dict("records") == [
        {"region_id": "a", "plans": 2, "projects": 1},
        {"region_id": "b", "plans": 0, "projects": 1},
    ]
    assert plans.coverage(covered()).empty


def test_an_activity_names_the_approaches_on_its_theme_or_all_where_none_is() -> None:
    rows = covered(("a", "x", "p", "Project"), ("b", "x", "p", "Project"), ("a", "y", "p", "Project"))

    found = plans.activities(rows, {"p": ["on-x", "on-z"]}, {"on-x": ["x"], "on-z": ["z"]})

    assert found.to_dict("records") == [
        {"theme_id": "x", "project_id": "p", "project": "p", "region_ids": ["a", "b"], "approach_ids": ["on-x"]},
        {"theme_id": "y", "project_id": "p", "project": "p", "region_ids": ["a"], "approach_ids": ["on-x", "on-z"]},
    ]
    assert plans.activities(covered(), {}, {}).empty
