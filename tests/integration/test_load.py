"""Loading into a graph: what changes, what stays, what readers see."""

import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from graph_loader import api, commit, lock, write
from graph_loader.sources import read
from graph_loader.validate import examine
from graph_store.loads import NO_DATA, data_version, graph_state, read_whole
from graph_store.store import Store, Writer
from tests.integration.small_network import ATTENDANCES, REGIONS, SOURCES, VISITS, checksum, content, folder, loaded


def test_the_demo_arrives_with_all_its_facts(writer_store: Store) -> None:
    report = loaded(writer_store, api.demo_path())
    status = api.status(writer_store)

    expected = examine(read([api.demo_path()])).graph
    nodes, ties = content(writer_store)
    assert report.report.faults == ()
    assert (status.nodes["Region"], status.nodes["Organisation"], status.nodes["Project"]) == (323, 274, 120)
    assert (status.nodes["Approach"], status.nodes["Element"], status.nodes["Adoption"]) == (48, 5, 231)
    assert (status.nodes["Visit"], status.relationships["ATTENDED"]) == (87, 437)
    assert (status.nodes["Plan"], status.nodes["Theme"], status.nodes["Source"]) == (5, 19, 121)
    assert status.relationships["BORDERS"] == 75
    assert nodes == {f"{key.label} {key.id}": {"_labels": [key.label], **own} for key, own in expected.nodes.items()}
    assert set(ties) == {f"{key.type} {key.key}" for key in expected.relationships}


def test_what_is_new_beyond_doubt_is_not_looked_for(
    writer_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded(writer_store, folder(tmp_path, "one", sources=SOURCES, regions=REGIONS))
    said: list[str] = []
    run = commit._run

    def listened(writer: Writer, statement: commit.Statement) -> None:
        said.append(statement.text)
        run(writer, statement)

    monkeypatch.setattr(commit, "_run", listened)

    projects = "id,name,region\ndesk,One,zeeland\n"
    loaded(writer_store, folder(tmp_path, "two", sources=SOURCES, regions=REGIONS, projects=projects))

    assert any("CREATE (n:Project)" in text for text in said)
    assert any("MERGE (n:Region {id: row.id})" in text for text in said)
    assert "Project desk" in content(writer_store)[0]


def test_loading_twice_changes_nothing(writer_store: Store) -> None:
    first = loaded(writer_store, api.demo_path())
    before = checksum(writer_store)

    second = loaded(writer_store, api.demo_path())

    assert second.unchanged
    assert second.version == first.version == data_version(writer_store)
    assert checksum(writer_store) == before


def test_a_changed_cell_changes_one_property(writer_store: Store, tmp_path: Path) -> None:
    loaded(writer_store, folder(tmp_path, "one", projects="id,name,status\ndesk,One desk,running\nbus,A bus,running\n"))
    before = content(writer_store)

    report = loaded(
        writer_store, folder(tmp_path, "one", projects="id,name,status\ndesk,One desk,ended\nbus,A bus,running\n")
    )

    after = content(writer_store)
    before[0]["Project desk"]["status"] = "ended"
    assert report.plan
    assert len(report.plan.changed) == 1
    assert after == before


def test_an_emptied_cell_takes_its_property_away(writer_store: Store, tmp_path: Path) -> None:
    loaded(writer_store, folder(tmp_path, "one", visits=VISITS))

    loaded(writer_store, folder(tmp_path, "one", visits=VISITS.replace("2019-04", "")))

    assert {"on", "on_from", "on_to"}.isdisjoint(content(writer_store)[0]["Visit spring"])


def test_a_removed_row_removes_only_its_own(writer_store: Store, tmp_path: Path) -> None:
    tables = {"sources": SOURCES, "regions": REGIONS, "visits": VISITS}
    loaded(writer_store, folder(tmp_path, "one", **tables, attendances=ATTENDANCES))
    nodes, ties = content(writer_store)

    loaded(writer_store, folder(tmp_path, "one", **tables))

    del ties["ATTENDED Region:zeeland|spring"]
    assert content(writer_store) == (nodes, ties)


def test_a_node_goes_with_its_relationships(writer_store: Store, tmp_path: Path) -> None:
    loaded(
        writer_store, folder(tmp_path, "one", sources=SOURCES, regions=REGIONS, visits=VISITS, attendances=ATTENDANCES)
    )

    loaded(writer_store, folder(tmp_path, "one", sources=SOURCES, regions=REGIONS.rsplit("zeeland", 1)[0]))

    nodes, ties = content(writer_store)
    assert set(nodes) == {"DataSet one", "Source s1", "Region nl"}
    assert ties == {}


def test_two_data_sets_live_side_by_side(writer_store: Store, tmp_path: Path) -> None:
    loaded(writer_store, folder(tmp_path, "one", sources=SOURCES, regions=REGIONS, projects="id,name\ndesk,One desk\n"))
    alone = checksum(writer_store)
    other = {"visits": VISITS, "attendances": ATTENDANCES, "projects": "id,name,status\ndesk,One desk,running\n"}
    loaded(writer_store, folder(tmp_path, "two", **other))

    nodes, _ = content(writer_store)
    assert nodes["Project desk"]["data_sets"] == ["one", "two"]
    assert nodes["Project desk"]["status"] == "running"

    assert api.remove(writer_store, "two").done
    nodes, _ = content(writer_store)
    assert nodes["Project desk"]["data_sets"] == ["one"]
    assert checksum(writer_store) == alone


def test_tables_without_a_row_take_nothing_out(writer_store: Store, tmp_path: Path) -> None:
    loaded(writer_store, folder(tmp_path, "one", visits=VISITS))
    before = checksum(writer_store)

    report = api.load(folder(tmp_path, "one", visits="id,name,on,kind\n"), "", writer_store)

    assert [fault.code for fault in report.report.faults] == ["would_empty"]
    assert checksum(writer_store) == before


def test_a_data_set_that_another_needs_is_not_taken_away(writer_store: Store, tmp_path: Path) -> None:
    loaded(writer_store, folder(tmp_path, "one", sources=SOURCES, regions=REGIONS))
    loaded(writer_store, folder(tmp_path, "two", visits=VISITS, attendances=ATTENDANCES))

    report = api.load(folder(tmp_path, "one", sources=SOURCES), "", writer_store)

    assert [fault.code for fault in report.report.faults] == ["still_needed"]


def test_a_data_set_that_is_only_named_is_known_like_any_other(writer_store: Store, tmp_path: Path) -> None:
    path = folder(tmp_path, "one", visits=VISITS)
    (path / "data_set.csv").unlink()
    first = api.load(path, "named", writer_store)
    (path / "visits.csv").write_text(VISITS.replace("Spring", "Autumn"), encoding="utf-8")

    second = api.load(path, "named", writer_store)

    assert first.plan
    assert second.plan
    assert list(first.plan.counts()) == ["DataSet", "Visit"]
    assert list(second.plan.counts()) == ["Visit"]
    assert content(writer_store)[0]["DataSet named"]["kind"] == "recorded"


def test_the_first_data_set_stays_first_when_it_is_loaded_again(writer_store: Store, tmp_path: Path) -> None:
    project = "id,name,status\ndesk,One desk,{}\n"
    loaded(writer_store, folder(tmp_path, "one", projects=project.format("planned")))
    loaded(writer_store, folder(tmp_path, "two", projects=project.format("ended")))

    loaded(writer_store, folder(tmp_path, "one", projects=project.format("running")))

    assert content(writer_store)[0]["Project desk"]["status"] == "ended"


def test_faults_leave_the_graph_as_it_was(writer_store: Store, tmp_path: Path) -> None:
    loaded(writer_store, folder(tmp_path, "one", visits=VISITS))
    before = checksum(writer_store), data_version(writer_store)

    report = api.load(folder(tmp_path, "one", visits=VISITS.replace("2019-04", "2019-13")), "", writer_store)

    assert [fault.code for fault in report.report.faults] == ["no_such_day"]
    assert (checksum(writer_store), data_version(writer_store)) == before


def test_a_load_that_breaks_off_leaves_the_old_graph(
    writer_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded(writer_store, folder(tmp_path, "one", visits=VISITS))
    before = checksum(writer_store), data_version(writer_store)

    def broken(store: Store, load: str, rows: int) -> None:
        lock.mark_loading(store, load, rows)
        raise RuntimeError("the power went")

    with monkeypatch.context() as patch:
        patch.setattr(commit, "mark_loading", broken)
        with pytest.raises(RuntimeError):
            api.load(folder(tmp_path, "one", visits=VISITS.replace("Spring", "Autumn")), "", writer_store)

    assert (checksum(writer_store), data_version(writer_store)) == before
    assert graph_state(writer_store).quiet


def test_the_mark_of_a_loader_that_died_is_told_and_cleared(writer_store: Store, tmp_path: Path) -> None:
    path = folder(tmp_path, "one", visits=VISITS)
    version = loaded(writer_store, path).version
    dead = replace(lock.Holder.here("20240101T000000Z-dead"), pid=2**22 + 1, at=1).mark
    writer_store.write(lambda writer: writer.run("MATCH (s:GraphState {id: 'state'}) SET s.loading = $mark", mark=dead))
    assert api.status(writer_store).unfinished

    assert loaded(writer_store, path).unchanged

    assert graph_state(writer_store).quiet
    assert data_version(writer_store) == version
    assert api.status(writer_store).unfinished == ""


def test_a_loader_that_died_after_its_commit_has_loaded(writer_store: Store, tmp_path: Path) -> None:
    version = loaded(writer_store, folder(tmp_path, "one", visits=VISITS)).version
    mark = replace(lock.Holder.here(version), pid=2**22 + 1, at=1).mark
    text = "MATCH (s:GraphState {id: 'state'}) SET s.loading = $mark, s.version = 'the one before'"
    writer_store.write(lambda writer: writer.run(text, mark=mark))

    assert loaded(writer_store, folder(tmp_path, "one", visits=VISITS)).unchanged

    assert data_version(writer_store) == version


def test_only_one_loader_works_at_a_time(writer_store: Store, tmp_path: Path) -> None:
    write.prepare(writer_store)
    with lock.only_loader(writer_store, "first"), pytest.raises(lock.AnotherLoadRuns):
        api.load(folder(tmp_path, "one", visits=VISITS), "", writer_store)

    assert loaded(writer_store, folder(tmp_path, "one", visits=VISITS)).version


def test_a_figure_leads_back_to_file_row_and_source(writer_store: Store, tmp_path: Path) -> None:
    loaded(writer_store, folder(tmp_path, "one", sources=SOURCES, regions=REGIONS))
    loaded(writer_store, folder(tmp_path, "two", visits=VISITS, attendances=ATTENDANCES))

    found = api.provenance(writer_store, "Region", "zeeland")

    assert [(item.data_set, item.file, item.row, item.sources) for item in found] == [
        ("one", "regions.csv", 3, ("s1",)),
        ("two", "attendances.csv", 2, ()),
    ]
    assert found[1].cells["delegates"] == "4"
    assert api.provenance(writer_store, "Region", "nowhere") == []


def test_a_plan_writes_nothing_and_tells_what_a_load_does(writer_store: Store, tmp_path: Path) -> None:
    path = folder(tmp_path, "one", visits=VISITS)

    planned = api.plan(path, writer_store)

    assert planned.plan
    assert [element.id for element in planned.plan.added] == ["one", "spring"]  # type: ignore[union-attr]
    assert data_version(writer_store) == NO_DATA
    done = loaded(writer_store, path)
    assert done.plan
    assert done.plan.added == planned.plan.added


def test_a_graph_folded_with_another_model_is_written_anew(writer_store: Store, tmp_path: Path) -> None:
    path = folder(tmp_path, "one", visits=VISITS)
    loaded(writer_store, path)
    text = "MATCH (l:Load) SET l.model = 'older' WITH l MATCH (n:Visit) SET n.kind = 'older'"
    writer_store.write(lambda writer: writer.run(text))

    assert not loaded(writer_store, path).unchanged

    assert content(writer_store)[0]["Visit spring"]["kind"] == "work visit"
    assert loaded(writer_store, path).unchanged


def test_a_graph_that_was_changed_by_other_means_is_told(writer_store: Store, tmp_path: Path) -> None:
    loaded(writer_store, folder(tmp_path, "one", sources=SOURCES, regions=REGIONS, visits=VISITS))
    writer_store.write(lambda writer: writer.run("MATCH (n:Visit) DETACH DELETE n"))

    with pytest.raises(write.GraphDiffers):
        api.load(
            folder(tmp_path, "one", sources=SOURCES, regions=REGIONS, visits=VISITS, attendances=ATTENDANCES),
            "",
            writer_store,
        )


def test_reset_empties_the_graph_and_a_load_fills_it_again(writer_store: Store, tmp_path: Path) -> None:
    path = folder(tmp_path, "one", sources=SOURCES, regions=REGIONS, visits=VISITS)
    loaded(writer_store, path)
    before = checksum(writer_store)

    api.reset(writer_store)

    assert data_version(writer_store) == NO_DATA
    assert content(writer_store) == ({}, {})
    assert not loaded(writer_store, path).unchanged
    assert checksum(writer_store) == before


def test_the_demo_is_loaded_into_an_empty_graph_only(writer_store: Store, tmp_path: Path) -> None:
    loaded(writer_store, folder(tmp_path, "one", visits=VISITS))

    assert api.load_demo_if_empty(writer_store) is None

    api.reset(writer_store)
    report = api.load_demo_if_empty(writer_store)
    assert report
    assert report.loaded


DYING_LOADER = """
import os, sys
from pathlib import Path
from graph_loader import api, commit, lock
from graph_store.store import open_store

def dying(store, *words, **named):
    if sys.argv[2] == "before the commit":
        lock.mark_loading(store, *words)
    os.kill(os.getpid(), 9)

setattr(commit, {"before the commit": "mark_loading", "after the commit": "clear_mark"}[sys.argv[2]], dying)
api.load(Path(sys.argv[1]), "", open_store("writer"))
"""


@pytest.mark.parametrize(
    ("when", "name"), [("before the commit", "Spring visit"), ("after the commit", "Autumn visit")]
)
def test_a_loader_that_is_killed_leaves_one_whole_graph(
    writer_store: Store, cli_env: dict[str, str], tmp_path: Path, when: str, name: str
) -> None:
    loaded(writer_store, folder(tmp_path, "one", visits=VISITS))
    path = folder(tmp_path, "one", visits=VISITS.replace("Spring", "Autumn"))

    killed = subprocess.run(
        [sys.executable, "-c", DYING_LOADER, str(path), when], env=cli_env, cwd=Path(__file__).parents[2], check=False
    )

    assert killed.returncode == -9
    assert not graph_state(writer_store).quiet
    assert api.status(writer_store).unfinished
    assert content(writer_store)[0]["Visit spring"]["name"] == name
    assert loaded(writer_store, path).unchanged == (when == "after the commit")
    assert graph_state(writer_store).quiet
    assert content(writer_store)[0]["Visit spring"]["name"] == "Autumn visit"


def test_readers_see_the_old_graph_or_the_new_one(writer_store: Store, tmp_path: Path) -> None:
    def tables(status: str) -> str:
        return "id,name,status\n" + "".join(f"p{number},Project {number},{status}\n" for number in range(2_000))

    loaded(writer_store, folder(tmp_path, "one", projects=tables("one")))
    seen: list[set[str]] = []
    done = threading.Event()

    def look() -> None:
        def statuses() -> set[str]:
            return {row["status"] for row in writer_store.read("MATCH (p:Project) RETURN p.status AS status")}

        while not done.is_set():
            seen.append(read_whole(writer_store, statuses, seconds=60)[1])

    reader = threading.Thread(target=look)
    reader.start()
    for status in ("two", "three", "four"):
        loaded(writer_store, folder(tmp_path, "one", projects=tables(status)))
    done.set()
    reader.join()

    assert seen
    assert all(len(statuses) == 1 for statuses in seen)
