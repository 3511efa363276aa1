"""Every page × the demo, an empty graph, an engine that is away."""

import re

import pytest
from page_words import body, state_of, title, words
from visiting import Open

from explorer import links
from explorer.data import graph
from explorer.pages import PAGES
from explorer.views import trouble
from graph_store.schema import NODE_KINDS, node_kind

EVERY = [entry.address for entry in PAGES]
PROFILED = list(links.PROFILES.items())


@pytest.mark.parametrize("page", EVERY)
def test_each_page_is_drawn_on_the_demo(demo: Open, page: str) -> None:
    app = demo(page)

    assert title(app)
    assert "121 sources" in words(app)  # the line that says where the data come from
    assert app.text_input(key="search").label == "Search"


@pytest.mark.parametrize("page", EVERY)
def test_each_page_says_that_the_graph_is_empty_and_what_to_do(empty: Open, page: str) -> None:
    app = empty(page)

    assert title(app) == "The graph is empty"
    assert "graph-loader template" in body(app)
    assert "graph-loader load" in body(app)
    assert [button.label for button in app.button] == ["Look again"]


@pytest.mark.parametrize("page", EVERY)
def test_each_page_says_that_the_engine_is_away_and_never_the_password(away: Open, page: str) -> None:
    app = away(page)

    assert title(app) == "The graph cannot be reached"
    assert "bolt://127.0.0.1:" in words(app)
    assert "s3cret" not in body(app)
    assert [button.label for button in app.button] == ["Try again"]


def test_an_engine_that_comes_back_is_found_by_looking_again(
    away: Open, demo: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:1")
    app = away("network")
    assert title(app) == "The graph cannot be reached"

    monkeypatch.delenv("NEO4J_URI")
    app.button(key="again").click().run()

    assert "tied by shared projects" in title(app)


@pytest.mark.parametrize(("label", "page"), PROFILED)
def test_a_node_of_each_kind_has_a_profile(demo: Open, label: str, page: str) -> None:
    demo(links.OVERVIEW)
    for row in graph.store().read(f"MATCH (n:{label}) RETURN n.id AS id, n.name AS name ORDER BY n.id LIMIT 2"):
        app = demo(links.profile(label, row["id"]))

        assert title(app).startswith(row["name"])
        assert "Which file and row says so" in words(app)


def test_a_profile_leads_back_to_file_and_row(demo: Open) -> None:
    app = demo(links.address("organisation", id="municipality-it-turin", said="yes"))

    assert "organisations.csv" in words(app)
    assert "participations.csv" in words(app)


@pytest.mark.parametrize("page", links.PROFILES.values())
@pytest.mark.parametrize(
    "node", ["no-such-id", "", "'; MATCH (n) DETACH DELETE n //", "<script>alert(1)</script>", "ö" * 300]
)
def test_an_id_that_nobody_has_is_told_and_does_no_harm(demo: Open, page: str, node: str) -> None:
    app = demo(links.address(page, id=node))

    assert title(app) == "Nothing here by that name"
    assert "<script>alert" not in body(app)


NONSENSE = (
    "network?tie=nonsense&region=nowhere&kind=spaceship&theme=none&least=many&from=then&to=now&ego=nobody&select=nobody"
    "&colour=loud&size=huge",
    "network?from=2020&to=2010",
    "network?from=2020",
    "network?least=-3",
    "network?least=0",
    "network?least=%C2%B2",  # a small two: a figure to some, no number
    "network?from=%C2%B2%C2%B2%C2%B2%C2%B2&to=2010",
    "network?least=" + "9" * 5000,
    "network?unheard=of",
)


@pytest.mark.parametrize("address", NONSENSE)
def test_nonsense_in_the_address_of_the_network_is_left_aside(demo: Open, address: str) -> None:
    assert title(demo(address)) == title(demo("network"))


@pytest.mark.parametrize(
    "address",
    [
        "map?tie=nonsense&by=planet&zoom=nowhere&region=nowhere&theme=none&least=many&from=then&to=now&grade=sure",
        "map?from=2020&to=2010",
        "map?least=%C2%B2",
        "map?one=nobody&other=nothing",
        "map?one=city-si-ljubljana",
        "map?unheard=of",
    ],
)
def test_nonsense_in_the_address_of_the_map_is_left_aside(demo: Open, address: str) -> None:
    assert title(demo(address)) == title(demo("map"))


@pytest.mark.parametrize("address", ["briefing?kind=approach&id=barnahus", "briefing?kind=visit&id=t-v27"])
def test_a_briefing_is_drawn_with_what_every_page_has(demo: Open, address: str) -> None:
    app = demo(address)

    assert "taken over by 11 regions" in title(app) or "4 of the 6 regions" in title(app)
    assert "121 sources" in words(app)
    assert title(demo(f"{address}&unheard=of")) == title(app)


def test_an_organisation_is_no_region_to_filter_by(demo: Open) -> None:
    demo(links.OVERVIEW)
    (row,) = graph.store().read("MATCH (o:Organisation) RETURN o.id AS id ORDER BY o.id LIMIT 1")

    assert title(demo(links.address("network", region=row["id"]))) == title(demo("network"))


@pytest.mark.parametrize("extra", ["language=en", "name=x", "store=x", "unheard=of", "self=1", "version=2"])
def test_what_a_list_does_not_ask_for_is_left_aside(demo: Open, extra: str) -> None:
    assert title(demo(f"rows?query=organisations&{extra}")) == "Organisations: 274"


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "query=",
        "query=nope",
        "query=stated_by",
        "query=organisations&limit=%C2%B2",
        "query=organisations&limit=" + "9" * 30,
    ],
)
def test_a_list_that_does_not_exist_is_told(demo: Open, asked: str) -> None:
    assert title(demo(f"rows?{asked}")) == "No such list"


def test_a_theme_that_no_approach_is_about_is_left_aside(demo: Open) -> None:
    assert title(demo("spread?theme=nonsense")) == title(demo("spread"))


def test_a_language_that_nobody_has_translated_is_english(demo: Open) -> None:
    assert title(demo("spread?language=tlh")) == title(demo("spread"))


def test_each_page_of_the_navigation_is_shown_there_and_no_other() -> None:
    shown = [entry.title for entry in PAGES if entry.shown]
    assert shown == ["Overview", "Network", "Map", "Spread", "Regions", "Meetings", "Plans", "Questions", "Data"]
    assert len({entry.address for entry in PAGES}) == len(PAGES)


def test_kinds_without_a_profile_are_those_that_others_tell() -> None:
    assert {kind.label for kind in NODE_KINDS} - set(links.PROFILES) == {"Element", "Adoption", "DataSet"}
    assert all(node_kind(label) for label in links.PROFILES)


def test_the_helpful_pages_name_commands_that_exist() -> None:
    import typer

    from graph_loader.cli import app

    known = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
    named = set(re.findall(r"graph-loader (\w+)", str(trouble.commands.__code__.co_consts)))
    assert named
    assert named <= known


def test_a_state_in_the_address_is_read_back_as_it_was() -> None:
    assert state_of(links.address("network", region=["A", "B"], least=2)) == {"region": ["A", "B"], "least": ["2"]}
