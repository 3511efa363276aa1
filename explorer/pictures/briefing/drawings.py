"""Drawings that stand alone in a document: a map with its legend inside, and the small curve of an approach."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd

from explorer.pictures.curves import steps
from explorer.pictures.labels import FONT, LETTER
from explorer.pictures.maps import Flow, Place, Ring, region_map

from .document import PICTURE_WIDTH, Picture

SPACE = 16.0  # pixels between two entries of a legend
SIGN = 26.0  # pixels that the sign of an entry takes
HIGH = 17.0  # pixels of a row of the legend
CURVE_HEIGHT = 150.0

_SOFT = "#53606b"
_STYLE = (
    "text{font-family:'Source Sans 3','Source Sans Pro','Segoe UI',Arial,sans-serif;fill:#1f2a33}"
    ".map text{paint-order:stroke;stroke:#fff;stroke-width:2.5px}"
    ".sea{fill:#e9eff4}.land{fill:#f1f0ea;stroke:#cfcabb;stroke-width:.7}"
    ".area{fill-opacity:.35;stroke:#fff;stroke-width:.8}.faint{opacity:.7}.flow{opacity:.8}"
    ".leader{fill:none;stroke:#53606b;stroke-width:.7}"
)
_SVG = re.compile(r"<svg\b[^>]*>(.*?)</svg>", re.DOTALL)
_LINK = re.compile(r"<(/?)a\b[^>]*>")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class Key:
    """One entry of a legend: what it looks like (``dot``, ``ring`` or ``line`` with its dashes), and what it means."""

    look: str
    colour: str
    words: str
    dash: str = ""


def mapped(
    places: Sequence[Place],
    flows: Sequence[Flow],
    legend: Sequence[Key],
    words: tuple[str, str],
    *,
    shapes: dict[str, list[Ring]] | None = None,
    fit: Collection[str] | None = None,
    height: float = 380.0,
) -> Picture | None:
    """A map as `maps.region_map` draws it, with its legend inside; None without places.

    Parameters
    ----------
    words
        What it shows for who does not see it, and the caption beneath it.
    """
    size = (PICTURE_WIDTH, height)
    found = _SVG.search(region_map(places, flows, shapes=shapes, title=words[0], fit=fit, size=size))
    if not found:
        return None
    inner = _LINK.sub(lambda link: f"<{link[1]}g>", found[1])
    rows = _rows(legend)
    whole = height + (HIGH * len(rows) + 8 if rows else 0)
    drawn = f'<g class="map">{inner}</g><g transform="translate(0 {height + 18:g})">{_legend(rows)}</g>'
    # What runs to the edge of the map must not run into the legend.
    clip = f'<clipPath id="frame"><rect width="{PICTURE_WIDTH:g}" height="{height:g}"/></clipPath>'
    drawn = drawn.replace('<g class="map">', '<g class="map" clip-path="url(#frame)">', 1)
    return Picture(_standing(clip + drawn, whole), *words, (PICTURE_WIDTH, whole))


def curve(years: pd.DataFrame, words: tuple[str, str], told: tuple[str, str]) -> Picture:
    """How many had it by the end of each year, and how many were new, as on the page.

    Parameters
    ----------
    years
        Columns year, new, total; at least one row.
    words
        What `total` and `new` are called.
    told
        What it shows for who does not see it, and the caption beneath it.
    """
    drawn = steps(years, words, PICTURE_WIDTH, CURVE_HEIGHT)
    return Picture(_standing(drawn, CURVE_HEIGHT), *told, (PICTURE_WIDTH, CURVE_HEIGHT))


def _rows(legend: Sequence[Key]) -> list[list[tuple[float, Key]]]:
    """Entries with their place in the row, as many in a row as fit."""
    rows: list[list[tuple[float, Key]]] = []
    x = PICTURE_WIDTH
    for entry in legend:
        wide = SIGN + len(entry.words) * LETTER + SPACE
        if x + wide > PICTURE_WIDTH + SPACE and x > 0:
            rows.append([])
            x = 0.0
        rows[-1].append((x, entry))
        x += wide
    return rows


def _legend(rows: list[list[tuple[float, Key]]]) -> str:
    return "".join(_entry(x, HIGH * place, entry) for place, row in enumerate(rows) for x, entry in row)


def _entry(x: float, y: float, entry: Key) -> str:
    words = f'<text x="{x + SIGN:.1f}" y="{y:.1f}" font-size="{FONT:g}">{escape(entry.words)}</text>'
    middle = y - FONT / 3
    if entry.look == "line":
        dashes = f' stroke-dasharray="{entry.dash}"' if entry.dash else ""
        path = f"M{x:.1f} {middle:.1f}h{SIGN - 5:g}"
        return f'<path d="{path}" stroke="{entry.colour}" stroke-width="2" fill="none"{dashes}/>' + words
    fill, line, wide = (entry.colour, "#fff", 1.0) if entry.look == "dot" else ("#fff", entry.colour, 2.4)
    at = f'cx="{x + 10:.1f}" cy="{middle:.1f}" r="5"'
    return f'<circle {at} fill="{fill}" stroke="{line}" stroke-width="{wide:g}"/>' + words


def _standing(inner: str, height: float) -> str:
    size = f'viewBox="0 0 {PICTURE_WIDTH:g} {height:g}" width="{PICTURE_WIDTH:g}" height="{height:g}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><style>{_STYLE}</style>{_UNFIT.sub("", inner)}</svg>'
