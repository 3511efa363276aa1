"""What a reader does with the app, in a real browser."""

import codecs
import csv
import io
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from explorer.analysis import layouts, networks, ties
from explorer.pages import PAGES
from explorer.pictures.network import ROOM
from graph_store.store import READER, open_store
from queries import library
from tests.browser.reader import SECONDS, App, Reader

SHOWN = [entry.title for entry in PAGES if entry.shown]
TOP = 18  # pixels that the picture leaves free above and below
Places = dict[str, tuple[str, float, float]]  # id to name and position as a share of the picture's frame


@pytest.fixture(scope="module")
def places(app: App) -> Places:
    """The organisations with most partners, and where the picture has them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("NEO4J_URI", raising=False)
        patch.setenv("EXPLORER_HOME", str(app.home))
        patch.setenv("EXPLORER_ENGINE", "arcadedb")
        with open_store(READER) as store:
            rows = library.run("participations", store=store)
            names = library.run("organisations", store=store).set_index("id")["name"]
    found = ties.ties_through(rows, "organisation_id", "project_id")
    measured = networks.measures(sorted({*found["a"], *found["b"]}), found)
    points = layouts.layout(measured, found)
    best = measured["degree"].sort_values(ascending=False, kind="stable").index[:5]
    frame = points.min(), points.max()
    return {
        node: (str(names[node]), float(points["x"][node] - frame[0]["x"]), float(points["y"][node] - frame[0]["y"]))
        for node in best
    } | {"": ("", float(frame[1]["x"] - frame[0]["x"]), float(frame[1]["y"] - frame[0]["y"]))}


def picture(page: Page) -> dict[str, float]:
    """Where the network picture is on the screen, once it is drawn."""
    canvas = page.locator(".st-key-picture canvas").first
    canvas.wait_for()
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    return {"x": box["x"], "y": box["y"], "width": box["width"], "height": box["height"]}


def click_circle(page: Page, places: Places, node: str) -> None:
    """Click a node: the picture fits its frame into the canvas, less its margins, without stretching it."""
    box = picture(page)
    _name, wide, high = places[""]
    room_x, room_y = box["width"] - 2 * ROOM, box["height"] - 2 * TOP
    scale = min(room_x / wide, room_y / high)
    _name, x, y = places[node]
    left = box["x"] + ROOM + (room_x - wide * scale) / 2 + x * scale
    top = box["y"] + TOP + (room_y - high * scale) / 2 + y * scale
    page.mouse.click(left, top)


def test_every_page_of_the_navigation_opens_with_its_own_heading(reader: Reader) -> None:
    titles = [reader.opens("").inner_text()]
    reader.mark()

    for name in [*SHOWN[1:], SHOWN[0]]:
        reader.page.get_by_role("link", name=name, exact=True).first.click()
        reader.page.wait_for_function("before => document.querySelector('h1')?.innerText !== before", arg=titles[-1])
        titles.append(reader.title())

    assert len(set(titles)) == len(SHOWN)
    assert titles[-1] == titles[0]
    assert reader.same_session()


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.address)
def test_a_deep_link_opens_its_page_without_an_error(reader: Reader, entry: object) -> None:
    address = entry.address  # type: ignore[attr-defined]

    heading = reader.opens(address if address != "overview" else "")

    assert heading.inner_text()
    assert reader.complaints() == []


def test_a_name_leads_to_its_profile_and_back_to_the_filters_as_they_were(reader: Reader) -> None:
    before = reader.opens("network?kind=municipality&least=2").inner_text()
    reader.mark()
    link = reader.page.locator(".table th[scope=row] a").first
    name = link.inner_text()

    link.click()
    reader.page.wait_for_url("**/organisation?id=*")
    expect(reader.page.locator("h1")).to_contain_text(name, timeout=SECONDS)
    assert reader.same_session()
    reader.page.go_back()
    expect(reader.page.locator("h1")).to_have_text(before, timeout=SECONDS)

    assert reader.same_session()
    assert reader.path() == "network"
    assert reader.state() == {"kind": ["municipality"], "least": ["2"]}
    assert "Municipality" in reader.page.locator(".st-key-kind").inner_text()
    assert reader.page.locator(".st-key-least input").input_value() == "2"


def test_a_reload_keeps_what_the_address_says(reader: Reader) -> None:
    before = reader.opens("network?tie=visits&from=2014&to=2018&colour=country").inner_text()

    reader.page.reload()

    assert reader.title() == before
    assert reader.state() == {"tie": ["visits"], "from": ["2014"], "to": ["2018"], "colour": ["country"]}
    assert "2014–2018" in before


def test_a_click_on_a_circle_shows_its_details(reader: Reader, places: Places) -> None:
    reader.opens("network")
    reader.mark()

    for node in list(places)[:2]:
        click_circle(reader.page, places, node)
        expect(reader.page.locator("section.card h2 a")).to_have_text(places[node][0], timeout=SECONDS)
        reader.settled()
        assert reader.state() == {"select": [node]}

    assert reader.same_session()


def test_a_circle_that_was_let_go_can_be_clicked_again(reader: Reader, places: Places) -> None:
    node = next(iter(places))
    reader.opens("network")
    click_circle(reader.page, places, node)
    expect(reader.page.locator("section.card h2 a")).to_have_text(places[node][0], timeout=SECONDS)
    reader.settled()

    reader.page.get_by_role("link", name="Clear the selection").click()
    expect(reader.page.locator("section.card h2")).to_have_text("Who ties the network together", timeout=SECONDS)
    reader.settled()
    click_circle(reader.page, places, node)

    expect(reader.page.locator("section.card h2 a")).to_have_text(places[node][0], timeout=SECONDS)


def test_a_circle_does_not_move_when_the_network_is_narrowed(reader: Reader, places: Places) -> None:
    node = next(iter(places))
    reader.opens("network?least=2")

    click_circle(reader.page, places, node)  # where the whole network has it

    expect(reader.page.locator("section.card h2 a")).to_have_text(places[node][0], timeout=SECONDS)


def test_the_link_beside_a_row_selects_in_the_picture(reader: Reader) -> None:
    reader.opens("network")
    reader.mark()
    row = reader.page.locator(".table tbody tr").nth(3)
    name = row.locator("th a").inner_text()

    row.get_by_role("link", name="show").click()

    expect(reader.page.locator("section.card h2 a")).to_have_text(name, timeout=SECONDS)
    assert reader.same_session()


def test_a_neighbourhood_and_the_way_back_are_links(reader: Reader, places: Places) -> None:
    node = next(iter(places))
    reader.opens(f"network?select={quote(node)}")

    reader.page.get_by_role("link", name="Only its neighbourhood").click()

    expect(reader.page.locator("h1")).to_contain_text(f"Around {places[node][0]}", timeout=SECONDS)
    assert reader.state()["ego"] == [node]


def test_a_filter_is_set_and_cleared_with_the_keyboard_alone(reader: Reader) -> None:
    before = reader.opens("network").inner_text()
    field = reader.page.locator(".st-key-kind input")

    field.focus()
    reader.page.keyboard.type("Public empl")
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_url("**/network?kind=public+employment+service")
    expect(reader.page.locator("h1")).not_to_have_text(before, timeout=SECONDS)
    reader.settled()
    chip = reader.page.locator(".chips a", has_text="Clear all")
    chip.focus()
    reader.page.keyboard.press("Enter")

    expect(reader.page.locator("h1")).to_have_text(before, timeout=SECONDS)
    assert reader.state() == {}


def test_a_number_is_raised_with_the_arrow_key(reader: Reader) -> None:
    before = reader.opens("network").inner_text()
    field = reader.page.locator(".st-key-least input")

    field.focus()
    reader.page.keyboard.press("ArrowUp")
    reader.page.keyboard.press("Enter")

    expect(reader.page.locator("h1")).not_to_have_text(before, timeout=SECONDS)
    assert reader.state() == {"least": ["2"]}


def test_enter_in_the_search_opens_the_profile(reader: Reader) -> None:
    reader.opens("spread")
    reader.mark()
    field = reader.page.get_by_role("searchbox", name="Search").or_(reader.page.locator(".st-key-search input")).first

    field.fill("Barnahus (children's house)")
    field.press("Enter")

    reader.page.wait_for_url("**/approach?id=barnahus")
    expect(reader.page.locator("h1")).to_contain_text("Barnahus", timeout=SECONDS)
    assert reader.same_session()


def test_a_slip_in_the_search_offers_what_was_meant(reader: Reader) -> None:
    reader.opens("")
    field = reader.page.locator(".st-key-search input").first

    field.fill("Chemitz")
    field.press("Enter")

    expect(reader.page.locator("h1")).to_contain_text("Chem", timeout=SECONDS)
    expect(reader.page.get_by_role("link", name="City of Chemnitz").first).to_be_visible(timeout=SECONDS)


@pytest.mark.parametrize(
    "typed",
    [
        "*bold* _thin_ `code`",
        "[click here](https://example.org)",
        "# big",
        "a $x^2$ b $y$",
        "<b>b</b>",
        ":red[alarm]",
        "~~gone~~",
        ":smile:",
    ],
)
def test_what_was_typed_is_shown_as_it_was_typed(reader: Reader, typed: str) -> None:
    heading = reader.opens("search?q=" + quote(typed))

    assert f"“{typed}”" in heading.inner_text()
    assert heading.locator("em, strong, b, code, del, .katex").count() == 0
    assert (
        "click here" not in heading.locator("a").all_inner_texts()
    )  # an address may link to itself, a word to nowhere


def test_a_place_on_the_map_is_reached_by_the_keyboard(reader: Reader) -> None:
    reader.opens("")
    reader.mark()
    place = reader.page.locator(".map.wide a.place").first
    name = place.get_attribute("aria-label")

    place.focus()
    reader.page.keyboard.press("Enter")

    reader.page.wait_for_url("**/region?id=*")
    expect(reader.page.locator("h1")).to_contain_text(str(name).split(":")[0])
    assert reader.same_session()


def test_the_tables_are_saved_as_csv_with_all_their_rows(reader: Reader, tmp_path: Path) -> None:
    count = int(reader.opens("network").inner_text().split(" ")[0])

    file = reader.saves("Organisations as CSV", tmp_path)

    assert file.read_bytes().startswith(codecs.BOM_UTF8)  # Excel reads accents only then
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
    assert file.name == "organisations.csv"
    assert len(rows) == count
    assert {"id", "name", "region", "degree", "betweenness"} <= set(rows[0])


def test_a_list_is_saved_as_csv(reader: Reader, tmp_path: Path) -> None:
    reader.opens("rows?query=visits")

    rows = list(
        csv.DictReader(io.StringIO(reader.saves("These rows as CSV", tmp_path).read_text(encoding="utf-8-sig")))
    )

    assert len(rows) == 87


def test_the_picture_to_mail_opens_offline_and_calls_nobody(reader: Reader, browser: Browser, tmp_path: Path) -> None:
    title = reader.opens("network").inner_text()
    file = reader.saves("Picture as a page to mail", tmp_path)

    context = browser.new_context(viewport={"width": 1280, "height": 860}, offline=True)
    mail = Reader(App("file://", tmp_path), context.new_page())
    mail.page.goto(file.as_uri())
    mail.page.wait_for_selector("canvas")

    expect(mail.page.locator("h1")).to_have_text(title)
    inked = """() => {
        const canvas = document.querySelector("canvas");
        const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
        let found = 0;
        for (let at = 3; at < data.length; at += 4) {
            found += data[at] > 0 && data[at - 1] + data[at - 2] + data[at - 3] < 700;
        }
        return found > 2000;
    }"""
    mail.page.wait_for_function(inked)
    assert mail.complaints() == []
    context.close()


def test_a_table_is_sorted_by_its_headings(reader: Reader) -> None:
    reader.opens("rows?query=organisations")
    heading = reader.page.locator(".table thead th").first
    cells = reader.page.locator(".table tbody th")

    heading.get_by_role("button").click()
    rising = cells.all_inner_texts()
    assert heading.get_attribute("aria-sort") == "ascending"
    heading.get_by_role("button").click()
    falling = cells.all_inner_texts()

    assert heading.get_attribute("aria-sort") == "descending"
    assert rising == falling[::-1]
    assert rising[0].casefold() < rising[-1].casefold()


def test_dates_and_numbers_are_sorted_by_their_size_not_by_their_words(reader: Reader) -> None:
    reader.opens("rows?query=visits")
    headings = reader.page.locator(".table thead th").all_inner_texts()
    place = headings.index("When")

    reader.page.locator(".table thead th").nth(place).get_by_role("button").click()

    days = reader.page.locator(f".table tbody tr > :nth-child({place + 1})").all_inner_texts()
    years = [int(found[0]) for day in days if (found := re.search(r"\d{4}", day))]
    assert len(years) > 50
    assert years == sorted(years)
    assert not re.search(r"\d", days[-1])  # what has no date comes last


def test_large_numbers_are_sorted_by_their_size(reader: Reader) -> None:
    reader.opens("rows?query=projects")
    headings = reader.page.locator(".table thead th").all_inner_texts()
    place = headings.index("Budget in euros")

    reader.page.locator(".table thead th").nth(place).get_by_role("button").click()

    cells = reader.page.locator(f".table tbody tr > :nth-child({place + 1})").all_inner_texts()
    known = [float(cell.replace(",", "")) for cell in cells if re.search(r"\d", cell)]
    assert max(known) > 1000
    assert known == sorted(known)


ADDRESSES = (
    "", "network", "network?tie=all&select=none&least=2", "spread", "approach?id=barnahus", "region?id=nl",
    "rows?query=organisations", "rows?query=visits", "search?q=groningen", "organisation?id=nobody",
)  # fmt: skip


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("address", ADDRESSES)
def test_no_page_is_wider_than_the_screen(reader: Reader, address: str, width: int) -> None:
    reader.page.set_viewport_size({"width": width, "height": 844})
    heading = reader.opens(address)

    wide = reader.page.evaluate(
        """() => [document.documentElement, document.querySelector('[data-testid="stMain"]')]
            .filter(Boolean).map(box => box.scrollWidth - box.clientWidth)"""
    )
    box = heading.bounding_box()
    assert max(wide) <= 1
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["y"] < 500


@pytest.mark.parametrize("width", [1280, 390])
def test_the_network_picture_fills_its_room_on_any_screen(reader: Reader, width: int) -> None:
    reader.page.set_viewport_size({"width": width, "height": 844})
    reader.opens("network")

    box = picture(reader.page)

    assert 0.55 * width <= box["width"] <= width
    assert box["height"] > 300
