"""The Cypher editor from the server's side: what it is given to show, and what it hands back and when."""

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from explorer.views.editor import BUILT, EditorEvent, event_slot
from explorer.views.editor.labels import Mark, editor_labels


def page() -> None:
    import streamlit as st

    from explorer.data.editor_words import Words
    from explorer.views.editor import editor

    asked = st.session_state["asked"]
    st.session_state["got"] = editor("own", **{"words": Words(keywords=("MATCH",))} | asked)


def shown(**asked: Any) -> AppTest:
    """The page with the editor, asked for in this way."""
    at = AppTest.from_function(page)
    return again(at, **asked)


def again(at: AppTest, **asked: Any) -> AppTest:
    at.session_state["asked"] = asked
    at.run()
    assert not at.exception
    return at


def given(at: AppTest) -> dict[str, Any]:
    """What the field was given."""
    found: dict[str, Any] = json.loads(at.get("bidi_component")[1].proto.json)
    return found


def known(at: AppTest) -> dict[str, Any]:
    """What the code was given."""
    found: dict[str, Any] = json.loads(at.get("bidi_component")[0].proto.json)
    return found


def sent(at: AppTest, statement: str, parameters: str = "", *, run: bool = False) -> AppTest:
    """The page run again after the browser sent something."""
    at.session_state[event_slot("own")] = EditorEvent(statement, parameters, run)
    return again(at, **at.session_state["asked"])


def test_the_editor_is_given_the_text_and_nothing_comes_back_before_something_is_sent() -> None:
    at = shown(value="RETURN 1")

    assert given(at)["statement"] == "RETURN 1"
    assert given(at)["parameters"] is None
    assert given(at)["marks"] == []
    assert at.session_state["got"] is None


def test_an_event_comes_back_once() -> None:
    at = shown(value="RETURN 1")

    sent(at, "RETURN 2", run=True)
    assert at.session_state["got"] == EditorEvent("RETURN 2", "", run=True)
    at.run()

    assert at.session_state["got"] is None


def test_another_value_is_put_in_and_the_same_one_is_not() -> None:
    at = shown(value="RETURN 1")
    first = given(at)["loaded"]

    assert given(again(at, value="RETURN 1"))["loaded"] == first
    again(at, value="RETURN 2")

    assert given(at)["loaded"] == first + 1
    assert given(at)["statement"] == "RETURN 2"


def test_the_same_value_is_put_in_again_with_another_version() -> None:
    at = shown(value="RETURN 1")

    again(at, value="RETURN 1", version=1)

    assert given(at)["loaded"] == 1


def test_other_parameters_are_put_in_with_the_statement() -> None:
    at = shown(value="RETURN $a", parameters_text=":param a => 1;")
    assert given(at)["parameters"] == ":param a => 1;"

    again(at, value="RETURN $a", parameters_text=":param a => 2;")

    assert (given(at)["loaded"], given(at)["parameters"]) == (1, ":param a => 2;")


def test_faults_are_given_with_their_place_in_words() -> None:
    marks = [Mark(2, 3, "there is no label Regoin", 6), Mark(1, 1, "no value", part="parameters")]

    at = shown(value="RETURN 1", mistakes=marks)

    assert [item["said"] for item in given(at)["marks"]] == [
        "Line 2, column 3: there is no label Regoin",
        "Parameters, line 1, column 1: no value",
    ]
    assert given(at)["marks"][0]["length"] == 6


def test_words_and_texts_are_given_beside_the_code_and_not_with_the_text() -> None:
    at = shown(value="RETURN 1")
    before = at.get("bidi_component")[0].proto.SerializeToString()

    again(at, value="RETURN 2", mistakes=[Mark(1, 1, "wrong")])

    assert known(at)["words"]["keywords"] == ["MATCH"]
    assert known(at)["labels"]["run"] == "Run"
    assert known(at)["digest"] == given(at)["known"]
    assert at.get("bidi_component")[0].proto.SerializeToString() == before
    assert len(at.get("bidi_component")[1].proto.SerializeToString()) < 2_000


def test_other_texts_are_another_thing_to_know() -> None:
    from dataclasses import replace

    at = shown(value="RETURN 1")
    first = given(at)["known"]

    again(at, value="RETURN 1", labels=replace(editor_labels(), run="Uitvoeren"))

    assert given(at)["known"] != first


@pytest.mark.parametrize("name", ["editor.js", "field.js", "editor.css"])
def test_a_built_file_has_more_than_one_line_or_it_would_be_taken_for_a_path(name: str) -> None:
    assert "\n" in (BUILT / name).read_text(encoding="utf-8").strip()


def test_the_built_code_asks_nobody_evaluates_nothing_and_is_small() -> None:
    code = (BUILT / "editor.js").read_text(encoding="utf-8")

    assert len(code.encode()) < 500_000
    assert code.count("://") == code.count("http://www.w3.org/")
    for word in ("new Function", "eval(", "fetch(", "XMLHttpRequest", "sendBeacon", "import("):
        assert word not in code


def test_the_licences_of_all_that_was_built_in_stand_beside_it() -> None:
    licences = (BUILT / "LICENCES.txt").read_text(encoding="utf-8")
    wanted = json.loads((BUILT.parent / "package.json").read_text(encoding="utf-8"))["dependencies"]

    for name, version in wanted.items():
        assert f"{name} {version} (MIT)" in licences
