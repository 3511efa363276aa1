from datetime import date
from pathlib import Path

from graph_store.store import Store
from queries.library import Query, load
from queries.trying import Trier

QUERY = """// name: met
// title: Who met?
// params: region: str, other: str, organisation: str, since: date, years: int, stages: list[str], limit: int = 5
// with: other: The other (Region); years: Years (3 to 9)
// returns: id
// One row per region.
MATCH (r:Region {id: $region}) WHERE $other <> $organisation AND $since IS NOT NULL AND $years > 0 AND $stages <> []
RETURN r.id AS id
ORDER BY id
LIMIT $limit
"""


def met(folder: Path) -> Query:
    (folder / "met.cypher").write_text(QUERY, encoding="utf-8")
    return load(folder)["met"]


def test_values_are_nodes_of_the_graph_the_best_tied_first_and_each_once(writer_store: Store, tmp_path: Path) -> None:
    writer_store.write(
        lambda writer: writer.run(
            "CREATE (a:Region {id: 'a'}), (b:Region {id: 'b'}), (c:Region {id: 'c'}), (o:Organisation {id: 'o'}), "
            "(a)-[:PART_OF {key: '1'}]->(b), (c)-[:PART_OF {key: '2'}]->(b), (o)-[:LOCATED_IN {key: '3'}]->(a)"
        )
    )

    values = Trier(writer_store).values(met(tmp_path))

    assert values == {
        "region": "a",  # two ties, as b, and before it in the alphabet
        "other": "b",
        "organisation": "o",
        "since": date(2015, 1, 1),
        "years": 3,
        "stages": ["considering"],
    }


def test_what_is_given_stays_and_an_empty_graph_gives_what_names_nothing(writer_store: Store, tmp_path: Path) -> None:
    values = Trier(writer_store).values(met(tmp_path), {"region": "mine"})

    assert (values["region"], values["other"], values["organisation"]) == ("mine", "nobody", "nobody")
