"""One way in which tables can be wrong, as the catalogue says it."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Whether a load may go on."""

    FAULT = "fault"
    DOUBT = "doubt"


class Cause(StrEnum):
    """What faults of one kind must share to be of one cause."""

    VALUE = "value"  # the same value in the same column, wrong for the same reason
    COLUMN = "column"  # the same column: the way it is filled is what is to be mended
    ANYWHERE = "anywhere"  # the same value, whatever table names it


@dataclass(frozen=True)
class FaultKind:
    """One way in which tables can be wrong.

    `sentence`, `mend` and `guess` may hold ``{value}`` and the words that the
    check gives along; `guess` stands in place of `mend` when a nearest one is
    known. `many` is the sentence for several of one cause, with their ``{count}``;
    `mend_many` is their mend where that of one does not fit all;
    `cause` says which of them are of one cause. `columns` are those of the words
    that name columns: they are said as the file calls these.
    """

    code: str
    sentence: str
    mend: str
    guess: str = ""
    severity: Severity = Severity.FAULT
    many: str = ""
    mend_many: str = ""
    cause: Cause = Cause.VALUE
    columns: tuple[str, ...] = ()


def doubt(
    code: str,
    sentence: str,
    mend: str,
    many: str = "",
    mend_many: str = "",
    cause: Cause = Cause.COLUMN,
    columns: tuple[str, ...] = (),
) -> FaultKind:
    """A kind of doubt: most are about how a column is filled, not about one value in it."""
    return FaultKind(code, sentence, mend, "", Severity.DOUBT, many, mend_many, cause, columns)
