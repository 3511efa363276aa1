"""The funnel from story to visit to taking-over: each level by hand, and all three together."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spread_shelf import Step, Visit, story, together

from explorer.analysis.spread.evidence import Evidence
from explorer.analysis.spread.funnel import MEASURES, Funnel, funnel, stalled
from explorer.analysis.spread.learning import learning_trees
from explorer.analysis.spread.outcomes import OUTCOMES
from explorer.analysis.spread.tree import Candidate, Impossible, Learner, LearningTree

CITIES = ["A", "B", "C", "D"]
GRADES = ["stated", "consistent", "from above", "inferred"]


def learner(region: str, grade: str = "", source: str = "", visit: str = "") -> Learner:
    parent = Candidate(grade, source, visit, True, None) if grade else None
    return Learner(region, f"step-{region}", None, None, parent, "only" if grade else "nobody")


def tree(*learners: Learner, impossible: Sequence[Impossible] = (), undated: Sequence[Impossible] = ()) -> LearningTree:
    return LearningTree("x", "A", learners, (), tuple(impossible), tuple(undated))


def projects(*rows: tuple[str, Sequence[str], Sequence[str]]) -> pd.DataFrame:
    table = [(name, list(approaches), list(regions)) for name, approaches, regions in rows]
    return pd.DataFrame(table, columns=["project_id", "approach_ids", "region_ids"], dtype=object)


def made(
    evidence: Evidence,
    trees: Mapping[str, LearningTree] | LearningTree,
    runs: pd.DataFrame | None = None,
    about: Mapping[str, str] | None = None,
    kinds: Mapping[str, str] | None = None,
    regions: Sequence[str] | None = CITIES,
) -> Funnel:
    """The funnel; visits are work visits about x unless told."""
    shown = list(dict.fromkeys(evidence.shown["visit_id"]))
    subjects = [(visit, (about or {}).get(visit, "x")) for visit in shown]
    visits = [(visit, (kinds or {}).get(visit, "work visit")) for visit in shown]
    return funnel(
        evidence,
        {"x": trees} if isinstance(trees, LearningTree) else trees,
        projects() if runs is None else runs,
        pd.DataFrame(subjects, columns=["visit_id", "subject_id"]),
        pd.DataFrame(visits, columns=["visit_id", "kind"]),
        regions,
    )


def outcomes(found: Funnel) -> dict[str, str]:
    return dict(zip(found.pairs["region_id"], found.pairs["outcome"], strict=True))


def row(table: pd.DataFrame, key: str, value: str) -> dict[str, object]:
    (found,) = table[table[key] == value].to_dict("records")
    return {str(name): cell for name, cell in found.items()}


def rate(found: Funnel, level: str, code: str) -> tuple[int, int]:
    (line,) = found.rates[(found.rates["level"] == level) & (found.rates["code"] == code)].to_dict("records")
    return line["count"], line["of"]


def with_outcomes(evidence: Evidence, *told: tuple[str, str, str]) -> Evidence:
    """With what is said to have come of visits: (visit, region, outcome)."""
    said = {(visit, region): outcome for visit, region, outcome in told}
    keys = zip(evidence.attended["visit_id"], evidence.attended["region_id"], strict=True)
    outcome = pd.Series([said.get(key) for key in keys], index=evidence.attended.index, dtype=object)
    return replace(evidence, attended=evidence.attended.assign(outcome=outcome))


def test_a_region_that_took_it_over_after_the_visit_the_tree_chose_is_taken_over_with_its_grade() -> None:
    evidence = story([("B", "2019")], [("v", "2018", ["A"], ["B"])])

    found = made(evidence, tree(learner("B", "consistent", "A", "v")))

    assert found.pairs.to_numpy().tolist() == [["B", "x", 1, "taken over", "consistent", "v"]]


def test_a_taking_over_that_another_visit_explains_better_is_counted_without_a_grade_of_its_own() -> None:
    # B saw it at v, yet credits region C: taken over after a visit, and the visit is not the one chosen.
    evidence = story([("B", "2019")], [("v", "2018", ["A"], ["B"])])

    found = made(evidence, tree(learner("B", "stated", "C")))

    assert (found.pairs["outcome"].tolist(), found.pairs["grade"].tolist()) == (["taken over"], [""])


def test_what_the_tree_calls_impossible_is_no_success() -> None:
    evidence = story([("B", "2018")], [("v", "2019", ["A"], ["B"])])

    judged = made(evidence, tree(learner("B"), impossible=[Impossible("B", "v", "A", "after")]))
    unjudged = made(evidence, tree(learner("B")))  # the dates say it, too

    assert outcomes(judged) == outcomes(unjudged) == {"B": "impossible"}


def test_a_visit_or_taking_over_of_unknown_date_leaves_the_order_unknown() -> None:
    taken = story([("B", "")], [("v", "2019", ["A"], ["B"])])
    visit = story([("B", "2019")], [("v", "", ["A"], ["B"])])

    for evidence in (taken, visit):
        assert outcomes(made(evidence, tree(learner("B")))) == {"B": "order unknown"}


def test_a_visit_in_time_makes_up_for_one_that_was_not() -> None:
    visits: list[Visit] = [("late", "2020", ["A"], ["B"]), ("v", "2018", ["A"], ["B"])]

    found = made(story([("B", "2019")], visits), tree(learner("B", "consistent", "A", "v")))

    assert outcomes(found) == {"B": "taken over"}
    assert found.pairs["visits"].tolist() == [2]
    assert found.meetings.set_index("visit_id")["outcome"].to_dict() == {"late": "impossible", "v": "taken over"}


def test_interest_counts_after_the_visit_and_is_told_apart_before_it() -> None:
    steps: list[Step] = [("B", "2019", "considering"), ("C", "2017", "adapting"), ("D", "", "adapting")]

    found = made(story(steps, [("v", "2018", ["A"], ["B", "C", "D"])]), tree())

    assert outcomes(found) == {"B": "considering", "C": "before", "D": "adapting"}


def test_who_dropped_or_declined_it_is_told_apart_from_silence() -> None:
    evidence = story([("B", "2019", "dropped")], [("v", "2018", ["A"], ["B", "C", "D"])])

    assert outcomes(made(evidence, tree())) == {"B": "dropped", "C": "nothing", "D": "nothing"}
    declined = with_outcomes(evidence, ("v", "C", "declined"), ("v", "D", "none"))
    assert outcomes(made(declined, tree())) == {"B": "dropped", "C": "dropped", "D": "nothing"}


def test_a_visitors_word_that_it_took_it_over_is_no_step() -> None:
    evidence = with_outcomes(story((), [("v", "2018", ["A"], ["B"])]), ("v", "B", "taken over"))

    found = made(evidence, tree())

    assert outcomes(found) == {"B": "reported"}
    assert found.takings.empty


def test_of_several_visitors_of_one_region_the_furthest_tells() -> None:
    evidence = story((), [("v", "2018", ["A"], ["B"])])
    rows = [("B", "v", "own", "declined"), ("B", "v", "within", "adapting"), ("B", "v", "own", "none")]
    attended = pd.DataFrame(rows, columns=["region_id", "visit_id", "how", "outcome"])

    assert outcomes(made(replace(evidence, attended=attended), tree())) == {"B": "adapting"}


def test_neither_the_host_nor_where_it_began_is_a_guest() -> None:
    visits: list[Visit] = [("v", "2018", ["A"], ["A", "B"]), ("w", "2019", ["B"], ["A", "B"])]

    found = made(story([("B", "2018")], visits), tree(learner("B", "consistent", "A", "v")))

    assert found.meetings[["visit_id", "region_id"]].to_numpy().tolist() == [["v", "B"]]
    assert row(found.visits, "visit_id", "w")["guests"] == 0


def test_a_project_has_the_visits_about_it_and_those_about_its_approach_where_it_runs() -> None:
    # p runs in A and applies x. v is about x at A; s tells of p, at D; w is about x at C: not p's.
    visits: list[Visit] = [("v", "2018", ["A"], ["B"]), ("s", "2017", ["D"], ["C"]), ("w", "2018", ["C"], ["B"])]
    evidence = story((), visits)

    found = made(evidence, tree(), projects(("p", ["x"], ["A"])), {"s": "p"}, {"s": "practice day"})

    project = row(found.projects, "project_id", "p")
    assert (project["stories"], project["visits"], project["guests"]) == (1, 1, 2)  # B at v, C at s
    assert rate(found, "project", "story") == (1, 1)
    assert rate(found, "project", "visit") == (1, 1)


def test_a_visit_in_a_city_is_one_of_the_project_of_its_province() -> None:
    found = made(story((), [("v", "2018", ["A"], ["C"])]), tree(), projects(("p", ["x"], ["GE"])))

    assert row(found.projects, "project_id", "p")["visits"] == 1


def test_a_taking_over_belongs_to_the_project_whose_visit_was_chosen() -> None:
    # p runs in A, q in C; both apply x. B credits v, at A; D learnt from C without a visit; A cannot take it from p.
    evidence = story([("B", "2019"), ("D", "2019")], [("v", "2018", ["A"], ["B"])])
    runs = projects(("p", ["x"], ["A"]), ("q", ["x"], ["C"]), ("r", ["y"], ["C"]))

    found = made(evidence, tree(learner("B", "stated", "A", "v"), learner("D", "inferred", "C")), runs)

    assert found.takings["projects"].tolist() == [["p"], ["q"]]
    assert found.projects["grade"].tolist() == ["stated", "inferred", ""]
    assert rate(found, "project", "stated") == (1, 3)
    assert rate(found, "project", "inferred") == (1, 3)


def test_a_taking_over_where_the_project_runs_is_not_elsewhere() -> None:
    evidence = story([("B", "2019")], [("v", "2018", ["A"], ["B"])])

    found = made(evidence, tree(learner("B", "stated", "A", "v")), projects(("p", ["x"], ["A", "B"])))

    assert found.takings["projects"].tolist() == [[]]
    assert found.projects["grade"].tolist() == [""]


def test_a_visit_tells_what_came_of_it_at_each_guest_and_which_takings_chose_it() -> None:
    steps: list[Step] = [("B", "2019"), ("C", "2019", "considering")]
    evidence = story(steps, [("v", "2018", ["A"], ["B", "C", "D"])])

    visit = row(made(evidence, tree(learner("B", "consistent", "A", "v"))).visits, "visit_id", "v")

    assert (visit["guests"], visit["pairs"]) == (3, 3)
    assert (visit["taken over"], visit["considering"], visit["nothing"], visit["dropped"]) == (1, 1, 1, 0)
    assert (visit["stated"], visit["consistent"], visit["from above"]) == (0, 1, 0)


def test_a_visit_about_something_else_that_is_credited_stands_among_the_visits() -> None:
    evidence = story([("B", "2019")])
    subjects, visits = (pd.DataFrame([("w", value)], columns=["visit_id", name]) for name, value in
                        (("subject_id", "theme"), ("kind", "meeting")))  # fmt: skip

    found = funnel(evidence, {"x": tree(learner("B", "stated", "C", "w"))}, projects(), subjects, visits, CITIES)

    assert row(found.visits, "visit_id", "w")["stated"] == 1
    assert found.pairs.empty  # nobody is on record as having come


def test_rates_of_nothing_are_undefined() -> None:
    found = made(story(), tree())

    assert found.pairs.empty
    assert (found.rates["of"] == 0).all()
    assert found.rates["share"].isna().all()


def test_a_missing_tree_is_refused() -> None:
    with pytest.raises(ValueError, match="no learning tree is given for x"):
        made(story(), {})


def test_regions_not_asked_for_are_left_out_and_counted() -> None:
    evidence = story([("B", "2019"), ("GE", "2019")], [("v", "2018", ["A"], ["B", "GE"])])

    found = made(evidence, tree(learner("B", "consistent", "A", "v"), learner("GE", "consistent", "A", "v")))

    assert outcomes(found) == {"B": "taken over"}
    assert found.left_out == 1


def test_unless_told_those_count_that_could_take_something_over() -> None:
    # GE came, yet B in it acts: B is counted for it.
    evidence = story([("B", "2019")], [("v", "2018", ["A"], ["B", "C", "GE"])])

    found = made(evidence, tree(learner("B", "consistent", "A", "v")), regions=None)

    assert outcomes(found) == {"B": "taken over", "C": "nothing"}
    assert row(found.visits, "visit_id", "v")["guests"] == 2
    assert found.left_out == 0


EVENTS = st.lists(
    st.tuples(
        st.sampled_from("xy"), st.sampled_from("BCD"), st.sampled_from(["", "2016", "2017-05", "2018", "2019"]),
        st.sampled_from(["considering", "adapting", "partial", "full", "dropped"]),
    ),
    max_size=8,
)  # fmt: skip
MET = st.lists(
    st.tuples(
        st.sampled_from("xy"), st.sampled_from(["", "2016", "2017-09", "2018"]), st.sampled_from("ABCD"),
        st.lists(st.sampled_from(["A", "B", "C", "D", "B from above"]), min_size=1, max_size=3, unique=True),
    ),
    max_size=6,
)  # fmt: skip
Events = list[tuple[str, str, str, str]]
Met = list[tuple[str, str, str, list[str]]]


def drawn(events: Events, met: Met) -> Evidence:
    return together(
        *(
            story(
                [(region, on, stage) for name, region, on, stage in events if name == approach],
                [(f"v{n}", on, [host], guests) for n, (name, on, host, guests) in enumerate(met) if name == approach],
                approach=approach,
            )
            for approach in "xy"
        )
    )


@settings(max_examples=20, deadline=None)
@given(EVENTS, MET)
def test_the_three_levels_reconcile(events: Events, met: Met) -> None:
    evidence = drawn(events, met)
    subjects = {f"v{n}": name for n, (name, *_rest) in enumerate(met)}
    runs = projects(("p", ["x"], ["A"]), ("q", ["x", "y"], ["B"]), ("r", [], ["C"]))

    found = made(evidence, learning_trees(evidence), runs, subjects)

    # A pair is in exactly one outcome; the visits of pairs are the pairs of visits.
    codes = [outcome.code for outcome in OUTCOMES]
    assert not found.pairs.duplicated(["region_id", "approach_id"]).any()
    assert set(found.pairs["outcome"]) <= set(codes)
    assert found.rates.loc[found.rates["level"] == "pair", "count"].sum() == len(found.pairs)
    assert found.pairs["visits"].sum() == len(found.meetings) == found.visits["pairs"].sum()
    assert found.visits[codes].to_numpy().sum() == len(found.meetings)
    # Every taking-over with a chosen visit stands at that visit, once; those of its own presence at its pair, once.
    chosen = found.takings[found.takings["visit_id"] != ""]
    assert found.visits[["stated", "consistent", "from above"]].to_numpy().sum() == len(chosen)
    own = chosen[chosen["grade"] == "consistent"]
    assert (found.pairs["grade"] == "consistent").sum() == len(own)
    taken = found.takings.merge(found.pairs, on=["region_id", "approach_id"])
    assert set(taken["outcome"]) <= {"taken over", "order unknown", "impossible"}
    # A project counts the takings-over that name it, each once.
    named = sum(len(names) for names in found.takings["projects"])
    assert found.projects[GRADES].to_numpy().sum() == named
    assert ((found.projects[GRADES].sum(axis=1) > 0) == (found.projects["grade"] != "")).all()


@settings(max_examples=10, deadline=None)
@given(EVENTS, MET, st.permutations(CITIES))
def test_the_order_of_regions_and_rows_plays_no_part(events: Events, met: Met, regions: list[str]) -> None:
    evidence = drawn(events, met)
    turned = replace(evidence, attended=evidence.attended[::-1], hosts=evidence.hosts[::-1], shown=evidence.shown[::-1])

    one = made(evidence, learning_trees(evidence))
    other = made(turned, learning_trees(evidence), regions=regions)

    pd.testing.assert_frame_equal(one.pairs, other.pairs)
    pd.testing.assert_frame_equal(one.rates, other.rates)


def test_silence_for_twice_the_usual_time_is_stalled() -> None:
    # Until 31 December 2020; the middle lag is 200 days. B came on 1 January 2020 (365 days ago), C and D in 2018.
    visits: list[Visit] = [("v", "2018", ["A"], ["B", "C", "D"]), ("w", "2020-01-01", ["A"], ["B"])]
    evidence = story([("D", "2019", "considering")], visits, until="2020-12-31")

    found = stalled(evidence, 200, CITIES)

    # Since 31 December 2018: 365 + 366 = 731 days.
    assert found.to_numpy().tolist() == [["C", "x", "v", 731, ""], ["D", "x", "v", 731, "considering"]]
    assert stalled(evidence, 182, CITIES)["region_id"].tolist() == ["B", "C", "D"]  # twice 182 is 364


def test_who_took_it_over_dropped_or_declined_it_is_not_stalled() -> None:
    steps: list[Step] = [("B", ""), ("C", "2016", "dropped")]
    evidence = story(steps, [("v", "2015", ["A"], ["A", "B", "C", "D"])], until="2020")

    assert stalled(with_outcomes(evidence, ("v", "D", "declined")), 100, CITIES).empty
    assert stalled(evidence, 100, CITIES)["region_id"].tolist() == ["D"]


def test_unless_told_those_are_asked_about_that_could_take_something_over() -> None:
    came: list[Visit] = [("v", "2015", ["D"], ["B", "C", "GE"])]
    evidence = story([("B", "2014", "considering")], came, origin="D", until="2020")

    assert stalled(evidence, 100)["region_id"].tolist() == ["B", "C"]
    assert stalled(evidence, 100, ["GE"])["region_id"].tolist() == ["GE"]


def test_a_region_in_which_it_began_or_was_taken_over_is_not_asked_what_came_of_it() -> None:
    # It began in Arnhem, which lies in Gelderland; Culemborg, which lies in Utrecht, took it over.
    visits: list[Visit] = [("v", "2015", ["A"], ["GE", "UT", "IS"])]

    began = story([], visits, until="2020")
    taken = story([("C", "2016")], visits, until="2020")

    assert stalled(began, 100, ["GE", "UT", "IS"])["region_id"].tolist() == ["IS", "UT"]
    assert stalled(taken, 100, ["GE", "UT", "IS"])["region_id"].tolist() == ["IS"]


def test_a_pair_whose_only_visit_is_undated_is_not_called_stalled() -> None:
    assert stalled(story((), [("v", "", ["A"], ["B"])], until="2020"), 100, CITIES).empty


@pytest.mark.parametrize("lag", [0.0, -1.0, np.nan, np.inf])
def test_stalled_needs_a_lag(lag: float) -> None:
    with pytest.raises(ValueError, match="positive number of days"):
        stalled(story(until="2020"), lag, CITIES)


def test_stalled_needs_to_know_until_when_the_records_reach() -> None:
    with pytest.raises(ValueError, match="until when"):
        stalled(replace(story(until="2020"), until=None), 100, CITIES)


def test_moving_all_dates_moves_nothing_else() -> None:
    one = story((), [("v", "2015-03-01", ["A"], ["B"])], until="2020-12-31")
    later = story((), [("v", "2015-03-11", ["A"], ["B"])])
    later = replace(later, until=date(2021, 1, 10))

    pd.testing.assert_frame_equal(stalled(one, 100, CITIES), stalled(later, 100, CITIES))


def test_every_outcome_and_measure_has_words() -> None:
    assert len({item.code for item in OUTCOMES}) == len(OUTCOMES) == 9
    for text in [words for item in OUTCOMES for words in (item.title, item.explained)]:
        assert text
        assert "led to" not in text
    assert all(item.title and item.words and item.source for item in MEASURES)
