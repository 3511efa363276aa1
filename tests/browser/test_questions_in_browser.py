"""The page Questions in a real browser: from words to an answer, and out of the app again."""

from pathlib import Path

from playwright.sync_api import expect

from queries.statement import read_statement
from tests.browser.reader import Reader


def test_from_words_to_a_question_to_its_answer(reader: Reader) -> None:
    reader.opens("questions")
    page = reader.page

    page.get_by_label("What do you want to know?").fill("projects that two share")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Projects that two organisations share").click()
    expect(page.get_by_text("Choose to see the answer")).to_be_visible()
    for field, name in (("Organisation", "City of Turin"), ("The other organisation", "City of Genoa")):
        page.get_by_role("combobox", name=field, exact=True).click()
        page.keyboard.type(name)
        page.get_by_role("option", name=name).first.click()
        reader.settled()

    expect(page.locator("h1")).to_contain_text("Projects that two organisations share: ")
    assert set(reader.state()) == {"query", "organisation", "partner"}


def test_a_look_is_chosen_kept_in_the_address_and_drawn(reader: Reader) -> None:
    reader.opens("questions?query=most_connected")
    page = reader.page
    expect(page.locator(".bar").first).to_be_visible()  # the best look comes by itself

    page.get_by_text("Table", exact=True).click()

    expect(page.locator(".bar")).to_have_count(0)
    assert reader.state()["look"] == ["table"]
    expect(page.locator("table").last).to_be_visible()  # the table of all rows is always there


def test_the_answer_is_saved_for_excel(reader: Reader, tmp_path: Path) -> None:
    reader.opens("questions?query=approaches_by_reach")

    with reader.page.expect_download() as saved:
        reader.page.get_by_role("button", name="Excel").click()

    saved.value.save_as(tmp_path / "answer.xlsx")
    assert saved.value.suggested_filename == "approaches_by_reach.xlsx"
    assert (tmp_path / "answer.xlsx").read_bytes().startswith(b"PK")


def test_a_page_is_copied_as_cypher_by_a_button_that_says_so(reader: Reader) -> None:
    page = reader.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader.opens("spread")

    page.locator(".as-cypher > summary").click()
    button = page.locator(".as-cypher .code button").first
    button.click()

    expect(button).to_have_text("Copied")
    copied = read_statement(page.evaluate("navigator.clipboard.readText()"))
    assert copied.cypher.startswith("MATCH")
    expect(button).to_have_text("Copy")


def test_a_subject_is_jumped_to_without_leaving_the_page(reader: Reader) -> None:
    reader.opens("questions")
    page = reader.page

    page.locator(".jumps a").last.click()

    last = page.locator("section h2").last
    expect(last).to_be_in_viewport()
    assert reader.path() == "questions"
