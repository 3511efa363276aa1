"""The parts that the schema is made of; each refuses nonsense when it is built."""

import re
from dataclasses import dataclass
from enum import StrEnum

_SNAKE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_PASCAL = re.compile(r"([A-Z][a-z0-9]+)+")
_UPPER_SNAKE = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")
_COLOUR = re.compile(r"#[0-9A-F]{6}")

SYMBOLS = ("circle", "rect", "triangle", "diamond", "roundRect", "pin", "arrow")


class Type(StrEnum):
    """What a property holds, and so how a cell is read and what the graph keeps."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"  # text as written, with <name>_from and <name>_to beside it
    CODE = "code"  # one of a closed list
    LIST = "list"  # texts, separated by ; in a cell
    URL = "url"
    COUNTRY = "country"  # ISO 3166-1 alpha-2


@dataclass(frozen=True)
class Option:
    """One value of a closed list: the code as stored, and what it means."""

    code: str
    title: str
    colour: str = ""

    def __post_init__(self) -> None:
        if not self.code or self.code != self.code.strip():
            raise ValueError(f"option code {self.code!r}: must be text without blanks around it")
        _refuse_colour(self.colour, self.code)


@dataclass(frozen=True)
class Property:
    """One property of a node or relationship, and the column that holds it."""

    name: str
    type: Type
    description: str
    unit: str = ""
    required: bool = False
    example: str = ""
    options: tuple[Option, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    refers_to: str = ""  # label of the node whose id this is
    title: str = ""  # heading, where the name alone is not one

    def __post_init__(self) -> None:
        if not _SNAKE.fullmatch(self.name):
            raise ValueError(f"property {self.name!r}: write it in snake_case")
        if bool(self.options) != (self.type is Type.CODE):
            raise ValueError(f"property {self.name}: options belong to type code, and to no other")
        if len({option.code for option in self.options}) < len(self.options):
            raise ValueError(f"property {self.name}: an option is listed twice")
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise ValueError(f"property {self.name}: minimum {self.minimum} is above maximum {self.maximum}")
        if not self.description:
            raise ValueError(f"property {self.name}: say in words what it is")

    @property
    def codes(self) -> tuple[str, ...]:
        """The closed list's codes, in order; empty for other types."""
        return tuple(option.code for option in self.options)

    def option(self, code: str) -> Option:
        """The option of that code; KeyError where the list has none."""
        for option in self.options:
            if option.code == code:
                return option
        raise KeyError(code)

    @property
    def heading(self) -> str:
        """What a page calls it: its title, else its name."""
        return self.title or self.name.replace("_", " ").capitalize()

    @property
    def stored_as(self) -> tuple[str, ...]:
        """Names under which the graph keeps it: a date has its interval beside it."""
        return (self.name, f"{self.name}_from", f"{self.name}_to") if self.type is Type.DATE else (self.name,)


@dataclass(frozen=True)
class NodeKind:
    """One label: its words, its table, its properties and how it is drawn."""

    label: str
    title: str
    plural: str
    table: str
    description: str
    properties: tuple[Property, ...]
    colour: str
    symbol: str
    date: str = ""
    caption: str = ""  # how a node without a name of its own is named, from its columns

    def __post_init__(self) -> None:
        if not _PASCAL.fullmatch(self.label):
            raise ValueError(f"label {self.label!r}: write it in PascalCase")
        if self.symbol not in SYMBOLS:
            raise ValueError(f"label {self.label}: symbol {self.symbol!r} is none of {', '.join(SYMBOLS)}")
        _refuse_colour(self.colour, self.label)
        _refuse_twice(self.label, self.properties)
        if self.date and self.property(self.date).type is not Type.DATE:
            raise ValueError(f"label {self.label}: {self.date} is not a date")

    def property(self, name: str) -> Property:
        """The property of that name; KeyError where the kind has none."""
        return _named(self.properties, name)


@dataclass(frozen=True)
class InColumn:
    """A relationship said in a column of a node's table; `node` tells which end has the table."""

    column: str
    node: str  # "start" or "end"
    label: str  # of the node whose table it is
    required: bool = False
    many: bool = False
    takes: tuple[tuple[str, str], ...] = ()  # (property of the relationship, column of the same row)


@dataclass(frozen=True)
class InTable:
    """A relationship said in a table of its own, one row each."""

    table: str
    start: str
    end: str
    marked: str = ""  # "column=value" that tells this kind's rows, where one table holds several kinds


@dataclass(frozen=True)
class RelationshipKind:
    """One type: its ends, its words in both directions, its properties and where it is said."""

    type: str
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    title: str
    reverse: str
    said: tuple[InColumn | InTable, ...]
    properties: tuple[Property, ...] = ()
    discriminators: tuple[str, ...] = ()
    both_ways: bool = False
    acyclic: bool = False
    same_label: bool = False  # both ends have one label, whichever it is

    def __post_init__(self) -> None:
        if not _UPPER_SNAKE.fullmatch(self.type):
            raise ValueError(f"type {self.type!r}: write it in UPPER_SNAKE")
        if not self.said:
            raise ValueError(f"type {self.type}: name the column or table that says it")
        _refuse_twice(self.type, self.properties)
        for name in self.discriminators:
            _named(self.properties, name)

    def property(self, name: str) -> Property:
        """The property of that name; KeyError where the kind has none."""
        return _named(self.properties, name)


def _named(properties: tuple[Property, ...], name: str) -> Property:
    for item in properties:
        if item.name == name:
            return item
    raise KeyError(name)


def _refuse_twice(owner: str, properties: tuple[Property, ...]) -> None:
    names = [name for item in properties for name in item.stored_as]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"{owner}: {', '.join(twice)} is declared twice")


def _refuse_colour(colour: str, owner: str) -> None:
    if colour and not _COLOUR.fullmatch(colour):
        raise ValueError(f"{owner}: colour {colour!r} must be written as #RRGGBB")
