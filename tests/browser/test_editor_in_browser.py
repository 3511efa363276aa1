"""The Cypher editor in a real browser, on a small page of its own: what is sent, completed, marked and kept."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, expect

from tests.browser.reader import App, Reader

CHECKOUT = Path(__file__).parents[2]
READY_SECONDS = 60
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
STATEMENT = "Statement in Cypher"

# A statement with "wrong" in it comes back with that word marked; ?own=… and so on set the page up.
PAGE = """
import streamlit as st
from dataclasses import fields, replace
from explorer.data.editor_words import words
from explorer.views.editor import Mark, editor, editor_labels

state, asked = st.session_state, st.query_params
st.title("A page with an editor")
labels = editor_labels()
if "marked" in asked:
    texts = {field.name: "¤" + getattr(labels, field.name) for field in fields(labels) if field.name != "phrases"}
    labels = replace(labels, **texts, phrases={name: "¤" + text for name, text in labels.phrases.items()})
if not st.checkbox("Hide"):
    event = editor("own", state.get("shown", ""), words=words(), mistakes=state.get("marks", []), labels=labels,
                   parameters_text="" if "parameters" in asked else None, version=state.get("version", 0))
    if event:
        state["sent"] = state.get("sent", 0) + 1
        state["last"] = event
        if "hands_back" in asked:
            state["shown"] = event.statement
        if event.run:
            texts = {"statement": event.statement, "parameters": event.parameters}
            state["marks"] = [
                Mark(number, line.index("wrong") + 1, f"{part}: this word is not known", part=part)
                for part, text in texts.items() for number, line in enumerate(text.split("\\n"), 1) if "wrong" in line
            ]
            st.rerun()
if st.button("Again"):
    state["again"] = state.get("again", 0) + 1
if st.button("Example"):
    state["shown"], state["version"] = "RETURN 'example' AS word", state.get("version", 0) + 1
    st.rerun()
last = state.get("last")
st.text(f"sent {state.get('sent', 0)}, again {state.get('again', 0)}")
st.text("run" if last and last.run else "not run")
st.code(last.statement if last else "nothing")
st.code(last.parameters if last else "nothing")
"""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[App]:
    """The page above, served in the look of the app."""
    folder = tmp_path_factory.mktemp("editor-page")
    (folder / "page.py").write_text(PAGE, encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("NEO4J_", "STREAMLIT_"))}
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", str(folder / "page.py"), "--server.port", str(port),
             "--server.headless", "true"],
            cwd=CHECKOUT, env=environment | {"PYTHONPATH": str(CHECKOUT)}, stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        end = time.monotonic() + READY_SECONDS
        while not well(address):
            if process.poll() is not None or time.monotonic() > end:
                pytest.fail(f"The page was not served:\n{(folder / 'log').read_text()}")
            time.sleep(0.2)
        yield App(address, folder)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def well(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
            return True
    except OSError:
        return False


def field(reader: Reader, address: str = "", name: str = STATEMENT) -> Locator:
    """The page opened, and the field in which is written."""
    reader.opens(address)
    return written(reader, name)


def written(reader: Reader, name: str = STATEMENT) -> Locator:
    found = reader.page.get_by_role("textbox", name=name)
    expect(found).to_be_visible()
    return found


def types(reader: Reader, text: str) -> None:
    """Type at the cursor; what is offered meanwhile is waved away."""
    for number, line in enumerate(text.split("\n")):
        if number:
            reader.page.keyboard.press("Enter")
        reader.page.keyboard.insert_text(line)
    reader.page.keyboard.press("Escape")


def runs(reader: Reader, text: str) -> None:
    """Write a statement in place of what stands there, and run it by the keys."""
    written(reader).click()
    reader.page.keyboard.press("Control+A")
    types(reader, text)
    before = sent(reader)
    reader.page.keyboard.press("Control+Enter")
    expect(reader.page.get_by_text(f"sent {before + 1},")).to_be_visible()
    reader.settled()


def sent(reader: Reader) -> int:
    """How many times the editor has sent something."""
    return int(reader.page.get_by_text("sent ").inner_text().split()[1].rstrip(","))


def last_statement(reader: Reader) -> Locator:
    return reader.page.locator('[data-testid="stCode"]').first


def offered_after(reader: Reader, text: str, *, wait: bool = True) -> list[str]:
    """What is offered to complete behind a text; without `wait` what is there soon."""
    written(reader).click()
    reader.page.keyboard.press("Control+A")
    types(reader, text)
    options = reader.page.get_by_role("option")
    expect(options).to_have_count(0)
    reader.page.keyboard.press("Control+Space")
    if wait:
        expect(options.first).to_be_visible()
    else:
        reader.page.wait_for_timeout(400)
    found = options.locator(".cm-completionLabel").all_inner_texts()
    reader.page.keyboard.press("Escape")
    return found


def saves(reader: Reader, name: str) -> None:
    reader.page.get_by_role("textbox", name="Name to save it under").fill(name)
    reader.page.get_by_role("button", name="Save", exact=True).click()


def message(reader: Reader) -> Locator:
    return reader.page.locator(".cypher-message")


def test_only_running_sends_a_statement_and_typing_does_not(reader: Reader) -> None:
    field(reader).click()
    types(reader, "MATCH (r:Region)\nRETURN r.name AS name")
    reader.page.wait_for_timeout(700)
    assert sent(reader) == 0

    reader.page.keyboard.press("Control+Enter")

    expect(last_statement(reader)).to_have_text("MATCH (r:Region)\nRETURN r.name AS name")
    expect(reader.page.get_by_text("run", exact=True)).to_be_visible()
    assert sent(reader) == 1


def test_the_button_runs_what_the_keys_run(reader: Reader) -> None:
    field(reader).click()
    types(reader, "RETURN 1 AS one")

    reader.page.get_by_role("button", name="Run", exact=True).click()

    expect(last_statement(reader)).to_have_text("RETURN 1 AS one")
    expect(reader.page.get_by_text("run", exact=True)).to_be_visible()
    assert sent(reader) == 1


def test_leaving_the_field_sends_what_is_written_before_the_button_that_is_pressed(reader: Reader) -> None:
    field(reader).click()
    types(reader, "RETURN 1 AS one")

    reader.page.get_by_role("button", name="Again").click()

    expect(last_statement(reader)).to_have_text("RETURN 1 AS one")
    expect(reader.page.get_by_text("sent 1, again 1")).to_be_visible()
    expect(reader.page.get_by_text("not run", exact=True)).to_be_visible()


def test_leaving_a_field_that_is_as_it_was_sends_nothing(reader: Reader) -> None:
    field(reader)
    runs(reader, "RETURN 1 AS one")

    reader.page.get_by_role("button", name="Again").click()

    expect(reader.page.get_by_text("sent 1, again 1")).to_be_visible()


@pytest.mark.parametrize("address", ["", "?hands_back=yes"])
def test_text_and_cursor_stay_while_the_page_runs_again(reader: Reader, address: str) -> None:
    statement = field(reader, address)
    runs(reader, "RETURN 1 AS one, 2 AS two")
    for _again in range(len(", 2 AS two")):
        reader.page.keyboard.press("ArrowLeft")

    reader.page.keyboard.press("Control+Enter")
    reader.page.keyboard.type("s and", delay=40)
    expect(reader.page.get_by_text("sent 2,")).to_be_visible()
    reader.page.keyboard.type(" more", delay=40)

    expect(statement).to_have_text("RETURN 1 AS ones and more, 2 AS two")
    expect(statement).to_be_focused()


def test_the_text_is_there_again_when_the_editor_was_away(reader: Reader) -> None:
    field(reader)
    runs(reader, "RETURN 1 AS one")

    reader.page.get_by_text("Hide").click()
    expect(reader.page.get_by_role("textbox", name=STATEMENT)).to_have_count(0)
    reader.page.get_by_text("Hide").click()

    expect(written(reader)).to_have_text("RETURN 1 AS one")


def test_another_statement_of_the_page_takes_the_place_of_the_text_and_can_be_undone(reader: Reader) -> None:
    statement = field(reader)
    runs(reader, "RETURN 1 AS one")

    reader.page.get_by_role("button", name="Example").click()
    expect(statement).to_have_text("RETURN 'example' AS word")
    statement.click()
    reader.page.keyboard.press("Control+Z")

    expect(statement).to_have_text("RETURN 1 AS one")


# What is written, what is offered then, and what is not.
COMPLETED = {
    "a label of a node": ("MATCH (r:", ["Region", "Organisation"], ["OF", "name"]),
    "a type of a relationship": ("MATCH (r:Region)-[:", ["TOOK_UP", "BORDERS"], ["Region"]),
    "a second type": ("MATCH (r)-[:OF|", ["TOOK_UP"], ["Region"]),
    "a property of what the variable is": ("MATCH (s:Adoption) WHERE s.", ["stage", "on", "on_from"], ["nuts", "url"]),
    "a property of a relationship": (
        "MATCH ()-[a:ATTENDED]->() RETURN a.",
        ["delegates", "outcome"],
        ["name", "stage"],
    ),
    "a property of a variable with another name": ("MATCH (p:Plan) WITH p AS q WHERE q.", ["year"], ["nuts"]),
    "a property where nothing tells of what": ("MATCH (n) WHERE n.", ["year", "nuts", "stage"], ["Region"]),
    "a key of a node's map": ("MATCH (p:Plan {", ["year", "status"], ["nuts"]),
    "a property of a map drawn from a node": ("MATCH (p:Plan) RETURN p {.", ["year"], ["nuts"]),
    "a code in quotes": ("MATCH (s:Adoption) WHERE s.stage = '", ["policy", "full"], ["municipality"]),
    "a code in a list": ("MATCH (s:Adoption) WHERE s.stage IN ['full', '", ["policy"], ["municipality"]),
    "a code in a node's map": ("MATCH (s:Adoption {stage: '", ["policy"], ["municipality"]),
    "a function": ("RETURN coal", ["coalesce()"], ["Region"]),
    "a word of the language": ("MATCH (n) ORD", ["ORDER BY"], ["Region"]),
    "the second half of two words": ("MATCH (n) RETURN n.name AS name ORDER B", ["ORDER BY"], ["BORDERS"]),
    "a variable": ("MATCH (region:Region) RETURN reg", ["region"], ["Region"]),
    "a parameter that is set": (":param since => 2019;\nRETURN $", ["since"], ["Region"]),
    "a line that sets a parameter": ("RETURN 1 AS one\n:pa", ["param"], ["Plan", "partners_of"]),
    "a query of the library": ("partners_", ["partners_of"], ["Region"]),
}


NOTHING = ("// MATCH (r:", "RETURN 'r:", "/* MATCH (r:", "RETURN 1 AS ", "RETURN 12")


def test_what_can_stand_there_is_offered_and_nothing_else(reader: Reader) -> None:
    field(reader)
    wrong = {}
    for case, (text, wanted, unwanted) in COMPLETED.items():
        found = offered_after(reader, text)
        if not set(wanted) <= set(found) or set(unwanted) & set(found):
            wrong[case] = found

    assert wrong == {}


def test_nothing_is_offered_in_remarks_texts_numbers_and_new_names(reader: Reader) -> None:
    field(reader)

    assert {text: offered_after(reader, text, wait=False) for text in NOTHING} == {text: [] for text in NOTHING}


def test_nothing_is_offered_unasked_behind_a_value_that_is_whole(reader: Reader) -> None:
    field(reader).click()
    types(reader, "MATCH (s:Adoption) WHERE s.stage = 'full'")

    reader.page.keyboard.type(" ")

    reader.page.wait_for_timeout(400)
    expect(reader.page.get_by_role("option")).to_have_count(0)


def test_a_completion_says_what_the_name_means_and_enter_takes_it(reader: Reader) -> None:
    statement = field(reader)
    statement.click()
    types(reader, "MATCH (s:Adoption) WHERE s.")

    reader.page.keyboard.type("sta")
    expect(reader.page.get_by_text("How far the region went")).to_be_visible()
    reader.page.wait_for_timeout(150)  # an Enter at once would be meant for the text
    reader.page.keyboard.press("Enter")
    reader.page.keyboard.type(" = 'pol")
    expect(reader.page.get_by_role("option", name="policy")).to_be_visible()
    reader.page.wait_for_timeout(150)
    reader.page.keyboard.press("Enter")

    expect(statement).to_have_text("MATCH (s:Adoption) WHERE s.stage = 'policy'")


@pytest.mark.parametrize("address", ["", "?parameters=yes"])
def test_a_querys_name_brings_its_cypher_and_its_parameters(reader: Reader, address: str) -> None:
    field(reader, address).click()
    types(reader, "latest_step")
    reader.page.keyboard.press("Control+Space")
    expect(reader.page.get_by_role("option", name="What spread lately")).to_be_visible()
    reader.page.wait_for_timeout(150)

    reader.page.keyboard.press("Enter")
    reader.page.keyboard.press("Control+Enter")

    expect(last_statement(reader)).to_contain_text("MATCH (s:Adoption)")
    reader.settled()
    statement, parameters = (code.inner_text() for code in reader.page.locator('[data-testid="stCode"]').all())
    assert statement.rstrip().endswith("LIMIT $limit")
    assert (":param limit => 10;" in statement) is not bool(address)
    assert (":param limit => 10;" in parameters) is bool(address)


def test_a_parameter_that_is_set_already_keeps_its_value(reader: Reader) -> None:
    statement = field(reader)
    statement.click()
    types(reader, ":param limit => 3;\nlatest_step")
    reader.page.keyboard.press("Control+Space")
    expect(reader.page.get_by_role("option", name="What spread lately")).to_be_visible()
    reader.page.wait_for_timeout(150)

    reader.page.keyboard.press("Enter")

    expect(statement).to_contain_text(":param stages => null;:param limit => 3;MATCH (s:Adoption)")


def test_keys_held_down_run_once(reader: Reader) -> None:
    field(reader).click()
    types(reader, "RETURN 1 AS one")
    reader.page.keyboard.down("Control")

    for _held in range(3):
        reader.page.keyboard.down("Enter")
        reader.page.wait_for_timeout(300)  # or Streamlit makes one of them
    reader.page.keyboard.up("Enter")
    reader.page.keyboard.up("Control")

    expect(last_statement(reader)).to_have_text("RETURN 1 AS one")
    reader.page.get_by_role("button", name="Again").click()
    expect(reader.page.get_by_text("sent 1, again 1")).to_be_visible()


def test_a_fault_is_underlined_and_listed_and_its_entry_leads_to_it(reader: Reader) -> None:
    statement = field(reader)
    runs(reader, "RETURN '𝕏' AS x,\n  wrong AS y")

    entry = reader.page.get_by_role("button", name="Line 2, column 3: statement: this word is not known")
    expect(entry).to_be_visible()
    expect(statement.locator(".cm-lintRange-error")).to_have_text("wrong")
    expect(statement).to_have_attribute("aria-invalid", "true")
    entry.click()
    reader.page.keyboard.type("not ")

    expect(statement).to_have_text("RETURN '𝕏' AS x,  not wrong AS y")
    runs(reader, "RETURN 1 AS one")
    expect(entry).to_have_count(0)
    expect(statement.locator(".cm-lintRange-error")).to_have_count(0)
    assert statement.get_attribute("aria-invalid") is None


def test_a_mark_stays_with_its_word_when_the_text_goes_on_before_the_answer(reader: Reader) -> None:
    statement = field(reader)
    written(reader).click()
    types(reader, "RETURN 1 AS one, wrong AS two")

    reader.page.keyboard.press("Control+Enter")
    reader.page.keyboard.press("Control+Home")
    reader.page.keyboard.insert_text("// first\n")

    expect(statement.locator(".cm-lintRange-error")).to_have_text("wrong")


def test_the_field_of_parameters_is_sent_and_marked_beside_the_statement(reader: Reader) -> None:
    parameters = field(reader, "?parameters=yes", "Parameters, one a line: :param name => value;")
    parameters.click()
    types(reader, ":param since => wrong;")

    runs(reader, "RETURN $since AS since")

    codes = reader.page.locator('[data-testid="stCode"]')
    expect(codes.nth(1)).to_have_text(":param since => wrong;")
    expect(parameters.locator(".cm-lintRange-error")).to_have_text("wrong")
    expect(reader.page.get_by_role("button", name="Parameters, line 1, column 17")).to_be_visible()


def test_tab_leaves_the_field_also_while_something_is_offered(reader: Reader) -> None:
    statement = field(reader)
    statement.click()
    reader.page.keyboard.type("MATCH (r:")
    expect(reader.page.get_by_role("option").first).to_be_visible()

    reader.page.keyboard.press("Tab")

    expect(statement).not_to_be_focused()
    expect(reader.page.get_by_role("button", name="Run", exact=True)).to_be_focused()
    reader.page.keyboard.press("Shift+Tab")
    expect(statement).to_be_focused()
    expect(statement).to_have_text("MATCH (r:")


def test_what_was_run_is_listed_newest_first_and_can_be_loaded(reader: Reader) -> None:
    statement = field(reader)
    runs(reader, "RETURN 1 AS one")
    runs(reader, "RETURN 2 AS two")
    runs(reader, "RETURN 1 AS one")

    reader.page.get_by_text("Last runs (2)").click()
    entries = reader.page.locator(".cypher-runs li code")
    assert entries.all_inner_texts() == ["RETURN 1 AS one", "RETURN 2 AS two"]
    entries.nth(1).click()

    expect(statement).to_have_text("RETURN 2 AS two")
    expect(statement).to_be_focused()
    expect(message(reader)).to_contain_text("Ctrl-Z")


def test_marks_go_when_another_statement_is_loaded(reader: Reader) -> None:
    statement = field(reader)
    runs(reader, "RETURN 1 AS one")
    runs(reader, "RETURN wrong AS two")
    expect(statement.locator(".cm-lintRange-error")).to_have_text("wrong")

    reader.page.get_by_text("Last runs (2)").click()
    reader.page.locator(".cypher-runs li code").nth(1).click()

    expect(statement).to_have_text("RETURN 1 AS one")
    expect(reader.page.get_by_role("button", name="Line 1")).to_have_count(0)
    expect(statement.locator(".cm-lintRange-error")).to_have_count(0)


def test_fifty_runs_are_kept_and_the_oldest_goes(reader: Reader) -> None:
    reader.opens("")
    kept = [{"statement": f"RETURN {number}", "at": number} for number in range(1, 51)]
    reader.page.evaluate(
        "runs => localStorage.setItem('partnership-explorer.statements', JSON.stringify({runs}))", kept
    )
    field(reader)

    runs(reader, "RETURN 'new' AS word")

    expect(reader.page.get_by_text("Last runs (50)")).to_be_visible()
    entries = reader.page.locator(".cypher-runs li code").all_text_contents()
    assert entries[0] == "RETURN 'new' AS word"
    assert entries[-1] == "RETURN 49"


def test_a_statement_is_saved_found_after_a_reload_renamed_deleted_and_taken_back(reader: Reader) -> None:
    field(reader).click()
    types(reader, "RETURN 1 AS one")
    saves(reader, "First")
    expect(message(reader)).to_contain_text("Saved as First.")

    statement = field(reader)
    reader.page.get_by_role("button", name="Load: First").click()
    expect(statement).to_have_text("RETURN 1 AS one")
    reader.page.get_by_role("button", name="Rename First").click()
    reader.page.get_by_role("textbox", name="New name of First").fill("Second")
    reader.page.keyboard.press("Enter")
    expect(reader.page.get_by_role("button", name="Load: Second")).to_be_focused()
    reader.page.get_by_role("button", name="Delete Second").click()
    expect(reader.page.get_by_text("Saved statements (0)")).to_be_visible()
    reader.page.get_by_role("button", name="Take it back").click()

    expect(reader.page.get_by_role("button", name="Load: Second")).to_be_visible()


def test_a_name_is_given_to_one_statement_only(reader: Reader) -> None:
    field(reader).click()
    types(reader, "RETURN 1 AS one")
    saves(reader, "First")
    saves(reader, "Second")

    reader.page.get_by_role("button", name="Rename Second").click()
    reader.page.get_by_role("textbox", name="New name of Second").fill("First")
    reader.page.keyboard.press("Enter")
    expect(message(reader)).to_have_text("Another saved statement is called First: choose another name.")
    reader.page.keyboard.press("Escape")
    saves(reader, "First")

    expect(message(reader)).to_contain_text("in place of what had that name")
    expect(reader.page.get_by_text("Saved statements (2)")).to_be_visible()


def test_a_list_changed_in_another_window_is_shown_and_not_lost(reader: Reader) -> None:
    field(reader).click()
    types(reader, "RETURN 1 AS one")
    other = reader.page.context.new_page()
    other.goto(reader.app.address)
    other.get_by_role("textbox", name=STATEMENT).click()
    other.keyboard.insert_text("RETURN 2 AS two")
    other.keyboard.press("Escape")
    other.get_by_role("textbox", name="Name to save it under").fill("Theirs")
    other.get_by_role("button", name="Save", exact=True).click()
    expect(reader.page.get_by_role("button", name="Load: Theirs")).to_be_visible()

    saves(reader, "Ours")

    expect(other.get_by_role("button", name="Load: Ours")).to_be_visible()
    expect(other.get_by_role("button", name="Load: Theirs")).to_be_visible()
    other.close()


def test_names_and_statements_are_shown_as_text_and_never_as_html(reader: Reader) -> None:
    field(reader).click()
    types(reader, "RETURN '<img src=x onerror=alert(1)>' AS word")
    saves(reader, "<b>bold</b>")
    runs(reader, "RETURN '<i>wrong</i>' AS word")

    expect(reader.page.get_by_role("button", name="Load: <b>bold</b>")).to_be_visible()
    assert reader.page.locator(".cypher-desk :is(img, i)").count() == 0
    assert reader.page.locator(".cypher-load b b").count() == 0


def test_a_browser_without_room_says_so_and_keeps_the_lists_as_they_were(reader: Reader) -> None:
    reader.page.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"
    )
    field(reader).click()
    types(reader, "RETURN 1 AS one")

    saves(reader, "First")

    expect(message(reader)).to_contain_text("no room left")
    expect(reader.page.get_by_text("Saved statements (0)")).to_be_visible()


def test_a_browser_that_keeps_nothing_says_so_and_lists_last_with_the_page(reader: Reader) -> None:
    reader.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });"
    )
    field(reader).click()
    expect(message(reader)).to_contain_text("does not let this page keep anything")
    types(reader, "RETURN 1 AS one")

    saves(reader, "First")

    expect(reader.page.get_by_role("button", name="Load: First")).to_be_visible()
    expect(message(reader)).to_contain_text("does not let this page keep anything")


@pytest.mark.parametrize("width", [1280, 390])
def test_the_editor_has_no_serious_finding_in_any_of_its_states(reader: Reader, width: int) -> None:
    reader.page.set_viewport_size({"width": width, "height": 900})
    field(reader, "?parameters=yes")
    assert findings(reader) == []
    runs(reader, EVERY_COLOUR)
    saves(reader, "First")
    reader.page.get_by_text("Last runs (1)").click()
    reader.page.get_by_role("button", name="Rename First").click()
    assert findings(reader) == []
    written(reader).click()
    reader.page.keyboard.press("Control+F")
    expect(reader.page.get_by_role("textbox", name="Find")).to_be_visible()
    assert findings(reader) == []
    reader.page.keyboard.press("Escape")
    reader.page.keyboard.press("Control+End")
    reader.page.keyboard.type("\nMATCH (r:")
    expect(reader.page.get_by_role("option").first).to_be_visible()
    assert findings(reader) == []


EVERY_COLOUR = """:param since => 2019;
// a remark
MATCH (r:Region)-[t:TOOK_UP]->(s:Adoption {stage: 'full'})
WHERE s.on_from >= date($since) AND wrong
RETURN r.name AS name, s.on AS on, 12 AS twelve ORDER BY on"""


def findings(reader: Reader) -> list[tuple[str, list[str]]]:
    """What axe-core finds serious or critical within the editor."""
    found = Axe().run(reader.page, context=".cypher-desk", options=RULES).response["violations"]
    grave = [item for item in found if item["impact"] in ("serious", "critical")]
    return [(item["id"], [node["html"][:200] for node in item["nodes"][:5]]) for item in grave]


def test_every_kind_of_word_has_a_colour_of_its_own(reader: Reader) -> None:
    statement = field(reader)
    runs(reader, EVERY_COLOUR)

    of = {
        kind: statement.locator(f".cypher-is-{kind}").all_inner_texts()
        for kind in ("command", "comment", "keyword", "label", "type", "property", "parameter", "string", "number")
    }

    assert of["command"] == [":param"]
    assert of["comment"] == ["// a remark"]
    assert of["keyword"] == ["MATCH", "WHERE", "AND", "RETURN", "AS", "AS", "AS", "ORDER", "BY"]
    assert of["label"] == ["Region", "Adoption"]
    assert of["type"] == ["TOOK_UP"]
    assert of["property"] == ["stage", "on_from", "name", "on"]
    assert of["parameter"] == ["$since"]
    assert of["string"] == ["'full'"]
    assert of["number"] == ["2019", "12"]


def test_a_phone_shows_the_editor_without_scrolling_sideways(reader: Reader) -> None:
    reader.page.set_viewport_size({"width": 390, "height": 860})
    field(reader, "?parameters=yes")

    runs(reader, "RETURN 'a very long text that goes on and on and on and never wants to stop' AS wrong, 1 AS one")
    saves(reader, "A name that is rather long for a telephone, longer than its screen is wide")

    wide = reader.page.evaluate(
        "[...document.querySelectorAll('.cypher-desk, .cypher-desk *')]"
        ".filter(one => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('code')).length"
    )
    assert wide == 0


def test_all_that_the_editor_says_comes_from_the_server(reader: Reader) -> None:
    field(reader, "?marked=yes&parameters=yes", f"¤{STATEMENT}").click()
    texts = spoken(reader)
    reader.page.get_by_role("button", name="¤Save", exact=True).click()
    reader.page.keyboard.press("Escape")
    reader.page.get_by_role("textbox", name=f"¤{STATEMENT}").click()
    types(reader, "RETURN wrong AS word")
    reader.page.keyboard.press("Control+Enter")
    expect(reader.page.get_by_text("sent 1,")).to_be_visible()
    reader.page.get_by_role("textbox", name="¤Name to save it under").fill("Name")
    reader.page.get_by_role("button", name="¤Save", exact=True).click()
    reader.page.get_by_role("textbox", name=f"¤{STATEMENT}").click()
    reader.page.keyboard.press("Control+F")
    expect(reader.page.get_by_role("textbox", name="¤Find")).to_be_visible()
    texts |= spoken(reader)

    assert {text for text in texts if "¤" not in text} == set()


def spoken(reader: Reader) -> set[str]:
    """Texts, labels and hints within the editor, other than what is written in it, dates and line numbers."""
    return set(
        reader.page.evaluate(
            """() => {
              const desk = document.querySelector('.cypher-desk');
              const found = [...desk.querySelectorAll('[aria-label], [placeholder], [title]')].flatMap(
                one => ['aria-label', 'placeholder', 'title'].map(name => one.getAttribute(name)).filter(Boolean));
              const walker = document.createTreeWalker(desk, NodeFilter.SHOW_TEXT);
              const written = '.cm-content, .cm-gutters, code, .cypher-when, .cypher-load b';
              while (walker.nextNode()) {
                const { parentElement, textContent } = walker.currentNode;
                if (!parentElement.closest(written) && /\\p{L}/u.test(textContent)) found.push(textContent.trim());
              }
              return found;
            }"""
        )
    )
