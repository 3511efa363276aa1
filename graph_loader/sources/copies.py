"""Copies of a file beside it: one sentence for each, in place of a fault for every row that is there twice."""

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from graph_store.headings import column_named, table_named
from graph_store.tables import table, table_names
from languages.words import number

from ..faults import Fault, fault
from ..rows import Place, RawRow, RawTable
from ..template.example import is_example

# What programs and people add to the name of a copy or a version.
_MARKS = re.compile(
    r"^(copy|kopie|copia|copie)( \(\d+\))? (of|van|von|de) |^(oud|old|alt|backup)[ _-]+"
    r"|[ _-]*\(\d+\)$|[ _-]+(copy|kopie|copie|oud|old|alt|backup|concept|definitief|final|nieuw|new|neu)$"
    r"|[ _-]+v(ersie|ersion)?[ _.-]?\d+(\.\d+)*$|[ _-]+(\d{4}-\d\d-\d\d|\d{6}|\d{8})$"
)
_HALF, _FEW = 0.5, 5  # of the rows of the smaller one; rows that must be the same where the names are not alike
_COMPARED = 20_000  # rows of one table, about
_MOMENT = 2.0  # seconds between two savings that may be one


@dataclass(frozen=True)
class Part:
    """What may be a copy of another: a file with its tables, or one sheet.

    `saved` is when it was saved, in seconds; the same for all sheets of a file.
    """

    name: str
    place: Place
    tables: Sequence[RawTable]
    saved: float = 0.0

    @property
    def copy_by_name(self) -> bool:
        """Whether it is called like a copy or a version."""
        return _plain(self.name) != self.name.casefold().strip()


def part_of_file(path: Path, read: Sequence[RawTable]) -> Part:
    """A file with the tables that were read from it."""
    return Part(path.stem, Place(read[0].place.file), read, path.stat().st_mtime)


def copies(files: Sequence[Part]) -> list[Fault]:
    """A fault for each file, and for each sheet of the others, that says what another says or is called like its copy.

    Rows are the same where they have the same id; in a table without ids, the
    same cells. A fault without a sheet is about a whole file.
    """
    found = list(_of_rows(files))
    places = {(item.file, item.sheet) for item in found}
    read = [raw for file in files for raw in file.tables]
    left = [raw for raw in read if places.isdisjoint({(raw.place.file, ""), (raw.place.file, raw.place.sheet)})]
    return [*found, *_by_name(left)]


def _of_rows(files: Sequence[Part]) -> Iterator[Fault]:
    """A fault for each file, and for each sheet of the others, whose rows stand in another."""
    every = [raw for file in files for raw in file.tables]
    rows: dict[str, list[int]] = {}
    for raw in every:
        if raw.name in table_names() and raw.rows:
            rows.setdefault(raw.name, []).append(len(raw.rows))
    steps = {name: max(1, sum(counts) // _COMPARED) for name, counts in rows.items() if len(counts) > 1}
    if not steps:
        return
    found = list(_among(files, steps))
    yield from found
    dropped = {item.file for item in found}
    for file in files:
        sheets = [Part(raw.place.sheet, raw.place, [raw]) for raw in file.tables]
        if file.place.file not in dropped and len(sheets) > 1:
            yield from _among(sheets, steps)


def _by_name(read: Sequence[RawTable]) -> Iterator[Fault]:
    """A fault for each table of no known name that is called like a copy or a version of one that is there."""
    originals = {raw.name: raw.place for raw in reversed(read) if raw.name in table_names()}
    for raw in read:
        title = raw.place.sheet or Path(raw.place.file).stem
        original = originals.get(table_named(_plain(title))) if raw.name not in table_names() else None
        if original:
            yield fault("copy_by_name", raw.place, other=Fault("", original.file, original.sheet).place)


def _among(parts: Sequence[Part], steps: Mapping[str, int]) -> Iterator[Fault]:
    """A fault for each of the parts that is a copy of another."""
    parts = sorted(parts, key=lambda part: part.copy_by_name)  # so that each is held against the original
    contents = [_content(part.tables, steps) for part in parts]
    dropped: set[int] = set()
    for one, other in combinations(range(len(parts)), 2):
        if one in dropped or other in dropped:
            continue
        shared = _shared(contents[one], contents[other], steps)
        alike = _plain(parts[one].name) == _plain(parts[other].name)
        rows = {each: _rows(parts[each], contents[each], steps) for each in (one, other)}
        if _is_same(shared, rows[one], rows[other], alike):
            copy, original = (one, other) if _is_copy(parts[one], parts[other]) else (other, one)
            dropped.add(copy)
            yield _fault(parts[copy], parts[original], sum(shared.values()), sum(rows[copy].values()))


def _fault(copy: Part, original: Part, shared: int, rows: int) -> Fault:
    apart = copy.saved - original.saved
    last = "" if abs(apart) <= _MOMENT else (copy if apart > 0 else original).place.file
    other = Fault("", original.place.file, original.place.sheet).place
    both = number(min(shared, rows))
    return fault("copy_of_another", copy.place, other=other, shared=both, count=number(rows), nearest=last)


def _is_same(shared: Mapping[str, int], one: Mapping[str, int], other: Mapping[str, int], alike: bool) -> bool:
    """Whether one of two says what the other says, so that nothing of its own is lost with it.

    Files of several people hold the same list of regions beside what each adds:
    without like names, all tables that both hold must be the same.
    """
    if not (one.keys() <= other.keys() or other.keys() <= one.keys()):
        return False
    total, fewest = sum(shared.values()), min(sum(one.values()), sum(other.values()))
    if total < _HALF * fewest or total < (1 if alike else _FEW):
        return False
    both = one.keys() & other.keys()
    return alike or all(shared.get(name, 0) >= _HALF * min(one[name], other[name]) for name in both)


def _is_copy(one: Part, other: Part) -> bool:
    """Whether the first of two is the copy: it holds fewer tables, is called so, or was saved before the other."""
    kinds = [{raw.name for raw in part.tables if raw.rows} for part in (one, other)]
    if kinds[0] != kinds[1]:
        return kinds[0] < kinds[1]
    if one.copy_by_name != other.copy_by_name:
        return one.copy_by_name
    return other.saved - one.saved > _MOMENT


def _shared(one: Mapping[str, set[int]], other: Mapping[str, set[int]], steps: Mapping[str, int]) -> dict[str, int]:
    """How many rows of each table are in both, about."""
    return {name: len(one[name] & other[name]) * steps[name] for name in one.keys() & other.keys()}


def _rows(part: Part, content: Mapping[str, set[int]], steps: Mapping[str, int]) -> dict[str, int]:
    """How many rows of each table there are; of those that are compared, about."""
    found = {name: len(marks) * steps[name] for name, marks in content.items()}
    for raw in part.tables:
        if raw.name not in steps and raw.rows:
            found[raw.name] = found.get(raw.name, 0) + len(raw.rows)
    return {name: count for name, count in found.items() if count}


def _content(read: Sequence[RawTable], steps: Mapping[str, int]) -> dict[str, set[int]]:
    """By table a number for each of the rows that are compared, the same for the same row."""
    found: dict[str, set[int]] = {}
    for raw in read:
        if raw.name in steps:
            found.setdefault(raw.name, set()).update(_marks(raw, steps[raw.name]))
    return found


def _marks(raw: RawTable, step: int) -> Iterator[int]:
    named = [column_named(table(raw.name), heading) for heading in raw.header]
    place = named.index("id") if "id" in named else -1
    for row in raw.rows:
        text = _identity(row, place)
        mark = zlib.crc32(text.encode(errors="replace"))
        if text and mark % step == 0 and not is_example(row):
            yield mark


def _identity(row: RawRow, place: int) -> str:
    if place < 0:
        return "\0".join(row.cells)
    return row.cells[place] if place < len(row.cells) else ""


def _plain(name: str) -> str:
    """A name without what is added to that of a copy or a version."""
    plain, before = name.casefold().strip(), ""
    while plain != before:
        plain, before = _MARKS.sub("", plain).strip(), plain
    return plain
