"""What things, links, properties and values are called where a person reads of them: as the app calls them."""

from collections.abc import Mapping
from datetime import date

from graph_store.dates import interval
from graph_store.kinds import NodeKind, Property, RelationshipKind, Type
from graph_store.schema import NAME, NODE_KINDS, NOTE, RELATIONSHIP_KINDS, node_kind
from languages.words import N_, _, country, in_words, listing, ngettext, number

from ..cells import Value
from ..plan import Counts

_NODES: Mapping[str, NodeKind] = {kind.label: kind for kind in NODE_KINDS}
_LINKS: Mapping[str, RelationshipKind] = {kind.type: kind for kind in RELATIONSHIP_KINDS}
_OF_EVERY_KIND = {own.name: own for own in (NAME, NOTE)}
# What the loader notes beside the facts.
_BESIDE = {"data_sets": N_("Data sets that say it"), "sources": N_("Sources")}
_BOUNDS = {"_from": N_("{property} (earliest)"), "_to": N_("{property} (latest)")}
_DECIMALS, _LONGEST = 6, 160


def is_thing(kind: str) -> bool:
    """Whether a kind is one of things, and not of links."""
    return kind in _NODES


def kind_of_thing(kind: str) -> str:
    """One thing's kind: ``Step of taking up``; a label that the model does not know, as it is."""
    return _(_NODES[kind].title) if kind in _NODES else kind


def verb(kind: str) -> str:
    """What a link says between its two ends: ``located in``."""
    return _(_LINKS[kind].title) if kind in _LINKS else kind


def kinds(kind: str) -> str:
    """The things or links of a kind, for a list of how many: ``organisations``, ``organisation located in region``."""
    if kind in _NODES:
        return _(_NODES[kind].plural)
    if kind not in _LINKS:
        return kind
    own = _LINKS[kind]
    starts, ends = ("/".join(_(node_kind(label).title).lower() for label in each) for each in (own.starts, own.ends))
    return f"{starts} {_(own.title)} {ends}"


def heading(kind: str, name: str) -> str:
    """What a property is called."""
    own = _property(kind, name)
    if own and name != own.name:
        return _(next(words for ending, words in _BOUNDS.items() if name.endswith(ending))).format(
            property=_(own.heading)
        )
    return _(own.heading) if own else _(_BESIDE.get(name, name.replace("_", " ").capitalize()))


def value_in_words(kind: str, name: str, value: Value | None) -> str:
    """A value as a reader writes it: dates and numbers in words, codes by their titles, texts in quotes."""
    if value is None or value == []:
        return _("nothing")
    own = _property(kind, name)
    if isinstance(value, date):
        return in_words(value.isoformat())
    if isinstance(value, int | float):
        # Without a unit it counts nothing: a year has no thousands.
        return f"{number(value, _DECIMALS)} {_(own.unit)}" if own and own.unit else str(value)
    if isinstance(value, list | tuple):
        return f'"{"; ".join(map(str, value))}"'
    return _text_in_words(own, str(value))


def _text_in_words(own: Property | None, text: str) -> str:
    if own and own.type is Type.DATE and _is_date(text):
        return in_words(text)
    if own and own.type is Type.COUNTRY:
        return country(text)
    if own and text in own.codes:
        return _(own.option(text).title).lower()
    return f'"{text}"' if len(text) <= _LONGEST else f'"{text[:_LONGEST]}…"'


def _is_date(text: str) -> bool:
    """Whether it is one: into a graph anything may have been written by hand."""
    try:
        interval(text)
    except ValueError:
        return False
    return True


def headline(counts: Mapping[str, Counts]) -> str:
    """How many things and links are added, changed and removed, in one line."""
    told = []
    for place, words in enumerate((_("Added: {what}."), _("Changed: {what}."), _("Removed: {what}."))):
        if what := things_and_links(
            sum(each[place] for kind, each in counts.items() if is_thing(kind)),
            sum(each[place] for kind, each in counts.items() if not is_thing(kind)),
        ):
            told.append(words.format(what=what))
    return " ".join(told)


def things_and_links(things: int, links: int) -> str:
    """``3 things and 12 links``; what there is none of is left out."""
    parts = [ngettext("{count} thing", "{count} things", things)] if things else []
    parts += [ngettext("{count} link", "{count} links", links)] if links else []
    return listing(parts) if parts else ""


def _property(kind: str, name: str) -> Property | None:
    """The property that keeps a value under that name; None for one that the model does not know."""
    own = _NODES.get(kind) or _LINKS.get(kind)
    known = own.properties if own else ()
    return next((item for item in known if name in item.stored_as), _OF_EVERY_KIND.get(name))
