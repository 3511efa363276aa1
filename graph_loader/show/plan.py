"""What a load would change, as text."""

from collections.abc import Callable, Collection, Mapping
from itertools import groupby

from languages.words import _, number

from ..cells import Value
from ..fold import Element, Graph
from ..meaning import NodeKey
from ..plan import Counts, Plan, shown_changes
from ..reading_order import reading_order
from .lines import MOST_SHOWN, aligned, section
from .naming import heading, headline, is_thing, kind_of_thing, kinds, value_in_words, verb


def plan_text(plan: Plan) -> list[str]:
    """What would be added, changed and removed: counts by kind, then the changes one by one."""
    if plan.empty:
        return [_("A load would change nothing.")]
    lines = [_("What a load would change:"), *counted(plan.counts())]
    lines += _part(_("Changed"), plan.changed, lambda element: _changed(element, plan))
    lines += _part(_("Removed"), plan.removed, lambda element: element_in_words(element, plan.before))
    return lines + _part(_("Added"), plan.added, lambda element: element_in_words(element, plan.after))


def counted(counts: Mapping[str, Counts]) -> list[str]:
    """How many things and links are added, changed and removed: in one line, and by kind in a table."""
    head = ["", _("added"), _("changed"), _("removed")]
    rows = [
        [f"  {kinds(kind)}", *(number(count) if count else "-" for count in each)]
        for kind, each in sorted(counts.items(), key=lambda item: (not is_thing(item[0]), kinds(item[0])))
    ]
    return [headline(counts), "", *aligned([head, *rows], right=True)]


def element_in_words(element: Element, graph: Graph) -> str:
    """A thing by its kind, name and id; a link as the sentence that it says."""
    if isinstance(element, NodeKey):
        return thing_in_words(element.label, element.id, _name(element, graph))
    return f"{_name(element.start, graph)} {verb(element.type)} {_name(element.end, graph)}"


def thing_in_words(kind: str, id_: str, name: str) -> str:
    """A thing by its kind, its name and, where that is another, its id."""
    return f"{kind_of_thing(kind)} {name} ({id_})" if name != id_ else f"{kind_of_thing(kind)} {id_}"


def _name(node: NodeKey, graph: Graph) -> str:
    return str(graph.nodes[node].get("name", node.id)) if node in graph.nodes else node.id


def _part(title: str, elements: Collection[Element], told: Callable[[Element], str]) -> list[str]:
    return section(title, [told(element) for element in _first(elements)], len(elements))


def _first(elements: Collection[Element]) -> list[Element]:
    """The first of elements that lie kind by kind, each kind in the order of its ids as people count."""
    found: list[Element] = []
    for _kind, group in groupby(elements, key=lambda element: element[0]):
        found += sorted(group, key=reading_order)
        if len(found) >= MOST_SHOWN:
            break
    return found[:MOST_SHOWN]


def _changed(element: Element, plan: Plan) -> str:
    kind = element[0]
    changes = [
        changed_value(kind, item.property, item.before, item.after) for item in shown_changes(plan.changed[element])
    ]
    return f"{element_in_words(element, plan.after)}: {'; '.join(changes)}"


def changed_value(kind: str, name: str, before: Value | None, after: Value | None) -> str:
    """One property before and after: ``Budget: 200 EUR, now 250 EUR``."""
    return _("{property}: {before}, now {after}").format(
        property=heading(kind, name),
        before=value_in_words(kind, name, before),
        after=value_in_words(kind, name, after),
    )
