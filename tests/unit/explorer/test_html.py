"""HTML from data: everything is escaped, tables and lists say what they are."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.pictures import html
from explorer.pictures.html import Column, Html, table, text

HOSTILE = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' onmouseover='alert(1)", "Work & Income",
    "a < b > c", "&lt;b&gt;", "{0} {name} {}", "</td></tr></table>", "javascript:alert(1)",
)  # fmt: skip


class Tags(HTMLParser):
    """The elements and attributes of a piece of HTML, and whether they are nested well."""

    EMPTY = ("img", "br", "rect", "path", "circle")

    def __init__(self, text_: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(text_)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def named(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.found if tag == name]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_stays_text_wherever_it_stands(name: str) -> None:
    pieces = [
        text(name),
        html.tag("p", name, title=name),
        html.link(name, f"organisation?id={name}"),
        html.outside_link(name, f"https://example.org/{name}"),
        html.join([name, name], name),
        html.sentence("Hosted by {host}", host=name),
        table([{"a": name}, {"a": name, "a_sort": name}], [Column("a", name)], name),
        html.facts([(name, name)]),
        html.items([name], name),
        html.timeline([(name, name)]),
        html.card(name, name, name),
        html.legend([("#4477AA", "circle", name)]),
    ]

    for piece in pieces:
        tags = Tags(piece)
        assert not {"script", "img"} & {tag for tag, _attributes in tags.found}
        assert not [key for _tag, attributes in tags.found for key in attributes if key.startswith("on")]
        assert name in "".join(tags.words)


@given(st.text())
def test_any_text_is_read_as_it_was_written(value: str) -> None:
    if value:
        assert unescape(text(value)) == value
        assert not re.search(r"[<>\"']", text(value))


def test_what_is_html_already_is_not_escaped_again() -> None:
    assert text(html.link("Arnhem", "region?id=AM10")) == '<a href="region?id=AM10">Arnhem</a>'
    assert html.sentence("In {place}", place=html.link("Ede & Wageningen", "region?id=x&y=1")) == (
        'In <a href="region?id=x&amp;y=1">Ede &amp; Wageningen</a>'
    )


def test_braces_in_a_name_are_no_places_in_a_sentence() -> None:
    assert html.sentence("By {host}", host="{other} {0}") == "By {other} {0}"


@pytest.mark.parametrize("nothing", [None, "", float("nan")])
def test_nothing_is_a_dash(nothing: object) -> None:
    assert Tags(text(nothing)).words == ["–"]


def test_numbers_are_written_in_the_readers_way() -> None:
    assert text(1234567) == "1,234,567"
    assert text(0) == "0"
    assert text(0.256) == "0.26"
    assert text(True) == "yes"
    assert text(False) == "no"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "ftp://host", "data:text/html,x", "//elsewhere.example", "", "www.example.org"]
)
def test_only_web_addresses_become_links_out(address: str) -> None:
    assert html.outside_link("Site", address) == "Site"


def test_a_link_without_an_address_is_plain_text() -> None:
    assert html.link("Element", "") == "Element"


def test_a_table_says_what_it_is_to_a_screen_reader() -> None:
    columns = [Column("name", "Name"), Column("count", "Partners", numeric=True)]
    tags = Tags(table([{"name": "Turin", "count": 28}, {"name": "Arnhem", "count": 3}], columns, "Organisations"))

    assert tags.found[0][1] == {"class": "table", "tabindex": "0", "role": "region", "aria-label": "Organisations"}
    assert [tag for tag, _attributes in tags.found].count("caption") == 1
    assert [heading.get("scope") for heading in tags.named("th")] == ["col", "col", "row", "row"]
    assert [cell.get("class") for cell in tags.named("td")] == ["number", "number"]
    assert tags.named("table") == [{"class": "sortable"}]
    assert tags.words == ["Organisations", "Name", "Partners", "Turin", "28", "Arnhem", "3"]


def test_a_cell_is_sorted_by_its_own_sort_value() -> None:
    tags = Tags(
        table([{"on": "7 Feb 2019", "on_sort": "2019-02-07"}, {"on": "no date"}], [Column("on", "When")], "Visits")
    )

    assert [heading.get("data-sort") for heading in tags.named("th")] == [None, "2019-02-07", None]


def test_a_number_is_sorted_by_its_size_not_by_its_signs() -> None:
    rows: list[dict[str, object]] = [{"n": 1234}, {"n": 56}, {"n": 0.256}, {"n": None}, {"n": float("nan")}]
    tags = Tags(table(rows, [Column("n", "N", numeric=True)], "T"))

    assert [heading.get("data-sort") for heading in tags.named("th")][1:] == ["1234", None, "0.256", None, None]


def test_a_table_of_one_row_or_none_offers_no_sorting() -> None:
    one = Tags(table([{"a": 1}], [Column("a", "A")], "One"))
    none = Tags(table([], [Column("a", "A")], "None"))
    still = Tags(table([{"a": 1}, {"a": 2}], [Column("a", "A")], "Still", sortable=False))

    for tags in (one, none, still):
        assert tags.named("table") == [{}]
    assert [tag for tag, _attributes in none.found].count("tr") == 1


def columns_of(words: int, numbers: int = 0) -> list[Column]:
    """So many columns of words, then of numbers."""
    return [
        *(Column(f"w{place}", f"Words {place}") for place in range(words)),
        *(Column(f"n{place}", f"Number {place}", numeric=True) for place in range(numbers)),
    ]


@pytest.mark.parametrize(("words", "numbers", "cards"), [(3, 0, False), (1, 3, False), (4, 0, True), (2, 3, True)])
def test_a_table_too_wide_for_a_phone_can_stand_as_cards(words: int, numbers: int, cards: bool) -> None:
    drawn = Tags(table([{}], columns_of(words, numbers), "Wide"))

    assert ("cards-if-narrow" in str(drawn.named("div")[0]["class"])) is cards
    assert ("style" in drawn.named("table")[0]) is cards


def test_a_matrix_stays_a_table_on_a_phone_and_so_does_one_of_very_many_columns() -> None:
    assert "cards-if-narrow" not in table([{}], columns_of(8), "Matrix", across=True)
    assert "cards-if-narrow" not in table([{}], columns_of(html.MOST_IN_A_CARD + 1), "Very wide")
    assert "cards-if-narrow" in table([{}], columns_of(html.MOST_IN_A_CARD), "As wide as it may be")


@pytest.mark.parametrize("name", [*HOSTILE, "Größe; color: red", 'a"}</style>', "line\nbreak"])
def test_the_name_of_a_column_stays_a_string_in_the_style_of_its_table(name: str) -> None:
    columns = [Column("a", name), *columns_of(4)]

    style = str(Tags(table([{}], columns, "Wide")).named("table")[0]["style"])

    strings = re.fullmatch(
        r'--sort-by: "([^"]*)"' + "".join(rf'; --c{place}: "([^"]*)"' for place in range(1, 6)), style
    )
    assert strings
    assert re.sub(r"\\([0-9a-f]+) ", lambda sign: chr(int(sign[1], 16)), strings[2]) == name


def test_what_a_row_lacks_is_a_dash() -> None:
    tags = Tags(table([{"a": "x"}], [Column("a", "A"), Column("b", "B")], "T"))

    assert tags.words[-1] == "–"


def test_facts_that_are_unknown_are_left_out() -> None:
    tags = Tags(html.facts([("Known", 0), ("Unknown", None), ("Empty", ""), ("Not a number", float("nan"))]))

    assert tags.words == ["Known", "0"]
    assert html.facts([("Unknown", None)]) == ""


def test_a_bar_is_as_wide_as_its_share_of_the_largest() -> None:
    assert "width:50%" in html.bar(2, 4)
    assert "width:100%" in html.bar(4, 4)
    assert "width:0%" in html.bar(0, 0)


def test_a_swatch_is_hidden_from_those_who_hear_the_words_beside_it() -> None:
    for symbol in ("circle", "diamond", "never heard of"):
        (attributes,) = Tags(html.swatch("#4477AA", symbol)).named("span")
        assert attributes["aria-hidden"] == "true"


def test_lists_are_ordered_only_where_the_order_tells() -> None:
    assert Tags(html.items(["a"])).found[0][0] == "ul"
    assert Tags(html.items(["a"], ordered=True)).found[0][0] == "ol"
    assert Tags(html.timeline([("2019", "a")])).found[0][0] == "ol"


def test_a_card_has_a_heading_of_the_second_level() -> None:
    assert [tag for tag, _attributes in Tags(html.card("Title", Html("<p>Body</p>"))).found] == ["section", "h2", "p"]
