"""The adoption ladder and the fate of elements, by tiny examples."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spread_shelf import days

from explorer.analysis.spread import ladder
from explorer.analysis.spread.tree import Candidate, Learner, LearningTree

Told = tuple[str, str, str] | tuple[str, str, str, str]  # region, when, stage, approach ("x" unless told)


def steps(*rows: Told) -> pd.DataFrame:
    full = [(*row, "x")[:4] for row in rows]
    table = [(f"s{n}", approach, region, stage, *days(on)) for n, (region, on, stage, approach) in enumerate(full)]
    columns = ["step_id", "approach_id", "region_id", "stage", "on_from", "on_to"]
    return pd.DataFrame(table, columns=columns, dtype=object)


def only(table: pd.DataFrame) -> dict[str, object]:
    assert len(table) == 1
    return {str(key): value for key, value in table.iloc[0].items()}


def test_a_region_climbs_and_the_highest_rung_is_kept_when_it_stops() -> None:
    found = only(
        ladder.ladders(
            steps(
                ("B", "2020", "policy"),
                ("B", "2017", "considering"),
                ("B", "2018", "partial"),
                ("B", "2022", "dropped"),
            )
        )
    )

    assert (found["first"], found["highest"], found["present"]) == ("considering", "policy", "dropped")
    assert (found["up"], found["down"], found["dropped"], found["resumed"]) == (2, 0, 1, 0)


def test_going_back_and_coming_back_are_told_apart() -> None:
    found = only(
        ladder.ladders(
            steps(("B", "2015", "full"), ("B", "2016", "partial"), ("B", "2017", "dropped"), ("B", "2018", "adapting"))
        )
    )

    assert (found["highest"], found["present"]) == ("full", "adapting")
    assert (found["up"], found["down"], found["dropped"], found["resumed"]) == (0, 1, 1, 1)


def test_within_one_year_no_move_down_is_invented() -> None:
    found = ladder.climbs(steps(("B", "2019", "dropped"), ("B", "2019", "full"), ("B", "2019", "considering")))

    assert found["stage"].tolist() == ["considering", "full", "dropped"]
    assert not ladder.moves(steps(("B", "2019", "full"), ("B", "2019", "considering")))["certain"].any()


def test_a_step_of_unknown_date_comes_last_and_is_counted() -> None:
    found = only(ladder.ladders(steps(("B", "", "considering"), ("B", "2019", "full"))))

    assert (found["present"], found["down"], found["undated"]) == ("considering", 1, 1)


def test_a_region_that_only_dropped_it_reached_no_rung() -> None:
    assert only(ladder.ladders(steps(("B", "2019", "dropped"))))["highest"] == ""


def test_the_time_between_two_steps_has_a_least_and_a_most() -> None:
    # From 2018 (1 January to 31 December) to 10 March 2019: 69 to 433 days. 31 + 28 + 10 = 69; 365 + 68 = 433.
    found = only(ladder.moves(steps(("B", "2018", "considering"), ("B", "2019-03-10", "partial"))))

    assert (found["least_days"], found["most_days"], found["certain"]) == (69, 433, True)


def test_two_steps_of_one_year_may_be_a_day_or_a_year_apart() -> None:
    found = only(ladder.moves(steps(("B", "2018", "considering"), ("B", "2018", "partial"))))

    assert (found["least_days"], found["most_days"], found["certain"]) == (0, 364, False)


def test_the_time_to_a_step_of_unknown_date_is_unknown() -> None:
    found = ladder.moves(steps(("B", "2018", "considering"), ("B", "", "partial")))

    assert found[["least_days", "most_days"]].to_numpy(dtype=float) == pytest.approx(
        np.full((1, 2), np.nan), nan_ok=True
    )


def test_transitions_are_counted_from_stage_to_stage() -> None:
    moved = ladder.moves(
        steps(
            ("B", "2017", "considering"), ("B", "2018", "partial"), ("C", "2017", "considering"),
            ("C", "2019", "partial"), ("C", "2020", "partial"), ("D", "2017", "full", "y"),
        )
    )  # fmt: skip
    found = ladder.transitions(moved)

    assert found.shape == (6, 6)
    assert found.loc["considering", "partial"] == 2
    assert found.loc["partial", "partial"] == 1
    assert found.to_numpy().sum() == 3  # D's one step follows nothing


def test_times_are_medians_of_the_moves_that_have_dates() -> None:
    moved = ladder.moves(
        steps(
            ("B", "2017-01-01", "considering"), ("B", "2017-01-11", "partial"),  # 10 days
            ("C", "2017-01-01", "considering"), ("C", "2017-01-31", "partial"),  # 30 days
            ("D", "2017-01-01", "considering"), ("D", "", "partial"),
            ("E", "2017-01-01", "partial"), ("E", "2017-01-02", "dropped"),
        )
    )  # fmt: skip
    found = ladder.times_between(moved)

    assert found["from_stage"].tolist() == ["considering", "partial"]
    first = found.iloc[0]
    assert (first["moves"], first["dated"], first["least_days"], first["most_days"]) == (3, 2, 20, 20)


def test_the_present_stage_is_the_last_step_that_was_certainly_taken() -> None:
    table = steps(("B", "2018", "considering"), ("B", "2020", "full"), ("C", "", "partial"), ("B", "2019", "full", "y"))

    in_2020 = ladder.present_stages(table, ["B", "C", "D"], ["x", "y"], date(2020, 6, 30))
    ever = ladder.present_stages(table, ["B", "C", "D"], ["x", "y"])

    assert in_2020.to_numpy().tolist() == [["considering", "full"], ["", ""], ["", ""]]
    assert ever.to_numpy().tolist() == [["full", "full"], ["partial", ""], ["", ""]]


def test_nothing_on_record_gives_empty_tables() -> None:
    nothing = steps()

    assert ladder.ladders(nothing).empty
    assert ladder.moves(nothing).empty
    assert ladder.times_between(ladder.moves(nothing)).empty
    assert ladder.transitions(ladder.moves(nothing)).to_numpy().sum() == 0
    assert ladder.present_stages(nothing, ["B"], ["x"]).to_numpy().tolist() == [[""]]
    assert ladder.present_stages(nothing, [], []).empty


def test_an_unknown_stage_is_refused() -> None:
    with pytest.raises(ValueError, match="no such stage: abandoned"):
        ladder.climbs(steps(("B", "2019", "abandoned")))


ROWS = st.lists(
    st.tuples(
        st.sampled_from("BCD"),
        st.sampled_from(["", "2017", "2018-03", "2019-04-05"]),
        st.sampled_from(ladder.STAGES),
    ),
    max_size=12,
)


@settings(max_examples=30, deadline=None)
@given(ROWS)
def test_moves_are_one_fewer_than_steps_and_add_up(rows: list[tuple[str, str, str]]) -> None:
    table = steps(*rows)
    found, moved = ladder.ladders(table), ladder.moves(table)

    assert found["steps"].sum() == len(rows)
    assert (found[list(ladder.MOVES)].sum(axis=1) == found["steps"] - 1).all()
    assert ladder.transitions(moved).to_numpy().sum() == len(moved)
    known = moved.dropna(subset=["least_days"])
    assert (known["least_days"] <= known["most_days"]).all()


@settings(max_examples=30, deadline=None)
@given(ROWS.flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows))))
def test_the_order_of_rows_plays_no_part(both: tuple[list[tuple[str, str, str]], list[tuple[str, str, str]]]) -> None:
    one, other = (ladder.ladders(steps(*rows)) for rows in both)

    pd.testing.assert_frame_equal(one, other)


def tree(*learners: tuple[str, str, str]) -> LearningTree:
    """A tree that began in A; `learners` are (region, step, parent)."""
    made = tuple(
        Learner(region, step, None, None, Candidate("stated", parent, "", True, None) if parent else None, "stated")
        for region, step, parent in learners
    )
    return LearningTree("x", "A", made, (), ())


def fates(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["step_id", "element_id", "fate"])


def elements(*names: str) -> pd.DataFrame:
    return pd.DataFrame([("x", name) for name in names] + [("y", "other")], columns=["approach_id", "element_id"])


def told(table: pd.DataFrame, region: str) -> list[Sequence[str]]:
    own = table[table["region_id"] == region]
    return list(own[["element_id", "fate", "parent_fate", "outcome"]].itertuples(index=False, name=None))


# A began it; B learnt from A, C from B: s0 is B's taking-over, s1 C's.
CHAIN = tree(("B", "s0", "A"), ("C", "s1", "B"))
CHAIN_STEPS = steps(("B", "2018", "full"), ("C", "2019", "full"))


def test_elements_are_followed_along_the_edge_from_parent_to_learner() -> None:
    said = fates(
        ("s0", "e1", "kept"), ("s0", "e2", "dropped"), ("s0", "e3", "dropped"),
        ("s1", "e1", "changed"), ("s1", "e2", "dropped"), ("s1", "e3", "kept"), ("s1", "e4", "dropped"),
    )  # fmt: skip
    found = ladder.passed_on(CHAIN, CHAIN_STEPS, said, elements("e1", "e2", "e3", "e4"))

    assert told(found, "B") == [
        ("e1", "kept", "began here", "survived"),
        ("e2", "dropped", "began here", "dropped here"),
        ("e3", "dropped", "began here", "dropped here"),
        ("e4", "not said", "began here", "not said"),
    ]
    assert told(found, "C") == [
        ("e1", "changed", "kept", "survived"),
        ("e2", "dropped", "dropped", "dropped before"),
        ("e3", "kept", "dropped", "taken up again"),
        ("e4", "dropped", "not said", "dropped here"),
    ]


def test_what_is_not_said_is_not_kept() -> None:
    found = ladder.passed_on(CHAIN, CHAIN_STEPS, fates(("s0", "e1", "dropped")), elements("e1"))

    assert told(found, "C") == [("e1", "not said", "dropped", "dropped before")]
    assert ladder.fidelity(found).iloc[0][["kept", "dropped", "not said", "said"]].tolist() == [0, 1, 1, 1]


def test_fidelity_is_kept_of_those_that_say() -> None:
    # e1: B kept it, C changed it, D dropped it, E says nothing: 1 of 3. e2: nobody says anything.
    learners = tree(("B", "s0", "A"), ("C", "s1", "A"), ("D", "s2", "A"), ("E", "s3", ""))
    taken = steps(*((region, "2018", "full") for region in "BCDE"))
    said = fates(("s0", "e1", "kept"), ("s1", "e1", "changed"), ("s2", "e1", "dropped"))

    found = ladder.fidelity(ladder.passed_on(learners, taken, said, elements("e1", "e2"))).set_index("element_id")

    assert found.loc["e1", "fidelity"] == pytest.approx(1 / 3)
    assert found["fidelity"].isna().tolist() == [False, True]
    assert found.loc["e1", "not said"] == 1


def test_a_region_without_a_parent_is_told_without_one() -> None:
    found = ladder.passed_on(tree(("B", "s0", "")), steps(("B", "2018", "full")), fates(), elements("e1"))

    assert only(found)["parent"] == ""
    assert told(found, "B") == [("e1", "not said", "", "not said")]


def test_the_step_nearest_to_the_taking_over_speaks_first() -> None:
    # Of e1 the taking-over (s2) says nothing, an earlier step "changed", policy (s3) "kept". Of e2 only two earlier
    # steps speak: the later of them counts.
    taken = steps(
        ("B", "2016", "considering"), ("B", "2017", "adapting"), ("B", "2018", "full"), ("B", "2019", "policy")
    )  # fmt: skip
    said = fates(("s1", "e1", "changed"), ("s3", "e1", "kept"), ("s0", "e2", "dropped"), ("s1", "e2", "changed"))

    found = ladder.passed_on(tree(("B", "s2", "A")), taken, said, elements("e1", "e2"))

    assert found["fate"].tolist() == ["kept", "changed"]


def test_a_step_that_says_two_things_is_told_as_contradicted_and_not_counted_as_said() -> None:
    said = fates(("s0", "e1", "kept"), ("s0", "e1", "dropped"))
    found = ladder.passed_on(tree(("B", "s0", "A")), steps(("B", "2018", "full")), said, elements("e1"))

    assert told(found, "B") == [("e1", "contradicted", "began here", "not said")]
    assert ladder.fidelity(found).iloc[0][["contradicted", "said"]].tolist() == [1, 0]


def test_without_learners_or_elements_nothing_is_passed_on() -> None:
    for found in (
        ladder.passed_on(tree(), steps(), fates(), elements("e1")),
        ladder.passed_on(CHAIN, CHAIN_STEPS, fates(), elements()),
    ):
        assert found.empty
        assert ladder.fidelity(found).empty


def test_an_unknown_fate_is_refused() -> None:
    with pytest.raises(ValueError, match="no such fate: lost"):
        ladder.passed_on(CHAIN, CHAIN_STEPS, fates(("s0", "e1", "lost")), elements("e1"))
