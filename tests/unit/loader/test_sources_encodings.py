"""CSV files: their encoding and delimiter are found, and said."""

from pathlib import Path

import pytest

from graph_loader.sources import Reading, read
from graph_loader.validate import examine

TEXT = "id,name,kind\nwork,Büro für alle,priority\ncafe,Café Coöperatie – één,focus\n"


def reading_of(folder: Path, content: bytes) -> Reading:
    (folder / "themes.csv").write_bytes(content)
    return read([folder])


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("utf-32", "UTF-32"),
        ("cp1252", "Windows-1252"),
        ("cp850", "DOS (code page 850)"),
        ("mac-roman", "Mac Roman"),
    ],
)
def test_the_encoding_is_found_and_said(tmp_path: Path, encoding: str, name: str) -> None:
    text = TEXT.replace(" –", ",") if encoding == "cp850" else TEXT

    reading = reading_of(tmp_path, text.encode(encoding))

    assert reading.tables[0].rows[0].cells == ("work", "Büro für alle", "priority")
    assert [str(note) for note in reading.notes] == [f"themes.csv: {name}, cells parted by comma"]


@pytest.mark.parametrize(
    ("delimiter", "name"), [(",", "comma"), (";", "semicolon"), ("\t", "tab"), ("|", "vertical bar")]
)
def test_the_delimiter_is_found_and_said_even_below_a_title_with_commas(
    tmp_path: Path, delimiter: str, name: str
) -> None:
    title = "Themes; as agreed, in March, with all of us\n\n"

    reading = reading_of(tmp_path, (title + TEXT.replace(",", delimiter)).encode())

    assert reading.tables[0].header == ("id", "name", "kind")
    assert f"cells parted by {name}" in str(reading.notes[0])
    assert "the header is taken from row 3" in str(reading.notes[1])


def test_plain_letters_without_any_mark_are_utf_8(tmp_path: Path) -> None:
    assert "UTF-8" in str(reading_of(tmp_path, b"id,name,kind\n").notes[0])


def test_a_single_byte_that_may_be_a_letter_of_two_code_pages_is_that_of_windows(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, "id,name,kind\na,schön,focus\n".encode("cp1252"))

    assert "Windows-1252" in str(reading.notes[0])


def test_a_few_bad_bytes_among_good_ones_are_lost_and_told(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, TEXT.encode() + b"bad,Br\xfccke,focus\n")
    found = examine(reading, data_set="test")

    assert "UTF-8" in str(reading.notes[0])
    assert reading.tables[0].rows[0].cells[1] == "Büro für alle"
    assert ("lost_characters", 4) in {(fault.code, fault.row) for fault in (*found.faults, *found.doubts)}


def test_half_of_a_file_of_utf_16_is_no_text(tmp_path: Path) -> None:
    (fault,) = reading_of(tmp_path, TEXT.encode("utf-16")[:-1]).faults

    assert (fault.code, fault.sentence) == ("unreadable_file", "the file cannot be read: it is no text")


def test_rows_after_one_of_several_lines_keep_their_numbers(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, b'id,name,kind\na,"two\nlines",focus\nb,"5"" wide",focus\nc,5" wide,focus')

    assert [row.number for row in reading.tables[0].rows] == [2, 4, 5]
    assert not reading.faults
