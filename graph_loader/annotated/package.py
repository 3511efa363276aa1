"""A workbook as the parts that it is packed of: which part is which, and how new ones are made known."""

import posixpath
import zipfile
from pathlib import Path

from .splicing import NotOurs, Splices, Tag, shown, walk

_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_NO_RELATIONS = f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{_PACKAGE}relationships"></Relationships>'
_TYPES = "[Content_Types].xml"
_SHEETML = "application/vnd.openxmlformats-officedocument.spreadsheetml."


class Package:
    """The parts of a workbook: read where they are needed, and written back with those that were changed."""

    def __init__(self, path: Path) -> None:
        self._zip = zipfile.ZipFile(path)
        self._names = set(self._zip.namelist())
        self._changed: dict[str, bytes] = {}
        self.book = next(iter(self.related("", "officeDocument").values()), "xl/workbook.xml")

    def __enter__(self) -> "Package":
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def part(self, name: str) -> bytes:
        """A part's bytes, as they stand now."""
        return self._changed[name] if name in self._changed else self._zip.read(name)

    def size(self, name: str) -> int:
        """How many bytes a part has, unpacked."""
        return self._zip.getinfo(name).file_size

    def change(self, name: str, data: bytes) -> None:
        """Put a part in, or in the place of the one that is there."""
        self._changed[name] = data

    def related(self, part: str, kind: str) -> dict[str, str]:
        """The parts of a kind that a part refers to, by the id of the relation."""
        found: dict[str, str] = {}

        def opened(tag: Tag) -> None:
            if tag.name == "Relationship" and tag.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), tag.get("Target")))
                if tag.get("Type").rpartition("/")[2] == kind:
                    found[tag.get("Id")] = target.lstrip("/")

        relations = _relations_of(part)
        if relations in self._names or relations in self._changed:
            walk(self.part(relations), opened)
        return {id_: target for id_, target in found.items() if target in self._names or target in self._changed}

    def relate(self, part: str, kind: str, target: str) -> str:
        """Let a part refer to another; returns the id of the relation."""
        relations = _relations_of(part)
        there = relations in self._names or relations in self._changed
        data = self.part(relations) if there else _NO_RELATIONS.encode()
        ids: set[str] = set()
        prefix = walk(data, lambda tag: ids.add(tag.get("Id")))
        id_ = next(name for name in (f"rId{number}" for number in range(1, len(ids) + 2)) if name not in ids)
        tag = f'<{prefix}Relationship Id="{id_}" Type="{_KINDS}{kind}" Target="/{target}"/>'
        self.change(relations, _at_end(data, "Relationships", tag))
        return id_

    def new_name(self, pattern: str) -> str:
        """A name for a part that is not there yet; ``{}`` in the pattern is a number."""
        taken = {name.casefold() for name in (*self._names, *self._changed)}
        return next(name for name in map(pattern.format, range(1, len(taken) + 2)) if name.casefold() not in taken)

    def declare(self, part: str, kind: str) -> None:
        """Say what a new part is."""
        data = self.part(_TYPES)
        known: set[str] = set()
        prefix = walk(data, lambda tag: known.add(tag.get("Extension").casefold()))
        tag = f'<{prefix}Override PartName="/{part}" ContentType="{_SHEETML}{kind}+xml"/>'
        if kind == "vml":
            drawing = "application/vnd.openxmlformats-officedocument.vmlDrawing"
            tag = "" if "vml" in known else f'<{prefix}Default Extension="vml" ContentType="{drawing}"/>'
        self.change(_TYPES, _at_end(data, "Types", tag))

    def sheets(self) -> dict[str, str]:
        """The part of each sheet of cells, by its title."""
        parts = self.related(self.book, "worksheet")
        found: dict[str, str] = {}

        def opened(tag: Tag) -> None:
            relation = next((text for key, text in tag.attributes.items() if key.endswith(":id")), "")
            if tag.name == "sheet" and relation in parts:
                found[tag.get("name")] = parts[relation]

        walk(self.part(self.book), opened)
        return found

    def add_sheet(self, wanted: str, data: bytes) -> None:
        """Put a sheet in after the last, by the name `wanted` or one like it that is free."""
        names: set[str] = set()
        numbers: set[int] = {0}

        def opened(tag: Tag) -> None:
            if tag.name == "sheet" and tag.depth == 2:
                names.add(tag.get("name").casefold())
                numbers.add(int(tag.get("sheetId")))

        book = self.part(self.book)
        prefix = walk(book, opened)
        title = next(
            name for name in (wanted, *(f"{wanted} {n}" for n in range(2, 1000))) if name.casefold() not in names
        )
        part = self.new_name("xl/worksheets/sheet_of_faults{}.xml")
        self.change(part, data)
        self.declare(part, "worksheet")
        relation = self.relate(self.book, "worksheet", part)
        tag = (
            f'<{prefix}sheet name="{shown(title)}" sheetId="{max(numbers) + 1}" '
            f'xmlns:r="{_KINDS.rstrip("/")}" r:id="{relation}"/>'
        )
        self.change(self.book, _at_end(book, "sheets", tag))

    def write(self, path: Path) -> None:
        """Write the workbook to a new file."""
        try:
            self._write(path)
        except OSError:
            path.unlink(missing_ok=True)  # no half of it
            raise

    def _write(self, path: Path) -> None:
        with zipfile.ZipFile(path, "x", zipfile.ZIP_DEFLATED) as out:
            for entry in self._zip.infolist():
                if entry.filename not in self._changed:
                    out.writestr(entry, self._zip.read(entry), zipfile.ZIP_DEFLATED)
                else:
                    out.writestr(entry.filename, self._changed[entry.filename])
            for name, data in self._changed.items():
                if name not in self._names:
                    out.writestr(name, data)


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _at_end(data: bytes, element: str, text: str) -> bytes:
    """A part with a text before the end of its first element of that name."""
    splices = Splices(data)
    starts: list[Tag] = []

    def opened(tag: Tag) -> None:
        if tag.name == element and not starts:
            starts.append(tag)

    ends: list[int] = []
    walk(data, opened, lambda name, at: ends.append(at) if name == element else None)
    if not ends:
        raise NotOurs
    tag = data[starts[0].start : starts[0].end].decode()
    if tag.endswith("/>"):
        name = tag[1:].split()[0].rstrip("/>")
        splices.replace(starts[0].start, starts[0].end, f"{tag[:-2]}>{text}</{name}>")
    else:
        splices.put(ends[0], text)
    return splices.whole()
