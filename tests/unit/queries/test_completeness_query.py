import pytest

from graph_store import schema
from graph_store.kinds import NodeKind, RelationshipKind
from queries import library

KINDS: tuple[NodeKind | RelationshipKind, ...] = (*schema.NODE_KINDS, *schema.RELATIONSHIP_KINDS)
WITH_PROPERTIES = [kind for kind in KINDS if kind.properties]


@pytest.mark.parametrize("kind", WITH_PROPERTIES, ids=lambda kind: getattr(kind, "label", "") or kind.type)
def test_how_complete_the_data_are_is_told_of_every_property_of_the_schema(kind: NodeKind | RelationshipKind) -> None:
    name = kind.label if isinstance(kind, NodeKind) else kind.type
    parts = [part for part in library.query("completeness").cypher.split("UNION ALL") if f"'{name}' AS kind" in part]

    assert len(parts) == 1
    assert [item.name for item in kind.properties if f".{item.name})" not in parts[0]] == []
    assert [item.name for item in kind.properties if f"property: '{item.name}'" not in parts[0]] == []


def test_how_complete_the_data_are_is_told_of_the_source_of_every_kind_but_sources_and_data_sets() -> None:
    parts = library.query("completeness").cypher.split("UNION ALL")

    assert [part for part in parts if "sources_filled" not in part] == [
        part for part in parts if "'Source' AS kind" in part or "'DataSet' AS kind" in part
    ]
