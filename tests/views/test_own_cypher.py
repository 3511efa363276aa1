"""One's own Cypher on the page Questions, without a browser: what the editor would send is put where it waits."""

import re
import time
from urllib.parse import urlencode

import pytest
from page_words import body, words
from streamlit.testing.v1 import AppTest
from visiting import Open

from explorer.views.editor import EditorEvent, event_slot

KEY = "own-cypher"
LONG = "UNWIND range(1, 60000) AS i UNWIND range(1, 60000) AS j WITH i + j AS s RETURN max(s) AS largest"


def page(open_page: Open, cypher: str = "", **state: str) -> AppTest:
    return open_page("questions?" + urlencode({"own": "1"} | ({"cypher": cypher} if cypher else {}) | state))


def sends(app: AppTest, statement: str, *, run: bool = True) -> AppTest:
    """What the editor sends when Run is pressed, or when the reader leaves it."""
    app.session_state[event_slot(KEY)] = EditorEvent(statement, run=run)
    return settled(app.run())


def settled(app: AppTest) -> AppTest:
    """The page once nothing is running any more."""
    end = time.monotonic() + 40
    while any(button.key == "own-stop" for button in app.button) and time.monotonic() < end:
        time.sleep(0.2)
        app.run()
    assert not app.exception
    return app


def named(app: AppTest, key: str = "cypher") -> str:
    """What the address says under a key."""
    value = app.query_params[key]
    return value if isinstance(value, str) else value[-1]


def keys(app: AppTest) -> set[str]:
    return {str(button.key) for button in app.button}


def test_a_statement_is_run_and_its_rows_are_shown_with_their_count(demo: Open) -> None:
    cypher = "MATCH (r:Region) WHERE r.id IN ['AM24', 'AM01'] RETURN r.name AS name ORDER BY name"

    app = sends(page(demo), cypher)

    assert "2 rows in" in words(app)
    assert "Groningen" in words(app)
    assert (named(app, "run"), named(app)) == ("1", cypher)


def test_a_link_shows_the_same_answer(demo: Open) -> None:
    app = settled(page(demo, ":param id => 'AM24';\nMATCH (r:Region {id: $id}) RETURN r.name AS place", run="1"))

    assert "1 row in" in words(app)
    assert "Zeeland" in words(app)
    assert app.text_input(key="own-value-id").value == "'AM24'"


def test_a_link_that_was_not_run_waits_for_the_reader(demo: Open) -> None:
    app = page(demo, "RETURN 1 AS one")

    assert " in 0" not in words(app)
    assert "run" not in app.query_params


def test_leaving_the_editor_keeps_the_statement_and_runs_nothing(demo: Open) -> None:
    app = sends(page(demo), "RETURN $year AS year", run=False)

    assert named(app) == "RETURN $year AS year"
    assert app.text_input(key="own-value-year").value == ""
    assert "row in" not in words(app)


def test_a_value_from_its_field_is_put_above_the_statement(demo: Open) -> None:
    app = sends(page(demo), "RETURN $year AS year", run=False)

    app.text_input(key="own-value-year").set_value("2024").run()

    assert named(app) == ":param year => 2024;\nRETURN $year AS year"
    assert not app.exception


def test_what_is_no_value_is_told_and_stays_in_its_field(demo: Open) -> None:
    app = sends(page(demo), "RETURN $place AS place", run=False)

    app.text_input(key="own-value-place").set_value("Arnhem").run()

    assert "write a text in quotes, such as 'Arnhem'" in words(app)
    assert app.text_input(key="own-value-place").value == "Arnhem"
    assert named(app) == "RETURN $place AS place"


def test_a_statement_that_is_too_long_for_an_address_is_run_all_the_same(demo: Open) -> None:
    app = sends(page(demo), "RETURN 1 AS one // " + "x" * 5000)

    assert "1 row in" in words(app)
    assert "too long to stand in the address" in words(app)
    assert "cypher" not in app.query_params


def test_a_mistake_can_be_mended_by_a_button(demo: Open) -> None:
    app = sends(page(demo), "MATCH (o:Organization) RETURN count(o) AS found")
    assert "There is no label `Organization`: did you mean `Organisation`?" in words(app)

    app.button(key="own-doubt-0").click().run()
    settled(app)

    assert "Organisation)" in named(app)
    assert "There is no label" not in words(app)


def test_no_rows_are_told_with_what_a_row_would_hold(demo: Open) -> None:
    app = sends(page(demo), "MATCH (r:Region {id: 'nowhere'}) RETURN r.name AS name, r.kind AS kind")

    assert "No rows: nothing in the graph is as the statement says. A row would hold name and kind." in words(app)


def test_what_would_be_answered_wrongly_is_not_run(demo: Open) -> None:
    app = sends(page(demo), "MATCH (r:Region) RETURN max(r.population) IS NULL AS missing")

    assert "row in" not in words(app)
    assert "run" not in app.query_params


@pytest.mark.parametrize("cypher", ["CREATE (:Region {id: 'x'})", "SHOW TRANSACTIONS", "MATCH (n) DETACH DELETE n"])
def test_what_does_more_than_read_is_refused_in_a_sentence(demo: Open, cypher: str) -> None:
    app = sends(page(demo), cypher)

    assert "nly reading" in words(app)
    assert "rows in" not in words(app)


def test_a_statement_that_runs_can_be_stopped(demo: Open) -> None:
    app = page(demo)
    app.session_state[event_slot(KEY)] = EditorEvent(LONG, run=True)
    app.run()
    assert "Running for" in words(app)

    app.button(key="own-stop").click().run()
    settled(app)

    assert "Stopped; the engine no longer works on it." in words(app)


def test_the_plan_is_told_without_running_anything(demo: Open) -> None:
    app = sends(page(demo), "MATCH (r:Region {id: 'AM24'}) RETURN r.name AS name", run=False)

    app.button(key="own-plan").click().run()

    assert "Looks up Region.id through an index" in words(app)
    assert "row in" not in words(app)


def test_nodes_and_relationships_are_named_and_drawn(demo: Open) -> None:
    app = sends(page(demo), "MATCH p = (:Region {id: 'AM24'})<-[:LOCATED_IN]-(:Organisation) RETURN p")

    assert "LOCATED_IN" in words(app)
    assert "data_sets" not in words(app)


@pytest.mark.parametrize(
    "cypher",
    [
        "RETURN point({latitude: 51.9, longitude: 5.9}) AS p, duration('P1D') AS d, time('10:00') AS t, null AS n",
        "UNWIND [1, 'x', null, true, [1, [2]], {a: {b: 1}}] AS mixed RETURN mixed, [] AS list",
        "MATCH (n)-[r]->(m) RETURN r, {a: n, b: [m]} AS pair LIMIT 3",
        "RETURN 1 AS `odd, name`, 2 AS name, 'x' AS on, 'AM24' AS id, '3000-99' AS started, -1 AS country",
        "RETURN 0.0 / 0.0 AS nan, '<b>=1+1</b>' AS name_sort",
        "MATCH (n:Load) RETURN n",
    ],
)
def test_whatever_an_answer_holds_is_shown(demo: Open, cypher: str) -> None:
    app = sends(page(demo), cypher)

    assert re.search(r"\b\d+ rows? in ", words(app))
    assert "<b>" not in body(app)


def test_own_cypher_can_be_switched_off(demo: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPLORER_OWN_CYPHER", "off")

    app = page(demo, "RETURN 1 AS one", run="1")

    assert "own-plan" not in keys(app)
    assert "1 row in" not in words(app)
