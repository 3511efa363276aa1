"""A briefing says the same in every form, to every reader; what is put into it comes out as it was."""

import subprocess
import sys
from itertools import pairwise
from xml.etree import ElementTree

import pandas as pd
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.pictures.briefing.as_docx import as_docx
from explorer.pictures.briefing.as_html import as_html
from explorer.pictures.briefing.as_pdf import as_pdf
from explorer.pictures.briefing.document import (
    Document,
    Facts,
    Heading,
    Items,
    NotADocument,
    Paragraph,
    Picture,
    Run,
    Table,
    cut,
    line,
    narrowed,
    plain,
)
from explorer.pictures.briefing.drawings import Key, curve, mapped
from explorer.pictures.briefing.reading import blocks_of, line_of, lines_of
from explorer.pictures.html import Column, facts, items, join, link, sentence, table, tag
from explorer.pictures.html import Html as PageHtml
from explorer.pictures.maps import Flow, Place
from tests.briefing_forms import HOSTILE, SVG, Html, Pdf, Word, sample, squeezed

ROW = ((line("Ede"),), (line("2019"),))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_with_any_sign_comes_out_as_it_is_in_all_three_forms(name: str) -> None:
    document = sample(name)

    html, word, pdf = Html(as_html(document)), Word(as_docx(document)), Pdf(as_pdf(document))

    for form in (html, word, pdf):
        assert squeezed(f"Title {name}") in squeezed(form.words)
        assert squeezed(f"item {name}") in squeezed(form.words)
        assert squeezed(f"What {name}") in squeezed(form.words)
        assert squeezed(f"Caption {name}") in squeezed(form.words)
    assert word.file.core_properties.title == f"Title {name}"
    assert pdf.file.metadata is not None
    assert pdf.file.metadata.title == f"Title {name}"
    assert word.alts == pdf.alts == [f"Shows {name}"]
    assert [own["alt"] for _tag, own in html.all("img")] == [f"Shows {name}"]


@given(st.text(st.characters(min_codepoint=1, max_codepoint=0x17F), max_size=30))
@settings(deadline=None, max_examples=40)
def test_no_text_breaks_a_form(name: str) -> None:
    document = sample(name)

    assert b"</html>" in as_html(document)
    assert as_docx(document)[:2] == b"PK"
    assert as_pdf(document).startswith(b"%PDF")


def test_letters_that_no_font_has_leave_the_pdf_readable_without_the_claim() -> None:
    pdf = Pdf(as_pdf(sample("大阪")))

    assert not pdf.claims_the_standard
    assert "Answer" in pdf.words
    assert "/H1" in pdf.tags


def test_the_pdf_is_tagged_and_says_its_title_and_language() -> None:
    pdf = Pdf(as_pdf(sample(language="nl")))

    assert pdf.claims_the_standard
    assert pdf.root["/Lang"] == "nl"
    assert pdf.root["/MarkInfo"]["/Marked"]
    assert pdf.root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.levels == [1, 2, 3]
    assert pdf.tags.count("/TH") == 2
    assert pdf.tags.count("/TD") == 4
    assert pdf.tags.count("/THead") == 1


def test_the_word_file_marks_headings_header_rows_and_language() -> None:
    word = Word(as_docx(sample(language="nl", base="https://example.org/app/briefing")))

    assert word.levels == [1, 2, 3]
    assert word.header_rows == [True]
    assert word.file.core_properties.language == "nl"
    assert 'w:tblCaption w:val="Table Zwolle"' in word.xml
    assert {relation.target_ref for relation in word.file.part.rels.values() if relation.is_external} == {
        "https://example.org/app/region?id=zwolle"
    }
    inner = word.xml[word.xml.index("<w:tblPr>") : word.xml.index("</w:tblPr>")]
    order = [inner.index(f"<w:{name}") for name in ("tblW", "jc", "tblBorders", "tblLayout", "tblLook", "tblCaption")]
    assert order == sorted(order)


def test_numbered_lists_of_the_word_file_begin_at_one_each() -> None:
    twice = (Items((line("a"), line("b")), ordered=True), Items((line("c"),), ordered=True))
    word = Word(as_docx(Document("", "Title", "", twice, "", "en")))

    own = [item._p.find(f".//{qn('w:numId')}") for item in word.file.paragraphs if item.text in ("a", "b", "c")]
    first, second, third = [item.get(qn("w:val")) for item in own if item is not None]
    assert first == second != third


def test_the_page_to_print_is_whole_and_calls_nobody() -> None:
    content = as_html(sample(base="https://example.org/app/briefing"))
    html = Html(content)

    assert content.startswith(b'<!doctype html>\n<html lang="en">')
    assert html.levels == [1, 2, 3]
    assert [own["scope"] for _tag, own in html.all("th")] == ["col", "col", "row", "row"]
    assert "size: A4" in html.styles
    assert html.all("script", "link", "iframe") == []
    assert all(own["src"].startswith("data:") for _tag, own in html.all("img"))
    assert {own["href"] for _tag, own in html.all("a")} == {"https://example.org/app/region?id=zwolle"}


def test_where_the_address_of_the_app_is_unknown_names_stay_names() -> None:
    document = sample()

    assert Html(as_html(document)).all("a") == []
    assert "w:hyperlink" not in Word(as_docx(document)).xml
    assert "/Link" not in Pdf(as_pdf(document)).tags


def test_what_is_simulated_says_so_at_the_top_and_on_each_page() -> None:
    many = tuple(Paragraph(line(f"line {place}")) for place in range(150))
    document = Document("", "Title", "SIMULATED: no fact", many, "Foot", "en")

    word, pdf, html = Word(as_docx(document)), Pdf(as_pdf(document)), Html(as_html(document))

    assert len(pdf.pages) > 1
    assert all("SIMULATED: no fact" in page and "Foot" in page for page in pdf.pages)
    assert word.head == "SIMULATED: no fact"
    assert word.file.paragraphs[0].text == "SIMULATED: no fact"
    assert word.foot.startswith("Foot")
    assert html.words.index("SIMULATED") < html.words.index("line 0")
    assert '@top-left { content: "SIMULATED: no fact"' in html.styles


def test_words_at_the_foot_cannot_leave_the_style_sheet() -> None:
    html = Html(as_html(Document("", "Title", "", (), 'Data "of" </style><b>x</b> \\', "en")))

    assert html.all("b") == []
    assert html.styles.count("{") == html.styles.count("}")


@pytest.mark.parametrize(
    ("blocks", "why"),
    [
        ((Heading("Deep", 3),), "skips a level"),
        ((Heading("Deep", 4),), "skips a level"),
        ((Picture(SVG, " ", "", (1, 1)),), "says in words"),
    ],
)
def test_what_not_everybody_can_read_is_refused(blocks: tuple[Heading | Picture, ...], why: str) -> None:
    with pytest.raises(NotADocument, match=why):
        Document("", "Title", "", blocks, "", "en")


def test_a_table_with_a_hole_or_a_nameless_column_is_refused() -> None:
    with pytest.raises(NotADocument, match="not as wide"):
        Table("T", ("A", "B"), (ROW[:1],), (1, 1))
    with pytest.raises(NotADocument, match="without a heading"):
        Table("T", ("A", ""), (ROW,), (1, 1))


def test_a_document_without_title_or_language_is_refused() -> None:
    with pytest.raises(NotADocument):
        Document("", " ", "", (), "", "en")
    with pytest.raises(NotADocument):
        Document("", "Title", "", (), "", "")


def test_what_is_cut_says_how_much_was_left_out() -> None:
    rows = (ROW,) * 5

    shown = cut(Table("T", ("A", "B"), rows, (1, 1)), 3, lambda count: line(f"and {count} more"))
    listed = cut(Items(tuple(line(str(place)) for place in range(5))), 4, lambda count: line(f"and {count} more"))

    assert isinstance(shown, Table)
    assert isinstance(listed, Items)
    assert (len(shown.rows), plain(shown.left)) == (3, "and 2 more")
    assert [plain(item) for item in listed.lines] == ["0", "1", "2", "3", "and 1 more"]
    assert cut(shown, 3, lambda count: line(f"{count}")) is shown


def test_columns_are_chosen_by_their_headings_in_the_order_asked_for() -> None:
    found = narrowed(Table("T", ("A", "B"), (ROW,), (1, 1)), {"B": 3, "none": 9, "A": 1})

    assert (found.columns, found.widths, found.rows) == (("B", "A"), (3, 1), ((ROW[1], ROW[0]),))


@pytest.mark.parametrize("count", [0, 10, 40, 80, 120])
def test_the_length_told_is_never_less_than_the_pages_that_the_pdf_takes(count: int) -> None:
    row = ((line("A region with a long name, in a country"),), (line("long words " * 12), line("Consistent")))
    document = Document(
        "", "Title " * 20, "", (*sample().blocks, Table("T", ("A", "B"), (row,) * count, (1, 3))), "", "en"
    )

    assert len(Pdf(as_pdf(document)).pages) <= int(document.length()) + 1


def test_a_page_is_read_as_headings_paragraphs_lists_and_tables() -> None:
    rows = [{"a": link("Ede", "region?id=e"), "b": join([tag("div", "one"), tag("div", "two", class_="quiet")])}]
    page = join(
        [
            tag("h2", "Found & seen"),
            tag("p", sentence("By {who}, after", who=tag("b", "Ede <1>")), class_="quiet"),
            items([link("x", "region?id=x"), "y"]),
            table(rows, [Column("a", "Region"), Column("b", "What")], "Caption"),
            facts([("Term", "Value")]),
            tag("details", join([tag("summary", "More"), tag("p", "Hidden")])),
        ]
    )

    heading, quiet, listed, shown, known = blocks_of(page)

    assert heading == Heading("Found & seen")
    assert quiet == Paragraph((Run("By "), Run("Ede <1>", strong=True), Run(", after")), quiet=True)
    assert listed == Items(((Run("x", "region?id=x"),), line("y")))
    assert shown == Table(
        "Caption", ("Region", "What"), ((((Run("Ede", "region?id=e"),),), (line("one"), line("two"))),), (1.0, 1.0)
    )
    assert known == Facts((("Term", line("Value")),))
    assert blocks_of(page, folds=True)[-1] == Paragraph(line("More"))


def test_signs_whose_words_stand_beside_them_are_not_read() -> None:
    page = join(
        [tag("span", "──", class_="signs", aria_hidden="true"), " ", tag("span", "──", class_="sign"), " Stated"]
    )

    assert lines_of(page) == (line("Stated"),)
    assert line_of(join([tag("p", "one"), tag("p", "two")])) == line("one", "; ", "two")


def test_html_that_says_nothing_is_nothing() -> None:
    assert blocks_of(PageHtml("")) == ()
    assert blocks_of(PageHtml("<p> </p><ul></ul><div></div>")) == ()
    assert lines_of(PageHtml(" \n ")) == ()


def test_a_map_holds_its_legend_and_no_link() -> None:
    places = [Place("a", "A <&>", 52, 5, "#4477aa", "here", "region?id=a"), Place("b", "B", 53, 6, "#228833", "there")]
    legend = [Key("ring", "#000", "Where it began"), Key("line", "#228833", "Consistent <1>", "7 4")]

    found = mapped(places, [Flow("a", "b", "#228833", "7 4", "A to B")], legend, ("alt", "caption"))

    assert found is not None
    drawn = ElementTree.fromstring(found.svg)
    words = ["".join(item.itertext()) for item in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert {"Where it began", "Consistent <1>", "A <&>"} <= set(words)
    assert list(drawn.iter("{http://www.w3.org/2000/svg}a")) == []
    assert found.svg.count('stroke-dasharray="7 4"') == 2  # the line, and the legend's
    assert mapped([], [], legend, ("alt", "caption")) is None


def test_a_legend_with_many_entries_goes_on_in_the_next_row_and_stays_in_the_picture() -> None:
    place = [Place("a", "A", 52, 5, "#4477aa", "here")]
    short, long = (
        mapped(place, [], [Key("dot", "#000", "Took it over after a visit from above")] * count, ("alt", "caption"))
        for count in (1, 7)
    )

    assert short is not None
    assert long is not None
    assert long.size[1] > short.size[1]
    drawn = ElementTree.fromstring(long.svg)
    assert all(float(item.get("x", "0")) < long.size[0] for item in drawn.iter("{http://www.w3.org/2000/svg}text"))


def test_the_curve_rises_by_steps_to_its_last_number() -> None:
    found = curve(
        pd.DataFrame({"year": [2015, 2016, 2017], "new": [1, 0, 3], "total": [1, 1, 4]}),
        ("Regions", "New"),
        ("alt", "caption"),
    )

    drawn = ElementTree.fromstring(found.svg)
    words = ["".join(item.itertext()) for item in drawn.iter("{http://www.w3.org/2000/svg}text")]
    marks = [float(item.get("cy", "0")) for item in drawn.iter("{http://www.w3.org/2000/svg}circle")]
    assert words == ["Regions", "New", "0", "1", "2", "3", "4", "2015", "2016", "2017"]
    assert len(marks) == 2  # the years in which it rose
    assert all(later < before for before, later in pairwise(marks))


def test_the_writers_are_loaded_only_when_somebody_saves() -> None:
    asked = "import sys, explorer.pages; print([name for name in ('typst', 'docx') if name in sys.modules])"

    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)

    assert said.stdout.strip() == "[]"
