"""Files that are broken or made to do harm: each ends in a sentence, soon, in little memory, without a traceback."""

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from graph_loader.sources import read
from graph_loader.validate import examine
from graph_store.errors import WrongUse
from tests.spreadsheets import XLSX_MAIN, ods_cell, ods_sheet, write_ods, write_xlsx, xlsx_row

HEADER = xlsx_row(1, "id", "name", "kind")
LAUGHS = (
    '<!DOCTYPE w [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
MEGABYTE = 1 << 20


def sheet_xml(rows: str, before: str = "") -> dict[str, str | bytes]:
    """The part of a workbook that is its sheet."""
    content = f'{before}<worksheet xmlns="{XLSX_MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    return {"xl/worksheets/sheet1.xml": content}


def xlsx(rows: str, **parts: str | bytes) -> Callable[[Path], None]:
    return lambda folder: void(write_xlsx(folder / "themes.xlsx", rows, parts=parts))


def laughing(folder: Path) -> None:
    rows = f'{HEADER}<row r="2"><c t="inlineStr"><is><t>&i;</t></is></c></row>'
    write_xlsx(folder / "themes.xlsx", "", parts=sheet_xml(rows, LAUGHS))


def asking_for_a_file(folder: Path) -> None:
    rows = f'{HEADER}<row r="2"><c t="inlineStr"><is><t>&i;</t></is></c></row>'
    write_xlsx(
        folder / "themes.xlsx", "", parts=sheet_xml(rows, '<!DOCTYPE w [<!ENTITY i SYSTEM "file:///etc/passwd">]>')
    )


def bomb(folder: Path) -> None:
    """A sheet of 200 MB that is packed to 200 kB."""
    path = write_xlsx(folder / "themes.xlsx", HEADER, parts={"xl/worksheets/sheet1.xml": ""})
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist() if "sheet1" not in name}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)
        with book.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(200):
                part.write(b" " * MEGABYTE)


def lying_about_its_size(folder: Path) -> None:
    path = write_xlsx(folder / "themes.xlsx", HEADER * 1000)
    data = path.read_bytes()
    with zipfile.ZipFile(path) as book:
        real = book.getinfo("xl/worksheets/sheet1.xml").file_size
    path.write_bytes(data.replace(real.to_bytes(4, "little"), (100).to_bytes(4, "little")))


def many_parts(folder: Path) -> None:
    with zipfile.ZipFile(folder / "themes.xlsx", "w") as book:
        for number in range(10_001):
            book.writestr(f"xl/{number}", b"")


def locked_part(folder: Path) -> None:
    path = write_xlsx(folder / "themes.xlsx", HEADER)
    data = bytearray(path.read_bytes())
    entry = data.find(b"PK\x01\x02")
    data[entry + 8] |= 1
    path.write_bytes(bytes(data))


def part_leading_out(folder: Path) -> None:
    write_xlsx(folder / "themes.xlsx", HEADER, parts={"../../evil.xml": "<a/>"})


def part_twice(folder: Path) -> None:
    path = write_xlsx(folder / "themes.xlsx", HEADER)
    with zipfile.ZipFile(path, "a") as book, pytest.warns(UserWarning, match="Duplicate"):
        book.writestr("xl/workbook.xml", "<workbook/>")


def large_ods_cell(folder: Path) -> None:
    write_ods(folder / "themes.ods", ods_sheet("themes", [["id", "name", "kind"], ["a" * 10 * MEGABYTE]]))


def wide_ods_row(folder: Path) -> None:
    cell = ods_cell("x").replace("<table:table-cell", '<table:table-cell table:number-columns-repeated="2000000000"')
    write_ods(folder / "themes.ods", ods_sheet("themes", [["id", "name", "kind"], [cell]]))


def endless_ods_rows(folder: Path) -> None:
    row = '<table:table-row table:number-rows-repeated="19999999">' + ods_cell("x") + "</table:table-row>"
    write_ods(folder / "themes.ods", ods_sheet("themes", [["id", "name", "kind"], row]))


def many_ods_sheets(folder: Path) -> None:
    write_ods(folder / "themes.ods", '<table:table table:name="x"/>' * 100_000)


def many_xlsx_sheets(folder: Path) -> None:
    path = write_xlsx(folder / "themes.xlsx", HEADER)
    with zipfile.ZipFile(path) as book:
        content = book.read("xl/workbook.xml")
    start, end = content.index(b"<sheet "), content.index(b"</sheets>")
    sheets = content[:start] + content[start:end] * 100_000 + content[end:]
    write_xlsx(path, HEADER, parts={"xl/workbook.xml": sheets})


def file(name: str, content: bytes) -> Callable[[Path], None]:
    return lambda folder: void((folder / name).write_bytes(content))


def folder_called_a_file(folder: Path) -> None:
    (folder / "themes.csv").mkdir()


def pipe(folder: Path) -> None:
    os.mkfifo(folder / "themes.csv")


def loop_of_links(folder: Path) -> None:
    (folder / "themes.csv").symlink_to("themes.csv")


def link_out(folder: Path) -> None:
    (folder / "themes.csv").symlink_to("/dev/zero")


def void(_written: object) -> None:
    """Nothing comes back from what writes a file."""


HOSTILE: dict[str, tuple[Callable[[Path], None], str]] = {
    "billion laughs": (laughing, "unsafe_file"),
    "an external entity": (asking_for_a_file, "unsafe_file"),
    "a bomb": (bomb, "too_large"),
    "a size that lies": (lying_about_its_size, "unreadable_file"),
    "too many parts": (many_parts, "too_large"),
    "a locked part": (locked_part, "locked_file"),
    "a path that leads out": (part_leading_out, "unsafe_file"),
    "a part that is there twice": (part_twice, "unsafe_file"),
    "a cell of 10 MB": (xlsx(HEADER + xlsx_row(2, "a" * 10 * MEGABYTE)), "too_large"),
    "a row beyond the last": (xlsx(HEADER + xlsx_row(1_048_577, "a")), "too_large"),
    "a row number with many digits": (xlsx(f'{HEADER}<row r="{"9" * 5000}"/>'), "too_large"),
    "a column beyond the last": (xlsx(f'{HEADER}<row r="2"><c r="XFE2"><v>1</v></c></row>'), "too_large"),
    "a cell far to the right": (xlsx(f'{HEADER}<row r="2"><c r="XFD2"><v>1</v></c></row>'), "too_large"),
    "a column that is no letter": (xlsx(f'{HEADER}<row r="2"><c r="é2"><v>1</v></c></row>'), "too_large"),
    "elements deep in each other": (xlsx("<a>" * 1_000_000), "unsafe_file"),
    "a tag without end": (xlsx(f'<row x="{"a" * 10 * MEGABYTE}"/>'), "unsafe_file"),
    "a large cell of LibreOffice": (large_ods_cell, "too_large"),
    "a cell repeated too often": (wide_ods_row, "too_large"),
    "a row repeated too often": (endless_ods_rows, "too_large"),
    "too many sheets of LibreOffice": (many_ods_sheets, "too_large"),
    "too many sheets": (many_xlsx_sheets, "too_large"),
    "a line without end": (file("themes.csv", b"id,name,kind\n" + b"a" * 60 * MEGABYTE), "too_large"),
    "a quoted cell without end": (file("themes.csv", b'id,name,kind\n"' + b"a\n" * 30 * MEGABYTE), "too_large"),
    "a line of delimiters": (file("themes.csv", b"id,name,kind\n" + b"," * 900_000 + b"a"), "too_large"),
    "empty lines without end": (file("themes.csv", b"id,name,kind\n" + b"\n" * 3 * MEGABYTE), "too_large"),
    "bytes that are no text": (file("themes.csv", bytes(range(256)) * 100), "unreadable_file"),
    "an empty CSV file": (file("themes.csv", b""), "empty_file"),
    "an empty workbook": (file("themes.xlsx", b""), "empty_file"),
    "an empty spreadsheet of LibreOffice": (file("themes.ods", b""), "empty_file"),
    "another file with the name of a workbook": (file("themes.xlsx", b"id,name\n"), "unreadable_file"),
    "an old workbook with a new name": (
        file("themes.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5000),
        "unreadable_file",
    ),
    "a folder with the name of a file": (folder_called_a_file, "unreadable_file"),
    "a pipe": (pipe, "unreadable_file"),
    "a link to itself": (loop_of_links, "unreadable_file"),
    "a link to a device": (link_out, "leads_out"),
}

# The peak that the system tells of a process; that of `resource` may be the one of whoever started it.
READER = """
import json, re, sys
from pathlib import Path
from graph_loader.sources import read
def peak():
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024
read([Path(sys.argv[1])])
before = peak()
found = {}
for folder in map(Path, sys.argv[2:]):
    found[folder.name] = ([fault.code for fault in read([folder]).faults], round(peak() - before))
print(json.dumps(found))
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of memory is told by Linux only")
def test_hostile_files_end_in_a_sentence_and_take_little_memory(tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / "themes.csv").write_text("id,name,kind\n")
    write_xlsx(tmp_path / "plain" / "themes.xlsx", HEADER)
    for name, (write, _code) in HOSTILE.items():
        (tmp_path / name).mkdir()
        write(tmp_path / name)

    ended = subprocess.run(
        [sys.executable, "-c", READER, tmp_path / "plain", *(tmp_path / name for name in HOSTILE)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert not ended.stderr
    found = json.loads(ended.stdout)
    assert {name: codes for name, (codes, _) in found.items()} == {name: [code] for name, (_, code) in HOSTILE.items()}
    assert max(megabytes for _, megabytes in found.values()) < 60, found


@pytest.mark.parametrize("share", [place / 20 for place in range(20)])
@pytest.mark.parametrize("suffix", [".xlsx", ".ods"])
def test_a_workbook_that_was_cut_off_is_told(tmp_path: Path, suffix: str, share: float) -> None:
    path = tmp_path / f"themes{suffix}"
    if suffix == ".xlsx":
        write_xlsx(path, HEADER)
    else:
        write_ods(path, ods_sheet("themes", [["id", "name", "kind"]]))
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])

    (fault,) = read([path]).faults

    assert fault.code == ("unreadable_file" if share else "empty_file")
    assert str(fault)


def test_the_size_that_a_sheet_says_it_has_plays_no_part(tmp_path: Path) -> None:
    content = f'<worksheet xmlns="{XLSX_MAIN}"><dimension ref="A1:A1"/><sheetData>{HEADER}</sheetData></worksheet>'
    path = write_xlsx(tmp_path / "themes.xlsx", "", parts={"xl/worksheets/sheet1.xml": content})

    assert read([path]).tables[0].header == ("id", "name", "kind")


def test_links_to_other_workbooks_are_left_alone_and_said(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "themes.xlsx", HEADER)
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    links = parts["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="rId9" Type="x/externalLink" Target="externalLinks/externalLink1.xml"/></Relationships>',
    )
    write_xlsx(path, HEADER, parts={**parts, "xl/_rels/workbook.xml.rels": links})

    assert [note.sentence for note in read([path]).notes] == ["links to other workbooks are left alone"]


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\x07", "\ud800", "\x9b"])
def test_a_character_that_a_terminal_would_obey_is_a_fault_and_not_shown(tmp_path: Path, character: str) -> None:
    escaped = f"_x{ord(character):04X}_"
    path = write_xlsx(tmp_path / "themes.xlsx", HEADER + xlsx_row(2, "a", f"one{escaped}[2Jtwo", "focus"))

    (fault,) = examine(read([path]), data_set="test").faults

    assert fault.code == "strange_character"
    assert character not in str(fault)


@pytest.mark.parametrize("name", ["the\nmes.csv", "\x1b[2Jthemes.csv", os.fsdecode(b"th\xffemes.csv")])
def test_the_name_of_a_file_is_shown_on_one_line(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("id,name,kind\n")

    reading = read([tmp_path])

    said = [*reading.files, *(str(note) for note in reading.notes), *map(str, examine(reading, data_set="x").faults)]
    assert all(text.isprintable() for text in said)
    "".join(said).encode()


def test_a_pipe_that_is_asked_for_by_its_name_is_told(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "themes.csv")

    (fault,) = read([tmp_path / "themes.csv"]).faults

    assert str(fault).startswith("themes.csv: the file cannot be read: it is a pipe or a device, no file")


def test_a_link_that_leads_nowhere_is_wrong_use(tmp_path: Path) -> None:
    (tmp_path / "themes.csv").symlink_to("nowhere.csv")

    with pytest.raises(WrongUse):
        read([tmp_path / "themes.csv"])
