import re

from explorer.pictures.answers import SERIES, bars, crosstab, line_option
from explorer.pictures.html import Html, text
from graph_store.schema import GREYS


def test_bars_are_as_long_as_their_share_of_the_largest() -> None:
    drawn = bars([(text("Arnhem <3"), 4), (text("Ede"), 1)], ("Region", "Visits"), "Visits by region")

    assert re.findall(r"width:(\d+)%", drawn) == ["100", "25"]
    assert "Arnhem &lt;3" in drawn
    assert "<caption>Visits by region</caption>" in drawn


def test_bars_of_nothing_and_of_zero_have_no_length() -> None:
    assert re.findall(r"width:(\d+)%", bars([(text("Ede"), 0)], ("Region", "Visits"), "x")) == ["0"]
    assert "<tbody></tbody>" in bars([], ("Region", "Visits"), "x")


def test_a_line_has_a_point_where_there_is_a_value_and_none_elsewhere() -> None:
    option = line_option({"a": [("2019", 1.0), ("2021", 3.0)], "b": [("2020", 2.0)]}, ("Year", "Visits"))

    assert option["xAxis"]["data"] == ["2019", "2020", "2021"]
    assert [series["data"] for series in option["series"]] == [[1.0, None, 3.0], [None, 2.0, None]]
    assert option["legend"]["show"]


def test_one_line_is_named_by_what_it_counts_and_needs_no_legend() -> None:
    option = line_option({"": [("2019", 1.0)]}, ("Year", "Visits"))

    assert (option["series"][0]["name"], option["legend"]["show"]) == ("Visits", False)


def test_lines_are_told_apart_by_sign_and_colour_as_far_as_there_are_any() -> None:
    option = line_option({f"line {place}": [("2019", 1.0)] for place in range(SERIES + 1)}, ("Year", "Visits"))

    looks = {(series["color"], series["symbol"]) for series in option["series"][:SERIES]}
    assert len(looks) == SERIES
    assert option["series"][SERIES]["color"] == GREYS[0]


def test_a_crosstab_has_a_row_and_a_column_for_each_name_and_leaves_the_unknown_empty() -> None:
    drawn = crosstab(
        ["Ede", "Epe"], ["Bee Path", "Barnahus"], {("Epe", "Barnahus"): Html("<b>full</b>")}, "Region", "x"
    )

    assert re.findall(r"<th[^>]*>([^<]+)</th>", drawn) == ["Region", "Bee Path", "Barnahus", "Ede", "Epe"]
    cells = re.findall(r"<td[^>]*>(.*?)</td>", drawn)
    assert [cell.strip() for cell in cells] == ["", "", "", "<b>full</b>"]
