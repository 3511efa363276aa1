"""The page Spread: filters, the ranked table, what is new, the figures over all approaches, the matrix, the rows."""

import io
import re
from datetime import date
from html import unescape

import openpyxl
import pytest
from page_words import addresses, body, state_of, title, words
from visiting import Open

from explorer.data import evidence as known
from explorer.data import matrix, programme, spread_overview, spread_rows
from explorer.data.graph import ask
from explorer.data.spread_overview import Filters


def shown(text: str) -> list[str]:
    """Ids of the approaches in the ranked table, in order."""
    return [unescape(item) for item in re.findall(r'<th scope="row"><a href="approach\?id=([^"&]+)">', text)]


def test_the_table_counts_as_the_named_query_does(demo: Open) -> None:
    demo("spread")
    rows, counted = spread_overview.overview(Filters()).rows, ask("approaches_by_reach", limit=1000)

    assert list(rows["approach_id"]) == list(counted["id"])
    for name in ("taken_over", "interested", "dropped", "visits"):
        assert list(rows[name]) == list(counted[name]), name


def test_every_number_of_the_table_opens_as_many_rows(demo: Open) -> None:
    app = demo("spread")
    rows = spread_overview.overview(Filters()).rows
    columns = {
        "taken": "taken_over",
        "interested": "interested",
        "dropped": "dropped",
        "came": "came",
        "stalled": "stalled",
        "visits": "visits",
        "took": "came_and_took",
    }
    for row in rows.to_dict("records"):
        for of, column in columns.items():
            found = spread_rows.behind(Filters(), of, row["approach_id"])
            assert found is not None
            assert len(found.rows) == row[column], (row["name"], of)
    linked = {state_of(address)["of"][0] for address in addresses(app, "spread") if "view=rows" in address}
    assert linked == {"taken", "interested", "dropped", "came", "stalled", "visits", "told", "visited", "elsewhere"}


@pytest.mark.parametrize("of", ["taken", "came", "stalled", "visits", "interested", "dropped", "took"])
def test_a_number_of_a_period_opens_the_rows_of_that_period(demo: Open, of: str) -> None:
    demo("spread")
    filters = Filters(years=(2018, 2021))
    column = {"taken": "taken_over", "took": "came_and_took"}.get(of, of)

    for row in spread_overview.overview(filters).rows.to_dict("records"):
        found = spread_rows.behind(filters, of, row["approach_id"])
        assert found is not None
        assert len(found.rows) == row[column], row["name"]


def test_the_rows_behind_a_number_link_every_name_and_lead_back(demo: Open) -> None:
    app = demo("spread?view=rows&of=came&approach=practice-the-playful-paradigm&theme=")

    assert title(app) == "The Playful Paradigm (good practice of Udine): 12 regions came to see it"
    assert len(set(addresses(app, "region"))) == 12
    assert addresses(app, "visit")
    assert "spread" in [address.split("?")[0] for address in addresses(app)]


@pytest.mark.parametrize("asked", ["of=nonsense", "of=came&approach=nobody", "", "of=<script>"])
def test_a_list_that_does_not_exist_is_told(demo: Open, asked: str) -> None:
    assert title(demo(f"spread?view=rows&{asked}")) == "No such list"


def test_a_region_keeps_the_approaches_in_which_it_or_one_in_it_took_part(demo: Open) -> None:
    app = demo("spread?region=de")
    land = known.evidence().land
    inside = land.within("de")
    evidence = known.evidence()
    origins = evidence.approaches[evidence.approaches["origin"].isin(inside)]
    steps = evidence.steps[evidence.steps["region_id"].isin(inside)]

    listed = shown(body(app))
    assert {*origins["approach_id"], *steps["approach_id"]} <= set(listed)
    assert len(listed) < len(evidence.approaches)
    assert "the numbers count all regions" in words(app)
    assert app.multiselect(key="region").value == ["de"]
    app.multiselect(key="region").set_value([]).run()
    assert app.query_params == {}


def test_a_period_leaves_out_what_happened_outside_it_and_says_so(demo: Open) -> None:
    app = demo("spread?from=2018&to=2019")
    found = spread_overview.overview(Filters(years=(2018, 2019)))

    assert "in 2018 to 2019" in title(app)
    assert set(found.curve["year"]) <= {2018, 2019}
    assert f"{found.quiet} approaches on which nothing dated is on record in this period" in words(app)
    assert len(shown(body(app))) == len(found.rows)
    assert "2018–2019" in words(app)  # to be clicked away


NONSENSE = "theme=x&region=nowhere&from=then&to=now&view=loud&since=never&order=none&all=perhaps&of=what"


def test_nonsense_in_the_address_is_left_aside(demo: Open) -> None:
    assert title(demo(f"spread?{NONSENSE}")) == title(demo("spread"))


def test_filters_that_leave_nothing_say_so_and_offer_the_way_out(demo: Open) -> None:
    app = demo("spread?from=1950&to=1951")

    assert "No approach is left with these filters" in words(app)
    assert "spread" in addresses(app)


def test_how_fast_is_told_in_words_and_only_with_enough_regions(demo: Open) -> None:
    app = demo("spread")
    rows = spread_overview.overview(Filters()).rows.set_index("approach_id")
    barnahus = rows.loc["barnahus"]

    assert barnahus["half_year"] == 2017  # 10 dated: 2005 2007 2007 2013 2015 by 2017 the fifth or sixth
    assert "half by 2017, 19 years after it began" in words(app)
    assert rows[rows["dated"] < spread_overview.LEAST_FOR_PACE]["half_year"].isna().all()
    assert "too few to say" in words(app)


def test_small_curves_say_in_words_what_they_draw(demo: Open) -> None:
    app = demo("spread")

    alts = re.findall(r'<img class="spark"[^>]* alt="([^"]+)"', body(app))
    assert len(alts) == sum(spread_overview.overview(Filters()).rows["dated"] > 0)
    assert alts[0] == "1 by 2005, 10 by 2023"


def test_what_is_new_counts_from_the_day_in_the_address(demo: Open) -> None:
    app = demo("spread?since=2021-01-01")
    found = spread_overview.news(Filters(), date(2021, 1, 1))

    assert found is not None
    assert app.date_input(key="since").value == date(2021, 1, 1)
    assert f"New since 1 Jan 2021: {len(found.taken)} takings-over, {len(found.visits)} visits" in words(app)
    assert all(row["on_to"] >= date(2021, 1, 1) for row in found.taken)
    assert found.taken[0]["on_from"] == max(row["on_from"] for row in found.taken)


def test_what_is_new_begins_two_years_before_the_last_that_is_on_record(demo: Open) -> None:
    app = demo("spread")

    assert app.date_input(key="since").value == date(2023, 12, 16)
    assert "The last that is on record is of 16 Dec 2025" in words(app)
    app.date_input(key="since").set_value(date(2022, 1, 1)).run()
    assert app.query_params["since"] in ("2022-01-01", ["2022-01-01"])


def test_a_date_of_a_year_that_may_lie_before_the_day_is_marked(demo: Open) -> None:
    app = demo("spread")
    found = spread_overview.news(Filters(), None)

    assert found is not None
    assert [row["perhaps"] for row in found.begun] == [True]  # begun in 2023, some time
    assert "2023 (perhaps)" in words(app)


def test_news_of_a_region_are_its_own(demo: Open) -> None:
    demo("spread")
    found = spread_overview.news(Filters(regions=("de",)), date(2000, 1, 1))
    inside = known.evidence().land.within("de")

    assert found is not None
    assert found.taken
    assert {row["region_id"] for row in (*found.taken, *found.dropped)} <= inside


def test_the_figures_over_all_approaches_show_their_denominators(demo: Open) -> None:
    app = demo("spread")
    figures = programme.programme()
    told = words(app)

    assert f"{figures.visits.pairs} times that can be followed since; it was taken over {figures.visits.events}" in told
    assert "in 100 within 12 months (likely between" in told
    assert "Too few took it over with a visit, or without one, to compare the two." in told
    assert "one in three drew a visit" in told
    assert f"of {len(figures.funnel.projects)} visited by others" in told
    assert "caused" not in told
    assert "led to a" not in told


@pytest.mark.parametrize("of", ["told", "visited", "elsewhere"])
def test_the_steps_of_the_funnel_open_their_projects(demo: Open, of: str) -> None:
    demo("spread")
    rates = programme.programme().funnel.rates
    count = rates[(rates["level"] == "project") & (rates["code"] == {"told": "story", "visited": "visit"}.get(of, ""))]
    found = spread_rows.behind(Filters(), of)

    assert found is not None
    if of == "elsewhere":
        graded = rates[(rates["level"] == "project") & ~rates["code"].isin(["story", "visit"])]
        assert len(found.rows) == graded["count"].sum()
    else:
        assert len(found.rows) == count["count"].item()
    assert len(set(addresses(demo(f"spread?view=rows&of={of}"), "project"))) == len(found.rows)


def test_the_rule_for_gone_quiet_is_told_with_its_numbers(demo: Open) -> None:
    app = demo("spread")
    lag = programme.programme().lag

    assert f"{round(lag.days / 30.4375)} months (the middle of {lag.of})" in words(app)


def test_terms_are_explained_one_click_away(demo: Open) -> None:
    told = words(demo("spread"))

    assert "What these words mean" in told
    assert "Kaplan-Meier estimate" in told


def test_the_matrix_shows_each_stage_by_sign_and_in_words(demo: Open) -> None:
    app = demo("spread?view=matrix")
    found = matrix.standings(Filters())

    signs = re.findall(r'<td class="rung-[a-z]+"><a [^>]*title="([^"]+)"', body(app))
    assert len(signs) == len(found.cells)
    assert "Cork, The Playful Paradigm (good practice of Udine): Took over a part" in " ".join(map(unescape, signs))
    assert len(re.findall(r'<th scope="col"', body(app))) == len(found.approaches) + 2


def test_what_the_matrix_leaves_out_is_said(demo: Open) -> None:
    app = demo("spread?view=matrix")
    regions, approaches = matrix.standings(Filters()).whole

    assert f"the {matrix.MOST_REGIONS} regions with most on record about these approaches, of {regions}" in words(app)
    assert f"the {matrix.MOST_APPROACHES} approaches that reached most regions, of {approaches}" in words(app)
    assert "Shown are" not in words(demo("spread?view=matrix&region=ie"))


def test_the_matrix_can_stand_at_the_end_of_a_year(demo: Open) -> None:
    app = demo("spread?view=matrix&from=2003&to=2015")
    before = matrix.standings(Filters(years=(2003, 2015)))

    assert "by the end of 2015" in title(app)
    assert sum(before.counts.values()) < sum(matrix.standings(Filters()).counts.values())
    assert all(row["on"] is None or row["on"][:4] <= "2015" for row in before.cells)


def test_in_each_order_the_matrix_has_the_same_cells(demo: Open) -> None:
    demo("spread")
    by_country, by_approach = (matrix.standings(Filters(), order) for order in matrix.ORDERS)

    assert sorted(row["region_id"] for row in by_country.regions) == sorted(r["region_id"] for r in by_approach.regions)
    countries = [row["country"] for row in by_country.regions]
    assert len(set(countries)) == sum(
        a != b for a, b in zip(countries, ["", *countries], strict=False)
    )  # one block each
    places = [row["place"] for row in by_approach.regions]
    assert places == sorted(places)


def test_the_workbook_holds_the_table(demo: Open) -> None:
    demo("spread")
    found = spread_overview.overview(Filters())
    book = openpyxl.load_workbook(io.BytesIO(spread_overview.workbook({"approaches": spread_overview.table_of(found)})))

    rows = list(book["approaches"].iter_rows(values_only=True))
    assert rows[0][:2] == ("approach_id", "name")
    assert len(rows) == len(found.rows) + 1
    assert rows[1][1] == "Barnahus (children's house)"
