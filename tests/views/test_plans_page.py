"""The page of all plans and that of one, on the demo and on a small graph of two plans in a row."""

from io import BytesIO
from pathlib import Path
from typing import Any, cast

import openpyxl
import pytest
from page_words import addresses, body, state_of, title, words
from visiting import Open

from explorer import links
from explorer.analysis.records import records
from explorer.data import graph, plans
from explorer.data.plans import Asked
from explorer.views.plans import PARTS
from graph_loader import api
from graph_store.store import Store

EVERY = [part.code for part in PARTS]

TABLES = {
    "data_set": "id,name,kind\nmine,My own,recorded\n",
    "regions": "id,name,kind,country\nzee,Zeeland,labour-market region,NL\nlim,Limburg,province,NL\n",
    "organisations": "id,name,kind,region\ndesk,Service desk,service desk,zee\n",
    "themes": "id,name,kind\nstaff,Scarce staff,challenge\nyouth,Young people,priority\n",
    "approaches": "id,name\ncoach,Coaching\nswap,Job swap\n",
    "projects": "id,name,region,approach\nold,Old project,zee,\nkept,Kept project,zee,coach\n"
    "fresh,Fresh project,zee,\n",
    "plans": "id,name,year,status,region\np1,Plan of 2022,2022,adopted,zee\np2,Plan of 2024,2024,draft,zee\n"
    "lone,Limburg plan,2024,,lim\n",
    "plan_projects": "project,plan,standing\nold,p1,new\nkept,p1,new\nkept,p2,new\nfresh,p2,new\n",
    "addresses": "item,theme\np1,staff\np2,staff\np2,youth\ncoach,staff\nswap,youth\nlone,youth\n",
    "assessments": "plan,project,criterion,score,of,on\np2,kept,impact,4,5,2023-11-16\np2,fresh,impact,,,2023-11-16\n",
    "carriers": "organisation,item,plan\ndesk,staff,p2\n",
    "participations": "organisation,project,role\ndesk,kept,coordinator\n",
}


@pytest.fixture
def two_plans(empty: Open, writer: Store, tmp_path: Path) -> Open:
    """Opens a page on a graph of three plans, two of them of one region."""
    for table, text in TABLES.items():
        (tmp_path / f"{table}.csv").write_text(text, encoding="utf-8")
    report = api.load(tmp_path, "", writer)
    assert report.loaded, [str(fault) for fault in report.report.faults]
    return empty


def test_the_demo_says_how_many_plans_there_are_and_what_they_leave_open(demo: Open) -> None:
    app = demo("plans")

    assert (
        title(app)
        == "5 plans for 3 regions, 2019–2024: 7 of the 9 themes that they name have no project on record there"
    )
    assert set(addresses(app, "plan")) == {links.profile("Plan", plan) for plan in graph.ask("plans")["id"]}


@pytest.mark.parametrize("part", EVERY)
def test_each_part_is_drawn_and_marked_as_the_one_shown(demo: Open, part: str) -> None:
    app = demo(f"plans?part={part}")

    assert title(app)
    assert body(app).count('aria-current="true"') == 1
    saves = [cast(Any, button).proto.label for button in app.get("download_button")]
    assert saves == ["Table as CSV", "All tables as a workbook (xlsx)"]


def test_the_demo_says_plainly_what_it_cannot_show(demo: Open) -> None:
    assert "points on record for 0 of 8 judgements" in words(demo("plans"))
    assert "nothing: the plan of 2023 lists no project" in words(demo("plans?part=changes"))
    assert "judged, no points on record" in words(demo("plans?part=scores"))
    assert "No plan on record says who answers for" in words(demo("plans?part=carriers"))


@pytest.mark.parametrize("address", ["plans?region=nowhere", "plans?theme=none&year=1066", "plans?year=²&part=nope"])
def test_nonsense_in_the_address_is_left_aside(demo: Open, address: str) -> None:
    assert title(demo(address)) == title(demo("plans"))


def test_filters_narrow_the_plans_and_can_be_clicked_away(demo: Open) -> None:
    app = demo("plans?region=de&part=activities")

    assert title(app).startswith("1 plan for 1 region, 2020")
    assert [select.value for select in app.selectbox] == ["de", None, None]
    cleared = [address for address in addresses(app, "plans") if state_of(address) == {"part": ["activities"]}]
    assert len(cleared) >= 2  # the chip itself, and "Clear all"


def test_a_choice_is_written_into_the_address(demo: Open) -> None:
    app = demo("plans")

    app.selectbox(key="year").set_value("2023").run()

    assert app.query_params["year"] in ("2023", ["2023"])
    assert title(app).startswith("1 plan for 1 region, 2023")


def test_filters_that_leave_no_plan_say_so_and_offer_the_way_out(demo: Open) -> None:
    app = demo("plans?region=de&year=2024")

    assert "No plan on record fits these filters." in words(app)
    assert "plans" in addresses(app, "plans")


def test_every_cell_of_the_coverage_opens_as_many_rows_as_it_counts(demo: Open) -> None:
    app = demo("plans?part=coverage")
    cells = {item for item in addresses(app, "rows") if state_of(item).get("query") == ["theme_coverage"]}
    counted = plans.shown(Asked()).coverage

    assert len(cells) == len(counted) == 15
    for row in records(counted):
        address = links.rows("theme_coverage", region=row["region_id"], theme=row["theme_id"])
        assert address in cells
        assert title(demo(address)).endswith(f": {row['plans'] + row['projects']}")


def test_what_a_plan_says_stands_beside_what_the_lists_show(two_plans: Open) -> None:
    told = words(two_plans("plans?part=changes"))

    assert "1 project is no longer listed." in told
    assert "In 1 of the 2 cases that can be compared, the plan before does not bear that out." in told
    assert "Kept project Zeeland 2024 New also in the plan of 2022 no" in told
    assert "Fresh project Zeeland 2024 New not in the plan of 2022 yes" in told
    assert "Old project Zeeland 2024 2022 said: New in the plan of 2022 , no longer in that of 2024" in told
    assert "1 plan lists no project: Limburg plan ." in told


def test_challenges_lead_to_approaches_activities_and_who_does_them(two_plans: Open) -> None:
    told = words(two_plans("plans?part=activities"))

    assert "Answered for by: Service desk" in told
    assert "Coaching Kept project in a plan: new Service desk (coordinator)" in told
    assert "1 approach elsewhere no project on record" in told  # on young people: a job swap, nowhere applied
    assert told.index("Scarce staff") < told.index("Young people")


def test_scores_are_told_with_their_maximum_and_without_points_it_is_said(two_plans: Open) -> None:
    told = words(two_plans("plans?part=scores"))

    assert "impact : 2 projects judged; 80% of the points in the middle case, of the 1 with points on record." in told
    assert "4 of 5" in told
    assert "judged, no points on record" in told


def test_who_answers_for_what_is_told_with_the_plan_that_says_so(two_plans: Open) -> None:
    app = two_plans("plans?part=carriers")

    assert "Scarce staff ( 2024 )" in words(app)
    assert "Themes that no organisation answers for: Young people" in words(app)


def test_the_page_of_a_plan_has_the_parts_of_that_plan_alone(two_plans: Open) -> None:
    app = two_plans("plan?id=p2")
    told = words(app)

    assert title(app) == "Plan of 2024: 2 themes, 2 projects listed"
    assert "By its own word: 2 new, of 2 listed." in told
    assert "no longer in that of 2024" in told
    assert "4 of 5" in told
    assert "Limburg" not in told


def test_a_plan_without_projects_has_a_page_that_says_so(two_plans: Open) -> None:
    told = words(two_plans("plan?id=lone"))

    assert "No project is on record as listed here" in told
    assert "No judgement of a project is on record here." in told


def test_a_graph_without_plans_says_how_to_get_them(empty: Open, writer: Store, tmp_path: Path) -> None:
    for table in ("data_set", "regions"):
        (tmp_path / f"{table}.csv").write_text(TABLES[table], encoding="utf-8")
    assert api.load(tmp_path, "", writer).loaded

    app = empty("plans")

    assert title(app) == "0 plans"
    assert "Load the tables plans and plan_projects" in words(app)


def test_the_workbook_has_a_sheet_for_each_part_with_all_its_rows(two_plans: Open) -> None:
    two_plans("plans")
    graph.begin()
    found = plans.shown(Asked())
    titles = {part.table: part.title for part in PARTS}

    book = openpyxl.load_workbook(BytesIO(plans.workbook(found, titles)))

    assert book.sheetnames == [part.title for part in PARTS]
    rows = {name: book[title].max_row - 1 for name, title in titles.items()}
    assert rows == {name: len(plans.table(found, name)) for name in titles}
