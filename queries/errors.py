"""The errors of the query library: a fault in a query file, and a wrong wish of a person."""

from pathlib import Path

from graph_store.errors import ExplorerError, WrongUse


class QueryFileError(ExplorerError):
    """A query file breaks a rule of the library; the sentence names file and line."""

    def __init__(self, file: Path, line: int, sentence: str) -> None:
        super().__init__(f"{file.name}, line {line}: {sentence}")
        self.file = file
        self.line = line


class UnknownQuery(WrongUse):
    """No query has that name; the sentence gives the nearest that exists."""


class WrongParameter(WrongUse):
    """A parameter is missing, unknown or of another type; the sentence names it."""
