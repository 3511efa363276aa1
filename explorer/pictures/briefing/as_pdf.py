"""A document as PDF: tagged for screen readers (PDF/UA-1), its fonts within, no call to anybody.

What a document says goes to the typesetter as data, never as its language:
a name with a sign that the typesetter knows comes out as it is.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import typst

from .document import Block, Document, Facts, Heading, Items, Line, Paragraph, Picture, Table

FINE = 220.0  # dots per inch of a drawing for Word
_LAYOUT = Path(__file__).with_name("briefing.typ")
_PICTURE = b"""#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.at("svg")), format: "svg", alt: "-", width: 174mm)
"""


def as_pdf(document: Document) -> bytes:
    """The document as PDF.

    A name in letters that no font at hand has leaves a box in its place, and
    the file is then tagged without claiming the standard.
    """
    told = {"document": json.dumps(_told(document))}
    try:
        return _pdf(told, ["ua-1"])
    except typst.TypstError as error:
        if "could not be displayed" not in error.message:
            raise
        return _pdf(told, [])


def as_png(picture: Picture) -> bytes:
    """A drawing in dots, as Word wants it."""
    made = typst.compile(_PICTURE, format="png", ppi=FINE, ignore_system_fonts=True, sys_inputs={"svg": picture.svg})
    assert isinstance(made, bytes)
    return made


def _pdf(told: dict[str, str], standards: list[Any]) -> bytes:
    made = typst.compile(_layout(), format="pdf", ignore_system_fonts=True, sys_inputs=told, pdf_standards=standards)
    assert isinstance(made, bytes)
    return made


@cache
def _layout() -> bytes:
    return _LAYOUT.read_bytes()


def _told(document: Document) -> dict[str, Any]:
    return {
        "kicker": document.kicker,
        "title": document.title,
        "mark": document.mark,
        "foot": document.foot,
        "language": document.language.split("_")[0].split("-")[0],
        "blocks": [_block(block, document) for block in document.blocks],
    }


def _block(block: Block, document: Document) -> dict[str, Any]:
    """A block as the layout reads it; which kind it is, is its first key."""
    if isinstance(block, Heading):
        return {"kind": "heading", "text": block.text, "level": block.level}
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "line": _line(block.line, document), "quiet": block.quiet}
    if isinstance(block, Items):
        return {"kind": "items", "lines": [_line(one, document) for one in block.lines], "ordered": block.ordered}
    if isinstance(block, Facts):
        return {"kind": "facts", "pairs": [[term, _line(one, document)] for term, one in block.pairs]}
    if isinstance(block, Picture):
        return {"kind": "picture", "svg": block.svg, "alt": block.alt, "caption": block.caption}
    return _table(block, document)


def _table(table: Table, document: Document) -> dict[str, Any]:
    return {
        "kind": "table",
        "caption": table.caption,
        "columns": table.columns,
        "widths": table.widths,
        "rows": [[[_line(one, document) for one in cell] for cell in row] for row in table.rows],
        "left": _line(table.left, document),
    }


def _line(words: Line, document: Document) -> list[dict[str, Any]]:
    return [{"text": run.text, "address": document.absolute(run.address), "strong": run.strong} for run in words]
