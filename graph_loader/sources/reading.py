"""Read whatever a steward points at: folders of CSV files, workbooks, single files."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph_store.errors import WrongUse
from languages.words import _

from ..faults import Fault, fault
from ..notes import Note
from ..rows import Place, RawTable
from . import csv_folder, workbook

# Files that look as if they were meant to be read.
_MAYBE_MEANT = (".xls", ".ods", ".txt", ".numbers", ".xlsb")


@dataclass(frozen=True)
class Reading:
    """The tables found, in the order of the files, what could not be read, and what was guessed."""

    tables: tuple[RawTable, ...]
    faults: tuple[Fault, ...]
    notes: tuple[Note, ...] = ()

    @property
    def files(self) -> tuple[str, ...]:
        """Names of the files that a table was read from."""
        return tuple(dict.fromkeys(table.place.file for table in self.tables))


def read(paths: Sequence[Path], progress: Callable[[str], None] | None = None) -> Reading:
    """Read all tables under `paths`.

    Parameters
    ----------
    paths
        Folders of ``<table>.csv`` (or workbooks), ``.xlsx`` files, ``.csv`` files.
    progress
        Called with the name of each file before it is read.

    Raises
    ------
    WrongUse
        When a path does not exist or is no file of these kinds.
    """
    tables: list[RawTable] = []
    faults: list[Fault] = []
    for path in paths:
        for file in _files(path, faults):
            if progress:
                progress(file.name)
            found, wrong = _reader(file)(file)
            tables += found
            faults += wrong
    return Reading(tuple(tables), tuple(faults))


def _files(path: Path, faults: list[Fault]) -> list[Path]:
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise WrongUse(_("There is no file or folder {path}. Check how it is written.").format(path=path))
    files = sorted(file for file in path.iterdir() if file.is_file() and not file.name.startswith(("~$", ".")))
    known = [file for file in files if file.suffix.lower() in csv_folder.SUFFIXES + workbook.SUFFIXES]
    if not known:
        raise WrongUse(_("The folder {path} holds no .csv or .xlsx file.").format(path=path))
    faults += [
        fault("file_not_read", Place(file.name))
        for file in files
        if file.suffix.lower() in _MAYBE_MEANT and not file.stem.lower().startswith(("read", "licen"))
    ]
    return known


def _reader(file: Path) -> Callable[[Path], tuple[list[RawTable], list[Fault]]]:
    suffix = file.suffix.lower()
    if suffix in csv_folder.SUFFIXES:
        return csv_folder.read_csv
    if suffix in workbook.SUFFIXES:
        return workbook.read_workbook
    raise WrongUse(_("{path} is neither a .csv nor an .xlsx file. Save it as one of these.").format(path=file))
