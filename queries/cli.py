"""The command ``graph-query``: ask the graph from a terminal or a script.

Exit codes: 0 answered; 1 the engine found the statement wrong or too slow;
2 wrong use, a statement that would change something, or the engine is away.
"""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from neo4j.exceptions import Neo4jError

from graph_store.errors import ExplorerError, WrongUse
from graph_store.guard import refuse_changes
from graph_store.store import open_store
from languages.words import _

from . import library
from .reading import Query
from .values import from_text
from .written import Format, written

app = typer.Typer(
    name="graph-query",
    help="Ask the graph: by the named queries of the library, or in Cypher. Nothing here can change it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Formatted = Annotated[Format, typer.Option("--format", "-f", help="How rows are written.")]
Given = Annotated[
    list[str] | None, typer.Option("--param", "-p", metavar="KEY=VALUE", help="A parameter; can be repeated.")
]
Named = Annotated[str, typer.Argument(help="Name of the query, as `graph-query list` shows it.", metavar="NAME")]


@app.command("list")
def list_queries(form: Formatted = Format.TABLE) -> None:
    """List the named queries, by subject.

    \b
    Example:
      graph-query list
    """  # noqa: D301 (\b is for the help text: keep the lines below as they are)
    rows = [{"subject": item.subject, "name": item.name, "title": _(item.title)} for item in library.queries()]
    typer.echo(written(("subject", "name", "title"), rows, form))


@app.command("show")
def show_query(name: Named) -> None:
    """Show what a query asks, takes and returns, and its Cypher.

    \b
    Example:
      graph-query show partners_of
    """  # noqa: D301
    typer.echo(_shown(library.query(name)))


@app.command("run")
def run_query(name: Named, given: Given = None, form: Formatted = Format.TABLE) -> None:
    """Run a named query. Items of a list are separated by ; and null stands for no value.

    \b
    Example:
      graph-query run most_connected -p limit=5 --format csv
    """  # noqa: D301
    wanted = library.query(name)
    values: dict[str, Any] = {}
    for key, text in _pairs(given):
        parameter = library.parameter_of(wanted, key)
        try:
            values[key] = from_text(parameter, text)
        except ValueError as error:
            raise library.WrongParameter(f"{name}: {error}.") from error
    typer.echo(written(wanted.returns, library.rows(name, **values), form))


@app.command("cypher")
def run_cypher(
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="A file with one statement, or - for piped input.")],
    given: Given = None,
    form: Formatted = Format.TABLE,
    seconds: Annotated[float, typer.Option(help="Stop after so many seconds.", min=0.1)] = 30.0,
) -> None:
    """Run a Cypher statement that only reads. Parameters are numbers, lists and so on in JSON, or text.

    \b
    Example:
      echo 'MATCH (r:Region) RETURN r.name AS name LIMIT 5' | graph-query cypher -
    """  # noqa: D301
    statement = _statement(file)
    values = {key: _json_or_text(text) for key, text in _pairs(given)}
    with open_store() as store:
        refuse_changes(store, statement)
        columns, rows = store.read_table(statement, values, seconds=seconds)
    typer.echo(written(columns or sorted({key for row in rows for key in row}), rows, form))


def main() -> None:
    """Run the command; errors that a person can mend are one sentence on the error stream."""
    try:
        app()
    except ExplorerError as error:
        typer.echo(str(error), err=True)
        sys.exit(2)
    except Neo4jError as error:
        typer.echo(_("The engine refuses the statement: {reason}").format(reason=error.message or error.code), err=True)
        sys.exit(1)


def _shown(query: Query) -> str:
    takes = "\n".join(f"  {parameter}" for parameter in query.params) or "  " + _("nothing")
    return (
        f"{query.name}: {_(query.title)}\n\n{_(query.description)}\n\n"
        f"{_('Takes')}\n{takes}\n\n{_('Returns')}\n  {', '.join(query.returns)}\n\n{query.cypher}"
    )


def _pairs(given: list[str] | None) -> list[tuple[str, str]]:
    pairs = []
    for text in given or []:
        key, sign, value = text.partition("=")
        if not sign or not key.strip():
            raise WrongUse(_('"{text}" is no parameter: write it as key=value.').format(text=text))
        pairs.append((key.strip(), value))
    return pairs


def _statement(file: str) -> str:
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise WrongUse(_("{file} cannot be read as text ({reason}).").format(file=file, reason=error)) from error
    statement = text.strip().removesuffix(";").strip()
    if not statement:
        raise WrongUse(_("{file} holds no statement.").format(file=_("the input") if file == "-" else file))
    return statement


def _json_or_text(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


if __name__ == "__main__":
    main()
