"""Which case to show next to those present."""

import math
from string import Formatter

import pytest
from recommend_world import MUCH, background, by_chance, world

from explorer.analysis.advice.reasons import TOGETHER
from explorer.analysis.advice.recommend import case_to_show
from explorer.analysis.advice.setting import setting


def test_the_case_that_is_new_to_most_of_those_present_comes_first() -> None:
    evidence = world(
        [("x", "a", "2015"), ("y", "a", "2015")], visits=[("v", "a", "y", "2016-01-01", "bc")], until="2018-12-31"
    )

    first, second = case_to_show(["b", "c", "d"], setting(evidence, background()))

    assert (first.approach, first.host, first.regions, first.n, first.of) == ("x", "a", ("b", "c", "d"), 3, 3)
    assert (second.approach, second.regions, second.n) == ("y", ("d",), 1)
    assert math.isnan(first.expected)


def test_a_host_shows_only_what_it_uses_and_not_to_itself() -> None:
    evidence = world([("x", "a", "2015"), ("y", "b", "2015")], until="2018-12-31")

    (only,) = case_to_show(["a", "b", "c"], setting(evidence, background()), host="a")

    assert (only.approach, only.host, only.regions, only.of) == ("x", "a", ("b", "c"), 2)


def test_a_host_alone_is_taken_to_show_to_those_it_knows() -> None:
    evidence = world(
        [("x", "a", "2015"), ("y", "a", "2015")], visits=[("v", "a", "y", "2016-01-01", "b")], until="2018-12-31"
    )

    tied, unknown = background(ties=[("a", "d", 1.0)]), background()
    stranger = setting(world([("x", "f", "2015")], until="2018-12-31"), unknown)

    assert case_to_show([], setting(evidence, tied), host="a")[0].regions == ("b", "d")
    assert case_to_show([], stranger, host="f")[0].regions == ("a", "b", "c", "d", "e")


def test_those_expected_are_the_sum_of_the_chances() -> None:
    evidence, around = by_chance(3, **MUCH)
    given_now = setting(evidence, around)
    present = given_now.fixed.regions[:10]

    case = case_to_show(present, given_now)[0]

    place = given_now.fixed.approaches.index(case.approach)
    rows = [given_now.fixed.regions.index(region) for region in case.regions]
    assert given_now.taking.fitted
    assert case.expected == pytest.approx(sum(given_now.chance[row, place] for row in rows))


def test_reasons_for_a_meeting_say_for_how_many() -> None:
    evidence = world([("x", "a", "2015"), ("y", "f", "2015")], until="2018-12-31")

    first = case_to_show(["b", "c"], setting(evidence, background()))[0]

    assert first.approach == "x"
    (near,) = [reason for reason in first.reasons if reason.code == "nearby"]
    assert near.sentence.format(**near.values) == "Regions here that are near A or others that use it: 2"


def test_sentences_for_a_meeting_ask_for_nothing_but_a_count_and_a_host() -> None:
    for sentence in TOGETHER.values():
        assert {name for _text, name, _spec, _how in Formatter().parse(sentence) if name} <= {"count", "host"}
