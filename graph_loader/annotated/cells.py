"""The cells of a sheet, with some of them marked by their style."""

from collections.abc import Callable, Mapping

from openpyxl.utils import column_index_from_string, get_column_letter

from ..faults import Severity
from .marks import Mark, Spot
from .splicing import Splices, Tag, tag_with, tag_without, walk

# What may only come after the words beside cells, as the format orders the parts of a sheet.
_AFTER_NOTES = (
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
)
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class MarkedCells:
    """A sheet whose cells get the styles of their marks.

    Cells that are empty and marked are put in; rows that are not there are not.
    """

    def __init__(self, data: bytes, marks: Mapping[Spot, Mark], style: Callable[[int, Severity], int]) -> None:
        self._splices = Splices(data)
        self._style = style
        self._wanted: dict[int, dict[int, Severity]] = {}
        for (row, column), mark in marks.items():
            self._wanted.setdefault(row, {})[column] = mark.severity
        self._columns: list[tuple[int, int, int]] = []  # first, last, style
        self._inside = False
        self._row, self._column, self._number = Tag("", "", {}, 0, 0, 0), 0, 0
        self._left: list[int] = []
        self._put_in = False
        self._notes_before = 0
        self.notes = ""  # id of the part with the drawings of notes that the sheet has already
        self._prefix = ""
        walk(data, self._opened, self._closed)

    def with_notes(self, relation: str) -> None:
        """Let the sheet show notes, by the id of its relation to their drawings."""
        if not self.notes:
            self._splices.put(
                self._notes_before, f'<{self._prefix}legacyDrawing xmlns:r="{_RELATIONS}" r:id="{relation}"/>'
            )

    def whole(self) -> bytes:
        """The sheet with its marks."""
        return self._splices.whole()

    def _opened(self, tag: Tag) -> None:
        if tag.depth == 0:
            self._prefix = tag.prefix
        if tag.depth == 1:
            self._inside = tag.name == "sheetData"
            if tag.name == "legacyDrawing":
                self.notes = tag.get("id")
            if tag.name in _AFTER_NOTES and not self._notes_before:
                self._notes_before = tag.start
        if tag.name == "col" and not self._inside:
            self._columns.append((int(tag.get("min")), int(tag.get("max")), int(tag.get("style") or 0)))
        if self._inside and tag.name == "row":
            self._number = int(tag.get("r") or self._number + 1)
            self._row, self._column, self._put_in = tag, 0, False
            self._left = sorted(self._wanted.get(self._number, ()))
        if self._inside and tag.name == "c":
            letters = tag.get("r").rstrip("0123456789")
            self._column = column_index_from_string(letters) if letters else self._column + 1
            self._put_before(self._column, tag.start)
            if self._left and self._left[0] == self._column:
                self._mark(tag)

    def _mark(self, tag: Tag) -> None:
        style = self._style(int(tag.get("s") or 0), self._wanted[self._number][self._left.pop(0)])
        self._splices.replace(tag.start, tag.end, tag_with(self._splices.data[tag.start : tag.end], s=style))

    def _put_before(self, column: int, at: int) -> None:
        """Put in the cells that are marked, empty, and stand before `column`."""
        while self._left and self._left[0] < column:
            place = self._left.pop(0)
            style = self._style(self._style_of_empty(place), self._wanted[self._number][place])
            self._splices.put(at, f'<{self._prefix}c r="{get_column_letter(place)}{self._number}" s="{style}"/>')
            self._put_in = True

    def _style_of_empty(self, column: int) -> int:
        if self._row.get("s") and self._row.get("customFormat") in ("1", "true"):
            return int(self._row.get("s"))
        return next((style for first, last, style in self._columns if first <= column <= last), 0)

    def _closed(self, name: str, at: int) -> None:
        if name == "sheetData":
            self._inside = False
        if name == "worksheet" and not self._notes_before:
            self._notes_before = at
        if not (self._inside and name == "row"):
            return
        row = self._splices.data[self._row.start : self._row.end]
        empty = row.endswith(b"/>")
        if empty and self._left:
            tag = tag_without(row.decode(), "spans")
            self._splices.replace(self._row.start, self._row.end, tag[:-2] + ">")
            self._put_before(1 << 20, self._row.end)
            self._splices.put(self._row.end, f"</{self._prefix}row>")
            return
        self._put_before(1 << 20, at)
        if self._put_in:
            # It says from where to where the row has cells, which no longer holds; programs do without.
            self._splices.replace(self._row.start, self._row.end, tag_without(row.decode(), "spans"))
