"""A document of one to three pages, before it is written in any form: what it says, in which order.

Addresses are as the pages have them, relative to the app; `Document.absolute`
makes them whole for who reads the document elsewhere.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import ceil
from typing import ClassVar
from urllib.parse import urljoin, urlsplit

PAGES = 3  # that a briefing may have
LINES_A_PAGE = 56  # of body text, on A4
LETTERS_A_LINE = 104
PICTURE_WIDTH = 680.0  # pixels of a drawing as wide as the text
LINES_A_PIXEL = 1 / 19.5


class NotADocument(ValueError):
    """What was put together is not a document that everybody can read."""


@dataclass(frozen=True)
class Run:
    """Some words in a line; a link where there is an address."""

    text: str
    address: str = ""
    strong: bool = False


Line = tuple[Run, ...]
Cell = tuple[Line, ...]  # lines beneath each other


def line(*words: str | Run) -> Line:
    """Words and links as one line.

    >>> line("Hosted by ", Run("Arnhem", "region?id=AM10"))
    (Run(text='Hosted by ', address='', strong=False), Run(text='Arnhem', address='region?id=AM10', strong=False))
    """
    return tuple(part if isinstance(part, Run) else Run(part) for part in words)


def plain(words: Iterable[Run]) -> str:
    """A line as text."""
    return "".join(run.text for run in words)


@dataclass(frozen=True)
class Heading:
    """The heading of a part: 2 below the title, 3 below a 2."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; a quiet one is an explanation beside what is said."""

    line: Line
    quiet: bool = False


@dataclass(frozen=True)
class Items:
    """A list."""

    lines: tuple[Line, ...]
    ordered: bool = False


@dataclass(frozen=True)
class Facts:
    """Terms, and what is known of each."""

    pairs: tuple[tuple[str, Line], ...]


@dataclass(frozen=True)
class Picture:
    """A drawing in SVG that needs nothing beside it; `alt` says the same to who does not see it."""

    svg: str
    alt: str
    caption: str
    size: tuple[float, float]


@dataclass(frozen=True)
class Table:
    """A table whose first column names its rows.

    `widths` are shares of the columns. `left` is what was cut off at its end, empty where nothing was.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    left: Line = ()

    def __post_init__(self) -> None:
        if not self.columns or any(not heading for heading in self.columns):
            raise NotADocument(f"The table “{self.caption}” has a column without a heading.")
        if any(len(row) != len(self.columns) for row in (*self.rows, self.widths)):
            raise NotADocument(f"The table “{self.caption}” has rows that are not as wide as its heading.")


Block = Heading | Paragraph | Items | Facts | Picture | Table


@dataclass(frozen=True)
class Document:
    """A briefing.

    Attributes
    ----------
    kicker, title
        What it is, and what it finds.
    mark
        The sentence that nothing in it is a fact, for a simulated network; else empty.
    blocks
        What it says, in order.
    foot
        How old the data are; it stands at the foot of each page.
    language
        Code of the language that it is written in.
    base
        Address of a page of the app, that relative addresses start from; empty where unknown.
    """

    kicker: str
    title: str
    mark: str
    blocks: tuple[Block, ...]
    foot: str
    language: str
    base: str = ""

    LEVELS: ClassVar[tuple[int, ...]] = (2, 3)

    def __post_init__(self) -> None:
        if not self.title.strip() or not self.language:
            raise NotADocument("A document has a title and a language.")
        before = 1
        for block in self.blocks:
            if isinstance(block, Picture) and not block.alt.strip():
                raise NotADocument("A picture says in words what it shows.")
            if isinstance(block, Heading):
                if block.level not in self.LEVELS or block.level > before + 1:
                    raise NotADocument(f"The heading “{block.text}” skips a level.")
                before = block.level

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """Its pictures, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Picture))

    def absolute(self, address: str) -> str:
        """An address that holds outside of the app; empty where it cannot be told, or leads to no page."""
        whole = urljoin(self.base, address) if address else ""
        return whole if urlsplit(whole).scheme in ("http", "https") else ""

    def length(self) -> float:
        """How many pages it takes, roughly and rather too many."""
        head = 3 + 2 * ceil(len(self.title) / 60) + (2 if self.mark else 0)
        return (head + sum(map(_lines, self.blocks))) / LINES_A_PAGE


def cut(block: Block, most: int, told: Callable[[int], Line]) -> Block:
    """A table or list with so many rows at most; `told` says in a line that so many were left out."""
    if isinstance(block, Table) and len(block.rows) > most:
        return replace(block, rows=block.rows[:most], left=told(len(block.rows) - most))
    if isinstance(block, Items) and len(block.lines) > most:
        return replace(block, lines=(*block.lines[:most], told(len(block.lines) - most)))
    return block


def narrowed(table: Table, widths: Mapping[str, float]) -> Table:
    """A table with the columns named by their headings, in that order, those that it has; with their widths."""
    kept = [(table.columns.index(name), width) for name, width in widths.items() if name in table.columns]
    return replace(
        table,
        columns=tuple(table.columns[place] for place, _width in kept),
        rows=tuple(tuple(row[place] for place, _width in kept) for row in table.rows),
        widths=tuple(width for _place, width in kept),
    )


def _lines(block: Block) -> float:
    """Lines of body text that a block takes, spaces around it counted in."""
    return sum(_parts(block))


def _parts(block: Block) -> Iterator[float]:
    if isinstance(block, Heading):
        yield 2.4 * ceil(len(block.text) / 80)
    elif isinstance(block, Paragraph):
        yield ceil(len(plain(block.line)) / LETTERS_A_LINE) + 0.6
    elif isinstance(block, Items):
        yield from (ceil(len(plain(item)) / (LETTERS_A_LINE - 4)) + 0.25 for item in block.lines)
        yield 0.6
    elif isinstance(block, Facts):
        yield from (ceil(len(plain(item)) / (0.78 * LETTERS_A_LINE)) + 0.25 for _term, item in block.pairs)
        yield 0.6
    elif isinstance(block, Picture):
        width, height = block.size
        yield height * min(1.0, PICTURE_WIDTH / width) * LINES_A_PIXEL
        yield ceil(len(block.caption) / LETTERS_A_LINE) + 1.0
    else:
        yield 1.6
        yield from (_row(row, block.widths) for row in block.rows)
        yield 2.0 if block.left else 0.6


def _row(row: tuple[Cell, ...], widths: tuple[float, ...]) -> float:
    """Lines of a row: as high as its highest cell."""
    whole = sum(widths)
    high = (
        sum(max(1, ceil(len(plain(item)) / max(6.0, LETTERS_A_LINE * 1.02 * width / whole - 2))) for item in cell)
        for cell, width in zip(row, widths, strict=True)
    )
    return 0.93 * max(high, default=1) + 0.45
