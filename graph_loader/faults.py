"""One fault or doubt of a table, with the place where it is; what there can be stands in the catalogue."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from languages.words import _

from .catalogue import CATALOGUE, KINDS, Cause, FaultKind, Severity
from .rows import Place
from .visible import shown

__all__ = ["CATALOGUE", "KINDS", "Cause", "Fault", "FaultKind", "Severity", "fault"]

_LONGEST_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault or doubt, with the place where it is.

    `column` is the schema's name of its column, `heading` what that file calls
    it (empty where it has no heading of its own).
    """

    code: str
    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    heading: str = ""

    @property
    def kind(self) -> FaultKind:
        """Its entry in the catalogue."""
        return KINDS[self.code]

    @property
    def place(self) -> str:
        """Where it is, as a reader looks it up: ``partners.xlsx, sheet visits, row 14, column on``."""
        parts = [self.file]
        parts += [_("sheet {sheet}").format(sheet=self.sheet)] if self.sheet else []
        parts += [_("row {row}").format(row=self.row)] if self.row else []
        parts += [_("column {column}").format(column=self.title)] if self.column else []
        return ", ".join(part for part in parts if part)

    @property
    def title(self) -> str:
        """Its column as the reader knows it: as that file calls it, else as the schema does."""
        return " ".join(self.heading.split()) or self.column

    @property
    def sentence(self) -> str:
        """What is wrong, in the reader's language."""
        return self.filled(self.kind.sentence)

    @property
    def mend(self) -> str:
        """What to do about it, in the reader's language."""
        guessed = self.kind.guess and self.words.get("nearest")
        return self.filled(self.kind.guess if guessed else self.kind.mend)

    def __str__(self) -> str:
        said = f"{self.sentence} ({self.mend})"
        return f"{self.place}: {said}" if self.place else said

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for ``--json`` and for the app's table."""
        return {
            "code": self.code,
            "severity": str(self.kind.severity),
            "file": self.file,
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "heading": self.title,
            "value": self.value,
            "sentence": self.sentence,
            "mend": self.mend,
        }

    def filled(self, template: str, **more: str) -> str:
        """A sentence of the catalogue in the reader's language, with the words of this fault."""
        value = " ".join(self.value.split())
        short = value if len(value) <= _LONGEST_SHOWN else value[: _LONGEST_SHOWN - 1] + "…"
        return shown(_(template).format(**{**self.words, "value": short, **more}))


def fault(code: str, place: Place, row: int | None = None, column: str = "", value: str = "", **words: object) -> Fault:
    """A fault of that code at that place; `words` fill the placeholders of its sentence and mend."""
    return Fault(code, place.file, place.sheet, row, column, value, {name: str(word) for name, word in words.items()})
