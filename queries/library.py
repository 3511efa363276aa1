"""The named queries: find one, run one, list them all.

Views, commands and notebooks reach the graph through this module. The queries
themselves lie in the ``.cypher`` files beside it; they are read and judged once.

>>> from queries import library
>>> library.query("partners_of").returns
('partner_id', 'name', 'shared_projects')
"""

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph_store.store import Row, Store, open_store
from languages.words import _, listing

from .check import check
from .errors import QueryFileError, UnknownQuery, WrongParameter
from .reading import Query, queries_in
from .values import Parameter, checked

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Query", "QueryFileError", "UnknownQuery", "WrongParameter", "load", "queries", "query", "rows", "run"]

FOLDER = Path(__file__).parent


def load(folder: Path) -> dict[str, Query]:
    """The queries of all ``.cypher`` files in `folder`, by name; files in alphabetical order.

    Raises
    ------
    QueryFileError
        At the first query that breaks a rule, naming file and line.
    """
    found: dict[str, Query] = {}
    for file in sorted(folder.glob("*.cypher")):
        for item in queries_in(file):
            check(item)
            if item.name in found:
                other = found[item.name]
                raise item.fault(f"the name is taken ({other.file.name}, line {other.line})")
            found[item.name] = item
    return found


def queries() -> tuple[Query, ...]:
    """All queries of the house, by subject."""
    return tuple(_library().values())


def query(name: str) -> Query:
    """The query of that name.

    Raises
    ------
    UnknownQuery
        When there is none; the sentence gives the nearest name.
    """
    try:
        return _library()[name]
    except KeyError:
        near = get_close_matches(name, _library(), 1)
        hint = _("The nearest is {name}.").format(name=near[0]) if near else _("See them all with: graph-query list")
        raise UnknownQuery(_('No query is called "{name}".').format(name=name) + " " + hint) from None


def rows(name: str, *, store: Store | None = None, **params: Any) -> list[Row]:
    """Answer of a query as a list of dicts of plain values; as `run` otherwise."""
    wanted = query(name)
    values = parameters(wanted, params)
    if store is None:
        with open_store() as opened:
            found = opened.read(wanted.cypher, values)
    else:
        found = store.read(wanted.cypher, values)
    return [{column: row[column] for column in wanted.returns} for row in found]


def run(name: str, *, store: Store | None = None, **params: Any) -> "pd.DataFrame":
    """Answer of a query as a table.

    Parameters
    ----------
    name
        The query.
    store
        An open connection; None opens a reader for this one question.
    **params
        The query's parameters; those with a default may be left out.

    Returns
    -------
    pandas.DataFrame
        One column per name in the query's header, also where there are no rows. Values are plain:
        text, numbers, dates, lists and dicts (columns of type object where nothing is known).

    Raises
    ------
    UnknownQuery, WrongParameter
        With the nearest name.
    graph_store.errors.EngineAway
        When the engine does not answer.
    """
    import pandas as pd

    return pd.DataFrame(rows(name, store=store, **params), columns=list(query(name).returns))


def parameters(wanted: Query, given: Mapping[str, Any]) -> dict[str, Any]:
    """All parameters of a query: what is given, checked, and the defaults of the rest.

    Raises
    ------
    WrongParameter
        When one is missing, unknown or of another type.
    """
    by_name = {parameter.name: parameter for parameter in wanted.params}
    for name in given:
        parameter_of(wanted, name)
    missing = [name for name, parameter in by_name.items() if parameter.required and name not in given]
    if missing:
        raise WrongParameter(_("{query} needs a value for {names}.").format(query=wanted.name, names=listing(missing)))
    try:
        return {name: checked(p, given[name]) if name in given else p.default for name, p in by_name.items()}
    except ValueError as error:
        raise WrongParameter(f"{wanted.name}: {error}.") from error


def parameter_of(wanted: Query, name: str) -> Parameter:
    """The parameter of that name of a query.

    Raises
    ------
    WrongParameter
        When it has none; the sentence gives the nearest name.
    """
    names = [parameter.name for parameter in wanted.params]
    if name in names:
        return wanted.params[names.index(name)]
    near = get_close_matches(name, names, 1)
    if near:
        hint = _("The nearest is {name}.").format(name=near[0])
    else:
        hint = _("It has {names}.").format(names=listing(names)) if names else _("It has none.")
    raise WrongParameter(_('{query} has no parameter "{name}".').format(query=wanted.name, name=name) + " " + hint)


@cache
def _library() -> Mapping[str, Query]:
    return load(FOLDER)
