"""The house's style and script, as they are put on the page."""

import re
from pathlib import Path

import pytest

from explorer import views

FOLDER = Path(views.__file__).parent


@pytest.mark.parametrize("name", ["house.css", "house.js"])
def test_no_tag_stands_in_it_for_then_the_page_drops_it_as_a_whole(name: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")

    assert re.findall(r"<[/!A-Za-z][^\n]*", text) == []
