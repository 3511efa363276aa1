"""A document as a page that prints on A4: complete in itself, without a script, without a call to anybody."""

from base64 import b64encode
from collections.abc import Callable, Iterable
from html import escape

from explorer.pictures.html import Html, join, tag

from .document import Block, Cell, Document, Facts, Heading, Items, Line, Paragraph, Picture, Run, Table

Address = Callable[[str], str]

_STYLE = """
@page { size: A4; margin: 18mm 18mm 20mm; @bottom-left { content: "FOOT"; font: 8pt sans-serif; color: #53606b; }
  @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; color: #53606b; }
  @top-left { content: "MARK"; font: bold 9pt sans-serif; color: #8f2d66; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.2rem; max-width: 46rem; color: #1f2a33; background: #fff;
  font: 10pt/1.38 "Source Sans 3", "Source Sans Pro", "Segoe UI", "Liberation Sans", Arial, sans-serif; }
h1 { font-size: 17pt; line-height: 1.2; margin: 0.1rem 0 0.5rem; }
h2 { font-size: 12pt; margin: 1rem 0 0.3rem; } h3 { font-size: 10.5pt; margin: 0.7rem 0 0.2rem; }
h1, h2, h3, caption { break-after: avoid; }
p { margin: 0 0 0.45rem; } ul, ol { margin: 0 0 0.5rem; padding-left: 1.2rem; }
a { color: #1f568a; } .quiet, .kicker, figcaption, .foot { color: #53606b; }
.kicker { margin: 0; } .foot { border-top: 1px solid #d5d9dd; margin-top: 1rem; padding-top: 0.4rem; }
.mark { border: 2px dashed #aa3377; background: #f7ecf3; padding: 0.3rem 0.7rem; font-weight: 600; }
figure { margin: 0.5rem 0; break-inside: avoid; } figure img { width: 100%; height: auto; display: block; }
figcaption { font-size: 9pt; }
table { border-collapse: collapse; width: 100%; font-size: 9pt; margin: 0 0 0.4rem; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
th, td { text-align: left; vertical-align: top; padding: 0.18rem 0.5rem 0.18rem 0; border-bottom: 1px solid #d5d9dd;
  font-weight: 400; overflow-wrap: anywhere; } thead th { font-weight: 600; border-bottom: 1px solid #1f2a33; }
tr { break-inside: avoid; }
dl { display: grid; grid-template-columns: minmax(7rem, max-content) 1fr; gap: 0.15rem 1rem; margin: 0 0 0.5rem; }
dt { color: #53606b; } dd { margin: 0; }
@media print { body { padding: 0; max-width: none; } a { color: inherit; text-decoration: none; } }
"""


def as_html(document: Document) -> bytes:
    """The whole document, to open in any browser and to print."""
    style = _STYLE.replace("FOOT", _css(document.foot)).replace("MARK", _css(document.mark))
    head = join(
        [
            Html('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'),
            tag("title", document.title),
            tag("style", Html(style)),
        ]
    )
    body = join(
        [
            tag("p", document.mark, class_="mark") if document.mark else "",
            tag("p", document.kicker, class_="kicker"),
            tag("h1", document.title),
            shown(document.blocks, document.absolute),
            tag("p", document.foot, class_="foot"),
        ]
    )
    page = tag("html", join([tag("head", head), tag("body", tag("main", body))]), lang=document.language)
    return f"<!doctype html>\n{page}\n".encode()


def shown(blocks: Iterable[Block], address: Address) -> Html:
    """Blocks as HTML; `address` says where a link leads, nowhere where it gives nothing."""
    return join(_block(block, address) for block in blocks)


def _block(block: Block, address: Address) -> Html:
    if isinstance(block, Heading):
        return tag(f"h{block.level}", block.text)
    if isinstance(block, Paragraph):
        return tag("p", _line(block.line, address), class_="quiet" if block.quiet else None)
    if isinstance(block, Items):
        entries = join(tag("li", _line(item, address)) for item in block.lines)
        return tag("ol" if block.ordered else "ul", entries)
    if isinstance(block, Facts):
        pairs = (join([tag("dt", term), tag("dd", _line(item, address))]) for term, item in block.pairs)
        return tag("dl", join(pairs), class_="facts")
    return _picture(block) if isinstance(block, Picture) else _table(block, address)


def _picture(picture: Picture) -> Html:
    address = "data:image/svg+xml;base64," + b64encode(picture.svg.encode()).decode()
    width, height = picture.size
    image = Html(f'<img src="{address}" width="{width:g}" height="{height:g}" alt="{escape(picture.alt, quote=True)}">')
    return tag("figure", join([image, tag("figcaption", picture.caption)]), tabindex="0")


def _table(table: Table, address: Address) -> Html:
    whole = sum(table.widths)
    widths = join(Html(f'<col style="width:{100 * width / whole:.0f}%">') for width in table.widths)
    head = tag("thead", tag("tr", join(tag("th", name, scope="col") for name in table.columns)))
    body = tag("tbody", join(tag("tr", _cells(row, address)) for row in table.rows))
    drawn = tag("table", join([tag("caption", table.caption), tag("colgroup", widths), head, body]))
    framed = tag("div", drawn, class_="table", tabindex="0", role="region", aria_label=table.caption)
    return join([framed, tag("p", _line(table.left, address), class_="quiet") if table.left else ""])


def _cells(row: tuple[Cell, ...], address: Address) -> Html:
    first, *rest = row
    return join([tag("th", _cell(first, address), scope="row"), *(tag("td", _cell(one, address)) for one in rest)])


def _cell(cell: Cell, address: Address) -> Html:
    if not cell:
        return Html("–")
    if len(cell) == 1:
        return _line(cell[0], address)
    return join(tag("div", _line(one, address)) for one in cell)


def _line(words: Line, address: Address) -> Html:
    return join(_run(run, address) for run in words)


def _run(run: Run, address: Address) -> Html:
    inner = tag("strong", run.text) if run.strong else Html(escape(run.text))
    where = address(run.address) if run.address else ""
    return tag("a", inner, href=where) if where else inner


def _css(words: str) -> str:
    """Words for a string in a style sheet that stands in HTML."""
    return "".join(letter if letter.isalnum() or letter in " .,:–-" else f"\\{ord(letter):x} " for letter in words)
