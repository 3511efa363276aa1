"""Whatever cannot be read is a fault with its sentence; nothing else is told that follows from it alone."""

from pathlib import Path

import pytest
from loader_examples import NL_AND_ZEELAND
from typer.testing import CliRunner

from graph_loader.cli import app
from graph_loader.sources import read
from graph_loader.validate import examine
from graph_store.errors import WrongUse

PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
PAGE = b"<!DOCTYPE html><html><table><tr><td>id</td></tr></table></html>"
OTHER = "it is {}, and no table can be read from it"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("book.xlsm", b"x", "it is a workbook with macros, which is not opened"),
        ("empty.xlsx", b"", "there is nothing in it"),
        ("empty.ods", b"", "there is nothing in it"),
        ("empty.csv", b"", "there is nothing in it"),
        ("some.pdf", PDF, OTHER.format("a PDF document")),
        ("some.xlsx", PDF, OTHER.format("a PDF document")),
        ("some.csv", PDF, OTHER.format("a PDF document")),
        ("photo.png", PICTURE, OTHER.format("a picture")),
        ("photo.csv", PICTURE, OTHER.format("a picture")),
        ("page.xlsx", PAGE, OTHER.format("a web page")),
        ("letter.docx", b"PK\x03\x04", OTHER.format("a text document")),
        ("program.exe", b"MZ", OTHER.format("a file of another kind")),
        ("old.xls", b"\xd0\xcf\x11\xe0", "the file cannot be read: files ending in .xls are not read"),
        ("broken.xlsx", b"PK\x03\x04broken", "the file cannot be read: it is no workbook"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_fault_and_nothing_else(
    tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    (tmp_path / name).write_bytes(content)

    found = examine(read([tmp_path / name]))

    assert [(fault.file, fault.sentence) for fault in found.faults] == [(name, sentence)]
    assert found.doubts == ()


@pytest.mark.parametrize("name", ["some.pdf", "folder"])
def test_the_command_ends_as_with_any_fault(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "some.pdf").write_bytes(PDF)

    ran = CliRunner().invoke(app, ["check", "--alone", str(tmp_path / name)])

    assert ran.exit_code == 1
    assert ran.output.startswith("No rows could be read.\n\n1 fault, to be mended before a load:\n")
    assert ran.output.endswith("Nothing has been loaded.\n")


def test_a_path_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(WrongUse):
        read([tmp_path, tmp_path / "nowhere.xlsx"])


def test_what_a_workbook_may_hold_that_cannot_be_read_is_not_missed(tmp_path: Path) -> None:
    (tmp_path / "network.xlsx").write_bytes(b"PK\x03\x04broken")
    (tmp_path / "plans.csv").write_text("id,name,year,region\np,Plan,2024,gld\n")
    (tmp_path / "themes.csv").write_text("id,name,kind,part_of\nwork,Work,focus,nothing\n")

    found = examine(read([tmp_path]), (), "test")

    assert [(fault.file, fault.code) for fault in found.faults] == [
        ("network.xlsx", "unreadable_file"),
        ("themes.csv", "no_such_row"),
    ]


def test_regions_that_are_there_serve_to_show_that_nothing_else_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "regions.csv").write_text("\n".join(line.strip() for line in NL_AND_ZEELAND.strip().splitlines()))

    assert examine(read([tmp_path / "regions.csv"]), (), "test").faults == ()
