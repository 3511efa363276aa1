"""Learning trees by tiny stories: who is the parent, why, and what is set aside."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spread_shelf import LAND, Step, Visit, story, together

from explorer.analysis.spread.evidence import Evidence, takings
from explorer.analysis.spread.learning import edges, learning_tree, learning_trees
from explorer.analysis.spread.tree import GRADES, PROBLEMS, REASONS, Learner, LearningTree


def tree(
    steps: Sequence[Step], visits: Sequence[Visit] = (), origin: str | None = "A", began: str = ""
) -> LearningTree:
    return learning_tree(story(steps, visits, origin=origin, began=began), "x")


def learner(found: LearningTree, region: str) -> Learner:
    return next(item for item in found.learners if item.region == region)


def parent(found: LearningTree, region: str) -> tuple[str, str, str]:
    """Grade, source and visit of the parent chosen; three empty texts where there is none."""
    item = learner(found, region).parent
    return (item.grade, item.source, item.visit) if item else ("", "", "")


def test_a_visit_to_where_it_began_is_consistent() -> None:
    found = tree([("B", "2019")], [("v", "2018-03", ["A"], ["B"])])

    assert parent(found, "B") == ("consistent", "A", "v")
    assert learner(found, "B").reason == "only"


def test_the_lag_is_the_least_and_the_most_days_that_dates_allow() -> None:
    # From 31 March 2018 to 1 January 2019 are 276 days, from 1 March 2018 to 31 December 2019 are 670.
    item = learner(tree([("B", "2019")], [("v", "2018-03", ["A"], ["B"])]), "B").parent

    assert item is not None
    assert item.lag_days == (276, 670)
    assert item.certain


def test_a_visit_of_the_same_year_is_possible_not_certain() -> None:
    item = learner(tree([("B", "2019")], [("v", "2019", ["A"], ["B"])]), "B").parent

    assert item is not None
    assert not item.certain
    assert item.lag_days == (0, 364)


def test_a_host_that_may_have_had_it_makes_the_order_possible() -> None:
    # C took it over some time in 2018; B came in June 2018 and took it over in 2020.
    found = tree([("C", "2018"), ("B", "2020")], [("v", "2018-06-01", ["C"], ["B"])])
    item = learner(found, "B").parent

    assert item is not None
    assert (item.source, item.certain) == ("C", False)


def test_where_it_began_can_show_it_only_from_its_beginning() -> None:
    found = tree([("B", "2019")], [("v", "2015", ["A"], ["B"])], began="2016")

    assert parent(found, "B") == ("", "", "")
    assert [(item.region, item.visit, item.reason) for item in found.impossible] == [("B", "v", "host")]


def test_a_visit_after_the_taking_over_is_set_apart() -> None:
    found = tree([("B", "2018")], [("v", "2019", ["A"], ["B"])])

    assert learner(found, "B").reason == "nobody"
    assert [(item.region, item.visit, item.source, item.reason) for item in found.impossible] == [
        ("B", "v", "A", "after")
    ]


def test_a_visit_with_one_host_that_had_it_is_no_problem() -> None:
    found = tree([("B", "2019")], [("v", "2018", ["D", "A"], ["B"])])

    assert parent(found, "B") == ("consistent", "A", "v")
    assert found.impossible == ()


def test_a_missing_date_is_neither_possible_nor_impossible() -> None:
    found = tree([("B", "")], [("v", "2019", ["A"], ["B"])])

    assert parent(found, "B") == ("", "", "")
    assert found.impossible == ()
    assert [(item.visit, item.reason) for item in found.undated] == [("v", "undated")]


def test_a_statement_is_the_strongest_and_needs_no_date() -> None:
    found = tree([("B", "", "full", ["v"])], [("v", "", ["C"], []), ("w", "2018", ["A"], ["B"])])

    assert parent(found, "B") == ("stated", "C", "v")
    assert learner(found, "B").reason == "stated"


def test_a_statement_against_the_dates_is_set_apart_and_the_next_best_is_chosen() -> None:
    found = tree([("B", "2018", "full", ["v"])], [("v", "2019", ["A"], []), ("w", "2017", ["A"], ["B"])])

    assert parent(found, "B") == ("consistent", "A", "w")
    assert [(item.visit, item.reason) for item in found.impossible] == [("v", "after")]


def test_a_region_credited_that_took_it_over_later_is_set_apart() -> None:
    found = tree([("B", "2018", "full", ["C"]), ("C", "2020")])

    assert parent(found, "B") == ("", "", "")
    assert [(item.source, item.reason) for item in found.impossible] == [("C", "host")]


def test_a_later_step_credited_to_a_later_visit_says_nothing_of_the_taking_over() -> None:
    found = tree([("B", "2016", "partial"), ("B", "2020", "policy", ["v"])], [("v", "2019", ["A"], ["B"])])

    assert parent(found, "B") == ("", "", "")
    assert [(item.visit, item.reason) for item in found.impossible] == [("v", "after")]  # as a visit, it came after


def test_own_presence_counts_before_presence_from_above() -> None:
    found = tree([("B", "2019")], [("v", "2018", ["A"], ["B"]), ("w", "2018-10", ["A"], ["B from above"])])

    assert parent(found, "B") == ("consistent", "A", "v")
    assert [item.grade for item in learner(found, "B").others] == ["from above"]
    assert learner(found, "B").reason == "grade"


def test_a_certain_order_counts_before_a_later_visit_that_only_may_have_come_first() -> None:
    found = tree([("B", "2019")], [("v", "2017", ["A"], ["B"]), ("w", "2019", ["A"], ["B"])])

    assert parent(found, "B")[2] == "v"
    assert learner(found, "B").reason == "certain"


def test_without_odds_the_latest_visit_counts() -> None:
    found = tree([("B", "2019")], [("v", "2017", ["A"], ["B"]), ("u", "2018", ["A"], ["B"])])

    assert parent(found, "B")[2] == "u"
    assert learner(found, "B").reason == "latest"


def test_odds_count_before_lateness() -> None:
    evidence = story([("B", "2019")], [("v", "2017", ["A"], ["B"]), ("u", "2018", ["A"], ["B"])])
    odds = pd.DataFrame(
        [("x", "B", "v", 0.7), ("x", "B", "u", 0.2)], columns=["approach_id", "region_id", "visit_id", "share"]
    )
    found = learning_tree(evidence, "x", shares=odds)
    item = learner(found, "B")

    assert item.parent is not None
    assert (item.parent.visit, item.parent.share, item.reason) == ("v", 0.7, "odds")


def test_two_regions_never_learn_from_each_other() -> None:
    # C and D both took it over in 2019, and each saw it at the other's in that year: dates leave both open.
    visits: list[Visit] = [("v", "2019", ["C"], ["D"]), ("w", "2019", ["D"], ["C"])]
    found = tree([("C", "2019"), ("D", "2019")], visits, origin=None)

    assert parent(found, "C") == ("consistent", "D", "w")
    assert parent(found, "D") == ("", "", "")
    assert learner(found, "D").reason == "circle"
    assert [item.visit for item in learner(found, "D").others] == ["v"]


def test_what_a_city_has_its_province_shows() -> None:
    # The province GE hosted; A within it is where it began: the source is A, the host GE.
    item = learner(tree([("C", "2019")], [("v", "2018", ["GE"], ["C"])]), "C").parent

    assert item is not None
    assert (item.source, item.host) == ("A", "GE")


def test_a_visit_while_adapting_is_neither_a_success_nor_a_problem() -> None:
    found = tree([("B", "2017", "adapting"), ("C", "2017", "considering"), ("C", "2020")],
                 [("v", "2018", ["A"], ["B", "C"])])  # fmt: skip

    assert found.while_adapting == (("B", "v"), ("C", "v"))
    assert found.impossible == ()
    assert parent(found, "C") == ("consistent", "A", "v")


def test_inferred_sources_stand_below_every_record_and_never_after_the_learner() -> None:
    ranking = pd.DataFrame(
        [("x", "B", "C", 0.6), ("x", "B", "D", 0.9), ("x", "D", "C", 0.5)],
        columns=["approach_id", "region_id", "source", "weight"],
    )
    evidence = story([("C", "2015"), ("B", "2017"), ("D", "2019")])
    found = learning_tree(evidence, "x", inferred=ranking)

    assert parent(found, "B") == ("inferred", "C", "")  # D weighs more, but took it over after B
    assert parent(found, "D") == ("inferred", "C", "")
    visited = learning_tree(story([("C", "2015"), ("B", "2017")], [("v", "2016", ["A"], ["B"])]), "x", inferred=ranking)
    assert parent(visited, "B")[0] == "consistent"


def test_where_it_began_is_no_learner_and_an_unknown_approach_has_none() -> None:
    assert [item.region for item in tree([("A", "2016"), ("B", "2019")]).learners] == ["B"]
    assert learning_tree(story(), "nothing of the kind").learners == ()


def test_a_credit_to_itself_names_nobody() -> None:
    assert parent(tree([("B", "2019", "full", ["B"])]), "B") == ("", "", "")


def test_two_hosts_of_one_visit_that_show_the_same_region_s_approach_stand_in_a_fixed_order() -> None:
    # C took it over; v was hosted in C and by its province UT, which shows what C has.
    steps: list[Step] = [("C", "2016"), ("B", "2018", "partial", ["v"])]
    for hosts in (["C", "UT"], ["UT", "C"]):
        item = learner(tree(steps, [("v", "2017", hosts, ["B"])], origin=None), "B")
        assert [(choice.source, choice.host) for choice in (item.parent, *item.others) if choice] == [
            ("C", ""),
            ("C", "UT"),
            ("C", ""),
            ("C", "UT"),
        ]


def test_giving_up_is_told_unless_it_was_taken_up_again() -> None:
    left = tree([("B", "2015"), ("B", "2018", "dropped"), ("C", "2015"), ("C", "2017", "dropped"), ("C", "2019")])

    assert learner(left, "B").gave_up is not None
    assert learner(left, "C").gave_up is None


def test_takings_are_the_first_steps_of_taking_over() -> None:
    found = takings(
        story([("B", "2015", "considering"), ("B", "2017", "partial"), ("B", "2016", "full"), ("A", "2014")])
    )

    assert found[["region_id", "stage"]].to_numpy().tolist() == [["B", "full"]]
    assert found["gave_up_from"].tolist() == [None]


def test_the_table_of_edges_has_a_row_for_everyone_who_took_it_over() -> None:
    found = edges([tree([("B", "2019"), ("C", "2020")], [("v", "2018", ["A"], ["B"])])])

    assert found[["region_id", "source", "visit_id", "grade"]].to_numpy().tolist() == [
        ["B", "A", "v", "consistent"],
        ["C", "", "", ""],
    ]
    assert edges([]).empty


def test_every_code_has_words() -> None:
    assert [grade.code for grade in GRADES] == ["stated", "consistent", "from above", "inferred"]
    assert all(grade.title and grade.explained for grade in GRADES)
    assert all([*REASONS.values(), *PROBLEMS.values()])


REGIONS = ["A", "B", "C", "D", "GE", "UT", "IS"]
years = st.sampled_from(["", "2015", "2016", "2016-05", "2016-05-04", "2017", "2017-11"])
some_steps = st.lists(
    st.tuples(st.sampled_from(REGIONS), years, st.sampled_from(["considering", "partial", "full", "dropped"]),
              st.lists(st.sampled_from(["v0", "v1", "C"]), max_size=1)), max_size=8,
)  # fmt: skip
some_visits = st.lists(
    st.tuples(years, st.lists(st.sampled_from(REGIONS), min_size=1, max_size=2, unique=True),
              st.lists(st.sampled_from([*REGIONS, "B from above"]), max_size=3, unique=True)), max_size=5,
).map(lambda rows: [(f"v{place}", *row) for place, row in enumerate(rows)])  # fmt: skip
some_stories = st.builds(lambda steps, visits, origin: story(steps, visits, origin=origin), some_steps, some_visits,
                         st.sampled_from([None, "A", "GE"]))  # fmt: skip


@settings(deadline=None, max_examples=40)
@given(some_stories)
def test_a_tree_has_no_circle_and_its_parents_never_break_the_order_of_dates(evidence: Evidence) -> None:
    found = learning_tree(evidence, "x")
    sources = {item.region: item.parent.source for item in found.learners if item.parent}
    refused = {(item.region, item.visit) for item in found.impossible if item.visit}

    for region in sources:
        walked, at = [region], sources[region]
        while at in sources:
            assert at not in walked
            walked.append(at)
            at = sources[at]
    for item in found.learners:
        assert item.parent not in item.others
        assert all((item.region, choice.visit) not in refused for choice in [item.parent, *item.others] if choice)


@settings(deadline=None, max_examples=25)
@given(some_stories, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(evidence: Evidence, chance: object) -> None:
    seed = hash(chance) % 1000
    shuffled = replace(
        evidence,
        **{
            name: getattr(evidence, name).sample(frac=1, random_state=seed)
            for name in ("steps", "shown", "hosts", "attended")
        },
    )

    assert learning_tree(shuffled, "x") == learning_tree(evidence, "x")


@settings(deadline=None, max_examples=25)
@given(some_stories, st.integers(-2000, 2000))
def test_shifting_all_dates_shifts_the_tree_and_nothing_else(evidence: Evidence, shift: int) -> None:
    def moved(table: pd.DataFrame) -> pd.DataFrame:
        dates = [c for c in ("on_from", "on_to", "started_from", "started_to") if c in table.columns]
        days = {c: [day and day + timedelta(days=shift) for day in table[c]] for c in dates}
        return table.assign(**{c: pd.Series(values, index=table.index, dtype=object) for c, values in days.items()})

    before = learning_tree(evidence, "x")
    later = learning_tree(
        replace(
            evidence, approaches=moved(evidence.approaches), steps=moved(evidence.steps), shown=moved(evidence.shown)
        ),
        "x",
    )

    assert [(i.region, i.parent, i.others, i.reason) for i in later.learners] == [
        (i.region, i.parent, i.others, i.reason) for i in before.learners
    ]
    assert (later.impossible, later.while_adapting) == (before.impossible, before.while_adapting)


@settings(deadline=None, max_examples=15)
@given(some_stories)
def test_all_approaches_at_once_give_what_each_gives_alone(evidence: Evidence) -> None:
    other = story([("B", "2016"), ("D", "2018")], [("w", "2017", ["A"], ["D"])], approach="y")
    both = together(evidence, other)

    assert learning_trees(both) == {"x": learning_tree(evidence, "x"), "y": learning_tree(other, "y")}


@pytest.mark.parametrize("region", sorted(LAND.names))
def test_a_region_that_no_record_names_changes_nothing(region: str) -> None:
    evidence = story([("B", "2019")], [("v", "2018", ["A"], ["B"])])
    frame = pd.DataFrame(
        [(i, LAND.names[i], LAND.kinds[i], next(iter(LAND.above(i)), None)) for i in LAND.names]
        + [("new", "New", "city", region)],
        columns=["id", "name", "kind", "parent_id"],
    )

    assert learning_tree(replace(evidence, land=type(LAND)(frame)), "x") == learning_tree(evidence, "x")
