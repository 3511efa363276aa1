"""What changes are called where people read of them: no labels, no types, no codes."""

from datetime import date

import pytest

from graph_loader.cells import Value
from graph_loader.fold import Graph, Properties
from graph_loader.meaning import NodeKey, RelationshipKey
from graph_loader.plan import Counts, plan
from graph_loader.show import plan_text
from graph_loader.show.lines import MOST_SHOWN
from graph_loader.show.naming import heading, headline, kinds, value_in_words
from languages.order import natural

DESK, ARNHEM = NodeKey("Organisation", "desk"), NodeKey("Region", "arnhem")
SEAT = RelationshipKey("LOCATED_IN", DESK, ARNHEM, ())
PEOPLE: dict[NodeKey, Properties] = {
    DESK: {"name": "Service desk", "kind": "agency"},
    ARNHEM: {"name": "Arnhem", "kind": "city"},
}


@pytest.mark.parametrize(
    ("kind", "name", "value", "words"),
    [
        ("Project", "budget_eur", 1250000.5, "Budget: 1,250,000.5 EUR"),
        ("Project", "started", "2024-03-12", "Started: 12 Mar 2024"),
        ("Project", "started", "soon", 'Started: "soon"'),
        ("Project", "started_from", date(2024, 3, 1), "Started (earliest): 1 Mar 2024"),
        ("Plan", "year", 2024, "Year: 2024"),
        ("Adoption", "stage", "partial", "Stage: took over a part"),
        ("Adoption", "stage", "half", 'Stage: "half"'),
        ("Region", "country", "NL", "Country: Netherlands"),
        ("Region", "latitude", 51.98, "Latitude: 51.98 degrees"),
        ("Organisation", "aliases", ["UWV", "Agency"], 'Also known as: "UWV; Agency"'),
        ("Organisation", "name", "=SUM(1)", 'Name: "=SUM(1)"'),
        ("Organisation", "note", None, "Note: nothing"),
        ("Organisation", "data_sets", ["one"], 'Data sets that say it: "one"'),
        ("ATTENDED", "outcome_on", "2024-03", "Known since: Mar 2024"),
        ("Somebody", "their_own", True, "Their own: True"),
        ("Visit", "note", "x" * 200, f'Note: "{"x" * 160}…"'),
    ],
)
def test_a_property_is_told_by_its_heading_and_a_value_as_people_write_it(
    kind: str, name: str, value: Value | None, words: str
) -> None:
    assert f"{heading(kind, name)}: {value_in_words(kind, name, value)}" == words


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("Adoption", "steps of taking up"),
        ("LOCATED_IN", "organisation located in region"),
        ("HOSTED", "organisation/region hosted visit"),
        ("Somebody", "Somebody"),
    ],
)
def test_a_kind_is_told_in_words(kind: str, words: str) -> None:
    assert kinds(kind) == words


def test_the_headline_counts_things_and_links_apart() -> None:
    counts = {"Region": Counts(3, 0, 1), "Visit": Counts(1, 0, 0), "LOCATED_IN": Counts(1, 2, 0)}

    assert headline(counts) == ("Added: 4 things and 1 link. Changed: 2 links. Removed: 1 thing.")


def test_a_plan_names_things_and_links_as_the_app_does() -> None:
    after: dict[NodeKey, Properties] = {**PEOPLE, DESK: {"name": "Front desk", "kind": "service desk"}}
    lines = plan_text(plan(Graph(PEOPLE, {}), Graph(after, {SEAT: {}})))

    assert lines[:2] == ["What a load would change:", "Added: 1 link. Changed: 1 thing."]
    assert (
        '  Organisation Front desk (desk): Kind: agency, now service desk; Name: "Service desk", now "Front desk"'
        in (lines)
    )
    assert "  Front desk located in Arnhem" in lines
    assert not any("LOCATED_IN" in line for line in lines)


def test_the_first_of_many_are_those_that_people_count_first() -> None:
    many: dict[NodeKey, Properties] = {
        NodeKey("Organisation", f"org-{number}"): {"name": f"Body {number}"} for number in range(1, 31)
    }
    lines = plan_text(plan(Graph(), Graph(many)))

    start = lines.index("Added") + 1
    named = [f"  Organisation Body {number} (org-{number})" for number in range(1, MOST_SHOWN + 1)]
    assert lines[start : start + MOST_SHOWN] == named
    assert lines[-1].startswith("  and 10 more")


def test_numbers_in_names_are_ordered_by_their_size() -> None:
    assert sorted(["b", "org-10", "10", "Org-2", "org-2", "9"], key=natural) == [
        "9",
        "10",
        "b",
        "Org-2",
        "org-2",
        "org-10",
    ]
