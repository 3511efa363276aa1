"""What the files call their tables and columns, so that faults speak of them in the reader's words."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from graph_store.headings import column_named, column_word, language_of, table_word
from graph_store.tables import table, table_names

from ..faults import Fault
from ..rows import Place, RawTable


class ReaderWords:
    """The headings of the tables read, and the languages that they are in."""

    def __init__(self, read: Sequence[RawTable]) -> None:
        self._read = read
        self._by_place: dict[tuple[str, str], _Words] = {}
        for raw in read:
            self._by_place.setdefault((raw.place.file, raw.place.sheet), _Words(raw))

    @cached_property
    def language(self) -> str:
        """The language of all files together."""
        return written_in(*self._read)

    def of(self, raw: RawTable) -> "_Words":
        """The words of one table."""
        return self._by_place[raw.place.file, raw.place.sheet]

    def table(self, name: str) -> str:
        """What the files call a table; the word of their language for one that is not there."""
        own = next((title(raw.place) for raw in self._read if raw.name == name), "")
        return own or table_word(name, self.language)

    def told(self, item: Fault) -> Fault:
        """The fault with its columns as its file calls them."""
        words = self._by_place.get((item.file, item.sheet))
        if words is None:
            return item
        heading = words.headings.get(item.column, "")
        columns = {each: words.headings.get(item.words[each], item.words[each]) for each in item.kind.columns}
        if not heading and not columns:
            return item
        return replace(item, heading=heading, words={**item.words, **columns})


class _Words:
    """The headings of one table by column, and its language."""

    def __init__(self, raw: RawTable) -> None:
        self.headings: Mapping[str, str] = _headings(raw)
        self.language = written_in(raw)


def written_in(*read: RawTable) -> str:
    """The language that the headings and titles of tables are in, as `language_of` tells it."""
    return language_of(text for raw in read for text in (*raw.header, title(raw.place)))


def title(place: Place) -> str:
    """What a table is called where it was read: its sheet, or its file without the ending."""
    return place.sheet or Path(place.file).stem


def column_in_words(raw: RawTable, name: str, language: str) -> str:
    """A column that the file does not have, in its language: ``naam (name)``."""
    word = column_word(table(raw.name), name, language)
    return f"{word} ({name})" if word != name else name


def _headings(raw: RawTable) -> dict[str, str]:
    if raw.name not in table_names():
        return {}
    own = table(raw.name)
    named = [(heading, column_named(own, heading)) for heading in raw.header if heading and heading[0] != "_"]
    return {name: " ".join(heading.split()) for heading, name in reversed(named) if name}
