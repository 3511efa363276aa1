"""Which encoding a text file has: told by its first bytes, else by what its letters would be."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from languages.words import N_, _

from .limits import broken

_BLOCK = 1 << 20
_SAMPLE = 1 << 18
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32": "UTF-32",
    "cp1252": "Windows-1252",
    "cp850": N_("DOS (code page 850)"),
    "mac-roman": N_("Mac Roman"),
}
# Letters with marks that Dutch, German, French and English texts hold, and signs that stand between words.
_LETTERS = frozenset("äöüßÄÖÜéèêëÉÈËïîíÏóôòúûáàâçÇñÿ")
_SIGNS = frozenset("€–—‘’“”…„‚«»§°·×©®½¼²³´£")
_OLD = ("cp1252", "cp850", "mac-roman")
_SURE, _DOUBTFUL = 0.9, 0.5
_NO_TEXT = N_("it is no text")


@dataclass(frozen=True)
class Encoding:
    """How the bytes of a file are read; what does not fit becomes a sign that a doubt points at."""

    codec: str
    errors: str = "strict"

    @property
    def name(self) -> str:
        """What a reader may know it by."""
        return _(_NAMES[self.codec])


def encoding_of(path: Path) -> Encoding:
    """The encoding of a text file, found without holding the file.

    Raises
    ------
    Refused
        When the file is no text.
    """
    with path.open("rb") as file:
        start = file.read(_SAMPLE)
    marked = next((codec for mark, codec in _MARKS if start.startswith(mark)), "") or _utf_16_without_mark(start)
    if marked in ("utf-16", "utf-16-le", "utf-16-be", "utf-32"):
        if not _fits(path, marked):
            raise broken(_(_NO_TEXT))
        return Encoding(marked)
    if _fits(path, "utf-8"):
        return Encoding(marked or "utf-8")
    if marked or _mostly_utf_8(path):
        return Encoding(marked or "utf-8", "replace")
    if b"\x00" in start:
        raise broken(_(_NO_TEXT))
    return Encoding(_old_encoding(path), "replace")


def _utf_16_without_mark(start: bytes) -> str:
    """UTF-16 with its byte order, where nearly every second byte of Western text is zero."""
    pairs = len(start) // 2
    if not pairs:
        return ""
    zeros = [start[parity : 2 * pairs : 2].count(0) / pairs for parity in (0, 1)]
    for parity, codec in ((1, "utf-16-le"), (0, "utf-16-be")):
        if zeros[parity] > _SURE and zeros[1 - parity] < 1 - _SURE:
            return codec
    return ""


def _fits(path: Path, codec: str) -> bool:
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        for block in _blocks(path):
            decoder.decode(block)
        decoder.decode(b"", True)
    except UnicodeError:
        return False
    return True


def _mostly_utf_8(path: Path) -> bool:
    """Whether far more bytes beyond ASCII make letters of UTF-8 than do not: a file cut off, or a few bad bytes."""
    good = bad = 0
    for block in _blocks(path):
        text = block.decode("utf-8", "replace")
        lost = text.count("\ufffd")
        bad += lost
        good += len(re.findall(r"[^\x00-\x7f]", text)) - lost
    return good > 3 * bad


def _old_encoding(path: Path) -> str:
    """The old one-byte encoding; that of Windows, unless another is beyond doubt."""
    found = {codec: _share_of_letters(path, codec) for codec in _OLD}
    best = max(_OLD, key=lambda codec: found[codec])
    return best if found[best] >= _SURE and found["cp1252"] <= _DOUBTFUL else "cp1252"


def _share_of_letters(path: Path, codec: str) -> float:
    """Which part of the bytes beyond ASCII would be letters of words, or signs between words."""
    fitting = beyond = 0
    with path.open("rb") as file:
        text = file.read(_BLOCK).decode(codec, "replace")
    for found in re.finditer(r"[^\x00-\x7f]", text):
        at = found.start()
        within = text[at - 1 : at].isalpha() or text[at + 1 : at + 2].isalpha()
        fitting += found[0] in _LETTERS or (not within and found[0] in _SIGNS)
        beyond += 1
    return fitting / beyond if beyond else 0.0


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block
