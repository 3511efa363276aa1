"""The page of a region, and the list of regions, on the demo and on small graphs."""

import re
from contextvars import copy_context
from pathlib import Path

import pytest
from page_words import addresses, body, state_of, title, words
from streamlit.testing.v1 import AppTest
from test_loads_and_words import load
from visiting import Open

from explorer.analysis.advice.backtest import SHOW, TOO_FEW
from explorer.analysis.spread.accounts import Passed
from explorer.data import advice, graph, network, regions
from graph_store.store import Store

REGIONS = (
    "id,name,kind,country,part_of\nnl,Netherlands,country,NL,\nze,Zeeland,province,NL,nl\nfr,Friesland,province,NL,nl\n"
)
REGIONS += "go,Goes,municipality,NL,ze\n"
APPROACHES = "id,name,started,origin\ndesk,One desk,2010,fr\ncoach,Coaching,2011,ze\n"
VISITS = "id,name,on,kind\nlook,A look at the desk,2015-03-01,work visit\n"
STEPS = "id,on,stage,region,approach\ns1,2016-03-01,full,go,desk\n"
STORY = {
    "regions": REGIONS,
    "approaches": APPROACHES,
    "visits": VISITS,
    "adoptions": STEPS,
    "hosts": "host,visit\nfr,look\n",
    "attendances": "attendee,visit\ngo,look\n",
    "visit_subjects": "visit,subject\nlook,desk\n",
    "themes": "id,name,kind\nskills,Skills,focus\njobs,Jobs,focus\n",
    "plans": "id,name,year,region\np,Plan of Zeeland,2020,ze\n",
    "addresses": "item,theme\np,skills\np,jobs\ndesk,jobs\n",
}


@pytest.fixture
def story(empty: Open, writer: Store, tmp_path: Path) -> Open:
    """Goes in Zeeland saw the desk in Friesland in 2015, and took it over a year later."""
    load(writer, tmp_path / "mine", **STORY)
    return empty


def settled(app: AppTest, region: str) -> AppTest:
    """The page once all that is worked out beside it is there."""

    def wait() -> None:
        graph.begin()
        regions.stands_between(region).answer()
        regions.next_visits(region).answer()

    copy_context().run(wait)  # which graph this looked at is no matter of the next test
    return app.run()


def test_the_heading_says_what_it_took_over_and_gave_with_its_numbers(story: Open) -> None:
    assert title(story("region?id=go")) == "Goes took over the one approach that it went to see, after 12 months"
    assert title(story("region?id=fr")) == "Friesland: what began there went to 1 region elsewhere"


def test_a_province_tells_what_its_municipality_did_and_says_so(story: Open) -> None:
    app = story("region?id=ze")

    assert title(app) == (
        "Zeeland took over the one approach that it went to see, after 12 months; "
        "the one approach that began there is not known to have gone elsewhere"
    )
    assert "Counted are the region itself and the 1 region that lies in it." in words(app)
    assert "approach?id=desk" in addresses(app)
    assert "region?id=go" in addresses(app)


def test_in_a_country_that_holds_both_it_spread_within(story: Open) -> None:
    app = story("region?id=nl")

    assert "What spread within it: 1" in words(app)
    assert "What it took over from elsewhere: 0 approaches" in words(app)


def test_a_theme_of_the_plan_without_an_approach_is_a_gap_and_one_with_is_none(story: Open) -> None:
    app = story("region?id=ze")

    text = words(app)
    assert "Themes of its plans without an approach in use there: 1 of 2" in text
    assert "No approach on record is about this theme" in text
    assert "theme?id=skills" in addresses(app)
    assert "theme?id=jobs" not in addresses(app)


def test_a_gap_names_approaches_elsewhere_with_how_many_use_them(empty: Open, writer: Store, tmp_path: Path) -> None:
    load(
        writer,
        tmp_path / "mine",
        **{
            **STORY,
            "addresses": "item,theme\np,skills\ndesk,skills\n",
            "adoptions": "id,stage,region,approach\ns,full,nl,desk\n",
        },
    )

    assert "One desk : in use in 2 regions" in words(empty("region?id=ze"))


def test_whom_to_visit_is_not_said_where_the_back_test_says_no(story: Open) -> None:
    app = settled(story("region?id=go"), "go")

    assert "Whom to visit next" in words(app)
    assert "to tell whether recommendations would have been right" in words(app)
    assert "So no region is named here." in words(app)


def test_advice_that_holds_is_shown_with_its_reasons(demo: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    demo("regions")
    graph.begin()
    test = advice.tested()
    held = replace(test, verdict=replace(test.verdict, may_show=True, code="show", reason=SHOW))
    monkeypatch.setattr(advice, "tested", lambda: held)
    regions._next_visits.clear()
    region = "city-it-siracusa"
    app = settled(demo(f"region?id={region}"), region)
    regions._next_visits.clear()

    text = words(app)
    assert SHOW in text
    found = regions.next_visits(region)
    assert ", to see" in text
    assert "Advice from past patterns: it knows nothing of what is not on record." in text
    assert not re.search(r"\{\w+\}", text)  # every place in a reason is filled
    regions._next_visits.clear()
    assert found.ready(30)


def test_the_demo_says_that_too_little_is_on_record_and_shows_the_figures(demo: Open) -> None:
    app = settled(demo("region?id=AM24"), "AM24")

    text = words(app)
    assert TOO_FEW in text
    assert "What this page would have recommended" in text
    assert "Approaches drawn by lot" in text


def test_the_page_is_there_before_the_advice(demo: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explorer.views.waiting.until_ready", lambda _part: None)  # what all regions share is there
    monkeypatch.setattr("explorer.data.later.Later.ready", lambda _self, _patience=0.0: False)

    app = demo("region?id=no")

    assert title(app).startswith("Norway took over")
    assert "this can take some seconds" in words(app)
    assert "is being worked out" in words(app)


def test_every_row_of_what_it_took_over_names_approach_source_visit_and_how_sure_that_is(demo: Open) -> None:
    app = demo("region?id=no")
    graph.begin()
    own = regions.account("no")

    assert title(app).startswith("Norway took over the one approach that it went to see, after 24 to 25 months")
    assert {item.learner for item in own.taken} == {"city-no-bergen", "city-no-hamar"}
    linked = {state_of(address)["id"][0] for address in addresses(app) if "id" in state_of(address)}
    for item in own.taken:
        assert {item.approach, item.learner, item.source, item.visit} <= linked
    assert "Consistent, from above: A body of the country or province above attended such a visit." in words(app)


def test_those_who_learnt_there_are_listed(demo: Open) -> None:
    app = demo("region?id=city-is-reykjavik")
    graph.begin()
    own = regions.account("city-is-reykjavik")

    assert title(app) == f"Reykjavik: what began there went to {own.elsewhere['barnahus']} regions elsewhere"
    assert f"learnt there by {len({item.learner for item in own.given})} regions" in words(app)


def test_a_region_of_which_nothing_is_known_has_a_page_too(story: Open) -> None:
    load_less = story("region?id=fr")

    assert "No taking-over from elsewhere is on record." in words(load_less)


def test_lists_of_bodies_projects_and_plans_are_still_there(demo: Open) -> None:
    text = words(demo("region?id=AM24"))

    for heading in ("Projects here: 7", "Plans for it: 3", "Organisations here: 5", "Neighbouring regions: 2"):
        assert heading in text
    assert "Which file and row says so" in text


@pytest.mark.parametrize(
    "region", ["nl", "de", "be", "AM24", "city-de-chemnitz", "state-be-wallonia", "nl-noord-brabant"]
)
def test_pages_of_many_kinds_of_region_claim_no_cause_and_leave_no_place_open(demo: Open, region: str) -> None:
    text = words(settled(demo(f"region?id={region}"), region))

    assert "caused" not in text
    assert "led to" not in text
    assert not re.search(r"\{\w+\}|\bnan\b|None", text)


def test_the_list_has_each_region_that_takes_part_and_links_it(demo: Open) -> None:
    app = demo("regions")
    graph.begin()
    table = regions.overview()

    named = [address for address in addresses(app, "region") if "#" not in address]
    assert len(named) == len(table)
    assert title(app).startswith(f"{int(table['itself'].sum())} regions take part")


def test_the_list_counts_what_the_page_of_the_region_shows(demo: Open) -> None:
    demo("regions")
    graph.begin()
    table = regions.overview().set_index("id")

    for region in ("no", "be", "city-si-ljubljana", "nl-noord-brabant"):
        own = regions.account(region)
        row = table.loc[region]
        assert (row["took"], row["gave"], row["went"]) == (own.took, len(own.given), own.went)
        assert row["visited"] == len({trip.visit for trip in own.trips})


def test_the_list_is_narrowed_by_country_and_kind_in_the_address(demo: Open) -> None:
    app = demo("regions?country=BE&kind=municipality")

    assert title(app).startswith("Belgium, Municipality: ")
    graph.begin()
    known = network.bodies()
    for address in addresses(app, "region"):
        assert known["country"][state_of(address)["id"][0]] == "BE"
    assert app.selectbox(key="country").value == "BE"


def test_a_choice_in_the_list_is_written_into_the_address(demo: Open) -> None:
    app = demo("regions")

    app.selectbox(key="country").set_value("NO").run()

    assert title(app).startswith("Norway: ")
    assert app.query_params["country"] in ("NO", ["NO"])


@pytest.mark.parametrize("address", ["regions?country=XX", "regions?kind=spaceship", "regions?country=&kind="])
def test_nonsense_in_the_address_of_the_list_is_left_aside(demo: Open, address: str) -> None:
    assert title(demo(address)) == title(demo("regions"))


def test_a_choice_that_leaves_nothing_says_so(demo: Open) -> None:
    app = demo("regions?country=NO&kind=municipality")

    assert "No region of this kind takes part there." in words(app)
    assert 'href="regions"' in body(app)


def entry(app: AppTest, heading: str, region: str) -> str:
    """The words of the line about a region below a heading."""
    below = body(app).split(heading, 1)[1].split("<h2", 1)[0]
    (found,) = [line for line in re.findall(r"<li>.*?</li>", below, re.DOTALL) if region in line]
    return " ".join(re.sub(r"<[^>]+>", " ", found).split())


@pytest.mark.parametrize("region", ["be", "state-be-wallonia", "municipality-be-erquelinnes"])
def test_a_refusal_is_told_with_its_reason_its_note_and_only_a_visit_before_it_that_was_its_own_or_from_above(
    demo: Open, region: str
) -> None:
    told = entry(demo(f"region?id={region}"), "What it decided against, or stopped", "tzcld")

    assert "whole project: district not eligible for the regional call" in told
    assert "after months of comparing and meeting French associations" in told
    assert "a body of the country or province above it went to see it: Press conference" in told
    assert "Oliveaux" not in told  # a visit a year later


def test_the_reason_and_the_note_of_a_refusal_are_the_same_on_the_page_of_the_approach(demo: Open) -> None:
    told = entry(demo("approach?id=tzcld"), "Decided against it, or stopped: 1</h2>", "erquelinnes")

    assert "Left out: whole project: district not eligible for the regional call" in told
    assert "after months of comparing and meeting French associations" in told


def test_the_same_approach_taken_over_and_decided_against_is_told_with_the_regions(demo: Open) -> None:
    text = re.sub(r"(?<=\() | (?=[),])", "", words(demo("region?id=be")))  # the spaces around links

    assert "Against, or stopped Territoires zéro chômeur de longue durée (Erquelinnes)" in text
    assert "Territoires zéro chômeur de longue durée (Wallonia, Farciennes, Berchem-Sainte-Agathe)" in text


@pytest.mark.parametrize("region", ["be", "state-be-wallonia", "ie", "de", "no", "nl", "pl", "fi"])
def test_headings_say_how_many_approaches_and_how_many_rows_stand_below_them(demo: Open, region: str) -> None:
    app = demo(f"region?id={region}")
    graph.begin()
    own = regions.account(region)

    text = words(app)
    assert f"What it took over from elsewhere: {counted(own.taken)}" in text
    if own.given:
        approaches, learners = ({getattr(item, kind) for item in own.given} for kind in ("approach", "learner"))
        often = f"{len(own.given)} times " if len(own.given) > len(learners) else ""
        of = "approach" if len(approaches) == 1 else "approaches"
        assert f"What it gave: {len(approaches)} {of}, learnt there {often}by {len(learners)} region" in text


def counted(rows: tuple[Passed, ...]) -> str:
    """The beginning of a heading above rows."""
    approaches = len({item.approach for item in rows})
    told = f"{approaches} approach" if approaches == 1 else f"{approaches} approaches"
    return f"{told}, taken over {len(rows)} time" if rows else told


def test_the_regions_that_lie_in_a_country_are_counted_as_above(demo: Open) -> None:
    text = words(demo("region?id=be"))

    assert "the 14 regions that lie in it" in text
    assert "Regions that lie in it: 14, of which 10 directly" in text
    assert "What it contains" not in text


def test_early_or_late_is_not_said_of_what_fewer_than_ten_regions_took_over(demo: Open) -> None:
    text = words(settled(demo("region?id=be"), "be"))

    assert "majority" not in text.split("What these words mean")[0]
    assert "Early or late" not in text.split("What these words mean")[0]
    assert "none of what it took over was taken over by 10 regions or more" in text


def test_early_or_late_is_said_of_what_ten_regions_took_over(demo: Open) -> None:
    text = words(settled(demo("region?id=no"), "no"))

    assert "of 10 with a date" in text
    assert "2 of the 2 takings-over that can be compared came earlier than the average of the regions" in text
    assert "Compared is only what 10 regions or more took over." in text


def test_of_one_taking_over_that_came_late_it_is_said_beside_how_many_and_no_share_of_none(demo: Open) -> None:
    text = words(settled(demo("region?id=lv"), "lv"))

    assert "did not come earlier than the average of the 10 regions that took over the same" in text
    assert "0 of " not in text.split("Where it stands", 1)[1].split("Whom to visit next")[0]


def test_where_it_stands_is_told_in_few_plain_sentences_with_what_they_rest_on(demo: Open) -> None:
    html = body(settled(demo("region?id=be"), "be"))
    section = html.split("Where it stands</h2>", 1)[1].split("<h2", 1)[0]
    plain, fold = section.split("<details", 1)

    said = " ".join(re.sub(r"<[^>]+>", " ", plain).split())
    assert "Belgium" in said
    assert re.search(r"\d+ of the other \d+ regions", said)
    assert 1 <= len(re.findall(r"\.(?: |$)", said)) <= 3
    assert not re.search(r"ways|shortest|majority", said)
    assert "shortest ways" in fold


def test_where_a_region_stands_is_left_out_where_there_is_nothing_to_say(story: Open) -> None:
    text = words(settled(story("region?id=fr"), "fr"))

    assert "neither early nor late" not in text
    assert "did not stand between" not in text
    assert "Others do not depend" not in text
    assert "Where it stands" not in text


@pytest.mark.parametrize("region", ["be", "nl-groningen", "municipality-be-berchem-sainte-agathe"])
def test_themes_above_are_pointed_to_only_where_there_are_some(demo: Open, region: str) -> None:
    assert "The themes above" not in words(settled(demo(f"region?id={region}"), region))


def test_themes_above_are_pointed_to_where_they_name_approaches_in_use(
    empty: Open, writer: Store, tmp_path: Path
) -> None:
    load(writer, tmp_path / "mine", **{**STORY, "addresses": "item,theme\np,skills\ndesk,skills\n"})
    app = settled(empty("region?id=ze"), "ze")
    assert "The themes above" not in words(app)  # Goes uses what is about it

    load(
        writer,
        tmp_path / "more",
        **{
            **STORY,
            "addresses": "item,theme\np,skills\ncoach,skills\n",
            "plans": "id,name,year,region\np,Plan of Friesland,2020,fr\n",
        },
    )
    assert "The themes above say which approaches are in use elsewhere." in words(settled(empty("region?id=fr"), "fr"))


def test_a_theme_that_nothing_is_about_is_not_pointed_to(story: Open) -> None:
    text = words(settled(story("region?id=ze"), "ze"))

    assert "so there is nothing to point to" in text
    assert "The themes above" not in text
