"""Brokerage roles and constraint: hand counts, every small network, published values."""

from itertools import combinations, permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import sparse

from explorer.analysis.diffusion.brokerage import MEASURES, ROLES, brokerage, constraint

Floats = NDArray[np.float64]

NETWORKS = st.integers(0, 6).flatmap(
    lambda n: st.tuples(
        st.lists(st.lists(st.sampled_from([0.0, 1.0]), min_size=n, max_size=n), min_size=n, max_size=n).map(
            lambda rows: np.array(rows).reshape(len(rows), len(rows))
        ),
        st.lists(st.sampled_from("ABC"), min_size=n, max_size=n),
    )
)


def ties_of(n: int, *pairs: tuple[int, int] | tuple[int, int, float]) -> Floats:
    table = np.zeros((n, n))
    for a, b, *strength in pairs:
        table[a, b] = strength[0] if strength else 1.0
    return table


def both_ways(table: Floats) -> Floats:
    return np.maximum(table, table.T)


def plain(ties: Floats, groups: list[str]) -> list[list[int]]:
    """The definition, as a loop over all ordered triples."""
    counts = [[0] * 6 for _node in groups]
    for a, v, b in permutations(range(len(groups)), 3):
        if ties[a, v] and ties[v, b] and not ties[a, b]:
            of_a, of_v, of_b = groups[a], groups[v], groups[b]
            if of_a == of_b:
                role = "coordinator" if of_v == of_a else "itinerant"
            elif of_v in (of_a, of_b):
                role = "representative" if of_v == of_a else "gatekeeper"
            else:
                role = "liaison"
            counts[v][ROLES.index(role)] += 1
            counts[v][ROLES.index("total")] += 1
    return counts


def test_one_broker_in_every_role() -> None:
    # In: a1 (its own group A), b (B), c (C). Out: a2 (A), b2 (B). v is of A.
    #   a1 -> v -> a2 coordinator    a1 -> v -> b2 representative
    #   b  -> v -> a2 gatekeeper     b  -> v -> b2 itinerant
    #   c  -> v -> a2 gatekeeper     c  -> v -> b2 liaison
    a1, b, c, v, a2, b2 = range(6)
    ties = ties_of(6, (a1, v), (b, v), (c, v), (v, a2), (v, b2))

    found = brokerage(ties, list("ABCAAB")).counts

    assert found.loc[v].to_dict() == {
        "coordinator": 1,
        "itinerant": 1,
        "representative": 1,
        "gatekeeper": 2,
        "liaison": 1,
        "total": 6,
    }
    assert (found.drop(index=v) == 0).all(axis=None)


def test_a_pair_with_a_tie_of_its_own_is_not_brokered() -> None:
    assert brokerage(ties_of(3, (0, 1), (1, 2)), list("AAA")).counts["total"].to_list() == [0, 1, 0]
    assert brokerage(ties_of(3, (0, 1), (1, 2), (0, 2)), list("AAA")).counts["total"].to_list() == [0, 0, 0]
    assert brokerage(ties_of(3, (0, 1), (1, 2), (2, 0)), list("AAA")).counts["total"].to_list() == [1, 1, 1]


def test_there_and_back_is_no_brokerage() -> None:
    for groups in ("AA", "AB"):
        assert brokerage(both_ways(ties_of(2, (0, 1))), list(groups)).counts["total"].to_list() == [0, 0]


def test_an_undirected_pair_counts_in_both_directions() -> None:
    # 1 stands between 0 (its own group) and 2, 3 (another); 2 and 3 are not tied.
    ties = both_ways(ties_of(4, (0, 1), (1, 2), (1, 3)))

    found = brokerage(ties, list("AABB"), directed=False).counts.loc[1]

    assert found.to_dict() == {
        "coordinator": 0,
        "itinerant": 2,  # 2 - 3, both ways
        "representative": 2,  # 0 -> 2, 0 -> 3
        "gatekeeper": 2,  # 2 -> 0, 3 -> 0
        "liaison": 0,
        "total": 6,
    }


@given(NETWORKS)
def test_counts_are_those_of_the_plain_loop(network: tuple[Floats, list[str]]) -> None:
    ties, groups = network

    found = brokerage(ties, groups).counts

    assert found.to_numpy().tolist() == plain(ties, groups)
    assert found.to_numpy().tolist() == brokerage(sparse.csr_array(ties * 7.5), groups).counts.to_numpy().tolist()


@given(NETWORKS, st.randoms(use_true_random=False))
def test_the_order_of_nodes_plays_no_part(network: tuple[Floats, list[str]], random: object) -> None:
    ties, groups = network
    order = np.random.default_rng(random.randrange(99)).permutation(len(groups))  # type: ignore[attr-defined]

    one = brokerage(ties, groups)
    other = brokerage(ties[np.ix_(order, order)], [groups[place] for place in order])

    for name in ("counts", "expected", "z"):
        np.testing.assert_allclose(getattr(one, name).to_numpy()[order], getattr(other, name).to_numpy())


@given(NETWORKS)
def test_turning_all_ties_round_swaps_representative_and_gatekeeper(network: tuple[Floats, list[str]]) -> None:
    ties, groups = network

    there, back = brokerage(ties, groups).counts, brokerage(ties.T, groups).counts

    swapped = there.rename(columns={"representative": "gatekeeper", "gatekeeper": "representative"})
    assert swapped[list(ROLES)].equals(back)


@given(NETWORKS)
def test_a_node_without_ties_changes_no_count(network: tuple[Floats, list[str]]) -> None:
    ties, groups = network

    larger = brokerage(np.pad(ties, (0, 1)), [*groups, "A"]).counts

    assert larger.iloc[:-1].equals(brokerage(ties, groups).counts)
    assert (larger.iloc[-1] == 0).all()


@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize(("groups", "roles"), [("AABC", 5), ("ABBB", 5), ("AAAA", 2), ("AABB", 4)])
def test_mean_and_deviation_are_those_of_all_networks(directed: bool, groups: str, roles: int) -> None:
    # Every network of 4 nodes (2^12 with direction, 2^6 without) counts with its probability at the observed density.
    slots = list(permutations(range(4), 2)) if directed else list(combinations(range(4), 2))
    observed = ties_of(4, (0, 1), (1, 2), (3, 1), (3, 0)) if directed else both_ways(ties_of(4, (0, 1), (1, 2)))
    density = observed.sum() / 12  # 4 of 12 directed ties, or 2 of 6 undirected ones: 1/3
    mean, square = np.zeros((4, 6)), np.zeros((4, 6))
    for drawn in product([0, 1], repeat=len(slots)):
        ties = ties_of(4, *(slot for slot, there in zip(slots, drawn, strict=True) if there))
        counts = np.array(plain(ties if directed else both_ways(ties), list(groups)))
        chance = density ** sum(drawn) * (1 - density) ** (len(slots) - sum(drawn))
        mean, square = mean + chance * counts, square + chance * counts**2
    deviation = np.sqrt(square - mean**2)

    found = brokerage(observed, list(groups), directed=directed)

    np.testing.assert_allclose(found.expected.to_numpy(), mean, atol=1e-12)
    varies = deviation > 1e-9
    z = (found.counts.to_numpy() - mean)[varies] / deviation[varies]
    np.testing.assert_allclose(found.z.to_numpy()[varies], z)
    assert np.isnan(found.z.to_numpy()[~varies]).all()
    assert varies.any(axis=0).sum() == roles  # such as no coordinator in groups of two and one


def test_where_nothing_can_vary_there_is_no_z() -> None:
    for ties in (np.zeros((3, 3)), np.ones((3, 3))):
        found = brokerage(ties, list("ABC"))

        assert (found.counts == 0).all(axis=None)
        assert found.z.isna().all(axis=None)


@pytest.mark.parametrize("n", [0, 1])
def test_a_network_of_at_most_one_node_has_no_expectation(n: int) -> None:
    found = brokerage(np.zeros((n, n)), ["A"] * n)

    assert found.counts.shape == found.z.shape == (n, 6)
    assert list(found.counts.columns) == list(ROLES)
    assert found.expected.isna().all(axis=None)


def test_what_is_no_network_is_refused() -> None:
    with pytest.raises(ValueError, match="square"):
        brokerage(np.zeros((2, 3)), ["A", "B"])
    with pytest.raises(ValueError, match="as many groups"):
        brokerage(np.zeros((2, 2)), ["A"])
    with pytest.raises(ValueError, match="no group"):
        brokerage(np.zeros((2, 2)), ["A", None])  # type: ignore[list-item]
    with pytest.raises(ValueError, match="symmetric"):
        brokerage(ties_of(2, (0, 1)), ["A", "B"], directed=False)
    with pytest.raises(ValueError, match="a tie is a number"):
        constraint(np.array([[0.0, np.nan], [0.0, 0.0]]))
    with pytest.raises(ValueError, match="0 or more"):
        constraint(ties_of(2, (0, 1, -1.0)))


def test_the_strength_of_a_tie_is_no_asymmetry() -> None:
    assert brokerage(ties_of(2, (0, 1, 2.0), (1, 0, 3.0)), ["A", "B"], directed=False).counts.shape == (2, 6)


def test_constraint_of_the_published_example() -> None:
    # The network of Borgatti (1997), Structural holes: unpacking Burt's redundancy measures, Connections 20:35-38;
    # constraint as UCINET and igraph give it, to three places (kept in networkx's tests of structural holes).
    a, b, c, d, e, f, g = range(7)
    plain_ties = [(a, b), (a, f), (a, g), (a, e), (e, g), (f, g), (b, g), (b, d), (d, g), (g, c)]
    strengths = [2.0, 3, 5, 2, 8, 3, 4, 1, 3, 10]

    equal = constraint(ties_of(7, *plain_ties))
    weighted = constraint(ties_of(7, *((*pair, s) for pair, s in zip(plain_ties, strengths, strict=True))))

    assert equal[[g, a, c]] == pytest.approx([0.400, 0.595, 1.0], abs=5e-4)
    assert weighted[[g, a, c]] == pytest.approx([0.299, 0.795, 1.0], abs=5e-4)


def test_constraint_of_directed_ties_adds_both_directions() -> None:
    # UCINET's values for 0 -> 1, 0 -> 2, 1 -> 0, 2 -> 1 (networkx's tests): above 1, as all three hang together.
    pairs = [(0, 1), (0, 2), (1, 0), (2, 1)]

    assert constraint(ties_of(3, *pairs)) == pytest.approx([1.003, 1.003, 1.389], abs=5e-4)
    strengths = ties_of(3, (0, 1, 2.0), (0, 2, 2.0), (1, 0, 1.0), (2, 1, 1.0))
    assert constraint(strengths) == pytest.approx([0.840, 1.143, 1.378], abs=5e-4)


def test_constraint_by_hand() -> None:
    # A path of three: the ends have one contact (1), the middle two that are not tied: 2 (1/2)² = 1/2.
    assert constraint(ties_of(3, (0, 1), (1, 2))) == pytest.approx([1.0, 0.5, 1.0])
    # A triangle: each contact 1/2 directly, 1/4 through the other: 2 (3/4)² = 1.125.
    assert constraint(ties_of(3, (0, 1), (1, 2), (0, 2))) == pytest.approx([1.125] * 3)
    # Four nodes, all tied: 3 (1/3 + 2/9)² = 75/81.
    assert constraint(1 - np.eye(4)) == pytest.approx([75 / 81] * 4)


def test_a_node_without_ties_has_no_constraint() -> None:
    found = constraint(ties_of(4, (0, 1), (3, 3)))  # 3 is tied to itself alone

    assert found[:2] == pytest.approx([1.0, 1.0])
    assert np.isnan(found[2:]).all()
    assert constraint(np.empty((0, 0))).shape == (0,)


STRENGTHS = st.integers(1, 6).flatmap(
    lambda n: st.lists(st.sampled_from([0.0, 0.0, 1.0, 2.5, 9.0]), min_size=n * n, max_size=n * n).map(
        lambda cells: np.array(cells).reshape(n, n)
    )
)


@given(STRENGTHS)
def test_constraint_is_that_of_its_definition(weights: Floats) -> None:
    both = (weights + weights.T) * (1 - np.eye(len(weights)))
    total = both.sum(axis=1, keepdims=True)
    share = np.divide(both, total, out=np.zeros_like(both), where=total > 0)
    dyads = np.where(both > 0, (share + share @ share) ** 2, 0).sum(axis=1)

    found = constraint(weights)

    tied = total[:, 0] > 0
    np.testing.assert_allclose(found[tied], dyads[tied])
    assert np.isnan(found[~tied]).all()
    assert ((found[tied] > 0) & (found[tied] <= 2)).all()


@given(STRENGTHS, st.sampled_from([0.25, 3.0]))
@settings(max_examples=40)
def test_the_unit_of_strength_plays_no_part(weights: Floats, unit: float) -> None:
    np.testing.assert_allclose(constraint(weights * unit), constraint(sparse.csr_array(weights)))


def test_the_records_have_words() -> None:
    assert [item.code for item in MEASURES] == ["brokerage", "brokerage_z", "constraint"]
    for item in MEASURES:
        assert all([item.title, item.words, item.span, item.undefined, item.source, item.term])
