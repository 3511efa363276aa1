import pytest

from graph_store.cypher.names import doubtful_names
from graph_store.cypher.nested import nested
from queries import library


def said(cypher: str) -> list[str]:
    return [item.sentence for item in doubtful_names(nested(cypher))]


@pytest.mark.parametrize("name", [query.name for query in library.queries()])
def test_no_query_of_the_library_is_doubted(name: str) -> None:
    assert said(library.query(name).cypher) == []


@pytest.mark.parametrize(
    "cypher",
    [
        "MATCH (n) RETURN n.name, n.population, labels(n) LIMIT 5",
        "MATCH (n:Region|Organisation {name: 'x'}) RETURN n.population, n.sector, n.id",
        "MATCH (n:!Region) RETURN n.sector",
        "MATCH (n:Load) RETURN n.whatever",
        "MATCH (a:Region)-[:PART_OF*1..3]->(b:Region) WHERE b:Region RETURN a.population IS NULL",
        "MATCH (a:Adoption) RETURN a.on_from, a.on_to, a.stage, a {.on, place: a.kept}",
        "MATCH (:Organisation)-[:MEMBER_OF]->()-[r:PARTICIPATES_IN {role: 'x'}]->(:Project) RETURN r.since_from",
        "MATCH (r:Region) WITH {inhabitants: r.population} AS r RETURN r.inhabitants",
        "UNWIND [{colour: 'red'}] AS r MATCH (:Region) RETURN r.colour",
        "MATCH (r:Region) RETURN [r IN [{colour: 'red'}] | r.colour]",
        "MATCH (a:Region)-[:BORDERS]->(b:Region) RETURN date.truncate('year', date()).year, a.id",
        "MATCH p = (a:Region)--(b) RETURN length(p)",
        "MATCH (a)-[:ADDRESSES]->(t:Theme)<-[:CARRIES]-(o) WHERE NOT EXISTS { (a)-[:LISTED_IN]->(:Plan) } RETURN a, o",
        "MATCH ((a:Region)-[:PART_OF]->(b:Region)){1,3} RETURN a",
        "CALL (*) { MATCH (v:Visit) RETURN v.on AS day } RETURN day",
        "MATCH (v:Visit) RETURN CASE WHEN v:Visit THEN {kind: v.kind} END AS found",
        "RETURN {Organization: 1, b: [x IN [1] WHERE x = 1]}.b, 'a:Organization'",
        "MATCH (x:Region)-[:PART_OF]->{1,3}(y:Plan) RETURN x",
    ],
)
def test_what_the_schema_knows_or_cannot_know_is_not_doubted(cypher: str) -> None:
    assert said(cypher) == []


@pytest.mark.parametrize(
    ("cypher", "sentence", "mend"),
    [
        (
            "MATCH (o:Organization) RETURN o",
            "There is no label `Organization`: did you mean `Organisation`?",
            "Organisation",
        ),
        (
            "MATCH (o:organisations) RETURN o",
            "There is no label `organisations`: did you mean `Organisation`?",
            "Organisation",
        ),
        ("MATCH (n) WHERE n:Aproach RETURN n", "There is no label `Aproach`: did you mean `Approach`?", "Approach"),
        ("MATCH (n:Region|Citty) RETURN n", "There is no label `Citty`.", ""),
        (
            "MATCH ()-[r:PARTOF]->() RETURN r",
            "There is no relationship type `PARTOF`: did you mean `PART_OF`?",
            "PART_OF",
        ),
        ("MATCH ()-[:TAKES_PART_IN]->() RETURN 1", "no relationship type `TAKES_PART_IN`: did", "PARTICIPATES_IN"),
        (
            "MATCH (r:Region) RETURN r.inhabitants",
            "`Region` has no property `inhabitants`: did you mean `population`?",
            "population",
        ),
        ("MATCH (r:Region {nme: 'Arnhem'}) RETURN r", "`Region` has no property `nme`: did you mean `name`?", "name"),
        ("MATCH (v:Visit) RETURN v {.kind, .onn}", "`Visit` has no property `onn`: did you mean `on`?", "on"),
        ("MATCH (v)-[:HOSTED {delegats: 3}]-() RETURN v", "`HOSTED` has no property `delegats`.", ""),
        (
            "MATCH ()-[a:ATTENDED]->() RETURN a.delegats",
            "`ATTENDED` has no property `delegats`: did you mean `delegates`?",
            "delegates",
        ),
        (
            "MATCH (x)-[:PART_OF]->(x) RETURN x.popluation",
            "No label of the schema has a property `popluation`: did",
            "population",
        ),
        (
            "MATCH (r:Region)-[:LOCATED_IN]->(o:Organisation) RETURN o",
            "goes from Organisation to Region: turn the arrow round.",
            "",
        ),
        (
            "MATCH (r:Region)<-[:TOOK_UP]-(a) RETURN a",
            "`TOOK_UP` goes from Region to Adoption: turn the arrow round.",
            "",
        ),
        ("MATCH (r:Region) MATCH (p:Plan) MATCH (r)-[x:HOSTED]->(p) RETURN x", "is never joined by it.", ""),
        ("MATCH (t:Theme)-[:PART_OF]-(r:Region) RETURN t", "is never joined by it.", ""),
    ],
)
def test_a_doubt_names_what_was_likely_meant(cypher: str, sentence: str, mend: str) -> None:
    (found,) = doubtful_names(nested(cypher))

    assert sentence in found.sentence
    assert (found.mend, found.refuses) == (mend, False)


def test_the_place_of_a_doubt_is_the_name() -> None:
    (found,) = doubtful_names(nested("MATCH (o)\n  WHERE o:`Organi zation`\nRETURN o"))

    assert (found.line, found.column, found.length) == (2, 11, len("`Organi zation`"))


@pytest.mark.parametrize(
    "cypher", ["", "(", ")]}", "MATCH (", "-[:", "[r:", "MATCH (a:", "a.b.c.d", "(n {", "{:}", "(n:Region {: 1}) .x"]
)
def test_half_a_statement_is_no_fault_of_the_reader(cypher: str) -> None:
    assert isinstance(said(cypher), list)
