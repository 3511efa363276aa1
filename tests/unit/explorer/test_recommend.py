"""Whom to visit next, which case to show next, and what both rest on."""

import math
from dataclasses import replace
from datetime import date, timedelta
from string import Formatter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from recommend_world import background, by_chance, day, world

from explorer.analysis.advice import model
from explorer.analysis.advice.features import Situation, situation
from explorer.analysis.advice.ground import Background, Flags, Floats, distance_km, ground, known_by
from explorer.analysis.advice.reasons import TOGETHER
from explorer.analysis.advice.recommend import MEASURES, Recommendation, case_to_show, whom_to_visit
from explorer.analysis.advice.setting import earlier, setting
from explorer.analysis.spread.evidence import Evidence, takings

FEW = settings(max_examples=12, deadline=None)
DAY = date(2018, 12, 31)
MUCH = {"regions": 60, "approaches": 60, "visits": 700}  # enough on record to fit weights on


def at(evidence: Evidence, around: Background, on: str, cut: bool = True) -> Situation:
    known = known_by(evidence, day(on)) if cut else evidence
    return situation(known, around, ground(evidence, around), day(on), cut)


def told(found: list[Recommendation]) -> list[tuple[str, str, str]]:
    return [(one.region, one.approach, one.host) for one in found]


# What was known by a day


def test_a_step_of_a_year_is_known_when_the_year_is_over() -> None:
    evidence = world([("x", "a", "2015")], [("b", "x", "full", "2019")])

    assert known_by(evidence, day("2019-12-30")).steps.empty
    assert len(known_by(evidence, day("2019-12-31")).steps) == 1


def test_what_has_no_date_is_known_on_no_day() -> None:
    evidence = world([("x", "a", "")], [("b", "x", "full", "")], [("v", "a", "x", "", "b")])

    known = known_by(evidence, day("2100-01-01"))

    assert known.approaches.empty
    assert known.steps.empty
    assert known.shown.empty
    assert known.attended.empty
    assert known.hosts.empty


def test_a_visit_to_come_takes_its_host_guests_and_credits_along() -> None:
    evidence = world(
        [("x", "a", "2015")],
        [("b", "x", "full", "2016-05-01")],
        [("v", "a", "x", "2016-01-01", "b"), ("w", "a", "x", "2017-01-01", "c")],
    )
    credited = pd.Series([["v", "w", "a"]], index=evidence.steps.index, dtype=object)

    known = known_by(replace(evidence, steps=evidence.steps.assign(credited_to=credited)), day("2016-12-31"))

    assert set(known.shown["visit_id"]) == set(known.hosts["visit_id"]) == set(known.attended["visit_id"]) == {"v"}
    assert known.steps["credited_to"].tolist() == [["v", "a"]]


def test_an_approach_is_known_once_it_began_or_was_seen_or_taken_over() -> None:
    evidence = world(
        [
            ("begun", "a", "2015"),
            ("later", "a", "2018"),
            ("unknown", "a", ""),
            ("taken", "a", ""),
            ("seen", "a", "2018"),
        ],
        [("b", "taken", "full", "2016-01-01")],
        [("v", "a", "seen", "2016-01-01", "c")],
    )

    assert set(known_by(evidence, day("2016-12-31")).approaches["approach_id"]) == {"begun", "taken", "seen"}


def test_the_end_of_what_is_known_is_the_day_itself_at_the_latest() -> None:
    assert known_by(world(until="2018-12-31"), day("2016-01-01")).until == day("2016-01-01")
    assert known_by(world(until="2018-12-31"), day("2020-01-01")).until == day("2018-12-31")


@FEW
@given(st.integers(0, 50), st.integers(0, 2900), st.integers(0, 2900))
def test_what_was_known_earlier_was_known_later(seed: int, one: int, other: int) -> None:
    evidence, _around = by_chance(seed, visits=40)
    first, last = (date(2012, 1, 1) + timedelta(days=number) for number in sorted((one, other)))

    direct, by_way = known_by(evidence, first), known_by(known_by(evidence, last), first)

    for name in ("approaches", "steps", "shown", "hosts", "attended"):
        pd.testing.assert_frame_equal(getattr(direct, name), getattr(by_way, name))


# The situation on a day


def test_who_has_it_in_use_and_for_whom_it_is_closed() -> None:
    evidence = world(
        [("x", "a", "2015")],
        [
            ("b", "x", "considering", "2016-01-01"),
            ("c", "x", "partial", "2016-01-01"),
            ("d", "x", "partial", "2016-01-01"),
            ("d", "x", "dropped", "2017-01-01"),
            ("e", "x", "dropped", "2016-01-01"),
            ("f", "x", "dropped", "2016-01-01"),
            ("f", "x", "policy", "2017-06-01"),
        ],
    )

    now = at(evidence, background(), "2018-12-31")

    # a began it, c took it over, d gave it up, e decided against it, f came back to it; b only considers it
    assert now.used[:, 0].tolist() == [True, False, True, False, False, True]
    assert now.closed[:, 0].tolist() == [True, False, True, True, True, True]
    assert np.isnan(now.taken[:, 0]).tolist() == [True, True, False, False, True, False]


def test_an_origin_that_dropped_it_has_it_no_longer_and_is_no_adopter() -> None:
    evidence = world([("x", "a", "2015")], [("a", "x", "full", "2015-06-01"), ("a", "x", "dropped", "2016-01-01")])

    now = at(evidence, background(), "2018-12-31")

    assert not now.used.any()
    assert now.closed[0, 0]
    assert np.isnan(now.taken).all()


@FEW
@given(st.integers(0, 50))
def test_the_first_taking_over_is_that_of_the_evidence(seed: int) -> None:
    evidence, around = by_chance(seed)
    fixed = ground(evidence, around)

    now = situation(evidence, around, fixed, DAY, cut=False)

    table = takings(evidence)
    expected = np.full(now.taken.shape, np.nan)
    for row in table.itertuples():
        place = fixed.regions.index(str(row.region_id)), fixed.approaches.index(str(row.approach_id))
        assert isinstance(row.on_from, date)
        expected[place] = row.on_from.toordinal()
    np.testing.assert_array_equal(now.taken, expected)


def test_a_visit_by_a_body_above_does_not_count_as_seen() -> None:
    evidence = world([("x", "a", "2015")], visits=[("v", "a", "x", "2016-01-01", "bC")])

    assert at(evidence, background(), "2018-12-31").seen[:, 0].tolist() == [False, True, False, False, False, False]


def test_yields_count_guests_of_a_year_ago_and_takings_over_within_a_year() -> None:
    evidence = world(
        [("x", "a", "2015")],
        [
            ("b", "x", "full", "2016-06-01"),  # within a year of the visit
            ("c", "x", "full", "2017-06-01"),  # more than a year after it
            ("d", "x", "full", "2015-06-01"),  # before it: was no guest to win
        ],
        [("v", "a", "x", "2016-01-01", "bcde"), ("w", "a", "x", "2018-06-01", "f")],
    )

    now = at(evidence, background(), "2018-12-31")

    assert (now.saw_it[0], now.took_it[0]) == (3, 1)  # b, c, e; f came too late to tell
    assert now.saw[:, 0].tolist() == [0, 1, 1, 0, 1, 0]
    assert now.took[:, 0].tolist() == [0, 1, 0, 0, 0, 0]
    assert now.came[:, 0].tolist() == [0, 1, 1, 1, 1, 1]


def test_all_that_is_on_record_counts_where_no_day_is_given() -> None:
    evidence = world([("x", "a", "")], [("b", "x", "full", "")], [("v", "a", "x", "", "c")])

    now = at(evidence, background(), "2018-12-31", cut=False)

    assert now.used[:, 0].tolist() == [True, True, False, False, False, False]
    assert now.seen[:, 0].tolist() == [False, False, True, False, False, False]


def test_ties_and_plans_count_from_their_day_on() -> None:
    plain = background()
    ties = pd.DataFrame(
        {
            "a": ["a", "a", "a"],
            "b": ["b", "c", "d"],
            "strength": [1.0, 2.0, 4.0],
            "first": [day("2016-01-01"), None, day("2019-01-01")],
            "last": [day("2017-01-01"), None, None],
        }
    )
    themes = pd.DataFrame({"region_id": ["a", "a"], "theme_id": ["t", "u"], "year": [2017, 2018]})
    around = Background(plain.regions, ties, themes)

    now = at(world([("x", "a", "2015")]), around, "2018-06-01")

    assert now.tied[0].tolist() == [0, 0, 2, 0, 0, 0]  # b is over, d is to come
    assert now.named[0].tolist() == [True, False]  # the plan of 2018 may still be to come
    assert now.named_in[0, 0] == 2017


def test_a_region_does_not_travel_to_what_it_lies_in() -> None:
    evidence = world([("x", "a", "2015")], until="2018-12-31", parents={"b": "a"})

    now = setting(evidence, background("abc"))

    assert now.open[:, 0].tolist() == [False, False, True]
    assert (now.worth.trips == 0).tolist() == [[True, True, False], [True, True, False], [False, False, True]]


def test_a_degree_of_the_meridian_is_111_km() -> None:
    # pi x 6371.0088 / 180 = 111.195
    found = distance_km(np.array([50.0, 51.0, math.nan]), np.array([5.0, 5.0, 5.0]))

    assert found[0, 1] == pytest.approx(111.195, abs=0.001)
    assert found[0, 0] == 0
    assert np.isnan(found[2]).all()


# Yields


def test_a_yield_is_drawn_to_the_mean_by_the_weight_of_the_prior() -> None:
    found = model.shrunken_yield(np.array([3.0, 0.0]), np.array([5.0, 0.0]), model.Prior(0.4, 10.0))

    assert found.tolist() == pytest.approx([7 / 15, 0.4])  # (3 + 10 x 0.4) / (5 + 10); nobody came: the mean


def test_equal_yields_have_the_heaviest_prior_and_unlike_ones_a_light_one() -> None:
    saw = np.full(6, 20.0)

    alike = model.yield_prior(np.full(6, 5.0), saw)
    unlike = model.yield_prior(np.array([0.0, 0.0, 0.0, 10.0, 10.0, 10.0]), saw)

    assert alike.mean == unlike.mean == 0.25
    assert alike.weight == pytest.approx(model.HEAVIEST)
    assert unlike.weight < 5


def test_a_yield_without_a_guest_on_record_is_not_a_number() -> None:
    prior = model.yield_prior(np.zeros(3), np.zeros(3))

    assert math.isnan(prior.mean)
    assert np.isnan(model.shrunken_yield(np.zeros(3), np.zeros(3), prior)).all()


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=8))
def test_a_shrunken_yield_lies_between_its_own_share_and_the_mean(pairs: list[tuple[int, int]]) -> None:
    took = np.array([min(pair) for pair in pairs], dtype=float)
    saw = np.array([max(pair) for pair in pairs], dtype=float)
    prior = model.yield_prior(took, saw)

    found = model.shrunken_yield(took, saw, prior)

    for value, share in zip(found[saw > 0], (took[saw > 0] / saw[saw > 0]), strict=True):
        assert min(share, prior.mean) - 1e-9 <= value <= max(share, prior.mean) + 1e-9


# Weights


def made_up(true: dict[str, float], rows: int = 30_000) -> tuple[Floats, Flags]:
    rng = np.random.default_rng(1)
    values = rng.normal(size=(rows, len(model.FEATURES)))
    weights = np.array([true.get(name, 0.0) for name in model.FEATURES])
    return values, rng.random(rows) < 1 / (1 + np.exp(3 - values @ weights))


def test_planted_weights_are_found_again() -> None:
    true = {"reach": 0.8, "theme": 0.3}

    values, happened = made_up(true)

    found = model.taking_weights([values], [happened])

    assert found.fitted
    for name, weight in zip(found.names, found.weights, strict=True):
        assert weight == pytest.approx(true.get(name, 0.0), abs=0.08)
    assert found.base == pytest.approx(-3, abs=0.1)


def test_what_tells_against_gets_no_weight() -> None:
    values, happened = made_up({"reach": 0.8, "lately": -0.5})

    found = model.taking_weights([values], [happened])

    assert found.weights[model.FEATURES.index("lately")] == 0


def test_weights_solve_the_equations_of_the_ridge() -> None:
    values, happened = made_up({"reach": 0.8, "exposed": 0.2}, rows=4_000)

    found = model.taking_weights([values], [happened])

    lifted = (values - values.mean(axis=0)) / values.std(axis=0)
    chance = 1 / (1 + np.exp(-(found.base + lifted @ found.weights)))
    slope = lifted.T @ (chance - happened) + found.weights / model.PRIOR_SPREAD**2
    scale = np.sqrt(happened.sum())
    assert np.abs(slope[found.weights > 0]).max() / scale < 0.01
    assert slope[found.weights == 0].min() / scale > -0.01
    assert abs(chance.sum() - happened.sum()) < 0.1


def test_with_too_few_takings_over_weights_are_those_chosen() -> None:
    values, _happened = made_up({}, rows=500)
    some = np.arange(500) < model.LEAST_EVENTS * len(model.FEATURES) - 1

    found = model.taking_weights([values], [some])

    assert not found.fitted
    assert math.isnan(found.base)
    assert dict(zip(found.names, found.weights.tolist(), strict=True)) == model.UNFITTED


def test_what_is_the_same_for_all_or_unknown_adds_nothing() -> None:
    values = np.ones((4, len(model.FEATURES)))
    values[0, 0] = np.nan

    found = model.centred_on(model.taking_weights([], []), values)

    assert found.parts(values).tolist() == np.zeros_like(values).tolist()


@FEW
@given(st.integers(0, 50))
def test_a_visit_is_about_something_that_the_host_uses(seed: int) -> None:
    evidence, around = by_chance(seed)
    now = at(evidence, around, "2018-12-31")

    found = model.programme(now)

    assert (found[~now.used] == 0).all()
    np.testing.assert_allclose(found.sum(axis=1), now.used.any(axis=1).astype(float))


# Whom to visit


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
    later = timedelta(days=shift)

    def moved(table: pd.DataFrame) -> pd.DataFrame:
        days = {
            name: pd.Series([on + later if on > DAY else on for on in table[name]], index=table.index, dtype=object)
            for name in table.columns.intersection(["on_from", "on_to", "started_from", "started_to"])
        }
        return table.assign(**days)

    other = replace(
        evidence,
        approaches=moved(evidence.approaches),
        steps=moved(evidence.steps),
        shown=moved(evidence.shown),
        until=date(2030, 1, 1),
    )
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

    def moved(table: pd.DataFrame) -> pd.DataFrame:
        names = table.columns.intersection(["on_from", "on_to", "started_from", "started_to"])
        return table.assign(
            **{n: pd.Series([d + cycle for d in table[n]], index=table.index, dtype=object) for n in names}
        )

    other = replace(
        evidence, approaches=moved(evidence.approaches), steps=moved(evidence.steps), shown=moved(evidence.shown)
    )
    plans = around.region_themes.assign(year=around.region_themes["year"] + 4)

    before = setting(evidence, around, DAY, 12)
    after = setting(other, replace(around, region_themes=plans), DAY + cycle, 12)

    for region in before.fixed.regions:
        assert told(whom_to_visit(region, after)) == told(whom_to_visit(region, before))


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


def test_months_end_where_months_end() -> None:
    assert earlier(day("2020-02-29"), 12) == day("2019-02-28")
    assert earlier(day("2019-02-28"), -12) == day("2020-02-29")
    assert earlier(day("2019-03-30"), 1) == day("2019-02-28")
    assert earlier(day("2019-01-15"), 13) == day("2017-12-15")


# Which case to show


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


def test_every_measure_is_told_in_words() -> None:
    for measure in MEASURES:
        assert all((measure.title, measure.words, measure.span, measure.undefined, measure.source, measure.term))
