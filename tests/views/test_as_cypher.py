"""Copy as Cypher: what a page gives to be copied returns the rows that the page is made from."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import pandas as pd
import pytest
from page_words import body, pieces, title
from visiting import Open, forget

from explorer import links
from explorer.data import graph
from explorer.pages import PAGES
from graph_store.guard import refuse_changes
from queries import library
from queries.statement import read_statement

PROFILES = {
    "organisation": "municipality-it-turin",
    "region": "city-no-bergen",
    "project": "",
    "approach": "barnahus",
    "visit": "t-v27",
    "plan": "",
    "theme": "",
    "source": "",
}
ALONE = (links.QUESTIONS, links.SEARCH)  # one shows its own question, the other looks into what is there already
Asked = dict[tuple[str, str], pd.DataFrame]


@pytest.fixture
def fresh(demo: Open) -> Iterator[Open]:
    """The demo with nothing worked out before."""
    forget()
    yield demo
    forget()


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """What the graph answers from now on: rows by the query's name and its parameters."""
    found: Asked = {}
    run: Callable[..., pd.DataFrame] = library.run

    def watched(name: str, **named: Any) -> pd.DataFrame:
        rows = run(name, **named)
        given = {key: value for key, value in named.items() if key != "store"}
        found[name, str(library.parameters(library.query(name), given))] = rows
        return rows

    monkeypatch.setattr(library, "run", watched)
    return found


def statements(page: str) -> list[str]:
    """What the fold at the foot of a page gives to be copied."""
    fold = page[page.index('class="as-cypher"') :]
    return [unescape(code) for code in re.findall(r"<pre [^>]*><code>(.*?)</code></pre>", fold, re.DOTALL)]


def some_of(page: str) -> str:
    """A page with something on it: a profile needs a node."""
    if page == links.BRIEFING:
        return "briefing?kind=region&id=city-no-bergen"
    if page == links.ROWS:
        return "rows?query=visits"
    if page not in PROFILES:
        return page
    label = next(label for label, address in links.PROFILES.items() if address == page)
    node = PROFILES[page] or graph.store().read(f"MATCH (n:{label}) RETURN n.id AS id ORDER BY id LIMIT 1")[0]["id"]
    return links.profile(label, node)


@pytest.mark.parametrize("page", [entry.address for entry in PAGES if entry.address not in ALONE])
def test_what_a_page_gives_as_cypher_returns_the_rows_that_it_is_made_from(
    fresh: Open, answered: Asked, page: str
) -> None:
    app = fresh(some_of(page))

    given = [read_statement(text) for text in statements(body(app))]
    assert title(app)
    assert given
    names = {library.query(name).cypher: name for name, _parameters in answered}
    for statement in given:
        expected = graph.with_none(answered[names[statement.cypher], str(dict(statement.parameters))])
        refuse_changes(graph.store(), statement.cypher, statement.parameters)
        rows = graph.store().read(statement.cypher, statement.parameters)
        assert graph.with_none(pd.DataFrame(rows, columns=list(expected.columns))).equals(expected)


@pytest.mark.parametrize(
    ("page", "asked"),
    [
        ("spread", {"approaches", "adoption_steps", "approach_visits", "region_attendance"}),
        ("network?tie=visits", {"visit_presence", "organisations", "regions"}),
        ("rows?query=visits", {"visits"}),
        ("plans", {"plans", "plan_projects", "plan_themes"}),
    ],
)
def test_a_page_tells_what_lies_behind_its_numbers(fresh: Open, page: str, asked: set[str]) -> None:
    told = {read_statement(text).cypher for text in statements(body(fresh(page)))}

    assert {name for name in asked if library.query(name).cypher not in told} == set()


def test_a_page_tells_the_same_questions_when_all_its_answers_are_kept(fresh: Open) -> None:
    first = statements(body(fresh("spread")))

    again = statements(body(fresh("spread")))

    assert again == first


def test_the_questions_of_a_page_are_links_to_the_library_with_their_parameters(demo: Open) -> None:
    fold = pieces(demo("approach?id=barnahus"))[-2]

    assert 'href="questions?query=visits_about&amp;approach=barnahus"' in fold
