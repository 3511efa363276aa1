"""The zip that a workbook is, opened with care, and the XML in it as a stream.

Nothing is unpacked to the disk and no part is held whole. A document type
declaration is refused, and with it every entity: no spreadsheet program writes one.
"""

import os
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, Protocol
from xml.parsers import expat

from languages.words import N_, _, number

from .limits import (
    HARMLESS_UNPACKED,
    LONGEST_TAG,
    MOST_DEPTH,
    MOST_DIRECTORY,
    MOST_PACKED,
    MOST_PARTS,
    MOST_UNPACKED,
    Refused,
    broken,
    unsafe,
)

_CHUNK = 1 << 16
_END, _END_64, _LOCATOR_64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # both an .xls and a workbook locked with a password begin so
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_NO_WORKBOOK = N_("it is no workbook")
_DAMAGED = N_("it is damaged")


class Handler(Protocol):
    """What listens to the elements of a part, by their local names.

    Attributes have their prefix, if they have one, unless namespaces are asked for.
    """

    def start(self, name: str, attributes: Mapping[str, str], /) -> None:
        """An element begins."""

    def end(self, name: str, /) -> None:
        """An element ends."""

    def text(self, text: str, /) -> None:
        """Text within an element; long ones come in pieces."""


class Package:
    """A workbook's parts; a context, which closes the file.

    Raises
    ------
    Refused
        When the file is no zip, is locked, or is made to do harm.
    """

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            _refuse_old_office(file)
            _refuse_large_directory(file)
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, struct.error) as error:
            raise broken(_(_NO_WORKBOOK)) from error
        try:
            self.names = _names_of(self._zip.infolist())
        except BaseException:
            self._zip.close()
            raise

    def __enter__(self) -> "Package":
        return self

    def __exit__(self, *error: object) -> None:
        self._zip.close()

    def parse(self, name: str, handler: Handler, namespaces: bool = False) -> Iterator[None]:
        """Let `handler` listen to a part; yields after each piece, so that what it found can be taken.

        Parameters
        ----------
        name
            The part; a workbook without it is damaged.
        namespaces
            Whether names begin with the last word of their namespace, as in ``table:table-row``.
        """
        parser = expat.ParserCreate(namespace_separator="}" if namespaces else None)
        parser.buffer_text = True
        parser.buffer_size = _CHUNK
        parser.StartDoctypeDeclHandler = _refuse_declaration
        _listen(parser, handler, namespaces)
        fed = 0
        try:
            for chunk in self._chunks(name):
                parser.Parse(chunk)
                fed += len(chunk)
                if fed - parser.CurrentByteIndex > LONGEST_TAG:
                    raise unsafe(_("a single tag of it is longer than {most} bytes").format(most=number(LONGEST_TAG)))
                yield
            parser.Parse(b"", True)
            yield
        except expat.ExpatError as error:
            raise broken(_(_DAMAGED)) from error

    def _chunks(self, name: str) -> Iterator[bytes]:
        if name not in self.names:
            raise broken(_(_NO_WORKBOOK))
        read = 0
        try:
            with self._zip.open(name) as part:
                while chunk := part.read(_CHUNK):
                    read += len(chunk)
                    if read > MOST_UNPACKED:
                        raise _too_large(name)
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, struct.error) as error:
            raise broken(_(_DAMAGED)) from error


def _listen(parser: expat.XMLParserType, handler: Handler, namespaces: bool) -> None:
    """Bind the handler's methods: names without their prefix, or with the last word of their namespace."""
    names: dict[str, str] = {}
    begin, finish = handler.start, handler.end
    depth = 0

    def local(name: str) -> str:
        space, parted, own = name.rpartition("}")
        names[name] = f"{re.split('[:/]', re.sub(':1.0$', '', space))[-1]}:{own}" if parted else name.rpartition(":")[2]
        return names[name]

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MOST_DEPTH:
            raise unsafe(_("its elements lie more than {most} deep in each other").format(most=MOST_DEPTH))
        if namespaces:
            attributes = {names.get(key) or local(key): value for key, value in attributes.items()}
        begin(names.get(name) or local(name), attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        finish(names.get(name) or local(name))

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = handler.text


def _refuse_declaration(*_declared: object) -> None:
    raise unsafe(_("it declares entities, which may be made to fill the memory"))


def _refuse_old_office(file: BinaryIO) -> None:
    if file.read(len(_OLD_OFFICE)) != _OLD_OFFICE:
        return
    tail = b""
    while chunk := file.read(_CHUNK):
        if _LOCKED in tail + chunk:
            raise Refused("locked_file")
        tail = chunk[-len(_LOCKED) :]
    raise broken(_("it is a workbook of an old kind"))


def _refuse_large_directory(file: BinaryIO) -> None:
    """Look at the end of the zip before anything holds the list of its parts."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - 66_000))
    tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + 20:
        raise broken(_(_NO_WORKBOOK))
    parts, directory = struct.unpack("<HI", tail[at + 10 : at + 16])
    locator = tail[max(0, at - 20) : at]
    if locator.startswith(_LOCATOR_64) and len(locator) == 20:
        file.seek(min(size, struct.unpack("<Q", locator[8:16])[0]))
        record = file.read(56)
        if not record.startswith(_END_64) or len(record) < 56:
            raise broken(_(_DAMAGED))
        parts, directory = struct.unpack("<QQ", record[32:48])
    if parts > MOST_PARTS or directory > MOST_DIRECTORY:
        raise Refused("too_large", reason=_("it has more than {most} parts").format(most=number(MOST_PARTS)))


def _names_of(parts: Sequence[zipfile.ZipInfo]) -> frozenset[str]:
    """Names of the parts, when none of them is made to do harm."""
    for part in parts:
        _refuse_part(part)
    names = frozenset(part.filename for part in parts)
    if len(names) < len(parts):
        raise unsafe(_("two of its parts have one name"))
    return names


def _refuse_part(part: zipfile.ZipInfo) -> None:
    if part.flag_bits & 0x1:
        raise Refused("locked_file")
    if part.filename.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", part.filename) or part.filename[1:2] == ":":
        raise unsafe(_("a part of it has a path that leads out of it"))
    packed_well = part.file_size > MOST_PACKED * max(1, part.compress_size)
    if part.file_size > MOST_UNPACKED or (part.file_size > HARMLESS_UNPACKED and packed_well):
        raise _too_large(part.filename)


def _too_large(name: str) -> Refused:
    return Refused("too_large", reason=_("its part {part} unpacks to far more than it should").format(part=name[:80]))
