"""What a briefing holds in each form, read back with the readers of others."""

import io
import re
import zipfile
from html.parser import HTMLParser
from typing import Any

import docx
from docx.oxml.ns import qn
from pypdf import PdfReader

from explorer.pictures.briefing.document import (
    Document,
    Facts,
    Heading,
    Items,
    Paragraph,
    Picture,
    Run,
    Table,
    line,
)

HOSTILE = (
    "Zwolle #let x = 1",
    "*strong* _soft_ `code` ~",
    "$x^2$ @label <tag> </p>",
    "\"quoted\" 'twice' \\ \\n // /* */",
    "#[content] #sys.inputs [link](x)",
    "{count} %s & &amp; --- ...",
    "Łódź Győr Αθήνα ąčęėįšųūž řčž ß",
    "=1+1 + - . 1) a",
)
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 60" width="680" height="60">'
    '<rect width="680" height="60" fill="#e9eff4"/><text x="9" y="20" font-size="11">Ħal Għaxaq</text></svg>'
)


def sample(name: str = "Zwolle", *, mark: str = "", base: str = "", language: str = "en") -> Document:
    """A document with one of each kind of block, each with a name in it."""
    linked = Run(name, "region?id=zwolle")
    row = ((line(linked),), (line("1"), line(Run(name, strong=True))))
    blocks = (
        Paragraph(line("Answer: ", linked, ".")),
        Heading(f"Part {name}"),
        Items((line(f"item {name}"), line("other"))),
        Heading("Below", 3),
        Items((line("first"), line("second")), ordered=True),
        Facts(((f"term {name}", line("value ", linked)),)),
        Picture(SVG, f"Shows {name}", f"Caption {name}", (680, 60)),
        Table(f"Table {name}", ("Region", f"What {name}"), (row, row), (1, 2), line("and 3 more: ", linked)),
        Paragraph(line(f"quiet {name}"), quiet=True),
    )
    return Document("Kicker", f"Title {name}", mark, blocks, f"Foot {name}", language, base)


class Html(HTMLParser):
    """Elements of an HTML page in order, and its text."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self.styles = ""
        self._open: list[str] = []
        self.feed(content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {key: value or "" for key, value in attrs}))
        if tag not in ("meta", "img", "col"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "style":
            self.styles += data
        else:
            self.words += data

    def all(self, *tags: str) -> list[tuple[str, dict[str, str]]]:
        """Elements of these names."""
        return [item for item in self.found if item[0] in tags]

    @property
    def levels(self) -> list[int]:
        """Levels of its headings, in order."""
        return [int(tag[1]) for tag, _own in self.all("h1", "h2", "h3", "h4")]


class Word:
    """What a Word file holds."""

    def __init__(self, content: bytes) -> None:
        self.file = docx.Document(io.BytesIO(content))
        self.xml = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
        self.words = "".join(self.file.element.body.itertext())

    @property
    def levels(self) -> list[int]:
        """Levels of its headings, in order."""
        names = [str(item.style.name) for item in self.file.paragraphs if item.style is not None]
        return [int(name.removeprefix("Heading ")) for name in names if name.startswith("Heading ")]

    @property
    def alts(self) -> list[str]:
        """What its pictures say."""
        return [str(shape._inline.docPr.get("descr")) for shape in self.file.inline_shapes]

    @property
    def header_rows(self) -> list[bool]:
        """Whether each table has its first row, and no other, marked as a heading."""
        marked = [[row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows]
                  for table in self.file.tables]  # fmt: skip
        return [rows[0] and not any(rows[1:]) for rows in marked]

    @property
    def head(self) -> str:
        """What stands at the head of each page."""
        return "".join(item.text for item in self.file.sections[0].header.paragraphs)

    @property
    def foot(self) -> str:
        """What stands at the foot of each page."""
        return "".join(item.text for item in self.file.sections[0].footer.paragraphs)


class Pdf:
    """What a PDF holds, with its tags."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.file = PdfReader(io.BytesIO(content))
        trailer: Any = self.file.trailer
        self.root = trailer["/Root"]
        self.pages = [page.extract_text() for page in self.file.pages]
        self.words = "\n".join(self.pages)
        self.tags: list[str] = []
        self.alts: list[str] = []
        self._walk(self.root["/StructTreeRoot"])

    @property
    def levels(self) -> list[int]:
        """Levels of its headings, in order."""
        return [int(tag[2:]) for tag in self.tags if re.fullmatch(r"/H[1-6]", tag)]

    @property
    def claims_the_standard(self) -> bool:
        """Whether its metadata say that it is accessible by PDF/UA-1."""
        return b"pdfuaid:part" in self.root["/Metadata"].get_data()

    def _walk(self, node: Any) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for part in node:
                self._walk(part)
        elif hasattr(node, "get"):
            if "/S" in node:
                self.tags.append(str(node["/S"]))
                self.alts += [str(node["/Alt"])] if "/Alt" in node else []
            if "/K" in node:
                self._walk(node["/K"])


def squeezed(text: str) -> str:
    """Text without spaces and hyphens at the ends of lines, as it is the same in each form."""
    return re.sub(r"\s+", "", text.replace("-\n", ""))
