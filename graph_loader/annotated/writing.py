"""Give workbooks back with what is wrong marked: which file becomes which, and what is said on the way."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from graph_store.errors import WrongUse
from graph_store.tables import tables as all_tables
from languages.words import _, number

from ..faults import Fault
from ..new_files import refuse_taken_file
from ..rows import Place, RawTable
from .cells import MarkedCells
from .listing import TITLE, left_out, listing
from .making import workbook_of
from .marks import Located, Mark, Spot, located, marks
from .notes import Notes, drawings
from .opening import choose_none, open_on_last
from .package import Package
from .splicing import NotOurs
from .styles import Styles

WORKBOOK = ".xlsx"
MOST_NOTES = 2_000  # beside the cells of one sheet: with more, programs grow slow
LARGEST_SHEET = 80_000_000  # bytes unpacked
_TABLES = "tables"  # what CSV files from several places are gathered in
_OTHER_KINDS = (".csv", ".tsv", ".txt", ".ods", ".xls", ".xlsm", ".xlsb")


@dataclass(frozen=True)
class Annotated:
    """What was written, and sentences on what could not be."""

    files: tuple[Path, ...]
    told: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, list[str]]:
        """Plain values, for ``--json``."""
        return {"files": [str(path) for path in self.files], "told": list(self.told)}


@dataclass(frozen=True)
class _Book:
    """One workbook to be written: the tables in it, and the one that it is a copy of (None where it is made anew)."""

    name: str
    tables: tuple[RawTable, ...]
    original: Path | None


def annotate(paths: Sequence[Path], read: Sequence[RawTable], faults: Sequence[Fault], out: Path) -> Annotated:
    """Write the workbooks under `paths` with their faults and doubts marked.

    A workbook is copied with nothing changed but the look and the notes of the
    cells that are marked, and a sheet at its end that lists all. Tables from
    other files are put into a new workbook.

    Parameters
    ----------
    paths, read
        What was checked, and the tables read from it.
    faults
        Faults and doubts.
    out
        A name ending in ``.xlsx`` for one workbook; any other for a folder, but for those of other kinds of tables.

    Raises
    ------
    WrongUse
        When a file of that name is there already, one name is given for several workbooks, or it is that of
        another kind of file.
    """
    books = _books(paths, read)
    targets = _targets(books, out)
    if not faults:
        return Annotated((), (_("There is nothing to mark: no workbook was written."),))
    if not books:
        return Annotated((), (_("No table could be read, so there is no cell to mark: no workbook was written."),))
    found = located(faults, read)
    written = {raw.place.file for book in books for raw in book.tables}
    told: list[str] = []
    for book, target in zip(books, targets, strict=True):
        own = {raw.place.file for raw in book.tables}
        target.parent.mkdir(parents=True, exist_ok=True)
        # What is about no file that becomes a workbook is said in each of them.
        told += _write(
            book, [item for item in found if item.fault.file in own or item.fault.file not in written], target
        )
    return Annotated(tuple(target for target in targets if target.exists()), tuple(told))


def _books(paths: Sequence[Path], read: Sequence[RawTable]) -> list[_Book]:
    """The workbooks to be written: one for each workbook or ODS file read, and one for all CSV files."""
    by_file: dict[str, list[RawTable]] = {}
    for raw in read:
        by_file.setdefault(raw.place.file, []).append(raw)
    books, loose = [], []
    known = {own.name for own in all_tables()}
    for file, tables in by_file.items():
        original = next((path for path in _candidates(paths, file) if path.is_file()), None)
        if Path(file).suffix.lower() == WORKBOOK and original:
            books.append(_Book(file, tuple(tables), original))
            continue
        # Of what is called like no table the rows are not read.
        own = [raw for raw in tables if raw.name in known]
        if any(raw.place.sheet for raw in own):
            books.append(_Book(Path(file).stem + WORKBOOK, tuple(own), None))
        else:
            loose += own
    if loose:
        books.append(_Book(_gathered(paths, loose), tuple(loose), None))
    named: list[_Book] = []
    for book in books:
        named.append(replace(book, name=_free(book.name, named)))
    return named


def _gathered(paths: Sequence[Path], loose: Sequence[RawTable]) -> str:
    """What a workbook of CSV files is called: like the folder or file that they are all from."""
    files = {raw.place.file for raw in loose}
    given = [path for path in paths if any(each.is_file() for file in files for each in _candidates([path], file))]
    own = given[0].resolve() if len(given) == 1 else Path()
    return ((own.name if own.is_dir() else own.stem) or _TABLES) + WORKBOOK


def _free(name: str, before: Sequence[_Book]) -> str:
    """The name, or one like it that no workbook before has."""
    taken = {book.name.casefold() for book in before}
    stem = name.removesuffix(WORKBOOK)
    numbered = (f"{stem} {number_}{WORKBOOK}" for number_ in range(2, len(before) + 2))
    return next(each for each in (name, *numbered) if each.casefold() not in taken)


def _candidates(paths: Sequence[Path], file: str) -> list[Path]:
    return [path if path.name == file else path / file for path in paths]


def _targets(books: Sequence[_Book], out: Path) -> list[Path]:
    if out.suffix.lower() in _OTHER_KINDS and not out.is_dir():
        raise WrongUse(
            _("What is marked is a workbook. Give a name that ends in .xlsx, such as {name}, or a folder.").format(
                name=out.with_suffix(WORKBOOK)
            )
        )
    alone = out.suffix.lower() == WORKBOOK
    if alone and len(books) > 1:
        raise WrongUse(
            _("These files become {count} workbooks. Give a folder for them, such as {folder}.").format(
                count=number(len(books)), folder=out.with_suffix("")
            )
        )
    targets = [out if alone else out / book.name for book in books]
    for target in targets:
        refuse_taken_file(target)
    if out.exists() and not alone and not out.is_dir():
        raise WrongUse(_("{path} is a file. Give a folder, or a name that ends in .xlsx.").format(path=out))
    return targets


def _write(book: _Book, found: Sequence[Located], target: Path) -> list[str]:
    with tempfile.TemporaryDirectory() as scratch:
        original, titles = book.original, {raw.place: raw.place.sheet for raw in book.tables}
        if original is None:
            original = Path(scratch) / book.name
            titles = workbook_of(book.tables, original)
        try:
            with Package(original) as package:
                told = _mark(package, found, titles)
                package.write(target)
        except (ValueError, KeyError):  # numbers and parts that are not there, `NotOurs` among them
            return [_("{file} is built in an unusual way and could not be marked.").format(file=book.name)]
    return [f"{target.name}: {sentence}" for sentence in told]


def _mark(package: Package, found: Sequence[Located], titles: dict[Place, str]) -> list[str]:
    """Mark the cells of a workbook; returns what could not be done."""
    part = next(iter(package.related(package.book, "styles").values()), "")
    if not part:
        raise NotOurs
    styles = Styles(package.part(part))
    sheets = package.sheets()
    told: list[str] = []
    for place, cells in marks(found).items():
        title = titles.get(place, "")
        if title not in sheets:
            continue
        if package.size(sheets[title]) > LARGEST_SHEET:
            told.append(_("sheet {sheet} is too large for marks; they are listed only").format(sheet=title))
            continue
        told += _mark_sheet(package, sheets[title], title, cells, styles)
    told += left_out(found)
    chosen = choose_none(package, LARGEST_SHEET)
    package.add_sheet(_(TITLE), listing(found, titles, styles, told, chosen=chosen))
    if chosen:
        open_on_last(package)
    package.change(part, styles.whole())
    return told


def _mark_sheet(package: Package, part: str, title: str, cells: dict[Spot, Mark], styles: Styles) -> list[str]:
    sheet = MarkedCells(package.part(part), cells, styles.marked)
    noted = dict(sorted(cells.items())[:MOST_NOTES])
    known = next(iter(package.related(part, "comments").values()), "")
    notes = Notes(package.part(known) if known else None)
    new = notes.add(noted)
    if new:
        drawn = package.related(part, "vmlDrawing").get(sheet.notes, "")
        shapes = drawn or package.new_name("xl/drawings/drawing_of_faults{}.vml")
        package.change(shapes, drawings(package.part(drawn) if drawn else None, new, noted))
        if not drawn:
            package.declare(shapes, "vml")
            sheet.with_notes(package.relate(part, "vmlDrawing", shapes))
    if not known:
        known = package.new_name("xl/comments_of_faults{}.xml")
        package.declare(known, "comments")
        package.relate(part, "comments", known)
    package.change(known, notes.whole())
    package.change(part, sheet.whole())
    if len(cells) > MOST_NOTES:
        words = _("sheet {sheet} has notes beside the first {most} of {count} marked cells")
        return [words.format(sheet=title, most=number(MOST_NOTES), count=number(len(cells)))]
    return []
