"""Which sheet a workbook opens on."""

import re

from .package import Package
from .splicing import Splices, Tag, tag_with, walk

# A sheet says itself that it is the one chosen. With two of them, what is typed into one goes into both.
_CHOSEN = re.compile(rb"""(<(?:\w+:)?sheetView\b[^>]*?)\s+tabSelected\s*=\s*(?:"[^"]*"|'[^']*')""")
_CELLS = re.compile(rb"<(?:\w+:)?sheetData\b")


def choose_none(package: Package, largest: int) -> bool:
    """Take the choice from all sheets, for another to be opened on; False where one is larger than `largest`.

    Nothing else in them is touched, and nothing at all in those that were not chosen.
    """
    parts = [part for kind in ("worksheet", "chartsheet") for part in package.related(package.book, kind).values()]
    if any(package.size(part) > largest for part in parts):
        return False
    for part in parts:
        data = package.part(part)
        cells = _CELLS.search(data)
        head = data[: cells.start()] if cells else data
        without = _CHOSEN.sub(rb"\1", head)
        if without != head:
            package.change(part, without + data[len(head) :])
    return True


def open_on_last(package: Package) -> None:
    """Let the workbook open on its last sheet."""
    book = package.part(package.book)
    views: list[Tag] = []
    sheets: list[Tag] = []

    def opened(tag: Tag) -> None:
        if tag.name == "workbookView":
            views.append(tag)
        if tag.name in ("sheets", "sheet") and tag.depth in (1, 2):
            sheets.append(tag)

    prefix = walk(book, opened)
    splices = Splices(book)
    last = len(sheets) - 2  # counted from nought; the first is the list itself
    if views:
        splices.replace(views[0].start, views[0].end, tag_with(book[views[0].start : views[0].end], activeTab=last))
    else:
        splices.put(
            sheets[0].start, f'<{prefix}bookViews><{prefix}workbookView activeTab="{last}"/></{prefix}bookViews>'
        )
    package.change(package.book, splices.whole())
