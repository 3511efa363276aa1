"""Cells as text: one form of unicode, no blanks around, nothing that cannot be seen."""

import re
import unicodedata
from pathlib import Path

from graph_store.headings import table_named

# Byte-order marks, zero-width signs and soft hyphens come along when text is pasted; nobody means them.
_INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u2060\u00ad"))
_BLANKS = str.maketrans({"\u00a0": " ", "\u2007": " ", "\u202f": " "})


def cleaned(text: str) -> str:
    """`text` in composed unicode (NFC), plain blanks, one kind of line end, trimmed."""
    if text.isascii() and "\r" not in text:
        return text.strip()
    text = unicodedata.normalize("NFC", text.translate(_INVISIBLE)).translate(_BLANKS)
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def table_name(text: str) -> str:
    """A sheet, file or column name as the schema writes it: ``Part of`` is ``part_of``."""
    return re.sub(r"[\s\-]+", "_", cleaned(text)).casefold()


def table_at(file: str, sheet: str = "") -> str:
    """The table that a sheet, or else the file, is named after; their own name where no table is called so."""
    stem = Path(file).stem
    return table_named(sheet or stem) or (table_named(stem) if sheet else "") or table_name(sheet or stem)


def trimmed(cells: list[str]) -> tuple[str, ...]:
    """`cells` without the empty ones at the end."""
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return tuple(cells[:end])
