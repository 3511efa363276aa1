"""The names in a statement beside those of the schema: what is not there, and which name was likely meant.

An engine does not mind a label that it has never seen: it finds nothing, and
says nothing. These are doubts, since another's graph may hold more than the
schema says; nothing here is refused.
"""

from collections.abc import Iterator
from functools import cache

from languages.words import _, listing

from .. import schema
from ..kinds import NodeKind, RelationshipKind
from .mistake import Mistake, at, meant, nearest
from .nested import Nested
from .patterns import Hop, Part, Variables, hops, is_relationship, parts, variables

_LABELS = {kind.label: kind for kind in schema.NODE_KINDS}
_TYPES = {kind.type: kind for kind in schema.RELATIONSHIP_KINDS}
_EVERYWHERE = ("data_sets", "sources", schema.NOTE.name)


def doubtful_names(read: Nested) -> list[Mistake]:
    """Labels, types and properties that the schema lacks, and relationships that it does not draw so."""
    known = variables(read)
    found = [*_labels(read, known), *_properties(read, known), *_joined(read, known)]
    once = {(item.line, item.column): item for item in reversed(found)}
    return [once[place] for place in sorted(once)]


def _labels(read: Nested, known: Variables) -> Iterator[Mistake]:
    for item in parts(read):
        of_relationship = is_relationship(read, item.bracket)
        for place in item.names:
            name = read.named(place)
            if of_relationship and name not in _TYPES:
                sentence = _("There is no relationship type `{name}`").format(name=name)
                mend = nearest(name, _words_of_types())
                yield at(read.pieces[place], meant(sentence, mend), mend)
            elif not of_relationship and name not in _LABELS and name not in schema.INTERNAL_LABELS:
                yield _no_label(read, place)
    yield from _conditions(read, known)


def _conditions(read: Nested, known: Variables) -> Iterator[Mistake]:
    """``WHERE n:Label``, outside of the head of a pattern."""
    for place in range(2, len(read.pieces)):
        name, variable = read.named(place), read.named(place - 2)
        if not (name and variable in known.nodes and read.sign(place - 1, ":")) or read.sign(place - 3, "(", "{", ","):
            continue
        if name not in _LABELS and name not in schema.INTERNAL_LABELS:
            yield _no_label(read, place)


def _no_label(read: Nested, place: int) -> Mistake:
    name = read.named(place)
    mend = nearest(name, _words_of_labels())
    return at(read.pieces[place], meant(_("There is no label `{name}`").format(name=name), mend), mend)


def _properties(read: Nested, known: Variables) -> Iterator[Mistake]:
    for place in range(len(read.pieces)):
        owner = _owner(read, place)
        name = read.named(place)
        if not owner or not name:
            continue
        if owner in known.nodes:
            kinds: list[NodeKind] | list[RelationshipKind] = _kinds(known.nodes[owner])
        elif owner in known.relationships:
            kinds = _kinds_of_types(known.relationships[owner])
        else:
            continue
        if kinds and name not in _stored(kinds):
            yield _no_property(read, place, kinds)
    for item in parts(read):
        yield from _map_of(read, item, known)


def _owner(read: Nested, place: int) -> str:
    """The variable whose property stands at a place, as in ``n.name`` and ``n {.name}``."""
    if not read.sign(place - 1, ".") or read.sign(place + 1, "(") or read.sign(place + 1, "."):
        return ""
    if read.named(place - 2) and not read.sign(place - 3, "."):
        return read.named(place - 2)
    bracket = read.inside[place]
    if read.sign(bracket, "{") and read.sign(place - 2, "{", ",") and not read.holds_statement(bracket):
        return read.named(bracket - 1)
    return ""


def _map_of(read: Nested, item: Part, known: Variables) -> Iterator[Mistake]:
    """The properties that a pattern asks for: ``(n:Region {kind: 'city'})``."""
    bracket = next((place for place in read.group(item.bracket) if read.sign(place, "{")), None)
    if bracket is None or read.inside[bracket] != item.bracket or read.holds_statement(bracket):
        return
    names = {read.named(place) for place in item.names} if item.plain else set[str]()
    if is_relationship(read, item.bracket):
        kinds: list[NodeKind] | list[RelationshipKind] = _kinds_of_types(
            names or known.relationships.get(item.variable, set())
        )
    else:
        kinds = _kinds(names or known.nodes.get(item.variable, set()))
    for place in read.group(bracket):
        is_key = read.inside[place] == bracket and read.sign(place + 1, ":") and read.sign(place - 1, "{", ",")
        if is_key and kinds and read.named(place) and read.named(place) not in _stored(kinds):
            yield _no_property(read, place, kinds)


def _no_property(read: Nested, place: int, kinds: list[NodeKind] | list[RelationshipKind]) -> Mistake:
    name = read.named(place)
    mend = nearest(name, _words_of_properties(kinds))
    owners = listing([f"`{kind.label if isinstance(kind, NodeKind) else kind.type}`" for kind in kinds[:3]])
    if len(kinds) > 3:
        sentence = _("No label of the schema has a property `{name}`").format(name=name)
    else:
        sentence = _("{owners} has no property `{name}`").format(owners=owners, name=name)
    return at(read.pieces[place], meant(sentence, mend), mend)


def _joined(read: Nested, known: Variables) -> Iterator[Mistake]:
    """Relationships between nodes that the schema does not join, or the other way round."""
    for hop in hops(read):
        names = [read.named(place) for place in hop.relationship.names]
        if hop.many or not hop.relationship.plain or not all(name in _TYPES for name in names):
            continue
        kinds = [_TYPES[name] for name in names]
        left, right = (_labels_of(read, end, known) for end in (hop.left, hop.right))
        if not (left <= set(_LABELS) and right <= set(_LABELS)):
            continue
        yield from _doubts(read, hop, kinds, left, right)


def _doubts(
    read: Nested, hop: Hop, kinds: list[RelationshipKind], left: set[str], right: set[str]
) -> Iterator[Mistake]:
    token = read.pieces[hop.relationship.names[0]]
    there = any(_joins(kind, left, right) for kind in kinds)
    back = any(_joins(kind, right, left) for kind in kinds)
    fits = {">": there, "<": back, "": there or back}[hop.arrow]
    if not fits:
        ways = listing([_way(kind) for kind in kinds])
        if there or back:
            yield at(token, _("{ways}: turn the arrow round.").format(ways=ways))
        else:
            yield at(token, _("{ways}: what stands here on either side is never joined by it.").format(ways=ways))


def _joins(kind: RelationshipKind, starts: set[str], ends: set[str]) -> bool:
    pairs = [(start, end) for start in kind.starts for end in kind.ends if not kind.same_label or start == end]
    return any((not starts or start in starts) and (not ends or end in ends) for start, end in pairs)


def _way(kind: RelationshipKind) -> str:
    return _("`{type}` goes from {starts} to {ends}").format(
        type=kind.type, starts=" / ".join(kind.starts), ends=" / ".join(kind.ends)
    )


def _labels_of(read: Nested, item: Part, known: Variables) -> set[str]:
    if item.plain:
        return {read.named(place) for place in item.names}
    return set() if item.names else known.nodes.get(item.variable, set())


def _kinds(labels: set[str]) -> list[NodeKind]:
    """The kinds of labels, all of them for none named; none where one of the labels is unknown."""
    if not labels:
        return list(schema.NODE_KINDS)
    return [_LABELS[label] for label in sorted(labels)] if labels <= set(_LABELS) else []


def _kinds_of_types(types: set[str]) -> list[RelationshipKind]:
    if not types:
        return list(schema.RELATIONSHIP_KINDS)
    return [_TYPES[name] for name in sorted(types)] if types <= set(_TYPES) else []


def _stored(kinds: list[NodeKind] | list[RelationshipKind]) -> set[str]:
    return set(_words_of_properties(kinds).values())


def _words_of_properties(kinds: list[NodeKind] | list[RelationshipKind]) -> dict[str, str]:
    """Names of properties as the graph keeps them, by those names and by their headings."""
    own = [item for kind in kinds for item in kind.properties]
    always = ("id", "name", *_EVERYWHERE) if isinstance(kinds[0], NodeKind) else ("key", *_EVERYWHERE)
    stored = {name: name for name in (*always, *(name for item in own for name in item.stored_as))}
    headings = {words: item.name for item in own for words in (item.heading, _(item.heading))}
    return headings | stored


@cache
def _words_of_labels() -> dict[str, str]:
    """Labels by themselves and by their titles, in English; a reader of another language writes labels all the same."""
    return {words: kind.label for kind in schema.NODE_KINDS for words in (kind.label, kind.plural, kind.title)}


@cache
def _words_of_types() -> dict[str, str]:
    return {words: kind.type for kind in schema.RELATIONSHIP_KINDS for words in (kind.type, kind.title, kind.reverse)}
