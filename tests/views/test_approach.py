"""The page of one approach: numbers that agree, one year and one region in both pictures, nothing that pretends."""

import re
from html import unescape
from typing import Any, cast

import pytest
from page_words import addresses, body, pieces, state_of, title, words
from streamlit.testing.v1 import AppTest
from visiting import Open

from explorer.data import network, spread, story
from explorer.views.approach_looks import LINES, TAKEN

BARNAHUS = "approach?id=barnahus"


def picture(app: AppTest, kind: str) -> str:
    """The drawing for a screen: "map" or "tree"."""
    (found,) = [piece for piece in pieces(app) if f'class="{kind} wide"' in piece]
    return found.split(f'class="{kind} narrow"')[0]


def places(drawing: str, faint: str = "") -> set[str]:
    """Regions that are drawn as links; with `faint`, only those of that class."""
    found = re.findall(r'<a class="([^"]*)"[^>]*?>|<a href="([^"]*)" class="([^"]*)"', drawing)
    links = {(address, class_) for _first, address, class_ in found if address}
    return {
        said.split(":")[0]
        for address, class_ in links
        if not faint or faint in class_.split()
        for said in re.findall(rf'href="{re.escape(address)}" class="{class_}" aria-label="([^"]*)"', drawing)
    }


def slider(app: AppTest) -> Any:
    return app.slider(key="year")


def asked(app: AppTest) -> int:
    """The year in the address."""
    year = app.query_params["year"]
    return int(year if isinstance(year, str) else year[0])


def test_the_whole_story_is_told_without_a_year(demo: Open) -> None:
    app = demo(BARNAHUS)

    assert "from Reykjavik (1 Nov 1998), taken over by 11 regions" in title(app)
    assert "It began in Reykjavik , 1 Nov 1998." in words(app)
    assert slider(app).value == slider(app).max
    assert "11 regions have taken it over by now" in words(app)
    assert not places(picture(app, "tree"), "later")


def test_the_year_of_the_address_holds_for_map_and_tree_alike(demo: Open) -> None:
    app = demo(BARNAHUS + "&year=2016")
    found = spread.story("barnahus")

    assert found is not None
    taken = [item for item in found.regions if item.standing in TAKEN and item.step]
    by_then = {i.region for i in taken if i.step and i.step["on_from"] and i.step["on_from"].year <= 2016}
    after = {item.region for item in taken} - by_then
    assert slider(app).value == 2016
    assert f"By the end of 2016: {len(by_then)} of the 11 regions had taken it over" in words(app)
    assert "1 of unknown date shows only with all years" in words(app)
    for kind, class_ in (("map", "faint"), ("tree", "later")):
        faint = {unescape(name) for name in places(picture(app, kind), class_)}
        every = {unescape(name) for name in places(picture(app, kind))}
        assert after & every <= faint
        assert not by_then & faint


def test_moving_the_years_writes_the_address_and_the_last_year_is_left_out_of_it(demo: Open) -> None:
    app = demo(BARNAHUS)

    slider(app).set_value(2010).run()
    assert asked(app) == 2010
    assert "By the end of 2010: 3 of the 11 regions" in words(app)

    slider(app).set_value(slider(app).max).run()
    assert "year" not in app.query_params
    assert "11 regions have taken it over by now" in words(app)


def test_playing_begins_with_the_first_year_and_can_be_stopped(demo: Open) -> None:
    app = demo(BARNAHUS)

    app.button(key="play").click().run()
    assert app.button(key="play").label == "Pause"
    assert asked(app) == slider(app).min

    app.run()  # what the clock does
    assert asked(app) == slider(app).min + 1

    app.button(key="play").click().run()
    assert app.button(key="play").label == "Play the years"
    stopped = asked(app)
    app.run()
    assert asked(app) == stopped


def test_the_play_ends_with_the_last_year(demo: Open) -> None:
    app = demo(BARNAHUS)
    slider(app).set_value(slider(app).max - 1).run()

    app.button(key="play").click().run()
    app.run()

    assert "year" not in app.query_params
    assert app.button(key="play").label == "Play the years"


@pytest.mark.parametrize(
    "nonsense", ["year=1200", "year=soon", "year=%C2%B2%C2%B2%C2%B2%C2%B2", "region=nowhere", "region="]
)
def test_nonsense_in_the_address_is_left_aside(demo: Open, nonsense: str) -> None:
    app = demo(f"{BARNAHUS}&{nonsense}")

    assert title(app) == title(demo(BARNAHUS))
    assert "Choose a region in the pictures" in words(app)
    assert "11 regions have taken it over by now" in words(app)


def test_a_region_chosen_is_ringed_in_both_pictures_and_told(demo: Open) -> None:
    app = demo(BARNAHUS + "&region=city-no-bergen&year=2016")

    assert 'class="chosen"' in picture(app, "map")
    (ringed,) = re.findall(
        r'aria-label="([^"]*)"><title>[^<]*</title>(?:<rect[^>]*></rect>)?<circle[^>]*fill="none"', picture(app, "tree")
    )
    assert ringed.startswith("Bergen:")
    assert "Bergen : took it over after a visit from above, 1 Nov 2007" in words(app)
    own = [state_of(a) for a in addresses(app, "approach")]
    assert {"id": ["barnahus"], "year": ["2016"]} in own  # letting it go keeps the year
    assert {"id": ["barnahus"], "year": ["2016"], "region": ["city-no-hamar"]} in own


def test_each_region_says_from_whom_with_its_grade_and_reason(demo: Open) -> None:
    app = demo(BARNAHUS)
    told = words(app)

    assert "Stated A source says so." in told
    assert "3 others could explain it" in told
    assert "Nobody is known from whom it could have been learnt." in told
    assert "Of 2 of the 11 only the year is known." in told
    for grade in ("stated", "consistent", "from above"):
        assert LINES[grade].signs in told


def test_the_way_from_seeing_to_taking_over_has_its_denominators_and_names(demo: Open) -> None:
    app = demo(BARNAHUS)
    known = story.learning("barnahus")

    took = sum(row["outcome"] in ("taken over", "reported") for row in known.pairs)
    assert f"{len(known.pairs)} regions came to see it" in words(app)
    assert f"{took} of these {len(known.pairs)} took it over after coming" in words(app)
    for row in known.pairs:
        assert f'href="region?id={row["region_id"]}"' in body(app)
    assert "%" not in words(app).split("From seeing it to taking it over")[1].split("regions took it over")[0]


def test_impossible_orders_and_undated_visits_stand_apart(demo: Open) -> None:
    app = demo(BARNAHUS)

    assert "2 visits cannot explain a taking-over" in words(app)
    assert "The visit came after the taking-over." in words(app)
    assert "1 visit would fit, were a date known" in words(app)


def test_nothing_is_called_a_cause(demo: Open) -> None:
    for name in ("barnahus", "practice-beepathnet", "tzcld"):
        said = words(demo(f"approach?id={name}")).lower()
        assert "caused" not in said
        assert "led to" not in said


def test_what_stalled_says_its_rule_and_on_how_many_it_rests(demo: Open) -> None:
    app = demo("approach?id=jugendberufsagentur")
    known = story.learning("jugendberufsagentur")

    assert known.stalled
    assert f"{len(known.stalled)} region came, and nothing was heard since" in words(app)
    assert f"the middle of {known.lag.of} takings-over, over all approaches" in words(app)


def test_an_approach_that_nobody_took_over_has_no_tree_and_says_so(demo: Open) -> None:
    demo("spread")
    ranked = spread.overview()
    quiet = ranked[(ranked["taken_over"] == 0) & (ranked["interested"] > 0)].iloc[0]
    app = demo(f"approach?id={quiet['id']}")

    assert "no region elsewhere is known to have taken it over" in title(app)
    assert 'class="tree' not in body(app)
    assert 'class="map wide"' in body(app)
    assert set(story.files(str(quiet["id"]))) == {"csv", "xlsx"}


def test_elements_without_a_word_on_what_became_of_them_are_named_and_said_to_be_so(demo: Open) -> None:
    app = demo("approach?id=practice-stories")

    assert "Partners learn to speak each other's language" in words(app)
    assert "No region that took it over says which of them it kept" in words(app)


def test_the_table_to_save_has_a_row_for_each_region_of_the_story(demo: Open) -> None:
    demo(BARNAHUS)
    found, rows = spread.story("barnahus"), story.table("barnahus")

    assert found is not None
    assert list(rows["region_id"]) == [item.region_id for item in found.regions]
    bergen = rows.set_index("region_id").loc["city-no-bergen"]
    assert (bergen["from_region"], bergen["grade"], bergen["others"]) == ("Reykjavik", "from above", 1)
    files = story.files("barnahus")
    assert set(files) == {"csv", "xlsx", "graphml", "nwk", "json"}
    assert files["csv"].startswith(b"\xef\xbb\xbf")
    assert [button.key for button in app_buttons(demo(BARNAHUS))] == [f"save-barnahus.{ending}" for ending in files]


def app_buttons(app: AppTest) -> list[Any]:
    return [item for item in app.main if item.type == "download_button" and cast(Any, item).key.startswith("save-")]


def test_every_region_named_is_a_link(demo: Open) -> None:
    app = demo(BARNAHUS)
    linked = {state_of(address)["id"][0] for address in addresses(app, "region")}
    found = spread.story("barnahus")

    assert found is not None
    assert {item.region_id for item in found.regions} <= linked
    assert network.positions()
