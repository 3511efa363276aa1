"""Ties from participations, memberships and visits."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from explorer.analysis import ties

PAIRS = st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from("PQRS")), max_size=24)
PRESENCE = st.lists(
    st.tuples(st.sampled_from("VW"), st.sampled_from(["hosted", "attended"]), st.sampled_from("abcd")), max_size=16
)


def shared(*pairs: tuple[str, str]) -> pd.DataFrame:
    return pd.DataFrame(list(pairs), columns=["body", "thing"])


def rows(table: pd.DataFrame) -> list[tuple[str, str, int, list[str]]]:
    return list(table.itertuples(index=False, name=None))


def presence(*parts: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(list(parts), columns=["visit_id", "part", "body_id"])


def test_who_shares_a_project_is_tied_by_it() -> None:
    # P is shared by a, b and c: three pairs. Q by a and b: one more for that pair.
    found = ties.ties_through(shared(("a", "P"), ("b", "P"), ("c", "P"), ("b", "Q"), ("a", "Q")), "body", "thing")

    assert rows(found) == [("a", "b", 2, ["P", "Q"]), ("a", "c", 1, ["P"]), ("b", "c", 1, ["P"])]


def test_two_roles_in_one_project_are_one_participation() -> None:
    found = ties.ties_through(shared(("a", "P"), ("a", "P"), ("b", "P")), "body", "thing")

    assert rows(found) == [("a", "b", 1, ["P"])]


def test_who_shares_with_nobody_has_no_tie() -> None:
    assert rows(ties.ties_through(shared(("a", "P"), ("b", "Q")), "body", "thing")) == []
    assert list(ties.ties_through(shared(), "body", "thing").columns) == ties.COLUMNS


@given(PAIRS)
def test_strength_is_the_number_of_things_shared(pairs: list[tuple[str, str]]) -> None:
    found = ties.ties_through(shared(*pairs), "body", "thing")

    own = {body: {thing for other, thing in pairs if other == body} for body, _thing in pairs}
    expected = {(a, b): sorted(own[a] & own[b]) for a in own for b in own if a < b and own[a] & own[b]}
    assert {(a, b): through for a, b, _strength, through in rows(found)} == expected
    assert all(strength == len(through) for _a, _b, strength, through in rows(found))
    assert all(a < b for a, b, _strength, _through in rows(found))


@given(PAIRS.flatmap(lambda pairs: st.tuples(st.just(pairs), st.permutations(pairs))))
def test_the_order_of_rows_plays_no_part(both: tuple[list[tuple[str, str]], list[tuple[str, str]]]) -> None:
    one, other = (ties.ties_through(shared(*pairs), "body", "thing") for pairs in both)

    assert rows(one) == rows(other)


def test_a_visit_ties_its_host_to_each_guest_and_no_guest_to_another() -> None:
    found = ties.visit_ties(presence(("V", "hosted", "h"), ("V", "attended", "b"), ("V", "attended", "a")))

    assert rows(found) == [("a", "h", 1, ["V"]), ("b", "h", 1, ["V"])]


def test_visits_in_both_directions_make_one_tie() -> None:
    found = ties.visit_ties(
        presence(("V", "hosted", "a"), ("V", "attended", "b"), ("W", "hosted", "b"), ("W", "attended", "a"))
    )

    assert rows(found) == [("a", "b", 2, ["V", "W"])]


def test_a_host_at_its_own_visit_is_not_tied_to_itself() -> None:
    assert rows(ties.visit_ties(presence(("V", "hosted", "a"), ("V", "attended", "a")))) == []


def test_two_hosts_and_their_guest_make_two_ties() -> None:
    found = ties.visit_ties(presence(("V", "hosted", "a"), ("V", "hosted", "b"), ("V", "attended", "c")))

    assert rows(found) == [("a", "c", 1, ["V"]), ("b", "c", 1, ["V"])]


@given(PRESENCE.flatmap(lambda parts: st.tuples(st.just(parts), st.permutations(parts))))
def test_visit_ties_count_each_visit_once_in_any_order(
    both: tuple[list[tuple[str, str, str]], list[tuple[str, str, str]]],
) -> None:
    one, other = (ties.visit_ties(presence(*parts)) for parts in both)

    assert rows(one) == rows(other)
    for a, b, strength, through in rows(one):
        assert a < b
        assert strength == len(through) == len(set(through))
        for visit in through:
            there = {(part, body) for of, part, body in both[0] if of == visit}
            assert {("hosted", a), ("attended", b)} <= there or {("hosted", b), ("attended", a)} <= there


def test_a_member_is_tied_to_its_body_once_whatever_its_roles() -> None:
    table = pd.DataFrame({"organisation_id": ["b", "b", "a"], "member_of_id": ["u", "u", "u"]})

    assert rows(ties.membership_ties(table)) == [("a", "u", 1, ["u"]), ("b", "u", 1, ["u"])]


def test_strengths_of_several_kinds_add_up() -> None:
    projects = ties.ties_through(shared(("a", "P"), ("b", "P"), ("a", "Q"), ("b", "Q")), "body", "thing")
    visits = ties.visit_ties(presence(("V", "hosted", "b"), ("V", "attended", "a"), ("V", "attended", "c")))

    found = ties.together(
        projects, visits, ties.membership_ties(pd.DataFrame(columns=["organisation_id", "member_of_id"]))
    )

    assert rows(found) == [("a", "b", 3, ["P", "Q", "V"]), ("b", "c", 1, ["V"])]  # 2 projects + 1 visit


def test_ties_among_some_need_both_ends() -> None:
    table = ties.ties_through(shared(("a", "P"), ("b", "P"), ("c", "P")), "body", "thing")

    assert rows(ties.among(table, {"a", "b", "z"})) == [("a", "b", 1, ["P"])]
    assert rows(ties.among(table, set())) == []


def test_a_neighbourhood_is_the_body_and_those_tied_to_it() -> None:
    table = ties.ties_through(
        shared(("a", "P"), ("b", "P"), ("b", "Q"), ("c", "Q"), ("d", "R"), ("e", "R")), "body", "thing"
    )

    assert ties.neighbourhood(table, "b") == {"a", "b", "c"}
    assert ties.neighbourhood(table, "nobody") == {"nobody"}


def test_every_kind_of_tie_has_words_with_a_place_for_the_count() -> None:
    for kind in ties.TIE_KINDS:
        assert "{count}" in kind.sentence
        assert kind.title
        assert kind.unit
    assert len({kind.code for kind in ties.TIE_KINDS}) == len(ties.TIE_KINDS)
