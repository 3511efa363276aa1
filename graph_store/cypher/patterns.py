"""The patterns of a statement: its nodes and relationships, with the names that they are given."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from .nested import Nested

_IN_LABELS = ("|", "&", "!", ":")


@dataclass(frozen=True)
class Part:
    """A node or a relationship of a pattern: its bracket, its variable, and its labels or types.

    `names` holds the places of labels or types; `plain` is False where it is not said
    which ones it may have: none are named, or some are excluded.
    """

    bracket: int
    variable: str
    names: tuple[int, ...]
    plain: bool


@dataclass(frozen=True)
class Hop:
    """A relationship between two nodes as it is written; `arrow` is ``>``, ``<`` or empty; `many` for several hops."""

    left: Part
    relationship: Part
    right: Part
    arrow: str
    many: bool


@dataclass
class Variables:
    """The labels, or types, that each variable of a pattern may have; empty for any."""

    nodes: dict[str, set[str]] = field(default_factory=dict)
    relationships: dict[str, set[str]] = field(default_factory=dict)


def parts(read: Nested) -> Iterator[Part]:
    """All nodes and relationships whose form tells that they are some.

    That is one with a label or a type, one tied to others, and a name alone.
    """
    for bracket in read.ends:
        if is_relationship(read, bracket):
            yield part(read, bracket)
        elif read.sign(bracket, "(") and not _is_call(read, bracket):
            found = part(read, bracket)
            if found.names or _is_tied(read, bracket) or (found.variable and len(read.group(bracket)) == 1):
                yield found


def part(read: Nested, bracket: int) -> Part:
    """What stands at the head of a bracket of a pattern."""
    place = bracket + 1
    variable = ""
    if read.named(place) and not read.sign(place + 1, ".", "("):
        variable = read.named(place)
        place += 1
    if not read.sign(place, ":"):
        return Part(bracket, variable, (), plain=False)
    names, plain = [], True
    end = read.ends[bracket]
    while place < end:
        if read.named(place) and read.sign(place - 1, *_IN_LABELS, "("):
            names.append(place)
        elif not read.sign(place, *_IN_LABELS, "(", ")"):
            break
        plain = plain and not read.sign(place, "!", "$")
        place += 1
    return Part(bracket, variable, tuple(names), plain and bool(names))


def hops(read: Nested) -> Iterator[Hop]:
    """All relationships that stand in brackets between two nodes."""
    for bracket in read.ends:
        if not is_relationship(read, bracket):
            continue
        end = read.ends[bracket]
        before = bracket - 2 if read.sign(bracket - 2, "<") else bracket - 1
        after = end + 2 if read.sign(end + 2, ">") else end + 1
        counted = read.sign(after + 1, "+", "*", "{")
        after += 1
        left, right = read.starts.get(before - 1), after
        if counted or left is None or not read.sign(left, "(") or not read.sign(right, "("):
            continue
        arrow = ("<" if read.sign(bracket - 2, "<") else "") + (">" if read.sign(end + 2, ">") else "")
        many = any(read.sign(place, "*") for place in read.group(bracket) if read.inside[place] == bracket)
        yield Hop(part(read, left), part(read, bracket), part(read, right), arrow if len(arrow) == 1 else "", many)


def variables(read: Nested) -> Variables:
    """The variables of patterns; those that are given a meaning elsewhere as well are left out."""
    found = Variables()
    for item in parts(read):
        if not item.variable:
            continue
        kept = found.relationships if is_relationship(read, item.bracket) else found.nodes
        labels = {read.named(place) for place in item.names} if item.plain else set[str]()
        kept[item.variable] = kept.get(item.variable, set()) | labels
    for place in range(len(read.pieces)):
        named_anew = read.word(place, "AS") or read.sign(place + 2, "=")
        name = read.named(place + 1)
        if (named_anew or read.word(place + 2, "IN")) and name and not read.sign(place, "."):
            found.nodes.pop(name, None)
            found.relationships.pop(name, None)
    for name in set(found.nodes) & set(found.relationships):
        del found.nodes[name], found.relationships[name]
    return found


def is_relationship(read: Nested, bracket: int) -> bool:
    """Whether a bracket holds a relationship of a pattern."""
    return read.sign(bracket, "[") and read.sign(bracket - 1, "-") and read.sign(bracket - 2, ")", "<")


def _is_call(read: Nested, bracket: int) -> bool:
    """Whether the bracket holds what a function is called with."""
    before = read.pieces[bracket - 1] if bracket else None
    if before is None or before.kind not in ("word", "quoted_name"):
        return False
    return before.end == read.pieces[bracket].start or read.sign(bracket - 2, ".")


def _is_tied(read: Nested, bracket: int) -> bool:
    end = read.ends[bracket]
    return read.sign(end + 1, "-", "<") or read.sign(bracket - 1, "-", ">")
