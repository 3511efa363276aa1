"""Judge a query's Cypher by its header and the schema, before any engine sees it.

No parser of the whole language: strings and comments are blanked, brackets
are counted, and what is looked for is found by its form. What this misses,
the query's example finds on the engines.
"""

import re
from collections.abc import Iterator

from graph_store import schema
from graph_store.kinds import Property

from .reading import Query
from .values import split_outside_brackets

_HIDDEN = re.compile(r"//[^\n]*|/\*.*?\*/|'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"", re.DOTALL)
_LABELLED = re.compile(r"(?P<variable>\b[a-z]\w*)?\s*:\s*(?P<names>[A-Z]\w*(?:\s*[|&]\s*:?\s*[A-Z]\w*)*)")
_PROPERTY = re.compile(r"(?<![\w$.])(?P<variable>[a-z]\w*)\.(?P<property>[a-z]\w*)\b(?!\s*[(.])")
_KEYED = re.compile(r"\(\s*(?P<variable>[a-z]\w*)?\s*:(?P<label>[A-Z]\w*)\s*\{(?P<keys>[^{}]*)\}")
_MAP_KEY = re.compile(r"[{,]\s*(?P<key>[a-z]\w*)\s*:")
_PARAMETER = re.compile(r"\$(\w+)")
_ALIAS = re.compile(r"(?:.*\bAS\s+)?`?(?P<alias>[A-Za-z]\w*)`?", re.DOTALL | re.IGNORECASE)
_CLAUSE = re.compile(r"\b(RETURN|UNION|ORDER\s+BY|SKIP|LIMIT)\b", re.IGNORECASE)
_ALWAYS = {"id", "name", "note", "data_sets", "sources", "key"}
_OF_DATES = {"year", "month", "day", "days"}


def check(query: Query) -> None:
    """Raise the first fault of `query`.

    Raises
    ------
    QueryFileError
        When parameters, columns, labels, types or properties are not as declared, or order or limit are missing.
    """
    text = _bare(query.cypher)
    _check_parameters(query, text)
    _check_end(query, text)
    _check_names(query, text)
    _check_properties(query, text)


def _bare(cypher: str) -> str:
    """`cypher` with strings and comments blanked, places and lines kept."""
    return _HIDDEN.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), cypher)


def _line(query: Query, text: str, place: int) -> int:
    return query.first_line + text.count("\n", 0, place)


def _check_parameters(query: Query, text: str) -> None:
    declared = {parameter.name for parameter in query.params}
    if len(declared) < len(query.params):
        raise query.fault("a parameter is declared twice")
    for found in _PARAMETER.finditer(text):
        if found[1] not in declared:
            raise query.fault(f"${found[1]} is not declared in // params:", _line(query, text, found.start()))
    unused = sorted(declared - set(_PARAMETER.findall(text)))
    if unused:
        raise query.fault(f"parameter {', '.join(unused)} is declared and never used")


def _check_end(query: Query, text: str) -> None:
    """The last RETURN: its columns, that it is ordered, that it is bounded."""
    clauses = [found for found in _CLAUSE.finditer(text) if _depth(text, found.start()) == 0]
    words = [re.sub(r"\s+", " ", found[1].upper()) for found in clauses]
    if "UNION" in words:
        place = _line(query, text, clauses[words.index("UNION")].start())
        raise query.fault("a UNION is not ordered as a whole: put it in CALL { … } and return from that", place)
    if "RETURN" not in words:
        raise query.fault("it has no RETURN at its end")
    last = words.index("RETURN")
    place = _line(query, text, clauses[last].start())
    end = clauses[last + 1].start() if len(clauses) > last + 1 else len(text)
    columns = _columns(query, text[clauses[last].end() : end], place)
    if tuple(columns) != query.returns:
        raise query.fault(f"it returns {', '.join(columns)}, and the header says {', '.join(query.returns)}", place)
    if "ORDER BY" not in words[last:]:
        raise query.fault("ORDER BY is missing: without it rows come in another order each time", place)
    if not re.search(r"\bLIMIT\s+(\$limit|\d+)\s*$", text, re.IGNORECASE):
        raise query.fault("LIMIT $limit is missing at its end (or a number, where that is all there can be)", place)


def _columns(query: Query, text: str, line: int) -> list[str]:
    names = []
    for item in split_outside_brackets(re.sub(r"^\s*DISTINCT\b", "", text, flags=re.IGNORECASE)):
        found = _ALIAS.fullmatch(item.strip())
        if not found:
            raise query.fault(f"the column {item.strip()} needs a name (… AS name)", line)
        names.append(found["alias"])
    return names


def _depth(text: str, place: int) -> int:
    return sum(text.count(mark, 0, place) for mark in "([{") - sum(text.count(mark, 0, place) for mark in ")]}")


def _opener(text: str, place: int) -> int:
    """Place of the bracket that `place` lies in; -1 where it lies in none."""
    depth = 0
    for back in range(place - 1, -1, -1):
        if text[back] in ")]}":
            depth += 1
        elif text[back] in "([{":
            if depth == 0:
                return back
            depth -= 1
    return -1


def _named(text: str) -> Iterator[tuple[str, str, list[str], int]]:
    """Each label or type with what it is ("label", "type"), its variable, its names and its place."""
    for found in _LABELLED.finditer(text):
        opener = _opener(text, found.start())
        before = text[: found.start()].rstrip()[-1:]
        if opener >= 0 and text[opener] == "{" and before in "{,":
            continue  # the key of a map
        is_type = opener >= 0 and text[opener] == "[" and text[:opener].rstrip().endswith("-")
        names = re.findall(r"[A-Z]\w*", found["names"])
        yield "type" if is_type else "label", found["variable"] or "", names, found.start("names")


def _check_names(query: Query, text: str) -> None:
    labels = {kind.label for kind in schema.NODE_KINDS} | set(schema.INTERNAL_LABELS)
    types = {kind.type for kind in schema.RELATIONSHIP_KINDS}
    for what, _variable, names, place in _named(text):
        for name in names:
            if name not in (types if what == "type" else labels):
                raise query.fault(f"the schema has no {what} {name}", _line(query, text, place))


def _check_properties(query: Query, text: str) -> None:
    """Properties of a variable whose label or type is told must be theirs; those of others must exist somewhere."""
    known = _variables(text)
    maps = {found["key"] for found in _MAP_KEY.finditer(text)}
    everything = set().union(*(_stored(properties) for properties in _properties().values()))
    for found in _PROPERTY.finditer(text):
        allowed = known.get(found["variable"], everything | maps | _OF_DATES)
        if allowed is not None and found["property"] not in allowed:
            raise query.fault(f"the schema has no property {found[0]}", _line(query, text, found.start()))
    for found in _KEYED.finditer(text):
        allowed = _allowed([found["label"]])
        for key in re.findall(r"(\w+)\s*:", found["keys"]):
            if allowed is not None and key not in allowed:
                place = _line(query, text, found.start())
                raise query.fault(f"the schema has no property {found['label']}.{key}", place)


def _variables(text: str) -> dict[str, set[str] | None]:
    """Properties that each variable may have, by the labels and types said of it; None for internal ones."""
    said: dict[str, list[str]] = {}
    for _what, variable, names, _place in _named(text):
        if variable:
            said.setdefault(variable, []).extend(names)
    return {variable: _allowed(names) for variable, names in said.items()}


def _allowed(names: list[str]) -> set[str] | None:
    if set(names) & set(schema.INTERNAL_LABELS):
        return None
    kinds = _properties()
    return set().union(*(_stored(kinds[name]) for name in names))


def _properties() -> dict[str, tuple[Property, ...]]:
    """Properties by label and by type."""
    nodes = {kind.label: kind.properties for kind in schema.NODE_KINDS}
    return nodes | {kind.type: kind.properties for kind in schema.RELATIONSHIP_KINDS}


def _stored(properties: tuple[Property, ...]) -> set[str]:
    return _ALWAYS | {name for item in properties for name in item.stored_as}
