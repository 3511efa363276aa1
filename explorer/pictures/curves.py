"""Curves over the years, drawn as SVG: steps of what was reached by then, bars of what was new."""

import pandas as pd

from graph_store.schema import BLUE, RED

from .html import Html, tag, text
from .labels import FONT, LETTER

HEIGHT = 230.0
WIDE, NARROW = 560.0, 350.0  # pixels: beside another picture, and on a phone
TOP, BOTTOM, RIGHT = 34.0, 24.0, 12.0
GRID, SOFT = "#E3E6E9", "#53606B"
YEAR = 5.4 * LETTER  # room that a year needs beneath the axis
MOST_LINES = 6
WIDEST_BAR = 18.0


def adoption_curve(years: pd.DataFrame, words: tuple[str, str], *, title: str, width: float = WIDE) -> Html:
    """Regions that had taken an approach over by the end of each year, and those new in it.

    Drawn in two sizes: as wide as asked, and for a phone.

    Parameters
    ----------
    years
        Columns year (int, one after the other), new, total (never falling).
    words
        What `total` and `new` are called, for the legend in the picture.
    title
        What the picture shows, for a screen reader.
    width
        Pixels of the wide one.

    Returns
    -------
    Html
        Empty without years.
    """
    if years.empty:
        return Html("")
    wide, narrow = (_drawn(years, words, title, size) for size in (width, NARROW))
    return Html(f'<div class="curve wide">{wide}</div><div class="curve narrow">{narrow}</div>')


def lines(most: int) -> list[int]:
    """The numbers that an axis from 0 to `most` names: whole, round, at most six, the last not below `most`."""
    for power in range(len(str(most)) + 1):
        for start in (1, 2, 5):
            step = start * 10**power
            if most <= step * (MOST_LINES - 1):
                return list(range(0, max(most, 1) + step, step))
    raise AssertionError  # a step of ten times the length of the number always suffices


def steps(years: pd.DataFrame, words: tuple[str, str], width: float, height: float = HEIGHT) -> Html:
    """What `adoption_curve` draws, without the sheet around it: for a drawing that stands elsewhere.

    Parameters
    ----------
    years, words
        As there; at least one year.
    width, height
        Pixels of the sheet.
    """
    rows = [(int(year), int(new), int(total)) for year, new, total in years[["year", "new", "total"]].to_numpy()]
    named = lines(max(total for _year, _new, total in rows))
    left, bottom = 12 + LETTER * len(str(named[-1])), height - BOTTOM
    step = (width - RIGHT - left) / len(rows)

    def down(value: int) -> float:
        return bottom - (bottom - TOP) * value / named[-1]

    grid = "".join(
        f'<path d="M{left:.1f} {down(value):.1f}H{width - RIGHT:.1f}" stroke="{GRID}"></path>'
        + _words(left - 6, down(value) + FONT / 3, str(value), "end")
        for value in named
    )
    every = max(1, -int(-YEAR // step))
    bars, parts, path = [], [], f"M{left:.1f} {bottom:.1f}"
    for place, (year, new, total) in enumerate(rows):
        x, before = left + place * step, rows[place - 1][2] if place else 0
        path += f"V{down(total):.1f}H{x + step:.1f}"
        if new:
            wide = min(step * 0.6, WIDEST_BAR)
            at = f'x="{x + (step - wide) / 2:.1f}" y="{down(new):.1f}"'
            bars.append(f'<rect {at} width="{wide:.1f}" height="{bottom - down(new):.1f}" fill="{RED}"></rect>')
        if total > before:
            parts.append(f'<circle cx="{x:.1f}" cy="{down(total):.1f}" r="3" fill="{BLUE}"></circle>')
        if place % every == 0:
            parts.append(_words(x + step / 2, height - 8, str(year), "middle"))
        said = tag("title", f"{year}: {words[0]} {total}; {words[1]} {new}")
        here = f'x="{x:.1f}" y="{TOP:g}" width="{step:.1f}" height="{bottom - TOP:.1f}"'
        parts.append(f'<rect {here} fill="none" pointer-events="all">{said}</rect>')
    drawn = f'<path d="{path}" fill="none" stroke="{BLUE}" stroke-width="2.5"></path>'
    return Html(f"{_legend(words)}{grid}{''.join(bars)}{drawn}{''.join(parts)}")


def _drawn(years: pd.DataFrame, words: tuple[str, str], title: str, width: float) -> Html:
    size = f'viewBox="0 0 {width:g} {HEIGHT:g}" role="img" aria-label="{text(title)}"'
    return Html(f"<svg {size}>{steps(years, words, width)}</svg>")


def _legend(words: tuple[str, str]) -> str:
    second = 26 + LETTER * len(words[0]) + 22
    line = f'<path d="M2 10h16" stroke="{BLUE}" stroke-width="2.5"></path>'
    bar = f'<rect x="{second:.1f}" y="4" width="12" height="12" fill="{RED}"></rect>'
    return line + _words(24, 14, words[0]) + bar + _words(second + 18, 14, words[1])


def _words(x: float, y: float, words: str, anchor: str = "start") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{FONT:g}" text-anchor="{anchor}" fill="{SOFT}">{text(words)}</text>'
    )
