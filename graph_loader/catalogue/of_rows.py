"""What can be wrong with rows beside others, and with what they refer to."""

from languages.words import N_

from .kind import Cause, FaultKind, doubt

ROWS = (
    FaultKind(
        "duplicate_id",
        N_('the id "{value}" is used before, in {other}'),
        N_("give one of the two another id, or make them one row"),
        many=N_('{count} ids are used before, such as "{value}" in {other}'),
        cause=Cause.COLUMN,
    ),
    FaultKind(
        "said_twice",
        N_("the same is said before, in {other}"),
        N_("keep one of the two rows"),
        many=N_("{count} rows say what is said before; the first is said in {other}"),
        cause=Cause.COLUMN,
    ),
    FaultKind(
        "to_itself",
        N_('"{value}" cannot be both ends'),
        N_("name two different ones"),
        many=N_('{count} rows name the same at both ends, such as "{value}"'),
        cause=Cause.COLUMN,
    ),
    FaultKind(
        "ends_before_it_starts",
        N_('"{last}" {value} comes before "{first}" {other}'),
        N_("correct one of the two dates"),
        many=N_('in {count} rows "{last}" comes before "{first}", such as {value} before {other}'),
        cause=Cause.COLUMN,
        columns=("first", "last"),
    ),
    FaultKind("part_of_itself", N_('"{value}" is part of itself: {path}'), N_("take one of these steps out")),
    doubt(
        "half_position",
        N_("only one of latitude and longitude is given"),
        N_("give both, or neither"),
        many=N_("{count} rows give only one of latitude and longitude"),
    ),
    doubt(
        "same_name",
        N_('"{value}" is also the name of {other}'),
        N_("check that they are not one and the same"),
        many=N_('{count} names are also the names of others, such as "{value}" of {other}'),
    ),
    doubt(
        "unused_organisation",
        N_('nothing refers to organisation "{value}"'),
        N_("say what it takes part in, or leave it out"),
        many=N_('nothing refers to {count} organisations, such as "{value}"'),
    ),
    doubt(
        "example_changed",
        N_('a row that begins with "example:" is not loaded'),
        N_('take "example:" away if the row is meant'),
        many=N_('{count} rows that begin with "example:" are not loaded'),
    ),
)

REFERENCES = (
    FaultKind(
        "no_such_row",
        N_('there is no {kinds} "{value}"'),
        N_("add it to {tables}, or write the id of one that is there"),
        N_("did you mean {nearest}?"),
        many=N_('{count} rows name {kinds} "{value}", which is not there'),
        cause=Cause.ANYWHERE,
    ),
    FaultKind(
        "ambiguous_reference",
        N_('"{value}" is the id of more than one: {kinds}'),
        N_("give one of them another id, here and in its own table"),
        many=N_('{count} rows name "{value}", which is the id of more than one: {kinds}'),
        cause=Cause.ANYWHERE,
    ),
    FaultKind(
        "still_needed",
        N_('{kinds} "{value}" is gone, but data set {data_set} refers to it ({other})'),
        N_("keep the row, or change the other data set first"),
        many=N_('{count} rows are gone that other data sets refer to, such as {kinds} "{value}" ({data_set}, {other})'),
        cause=Cause.COLUMN,
    ),
    FaultKind(
        "made_ambiguous",
        N_('"{value}" is now the id of more than one ({kinds}), and data set {data_set} refers to it ({other})'),
        N_("choose another id"),
        many=N_(
            '{count} ids of which other data sets speak now mean more than one, such as "{value}" ({data_set}, {other})'
        ),
        cause=Cause.COLUMN,
    ),
)
