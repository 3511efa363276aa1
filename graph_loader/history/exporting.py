"""The graph back into the loader's own tables: a folder or workbook per data set, which load again as they are."""

import json
import re
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from graph_store.errors import WrongUse
from graph_store.loads import read_whole
from graph_store.store import Store
from graph_store.tables import Table, tables
from languages.words import _, number

from ..keep import current_loads, kept_rows
from ..new_csv import write_csv
from ..new_files import refuse_taken_folder, writing
from ..progress import silent
from ..rows import DataSetRows, Row
from ..template.example import MARK
from ..write import Progress

CSV, WORKBOOK = "csv", "xlsx"
FORMATS = (CSV, WORKBOOK)
_NAMES_OF_FILES = (".csv", ".xlsx", ".ods", ".zip")
MANIFEST = "export.json"
_README = "README.txt"
_MOST_ROWS = 1_048_575  # of a sheet, beside its header
# Signs that a workbook cannot hold, although a CSV file and the graph can; and what it would take for an escaped sign.
_NOT_IN_XML, _LIKE_ESCAPED = re.compile("[\ufffe\uffff]"), re.compile("_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True)
class ExportedDataSet:
    """One data set as it was written: its folder or workbook, and its rows by table."""

    id: str
    name: str  # of the folder or file
    rows: dict[str, int]


@dataclass(frozen=True)
class ExportReport:
    """What was written where; `version` is the version of the data that it holds."""

    path: Path
    format: str
    version: str
    data_sets: tuple[ExportedDataSet, ...]
    seconds: float

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for ``--json``."""
        return {
            "path": str(self.path),
            "format": self.format,
            "version": self.version,
            "data_sets": [{"id": one.id, "name": one.name, "rows": one.rows} for one in self.data_sets],
            "seconds": round(self.seconds, 3),
        }


def export(
    store: Store, path: Path, data_set: str = "", *, format: str = CSV, progress: Progress | None = None
) -> ExportReport:
    """Write the graph back into the loader's own tables, which `load` takes as they are, and all at once.

    They are the tables as loaded; `verify` tells whether the graph still says the same.

    Parameters
    ----------
    path
        A folder to be made; one that is empty will do. It gets a folder or
        workbook per data set, named so that they sort in order of precedence.
    data_set
        The only one to export; empty for all.
    format
        "csv" or "xlsx".

    Raises
    ------
    WrongUse
        When something is there already, the name is that of a file, there is
        nothing to export, or a table does not fit into a workbook.
    """
    began = time.monotonic()
    if path.suffix.lower() in _NAMES_OF_FILES and not path.is_dir():
        raise WrongUse(
            _(
                "An export is a folder. Name one, such as {folder}; --format xlsx puts a workbook per data set into it."
            ).format(folder=path.with_suffix(""))
        )
    refuse_taken_folder(path)
    if format not in FORMATS:
        raise WrongUse(_("{format} is no format of an export. Write csv or xlsx.").format(format=format))
    told = progress or silent
    told(_("Reading the kept tables"), 0, 0)
    version, kept = read_whole(store, lambda: kept_rows(store, current_loads(store)))
    there = [said.data_set for said in kept]
    if not there:
        raise WrongUse(_("The graph is empty: there is nothing to export."))
    if data_set and data_set not in there:
        raise WrongUse(
            _('There is no data set "{data_set}". There are: {names}.').format(
                data_set=data_set, names=", ".join(there)
            )
        )
    chosen = [said for said in kept if data_set in ("", said.data_set)]
    written = write_export(chosen, path, format, version, told)
    return ExportReport(path, format, version, written, time.monotonic() - began)


def write_export(
    data_sets: Sequence[DataSetRows], path: Path, format_: str, version: str, progress: Progress
) -> tuple[ExportedDataSet, ...]:
    """Write rows as tables, in order of precedence, all of it or nothing; see `export`."""
    with writing(path), _beside(path) as beside:
        new = Path(beside, "new")
        new.mkdir()
        names = [_file_name(place, len(data_sets), said.data_set, format_) for place, said in enumerate(data_sets, 1)]
        written = tuple(
            _written(new, name, said, format_, progress) for name, said in zip(names, data_sets, strict=True)
        )
        _write_notes(new, path, version, written)
        if path.exists():
            path.rmdir()  # which is empty: the operating system would not put a folder over it everywhere
        new.rename(path)
    return written


def _beside(path: Path) -> tempfile.TemporaryDirectory[str]:
    """A folder on the same disk, from which a finished one can be put in its place at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return tempfile.TemporaryDirectory(prefix=".export-", dir=path.parent)


def _file_name(place: int, count: int, data_set: str, format_: str) -> str:
    """A name that sorts by precedence and is fit for any file system."""
    safe = re.sub(r"[^\w.-]+", "-", data_set).strip("-.")[:40] or "data-set"
    return f"{place:0{max(2, len(str(count)))}d}-{safe}" + (".xlsx" if format_ == WORKBOOK else "")


def _written(folder: Path, name: str, said: DataSetRows, format_: str, progress: Progress) -> ExportedDataSet:
    by_table: dict[str, list[Row]] = {}
    for row in said.rows:
        by_table.setdefault(row.table, []).append(row)
    found = [(own, by_table[own.name]) for own in tables() if own.name in by_table]
    if format_ == WORKBOOK:
        _write_workbook(folder / name, found, progress)
    else:
        (folder / name).mkdir()
        for done, (own, rows) in enumerate(found):
            progress(_("Writing"), done, len(found))
            write_csv(folder / name / f"{own.name}.csv", _lines(own, rows))
    return ExportedDataSet(said.data_set, name, {own.name: len(rows) for own, rows in found})


def _write_workbook(file: Path, found: Sequence[tuple[Table, Sequence[Row]]], progress: Progress) -> None:
    for own, rows in found:
        _refuse_unfit(own, rows)
    book = Workbook(write_only=True)
    for done, (own, rows) in enumerate(found):
        progress(_("Writing"), done, len(found))
        sheet = book.create_sheet(own.name)
        sheet.freeze_panes = "A2"
        for place in range(1, len(own.columns) + 1):
            # As text, so that Excel leaves 2019-02 and 0012 as they are when someone edits them.
            sheet.column_dimensions[get_column_letter(place)].number_format = "@"
        for line in _lines(own, rows):
            sheet.append([_LIKE_ESCAPED.sub("_x005F_", text) or None for text in line])
    book.save(file)


def _refuse_unfit(own: Table, rows: Sequence[Row]) -> None:
    if len(rows) > _MOST_ROWS:
        raise WrongUse(
            _("Table {table} has {rows} rows, more than a sheet can hold. Export as csv.").format(
                table=own.name, rows=number(len(rows))
            )
        )
    if any(_NOT_IN_XML.search(text) for row in rows for text in row.texts):
        raise WrongUse(
            _("A text of table {table} holds a sign that a workbook cannot keep. Export as csv.").format(table=own.name)
        )


def _lines(own: Table, rows: Sequence[Row]) -> Iterator[list[str]]:
    columns = _columns(own, rows)
    yield columns
    for row in rows:
        yield [row.cells.get(column, "") for column in columns]


def _columns(own: Table, rows: Iterable[Row]) -> list[str]:
    """All columns of the table; the first is one in which no cell looks like a template's example row."""
    columns = [column.name for column in own.columns]
    like_examples = {name for row in rows for name, text in row.cells.items() if text[: len(MARK)].casefold() == MARK}
    return sorted(columns, key=lambda name: name in like_examples) if columns[0] in like_examples else columns


def _write_notes(folder: Path, path: Path, version: str, written: Sequence[ExportedDataSet]) -> None:
    manifest = {
        "export": 1,
        "version": version,
        "data_sets": [{"id": one.id, "name": one.name} for one in written],
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8", newline="\n")
    lines = [
        _("Tables of a graph, one folder or workbook per data set, in order of precedence: a later one wins."),
        _("All of them at once, in one transaction:"),
        f"    graph-loader load {path.name}",
        _("One by one, in this order (where none refers to a later one):"),
        *(f"    graph-loader load {path.name}/{one.name}" for one in written),
        "",
        _(
            "The tables are those of version {version}; what somebody wrote into the graph by hand is not in them."
        ).format(version=version),
    ]
    (folder / _README).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
