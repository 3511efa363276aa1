"""The network picture, its file to mail, and the curve: what they are given is what they show."""

import json
import re
from html.parser import HTMLParser
from typing import Any

import pandas as pd
import pytest
from network_shelf import ties_of

from explorer.pictures.network import NAMED_ON_A_PHONE, classes, network_option
from explorer.pictures.network_file import network_file
from graph_store.schema import GREYS, PALETTE

NAMES = {"a": "Arnhem", "b": "Bonn", "c": "Cork", "d": "Delft"}
TIES = ties_of(("a", "b", 3), ("b", "c"), ("c", "d"))
HOSTILE = "</script><script>alert(1)</script> {b} \"quoted\" & 'sons'"


def nodes(**names: str) -> pd.DataFrame:
    known = names or NAMES
    count = len(known)
    return pd.DataFrame(
        {
            "name": list(known.values()), "x": [100.0 * place for place in range(count)], "y": [50.0] * count,
            "radius": [6.0 + place for place in range(count)], "colour": ["#4477AA"] * (count - 1) + ["#EE6677"],
            "symbol": ["circle"] * (count - 1) + ["diamond"],
            "said": [f"{name}\n2 partners" for name in known.values()],
        },
        index=pd.Index(list(known), name="id"),
    )  # fmt: skip


FRAME = (-20.0, 10.0, 340.0, 90.0)


def option(table: pd.DataFrame, ties: pd.DataFrame, **more: str) -> dict[str, Any]:
    return network_option(table, ties, FRAME, **more)


def seen(drawing: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = series(drawing)["data"][:-2]  # two unseen nodes hold the frame
    return found


def series(drawing: dict[str, Any]) -> dict[str, Any]:
    (only,) = drawing["series"]
    found: dict[str, Any] = only
    return found


def test_the_option_is_json_without_anything_that_a_browser_refuses() -> None:
    written = json.dumps(option(nodes(), TIES, selected="a", unit="shared projects"), allow_nan=False)

    assert "Arnhem" in written


def test_node_i_of_the_picture_is_row_i_of_the_table() -> None:
    data = seen(option(nodes(), TIES))

    assert [item["name"].split("\n")[0] for item in data] == list(NAMES.values())
    assert [(item["x"], item["y"]) for item in data] == [(0, 50), (100, 50), (200, 50), (300, 50)]
    assert [item["symbolSize"] for item in data] == [12, 14, 16, 18]  # twice the radius
    assert [item["symbol"] for item in data] == ["circle", "circle", "circle", "diamond"]


def test_ties_lead_to_their_nodes_and_say_what_they_count() -> None:
    links = series(option(nodes(), TIES, unit="visits"))["links"]

    assert [(link["source"], link["target"], link["value"]) for link in links] == [
        (0, 1, "3 visits"), (1, 2, "1 visits"), (2, 3, "1 visits"),
    ]  # fmt: skip
    widths = [link["lineStyle"]["width"] for link in links]
    assert widths[0] > widths[1] == widths[2]


def test_a_tie_inside_a_group_has_its_colour_and_one_between_groups_is_grey() -> None:
    links = series(option(nodes(), TIES))["links"]

    assert [link["lineStyle"]["color"] for link in links] == ["#4477AA", "#4477AA", "#D5D9DD"]


def test_who_is_selected_stands_out_with_its_partners() -> None:
    data = seen(option(nodes(), TIES, selected="b"))

    assert [item["itemStyle"]["opacity"] for item in data] == [1, 1, 1, 0.25]  # a and c are partners of b, d is not
    assert data[1]["label"]["show"]
    assert data[1]["label"]["fontWeight"] == "bold"
    assert not data[3]["label"]["show"]


def test_an_id_that_is_not_in_the_picture_selects_nothing() -> None:
    data = seen(option(nodes(), TIES, selected="gone"))

    assert {item["itemStyle"]["opacity"] for item in data} == {1}


def test_the_picture_is_never_stretched_and_never_moves() -> None:
    shown = series(option(nodes(), TIES))

    assert shown["layout"] == "none"
    assert shown["preserveAspect"] is True
    assert shown["selectedMode"] == "single"  # without it a click tells nobody
    assert option(nodes(), TIES)["animation"] is False


def test_on_a_phone_circles_are_half_as_large_and_few_are_named() -> None:
    many = nodes(**{f"n{place}": f"Name {place}" for place in range(20)})
    drawing = option(many, ties_of(("n0", "n1")), selected="n0")
    small = drawing["media"][0]["option"]["series"][0]["data"][:-2]

    assert [item["symbolSize"] for item in small] == [item["symbolSize"] / 2 for item in seen(drawing)]
    named = [place for place, item in enumerate(small) if item["label"]["show"]]
    assert named == [0, *range(20 - NAMED_ON_A_PHONE, 20)]  # the largest, and the one selected


def test_a_network_of_two_is_drawn_too() -> None:
    drawing = option(nodes(a="Arnhem", b="Bonn"), ties_of(("a", "b")))

    json.dumps(drawing, allow_nan=False)
    assert len(seen(drawing)) == 2


def test_two_unseen_nodes_hold_the_frame_so_that_filters_move_nothing() -> None:
    for data in (
        series(option(nodes(), TIES))["data"],
        *(m["option"]["series"][0]["data"] for m in option(nodes(), TIES)["media"]),
    ):
        assert [(item["x"], item["y"]) for item in data[-2:]] == [FRAME[:2], FRAME[2:]]
        assert [item["symbolSize"] for item in data[-2:]] == [0, 0]
        assert all(item["silent"] and not item["label"]["show"] for item in data[-2:])


def test_the_first_six_classes_have_colours_and_the_rest_a_grey() -> None:
    found = classes([(str(place), f"Class {place}") for place in range(9)], {"1": "diamond"})

    assert tuple(item.colour for item in found[:6]) == PALETTE
    assert {item.colour for item in found[6:]} == {GREYS[2]}
    assert [item.symbol for item in found[:3]] == ["circle", "diamond", "circle"]
    assert classes([]) == []


class Loads(HTMLParser):
    """What a page asks for while it opens."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.scripts = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = dict(attrs)
        self.scripts += tag == "script"
        asked = own.get("src") or (own.get("href") if tag == "link" else None)
        if asked:
            self.asked.append(asked)


@pytest.fixture(scope="module")
def page() -> str:
    return network_file(nodes(), TIES, title="4 organisations & more", foot="Made <here>")


def test_the_file_to_mail_asks_nobody_for_anything(page: str) -> None:
    assert Loads(page).asked == []
    assert not re.search(r"@import|url\(\s*[\"']?(?:https?:)?//", page)


def test_the_file_to_mail_says_what_it_shows(page: str) -> None:
    assert page.startswith("<!doctype html>")
    assert '<html lang="en">' in page
    assert page.count("<h1>") == 1
    assert "<h1>4 organisations &amp; more</h1>" in page
    assert "<title>4 organisations &amp; more</title>" in page
    assert "<p>Made &lt;here&gt;</p>" in page


def test_the_file_to_mail_holds_all_nodes_and_ties(page: str) -> None:
    held = re.search(r"nodes = new vis\.DataSet\((\[.*?\])\);", page)
    edges = re.search(r"edges = new vis\.DataSet\((\[.*?\])\);", page)
    assert held is not None
    assert edges is not None
    drawn = {node["id"]: node for node in json.loads(held[1])}
    assert {key: node["label"] for key, node in drawn.items()} == NAMES
    assert [drawn[key]["shape"] for key in "abcd"] == ["dot", "dot", "dot", "diamond"]
    assert all(node["physics"] is False for node in drawn.values())
    assert {(edge["from"], edge["to"]) for edge in json.loads(edges[1])} == {("a", "b"), ("b", "c"), ("c", "d")}


def test_a_hostile_name_cannot_leave_its_place_in_the_file() -> None:
    calm = Loads(network_file(nodes(), TIES, title="t", foot="f"))
    hostile = Loads(network_file(nodes(a=HOSTILE, b="Bonn", c="Cork", d="Delft"), TIES, title=HOSTILE, foot=HOSTILE))

    assert hostile.scripts == calm.scripts
    assert hostile.asked == []
