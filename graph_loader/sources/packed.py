"""Rows kept small: packed in blocks, and unpacked again while they are walked through."""

import marshal
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import overload

from ..rows import RawRow
from .limits import MOST_TEXT, too_much_text

_BLOCK = 4_096


class PackedRows(Sequence[RawRow]):
    """The rows of a table, to be walked through as often as wished, at a tenth of their memory.

    Raises
    ------
    Refused
        When the rows hold more text than is kept.
    """

    def __init__(self, rows: Iterable[RawRow]) -> None:
        self._blocks: list[bytes] = []
        self._count = 0
        size = 0
        source = iter(rows)
        while block := list(islice(source, _BLOCK)):
            texts: dict[str, str] = {}  # a text that stands there again is kept once
            plain = marshal.dumps([(number, tuple([texts.setdefault(c, c) for c in cells])) for number, cells in block])
            size += len(plain)
            if size > MOST_TEXT:
                raise too_much_text()
            self._blocks.append(zlib.compress(plain, 1))
            self._count += len(block)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[RawRow]:
        for place in range(len(self._blocks)):
            yield from self._block(place)

    @overload
    def __getitem__(self, place: int) -> RawRow: ...
    @overload
    def __getitem__(self, place: slice) -> list[RawRow]: ...
    def __getitem__(self, place: int | slice) -> RawRow | list[RawRow]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(self._count))]
        wanted = place + self._count if place < 0 else place
        if not 0 <= wanted < self._count:
            raise IndexError(place)
        return self._block(wanted // _BLOCK)[wanted % _BLOCK]

    def _block(self, place: int) -> list[RawRow]:
        # Safe: these bytes were made above, never read from a file.
        rows = marshal.loads(zlib.decompress(self._blocks[place]))  # noqa: S302
        return [RawRow(number, cells) for number, cells in rows]
