"""What the table of differences says of each engine is what the engine does."""

import pytest
from neo4j.exceptions import Neo4jError

from graph_store.engines import DIFFERENCES, PROBE_GRAPH, Difference
from graph_store.store import Store


@pytest.mark.parametrize("difference", DIFFERENCES, ids=lambda difference: difference.code)
def test_each_engine_answers_as_the_table_says(writer_store: Store, difference: Difference) -> None:
    writer_store.write(lambda writer: writer.run(PROBE_GRAPH))
    info = writer_store.info()
    expected = difference.answer(info.engine, info.version)
    if isinstance(expected, str):
        with pytest.raises(Neo4jError) as refused:
            writer_store.read(difference.probe)
        assert type(refused.value).__name__ == expected
    else:
        assert writer_store.read(difference.probe) == expected


def test_every_difference_is_one() -> None:
    assert [item.code for item in DIFFERENCES if item.arcadedb == item.neo4j] == []
