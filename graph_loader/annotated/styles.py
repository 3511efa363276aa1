"""The list of styles of a workbook, with those that marks need put in."""

from dataclasses import dataclass, field

from ..faults import Severity
from .splicing import NotOurs, Splices, Tag, tag_with, walk

COLOURS = {Severity.FAULT: "FFF8B4A6", Severity.DOUBT: "FFFFE699"}
_NEEDED = ("fonts", "fills", "cellXfs")


@dataclass
class _List:
    """A list within the part: its tag, where it ends, and its members."""

    tag: Tag
    end: int = 0
    members: list[tuple[int, int]] = field(default_factory=list)


class Styles:
    """Styles that can be asked for a marked form of each; the rest of the part stays as it was."""

    def __init__(self, data: bytes) -> None:
        self._splices = Splices(data)
        self._lists: dict[str, _List] = {}
        self._open: list[Tag] = []
        self._prefix = walk(data, self._opened, self._closed)
        if not all(name in self._lists and self._lists[name].members for name in _NEEDED):
            raise NotOurs
        self._added: dict[str, list[str]] = {name: [] for name in _NEEDED}
        self._marked: dict[tuple[int, Severity], int] = {}
        self._fills: dict[Severity, int] = {}

    def marked(self, base: int, severity: Severity) -> int:
        """Number of the style that is `base` with the fill of a fault or a doubt."""
        if (base, severity) not in self._marked:
            members = self._lists["cellXfs"].members
            start, end = members[base] if base < len(members) else members[0]
            own = self._splices.data[start:end]
            head = own.index(b">") + 1
            tag = tag_with(own[:head], fillId=self._fill(severity), applyFill=1)
            self._marked[base, severity] = self._add("cellXfs", tag + own[head:].decode())
        return self._marked[base, severity]

    def words(self, *, bold: bool = False, severity: Severity | None = None) -> int:
        """Number of a style for words that wrap and are never taken for a formula."""
        return self._top_left('numFmtId="49" quotePrefix="1"', bold, severity)

    def numbers(self) -> int:
        """Number of a style for numbers, beside such words."""
        return self._top_left('numFmtId="0"', False, None)

    def _top_left(self, format_: str, bold: bool, severity: Severity | None) -> int:
        p = self._prefix
        font = self._add("fonts", f'<{p}font><{p}b/><{p}sz val="11"/></{p}font>') if bold else 0
        fill = self._fill(severity) if severity else 0
        return self._add(
            "cellXfs",
            f'<{p}xf {format_} fontId="{font}" fillId="{fill}" borderId="0" xfId="0" '
            f'applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1">'
            f'<{p}alignment horizontal="left" vertical="top" wrapText="1"/></{p}xf>',
        )

    def whole(self) -> bytes:
        """The part, with what was asked for put in."""
        for name, added in self._added.items():
            if added:
                own = self._lists[name]
                tag = self._splices.data[own.tag.start : own.tag.end]
                self._splices.replace(own.tag.start, own.tag.end, tag_with(tag, count=len(own.members) + len(added)))
                self._splices.put(own.end, "".join(added))
        return self._splices.whole()

    def _add(self, name: str, text: str) -> int:
        self._added[name].append(text)
        return len(self._lists[name].members) + len(self._added[name]) - 1

    def _fill(self, severity: Severity) -> int:
        if severity not in self._fills:
            p = self._prefix
            self._fills[severity] = self._add(
                "fills",
                f'<{p}fill><{p}patternFill patternType="solid"><{p}fgColor rgb="{COLOURS[severity]}"/>'
                f'<{p}bgColor indexed="64"/></{p}patternFill></{p}fill>',
            )
        return self._fills[severity]

    def _opened(self, tag: Tag) -> None:
        if tag.depth == 1 and tag.name in _NEEDED:
            self._lists[tag.name] = _List(tag)
        self._open.append(tag)

    def _closed(self, name: str, at: int) -> None:
        tag = self._open.pop()
        if tag.depth == 1 and name in self._lists:
            self._lists[name].end = at
        if tag.depth == 2 and self._open[-1].name in self._lists:
            end = at if at == tag.end else self._splices.data.index(b">", at) + 1
            self._lists[self._open[-1].name].members.append((tag.start, end))
