"""What a check found and what a load did, as text."""

from collections.abc import Sequence

from languages.words import _, ngettext, number

from ..annotated import Annotated
from ..faults import Fault
from ..grouping import Group, grouped
from ..notes import Note
from ..report import LoadReport, Report
from .lines import MOST_SHOWN, section
from .plan import counted

# Of places with the same note, all are named up to this many.
_MOST_PLACES = 3


def report_text(report: Report, guesses: bool = True) -> list[str]:
    """The faults and doubts of a check, and whether a load may follow.

    Parameters
    ----------
    guesses
        Whether all that was guessed is said; without, how much, and in full only what is not loaded for it.
    """
    rows, tables = sum(report.rows.values()), len([count for count in report.rows.values() if count])
    read = _("{rows} in {tables} read.").format(
        rows=ngettext("{count} row", "{count} rows", rows), tables=ngettext("{count} table", "{count} tables", tables)
    )
    read = read if tables else _("No rows could be read.")
    lines = [f"{_('Data set {data_set}').format(data_set=report.data_set)}: {read}" if report.data_set else read]
    lines += section(_("Read as"), _read_as(report.notes)) if guesses else _guessed(report.notes)
    lines += _causes(_faults_in_words(report), grouped(report.faults))
    lines += _causes(_doubts_in_words(report), grouped(report.doubts))
    return [*lines, "", _("Nothing has been loaded.") if report.faults else _("No faults found.")]


def load_text(report: LoadReport) -> list[str]:
    """What a load did."""
    if not report.loaded:
        return report_text(report.report, guesses=False)
    if report.unchanged:
        return [_("These files were loaded before and have not changed: nothing to do.")]
    lines = report_text(report.report, guesses=False)[:-2]
    done = _("Loaded in {seconds} seconds. Version of the data: {version}").format(
        seconds=number(report.seconds, 1), version=report.version
    )
    counts = report.plan.counts() if report.plan else {}
    changes = counted(counts) if counts else [_("The graph stays as it was.")]
    return [*lines, "", *changes, "", done]


def annotated_text(marked: Annotated) -> list[str]:
    """Which workbooks were written with their faults marked, and what could not be."""
    return ["", *(_("Marked: {path}").format(path=path) for path in marked.files), *marked.told]


def _faults_in_words(report: Report) -> str:
    told = ngettext("{count} fault", "{count} faults", _count(report.faults))
    return _("{faults}, to be mended before a load:").format(faults=_of_causes(told, report.faults))


def _doubts_in_words(report: Report) -> str:
    told = ngettext("{count} doubt", "{count} doubts", _count(report.doubts))
    return _("{doubts}, which would not stop a load:").format(doubts=_of_causes(told, report.doubts))


def _of_causes(told: str, found: Sequence[Fault]) -> str:
    causes = len(grouped(found))
    if causes == _count(found):
        return told
    return _("{told} of {causes}").format(told=told, causes=ngettext("{count} cause", "{count} causes", causes))


def _count(found: Sequence[Fault]) -> int:
    return sum(group.count for group in grouped(found))


def _causes(title: str, groups: Sequence[Group]) -> list[str]:
    """A title and its causes, the first of many; those that follow from others under a title of their own."""
    if not groups:
        return []
    shown = groups[:MOST_SHOWN]
    lines = ["", title]
    lines += [line for group in shown if not group.follows for line in _cause(group)]
    follow_on = [line for group in shown if group.follows for line in _cause(group)]
    lines += ["", _("These may go away when the others are mended:"), *follow_on] if follow_on else []
    rest = groups[MOST_SHOWN:]
    if rest:
        more = ngettext("{count} more cause", "{count} more causes", len(rest))
        told = _("  and {more}; --json lists them all, --annotate marks them in the workbook")
        lines.append(told.format(more=more))
    return lines


def _cause(group: Group) -> list[str]:
    """One line for a fault alone; for several a line of what, and one for each column of where."""
    if group.count == 1:
        return [f"  {group.faults[0]}"]
    spots = group.spots
    lines = [f"  {group.sentence} ({group.mend})", *(f"      {spot}" for spot in spots[:_MOST_PLACES])]
    rest = len(spots) - _MOST_PLACES
    if rest > 0:
        lines.append("      " + ngettext("and {count} more column", "and {count} more columns", rest))
    return lines


def _read_as(notes: Sequence[Note]) -> list[str]:
    """What was guessed and left alone; what holds for several places is said once."""
    places: dict[str, list[str]] = {}
    for note in notes:
        places.setdefault(note.sentence, []).append(note.place)
    return [f"{_places(found)}: {sentence}" for sentence, found in places.items()]


def _guessed(notes: Sequence[Note]) -> list[str]:
    """How much was guessed, and what is left alone for it: only that takes something away."""
    if not notes:
        return []
    told = ngettext(
        "{count} thing was guessed while reading; `graph-loader check` says it.",
        "{count} things were guessed while reading; `graph-loader check` says them all.",
        len(_read_as(notes)),
    )
    return [told, *section(_("Not read"), _read_as([note for note in notes if note.leaves_out]))]


def _places(found: list[str]) -> str:
    if len(found) <= _MOST_PLACES:
        return ", ".join(found)
    return ngettext("{count} file or sheet", "{count} files or sheets", len(found))
