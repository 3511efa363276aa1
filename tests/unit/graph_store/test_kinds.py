"""The parts of the schema refuse nonsense when they are built."""

from collections.abc import Callable

import pytest

from graph_store import schema
from graph_store.kinds import InColumn, InTable, NodeKind, Option, Property, RelationshipKind, Type
from graph_store.tables import build, tables

YES_NO = (Option("yes", "Yes"), Option("no", "No"))
NAME = Property("title", Type.TEXT, "What it is called")
DATE = Property("on", Type.DATE, "When it was")


def kind(
    label: str = "Thing", table: str = "things", properties: tuple[Property, ...] = (NAME,), **more: str
) -> NodeKind:
    words = {"colour": "#4477AA", "symbol": "circle", **more}
    return NodeKind(label, label, table, table, "A thing", properties, **words)


def tie(type_: str = "KNOWS", said: tuple[InColumn | InTable, ...] | None = None, **more: object) -> RelationshipKind:
    places = said if said is not None else (InTable("acquaintances", "one", "other"),)
    return RelationshipKind(type_, ("Thing",), ("Thing",), "knows", "known by", places, **more)  # type: ignore[arg-type]


NONSENSE: dict[str, tuple[Callable[[], object], str]] = {
    "an option without a code": (lambda: Option("", "Nothing"), "must be text"),
    "an option with a blank at its end": (lambda: Option("yes ", "Yes"), "without blanks"),
    "a colour that is a word": (lambda: Option("yes", "Yes", "red"), "#RRGGBB"),
    "a colour in small letters": (lambda: Option("yes", "Yes", "#aabbcc"), "#RRGGBB"),
    "a property in camelCase": (lambda: Property("budgetEur", Type.NUMBER, "Amount"), "snake_case"),
    "a property that begins with a figure": (lambda: Property("2nd", Type.TEXT, "Second"), "snake_case"),
    "a property without words": (lambda: Property("budget", Type.NUMBER, ""), "in words"),
    "a code without a list": (lambda: Property("kind", Type.CODE, "What sort"), "options belong to type code"),
    "a list on a text": (
        lambda: Property("kind", Type.TEXT, "What sort", options=YES_NO), "options belong to type code",
    ),
    "an option twice": (lambda: Property("kind", Type.CODE, "What sort", options=(*YES_NO, YES_NO[0])), "listed twice"),
    "a minimum above the maximum": (lambda: Property("size", Type.NUMBER, "How big", minimum=2, maximum=1), "is above"),
    "a label in small letters": (lambda: kind("thing"), "PascalCase"),
    "a label with an underscore": (lambda: kind("Big_Thing"), "PascalCase"),
    "a symbol that no picture knows": (lambda: kind(symbol="star"), "is none of"),
    "a property twice": (lambda: kind(properties=(NAME, NAME)), "declared twice"),
    "a property named as a date's interval": (
        lambda: kind(properties=(DATE, Property("on_from", Type.TEXT, "From"))), "on_from is declared twice",
    ),
    "a date that is a text": (lambda: kind(date="title"), "is not a date"),
    "a type in small letters": (lambda: tie("knows"), "UPPER_SNAKE"),
    "a type that nothing says": (lambda: tie(said=()), "name the column or table"),
    "a type to a label that is not there": (
        lambda: build((kind("Other"),), (tie(),)), "no label Thing",
    ),
    "two tables of one name": (
        lambda: build((kind(), kind("Other")), ()), "share a name: things, things",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", NONSENSE)
def test_the_schema_refuses(what: str) -> None:
    make, why = NONSENSE[what]

    with pytest.raises(ValueError, match=why):
        make()


def test_a_date_of_a_kind_that_has_no_such_property_is_refused() -> None:
    with pytest.raises(KeyError):
        kind(date="on")


def test_a_mark_that_tells_ties_apart_must_be_a_property_of_theirs() -> None:
    with pytest.raises(KeyError):
        tie(discriminators=("role",))


def test_a_date_takes_its_interval_along_and_other_types_do_not() -> None:
    assert DATE.stored_as == ("on", "on_from", "on_to")
    assert NAME.stored_as == ("title",)


def test_no_table_has_a_column_twice() -> None:
    for table in tables():
        names = [column.name for column in table.columns]
        assert len(set(names)) == len(names), table.name


def test_each_example_of_a_closed_list_is_on_the_list() -> None:
    owners: list[NodeKind | RelationshipKind] = [*schema.NODE_KINDS, *schema.RELATIONSHIP_KINDS]
    listed = [item for owner in owners for item in owner.properties if item.example and item.options]

    assert listed
    assert [item.name for item in listed if item.example not in item.codes] == []


def test_a_colour_of_a_code_is_its_own_or_a_grey() -> None:
    options = (Option("a", "A", "#112233"), Option("b", "B"), Option("c", "C"))

    assert schema.colour_of(options, "a") == "#112233"
    assert schema.colour_of(options, "b") in schema.GREYS
    assert schema.colour_of(options, "b") != schema.colour_of(options, "c")
    assert schema.colour_of(options, "unheard of") in schema.GREYS


def test_the_stages_are_split_into_taken_over_interest_and_ended() -> None:
    assert {*schema.TAKEN_OVER, *schema.INTEREST, *schema.ENDED} == {option.code for option in schema.STAGES}
    assert not {*schema.TAKEN_OVER} & {*schema.INTEREST, *schema.ENDED}
