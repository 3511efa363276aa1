"""The words of a page for a document: what a page says in HTML, as headings, paragraphs, lists and tables.

A page and its briefing say the same because they are made from the same. Read
is the HTML that `pictures.html` writes, and no other. What a page folds away
stays away: of a fold its summary is told. What is hidden from screen readers
(signs beside words) is left out, as the words say it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser

from explorer.pictures.html import Html

from .document import Block, Cell, Facts, Heading, Items, Line, Paragraph, Run, Table, plain

_SINGLE = {"br", "img", "hr", "input"}
_SILENT = {"svg", "style", "script", "caption"}
_BREAKS = {"div", "p", "li", "ul", "ol", "summary", "details", "dt", "dd", "section", "h2", "h3", "br"}
_SPACES = re.compile(r"\s+")


@dataclass
class _Node:
    name: str
    own: dict[str, str] = field(default_factory=dict)
    inner: list["_Node | str"] = field(default_factory=list)

    def all(self, name: str) -> Iterator["_Node"]:
        """Elements of a name in it, at any depth."""
        for part in self.inner:
            if isinstance(part, _Node):
                if part.name == name:
                    yield part
                else:
                    yield from part.all(name)


class _Reader(HTMLParser):
    """Builds the tree."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = _Node("")
        self._open = [self.root]
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = _Node(tag, {key: value or "" for key, value in attrs})
        self._open[-1].inner.append(node)
        if tag not in _SINGLE:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _SINGLE:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].inner.append(data)


def lines_of(html: Html) -> Cell:
    """The lines that HTML puts beneath each other.

    >>> [[run.text for run in found] for found in lines_of(Html('<p>At <a href="x">Ede</a></p><p>2019</p>'))]
    [['At ', 'Ede'], ['2019']]
    """
    return _lines(_Reader(html).root)


def line_of(html: Html, between: str = "; ") -> Line:
    """The same as one line."""
    runs: list[Run] = []
    for found in lines_of(html):
        runs += [Run(between)] if runs else []
        runs += found
    return tuple(runs)


@lru_cache(maxsize=16)  # a document is tried at several lengths, each time from the same parts of its page
def blocks_of(html: Html, *, folds: bool = False) -> tuple[Block, ...]:
    """The blocks of a piece of a page; with `folds` also the summaries of what is folded away at its outer level."""
    return tuple(_blocks(_Reader(html).root, folds))


def _blocks(node: _Node, folds: bool) -> Iterator[Block]:
    for part in node.inner:
        if isinstance(part, str):
            if part.strip():
                yield Paragraph((Run(_SPACES.sub(" ", part).strip()),))
        elif _silent(part):
            continue
        elif part.name in ("h2", "h3"):
            yield Heading(_text(part), int(part.name[1]))
        elif part.name in ("ul", "ol"):
            yield from _items(part)
        elif part.name == "table":
            yield _table(part)
        elif part.name == "dl":
            yield Facts(tuple(zip(map(_text, part.all("dt")), map(_line, part.all("dd")), strict=True)))
        elif part.name == "details":
            yield from (Paragraph(_line(summary)) for summary in part.all("summary") if folds)
        elif part.name in ("div", "section", "aside"):
            yield from _blocks(part, folds)
        elif found := _line(part):
            yield Paragraph(found, quiet=bool({"quiet", "none"} & set(part.own.get("class", "").split())))


def _items(node: _Node) -> Iterator[Block]:
    entries = [_line(part) for part in node.inner if isinstance(part, _Node) and part.name == "li"]
    if any(entries):
        yield Items(tuple(entry for entry in entries if entry), node.name == "ol")


def _table(node: _Node) -> Table:
    head = tuple(_text(cell) for part in node.all("thead") for cell in part.all("th"))
    rows = tuple(
        tuple(_lines(cell) for cell in row.inner if isinstance(cell, _Node))
        for part in node.all("tbody")
        for row in part.all("tr")
    )
    caption = " ".join(_text(part) for part in node.all("caption"))
    return Table(caption, head, rows, (1.0,) * len(head))


def _lines(node: _Node) -> Cell:
    found: list[list[Run]] = [[]]
    _walk(node, found, "", False)
    return tuple(tidy for runs in found if (tidy := _tidy(runs)))


def _walk(node: _Node, found: list[list[Run]], address: str, strong: bool) -> None:
    for part in node.inner:
        if isinstance(part, str):
            found[-1].append(Run(part, address, strong))
        elif not _silent(part):
            breaks = part.name in _BREAKS
            if breaks:
                found.append([])
            inner = part if part.name != "details" else _Node("", inner=list(part.all("summary")))
            _walk(inner, found, part.own.get("href", address), strong or part.name in ("b", "strong"))
            if breaks:
                found.append([])


def _tidy(runs: Iterable[Run]) -> Line:
    """Runs with single spaces, none at either end, and neighbours of one kind together."""
    kept: list[Run] = []
    for run in runs:
        words = _SPACES.sub(" ", run.text)
        if not kept or kept[-1].text.endswith(" "):
            words = words.removeprefix(" ")
        if not words:
            continue
        last = kept[-1] if kept else None
        if last is not None and (last.address, last.strong) == (run.address, run.strong):
            kept[-1] = Run(last.text + words, run.address, run.strong)
        else:
            kept.append(Run(words, run.address, run.strong))
    if kept and kept[-1].text.endswith(" "):
        last = kept.pop()
        kept += [Run(last.text[:-1], last.address, last.strong)] if last.text != " " else []
    return tuple(kept)


def _line(node: _Node) -> Line:
    runs: list[Run] = []
    for found in _lines(node):
        runs += [Run("; ")] if runs else []
        runs += found
    return tuple(runs)


def _text(node: _Node) -> str:
    found: list[list[Run]] = [[]]
    _walk(node, found, "", False)
    return " ".join(plain(_tidy(runs)) for runs in found if _tidy(runs))


def _silent(node: _Node) -> bool:
    """Whether it says nothing: hidden from readers, or a sign whose words stand beside it."""
    return node.name in _SILENT or node.own.get("aria-hidden") == "true" or node.own.get("class") == "sign"
