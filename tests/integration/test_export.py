"""Export: the graph back into tables that load as they are, whichever engine, format and text."""

import csv
import json
from pathlib import Path

import pytest

from graph_loader import api
from graph_loader.history.exporting import FORMATS, MANIFEST
from graph_loader.history.importing import export_parts
from graph_loader.keep import current_loads
from graph_store import embedded
from graph_store.errors import WrongUse
from graph_store.store import WRITER, Store, open_store
from tests.conftest import neo4j_or_skip
from tests.integration.small_network import ATTENDANCES, REGIONS, SOURCES, VISITS, checksum, folder, loaded

AWKWARD = [
    "-5 degrees",
    "@home",
    "+ more",
    "- item one\n- item two",
    'said "yes"; then, "no"',
    "a\tb",
    "'quoted",
    "2019-02",
    "0012",
    "1.250",
    "TRUE",
    "é ü ß 漢字 🙂",
    "ends with a back\\slash\\",
    "comma, semicolon; bar |",
]


def emptied(store: Store) -> Store:
    store.write(lambda writer: writer.run("MATCH (n) DETACH DELETE n"))
    return store


@pytest.mark.parametrize("format_", FORMATS)
def test_the_demo_comes_back_the_same(writer_store: Store, tmp_path: Path, format_: str) -> None:
    loaded(writer_store, api.demo_path())
    before = checksum(writer_store)

    report = api.export(writer_store, tmp_path / "out", format=format_)
    loaded(emptied(writer_store), tmp_path / "out")

    assert [one.id for one in report.data_sets] == ["demo"]
    assert checksum(writer_store) == before
    assert api.verify(writer_store).clean


@pytest.mark.parametrize("format_", FORMATS)
def test_awkward_texts_come_back_the_same(writer_store: Store, tmp_path: Path, format_: str) -> None:
    path = folder(tmp_path, "one")
    with (path / "projects.csv").open("w", encoding="utf-8", newline="") as out:
        rows = [[f"p{place}", f"Project {place}", text] for place, text in enumerate(AWKWARD)]
        csv.writer(out).writerows([["id", "name", "note"], *rows])
    loaded(writer_store, path)
    before = checksum(writer_store)

    api.export(writer_store, tmp_path / "out", format=format_)
    loaded(emptied(writer_store), tmp_path / "out")

    assert checksum(writer_store) == before
    notes = writer_store.read("MATCH (p:Project) RETURN p.note AS note")
    assert sorted(row["note"] for row in notes) == sorted(AWKWARD)


def test_data_sets_that_refer_to_each_other_load_together_in_their_order(writer_store: Store, tmp_path: Path) -> None:
    loaded(writer_store, folder(tmp_path, "one", sources=SOURCES, regions=REGIONS, projects="id,name\ndesk,One\n"))
    loaded(writer_store, folder(tmp_path, "two", visits=VISITS, projects="id,name,status\ndesk,Two,running\n"))
    both = {"sources": SOURCES, "regions": REGIONS, "projects": "id,name\ndesk,Uno\n", "attendances": ATTENDANCES}
    loaded(writer_store, folder(tmp_path, "one", **both))  # refers to the visit of the later data set
    before = checksum(writer_store)

    api.export(writer_store, tmp_path / "out")
    loaded(emptied(writer_store), tmp_path / "out")
    again = api.load(tmp_path / "out", "", writer_store)

    assert checksum(writer_store) == before
    assert [load.data_set for load in current_loads(writer_store)] == ["one", "two"]
    assert again.unchanged
    assert api.verify(writer_store).clean


def test_an_export_joins_a_graph_that_holds_something_else(writer_store: Store, tmp_path: Path) -> None:
    loaded(writer_store, folder(tmp_path, "one", sources=SOURCES, regions=REGIONS))
    api.export(writer_store, tmp_path / "out")
    other = folder(tmp_path, "other", themes="id,name,kind\nwork,Work,priority\n")
    loaded(emptied(writer_store), other)

    loaded(writer_store, tmp_path / "out")

    assert [load.data_set for load in current_loads(writer_store)] == ["other", "one"]
    assert api.verify(writer_store).clean


def test_faults_in_an_export_keep_all_of_it_out(writer_store: Store, tmp_path: Path) -> None:
    loaded(writer_store, folder(tmp_path, "one", sources=SOURCES, regions=REGIONS))
    loaded(writer_store, folder(tmp_path, "two", visits=VISITS, attendances=ATTENDANCES))
    api.export(writer_store, tmp_path / "out")
    (tmp_path / "out" / "01-one" / "regions.csv").unlink()
    emptied(writer_store)

    report = api.load(tmp_path / "out", "", writer_store)

    assert {fault.code for fault in report.report.faults} == {"still_needed", "table_not_given"}
    assert writer_store.read("MATCH (n) WHERE n.name IS NOT NULL RETURN count(n) AS count") == [{"count": 0}]


def test_one_data_set_of_several_can_be_exported_checked_and_loaded(writer_store: Store, tmp_path: Path) -> None:
    loaded(writer_store, folder(tmp_path, "one", sources=SOURCES, regions=REGIONS))
    loaded(writer_store, folder(tmp_path, "two", visits=VISITS))
    api.export(writer_store, tmp_path / "out")

    alone = api.export(writer_store, tmp_path / "alone", "two")

    assert [one.name for one in alone.data_sets] == ["01-two"]
    assert api.check(tmp_path / "alone").passed
    assert api.check(tmp_path / "out", data_set="one").passed
    with pytest.raises(WrongUse, match="01-one"):
        api.check(tmp_path / "out")
    loaded(emptied(writer_store), tmp_path / "alone")
    assert [load.data_set for load in current_loads(writer_store)] == ["two"]


def test_a_data_set_that_was_only_named_keeps_its_name(writer_store: Store, tmp_path: Path) -> None:
    path = folder(tmp_path, "one", visits=VISITS)
    (path / "data_set.csv").unlink()
    api.load(path, "../Näme / of : it", writer_store)
    before = checksum(writer_store)

    report = api.export(writer_store, tmp_path / "out")
    loaded(emptied(writer_store), tmp_path / "out")

    assert report.data_sets[0].name == "01-Näme-of-it"
    assert checksum(writer_store) == before


def test_an_export_never_overwrites(writer_store: Store, tmp_path: Path) -> None:
    loaded(writer_store, folder(tmp_path, "one", visits=VISITS))
    there, file, empty = tmp_path / "there", tmp_path / "file", tmp_path / "empty"
    there.mkdir()
    (there / "mine.txt").write_text("mine")
    file.write_text("mine")
    empty.mkdir()

    for path in (there, file):
        with pytest.raises(WrongUse, match="already"):
            api.export(writer_store, path)
    api.export(writer_store, empty)

    assert [item.name for item in there.iterdir()] == ["mine.txt"]
    assert file.read_text() == "mine"
    assert sorted(item.name for item in empty.iterdir()) == ["01-one", "README.txt", MANIFEST]
    assert not [item for item in tmp_path.iterdir() if item.name.startswith(".")]


def test_an_empty_graph_a_wrong_name_and_a_wrong_format_are_told(writer_store: Store, tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="empty"):
        api.export(writer_store, tmp_path / "out")
    loaded(writer_store, folder(tmp_path, "one", visits=VISITS))
    with pytest.raises(WrongUse, match="There are: one"):
        api.export(writer_store, tmp_path / "out", "two")
    with pytest.raises(WrongUse, match="csv or xlsx"):
        api.export(writer_store, tmp_path / "out", format="pdf")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["tables.xlsx", "tables.CSV"])
def test_no_folder_is_made_that_is_called_like_a_file(writer_store: Store, tmp_path: Path, name: str) -> None:
    with pytest.raises(WrongUse, match=r"An export is a folder.*tables; --format xlsx"):
        api.export(writer_store, tmp_path / name)

    assert not list(tmp_path.iterdir())


def test_what_stands_in_the_way_of_an_export_is_told_by_the_name_that_was_asked_for(
    writer_store: Store, tmp_path: Path
) -> None:
    loaded(writer_store, folder(tmp_path, "one", visits=VISITS))
    (tmp_path / "mine.txt").write_text("mine")

    with pytest.raises(WrongUse, match=r"mine\.txt/out could not be written \(.+\)\. Choose another place"):
        api.export(writer_store, tmp_path / "mine.txt" / "out")


@pytest.mark.parametrize("name", ["../one", "/etc", "..", "", "a/../../b"])
def test_a_list_that_leads_out_of_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    said = {"export": 1, "data_sets": [{"id": "one", "name": name}]}
    (tmp_path / MANIFEST).write_text(json.dumps(said))

    with pytest.raises(WrongUse, match="outside"):
        export_parts(tmp_path)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"data_sets": []}', '{"data_sets": [1]}', "nonsense"])
def test_a_broken_list_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / MANIFEST).write_text(text)

    with pytest.raises(WrongUse, match="one by one"):
        export_parts(tmp_path)


@pytest.mark.neo4j
def test_from_one_engine_to_the_other_and_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    neo4j_or_skip()
    monkeypatch.setenv("EXPLORER_HOME", str(tmp_path / "home"))
    try:
        with _opened(monkeypatch, "arcadedb") as local, _opened(monkeypatch, "neo4j") as server:
            loaded(local, api.demo_path())
            first = checksum(local)
            api.export(local, tmp_path / "there")
            loaded(server, tmp_path / "there")
            api.export(server, tmp_path / "back", format="xlsx")
            loaded(emptied(local), tmp_path / "back")

            assert checksum(server) == first
            assert checksum(local) == first
    finally:
        for engine in ("arcadedb", "neo4j"):
            embedded.stop(tmp_path / "home", engine)


def _opened(monkeypatch: pytest.MonkeyPatch, engine: str) -> Store:
    monkeypatch.setenv("EXPLORER_ENGINE", engine)
    return open_store(WRITER)
