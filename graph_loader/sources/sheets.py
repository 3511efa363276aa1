"""Sheets of a workbook as tables: which are read, as which table, and what is said about the others."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph_store.headings import table_named
from languages.words import N_

from ..faults import Fault, fault
from ..notes import Note, note
from ..rows import Place, RawRow, RawTable
from ..visible import shown
from .header import table_from
from .text import table_name

Found = tuple[list[RawTable], list[Fault], list[Note]]

# Sheets that explain, as in the template, and sheets that a steward keeps for own notes.
_NOT_TABLES = re.compile(r"(read.?me|lees.?mij|liesmich|_.*)", re.IGNORECASE)
# What a program calls a sheet that nobody has named.
_UNNAMED = re.compile(r"(sheet|blad|werkblad|tabelle|tabel|feuil)\s*\d*", re.IGNORECASE)

_HIDDEN = N_("the sheet is hidden and left alone")
_READ_AS = N_("read as the table {table}")
_LINKS = N_("links to other workbooks are left alone")


@dataclass(frozen=True)
class Sheet:
    """One sheet: its title, whether it is hidden, and its rows when they are asked for."""

    title: str
    hidden: bool
    rows: Callable[[], Iterator[RawRow]]


def tables_of(path: Path, sheets: Sequence[Sheet], links_out: bool = False) -> Found:
    """The tables that sheets hold.

    A single sheet without a name of its own is taken for what the file is called.
    """
    file = shown(path.name)
    found: list[RawTable] = []
    notes = [note(_LINKS, Place(file))] if links_out else []
    notes += [
        note(_HIDDEN, Place(file, shown(sheet.title)), leaves_out=True)
        for sheet in sheets
        if sheet.hidden and not _NOT_TABLES.fullmatch(sheet.title)
    ]
    read = [sheet for sheet in sheets if not sheet.hidden and not _NOT_TABLES.fullmatch(sheet.title)]
    for sheet in read:
        place = Place(file, shown(sheet.title))
        alone = len(read) == 1 and _UNNAMED.fullmatch(sheet.title)
        name = table_named(path.stem if alone else sheet.title) or table_name(shown(sheet.title))
        said: list[Note] = []
        table = table_from(sheet.rows(), place, name, said)
        if table:
            found.append(table)
            told = table_named(name) == name and table_name(sheet.title) != name
            notes += [note(_READ_AS, place, table=name), *said] if told else said
    faults = [] if found else [fault("empty_file", Place(file, shown(read[0].title) if len(read) == 1 else ""))]
    return found, faults, notes
