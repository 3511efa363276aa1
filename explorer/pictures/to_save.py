"""Drawings of what a page tells in tables and bars, made only to be saved: they are not seen on the page."""

from collections.abc import Mapping, Sequence

from graph_store.schema import BLUE

from .html import Html, text
from .labels import FONT, LETTER
from .matrix import SIGNS, Cell, Line, codes_in_order, shortened, words_of

INK, SOFT, GRID, TRACK = "#1F2A33", "#53606B", "#E3E6E9", "#EEF1F3"
LEAST_WIDE = 480.0
STEP, THICK = 44.0, 15.0  # pixels of a step of the funnel, and of its bar
NAMES, HEADS, ROW, COLUMN = 190.0, 205.0, 18.0, 24.0  # of the matrix
KEY = 260.0  # pixels that an entry of its legend takes
LONGEST = 30  # letters of a region's name


def funnel_drawing(steps: Sequence[tuple[str, float]]) -> Html:
    """Bars beneath one another: words of each step, and its part of the whole (0 to 1); nothing for none."""
    if not steps:
        return Html("")
    wide = max(LEAST_WIDE, *(12 + LETTER * len(words) for words, _part in steps))
    parts = []
    for place, (words, part) in enumerate(steps):
        y = 4 + place * STEP
        parts.append(_words(4, y + 12, words))
        parts.append(_box(4, y + 19, wide - 8, THICK, TRACK))
        parts.append(_box(4, y + 19, (wide - 8) * part, THICK, BLUE))
    return _sheet("".join(parts), wide, STEP * len(steps) + 4, "funnel-to-save")


def matrix_drawing(regions: Sequence[Line], approaches: Sequence[Line], cells: Mapping[tuple[str, str], Cell]) -> Html:
    """Regions by approaches with the sign of each rung, its legend beneath; nothing without cells."""
    if not cells:
        return Html("")
    wide = max(NAMES + COLUMN * len(approaches) + 12, LEAST_WIDE)
    parts = [_heading(NAMES + COLUMN * (place + 0.5), item.name) for place, item in enumerate(approaches)]
    y, group = HEADS, ""
    for region in regions:
        if region.group != group:
            group = region.group
            parts.append(_box(0, y, wide, ROW, TRACK) + _words(6, y + 13, group, weight="600"))
            y += ROW
        parts.append(_words(6, y + 13, shortened(region.name, LONGEST)))
        parts.append(f'<path d="M0 {y + ROW:g}H{wide:g}" stroke="{GRID}"></path>')
        for place, item in enumerate(approaches):
            if cell := cells.get((region.id, item.id)):
                parts.append(_sign(NAMES + COLUMN * place, y, cell.code))
        y += ROW
    present = codes_in_order({cell.code for cell in cells.values()})
    each = max(1, int(wide // KEY))
    for place, code in enumerate(present):
        x, row = 6 + KEY * (place % each), y + 14 + (ROW + 4) * (place // each)
        parts.append(_sign(x, row, code) + _words(x + COLUMN + 6, row + 13, words_of(code)))
    return _sheet("".join(parts), wide, y + 14 + (ROW + 4) * -(-len(present) // each), "matrix-to-save")


def _sheet(inner: str, wide: float, high: float, name: str) -> Html:
    return Html(f'<div class="{name} to-save"><svg viewBox="0 0 {wide:g} {high:g}">{inner}</svg></div>')


def _heading(x: float, name: str) -> str:
    at = f'transform="translate({x + FONT / 3:.1f} {HEADS - 6:g}) rotate(-90)"'
    return f'<text {at} font-size="{FONT:g}" fill="{INK}">{text(shortened(name))}</text>'


def _sign(x: float, y: float, code: str) -> str:
    mark, colour, white = SIGNS[code]
    drawn = _box(x + 1, y + 1, COLUMN - 2, ROW - 2, colour)
    return drawn + _words(x + COLUMN / 2, y + 13, mark, "#FFFFFF" if white else INK, "middle", "600")


def _box(x: float, y: float, wide: float, high: float, colour: str) -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{wide:.1f}" height="{high:g}" fill="{colour}"></rect>'


def _words(x: float, y: float, words: str, colour: str = INK, anchor: str = "start", weight: str = "400") -> str:
    look = f'font-size="{FONT:g}" font-weight="{weight}" text-anchor="{anchor}" fill="{colour}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {look}>{text(words)}</text>'
