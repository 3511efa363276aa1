"""The catalogue of what can be wrong with tables: every fault and every doubt, said once.

A fault keeps a load from happening; a doubt is told and the load goes on. Each
has an example under ``tests/faults``, named after its code.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from languages.words import N_, _

from .rows import Place

_LONGEST_SHOWN = 80


class Severity(StrEnum):
    """Whether a load may go on."""

    FAULT = "fault"
    DOUBT = "doubt"


@dataclass(frozen=True)
class FaultKind:
    """One way in which tables can be wrong.

    `sentence`, `mend` and `guess` may hold ``{value}`` and the words that the
    check gives along; `guess` stands in place of `mend` when a nearest one is known.
    """

    code: str
    sentence: str
    mend: str
    guess: str = ""
    severity: Severity = Severity.FAULT


@dataclass(frozen=True)
class Fault:
    """One fault or doubt, with the place where it is."""

    code: str
    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""
    words: Mapping[str, str] = field(default_factory=dict)

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
        parts += [_("column {column}").format(column=self.column)] if self.column else []
        return ", ".join(part for part in parts if part)

    @property
    def sentence(self) -> str:
        """What is wrong, in the reader's language."""
        return self._filled(self.kind.sentence)

    @property
    def mend(self) -> str:
        """What to do about it, in the reader's language."""
        guessed = self.kind.guess and self.words.get("nearest")
        return self._filled(self.kind.guess if guessed else self.kind.mend)

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
            "value": self.value,
            "sentence": self.sentence,
            "mend": self.mend,
        }

    def _filled(self, template: str) -> str:
        value = " ".join(self.value.split())
        short = value if len(value) <= _LONGEST_SHOWN else value[: _LONGEST_SHOWN - 1] + "…"
        return _(template).format(**{**self.words, "value": short})


def fault(code: str, place: Place, row: int | None = None, column: str = "", value: str = "", **words: object) -> Fault:
    """A fault of that code at that place; `words` fill the placeholders of its sentence and mend."""
    return Fault(code, place.file, place.sheet, row, column, value, {name: str(word) for name, word in words.items()})


def _doubt(code: str, sentence: str, mend: str, guess: str = "") -> FaultKind:
    return FaultKind(code, sentence, mend, guess, Severity.DOUBT)


_FILES = (
    FaultKind(
        "unreadable_file", N_("the file cannot be read: {reason}"), N_("save it again as .xlsx or as CSV in UTF-8")
    ),
    FaultKind("empty_file", N_("there is nothing in it"), N_("write the names of the columns in its first row")),
    FaultKind(
        "unknown_table",
        N_('no table is called "{value}"'),
        N_("the tables are {tables}; a sheet whose name begins with _ is left alone"),
        N_("did you mean {nearest}?"),
    ),
    _doubt("file_not_read", N_("this file was not read"), N_("save it as .xlsx or as CSV if it belongs to the data")),
    _doubt(
        "lost_characters",
        N_('"{value}" holds characters that were lost when it was saved'),
        N_("save the file as CSV in UTF-8"),
    ),
)

_HEADERS = (
    FaultKind(
        "unknown_column",
        N_('the table has no column "{value}"'),
        N_("its columns are {columns}"),
        N_("did you mean {nearest}?"),
    ),
    FaultKind("missing_column", N_('the column "{value}" is missing'), N_("add it: every row needs a value in it")),
    FaultKind("column_twice", N_('the column "{value}" is there twice'), N_("keep one of the two")),
    FaultKind(
        "column_without_name", N_('"{value}" stands in a column without a name'), N_("name the column, or empty it")
    ),
)

_CELLS = (
    FaultKind("missing_cell", N_("the cell is empty"), N_("every row needs a value here")),
    FaultKind(
        "formula",
        N_('"{value}" is a formula of a spreadsheet'),
        N_("replace it by its value: copy, then paste as values"),
    ),
    FaultKind(
        "spreadsheet_error",
        N_("the cell holds the error {value} of a spreadsheet"),
        N_("mend the formula that made it, or empty it"),
    ),
    FaultKind("strange_character", N_('"{value}" holds a character that cannot be shown'), N_("type the text again")),
    FaultKind(
        "too_long", N_("the text has {length} characters"), N_("write at most {most}, and put the rest in the source")
    ),
    FaultKind(
        "unfit_id", N_('"{value}" cannot be an id'), N_("write at most {most} characters on one line, without ;")
    ),
    FaultKind("not_a_date", N_('"{value}" is not a date'), N_("write 2019-12-31, 2019-12 or 2019")),
    FaultKind("not_a_number", N_('"{value}" is not a number'), N_("write digits only, such as {example}")),
    FaultKind("not_a_whole_number", N_('"{value}" is not a whole number'), N_("write digits only, such as {example}")),
    FaultKind(
        "unclear_number",
        N_('"{value}" may mean a thousand times more or less'),
        N_("write {plain}, without a mark; or {decimal}, if that is meant"),
    ),
    FaultKind("out_of_range", N_('"{value}" is out of range'), N_("write {range}")),
    FaultKind(
        "not_in_list",
        N_('"{value}" is not in the list'),
        N_("write one of: {list}"),
        N_("did you mean {nearest}? The list: {list}"),
    ),
    FaultKind(
        "not_a_country",
        N_('"{value}" is not a country'),
        N_("write its two-letter code, such as NL or DE"),
        N_("write its two-letter code: {nearest}"),
    ),
    FaultKind(
        "not_an_address",
        N_('"{value}" is not an address on the web'),
        N_("write it in full, such as https://example.org/page"),
    ),
    FaultKind(
        "person_address",
        N_('"{value}" looks like the address of a person'),
        N_("write the address of a function, such as info@example.org: no persons are kept here"),
    ),
    FaultKind("only_one", N_('"{value}" names more than one'), N_("write one id; this column takes no list")),
    _doubt("named_twice", N_('"{value}" is named twice in the cell'), N_("name it once")),
)

_ROWS = (
    FaultKind(
        "duplicate_id",
        N_('the id "{value}" is used before, in {other}'),
        N_("give one of the two another id, or make them one row"),
    ),
    FaultKind("said_twice", N_("the same is said before, in {other}"), N_("keep one of the two rows")),
    FaultKind("to_itself", N_('"{value}" cannot be both ends'), N_("name two different ones")),
    FaultKind(
        "ends_before_it_starts", N_("{last} {value} comes before {first} {other}"), N_("correct one of the two dates")
    ),
    FaultKind("part_of_itself", N_('"{value}" is part of itself: {path}'), N_("take one of these steps out")),
    _doubt("half_position", N_("only one of latitude and longitude is given"), N_("give both, or neither")),
    _doubt("same_name", N_('"{value}" is also the name of {other}'), N_("check that they are not one and the same")),
    _doubt(
        "unused_organisation",
        N_('nothing refers to organisation "{value}"'),
        N_("say what it takes part in, or leave it out"),
    ),
    _doubt(
        "example_changed",
        N_('a row that begins with "example:" is not loaded'),
        N_('take "example:" away if the row is meant'),
    ),
)

_REFERENCES = (
    FaultKind(
        "no_such_row",
        N_('there is no {kinds} "{value}"'),
        N_("add it to {tables}, or write the id of one that is there"),
        N_("did you mean {nearest}?"),
    ),
    FaultKind(
        "ambiguous_reference",
        N_('"{value}" is the id of more than one: {kinds}'),
        N_("give one of them another id, here and in its own table"),
    ),
    FaultKind(
        "still_needed",
        N_('{kinds} "{value}" is gone, but data set {data_set} refers to it ({other})'),
        N_("keep the row, or change the other data set first"),
    ),
    FaultKind(
        "made_ambiguous",
        N_('"{value}" is now the id of more than one ({kinds}), and data set {data_set} refers to it ({other})'),
        N_("choose another id"),
    ),
)

_DATA_SETS = (
    FaultKind(
        "several_data_sets",
        N_('there is a second data set, "{value}"'),
        N_("load them one after the other, each from files of its own"),
    ),
    FaultKind(
        "other_data_set",
        N_('the files are data set "{value}", but {data_set} was asked for'),
        N_("load them as {value}, or change the id in the table data_set"),
    ),
    FaultKind(
        "simulated_mixed",
        N_('data set "{value}" is {kind}, but the graph holds {others}'),
        N_("keep simulated and recorded data in two graphs"),
    ),
    _doubt("nothing_in_it", N_("no table holds a row"), N_("a load takes away all that the data set said before")),
    _doubt(
        "table_gone",
        N_('table "{value}" was there at the last load and is not now'),
        N_("a load takes away its {count} rows"),
    ),
    _doubt(
        "said_differently",
        N_('{property} of {element} is "{value}" here and "{other}" in data set {data_set}'),
        N_("the graph shows what {winner} says"),
    ),
)

_SPREAD = (
    FaultKind(
        "step_before_approach",
        N_("the step of {value} comes before {approach} began ({other})"),
        N_("correct the date here or in approaches"),
    ),
    FaultKind(
        "nobody_attended",
        N_('neither {region} nor a body in it or a region above it attended "{value}"'),
        N_("add who came to attendances, or credit another visit"),
    ),
    FaultKind(
        "credit_after_step",
        N_('visit "{value}" of {other} came after the step of {on} that is credited to it'),
        N_("correct one of the two dates"),
    ),
    FaultKind(
        "outcome_before_visit",
        N_("what came of it is dated {value}, before the visit of {other}"),
        N_("correct one of the two dates"),
    ),
    _doubt(
        "visit_after_step",
        N_('{region} visited "{value}" ({other}) only after it took over {approach} ({on})'),
        N_("check both dates; the visit cannot explain the step"),
    ),
    _doubt(
        "step_after_data",
        N_("the step of {value} lies after {other}, up to when steps were looked for"),
        N_("correct data_until, or the date"),
    ),
)

CATALOGUE: tuple[FaultKind, ...] = _FILES + _HEADERS + _CELLS + _ROWS + _REFERENCES + _DATA_SETS + _SPREAD

KINDS: Mapping[str, FaultKind] = {kind.code: kind for kind in CATALOGUE}
