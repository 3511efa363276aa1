"""CSV files that people open with a double click: templates, exports, lists of runs and changes."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

# Where the decimal mark is a comma, as in the Netherlands and in Germany, Excel parts the cells of a CSV file at
# semicolons and shows one with commas as a single column. A first line of "sep=" would do everywhere, but then
# Excel takes accents for other signs. The loader finds either mark by itself.
DELIMITER = ";"
_ENCODING = "utf-8-sig"  # with a byte-order mark, so that Excel reads accents as they are


def write_csv(path: Path, lines: Iterable[Sequence[object]]) -> None:
    """Write lines, the header first, as a file that Excel opens as a table."""
    with path.open("w", encoding=_ENCODING, newline="") as out:
        csv.writer(out, delimiter=DELIMITER).writerows(lines)
