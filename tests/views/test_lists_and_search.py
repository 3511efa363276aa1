"""The rows behind each number, the search, and the pages of approaches."""

import re
from html import unescape

import pytest
from page_words import addresses, body, state_of, title, words
from streamlit.testing.v1 import AppTest
from visiting import Open

from explorer.analysis.spread.evidence import takings
from explorer.analysis.spread.standings import STANDINGS
from explorer.data import evidence, graph, overview, spread
from explorer.views.overview import LACKING, LISTS
from graph_store.dates import interval
from queries import library

BEHIND_NUMBERS = sorted({*LISTS.values(), *LACKING, "sources", "visits"})


def figure(text: str) -> int:
    return int(text.replace(",", ""))


@pytest.mark.parametrize("query", BEHIND_NUMBERS)
def test_the_list_behind_a_number_of_the_overview_has_as_many_rows(demo: Open, query: str) -> None:
    app = demo(f"rows?query={query}")

    heading, number = title(app).rsplit(": ", 1)
    assert heading == library.query(query).title
    assert figure(number) == len(graph.ask(query))
    assert unescape(body(app)).count(library.query(query).cypher) == 1  # as Cypher, at the foot


def test_every_number_of_the_overview_opens_the_rows_that_it_counts(demo: Open) -> None:
    app = demo("overview")
    links = re.findall(r'<a href="(rows\?query=\w+)">(.*?)</a>', body(app))
    counted = [(address, re.search(r"\d[\d,]*", re.sub(r"<[^>]+>", " ", text))) for address, text in links]

    numbers = {address: figure(number[0]) for address, number in counted if number}
    assert len(numbers) >= len(LISTS) + len([count for count in overview.lacking().values() if count])
    for address, number in numbers.items():
        assert title(demo(address)).endswith(f": {number:,}"), address


def test_a_list_links_every_name_to_its_profile(demo: Open) -> None:
    app = demo("rows?query=organisations")

    assert len(set(addresses(app, "organisation"))) == 274
    assert len(addresses(app, "region")) > 200


def test_a_long_list_says_what_it_leaves_out_and_none_is_empty_of_words(demo: Open) -> None:
    demo("overview")
    for query in library.queries():
        if all(not parameter.required for parameter in query.params):
            app = demo(f"rows?query={query.name}&limit=3")
            assert title(app).startswith(query.title)
            assert query.description.split(".")[0][:40] in words(app)


def test_a_list_without_rows_says_so(demo: Open) -> None:
    app = demo("rows?query=stated_by&source=nobody")

    assert title(app).endswith(": 0")
    assert "no row of the data answers this" in words(app)


def searched(app: AppTest, typed: str) -> AppTest:
    app.text_input(key="search").set_value(typed).run()
    return app


@pytest.mark.parametrize("typed", ["Groningen (province)", "chemnitz", "Barnahus", "BARNAHUS"])
def test_a_name_typed_in_full_opens_what_it_names_or_the_choice(demo: Open, typed: str) -> None:
    app = searched(demo("overview"), typed)

    assert typed.split(" ")[0].lower() in title(app).lower()


def test_a_slip_of_the_finger_still_finds_the_approach(demo: Open) -> None:
    app = searched(demo("network?tie=visits"), "Barnahsu")  # two letters swapped

    assert "Barnahus" in words(app) or "Barnahus" in title(app)


def test_a_name_without_its_accents_is_found(demo: Open) -> None:
    demo("overview")
    rows = graph.store().read("MATCH (n:Organisation) RETURN n.id AS id, n.name AS name ORDER BY n.id")
    accented = [row for row in rows if {"ö", "ü"} & set(row["name"])]
    row = accented[0]
    bare = str(row["name"]).replace("ö", "o").replace("ü", "u")

    app = searched(demo("overview"), bare)

    assert row["name"] in title(app) or f"organisation?id={row['id']}" in addresses(app, "organisation")


def test_enter_on_the_one_name_that_fits_opens_its_profile(demo: Open) -> None:
    demo("overview")
    names = graph.ask("names")
    once = names.groupby("name").filter(lambda group: len(group) == 1)
    row = once[once["label"] == "Approach"].sort_values("name", key=lambda column: -column.str.len()).iloc[0]

    app = searched(demo("spread"), row["name"])

    assert title(app).startswith(row["name"])
    assert app.query_params == {"id": row["id"]}


def test_what_nobody_is_called_is_told_with_what_to_try(demo: Open) -> None:
    app = searched(demo("overview"), "xyzzyqux")

    assert title(app) == "Nothing found for “xyzzyqux”"
    assert "Try a shorter word" in words(app)


@pytest.mark.parametrize(
    ("typed", "page", "node"),
    [
        ("Pact meeting", "visit", "pact-officials-2019"),
        ("Pact meeting", "organisation", "pact"),
        ("visit to Chemnitz", "visit", "t-v27"),
        ("bezoek aan Chemnitz", "visit", "t-v27"),
        ("zero unemployment Belgium", "approach", "tzcld"),
        ("long-term unemployment", "approach", "tzcld"),
        ("Langzeitarbeitslosigkeit", "approach", "tzcld"),
        ("Barnahus visits from Ireland", "visit", "t-v22"),
        ("inclusive labour market approaches", "approach", "harde-leerschool"),
    ],
)
def test_what_is_asked_in_words_is_found_by_what_they_tell(demo: Open, typed: str, page: str, node: str) -> None:
    app = searched(demo("overview"), typed)

    assert app.query_params == {"q": typed}  # the list, not a jump
    assert node in [state_of(address)["id"][0] for address in addresses(app, page)]
    assert "Nothing fits all of these words" not in words(app)


def test_the_kind_of_entry_asked_for_comes_first(demo: Open) -> None:
    app = demo("search?q=visit+to+Chemnitz")

    kinds = re.findall(r'<li><a href="(\w+)\?id=', body(app))
    assert kinds[0] == "visit"
    assert "region" in kinds
    assert kinds == sorted(kinds, key=lambda kind: kind != "visit")


def test_where_nothing_fits_all_words_the_page_says_which_were_not_found(demo: Open) -> None:
    app = searched(demo("overview"), "Pact Xyzzyqux")

    assert title(app) == "6 entries fit some of the words of “Pact Xyzzyqux”"
    assert "Nothing fits all of these words. These fit “Pact”; they lack “Xyzzyqux”." in words(app)
    assert "organisation?id=pact" in addresses(app, "organisation")


def test_a_word_that_leads_to_one_entry_alone_is_never_certain_of_it_while_others_were_typed(demo: Open) -> None:
    app = searched(demo("overview"), "Ohjaamo xyzzyqux")

    assert app.query_params == {"q": "Ohjaamo xyzzyqux"}
    assert "approach?id=ohjaamo" in addresses(app, "approach")


def test_entries_that_fit_different_words_are_told_apart(demo: Open) -> None:
    app = demo("search?q=Ohjaamo+Urbact-Kaffee+Preston")

    assert "Nothing fits all of these words." in words(app)
    for heading in re.findall(r"<h2>(.*?)</h2>", body(app)):
        assert re.fullmatch(r"(This one fits|These fit) “.+”; (it lacks|they lack) “.+”", heading)
    assert len(re.findall(r"<h2>", body(app))) > 1


@pytest.mark.parametrize("typed", ["", "   ", "{0}", "{typed}", "<script>alert(1)</script>", "%", "*"])
def test_whatever_is_searched_the_page_stands(demo: Open, typed: str) -> None:
    app = demo("search?q=" + re.sub(r"(.)", lambda letter: f"%{ord(letter[1]):02x}", typed))

    assert typed in unescape(title(app))
    assert "<script>alert" not in body(app)


def test_the_approaches_are_ranked_by_the_regions_they_reached(demo: Open) -> None:
    app = demo("spread")
    ranked = spread.overview()

    names = re.findall(r'<th scope="row"><a href="approach\?id=[^"]+">(.*?)</a>', body(app))
    assert [unescape(name) for name in names] == list(ranked["name"])
    assert ranked["taken_over"].is_monotonic_decreasing
    assert f"; {ranked['name'].iloc[0]} reached most" in title(app)


def test_a_theme_narrows_the_approaches_and_stays_in_the_address(demo: Open) -> None:
    app = demo("spread")
    options = [code for own in spread.approach_themes().values() for code in own]
    theme = sorted(options)[0]

    narrowed = demo(f"spread?theme={theme}")

    shown = re.findall(r'<th scope="row"><a href="approach\?id=([^"]+)">', body(narrowed))
    assert shown
    assert all(theme in spread.approach_themes()[approach] for approach in shown)
    assert len(shown) < len(spread.overview())
    assert narrowed.selectbox(key="theme").value == theme
    narrowed.selectbox(key="theme").set_value(None).run()
    assert narrowed.query_params == {}
    assert title(narrowed) == title(app)


def test_every_approach_tells_its_story_and_its_numbers_agree(demo: Open) -> None:
    demo("spread")
    ranked = spread.overview()
    for row in [*ranked.head(8).to_dict("records"), *ranked.tail(3).to_dict("records")]:
        app = demo(f"approach?id={row['id']}")
        story = spread.story(str(row["id"]))

        assert story is not None
        taken = [item for item in story.regions if item.standing in ("credited", "visited", "from above", "alone")]
        assert len(taken) == row["taken_over"]
        assert (f"taken over by {len(taken)} region" in title(app)) == bool(taken)
        for item in STANDINGS:
            regions = [region for region in story.regions if region.standing == item.code]
            assert (f"{item.title}: {len(regions)}" in words(app)) == bool(regions)
        if len(story.curve) > 1:
            assert 'class="curve wide"' in body(app)
            assert story.curve["total"].iloc[-1] == len(taken) - story.undated


def test_a_profile_links_all_that_is_around_it(demo: Open) -> None:
    demo("overview")
    rows = graph.store().read(
        "MATCH (v:Visit)<-[:ATTENDED]-(b) RETURN v.id AS id, count(b) AS came ORDER BY came DESC, id LIMIT 1"
    )
    app = demo(f"visit?id={rows[0]['id']}")

    linked = {state_of(address)["id"][0] for page in ("organisation", "region") for address in addresses(app, page)}
    assert len(linked) >= rows[0]["came"]
    assert f"{rows[0]['came']} organisations or regions attended" in words(app)


def test_a_source_leads_to_all_that_rests_on_it(demo: Open) -> None:
    demo("overview")
    (row,) = graph.store().read("MATCH (s:Source) RETURN s.id AS id ORDER BY s.id LIMIT 1")

    app = demo(f"source?id={row['id']}")

    assert f"rows?query=stated_by&source={row['id']}" in [
        address.replace("%3A", ":") for address in addresses(app, "rows")
    ]


def test_what_spread_lately_is_the_first_step_of_each_region_not_a_later_one(demo: Open) -> None:
    app = demo("overview")
    graph.begin()
    known = evidence.evidence()
    first = takings(known).dropna(subset=["on_from"]).sort_values(["on_from", "on_to"], ascending=False)

    shown = overview.lately(5)

    days = first.set_index(["approach_id", "region_id"])["on_from"]
    assert [interval(row["on"])[0] for row in shown] == list(days.head(5))
    for row in shown:
        assert interval(row["on"])[0] == days[row["approach_id"], row["region_id"]]
        assert row["region"] in words(app)
