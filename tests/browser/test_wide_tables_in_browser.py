"""Wide tables on a narrow screen: rows stand as cards that name their values, a matrix scrolls and shows it."""

import pytest

from tests.browser.reader import Reader

PHONE, ENLARGED_FOUR_TIMES = 390, 320
WIDE = (
    "data",
    "spread",
    "data?since=2000-01-01",
    "questions?query=adoption_steps&approach=barnahus",
    "plans",
    "approach?id=barnahus",
)


def opened(reader: Reader, address: str, width: int) -> None:
    """A page at a width, drawn."""
    reader.page.set_viewport_size({"width": width, "height": 860})
    reader.opens(address)


@pytest.mark.parametrize("width", [PHONE, ENLARGED_FOUR_TIMES])
@pytest.mark.parametrize("address", WIDE)
def test_a_wide_table_is_read_without_scrolling_sideways(reader: Reader, address: str, width: int) -> None:
    opened(reader, address, width)
    reader.page.locator("table").first.wait_for(state="attached")

    overflowing = reader.page.evaluate(
        """() => [...document.querySelectorAll('.cards-if-narrow, [data-testid="stMain"]')]
            .filter((one) => one.scrollWidth > one.clientWidth + 1)
            .map((one) => one.getAttribute('aria-label') ?? 'page')"""
    )

    assert reader.page.locator(".cards-if-narrow, .table").count()
    assert overflowing == []


def test_each_value_of_a_card_follows_the_name_of_its_column(reader: Reader) -> None:
    opened(reader, "data", PHONE)
    row = reader.page.get_by_role("region", name="What is loaded").locator("tbody tr").first

    named = row.locator("td").evaluate_all("cells => cells.map((cell) => getComputedStyle(cell, '::before').content)")

    assert [name.replace('" "', "") for name in named[:2]] == ['"Kind:"', '"Looked for up to:"']
    assert row.get_by_role("rowheader").inner_text() == "Partnerships in public documents, 2007-2024"


def test_cards_are_sorted_with_the_keyboard_by_the_names_of_the_columns(reader: Reader) -> None:
    opened(reader, "spread", PHONE)
    table = reader.page.locator(".ranked")
    first = table.locator("tbody th").first.inner_text()

    table.get_by_role("button", name="Approach").press("Enter")

    names = table.locator("tbody th").all_inner_texts()
    assert names[0] != first
    assert table.locator('th[aria-sort="ascending"]').inner_text() == "Approach"


def test_a_matrix_scrolls_by_keyboard_and_its_edge_is_shaded(reader: Reader) -> None:
    opened(reader, "plans", PHONE)
    matrix = reader.page.get_by_role("region", name="Plans by region and year")

    matrix.focus()
    reader.page.keyboard.press("ArrowRight")
    reader.page.wait_for_function("document.querySelector('.plan-grid .table').scrollLeft > 0")

    assert "linear-gradient" in matrix.evaluate("one => getComputedStyle(one).backgroundImage")
    assert matrix.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"


def test_on_paper_and_on_a_wide_screen_a_table_stays_a_table(reader: Reader) -> None:
    opened(reader, "data", 1280)
    row = reader.page.get_by_role("region", name="What is loaded").locator("tbody tr").first
    assert row.evaluate("one => getComputedStyle(one).display") == "table-row"

    reader.page.emulate_media(media="print")
    reader.page.set_viewport_size({"width": 600, "height": 860})

    assert row.evaluate("one => getComputedStyle(one).display") == "table-row"
