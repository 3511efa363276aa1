"""What an engine's memory cannot hold is refused in one sentence, tried once, and changes nothing."""

import pytest

from graph_loader.commit import Statement, Work, carry_out
from graph_loader.lock import only_loader
from graph_loader.write import prepare
from graph_store.errors import LoadTooLarge
from graph_store.loads import graph_state
from graph_store.store import WRITER, open_store
from tests.integration.engine_place import Place

SMALL = Statement("UNWIND $rows AS row CREATE (n:Region) SET n = row", [{"id": "x"}])
LARGE = Statement(
    "UNWIND $rows AS row UNWIND range(1, row.many) AS one UNWIND range(1, row.many) AS other "
    "WITH collect('a text of its own for each of them: ' + toString(one * other)) AS texts RETURN size(texts) AS size",
    [{"many": 1_750}],
)


def test_too_large_is_told_at_once_and_changes_nothing(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPLORER_HOME", str(place.home))
    monkeypatch.setenv("EXPLORER_ENGINE", place.engine)
    monkeypatch.setenv("EXPLORER_HEAP", "128m")
    begun: list[str] = []

    def told(step: str, done: int, total: int) -> None:
        if not done:
            begun.append(step)

    with open_store(WRITER) as store:
        prepare(store)
        with only_loader(store, "large"), pytest.raises(LoadTooLarge, match=r"nothing was changed.*--in-steps"):
            carry_out(store, Work.of([SMALL, LARGE]), "large", "2026-01-01T00:00:00+00:00", told)

        assert begun == ["Writing"]
        assert store.read("MATCH (r:Region) RETURN r.id AS id") == []
        assert graph_state(store).quiet
        with only_loader(store, "small"):
            carry_out(store, Work.of([SMALL]), "small", "2026-01-01T00:00:00+00:00", told)
        assert store.read("MATCH (r:Region) RETURN r.id AS id") == [{"id": "x"}]
