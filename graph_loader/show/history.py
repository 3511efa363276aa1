"""Runs, steps back and differences, as text and as lines of a table."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from languages.moments import local, moment, offset
from languages.words import N_, _, listing, ngettext, number

from ..cells import Value
from ..history.difference import ADDED, CHANGED, REMOVED, Diff, DiffEntry
from ..history.line import short
from ..history.origins import Origin
from ..history.runs import OVER, REPLACED_BY_LATER, SHOWN, SHOWN_AGAIN, TAKEN_BACK, Run
from ..history.step_back import ChangeReport, StepBack
from ..history.table_file import Cell
from ..history.tidying import TidyReport
from ..keep import LOADED, REPAIRED, RESTORED, UNDONE
from ..keep import REMOVED as REMOVAL
from .lines import aligned, section
from .naming import heading, value_in_words, verb
from .plan import changed_value, counted, thing_in_words

_KINDS = {
    LOADED: N_("load"),
    UNDONE: N_("undo"),
    REMOVAL: N_("removal"),
    REPAIRED: N_("repair"),
    RESTORED: N_("restore"),
}
_STATES = {
    SHOWN: N_("shown"),
    SHOWN_AGAIN: N_("shown again"),
    REPLACED_BY_LATER: N_("replaced"),
    TAKEN_BACK: N_("taken back"),
    OVER: N_("done"),
}
_CHANGES = {ADDED: N_("added"), CHANGED: N_("changed"), REMOVED: N_("removed")}
_MOST_FILES = 2


def runs_text(runs: Sequence[Run]) -> list[str]:
    """The runs as a table, the latest first."""
    if not runs:
        return [_("Nothing has been loaded yet.")]
    first = [_("run"), _("when"), _("what"), _("data set")]
    numbers = [_("rows"), _("added"), _("changed"), _("removed"), _("seconds")]
    head = [*first, *numbers, _("state"), _("files")]
    right = range(len(first), len(first) + len(numbers))
    return [*aligned([head, *map(_run_line, runs)], right=right), "", _clock(runs)]


def run_rows(runs: Sequence[Run]) -> Iterator[Sequence[Cell]]:
    """The runs as lines of a file, a header first."""
    yield (
        *("run", "when", "what", "data_set", "rows", "added", "changed", "removed"),
        *("seconds", "by", "state", "back_to", "files"),
    )
    for run in runs:
        yield (
            *(run.id, run.at, run.kind, run.data_set, sum(run.rows.values()), run.added, run.changed, run.removed),
            *(run.seconds, run.by, run.state, run.back_to, "; ".join(run.files)),
        )


def tidy_text(report: TidyReport) -> list[str]:
    """Whose tables were taken away."""
    if not report.runs:
        return [_("There are no older tables to take away.")]
    told = ngettext(
        "The tables of {count} older load were taken away: it stays in the list and cannot be gone back to.",
        "The tables of {count} older loads were taken away: they stay in the list and cannot be gone back to.",
        len(report.runs),
    )
    return [told]


def step_back_text(step: StepBack) -> list[str]:
    """What an undo would take back."""
    words = {"data_set": step.data_set, "run": step.run.short, "at": moment(step.run.at), "changes": _counts(step.run)}
    if step.run.kind == REMOVAL:
        first = _("Data set {data_set} was taken out on {at} ({run}). An undo brings it back.").format(**words)
    else:
        first = _("The last load of data set {data_set} was on {at} ({run}; {changes}).").format(**words)
    if step.back_to:
        return [first, _("It would be again what it was on {at}.").format(at=moment(step.back_to.at))]
    return [first, _("It was the first one: an undo takes the data set out of the graph.")]


def change_text(report: ChangeReport) -> list[str]:
    """What an undo or a removal did, or why it did not."""
    if not report.done:
        why = ngettext(
            "{count} fault would follow, so nothing has been changed:",
            "{count} faults would follow, so nothing has been changed:",
            len(report.faults),
        )
        return [why, *(f"  {fault}" for fault in report.faults)]
    if report.back_to:
        done = _("Data set {data_set} says again what run {run} brought.")
    elif report.kind == UNDONE:
        done = _("Data set {data_set} is no longer in the graph. Load its files again to bring it back.")
    else:
        done = _("Data set {data_set} is no longer in the graph. `graph-loader undo {data_set}` brings it back.")
    done = done.format(data_set=report.data_set, run=short(report.back_to))
    lines = counted(report.plan.counts()) if report.plan and not report.plan.empty else []
    version = _("Version of the data: {version}").format(version=report.version)
    return [done, *(["", *lines] if lines else []), "", version]


def diff_text(diff: Diff) -> list[str]:
    """What changed: counts by kind, then the changes one by one, and at the end who else says the same."""
    words = {
        "before": _version(diff.before, diff.before_at),
        "after": _version(diff.after, diff.after_at),
    }
    if diff.before == diff.after:
        if not diff.after_at:
            return [_("Nothing has been loaded yet.")]
        return [_("Nothing was loaded or taken back in that time: the graph is that of {after}.").format(**words)]
    first = _("What changed from {before} to {after}:").format(**words)
    if diff.empty:
        return [first, _("Nothing has changed.")]
    lines = [first, *counted(diff.counts)] if diff.counts else [first]
    for change, title in ((CHANGED, _("Changed")), (REMOVED, _("Removed")), (ADDED, _("Added"))):
        lines += section(title, _elements(entry for entry in diff.entries if entry.change == change))
    return lines + section(_("Said by other data sets or sources than before"), _elements(diff.provenance))


def diff_rows(diff: Diff) -> Iterator[Sequence[Cell]]:
    """The differences as lines of a file, a header first; who says the same comes last."""
    said = ("data_set", "file", "sheet", "row", "sources")
    yield (
        *("change", "kind", "id", "name", "start", "start_name", "end", "end_name", "told_apart_by"),
        *("property", "before", "after"),
        *(f"now_in_{name}" for name in said),
        *(f"before_in_{name}" for name in said),
    )
    for entry in (*diff.entries, *diff.provenance):
        yield (
            *(entry.change, entry.kind, entry.id, entry.name, entry.start, entry.start_name, entry.end, entry.end_name),
            "; ".join(f"{name}: {value}" for name, value in entry.marks),
            *(entry.property, _cell(entry.before), _cell(entry.after)),
            *_origin_cells(entry.said_after),
            *_origin_cells(entry.said_before),
        )


def _version(run: str, at: str) -> str:
    return _("run {run} of {at}").format(run=short(run), at=moment(at)) if at else _("the empty graph")


def _run_line(run: Run) -> list[str]:
    files = ", ".join(run.files[:_MOST_FILES])
    if len(run.files) > _MOST_FILES:
        files = _("{files} and {count} more").format(files=files, count=number(len(run.files) - _MOST_FILES))
    kind = _(_KINDS.get(run.kind, run.kind))
    return [
        run.short,
        moment(run.at, zone=False),
        kind,
        run.data_set or "-",
        number(sum(run.rows.values())),
        *(number(count) if count else "-" for count in (run.added, run.changed, run.removed)),
        number(run.seconds, 1) if run.seconds else "-",
        _(_STATES[run.state]),
        files,
    ]


def _clock(runs: Sequence[Run]) -> str:
    """By which clock the times are; in summer it may be another than in winter."""
    zones = listing(list(dict.fromkeys(offset(local(run.at)) for run in runs)))
    return _("Times are by the clock of this computer ({zones}).").format(zones=zones)


def _counts(run: Run) -> str:
    """The changes of a run in words: ``12 added, 3 changed``."""
    words = (_("{number} added"), _("{number} changed"), _("{number} removed"))
    counts = zip((run.added, run.changed, run.removed), words, strict=True)
    parts = [each.format(number=number(count)) for count, each in counts if count]
    return ", ".join(parts) or _("no changes")


def _elements(entries: Iterable[DiffEntry]) -> Iterator[str]:
    """One line for each element, with its properties and the row that says so."""
    for _element, group in groupby(entries, key=lambda entry: entry.element):
        own = list(group)
        changes = "; ".join(_change(entry) for entry in own if _is_told(entry))
        said = own[0].said_after or own[0].said_before
        place = f" ({_place(said)})" if said else ""
        yield f"{_name(own[0])}{': ' if changes else ''}{changes}{place}"


def _is_told(entry: DiffEntry) -> bool:
    """Whether it says more than the line does already, which begins with the name."""
    return bool(entry.property) and (entry.property != "name" or entry.change == CHANGED)


def _change(entry: DiffEntry) -> str:
    if entry.change == CHANGED:
        return changed_value(entry.kind, entry.property, entry.before, entry.after)
    value = entry.after if entry.change == ADDED else entry.before
    return _("{property}: {value}").format(
        property=heading(entry.kind, entry.property), value=value_in_words(entry.kind, entry.property, value)
    )


def _name(entry: DiffEntry) -> str:
    if entry.is_node:
        return thing_in_words(entry.kind, entry.id, entry.name)
    link = f"{entry.start_name} {verb(entry.kind)} {entry.end_name}"
    if not entry.marks or entry.change != CHANGED:  # what comes or goes is told with all that it says
        return link
    marks = (f"{heading(entry.kind, name)}: {value_in_words(entry.kind, name, value)}" for name, value in entry.marks)
    return f"{link} ({'; '.join(marks)})"


def _place(said: Origin) -> str:
    parts = [said.data_set, said.file, said.sheet and _("sheet {sheet}").format(sheet=said.sheet)]
    parts += [_("row {row}").format(row=said.row) if said.row else "", ", ".join(said.sources)]
    return ", ".join(part for part in parts if part)


def _cell(value: Value | None) -> Cell:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "; ".join(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)  # 125000.0 is a text to an Excel that writes decimals with a comma
    return value if isinstance(value, str | int | float) else value.isoformat()


def _origin_cells(said: Origin | None) -> tuple[Cell, ...]:
    if said is None:
        return ("", "", "", "", "")
    return (said.data_set, said.file, said.sheet, said.row or "", "; ".join(said.sources))
