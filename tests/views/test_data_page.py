"""The page Data: what is loaded, what each run changed, what is new since, and the upload for stewards."""

import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from page_words import addresses, body, title, words
from streamlit.testing.v1 import AppTest
from visiting import Open

from explorer import links
from explorer.analysis.news import ADDED, CHANGED, REMOVED
from explorer.data import door, graph, loads, upload
from explorer.pictures.rows_file import rows_workbook
from graph_loader import api
from graph_store.errors import WrongUse
from graph_store.store import Store

SECRET = "a mill by the sea"
REGIONS = "id,name,kind,country\nzee,Zeeland,labour-market region,NL\nlim,Limburg,province,NL\n"
FIRST = {
    "data_set": "id,name,kind,licence\nmine,My own,recorded,CC0\n",
    "regions": REGIONS,
    "approaches": "id,name\ncoach,Coaching\n",
    "organisations": "id,name,kind,region\ndesk,Service desk,service desk,zee\n",
    "visits": "id,name,on,kind\nspring,Spring visit,2024-03,work visit\n",
    "visit_subjects": "visit,subject\nspring,coach\n",
}
SECOND = FIRST | {
    "visits": "id,name,on,kind\nspring,Spring visit,2024-03-12,work visit\nautumn,Autumn visit,2024,workshop\n",
    "attendances": "attendee,visit,delegates\ndesk,autumn,3\n",
    "adoptions": "id,on,stage,region,approach\nstep,2024,partial,lim,coach\n",
}


def load(writer: Store, folder: Path, tables: dict[str, str]) -> str:
    """Load tables; returns the id of the run."""
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    for table, text in tables.items():
        (folder / f"{table}.csv").write_text(text, encoding="utf-8")
    report = api.load(folder, "", writer)
    assert report.loaded, [str(fault) for fault in report.report.faults]
    return report.version


@pytest.fixture
def two_runs(empty: Open, writer: Store, tmp_path: Path, on_record: None) -> tuple[Open, str, str]:
    """Opens a page on a graph of two runs, whose ids come along."""
    first = load(writer, tmp_path / "tables", FIRST)
    second = load(writer, tmp_path / "tables", SECOND)
    graph.begin()
    return empty, first, second


def test_the_demo_says_what_is_loaded_since_when_and_from_where(demo: Open) -> None:
    app = demo("data")

    assert title(app).startswith("1 data set in the graph; last refreshed on ")
    said = words(app)
    assert "Partnerships in public documents, 2007-2024 Recorded" in said
    assert "21 files" in said
    assert "visits.csv" in said


def test_what_is_doubtful_is_told_by_cause(demo: Open) -> None:
    said = words(demo("data"))

    assert " doubts of 4 causes." in said
    assert 'Nothing refers to 5 organisations, such as "Zelfstandige Publieke Werkgevers"' in said
    assert "organisations.csv, column id: rows 16–18, 22, 30" in said


def test_what_the_data_lack_leads_to_the_questions_that_ask_for_it(demo: Open) -> None:
    app = demo("data")

    assert links.question("visits_without_date") in addresses(app, "questions")


def test_each_run_says_what_it_changed_and_leads_there(two_runs: tuple[Open, str, str]) -> None:
    open_, first, second = two_runs

    app = open_("data")

    assert "last refreshed on" in title(app)
    assert {links.address(links.DATA, run=first), links.address(links.DATA, run=second)} <= set(addresses(app, "data"))
    assert links.address(links.DATA, since=first) in addresses(app, "data")
    assert "is shown now" in words(app)
    assert "a later step followed" in words(app)


def test_where_all_was_taken_out_no_section_speaks_of_data(two_runs: tuple[Open, str, str], writer: Store) -> None:
    api.remove(writer, "mine")
    graph.begin()

    app = two_runs[0]("data")

    assert title(app).startswith("No data set is in the graph; last refreshed on ")
    said = words(app)
    assert "No data set is in the graph now." in said
    assert "Taken out: mine" in said
    assert "What is doubtful" not in said
    assert "What the data lack" not in said
    assert "no personal data" not in said


def test_what_is_new_since_a_run_is_told_with_numbers_in_the_heading(two_runs: tuple[Open, str, str]) -> None:
    open_, first, _second = two_runs

    app = open_(f"data?since={first}")

    assert title(app).endswith(": 1 step of taking up added, 1 visit added and 1 visit changed")
    assert "When: Mar 2024 → 12 Mar 2024" in words(app)
    assert "visits.csv, row 2" in words(app)


def test_a_tie_of_something_new_is_told_with_it_and_its_own_file(two_runs: tuple[Open, str, str]) -> None:
    open_, first, _second = two_runs

    said = words(open_(f"data?since={first}"))

    assert "Attended by: Service desk (Delegates: 3 people)" in said
    assert "attendances.csv, row 2" in said
    assert loads.naming.kinds("ATTENDED").capitalize() not in said


def test_news_are_counted_by_region_and_approach_and_can_be_narrowed(two_runs: tuple[Open, str, str]) -> None:
    open_, first, _second = two_runs

    whole = open_(f"data?since={first}")
    about = links.address(links.DATA, since=first, about="lim")
    assert about in addresses(whole, "data")
    narrowed = words(open_(about))

    assert "Limburg: Coaching" in narrowed
    assert "Autumn visit" not in narrowed
    assert "About Limburg" in narrowed


def test_a_day_leads_to_what_is_new_since_then(two_runs: tuple[Open, str, str]) -> None:
    app = two_runs[0]("data")

    app.date_input(key="since-day").set_value(date(2000, 1, 1))
    app.button(key="since-go").click().run()

    assert title(app).startswith("New since 1 Jan 2000: ")


def test_doubts_are_those_of_what_is_shown_after_a_step_back(
    empty: Open, writer: Store, tmp_path: Path, on_record: None
) -> None:
    load(writer, tmp_path / "tables", FIRST | {"organisations": "id,name,kind\nlone,Alone,company\n"})
    load(writer, tmp_path / "tables", SECOND)
    api.undo(writer, "mine")

    assert 'Nothing refers to organisation "Alone"' in words(empty("data"))


def test_one_run_is_told_by_itself(two_runs: tuple[Open, str, str]) -> None:
    open_, first, _second = two_runs

    app = open_(f"data?run={first}")

    assert title(app).startswith("Changed on ")
    assert "Before that nothing was loaded" in words(app)


def test_a_day_on_which_nothing_was_new_says_so(two_runs: tuple[Open, str, str]) -> None:
    open_, _first, _second = two_runs

    app = open_("data?since=2090-01-01")

    assert title(app) == "New since 1 Jan 2090: nothing"
    assert "No fact was added, changed or removed." in words(app)


@pytest.mark.parametrize("address", ["data?since=nonsense", "data?run=nonsense", "data?since=2024-99-99"])
def test_a_moment_that_does_not_exist_says_so(two_runs: tuple[Open, str, str], address: str) -> None:
    assert title(two_runs[0](address)) == "What is new cannot be told"


def test_names_from_the_data_stay_text(empty: Open, writer: Store, tmp_path: Path) -> None:
    hostile = FIRST | {"visits": "id,name,on,kind\nspring,<script>alert(1)</script>,2024,work visit\n"}
    run = load(writer, tmp_path / "tables", hostile)

    assert "<script>alert" not in body(empty(f"data?run={run}"))


def test_the_difference_tells_each_property_with_its_row(two_runs: tuple[Open, str, str]) -> None:
    found = loads.news(two_runs[1])

    changed = [row for row in found.rows if row["change"] == CHANGED]
    assert [(row["id"], row["property"], row["before"], row["after"], row["file"], row["row"]) for row in changed] == [
        ("spring", "on", "2024-03", "2024-03-12", "visits.csv", 2)
    ]
    assert {row["change"] for row in found.rows} == {ADDED, CHANGED}
    assert found.news.of("Visit", REMOVED) == []


def test_text_in_the_workbook_of_changes_is_never_a_formula() -> None:
    data = rows_workbook([{"name": "=1+1", "row": 3, "none": None, "odd": "a\x00b"}], "What is new")

    sheet = openpyxl.load_workbook(BytesIO(data)).worksheets[0]
    assert [(cell.value, cell.data_type) for cell in sheet[2]] == [
        ("=1+1", "s"),
        (3, "n"),
        (None, "n"),
        ("ab", "s"),
    ]


def test_uploads_are_off_unless_a_secret_is_set(demo: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(door.SECRET, raising=False)

    app = demo("data?part=upload")

    assert not [item for item in app.text_input if item.key == "steward-secret"]
    assert "Uploads are off here." in words(app)


def test_a_short_secret_keeps_uploads_off_and_is_said(demo: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(door.SECRET, "short")

    app = demo("data?part=upload")

    assert "the secret in EXPLORER_STEWARD_SECRET is shorter than 12 characters" in words(app)
    assert "short" not in [item.value for item in app.text_input]


@pytest.fixture
def secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """A secret, and nobody who has tried before."""
    monkeypatch.setenv(door.SECRET, SECRET)
    monkeypatch.setattr(door, "_door", door.Door(pace=0.0))


def knock(app: AppTest, given: str) -> AppTest:
    """Give a secret."""
    app.text_input(key="steward-secret").set_value(given)
    next(button for button in app.button if button.label == "Go on").click()
    return app.run()


def test_a_wrong_secret_is_refused_and_never_shown(demo: Open, secret: None) -> None:
    app = knock(demo("data?part=upload"), "not the secret")

    assert "That is not the secret." in words(app)
    assert "not the secret" not in body(app).replace("That is not the secret.", "")
    assert not app.get("file_uploader")
    assert "not the secret" not in str(app.query_params)


def test_who_guesses_is_told_how_long_to_wait(demo: Open, secret: None) -> None:
    app = demo("data?part=upload")
    for _try in range(door.AT_ONCE + 1):
        knock(app, "wrong")

    assert "That is not the secret. The next can be tried in 4 seconds." in words(app)


def test_the_right_secret_opens_the_upload_and_is_not_kept(demo: Open, secret: None) -> None:
    app = knock(demo("data?part=upload"), SECRET)

    assert app.get("file_uploader")
    assert SECRET not in repr(vars(app.session_state["steward"]))
    assert [item.value for item in app.text_input if item.key == "steward-secret"] == []
    assert "steward-secret" not in app.session_state


def test_who_knew_the_secret_is_unknown_once_it_has_changed(secret: None, monkeypatch: pytest.MonkeyPatch) -> None:
    steward = door.Steward(SECRET)
    assert steward.is_known()

    monkeypatch.setenv(door.SECRET, "another secret")

    assert not steward.is_known()


def given(tables: dict[str, str]) -> upload.Upload:
    """Tables as they come from a browser."""
    return upload.Upload.of([(f"{name}.csv", text.encode()) for name, text in tables.items()], "")


def test_a_plan_says_what_would_change_and_writes_nothing(two_runs: tuple[Open, str, str]) -> None:
    before = graph.state().version

    planned = given(FIRST).plan().answer()

    assert planned.passed
    assert planned.counts["Visit"] == (0, 1, 1)
    assert ("removed", "Autumn visit") in planned.named
    assert graph.begin().version == before


def test_what_was_planned_is_loaded_and_can_be_taken_back(two_runs: tuple[Open, str, str], writer: Store) -> None:
    own = given(FIRST)

    done = own.load(own.plan().answer()).answer()
    assert (done.data_set, done.refused) == ("mine", ())
    assert [run.by for run in api.runs(writer)][:1] == ["app"]
    upload.undo(done).answer()

    graph.begin()
    assert "Autumn visit" in set(graph.ask("visits")["name"])


def test_a_load_is_refused_when_the_graph_has_changed_since_the_plan(
    two_runs: tuple[Open, str, str], writer: Store, tmp_path: Path
) -> None:
    own = given(FIRST)
    planned = own.plan().answer()
    load(writer, tmp_path / "tables", SECOND | {"approaches": "id,name\ncoach,Coaching anew\n"})

    with pytest.raises(upload.PlanOutdated, match="has changed since this was planned"):
        own.load(planned).answer()


def test_files_that_are_no_longer_what_was_checked_are_refused(two_runs: tuple[Open, str, str]) -> None:
    own = given(FIRST)
    planned = own.plan().answer()
    own.files[0].write_text("id,name,kind\nother,Other,recorded\n")

    with pytest.raises(WrongUse, match="no longer what was checked"):
        own.load(planned).answer()


def test_faults_are_told_by_cause_and_the_marked_workbook_can_be_had(two_runs: tuple[Open, str, str]) -> None:
    own = given(FIRST | {"visits": "id,name,on,kind\nspring,Spring visit,12-03-2024,work visit\n"})

    planned = own.plan().answer()
    content = own.marked()

    assert not planned.passed
    assert [group.mend for group in planned.faults] == ["write 2024-03-12 or 2024-12-03"]
    assert own.marked_as == "marked.xlsx"
    assert "_Faults" in openpyxl.load_workbook(BytesIO(content)).sheetnames


def test_several_workbooks_come_back_marked_in_one_package(two_runs: tuple[Open, str, str]) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "visits"
    for row in (("id", "name", "on", "kind"), ("a", "A", "soon", "work visit")):
        book.worksheets[0].append(row)
    held = BytesIO()
    book.save(held)
    own = upload.Upload.of([("one.xlsx", held.getvalue()), ("themes.csv", b"id,name,kind\na,A,none\n")], "other")

    with zipfile.ZipFile(BytesIO(own.marked())) as package:
        assert package.namelist() == ["one.xlsx", "themes.xlsx"]
    assert own.marked_as == "marked.zip"


def test_the_files_are_private_and_go(two_runs: tuple[Open, str, str]) -> None:
    own = given(FIRST)
    folder = own.files[0].parent
    assert folder.stat().st_mode & 0o077 == 0

    own.remove()

    assert not folder.exists()


@pytest.mark.parametrize(
    ("name", "kept"),
    [("../../etc/visits.csv", "visits.csv"), ("C:\\data\\visits.csv", "visits.csv"), ("visits.csv", "visits.csv")],
)
def test_a_name_never_leads_out_of_the_folder(name: str, kept: str) -> None:
    own = upload.Upload.of([(name, b"id\na\n")], "")

    assert [file.name for file in own.files] == [kept]
    assert own.files[0].parent == Path(own.folder.name)


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ([], "Choose a workbook"),
        ([("run.exe", b"x")], "neither a workbook nor a CSV file"),
        ([("book.xlsm", b"x")], "neither a workbook nor a CSV file"),
        ([("a.csv", b"x"), ("A.csv", b"y")], "have the same name"),
    ],
)
def test_what_cannot_be_uploaded_is_refused_in_a_sentence(files: list[tuple[str, bytes]], sentence: str) -> None:
    with pytest.raises(WrongUse, match=sentence):
        upload.Upload.of(files, "")


def test_an_upload_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload, "LARGEST", 1)

    with pytest.raises(WrongUse, match="1 MB may be uploaded"):
        upload.Upload.of([("a.csv", b"x" * 1_500_000)], "")


def test_nothing_can_be_uploaded_into_the_simulated_network(on_record: None, secret: None) -> None:
    assert door.is_offered()

    graph.choose(links.SIMULATED)

    assert not door.is_offered()


def test_an_empty_graph_offers_the_upload_where_it_is_on(empty: Open, secret: None) -> None:
    app = empty("data")

    assert title(app) == "The graph is empty"
    assert app.text_input(key="steward-secret").label == "Secret"


def test_a_plan_that_is_outdated_can_be_made_again(
    two_runs: tuple[Open, str, str], secret: None, writer: Store, tmp_path: Path
) -> None:
    app = two_runs[0]("data")
    own = given(FIRST)
    app.session_state["steward"], app.session_state["upload"] = door.Steward(SECRET), own
    planned = own.plan()
    app.session_state["upload-plan"] = planned
    seen = planned.answer()
    load(writer, tmp_path / "tables", SECOND | {"approaches": "id,name\ncoach,Coaching anew\n"})
    app.session_state["upload-loading"] = own.load(seen)

    app.run()
    assert "The graph has changed since this was planned." in words(app)
    app.button(key="upload-loading-plan").click().run()

    assert app.button(key="upload-load").label == "Load it as My own"
