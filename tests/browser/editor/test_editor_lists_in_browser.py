"""Last runs and saved statements, which the browser keeps."""

from playwright.sync_api import expect

from tests.browser.editor.at_the_editor import STATEMENT, field, message, runs, saves, types
from tests.browser.reader import Reader


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
