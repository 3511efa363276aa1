"""How the rows of an answer are best looked at: as a table always, and as a picture where they make one.

A header says it by form and columns, the best first::

    // best: bar(label=region, value=approaches); map(region=region_id, value=approaches)
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from languages.words import N_

from .values import split_outside_brackets

TABLE, BAR, LINE, MAP, GRAPH, MATRIX = "table", "bar", "line", "map", "graph", "matrix"


@dataclass(frozen=True)
class Form:
    """A way of showing rows: its title, and the columns that it needs and may take."""

    title: str
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()


FORMS: Mapping[str, Form] = {
    TABLE: Form(N_("Table")),
    BAR: Form(N_("Bars"), ("label", "value")),  # one bar a row
    LINE: Form(N_("Line"), ("along", "value"), ("series",)),  # along a year or a day
    MAP: Form(N_("Map"), ("region",), ("value", "to")),  # ids of regions; with `to` a line between two of them
    GRAPH: Form(N_("Network"), ("start", "end"), ("start_name", "end_name", "weight")),  # ids, and their names
    MATRIX: Form(N_("Matrix"), ("row", "column", "cell")),
}
_WRITTEN = re.compile(r"(?P<form>[a-z]+)\s*(?:\((?P<columns>[^()]*)\))?")


@dataclass(frozen=True)
class Look:
    """One form, and which column plays which part in it."""

    form: str
    columns: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.form not in FORMS:
            raise ValueError(f"{self.form} is none of {', '.join(FORMS)}")
        form = FORMS[self.form]
        missing = [part for part in form.needs if part not in self.columns]
        unknown = [part for part in self.columns if part not in form.needs + form.takes]
        if missing or unknown:
            parts = ", ".join([*form.needs, *(f"{part} (may be left out)" for part in form.takes)]) or "no columns"
            raise ValueError(f"{self.form} takes {parts}")

    def __str__(self) -> str:
        inner = ", ".join(f"{part}={column}" for part, column in self.columns.items())
        return f"{self.form}({inner})" if inner else self.form


def looks(text: str, returns: Sequence[str]) -> tuple[Look, ...]:
    """The looks that a header declares, the best first; a table is always among them.

    Raises
    ------
    ValueError
        With a sentence, when a form or column does not exist, or a form lacks a column.
    """
    found = [_look(part.strip(), returns) for part in text.split(";") if part.strip()]
    if not any(look.form == TABLE for look in found):
        found.append(Look(TABLE))
    return tuple(found)


def _look(text: str, returns: Sequence[str]) -> Look:
    written = _WRITTEN.fullmatch(text)
    if not written:
        raise ValueError(f'"{text}" is no look (write it as: bar(label=name, value=regions))')
    columns = {}
    for item in split_outside_brackets(written["columns"] or ""):
        part, _sign, column = (piece.strip() for piece in item.partition("="))
        if column not in returns:
            raise ValueError(f"{written['form']} names the column {column or item}, which is not returned")
        columns[part] = column
    return Look(written["form"], columns)
