"""What can be wrong with a data set as a whole, and with what it says of the spread of approaches."""

from languages.words import N_

from .kind import Cause, FaultKind, doubt

DATA_SETS = (
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
    doubt(
        "no_data_set",
        N_("nothing names the data set that the tables are"),
        N_("add a table data_set with one row, or say --data-set NAME when loading"),
    ),
    doubt("nothing_in_it", N_("no table holds a row"), N_("fill the tables in, then check them again")),
    FaultKind(
        "would_empty",
        N_("no table holds a row, and data set {value} has {count} rows in the graph"),
        N_("fill the tables in; to take the data set out, remove it: `graph-loader remove {value}`"),
    ),
    doubt(
        "table_gone",
        N_('table "{value}" was there at the last load and is not now'),
        N_("a load takes away its {count} rows"),
        many=N_('{count} tables were there at the last load and are not now, such as "{value}"'),
        mend_many=N_("a load takes away all their rows, {count} of them in {value}"),
    ),
    doubt(
        "said_differently",
        N_('{property} of {element} is "{value}" here and "{other}" in data set {data_set}'),
        N_("the graph shows what {winner} says"),
        many=N_(
            '{count} values differ from those of other data sets, such as "{value}" here and "{other}" in {data_set}'
        ),
        columns=("property",),
    ),
)

SPREAD = (
    FaultKind(
        "step_before_approach",
        N_("the step of {value} comes before {approach} began ({other})"),
        N_("correct the date here or in approaches"),
        many=N_("{count} steps come before their approach began, such as {value} before {approach} ({other})"),
        cause=Cause.COLUMN,
    ),
    FaultKind(
        "nobody_attended",
        N_('neither {region} nor a body in it or a region above it attended "{value}"'),
        N_("add who came to attendances, or credit another visit"),
        many=N_(
            '{count} steps are credited to visits that nobody of the region attended, such as {region} to "{value}"'
        ),
        cause=Cause.COLUMN,
    ),
    FaultKind(
        "credit_after_step",
        N_('visit "{value}" of {other} came after the step of {on} that is credited to it'),
        N_("correct one of the two dates"),
        many=N_('{count} steps are credited to visits that came after them, such as {on} to "{value}" of {other}'),
        cause=Cause.COLUMN,
    ),
    FaultKind(
        "outcome_before_visit",
        N_("what came of it is dated {value}, before the visit of {other}"),
        N_("correct one of the two dates"),
        many=N_("{count} outcomes are dated before the visit, such as {value} before {other}"),
        cause=Cause.COLUMN,
    ),
    doubt(
        "visit_after_step",
        N_('{region} visited "{value}" ({other}) only after it took over {approach} ({on})'),
        N_("check both dates; the visit cannot explain the step"),
        many=N_('{count} regions visited only after they took over, such as {region} "{value}" ({other})'),
    ),
    doubt(
        "step_after_data",
        N_("the step of {value} lies after {other}, up to when steps were looked for"),
        N_("correct data_until, or the date"),
        many=N_("{count} steps lie after {other}, up to when steps were looked for; the first is of {value}"),
    ),
)
