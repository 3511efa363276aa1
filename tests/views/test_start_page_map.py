"""The map of the start page tells of each region what the list of regions and the region's own page tell."""

import re

import pytest
from page_words import body
from visiting import Open

from explorer.data import graph, network, overview, regions
from explorer.data.evidence import evidence
from explorer.views import region as region_page

COUNTED = re.compile(r"(\d+) approach")


@pytest.fixture
def known(demo: Open) -> dict[str, tuple[int, int]]:
    """By region on the map: approaches taken over from elsewhere, and begun there, as it says."""
    demo("overview")
    graph.begin()
    return {row["id"]: (row["taken_over"], row["origin_of"]) for row in overview.regions_on_map()}


def test_map_list_and_page_tell_the_same_of_every_region(known: dict[str, tuple[int, int]]) -> None:
    listed = regions.overview().set_index("id")["took"]

    assert len(known) > 50
    for region, (taken, began) in known.items():
        own = regions.account(region)
        heading = re.search(r"What it took over from elsewhere: (\d+) approach", region_page.taken_over(own))
        assert heading is not None
        entries = region_page.given(own).split("<table", 1)[0].count("<li>")
        assert (taken, began) == (int(heading[1]), entries), region
        assert taken == listed[region], region


def test_every_region_with_a_position_that_did_something_itself_is_on_the_map(
    known: dict[str, tuple[int, int]],
) -> None:
    records = evidence()
    origins = dict(zip(records.approaches["approach_id"], records.approaches["origin"], strict=True))
    steps = zip(records.taken["approach_id"], records.taken["region_id"], strict=True)
    acted = {region for approach, region in steps if origins[approach] != region}
    acted |= {region for region in origins.values() if isinstance(region, str)}

    assert set(known) == acted & set(network.positions())


def test_a_step_towards_what_began_there_is_no_taking_over(known: dict[str, tuple[int, int]]) -> None:
    lacking = graph.ask("adoptions_without_visit")

    assert known["fi"] == (0, 3)
    assert ("fi", "ohjaamo") not in set(zip(lacking["region_id"], lacking["approach_id"], strict=True))


def test_the_map_says_what_it_counts_in_words(demo: Open) -> None:
    html = body(demo("overview"))

    assert "Finland and all that lies in it: 3 approaches began here" in html
    assert "Bergen: 1 approach taken over from elsewhere" in html
    assert re.search(r"France and all that lies in it: 1 approach taken over from elsewhere, 3 approaches began", html)
    assert "0 taken over" not in html


def test_the_regions_with_most_are_named_first(known: dict[str, tuple[int, int]], demo: Open) -> None:
    counts = [sum(pair) for pair in known.values()]
    html = body(demo("overview"))
    named = set(re.findall(r"<text[^>]*>([^<]+)</text>", html))

    assert counts == sorted(counts, reverse=True)
    most = [region for region in known if sum(known[region]) >= 3]
    assert most
    names = network.territories().names
    assert {names[region] for region in most} <= named
    assert names["city-is-reykjavik"] in named  # one approach only, and it went furthest
    assert "Altea" not in named
