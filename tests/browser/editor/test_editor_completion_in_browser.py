"""What the editor offers to complete."""

import pytest
from playwright.sync_api import expect

from tests.browser.editor.at_the_editor import (
    field,
    last_statement,
    types,
    written,
)
from tests.browser.reader import Reader

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
