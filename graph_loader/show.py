"""Reports as text: short, aligned, calm."""

from collections.abc import Iterable, Sequence

from graph_store.schema import NODE_KINDS, RELATIONSHIP_KINDS
from languages.words import _, in_words, ngettext, number

from .fold import Element
from .meaning import NodeKey
from .plan import Plan, described, shown_changes
from .report import LoadReport, Report, Status

_MOST_SHOWN = 20
_ENGINES = {"neo4j": "Neo4j", "arcadedb": "ArcadeDB"}


def report_text(report: Report) -> list[str]:
    """The faults and doubts of a check, and whether a load may follow."""
    rows, tables = sum(report.rows.values()), len([count for count in report.rows.values() if count])
    read = _("{rows} rows in {tables} tables read.").format(rows=number(rows), tables=number(tables))
    lines = [f"{_('Data set {data_set}').format(data_set=report.data_set)}: {read}" if report.data_set else read]
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


def plan_text(plan: Plan) -> list[str]:
    """What would be added, changed and removed: counts by kind, then the changes one by one."""
    if plan.empty:
        return [_("A load would change nothing.")]
    lines = _counts(plan)
    lines += _section(_("Changed"), [_changed(element, plan) for element in plan.changed])
    lines += _section(_("Removed"), [_named(element, plan, removed=True) for element in plan.removed])
    return lines + _section(_("Added"), [_named(element, plan, removed=False) for element in plan.added])


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
    changes = _counts(report.plan) if report.plan and not report.plan.empty else [_("The graph stays as it was.")]
    return [*lines, "", *changes, "", done]


def status_text(status: Status) -> list[str]:
    """What answers, and what is in the graph."""
    engine = f"{_ENGINES.get(status.engine, status.engine)} {status.version}"
    lines = aligned(
        [
            (_("Engine"), _("{engine} at {address}").format(engine=engine, address=status.address)),
            (_("Version of the data"), status.data_version),
            (_("Last load"), _moment(status.last_load) if status.last_load else _("none yet")),
            (_("Unfinished"), status.unfinished or _("nothing")),
        ]
    )
    if not status.data_sets:
        return [*lines, "", _("The graph is empty. Load the first data set with `graph-loader load PATH`.")]
    lines += ["", _("Data sets")]
    lines += aligned(
        [
            (f"  {item.id}", _("loaded {at}, {rows} rows").format(at=_moment(item.loaded_at), rows=number(item.rows)))
            for item in status.data_sets
        ]
    )
    lines += ["", _("Nodes")]
    lines += aligned([(f"  {_(kind.plural)}", number(status.nodes[kind.label])) for kind in NODE_KINDS], right=True)
    lines += ["", _("Relationships")]
    there = [kind for kind in RELATIONSHIP_KINDS if status.relationships[kind.type]]
    return lines + aligned([(f"  {kind.type}", number(status.relationships[kind.type])) for kind in there], right=True)


def aligned(rows: Sequence[Sequence[str]], right: bool = False) -> list[str]:
    """Rows as lines with their columns under each other; all but the first to the right if asked."""
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))] if rows else []
    lines = []
    for row in rows:
        cells = [
            cell.rjust(width) if right and place else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return lines


def _counts(plan: Plan) -> list[str]:
    head = ["", _("added"), _("changed"), _("removed")]
    rows = [
        [item.kind, *(number(count) if count else "-" for count in (item.added, item.changed, item.removed))]
        for item in plan.per_kind()
    ]
    return aligned([head, *rows], right=True)


def _section(title: str, lines: Iterable[str]) -> list[str]:
    found = list(lines)
    more = len(found) - _MOST_SHOWN
    rest = [_("  and {count} more; --json lists them all").format(count=number(more))] if more > 0 else []
    return ["", title, *(f"  {line}" for line in found[:_MOST_SHOWN]), *rest] if found else []


def _named(element: Element, plan: Plan, removed: bool) -> str:
    graph = plan.before if removed else plan.after
    words = described(element, graph)
    if isinstance(element, NodeKey):
        return f"{words['node']} {words['id']} ({words['name']})"
    return f"{words['relationship']} {words['start']} > {words['end']}"


def _changed(element: Element, plan: Plan) -> str:
    changes = [
        f"{item.property}: {_value(item.before)} > {_value(item.after)}"
        for item in shown_changes(plan.changed[element])
    ]
    return f"{_named(element, plan, removed=False)}: {', '.join(changes)}"


def _value(value: object) -> str:
    if value is None or value == []:
        return _("nothing")
    return f'"{"; ".join(value)}"' if isinstance(value, list) else f'"{value}"'


def _moment(at: str) -> str:
    return f"{in_words(at[:10])} {at[11:16]} UTC"
