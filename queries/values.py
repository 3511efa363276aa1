"""Parameters of queries: their types, their defaults, and values of them from Python or from text."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from graph_store import schema
from languages.words import _

TYPES = ("str", "int", "float", "bool", "date", "list[str]")
_DECLARED = re.compile(r"(?P<name>[a-z][a-z0-9_]*)\s*:\s*(?P<type>[a-z]+(?:\[[a-z]+\])?)\s*(?:=\s*(?P<default>.+))?")
_CONSTANT = re.compile(r"[A-Z][A-Z_]*")
# arguments of library.run, and what else an address of the app says
_RESERVED = ("name", "store", "query", "network", "language", "look", "own", "cypher", "q")


@dataclass(frozen=True)
class Parameter:
    """One parameter of a query.

    `default` is the value taken where none is given, None for null;
    `written` is that default as the header writes it, empty for a required one.
    """

    name: str
    type: str
    default: Any = None
    written: str = ""

    @property
    def required(self) -> bool:
        """Whether a value must be given."""
        return not self.written

    @property
    def nullable(self) -> bool:
        """Whether null is a value of it."""
        return self.written == "null"

    def __str__(self) -> str:
        return f"{self.name}: {self.type}" + (f" = {self.written}" if self.written else "")


def declared(text: str) -> Parameter:
    """The parameter that a header declares, such as ``limit: int = 100``.

    A default is JSON, or the name of a constant of the schema such as ``TAKEN_OVER``.

    Raises
    ------
    ValueError
        With a sentence, when it is none.
    """
    found = _DECLARED.fullmatch(text.strip())
    if not found:
        raise ValueError(f'"{text.strip()}" is no parameter (write it as: limit: int = 100)')
    name, kind, written = found["name"], found["type"], (found["default"] or "").strip()
    if kind not in TYPES:
        raise ValueError(f"parameter {name} has the type {kind}, which is none of {', '.join(TYPES)}")
    if name in _RESERVED:
        raise ValueError(f"{name} cannot be a parameter: library.run or the app's addresses use that name")
    if not written:
        return Parameter(name, kind)
    try:
        return Parameter(name, kind, _default(kind, written), written)
    except (ValueError, AttributeError) as error:
        raise ValueError(f"the default {written} of parameter {name} is no {kind}") from error


def split_outside_brackets(text: str) -> list[str]:
    """`text` split at the commas that lie in no bracket and no double quotes; empty text gives no parts.

    >>> split_outside_brackets('a: int, b: list[str] = ["x", "y"]')
    ['a: int', 'b: list[str] = ["x", "y"]']
    """
    parts, depth, quoted, start = [], 0, False, 0
    for place, letter in enumerate(text):
        if letter == '"':
            quoted = not quoted
        elif quoted:
            continue
        elif letter in "([{":
            depth += 1
        elif letter in ")]}":
            depth -= 1
        elif letter == "," and depth == 0:
            parts.append(text[start:place].strip())
            start = place + 1
    last = text[start:].strip()
    return [*parts, last] if last or parts else []


def checked(parameter: Parameter, value: Any) -> Any:
    """`value` as the engine takes it: a number for a number, a list for a tuple.

    Raises
    ------
    ValueError
        With a sentence, when it is of another type.
    """
    if value is None:
        if parameter.nullable:
            return None
        raise ValueError(_("{name} must not be empty").format(name=parameter.name))
    taken = _CHECKS[parameter.type](value)
    if taken is None:
        raise ValueError(
            _("{name} must be {type}, and {value} is not").format(
                name=parameter.name, type=_meant(parameter.type), value=repr(value)
            )
        )
    return taken


def from_text(parameter: Parameter, text: str) -> Any:
    """The value that `text` of a command line stands for: lists are separated by ``;``.

    Raises
    ------
    ValueError
        With a sentence, when it stands for none.
    """
    if text == "null" and parameter.nullable:
        return None
    if parameter.type == "list[str]":
        return [item.strip() for item in text.split(";") if item.strip()]
    try:
        return _READ.get(parameter.type, str)(text)
    except (ValueError, KeyError):
        return checked(parameter, _Unreadable(text))


def _default(kind: str, written: str) -> Any:
    value = list(getattr(schema, written)) if _CONSTANT.fullmatch(written) else json.loads(written)
    return None if value is None else checked(Parameter("default", kind), value)


def _meant(kind: str) -> str:
    return {
        "str": _("text"),
        "int": _("a whole number"),
        "float": _("a number"),
        "bool": _("true or false"),
        "date": _("a day such as 2024-03-12"),
        "list[str]": _("a list of texts"),
    }[kind]


class _Unreadable:
    """Text that could not be read; no type takes it, and it shows itself in quotes."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return f'"{self.text}"'


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return None
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    return value if isinstance(value, date) else None


def _whole(value: Any) -> int | None:
    return None if isinstance(value, bool) or not hasattr(value, "__index__") else int(value)


def _real(value: Any) -> float | None:
    return None if isinstance(value, bool | str) or not hasattr(value, "__float__") else float(value)


def _texts(value: Any) -> list[str] | None:
    if not isinstance(value, list | tuple | set | frozenset) or not all(isinstance(item, str) for item in value):
        return None
    return sorted(value) if isinstance(value, set | frozenset) else list(value)


_CHECKS: Mapping[str, Callable[[Any], Any]] = {
    "str": lambda value: value if isinstance(value, str) else None,
    "int": _whole,
    "float": _real,
    "bool": lambda value: value if isinstance(value, bool) else None,
    "date": _day,
    "list[str]": _texts,
}
_READ: Mapping[str, Callable[[str], Any]] = {
    "int": int,
    "float": float,
    "bool": lambda text: {"true": True, "false": False, "yes": True, "no": False}[text.lower()],
    "date": date.fromisoformat,
}
