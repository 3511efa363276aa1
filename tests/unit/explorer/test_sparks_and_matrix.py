"""Small curves, the matrix, the middle lag: on a few rows."""

import math
import re
from urllib.parse import unquote

from explorer.analysis.spread.lags import usual_lag
from explorer.analysis.spread.tree import Candidate, Learner, LearningTree
from explorer.pictures.matrix import CAME, ORIGIN, SIGNS, Cell, Line, key, matrix, styles
from explorer.pictures.sparks import HIGH, WIDE, spark
from graph_store.schema import STAGES


def test_a_spark_steps_up_once_for_each_year_in_which_something_rose() -> None:
    drawn = unquote(spark([0, 1, 1, 3], 3, "1 by 2001, 3 by 2003"))

    assert drawn.count("<circle") == 2
    assert 'alt="1 by 2001, 3 by 2003"' in drawn
    heights = [float(item) for item in re.findall(r'cy="([\d.]+)"', drawn)]
    assert heights[0] > heights[1] > 0
    assert max(float(item) for item in re.findall(r'cx="([\d.]+)"', drawn)) < WIDE


def test_rows_beside_each_other_are_drawn_to_one_scale() -> None:
    low, high = (float(re.findall(r'cy="([\d.]+)"', unquote(spark([n], 10, "")))[0]) for n in (1, 10))

    assert HIGH > low > high


def test_nothing_is_drawn_of_nothing() -> None:
    assert spark([], 3, "") == ""
    assert spark([0, 0], 3, "") == ""


def test_the_words_of_a_spark_cannot_break_out_of_it() -> None:
    assert "<script>" not in spark([1], 1, '"><script>')


REGIONS = [Line("a", "Arnhem", "region?id=a", "Netherlands"), Line("b", "Bonn", "region?id=b", "Germany")]
APPROACHES = [Line("x", "A way of working with a very long name (of Arnhem)", "approach?id=x")]


def test_the_matrix_has_a_heading_for_each_group_and_a_cell_for_each_pair() -> None:
    cells = {("b", "x"): Cell("partial", "2019", "approach?id=x&region=b")}
    drawn = matrix(REGIONS, APPROACHES, cells, "Who stands where")

    assert re.findall(r'scope="rowgroup" colspan="3"><span>(\w+)<', drawn) == ["Netherlands", "Germany"]
    assert drawn.count('scope="row"') == 2
    assert 'title="Bonn, A way of working with a very long name (of Arnhem): Took over a part, 2019"' in drawn
    assert "<td></td>" in drawn
    assert 'aria-label="Who stands where"' in drawn


def test_a_long_heading_is_shortened_and_keeps_its_whole_name_in_sight() -> None:
    drawn = matrix(REGIONS, APPROACHES, {}, "")

    assert 'title="A way of working with a very long name (of Arnhem)"' in drawn
    assert "A way of working with a very long…" in drawn


def test_every_stage_has_a_sign_of_its_own_and_a_colour() -> None:
    signs = [sign for sign, _colour, _white in SIGNS.values()]

    assert set(SIGNS) == {stage.code for stage in STAGES} | {ORIGIN, CAME}
    assert len(set(signs)) == len(signs)
    assert all(f".rung-{code}" in styles() for code in SIGNS)
    assert key([CAME, "full"]).count("<li>") == 2


def tree(*lags: tuple[int, int] | None, grade: str = "consistent") -> LearningTree:
    learners = [
        Learner(f"r{place}", f"s{place}", None, None, Candidate(grade, "o", "v", True, lag), "only")
        for place, lag in enumerate(lags)
    ]
    return LearningTree("x", "o", tuple(learners), (), ())


def test_the_usual_lag_is_the_median_of_the_middles() -> None:
    found = usual_lag([tree((10, 20), (30, 30), None), tree((40, 60), (100, 100), (0, 2))])

    assert (found.days, found.of) == (30, 5)  # 1, 15, 30, 50, 100; the undated one is in none


def test_few_lags_have_no_middle_and_visits_from_above_are_not_the_regions_own() -> None:
    few = usual_lag([tree((10, 20)), tree(*[(1, 1)] * 9, grade="from above")])

    assert math.isnan(few.days)
    assert few.of == 1
