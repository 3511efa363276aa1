"""What is new beyond doubt is made without looking for it; what somebody made by hand is taken over, never doubled."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from graph_loader import api, loading
from graph_loader.sources import Reading
from graph_store.store import Store

REGIONS = "id,name,kind,country\nzeeland,Zeeland,province,NL\nnl,Netherlands,country,NL\n"
VISITS = "id,name,on,kind\nspring,Spring visit,2019-04,work visit\n"
HOSTS = "host,visit\nzeeland,spring\n"


def folder(tmp_path: Path, **tables: str) -> Path:
    path = tmp_path / "one"
    path.mkdir(exist_ok=True)
    for table, text in {"data_set": "id,name,kind\none,One,recorded\n", **tables}.items():
        (path / f"{table}.csv").write_text(text, encoding="utf-8")
    return path


def count(store: Store, pattern: str) -> object:
    return store.read(f"MATCH {pattern} RETURN count(*) AS number")[0]["number"]


def test_a_node_made_by_hand_is_taken_over(writer_store: Store, tmp_path: Path) -> None:
    api.reset(writer_store)
    writer_store.write(lambda writer: writer.run("CREATE (:Visit {id: 'spring', name: 'By hand'})"))

    report = api.load(folder(tmp_path, visits=VISITS), "", writer_store)

    assert report.loaded
    assert writer_store.read("MATCH (n:Visit) RETURN n.name AS name") == [{"name": "Spring visit"}]


def test_a_relationship_made_by_hand_is_taken_over(writer_store: Store, tmp_path: Path) -> None:
    api.reset(writer_store)
    by_hand = (
        "CREATE (r:Region {id: 'zeeland'}) CREATE (v:Visit {id: 'spring'}) "
        "CREATE (r)-[:HOSTED {key: 'Region:zeeland|spring', note: 'By hand'}]->(v)"
    )
    writer_store.write(lambda writer: writer.run(by_hand))

    api.load(folder(tmp_path, regions=REGIONS, visits=VISITS, hosts=HOSTS), "", writer_store)

    found = writer_store.read("MATCH (:Region)-[r:HOSTED]->(:Visit) RETURN r.note AS note, r.data_sets AS data_sets")
    assert found == [{"note": None, "data_sets": ["one"]}]


def test_new_kinds_beside_old_ones_are_made_once(writer_store: Store, tmp_path: Path) -> None:
    api.reset(writer_store)
    api.load(folder(tmp_path, regions=REGIONS), "", writer_store)

    api.load(folder(tmp_path, regions=REGIONS, visits=VISITS, hosts=HOSTS), "", writer_store)

    assert (count(writer_store, "(:Region)"), count(writer_store, "(:Visit)")) == (2, 1)
    assert count(writer_store, "(:Region)-[:HOSTED]->(:Visit)") == 1


def test_files_that_are_loaded_already_are_not_even_read(
    writer_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    api.reset(writer_store)
    path = folder(tmp_path, regions=REGIONS)
    first = api.load(path, "", writer_store)

    def refuse(_paths: Sequence[Path], _progress: object = None) -> Reading:
        raise AssertionError("they were read")

    monkeypatch.setattr(loading, "read", refuse)
    again = api.load(path, "", writer_store)

    assert again.unchanged
    assert (again.report.rows, again.report.files) == (first.report.rows, first.report.files)
    (path / "regions.csv").write_text(REGIONS + "\n", encoding="utf-8")
    with pytest.raises(AssertionError, match="they were read"):
        api.load(path, "", writer_store)
