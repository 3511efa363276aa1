"""Verify: every sort of damage done by hand is found, no more and no less, and mended on both engines."""

from pathlib import Path
from typing import Any

import pytest

from graph_loader import api, write
from graph_loader.history.comparison import _endings
from graph_loader.history.findings import Finding, Wrong
from graph_loader.keep import TablesBroken
from graph_store.errors import TookTooLong, WrongUse
from graph_store.loads import data_version, graph_state
from graph_store.store import Store
from tests.integration.small_network import ATTENDANCES, REGIONS, SOURCES, VISITS, checksum, folder, loaded

TABLES = {"sources": SOURCES, "regions": REGIONS, "visits": VISITS, "attendances": ATTENDANCES}


def by_hand(store: Store, *statements: str) -> None:
    for text in statements:
        store.write(lambda writer, text=text: writer.run(text))  # type: ignore[misc]


def told(findings: tuple[Finding, ...]) -> list[tuple[str, ...]]:
    """Findings in short: what is wrong, with what, and its id or ends, and the property."""
    return sorted(
        tuple(part for part in (item.wrong, item.what, item.id, item.start, item.end, item.property) if part)
        for item in findings
    )


@pytest.fixture
def filled(writer_store: Store, tmp_path: Path) -> Store:
    loaded(writer_store, folder(tmp_path, "one", **TABLES))
    return writer_store


def test_a_graph_as_loaded_is_clean(writer_store: Store) -> None:
    loaded(writer_store, api.demo_path())
    status = api.status(writer_store)

    found = api.verify(writer_store)

    assert (found.clean, found.findings) == (True, ())
    assert (found.nodes, found.relationships) == (sum(status.nodes.values()), sum(status.relationships.values()))
    assert found.version == data_version(writer_store)


@pytest.mark.parametrize("at_once", [300, 20])
def test_a_large_graph_is_read_in_parts(writer_store: Store, monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    loaded(writer_store, api.demo_path())
    region = "MATCH (r:Region) WITH r ORDER BY r.id LIMIT 1"
    by_hand(writer_store, f"{region} SET r.name = 'Other'", "CREATE (:Region {name: 'Mine'})")
    by_hand(
        writer_store,
        "MATCH (a)-[r:ATTENDED]->(b) WITH a, r, b LIMIT 1 CREATE (a)-[s:ATTENDED]->(b) SET s = properties(r)",
    )
    whole = api.verify(writer_store)

    monkeypatch.setattr("graph_loader.history.comparison._AT_ONCE", at_once)
    in_parts = api.verify(writer_store)

    # In which order an engine reads what has no id is its own affair.
    assert sorted(item.wrong for item in whole.findings) == ["differs", "extra", "twice"]
    assert told(in_parts.findings) == told(whole.findings)
    assert (in_parts.nodes, in_parts.relationships) == (whole.nodes, whole.relationships)


@pytest.mark.parametrize("total", [0, 30_000, 10_000_000])
def test_every_id_of_an_engine_has_one_of_the_endings(total: int) -> None:
    endings = _endings(total)

    for number in (0, 7, 10, 99, 100, 1234, 90210):
        assert sum(f"4:ab-12:{number}".endswith(ending) for ending in endings) == 1
        assert sum(f"#33:{number}".endswith(ending) for ending in endings) == 1


def test_what_takes_the_engine_too_long_is_read_in_smaller_parts(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_hand(filled, "CREATE (:Visit {id: 'mine', name: 'Mine'})")
    whole = api.verify(filled)
    read_through = Store.read_through

    def slow(store: Store, text: str, work: Any, parameters: Any = None) -> Any:
        if parameters == {"ending": ""}:
            raise TookTooLong
        return read_through(store, text, work, parameters)

    monkeypatch.setattr(Store, "read_through", slow)
    found = api.verify(filled)

    assert found.findings == whole.findings
    assert (found.nodes, found.relationships) == (whole.nodes, whole.relationships) == (6, 2)


DAMAGES: dict[str, tuple[str, list[tuple[str, ...]]]] = {
    "a node taken away": (
        "MATCH (n:Visit {id: 'spring'}) DETACH DELETE n",
        [("missing", "ATTENDED", "zeeland", "spring"), ("missing", "Visit", "spring")],
    ),
    "a relationship taken away": (
        "MATCH ()-[r:PART_OF]->() DELETE r",
        [("missing", "PART_OF", "zeeland", "nl")],
    ),
    "a node too many": ("CREATE (:Visit {id: 'mine', name: 'Mine'})", [("extra", "Visit", "mine")]),
    "a node without an id": ("CREATE (:Visit {name: 'Mine'})", [("extra", "Visit")]),
    "a relationship too many": (
        "MATCH (r:Region {id: 'nl'}), (v:Visit) CREATE (r)-[:ATTENDED {key: 'Region:nl|spring'}]->(v)",
        [("extra", "ATTENDED", "nl", "spring")],
    ),
    "a relationship without a key": (
        "MATCH (r:Region {id: 'nl'}), (v:Visit) CREATE (r)-[:ATTENDED]->(v)",
        [("extra", "ATTENDED", "nl", "spring")],
    ),
    "a relationship to a node of another kind": (
        "MATCH (v:Visit) CREATE (:Person {id: 'p'})-[:ATTENDED {key: 'p'}]->(v)",
        [("extra", "ATTENDED", "p", "spring"), ("outside", "Person", "*")],
    ),
    "a relationship twice": (
        "MATCH (a:Region)-[r:ATTENDED]->(b) CREATE (a)-[s:ATTENDED]->(b) SET s = properties(r)",
        [("twice", "ATTENDED", "zeeland", "spring")],
    ),
    "a property changed": (
        "MATCH (n:Visit) SET n.name = 'Other', n.on_from = date('2019-04-02')",
        [("differs", "Visit", "spring", "name"), ("differs", "Visit", "spring", "on_from")],
    ),
    "a property taken away and one added": (
        "MATCH ()-[r:ATTENDED]->() REMOVE r.delegates SET r.mood = 'good'",
        [
            ("differs", "ATTENDED", "zeeland", "spring", "delegates"),
            ("differs", "ATTENDED", "zeeland", "spring", "mood"),
        ],
    ),
    "a list changed": (
        "MATCH (n:Region {id: 'nl'}) SET n.sources = []",
        [("differs", "Region", "nl", "sources")],
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_found_and_mended(filled: Store, damage: str) -> None:
    before, version = checksum(filled), data_version(filled)
    statement, expected = DAMAGES[damage]
    by_hand(filled, statement)

    found = api.verify(filled)
    mended = api.verify(filled, mend=True)
    after = api.verify(filled)

    assert not found.clean
    assert told(found.findings) == told(mended.findings) == sorted(expected)
    assert (mended.mended, after.clean) == (True, True)
    assert data_version(filled) != version
    by_hand(filled, "MATCH (n:Person) DETACH DELETE n")
    assert checksum(filled) == before
    assert [run.kind for run in api.runs(filled)] == ["repair", "load"]


def test_two_nodes_of_one_id_become_one_again(filled: Store) -> None:
    before = checksum(filled)
    name = next(
        row["name"]
        for row in filled.read("SHOW CONSTRAINTS YIELD name, labelsOrTypes")
        if row["labelsOrTypes"] == ["Visit"]
    )
    by_hand(
        filled,
        f"DROP CONSTRAINT `{name}`",
        "MATCH (r:Region {id: 'zeeland'})-[old:ATTENDED]->() DELETE old "
        "CREATE (r)-[:ATTENDED {key: 'Region:zeeland|spring'}]->(:Visit {id: 'spring', name: 'Another'})",
    )

    found = api.verify(filled)
    api.verify(filled, mend=True)

    assert ("twice", "Visit", "spring") in told(found.findings)
    assert ("constraint", "visit_id", "Visit") in told(found.findings)
    assert api.verify(filled).findings == ()
    assert checksum(filled) == before


def test_an_index_in_the_place_of_a_constraint_is_replaced(filled: Store) -> None:
    by_hand(filled, "DROP CONSTRAINT theme_id", "CREATE INDEX theme_fast FOR (n:Theme) ON (n.id)")
    by_hand(filled, "CREATE CONSTRAINT one_name FOR (n:Visit) REQUIRE n.name IS UNIQUE", "DROP INDEX loadedtable_load")

    found = api.verify(filled)
    mended = api.verify(filled, mend=True)

    assert told(found.findings) == [
        ("constraint", "loadedtable_load", "LoadedTable"),
        ("constraint", "one_name", "Visit", "constraint"),
        ("constraint", "theme_fast", "Theme", "index"),
        ("constraint", "theme_id", "Theme"),
    ]
    assert (mended.mended, api.verify(filled).clean) == (True, True)


def test_what_the_model_does_not_know_is_told_and_left_alone(filled: Store) -> None:
    by_hand(
        filled,
        "MATCH (v:Visit) CREATE (:Person {id: 'p'})-[:KNOWS]->(:`My ``own` {id: 'q'}), (v)-[:SEEN_BY]->(:Person)",
    )

    found, _mended = api.verify(filled), api.verify(filled, mend=True)
    left = filled.read("MATCH (n:Person) RETURN count(n) AS count")[0]["count"]
    api.verify(filled, mend=True, everything=True)

    assert found.clean
    assert told(found.findings) == [
        ("outside", "KNOWS", "*", "*"),
        ("outside", "My `own", "*"),
        ("outside", "Person", "*"),
        ("outside", "SEEN_BY", "*", "*"),
    ]
    assert left == 2
    assert api.verify(filled).findings == ()
    assert filled.read("MATCH (v:Visit) RETURN count(v) AS count")[0]["count"] == 1


@pytest.mark.parametrize(
    "damage",
    [
        "MATCH (t:LoadedTable {table: 'visits'}) SET t.text = 'nonsense'",
        "MATCH (t:LoadedTable {table: 'visits'}) DELETE t",
        "MATCH (t:LoadedTable {table: 'visits'}) SET t.count = 7",
    ],
)
def test_broken_tables_are_told_with_their_load_and_nothing_is_mended(filled: Store, damage: str) -> None:
    load = api.runs(filled)[0]
    before = checksum(filled)
    by_hand(filled, damage)

    found = api.verify(filled)
    with pytest.raises(WrongUse, match="load their files again"):
        api.verify(filled, mend=True)

    assert (found.clean, found.compared) == (False, False)
    assert told(found.findings) == [("tables", load.id, "one")]
    assert checksum(filled) == before
    assert graph_state(filled).quiet


def test_a_load_that_needs_broken_tables_says_which(filled: Store, tmp_path: Path) -> None:
    load = api.runs(filled)[0]
    by_hand(filled, "MATCH (t:LoadedTable {table: 'visits'}) SET t.text = 'nonsense'")

    with pytest.raises(TablesBroken, match=load.id):
        api.load(folder(tmp_path, "two", visits=VISITS), "", filled)


def test_broken_tables_of_a_former_load_do_not_hinder_a_repair(filled: Store, tmp_path: Path) -> None:
    loaded(filled, folder(tmp_path, "one", **{**TABLES, "visits": VISITS.replace("Spring", "Autumn")}))
    first = api.runs(filled)[-1]
    by_hand(filled, f"MATCH (t:LoadedTable {{load: '{first.id}'}}) DELETE t", "MATCH (v:Visit) SET v.name = ''")

    api.verify(filled, mend=True)

    assert told(api.verify(filled).findings) == [("tables", first.id, "one")]


def test_a_load_that_meets_a_damaged_graph_names_the_way_out(filled: Store, tmp_path: Path) -> None:
    by_hand(filled, "MATCH (n:Visit) DETACH DELETE n")
    more = folder(tmp_path, "one", **{**TABLES, "attendances": ATTENDANCES + "nl,spring,1\n"})

    with pytest.raises(write.GraphDiffers, match="graph-loader verify --mend"):
        api.load(more, "", filled)
    api.verify(filled, mend=True)
    loaded(filled, more)

    assert api.verify(filled).clean


def test_a_finding_in_plain_values_has_what_is_and_what_should_be(filled: Store) -> None:
    by_hand(filled, "MATCH (n:Visit) SET n.on_to = date('2020-01-01')")

    said = api.verify(filled).as_dict()

    assert said["findings"] == [
        {
            "wrong": str(Wrong.DIFFERS),
            "what": "Visit",
            "id": "spring",
            "property": "on_to",
            "found": "2020-01-01",
            "expected": "2019-04-30",
        }
    ]
