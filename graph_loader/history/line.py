"""The line of runs: what each data set said after any of them, and what a step back leads to.

Nothing is kept twice: a run names the load whose rows its data set says from
then on, so the graph at any run is the fold of the latest one of each data set.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from graph_store.dates import interval
from graph_store.errors import WrongUse
from languages.words import _

from ..keep import OF_THE_WHOLE, UNDONE, LoadRecord

FIRST, LAST = "first", "last"
_DAY, _MOMENT = re.compile(r"\d{4}-\d{2}(-\d{2})?"), re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*")


@dataclass(frozen=True)
class Course:
    """The runs of one data set that still count, oldest first, and those that were taken back."""

    standing: tuple[LoadRecord, ...]
    taken_back: frozenset[str]

    @property
    def last(self) -> LoadRecord | None:
        """The one that a step back would take away; None when there is none."""
        return self.standing[-1] if self.standing else None

    @property
    def before(self) -> LoadRecord | None:
        """The one that a step back leads to; None when the data set is not there then."""
        return self.standing[-2] if len(self.standing) > 1 else None


def course(runs: Sequence[LoadRecord], data_set: str) -> Course:
    """What is left of the runs of a data set when each step back has taken one away."""
    standing: list[LoadRecord] = []
    taken_back = set()
    for run in runs:
        if run.data_set != data_set or run.kind in OF_THE_WHOLE:
            continue
        if run.kind != UNDONE:
            standing.append(run)
        elif standing:
            taken_back.add(standing.pop().id)
    return Course(tuple(standing), frozenset(taken_back))


def shown_after(runs: Sequence[LoadRecord], run: LoadRecord | None) -> list[LoadRecord]:
    """The run of each data set that the graph showed after `run`, in order of precedence.

    Parameters
    ----------
    runs
        All runs, oldest first.
    run
        One of them; None for the time before the first.
    """
    latest: dict[str, LoadRecord] = {}
    for one in runs if run else ():
        if one.kind not in OF_THE_WHOLE:
            latest[one.data_set] = one
        if run and one.id == run.id:
            break
    return sorted((one for one in latest.values() if one.tables), key=lambda one: (one.precedence, one.id))


def just_before(runs: Sequence[LoadRecord], run: LoadRecord) -> LoadRecord | None:
    """The run that came before; None for the first."""
    place = next(place for place, one in enumerate(runs) if one.id == run.id)
    return runs[place - 1] if place else None


def short(run_id: str) -> str:
    """The end of a run's id, which is enough to name it."""
    return run_id.rpartition("-")[2]


def named(runs: Sequence[LoadRecord], text: str) -> LoadRecord:
    """The run that `text` names: ``first``, ``last``, an id, or the beginning of its short form.

    Raises
    ------
    WrongUse
        When none is called so, or more than one.
    """
    if runs and text in (FIRST, LAST):
        return runs[0] if text == FIRST else runs[-1]
    exact = [run for run in runs if run.id == text]
    found = exact or [run for run in runs if text and (run.id.startswith(text) or short(run.id).startswith(text))]
    if len(found) == 1:
        return found[0]
    if found:
        raise WrongUse(_('"{text}" is the beginning of several runs. Write more of it.').format(text=text))
    plain = _('No run is called "{text}".').format(text=text)
    next_step = _("`graph-loader runs` lists them; a date such as 2024-03-12 will do, too.")
    raise WrongUse(f"{plain} {next_step}", plain=plain)


def at_moment(runs: Sequence[LoadRecord], text: str, *, end_of_day: bool) -> LoadRecord | None:
    """The last run before a moment or day, or the run that `text` names; None before the first.

    Parameters
    ----------
    text
        A run as `named` takes it, a day or month, or a moment (by the clock of
        this computer where it says no other).
    end_of_day
        Whether a day or month counts with all its runs, or not yet with any.

    Raises
    ------
    WrongUse
        When `text` names neither a run nor a moment.
    """
    if not is_moment(text):
        return named(runs, text)
    try:
        moment = _moment(text, end_of_day)
    except ValueError as error:
        raise WrongUse(
            _('"{text}" is no day and no moment. Write 2024-03-12 or 2024-03-12T14:30.').format(text=text)
        ) from error
    before = [run for run in runs if datetime.fromisoformat(run.at) < moment]
    return before[-1] if before else None


def is_moment(text: str) -> bool:
    """Whether `text` is written as a day, month or moment, and so names no run."""
    return bool(_DAY.fullmatch(text) or _MOMENT.fullmatch(text))


def _moment(text: str, end_of_day: bool) -> datetime:
    if not _DAY.fullmatch(text):
        return datetime.fromisoformat(text).astimezone()
    first, last = interval(text)
    day = last + timedelta(days=1) if end_of_day else first
    return datetime.combine(day, time()).astimezone()
