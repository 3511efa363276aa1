"""Whom to ask about an approach: the regions that have it, with their organisations on record."""

import pytest
from page_words import addresses, body, state_of, words
from visiting import Open

from explorer.data import contacts, network, spread
from graph_store.schema import TAKEN_OVER


def test_who_in_belgium_could_tell_about_it_stands_on_its_page(demo: Open) -> None:
    app = demo("approach?id=tzcld")

    part = body(app).partition('id="whom"')[2].partition("<h2")[0]
    assert part.index("Belgium") < part.index("France")  # country by country
    for name in ("Wallonia", "Berchem-Sainte-Agathe", "Farciennes"):
        assert name in part
    assert "association)</a>" in part  # the body that hosted a visit
    assert "Whom to ask: 4 regions that have it" in words(app)


@pytest.mark.parametrize("approach", ["barnahus", "tzcld", "jugendberufsagentur", "practice-alt-bau"])
def test_those_named_lie_in_a_region_that_has_it_and_had_to_do_with_it(demo: Open, approach: str) -> None:
    app = demo(f"approach?id={approach}")
    story = spread.story(approach)

    assert story is not None
    known = contacts.who_knows(story)

    taken = {item.region_id for item in story.regions if item.step and item.step["stage"] in TAKEN_OVER}
    assert {item.region_id for item in known} == taken | {story.facts["origin_id"]}
    at, land = network.bodies()["region_id"], network.territories()
    there = {str(who["id"]) for visit in story.visits for who in (*visit["hosts"], *visit["guests"])}
    for item in known:
        for contact in item.contacts:
            assert at[contact.id] in land.within(item.region_id)
            assert contact.through
            assert contact.id in there or {part for part, _id, _name in contact.through} == {contacts.PROJECT}
    linked = {state_of(address)["id"][0] for address in addresses(app, "organisation")}
    assert {contact.id for item in known for contact in item.contacts[:4]} <= linked


def test_an_approach_that_began_nowhere_on_record_and_was_taken_over_by_none_names_nobody(demo: Open) -> None:
    demo("spread")
    every = spread.overview()
    alone = every[(every["taken_over"] == 0) & every["origin_id"].isna()]

    for approach in alone["id"]:
        story = spread.story(str(approach))
        assert story is not None
        assert contacts.who_knows(story) == []
        assert 'id="whom"' not in body(demo(f"approach?id={approach}"))
