"""A Neo4j that is restarted while somebody reads: the page says what is going on, and comes back by itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from graph_loader import api
from graph_store.store import WRITER, open_store
from tests.browser.reader import Reader
from tests.browser.serving import served
from tests.conftest import neo4j_or_skip
from tests.integration.engine_place import Place, Server

TRYING = "The graph engine does not answer at the moment; trying again …"


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A Neo4j with the demo, at an address that stays."""
    neo4j_or_skip()
    made = Server(Place(tmp_path / "home", "neo4j"))
    for name, value in made.variables.items():
        monkeypatch.setenv(name, value)
    with open_store(WRITER) as store:
        api.load(api.demo_path(), "", store)
    yield made
    made.close()


@pytest.mark.neo4j
def test_a_page_says_that_the_server_is_away_and_comes_back_by_itself(
    server: Server, browser: Browser, tmp_path: Path
) -> None:
    with served(tmp_path, server.variables) as app, browser.new_context() as window:
        reader = Reader(app, window.new_page())
        expect(reader.opens("overview")).to_contain_text("organisations")

        server.stop()
        reader.opens("overview")
        expect(reader.page.get_by_text(TRYING)).to_be_visible()
        assert "Traceback" not in reader.page.inner_text("body")

        server.start()
        expect(reader.page.get_by_text(TRYING)).to_have_count(0)
        expect(reader.page.locator("h1")).to_contain_text("organisations")
        assert "NEO4J" not in reader.page.inner_text("body")
