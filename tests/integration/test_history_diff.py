"""Diff: what changed between any two versions, property by property, with the rows that say so."""

from pathlib import Path

import pytest

from graph_loader import api, show
from graph_loader.history.difference import DiffEntry
from graph_loader.history.origins import Origin
from graph_store.errors import WrongUse
from graph_store.store import Store
from tests.integration.small_network import ATTENDANCES, REGIONS, SOURCES, VISITS, checksum, folder, loaded

TABLES = {"sources": SOURCES, "regions": REGIONS, "visits": VISITS, "attendances": ATTENDANCES}


def in_short(entries: tuple[DiffEntry, ...]) -> list[tuple[object, ...]]:
    return [(item.change, *filter(None, item.element), item.property, item.before, item.after) for item in entries]


def test_the_last_load_is_told_property_by_property(writer_store: Store, tmp_path: Path) -> None:
    loaded(writer_store, folder(tmp_path, "one", **TABLES))
    changed = VISITS.replace("2019-04", "2019-05") + "fall,Fall visit,,meeting\n"
    loaded(writer_store, folder(tmp_path, "one", sources=SOURCES, regions=REGIONS, visits=changed))

    found = api.diff(writer_store)

    assert in_short(found.entries) == [
        ("changed", "Visit", "spring", "on", "2019-04", "2019-05"),
        ("removed", "ATTENDED", "zeeland", "spring", "delegates", 4, None),
        ("added", "Visit", "fall", "kind", None, "meeting"),
        ("added", "Visit", "fall", "name", None, "Fall visit"),
    ]
    assert found.entries[0].said_before == Origin("one", "visits.csv", "", 2, ())
    assert found.entries[1].said_before == Origin("one", "attendances.csv", "", 2, ())
    assert (found.entries[1].start_name, found.entries[1].end_name) == ("Zeeland", "Spring visit")
    assert found.entries[2].said_after == Origin("one", "visits.csv", "", 3, ())
    assert found.provenance == ()
    assert found.counts == {"Visit": (1, 1, 0), "ATTENDED": (0, 0, 1)}
    assert [found.before, found.after] == [run.id for run in reversed(api.runs(writer_store))]


def test_links_between_the_same_ends_are_told_apart(writer_store: Store, tmp_path: Path) -> None:
    tables = {"plans": "id,name,year\np,Plan,2024\n", "projects": "id,name\ndesk,Desk\n"}
    marks = "plan,project,criterion,score\np,desk,support,3\np,desk,cost,2\n"
    loaded(writer_store, folder(tmp_path, "one", **tables, assessments=marks))
    added = [line for line in show.diff_text(api.diff(writer_store)) if "assessed" in line and "Criterion" in line]
    loaded(writer_store, folder(tmp_path, "one", **tables, assessments=marks.replace("cost,2", "cost,4")))
    found = api.diff(writer_store)

    assert len(added) == 2
    assert [entry.marks for entry in found.entries] == [(("criterion", "cost"),)]
    assert any('Plan assessed Desk (Criterion: "cost"): ' in line for line in show.diff_text(found))


def test_the_row_of_the_data_set_that_wins_is_named(writer_store: Store, tmp_path: Path) -> None:
    loaded(writer_store, folder(tmp_path, "one", **TABLES))
    renamed = "id,name,kind,country,source\nzeeland,Zealand,province,NL,\n"
    loaded(writer_store, folder(tmp_path, "two", regions=renamed))

    found = api.diff(writer_store)

    by_property = {item.property: item for item in found.entries if item.id == "zeeland"}
    assert set(by_property) == {"name"}
    assert by_property["name"].said_before == Origin("one", "regions.csv", "", 3, ("s1",))
    assert by_property["name"].said_after == Origin("two", "regions.csv", "", 2, ())
    assert [(item.id, item.property, item.before, item.after) for item in found.provenance] == [
        ("zeeland", "data_sets", ["one"], ["one", "two"])
    ]


def test_any_two_versions_are_compared_over_undo_and_removal(writer_store: Store, tmp_path: Path) -> None:
    loaded(writer_store, folder(tmp_path, "one", sources=SOURCES, regions=REGIONS))
    loaded(writer_store, folder(tmp_path, "two", visits=VISITS))
    api.remove(writer_store, "two")
    api.undo(writer_store, "two")
    before = checksum(writer_store)
    undo, removal, second, first = [run.short for run in api.runs(writer_store)]

    assert api.diff(writer_store, second, undo).empty
    assert api.diff(writer_store, second, removal).counts == {"DataSet": (0, 0, 1), "Visit": (0, 0, 1)}
    assert api.diff(writer_store, of=undo).counts == {"DataSet": (1, 0, 0), "Visit": (1, 0, 0)}
    assert api.diff(writer_store, of=first).before == "empty"
    assert api.diff(writer_store, "first").counts == api.diff(writer_store, first, "last").counts
    assert api.diff(writer_store, "2000-01-01", "2001-01-01").empty
    assert sum(added for added, _, _ in api.diff(writer_store, "2000-01-01").counts.values()) == 7
    assert checksum(writer_store) == before


def test_an_empty_graph_and_a_contradiction_are_told(writer_store: Store, tmp_path: Path) -> None:
    assert api.diff(writer_store).empty
    loaded(writer_store, folder(tmp_path, "one", **TABLES))

    with pytest.raises(WrongUse, match="either"):
        api.diff(writer_store, since="first", of="last")
    with pytest.raises(WrongUse, match="No run is called"):
        api.diff(writer_store, "nonsense")


def test_tables_taken_away_are_no_longer_compared_or_gone_back_to(writer_store: Store, tmp_path: Path) -> None:
    for name in ("First", "Second", "Third"):
        loaded(writer_store, folder(tmp_path, "one", visits=VISITS.replace("Spring visit", name)))
    loaded(writer_store, folder(tmp_path, "two", themes="id,name,kind\nwork,Work,priority\n"))
    before = checksum(writer_store)

    tidied = api.tidy(writer_store, 2)
    again = api.tidy(writer_store, 2)
    first = api.runs(writer_store)[-1]

    assert (tidied.runs, again.runs, first.kept) == ((first.id,), (), False)
    left = writer_store.read("MATCH (t:LoadedTable {load: $load}) RETURN count(t) AS count", {"load": first.id})
    assert left == [{"count": 0}]
    with pytest.raises(WrongUse, match="no longer kept"):
        api.diff(writer_store, "first")
    assert api.undo(writer_store, "one").done
    with pytest.raises(WrongUse, match="no longer kept"):
        api.undo(writer_store, "one")
    assert checksum(writer_store) != before
    assert api.verify(writer_store).clean
