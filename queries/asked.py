"""What a parameter asks a reader for, and where its choices come from.

A parameter that many queries share is told here once; a header tells its own,
or tells one of these differently::

    // with: other: The other region (Region); years: Years after the first visit (1 to 20)

In brackets stands where the choices come from: nodes of a label (or of several:
``Region or Organisation``), the closed list of a property (``Adoption.stage``),
or a range of whole numbers. Without brackets anything may be written.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from graph_store import schema
from graph_store.kinds import Option
from languages.words import N_

_WRITTEN = re.compile(r"(?P<name>[a-z][a-z0-9_]*):\s*(?P<words>[^()]+?)\s*(?:\((?P<source>[^()]*)\))?")
_RANGE = re.compile(r"(?P<least>-?\d+) to (?P<most>\d+)")


@dataclass(frozen=True)
class Asked:
    """What is asked for, in words, and where its choices come from.

    `words` is a message: translate it where it is shown. `labels` are node kinds whose nodes can be
    chosen, by id; `options` a closed list; `span` the least and the most; all empty where anything goes.
    """

    words: str
    labels: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    span: tuple[int, int] | None = None
    source: str = ""


def asked(words: str, source: str = "") -> Asked:
    """What is asked for, from its words and the text of where its choices come from.

    Raises
    ------
    ValueError
        With a sentence, when that is no label, closed list or range.
    """
    span = _RANGE.fullmatch(source)
    if not source:
        return Asked(words)
    if span:
        return Asked(words, span=(int(span["least"]), int(span["most"])), source=source)
    if "." in source:
        return Asked(words, options=_options(source), source=source)
    labels = tuple(source.split(" or "))
    unknown = [label for label in labels if label not in {kind.label for kind in schema.NODE_KINDS}]
    if unknown:
        raise ValueError(f'choices come from "{source}": the schema has no label {unknown[0]}')
    return Asked(words, labels=labels, source=source)


def declared_words(text: str) -> dict[str, Asked]:
    """What a header tells of its parameters, by name.

    Raises
    ------
    ValueError
        With a sentence, when a part of it cannot be read.
    """
    found: dict[str, Asked] = {}
    for part in (piece.strip() for piece in text.split(";")):
        if not part:
            continue
        written = _WRITTEN.fullmatch(part)
        if not written:
            raise ValueError(f'"{part}" tells no parameter (write it as: years: Years after the first (1 to 20))')
        found[written["name"]] = asked(written["words"], written["source"] or "")
    return found


def _options(source: str) -> tuple[Option, ...]:
    owner, _dot, name = source.partition(".")
    kinds = {kind.label: kind.property for kind in schema.NODE_KINDS}
    kinds |= {kind.type: kind.property for kind in schema.RELATIONSHIP_KINDS}
    try:
        options = kinds[owner](name).options
    except KeyError:
        raise ValueError(f'choices come from "{source}": the schema has no such property') from None
    if not options:
        raise ValueError(f'choices come from "{source}": it has no closed list')
    return options


SHARED: Mapping[str, Asked] = {
    "approach": asked(N_("Approach"), "Approach"),
    "counted": asked(N_("Kinds of region that count"), "Region.kind"),
    "data_set": asked(N_("Data set"), "DataSet"),
    "ended": asked(N_("Stages that count as ended"), "Adoption.stage"),
    "id": asked(N_("Id of anything that has a profile")),
    "interest": asked(N_("Stages that count as interest"), "Adoption.stage"),
    "internal": asked(N_("Labels that the loader keeps for itself")),
    "kinds": asked(N_("Kinds of region"), "Region.kind"),
    "least": asked(N_("At least"), "1 to 1000"),
    "limit": asked(N_("Rows at most"), "1 to 100000"),
    "organisation": asked(N_("Organisation"), "Organisation"),
    "plan": asked(N_("Plan"), "Plan"),
    "project": asked(N_("Project"), "Project"),
    "region": asked(N_("Region"), "Region"),
    "since": asked(N_("From this day on")),
    "source": asked(N_("Source"), "Source"),
    "stages": asked(N_("Stages"), "Adoption.stage"),
    "taken_over": asked(N_("Stages that count as taken over"), "Adoption.stage"),
    "theme": asked(N_("Theme"), "Theme"),
    "until": asked(N_("Up to this day")),
    "visit": asked(N_("Visit"), "Visit"),
    "year": asked(N_("Year"), "1900 to 2200"),
    "years": asked(N_("Years"), "1 to 100"),
}
