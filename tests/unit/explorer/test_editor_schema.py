"""What the Cypher editor offers to complete is what the schema, the library and the language hold, nothing more."""

import re

import pytest

from explorer.data.editor_words import FUNCTIONS, KEYWORDS, PropertyWord, Words, words
from graph_store import schema
from graph_store.kinds import NodeKind, Type
from queries import library
from queries.statement import read_statement


@pytest.fixture
def offered() -> Words:
    return words()


def names(properties: tuple[PropertyWord, ...]) -> list[str]:
    return [item.name for item in properties]


def test_every_label_and_type_of_the_schema_is_offered_with_what_it_is(offered: Words) -> None:
    assert [(item.name, item.info) for item in offered.labels] == [
        (kind.label, kind.description) for kind in schema.NODE_KINDS
    ]
    assert [item.name for item in offered.types] == [kind.type for kind in schema.RELATIONSHIP_KINDS]
    took_up = next(item for item in offered.types if item.name == "TOOK_UP")
    assert took_up.info == "Region → Adoption: took up"


def test_internal_labels_are_not_offered(offered: Words) -> None:
    assert not {item.name for item in offered.labels} & set(schema.INTERNAL_LABELS)


@pytest.mark.parametrize("kind", schema.NODE_KINDS, ids=lambda kind: kind.label)
def test_a_label_has_the_properties_that_its_nodes_carry(offered: Words, kind: NodeKind) -> None:
    label = next(item for item in offered.labels if item.name == kind.label)

    own = [stored for item in kind.properties for stored in item.stored_as]

    assert names(label.properties) == ["id", "name", *own, "note", "data_sets", "sources"]
    assert all(item.info for item in label.properties)


def test_a_relationship_has_no_id_and_no_name(offered: Words) -> None:
    of_types = {name for item in offered.types for name in names(item.properties)}

    assert not of_types & {"id", "name"}
    assert {"role", "since", "since_from", "since_to", "outcome", "note", "sources"} <= of_types


def test_a_date_is_offered_as_written_and_with_its_first_and_last_day(offered: Words) -> None:
    visit = next(item for item in offered.labels if item.name == "Visit")

    told = {item.name: item.info for item in visit.properties}

    assert told["on"] == "When it was or will be"
    assert told["on_from"] == "When it was or will be: first day that it can be"
    assert told["on_to"] == "When it was or will be: last day that it can be"


def test_a_unit_is_told_with_the_property(offered: Words) -> None:
    project = next(item for item in offered.labels if item.name == "Project")

    assert {item.name: item.info for item in project.properties}["budget_eur"] == "Total amount (EUR)"


def test_the_codes_of_closed_lists_are_offered_and_of_no_others(offered: Words) -> None:
    adoption = next(item for item in offered.labels if item.name == "Adoption")
    codes = {item.name: [code.name for code in item.codes] for item in adoption.properties}

    assert codes.pop("stage") == [option.code for option in schema.STAGES]
    assert not any(codes.values())
    with_codes = [item for kind in schema.NODE_KINDS for item in kind.properties if item.type is Type.CODE]
    assert sum(bool(item.codes) for label in offered.labels for item in label.properties) == len(with_codes)


def test_every_query_of_the_library_can_be_inserted_with_its_parameters_set(offered: Words) -> None:
    assert [item.name for item in offered.queries] == [item.name for item in library.queries()]
    for word, query in zip(offered.queries, library.queries(), strict=True):
        read = read_statement(f"{word.parameters}\n{word.cypher}")
        assert read.cypher == query.cypher.strip()
        assert set(read.parameters) == {parameter.name for parameter in query.params}
        assert word.info == query.title


def test_a_default_is_set_and_what_has_none_is_left_to_the_reader(offered: Words) -> None:
    word = next(item for item in offered.queries if item.name == "partners_of")
    query = library.query("partners_of")

    values = read_statement(f"{word.parameters}\n{word.cypher}").parameters

    assert values == {parameter.name: parameter.default for parameter in query.params}
    assert values["organisation"] is None


def test_words_of_the_language_read_and_never_write() -> None:
    writing = {"CREATE", "MERGE", "SET", "DELETE", "DETACH DELETE", "REMOVE", "FOREACH", "LOAD CSV", "DROP"}

    assert not writing & {word.upper() for word in KEYWORDS}


def test_words_are_offered_once_each(offered: Words) -> None:
    for kind in (offered.labels, offered.types, offered.functions, offered.queries):
        each = [item.name for item in kind]
        assert sorted(each) == sorted(set(each))
    assert sorted(offered.keywords) == sorted(set(offered.keywords))


def test_a_function_is_a_name_and_a_sentence_without_full_stop() -> None:
    for item in FUNCTIONS:
        assert re.fullmatch(r"[a-z][A-Za-z]*(\.[a-z][A-Za-z]*)?", item.name)
        assert item.info
        assert item.info[0].isupper()
        assert not item.info.endswith(".")
