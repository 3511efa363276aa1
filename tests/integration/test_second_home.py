"""A local graph beside the one that the environment names: a home, an engine and a loader's lock of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph_loader import api
from graph_loader.lock import AnotherLoadRuns, only_loader
from graph_store import embedded
from graph_store.errors import WriteRefused
from graph_store.loads import NO_DATA, data_version
from graph_store.store import READER, WRITER, Store, open_store


@pytest.fixture
def second(tmp_path: Path, engine: dict[str, str]) -> Iterator[Path]:
    """A home of its own."""
    yield tmp_path / "second"
    embedded.stop(tmp_path / "second")


def test_a_graph_in_a_home_of_its_own_is_another_graph(writer_store: Store, second: Path) -> None:
    with open_store(WRITER, second) as other:
        done = api.load_simulated(other)
        again = api.load_simulated(other)
        with open_store(READER, second) as reader:
            assert data_version(reader) == done.version
            with pytest.raises(WriteRefused):
                reader.write(lambda writer: writer.run("CREATE (n:Theme {id: 'x'})"))

        assert done.loaded
        assert again.unchanged
        assert api.status(other).nodes["Visit"] == 340
        assert other.address != writer_store.address
    assert data_version(writer_store) == NO_DATA
    assert writer_store.read("MATCH (v:Visit) RETURN count(v) AS visits") == [{"visits": 0}]


def test_a_load_in_one_home_does_not_hinder_a_load_in_the_other(writer_store: Store, second: Path) -> None:
    with open_store(WRITER, second) as other, only_loader(other, "one"):
        with only_loader(writer_store, "two"):
            pass
        with pytest.raises(AnotherLoadRuns), only_loader(other, "three"):
            pass


def test_the_address_of_a_server_has_no_say_in_it(
    engine: dict[str, str], second: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:9")

    with open_store(READER, second) as other:
        assert other.local is not None
        assert other.local.home == second
        assert other.info().local
