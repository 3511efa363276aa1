"""What the sheets of an Excel workbook refer to: their list, the shared texts, the formats of dates."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from languages.words import N_, _

from .limits import MOST_CHARACTERS, MOST_PARTS, MOST_SHARED_TEXT, MOST_SHEETS, Refused, broken, too_many_sheets
from .package import Package
from .text import cleaned

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_MACROS = re.compile(r"vbaProject\.bin|macrosheets/|dialogsheets/", re.IGNORECASE)
_MOST_ELEMENTS = 2_000_000  # in a list of sheets, links or formats
_DAMAGED = N_("it is damaged")


@dataclass(frozen=True)
class Sheet:
    """One sheet as the workbook lists it."""

    title: str
    part: str
    hidden: bool


@dataclass(frozen=True)
class Book:
    """What the workbook says of itself."""

    sheets: tuple[Sheet, ...]
    strings: str  # the part with the shared texts; empty where there is none
    styles: str
    since_1904: bool
    links_out: bool


def book_of(package: Package) -> Book:
    """The sheets of a workbook in their order, and where to find what they refer to.

    Raises
    ------
    Refused
        When it is no workbook, or one with macros.
    """
    if any(_MACROS.search(name) for name in package.names):
        raise Refused("with_macros")
    main = next((target for kind, target in _links(package, "").values() if kind == "officeDocument"), "")
    if not main:
        raise broken(_("it is no workbook"))
    links = _links(package, main)
    sheets, since_1904 = [], False
    for name, attributes, _parent in _elements(package, main):
        if name == "sheet":
            kind, part = links.get(attributes.get("id", ""), ("", ""))
            if kind == "worksheet":
                hidden = attributes.get("state", "visible") != "visible"
                sheets.append(Sheet(attributes.get("name", ""), part, hidden))
                if len(sheets) > MOST_SHEETS:
                    raise too_many_sheets()
        elif name == "workbookPr":
            since_1904 = attributes.get("date1904", "") in ("1", "true")
    parts = {kind: part for kind, part in links.values() if part in package.names}
    return Book(
        tuple(sheets),
        parts.get("sharedStrings", ""),
        parts.get("styles", ""),
        since_1904,
        any(kind == "externalLink" for kind, _part in links.values()),
    )


def date_formats(package: Package, part: str) -> list[str]:
    """For each style of a cell the format of its dates; empty where it shows no date."""
    own: dict[int, str] = {}
    found = []
    for name, attributes, parent in _elements(package, part) if part else ():
        if name == "numFmt":
            own[whole(attributes.get("numFmtId", ""), 0)] = attributes.get("formatCode", "")
        elif name == "xf" and parent == "cellXfs":
            number = whole(attributes.get("numFmtId", ""), 0)
            code = own.get(number, BUILTIN_FORMATS.get(number, ""))
            found.append(code if is_date_format(code) else "")
    return found


def shared_texts(package: Package, part: str) -> list[str]:
    """The texts that cells refer to by number."""
    texts = _Texts()
    for _piece in package.parse(part, texts) if part else ():
        pass
    return texts.found


def unescaped(text: str) -> str:
    """Text as it was meant: a workbook writes some characters as ``_x000D_``."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def whole(text: str, otherwise: int) -> int:
    """A number of up to nine digits; `otherwise` where `text` is none such."""
    return int(text) if len(text) < 10 and text.isascii() and text.isdigit() else otherwise


class _Texts:
    """Listens to the shared texts; what tells how a word is spoken is left out."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._pieces: list[str] = []
        self._length = self._total = 0
        self._wanted = False
        self._spoken = 0

    def start(self, name: str, _attributes: Mapping[str, str]) -> None:
        if name == "rPh":
            self._spoken += 1
        elif name == "t":
            self._wanted = not self._spoken

    def end(self, name: str) -> None:
        if name == "t":
            self._wanted = False
        elif name == "rPh":
            self._spoken -= 1
        elif name == "si":
            self.found.append(cleaned(unescaped("".join(self._pieces))))
            self._pieces.clear()
            self._length = 0
            self._total += 40  # what an empty text takes
            if self._total > MOST_SHARED_TEXT:
                raise Refused("too_large", reason=_("its cells hold more text than can be read"))

    def text(self, text: str) -> None:
        if self._wanted:
            self._pieces.append(text)
            self._length += len(text)
            self._total += len(text)
            if self._length > MOST_CHARACTERS:
                raise Refused("too_large", reason=_("one of its cells holds more text than can be read"))


class _Elements:
    """Collects the elements of a small part with their attributes and the name of the one around them."""

    def __init__(self) -> None:
        self.found: list[tuple[str, Mapping[str, str], str]] = []
        self.count = 0
        self._around = [""]

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        self.found.append((name, local, self._around[-1]))
        self._around.append(name)
        self.count += 1
        if self.count > _MOST_ELEMENTS:
            raise broken(_(_DAMAGED))

    def end(self, _name: str) -> None:
        self._around.pop()

    def text(self, text: str) -> None:
        """Small parts say all in attributes."""


def _elements(package: Package, part: str) -> Iterator[tuple[str, Mapping[str, str], str]]:
    listening = _Elements()
    for _piece in package.parse(part, listening):
        yield from listening.found
        listening.found.clear()


def _links(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Kind and target of what a part refers to, by id; what lies outside of the workbook has no target."""
    folder, name = posixpath.split(part)
    list_of_links = posixpath.join(folder, "_rels", f"{name}.rels")
    found = {}
    for element, attributes, _around in _elements(package, list_of_links):
        if element == "Relationship":
            kind = attributes.get("Type", "").rpartition("/")[2]
            target = posixpath.normpath(posixpath.join("/" + folder, unquote(attributes.get("Target", "")))).lstrip("/")
            inside = attributes.get("TargetMode", "Internal") != "External"
            found[attributes.get("Id", "")] = (kind, target if inside else "")
            if len(found) > MOST_PARTS:
                raise broken(_(_DAMAGED))
    return found
