"""Runs, steps back and removals, on both engines: the graph is again what it was."""

from pathlib import Path

import pytest

from graph_loader import api
from graph_loader.keep import current_loads
from graph_store.errors import WrongUse
from graph_store.loads import data_version, graph_state
from graph_store.store import Store
from tests.integration.small_network import ATTENDANCES, REGIONS, SOURCES, VISITS, checksum, folder, loaded


def test_a_load_taken_back_leaves_the_graph_as_it_was(writer_store: Store, tmp_path: Path) -> None:
    loaded(writer_store, folder(tmp_path, "one", sources=SOURCES, regions=REGIONS, visits=VISITS))
    before = checksum(writer_store)
    changed = {"regions": REGIONS.replace("Zeeland", "Zealand"), "visits": VISITS + "fall,Fall visit,2020,meeting\n"}
    loaded(writer_store, folder(tmp_path, "one", sources=SOURCES, **changed, attendances=ATTENDANCES))
    assert checksum(writer_store) != before

    report = api.undo(writer_store, "one")

    assert report.done
    assert checksum(writer_store) == before
    assert data_version(writer_store) == report.version
    assert graph_state(writer_store).quiet


def test_another_data_set_loaded_in_between_stays(writer_store: Store, tmp_path: Path) -> None:
    loaded(writer_store, folder(tmp_path, "one", sources=SOURCES, regions=REGIONS, projects="id,name\ndesk,One\n"))
    loaded(writer_store, folder(tmp_path, "two", projects="id,name,status\ndesk,Two,running\n"))
    both = checksum(writer_store)
    loaded(writer_store, folder(tmp_path, "one", sources=SOURCES, regions=REGIONS, projects="id,name\ndesk,Uno\n"))
    loaded(writer_store, folder(tmp_path, "three", visits=VISITS, attendances=ATTENDANCES))

    api.undo(writer_store, "one")
    api.undo(writer_store, "three")

    assert checksum(writer_store) == both
    assert [load.data_set for load in current_loads(writer_store)] == ["one", "two"]


def test_undo_goes_one_further_back_each_time_until_the_data_set_is_gone(writer_store: Store, tmp_path: Path) -> None:
    loaded(writer_store, folder(tmp_path, "other", themes="id,name,kind\nwork,Work,priority\n"))
    sums = [checksum(writer_store)]
    for name in ("First", "Second", "Third"):
        loaded(writer_store, folder(tmp_path, "one", visits=VISITS.replace("Spring visit", name)))
        sums.append(checksum(writer_store))

    for expected in reversed(sums[:-1]):
        assert api.undo(writer_store, "one").done
        assert checksum(writer_store) == expected

    with pytest.raises(WrongUse, match="nothing more"):
        api.undo(writer_store, "one")
    states = {run.id: run.state for run in api.runs(writer_store, "one") if run.kind == "load"}
    assert set(states.values()) == {"taken back"}


def test_a_removal_can_be_taken_back_with_its_precedence(writer_store: Store, tmp_path: Path) -> None:
    loaded(writer_store, folder(tmp_path, "one", projects="id,name\ndesk,One\n"))
    loaded(writer_store, folder(tmp_path, "two", projects="id,name\ndesk,Two\n"))
    before = checksum(writer_store)
    assert api.remove(writer_store, "one").done
    assert [load.data_set for load in current_loads(writer_store)] == ["two"]

    step = api.undoable(writer_store)
    api.undo(writer_store, step.data_set)

    assert (step.data_set, step.run.kind) == ("one", "removal")
    assert checksum(writer_store) == before


def test_what_another_data_set_needs_is_neither_undone_nor_removed(writer_store: Store, tmp_path: Path) -> None:
    loaded(writer_store, folder(tmp_path, "one", sources=SOURCES, regions=REGIONS))
    loaded(writer_store, folder(tmp_path, "two", visits=VISITS, attendances=ATTENDANCES))
    before, version = checksum(writer_store), data_version(writer_store)

    undone, removed = api.undo(writer_store, "one"), api.remove(writer_store, "one")

    assert [[fault.code for fault in report.faults] for report in (undone, removed)] == [["still_needed"]] * 2
    assert not undone.done
    assert (checksum(writer_store), data_version(writer_store)) == (before, version)
    assert len(api.runs(writer_store)) == 2


def test_the_files_of_the_load_that_is_back_are_known(writer_store: Store, tmp_path: Path) -> None:
    loaded(writer_store, folder(tmp_path, "one", visits=VISITS))
    loaded(writer_store, folder(tmp_path, "one", visits=VISITS.replace("Spring", "Autumn")))
    api.undo(writer_store, "one")

    assert loaded(writer_store, folder(tmp_path, "one", visits=VISITS)).unchanged
    assert not loaded(writer_store, folder(tmp_path, "one", visits=VISITS.replace("Spring", "Autumn"))).unchanged


def test_an_undo_that_another_run_has_overtaken_is_refused(writer_store: Store, tmp_path: Path) -> None:
    loaded(writer_store, folder(tmp_path, "one", visits=VISITS))
    seen = api.undoable(writer_store)
    loaded(writer_store, folder(tmp_path, "one", visits=VISITS.replace("Spring", "Autumn")))
    before = checksum(writer_store)

    with pytest.raises(WrongUse, match="between"):
        api.undo(writer_store, "one", expected=seen.run.id)

    assert checksum(writer_store) == before


def test_runs_tell_what_each_did(writer_store: Store, tmp_path: Path) -> None:
    loaded(writer_store, folder(tmp_path, "one", visits=VISITS))
    loaded(writer_store, folder(tmp_path, "one", visits=VISITS + "fall,Spring visit,2020,meeting\n"))
    api.undo(writer_store, "one", by="app")

    undo, second, first = api.runs(writer_store)

    assert (first.kind, first.by, first.files, first.state) == (
        "load",
        "command",
        ("data_set.csv", "visits.csv"),
        "shown again",
    )
    assert (first.changes, first.rows) == ({"DataSet": (1, 0, 0), "Visit": (1, 0, 0)}, {"data_set": 1, "visits": 1})
    assert (second.state, second.added, second.removed, second.can_be_undone) == ("taken back", 1, 0, False)
    assert (undo.kind, undo.by, undo.back_to, undo.removed, undo.state) == ("undo", "app", first.id, 1, "shown")
    assert first.can_be_undone
    assert second.seconds > 0
    assert [doubt.code for doubt in api.doubts(writer_store, second.id)] == ["same_name"]


def test_a_graph_loaded_before_runs_were_told_reads_as_loads(writer_store: Store, tmp_path: Path) -> None:
    loaded(writer_store, folder(tmp_path, "one", visits=VISITS))
    before = checksum(writer_store)
    loaded(writer_store, folder(tmp_path, "one", visits=VISITS.replace("Spring", "Autumn")))
    names = ("kind", "tables", "changes", "seconds", "by", "kept", "doubts")
    writer_store.write(lambda writer: writer.run(f"MATCH (l:Load) REMOVE {', '.join(f'l.{name}' for name in names)}"))

    latest = api.runs(writer_store)[0]
    doubts = api.doubts(writer_store, latest.id)
    api.undo(writer_store, "one")

    assert (latest.kind, latest.changes, latest.seconds, latest.by, latest.kept, doubts) == (
        "load",
        {},
        0.0,
        "",
        True,
        (),
    )
    assert checksum(writer_store) == before
