import pytest

from graph_store.cypher.returned import returned_columns


@pytest.mark.parametrize(
    ("cypher", "columns"),
    [
        ("MATCH (n) RETURN n", ("n",)),
        ("MATCH (n) RETURN n.name, count(*) AS `how many` ORDER BY n.name LIMIT 3", ("n.name", "how many")),
        ("return DISTINCT [x IN [1, 2] | {a: x, b: 2}] as pairs, 1+ 1 SKIP 2", ("pairs", "1+ 1")),
        ("CALL { MATCH (n) RETURN n AS inner } RETURN inner, 'a, b AS c' // AS d", ("inner", "'a, b AS c'")),
        ("RETURN 1 AS a UNION RETURN 2 AS a;", ("a",)),
        ("MATCH (n) RETURN `odd ``name` /* as it is */", ("odd `name",)),
        ("MATCH (n) RETURN *", ()),
        ("MATCH (n) RETURN *, 1 AS one", ()),
        ("MATCH (n) RETURN n,", ()),
        ("MATCH (n:Region)", ()),
        ("RETURN 'no end", ()),
        ("", ()),
    ],
)
def test_columns_are_read_off_the_last_return(cypher: str, columns: tuple[str, ...]) -> None:
    assert returned_columns(cypher) == columns
