"""Names as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.analysis.matching import CERTAIN, GOOD, matches, plain

NAMES = [
    "Zürich-Noord",
    "City of Turin",
    "Málaga",
    "Gelderland",
    "Arnhem",
    "Groningen",
    "Employee Insurance Agency",
    "Łódź",
    "Ahrensburg",
]
PLAIN = [plain(name) for name in NAMES]


def best(typed: str) -> str:
    found = matches(typed, PLAIN)
    return NAMES[found[0].place] if found else ""


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Málaga", "Málaga"),
        ("malaga", "Málaga"),
        ("MALAGA", "Málaga"),
        ("málaga ", "Málaga"),
        ("zurich noord", "Zürich-Noord"),
        ("Zürich‐Noord", "Zürich-Noord"),  # another hyphen
        ("turin", "City of Turin"),
        ("city turin", "City of Turin"),
        ("arhnem", "Arnhem"),  # two letters swapped
        ("arnem", "Arnhem"),  # one left out
        ("arnhemm", "Arnhem"),  # one too many
        ("gronignen", "Groningen"),
        ("lodz", "Łódź"),
        ("emplyee insurance", "Employee Insurance Agency"),
        ("grön", "Groningen"),
    ],
)
def test_a_name_is_found_as_people_type_it(typed: str, name: str) -> None:
    assert best(typed) == name


@pytest.mark.parametrize("typed", ["", "   ", "-", "…", "\t\n"])
def test_nothing_typed_finds_nothing(typed: str) -> None:
    assert matches(typed, PLAIN) == []


def test_nothing_is_found_among_no_names() -> None:
    assert matches("turin", []) == []


def test_what_resembles_no_name_finds_nothing() -> None:
    assert matches("xyzzyqux", PLAIN) == []


def test_a_name_typed_in_full_is_certain_and_comes_first() -> None:
    found = matches("arnhem", [plain("Arnhem-Noord"), plain("Arnhem"), plain("Municipality of Arnhem")])

    assert found[0].place == 1
    assert found[0].score == 100
    assert all(match.score < 100 for match in found[1:])


def test_the_beginning_of_a_name_counts_more_than_its_middle() -> None:
    found = matches("arn", [plain("Bad Arnheim"), plain("Arnhem City")])

    assert [match.place for match in found] == [1, 0]


def test_a_slip_is_never_certain() -> None:
    (match,) = matches("arhnem", [plain("Arnhem")])

    assert GOOD <= match.score < CERTAIN


def test_no_more_are_given_than_were_asked_for() -> None:
    assert len(matches("city", ["city"] * 50, most=7)) == 7


def test_equal_names_come_in_the_order_of_the_list() -> None:
    assert [match.place for match in matches("bonn", ["bonn", "berlin", "bonn"])] == [0, 2]


@given(st.text(max_size=30))
def test_plain_names_stay_plain(name: str) -> None:
    once = plain(name)

    assert plain(once) == once
    assert once == once.strip()
    assert "  " not in once


@given(st.text(max_size=20), st.lists(st.text(max_size=20), max_size=6))
def test_whatever_is_typed_the_scores_are_in_order(typed: str, names: list[str]) -> None:
    found = matches(typed, [plain(name) for name in names])

    scores = [match.score for match in found]
    assert scores == sorted(scores, reverse=True)
    assert all(GOOD <= score <= 100 for score in scores)
    assert len({match.place for match in found}) == len(found)


@given(st.sampled_from(NAMES), st.data())
def test_two_neighbouring_letters_swapped_still_find_a_longer_name(name: str, data: st.DataObject) -> None:
    letters = list(plain(name))
    place = data.draw(st.integers(0, len(letters) - 2))
    letters[place], letters[place + 1] = letters[place + 1], letters[place]

    if len(letters) > 5:
        assert name in [NAMES[match.place] for match in matches("".join(letters), PLAIN)]
