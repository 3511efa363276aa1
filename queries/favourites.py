"""The library for other tools: one file a query, as Neo4j's own tools keep favourites.

Neo4j Browser imports ``.cypher`` files as favourites: its first line, a comment, is the favourite's name. A
folder of them can be dropped there as it is; each holds its parameters as ``:param`` lines, so that it runs.
"""

from pathlib import Path

from graph_store.errors import WrongUse
from languages.words import _

from .reading import Query
from .statement import as_cypher

EXAMPLES = {"str": "", "int": 0, "float": 0.0, "bool": False, "list[str]": list[str]()}


def favourite(query: Query) -> str:
    """A query as the text of a favourite: its title, what it tells, its parameters with their defaults, its Cypher."""
    told = [f"// {_(query.title)}", f"// {_(query.description)}"]
    missing = [item.name for item in query.params if item.required]
    if missing:
        told.append("// " + _("Fill in first: {names}.").format(names=", ".join(missing)))
    values = {item.name: EXAMPLES.get(item.type) if item.required else item.default for item in query.params}
    return "\n".join(told) + "\n" + as_cypher(query.cypher, values) + "\n"


def write_favourites(folder: Path, queries: tuple[Query, ...]) -> int:
    """Write each query as a file into `folder`, made where it is missing, by subject; how many there are.

    Raises
    ------
    WrongUse
        When the folder holds something else: nothing is written then.
    """
    files = {folder / query.subject / f"{query.name}.cypher": favourite(query) for query in queries}
    try:
        strangers = [path for path in folder.rglob("*") if path.is_file() and path not in files]
        if strangers:
            raise WrongUse(
                _("{folder} holds {file}, which is none of these: name a folder of its own.").format(
                    folder=folder, file=strangers[0].name
                )
            )
        for path, text in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise WrongUse(_("{folder} cannot be written ({reason}).").format(folder=folder, reason=error)) from error
    return len(files)
