"""Lines of text: columns under each other, sections with an end, moments."""

from collections.abc import Iterable, Sequence

from languages.words import _, in_words, number

MOST_SHOWN = 20


def aligned(rows: Sequence[Sequence[str]], right: bool = False) -> list[str]:
    """Rows as lines with their columns under each other; all but the first to the right if asked."""
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))] if rows else []
    lines = []
    for row in rows:
        cells = [
            cell.rjust(width) if right and place else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return lines


def section(title: str, lines: Iterable[str]) -> list[str]:
    """A title and its lines, the first of many; nothing where there are none."""
    found = list(lines)
    more = len(found) - MOST_SHOWN
    rest = [_("  and {count} more; --json lists them all").format(count=number(more))] if more > 0 else []
    return ["", title, *(f"  {line}" for line in found[:MOST_SHOWN]), *rest] if found else []


def moment(at: str) -> str:
    """A moment of ISO text, in words."""
    return f"{in_words(at[:10])} {at[11:16]} UTC"
