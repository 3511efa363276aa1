"""The notes beside the cells of a sheet, and the drawings that show them."""

import re
from collections.abc import Mapping

from openpyxl.utils import get_column_letter

from .marks import Mark, Spot
from .splicing import Splices, Tag, shown, walk

AUTHOR = "graph-loader"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_NO_NOTES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    f'<comments xmlns="{_MAIN}"><authors></authors><commentList></commentList></comments>'
)
_SPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_NO_DRAWINGS = f'<xml {_SPACES}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
_SHAPE_TYPE = (
    f'<v:shapetype {_SPACES} id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_LINE, _LINE_HEIGHT = 46, 14  # characters that fit into a line of a note; points


class Notes:
    """The notes of a sheet: those that were there, with the words of marks added to theirs or as new ones."""

    def __init__(self, data: bytes | None) -> None:
        self._splices = Splices(data or _NO_NOTES.encode())
        self._texts: dict[str, int] = {}  # by cell, where the text of its note ends
        self._cell = ""
        self._authors = self._authors_end = self._list_end = 0
        self._prefix = walk(self._splices.data, self._opened, self._closed)

    def add(self, marks: Mapping[Spot, Mark]) -> list[Spot]:
        """Say the words of the marks; returns the cells that had no note before."""
        p, new = self._prefix, []
        if not self._authors_end or not self._list_end:
            return []
        for (row, column), mark in sorted(marks.items()):
            cell = f"{get_column_letter(column)}{row}"
            if cell in self._texts:
                self._splices.put(self._texts[cell], self._words("\n\n" + mark.text))
            else:
                text = f"<{p}text>{self._words(mark.text)}</{p}text>"
                self._splices.put(
                    self._list_end, f'<{p}comment ref="{cell}" authorId="{self._authors}">{text}</{p}comment>'
                )
                new.append((row, column))
        self._splices.put(self._authors_end, f"<{p}author>{AUTHOR}</{p}author>")
        return new

    def whole(self) -> bytes:
        """The part with all notes."""
        return self._splices.whole()

    def _words(self, text: str) -> str:
        p = self._prefix
        return f'<{p}r><{p}t xml:space="preserve">{shown(text)}</{p}t></{p}r>'

    def _opened(self, tag: Tag) -> None:
        if tag.name == "author":
            self._authors += 1
        if tag.name == "comment":
            self._cell = tag.get("ref")

    def _closed(self, name: str, at: int) -> None:
        if self._splices.data[at - 2 : at] == b"/>":
            return  # without content: nothing can be put in before its end
        if name == "text":
            self._texts[self._cell] = at
        if name == "authors":
            self._authors_end = at
        if name == "commentList":
            self._list_end = at


def drawings(data: bytes | None, cells: list[Spot], marks: Mapping[Spot, Mark]) -> bytes:
    """The drawings of a sheet, with one more for the note of each of `cells`."""
    # This part is no strict XML where Excel wrote it: it is only added to, before its end.
    own = data or _NO_DRAWINGS.encode()
    end = own.rfind(b"</xml>")
    if end < 0:
        return own
    last = max([0, *(int(found) for found in re.findall(rb"_x0000_s(\d{1,8})\b", own))])
    added = [] if b'"_x0000_t202"' in own else [_SHAPE_TYPE]
    added += [
        _shape(f"_x0000_s{number}", spot, marks[spot].text)
        for number, spot in enumerate(cells, start=max(1025, last + 1))
    ]
    return own[:end] + "".join(added).encode() + own[end:]


def _shape(name: str, spot: Spot, text: str) -> str:
    lines = sum(1 + len(line) // _LINE for line in text.split("\n"))
    look = f"position:absolute;margin-left:60pt;margin-top:2pt;width:240pt;height:{lines * _LINE_HEIGHT + 8}pt"
    row, column = spot
    return (
        f'<v:shape {_SPACES} id="{name}" type="#_x0000_t202" style="{look};z-index:1;visibility:hidden" '
        'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
        '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:AutoFill>False</x:AutoFill><x:Row>{row - 1}</x:Row><x:Column>{column - 1}</x:Column>"
        "</x:ClientData></v:shape>"
    )
