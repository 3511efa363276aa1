"""The query library for readers: find a question, choose what it asks for, get its answer in each of its looks."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from explorer.analysis import layouts, networks
from explorer.analysis.records import records
from graph_store import schema
from languages.words import N_, _
from queries import files, finding, library
from queries.asked import Asked
from queries.errors import WrongParameter
from queries.library import Query
from queries.looks import BAR, FORMS, GRAPH, LINE, MAP, MATRIX, TABLE, Look
from queries.reading import introduction
from queries.statement import as_cypher
from queries.values import Parameter, from_text
from queries.written import Format, written

from . import kept
from .graph import ask, state
from .network import names, source_names, territories

__all__ = ["BAR", "FORMS", "GRAPH", "LINE", "MAP", "MATRIX", "TABLE", "Asked", "Look", "Parameter", "Query"]

REGION_KINDS = schema.node_kind("Region").property("kind").options
DRAWN = 300  # nodes of a network that are drawn
SUBJECTS = {
    "organisations": N_("Organisations"),
    "regions": N_("Regions"),
    "projects": N_("Projects"),
    "approaches": N_("Approaches"),
    "spread": N_("How approaches spread"),
    "visits": N_("Visits"),
    "plans": N_("Plans and themes"),
    "quality": N_("What the data lack"),
    "sources": N_("Sources"),
    "overview": N_("The graph as a whole"),
    "profile": N_("One node"),
}


@dataclass(frozen=True)
class Shelf:
    """The queries of one subject: questions, and the whole lists that pages are made from."""

    subject: str
    title: str
    words: str
    questions: tuple[Query, ...]
    whole: tuple[Query, ...]


@dataclass(frozen=True)
class Drawn:
    """A network made from the rows of an answer.

    `nodes`: index id; name, label, x, y, degree. `ties`: a, b, strength. `left_out`: nodes beyond `DRAWN`.
    """

    nodes: pd.DataFrame
    ties: pd.DataFrame
    frame: tuple[float, float, float, float]
    left_out: int


def shelves() -> list[Shelf]:
    """All queries by subject, in the order in which readers look for them."""
    found = []
    every = library.queries()
    order = [*SUBJECTS, *sorted({item.subject for item in every} - set(SUBJECTS))]
    for subject in order:
        own = [item for item in every if item.subject == subject]
        if own:
            questions = tuple(item for item in own if item.is_question)
            whole = tuple(item for item in own if not item.is_question)
            title = _(SUBJECTS.get(subject, subject.capitalize()))
            found.append(Shelf(subject, title, _(introduction(own[0].file)), questions, whole))
    return found


def search(typed: str) -> list[Query]:
    """Queries that hold the most of the words typed; the best first."""
    return finding.search(typed, library.queries())


def query(name: str) -> Query | None:
    """The query of that name; None where there is none."""
    return next((item for item in library.queries() if item.name == name), None)


def choices(asked: Asked) -> dict[str, str]:
    """What can be chosen, by id or code: nodes by name, or the entries of a closed list; empty where anything goes."""
    if asked.options:
        return {option.code: _(option.title) for option in asked.options}
    if not asked.labels:
        return {}
    return dict(_choices(asked.labels, state().version))


@kept.shared(30)
def _choices(labels: tuple[str, ...], version: str) -> dict[str, str]:  # noqa: ARG001 (part of the cache key)
    found = {node: name for node, (name, label) in names().items() if label in labels}
    if "Source" in labels:
        found |= source_names()
    if "DataSet" in labels:
        found |= {row["id"]: row["name"] for row in records(ask("data_sets"))}
    kinds = {row["id"]: schema.title_of(REGION_KINDS, row["kind"]) for row in records(ask("regions"))}
    named = _told_apart(found, {node: _(kind) for node, kind in kinds.items() if kind})
    named = _told_apart(named, {node: node for node in named})
    return dict(sorted(named.items(), key=lambda item: item[1].casefold()))


def _told_apart(named: Mapping[str, str], by: Mapping[str, str]) -> dict[str, str]:
    """The same names; those that several have, with what tells them apart in brackets."""
    counted = Counter(named.values())
    return {node: f"{name} ({by[node]})" if counted[name] > 1 and node in by else name for node, name in named.items()}


def values(wanted: Query, texts: Mapping[str, Sequence[str]]) -> tuple[dict[str, Any], list[str]]:
    """What an address says of a query's parameters, as values; and a sentence for each that cannot be read."""
    read: dict[str, Any] = {}
    faults = []
    for parameter in wanted.params:
        given = [text for text in texts.get(parameter.name, ()) if text != ""]
        if not given:
            continue
        try:
            read[parameter.name] = from_text(parameter, ";".join(given) if parameter.type == "list[str]" else given[-1])
        except ValueError as error:
            faults.append(f"{error}.")
    return read, faults


def unknown(wanted: Query, given: Mapping[str, Any]) -> list[str]:
    """A sentence for each value that names nothing in the graph, such as an id that an old link still has."""
    faults = []
    sentence = _("{what}: nothing in the data has the id “{value}”. Choose another.")
    for name, value in given.items():
        known = choices(wanted.asked[name])
        codes = value if isinstance(value, list) else [value]
        strangers = [code for code in codes if known and code is not None and code not in known]
        faults += [sentence.format(what=_(wanted.asked[name].words), value=code) for code in strangers]
    return faults


def missing(wanted: Query, given: Mapping[str, Any]) -> list[str]:
    """Names of the parameters that must still be given."""
    return [item.name for item in wanted.params if item.required and item.name not in given]


def wider(wanted: Query, given: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Regions that lie around those that were chosen, to ask for instead: parameter, id and name, nearest first."""
    land = territories()
    regions = [name for name, value in given.items() if wanted.asked[name].labels == ("Region",) and value]
    return [(name, area, land.names.get(area, area)) for name in regions for area in land.above(given[name])]


def answer(name: str, given: Mapping[str, Any]) -> pd.DataFrame:
    """The rows of a query."""
    return ask(name, **given)


def cypher(name: str, given: Mapping[str, Any]) -> str:
    """A query with all its parameters, as the desk, Neo4j Browser and cypher-shell take it."""
    wanted = library.query(name)
    return as_cypher(wanted.cypher, library.parameters(wanted, given))


def python(name: str, given: Mapping[str, Any]) -> str:
    """The same question for a notebook."""
    named = "".join(f", {key}={value!r}" for key, value in given.items())
    imports = "from queries import library\n"
    if "datetime.date(" in named:
        imports = "import datetime\n\n" + imports
    return f'{imports}\nlibrary.run("{name}"{named})\n'


def as_xlsx(rows: pd.DataFrame) -> bytes:
    """Rows as a workbook."""
    return files.as_xlsx(list(rows.columns), records(rows))


def as_json(rows: pd.DataFrame) -> str:
    """Rows as JSON."""
    return written(list(rows.columns), records(rows), Format.JSON)


def own_parameters(name: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Those parameters that are not as the query has them anyway."""
    try:
        wanted = library.query(name)
    except WrongParameter:
        return dict(parameters)
    usual = {item.name: item.default for item in wanted.params if not item.required}
    return {key: value for key, value in parameters.items() if key not in usual or usual[key] != value}


def network_of(rows: pd.DataFrame, look: Look) -> Drawn:
    """The network that rows make: two columns of ids, their names, and how strong each tie is."""
    start, end = rows[look.columns["start"]], rows[look.columns["end"]]
    strength = rows[look.columns["weight"]] if "weight" in look.columns else pd.Series(1, index=rows.index)
    pairs = pd.DataFrame({"one": start, "other": end, "strength": pd.to_numeric(strength, errors="coerce")}).dropna()
    # a tie of no strength is drawn all the same
    pairs["strength"] = pairs["strength"].where(pairs["strength"] > 0, 1.0)
    pairs = pairs[pairs["one"] != pairs["other"]]
    low, high = pairs[["one", "other"]].min(axis=1), pairs[["one", "other"]].max(axis=1)
    ties = pairs.assign(a=low, b=high).groupby(["a", "b"])[["strength"]].sum().reset_index()
    ties = ties.sort_values(["strength", "a", "b"], ascending=[False, True, True])
    kept_nodes = list(dict.fromkeys(node for row in ties[["a", "b"]].itertuples(index=False) for node in row))
    inside = set(kept_nodes[:DRAWN])
    drawn = ties[ties["a"].isin(inside) & ties["b"].isin(inside)].reset_index(drop=True)
    nodes = sorted({*drawn["a"], *drawn["b"]})
    measured = networks.measures(nodes, drawn)
    placed = measured.join(layouts.layout(measured, drawn))
    placed["name"] = [_name_in(node, rows, look) for node in placed.index]
    placed["label"] = [_label(node) for node in placed.index]
    return Drawn(placed, drawn, _frame(placed), len(set(kept_nodes)) - len(nodes))


def _name_in(node: str, rows: pd.DataFrame, look: Look) -> str:
    for side in ("start", "end"):
        column = look.columns.get(f"{side}_name")
        found = rows.loc[rows[look.columns[side]] == node, column] if column else rows.iloc[:0]
        if column and len(found):
            return str(found.iloc[0])
    return names()[node][0] if node in names() else str(node)


def _label(node: str) -> str:
    return names()[node][1] if node in names() else ""


def _frame(placed: pd.DataFrame) -> tuple[float, float, float, float]:
    if placed.empty:
        return (0.0, 0.0, 1.0, 1.0)
    left, right = float(placed["x"].min()), float(placed["x"].max())
    top, bottom = float(placed["y"].min()), float(placed["y"].max())
    wide, high = max(260.0 - (right - left), 0.0) / 2, max(200.0 - (bottom - top), 0.0) / 2
    return (left - wide, top - high, right + wide, bottom + high)


def possible(rows: pd.DataFrame) -> tuple[Look, ...]:
    """The looks that rows of one's own Cypher may have, told by what their columns hold; a table first."""
    found = [Look(TABLE)]
    numeric = [str(name) for name in rows.columns if _counts(rows[name])]
    texts = [str(name) for name in rows.columns if str(name) not in numeric and _is_text(rows[name])]
    years = [name for name in numeric if _are_years(rows[name])]
    values = [name for name in numeric if name not in years]
    labelled = [name for name in texts if not name.endswith("_id") and name != "id"] or texts
    if labelled and values and len(rows) > 1:
        found.append(Look(BAR, {"label": labelled[0], "value": values[0]}))
    if years and values and len(rows) > 1:
        found.append(Look(LINE, {"along": years[0], "value": values[0]}))
    nodes = [name for name in texts if rows[name].isin(names()).mean() > 0.9]
    regions = [name for name in nodes if rows[name].map(lambda node: names().get(node, ("", ""))[1]).eq("Region").all()]
    if regions:
        found.append(Look(MAP, {"region": regions[0]} | ({"value": values[0]} if values else {})))
    if len(nodes) > 1:
        found.append(Look(GRAPH, {"start": nodes[0], "end": nodes[1]} | ({"weight": values[0]} if values else {})))
    return tuple(found)


def _counts(column: pd.Series) -> bool:
    numeric = pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
    return numeric and bool(column.notna().any())


def _is_text(column: pd.Series) -> bool:
    known = column.dropna()
    return len(known) > 0 and all(isinstance(value, str) for value in known)


def _are_years(column: pd.Series) -> bool:
    known = [float(value) for value in column.dropna()]
    return all(math.isfinite(value) and value == int(value) and 1800 <= value <= 2200 for value in known)


def title_of_label(label: str) -> str:
    """What nodes of a label are called; "Other" for those without a profile."""
    return _(schema.node_kind(label).title) if label else _("Other")
