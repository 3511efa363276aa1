"""Put something into an XML part and leave every other byte as it was.

A parser that reads the whole and writes it anew would lose what it does not
know: drop-downs of newer programs, pictures, charts, names of other makers.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat  # expat takes no outside entity in; parts with a document type are refused


class NotOurs(ValueError):
    """A part that is not as programs for spreadsheets write it."""


@dataclass(frozen=True)
class Tag:
    """The start of an element: the prefix of its name with the colon, the name, its attributes, its bytes."""

    prefix: str
    name: str
    attributes: dict[str, str]
    start: int
    end: int
    depth: int

    def get(self, name: str) -> str:
        """An attribute, whatever its prefix; empty where it is not given."""
        return next((text for key, text in self.attributes.items() if key.rpartition(":")[2] == name), "")


def walk(data: bytes, opened: Callable[[Tag], None], closed: Callable[[str, int], None] | None = None) -> str:
    """Go through all elements; returns the prefix of the root's name, with its colon.

    `opened` is called with each start, `closed` with the name of each end and where its bytes begin (for an
    element without content: where they end).
    """
    parser = expat.ParserCreate()
    depth = 0
    prefix = ""
    ends: list[int] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, prefix
        at = parser.CurrentByteIndex
        if depth == 0:
            prefix = name[: name.rfind(":") + 1]
        end = _tag_end(data, at)
        ends.append(end)
        opened(Tag(name[: name.rfind(":") + 1], name.rpartition(":")[2], attributes, at, end, depth))
        depth += 1

    def stop(name: str) -> None:
        nonlocal depth
        depth -= 1
        end = ends.pop()
        empty = data[end - 2 : end] == b"/>"
        if closed:
            closed(name.rpartition(":")[2], end if empty else parser.CurrentByteIndex)

    def refuse(*_ignored: object) -> None:
        raise NotOurs

    parser.StartElementHandler, parser.EndElementHandler = start, stop
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise NotOurs from error
    return prefix


def _tag_end(data: bytes, at: int) -> int:
    """Where a tag ends; a > within quotes does not end it."""
    place, quote = at, b""
    while True:
        sign = data[place : place + 1]
        place += 1
        if quote:
            quote = b"" if sign == quote else quote
        elif sign in (b'"', b"'"):
            quote = sign
        elif sign in (b">", b""):
            return place


@dataclass
class Splices:
    """The bytes of a part, and what is to be put in."""

    data: bytes
    _edits: list[tuple[int, int, bytes]] = field(default_factory=list)

    def put(self, at: int, text: str) -> None:
        """Put a text in before byte `at`; two at one place stand in the order in which they were put."""
        self._edits.append((at, at, text.encode()))

    def replace(self, start: int, end: int, text: str) -> None:
        """Put a text in the place of the bytes from `start` to `end`."""
        self._edits.append((start, end, text.encode()))

    def whole(self) -> bytes:
        """The part with all that was put in."""
        pieces, at = [], 0
        for start, end, text in sorted(self._edits, key=lambda edit: edit[:2]):
            pieces += [self.data[at:start], text]
            at = end
        return b"".join([*pieces, self.data[at:]])


def tag_with(tag: bytes, **attributes: object) -> str:
    """A tag's text with these attributes set."""
    text = tag.decode()
    for name, value in attributes.items():
        text, set_before = re.subn(rf"""(\s{name}\s*=\s*)("[^"]*"|'[^']*')""", rf'\g<1>"{value}"', text, count=1)
        if not set_before:
            text = re.sub(r"(/?>)$", rf' {name}="{value}"\1', text)
    return text


def tag_without(tag: str, name: str) -> str:
    """A tag's text without that attribute."""
    return re.sub(rf"""\s{name}\s*=\s*("[^"]*"|'[^']*')""", "", tag, count=1)


def shown(text: str) -> str:
    """A text as XML holds it; what XML cannot hold is left out."""
    bare = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text)
    return bare.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
