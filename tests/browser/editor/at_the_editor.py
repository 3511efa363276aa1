"""What somebody does at the editor, and sees there."""

from playwright.sync_api import Locator, expect

from tests.browser.reader import Reader

STATEMENT = "Statement in Cypher"


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


def saves(reader: Reader, name: str) -> None:
    reader.page.get_by_role("textbox", name="Name to save it under").fill(name)
    reader.page.get_by_role("button", name="Save", exact=True).click()


def message(reader: Reader) -> Locator:
    return reader.page.locator(".cypher-message")
