"""What a region gave and took: small worlds counted by hand."""

from datetime import date

import pytest
from recommend_world import world

from explorer.analysis.spread.accounts import Account, Ledger, Passed, own_lag
from explorer.analysis.spread.evidence import Evidence
from explorer.analysis.spread.learning import learning_trees

# x began at a in 2010; b and c saw it there in 2015, b took it over in 2016; d took it over without a visit.
COURSE = world(
    [("x", "a", "2010")],
    [("b", "x", "full", "2016-01-01"), ("d", "x", "partial", "2017-01-01"), ("c", "x", "considering", "2015-06-01")],
    [("v", "a", "x", "2015-01-01", "bc")],
)


def account(evidence: Evidence, region: str) -> Account:
    return Ledger(evidence, learning_trees(evidence).values()).account(region)


def learners(rows: tuple[Passed, ...]) -> list[tuple[str, str, str]]:
    return [(item.learner, item.source, item.visit) for item in rows]


def test_what_began_there_and_was_learnt_there_is_given() -> None:
    own = account(COURSE, "a")

    assert own.began == ("x",)
    assert own.elsewhere == {"x": 2}  # b and d have it
    assert own.went == 1
    assert learners(own.given) == [("b", "a", "v")]  # of d nobody knows from whom
    assert own.taken == ()
    assert own.saw == {}


def test_what_was_taken_over_after_a_visit_is_one_of_those_seen() -> None:
    own = account(COURSE, "b")

    assert own.took == 1
    assert learners(own.taken) == [("b", "a", "v")]
    assert own.saw == {"x": ("v",)}
    assert [item.approach for item in own.after] == ["x"]
    assert own_lag(own.after) == (12, 12)  # 365 days


def test_what_was_seen_and_not_taken_over_is_seen_and_considered() -> None:
    own = account(COURSE, "c")

    assert own.saw == {"x": ("v",)}
    assert own.after == ()
    assert own.took == 0
    assert [(item.approach, item.stage) for item in own.considers] == [("x", "considering")]


def test_a_taking_over_without_a_known_visit_is_taken_and_not_after_one() -> None:
    own = account(COURSE, "d")

    assert learners(own.taken) == [("d", "", "")]
    assert not own.taken[0].known
    assert own.saw == {}
    assert own.after == ()


def test_a_region_counts_with_all_that_lies_in_it() -> None:
    evidence = world(
        [("x", "a", "2010")],
        [("b", "x", "full", "2016-01-01"), ("c", "x", "full", "2016-06-01")],
        [("v", "a", "x", "2015-01-01", "bc")],
        parents={"b": "p", "c": "p", "p": "n", "a": "n"},
    )

    above = account(evidence, "p")
    assert above.took == 1
    assert learners(above.taken) == [("b", "a", "v"), ("c", "a", "v")]
    assert {(trip.visit, trip.region) for trip in above.trips} == {("v", "a")}

    whole = account(evidence, "n")
    assert whole.taken == ()  # a lies in it, too: what spread, spread within it
    assert learners(whole.within) == [("b", "a", "v"), ("c", "a", "v")]
    assert whole.elsewhere == {"x": 0}
    assert whole.met == ()


def test_a_visit_to_oneself_is_no_trip() -> None:
    evidence = world([("x", "a", "2010")], visits=[("v", "a", "x", "2015-01-01", "ab")])

    assert [(guest.visit, guest.region) for guest in account(evidence, "a").guests] == [("v", "b")]
    assert account(evidence, "a").trips == ()
    assert [(trip.visit, trip.region) for trip in account(evidence, "b").trips] == [("v", "a")]


def test_what_was_stopped_and_what_was_decided_against_are_both_told() -> None:
    evidence = world(
        [("x", "a", "2010")],
        [
            ("b", "x", "full", "2012-01-01"),
            ("b", "x", "dropped", "2014-01-01"),
            ("c", "x", "considering", "2012-01-01"),
            ("c", "x", "dropped", "2013-01-01"),
        ],
    )

    assert [item.region for item in account(evidence, "b").dropped] == ["b"]
    assert account(evidence, "b").took == 1
    assert [item.region for item in account(evidence, "c").dropped] == ["c"]
    assert account(evidence, "c").considers == ()


def came_before(evidence: Evidence, region: str) -> list[tuple[str, str, str]]:
    """Of each decision against something told of a region: whose, the visit before it, and how that counts."""
    return [(item.region, item.visit, item.how) for item in account(evidence, region).dropped]


# b, a part of p, decided against x in 2013; p, which b lies in, came to "above", and c, beside b, to "beside".
REFUSED = (
    [("x", "a", "2010")],
    [("b", "x", "considering", "2012-01-01"), ("b", "x", "dropped", "2013-06-01")],
)
PARTS = {"b": "p", "c": "p"}


@pytest.mark.parametrize(
    ("visits", "told"),
    [
        ([], ("", "")),
        ([("v", "a", "x", "2012-06-01", "b")], ("v", "own")),
        ([("v", "a", "x", "2013-06-02", "b")], ("", "")),  # certainly after the decision
        ([("v", "a", "x", "2013", "b")], ("v", "own")),  # the dates leave open which came first
        ([("v", "a", "x", "", "b")], ("v", "own")),  # its date is not known
        ([("v", "a", "x", "2012-06-01", "c")], ("", "")),  # a neighbour's visit is not its own
        ([("v", "a", "x", "2012-06-01", "pB")], ("v", "from above")),
        ([("above", "a", "x", "2013-01-01", "B"), ("own", "a", "x", "2012-01-01", "b")], ("own", "own")),
        ([("late", "a", "x", "2013-01-01", "b"), ("early", "a", "x", "2012-01-01", "b")], ("late", "own")),
        ([("v", "b", "x", "2012-06-01", "bc")], ("", "")),  # seen at home: it did not go
        ([("v", "a", "y", "2012-06-01", "b")], ("", "")),  # about something else
    ],
)
def test_a_decision_against_is_told_with_a_visit_of_that_region_itself_that_is_not_certainly_later(
    visits: list[tuple[str, str, str, str, str]], told: tuple[str, str]
) -> None:
    evidence = world(*REFUSED, visits, parents=PARTS)

    assert came_before(evidence, "b") == [("b", *told)]
    assert came_before(evidence, "p") == [("b", *told)]  # the region above tells the same


def test_interest_is_told_with_the_last_visit_of_that_region_before_or_after() -> None:
    evidence = world(
        [("x", "a", "2010")],
        [("b", "x", "adapting", "2012-01-01"), ("c", "x", "considering", "2012-01-01")],
        [("v", "a", "x", "2011-01-01", "b"), ("w", "a", "x", "2013-01-01", "b")],
        parents=PARTS,
    )

    found = {item.region: (item.visit, item.how) for item in account(evidence, "p").considers}
    assert found == {"b": ("w", "own"), "c": ("", "")}


def test_interest_of_a_province_is_not_told_where_its_city_took_it_over() -> None:
    evidence = world(
        [("x", "a", "2010")],
        [("p", "x", "considering", "2012-01-01"), ("b", "x", "full", "2014-01-01")],
        parents={"b": "p"},
    )

    assert account(evidence, "p").considers == ()


def test_a_region_of_which_nothing_is_on_record_has_an_empty_account() -> None:
    own = account(COURSE, "f")

    assert own.empty
    assert own.inside == {"f"}
    assert "f" not in Ledger(COURSE, learning_trees(COURSE).values()).taking_part()


def test_every_taking_over_is_in_exactly_one_column_of_each_account() -> None:
    ledger = Ledger(COURSE, learning_trees(COURSE).values())

    for region in COURSE.land.names:
        own = ledger.account(region)
        steps = [item.step for item in (*own.given, *own.taken, *own.within)]
        assert len(steps) == len(set(steps))
        inside = {item.step for _approach, item in ledger.learners if item.region in own.inside}
        assert inside == {item.step for item in (*own.taken, *own.within)}


@pytest.mark.parametrize(
    ("lags", "said"),
    [
        ([], None),
        ([None], None),
        ([(365, 365)], (12, 12)),
        ([(0, 730)], (0, 24)),
        ([(30, 30), (90, 90), (900, 900)], (3, 3)),  # the middle of 1, 3 and 30 months
        ([(30, 30), (90, 90)], (2, 2)),
    ],
)
def test_the_own_lag_is_the_median_of_least_and_of_most(
    lags: list[tuple[int, int] | None], said: tuple[int, int] | None
) -> None:
    taken = (date(2020, 1, 1), date(2020, 1, 1))

    found = [
        Passed("x", "b", f"s{n}", taken, None, "consistent", "a", "", "v", True, lag) for n, lag in enumerate(lags)
    ]

    assert own_lag(found) == said
