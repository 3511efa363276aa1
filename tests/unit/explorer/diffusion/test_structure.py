"""The structure test: what each null keeps, what its p is worth, and what it finds where the truth is known."""

import random
from collections import Counter

import igraph
import numpy as np
import pytest
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array
from scipy.stats import chisquare

from explorer.analysis.diffusion import structure
from explorer.analysis.diffusion.exposure import TieList
from explorer.analysis.diffusion.structure import NULLS, STATISTICS, structure_test

Floats = NDArray[np.float64]
Seen = list[tuple[TieList, Floats, Floats | None]]
NAN = float("nan")
N, PERIODS = 30, 8


def ties(rows: ArrayLike) -> csr_array[np.float64, tuple[int, int]]:
    return csr_array(np.asarray(rows, dtype=np.float64))


def scattered(seed: int = 1, mutual: bool = False) -> Floats:
    """A random network of N regions with weights 1, 2, 3 ..."""
    rng = np.random.default_rng(seed)
    table = np.zeros((N, N))
    table[rng.random((N, N)) < 0.12] = 1
    np.fill_diagonal(table, 0)
    if mutual:
        table = np.triu(table)
    table[table > 0] = np.arange(1, (table > 0).sum() + 1)
    return table + table.T if mutual else table


def some_times(seed: int = 2) -> Floats:
    rng = np.random.default_rng(seed)
    toa = rng.integers(0, PERIODS, N).astype(np.float64)
    toa[rng.random(N) < 0.3] = NAN
    return toa


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Seen:
    """What the statistic "seen" is given: first as observed, then each sample."""
    found: Seen = []

    def keep(listed: TieList, toa: Floats, _periods: int, gave_up: Floats | None) -> float:
        found.append((listed, toa, gave_up))
        return float(len(found))

    monkeypatch.setitem(structure.STATISTICS, "seen", keep)
    return found


@pytest.mark.parametrize("swaps_per_tie", [0.1, 4])
def test_rewired_ties_keep_degrees_and_weights(seen: Seen, swaps_per_tie: float) -> None:
    table, toa = scattered(), some_times()

    structure_test(ties(table), toa, PERIODS, seed=3, statistic="seen", samples=5, swaps_per_tie=swaps_per_tie)

    assert len({listed.matrix(0).toarray().tobytes() for listed, _toa, _gave_up in seen}) == 6
    for listed, times, _gave_up in seen:
        drawn = listed.matrix(0).toarray()
        assert (drawn > 0).sum(axis=0).tolist() == (table > 0).sum(axis=0).tolist()
        assert (drawn > 0).sum(axis=1).tolist() == (table > 0).sum(axis=1).tolist()
        assert sorted(drawn[drawn > 0]) == sorted(table[table > 0])
        assert not drawn.diagonal().any()
        assert np.array_equal(times, toa, equal_nan=True)


def test_weights_are_dealt_anew_where_ties_have_no_choice(seen: Seen) -> None:
    everyone = np.arange(16.0).reshape(4, 4) * (1 - np.eye(4))

    structure_test(ties(everyone), [0, 1, 2, 3], 4, seed=3, statistic="seen", samples=5)

    assert len({listed.matrix(0).toarray().tobytes() for listed, _toa, _gave_up in seen}) == 6
    assert all((listed.matrix(0).toarray() > 0).sum() == 12 for listed, _toa, _gave_up in seen)


def test_mutual_ties_stay_mutual(seen: Seen) -> None:
    table = scattered(mutual=True)

    structure_test(ties(table), some_times(), PERIODS, seed=3, statistic="seen", samples=5)

    for listed, _toa, _gave_up in seen:
        drawn = listed.matrix(0).toarray()
        assert np.array_equal(drawn, drawn.T)
        assert (drawn > 0).sum(axis=0).tolist() == (table > 0).sum(axis=0).tolist()
        assert sorted(drawn[drawn > 0]) == sorted(table[table > 0])


def test_ties_of_each_period_are_rewired_with_their_course(seen: Seen) -> None:
    first, then = scattered(), scattered() * (np.arange(N) % 2)
    courses = Counter(zip(first[first > 0], then[first > 0], strict=True))

    structure_test([ties(first), ties(then)], [0, 1] * 15, 2, seed=3, statistic="seen", samples=5)

    for listed, _toa, _gave_up in seen:
        assert Counter(map(tuple, listed.weight.tolist())) == courses
    assert len({listed.matrix(0).toarray().tobytes() for listed, _toa, _gave_up in seen}) == 6


def test_every_network_with_these_degrees_is_as_likely(seen: Seen) -> None:
    table = np.zeros((5, 5))
    table[[0, 1, 2, 3, 0], [1, 2, 3, 4, 2]] = 1

    structure_test(ties(table), [0, 1, 2, 3, 4], 5, seed=4, statistic="seen", samples=4000, swaps_per_tie=20)

    counts = Counter(listed.matrix(0).toarray().tobytes() for listed, _toa, _gave_up in seen)
    # Out-degrees 2 1 1 1 0, in-degrees 0 1 2 1 1: 11 networks, counted by trying all.
    assert len(counts) == 11
    assert chisquare(list(counts.values())).pvalue > 0.001


@pytest.mark.parametrize("null", [item.code for item in NULLS if item.code != "rewired"])
def test_shuffling_keeps_ties_and_pairs_of_times(seen: Seen, null: str) -> None:
    toa = some_times()
    gave_up = np.where(toa < 5, toa + 2, NAN)
    groups = np.arange(N) % 3 if null == "shuffled within groups" else None

    structure_test(
        ties(scattered()), toa, PERIODS, seed=5, null=null, statistic="seen", samples=9, groups=groups, gave_up=gave_up
    )

    pairs = Counter(map(str, zip(toa, gave_up, strict=True)))
    assert len({times.tobytes() for _listed, times, _gave_up in seen}) == 10
    for listed, times, ends in seen:
        assert listed is seen[0][0]
        assert ends is not None
        assert Counter(map(str, zip(times, ends, strict=True))) == pairs
    moved = {bool((np.isnan(times) != np.isnan(toa)).any()) for _listed, times, _gave_up in seen[1:]}
    assert moved == ({False} if null == "times shuffled" else {True})
    if groups is not None:
        for _listed, times, _gave_up in seen:
            for group in range(3):
                assert sorted(map(str, times[groups == group])) == sorted(map(str, toa[groups == group]))


def test_shuffling_makes_every_order_as_likely(seen: Seen) -> None:
    structure_test(ties(np.ones((3, 3))), [0, 1, 2], 3, seed=6, null="regions shuffled", statistic="seen", samples=3000)

    counts = Counter(tuple(times) for _listed, times, _gave_up in seen)
    assert len(counts) == 6
    assert chisquare(list(counts.values())).pvalue > 0.001


@pytest.mark.parametrize(
    ("drawn", "p", "p_monte_carlo"),
    [
        ([1, 2, 2, 5], 2 * 1 / 4, 2 * (1 + 1) / 5),  # 3 below, 1 above
        ([4, 5, 6, 7], 0, 2 * (1 + 0) / 5),  # none below: p can be 0, p_monte_carlo cannot
        ([1, 3, 4, 5], 2 * 1 / 4, 1),  # 1 below, 1 equal, 2 above: 2 * (1 + 1 + 1) / 5 is more than 1
        ([3, 3, 3, 3 + 1e-15], NAN, 1),  # rounding is no difference
        ([1, NAN, 2, 5], 2 * 1 / 3, 1),  # 2 below, 1 above, one undefined: 2 * (1 + 1) / 4
        ([NAN, NAN, NAN, NAN], NAN, NAN),
    ],
)
def test_p_is_as_by_hand(monkeypatch: pytest.MonkeyPatch, drawn: list[float], p: float, p_monte_carlo: float) -> None:
    values = iter([3.0, *drawn])
    monkeypatch.setitem(structure.STATISTICS, "given", lambda *_all: next(values))

    found = structure_test(ties(scattered()), some_times(), PERIODS, seed=7, statistic="given", samples=4)

    assert found.observed == 3
    assert found.p == pytest.approx(p, nan_ok=True)
    assert found.p_monte_carlo == pytest.approx(p_monte_carlo, nan_ok=True)
    assert found.samples == pytest.approx(drawn, nan_ok=True)
    known = [value for value in drawn if value == value]
    assert found.expected == pytest.approx(np.mean(known) if known else NAN, nan_ok=True)


def test_p_is_valid_with_hardly_any_swaps() -> None:
    # Networks drawn by the null itself: p of 0.1, 0.2 ... may come up in no more than that share of them. 300 tries:
    # three standard errors are 0.052 at 0.1 and 0.069 at 0.2.
    igraph.set_random_number_generator(random)
    random.seed(8)
    start = igraph.Graph.Erdos_Renyi(n=20, m=60, directed=True)
    toa = np.array([random.randrange(6) for _region in range(20)], dtype=np.float64)
    shares = []
    for seed in range(300):
        graph = start.copy()
        graph.rewire(n=1200)
        table = np.array(graph.get_adjacency().data)
        shares.append(structure_test(ties(table), toa, 6, seed=seed, samples=19, swaps_per_tie=0.3).p_monte_carlo)

    assert np.mean(np.array(shares) <= 0.1 + 1e-9) < 0.1 + 0.052
    assert np.mean(np.array(shares) <= 0.2 + 1e-9) < 0.2 + 0.069
    assert np.mean(np.array(shares) <= 0.2 + 1e-9) > 0.05  # and it is no empty test


def test_an_order_that_follows_the_ties_is_found() -> None:
    # Four chains of ten: each region looks to the one before it, and adopts one period after it.
    table = np.zeros((40, 40))
    for region in range(40):
        if region % 10:
            table[region, region - 1] = 1
    toa = np.arange(40) % 10

    for null in ("rewired", "regions shuffled", "times shuffled"):
        found = structure_test(ties(table), toa, 10, seed=9, null=null, statistic="mean lagged exposure", samples=199)
        assert found.observed == 1  # all but the first ten, who have no lagged exposure
        assert found.expected < 0.7
        assert found.p_monte_carlo == 2 / 200


def test_like_sitting_with_like_is_told_from_an_order_that_follows_ties() -> None:
    # Two groups of twenty with ties inside each; one adopts at random times, the other hardly at all. Forty such
    # worlds: of forty tests without anything to find, 0.1 + three standard errors of 0.047 may have p up to 0.1.
    rng = np.random.default_rng(10)
    group = np.repeat([0, 1], 20)
    p: dict[str, list[float]] = {"regions shuffled": [], "shuffled within groups": [], "times shuffled": []}
    for world in range(40):
        table = ((rng.random((40, 40)) < 0.2) & (group[:, None] == group)).astype(np.float64)
        toa = np.where(group == 0, rng.integers(0, 10, 40), NAN)
        toa[25] = 5
        for null, found in p.items():
            within = group if null == "shuffled within groups" else None
            test = structure_test(ties(table), toa, 10, seed=world, null=null, groups=within, samples=99)
            found.append(test.p_monte_carlo)

    assert np.mean(np.array(p["regions shuffled"]) <= 0.1) > 0.8
    assert np.mean(np.array(p["shuffled within groups"]) <= 0.1) < 0.1 + 3 * 0.047
    assert np.mean(np.array(p["times shuffled"]) <= 0.1) < 0.1 + 3 * 0.047


def test_every_statistic_says_what_it_says() -> None:
    # a looks to b, b to c; c adopts in 0, b in 1, a in 3; d is apart and adopts never.
    row = ties([[0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 0], [0, 0, 0, 0]])
    toa = [3, 1, 0, NAN]

    def observed(statistic: str) -> float:
        return structure_test(row, toa, 4, seed=1, statistic=statistic, samples=1).observed

    assert observed("mean threshold") == pytest.approx((1 + 1 + 0) / 3)
    assert observed("mean lagged exposure") == pytest.approx((1 + 1) / 2)  # c adopted in the first period
    assert observed("mean susceptibility") == pytest.approx((0 + 1) / 2)  # a came two periods after b, b one after c
    # Times 3 1 0, mean 4/3, z = 5/3 -1/3 -4/3, sum of squares 42/9. Ties a-b and b-c, S0 = 2:
    # I = 3/2 * (-5/9 + 4/9) / (42/9) = 3/2 * -1/42 = -1/28.
    assert observed("likeness of times") == pytest.approx(-1 / 28)


@pytest.mark.parametrize("null", [item.code for item in NULLS])
@pytest.mark.parametrize("statistic", list(STATISTICS))
def test_the_same_seed_gives_the_same_samples(null: str, statistic: str) -> None:
    groups = np.arange(N) % 2 if null == "shuffled within groups" else None

    def drawn(seed: int) -> tuple[float, ...]:
        found = structure_test(
            ties(scattered()),
            some_times(),
            PERIODS,
            seed=seed,
            null=null,
            statistic=statistic,
            samples=8,
            groups=groups,
        )
        return tuple(found.samples)

    assert drawn(12) == drawn(12)
    assert drawn(12) != drawn(13)


def test_the_chance_of_others_is_left_alone() -> None:
    def others() -> list[tuple[int, int]]:
        random.seed(14)
        edges: list[tuple[int, int]] = igraph.Graph.Erdos_Renyi(n=20, m=30).get_edgelist()
        return edges

    igraph.set_random_number_generator(random)  # as it comes
    before = others()
    structure_test(ties(scattered()), some_times(), PERIODS, seed=15, samples=2)

    assert others() == before
    random.seed(16)
    expected = random.random()
    random.seed(16)
    structure_test(ties(scattered()), some_times(), PERIODS, seed=15, samples=2)
    assert random.random() == expected


@pytest.mark.parametrize("null", ["rewired", "regions shuffled", "times shuffled"])
def test_without_ties_or_adopters_it_is_undefined(null: str) -> None:
    for table, toa in (
        (np.zeros((4, 4)), [0, 1, 2, NAN]),
        (np.eye(4), [0, 1, 2, NAN]),
        (np.ones((4, 4)), [NAN] * 4),
        (np.zeros((0, 0)), []),
        (np.zeros((1, 1)), [0]),
    ):
        found = structure_test(ties(table), toa, 3, seed=1, null=null, samples=3)
        assert np.isnan([found.observed, found.expected, found.p, found.p_monte_carlo]).all()
        assert np.isnan(found.samples).tolist() == [True] * 3


def test_where_chance_has_no_choice_it_finds_nothing() -> None:
    everyone = np.ones((5, 5)) - np.eye(5)
    for toa, null in (([0, 1, 2, 3, 4], "rewired"), ([0, 1, 2, 3, 4], "regions shuffled"), ([2] * 5, "times shuffled")):
        found = structure_test(ties(everyone), toa, 5, seed=1, null=null, samples=20)
        assert found.expected == pytest.approx(found.observed)
        assert np.isnan(found.p)
        assert found.p_monte_carlo == 1
    one_tie = structure_test(ties([[0, 1], [0, 0]]), [1, 0], 2, seed=1, samples=3)
    assert one_tie.samples.tolist() == [0.5] * 3


def test_arguments_that_mean_nothing_are_refused() -> None:
    table, toa = ties(scattered()), some_times()
    with pytest.raises(ValueError, match=r"toa must be \(n,\)"):
        structure_test(table, toa[:, None], PERIODS, seed=1)
    with pytest.raises(ValueError, match="statistic is one of mean threshold"):
        structure_test(table, toa, PERIODS, seed=1, statistic="mean")
    with pytest.raises(ValueError, match="null is one of rewired, regions shuffled"):
        structure_test(table, toa, PERIODS, seed=1, null="chance")
    with pytest.raises(ValueError, match="groups belong to"):
        structure_test(table, toa, PERIODS, seed=1, groups=[0] * N)
    with pytest.raises(ValueError, match="groups belong to"):
        structure_test(table, toa, PERIODS, seed=1, null="shuffled within groups")
    with pytest.raises(ValueError, match="groups must be"):
        structure_test(table, toa, PERIODS, seed=1, null="shuffled within groups", groups=[0, 1])
    with pytest.raises(ValueError, match="at least one sample"):
        structure_test(table, toa, PERIODS, seed=1, samples=0)
    with pytest.raises(ValueError, match="swaps_per_tie"):
        structure_test(table, toa, PERIODS, seed=1, swaps_per_tie=0)


def test_measure_and_nulls_are_explained() -> None:
    assert [item.code for item in structure.MEASURES] == ["structure_test"]
    assert len({item.code for item in NULLS}) == len(NULLS) == 4
    for item in NULLS:
        assert item.title
        assert item.words
