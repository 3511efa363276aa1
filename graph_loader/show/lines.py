"""Lines of text: columns under each other, sections with an end."""

from collections.abc import Container, Iterable, Sequence

from languages.words import _, number

MOST_SHOWN = 20


def aligned(rows: Sequence[Sequence[str]], right: bool | Container[int] = False) -> list[str]:
    """Rows as lines with their columns under each other; to the right those named, or all but the first."""
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))] if rows else []
    to_the_right = (range(1, len(widths)) if right else ()) if isinstance(right, bool) else right
    lines = []
    for row in rows:
        cells = [
            cell.rjust(width) if place in to_the_right else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return lines


def section(title: str, lines: Iterable[str], count: int | None = None) -> list[str]:
    """A title and its lines, the first of many (of `count`, where not all are given); nothing where there are none."""
    found = list(lines)
    more = (len(found) if count is None else count) - MOST_SHOWN
    rest = [_("  and {count} more; --json lists them all").format(count=number(more))] if more > 0 else []
    return ["", title, *(f"  {line}" for line in found[:MOST_SHOWN]), *rest] if found else []
