"""Verify: the graph as it is against its own tables, and mended on request."""

import time
from collections.abc import Sequence
from dataclasses import replace

from graph_store.errors import WrongUse
from graph_store.loads import graph_state, read_whole
from graph_store.store import Store
from languages.words import _

from ..fold import Graph, fold
from ..keep import (
    BY_COMMAND,
    CURRENT,
    REPAIRED,
    LoadRecord,
    all_loads,
    kept_rows,
    note_seconds,
    of_the_whole,
)
from ..loading import moment_after, new_id
from ..lock import only_loader
from ..memory import collector_paused
from ..plan import Counts, Plan
from ..progress import silent
from ..write import Progress, Work, carry_out, kept_statements, leftovers, prepare
from .comparison import Compared, compared
from .findings import Finding, Verification, Wrong
from .kept_tables import broken_tables
from .mending import mending_statements, repair
from .structure import drop_wrong, make_missing, wrong_structure


def verify(
    store: Store,
    *,
    mend: bool = False,
    everything: bool = False,
    progress: Progress | None = None,
    by: str = BY_COMMAND,
    wait: float = 0.0,
) -> Verification:
    """Compare the graph with its own tables, element by element, and mend it on request.

    Parameters
    ----------
    mend
        Make the graph what its tables say, in one transaction, as a run of its
        own; the store is opened for writing then.
    everything
        Mend takes labels and types that the model does not know away, too.
    by, wait
        As for `load`; a comparison alone has nobody to wait for.

    Returns
    -------
    Verification
        What was wrong: before it was mended, where it was.

    Raises
    ------
    WrongUse
        When it is to be mended and kept tables that it is made from cannot be read.
    graph_loader.lock.AnotherLoadRuns
        When it is to be mended and another process loads into the same graph.
    """
    if mend:
        return _mended(store, everything, progress or silent, by, wait)
    began = time.monotonic()
    with collector_paused():
        version, (found, _expected) = read_whole(store, lambda: _looked_at(store, all_loads(store), progress or silent))
    return replace(found, version=version, seconds=time.monotonic() - began)


def _mended(store: Store, everything: bool, progress: Progress, by: str, wait: float) -> Verification:
    """Verify, and make the graph what its tables say."""
    began = time.monotonic()
    run_id = new_id()
    with collector_paused(), only_loader(store, run_id, command=REPAIRED, wait=wait, told=progress):
        records = all_loads(store)
        found, expected = _looked_at(store, records, progress)
        if not found.compared:
            raise WrongUse(
                _(
                    "The kept tables of {data_sets} cannot be read, so nothing can be mended: load their files again."
                ).format(data_sets=", ".join(sorted({one.id for one in found.findings if one.wrong is Wrong.TABLES})))
            )
        _mend_structure(store, found.findings)
        wanted = {Wrong.MISSING, Wrong.EXTRA, Wrong.DIFFERS, Wrong.TWICE, *([Wrong.OUTSIDE] if everything else [])}
        left = graph_state(store).unfinished
        if left or any(one.wrong in wanted for one in found.findings):
            plan = repair(found.findings, expected)
            changes = _changes(found.findings, plan)
            record = of_the_whole(run_id, REPAIRED, moment_after(records), by, changes)
            statements = [
                *mending_statements(found.findings, plan, everything),
                *leftovers(left),
                *kept_statements("Load", [record.as_properties()]),
            ]
            carry_out(store, Work.of(statements), record.id, record.at, progress)
            note_seconds(store, run_id, time.monotonic() - began)
        prepare(store)
        version = graph_state(store).version
    return replace(found, version=version, mended=True, seconds=time.monotonic() - began)


def _looked_at(store: Store, records: Sequence[LoadRecord], progress: Progress) -> tuple[Verification, Graph]:
    progress(_("Reading the kept tables"), 0, 0)
    broken = broken_tables(store, records)
    # Before the first load nothing has been made that could be missing.
    structure = [one for one in wrong_structure(store) if records or not one.expected]
    shown = [record for record in records if record.state == CURRENT]
    shown.sort(key=lambda record: (record.precedence, record.id))
    if {one.what for one in broken} & {record.tables for record in shown}:
        return Verification("", 0, 0, (*broken, *structure), compared=False), Graph()
    expected = fold(kept_rows(store, shown))
    result: Compared = compared(store, expected, progress)
    findings = (*broken, *structure, *result.findings)
    return Verification("", result.nodes, result.relationships, findings), expected


def _mend_structure(store: Store, findings: Sequence[Finding]) -> None:
    """Constraints that help the mending; those that two nodes of one id still hinder come after it."""
    doubled = {one.what for one in findings if one.wrong is Wrong.TWICE}
    drop_wrong(store, findings)
    make_missing(store, findings, doubled)


def _changes(findings: Sequence[Finding], plan: Plan) -> dict[str, Counts]:
    """What the repair does, by kind; what was too much is no part of the plan."""
    counts = plan.counts()
    for finding in findings:
        if finding.wrong in (Wrong.EXTRA, Wrong.TWICE):
            so_far = counts.get(finding.what, Counts(0, 0, 0))
            counts[finding.what] = so_far._replace(removed=so_far.removed + 1)
    return counts
