"""A document for Word: headings, header rows and alternative texts are marked as such, not only drawn."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import docx
from docx.document import Document as Word
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from .as_pdf import as_png
from .document import Block, Cell, Document, Facts, Heading, Items, Line, Paragraph, Picture, Run, Table

TEXT_WIDTH = Mm(174)
FONT = "Calibri"
INK, SOFT, ACCENT = RGBColor(0x1F, 0x2A, 0x33), RGBColor(0x53, 0x60, 0x6B), RGBColor(0x1F, 0x56, 0x8A)
RULE = "D5D9DD"
_SIZES = {"Heading 1": 17, "Heading 2": 12, "Heading 3": 10.5}
_UNFIT = {code: None for code in range(32) if chr(code) not in "\t\n"} | {0xFFFE: None, 0xFFFF: None}


def as_docx(document: Document) -> bytes:
    """The document as a file for Word."""
    word = docx.Document()
    _set_up(word, document)
    if document.mark:
        _write(word.add_paragraph(style="Intense Quote"), (Run(document.mark, strong=True),), document)
    _write(word.add_paragraph(style="Quiet"), (Run(document.kicker),), document)
    word.add_heading(_clean(document.title), 1)
    for block in document.blocks:
        _add(word, block, document)
    file = BytesIO()
    word.save(file)
    return file.getvalue()


def _set_up(word: Word, document: Document) -> None:
    """Paper, styles, language, what stands at the head and the foot of each page."""
    word.core_properties.title = _clean(document.title)[:255]
    word.core_properties.language = document.language
    word.core_properties.created = word.core_properties.modified = datetime.now(UTC)
    word.core_properties.author = word.core_properties.comments = ""
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin, section.bottom_margin = Mm(18), Mm(18)
    section.header_distance = section.footer_distance = Mm(9)
    _styles(word, document.language)
    if document.mark:
        _write(section.header.paragraphs[0], (Run(document.mark, strong=True),), document)
    foot = section.footer.paragraphs[0]
    _write(foot, (Run(document.foot + "  ·  "),), document)
    _field(foot, "PAGE")
    foot.add_run(" / ")
    _field(foot, "NUMPAGES")
    for paragraph in (*section.header.paragraphs, foot):
        paragraph.style = word.styles["Quiet"]


def _styles(word: Word, language: str) -> None:
    normal: Any = word.styles["Normal"]
    _face(normal, 10, INK)
    normal.paragraph_format.space_after = Pt(4)
    normal.paragraph_format.line_spacing = 1.05
    for name, size in _SIZES.items():
        style: Any = word.styles[name]
        _face(style, size, INK)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(size * 0.7), Pt(3)
    quiet: Any = word.styles.add_style("Quiet", 1)
    quiet.base_style = normal
    _face(quiet, 9, SOFT)
    mark: Any = word.styles["Intense Quote"]
    _face(mark, 10, RGBColor(0x8F, 0x2D, 0x66))
    for name in ("List Bullet", "List Number"):
        bullets: Any = word.styles[name]
        bullets.paragraph_format.space_after = Pt(1)
    defaults = word.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(_element("w:lang", val=language))


def _face(style: Any, size: float, colour: RGBColor) -> None:
    style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:cs"), FONT)


def _add(word: Word, block: Block, document: Document) -> None:
    if isinstance(block, Heading):
        word.add_heading(_clean(block.text), block.level)
    elif isinstance(block, Paragraph):
        _write(word.add_paragraph(style="Quiet" if block.quiet else None), block.line, document)
    elif isinstance(block, Items):
        numbered = _numbering(word) if block.ordered else 0
        for item in block.lines:
            paragraph = word.add_paragraph(style="List Number" if block.ordered else "List Bullet")
            _write(paragraph, item, document)
            if numbered:
                paragraph.paragraph_format.element.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = numbered
    elif isinstance(block, Facts):
        for term, item in block.pairs:
            _write(word.add_paragraph(), (Run(f"{term}: ", strong=True), *item), document)
    elif isinstance(block, Picture):
        _picture(word, block)
    else:
        _table(word, block, document)


def _numbering(word: Word) -> int:
    """A list that counts from one, whatever was counted before."""
    style: Any = word.styles["List Number"]
    numbering = word.part.numbering_part.element
    kept = numbering.num_having_numId(style.element.pPr.numPr.numId.val).abstractNumId.val
    found = numbering.add_num(kept)
    found.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(found.numId)


def _picture(word: Word, picture: Picture) -> None:
    paragraph = word.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    shape = paragraph.add_run().add_picture(BytesIO(as_png(picture)), width=TEXT_WIDTH)
    shape._inline.docPr.set("descr", _clean(picture.alt))
    word.add_paragraph(_clean(picture.caption), style="Quiet")


def _table(word: Word, table: Table, document: Document) -> None:
    drawn = word.add_table(rows=1, cols=len(table.columns))
    drawn.alignment, drawn.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    _look(drawn, table.caption)
    for cell, name in zip(drawn.rows[0].cells, table.columns, strict=True):
        _write(cell.paragraphs[0], (Run(name, strong=True),), document)
    drawn.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader"))
    drawn.rows[0]._tr.get_or_add_trPr().append(_element("w:cantSplit"))
    for row in table.rows:
        written = drawn.add_row()
        written._tr.get_or_add_trPr().append(_element("w:cantSplit"))
        for cell, lines in zip(written.cells, row, strict=True):
            _fill(cell, lines, document)
    whole = sum(table.widths)
    for column, width in zip(drawn.columns, table.widths, strict=True):
        column.width = int(TEXT_WIDTH * width / whole)
    for row_ in drawn.rows:
        for cell, width in zip(row_.cells, table.widths, strict=True):
            cell.width = int(TEXT_WIDTH * width / whole)
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_after = Pt(1)
                for run in paragraph.runs:
                    run.font.size = Pt(9)
    after = word.add_paragraph(style="Quiet")
    if table.left:
        _write(after, table.left, document)


def _fill(cell: Any, lines: Cell, document: Document) -> None:
    for place, words in enumerate(lines or ((Run("–"),),)):
        _write(cell.paragraphs[0] if not place else cell.add_paragraph(), words, document)


def _look(drawn: WordTable, caption: str) -> None:
    """Thin rules between rows; the first row and the first column are headings; the caption as its description."""
    properties = drawn._tbl.tblPr
    borders = _element("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        borders.append(_element(f"w:{side}", val="single", sz="4", space="0", color=RULE))
    look = properties.find(qn("w:tblLook"))
    for old in [look] if look is not None else []:
        properties.remove(old)
    properties.find(qn("w:tblLayout")).addprevious(borders)  # the order of these is fixed
    flags = {"firstRow": "1", "lastRow": "0", "firstColumn": "1", "lastColumn": "0", "noHBand": "1", "noVBand": "1"}
    properties.append(_element("w:tblLook", val="06A0", **flags))
    properties.append(_element("w:tblCaption", val=_clean(caption)))


def _write(paragraph: WordParagraph, words: Line, document: Document) -> None:
    for run in words:
        where = document.absolute(run.address)
        if where:
            _link(paragraph, run, where)
        else:
            paragraph.add_run(_clean(run.text)).bold = run.strong or None


def _link(paragraph: WordParagraph, run: Run, address: str) -> None:
    relation = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    inner = paragraph.add_run(_clean(run.text))
    inner.bold, inner.font.color.rgb, inner.font.underline = run.strong or None, ACCENT, True
    link.append(inner._r)
    paragraph._p.append(link)


def _field(paragraph: WordParagraph, code: str) -> None:
    """A number that Word counts."""
    field = _element("w:fldSimple", instr=code)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _element(name: str, **values: str) -> Any:
    element = OxmlElement(name)
    for key, value in values.items():
        element.set(qn(f"w:{key}"), value)
    return element


def _clean(text: str) -> str:
    """Text without the signs that a file of this kind may not hold."""
    return text.translate(_UNFIT)
