"""What can be wrong with a cell, seen alone."""

from languages.words import N_

from .kind import Cause, FaultKind, doubt

CELLS = (
    FaultKind(
        "missing_cell",
        N_("the cell is empty"),
        N_("every row needs a value here"),
        many=N_("{count} cells are empty"),
        cause=Cause.COLUMN,
    ),
    FaultKind(
        "formula",
        N_('"{value}" is a formula of a spreadsheet'),
        N_("replace it by its value: copy, then paste as values"),
        many=N_('{count} cells hold a formula of a spreadsheet, such as "{value}"'),
        cause=Cause.COLUMN,
    ),
    FaultKind(
        "spreadsheet_error",
        N_("the cell holds the error {value} of a spreadsheet"),
        N_("mend the formula that made it, or empty it"),
        many=N_("{count} cells hold the error {value} of a spreadsheet"),
    ),
    FaultKind(
        "strange_character",
        N_('"{value}" holds a character that cannot be shown'),
        N_("type the text again"),
        many=N_('{count} cells hold a character that cannot be shown, such as "{value}"'),
        cause=Cause.COLUMN,
    ),
    FaultKind(
        "too_long",
        N_("the text has {length} characters"),
        N_("write at most {most}, and put the rest in the source"),
        many=N_("{count} texts are too long; the first has {length} characters"),
        cause=Cause.COLUMN,
    ),
    FaultKind(
        "unfit_id",
        N_('"{value}" cannot be an id'),
        N_("write at most {most} characters on one line, without ;"),
        many=N_('{count} cells cannot be ids, such as "{value}"'),
        cause=Cause.COLUMN,
    ),
    FaultKind(
        "not_a_date",
        N_('"{value}" is not a date'),
        N_("write 2019-12-31, 2019-12 or 2019"),
        N_("write {nearest}"),
        many=N_('{count} cells hold no date, such as "{value}"'),
        cause=Cause.COLUMN,
    ),
    FaultKind(
        "not_a_number",
        N_('"{value}" is not a number'),
        N_("write digits only, such as {example}"),
        many=N_('{count} cells hold no number, such as "{value}"'),
        cause=Cause.COLUMN,
    ),
    FaultKind(
        "not_a_whole_number",
        N_('"{value}" is not a whole number'),
        N_("write digits only, such as {example}"),
        many=N_('{count} cells hold no whole number, such as "{value}"'),
        cause=Cause.COLUMN,
    ),
    FaultKind(
        "unclear_number",
        N_('"{value}" may mean a thousand times more or less'),
        N_("write {plain}, without a mark; or {decimal}, if that is meant"),
        many=N_('{count} numbers may mean a thousand times more or less, such as "{value}"'),
        cause=Cause.COLUMN,
    ),
    FaultKind(
        "out_of_range",
        N_('"{value}" is out of range'),
        N_("write {range}"),
        many=N_('{count} numbers are out of range, such as "{value}"'),
        cause=Cause.COLUMN,
    ),
    FaultKind(
        "not_in_list",
        N_('"{value}" is not in the list'),
        N_("write one of: {list}"),
        N_("did you mean {nearest}? The list: {list}"),
        many=N_('{count} cells say "{value}", which is not in the list'),
    ),
    FaultKind(
        "not_a_country",
        N_('"{value}" is not a country'),
        N_("write its two-letter code, such as NL or DE"),
        N_("write its two-letter code: {nearest}"),
        many=N_('{count} cells say "{value}", which is not a country'),
    ),
    FaultKind(
        "not_an_address",
        N_('"{value}" is not an address on the web'),
        N_("write it in full, such as https://example.org/page"),
        many=N_('{count} cells hold no address on the web, such as "{value}"'),
        cause=Cause.COLUMN,
    ),
    FaultKind(
        "person_address",
        N_('"{value}" looks like the address of a person'),
        N_("write the address of a function, such as info@example.org: no persons are kept here"),
        many=N_('{count} cells look like the address of a person, such as "{value}"'),
        cause=Cause.COLUMN,
    ),
    FaultKind(
        "only_one",
        N_('"{value}" names more than one'),
        N_("write one id; this column takes no list"),
        many=N_('{count} cells name more than one, such as "{value}"'),
        cause=Cause.COLUMN,
    ),
    doubt(
        "named_twice",
        N_('"{value}" is named twice in the cell'),
        N_("name it once"),
        many=N_('{count} cells name something twice, such as "{value}"'),
    ),
    doubt(
        "lost_characters",
        N_('"{value}" holds characters that were lost when it was saved'),
        N_("save the file as CSV in UTF-8"),
        many=N_('{count} cells hold characters that were lost when the file was saved, such as "{value}"'),
    ),
)
