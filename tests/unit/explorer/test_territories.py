"""Regions in one another."""

import pandas as pd
import pytest

from explorer.analysis.territories import Territories


def land(*rows: tuple[str, str | None]) -> Territories:
    return Territories(
        pd.DataFrame({
            "id": [region for region, _above in rows], "name": [region.title() for region, _above in rows],
            "kind": ["city"] * len(rows), "parent_id": pd.Series([above for _region, above in rows], dtype=object),
        })
    )  # fmt: skip


DUTCH = land(
    ("netherlands", None),
    ("gelderland", "netherlands"),
    ("arnhem", "gelderland"),
    ("ede", "gelderland"),
    ("utrecht", "netherlands"),
)
RING = land(("a", "b"), ("b", "c"), ("c", "a"), ("leaf", "a"))


def test_above_a_region_is_what_contains_it_the_nearest_first() -> None:
    assert DUTCH.above("arnhem") == ["gelderland", "netherlands"]
    assert DUTCH.above("netherlands") == []
    assert DUTCH.above("nowhere") == []


def test_within_a_region_is_itself_and_all_below_at_any_depth() -> None:
    assert DUTCH.within("netherlands") == {"netherlands", "gelderland", "arnhem", "ede", "utrecht"}
    assert DUTCH.within("gelderland") == {"gelderland", "arnhem", "ede"}
    assert DUTCH.within("arnhem") == {"arnhem"}


def test_within_several_is_all_of_them_together() -> None:
    assert DUTCH.within_any(["gelderland", "utrecht"]) == {"gelderland", "arnhem", "ede", "utrecht"}
    assert DUTCH.within_any([]) == set()


def test_a_path_names_what_a_region_lies_in() -> None:
    assert DUTCH.path("arnhem") == "Arnhem, Gelderland, Netherlands"
    assert DUTCH.path("nowhere") == "nowhere"


def test_a_parent_that_is_not_in_the_list_is_told_by_its_id() -> None:
    assert land(("arnhem", "lost")).path("arnhem") == "Arnhem, lost"


def test_without_regions_nothing_lies_in_anything() -> None:
    empty = land()
    assert empty.above("a") == []
    assert empty.within("a") == {"a"}


@pytest.mark.parametrize("region", ["a", "b", "c", "leaf"])
def test_regions_that_contain_each_other_in_a_ring_come_to_an_end(region: str) -> None:
    assert set(RING.above(region)) == {"a", "b", "c"}
    assert region in RING.within(region)
    assert len(RING.above(region)) == len(set(RING.above(region)))


def test_a_region_that_contains_itself_comes_to_an_end() -> None:
    alone = land(("a", "a"))
    assert set(alone.above("a")) == {"a"}
    assert alone.within("a") == {"a"}
