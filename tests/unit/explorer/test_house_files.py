"""The house's style and script, as they are put on the page."""

import re
from pathlib import Path

import pytest

from explorer import views
from explorer.pictures.html import MOST_IN_A_CARD

FOLDER = Path(views.__file__).parent


@pytest.mark.parametrize("name", ["house.css", "house.js"])
def test_no_tag_stands_in_it_for_then_the_page_drops_it_as_a_whole(name: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")

    assert re.findall(r"<[/!A-Za-z][^\n]*", text) == []


def test_the_style_names_as_many_columns_as_a_card_may_have() -> None:
    style = (FOLDER / "house.css").read_text(encoding="utf-8")

    named = re.findall(r"\.cards-if-narrow td:nth-child\((\d+)\)::before \{ content: var\(--c(\d+)\)", style)

    assert [(int(place), int(name)) for place, name in named] == [(n, n) for n in range(2, MOST_IN_A_CARD + 1)]
