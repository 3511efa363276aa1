"""Whom to visit next, and the reasons that are told."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from recommend_world import DAY, FEW, background, by_chance, told, world

from explorer.analysis.advice.ground import Background, known_by
from explorer.analysis.advice.recommend import case_to_show, whom_to_visit
from explorer.analysis.advice.setting import setting


def test_the_nearer_host_comes_first_where_all_else_is_equal() -> None:
    evidence = world([("x", "a", "2015"), ("y", "e", "2015")], until="2018-12-31")

    found = whom_to_visit("b", setting(evidence, background()))

    # b lies one degree from a and three from e
    assert told(found) == [("b", "x", "a"), ("b", "y", "e")]
    assert all(math.isnan(one.chance) for one in found)  # nothing on record to fit on
    near = next(reason for reason in found[0].reasons if reason.code == "nearby")
    assert near.sentence.format(**near.values) == "A is about 110 km away"


def test_of_two_hosts_of_one_approach_the_better_is_named_and_the_other_kept() -> None:
    evidence = world([("x", "a", "2015")], [("e", "x", "full", "2016-01-01")], until="2018-12-31")

    (only,) = whom_to_visit("d", setting(evidence, background()))

    assert (only.host, only.others) == ("e", ("a",))


def test_ties_that_use_it_are_told_with_their_number() -> None:
    evidence = world(
        [("x", "a", "2015"), ("y", "f", "2015"), ("z", "f", "2015")],
        [("b", "x", "full", "2016-01-01")],
        until="2018-12-31",
    )
    ties = [("c", "a", 1.0), ("c", "b", 1.0), ("c", "e", 1.0)]

    found = whom_to_visit("c", setting(evidence, background(ties=ties)))

    assert found[0].approach == "x"
    (reason,) = [reason for reason in found[0].reasons if reason.code == "exposed"]
    assert reason.sentence.format(**reason.values) == "It is used by 2 of the 3 regions that C has ties with"
    assert "exposed" not in {reason.code for one in found[1:] for reason in one.reasons}


def test_a_plan_that_names_the_same_theme_is_a_reason_with_its_year() -> None:
    evidence = world([("x", "a", "2015"), ("y", "a", "2015")], until="2018-12-31")
    plain = background()
    around = Background(
        plain.regions,
        plain.ties,
        pd.DataFrame({"region_id": ["b", "b"], "theme_id": ["t", "t"], "year": [2014, 2017]}),
        pd.DataFrame({"approach_id": ["y"], "theme_id": ["t"]}),
    )

    first, second = whom_to_visit("b", setting(evidence, around))

    assert (first.approach, second.approach) == ("y", "x")
    (reason,) = [reason for reason in first.reasons if reason.code == "theme"]
    assert reason.sentence.format(**reason.values) == "The plan 2017 of B names the same theme"


def test_what_a_region_took_over_at_a_host_is_a_reason_to_go_there_again() -> None:
    started = [(approach, "a", "2015") for approach in "vwxy"] + [("z", "c", "2015")]
    evidence = world(
        started,
        [("b", "v", "full", "2016-06-01"), ("b", "w", "full", "2016-06-01")],
        [(f"to {approach}", "a", approach, "2016-01-01", "bd") for approach in "vwx"],
        until="2018-12-31",
    )

    found = whom_to_visit("b", setting(evidence, background()))

    assert [(one.approach, one.host) for one in found] == [("y", "a"), ("z", "c")]
    (reason,) = [reason for reason in found[0].reasons if reason.code == "learnt"]
    assert reason.sentence.format(**reason.values) == "B took over 2 of the 3 approaches that it saw at A"


@FEW
@given(st.integers(0, 100))
def test_only_what_is_new_to_a_region_and_in_use_elsewhere_is_recommended(seed: int) -> None:
    evidence, around = by_chance(seed)
    given_now = setting(evidence, around, DAY, 12)
    known = known_by(evidence, DAY)
    visits = known.attended.merge(known.shown, on="visit_id")

    for region in given_now.fixed.regions:
        found = whom_to_visit(region, given_now, k=4)
        seen = set(visits.loc[visits["region_id"] == region, "approach_id"])
        steps = set(known.steps.loc[known.steps["region_id"] == region, "approach_id"])
        own = set(known.approaches.loc[known.approaches["origin"] == region, "approach_id"])
        assert len({one.approach for one in found}) == len(found) <= 4
        assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
        for one in found:
            assert one.approach not in seen | steps | own
            place = given_now.fixed.approaches.index(one.approach)
            users = {given_now.fixed.regions[j] for j in np.flatnonzero(given_now.now.used[:, place])}
            assert {one.host, *one.others} == users - {region}


@FEW
@given(st.integers(0, 100))
def test_reasons_are_sentences_that_raise_the_score_strongest_first(seed: int) -> None:
    evidence, around = by_chance(seed)
    given_now = setting(evidence, around, DAY, 12)
    found = [
        reason
        for region in given_now.fixed.regions
        for one in whom_to_visit(region, given_now)
        for reason in one.reasons
    ]
    cases = case_to_show(given_now.fixed.regions[:6], given_now)

    for reason in [*found, *(reason for case in cases for reason in case.reasons)]:
        assert reason.weight > 0
        words = reason.sentence.format(**reason.values)
        assert "{" not in words
        assert not {"caused", "led"} & set(words.split())
    for one in whom_to_visit(given_now.fixed.regions[0], given_now):
        assert [reason.weight for reason in one.reasons] == sorted((r.weight for r in one.reasons), reverse=True)


def test_a_lone_region_has_nowhere_to_go() -> None:
    evidence = world([("x", "a", "2015")], until="2018-12-31")

    assert whom_to_visit("a", setting(evidence, background("a"))) == []


def test_without_a_record_nothing_is_recommended() -> None:
    given_now = setting(world(until="2018-12-31"), background())

    assert whom_to_visit("a", given_now) == []
    assert case_to_show(["a", "b"], given_now) == []


def test_where_all_use_it_nothing_is_left() -> None:
    steps = [(region, "x", "full", "2016-01-01") for region in "bcdef"]

    given_now = setting(world([("x", "a", "2015")], steps, until="2018-12-31"), background())

    assert [whom_to_visit(region, given_now) for region in "abcdef"] == [[]] * 6


def test_places_and_sizes_may_be_unknown() -> None:
    plain = background()
    unknown = plain.regions.assign(latitude=None, longitude=None, population=None, kind=None, country=None, name=None)
    evidence = world([("x", "a", "2015")], until="2018-12-31")

    (only,) = whom_to_visit("b", setting(evidence, Background(unknown)))

    assert (only.approach, only.host, only.reasons) == ("x", "a", ())


def test_what_cannot_be_is_refused_at_once() -> None:
    evidence = world([("x", "a", "2015")], until="2018-12-31")
    given_now = setting(evidence, background())

    with pytest.raises(ValueError, match="nowhere is not among the regions"):
        whom_to_visit("nowhere", given_now)
    with pytest.raises(ValueError, match="say who is present"):
        case_to_show([], given_now)
    with pytest.raises(ValueError, match="k is 0"):
        whom_to_visit("b", given_now, k=0)
    with pytest.raises(ValueError, match="months is 0"):
        setting(evidence, background(), months=0)
    with pytest.raises(ValueError, match="no day is on record"):
        setting(world(), background())
    with pytest.raises(ValueError, match="table ties lacks strength"):
        Background(background().regions, pd.DataFrame({"a": [], "b": []}))
    with pytest.raises(ValueError, match="stands twice"):
        background("aa")
