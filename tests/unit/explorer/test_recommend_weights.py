"""Yields and weights that recommendations rest on: by hand, and on planted ones."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from recommend_world import FEW, at, by_chance

from explorer.analysis.advice import model
from explorer.analysis.advice.ground import Flags, Floats


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
