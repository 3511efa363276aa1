"""The network page: the address decides what is seen, and nothing moves when it is narrowed."""

import json
import re
from typing import Any, cast

import pytest
from page_words import addresses, body, circles, drawn, state_of, title, words
from streamlit.testing.v1 import AppTest
from visiting import Open

from explorer.analysis.layouts import HEIGHT, WIDTH
from explorer.data import graph, network
from explorer.data.network import Filters


def count(app: AppTest) -> int:
    return int(title(app).split(" ")[0])


def ids_and_names(label: str) -> dict[str, str]:
    rows = graph.store().read(f"MATCH (n:{label}) RETURN n.id AS id, n.name AS name ORDER BY n.id")
    return {row["id"]: row["name"] for row in rows}


def test_the_demo_holds_the_network_that_was_counted_by_query(demo: Open) -> None:
    app = demo("network")

    shared = graph.store().read(
        "MATCH (o:Organisation)-[:PARTICIPATES_IN]->(:Project)<-[:PARTICIPATES_IN]-(other:Organisation) "
        "WHERE other.id <> o.id RETURN count(DISTINCT o.id) AS tied"
    )
    assert count(app) == shared[0]["tied"] == len(circles(app))


def test_no_circle_of_the_demo_leaves_the_frame_or_covers_another(demo: Open) -> None:
    nodes = drawn(demo("network"))
    placed = [(node["x"], node["y"], node["symbolSize"] / 2) for node in nodes]

    for place, (x, y, radius) in enumerate(placed):
        assert radius <= x <= WIDTH - radius
        assert radius <= y <= HEIGHT - radius
        for other_x, other_y, other in placed[place + 1 :]:
            assert (x - other_x) ** 2 + (y - other_y) ** 2 >= (
                radius + other
            ) ** 2 * 0.98  # rounded to a tenth of a pixel


@pytest.mark.parametrize("tie", ["projects", "visits", "memberships", "all"])
def test_every_kind_of_tie_has_a_picture_and_a_table_of_the_same_size(demo: Open, tie: str) -> None:
    app = demo(f"network?tie={tie}")

    assert 0 < count(app) == len(circles(app))
    assert f"{count(app)} of" not in words(app)  # nothing is left out without a filter


@pytest.mark.parametrize("tie", ["projects", "visits", "all"])
@pytest.mark.parametrize("narrowing", ["kind=municipality", "least=2", "from=2014&to=2018"])
def test_filters_narrow_the_network_and_no_circle_moves(demo: Open, tie: str, narrowing: str) -> None:
    whole, some = demo(f"network?tie={tie}"), demo(f"network?tie={tie}&{narrowing}")

    before, after = circles(whole), circles(some)
    assert 0 < len(after) < len(before)
    assert {name: before[name] for name in after} == after
    assert f"{count(some)} of {len(before)} are shown." in words(some)


def test_a_region_takes_all_that_lies_below_it(demo: Open) -> None:
    demo("network")
    land = network.territories()
    sizes = {
        region: len(network.shown(Filters(regions=(region,))).nodes)
        for region, kind in land.kinds.items()
        if kind in ("province", "state") and land.within(region) != {region}
    }
    province = max(sorted(sizes), key=lambda region: sizes[region])
    country = land.above(province)[-1]

    inside, whole = demo(f"network?region={province}"), demo(f"network?region={country}")

    assert 1 < len(circles(inside)) < len(circles(whole)) < len(circles(demo("network")))
    assert set(circles(inside)) <= set(circles(whole))
    homes = set(network.shown(Filters(regions=(province,))).nodes["region_id"])
    assert homes <= land.within(province)
    assert homes - {province}  # not only those that lie in the province itself


def test_two_regions_are_shown_with_what_ties_them(demo: Open) -> None:
    demo("network")
    ties = network.shown(Filters()).ties
    country = network.bodies()["country"]
    between = [
        (country[a], country[b]) for a, b in ties[["a", "b"]].itertuples(index=False) if country[a] != country[b]
    ]
    named = {
        row["country"]: row["id"]
        for row in graph.store().read("MATCH (r:Region {kind: 'country'}) RETURN r.id AS id, r.country AS country")
    }
    one, other = (named[code] for code in between[0])

    both = network.shown(Filters(regions=(one, other))).ties
    apart = [len(network.shown(Filters(regions=(region,))).ties) for region in (one, other)]

    assert len(both) > sum(apart)
    assert len(circles(demo(f"network?region={one}&region={other}"))) == len({*both["a"], *both["b"]})


def test_what_is_set_is_told_in_words_that_can_be_clicked_away(demo: Open) -> None:
    app = demo("network?kind=province&kind=municipality&least=2&from=2014&to=2018&tie=all")
    (chips,) = re.findall(r'<ul class="chips">.*?</ul>', body(app), re.DOTALL)
    links = re.findall(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', chips.replace("&amp;", "&"))

    assert [name for _address, name in links] == ["Province", "Municipality", "2014–2018", "at least 2", "Clear all"]
    gone = {name: state_of(address) for address, name in links}
    assert gone["Province"]["kind"] == ["municipality"]
    assert gone["2014–2018"] == {"kind": ["province", "municipality"], "least": ["2"], "tie": ["all"]}
    assert "least" not in gone["at least 2"]
    assert gone["Clear all"] == {"tie": ["all"]}


def test_filters_that_leave_nothing_say_so_and_offer_the_way_out(demo: Open) -> None:
    app = demo("network?kind=union&kind=school&least=3")

    assert count(app) == 0
    assert "No tie is left with these filters" in words(app)
    assert "network?tie=projects" in addresses(app, "network") or "network" in addresses(app, "network")


def test_a_widget_shows_what_the_address_says_and_writes_what_is_chosen(demo: Open) -> None:
    app = demo("network?kind=province")
    assert app.multiselect(key="kind").value == ["province"]

    app.multiselect(key="kind").set_value(["province", "municipality"]).run()
    assert app.query_params == {"kind": ["province", "municipality"]}
    app.number_input(key="least").set_value(2).run()
    assert app.query_params == {"kind": ["province", "municipality"], "least": "2"}
    app.multiselect(key="kind").set_value([]).run()
    app.number_input(key="least").set_value(1).run()

    assert app.query_params == {}  # what is not narrowed stays out of the address
    assert count(app) == count(demo("network"))


def test_the_period_is_written_into_the_address_and_taken_out_again(demo: Open) -> None:
    app = demo("network")
    slider = app.slider(key="period")
    first, last = int(slider.min), int(slider.max)

    slider.set_value((first + 2, last - 1)).run()
    assert app.query_params == {"from": str(first + 2), "to": str(last - 1)}
    assert f"{first + 2}–{last - 1}" in title(app)
    app.slider(key="period").set_value((first, last)).run()

    assert app.query_params == {}


def test_a_period_leaves_out_what_has_no_date_and_says_how_much(demo: Open) -> None:
    app = demo("network?tie=visits&from=2003&to=2025")
    undated = graph.store().read("MATCH (v:Visit)<-[r:HOSTED|ATTENDED]-() WHERE v.on IS NULL RETURN count(r) AS rows")[
        0
    ]["rows"]

    assert undated > 0
    assert f"{undated} entries without a date are left out." in words(app)


def test_who_is_selected_is_told_beside_the_picture(demo: Open) -> None:
    demo("network")
    row = graph.ask("most_connected", limit=1).iloc[0]

    app = demo(f"network?select={row['id']}")

    assert f"Tied to {row['partners']} others" in words(app)
    assert f"organisation?id={row['id']}" in addresses(app, "organisation")
    assert any(state_of(address).get("ego") == [row["id"]] for address in addresses(app, "network"))
    nodes = drawn(app)
    dark = [node for node in nodes if node["itemStyle"]["opacity"] == 1]
    assert len(dark) == row["partners"] + 1


def click(app: AppTest, place: int, data_type: str) -> AppTest:
    """Click the node or the tie of that place in the picture, as the browser would tell it."""
    (element,) = [item for item in app.main if getattr(item, "key", None) == "picture"]
    states = app._tree.get_widget_states()
    clicked = states.widgets.add()
    clicked.id = cast(Any, element).proto.id
    group = {"series_index": 0, "data_type": data_type, "data_indices": [place]}
    clicked.string_value = json.dumps({"selection": {"selected": [group], "areas": []}})
    return app._run(states)


def test_a_click_on_a_circle_selects_that_node(demo: Open) -> None:
    app = demo("network?tie=projects&kind=municipality")
    nodes = drawn(app)
    name = nodes[7]["name"].split("\n")[0]

    click(app, 7, "node")

    assert ids_and_names("Organisation")[str(app.query_params["select"])] == name
    assert app.query_params["kind"] == "municipality"  # the filters stay
    assert f'<h2><a href="organisation?id={app.query_params["select"]}">' in body(app)


def test_a_click_on_a_tie_selects_no_node(demo: Open) -> None:
    app = click(demo("network"), 7, "edge")

    assert "select" not in app.query_params


def test_a_neighbourhood_is_the_body_and_its_partners_in_a_layout_of_its_own(demo: Open) -> None:
    demo("network")
    row = graph.ask("most_connected", limit=1).iloc[0]

    app = demo(f"network?ego={row['id']}")

    assert title(app).startswith(f"Around {row['name']}: {row['partners'] + 1} organisations")
    assert len(circles(app)) == row["partners"] + 1


@pytest.mark.parametrize("size", ["degree", "strength", "betweenness"])
@pytest.mark.parametrize("colour", ["group", "country", "kind"])
def test_every_colour_and_size_is_drawn(demo: Open, colour: str, size: str) -> None:
    app = demo(f"network?tie=all&colour={colour}&size={size}")

    nodes = drawn(app)
    assert all(node["symbolSize"] > 0 for node in nodes)
    assert len({node["itemStyle"]["color"] for node in nodes}) > 1
    assert '<ul class="legend">' in body(app)


def test_a_network_of_two_is_drawn_by_a_measure_that_is_undefined_for_two(demo: Open) -> None:
    # Betweenness needs a third node: sizes must not become "not a number", which no browser draws.
    demo("network")
    whole = network.shown(Filters())
    degrees = whole.nodes["degree"]
    pairs = [(a, b) for a, b in whole.ties[["a", "b"]].itertuples(index=False) if degrees[a] == degrees[b] == 1]
    lone = pairs[0][0] if pairs else None
    if lone is None:
        pytest.skip("the demo has no component of two")

    nodes = drawn(demo(f"network?ego={lone}&size=betweenness"))

    json.dumps(nodes, allow_nan=False)
    assert [node["symbolSize"] > 0 for node in nodes] == [True, True]


def test_the_table_names_each_circle_with_a_link_to_its_profile(demo: Open) -> None:
    app = demo("network?kind=municipality&least=2")
    (table,) = re.findall(
        r'<div[^>]*aria-label="Organisations and regions in the picture".*?</table>', body(app), re.DOTALL
    )

    assert len(re.findall(r'<th scope="row"><a href="organisation\?id=', table)) == count(app)
    assert len(re.findall(r">show</a>", table)) == count(app)


def test_downloads_are_offered_for_tables_and_the_picture(demo: Open) -> None:
    app = demo("network")

    assert [button.label for button in app.download_button] == [
        "Organisations as CSV", "Picture as a page to mail", "Ties as CSV",
    ]  # fmt: skip


def test_each_measure_is_explained_where_it_stands(demo: Open) -> None:
    text = words(demo("network"))

    for term in (
        "Partners",
        "Ties, counted with their strength",
        "Go-between",
        "Freeman (1977)",
        "fewer than three nodes",
    ):
        assert term in text
