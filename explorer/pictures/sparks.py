"""Small curves beside a row: one line without axes, told in words to those who do not see it.

They are images that hold their drawing in their address, since SVG among other HTML is stripped.
"""

from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from graph_store.schema import BLUE

from .html import Html

WIDE, HIGH, EDGE = 110, 26, 2
LEAST_HIGH = 3.0  # pixels of a first taking-over beside very many


def spark(totals: Sequence[int], most: int, words: str) -> Html:
    """A step line of what had been reached by the end of each year, with a mark in the years in which it rose.

    Parameters
    ----------
    totals
        One number per year, never falling; all rows beside each other have the same years.
    most
        The largest number of any row, so that heights compare.
    words
        What the line tells.

    Returns
    -------
    Html
        Nothing where the line would be flat at nought.
    """
    if not totals or not totals[-1] or most <= 0:
        return Html("")
    step = (WIDE - 2 * EDGE) / len(totals)
    path, marks, before = f"M{EDGE} {HIGH - EDGE}", "", 0
    for place, total in enumerate(totals):
        left, right = EDGE + place * step, EDGE + (place + 1) * step
        level = _level(total, most)
        path += f"H{left:.1f}V{level:.1f}H{right:.1f}"
        if total > before:
            marks += f'<circle cx="{left:.1f}" cy="{level:.1f}" r="1.9" fill="{BLUE}"/>'
        before = total
    area = f'<path d="{path}V{HIGH - EDGE}Z" fill="{BLUE}" fill-opacity=".16"/>'
    line = f'<path d="{path}" fill="none" stroke="{BLUE}" stroke-width="1.5"/>'
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" width="{WIDE}" height="{HIGH}">'
        f"{area}{line}{marks}</svg>"
    )
    told = escape(words, quote=True)
    return Html(f'<img class="spark" src="data:image/svg+xml,{quote(drawing)}" alt="{told}" title="{told}">')


def _level(total: int, most: int) -> float:
    room = HIGH - 2 * EDGE - LEAST_HIGH
    return HIGH - EDGE - (LEAST_HIGH + room * total / most if total else 0.0)
