"""Positions: circles apart where there is room, inside the frame, the same twice."""

import warnings
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from network_shelf import SHELF, Network, chain, many_pairs, star, ties_of

from explorer.analysis import layouts
from explorer.analysis.layouts import HEIGHT, WIDTH, radius
from explorer.analysis.networks import measures


def placed(network: Network) -> tuple[pd.DataFrame, pd.DataFrame]:
    nodes, ties = network
    measured = measures(nodes, ties)
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a division by nothing shows as a warning only
        return measured, layouts.layout(measured, ties)


def overlaps(measured: pd.DataFrame, points: pd.DataFrame) -> list[tuple[str, str]]:
    found = []
    for one, other in combinations(points.index, 2):
        apart = float(np.hypot(*(points.loc[one] - points.loc[other])))
        if apart < radius(measured["degree"][one]) + radius(measured["degree"][other]):
            found.append((one, other))
    return found


@pytest.mark.parametrize("name", SHELF)
def test_all_that_are_tied_have_a_place_inside_the_frame(name: str) -> None:
    measured, points = placed(SHELF[name])

    assert list(points.index) == list(measured.index[measured["degree"] > 0])
    assert np.isfinite(points.to_numpy(dtype=float)).all()
    sizes = measured["degree"][points.index].map(radius)
    assert (points["x"] - sizes >= 0).all()
    assert (points["x"] + sizes <= WIDTH).all()
    assert (points["y"] - sizes >= 0).all()
    assert (points["y"] + sizes <= HEIGHT).all()


@pytest.mark.parametrize("name", SHELF)
def test_no_circle_covers_another(name: str) -> None:
    assert overlaps(*placed(SHELF[name])) == []


@pytest.mark.parametrize("name", SHELF)
def test_the_same_network_is_drawn_the_same_twice(name: str) -> None:
    pd.testing.assert_frame_equal(placed(SHELF[name])[1], placed(SHELF[name])[1])


def test_nothing_tied_is_nothing_drawn() -> None:
    _measured, points = placed(SHELF["isolates"])

    assert points.empty
    assert list(points.columns) == ["x", "y"]


def test_small_components_stand_apart_from_the_large_one() -> None:
    nodes, ties = chain(20)
    pairs, pair_ties = many_pairs(5)
    _measured, points = placed(([*nodes, *pairs], pd.concat([ties, pair_ties])))

    large = points.loc[nodes]
    for pair in range(5):
        small = points.loc[[f"a{pair}", f"b{pair}"]]
        apart = small["y"].min() > large["y"].max() or small["x"].min() > large["x"].max()
        assert apart


def test_partners_stand_nearer_than_strangers() -> None:
    names = [f"{mark}{place}" for mark in "xyz" for place in range(6)]
    pairs = [(a, b) for a, b in combinations(names, 2) if a[0] == b[0]]
    _measured, points = placed((names, ties_of(*pairs, ("x0", "y0"), ("y1", "z0"))))

    def far(one: str, other: str) -> float:
        return float(np.hypot(*(points.loc[one] - points.loc[other])))

    inside = np.mean([far(a, b) for a, b in pairs])
    between = np.mean([far(a, b) for a, b in combinations(names, 2) if a[0] != b[0]])
    assert inside < between / 2


def test_a_drawing_is_wider_than_high() -> None:
    _measured, points = placed(chain(30))

    assert np.ptp(points["x"]) > np.ptp(points["y"])


def test_a_circle_grows_with_the_root_of_the_partners() -> None:
    # 4 + 2·√9 = 10
    assert radius(9) == 10
    assert radius(0) == 4


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14)), min_size=1, max_size=40))
def test_any_small_network_has_room(pairs: list[tuple[int, int]]) -> None:
    named = {(f"n{min(pair)}", f"n{max(pair)}") for pair in pairs if pair[0] != pair[1]}
    nodes = sorted({node for pair in named for node in pair})

    measured, points = placed((nodes, ties_of(*sorted(named))))

    assert overlaps(measured, points) == []
    assert len(points) == len(nodes)


def test_a_large_star_keeps_its_leaves_around_it() -> None:
    _measured, points = placed(star(120))

    middle = points.loc["c"]
    assert points["x"].quantile(0.2) < middle["x"] < points["x"].quantile(0.8)
    assert points["y"].quantile(0.2) < middle["y"] < points["y"].quantile(0.8)
