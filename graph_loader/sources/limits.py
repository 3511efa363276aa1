"""How much is read, and the refusal of a file that holds more, or that is not what it says it is.

The limits lie far above what people keep in a spreadsheet; they are there so
that no file, however it was made, fills the memory or keeps a reader waiting for ever.
"""

from languages.words import _, number

MOST_ROWS = 1_048_576  # as many as a sheet can have
MOST_LINES = 3_000_000  # in a CSV file
MOST_COLUMNS = 1_000  # with something in them; no table here has more than thirty
MOST_CHARACTERS = 1_000_000  # in one cell or one line of a CSV file
MOST_TEXT = 1_000_000_000  # bytes of one table's rows, before they are packed
MOST_SHARED_TEXT = 150_000_000  # characters of the texts that a workbook's cells share
MOST_SHEETS = 1_000
MOST_STYLES = 1_000_000
MOST_PARTS = 10_000  # files in the zip that a workbook is
MOST_DIRECTORY = 5_000_000  # bytes of the list of these files
MOST_UNPACKED = 4_000_000_000  # bytes of one of these files, unpacked
HARMLESS_UNPACKED = 50_000_000  # below which it plays no part how much smaller it was packed
MOST_PACKED = 250  # times that a part may be larger than it is packed; real sheets stay below 50
MOST_DEPTH = 64  # of elements within elements
LONGEST_TAG = 2_000_000  # bytes between < and >


class Refused(Exception):
    """A file that is not read on: the code of the fault that it is, with its words."""

    def __init__(self, code: str, **words: str) -> None:
        super().__init__(code)
        self.code = code
        self.words = words


def too_many_rows(most: int = MOST_ROWS) -> Refused:
    """The refusal of a table with more than `most` rows."""
    return Refused("too_large", reason=_("it has more than {most} rows").format(most=number(most)))


def too_many_sheets() -> Refused:
    """The refusal of a workbook with more sheets than are looked at."""
    return Refused("too_large", reason=_("it has more than {most} sheets").format(most=number(MOST_SHEETS)))


def too_wide(row: int) -> Refused:
    """The refusal of a row with more cells than any table has columns."""
    most = number(MOST_COLUMNS)
    return Refused("too_large", reason=_("row {row} has more than {most} cells").format(row=row, most=most))


def too_long(row: int) -> Refused:
    """The refusal of a cell or a line that does not end."""
    most = number(MOST_CHARACTERS)
    return Refused("too_large", reason=_("row {row} holds more than {most} characters").format(row=row, most=most))


def too_much_text() -> Refused:
    """The refusal of a table whose cells hold more than is kept in memory."""
    return Refused("too_large", reason=_("its cells hold more text than can be read"))


def unsafe(reason: str) -> Refused:
    """The refusal of a file that holds what no spreadsheet program writes."""
    return Refused("unsafe_file", reason=reason)


def broken(reason: str) -> Refused:
    """The refusal of a file that is damaged or of another kind than its name says."""
    return Refused("unreadable_file", reason=reason)
