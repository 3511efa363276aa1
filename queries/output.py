"""Where the command writes rows: to the terminal as text, or into a file of its own."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

import typer

from graph_store.errors import WrongUse
from languages.words import _

from .files import as_parquet, as_xlsx
from .written import Format, written


class FileFormat(StrEnum):
    """How rows are written, also into files that are no text."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"
    PARQUET = "parquet"

    @property
    def text(self) -> Format | None:
        """The same as a form of text; None for a file that is none."""
        return None if self in (FileFormat.XLSX, FileFormat.PARQUET) else Format(self.value)


def can_be_written(form: FileFormat, output: Path | None) -> None:
    """Refuse, before anything is asked, what could not be written.

    Raises
    ------
    WrongUse
        When a file is missing that the format needs, or its folder is not there.
    """
    if output is None and form.text is None:
        raise WrongUse(
            _("A file is needed for {format}: add --output, such as --output answer.{format}.").format(format=form)
        )
    if output is not None and not output.parent.is_dir():
        raise WrongUse(_("There is no folder {folder} to write {file} into.").format(folder=output.parent, file=output))


def put(columns: Sequence[str], rows: Sequence[Mapping[str, Any]], form: FileFormat, output: Path | None) -> None:
    """Write rows to the terminal, or into the file.

    Raises
    ------
    WrongUse
        When the file cannot be written, or does not hold so many rows.
    """
    text = form.text
    if output is None and text is not None:
        typer.echo(written(columns, rows, text))
        return
    try:
        if text is not None:
            content = (written(columns, rows, text) + "\n").encode("utf-8-sig" if text is Format.CSV else "utf-8")
        else:
            content = (as_xlsx if form is FileFormat.XLSX else as_parquet)(columns, rows)
        if output is not None:
            output.write_bytes(content)
            typer.echo(_("{count} rows written to {file}.").format(count=len(rows), file=output), err=True)
    except (OSError, ValueError) as error:
        raise WrongUse(_("{file} cannot be written ({reason}).").format(file=output, reason=error)) from error
