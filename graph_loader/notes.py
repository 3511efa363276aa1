"""What the loader guessed or left alone while reading: said to the reader, neither fault nor doubt."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from languages.words import _

from .rows import Place
from .visible import shown


@dataclass(frozen=True)
class Note:
    """One thing that was guessed or left alone, and where.

    `text` is a message to be translated; `words` fill its placeholders.
    `leaves_out` says that rows are not loaded for it.
    """

    text: str
    file: str = ""
    sheet: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    leaves_out: bool = False

    @property
    def place(self) -> str:
        """Where it is: ``partners.xlsx, sheet visits``."""
        return f"{self.file}, {_('sheet {sheet}').format(sheet=self.sheet)}" if self.sheet else self.file

    @property
    def sentence(self) -> str:
        """What was guessed or left alone, in the reader's language."""
        return shown(_(self.text).format(**self.words))

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}" if self.place else self.sentence

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for ``--json`` and for the app."""
        return {"file": self.file, "sheet": self.sheet, "sentence": self.sentence}


def note(text: str, place: Place, *, leaves_out: bool = False, **words: object) -> Note:
    """A note at a place; `words` fill the placeholders of `text`."""
    return Note(text, place.file, place.sheet, {name: str(word) for name, word in words.items()}, leaves_out)
