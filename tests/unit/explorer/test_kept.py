from collections.abc import Iterator

import pytest
import streamlit as st

from explorer.data import kept

WORKED: list[str] = []


@kept.shared(3)
def inner(version: str) -> list[str]:
    WORKED.append(f"inner {version}")
    kept.note("regions", ())
    return ["inner"]


@kept.copied(3)
def outer(approach: str, version: str) -> list[str]:
    WORKED.append(f"outer {version}")
    kept.note("visits_about", (("approach", approach),))
    return [*inner(version), "outer"]


@kept.shared(3)
def other(version: str) -> list[str]:
    return [f"other {version}"]


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    WORKED.clear()
    st.cache_data.clear()
    st.cache_resource.clear()
    yield
    st.cache_data.clear()
    st.cache_resource.clear()


def asked(version: str) -> list[kept.Question]:
    with kept.noting() as noted:
        outer("barnahus", version)
    return list(noted.values())


def test_an_answer_is_worked_out_once_for_each_version() -> None:
    assert outer("barnahus", "one") == outer("barnahus", "one") == ["inner", "outer"]
    outer("barnahus", "two")

    assert WORKED == ["outer one", "inner one", "outer two", "inner two"]


def test_a_kept_answer_tells_what_it_was_made_from_also_where_that_was_kept_before() -> None:
    inner("one")

    first, again = asked("one"), asked("one")

    assert first == again == [("visits_about", (("approach", "barnahus"),)), ("regions", ())]
    assert WORKED == ["inner one", "outer one"]


def test_a_question_asked_twice_is_told_once() -> None:
    with kept.noting() as noted:
        kept.note("regions", ())
        inner("one")
        kept.note("regions", (("limit", 5),))

    assert list(noted.values()) == [("regions", ()), ("regions", (("limit", 5),))]


def test_what_is_asked_outside_is_noted_nowhere() -> None:
    with kept.noting() as noted:
        pass
    inner("one")

    assert noted == {}


def test_functions_are_kept_apart_by_their_names() -> None:
    assert (inner("one"), other("one")) == (["inner"], ["other one"])


def test_a_copied_answer_is_the_callers_own_and_a_shared_one_is_everybodys() -> None:
    outer("barnahus", "one").append("mine")

    assert outer("barnahus", "one") == ["inner", "outer"]
    assert inner("one") is inner("one")


def test_what_is_forgotten_is_worked_out_anew() -> None:
    inner("one")
    inner.clear()
    inner("one")

    assert WORKED == ["inner one", "inner one"]
