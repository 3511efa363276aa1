"""What can be wrong with files and with the headers in them."""

from languages.words import N_

from .kind import Cause, FaultKind, doubt

FILES = (
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
    doubt("file_not_read", N_("this file was not read"), N_("save it as .xlsx or as CSV if it belongs to the data")),
)

HEADERS = (
    FaultKind(
        "unknown_column",
        N_('the table has no column "{value}"'),
        N_("its columns are {columns}"),
        N_("did you mean {nearest}?"),
    ),
    FaultKind("missing_column", N_('the column "{value}" is missing'), N_("add it: every row needs a value in it")),
    FaultKind("column_twice", N_('the column "{value}" is there twice'), N_("keep one of the two")),
    FaultKind(
        "column_without_name",
        N_('"{value}" stands in a column without a name'),
        N_("name the column, or empty it"),
        many=N_('{count} cells stand in a column without a name, such as "{value}"'),
        cause=Cause.COLUMN,
    ),
)
