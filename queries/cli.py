"""The command ``graph-query``: ask the graph from a terminal or a script.

Exit codes: 0 answered; 1 the engine found the statement wrong or too slow;
2 wrong use, a statement that would change something, or the engine is away.
"""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer
from neo4j.exceptions import Neo4jError

from graph_store.errors import ExplorerError, WrongUse
from graph_store.running import Answer, Ended, Limits, Running
from graph_store.store import Store, open_store
from languages.words import _, number

from . import favourites, finding, library
from .output import FileFormat, can_be_written, put
from .own_cypher import Mistaken, judged, wrong
from .reading import Query
from .statement import Statement
from .values import from_text
from .written import Format, written

MEGABYTES = 1000.0  # that the rows of one's own statement may take

app = typer.Typer(
    name="graph-query",
    help="Ask the graph: by the named queries of the library, or in Cypher. Nothing here can change it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Formatted = Annotated[Format, typer.Option("--format", "-f", help="How rows are written.")]
Filed = Annotated[FileFormat, typer.Option("--format", "-f", help="How rows are written.")]
Into = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write into this file; xlsx and parquet need one.")
]
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
    typer.echo(_listed(library.queries(), form))


@app.command("search")
def search_queries(
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help="What you want to know, in plain words.")],
    form: Formatted = Format.TABLE,
) -> None:
    """Find queries by plain words in their titles, descriptions and columns, the best first.

    \b
    Example:
      graph-query search visits without result
    """  # noqa: D301
    typer.echo(_listed(finding.search(" ".join(words), library.queries()), form))


@app.command("show")
def show_query(name: Named, form: Formatted = Format.TABLE) -> None:
    """Show what a query asks, takes and returns, and its Cypher; as a table of its parameters in csv, whole in json.

    \b
    Example:
      graph-query show partners_of
    """  # noqa: D301
    wanted = library.query(name)
    if form is Format.TABLE:
        typer.echo(_shown(wanted))
    elif form is Format.CSV:
        typer.echo(written(_PARAMETER_COLUMNS, _parameters(wanted), form))
    else:
        typer.echo(json.dumps(_described(wanted), ensure_ascii=False, indent=2))


@app.command("run")
def run_query(name: Named, given: Given = None, form: Filed = FileFormat.TABLE, output: Into = None) -> None:
    """Run a named query. Items of a list are separated by ; and null stands for no value.

    \b
    Example:
      graph-query run most_connected -p limit=5 --format csv
      graph-query run most_connected --format xlsx -o connected.xlsx
    """  # noqa: D301
    can_be_written(form, output)
    wanted = library.query(name)
    values: dict[str, Any] = {}
    for key, text in _pairs(given):
        parameter = library.parameter_of(wanted, key)
        try:
            values[key] = from_text(parameter, text)
        except ValueError as error:
            raise library.WrongParameter(f"{name}: {error}.") from error
    put(wanted.returns, library.rows(name, **values), form, output)


@app.command("favourites")
def write_out_favourites(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Made where it is missing.")],
) -> None:
    """Write the library as a folder of .cypher files, which Neo4j Browser takes as favourites.

    \b
    Example:
      graph-query favourites my-favourites
    """  # noqa: D301
    count = favourites.write_favourites(folder, library.queries())
    typer.echo(_("{count} favourites written to {folder}.").format(count=count, folder=folder))


@app.command("cypher")
def run_cypher(
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="A file with one statement, or - for piped input.")],
    given: Given = None,
    form: Formatted = Format.TABLE,
    seconds: Annotated[float, typer.Option(help="Stop after so many seconds.", min=0.1)] = 30.0,
    rows: Annotated[int, typer.Option(help="Stop after so many rows.", min=1)] = 10_000,
) -> None:
    """Run a Cypher statement that only reads; Ctrl-C ends it in the engine, too.

    Parameters stand above it, as :param name => value; or are given with -p: numbers, lists and so on in JSON, or text.

    \b
    Example:
      echo 'MATCH (r:Region) RETURN r.name AS name LIMIT 5' | graph-query cypher -
    """  # noqa: D301
    text = _statement(file)
    values = {key: _json_or_text(text) for key, text in _pairs(given)}
    with open_store() as store:
        found = judged(store, text, values)
        answer = _answer(store, found.statement, Limits(rows, seconds, MEGABYTES))
    typer.echo(written(answer.columns or sorted({key for row in answer.rows for key in row}), answer.rows, form))
    for doubt in found.doubts:
        typer.echo(str(doubt), err=True)
    if answer.cut:
        told = _("These are not all rows: cut after {rows} rows and {seconds} seconds.")
        typer.echo(told.format(rows=number(len(answer.rows)), seconds=number(answer.seconds, 1)), err=True)


def main() -> None:
    """Run the command; errors that a person can mend are one sentence on the error stream."""
    try:
        app()
    except ExplorerError as error:
        typer.echo(str(error), err=True)
        sys.exit(1 if isinstance(error, Mistaken | Ended) else 2)
    except Neo4jError as error:
        typer.echo(_("The engine refuses the statement: {reason}").format(reason=error.message or error.code), err=True)
        sys.exit(1)


_PARAMETER_COLUMNS = ("name", "type", "default", "asks", "choices")


def _listed(queries: Iterable[Query], form: Format) -> str:
    rows = [{"subject": item.subject, "name": item.name, "title": _(item.title)} for item in queries]
    return written(("subject", "name", "title"), rows, form, widest=120)


def _parameters(query: Query) -> list[dict[str, str]]:
    return [
        {
            "name": item.name,
            "type": item.type,
            "default": item.written,
            "asks": _(query.asked[item.name].words),
            "choices": query.asked[item.name].source,
        }
        for item in query.params
    ]


def _described(query: Query) -> dict[str, Any]:
    return {
        "name": query.name,
        "subject": query.subject,
        "title": _(query.title),
        "description": _(query.description),
        "parameters": _parameters(query),
        "returns": list(query.returns),
        "looks": [str(look) for look in query.looks],
        "cypher": query.cypher,
    }


def _shown(query: Query) -> str:
    takes = "\n".join(f"  {parameter}  ({_told(query, parameter.name)})" for parameter in query.params)
    return (
        f"{query.name}: {_(query.title)}\n\n{_(query.description)}\n\n"
        f"{_('Takes')}\n{takes or '  ' + _('nothing')}\n\n{_('Returns')}\n  {', '.join(query.returns)}\n\n"
        f"{_('Best seen as')}\n  {'; '.join(map(str, query.looks))}\n\n{query.cypher}"
    )


def _told(query: Query, name: str) -> str:
    asked = query.asked[name]
    return (
        _("{words}, from {choices}").format(words=_(asked.words), choices=asked.source)
        if asked.source
        else _(asked.words)
    )


def _pairs(given: list[str] | None) -> list[tuple[str, str]]:
    pairs = []
    for text in given or []:
        key, sign, value = text.partition("=")
        if not sign or not key.strip():
            raise WrongUse(_('"{text}" is no parameter: write it as key=value.').format(text=text))
        pairs.append((key.strip(), value))
    return pairs


def _answer(store: Store, statement: Statement, limits: Limits) -> Answer:
    """The answer of a statement; Ctrl-C ends it in the engine."""
    running = Running(store, statement.cypher, statement.parameters, limits)
    try:
        return running.answer()
    except KeyboardInterrupt:
        running.stop()
        return running.answer()
    except Neo4jError as error:
        raise wrong(error, statement) from error


def _statement(file: str) -> str:
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise WrongUse(_("{file} cannot be read as text ({reason}).").format(file=file, reason=error)) from error
    if not text.strip(" \t\r\n;"):
        raise WrongUse(_("{file} holds no statement.").format(file=_("the input") if file == "-" else file))
    return text


def _json_or_text(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


if __name__ == "__main__":
    main()
