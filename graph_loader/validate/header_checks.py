"""Names of tables and columns: which of the schema's each is, and what is wrong with the others."""

from collections.abc import Sequence

from graph_store.headings import column_named, column_word, column_words, key, table_named, table_words
from graph_store.headings import table_word as word_of
from graph_store.tables import Table, tables
from languages.words import _

from ..faults import Fault, fault
from ..grouping import Collector
from ..nearest import nearest
from ..rows import RawTable
from ..sources.text import table_name
from .reader_words import column_in_words, written_in

_ENOUGH = 2  # columns by which a table is known, where a table with all that it needs in them is one only
_ALIKE = 80  # of 100: a file that is called otherwise altogether is not proposed as another


def unknown_table(raw: RawTable) -> Fault:
    """The fault of a sheet or file that is called like no table."""
    language = written_in(raw)
    by_columns = _by_columns(raw.header)
    meant = word_of(by_columns, language) if by_columns else _nearest_word(raw.name)
    near = by_columns or table_named(meant)
    names = ", ".join(word_of(own.name, language) for own in tables())
    shown = f"{meant} ({near})" if near and meant != near else meant
    return fault("unknown_table", raw.place, value=raw.name, tables=names, nearest=near, meant=shown)


def checked_header(raw: RawTable, own: Table, faults: Collector) -> list[str]:
    """Names of the columns by place; empty for one that is not read. What is wrong with them goes into `faults`."""
    found: list[str] = []
    titles: dict[str, str] = {}
    language = written_in(raw)
    for heading in raw.header:
        name = "" if left_alone(heading) else column_named(own, heading)
        if name and name in found:
            words = _headings(titles[name], heading)
            faults.append(fault("column_twice", raw.place, raw.header_row, value=name, headings=words))
        elif heading and not name and not left_alone(heading):
            faults.append(_unknown_column(raw, own, heading, language))
        titles.setdefault(name, heading)
        found.append(name if name not in found else "")
    faults.extend(
        fault(
            "missing_column",
            raw.place,
            raw.header_row,
            value=column.name,
            missing=column_in_words(raw, column.name, language),
        )
        for column in own.columns
        if column.required and column.name not in found
    )
    return found


def left_alone(heading: str) -> bool:
    """Whether a column is for the steward's own use."""
    return heading.startswith("_")


def _unknown_column(raw: RawTable, own: Table, heading: str, language: str) -> Fault:
    words = {word: column.name for column in reversed(own.columns) for word in column_words(own, column)}
    meant = nearest(table_name(heading), list(words))
    near = words.get(meant, "")
    columns = ", ".join(column_word(own, column.name, language) for column in own.columns)
    return fault(
        "unknown_column",
        raw.place,
        raw.header_row,
        value=heading,
        columns=columns,
        nearest=near,
        meant=column_word(own, near, language) if near and meant == near else meant,
    )


def _headings(first: str, again: str) -> str:
    """Two headings that mean one column."""
    if key(first) == key(again):
        return f'"{first}"'
    return _('"{first}", also as "{again}",').format(first=first, again=again)


def _by_columns(header: Sequence[str]) -> str:
    """The one table that needs the columns that a header names, and knows nearly all of it; empty where none does."""
    filled = [heading for heading in header if heading and not left_alone(heading)]
    fitting = []
    for own in tables():
        known = {column_named(own, heading) for heading in filled} - {""}
        needed = {column.name for column in own.columns if column.required}
        if needed <= known and len(known) >= _ENOUGH:
            fitting.append((len(known), own.name))
    best = max(fitting, default=(0, ""))
    alone = [name for count, name in fitting if count == best[0]] == [best[1]]
    return best[1] if alone and 2 * best[0] > len(filled) else ""


def _nearest_word(text: str) -> str:
    words = [word for own in tables() for word in table_words(own)]
    return nearest(text, words, _ALIKE)
