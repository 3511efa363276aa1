"""What answers and what is in the graph, as text."""

from graph_store.schema import NODE_KINDS, RELATIONSHIP_KINDS
from languages.moments import moment
from languages.words import _, number

from ..report import Status
from .lines import aligned
from .naming import kinds, things_and_links

_ENGINES = {"neo4j": "Neo4j", "arcadedb": "ArcadeDB"}


def status_text(status: Status) -> list[str]:
    """What answers, and what is in the graph."""
    engine = f"{_ENGINES.get(status.engine, status.engine)} {status.version}"
    lines = aligned(
        [
            (_("Engine"), _("{engine} at {address}").format(engine=engine, address=status.address)),
            (_("Version of the data"), status.data_version),
            (_("Last run"), moment(status.last_load) if status.last_load else _("none yet")),
            (_("Unfinished"), status.unfinished or _("nothing")),
        ]
    )
    if not status.data_sets:
        return [*lines, "", _("The graph is empty. Load the first data set with `graph-loader load PATH`.")]
    lines += ["", _("Data sets")]
    lines += aligned(
        [
            (f"  {item.id}", _("loaded {at}, {rows} rows").format(at=moment(item.loaded_at), rows=number(item.rows)))
            for item in status.data_sets
        ]
    )
    things, links = sum(status.nodes.values()), sum(status.relationships.values())
    lines += ["", _("In the graph: {what}").format(what=things_and_links(things, links))]
    of_things = {kind.label: status.nodes[kind.label] for kind in NODE_KINDS}
    of_links = {kind.type: status.relationships[kind.type] for kind in RELATIONSHIP_KINDS}
    rows = [(f"  {kinds(kind)}", number(count)) for kind, count in (of_things | of_links).items() if count]
    return lines + aligned(rows, right=True)
