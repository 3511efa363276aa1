"""What must change no recommendation: other names, what comes later, a shift of the calendar."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from recommend_world import DAY, FEW, MUCH, by_chance, moved, told

from explorer.analysis.advice.ground import Background, known_by
from explorer.analysis.advice.recommend import whom_to_visit
from explorer.analysis.advice.setting import setting
from explorer.analysis.spread.evidence import Evidence


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("size", [{}, MUCH])
def test_other_names_of_regions_change_nothing(seed: int, size: dict[str, int]) -> None:
    evidence, around = by_chance(seed, **size)
    ids = list(around.regions["region_id"])
    new = [f"n{place:02}" for place in np.random.default_rng(seed).permutation(len(ids))]
    names = dict(zip(ids, new, strict=True))
    other = renamed(evidence, names)
    elsewhere = Background(
        around.regions.assign(region_id=around.regions["region_id"].map(names)).sort_values("region_id"),
        around.ties.assign(a=around.ties["a"].map(names), b=around.ties["b"].map(names)),
        around.region_themes.assign(region_id=around.region_themes["region_id"].map(names)),
        around.approach_themes,
    )

    before, after = setting(evidence, around, DAY), setting(other, elsewhere, DAY)

    assert before.taking.fitted is after.taking.fitted is bool(size)
    for region in ids:
        expected = [(names[r], a, names[h]) for r, a, h in told(whom_to_visit(region, before))]
        assert told(whom_to_visit(names[region], after)) == expected


def renamed(evidence: Evidence, names: dict[str, str]) -> Evidence:
    changed = {
        name: getattr(evidence, name).assign(region_id=getattr(evidence, name)["region_id"].map(names))
        for name in ("steps", "hosts", "attended")
    }
    return replace(
        evidence, approaches=evidence.approaches.assign(origin=evidence.approaches["origin"].map(names)), **changed
    )


@FEW
@given(st.integers(0, 60), st.integers(1, 400))
def test_what_comes_later_changes_no_recommendation(seed: int, shift: int) -> None:
    evidence, around = by_chance(seed)
    other = replace(moved(evidence, timedelta(days=shift), after=DAY), until=date(2030, 1, 1))
    gone = replace(known_by(evidence, DAY), approaches=evidence.approaches)

    first, *others = (setting(each, around, DAY, 12) for each in (evidence, other, gone))

    for given_now in others:
        np.testing.assert_array_equal(given_now.score, first.score)
        for region in first.fixed.regions[:5]:
            found, expected = whom_to_visit(region, given_now), whom_to_visit(region, first)
            assert told(found) == told(expected)
            assert [one.reasons for one in found] == [one.reasons for one in expected]


@FEW
@given(st.integers(0, 60))
def test_four_years_later_the_same_is_recommended(seed: int) -> None:
    evidence, around = by_chance(seed)
    cycle = timedelta(days=1461)  # four years: months keep their lengths
    plans = around.region_themes.assign(year=around.region_themes["year"] + 4)

    before = setting(evidence, around, DAY, 12)
    after = setting(moved(evidence, cycle), replace(around, region_themes=plans), DAY + cycle, 12)

    for region in before.fixed.regions:
        assert told(whom_to_visit(region, after)) == told(whom_to_visit(region, before))
