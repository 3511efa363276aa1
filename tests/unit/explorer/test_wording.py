"""What is asked in words of a language, and which entries hold most of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.analysis.matching import plain
from explorer.analysis.wording import FAMILIES, KINDS, SMALL, TIERS, Texts, Wanted, spelling, wanted

NAMES = [["Partner meeting, Chemnitz"], ["City of Chemnitz"], ["Territoires zéro chômeur de longue durée"], ["Ohjaamo"]]
SAID = [[], ["Germany"], ["Inclusive labour market"], ["One-stop guidance", "Young people into work"]]


def held(typed: str) -> list[tuple[int, tuple[str, ...]]]:
    return [(item.place, item.words) for item in Texts(NAMES, SAID).holding(wanted(typed).words)]


@pytest.mark.parametrize(
    ("typed", "words", "labels"),
    [
        ("visit to Chemnitz", ("chemnitz",), {"Visit"}),
        ("bezoek aan de regio Twente", ("twente",), {"Visit", "Region"}),
        ("Besuch in Chemnitz", ("chemnitz",), {"Visit"}),
        ("Ansätze für Jugendliche", ("jugendliche",), {"Approach"}),
        ("Which approach should we show at the next Pact meeting?", ("pact",), {"Approach", "Visit"}),
        ("Pact, pact", ("pact",), set()),
    ],
)
def test_small_words_and_kinds_of_entry_are_set_apart(typed: str, words: tuple[str, ...], labels: set[str]) -> None:
    assert wanted(typed) == Wanted(words, frozenset(labels))


@pytest.mark.parametrize(("typed", "words"), [("the next meeting", ("meeting",)), ("the", ("the",)), ("…", ())])
def test_where_nothing_else_is_typed_these_words_are_what_is_sought(typed: str, words: tuple[str, ...]) -> None:
    assert wanted(typed) == Wanted(words, frozenset())


def test_a_name_counts_more_than_what_is_said_and_more_words_count_more_than_either() -> None:
    texts = Texts([["Vouchers"], ["Practice days"], ["Training vouchers"]], [["training"], ["vouchers"], []])

    assert [item.place for item in texts.holding(("vouchers",))] == [0, 2, 1]
    assert [(item.place, item.words) for item in texts.holding(("training", "vouchers"))] == [
        (2, ("training", "vouchers")),
        (0, ("training", "vouchers")),
        (1, ("vouchers",)),
    ]


def test_the_score_is_that_of_the_best_tier_of_each_word() -> None:
    (found,) = Texts([["Vouchers"]], [["vouchers in Twente"]], [["Netherlands"]]).holding(
        ("vouchers", "twente", "netherl")
    )

    assert found.score == pytest.approx(TIERS[0] + TIERS[1] + 0.9 * TIERS[2])
    assert found.as_typed


def test_words_of_another_language_that_say_the_same_are_held_too() -> None:
    assert held("long-term unemployment") == [(2, ("long", "term", "unemployment"))]
    assert held("langdurige werkloosheid") == [(2, ("langdurige", "werkloosheid"))]
    assert held("Jugend") == [(3, ("jugend",))]


def test_a_compound_says_what_its_longest_beginning_says() -> None:
    texts = Texts([["A long journey"], ["Zéro chômeur"]])

    assert [item.place for item in texts.holding(("langzeitarbeitslosigkeit",))] == [1]


def test_only_a_word_that_nothing_holds_may_be_a_slip() -> None:
    texts = Texts([["employment"], ["unemployment"]])

    assert [item.place for item in texts.holding(("unemployment",))] == [1]
    (found,) = Texts(NAMES[1:2]).holding(("chemnits",))
    assert not found.as_typed
    assert found.score < TIERS[0]


def test_two_letters_stand_for_no_beginning() -> None:
    assert Texts([["Chemnitz"]]).holding(("ch",)) == []


def test_words_are_told_as_they_were_typed() -> None:
    assert spelling("zero-unemployment België?") == {"zero": "zero", "unemployment": "unemployment", "belgie": "België"}


def test_all_words_of_the_lists_are_plain() -> None:
    listed = [*SMALL, *(word for own in KINDS.values() for word in own), *(part for own in FAMILIES for part in own)]

    assert [word for word in listed if plain(word) != word or " " in word] == []
    assert not SMALL & {word for own in KINDS.values() for word in own}


@given(st.text(max_size=40))
def test_whatever_is_typed_each_word_asked_for_can_be_told(typed: str) -> None:
    asked, spelt = wanted(typed), spelling(typed)

    assert set(asked.words) <= set(spelt)
    assert bool(asked.words) == bool(plain(typed))
    for item in Texts(NAMES, SAID).holding(asked.words):
        assert item.words
        assert set(item.words) <= set(asked.words)
