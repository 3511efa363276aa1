"""The page Questions: the library for readers."""

import re
from html import unescape

import pandas as pd
import pytest
from page_words import addresses, body, chart, title, words
from streamlit.testing.v1 import AppTest
from visiting import Open

from explorer.data import graph, questions
from explorer.data.questions import Look
from queries import library
from queries.looks import BAR, GRAPH, LINE, MAP, MATRIX, TABLE
from queries.statement import read_statement

ASKED = [item for item in library.queries() if item.is_question]


def test_every_question_is_listed_under_its_subject_with_what_it_tells(demo: Open) -> None:
    app = demo("questions")

    assert title(app) == f"{len(ASKED)} questions are ready to be asked"
    listed = [
        address.removeprefix("questions?query=") for address in addresses(app, "questions") if "query=" in address
    ]
    assert sorted(listed) == sorted(item.name for item in library.queries())
    assert all(item.title in words(app) for item in ASKED)


def test_a_question_is_found_in_plain_words(demo: Open) -> None:
    app = demo("questions?q=attendance+of+regions")

    found = addresses(app, "questions")[:3]
    assert "questions?query=region_attendance" in found
    assert "question fits" in words(app) or "questions fit" in words(app)


def test_words_that_no_question_holds_are_told(demo: Open) -> None:
    assert "No ready question holds “xylophone”." in words(demo("questions?q=xylophone"))


def test_a_question_says_what_must_be_chosen_and_offers_what_the_graph_has(demo: Open) -> None:
    app = demo("questions?query=shared_projects")

    assert title(app) == "Projects that two organisations share"
    assert "Choose to see the answer: Organisation and The other organisation." in words(app)
    offered = app.selectbox(key="asks-partner").options
    assert "City of Turin" in offered
    assert len(offered) == len(graph.ask("organisations"))


def test_what_is_chosen_goes_into_the_address_and_is_answered(demo: Open) -> None:
    app = demo("questions?query=partners_of")

    app.selectbox(key="asks-organisation").select("municipality-it-turin").run()

    partners = graph.ask("partners_of", organisation="municipality-it-turin")
    assert app.query_params["organisation"] == "municipality-it-turin"
    assert title(app) == f"Partners of an organisation: {len(partners)}"
    assert partners["name"][0] in words(app)


def test_a_link_with_what_was_chosen_gives_the_answer_at_once_with_names_as_links(demo: Open) -> None:
    app = demo("questions?query=adoption_steps&approach=barnahus&limit=3")

    assert title(app) == "Steps of taking up: 3"
    assert app.selectbox(key="asks-approach").value == "barnahus"
    assert any(address.startswith("region?id=") for address in addresses(app))


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("questions?query=partners_of&organisation=nobody", "nothing in the data has the id “nobody”"),
        ("questions?query=regions&limit=many", 'limit must be a whole number, and "many" is not'),
        ("questions?query=latest_steps&stages=partial&stages=spaceship", "has the id “spaceship”"),
        ("questions?query=no_such_question", "The library has no question of the name “no_such_question”."),
    ],
)
def test_what_cannot_be_asked_is_told_in_a_sentence(demo: Open, address: str, sentence: str) -> None:
    app = demo(address)

    assert sentence in words(app)
    assert "<table" not in body(app)


def test_no_answer_is_an_answer(demo: Open) -> None:
    app = demo("questions?query=shared_projects&organisation=municipality-it-turin&partner=municipality-it-turin")

    assert title(app) == "Projects that two organisations share: 0" or "<table" in body(app)


def test_the_answer_can_be_copied_as_cypher_and_for_a_notebook(demo: Open) -> None:
    app = demo("questions?query=partners_of&organisation=municipality-it-turin")

    cypher, python = (
        unescape(code) for code in re.findall(r"<pre [^>]*><code>(.*?)</code></pre>", body(app), re.DOTALL)
    )
    statement = read_statement(cypher)
    rows = graph.store().read(statement.cypher, statement.parameters)
    expected = library.rows("partners_of", store=graph.store(), organisation="municipality-it-turin")
    assert rows == expected
    assert "library.run(\"partners_of\", organisation='municipality-it-turin')" in python


@pytest.mark.parametrize(
    ("rows", "forms"),
    [
        ({"name": ["a", "b"], "count": [1, 2]}, {TABLE, BAR}),
        ({"year": [2019, 2020], "visits": [1, 2]}, {TABLE, LINE}),
        ({"note": ["only text", "and more"]}, {TABLE}),
        ({"value": [1, 2]}, {TABLE}),
        ({"who": ["city-no-bergen", "region-none"], "n": [1, 2]}, {TABLE, BAR}),
        ({"region": ["city-no-bergen"], "n": [1]}, {TABLE, MAP}),
    ],
)
def test_the_looks_of_rows_are_told_by_what_their_columns_hold(
    demo: Open, rows: dict[str, list[object]], forms: set[str]
) -> None:
    demo("overview")

    assert {look.form for look in questions.possible(pd.DataFrame(rows))} == forms


def test_a_network_of_rows_adds_up_ties_and_leaves_out_ties_to_oneself(demo: Open) -> None:
    demo("overview")
    rows = pd.DataFrame({"a": ["x", "y", "x", "z"], "b": ["y", "x", "x", None], "n": [1, 2, 5, 1]})

    drawn = questions.network_of(rows, Look(GRAPH, {"start": "a", "end": "b", "weight": "n"}))

    assert drawn.ties[["a", "b", "strength"]].values.tolist() == [["x", "y", 3]]
    assert list(drawn.nodes.index) == ["x", "y"]


def test_a_tie_of_no_strength_is_drawn_all_the_same(demo: Open) -> None:
    demo("overview")
    rows = pd.DataFrame({"a": ["x", "y"], "b": ["y", "z"], "n": [0, -3]})

    drawn = questions.network_of(rows, Look(GRAPH, {"start": "a", "end": "b", "weight": "n"}))

    assert len(drawn.ties) == 2
    assert drawn.nodes[["x", "y"]].notna().all(axis=None)


def test_a_large_network_keeps_the_strongest_ties(demo: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    demo("overview")
    monkeypatch.setattr(questions, "DRAWN", 2)
    rows = pd.DataFrame({"a": ["p", "q"], "b": ["q", "r"], "n": [1, 9]})

    drawn = questions.network_of(rows, Look(GRAPH, {"start": "a", "end": "b", "weight": "n"}))

    assert (set(drawn.nodes.index), drawn.left_out) == ({"q", "r"}, 1)


NO_SUCH_PICTURE = MATRIX, "carried_over"  # the plan of the demo that carries a project over has no criteria


def asked_by_itself(form: str) -> list[str]:
    """Questions with that look that need nothing to be chosen."""
    return [
        item.name
        for item in library.queries()
        if any(look.form == form for look in item.looks) and not any(parameter.required for parameter in item.params)
    ]


def is_drawn(app: AppTest, form: str) -> bool:
    marks = {BAR: 'class="bar"', MAP: 'class="map wide"', MATRIX: 'class="crosstab"', TABLE: "<table"}
    if form in marks:
        return marks[form] in body(app)
    return bool(chart(app, "answer-line" if form == LINE else "answer-network")["series"])


@pytest.mark.parametrize(
    ("form", "query"), [(form, query) for form in (BAR, LINE, MAP, GRAPH, MATRIX) for query in asked_by_itself(form)]
)
def test_an_answer_is_drawn_in_each_of_its_looks_with_the_table_beneath(demo: Open, form: str, query: str) -> None:
    app = demo(f"questions?query={query}&look={form}")

    assert title(app)
    if (form, query) == NO_SUCH_PICTURE:
        assert "These rows make no such picture" in words(app)
    elif len(graph.ask(query)):
        assert is_drawn(app, form)
        assert "<table" in body(app)
    else:
        assert "Nothing in the data answers this" in words(app)


def test_where_a_small_region_has_no_answer_the_regions_around_it_are_offered(demo: Open) -> None:
    app = demo("questions?query=brokers_between&region=city-nl-rotterdam&other=city-it-turin")

    assert title(app) == "Who connects two regions? 0 answers"
    assert "questions?query=brokers_between&region=AM22&other=city-it-turin" in addresses(app, "questions")


def test_regions_of_one_name_are_told_apart_by_their_kind(demo: Open) -> None:
    app = demo("questions?query=themes_never_met")

    offered = app.selectbox(key="asks-region").options
    assert {"Zeeland (Labour-market region)", "Zeeland (Province)"} <= set(offered)
    assert len(set(offered)) == len(offered)


def test_how_it_is_counted_is_a_fold_beneath_the_first_sentence(demo: Open) -> None:
    page = body(demo("questions?query=brokers"))

    first, _point, rest = library.query("brokers").description.partition(". ")
    assert f'<p class="lead">{first}.</p>' in page
    assert rest in page[page.index("<summary>How it is counted</summary>") :]
