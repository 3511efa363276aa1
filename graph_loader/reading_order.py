"""The order in which people read things and links: kind by kind, numbers in ids by their size."""

from languages.order import natural

from .fold import Element
from .meaning import NodeKey


def reading_order(element: Element) -> tuple[object, ...]:
    """A key to sort elements by: things before links, then by kind, then by id or ends."""
    if isinstance(element, NodeKey):
        return (False, element.label, natural(element.id))
    return (True, element.type, natural(element.start.id), natural(element.end.id), element.marks)
