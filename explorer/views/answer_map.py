"""An answer on the map: regions as circles of the size of a number, or lines between two regions."""

import math

import pandas as pd

from explorer import links
from explorer.analysis.records import Record, records
from explorer.data import map as regions_map
from explorer.data.questions import Look
from explorer.data.story import shapes
from explorer.pictures.html import tag
from explorer.pictures.maps import Flow, Place, region_map
from graph_store import schema
from languages.words import _, ngettext, number

from . import answer_table, frame

DRAWN = 80  # lines: more is a tangle
SMALLEST, LARGEST = 3.5, 11.0  # pixels
THINNEST, THICKEST = 1.4, 4.5


def draw_map(rows: pd.DataFrame, look: Look, caption: str) -> bool:
    """Draw the map; False where none of the regions has a position."""
    land = records(regions_map.located().dropna(subset="latitude").reset_index(names="id"))
    known = {str(row["id"]): row for row in land}
    region, other, value = look.columns["region"], look.columns.get("to"), look.columns.get("value")
    ends = [region, other] if other else [region]
    placed = rows[rows[ends].isin(set(known)).all(axis=1)]
    if placed.empty:
        return False
    most = float(placed[value].max()) if value else 1.0
    lines = [_line(row, region, other, value, most) for row in records(placed.head(DRAWN))] if other else []
    sizes = _sizes(placed.head(DRAWN) if other else placed, ends, None if other else value)
    largest = max(sizes.values())
    places = [
        _place(known[node], size / largest if largest else 0.0, _said(known[node], size, value, of_lines=bool(other)))
        for node, size in sorted(sizes.items(), key=lambda item: -item[1])
    ]
    outlines = shapes()
    frame.drawing(region_map(places, lines, shapes=outlines, title=caption))
    _say_left_out(len(rows) - len(placed), len(placed) if other else 0)
    return True


def _sizes(rows: pd.DataFrame, ends: list[str], value: str | None) -> dict[str, float]:
    """How much each region counts: its number, else in how many rows it stands."""
    found: dict[str, float] = {}
    for row in records(rows):
        for end in ends:
            found[row[end]] = found.get(row[end], 0.0) + (float(row[value] or 0) if value else 1.0)
    return found


def _place(region: Record, share: float, said: str) -> Place:
    return Place(
        region["id"],
        region["name"],
        region["latitude"],
        region["longitude"],
        schema.BLUE,
        said,
        links.profile("Region", region["id"]),
        radius=SMALLEST + (LARGEST - SMALLEST) * math.sqrt(max(share, 0.0)),
    )


def _said(region: Record, size: float, value: str | None, *, of_lines: bool) -> str:
    if of_lines:
        count = int(size)
        words = ngettext("{name}: {count} line", "{name}: {count} lines", count)
        return words.format(name=region["name"], count=number(count))
    if value is None:
        return str(region["name"])
    return f"{region['name']}: {answer_table.heading(value)} {number(size)}"


def _line(row: Record, start: str, end: str, value: str | None, most: float) -> Flow:
    size = float(row[value] or 0) if value else 1.0
    names = [answer_table.in_short(row, column) for column in (start, end)]
    said = " → ".join(names) + (f": {answer_table.heading(value)} {number(size)}" if value else "")
    width = THINNEST + (THICKEST - THINNEST) * (size / most if most else 0.0)
    return Flow(row[start], row[end], schema.BLUE, "", said, width=width)


def _say_left_out(without_position: int, lines: int) -> None:
    said = []
    if without_position:
        said.append(
            ngettext(
                "{count} row is not on the map: no position is known of its region.",
                "{count} rows are not on the map: no position is known of their region.",
                without_position,
            ).format(count=number(without_position))
        )
    if lines > DRAWN:
        said.append(_("Drawn are the first {shown} of {count} lines.").format(shown=number(DRAWN), count=number(lines)))
    if said:
        frame.show(tag("p", " ".join(said), class_="quiet"))
