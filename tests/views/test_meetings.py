"""The page of meetings: what came of them, what is to come, whom to ask, what to show next."""

import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, cast

import openpyxl
import pytest
from page_words import addresses, body, state_of, title, words
from streamlit.testing.v1 import AppTest
from visiting import Open

from explorer.analysis.advice.backtest import SHOW, Verdict
from explorer.data import advice, graph, meeting_case, meetings, programme
from explorer.data.meetings import Filters
from explorer.views import meeting_ask
from graph_loader import api
from graph_store.store import Store

REGIONS = (
    "id,name,kind,country\nzeeland,Zeeland,labour-market region,NL\ntwente,Twente,labour-market region,NL\n"
    "drenthe,Drenthe,labour-market region,NL\n"
)
APPROACHES = "id,name,started,origin\nstories,Practice stories,2010,zeeland\nvouchers,Vouchers,2011,zeeland\n"
VISITS = (
    "id,name,on,kind\nspring,Spring visit,2015-04-01,work visit\nautumn,Autumn day,2016,practice day\n"
    "ahead,A day ahead,{ahead},practice day\nsometime,Some visit,,work visit\n"
)
HOSTS = "host,visit\nzeeland,spring\nzeeland,autumn\nzeeland,ahead\n"
ATTENDANCES = "attendee,visit\ntwente,spring\ndrenthe,spring\ndrenthe,autumn\ntwente,ahead\n"
ABOUT = "visit,subject\nspring,stories\nautumn,vouchers\nahead,vouchers\n"
STEPS = "id,region,approach,stage,on,credited_to\none,twente,stories,full,2016-06-01,spring\n"


def load(store: Store, folder: Path, **tables: str) -> None:
    """Load tables, written as CSV."""
    folder.mkdir(exist_ok=True)
    said = {"data_set": "id,name,kind,data_until\nmine,My own,recorded,2024-12-31\n", **tables}
    for table, text in said.items():
        (folder / f"{table}.csv").write_text(text, encoding="utf-8")
    report = api.load(folder, "", store)
    assert report.loaded, [str(fault) for fault in report.report.faults]


@pytest.fixture
def small(empty: Open, writer: Store, tmp_path: Path) -> Open:
    """Opens a page on three regions, one of which took over what it saw; a meeting is to come."""
    visits = VISITS.format(ahead=date.today().year + 1)
    own = {"regions": REGIONS, "approaches": APPROACHES, "visits": visits, "hosts": HOSTS}
    load(writer, tmp_path / "mine", **own, attendances=ATTENDANCES, visit_subjects=ABOUT, adoptions=STEPS)
    return empty


@pytest.fixture(autouse=True)
def nothing_begun() -> None:
    """What this test asks outside of a page is asked of the graph as it is now."""
    graph._state.set(None)


def saved(filters: Filters) -> openpyxl.Workbook:
    """The list to fill in, as the page makes it."""
    return openpyxl.load_workbook(io.BytesIO(meeting_ask.form(meetings.waiting(filters), date.today())))


def test_the_title_counts_meetings_and_how_often_the_outcome_is_known(demo: Open) -> None:
    app = demo("meetings")

    every = meetings.meetings()
    known, told = sum(item.known for item in every), sum(bool(item.came_of) for item in every)
    assert title(app).startswith(
        f"{len(every)} meetings, none to come; what came of it is known for {known} of the {told}"
    )
    assert "caused" not in words(app)
    assert "led to" not in words(app)


def test_each_number_of_the_head_opens_as_many_meetings(demo: Open) -> None:
    app = demo("meetings?outcome=took")

    took = [item for item in meetings.meetings() if any(one.outcome in meetings.TOOK for one in item.came_of)]
    names = {state_of(address)["id"][0] for address in addresses(app, "visit")}
    assert names == {item.id for item in took}


def test_what_came_of_a_visit_is_told_region_by_region(small: Open) -> None:
    app = small("meetings")

    assert title(app) == (
        "4 meetings, 1 to come; what came of it is known for 1 of the 3 where other regions saw an approach"
    )
    assert "Twente took it over about 14 months after (1 Jun 2016)" in words(app)
    assert "Nothing on record: Drenthe" in words(app)
    assert "a source credits this meeting in words" in words(app)


def test_a_meeting_says_of_itself_what_the_list_says(small: Open) -> None:
    app = small("visit?id=spring")

    assert "What came of it" in words(app)
    assert "Twente took it over about 14 months after (1 Jun 2016)" in words(app)
    assert "Nothing on record: Drenthe" in words(app)


def test_why_a_region_decided_against_it_is_told_where_a_source_says_so(demo: Open) -> None:
    app = demo("visit?id=t-v27")  # the visit to Chemnitz in 2018

    assert "Vilafranca del Penedes took it over about 3 years after (Jul 2021)" in words(app)
    assert "Turin decided against it, or stopped (Jul 2021): the agency itself, judged not to fit" in words(app)


def test_a_refusal_ends_an_interest_and_is_told_with_its_own_date(empty: Open, writer: Store, tmp_path: Path) -> None:
    steps = STEPS + "two,drenthe,stories,considering,2015-06-01,\n"
    came = "attendee,visit,outcome,outcome_on\ntwente,spring,,\ndrenthe,spring,declined,2017\n"
    own = {"regions": REGIONS, "approaches": APPROACHES, "visits": VISITS.format(ahead="2030"), "hosts": HOSTS}
    load(writer, tmp_path / "mine", **own, attendances=came, visit_subjects=ABOUT, adoptions=steps)

    said = words(empty("visit?id=spring"))

    assert "Drenthe decided against it, or stopped (2017)" in said
    assert "Considers it: Drenthe" not in said


def test_a_taking_over_of_the_same_year_leaves_the_order_open(empty: Open, writer: Store, tmp_path: Path) -> None:
    steps = STEPS.replace("2016-06-01,spring", "2015,")
    own = {"regions": REGIONS, "approaches": APPROACHES, "visits": VISITS.format(ahead="2030"), "hosts": HOSTS}
    load(writer, tmp_path / "mine", **own, attendances=ATTENDANCES, visit_subjects=ABOUT, adoptions=steps)

    assert "Twente took it over (2015); the dates leave open which came first" in words(empty("meetings"))


def test_a_meeting_to_come_has_a_way_to_what_to_show_there(small: Open) -> None:
    app = small("meetings?part=coming")

    assert "A day ahead" in words(app)
    assert "Spring visit" not in words(app)
    (way,) = [state_of(item) for item in addresses(app, "meetings") if "present" in state_of(item)]
    assert (way["part"], way["present"], way["host"]) == (["show"], ["twente"], ["zeeland"])


def test_without_a_meeting_to_come_the_page_says_how_one_gets_there(demo: Open) -> None:
    app = demo("meetings?part=coming")

    assert "No meeting to come is on record." in words(app)
    assert "The last one was on Sept 2025" in words(app)


@pytest.mark.parametrize("part", ["", "part=coming&", "part=ask&"])
def test_filters_narrow_and_are_clicked_away(small: Open, part: str) -> None:
    app = small(f"meetings?{part}region=twente&kind=work+visit")

    assert title(app).startswith("1 meeting, none to come")
    chips = [state_of(item) for item in addresses(app, "meetings")]
    assert any(state.get("kind") == ["work visit"] and "region" not in state for state in chips)


def test_filters_that_leave_nothing_say_so_and_lead_out(small: Open) -> None:
    app = small("meetings?from=2012&to=2013")

    assert "No meeting is left with these filters." in words(app)
    assert "meetings" in addresses(app, "meetings")


NONSENSE = (
    "meetings?part=nonsense&region=nowhere&theme=none&kind=spaceship&from=then&to=now&outcome=loud&first=many",
    "meetings?from=2020&to=2010",
    "meetings?first=%C2%B2",
    "meetings?first=999999",
    "meetings?from=%C2%B2%C2%B2%C2%B2%C2%B2&to=2010",
    "meetings?unheard=of",
)


@pytest.mark.parametrize("address", NONSENSE)
def test_nonsense_in_the_address_is_left_aside(demo: Open, address: str) -> None:
    app, plain = demo(address), demo("meetings")

    assert title(app) == title(plain)
    assert addresses(app, "visit") == addresses(plain, "visit")


def test_a_choice_is_written_into_the_address(small: Open) -> None:
    app = small("meetings")

    app.multiselect(key="region").set_value(["drenthe"]).run()

    assert app.query_params["region"] in ("drenthe", ["drenthe"])
    assert title(app).startswith("2 meetings")


def test_the_rule_of_the_quiet_ones_is_told_with_its_lag_and_how_many_it_rests_on(demo: Open) -> None:
    app = demo("meetings?part=ask")

    lag = programme.programme().lag
    assert f"Half of the {lag.of} takings-over after a visit came within 2 years." in words(app)
    assert "at least twice as long ago (4 years)" in words(app)
    assert "The records look for steps up to 31 Jan 2024." in words(app)
    assert "graph-loader load what-came-of-it.xlsx --data-set outcomes" in words(app)


def test_too_few_takings_over_call_nobody_quiet_and_say_why(small: Open) -> None:
    app = small("meetings?part=ask")

    assert "Only 1 taking-over after a visit has dates" in words(app)
    assert not app.get("download_button")


def test_the_list_to_ask_goes_out_with_a_row_for_each_body_and_its_drop_down(demo: Open) -> None:
    app = demo("meetings?part=ask")

    (button,) = app.get("download_button")
    assert cast(Any, button).label == "List to fill in (Excel)"
    quiet = meetings.waiting(Filters())
    book = saved(Filters())
    sheet = book["attendances"]
    head = [cell.value for cell in sheet[1]]
    rows = {(row[0].value, row[1].value) for row in sheet.iter_rows(min_row=2)}
    assert head == ["attendee", "visit", "delegates", "outcome", "outcome_on", "source", "note"]
    assert rows == {(one["id"], item.meeting.id) for item in quiet for one in item.bodies}
    assert len(sheet.data_validations.dataValidation) == len(rows)
    assert book["_lists"]["A1"].value == "none"


def test_the_list_to_ask_follows_the_filters(demo: Open) -> None:
    app = demo("meetings?part=ask&region=de")

    (waiting,) = meetings.waiting(Filters(regions=("de",)))
    rows = list(saved(Filters(regions=("de",)))["attendances"].iter_rows(min_row=2, values_only=True))
    assert [row[:2] for row in rows] == [(body["id"], "t-v01") for body in waiting.bodies]
    assert waiting.region == "Flensburg"
    assert "1 case to ask about" in words(app)


def test_where_it_was_taken_over_within_a_country_nobody_asks_the_country(demo: Open) -> None:
    demo("meetings?part=ask")

    pairs = {(item.region_id, item.approach_id) for item in meetings.waiting(Filters())}
    assert ("no", "barnahus") not in pairs  # Bergen and Hamar have it
    days = [item.days for item in meetings.waiting(Filters())]
    assert days == sorted(days)  # who came lately remembers best


def test_where_recommendations_did_not_hold_the_page_says_so_and_tells_plain_facts(demo: Open) -> None:
    demo("overview")
    advice.tested()
    app = demo("meetings?part=show&present=no&present=ie&host=city-is-reykjavik")

    assert "No case is recommended here. Too little on record" in words(app)
    assert "Tried on 6 past days" in words(app)
    assert "From fewer than 40 nobody can tell." in words(app)
    assert "cases to show" not in words(app)


def test_plain_facts_name_what_the_host_has_and_the_guests_have_not_seen(small: Open) -> None:
    small("overview")
    advice.tested()
    app = small("meetings?part=show&present=twente&present=drenthe&host=zeeland")

    assert "1 approach in use at Zeeland that some of those present have not seen" in words(app)
    # Drenthe saw it; Twente is to see it at a meeting to come
    assert "Vouchers" in words(app)
    assert "New to 1 of the 2 present: Twente To be seen in Zeeland" in words(app)
    assert "Practice stories" not in words(app)  # both saw it


def rows(app: AppTest) -> list[str]:
    """The rows of facts of the page, those in the fold too."""
    return [re.sub(r"<[^>]+>", " ", row) for row in re.findall(r'<tr><th scope="row">.*?</tr>', body(app), re.DOTALL)]


def test_facts_are_in_the_order_that_the_page_tells_and_ten_are_in_sight(demo: Open) -> None:
    demo("overview")
    advice.tested()
    app = demo("meetings?part=show&present=nl-noord-brabant")

    _where, found = meeting_case.unseen(["nl-noord-brabant"], "")
    assert [item.approach for item in found] == [state_of(item)["id"][0] for item in addresses(app, "approach")]
    ranks = [item.facts.rank for item in found]
    assert ranks == sorted(ranks)
    assert f"{len(found)} approaches in use elsewhere that Noord-Brabant has not seen" in words(app)
    assert "then those that most regions took over after they came to see them" in words(app)
    assert "Their plans name “Resilient labour market”; no approach that is new to them is about that." in words(app)
    open_part, fold = body(app).split(f"<summary>{len(found) - 10} more</summary>")
    assert open_part.count('<th scope="row">') == 10
    assert fold.count('<th scope="row">') == len(found) - 10


def test_a_fact_tells_its_numbers_and_the_nearest_place_and_recommends_nothing(demo: Open) -> None:
    demo("overview")
    advice.tested()
    app = demo("meetings?part=show&present=nl-noord-brabant")

    row = next(row for row in rows(app) if "ALT/BAU" in row)
    assert "4 of 6 regions that came to see it took it over afterwards; 4 regions took it over in all." in row
    assert re.search(r"To be seen in\s+Seraing\s*, about 110 km away", row)
    assert "4 other regions have it" in row
    assert all("recommend" not in row for row in rows(app))
    assert "1 of 1 Noord-Brabant" not in words(app)


def test_approaches_about_a_theme_of_a_plan_of_those_present_stand_first_with_theme_and_plan(demo: Open) -> None:
    demo("overview")
    advice.tested()
    app = demo("meetings?part=show&present=AM24&host=city-de-hamburg")

    assert "About “Inclusive labour market”, which Implementation plan Zeeland 2024 names." in re.sub(
        r"\s+([”,.])", r"\1", re.sub(r"“\s+", "“", " ".join(" ".join(rows(app)).split()))
    )
    assert "Their plans name" not in words(app)


def test_a_plan_of_those_who_have_seen_an_approach_says_nothing_for_it(demo: Open) -> None:
    demo("overview")
    _where, found = meeting_case.unseen(["AM24", "AM05"], "")

    (aftercare,) = [item for item in found if item.approach == "aftercare-vso-pro"]
    assert aftercare.guests == (("AM05", "Twente"),)  # Zeeland, whose plan names its theme, has it
    assert aftercare.facts.named is None


def test_those_without_a_plan_are_told_that_themes_do_not_count(small: Open) -> None:
    small("overview")
    advice.tested()

    assert "No plan that names a theme is on record for them" in words(small("meetings?part=show&present=twente"))


def test_an_organisation_that_met_others_leads_to_what_to_show_at_its_next_meeting(demo: Open) -> None:
    (way,) = addresses(demo("organisation?id=pact"), "meetings")

    assert state_of(way) == {"part": ["show"], "present": ["nl-noord-brabant"]}
    assert "What to show at its next meeting" not in words(demo("organisation?id=uvw"))  # went to no meeting
    assert "What to show at its next meeting" in words(demo("region?id=AM24"))


def test_guests_that_have_nothing_to_show_each_other_are_told_of_what_is_in_use_elsewhere(small: Open) -> None:
    small("overview")
    advice.tested()
    app = small("meetings?part=show&present=twente&present=drenthe")

    assert "1 approach in use elsewhere that some of those present have not seen" in words(app)


def test_where_recommendations_held_cases_are_ranked_with_their_reasons(
    demo: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    demo("overview")
    test = replace(advice.tested(), verdict=Verdict(may_show=True, code="show", reason=SHOW))
    monkeypatch.setattr(advice, "tested", lambda: test)
    meeting_case._tested.clear()
    app = demo("meetings?part=show&present=city-de-flensburg&present=no&present=city-dk-aalborg")
    meeting_case._tested.clear()

    assert "5 cases to show, the best first, and why" in words(app)
    assert "of the 3 present, who neither use it nor came to see it" in words(app)
    assert "On past days, these recommendations came true" in words(app)
    assert "{" not in words(app)


def test_nobody_chosen_is_told_what_to_do(demo: Open) -> None:
    assert "Nobody is chosen yet." in words(demo("meetings?part=show"))


def test_every_name_is_a_link(demo: Open) -> None:
    text = body(demo("meetings"))

    for held in meetings.meetings()[:20]:
        assert f'href="visit?id={held.id}"' in text


def test_what_came_of_meetings_is_saved_with_a_row_for_each_region_and_approach(demo: Open) -> None:
    demo("meetings")
    found = meetings.chosen(Filters())

    rows = meetings.table_of(found)

    assert list(rows["visit_id"].unique()) == [held.id for held in found]
    assert len(rows) == sum(max(len(held.came_of), 1) for held in found)
    told = rows[rows["outcome"].notna()]
    for held in found:
        own = told[told["visit_id"] == held.id]
        assert list(own["outcome"]) == [item.outcome for item in held.came_of]
    chemnitz = told[told["visit_id"].isin([held.id for held in found if "Chemnitz" in held.name])]
    assert {"taken over", "dropped"} <= set(chemnitz["outcome"])
    assert chemnitz.loc[chemnitz["outcome"] == "taken over", "months"].notna().any()
    assert chemnitz.loc[chemnitz["outcome"] == "dropped", "months"].isna().all()
    assert meetings.table_of([]).empty
