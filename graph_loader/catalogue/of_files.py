"""What can be wrong with files and with the headers in them."""

from languages.words import N_

from .kind import Cause, FaultKind, doubt

FILES = (
    FaultKind(
        "unreadable_file", N_("the file cannot be read: {reason}"), N_("save it again as .xlsx or as CSV in UTF-8")
    ),
    FaultKind(
        "no_table_file",
        N_("it is {kind}, and no table can be read from it"),
        N_("give the workbook (.xlsx, .ods) or the .csv file that the data stand in"),
    ),
    FaultKind(
        "no_tables_in_folder",
        N_("the folder holds no .csv, .xlsx or .ods file"),
        N_("look whether it is the right folder, or save the tables in it as one of these"),
    ),
    FaultKind("empty_file", N_("there is nothing in it"), N_("write the names of the columns in its first row")),
    FaultKind(
        "unknown_table",
        N_('no table is called "{value}"'),
        N_("the tables are {tables}; a sheet whose name begins with _ is left alone"),
        N_("did you mean {meant}?"),
    ),
    FaultKind(
        "too_large",
        N_("it is too large: {reason}"),
        N_("take out what does not belong to the data, or split it into several files"),
    ),
    FaultKind(
        "with_macros",
        N_("it is a workbook with macros, which is not opened"),
        N_("save it as .xlsx"),
    ),
    FaultKind(
        "locked_file",
        N_("it is locked with a password"),
        N_("take the password off and save it again"),
    ),
    FaultKind(
        "unsafe_file",
        N_("it holds what no spreadsheet program writes: {reason}"),
        N_("open it in Excel or LibreOffice and save it under another name, if you trust where it comes from"),
    ),
    FaultKind(
        "leads_out",
        N_("it is a link to a file outside of the folder, and not followed"),
        N_("put the file itself into the folder"),
    ),
    FaultKind(
        "open_quote",
        N_('a cell begins with a quotation mark " and does not end'),
        N_("close it, or take it out: all rows after it are in this one cell"),
    ),
    FaultKind(
        "copy_of_another",
        N_("it is a copy or another version of {other}: {shared} of its {count} rows, by their ids, stand there too"),
        N_("take the one away that no longer holds"),
        N_("take the one away that no longer holds; {nearest} was saved last"),
    ),
    FaultKind(
        "copy_by_name",
        N_("it is called like a copy of {other}, and no table is called so"),
        N_("take it away, or bring what is new in it over; a sheet whose name begins with _ is left alone"),
    ),
    FaultKind(
        "table_not_given",
        N_("{value} is not among the files: {rows} {tables} in it ({of})"),
        N_("give all files of the data set at once, as the folder that holds them: a load replaces all that it said"),
    ),
    doubt("file_not_read", N_("this file was not read"), N_("save it as .xlsx or as CSV if it belongs to the data")),
)

COPIES = frozenset({"copy_of_another", "copy_by_name"})
"""Codes of files and sheets that are not read, though nothing that they say is missed."""

HEADERS = (
    FaultKind(
        "unknown_column",
        N_('the table has no column "{value}"'),
        N_("its columns are {columns}; one of your own is left alone when its name begins with _"),
        N_("did you mean {meant}? A column of your own is left alone when its name begins with _"),
    ),
    FaultKind("missing_column", N_('the column "{missing}" is missing'), N_("add it: every row needs a value in it")),
    FaultKind("column_twice", N_("the column {headings} is there twice"), N_("keep one of the two")),
    FaultKind(
        "column_without_name",
        N_('"{value}" stands in a column without a name'),
        N_("name the column, or empty it"),
        many=N_('{count} columns with something in them have no name, such as that with "{value}"'),
        cause=Cause.COLUMN,
    ),
)
