"""The inferred diffusion network: NetInf on planted, published and awkward cascades."""

from math import exp, log

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from explorer.analysis.diffusion.netinf import (
    MEASURES,
    InferredNetwork,
    inferred_network,
    log_density,
    parents,
    typical_rate,
    vuong_p,
)

Floats = NDArray[np.float64]
NONE = float("nan")

# The example that comes with netinf in SNAP (Leskovec & Sosic 2016), file examples/netinf/example-cascades.txt:
# 54 cascades on 32 nodes, written here as node@time, a stroke between cascades.
SNAP_CASCADES = """
7@0 23@1.51887 0@4.883578 31@7.588998 9@9.750348 5@9.975346 14@11.373556 / 13@0 9@1.299346 23@1.436433 5@2.323042
14@3.646757 17@4.103396 / 5@0 3@2.994054 / 30@0 2@1.046926 1@1.455881 20@2.703414 11@2.767746 17@4.576037 26@4.601781
4@5.894264 7@6.612976 16@8.218292 23@8.32281 6@10.113181 / 18@0 26@1.953198 16@4.024427 6@5.166209 23@5.419392
0@6.759526 28@7.117989 31@8.57846 5@9.585389 13@10.580131 3@10.636572 14@11.121352 / 13@0 9@3.958465 17@6.688855
7@8.300521 / 8@0 14@1.15286 0@1.534646 31@2.542071 5@4.415445 3@11.452171 22@13.03564 / 7@0 23@2.504241 / 23@0
0@1.543899 9@2.856145 5@4.121441 14@5.853722 17@7.337663 7@8.695686 / 22@0 28@1.482771 / 13@0 23@1.109674 / 29@0
0@1.15199 3@1.168802 31@2.427484 9@2.503524 16@2.539529 23@3.638095 6@4.434027 28@8.246942 / 16@0 13@2.526768
23@5.06061 6@5.459914 0@6.593893 29@6.630552 7@8.461423 9@8.859209 3@9.525918 17@9.964317 5@10.754254 22@12.861673
28@14.212545 / 11@0 3@1.408187 16@2.741433 6@4.304167 23@5.236311 28@6.39457 0@7.757636 13@7.844287 9@9.143309
31@11.071712 5@12.867916 14@16.888387 / 13@0 23@2.727902 9@2.924447 0@3.839429 17@4.291105 5@4.507528 3@5.624628
31@6.091465 / 26@0 16@1.425283 6@2.663963 13@2.955973 9@4.289057 23@5.469211 5@5.746345 0@7.146796 14@7.511529
31@8.20381 / 29@0 3@1.511787 7@2.419201 22@2.852044 1@4.458264 11@5.568204 20@5.624282 28@6.226314 17@8.816644 / 29@0
7@1.061687 23@1.961051 0@3.748941 3@3.781015 9@6.308688 5@8.132437 / 0@0 31@1.88904 23@4.85295 / 6@0 28@1.285013
0@1.405916 9@2.852374 31@2.87442 23@4.142075 5@4.232996 13@4.9704 3@5.298435 14@5.316199 22@6.299753 16@6.895539
1@8.134964 / 7@0 23@1.66311 / 12@0 20@1.82617 17@4.165123 / 3@0 22@1.942801 16@2.105871 28@2.957807 1@3.378204
9@4.581771 23@4.716192 20@4.811966 11@5.585311 0@5.797596 31@10.442767 5@11.470906 13@11.538463 / 24@0 4@1.06579
8@1.234433 10@2.924505 6@4.06203 0@4.087919 5@4.16703 14@5.394464 9@5.685184 23@6.423012 29@7.056902 7@8.334178 / 13@0
23@1.128776 / 30@0 2@1.099828 / 16@0 23@2.071207 0@3.69994 9@5.857502 31@7.133576 5@8.671583 3@9.971909 / 16@0
23@1.987093 0@4.120802 6@4.960711 28@6.564084 / 31@0 13@1.046478 23@1.230691 5@1.671426 0@2.30408 9@2.543941
3@2.936496 14@3.443612 16@4.259677 22@4.293136 6@5.829301 17@5.952851 7@7.014484 28@9.832826 / 12@0 20@2.043231
17@3.058813 7@5.576385 / 12@0 20@1.052234 17@2.900309 / 9@0 23@2.072091 0@4.087294 31@6.733072 5@8.182622 13@9.242356
3@10.301414 22@11.78207 1@14.705913 20@16.140486 11@18.152995 7@19.632448 26@21.94894 4@23.052152 / 16@0 6@1.571423
28@3.553988 0@3.685947 31@6.191938 23@7.671417 13@7.833725 5@8.486464 14@10.133361 3@11.952038 / 31@0 5@1.143978
3@2.373286 23@2.88 / 25@0 12@1.401203 3@1.91956 16@4.58791 13@6.516174 23@7.877254 0@8.945854 9@10.709647 5@11.715742
17@13.156036 14@14.52514 7@15.36211 / 13@0 23@2.085184 9@2.824354 17@4.085487 5@4.661027 14@5.926055 / 21@0
17@1.780922 7@7.348839 23@9.073958 0@10.202808 9@11.33967 31@12.114874 13@13.884793 / 0@0 31@1.756917 5@2.858597
23@3.141788 9@3.735514 17@5.423087 13@7.100681 / 15@0 12@1.817521 20@5.285261 17@7.249525 7@8.423556 23@10.238371
0@13.516922 9@16.065228 5@17.31047 3@18.362382 14@19.460831 22@19.73059 16@19.874737 6@21.080368 1@21.183238
29@22.31423 28@23.358572 / 30@0 21@1.30964 2@2.957749 6@3.074404 27@3.09084 29@4.166223 0@4.409425 23@5.575885
31@5.695355 3@7.993634 22@10.917008 1@12.727641 9@14.935579 5@16.250164 17@16.758083 20@17.224572 14@18.564243
7@18.776884 / 5@0 3@1.19992 22@3.693695 28@5.024124 1@5.44858 9@6.853336 17@8.111832 / 9@0 5@1.044497 23@3.892066 /
13@0 9@3.137129 5@4.711156 3@5.895125 / 21@0 17@1.588885 31@1.622194 27@1.808276 23@3.454729 0@4.555259 / 11@0
7@1.221482 23@2.568866 0@12.716869 31@13.990935 13@16.434939 / 22@0 1@1.383679 11@2.950284 / 9@0 23@1.301455
17@1.336019 7@3.456308 / 18@0 26@1.39921 16@2.874988 6@6.010188 / 13@0 9@1.553046 23@2.217282 0@3.331019 5@3.887364
14@5.416425 31@5.938607 17@7.025206 / 31@0 5@3.889377 3@5.196116 22@7.407752 28@9.688014 / 26@0 16@1.108965 4@3.582702
13@3.648019 10@4.666074 9@4.926128 0@5.272299 5@6.629981 31@6.70885 23@7.743777 / 30@0 2@1.894649 14@3.809068 / 1@0
11@1.179199 9@1.863953 26@2.373647 3@2.739686 5@2.923563 17@3.685364 7@3.909076 4@4.5703 16@4.646902 23@5.889238
14@6.336113 10@6.387174 13@6.408739 0@8.71868 31@10.409561 / 15@0 24@1.452387 12@1.719042 4@2.534338 8@3.125639
20@4.677981 14@5.436511 10@6.3397 5@10.400932 3@11.565724 16@13.607848 13@15.159991 9@17.582758 23@17.923536
0@19.307044 6@19.346489 28@21.977838
"""
# What netinf printed for it (network-edge.info): source, target, marginal gain.
SNAP_EDGES = [
    (23, 0, 3049.810355),
    (9, 5, 3049.291245),
    (0, 31, 2905.326401),
    (5, 14, 2326.861114),
    (5, 3, 2181.930785),
]

# Whole times, many of them equal, some missing: 2 to 5 regions, 1 to 6 approaches.
TOA = st.tuples(st.integers(2, 5), st.integers(1, 6)).flatmap(
    lambda shape: arrays(np.float64, shape, elements=st.sampled_from([0.0, 1.0, 2.0, 3.0, 5.0, NONE]))
)
DELAYS = st.sampled_from(["exponential", "rayleigh"])


def snap_cascades() -> Floats:
    cascades = SNAP_CASCADES.split("/")
    toa = np.full((32, len(cascades)), NONE)
    for place, cascade in enumerate(cascades):
        for event in cascade.split():
            node, time = event.split("@")
            toa[int(node), place] = float(time)
    return toa


def edges(network: InferredNetwork) -> list[tuple[int, int]]:
    return list(zip(network.edges["source"].tolist(), network.edges["target"].tolist(), strict=True))


def cascades_along(links: list[tuple[int, int]], n: int, m: int, seed: int) -> Floats:
    """Each approach starts in region 0 and takes every link with an exponential delay of mean 1."""
    rng = np.random.default_rng(seed)
    toa = np.full((n, m), NONE)
    toa[0] = rng.uniform(0, 100, m)
    for source, target in links:
        toa[target] = toa[source] + rng.exponential(1.0, m)
    return toa


def test_the_gains_are_those_that_the_original_program_printed() -> None:
    found = inferred_network(snap_cascades(), rate=1.0, edges=5, inside=1.0, epsilon=1e-64, outside="constant")

    assert edges(found) == [(source, target) for source, target, _gain in SNAP_EDGES]
    assert found.edges["gain"].to_list() == pytest.approx([gain for *_ends, gain in SNAP_EDGES], abs=1e-6)


def test_the_weights_of_the_r_package_find_the_same_five_edges() -> None:
    # Its own test asks for this: the same edges as the original program at parameter 1, in any order.
    found = inferred_network(snap_cascades(), rate=1.0, edges=5)

    assert set(edges(found)) == {(source, target) for source, target, _gain in SNAP_EDGES}


def test_gain_by_hand() -> None:
    # One approach, rate 1: regions 0, 1, 2 adopt at 0, 1, 3, region 3 never.
    toa = np.array([[0.0], [1.0], [3.0], [NONE]])

    found = inferred_network(toa, rate=1.0, edges=9)

    # Outside the network: 1 follows 0 (lag 1), 2 follows 1 (lag 2), each with 1e-10:
    #   log L = 2 log 1e-10 - 1 - 2. An edge with the same delay gains log(0.5 / 1e-10) = 22.33;
    #   0 -> 2 (lag 3 instead of 2) gains 1 less, and nothing once 1 -> 2 is there.
    gain = log(0.5 / 1e-10)
    assert edges(found) == [(0, 1), (1, 2)]
    assert found.edges["gain"].to_list() == pytest.approx([gain, gain])
    assert found.log_likelihood_without == pytest.approx(2 * log(1e-10) - 3)
    assert found.log_likelihood == pytest.approx(2 * log(0.5) - 3)
    assert found.edges["order"].to_list() == [1, 2]


def test_the_sum_of_gains_is_what_the_trees_improve() -> None:
    found = inferred_network(snap_cascades())

    assert found.edges["gain"].sum() == pytest.approx(found.log_likelihood - found.log_likelihood_without)
    assert found.edges["gain"].is_monotonic_decreasing


def test_densities_by_hand() -> None:
    lag = np.array([2.0])

    assert log_density(lag, "exponential", 0.5)[0] == pytest.approx(log(0.5 * exp(-0.5 * 2)))
    # Scale 1 / sqrt(0.25) = 2: density x / 4 exp(-x² / 8) at 2 = 0.5 exp(-0.5).
    assert log_density(lag, "rayleigh", 0.25)[0] == pytest.approx(log(0.5 * exp(-0.5)))


def test_rate_by_hand() -> None:
    # Approach 1 at 0, 1, 4: lags in a chain 1, 3, in a fan 1, 4. Approach 2 at 2, 2: 0 and 0. Approach 3: one adopter.
    toa = np.array([[4.0, NONE, 7.0], [0.0, 2.0, NONE], [1.0, 2.0, NONE]])

    # Means 4 / 3 and 5 / 3: rates 3 / 4 and 3 / 5.
    assert typical_rate(toa) == pytest.approx((3 / 4 + 3 / 5) / 2)
    # Mean squares 10 / 3 and 17 / 3: scales sqrt(5 / 3) and sqrt(17 / 6), rate 1 / their mean squared.
    assert typical_rate(toa, "rayleigh") == pytest.approx(1 / (((5 / 3) ** 0.5 + (17 / 6) ** 0.5) / 2) ** 2)


def test_vuong_p_by_hand() -> None:
    # Less 1 / 4 each: 0.75, 1.75, 0.75, 2.75: sum 6, sample deviation sqrt(2.75 / 3) = 0.9574.
    # 6 / (0.9574 * 2) = 3.1334; the normal tail beyond it is 0.000864.
    assert vuong_p(np.array([1.0, 2.0, 1.0, 3.0])) == pytest.approx(0.000864, abs=1e-6)
    assert vuong_p(np.array([1.0, 1.0])) == 0.0
    assert vuong_p(np.array([0.0, 0.0])) == 1.0
    assert np.isnan(vuong_p(np.array([3.0])))


def test_a_planted_chain_is_found() -> None:
    links = [(0, 1), (1, 2), (2, 3), (3, 4)]

    found = inferred_network(cascades_along(links, 5, 40, seed=1), edges=4)

    assert set(edges(found)) == set(links)
    assert (found.edges["p"] < 0.001).all()


def test_a_planted_star_is_found() -> None:
    links = [(0, leaf) for leaf in range(1, 6)]
    toa = cascades_along(links, 6, 60, seed=2)
    for place in range(60):
        toa[[row for row in range(1, 6) if row % 5 != place % 5], place] = NONE  # one leaf at a time

    found = inferred_network(toa)

    assert set(edges(found)) == set(links)


@pytest.mark.parametrize("delay", ["exponential", "rayleigh"])
def test_a_planted_tree_is_found_with_either_delay(delay: str) -> None:
    links = [(0, 1), (0, 2), (1, 3), (1, 4), (2, 5)]
    rng = np.random.default_rng(3)
    toa = np.full((6, 200), NONE)
    toa[0] = 0.0
    for source, target in links:
        lag = rng.exponential(1.0, 200) if delay == "exponential" else rng.rayleigh(1.0, 200)
        toa[target] = np.where(rng.random(200) < 0.5, toa[source] + lag, NONE)

    found = inferred_network(toa, "rayleigh" if delay == "rayleigh" else "exponential", edges=5)

    assert set(edges(found)) == set(links)


def test_regions_that_adopt_at_the_same_time_are_no_parents_of_each_other() -> None:
    toa = np.array([[1.0, 1.0, 2.0], [1.0, 1.0, 2.0], [3.0, 2.0, 5.0]])

    found = inferred_network(toa, edges=9)

    assert edges(found) == [(0, 2)]  # 1 -> 2 gains as much; the first source wins, then nothing is left to gain


@pytest.mark.parametrize(
    "toa",
    [
        np.empty((0, 0)),
        np.empty((3, 0)),
        np.full((3, 4), NONE),
        np.array([[1.0, 2.0]]),
        np.full((4, 3), 7.0),
        np.array([[1.0, NONE], [NONE, 2.0]]),
    ],
    ids=["nothing", "no approach", "nobody adopted", "one region", "all at once", "one adopter each"],
)
def test_where_nobody_follows_there_is_no_edge(toa: Floats) -> None:
    for rate in (None, 1.0):
        found = inferred_network(toa, rate=rate)

        assert list(found.edges.columns) == ["order", "source", "target", "gain", "p"]
        assert found.edges.empty
        assert found.log_likelihood == found.log_likelihood_without == 0.0
        assert np.isnan(found.rate) == (rate is None)
    assert np.isnan(typical_rate(toa, "rayleigh"))


def test_one_approach_cannot_be_tested() -> None:
    toa = np.array([[0.0], [1.0]])

    assert inferred_network(toa).edges.empty
    assert inferred_network(toa, edges=1).edges["p"].isna().all()


def test_the_edge_that_fails_the_test_is_not_kept() -> None:
    toa = snap_cascades()
    at_level = inferred_network(toa, p_below=0.01)

    one_more = inferred_network(toa, edges=len(at_level.edges) + 1)

    assert (at_level.edges["p"] < 0.01).all()
    assert one_more.edges["p"].iloc[-1] >= 0.01
    assert edges(one_more)[:-1] == edges(at_level)


@pytest.mark.parametrize(
    "wrong",
    [
        {"delay": "normal"},
        {"outside": "none"},
        {"rate": 0.0},
        {"rate": NONE},
        {"edges": -1},
        {"p_below": 0.0},
        {"epsilon": 0.6},
        {"inside": 1.5},
        {"epsilon": 0.0},
    ],
)
def test_an_argument_outside_its_range_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"^(the|outside|epsilon) "):
        inferred_network(np.array([[0.0, 1.0], [1.0, 3.0]]), **wrong)  # type: ignore[arg-type]


def test_times_that_are_none_are_refused() -> None:
    with pytest.raises(ValueError, match="two dimensions"):
        inferred_network(np.array([1.0, 2.0]))
    with pytest.raises(ValueError, match="NaN where there is none"):
        inferred_network(np.array([[1.0], [np.inf]]))


@given(TOA, DELAYS, st.randoms(use_true_random=False))
def test_the_order_of_approaches_plays_no_part(toa: Floats, delay: str, random: object) -> None:
    order = np.random.default_rng(random.randrange(99)).permutation(toa.shape[1])  # type: ignore[attr-defined]

    one, other = (inferred_network(table, delay, edges=20) for table in (toa, toa[:, order]))  # type: ignore[arg-type]

    assert edges(one) == edges(other)
    assert one.edges["gain"].to_list() == pytest.approx(other.edges["gain"].to_list())


@given(st.integers(0, 1000), st.permutations(range(6)))
@settings(max_examples=25)
def test_the_order_of_regions_only_renames_edges(seed: int, order: list[int]) -> None:
    toa = np.random.default_rng(seed).exponential(1.0, (6, 8))

    # A constant outside: no two gains are alike.
    one, other = (inferred_network(table, edges=30, outside="constant") for table in (toa, toa[order]))

    assert edges(one) == [(order[source], order[target]) for source, target in edges(other)]


@given(TOA, DELAYS, st.sampled_from([-40.0, 0.5, 1000.0]), st.sampled_from([0.125, 1.0, 12.0]))
def test_the_unit_of_time_and_its_zero_play_no_part(toa: Floats, delay: str, shift: float, unit: float) -> None:
    one, other = (
        inferred_network(table, delay, edges=20)  # type: ignore[arg-type]
        for table in (toa, toa * unit + shift)
    )

    assert edges(one) == edges(other)
    assert one.edges["gain"].to_list() == pytest.approx(other.edges["gain"].to_list())


@given(TOA)
def test_a_region_that_never_adopted_and_an_approach_of_one_change_nothing(toa: Floats) -> None:
    larger = np.full((toa.shape[0] + 1, toa.shape[1] + 1), NONE)
    larger[:-1, :-1] = toa
    larger[0, -1] = 3.0

    one, other = inferred_network(toa, edges=20), inferred_network(larger, edges=20)

    assert one.edges.equals(other.edges)


@given(TOA, DELAYS)
def test_the_greedy_search_is_the_plain_one(toa: Floats, delay: str) -> None:
    # The definition, in loops: recompute every tree for every edge that could be added.
    def fit(chosen: set[tuple[int, int]]) -> float:
        total = 0.0
        for times in toa.T:
            for v, own in enumerate(times):
                lags = {u: own - time for u, time in enumerate(times) if time < own}
                if lags:
                    scores = {u: float(log_density(np.array([lag]), delay, 0.7)[0]) for u, lag in lags.items()}  # type: ignore[arg-type]
                    inside = [score + log(0.5) for u, score in scores.items() if (u, v) in chosen]
                    total += max([max(scores.values()) + log(1e-10), *inside])
        return total

    found = inferred_network(toa, delay, 0.7, edges=3)  # type: ignore[arg-type]

    chosen: set[tuple[int, int]] = set()
    for source, target, gain in found.edges[["source", "target", "gain"]].itertuples(index=False):
        pairs = {(u, v) for u in range(len(toa)) for v in range(len(toa)) if u != v} - chosen
        gains = {pair: fit(chosen | {pair}) - fit(chosen) for pair in pairs}
        equals = sorted(pair for pair, value in gains.items() if value >= max(gains.values()) - 1e-6)
        assert (source, target) == equals[0]
        assert gain == pytest.approx(gains[equals[0]], abs=1e-6)
        chosen.add((source, target))
    assert fit(chosen) == pytest.approx(found.log_likelihood)


def network_of(*pairs: tuple[int, int]) -> InferredNetwork:
    table = inferred_network(np.array([[0.0], [1.0]]), edges=1).edges
    rows = pd.concat([table] * len(pairs), ignore_index=True) if pairs else table.iloc[:0]
    rows["source"], rows["target"] = [u for u, _v in pairs], [v for _u, v in pairs]
    return InferredNetwork(rows.astype({"source": "int64", "target": "int64"}), "exponential", 1.0, 0.0, 0.0)


def test_parents_are_ranked_by_how_well_the_delay_fits() -> None:
    # Adopted at 0, 1, 3; region 3 never; region 4 at 1, too.
    times = np.array([0.0, 1.0, 3.0, NONE, 1.0])

    found = parents(network_of((0, 2), (1, 2), (0, 1), (2, 1), (3, 2), (4, 1)), times)

    # Region 1 has 0 alone: 2 came later, 4 at the same time. Region 2: lag 2 from 1, lag 3 from 0:
    # densities e^-2 and e^-3, shares 1 / (1 + e^-1) and e^-1 / (1 + e^-1).
    assert found[["region", "source", "lag", "rank"]].to_numpy().tolist() == [[1, 0, 1, 1], [2, 1, 2, 1], [2, 0, 3, 2]]
    assert found["weight"].to_list() == pytest.approx([1.0, 1 / (1 + exp(-1)), exp(-1) / (1 + exp(-1))])


def test_shares_hold_for_delays_far_out() -> None:
    found = parents(network_of((0, 2), (1, 2)), np.array([0.0, 0.0, 1e5]))  # densities of e^-100000

    assert found["weight"].to_list() == [0.5, 0.5]
    assert found["source"].to_list() == [0, 1]


def test_an_adopter_without_an_inferred_source_has_no_row() -> None:
    assert parents(network_of(), np.array([0.0, 1.0])).empty
    assert parents(network_of((0, 1)), np.array([NONE, 1.0])).empty
    assert list(parents(network_of(), np.array([0.0])).columns) == ["region", "source", "lag", "weight", "rank"]


def test_parents_of_too_few_regions_are_refused() -> None:
    with pytest.raises(ValueError, match="more regions than"):
        parents(network_of((0, 2)), np.array([0.0, 1.0]))


def test_the_order_and_words_of_the_records_are_complete() -> None:
    for item in MEASURES:
        assert item.title
        assert item.words
        assert item.span
        assert item.undefined
        assert item.source
        assert "caused" not in item.words
        assert "led to" not in item.words
