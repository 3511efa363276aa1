"""What a load would change, as text."""

from collections.abc import Mapping

from languages.words import _, number

from ..fold import Element
from ..meaning import NodeKey
from ..plan import Counts, Plan, described, shown_changes
from .lines import aligned, section


def plan_text(plan: Plan) -> list[str]:
    """What would be added, changed and removed: counts by kind, then the changes one by one."""
    if plan.empty:
        return [_("A load would change nothing.")]
    lines = counts_table(plan.counts())
    lines += section(_("Changed"), [_changed(element, plan) for element in plan.changed])
    lines += section(_("Removed"), [_named(element, plan, removed=True) for element in plan.removed])
    return lines + section(_("Added"), [_named(element, plan, removed=False) for element in plan.added])


def counts_table(counts: Mapping[str, Counts]) -> list[str]:
    """How many of each kind are added, changed and removed, as a table."""
    head = ["", _("added"), _("changed"), _("removed")]
    rows = [[kind, *(number(count) if count else "-" for count in each)] for kind, each in counts.items()]
    return aligned([head, *rows], right=True)


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
