"""Measures on the shelf of awkward networks, and by hand."""

import math

import pandas as pd
import pytest
from network_shelf import BRIDGE, SHELF, Network, chain, star, ties_of

from explorer.analysis import networks
from explorer.analysis.networks import MEASURES, measures


@pytest.fixture(params=SHELF)
def awkward(request: pytest.FixtureRequest) -> Network:
    return SHELF[request.param]


def test_each_measure_has_a_value_in_its_range_for_each_node(awkward: Network) -> None:
    nodes, ties = awkward

    table = measures(nodes, ties)

    assert list(table.index) == nodes
    assert (table["degree"] >= 0).all()
    assert (table["degree"] <= max(len(nodes) - 1, 0)).all()
    assert (table["strength"] >= table["degree"]).all()
    if len(nodes) < 3:
        assert table["betweenness"].isna().all()  # undefined, not nought
    else:
        assert table["betweenness"].between(0, 1).all()


def test_degree_counts_the_others_that_a_node_is_tied_to(awkward: Network) -> None:
    nodes, ties = awkward

    table = measures(nodes, ties)

    for node in nodes:
        pairs = [{a, b} for a, b in ties[["a", "b"]].itertuples(index=False) if node in (a, b)]
        others = {other for pair in pairs for other in pair if other != node and other in nodes}
        assert table["degree"][node] == len(others)


def test_groups_are_numbered_from_the_largest_and_are_the_same_twice(awkward: Network) -> None:
    nodes, ties = awkward

    table, again = measures(nodes, ties), measures(nodes, ties)

    sizes = table["group"].value_counts()
    assert sorted(sizes.index) == list(range(len(sizes)))
    assert [sizes[group] for group in range(len(sizes))] == sorted(sizes, reverse=True)
    pd.testing.assert_frame_equal(table, again)


def test_the_order_of_ties_plays_no_part_in_the_measures(awkward: Network) -> None:
    nodes, ties = awkward
    codes = [item.code for item in MEASURES]

    there, back = measures(nodes, ties), measures(nodes, ties.iloc[::-1])

    pd.testing.assert_frame_equal(there[codes], back[codes])


def test_the_middle_of_a_star_is_on_every_route() -> None:
    # 6 leaves: each of the 6·5/2 = 15 pairs of leaves meets through the centre, of (7-1)(7-2)/2 = 15 pairs of others.
    table = measures(*star(6))

    assert table["betweenness"]["c"] == 1.0
    assert (table["betweenness"].drop("c") == 0).all()
    assert table["degree"]["c"] == 6


def test_go_betweens_on_a_path_by_hand() -> None:
    # n0-n1-n2-n3-n4; pairs of others: (5-1)(5-2)/2 = 6.
    # n1 lies between n0 and each of n2, n3, n4: 3/6. n2 between {n0, n1} and {n3, n4}: 4/6. The ends: 0.
    table = measures(*chain(5))

    assert table["betweenness"].tolist() == pytest.approx([0, 3 / 6, 4 / 6, 3 / 6, 0])


def test_two_equal_routes_share_the_credit() -> None:
    # A ring of four: between a and c the routes through b and d are equally short, so each has half of that pair.
    # For b: pairs of others (4-1)(4-2)/2 = 3 (ac, ad, cd); only ac passes b, by half: 0.5 / 3.
    nodes = ["a", "b", "c", "d"]
    table = measures(nodes, ties_of(("a", "b"), ("b", "c"), ("c", "d"), ("a", "d")))

    assert table["betweenness"].tolist() == pytest.approx([0.5 / 3] * 4)


def test_a_tie_said_twice_is_one_partner_with_the_strengths_added() -> None:
    # a-b said with 2 and with 3: one partner, strength 5; b also with c by 1: two partners, strength 6.
    table = measures(*SHELF["a tie said twice"])

    assert table["degree"].tolist() == [1, 2, 1]
    assert table["strength"].tolist() == [5, 6, 1]
    assert table["betweenness"].tolist() == [0, 1, 0]  # b is on the only route between a and c


def test_a_tie_to_itself_is_no_partner() -> None:
    table = measures(*SHELF["a tie to itself"])

    assert table["degree"].tolist() == [1, 1]


def test_two_cliques_on_a_bridge_are_two_groups_that_their_ends_tie_together() -> None:
    table = measures(*BRIDGE)

    assert set(table.index[table["group"] == 0]) == {"x0", "x1", "x2", "x3", "x4"}  # the larger one is group 0
    assert set(table.index[table["group"] == 1]) == {"y0", "y1", "y2", "y3"}
    assert table["groups_tied"][["x0", "y0"]].tolist() == [1, 1]
    assert table["groups_tied"].drop(["x0", "y0"]).sum() == 0


def test_a_strong_tie_holds_a_group_together() -> None:
    # A path of four with strong ends and a weak middle falls apart in the middle.
    nodes = ["a", "b", "c", "d"]
    table = measures(nodes, ties_of(("a", "b", 9), ("b", "c", 1), ("c", "d", 9)))

    assert table["group"]["a"] == table["group"]["b"]
    assert table["group"]["c"] == table["group"]["d"]
    assert table["group"]["a"] != table["group"]["c"]


def test_a_node_without_ties_is_a_group_of_its_own() -> None:
    table = measures(["a", "b", "c"], ties_of())

    assert table["group"].tolist() == [0, 1, 2]


def test_every_measure_says_what_a_reader_must_know() -> None:
    for item in MEASURES:
        assert all([item.title, item.words, item.span, item.undefined, item.source])
        assert networks.measure(item.code) is item
    with pytest.raises(KeyError):
        networks.measure("charm")


def test_a_network_of_two_has_no_routes_between_others() -> None:
    table = measures(*SHELF["two nodes"])

    assert all(math.isnan(value) for value in table["betweenness"])
