"""Read CSV files, as Excel, LibreOffice or an editor writes them, into raw tables."""

import csv
import io
import re
from pathlib import Path

from ..faults import Fault, fault
from ..rows import Place, RawRow, RawTable
from .text import cleaned, table_name, trimmed

SUFFIXES = (".csv", ".tsv")
_DELIMITERS = (",", ";", "\t")
_HINT = re.compile(r'"?sep=([,;\t])"?\r?\n')
# A cell may be as long as the file; the check on text that is too long has the say, with a row number.
_FIELD_LIMIT = 2**31 - 1


def read_csv(path: Path) -> tuple[list[RawTable], list[Fault]]:
    """The table that one CSV file holds, named after the file.

    Takes UTF-8 with or without byte-order mark, UTF-16 with one, and the old
    Windows code page 1252; commas, semicolons or tabs; any line end.

    Returns
    -------
    tuple
        The table (none when the file is empty or cannot be read) and what is wrong with the file.
    """
    place = Place(path.name)
    try:
        text = _text(path.read_bytes())
        lines = _lines(text)
    except OSError as error:
        return [], [fault("unreadable_file", place, reason=error.strerror or type(error).__name__)]
    except (UnicodeError, csv.Error) as error:
        return [], [fault("unreadable_file", place, reason=str(error))]
    if not lines:
        return [], [fault("empty_file", place)]
    header = trimmed([cleaned(cell) for cell in lines[0].cells])
    return [RawTable(table_name(path.stem), place, header, tuple(lines[1:]))], []


def _text(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        if b"\x00" in data:
            raise
        return data.decode("cp1252", errors="replace")


def _lines(text: str) -> list[RawRow]:
    """Rows that hold something, each with the number of the line at which it starts."""
    previous = csv.field_size_limit(_FIELD_LIMIT)
    try:
        hint = _HINT.match(text)  # a first line that tells Excel the delimiter
        file = io.StringIO(text[hint.end() :] if hint else text, newline="")
        reader = csv.reader(file, delimiter=hint[1] if hint else _delimiter(text))
        first = 2 if hint else 1
        found, start = [], first
        for cells in reader:
            row = trimmed([cleaned(cell) for cell in cells])
            if row:
                found.append(RawRow(start, row))
            start = reader.line_num + first
        return found
    finally:
        csv.field_size_limit(previous)


def _delimiter(text: str) -> str:
    """The sign that parts the header's cells; names hold none of the three outside quotes."""
    header = next((line for line in text.splitlines() if line.strip()), "")
    bare = "".join(part for place, part in enumerate(header.split('"')) if place % 2 == 0)
    return max(_DELIMITERS, key=bare.count)
