"""The parts that all briefings share: what is at their head and foot, what is cut, whom to ask, the sources."""

from collections.abc import Callable, Iterable, Mapping
from itertools import chain

import streamlit as st

from explorer import links
from explorer.analysis.records import Record
from explorer.data import briefing as data
from explorer.data import programme
from explorer.data.meetings import Waiting
from explorer.data.profiles import Profile
from explorer.pictures.briefing.document import (
    PAGES,
    Block,
    Document,
    Heading,
    Items,
    Line,
    Paragraph,
    Run,
    Table,
    cut,
    line,
    narrowed,
    plain,
)
from explorer.pictures.briefing.reading import blocks_of, line_of
from explorer.pictures.html import Html
from explorer.pictures.maps import Place
from languages.words import _, in_words, language, listing, ngettext

from . import meeting_ask

BUDGETS = (16, 12, 9, 7, 5, 4, 3, 2, 1)  # rows of a table, tried from the most
NAMES = 6  # regions that a line names
SETS = 3  # data sets that the foot names
PLACES = 12  # that a picture's words name
QUIET = 8  # cases to ask about at most
SOURCES = 8  # of them at most, so that they do not crowd out what they state

Told = Callable[[int], Line]


def fitted(make: Callable[[int], Document]) -> Document:
    """The document with the longest tables that leave it its three pages; with the shortest, where none does."""
    made = make(BUDGETS[0])
    if made.length() <= PAGES:
        return made
    low, high, made = 1, len(BUDGETS) - 1, make(BUDGETS[-1])  # shorter tables never make a longer document
    while low < high:
        middle = (low + high) // 2
        tried = make(BUDGETS[middle])
        if tried.length() <= PAGES:
            high, made = middle, tried
        else:
            low = middle + 1
    return made


def document(node: Profile, kicker: str, title: str, blocks: Iterable[Block | None]) -> Document:
    """The blocks with what every briefing has around them."""
    told = [block for block in blocks if block is not None]
    known = data.age()
    mark = _("{simulated} network: nothing here is a fact.").format(simulated=_("SIMULATED")) if known.simulated else ""
    page = links.profile(node.label, node.id)
    words = _("The page with every name and the rows behind: ")
    behind = Paragraph(line(words, to_page(page)), quiet=True)
    place = 1 if told and isinstance(told[0], Paragraph) else 0  # beneath the answer
    return Document(kicker, title, mark, (*told[:place], behind, *told[place:]), foot(known), language(), here())


def here() -> str:
    """Address of this page as the reader's browser has it, that relative addresses start from; empty if unknown."""
    return str(st.context.url or "")


def to_page(page: str) -> Run:
    """A page of the app by its whole address, as a reader of paper types it; by a word where that is not known."""
    return Run(Document("", "-", "", (), "", "-", here()).absolute(page) or _("its page"), page)


def foot(known: data.Age) -> str:
    """How old the data are."""
    names, loaded = listing([*known.names[:SETS], *_others(len(known.names) - SETS)]), in_words(known.loaded)
    if not known.until:
        return _("{names}; loaded {loaded}").format(names=names, loaded=loaded)
    return _("Data as of {until}, loaded {loaded}: {names}").format(
        until=in_words(known.until), loaded=loaded, names=names
    )


def _others(count: int) -> list[str]:
    return [ngettext("{count} other", "{count} others", count)] if count > 0 else []


def more(page: str) -> Told:
    """What stands beneath a table that was cut: how many more there are, and where."""

    def told(count: int) -> Line:
        return line(ngettext("and {count} more: ", "and {count} more: ", count), to_page(page))

    return told


def names(pairs: Iterable[tuple[str, str]], label: str = "Region", most: int = NAMES) -> Line:
    """Names as links, the first of them, and how many more."""
    every = list(pairs)
    shown = [Run(name, links.profile(label, node)) for node, name in every[:most]]
    runs = list(chain.from_iterable((Run(", "), run) for run in shown))[1:]
    left = len(every) - len(shown)
    return (*runs, Run(" " + ngettext("and {count} more", "and {count} more", left))) if left else tuple(runs)


def in_words_too(caption: str, places: Iterable[Place]) -> str:
    """What a map shows, for who does not see it: the caption, and what each of its first places says."""
    every = [place.said for place in places]
    return caption + " " + "; ".join([*every[:PLACES], *_others(len(every) - PLACES)]) + "."


def page_table(part: Html, widths: Mapping[str, float], most: int, told: Told) -> list[Block]:
    """The heading and the table of a part of a page, the columns named, cut; nothing where it has no table."""
    blocks = blocks_of(part)
    table = next((block for block in blocks if isinstance(block, Table)), None)
    if table is None:
        return []
    head = next((block for block in blocks if isinstance(block, Heading)), None)
    return [*([head] if head else []), cut(narrowed(table, widths), most, told)]


def first_lines(table: Block, column: str, most: int) -> Block:
    """A table whose cells in a column keep so many lines: the rest is on its page."""
    if not isinstance(table, Table) or column not in table.columns:
        return table
    place = table.columns.index(column)
    rows = tuple((*row[:place], row[place][:most], *row[place + 1 :]) for row in table.rows)
    return Table(table.caption, table.columns, rows, table.widths, table.left)


def quiet(waiting: list[Waiting], most: int, *, without: str = "") -> list[Block]:
    """What stalled, and whom to ask; why that cannot be told, otherwise.

    `without` is the heading of the column that would say the same in each row.
    """
    known = programme.programme()
    heading = Heading(_("What stalled, and whom to ask"))
    if known.quiet_unknown:
        return [heading, Paragraph(line(meeting_ask.why_unknown(known.quiet_unknown, known.lag.of)))]
    rule = Paragraph(line_of(meeting_ask.when_quiet(known.lag.days, known.lag.of)), quiet=True)
    if not waiting:
        nobody = _("No region has gone quiet: of each that came long ago something is on record.")
        return [heading, Paragraph(line(nobody)), rule]
    widths = {
        _("Region"): 2.0,
        _("Came to see"): 2.2,
        _("Last time at"): 3.0,
        _("Whom to ask"): 2.6,
        _("No news for"): 1.3,
    }
    widths.pop(without, None)
    page = links.address(links.MEETINGS, part="ask")
    table = page_table(meeting_ask.cases(waiting), widths, min(most, QUIET), more(page))[1:]
    count = ngettext("{count} case to ask about.", "{count} cases to ask about.", len(waiting))
    return [heading, Paragraph(line(count)), *table, rule]


def sources(found: list[Record], most: int, page: str) -> list[Block]:
    """The documents that state it: title, publisher, date, address."""
    heading = Heading(_("Sources"))
    if not found:
        return [heading, Paragraph(line(_("No source is named for this entry.")), quiet=True)]
    return [heading, cut(Items(tuple(map(_source, found))), min(most, SOURCES), more(page))]


def _source(row: Record) -> Line:
    said = [row["publisher"] or "", in_words(row["published"]) if row["published"] else _("no date known")]
    runs = [Run(row["name"], links.profile("Source", row["id"])), Run(", " + ", ".join(part for part in said if part))]
    if row["url"]:
        to_follow = row["url"] if row["url"].startswith(("http://", "https://")) else ""
        runs += [Run(". "), Run(row["url"], to_follow)]
    return tuple(runs)


def listed(title: str, lines: Iterable[Line | str]) -> list[Block]:
    """A heading and a list; nothing without entries."""
    entries = [line(entry) if isinstance(entry, str) else entry for entry in lines if entry]
    return [Heading(title), Items(tuple(entries))] if entries else []


def headings(part: Html) -> list[str]:
    """What the headings of a part of a page say: findings with their numbers."""
    return [block.text for block in blocks_of(part) if isinstance(block, Heading)]


def sentences(part: Html) -> list[str]:
    """The paragraphs of a part of a page as texts."""
    return [plain(block.line) for block in blocks_of(part) if isinstance(block, Paragraph)]
