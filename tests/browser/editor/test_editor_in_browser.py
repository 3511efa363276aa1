"""What the editor sends, keeps and marks, on a small page of its own."""

import pytest
from playwright.sync_api import expect

from tests.browser.editor.at_the_editor import (
    STATEMENT,
    field,
    last_statement,
    runs,
    sent,
    types,
    written,
)
from tests.browser.reader import Reader


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
