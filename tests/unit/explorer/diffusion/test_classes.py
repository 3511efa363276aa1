"""Early or late, few examples or many: classes by mean and standard deviation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from explorer.analysis.diffusion import classes

NAN = float("nan")
TIMES = st.lists(st.none() | st.integers(0, 40), min_size=1, max_size=25)


def array(*values: float | None) -> NDArray[np.float64]:
    return np.array([NAN if value is None else value for value in values], dtype=np.float64)


def test_the_cuts_are_mean_and_one_standard_deviation_of_a_sample() -> None:
    # 2, 4, 4, 4, 5, 5, 7, 9: mean 5, squares 9 1 1 1 0 0 4 16 add up to 32, over 7 is 4.5714.., its root 2.1381
    found = classes.cutoffs(array(2, 4, 4, 4, 5, 5, 7, 9, None))

    np.testing.assert_allclose(found, [5 - np.sqrt(32 / 7), 5, 5 + np.sqrt(32 / 7)])


def test_regions_fall_in_the_class_of_their_time() -> None:
    # The cuts are 2.86, 5 and 7.14 (above).
    found = classes.adopter_classes(array(2, 4, 4, 4, 5, 5, 7, 9, None))

    assert found.tolist() == [
        "early adopter",
        *["early majority"] * 3,
        *["late majority"] * 3,
        "laggard",
        "non-adopter",
    ]


def test_a_time_on_a_cut_belongs_to_the_class_above_it() -> None:
    # 0, 1, 2: mean 1, standard deviation 1, so that each lies on a cut; as netdiffuseR's code has it.
    assert classes.adopter_classes(array(0, 1, 2)).tolist() == ["early majority", "late majority", "laggard"]


def test_a_threshold_on_a_cut_but_for_rounding_is_on_it() -> None:
    # As 0, 1, 2 above: mean .2, standard deviation .1. In the computer .1 + .2 + .3 is a little more than .6.
    found = classes.threshold_classes(array(0.1, 0.2, 0.3), array(0, 1, 2))

    assert found.tolist() == ["low threshold", "high threshold", "very high threshold"]


def test_medical_innovation_has_the_classes_of_the_formula() -> None:
    # Months 1 to 17 of 109 doctors who adopted (Coleman, Katz & Menzel 1966): mean 6.50, standard deviation 4.20,
    # cuts 2.31, 6.50, 10.70. Months 1-2: 11 + 9; 3-6: 9 + 11 + 11 + 11; 7-10: 13 + 7 + 4 + 1; later: 22.
    new = [11, 9, 9, 11, 11, 11, 13, 7, 4, 1, 5, 3, 3, 4, 4, 2, 1]
    toa = array(*np.repeat(np.arange(1, 18), new), *[None] * 16)

    np.testing.assert_allclose(classes.cutoffs(toa), [2.31, 6.50, 10.70], atol=0.005)
    found = classes.adopter_classes(toa).tolist()
    assert [found.count(item.code) for item in classes.TIME_CLASSES] == [20, 42, 25, 22, 16, 0]


@pytest.mark.parametrize("values", [(3, None), (3, 3, None), (3, 3, 3, 3, None)])
def test_too_few_or_all_at_once_cannot_be_told(values: tuple[float | None, ...]) -> None:
    toa = array(*values)

    assert np.isnan(classes.cutoffs(toa)).all()
    assert classes.adopter_classes(toa).tolist() == [*["undefined"] * (len(values) - 1), "non-adopter"]


def test_equal_thresholds_that_differ_by_rounding_are_equal() -> None:
    threshold = array(0.1, 0.1, 0.1, 0.1 + 0.2 - 0.2)  # their mean is not 0.1 to the last digit

    assert set(classes.threshold_classes(threshold, array(0, 1, 2, 3))) == {"undefined"}


def test_nobody_and_nothing() -> None:
    assert classes.adopter_classes(array(None, None)).tolist() == ["non-adopter", "non-adopter"]
    assert classes.adopter_classes(array()).tolist() == []
    assert classes.adopter_classes(np.zeros((0, 3))).shape == (0, 3)
    assert np.isnan(classes.cutoffs(np.zeros((0, 3)))).all()


def test_thresholds_are_classed_among_adopters_with_a_threshold() -> None:
    # The last has no threshold and the one before did not adopt: 0, .25, .25, .45, 1 count; mean .39,
    # squares .1521 .0196 .0196 .0036 .3721 add up to .567, over 4 is .14175, its root .3765. Cuts .0135, .39, .7665.
    # With the .9 of the one that did not adopt the mean would be .475, and .45 below it.
    threshold = array(0, 0.25, 0.25, 0.45, 1, 0.9, None)
    toa = array(0, 1, 1, 2, 3, None, 0)

    assert classes.threshold_classes(threshold, toa).tolist() == [
        "very low threshold",
        "low threshold",
        "low threshold",
        "high threshold",
        "very high threshold",
        "non-adopter",
        "undefined",
    ]


@given(TIMES, st.integers(1, 10_000))
def test_shifting_all_times_changes_no_class(values: list[int | None], by: int) -> None:
    toa = array(*values)

    assert classes.adopter_classes(toa + by).tolist() == classes.adopter_classes(toa).tolist()


@given(TIMES.flatmap(lambda values: st.tuples(st.just(values), st.permutations(range(len(values))))))
def test_the_order_of_regions_plays_no_part(both: tuple[list[int | None], list[int]]) -> None:
    values, order = both
    toa = array(*values)

    assert classes.adopter_classes(toa[order]).tolist() == classes.adopter_classes(toa)[order].tolist()


@given(TIMES)
def test_a_region_that_did_not_adopt_changes_no_class_of_others(values: list[int | None]) -> None:
    found = classes.adopter_classes(array(*values, None))

    assert found[:-1].tolist() == classes.adopter_classes(array(*values)).tolist()
    assert found[-1] == "non-adopter"


@given(TIMES, TIMES)
def test_many_approaches_at_once_are_each_as_alone(one: list[int | None], other: list[int | None]) -> None:
    size = min(len(one), len(other))
    table = np.stack([array(*one[:size]), array(*other[:size])], axis=1)

    for column in (0, 1):
        assert classes.adopter_classes(table)[:, column].tolist() == classes.adopter_classes(table[:, column]).tolist()
        np.testing.assert_allclose(classes.cutoffs(table)[:, column], classes.cutoffs(table[:, column]))


@given(TIMES)
def test_classes_are_in_the_order_of_time(values: list[int | None]) -> None:
    toa = array(*values)
    rank = {item.code: place for place, item in enumerate(classes.TIME_CLASSES)}
    adopted = np.argsort(toa)[: int((~np.isnan(toa)).sum())]

    ranks = [rank[code] for code in classes.adopter_classes(toa)[adopted]]
    assert ranks == sorted(ranks)


def test_arrays_that_do_not_belong_together_are_refused() -> None:
    with pytest.raises(ValueError, match="shape of toa"):
        classes.threshold_classes(array(0.5), array(0, 1))
    with pytest.raises(ValueError, match="regions by approaches"):
        classes.cutoffs(np.zeros((1, 1, 1)))


def test_every_class_has_words_and_is_found_by_its_code() -> None:
    for of, items in ((classes.time_class, classes.TIME_CLASSES), (classes.threshold_class, classes.THRESHOLD_CLASSES)):
        for item in items:
            assert of(item.code) is item
            assert item.title
            assert item.explained
        with pytest.raises(KeyError):
            of("pioneer")
