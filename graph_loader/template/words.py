"""The sentences that explain a template: to its *Read me*, and to each column's header."""

from graph_store.kinds import Type
from graph_store.tables import Column, Table, tables
from languages.words import N_, _

README_TITLE = N_("Read me")

README = (
    N_(
        "Each sheet or file is a table, and each row in it one thing or one relationship. "
        "Leave out the tables that you do not need."
    ),
    N_(
        "Keep the names of tables and columns, or write their Dutch or German words. Their order plays no part, "
        "and a title above the header may stay."
    ),
    N_("The id is a short key that you choose and never change. Other tables refer to a row by its id."),
    N_("A row whose first cell begins with example: is never loaded. Type over it, or leave it."),
    N_("Write dates as 2019-02-07, 2019-02 or 2019: as exactly as you know them. Leave unknown ones empty."),
    N_("Where a cell may hold several, part them with ;"),
    N_("Name organisations and functions, never persons."),
    N_("Fill the table data_set with one row: the files replace all that this data set said before."),
    N_(
        "Sheets and columns whose name begins with _ are left alone, and so are hidden sheets: "
        "use them for your own notes."
    ),
    N_("Save it as .xlsx, as .ods or as CSV files; formulas as values, and without macros."),
    N_("Then run: graph-loader check, followed by the path of this file or folder."),
)


def column_words(column: Column) -> str:
    """What a column holds, in a few lines."""
    item = column.property
    lines = [_(item.description) + (f" ({_(item.unit)})" if item.unit else "")]
    lines += [_("Needed in every row.")] if column.required else []
    lines += [_format(column)]
    lines += [_("Example: {example}").format(example=item.example)] if item.example else []
    return "\n".join(line for line in lines if line)


def table_words(own: Table) -> str:
    """What a table holds, in one sentence."""
    return _(own.description)


def listing() -> list[tuple[str, str, str]]:
    """All tables and columns with what they hold, for a reader."""
    found = []
    for own in tables():
        found.append((own.name, "", table_words(own)))
        found += [("", column.name, column_words(column).replace("\n", " ")) for column in own.columns]
    return found


def _format(column: Column) -> str:
    if column.refers_to:
        named = _(" or ").join(label.lower() for label in column.refers_to)
        if column.many:
            return _("Ids of rows of: {kinds}, parted by ;").format(kinds=named)
        return _("Id of a row of: {kinds}").format(kinds=named)
    if column.property.codes:
        return _("One of: {list}").format(list=", ".join(column.property.codes))
    return _(_FORMATS.get(column.property.type, ""))


_FORMATS = {
    Type.DATE: N_("A date: 2019-02-07, 2019-02 or 2019."),
    Type.INTEGER: N_("A whole number, without thousands marks."),
    Type.NUMBER: N_("A number, without thousands marks."),
    Type.LIST: N_("Several are parted by ;"),
    Type.URL: N_("An address that begins with https://"),
    Type.COUNTRY: N_("A country's two-letter code, such as NL."),
}
