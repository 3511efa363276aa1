"""HTML that a screen reader can read: links, tables, lists of facts, time lines.

Everything that comes from data is escaped here, and nowhere else.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from explorer import links
from languages.words import _, number

Row = Mapping[str, Any]
LONG = 60  # rows above which a table scrolls in a frame of its own
FITS_A_PHONE = 6  # weight of the columns above which the rows of a table stand as cards on a narrow screen
MOST_IN_A_CARD = 16  # columns that the house's style knows how to name in a card


class Html(str):
    """Text that is HTML already, and safe."""

    __slots__ = ()


def text(value: object) -> Html:
    """Any value as safe HTML: escaped unless it is `Html`; a dash for nothing; numbers in the reader's way."""
    if isinstance(value, Html):
        return value
    if value is None or value == "" or value != value:  # NaN is the only value unequal to itself
        return Html('<span class="none">–</span>')
    if isinstance(value, bool):
        return Html(escape(_("yes") if value else _("no")))
    if isinstance(value, int | float):
        return Html(number(value, 2))
    return Html(escape(str(value)))


def tag(name: str, content: object, **attributes: str | None) -> Html:
    """One element. ``class_`` writes ``class``; underscores in other names become dashes.

    A link inside the app stays in the network that is open: see `links.within_network`.
    """
    if name == "a" and attributes.get("href"):
        attributes["href"] = links.within_network(str(attributes["href"]))
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value, quote=True)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Html(f"<{name}{written}>{text(content)}</{name}>")


def join(parts: Iterable[object], between: str = "") -> Html:
    """`parts` as HTML, one after the other; what is empty is left out."""
    return Html(escape(between).join(text(part) for part in parts if part is not None and part != ""))


def link(label: object, address: str, class_: str | None = None) -> Html:
    """A link inside the app, or plain text where there is no address."""
    if not address:
        return text(label)
    return tag("a", label, href=address, class_=class_)


def outside_link(label: object, address: str) -> Html:
    """A link to another site, plain text where the address is none; the page's script opens it in a tab of its own."""
    if not address.startswith(("http://", "https://")):
        return text(label)
    return tag("a", label, href=address, rel="noopener noreferrer")


def sentence(template: str, **parts: object) -> Html:
    """A translated sentence with HTML in its named places.

    >>> sentence("Hosted by {host}", host=link("Arnhem", "region?id=AM10"))
    'Hosted by <a href="region?id=AM10">Arnhem</a>'
    """
    return Html(escape(template).format(**{key: text(part) for key, part in parts.items()}))


@dataclass(frozen=True)
class Column:
    """A column of a table: where its value is, its heading, and whether it holds numbers or dates."""

    name: str
    title: str
    numeric: bool = False
    dated: bool = False

    @property
    def style(self) -> str | None:
        """The class that its cells have."""
        return "number" if self.numeric else "date" if self.dated else None

    @property
    def weight(self) -> int:
        """How much of a phone's width it takes: a column of numbers half as much as one of words."""
        return 1 if self.numeric else 2


def table(
    rows: Sequence[Row], columns: Sequence[Column], caption: str, *, sortable: bool = True, across: bool = False
) -> Html:
    """A table with a caption and scoped headings; sorted in the browser where `sortable`.

    A cell's own sort value may stand beside it as ``<name>_sort``; a number that is
    not written as a computer writes it has one without asking. On a narrow screen each
    row of a wide table is a card, with the column's name before each value.

    Parameters
    ----------
    across
        Cells are read beside each other, as in a matrix: the table stays one, and scrolls.
    """
    head = join(tag("th", item.title, scope="col", class_=item.style) for item in columns)
    body = join(tag("tr", join(_cell(row, item, place) for place, item in enumerate(columns))) for row in rows)
    inner = join([tag("caption", caption), tag("thead", tag("tr", head)), tag("tbody", body)])
    cards = not across and sum(item.weight for item in columns) > FITS_A_PHONE and len(columns) <= MOST_IN_A_CARD
    shown = tag(
        "table",
        inner,
        class_="sortable" if sortable and len(rows) > 1 else None,
        style=_headings(columns) if cards else None,
    )
    return tag(
        "div",
        shown,
        class_="table" + (" long" if len(rows) > LONG else "") + (" cards-if-narrow" if cards else ""),
        tabindex="0",
        role="region",
        aria_label=caption,
    )


def _headings(columns: Sequence[Column]) -> str:
    """The names of the columns for the style of cards: said once for the table, and not in each of its cells."""
    named = [("--sort-by", _("Sort by")), *((f"--c{place}", item.title) for place, item in enumerate(columns, 1))]
    return "; ".join(f"{name}: {_in_style(words)}" for name, words in named)


def _in_style(words: str) -> str:
    """Words as a string of CSS, whatever is in them."""
    return '"' + "".join(sign if sign.isalnum() or sign == " " else f"\\{ord(sign):x} " for sign in words) + '"'


def _cell(row: Row, column: Column, place: int) -> Html:
    value, order = row.get(column.name), row.get(column.name + "_sort")
    shown = text(value)
    if order is None and isinstance(value, int | float) and value == value and shown != str(value):
        order = value
    return tag(
        "th" if place == 0 else "td",
        shown,
        scope="row" if place == 0 else None,
        class_=column.style,
        data_sort=None if order is None else str(order),
    )


def facts(pairs: Iterable[tuple[str, object]]) -> Html:
    """A list of what is known: term and value; what is unknown is left out."""
    known = [(term, value) for term, value in pairs if value is not None and value != "" and value == value]
    if not known:
        return Html("")
    return tag("dl", join(join([tag("dt", term), tag("dd", value)]) for term, value in known), class_="facts")


def items(entries: Iterable[object], class_: str | None = None, *, ordered: bool = False) -> Html:
    """A list of entries."""
    return tag("ol" if ordered else "ul", join(tag("li", entry) for entry in entries), class_=class_)


def timeline(entries: Iterable[tuple[str, object]]) -> Html:
    """Dated entries in the order given: (date in words, what happened)."""
    return tag(
        "ol",
        join(tag("li", join([tag("span", when, class_="when"), tag("span", what)])) for when, what in entries),
        class_="timeline",
    )


def card(title: object, body: object, foot: object = "") -> Html:
    """A titled box; the title is a heading of the second level."""
    parts = [tag("h2", title), text(body)]
    if foot:
        parts.append(tag("p", foot, class_="foot"))
    return tag("section", join(parts), class_="card")


def swatch(colour: str, symbol: str = "circle") -> Html:
    """A small symbol in its colour, for legends; hidden from screen readers, whose text is beside it."""
    shape = _SHAPES.get(symbol, _SHAPES["circle"])
    return tag("span", shape, class_="swatch", style=f"color:{colour}", aria_hidden="true")


def legend(entries: Iterable[tuple[str, str, object]]) -> Html:
    """What the colours and symbols mean: (colour, symbol, words)."""
    return items((join([swatch(colour, symbol), " ", words]) for colour, symbol, words in entries), "legend")


def bar(value: float, most: float) -> Html:
    """A number with a bar in proportion to the largest one."""
    return Html(f'{track(value, most)}<span class="value">{number(value)}</span>')


def track(value: float, most: float) -> Html:
    """The bar of a number in proportion to the largest one, without the number."""
    wide = round(100 * value / most) if most else 0
    return Html(f'<span class="bar"><span class="fill" style="width:{wide}%"></span></span>')


_SHAPES = {
    "circle": "●",
    "ring": "◯",
    "rect": "■",
    "triangle": "▲",
    "diamond": "◆",
    "roundRect": "■",
    "pin": "▼",
    "arrow": "▲",
}
