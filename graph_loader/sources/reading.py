"""Read whatever a steward points at: folders of CSV files, workbooks, single files."""

import hashlib
import os
import stat
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from graph_store.errors import WrongUse
from languages.words import N_, _, listing

from ..faults import Fault, fault
from ..notes import Note, note
from ..rows import Place, RawTable
from ..visible import shown
from . import csv_folder, opendocument, workbook
from .copies import Part, copies, part_of_file
from .file_kind import kind_by_name, other_kind
from .limits import Refused
from .sheets import Found

_READERS: dict[str, Callable[[Path], Found]] = {
    **dict.fromkeys(csv_folder.SUFFIXES, csv_folder.read_csv),
    **dict.fromkeys(workbook.SUFFIXES, workbook.read_workbook),
    **dict.fromkeys(opendocument.SUFFIXES, opendocument.read_opendocument),
}
# Files that look as if they were meant to be read.
_MAYBE_MEANT = (".xls", ".fods", ".txt", ".numbers", ".xlsb")
# What programs put beside a file while somebody has it open.
_OPEN_ELSEWHERE = ("~$", ".~lock.")
_OPEN = N_("left alone: it only marks that somebody has the file open")
_MARK = N_("the mark that somebody has a file open")
_APPENDED = N_("its rows are added to those of {others}")


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
        Folders of ``<table>.csv`` (or workbooks), ``.xlsx`` and ``.ods`` files, ``.csv`` files.
    progress
        Called with the name of each file before it is read.

    Raises
    ------
    WrongUse
        When a path does not exist.
    """
    faults: list[Fault] = []
    notes: list[Note] = []
    parts: list[Part] = []
    names: set[str] = set()
    for file in _each_once(paths, faults):
        if progress:
            progress(shown(file.name))
        found, wrong, said = _read_one(file)
        if file.name in names:  # of two with one name the second is told apart by its folder
            found, wrong, said = _renamed((found, wrong, said), shown(f"{file.parent.name}/{file.name}"))
        names.add(file.name)
        faults += wrong
        notes += said
        parts += [part_of_file(file, found)] if found else []
    if not parts and not faults:  # nothing but marks was named: that must not pass for tables without a fault
        faults = [fault("no_table_file", Place(item.file), kind=_(_MARK)) for item in notes]
        notes = []
    twice = copies(parts)
    places = {(item.file, item.sheet) for item in twice}
    tables = [raw for part in parts for raw in part.tables if not _left_out(raw.place, places)]
    faults = [item for item in faults if not _left_out(Place(item.file, item.sheet), places)]
    notes = [item for item in notes if not _left_out(Place(item.file, item.sheet), places)]
    return Reading(tuple(tables), (*faults, *twice), (*notes, *_appended(tables)))


def _left_out(place: Place, copied: Collection[tuple[str, str]]) -> bool:
    """Whether something stands in a file or a sheet that says what another does."""
    return bool(place.file) and ((place.file, "") in copied or (place.file, place.sheet) in copied)


def _each_once(paths: Sequence[Path], faults: list[Fault]) -> list[Path]:
    """All files under `paths`; one that is named twice, or lies in a folder that is named too, once."""
    found = {os.path.realpath(file): file for path in reversed(paths) for file in reversed(_files(path, faults))}
    return list(reversed(found.values()))


def _renamed(found: Found, name: str) -> Found:
    tables, faults, notes = found
    return (
        [replace(raw, place=Place(name, raw.place.sheet)) for raw in tables],
        [replace(item, file=name) for item in faults],
        [replace(item, file=name) for item in notes],
    )


def fingerprint(paths: Sequence[Path]) -> str:
    """A fingerprint of the files under `paths`, byte for byte; empty where one of them cannot be read.

    The same fingerprint means the same reading: it holds the release that reads
    them, and the files that are left alone, too. Raises what `read` does.
    """
    left: list[Fault] = []
    files = [file for path in paths for file in _files(path, left)]
    said = hashlib.sha256(repr((_release(), [(item.code, item.file) for item in left])).encode(errors="replace"))
    try:
        for file in files:
            if _no_ordinary_file(file):
                return ""
            with file.open("rb") as content:
                digest = hashlib.file_digest(content, "sha256").hexdigest()
            said.update(repr((file.name, digest)).encode(errors="replace"))
    except OSError:
        return ""
    return said.hexdigest()


def _release() -> str:
    try:
        return version("partnership-explorer")
    except PackageNotFoundError:
        return ""


def _read_one(file: Path) -> Found:
    place = Place(shown(file.name))
    if file.name.startswith(_OPEN_ELSEWHERE):
        return [], [], [note(_OPEN, place)]
    try:
        why = _no_ordinary_file(file)
        if why:
            return [], [fault("unreadable_file", place, reason=why)], []
        found = _no_table(file, place)
        return ([], [found], []) if found else _READERS[file.suffix.lower()](file)
    except Refused as refused:
        return [], [Fault(refused.code, place.file, words=refused.words)], []
    except OSError as error:
        return [], [fault("unreadable_file", place, reason=error.strerror or type(error).__name__)], []


def _no_table(file: Path, place: Place) -> Fault | None:
    """What is wrong with a file that is plainly of another kind, or holds nothing; None where it may be read."""
    ending = file.suffix.lower()
    if not file.stat().st_size:
        return fault("empty_file", place)
    kind = other_kind(file)
    if kind or ending not in (*_READERS, *_MAYBE_MEANT):
        return fault("no_table_file", place, kind=kind or kind_by_name(file))
    if ending in _MAYBE_MEANT:
        return fault("unreadable_file", place, reason=_("files ending in {ending} are not read").format(ending=ending))
    return None


def _no_ordinary_file(file: Path) -> str:
    """Why a file is not opened: a pipe would wait for ever, a device may have no end."""
    mode = file.stat().st_mode
    if stat.S_ISDIR(mode):
        return _("it is a folder")
    return "" if stat.S_ISREG(mode) else _("it is a pipe or a device, no file")


def _files(path: Path, faults: list[Fault]) -> list[Path]:
    if not path.is_dir():
        if not path.exists():
            raise WrongUse(
                _("There is no file or folder {path}. Check how it is written.").format(path=shown(str(path)))
            )
        return [path]
    files = sorted(file for file in path.iterdir() if not file.name.startswith(("~$", ".")))
    known = [file for file in files if file.suffix.lower() in _READERS]
    if not known:
        faults += [fault("no_tables_in_folder", Place(shown(str(path))))]
    outside = [file for file in known if not Path(os.path.realpath(file)).is_relative_to(os.path.realpath(path))]
    faults += [fault("leads_out", Place(shown(file.name))) for file in outside]
    faults += [
        fault("file_not_read", Place(shown(file.name)))
        for file in files
        if file.suffix.lower() in _MAYBE_MEANT and not file.stem.lower().startswith(("read", "licen"))
    ]
    return [file for file in known if file not in outside]


def _appended(tables: Sequence[RawTable]) -> list[Note]:
    """Tables that come in several sheets or files: said at each but the first."""
    places: dict[str, list[str]] = {}
    found = []
    for table in tables:
        before = places.setdefault(table.name, [])
        if before:
            found.append(note(_APPENDED, table.place, others=listing(before)))
        before.append(Note("", table.place.file, table.place.sheet).place)
    return found
