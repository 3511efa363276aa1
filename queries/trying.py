"""Values to try a query with on whatever graph is open: nodes that are really there, the best tied first.

The reference, the tests on the demo and the benchmark run every query; what
must be given is taken from the graph by the parameter's own choices.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from graph_store.store import Store

from .asked import Asked
from .reading import Query
from .values import Parameter

TRIED = 3  # nodes of a label that are told apart: a query may ask for two regions
SINCE = date(2015, 1, 1)


class Trier:
    """Chooses values from one graph; asks it once for each label."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[tuple[str, ...], list[str]] = {}

    def values(self, query: Query, own: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """A value for each parameter that must be given: `own` where it has one, else one from the graph."""
        given = dict(own or {})
        taken: dict[tuple[str, ...], int] = {}
        for parameter in query.params:
            if parameter.name in given or not parameter.required:
                continue
            asked = query.asked[parameter.name]
            place = taken.get(asked.labels, 0)
            taken[asked.labels] = place + 1
            given[parameter.name] = self._value(parameter, asked, place)
        return given

    def _value(self, parameter: Parameter, asked: Asked, place: int) -> Any:
        if asked.options:
            return [asked.options[0].code] if parameter.type == "list[str]" else asked.options[0].code
        if parameter.type == "date":
            return SINCE
        if parameter.type in ("int", "float"):
            return asked.span[0] if asked.span else 1
        known = self._nodes(asked.labels or ("Organisation",))
        found = known[place % len(known)] if known else "nobody"
        return [found] if parameter.type == "list[str]" else found

    def _nodes(self, labels: tuple[str, ...]) -> list[str]:
        if labels not in self._known:
            found = []
            for label in labels:
                rows = self._store.read(
                    f"MATCH (n:{label}) OPTIONAL MATCH (n)-[r]-() WITH n.id AS id, count(r) AS ties "
                    f"RETURN id, ties ORDER BY ties DESC, id LIMIT {TRIED}"
                )
                found += [(-row["ties"], row["id"]) for row in rows]
            self._known[labels] = [node for _ties, node in sorted(found)]
        return self._known[labels]
