"""What a check found and what a load did, as text."""

from collections.abc import Sequence

from languages.words import _, ngettext, number

from ..notes import Note
from ..report import LoadReport, Report
from .lines import section
from .plan import counts

# Of places with the same note, all are named up to this many.
_MOST_PLACES = 3


def report_text(report: Report) -> list[str]:
    """The faults and doubts of a check, and whether a load may follow."""
    rows, tables = sum(report.rows.values()), len([count for count in report.rows.values() if count])
    read = _("{rows} rows in {tables} tables read.").format(rows=number(rows), tables=number(tables))
    lines = [f"{_('Data set {data_set}').format(data_set=report.data_set)}: {read}" if report.data_set else read]
    lines += section(_("Read as"), _read_as(report.notes))
    if report.faults:
        lines += [
            "",
            ngettext(
                "{count} fault, to be mended before a load:",
                "{count} faults, to be mended before a load:",
                len(report.faults),
            ),
        ]
        lines += [f"  {fault}" for fault in report.faults]
    if report.doubts:
        lines += [
            "",
            ngettext(
                "{count} doubt, which does not stop a load:",
                "{count} doubts, which do not stop a load:",
                len(report.doubts),
            ),
        ]
        lines += [f"  {doubt}" for doubt in report.doubts]
    return [*lines, "", _("Nothing has been loaded.") if report.faults else _("No faults found.")]


def load_text(report: LoadReport) -> list[str]:
    """What a load did."""
    if not report.loaded:
        return report_text(report.report)
    if report.unchanged:
        return [_("These files were loaded before and have not changed: nothing to do.")]
    lines = report_text(report.report)[:-2]
    done = _("Loaded in {seconds} seconds. Version of the data: {version}").format(
        seconds=number(report.seconds, 1), version=report.version
    )
    changes = counts(report.plan) if report.plan and not report.plan.empty else [_("The graph stays as it was.")]
    return [*lines, "", *changes, "", done]


def _read_as(notes: Sequence[Note]) -> list[str]:
    """What was guessed and left alone; what holds for several places is said once."""
    places: dict[str, list[str]] = {}
    for note in notes:
        places.setdefault(note.sentence, []).append(note.place)
    return [f"{_places(found)}: {sentence}" for sentence, found in places.items()]


def _places(found: list[str]) -> str:
    if len(found) <= _MOST_PLACES:
        return ", ".join(found)
    return ngettext("{count} file or sheet", "{count} files or sheets", len(found))
