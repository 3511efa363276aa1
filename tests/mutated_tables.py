"""A small data set as a workbook, a spreadsheet of LibreOffice or a folder of CSV files, changed by chance.

A number always gives the same change. Some changes are what stewards do, some
what a broken disk does, some what nobody should do.
"""

import csv
import io
import random
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl

from tests.spreadsheets import ods_sheet, write_ods

Rows = list[list[object]]
Tables = dict[str, Rows]

TABLES = """
data_set: id,name,kind | mutated,Mutated tables,recorded
sources: id,name,published,url | s1,Minutes,2024-03-12,https://example.org/m.pdf | s2,Plan,2023,
regions: id,name,kind,country,latitude,longitude,part_of,source | nl,Netherlands,country,NL,52.2,5.3,,s1
 | gld,Gelderland,province,NL,52.06,5.94,nl,s1 | zld,Zeeland,province,NL,,,nl,s2 | arn,Arnhem,city,NL,51.98,5.91,gld,
organisations: id,name,kind,region,aliases,note | gem,Gemeente Arnhem,municipality,arn,Arnhem;De stad,
 | uwv,UWV Gelderland,public employment service,gld,,"near, the station" | vno,VNO Zeeland,employers association,zld,,
themes: id,name,kind,part_of | work,Work for all,priority, | young,Büro für alle,focus,work
approaches: id,name,started,origin,source | desk,One desk,2016,gld,s1
elements: id,name | coach,A coach | bus,A bus
projects: id,name,started,ended,budget_eur,region,approach | p1,First project,2022-09,2024,250000,gld;zld,desk
 | p2,Second project,2023,,1250.5,zld,
visits: id,name,on,kind,format | v1,Visit to Arnhem,2024-03-12,work visit,on site
 | v2,Practice day,2024-05,practice day,
adoptions: id,on,stage,region,approach,credited_to,kept | a1,2024-06,partial,zld,desk,v1,the desk
participations: organisation,project,role,since,budget_eur | gem,p1,lead,2022-09,50000 | uwv,p1,partner,,
 | vno,p2,lead,2023,
attendances: attendee,visit,delegates,outcome | zld,v1,4,taken over | vno,v2,2,none
hosts: host,visit | gem,v1 | uwv,v2
visit_subjects: visit,subject | v1,desk | v2,p1
approach_elements: approach,element | desk,coach | desk,bus
adoption_elements: adoption,element,fate,how | a1,coach,kept,as it was | a1,bus,dropped,
"""
TYPED = re.compile(r"\d{1,7}(\.\d+)?")
STRANGE: tuple[object, ...] = (
    *("", " ", "x" * 40_000, "=1+1", '=HYPERLINK("http://x")', "#REF!", "\x07bell", "\ufffd", "a;b;;c", '"', "'"),
    *(
        "1.250",
        "1,5",
        "-1",
        "1e400",
        "nan",
        "2019-13",
        "31-12-2019",
        "2019",
        "NL",
        "\u202eevil",
        "🙂",
        "İ",
        "jan.de.vries@example.org",
    ),
    *(
        -1,
        0,
        3.5,
        1e300,
        True,
        False,
        None,
        date(2024, 2, 29),
        datetime(1899, 12, 31, 23, 59),
        "line\nbreak",
        "example: x",
    ),
)
HEADINGS = (
    "naam",
    "Name",
    "id",
    "",
    "_own",
    "Soort",
    "source",
    "note",
    "knid",
    "Region",
    "x" * 300,
    "kind",
    "budget (EUR)",
)
SHEETS = ("Regio's", "Besuche", "themes", "unknown", "_notes", "Read me", "projects 2024", "Sheet1", "deelnames")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "cp850", "mac-roman", "utf-32")
FORMATS = ("xlsx", "ods", "csv")


def plain_tables() -> Tables:
    """The data set without any change; what looks like a number is one."""
    found: Tables = {}
    for line in TABLES.strip().replace("\n |", " |").splitlines():
        name, _, said = line.partition(": ")
        header, *rows = next(csv.reader([said.split(" | ")[0]])), *said.split(" | ")[1:]
        found[name] = [list(header), *([_typed(cell) for cell in next(csv.reader([row.strip()]))] for row in rows)]
    return found


def write_mutated(folder: Path, number: int) -> Path:
    """The data set with one to four changes, in the format whose turn it is."""
    chance = random.Random(number)
    tables = plain_tables()
    format_ = FORMATS[number % len(FORMATS)]
    hidden: set[str] = set()
    for _ in range(chance.choice((0, 1, 1, 1, 2, 3))):
        chance.choice(CHANGES)(tables, chance)
    if chance.random() < 0.1 and tables:
        hidden.add(chance.choice(list(tables)))
    path = WRITERS[format_](folder, tables, hidden, chance)
    if chance.random() < 0.4:
        _damage(path, chance)
    return path


def _typed(cell: str) -> object:
    return (float(cell) if "." in cell else int(cell)) if TYPED.fullmatch(cell) else cell


def _table(tables: Tables, chance: random.Random) -> Rows:
    return tables[chance.choice(list(tables))] if tables else []


def _rename_heading(tables: Tables, chance: random.Random) -> None:
    for header in _table(tables, chance)[:1]:
        header[chance.randrange(len(header))] = chance.choice(HEADINGS)


def _add_column(tables: Tables, chance: random.Random) -> None:
    for place, row in enumerate(_table(tables, chance)):
        row.append(chance.choice(STRANGE) if place else chance.choice(HEADINGS))


def _drop_column(tables: Tables, chance: random.Random) -> None:
    rows = _table(tables, chance)
    place = chance.randrange(len(rows[0])) if rows else 0
    for row in rows:
        del row[place : place + 1]


def _shuffle_columns(tables: Tables, chance: random.Random) -> None:
    rows = _table(tables, chance)
    order = chance.sample(range(len(rows[0])), len(rows[0])) if rows else []
    for row in rows:
        row[:] = [row[place] if place < len(row) else None for place in order]


def _shuffle_rows(tables: Tables, chance: random.Random) -> None:
    rows = _table(tables, chance)
    rows[1:] = chance.sample(rows[1:], len(rows[1:]))


def _strange_cell(tables: Tables, chance: random.Random) -> None:
    rows = _table(tables, chance)
    row = chance.choice(rows) if rows else []
    if row:
        row[chance.randrange(len(row))] = chance.choice(STRANGE)


def _swap_ids(tables: Tables, chance: random.Random) -> None:
    one, other = _table(tables, chance), _table(tables, chance)
    if len(one) > 1 and len(other) > 1 and one[1] and other[-1]:
        one[1][0], other[-1][0] = other[-1][0], one[1][0]


def _repeat_row(tables: Tables, chance: random.Random) -> None:
    rows = _table(tables, chance)
    if rows:
        rows.insert(chance.randrange(len(rows)), list(chance.choice(rows)))


def _empty_rows(tables: Tables, chance: random.Random) -> None:
    rows = _table(tables, chance)
    rows[chance.randrange(len(rows) + 1) : 0] = [[] for _ in range(chance.randrange(1, 4))]


def _title_and_notes(tables: Tables, chance: random.Random) -> None:
    rows = _table(tables, chance)
    rows.insert(0, ["An overview of all that we know"])
    rows += [[], ["* what these rows mean"]]


def _rename_table(tables: Tables, chance: random.Random) -> None:
    if tables:
        rows = tables.pop(chance.choice(list(tables)))
        tables.setdefault(chance.choice(SHEETS), rows)


def _drop_table(tables: Tables, chance: random.Random) -> None:
    if tables:
        del tables[chance.choice(list(tables))]


def _drop_rows(tables: Tables, chance: random.Random) -> None:
    rows = _table(tables, chance)
    del rows[chance.randrange(len(rows) + 1) :]


CHANGES: tuple[Callable[[Tables, random.Random], None], ...] = (
    *(_rename_heading, _add_column, _drop_column, _shuffle_columns, _shuffle_rows, _strange_cell, _strange_cell),
    *(_swap_ids, _repeat_row, _empty_rows, _title_and_notes, _rename_table, _drop_table, _drop_rows),
)


def _write_xlsx(folder: Path, tables: Tables, hidden: set[str], chance: random.Random) -> Path:
    book = openpyxl.Workbook()
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([_for_openpyxl(cell) for cell in row])
        sheet.sheet_state = "hidden" if name in hidden else "visible"
        if chance.random() < 0.01 and rows:
            sheet.merge_cells(start_row=1, start_column=1, end_row=chance.randrange(1, 3), end_column=2)
    if len(book.worksheets) > 1:
        book.remove(book.worksheets[0])
    book.active = next((place for place, sheet in enumerate(book.worksheets) if sheet.sheet_state == "visible"), 0)
    book.save(folder / "book.xlsx")
    return folder / "book.xlsx"


def _for_openpyxl(cell: object) -> object:
    if isinstance(cell, str):
        return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "_x0007_", cell)[:32_767]
    return cell


def _write_ods(folder: Path, tables: Tables, hidden: set[str], _chance: random.Random) -> Path:
    plain = {
        name: [[re.sub(r"[\x00-\x08]", "", cell) if isinstance(cell, str) else cell for cell in row] for row in rows]
        for name, rows in tables.items()
    }
    return write_ods(folder / "book.ods", *(ods_sheet(name, rows, name in hidden) for name, rows in plain.items()))


def _write_csv(folder: Path, tables: Tables, _hidden: set[str], chance: random.Random) -> Path:
    for name, rows in tables.items():
        text = io.StringIO()
        delimiter = chance.choice(",,,;\t|")
        csv.writer(text, delimiter=delimiter, lineterminator=chance.choice(("\n", "\r\n", "\r"))).writerows(rows)
        encoding = chance.choice(ENCODINGS) if chance.random() < 0.3 else "utf-8"
        (folder / f"{name}.csv").write_bytes(text.getvalue().encode(encoding, "replace"))
    if not tables:
        (folder / "themes.csv").write_bytes(b"")
    return folder


WRITERS = {"xlsx": _write_xlsx, "ods": _write_ods, "csv": _write_csv}


def _damage(path: Path, chance: random.Random) -> None:
    """Change bytes: of a part within a zip, or of the file as it lies on the disk."""
    file = chance.choice(sorted(path.iterdir())) if path.is_dir() else path
    within = not path.is_dir() and chance.random() < 0.75
    if not within:
        file.write_bytes(_damaged(file.read_bytes(), chance))
        return
    with zipfile.ZipFile(file) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    name = chance.choice([part for part in parts if part.endswith((".xml", ".rels"))])
    if chance.random() < 0.1:
        del parts[name]
    else:
        parts[name] = _damaged(parts[name], chance)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        for part, content in parts.items():
            book.writestr(part, content)


def _damaged(data: bytes, chance: random.Random) -> bytes:
    if not data:
        return bytes(chance.randrange(256) for _ in range(chance.randrange(20)))
    at = chance.randrange(len(data))
    how = chance.randrange(6)
    if how == 0:
        return data[:at]
    if how == 1:
        return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
    if how == 2:
        return data[:at] + data[at : at + 40] * chance.randrange(2, 50) + data[at + 40 :]
    if how == 3:
        return data[:at] + data[at + chance.randrange(1, 60) :]
    if how == 4:
        # A number or a word in the place of another, so that the XML stays whole.
        words = re.findall(rb'"[^"<>]*"', data) or [b'"1"']
        return data.replace(chance.choice(words), chance.choice([*words, b'"-1"', b'"99999999999"', b'"s"', b'""']), 1)
    return (
        data[:at]
        + chance.choice((b"\x00", b'"', b"\r", b";", b"\xff\xfe", b"&a;", b"<![CDATA[", b"]]>", b"<"))
        + data[at:]
    )
